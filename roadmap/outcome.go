package roadmap

import (
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Outcome is how the benefit hypothesis of a feature is checked once it is in use: the metric and the period
// that were set beforehand, what was measured, and what that came to.
// It is a plain value: a copy shares nothing that could change.
type Outcome struct {
	Metric       Metric                  `json:"metric"`        // its target is what would validate the hypothesis
	From         time.Time               `json:"from,omitzero"` // when measuring begins
	To           time.Time               `json:"to"`            // when it ends and a verdict is due
	Measurements story.List[Measurement] `json:"measurements,omitzero"`
	Verdict      HypothesisVerdict       `json:"verdict,omitzero"`
	Note         string                  `json:"note,omitzero"` // of the verdict
	By           string                  `json:"by,omitzero"`   // who gave the verdict
	At           time.Time               `json:"at,omitzero"`   // when
}

// IsZero reports whether nothing was set.
func (o Outcome) IsZero() bool {
	return o.Metric.IsZero() && o.From.IsZero() && o.To.IsZero() && o.Measurements.IsZero() && o.Verdict == 0 &&
		o.Note == "" && o.By == "" && o.At.IsZero()
}

// Equal reports whether o and other hold the same: numbers as numbers, instants as instants.
func (o Outcome) Equal(other Outcome) bool {
	return o.Metric.Equal(other.Metric) && o.From.Equal(other.From) && o.To.Equal(other.To) &&
		o.Measurements.EqualFunc(other.Measurements, func(x, y Measurement) bool { return x.At.Equal(y.At) && x.Value.Equal(y.Value) }) &&
		o.Verdict == other.Verdict && o.Note == other.Note && o.By == other.By && o.At.Equal(other.At)
}

// Progress returns how far the metric went from its baseline to the target, as [Goal.Progress] does.
func (o Outcome) Progress() Progress {
	return Goal{Metric: o.Metric, Measurements: o.Measurements.Slice()}.Progress()
}

// Validate reports everything that is wrong with o in itself: no metric, a period that ends before it begins, a
// hypothesis that is called validated or refuted without a measurement.
func (o Outcome) Validate() error {
	errs := []error{
		o.Metric.Validate(),
		field.CheckInstant("roadmap", "from", o.From),
		checkGivenInstant("to", o.To),
		Goal{Metric: o.Metric, Measurements: o.Measurements.Slice()}.checkMeasurementsAt("measurements"),
		hypothesisVerdicts.Check("verdict", o.Verdict),
		field.CheckText("roadmap", "note", o.Note),
		field.CheckName("roadmap", "by", o.By),
		field.CheckInstant("roadmap", "at", o.At),
	}
	if !o.From.IsZero() && !o.To.After(o.From) {
		errs = append(errs, fieldError("to", o.To.Format(time.RFC3339), "an instant after its from, "+o.From.Format(time.RFC3339)))
	}
	if o.Measurements.IsZero() && (o.Verdict == Validated || o.Verdict == Refuted) {
		errs = append(errs, fieldError("measurements", "", "one at least, for a hypothesis that is "+o.Verdict.String()))
	}
	if (o.Verdict == 0) != (o.By == "" && o.At.IsZero()) {
		errs = append(errs, fieldError("verdict", o.Verdict.String(), "a verdict with who gave it and when, or neither"))
	}
	return field.Join(errs...)
}

// HypothesisVerdict is what measuring said of a hypothesis. The zero value is no verdict.
type HypothesisVerdict uint8

// The verdicts on a hypothesis.
const (
	Validated    HypothesisVerdict = iota + 1 // the benefit came
	Refuted                                   // it did not
	Inconclusive                              // the measurements do not tell
)

var hypothesisVerdicts = field.EnumOf[HypothesisVerdict]("roadmap", "HypothesisVerdict", "validated", "refuted", "inconclusive")

// IsValid reports whether v is one of the three verdicts. Unset is not.
func (v HypothesisVerdict) IsValid() bool { return hypothesisVerdicts.IsValid(v) }

// String returns the text form.
func (v HypothesisVerdict) String() string { return hypothesisVerdicts.String(v) }

// MarshalText returns the text form.
func (v HypothesisVerdict) MarshalText() ([]byte, error) { return hypothesisVerdicts.MarshalText(v) }

// UnmarshalText reads the text form; v stays as it was on an error.
func (v *HypothesisVerdict) UnmarshalText(text []byte) error {
	return hypothesisVerdicts.UnmarshalText(v, text)
}
