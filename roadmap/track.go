package roadmap

import (
	"time"

	"github.com/shopspring/decimal"
)

// Track compares how far a goal is with how far it would be if it went steadily from its start to
// its due date.
type Track struct {
	Progress Progress // how far it is
	Expected Progress // how far the time is: at - start of due - start, in nanoseconds
}

// Track says where a goal stands at an instant, and false where that cannot be said: without a
// metric, a start or a due date. Before the start nothing is expected, after the due date all is.
func (g Goal) Track(at time.Time) (Track, bool) {
	track := Track{Progress: g.Progress()}
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

// nanoseconds is the time between two instants, also where it is longer than a time.Duration holds.
func nanoseconds(from, to time.Time) decimal.Decimal {
	seconds := decimal.NewFromInt(to.Unix() - from.Unix())
	return seconds.Shift(9).Add(decimal.NewFromInt(int64(to.Nanosecond() - from.Nanosecond())))
}

// Trend is which way a metric moved between its last two measurements.
type Trend int8

// The ways a metric can move, as seen from its target. The zero value is Steady.
const (
	Worsening Trend = -1
	Steady    Trend = 0
	Improving Trend = 1
)

// String returns "worsening", "steady" or "improving".
func (t Trend) String() string {
	switch {
	case t < 0:
		return "worsening"
	case t > 0:
		return "improving"
	default:
		return "steady"
	}
}

// Trend says which way the metric moved between its last two measurements, and false before the
// second.
func (g Goal) Trend() (Trend, bool) {
	n := len(g.Measurements)
	if n < 2 {
		return Steady, false
	}
	moved := g.Measurements[n-1].Value.Cmp(g.Measurements[n-2].Value)
	if g.Metric.Target.Of(g.Metric.Baseline).Cmp(g.Metric.Baseline) < 0 {
		moved = -moved
	}
	return Trend(moved), true
}
