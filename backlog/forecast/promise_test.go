package forecast_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story/field"
)

func dayOf(n int) time.Time { return time.Date(2027, 3, n, 12, 0, 0, 0, time.UTC) }

func promise(question forecast.Question, made, until, amount int) forecast.Promise {
	return forecast.Promise{
		Question: question, Made: dayOf(made), Until: dayOf(until), Level: .85,
		Amount: decimal.NewFromInt(int64(amount)),
	}
}

func TestOutcomes(t *testing.T) {
	done := []forecast.Done{
		{At: dayOf(20), Amount: decimal.NewFromInt(5)},
		{At: dayOf(10), Amount: decimal.NewFromInt(3)},
		{At: dayOf(1), Amount: decimal.NewFromInt(2)},
		{At: dayOf(28), Amount: decimal.NewFromInt(100)}, // not yet
	}
	tests := map[string]struct {
		promise forecast.Promise
		fate    forecast.Fate
		came    int64
		reached time.Time
	}{
		"kept at the very end":         {promise(forecast.AskHowMany, 5, 10, 3), forecast.PromiseKept, 3, dayOf(10)},
		"done when it was made":        {promise(forecast.AskHowMany, 1, 11, 4), forecast.PromiseBroken, 3, dayOf(20)},
		"broken, and done later":       {promise(forecast.AskWhen, 2, 19, 8), forecast.PromiseBroken, 3, dayOf(20)},
		"broken, and not done":         {promise(forecast.AskWhen, 2, 19, 9), forecast.PromiseBroken, 3, time.Time{}},
		"open":                         {promise(forecast.AskWhen, 2, 29, 9), forecast.PromiseOpen, 8, time.Time{}},
		"kept before the end":          {promise(forecast.AskWhen, 2, 29, 8), forecast.PromiseKept, 8, dayOf(20)},
		"nothing is done at once":      {promise(forecast.AskWhen, 2, 2, 0), forecast.PromiseKept, 0, dayOf(2)},
		"the last day is not over yet": {promise(forecast.AskWhen, 21, 25, 1), forecast.PromiseOpen, 0, time.Time{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := forecast.Outcomes([]forecast.Promise{tt.promise}, done, dayOf(25))
			require.NoError(t, err)
			require.Equal(t, tt.fate, got[0].Fate)
			require.Equal(t, tt.reached, got[0].Reached)
			require.Equal(t, tt.came, got[0].Came.IntPart())
			text, err := json.Marshal(got)
			require.NoError(t, err)
			var back []forecast.Outcome
			require.NoError(t, json.Unmarshal(text, &back))
			require.Equal(t, got[0].Fate, back[0].Fate)
		})
	}
}

// What became of a promise is found by adding up what was done, one by one.
func TestOutcomesEqualTheirTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(91, 1))
	for range 500 {
		var done []forecast.Done
		for range rng.IntN(8) {
			done = append(done, forecast.Done{At: dayOf(1 + rng.IntN(12)), Amount: decimal.NewFromInt(int64(rng.IntN(4)))})
		}
		made := 1 + rng.IntN(10)
		p := promise(forecast.AskWhen, made, made+rng.IntN(5), rng.IntN(6))
		at := dayOf(1 + rng.IntN(15))
		sum := decimal.Zero
		for _, d := range done {
			if d.At.After(p.Made) && !d.At.After(p.Until) && !d.At.After(at) {
				sum = sum.Add(d.Amount)
			}
		}
		want := forecast.PromiseOpen
		if sum.GreaterThanOrEqual(p.Amount) {
			want = forecast.PromiseKept
		} else if at.After(p.Until) {
			want = forecast.PromiseBroken
		}
		got, err := forecast.Outcomes([]forecast.Promise{p}, done, at)
		require.NoError(t, err)
		require.Equal(t, want, got[0].Fate, "%+v of %+v at %v", p, done, at)
		require.True(t, sum.Equal(got[0].Came))
		require.Equal(t, want == forecast.PromiseKept, !got[0].Reached.IsZero() && !got[0].Reached.After(p.Until),
			"%+v of %+v at %v", got[0], done, at)
	}
}

func TestOutcomesErrors(t *testing.T) {
	bad := forecast.Promise{Made: dayOf(2), Until: dayOf(1), Amount: decimal.NewFromInt(-1)}
	_, err := forecast.Outcomes([]forecast.Promise{bad}, []forecast.Done{{Amount: decimal.NewFromInt(-2)}}, dayOf(3))
	require.ErrorIs(t, err, field.ErrInvalid)
	for _, text := range []string{"promises[0].amount", "promises[0].question", "promises[0].level", "promises[0].until", "done[0].amount"} {
		require.ErrorContains(t, err, text)
	}
	require.Error(t, bad.Validate())
	_, err = forecast.Fate(9).MarshalText()
	require.ErrorContains(t, err, "Fate(9)")
}

func TestKeptPromises(t *testing.T) {
	outcomes := []forecast.Outcome{
		{Promise: promise(forecast.AskWhen, 1, 5, 3), Fate: forecast.PromiseKept},
		{Promise: promise(forecast.AskWhen, 1, 5, 4), Fate: forecast.PromiseBroken},
		{Promise: promise(forecast.AskWhen, 1, 9, 3), Fate: forecast.PromiseKept}, // its end has not come
	}
	low := promise(forecast.AskHowMany, 1, 4, 3)
	low.Level = .5
	outcomes = append(outcomes, forecast.Outcome{Promise: low, Fate: forecast.PromiseKept})
	got := forecast.KeptPromises(outcomes, dayOf(6))
	require.Len(t, got, 2)
	require.Equal(t, "50 % held 100 % of 1 forecasts", got[0].String())
	require.Equal(t, "85 % held 50 % of 2 forecasts", got[1].String())
}
