package forecast

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
)

// Plan holds several teams and the features that they work on, in order. Each team works through its shares
// of the features one after the other; a feature is done when every share of it is.
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
}

// PlanFeature is a feature of a plan and the share that each team has in it.
type PlanFeature struct {
	Key    string      `json:"key"`
	Shares []PlanShare `json:"shares"`
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

// Forecast returns a forecast for each feature, in order. Teams and scopes are independent of each
// other, so the probability that a feature is done is the product over its shares; for one share the sum
// of all scopes of its team up to it counts, also for a share of 0. A feature without shares is done in 0
// periods.
//
// The throughput of each team is calibrated: see [Calibrated]. The plan as a whole is not backtested,
// which the calibration of each completion states. It costs [Calibrate] for each team, and
// [Calibrated.When] for each share.
//
// Errors: [ErrUnknown], [ErrDuplicate] and the errors of [When], all that are found, each with the key it
// belongs to.
func (p Plan) Forecast() ([]FeatureForecast, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	teams := make(map[string]*Calibrated, len(p.Teams))
	for _, t := range p.Teams {
		c, err := Calibrate(t.History, CalibrateOptions{Changed: t.Changed})
		if err != nil {
			return nil, fmt.Errorf("%w (team %q)", err, t.Key)
		}
		teams[t.Key] = c
	}
	out, err := p.forecast(func(team string, work spread) (Completion, error) { return teams[team].when(work) })
	for i := range out {
		out[i].Completion.Calibration = Calibration{Model: modelPlan}
	}
	return out, err
}

// modelPlan is the model of a plan.
const modelPlan = "calibrated by team, not backtested as a whole"

// ForecastSimple is [Plan.Forecast] under the model of [WhenSimple]. It costs that for each share.
func (p Plan) ForecastSimple() ([]FeatureForecast, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p.forecast(func(team string, work spread) (Completion, error) {
		return when(p.team(team).History.counts(), work)
	})
}

// forecast asks when each team has done what it has to do up to and with each share.
func (p Plan) forecast(when func(team string, work spread) (Completion, error)) ([]FeatureForecast, error) {
	queues, err := p.queues()
	if err != nil {
		return nil, err
	}
	out := make([]FeatureForecast, len(p.Features))
	for i, f := range p.Features {
		whole := Completion{Done: []float64{1}}
		for j, share := range f.Shares {
			part, err := when(share.Team, queues[i][j])
			if err != nil {
				return nil, fmt.Errorf("%w (feature %q, team %q)", err, f.Key, share.Team)
			}
			whole = both(whole, part)
		}
		out[i] = FeatureForecast{Key: f.Key, Completion: whole}
	}
	return out, nil
}

// queues returns for each share what its team has to do up to and with it.
func (p Plan) queues() ([][]spread, error) {
	before := make(map[string]spread)
	out := make([][]spread, len(p.Features))
	for i, f := range p.Features {
		for _, share := range f.Shares {
			work, err := share.Scope.distribution()
			if queue, ok := before[share.Team]; ok && err == nil {
				work, err = queue.plus(work)
			}
			if err != nil {
				return nil, fmt.Errorf("%w (feature %q, team %q)", err, f.Key, share.Team)
			}
			before[share.Team] = work
			out[i] = append(out[i], work)
		}
	}
	return out, nil
}

// Validate returns everything that is wrong with the plan, joined: [ErrDuplicate], [ErrUnknown], and the
// errors of its histories and scopes.
func (p Plan) Validate() error {
	var problems []error
	teams, features := make(map[string]bool), make(map[string]bool)
	for _, t := range p.Teams {
		if teams[t.Key] {
			problems = append(problems, fmt.Errorf("%w: team %q", ErrDuplicate, t.Key))
		}
		teams[t.Key] = true
		if err := t.validate(); err != nil {
			problems = append(problems, err)
		}
	}
	for _, f := range p.Features {
		if features[f.Key] {
			problems = append(problems, fmt.Errorf("%w: feature %q", ErrDuplicate, f.Key))
		}
		features[f.Key] = true
		seen := make(map[string]bool)
		for _, share := range f.Shares {
			if !teams[share.Team] {
				problems = append(problems, fmt.Errorf("%w: team %q of feature %q", ErrUnknown, share.Team, f.Key))
			}
			if seen[share.Team] {
				problems = append(problems,
					fmt.Errorf("%w: team %q has two shares of feature %q", ErrDuplicate, share.Team, f.Key))
			}
			seen[share.Team] = true
			prefix := fmt.Sprintf("features[%q].shares[%q].", f.Key, share.Team)
			if err := share.Scope.validate(prefix); err != nil {
				problems = append(problems, err)
			}
		}
	}
	return errors.Join(problems...)
}

func (t PlanTeam) validate() error {
	err := t.History.validate(fmt.Sprintf("teams[%q].history", t.Key))
	if errors.Is(err, ErrNoHistory) || errors.Is(err, ErrNoThroughput) {
		return fmt.Errorf("%w (team %q)", err, t.Key)
	}
	return errors.Join(err, whole(fmt.Sprintf("teams[%q].changed", t.Key), t.Changed, 0, len(t.History)))
}

func (p Plan) team(key string) PlanTeam {
	return p.Teams[slices.IndexFunc(p.Teams, func(t PlanTeam) bool { return t.Key == key })]
}

// both is when two independent things are done.
func both(a, b Completion) Completion {
	c := Completion{First: max(a.First, b.First)}
	end := max(a.First+len(a.Done), b.First+len(b.Done))
	for k := c.First; k < end; k++ {
		c.Done = append(c.Done, round(float64(a.Within(k)*b.Within(k))))
	}
	for len(c.Done) > 1 && c.Done[len(c.Done)-1] == c.Done[len(c.Done)-2] {
		c.Done = c.Done[:len(c.Done)-1]
	}
	return c
}

// WithCapacity returns the plan with the history of a team multiplied by a factor: 0.8 is a cut by a fifth.
// The amounts are rounded half up to four decimal places.
//
// Errors: [ErrUnknown]; a [*field.Error] if the factor is out of range.
func (p Plan) WithCapacity(team string, factor decimal.Decimal) (Plan, error) {
	i := slices.IndexFunc(p.Teams, func(t PlanTeam) bool { return t.Key == team })
	err := amount("factor", factor)
	if i < 0 {
		err = errors.Join(fmt.Errorf("%w: team %q", ErrUnknown, team), err)
	}
	if err != nil {
		return Plan{}, err
	}
	if err := p.Teams[i].validate(); err != nil {
		return Plan{}, err
	}
	history := make(History, len(p.Teams[i].History))
	for j, d := range p.Teams[i].History {
		history[j] = d.Mul(factor).Round(exact.MaxPlaces)
	}
	p.Teams = slices.Clone(p.Teams)
	p.Teams[i].History = history
	return p, nil
}

// WithoutFeature returns the plan without a feature. Errors: [ErrUnknown].
func (p Plan) WithoutFeature(key string) (Plan, error) {
	i, err := p.feature(key)
	if err != nil {
		return Plan{}, err
	}
	p.Features = slices.Delete(slices.Clone(p.Features), i, i+1)
	return p, nil
}

// WithFeatureAt returns the plan with a feature moved to a position, 0 for the first. Errors: [ErrUnknown]; a
// [*field.Error] for a position outside the plan.
func (p Plan) WithFeatureAt(key string, position int) (Plan, error) {
	i, err := p.feature(key)
	if err = errors.Join(err, whole("position", position, 0, max(0, len(p.Features)-1))); err != nil {
		return Plan{}, err
	}
	f := p.Features[i]
	p.Features = slices.Insert(slices.Delete(slices.Clone(p.Features), i, i+1), position, f)
	return p, nil
}

func (p Plan) feature(key string) (int, error) {
	i := slices.IndexFunc(p.Features, func(f PlanFeature) bool { return f.Key == key })
	if i < 0 {
		return 0, fmt.Errorf("%w: feature %q", ErrUnknown, key)
	}
	return i, nil
}

// FeatureDelay is what a change of plan does to the forecast of one feature.
type FeatureDelay struct {
	Key string `json:"key"`
	// Before and After are the percentiles, in periods; -1 if there is none, because the feature is not in
	// that plan, or is not done within [MaxPeriods] with that confidence.
	Before int `json:"before"`
	After  int `json:"after"`
}

// Delta returns After - Before, the number of periods by which the feature is done later. The bool is false
// if either is missing.
func (c FeatureDelay) Delta() (int, bool) { return c.After - c.Before, c.Before >= 0 && c.After >= 0 }

// ComparePlans returns what a change of plan does to the forecast of each feature at one confidence, in the
// order of the first plan; features of the second plan only come last.
func ComparePlans(before, after []FeatureForecast, confidence float64) []FeatureDelay {
	var changes []FeatureDelay
	at := make(map[string]int, len(before))
	for _, f := range before {
		at[f.Key] = len(changes)
		changes = append(changes, FeatureDelay{Key: f.Key, Before: percentile(f, confidence), After: -1})
	}
	for _, f := range after {
		i, ok := at[f.Key]
		if !ok {
			i = len(changes)
			changes = append(changes, FeatureDelay{Key: f.Key, Before: -1})
		}
		changes[i].After = percentile(f, confidence)
	}
	return changes
}

func percentile(f FeatureForecast, confidence float64) int {
	if k, ok := f.Completion.Percentile(confidence); ok {
		return k
	}
	return -1
}
