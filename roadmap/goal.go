package roadmap

import (
	"slices"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// GoalID is the id of a [Goal].
type GoalID = story.Identity[Goal]

// MaxMeasurements is how many measurements a goal may hold.
const MaxMeasurements = 10_000

// Goal is an outcome on the way to the vision: "Reduce checkout time by 20 % this quarter".
//
// It is a plain value. Its slices are shared by a copy; [Goal.Clone] makes an independent one.
type Goal struct {
	ID           GoalID        `json:"id"`
	Title        string        `json:"title"`
	Metric       Metric        `json:"metric,omitzero"` // by which it is measured
	Start        time.Time     `json:"start,omitzero"`
	Due          time.Time     `json:"due,omitzero"`
	Measurements []Measurement `json:"measurements,omitempty"` // in the order of their instants
	Status       GoalStatus    `json:"status,omitzero"`
	// KeyResults make the goal an objective (OKR): what it is measured by beside its metric, or instead.
	KeyResults story.List[KeyResult] `json:"key_results,omitzero"`
	// Money is that of the goal itself, beside that of its features: planned and actual, by period.
	Money story.List[MoneyPeriod] `json:"money,omitzero"`
}

// Metric is what a goal is measured by: its unit, the value at the start, and the value to reach.
type Metric struct {
	Name     string          `json:"name"`          // "median checkout time"
	Unit     string          `json:"unit,omitzero"` // "s"
	Baseline decimal.Decimal `json:"baseline"`      // in Unit
	Target   Target          `json:"target"`        // in Unit, or relative to the baseline
}

// Measurement is the metric's value at an instant.
type Measurement struct {
	At    time.Time       `json:"at"`
	Value decimal.Decimal `json:"value"` // in the metric's unit
}

// Equal reports whether m and other are the same: numbers as numbers.
func (m Metric) Equal(other Metric) bool {
	return m.Name == other.Name && m.Unit == other.Unit && m.Baseline.Equal(other.Baseline) &&
		m.Target.relative == other.Target.relative && m.Target.value.Equal(other.Target.value)
}

// IsZero reports whether there is no metric.
func (m Metric) IsZero() bool {
	return m.Name == "" && m.Unit == "" && m.Baseline.IsZero() && m.Target.IsZero()
}

// Clone returns a copy that shares nothing with g.
func (g Goal) Clone() Goal {
	g.Measurements = slices.Clone(g.Measurements)
	return g
}

// AsOf returns g as it was known at an instant: without the measurements that were taken later, be they
// planned, of a test or dated wrongly. Its list of measurements is shared with g. O(log n).
func (g Goal) AsOf(at time.Time) Goal {
	later, _ := slices.BinarySearchFunc(g.Measurements, at, func(m Measurement, at time.Time) int {
		if m.At.After(at) {
			return 1
		}
		return -1
	})
	g.Measurements = g.Measurements[:later:later]
	return g
}

// Actual returns the value of the latest measurement; the bool is false before the first.
func (g Goal) Actual() (decimal.Decimal, bool) {
	if len(g.Measurements) == 0 {
		return decimal.Decimal{}, false
	}
	return g.Measurements[len(g.Measurements)-1].Value, true
}

// Progress returns (actual - baseline) of (target - baseline), exact. It may exceed the whole, and it
// is negative for a value that moved the wrong way. Before the first measurement nothing is done. Of an
// instant, it is that of [Goal.AsOf].
// Without a metric it is undefined: its Total is zero.
func (g Goal) Progress() Progress {
	target := g.Metric.Target.Of(g.Metric.Baseline)
	progress := Progress{Total: target.Sub(g.Metric.Baseline)}
	if actual, measured := g.Actual(); measured {
		progress.Done = actual.Sub(g.Metric.Baseline)
	}
	if progress.Total.Sign() < 0 { // a metric to be reduced
		progress.Done, progress.Total = progress.Done.Neg(), progress.Total.Neg()
	}
	return progress
}

// Score returns the score of the goal's key results, see [Objective.Score]; the bool is false while it has none.
func (g Goal) Score(scale int32) (decimal.Decimal, bool) {
	if g.KeyResults.IsZero() {
		return decimal.Decimal{}, false
	}
	score, err := Objective{ID: ObjectiveID(g.ID), Title: g.Title, KeyResults: g.KeyResults.Slice()}.Score(scale)
	return score, err == nil
}

// Validate reports everything that is wrong with g, for example a target that is the baseline or a due
// date before the start. A goal needs no metric. Each problem is a [*field.Error].
func (g Goal) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "goal.id", g.ID),
		field.CheckTitle("roadmap", "goal.title", g.Title),
		field.CheckInstant("roadmap", "goal.start", g.Start),
		field.CheckInstant("roadmap", "goal.due", g.Due),
	}
	if !g.Metric.IsZero() {
		errs = append(errs, field.Within("goal", g.Metric.Validate()))
	}
	if !g.Start.IsZero() && !g.Due.IsZero() && !g.Due.After(g.Start) {
		errs = append(errs, fieldError("goal.due", g.Due.Format(time.RFC3339),
			"an instant after its start, "+g.Start.Format(time.RFC3339)))
	}
	return field.Join(append(errs, g.checkMeasurements(), g.checkKeyResults(), checkMoney("goal.money", g.Money), goalStatuses.Check("goal.status", g.Status))...)
}

