package forecast

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/shopspring/decimal"
)

// MaxRuns bounds a simulation.
const MaxRuns = 10_000_000

// Trial plays a model once and returns the number of periods it took, or a number above
// [MaxPeriods] if it gave up. All its randomness comes from rng.
type Trial func(rng *rand.Rand) int

// Simulate estimates a distribution by playing a model again and again (Monte Carlo), for models that
// can't be convolved: teams that learn, work that depends on work. A probability p is then known
// up to a standard error of sqrt(p(1-p)/runs). Equal sources give equal results. Where [When] has
// an answer, prefer it: it has no such error.
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
	var c Completion
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

// Bootstrap is the model of [When] as a trial: it draws periods of the history until the amount is
// done. It serves as a building block and as a check on either.
//
// Errors: those of [History.Validate] and of an amount out of range.
func Bootstrap(h History, scope decimal.Decimal) (Trial, error) {
	if err := errors.Join(h.Validate(), amount("scope", scope)); err != nil {
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

// TrialRemaining explains a trial: what is left of an amount after each of the periods drawn, given by their
// positions in the history. It is never less than 0.
//
// Errors: those of [Bootstrap], and a [*field.Error] for each position outside the history.
func TrialRemaining(h History, scope decimal.Decimal, drawn []int) ([]decimal.Decimal, error) {
	problems := []error{h.Validate(), amount("scope", scope)}
	for i, at := range drawn {
		if err := whole("", at, 0, len(h)-1); err != nil {
			problems = append(problems, whole(fmt.Sprintf("drawn[%d]", i), at, 0, len(h)-1))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	left := make([]decimal.Decimal, len(drawn))
	for i, at := range drawn {
		scope = decimal.Max(decimal.Zero, scope.Sub(h[at]))
		left[i] = scope
	}
	return left, nil
}
