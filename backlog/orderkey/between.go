package orderkey

import (
	"fmt"

	"github.com/backlogkit/backlogkit/story/field"
)

const (
	// MaxKeys is the greatest number of keys that one call of [Spread] returns.
	MaxKeys = 1 << 24

	// step is the distance of neighbours where there is a choice: four inserts between them before the
	// path gets deeper, at the cost of a fraction of a character for the longer count.
	step = 16
)

// Between returns a key greater than a and less than b. An empty a is the start of the list, an
// empty b its end. It costs O([MaxLength]).
//
// Errors: [*KeyError]; [*OrderError] unless a < b; [ErrNoRoom] if the key would be too long.
func Between(a, b string) (string, error) {
	keys, err := Spread(a, b, 1)
	if err != nil {
		return "", err
	}
	return keys[0], nil
}

// Spread returns n ascending keys between a and b, with equal room between neighbours: the numbers
// that tell them apart differ by the same amount, or by one more. An empty a is the start of the
// list, an empty b its end, so Spread("", "", n) numbers a list anew.
//
// No key is longer than the longer of a and b plus 1 plus the width of the number 16n.
//
// Errors: those of [Between], and [ErrRange] unless 0 <= n <= [MaxKeys].
func Spread(a, b string, n int) ([]string, error) {
	low, high, err := bounds(a, b)
	if n < 0 || n > MaxKeys {
		err = field.Join(err, fmt.Errorf("%w: %d keys, want 0 to %d", ErrRange, n, MaxKeys))
	}
	if err != nil || n == 0 {
		return nil, err
	}
	plan := place(low, high, int64(n))
	prefix, longest := plan.text()
	if longest > MaxLength {
		return nil, fmt.Errorf("%w: a key between %q and %q would have %d characters, want at most %d",
			ErrNoRoom, a, b, longest, MaxLength)
	}
	keys := make([]string, n)
	text := make([]byte, 0, MaxLength)
	for i := range keys {
		text = encode(append(text[:0], prefix...), plan.at(int64(i)))
		keys[i] = string(text)
	}
	return keys, nil
}

// bounds parses both ends; the path of an open end is nil.
func bounds(a, b string) (low, high []int64, err error) {
	var errA, errB error
	if a != "" {
		low, errA = parse(a)
	}
	if b != "" {
		high, errB = parse(b)
	}
	if a != "" && b != "" && a >= b {
		err = &OrderError{Before: a, After: b}
	}
	return low, high, field.Join(errA, errB, err)
}

// plan is where n keys go: one path, and below it numbers in even steps.
type plan struct {
	prefix   []int64
	n        int64
	from     int64 // the i-th number is from + (i+1) * span / parts
	span     int64
	parts    int64
	backward bool // then it is from - (n-i) * span / parts
}

func (p plan) at(i int64) int64 {
	if p.backward {
		return p.from - (p.n-i)*p.span/p.parts
	}
	return p.from + (i+1)*p.span/p.parts
}

// text returns what the keys of a plan begin with, and the length of the longest.
func (p plan) text() (prefix []byte, longest int) {
	prefix = make([]byte, 0, MaxLength)
	for _, number := range p.prefix {
		prefix = encode(prefix, number)
	}
	return prefix, len(prefix) + max(width(p.at(0)), width(p.at(p.n-1)))
}

// amid is a plan on a level of its own: in steps around 0, or evenly over the numbers of one character if
// that leaves half a step.
func amid(prefix []int64, n int64) plan {
	const room = largest - smallest + 1
	if step*n > room && step/2*n <= room {
		return plan{prefix: prefix, n: n, from: smallest - 1, span: room + 1, parts: n + 1}
	}
	return plan{prefix: prefix, n: n, from: -step * ((n + 1) / 2), span: step, parts: 1}
}

// ahead is a plan beside a number where there is no other end: in steps, or evenly over the numbers that are
// as short as the next one if one key is wanted or that leaves half a step.
func ahead(prefix []int64, from, n int64, backward bool) plan {
	p := plan{prefix: prefix, n: n, from: from, span: step, parts: 1, backward: backward}
	room := alike(from+1, false)
	if backward {
		room = alike(from-1, true)
	}
	if step*n > room && (n == 1 && room > 0 || step/2*n <= room) {
		p.span, p.parts = room+1, n+1
	}
	return p
}

// alike returns how many numbers there are from one on, upwards or downwards, whose text is as long.
func alike(number int64, downwards bool) int64 {
	first, size := int64(largest), base
	if downwards {
		number, first = -number, -smallest
	}
	end := first
	for ; end < number; size *= base {
		end += size
	}
	return end - number + 1
}

// place follows both paths down to the first level that has n numbers free between them.
func place(low, high []int64, n int64) plan {
	prefix := make([]int64, 0, len(low)+len(high)+1)
	for level := 0; ; level++ {
		hasLow, hasHigh := level < len(low), level < len(high)
		if hasLow && hasHigh && low[level] == high[level] {
			prefix = append(prefix, low[level])
			continue
		}
		first, last := lowest+1, highest
		if hasLow {
			first = low[level] + 1
		}
		if hasHigh {
			last = high[level] // where high goes on, the path up to here is itself less than high
			if level+1 == len(high) {
				last--
			}
		}
		room := last - first + 1
		switch steps := step * n; {
		case !hasLow && !hasHigh:
			return amid(prefix, n)
		case hasLow && !hasHigh && room > steps:
			return ahead(prefix, low[level], n, false)
		case !hasLow && room > steps:
			return ahead(prefix, high[level], n, true)
		case room >= n:
			return plan{prefix: prefix, n: n, from: first - 1, span: room + 1, parts: n + 1}
		case hasLow:
			prefix = append(prefix, low[level])
			high = nil // whatever starts with this number is less than high
		default:
			prefix = append(prefix, lowest)
			if high[level] != lowest {
				high = nil
			}
		}
	}
}