// checkKeyResults wants key results that are valid, each with an id of its own.
func (g Goal) checkKeyResults() error {
	const path = "goal.key_results"
	if err := field.CheckLen("roadmap", path, g.KeyResults.Len(), MaxKeyResults); err != nil {
		return err
	}
	var errs []error
	met := make(map[KeyResultID]bool, g.KeyResults.Len())
	for i, result := range g.KeyResults.All() {
		at := field.Index(path, i)
		errs = append(errs, field.CheckID("roadmap", at+".id", result.ID), field.Within(at, result.Validate()))
		if met[result.ID] {
			errs = append(errs, fieldError(at+".id", result.ID.String(), "an id of its own"))
		}
		met[result.ID] = true
	}
	return field.Join(errs...)
}

func (g Goal) checkMeasurements() error { return g.checkMeasurementsAt("goal.measurements") }

func (g Goal) checkMeasurementsAt(path string) error {
	if len(g.Measurements) > MaxMeasurements {
		return field.CheckLen("roadmap", path, len(g.Measurements), MaxMeasurements)
	}
	if len(g.Measurements) > 0 && g.Metric.IsZero() {
		return fieldError(path, strconv.Itoa(len(g.Measurements)), "none while there is no metric")
	}
	var errs []error
	for i, measurement := range g.Measurements {
		at := field.Index(path, i)
		errs = append(errs, field.CheckInstant("roadmap", at+".at", measurement.At),
			field.CheckNumber("roadmap", at+".value", measurement.Value))
		if measurement.At.IsZero() || (i > 0 && measurement.At.Before(g.Measurements[i-1].At)) {
			errs = append(errs, fieldError(at+".at", measurement.At.Format(time.RFC3339),
				"an instant not before the previous measurement's"))
		}
	}
	return field.Join(errs...)
}

// Validate reports everything that is wrong with m.
func (m Metric) Validate() error {
	numbers := field.Join(
		field.CheckNumber("roadmap", "metric.baseline", m.Baseline),
		field.CheckNumber("roadmap", "metric.target", m.Target.value),
	)
	errs := []error{field.CheckTitle("roadmap", "metric.name", m.Name), field.CheckText("roadmap", "metric.unit", m.Unit)}
	if numbers != nil {
		return field.Join(append(errs, numbers)...)
	}
	if m.Target.Of(m.Baseline).Equal(m.Baseline) {
		errs = append(errs, fieldError("metric.target", m.Target.String(),
			"another value than the baseline, "+m.Baseline.String()))
	}
	return field.Join(errs...)
}

// GoalStatus is where a [Goal] is in its life. The zero value is unset; the backlog sets it.
type GoalStatus uint8

// The states of a goal.
const (
	GoalPlanned   GoalStatus = iota + 1 // not pursued yet
	GoalActive                          // pursued now
	GoalFulfilled                       // reached
	GoalDropped                         // given up
)

var goalStatuses = field.EnumOf[GoalStatus]("roadmap", "GoalStatus", "planned", "active", "fulfilled", "dropped")

// IsValid reports whether s is one of the four states. Unset is not.
func (s GoalStatus) IsValid() bool { return goalStatuses.IsValid(s) }

// IsOpen reports whether the goal is still to be reached: planned or active.
func (s GoalStatus) IsOpen() bool { return s == GoalPlanned || s == GoalActive }

// String returns the text form.
func (s GoalStatus) String() string { return goalStatuses.String(s) }

// MarshalText returns the text form.
func (s GoalStatus) MarshalText() ([]byte, error) { return goalStatuses.MarshalText(s) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *GoalStatus) UnmarshalText(text []byte) error { return goalStatuses.UnmarshalText(s, text) }
