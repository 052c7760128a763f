package roadmap

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// Progress is a part of a whole, Done of Total, as the two numbers, so that nothing is rounded before
// it is shown: how far a goal, a key result or an increment is. Done may exceed Total, and may be
// negative. Progress is undefined while Total is zero.
type Progress struct {
	Done  decimal.Decimal `json:"done"`
	Total decimal.Decimal `json:"total"`
}

// Percent returns 100 x Done / Total, rounded half-up to scale decimals; the bool is false while that
// is undefined.
func (p Progress) Percent(scale int32) (decimal.Decimal, bool) {
	if !field.IsReadable(p.Done) {
		return decimal.Decimal{}, false
	}
	return Progress{p.Done.Shift(2), p.Total}.Ratio(scale)
}

// Ratio returns Done / Total, rounded half-up to scale decimals; the bool is false while that is
// undefined, or a number is beyond reading, see [field.IsReadable].
func (p Progress) Ratio(scale int32) (decimal.Decimal, bool) {
	if p.Total.IsZero() || !field.IsReadable(p.Done) || !field.IsReadable(p.Total) {
		return decimal.Decimal{}, false
	}
	return p.Done.DivRound(p.Total, scale), true
}

// IsComplete reports whether Total is defined and all of it, or more, is done.
func (p Progress) IsComplete() bool {
	return p.Total.Sign() > 0 && p.Done.Cmp(p.Total) >= 0
}

// String returns "13 of 21 (62 %)", or "undefined" while there is no total.
func (p Progress) String() string {
	percent, ok := p.Percent(0)
	if !ok {
		return "undefined"
	}
	return p.Done.String() + " of " + p.Total.String() + " (" + percent.String() + " %)"
}

// Target is the value that a metric is to reach: a number in the metric's unit, or a change relative to
// the baseline in percent. Its text form is "80", "-20 %" or "+20 %". The zero value is the absolute 0.
type Target struct {
	value    decimal.Decimal
	relative bool
}

// Absolute returns a target in the metric's own unit.
func Absolute(value decimal.Decimal) Target { return Target{value: value} }

// Relative returns a target that differs from the baseline by so many percent of it: "reduce by 20 %"
// is Relative(-20).
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
	value, err := decimal.NewFromString(digits[:min(len(digits), longest)])
	if err != nil || len(text) > longest {
		return fieldError("target", string(text), `a number such as "80" or "-20 %"`)
	}
	if err := field.CheckNumber("roadmap", "target", value); err != nil {
		return err
	}
	*t = Target{value, relative}
	return nil
}

// Track compares how far a goal is with how far it would be at a steady pace from its start to its due
// date.
type Track struct {
	Progress Progress `json:"progress"` // how far it is
	Expected Progress `json:"expected"` // how far the time is: at - start of due - start, in nanoseconds
}

// Track compares the goal's progress at an instant with a steady pace; what was measured later does not
// count. Before the start nothing is expected, after the due date all of it. The bool is false without a
// metric, a start or a due date.
func (g Goal) Track(at time.Time) (Track, bool) {
	track := Track{Progress: g.AsOf(at).Progress()}
	if track.Progress.Total.IsZero() || g.Start.IsZero() || g.Due.IsZero() || !g.Due.After(g.Start) {
		return Track{}, false
	}
	whole := nanoseconds(g.Start, g.Due)
	gone := nanoseconds(g.Start, at)
	track.Expected = Progress{Done: decimal.Max(decimal.Zero, decimal.Min(gone, whole)), Total: whole}
	return track, true
}

// IsOnTrack reports whether at least as much is done as is expected, compared exactly.
func (t Track) IsOnTrack() bool {
	return t.Progress.Done.Mul(t.Expected.Total).Cmp(t.Expected.Done.Mul(t.Progress.Total)) >= 0
}

// nanoseconds returns the time between two instants, which may be longer than a time.Duration holds.
func nanoseconds(from, to time.Time) decimal.Decimal {
	seconds := decimal.NewFromInt(to.Unix() - from.Unix())
	return seconds.Shift(9).Add(decimal.NewFromInt(int64(to.Nanosecond() - from.Nanosecond())))
}

// Trend is which way a metric moved between its last two measurements, as seen from its target. The
// zero value is unset.
type Trend uint8

// The ways a metric can move.
const (
	Worsening Trend = iota + 1
	Steady
	Improving
)

var trends = field.EnumOf[Trend]("roadmap", "Trend", "worsening", "steady", "improving")

// IsValid reports whether t is one of the three trends. Unset is not.
func (t Trend) IsValid() bool { return trends.IsValid(t) }

// String returns the text form.
func (t Trend) String() string { return trends.String(t) }

// MarshalText returns the text form.
func (t Trend) MarshalText() ([]byte, error) { return trends.MarshalText(t) }

// UnmarshalText reads the text form; t stays as it was on an error.
func (t *Trend) UnmarshalText(text []byte) error { return trends.UnmarshalText(t, text) }

// Trend returns which way the metric moved between its last two measurements; the bool is false before
// the second.
func (g Goal) Trend() (Trend, bool) {
	n := len(g.Measurements)
	if n < 2 {
		return 0, false
	}
	moved := g.Measurements[n-1].Value.Cmp(g.Measurements[n-2].Value)
	if g.Metric.Target.Of(g.Metric.Baseline).Cmp(g.Metric.Baseline) < 0 {
		moved = -moved
	}
	return Trend(int(Steady) + moved), true
}
