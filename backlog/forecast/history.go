package forecast

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// History holds what was done in each period of the past, zeros included: items (throughput) or points
// (velocity), each 0 to 10^9 with at most four decimal places. All periods are equally long, and in order
// of time, oldest first. To the simple model the order does not matter.
type History []decimal.Decimal

// Items returns a history of whole items.
func Items(counts ...int) History {
	h := make(History, len(counts))
	for i, n := range counts {
		h[i] = decimal.NewFromInt(int64(n))
	}
	return h
}

// Pool returns the history of two teams that work on one backlog, independently of each other: the sum of
// each period of the one and each period of the other. For more than two, pool again. Such pairs have no
// order of time: they are for the simple model, [WhenSimple] and [HowManySimple].
//
// Errors: those of [History.Validate] for both, but for [ErrNoThroughput]; [ErrTooLarge] if there are more
// than a million pairs.
func Pool(a, b History) (History, error) {
	var problems []error
	for _, err := range []error{a.validate("a"), b.validate("b")} {
		if !errors.Is(err, ErrNoThroughput) {
			problems = append(problems, err)
		}
	}
	if err := field.Join(problems...); err != nil {
		return nil, err
	}
	if len(a) > 1_000_000/len(b) {
		return nil, fmt.Errorf("%w: %d times %d periods, want at most 1000000 pairs", ErrTooLarge, len(a), len(b))
	}
	pairs := make(History, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			pairs = append(pairs, x.Add(y))
		}
	}
	return pairs, nil
}

// Together returns the history of teams that work on one backlog: the sum of what they did in each period,
// up to the last, which is the same for all. A team whose history is shorter did nothing before. Unlike
// that of [Pool], it is in order of time, and keeps what the teams have in common, such as holidays.
//
// Errors: those of [History.Validate] for each team, but for [ErrNoThroughput], and for the sum; [ErrNoHistory]
// without teams.
func Together(teams ...History) (History, error) {
	var found problems
	longest := 0
	for i, h := range teams {
		if err := h.validate(fmt.Sprintf("teams[%d]", i)); !errors.Is(err, ErrNoThroughput) {
			found.add(err)
		}
		longest = max(longest, len(h))
	}
	if err := found.err(); err != nil {
		return nil, err
	}
	sum := make(History, longest)
	for _, h := range teams {
		for i, d := range h {
			at := longest - len(h) + i
			sum[at] = sum[at].Add(d)
		}
	}
	return sum, sum.Validate()
}

// Validate returns [ErrNoHistory], [ErrNoThroughput], or a [*field.Error] for each amount that is
// out of range.
func (h History) Validate() error { return h.validate("history") }

func (h History) validate(field string) error {
	if len(h) == 0 {
		return ErrNoHistory
	}
	var found problems
	zero := true
	for i, d := range h {
		if amount("", d) != nil && !found.isFull() {
			found.add(amount(fmt.Sprintf("%s[%d]", field, i), d))
		}
		zero = zero && d.IsZero()
	}
	if zero {
		return ErrNoThroughput
	}
	return found.err()
}

// counts holds how often each amount of a history was done, in ten-thousandths.
type counts struct {
	times   map[int64]int
	periods int
}

func (h History) counts() counts {
	t := counts{times: make(map[int64]int)}
	for _, d := range h {
		t.add(scaled(d), 1)
	}
	return t
}

func (t *counts) add(amount int64, times int) {
	t.periods += times
	if t.times[amount] += times; t.times[amount] == 0 {
		delete(t.times, amount)
	}
}

// zero reports whether nothing was done in any period.
func (t counts) zero() bool { return t.times[0] == t.periods }

// unit is the largest amount of which all others are multiples.
func (t counts) unit() int64 {
	unit := int64(0)
	for amount := range t.times {
		unit = gcd(unit, amount)
	}
	return unit
}

// weights returns how likely a period is to do 0, 1, 2 ... units, and at least most of them.
func (t counts) weights(unit int64, most int) []float64 {
	p := make([]float64, 1)
	for amount, times := range t.times {
		n := int(min(amount/unit, int64(most)))
		if n >= len(p) {
			p = append(p, make([]float64, n+1-len(p))...)
		}
		p[n] += float64(times)
	}
	for n := range p {
		p[n] /= float64(t.periods)
	}
	return p
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
