package forecast

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/backlogkit/backlogkit/story/field"
)

// PlanCuts holds what leaves a plan so that the rest is done within a number of periods.
type PlanCuts struct {
	Periods    int     `json:"periods"`
	Confidence float64 `json:"confidence"`
	// Whole is the probability that all is done in time if nothing leaves, and Rest that of what stays.
	Whole float64 `json:"whole"`
	Rest  float64 `json:"rest"`
	// Leaving holds the features that leave, in the order of the plan.
	Leaving []PlanCut `json:"leaving"`
}

// PlanCut is a feature that leaves a plan.
type PlanCut struct {
	Key string `json:"key"`
	// Within is the probability that it is done in time with all that stays of what comes before it, and with
	// what it needs.
	Within float64 `json:"within"`
}

// Cuts returns which features leave so that what stays is done within so many periods with at least this
// probability: "what must go so that the date holds with 85 %?" [Schedule.Periods] counts the periods up to
// a date. Features come in the order of the plan: each stays, with all that it needs, if the date holds for it
// together with all that stays already. So of two plans that hold, the one is chosen that keeps the first
// feature in which they differ.
//
// A team is done with what stays when it has done the sum of it: for each feature it costs an
// evaluation of the distribution of each team, and O(n) for n shares and needs.
//
// Errors: those of [Plan.Forecast], but that several features at once may be uncertain; a [*field.Error] unless
// 0 <= periods <= [MaxPeriods] and 0 < confidence <= 1.
func (p Plan) Cuts(periods int, confidence float64) (PlanCuts, error) {
	if err := checkCuts(periods, confidence); err != nil {
		return PlanCuts{}, err
	}
	l, err := p.layout()
	if err != nil {
		return PlanCuts{}, err
	}
	if err := l.checkExact(); err != nil {
		return PlanCuts{}, err
	}
	teams, err := p.calibrated()
	if err != nil {
		return PlanCuts{}, err
	}
	kept := make([]spread, len(teams))
	for i := range kept {
		kept[i] = certain(0)
	}
	return l.cuts(periods, confidence, func(added []int) (float64, func(), error) {
		next, chance := slices.Clone(kept), 1.0
		for _, i := range added {
			for _, one := range l.ofFeature[i] {
				team := l.shares[one].team
				if next[team], err = next[team].plus(l.shares[one].scope); err != nil {
					return 0, nil, l.within(one, err)
				}
			}
		}
		for i, c := range teams {
			within, err := c.within(next[i], periods)
			if err != nil {
				return 0, nil, err
			}
			chance = float64(chance * within)
		}
		return round(chance), func() { kept = next }, nil
	})
}

// SimulateCuts is [Plan.Cuts] for plans that cannot be convolved, with runs as in [Plan.Simulate]: the same for each
// set of features that is tried. It costs that for each feature.
//
// Errors: those of Plan.Cuts and Plan.Simulate; [ErrTooLarge] if runs and teams together have more than 2^24
// periods.
func (p Plan) SimulateCuts(periods int, confidence float64, runs int, source rand.Source) (PlanCuts, error) {
	if err := checkCuts(periods, confidence); err != nil {
		return PlanCuts{}, err
	}
	s, err := p.simulation(runs, periods, source)
	if err != nil {
		return PlanCuts{}, err
	}
	if s.periods < periods {
		return PlanCuts{}, ErrTooLarge
	}
	stays := make([]bool, len(s.needs))
	return s.cuts(periods, confidence, func(added []int) (float64, func(), error) {
		next := slices.Clone(stays)
		for _, i := range added {
			next[i] = true
		}
		held := 0
		for number := range runs {
			if !slices.Contains(s.run(number, func(i int) bool { return !next[i] }), notDone) {
				held++
			}
		}
		return round(float64(held) / float64(runs)), func() { stays = next }, nil
	})
}

func checkCuts(periods int, confidence float64) error {
	err := whole("periods", periods, 0, MaxPeriods)
	if !(confidence > 0 && confidence <= 1) {
		err = field.Join(err, fieldError("confidence", fmt.Sprint(confidence), "above 0, at most 1"))
	}
	return err
}

// cuts tries each feature with what stays already: try returns the probability that it is done in time together
// with more features, and a func that lets them stay.
func (l *layout) cuts(
	periods int, confidence float64, try func(added []int) (chance float64, stay func(), err error),
) (PlanCuts, error) {
	out := PlanCuts{Periods: periods, Confidence: confidence, Rest: 1, Leaving: []PlanCut{}}
	all := make([]int, len(l.needs))
	for i := range all {
		all[i] = i
	}
	chance, _, err := try(all)
	if err != nil {
		return PlanCuts{}, err
	}
	if out.Whole = chance; reaches(chance, confidence) {
		out.Rest = chance
		return out, nil
	}
	const stays, leaves = 1, 2
	fate := make([]int, len(l.needs))
	for i, f := range l.plan.Features {
		if fate[i] == stays {
			continue
		}
		added := []int{i} // with what it needs
		isAdded, holds := map[int]bool{i: true}, true
		for next := 0; next < len(added); next++ {
			for _, j := range l.needs[added[next]] {
				if holds = holds && fate[j] != leaves; fate[j] != stays && !isAdded[j] {
					isAdded[j] = true
					added = append(added, j)
				}
			}
		}
		chance, stay, err := try(added)
		if err != nil {
			return PlanCuts{}, err
		}
		if !holds || !reaches(chance, confidence) {
			fate[i] = leaves
			out.Leaving = append(out.Leaving, PlanCut{Key: f.Key, Within: chance})
			continue
		}
		for _, j := range added {
			fate[j] = stays
		}
		out.Rest = chance
		stay()
	}
	return out, nil
}
