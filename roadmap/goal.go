package roadmap

import (
	"errors"
	"fmt"
	"slices"
	"strings"
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
	Metric       Metric        `json:"metric,omitzero"` // how to tell that it is reached
	Start        time.Time     `json:"start,omitzero"`
	Due          time.Time     `json:"due,omitzero"`
	Measurements []Measurement `json:"measurements,omitempty"` // in the order of their instants
	Status       GoalStatus    `json:"status,omitzero"`
}

// Metric says what is measured, where it stood, and where it shall stand.
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

// IsZero reports whether there is no metric.
func (m Metric) IsZero() bool {
	return m.Name == "" && m.Unit == "" && m.Baseline.IsZero() && m.Target.IsZero()
}

// Clone returns a copy that shares nothing with g.
func (g Goal) Clone() Goal {
	g.Measurements = slices.Clone(g.Measurements)
	return g
}

// Actual returns the value of the latest measurement, and false before the first.
func (g Goal) Actual() (decimal.Decimal, bool) {
	if len(g.Measurements) == 0 {
		return decimal.Decimal{}, false
	}
	return g.Measurements[len(g.Measurements)-1].Value, true
}

// Progress is (actual - baseline) of (target - baseline), exact. Overshoot is kept, and so is a
// value that moved the wrong way: it is negative. Before the first measurement nothing is done.
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

// Validate reports everything that is wrong with g: a goal without a metric is fine, one whose
// target is its baseline is not, nor one that is due before it starts.
func (g Goal) Validate() error {
	errs := []error{
		field.CheckID("roadmap", "goal.id", g.ID),
		field.CheckTitle("roadmap", "goal.title", g.Title),
	}
	if !g.Metric.IsZero() {
		errs = append(errs, field.Within("goal", g.Metric.Validate()))
	}
	if !g.Start.IsZero() && !g.Due.IsZero() && !g.Due.After(g.Start) {
		errs = append(errs, fieldError("goal.due", g.Due.Format(time.RFC3339),
			"an instant after its start, "+g.Start.Format(time.RFC3339)))
	}
	errs = append(errs, g.checkMeasurements())
	if g.Status != 0 && !g.Status.IsValid() {
		errs = append(errs, fieldError("goal.status", g.Status.String(), oneOf(goalTexts)))
	}
	return errors.Join(errs...)
}

func (g Goal) checkMeasurements() error {
	const path = "goal.measurements"
	if len(g.Measurements) > MaxMeasurements {
		return fieldError(path, fmt.Sprint(len(g.Measurements)), fmt.Sprintf("at most %d of them", MaxMeasurements))
	}
	if len(g.Measurements) > 0 && g.Metric.IsZero() {
		return fieldError(path, fmt.Sprint(len(g.Measurements)), "none while there is no metric")
	}
	var errs []error
	for i, measurement := range g.Measurements {
		at := field.Index(path, i)
		errs = append(errs, field.CheckNumber("roadmap", at+".value", measurement.Value))
		if measurement.At.IsZero() || (i > 0 && measurement.At.Before(g.Measurements[i-1].At)) {
			errs = append(errs, fieldError(at+".at", measurement.At.Format(time.RFC3339),
				"an instant not before the previous measurement's"))
		}
	}
	return errors.Join(errs...)
}

// Validate reports everything that is wrong with m.
func (m Metric) Validate() error {
	numbers := errors.Join(
		field.CheckNumber("roadmap", "metric.baseline", m.Baseline),
		field.CheckNumber("roadmap", "metric.target", m.Target.value),
	)
	errs := []error{field.CheckTitle("roadmap", "metric.name", m.Name), field.CheckText("roadmap", "metric.unit", m.Unit)}
	if numbers != nil {
		return errors.Join(append(errs, numbers)...)
	}
	if m.Target.Of(m.Baseline).Equal(m.Baseline) {
		errs = append(errs, fieldError("metric.target", m.Target.String(),
			"another value than the baseline, "+m.Baseline.String()))
	}
	return errors.Join(errs...)
}

// Target is where a metric shall stand: a value in the metric's unit, or a change relative to the
// baseline in percent. Its text form is "80", "-20 %" or "+20 %". The zero value is the absolute 0.
type Target struct {
	value    decimal.Decimal
	relative bool
}

// Absolute is a target in the metric's own unit.
func Absolute(value decimal.Decimal) Target { return Target{value: value} }

// Relative is a target of so many percent more than the baseline; less, where it is negative:
// "reduce by 20 %" is Relative(-20).
func Relative(percent decimal.Decimal) Target { return Target{value: percent, relative: true} }

// IsZero reports whether t is the absolute 0.
func (t Target) IsZero() bool { return !t.relative && t.value.IsZero() }

// Of returns the target as a value in the metric's unit. It is exact.
func (t Target) Of(baseline decimal.Decimal) decimal.Decimal {
	if !t.relative {
		return t.value
	}
	return baseline.Add(baseline.Mul(t.value).Shift(-2))
}

// String returns the text form.
func (t Target) String() string {
	if !t.relative {
		return t.value.String()
	}
	sign := ""
	if t.value.Sign() >= 0 {
		sign = "+"
	}
	return sign + t.value.String() + " %"
}

// MarshalText returns the text form.
func (t Target) MarshalText() ([]byte, error) {
	if err := field.CheckNumber("roadmap", "target", t.value); err != nil {
		return nil, err
	}
	return []byte(t.String()), nil
}

// UnmarshalText reads the text form; t stays as it was on an error.
func (t *Target) UnmarshalText(text []byte) error {
	const longest = 60
	digits, relative := strings.CutSuffix(string(text), "%")
	digits = strings.TrimSpace(digits)
	value, err := decimal.NewFromString(digits[:min(len(digits), longest+1)])
	if err != nil || len(text) > longest {
		return fieldError("target", string(text[:min(len(text), longest)]), `a number such as "80" or "-20 %"`)
	}
	if err := field.CheckNumber("roadmap", "target", value); err != nil {
		return err
	}
	*t = Target{value, relative}
	return nil
}

func fieldError(path, value, want string) error { return field.New("roadmap", path, value, want) }
