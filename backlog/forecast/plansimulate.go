package forecast

import (
	"math/rand/v2"
	"slices"
)

// maxPlanSteps bounds the periods of all runs and teams of a simulated plan together.
const maxPlanSteps = 1 << 24

const modelSimulated = "calibrated by team, simulated, not backtested as a whole"

// Simulate is [Plan.Forecast] for plans that cannot be convolved: features that wait for those of other
// teams, uncertain scopes of a team that works on several features at once. A run draws how much each team
// does and how much there is to do, and works through the plan. A feature of one team counts as done for
// that team at once; for other teams, and one of several teams, at the end of the period. What a team could
// have done while it had nothing to begin is lost.
//
// What a team does in a run is its calibrated distribution at one level throughout: in k periods as much as
// is exceeded with the probability that was drawn. So for each number of periods the amounts of all runs have
// the distribution of [Calibrated.HowMany], and a team that is slow at first stays so, which is the wider
// assumption. The levels of the runs are spread evenly (Latin hypercube: McKay, Beckman and Conover 1979). A
// probability p has a standard error of at most sqrt(p(1-p)/(runs-1)) (Owen 1997). Equal sources give equal results.
//
// It costs some microseconds for each period of each team, and for each share, in each run. It looks ahead for [MaxPeriods], or until all runs and teams together have 2^24 periods.
//
// Errors: those of [Plan.Validate]; a [*field.Error] unless 1 <= runs <= 100,000; [ErrTooLarge] for a scope in too
// many steps.
func (p Plan) Simulate(runs int, source rand.Source) ([]FeatureForecast, error) {
	s, err := p.simulation(runs, MaxPeriods, source)
	if err != nil {
		return nil, err
	}
	counts := make([][]int, len(p.Features)) // of runs by the period in which the feature is done
	for run := range runs {
		for i, k := range s.run(run, nil) {
			if k == notDone {
				continue
			}
			if more := k + 1 - len(counts[i]); more > 0 {
				counts[i] = append(counts[i], make([]int, more)...)
			}
			counts[i][k]++
		}
	}
	out := make([]FeatureForecast, len(p.Features))
	for i, f := range p.Features {
		out[i] = FeatureForecast{Key: f.Key, Completion: completionOf(counts[i], runs)}
		out[i].Completion.Calibration = Calibration{Model: modelSimulated}
	}
	return out, nil
}

// completionOf returns the distribution of runs that are counted by their number of periods.
func completionOf(counts []int, runs int) Completion {
	var c Completion
	total := 0
	for k, n := range counts {
		if total == runs {
			break
		}
		if total += n; total == 0 {
			c.First = k + 1
			continue
		}
		c.Done = append(c.Done, round(float64(total)/float64(runs)))
	}
	return c
}

// simulation is a plan and what its runs draw.
type simulation struct {
	*layout
	periods int
	paces   []*pace
	levels  [][]float64 // of each team in each run
	sizes   [][]float64 // of each share in each run, in ten-thousandths; one for all runs if it is certain
}

const maxPlanRuns = 100_000

func (p Plan) simulation(runs, periods int, source rand.Source) (*simulation, error) {
	if err := whole("runs", runs, 1, maxPlanRuns); err != nil {
		return nil, err
	}
	l, err := p.layout()
	if err != nil {
		return nil, err
	}
	teams, err := p.calibrated()
	if err != nil {
		return nil, err
	}
	s := &simulation{layout: l, periods: min(periods, maxPlanSteps/runs/max(1, len(teams)))}
	rng := rand.New(source)
	for _, c := range teams {
		s.paces = append(s.paces, newPace(c))
		s.levels = append(s.levels, evenly(runs, rng))
	}
	for _, one := range l.shares {
		sizes := []float64{float64(one.scope.low)}
		if len(one.scope.p) > 1 {
			sizes = one.scope.at(evenly(runs, rng))
		}
		s.sizes = append(s.sizes, sizes)
	}
	return s, nil
}

// evenly returns one level of each of n equal parts of 0 to 1, in random order.
func evenly(n int, rng *rand.Rand) []float64 {
	levels := make([]float64, n)
	for i, j := range rng.Perm(n) {
		levels[i] = (float64(j) + rng.Float64()) / float64(n)
	}
	return levels
}

// at returns the amounts, in ten-thousandths, that are not exceeded with the probabilities of levels.
func (s spread) at(levels []float64) []float64 {
	below := make([]float64, len(s.p))
	sum := 0.0
	for i, p := range s.p {
		sum += p
		below[i] = sum
	}
	out := make([]float64, len(levels))
	for i, level := range levels {
		n, _ := slices.BinarySearch(below, level)
		out[i] = float64(s.low + int64(min(n, len(s.p)-1))*s.step)
	}
	return out
}

func (s *simulation) size(share, run int) float64 {
	return s.sizes[share][run%len(s.sizes[share])]
}
