package forecast

import (
	"fmt"
	"math/rand/v2"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// MaxRuns is the greatest number of runs of a simulation.
const MaxRuns = 10_000_000

// Trial runs a model once and returns the number of periods it took, or a number above [MaxPeriods] if it
// gave up. All its randomness comes from rng.
type Trial func(rng *rand.Rand) int

// Simulate returns the distribution of the results of many runs of a model (Monte Carlo), for models that
// cannot be convolved: teams that learn, work that depends on work. A probability p has a standard error
// of sqrt(p(1-p)/runs). Equal sources give equal results. Prefer [WhenSimple] where it has an answer: it
// has no such error.
//
// Errors: a [*field.Error] unless 1 <= runs <= [MaxRuns], or if a trial returns a negative number.
func Simulate(trial Trial, runs int, source rand.Source) (Completion, error) {
	if err := whole("runs", runs, 1, MaxRuns); err != nil {
		return Completion{}, err
	}
	rng := rand.New(source)
	counts := make([]int, MaxPeriods+1)
	for range runs {
		switch k := trial(rng); {
		case k < 0:
			return Completion{}, fieldError("periods of a trial", fmt.Sprint(k), ">= 0")
		case k <= MaxPeriods:
			counts[k]++
		}
	}
	c := Completion{Done: []float64{}}
	total := 0
	for k, n := range counts {
		if total == runs {
			break
		}
		total += n
		if total == 0 {
			c.First = k + 1
			continue
		}
		c.Done = append(c.Done, round(float64(total)/float64(runs)))
	}
	return c, nil
}

// Bootstrap returns the model of [WhenSimple] as a trial, which draws periods of the history until the
// amount is done: a building block for a model of your own.
//
// Errors: those of [History.Validate]; a [*field.Error] for an amount out of range.
func Bootstrap(h History, scope decimal.Decimal) (Trial, error) {
	if err := field.Join(h.Validate(), amount("scope", scope)); err != nil {
		return nil, err
	}
	periods := make([]int64, len(h))
	for i, d := range h {
		periods[i] = scaled(d)
	}
	todo := scaled(scope)
	return func(rng *rand.Rand) int {
		k := 0
		for left := todo; left > 0 && k <= MaxPeriods; k++ {
			left -= periods[rng.IntN(len(periods))]
		}
		return k
	}, nil
}

// TrialRemaining returns what is left of an amount after each of the periods drawn in a trial, which are
// positions in the history: it shows what a trial does. Nothing is less than 0.
//
// Errors: those of [Bootstrap]; a [*field.Error] for each position outside the history.
func TrialRemaining(h History, scope decimal.Decimal, drawn []int) ([]decimal.Decimal, error) {
	var wrong problems
	wrong.add(h.Validate(), amount("scope", scope))
	for i, at := range drawn {
		if err := whole("", at, 0, len(h)-1); err != nil {
			wrong.add(whole(fmt.Sprintf("drawn[%d]", i), at, 0, len(h)-1))
		}
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	left := make([]decimal.Decimal, len(drawn))
	for i, at := range drawn {
		scope = decimal.Max(decimal.Zero, scope.Sub(h[at]))
		left[i] = scope
	}
	return left, nil
}
