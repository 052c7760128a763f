package forecast

import (
	"errors"
	"fmt"
	"slices"

	"github.com/backlogkit/backlogkit/story/field"
)

// The bounds of a [Plan].
const (
	MaxPlanTeams    = 100
	MaxPlanFeatures = 10_000
	MaxPlanLinks    = 100_000 // shares and needs of all features
	MaxPlanWIP      = 1_000   // features that a team works on at once
)

// Plan holds several teams and the features that they work on, in order. Each team goes through its shares
// of the features in this order; a feature is done when every share of it is. What a team does is split
// evenly among the features that it works on at once (processor sharing: Kleinrock 1967), and a feature
// that needs others is begun when those are done: until then the team goes on with what comes after it. No
// team waits while there is something that it can begin.
//
// Teams that work on one backlog are one team of a plan, with the history of [Together].
type Plan struct {
	Teams    []PlanTeam    `json:"teams"`
	Features []PlanFeature `json:"features"`
}

// PlanTeam is a team and its history. All teams of a plan have periods of one length.
type PlanTeam struct {
	Key     string  `json:"key"`
	History History `json:"history"`
	// Changed is that of [CalibrateOptions].
	Changed int `json:"changed,omitempty"`
	// Year is that of [CalibrateOptions].
	Year int `json:"year,omitempty"`
	// WIP is the number of features that the team works on at once; 0 stands for 1.
	WIP int `json:"wip,omitempty"`
}

// PlanFeature is a feature of a plan and the share that each team has in it. One without shares, such as
// a release that needs features, is done when what it needs is.
type PlanFeature struct {
	Key    string      `json:"key"`
	Shares []PlanShare `json:"shares"`
	Needs  []string    `json:"needs,omitempty"` // keys of features that are done before this one is begun
}

// PlanShare is the work of one team on one feature.
type PlanShare struct {
	Team  string `json:"team"`
	Scope Scope  `json:"scope"`
}

// FeatureForecast is the distribution of the number of periods, from now, until a feature is done.
type FeatureForecast struct {
	Key        string     `json:"key"`
	Completion Completion `json:"completion"`
}

// Forecast returns a forecast for each feature, in order. Teams and scopes are independent of each other, so
// the probability that a feature is done is the product over its shares; for one share the sum of what
// its team does up to its end counts, which is the same whatever the team's pace. A feature without shares
// that needs none is done in 0 periods.
//
// The throughput of each team is calibrated: see [Calibrated]. The plan as a whole is not backtested,
// which the calibration of each completion states. It costs [Calibrate] for each team, [Calibrated.When]
// for each share, and O(n log n) for n shares and needs.
//
// Errors: those of [Plan.Validate] and [When], all that are found, each with the key it belongs to;
// [ErrNotExact] where a feature waits for one of another team, or where the scopes of a team that
// works on several features at once are uncertain: [Plan.Simulate] takes those.
func (p Plan) Forecast() ([]FeatureForecast, error) {
	l, err := p.layout()
	if err != nil {
		return nil, err
	}
	teams, err := p.calibrated()
	if err != nil {
		return nil, err
	}
	out, err := l.forecast(func(team int, work spread) (Completion, error) { return teams[team].when(work) })
	for i := range out {
		out[i].Completion.Calibration = Calibration{Model: modelPlan}
	}
	return out, err
}

// modelPlan is the model of a plan.
const modelPlan = "calibrated by team, not backtested as a whole"

// ForecastSimple is [Plan.Forecast] under the model of [WhenSimple]. It costs that for each share.
func (p Plan) ForecastSimple() ([]FeatureForecast, error) {
	l, err := p.layout()
	if err != nil {
		return nil, err
	}
	return l.forecast(func(team int, work spread) (Completion, error) { return when(p.Teams[team].History.counts(), work) })
}

func (p Plan) calibrated() ([]*Calibrated, error) {
	teams := make([]*Calibrated, len(p.Teams))
	for i, t := range p.Teams {
		var err error
		if teams[i], err = Calibrate(t.History, CalibrateOptions{Changed: t.Changed, Year: t.Year}); err != nil {
			return nil, fmt.Errorf("%w (team %.60q)", err, t.Key)
		}
	}
	return teams, nil
}

// forecast asks when each team has done what it has done at the end of each share.
func (l *layout) forecast(when func(team int, work spread) (Completion, error)) ([]FeatureForecast, error) {
	queues, err := l.queues()
	if err != nil {
		return nil, err
	}
	out, last := make([]FeatureForecast, len(l.plan.Features)), l.lastOf(queues)
	for i, f := range l.plan.Features {
		whole := Completion{Done: []float64{1}}
		for _, one := range last[i] {
			part, err := when(l.shares[one].team, queues[one].work)
			if err != nil {
				return nil, l.within(one, err)
			}
			whole = both(whole, part)
		}
		out[i] = FeatureForecast{Key: f.Key, Completion: whole}
	}
	return out, nil
}

