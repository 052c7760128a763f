package forecast_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story/field"
)

var kindsOfWork = map[string]func(rng *rand.Rand, i int) int{
	"even":   func(rng *rand.Rand, _ int) int { return rng.IntN(9) },
	"steady": func(*rand.Rand, int) int { return 5 },
	"trend":  func(rng *rand.Rand, i int) int { return rng.IntN(2 + i/3) },
	"bursts": func(rng *rand.Rand, _ int) int { return rng.IntN(10) / 9 * (10 + rng.IntN(30)) },
	"ending": func(rng *rand.Rand, i int) int { return rng.IntN(3+max(0, 20-i)) / 3 },
}

// eachHistory runs a law on histories of each kind and many lengths.
func eachHistory(t *testing.T, law func(t *testing.T, rng *rand.Rand, h forecast.History)) {
	for name, work := range kindsOfWork {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(71, uint64(len(name))))
			for _, n := range []int{1, 2, 5, 12, 29, 30, 31, 60, 150} {
				counts := make([]int, n)
				for i := range counts {
					counts[i] = work(rng, i)
				}
				counts[rng.IntN(n)] = 1
				law(t, rng, forecast.Items(counts...))
			}
		})
	}
}

func calibrate(t testing.TB, h forecast.History, changed int) *forecast.Calibrated {
	c, err := forecast.Calibrate(h, forecast.CalibrateOptions{Changed: changed})
	require.NoError(t, err)
	return c
}

// All is done within k periods exactly if at least the scope is done in k periods.
func TestCalibratedAnswersAgree(t *testing.T) {
	eachHistory(t, func(t *testing.T, rng *rand.Rand, h forecast.History) {
		c := calibrate(t, h, rng.IntN(len(h)+1))
		scopes := []int{0, 1, 2 + rng.IntN(10), 20 + rng.IntN(100)}
		var whens []forecast.Completion
		for _, scope := range scopes {
			w, err := c.When(forecast.ItemScope(scope))
			require.NoError(t, err)
			whens = append(whens, w)
		}
		for _, k := range []int{0, 1, 2, 3, 4, 7, 13, 40, 100} {
			out, err := c.HowMany(k)
			require.NoError(t, err)
			for i, scope := range scopes {
				require.Equal(t, out.Probability(decimal.NewFromInt(int64(scope))), whens[i].Within(k),
					"%d in %d of %v", scope, k, h)
			}
		}
	})
}

// More is less likely, and more likely in more periods.
func TestCalibratedIsMonotone(t *testing.T) {
	eachHistory(t, func(t *testing.T, rng *rand.Rand, h forecast.History) {
		c := calibrate(t, h, rng.IntN(len(h)+1))
		before := []float64{1}
		for k := range 40 {
			out, err := c.HowMany(k)
			require.NoError(t, err)
			require.Equal(t, 1.0, out.AtLeast[0])
			require.GreaterOrEqual(t, len(out.AtLeast), len(before))
			for n, p := range out.AtLeast {
				require.False(t, n > 0 && p > out.AtLeast[n-1] || p <= 0 || p > 1, "%v: %d in %d", h, n, k)
				require.False(t, n < len(before) && p < before[n], "%v: %d in %d", h, n, k)
			}
			before = out.AtLeast
		}
	})
}

// A short history never promises more than the simple model does.
func TestShortHistoryIsWider(t *testing.T) {
	levels := []float64{.5, .6, .7, .85, .95, .99}
	eachHistory(t, func(t *testing.T, rng *rand.Rand, h forecast.History) {
		if len(h) >= forecast.MinCalibrated {
			return
		}
		c := calibrate(t, h, 0)
		require.Equal(t, "calibrated, widened", c.Calibration().Model)
		for _, k := range []int{1, 4, 12} {
			wide, err := c.HowMany(k)
			require.NoError(t, err)
			simple, err := forecast.HowManySimple(h, k)
			require.NoError(t, err)
			scope := forecast.ItemScope(k * (1 + rng.IntN(8)))
			late, err := c.When(scope)
			require.NoError(t, err)
			early, err := forecast.WhenSimple(h, scope)
			require.NoError(t, err)
			for _, level := range levels {
				a, _ := wide.Percentile(level)
				b, _ := simple.Percentile(level)
				require.True(t, a.LessThanOrEqual(b), "%v: %s > %s in %d", h, a, b, k)
				x, known := late.Percentile(level)
				y, ok := early.Percentile(level)
				require.True(t, ok)
				require.False(t, known && x < y, "%v: %d < %d", h, x, y)
			}
		}
	})
}

