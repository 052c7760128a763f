package forecast

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// A Promise is a forecast that was given: from an instant on, at least so much is done by another. For
// "how many" the amount was the answer, for "when" it was the instant. It is plain data for a host
// to keep.
type Promise struct {
	Key      string    `json:"key,omitempty"` // what it is about, in the host's words
	Question Question  `json:"question"`
	Made     time.Time `json:"made"`
	// Level is the confidence it was given with, above 0 and at most 1.
	Level  float64         `json:"level"`
	Amount decimal.Decimal `json:"amount"`
	Until  time.Time       `json:"until"`
}

// Validate requires a question, a level, an amount of at least 0, and an end that is not before the
// beginning. It returns a [*field.Error] for each violation.
func (p Promise) Validate() error { return p.validate("") }

func (p Promise) validate(prefix string) error {
	problems := []error{amount(prefix+"amount", p.Amount), questions.CheckSet(prefix+"question", p.Question)}
	if !(p.Level > 0 && p.Level <= 1) {
		problems = append(problems, fieldError(prefix+"level", fmt.Sprint(p.Level), "above 0, at most 1"))
	}
	if p.Until.Before(p.Made) {
		problems = append(problems, fieldError(prefix+"until", p.Until.Format(time.RFC3339Nano),
			"not before "+p.Made.Format(time.RFC3339Nano)))
	}
	return field.Join(problems...)
}

// Done is an amount that was done at an instant.
type Done struct {
	At     time.Time       `json:"at"`
	Amount decimal.Decimal `json:"amount"`
}

// Fate is what became of a promise.
type Fate uint8

// The fates of a promise. The zero value is unset and invalid.
const (
	PromiseOpen   Fate = iota + 1 // its end has not come, and there is more to do
	PromiseKept                   // so much was done by its end
	PromiseBroken                 // its end has passed, and less was done
)

var fates = field.EnumOf[Fate]("forecast", "Fate", "open", "kept", "broken")

// IsValid reports whether f is one of the three fates.
func (f Fate) IsValid() bool { return fates.IsValid(f) }

// String returns "open", "kept" or "broken".
func (f Fate) String() string { return fates.String(f) }

// MarshalText returns the text of [Fate.String]. It returns a [*field.Error] for an unknown value.
func (f Fate) MarshalText() ([]byte, error) { return fates.MarshalText(f) }

// UnmarshalText sets f to the fate of that text. It returns a [*field.Error] for any other text.
func (f *Fate) UnmarshalText(text []byte) error { return fates.UnmarshalText(f, text) }

// Outcome is a promise and what came.
type Outcome struct {
	Promise Promise `json:"promise"`
	Fate    Fate    `json:"fate"`
	// Came is what was done after the promise was made, by its end or now.
	Came decimal.Decimal `json:"came"`
	// Reached is when the amount was done, before the end or after it; zero if it is not.
	Reached time.Time `json:"reached,omitzero"`
}

// Outcomes returns what became of promises by an instant, in their order, given everything that was done,
// in any order. What was done at the very instant that a promise was made does not count for it, and at
// the very end it does. It costs O((n + m) log m) for n promises and m amounts.
//
// Errors: those of [Promise.Validate], and a [*field.Error] for each amount out of range.
func Outcomes(promises []Promise, done []Done, at time.Time) ([]Outcome, error) {
	var wrong problems
	for i, p := range promises {
		wrong.add(p.validate(field.Index("promises", i) + "."))
	}
	for i, d := range done {
		wrong.add(amount(field.Index("done", i)+".amount", d.Amount))
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	ledger := newLedger(done, at)
	out := make([]Outcome, len(promises))
	for i, p := range promises {
		out[i] = ledger.outcome(p, at)
	}
	return out, nil
}

// ledger holds what was done up to an instant, in order of time.
type ledger struct {
	at  []time.Time
	sum []decimal.Decimal // done up to each of them
}

func newLedger(done []Done, at time.Time) *ledger {
	done = slices.Clone(done)
	slices.SortStableFunc(done, func(a, b Done) int { return a.At.Compare(b.At) })
	l := &ledger{}
	var sum decimal.Decimal
	for _, d := range done {
		if d.At.After(at) {
			break
		}
		sum = sum.Add(d.Amount)
		l.at, l.sum = append(l.at, d.At), append(l.sum, sum)
	}
	return l
}

// by is what was done up to an instant, that included.
func (l *ledger) by(at time.Time) decimal.Decimal {
	n, _ := slices.BinarySearchFunc(l.at, at, func(a, b time.Time) int { return cmp.Or(a.Compare(b), -1) })
	if n == 0 {
		return decimal.Zero
	}
	return l.sum[n-1]
}

func (l *ledger) outcome(p Promise, at time.Time) Outcome {
	before := l.by(p.Made)
	out := Outcome{Promise: p, Came: l.by(p.Until).Sub(before), Fate: PromiseOpen}
	want := before.Add(p.Amount)
	n, _ := slices.BinarySearchFunc(l.sum, want, func(a, b decimal.Decimal) int { return cmp.Or(a.Compare(b), 1) })
	switch {
	case p.Amount.IsZero():
		out.Reached = p.Made
	case n < len(l.at):
		out.Reached = l.at[n]
	}
	switch {
	case out.Came.GreaterThanOrEqual(p.Amount):
		out.Fate = PromiseKept
	case at.After(p.Until):
		out.Fate = PromiseBroken
	}
	return out
}

// KeptPromises returns how many of the promises whose end has passed were kept, by level, ascending.
// Those that are kept before their end count when it has come: the others could not be broken yet.
// Expected is the level, and Brier that of the level.
func KeptPromises(outcomes []Outcome, at time.Time) []Coverage {
	levels := []Coverage{}
	for _, o := range outcomes {
		if !at.After(o.Promise.Until) {
			continue
		}
		i, ok := slices.BinarySearchFunc(levels, o.Promise.Level, func(c Coverage, level float64) int {
			return cmp.Compare(c.Level, level)
		})
		if !ok {
			levels = slices.Insert(levels, i, Coverage{Level: o.Promise.Level})
		}
		levels[i].add(o.Promise.Level, o.Fate == PromiseKept)
	}
	for i := range levels {
		levels[i].finish()
	}
	return levels
}