// Validate returns what is wrong with the plan, joined: [ErrDuplicate], [ErrUnknown], [ErrCycle], the errors of its
// histories and scopes, and a [*field.Error] for each number out of range. A hundred problems at most
// are returned.
func (p Plan) Validate() error {
	var found problems
	links := 0
	for _, f := range p.Features {
		links += len(f.Shares) + len(f.Needs)
	}
	found.add(
		whole("teams", len(p.Teams), 0, MaxPlanTeams), whole("features", len(p.Features), 0, MaxPlanFeatures),
		whole("shares and needs", links, 0, MaxPlanLinks),
	)
	if found.err() != nil {
		return found.err()
	}
	teams, features := make(map[string]bool), make(map[string]int)
	for _, t := range p.Teams {
		if teams[t.Key] {
			found.add(fmt.Errorf("%w: team %.60q", ErrDuplicate, t.Key))
		}
		teams[t.Key] = true
		found.add(t.validate())
	}
	for i, f := range slices.Backward(p.Features) {
		features[f.Key] = i // the first of equals
	}
	for i, f := range p.Features {
		if found.isFull() {
			break
		}
		if features[f.Key] != i {
			found.add(fmt.Errorf("%w: feature %.60q", ErrDuplicate, f.Key))
		}
		f.validate(teams, features, &found)
	}
	if err := found.err(); err != nil {
		return err
	}
	if i, isCycle := cycleOf(p.needs(features)); isCycle {
		return fmt.Errorf("%w: feature %.60q needs itself by way of others", ErrCycle, p.Features[i].Key)
	}
	return nil
}

func (t PlanTeam) validate() error {
	err := t.History.validate(fmt.Sprintf("teams[%q].history", t.Key))
	if errors.Is(err, ErrNoHistory) || errors.Is(err, ErrNoThroughput) {
		return fmt.Errorf("%w (team %.60q)", err, t.Key)
	}
	return field.Join(err,
		whole(fmt.Sprintf("teams[%q].changed", t.Key), t.Changed, 0, len(t.History)),
		whole(fmt.Sprintf("teams[%q].year", t.Key), t.Year, 0, MaxYear),
		whole(fmt.Sprintf("teams[%q].wip", t.Key), t.WIP, 0, MaxPlanWIP))
}

func (f PlanFeature) validate(teams map[string]bool, features map[string]int, found *problems) {
	seen := make(map[string]bool)
	for _, share := range f.Shares {
		if !teams[share.Team] {
			found.add(fmt.Errorf("%w: team %.60q of feature %.60q", ErrUnknown, share.Team, f.Key))
		}
		if seen[share.Team] {
			found.add(fmt.Errorf("%w: team %.60q has two shares of feature %.60q", ErrDuplicate, share.Team, f.Key))
		}
		seen[share.Team] = true
		found.add(share.Scope.validate(fmt.Sprintf("features[%q].shares[%q].", f.Key, share.Team)))
	}
	needed := make(map[string]bool)
	for _, key := range f.Needs {
		if _, isKnown := features[key]; !isKnown {
			found.add(fmt.Errorf("%w: feature %.60q, needed by %.60q", ErrUnknown, key, f.Key))
		}
		if needed[key] {
			found.add(fmt.Errorf("%w: feature %.60q needs %.60q twice", ErrDuplicate, f.Key, key))
		}
		needed[key] = true
	}
}

// needs returns the positions of what each feature needs.
func (p Plan) needs(features map[string]int) [][]int {
	needs := make([][]int, len(p.Features))
	for i, f := range p.Features {
		for _, key := range f.Needs {
			needs[i] = append(needs[i], features[key])
		}
	}
	return needs
}

// cycleOf returns a node that cannot come after all that it needs.
func cycleOf(needs [][]int) (int, bool) {
	order := inOrder(needs)
	if len(order) == len(needs) {
		return 0, false
	}
	isPlaced := make([]bool, len(needs))
	for _, i := range order {
		isPlaced[i] = true
	}
	return slices.Index(isPlaced, false), true
}

// inOrder returns the nodes each after all that it needs; those on a circle, and what needs them, are left out.
func inOrder(needs [][]int) []int {
	neededBy, open := reverse(needs), make([]int, len(needs))
	var order []int
	for i, list := range needs {
		if open[i] = len(list); open[i] == 0 {
			order = append(order, i)
		}
	}
	for next := 0; next < len(order); next++ {
		for _, i := range neededBy[order[next]] {
			if open[i]--; open[i] == 0 {
				order = append(order, i)
			}
		}
	}
	return order
}

func reverse(needs [][]int) [][]int {
	neededBy := make([][]int, len(needs))
	for i, list := range needs {
		for _, j := range list {
			neededBy[j] = append(neededBy[j], i)
		}
	}
	return neededBy
}

// both is when two independent things are done.
func both(a, b Completion) Completion {
	c := Completion{First: max(a.First, b.First), Done: []float64{}}
	end := max(a.First+len(a.Done), b.First+len(b.Done))
	for k := c.First; k < end; k++ {
		c.Done = append(c.Done, round(float64(a.Within(k)*b.Within(k))))
	}
	for len(c.Done) > 1 && c.Done[len(c.Done)-1] == c.Done[len(c.Done)-2] {
		c.Done = c.Done[:len(c.Done)-1]
	}
	return c
}