// What is measured in another unit is forecast in it.
func TestCalibratedScales(t *testing.T) {
	eachHistory(t, func(t *testing.T, rng *rand.Rand, h forecast.History) {
		factor := decimal.New(int64(1+rng.IntN(40)), -1)
		scaled := slices.Clone(h)
		for i := range scaled {
			scaled[i] = scaled[i].Mul(factor)
		}
		one, err := calibrate(t, h, 0).HowMany(5)
		require.NoError(t, err)
		other, err := calibrate(t, scaled, 0).HowMany(5)
		require.NoError(t, err)
		require.Equal(t, one.AtLeast, other.AtLeast)
		require.True(t, one.Unit.Mul(factor).Equal(other.Unit))
	})
}

// What came before a change of the way of working counts less than what came after it.
func TestChangedWayOfWorking(t *testing.T) {
	h := forecast.Items(slices.Concat(slices.Repeat([]int{19, 20, 21}, 20), slices.Repeat([]int{4, 5, 6}, 2))...)
	before, err := calibrate(t, h, 0).HowMany(8)
	require.NoError(t, err)
	after, err := calibrate(t, h, 60).HowMany(8)
	require.NoError(t, err)
	a, _ := before.Percentile(.5)
	b, _ := after.Percentile(.5)
	require.True(t, b.LessThan(a), "%s, without it %s", b, a)
	require.Equal(t, calibrate(t, h, 0), calibrate(t, h, 0))
}

// The same digits on every platform.
func TestCalibratedDigits(t *testing.T) {
	h := forecast.Items(randomHistory(rand.New(rand.NewPCG(5, 8)), 80, 12)...)
	c := calibrate(t, h, 20)
	out, err := c.HowMany(6)
	require.NoError(t, err)
	require.Equal(t, digitsHowMany, out.AtLeast[20:30])
	require.Equal(t, "calibrated on 682 past forecasts; 85 % held 81 % of 47 forecasts", c.Calibration().String())
}

func TestCalibratedErrors(t *testing.T) {
	_, err := forecast.Calibrate(nil, forecast.CalibrateOptions{})
	require.ErrorIs(t, err, forecast.ErrNoHistory)
	_, err = forecast.Calibrate(forecast.Items(0, 0), forecast.CalibrateOptions{})
	require.ErrorIs(t, err, forecast.ErrNoThroughput)
	_, err = forecast.Calibrate(forecast.Items(1, 2), forecast.CalibrateOptions{Changed: 3})
	require.ErrorIs(t, err, field.ErrInvalid)
	c := calibrate(t, forecast.Items(slices.Repeat([]int{1, 1_000_000}, 20)...), 0)
	_, err = c.HowMany(-1)
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = c.HowMany(forecast.MaxPeriods + 1)
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = c.HowMany(40)
	require.ErrorIs(t, err, forecast.ErrTooLarge)
	_, err = c.When(forecast.Exactly(decimal.NewFromInt(-1)))
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = c.Record(forecast.RecordOptions{Horizons: []int{0, 3, 2}, Levels: []float64{.4, 1}})
	require.ErrorContains(t, err, "horizons[0]")
	require.ErrorContains(t, err, "horizons[2]")
	require.ErrorContains(t, err, "levels[0]")
	require.ErrorContains(t, err, "levels[1]")
	_, err = c.Record(forecast.RecordOptions{Full: true})
	require.ErrorIs(t, err, forecast.ErrTooLarge)
}

