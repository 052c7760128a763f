package forecast_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// twinRecord makes every forecast of a record anew, with nothing but the exported questions.
func twinRecord(t *testing.T, x []int, horizon int, level float64) (howMany, when forecast.RecordRow) {
	howMany = forecast.RecordRow{Question: forecast.AskHowMany, Horizon: horizon, Confidence: level}
	when = forecast.RecordRow{Question: forecast.AskWhen, Horizon: horizon, Confidence: level}
	amount := 0.0
	for now := 30; now <= len(x); now++ {
		recent := twinSum(x[now-13 : now])
		if recent < 13 {
			continue
		}
		h := forecast.Items(x[:now]...)
		c := calibrate(t, h, 0)
		last := h[max(0, now-26):]
		if now+horizon <= len(x) {
			done := twinSum(x[now : now+horizon])
			amount += float64(done)
			out, err := c.HowMany(horizon)
			require.NoError(t, err)
			howMany.Pinball += askTwin(t, out, level, done, &howMany)
			var simple forecast.RecordRow
			out, err = forecast.HowManySimple(h, horizon)
			require.NoError(t, err)
			howMany.PinballAll += askTwin(t, out, level, done, &simple)
			howMany.HeldAll += simple.Held
			simple.Held = 0
			out, err = forecast.HowManySimple(last, horizon)
			require.NoError(t, err)
			howMany.Pinball26 += askTwin(t, out, level, done, &simple)
			howMany.Held26 += simple.Held
		}
		if now+26 > len(x) {
			continue
		}
		mean := decimal.NewFromInt(int64(recent*horizon)).DivRound(decimal.NewFromInt(13), 20)
		scope := max(3, int(mean.Round(0).IntPart()))
		took := 1
		for now+took <= len(x) && twinSum(x[now:now+took]) < scope {
			took++
		}
		stated := func(c forecast.Completion, err error) int {
			require.NoError(t, err)
			k, ok := c.Percentile(level)
			require.True(t, ok)
			return k
		}
		w, err := c.When(forecast.ItemScope(scope))
		k := stated(w, err)
		if now+took > len(x) && now+k > len(x) {
			continue
		}
		when.Forecasts++
		if took <= k {
			when.Held++
		}
		when.Expected += w.Within(k)
		when.Pinball += twinPinball(level, k, took)
		all := stated(forecast.WhenSimple(h, forecast.ItemScope(scope)))
		when.PinballAll += twinPinball(level, all, took)
		late := stated(forecast.WhenSimple(last, forecast.ItemScope(scope)))
		when.Pinball26 += twinPinball(level, late, took)
		for held, ok := range map[*int]bool{&when.HeldAll: took <= all, &when.Held26: took <= late} {
			if ok {
				*held++
			}
		}
	}
	for row, by := range map[*forecast.RecordRow]float64{&howMany: amount, &when: float64(horizon * when.Forecasts)} {
		row.Expected /= float64(row.Forecasts)
		row.Pinball /= by
		row.PinballAll /= by
		row.Pinball26 /= by
	}
	return howMany, when
}

func askTwin(t *testing.T, out forecast.Output, level float64, done int, row *forecast.RecordRow) float64 {
	least, ok := out.Percentile(level)
	require.True(t, ok)
	row.Forecasts++
	if decimal.NewFromInt(int64(done)).GreaterThanOrEqual(least) {
		row.Held++
	}
	row.Expected += out.Probability(least)
	return twinPinball(1-level, int(least.IntPart()), done)
}

func twinPinball(level float64, stated, came int) float64 {
	return max(level*float64(came-stated), (level-1)*float64(came-stated))
}

func TestRecordEqualsItsTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(81, 2))
	for _, unit := range []int{1, 1, 5} { // the rules are on items, also where all counts are multiples of 5
		x := randomHistory(rng, 70+rng.IntN(30), 2+rng.IntN(6))
		x[3] = 1
		for i := range x {
			x[i] *= unit
		}
		c := calibrate(t, forecast.Items(x...), 0)
		record, err := c.Record(forecast.RecordOptions{Horizons: []int{2, 5}, Levels: []float64{.6, .85}, Full: true})
		require.NoError(t, err)
		require.Len(t, record.Rows, 8)
		for i, got := range record.Rows {
			howMany, when := twinRecord(t, x, got.Horizon, got.Confidence)
			want := howMany
			if i >= 4 {
				want = when
			}
			require.Equal(t, want.Question, got.Question)
			require.Equal(t, want.Forecasts, got.Forecasts, "%+v", got)
			require.Equal(t, [3]int{want.Held, want.HeldAll, want.Held26}, [3]int{got.Held, got.HeldAll, got.Held26}, "%+v", got)
			for _, pair := range [][2]float64{
				{want.Expected, got.Expected},
				{want.Pinball, got.Pinball},
				{want.PinballAll, got.PinballAll},
				{want.Pinball26, got.Pinball26},
			} {
				require.InDelta(t, pair[0], pair[1], 1e-9, "want %+v, got %+v of %v", want, got, x)
			}
		}
		// The same without the simple model.
		short, err := c.Record(forecast.RecordOptions{Horizons: []int{2, 5}, Levels: []float64{.6, .85}})
		require.NoError(t, err)
		for i, row := range record.Rows {
			row.PinballAll, row.Pinball26, row.HeldAll, row.Held26 = 0, 0, 0, 0
			require.Equal(t, row, short.Rows[i])
		}
		requireDistributions(t, record.Distributions)
	}
}