// The largest amounts there are take no more time than small ones.
func TestCalibratedOfLargeAmounts(t *testing.T) {
	most := decimal.New(1_000_000_000, 0)
	h := slices.Repeat(forecast.History{most, decimal.New(1, -4)}, 100)
	c := calibrate(t, h, 0)
	w, err := c.When(forecast.Exactly(most))
	require.NoError(t, err)
	k, ok := w.Percentile(.5)
	require.True(t, ok && k > 0 && k < 20, k)
	_, err = c.Record(forecast.RecordOptions{})
	require.NoError(t, err)
}

// What is handed in stays the caller's.
func TestCalibratedKeepsItsHistory(t *testing.T) {
	h := forecast.Items(randomHistory(rand.New(rand.NewPCG(5, 9)), 80, 12)...)
	c := calibrate(t, h, 0)
	one, err := c.Record(forecast.RecordOptions{})
	require.NoError(t, err)
	for i := range h {
		h[i] = decimal.Zero
	}
	other, err := c.Record(forecast.RecordOptions{})
	require.NoError(t, err)
	require.Equal(t, one, other)
}

var digitsHowMany = []float64{.9294, .9138, .9082, .8999, .8769, .8453, .8183, .7955, .7792, .7596}

// Of a very long history the last 100,000 periods are taken, and no sum overflows.
func TestCalibratedOfALongHistory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	most := decimal.New(1_000_000_000, 0)
	h := slices.Concat(slices.Repeat(forecast.History{most}, 10), slices.Repeat(forecast.Items(3, 5, 4), 33_334))
	c := calibrate(t, h, 4)
	require.Equal(t, 100_000, c.Calibration().Periods)
	out, err := c.HowMany(4)
	require.NoError(t, err)
	least, ok := out.Percentile(.85)
	require.True(t, ok && least.GreaterThan(decimal.NewFromInt(12)) && least.LessThan(decimal.NewFromInt(17)), least)
}

// A history that is no good is refused by each question, with what is wrong with the question.
func TestQuestionsRefuseHistories(t *testing.T) {
	old := make(forecast.History, 100_001) // of which the first is not taken
	old[0] = d("1")
	for name, h := range map[string]forecast.History{"none": nil, "nothing done": forecast.Items(0, 0), "negative": forecast.Items(1, -1), "old": old} {
		_, err := forecast.Calibrate(h, forecast.CalibrateOptions{})
		require.Error(t, err, name)
		_, whenErr := forecast.When(h, forecast.ItemScope(3))
		require.EqualError(t, whenErr, err.Error(), name)
		_, whenErr = forecast.When(h, scope(3, 2, 2))
		require.EqualError(t, whenErr, err.Error()+"\n"+`forecast: low is "3", want <= likely, which is 2`, name)
		_, howManyErr := forecast.HowMany(h, 3)
		require.EqualError(t, howManyErr, err.Error(), name)
		_, howManyErr = forecast.HowMany(h, -1)
		require.EqualError(t, howManyErr, err.Error()+"\n"+`forecast: periods is "-1", want 0 to 10000`, name)
	}
}

// A distribution ends where it is certain: of periods at the first 1, of amounts at the last that is above 0.
func TestDistributionsEnd(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 7))
	ends := func(c forecast.Completion, err error) {
		require.NoError(t, err)
		for i, p := range c.Done {
			require.Equal(t, i == len(c.Done)-1 && c.First+i < forecast.MaxPeriods, p == 1, "%v", c.Done)
		}
		require.Positive(t, c.Done[0])
	}
	for range 60 {
		h := forecast.Items(append(randomHistory(rng, 1+rng.IntN(40), 1+rng.IntN(4)), 1+rng.IntN(3))...)
		s := forecast.ItemScope(1 + rng.IntN(9))
		if len(h) >= forecast.MinCalibrated { // else it is the wider of two
			ends(forecast.When(h, s))
		}
		ends(forecast.WhenSimple(h, s))
		ends(forecast.WhenGrowing(h, s, forecast.Items(0)))
		out, err := forecast.HowMany(h, rng.IntN(12))
		require.NoError(t, err)
		require.Equal(t, 1.0, out.AtLeast[0])
		require.Positive(t, out.AtLeast[len(out.AtLeast)-1], "%v", h)
	}
}