func requireDistributions(t *testing.T, scores []forecast.DistributionScore) {
	for _, d := range scores {
		require.Positive(t, d.Forecasts)
		sum := 0.0
		for _, share := range d.PIT {
			sum += share
		}
		require.InDelta(t, 1, sum, 1e-3)
		require.Positive(t, d.CRPS)
		require.InDelta(t, 1, d.CRPS/d.CRPSAll, .5)
		require.Positive(t, d.Sharpness)
		require.Positive(t, d.SharpnessAll)
	}
}

// A record of too short a history has its rows, and no forecasts.
func TestRecordOfNothing(t *testing.T) {
	record, err := calibrate(t, forecast.Items(1, 2, 3), 0).Record(forecast.RecordOptions{})
	require.NoError(t, err)
	require.Len(t, record.Rows, 24)
	for _, row := range record.Rows {
		require.Zero(t, row.Forecasts)
		_, ok := row.Rate()
		require.False(t, ok)
	}
	text, err := json.Marshal(record.Rows[0])
	require.NoError(t, err)
	require.JSONEq(t, `{"question": "how_many", "horizon": 4, "confidence": 0.5, "forecasts": 0, "held": 0,
		"expected": 0, "pinball": 0, "pinball_all": 0, "pinball_26": 0, "held_all": 0, "held_26": 0}`, string(text))
}

func TestQuestionText(t *testing.T) {
	for _, q := range []forecast.Question{forecast.AskHowMany, forecast.AskWhen} {
		text, err := q.MarshalText()
		require.NoError(t, err)
		var back forecast.Question
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, q, back)
	}
	_, err := forecast.Question(7).MarshalText()
	require.ErrorContains(t, err, "Question(7)")
	require.Error(t, new(forecast.Question).UnmarshalText([]byte("why")))
}

// Horizons and levels rise, each above the one before.
func TestRecordOptionsRise(t *testing.T) {
	c := calibrate(t, forecast.Items(1, 2, 3), 0)
	for _, tt := range []struct {
		horizons []int
		levels   []float64
		want     string
	}{
		{[]int{1, 2, 1000}, []float64{.5, .51, .99}, ""},
		{[]int{4, 4}, []float64{.5}, `forecast: horizons[1] is "4", want more than the one before`},
		{[]int{4, 3}, []float64{.5}, `forecast: horizons[1] is "3", want more than the one before`},
		{[]int{0}, []float64{.5}, `forecast: horizons[0] is "0", want 1 to 1000`},
		{[]int{1001}, []float64{.5}, `forecast: horizons[0] is "1001", want 1 to 1000`},
		{[]int{4}, []float64{.5, .5}, `forecast: levels[1] is "0.5", want .5 to below 1, more than the one before`},
		{[]int{4}, []float64{.6, .5}, `forecast: levels[1] is "0.5", want .5 to below 1, more than the one before`},
		{[]int{4}, []float64{.4}, `forecast: levels[0] is "0.4", want .5 to below 1, more than the one before`},
		{[]int{4}, []float64{1}, `forecast: levels[0] is "1", want .5 to below 1, more than the one before`},
		{[]int{4}, []float64{nan()}, `forecast: levels[0] is "NaN", want .5 to below 1, more than the one before`},
		{[]int{}, []float64{}, "forecast: horizons is \"0\", want 1 to 20\nforecast: levels is \"0\", want 1 to 20"},
	} {
		_, err := c.Record(forecast.RecordOptions{Horizons: tt.horizons, Levels: tt.levels})
		if tt.want == "" {
			require.NoError(t, err)
		} else {
			require.EqualError(t, err, tt.want)
		}
	}
}
