package orderkey

import (
	"fmt"
	"math/bits"

	"github.com/backlogkit/backlogkit/story/field"
)

// Slack is the least number of characters that [Rebalance] leaves free: enough for 40 further inserts
// in the worst order.
const Slack = 8

// Run holds the new keys of consecutive items.
type Run struct {
	From int // position of the first item
	Keys []string
}

// Rebalance returns new keys that make room before the item at a position (len(keys) for after the
// last), when [Between] has returned [ErrNoRoom] there. The keys are those of consecutive items in order;
// a and b are the keys before and after them, empty at the end of the list, and stay as they are.
//
// As few items as possible get a new key: the smallest run around the position whose neighbours are so
// short that the new keys surely leave [Slack] characters free, and one more for each doubling of the
// run, so that a large run is rarely rewritten. The run is empty if there was room already. Only the
// run and its neighbours are validated; it costs O(run).
//
// Errors: those of [Check] for the run with its neighbours; [ErrRange] unless
// 0 <= at <= len(keys); [ErrNoRoom] if a or b is too long: hand in more of the list.
func Rebalance(a, b string, keys []string, at int) (Run, error) {
	if at < 0 || at > len(keys) {
		return Run{}, fmt.Errorf("%w: position %d, want 0 to %d", ErrRange, at, len(keys))
	}
	left, right := at-1, at // the nearest neighbours no longer than limit
	for limit := MaxLength - Slack; limit >= 0; limit-- {
		for left >= 0 && len(keys[left]) > limit {
			left--
		}
		for right < len(keys) && len(keys[right]) > limit {
			right++
		}
		if left < 0 && len(a) > limit || right == len(keys) && len(b) > limit {
			break
		}
		n := right - left - 1
		longest := limit + 1 + width(step*int64(n+1))
		if longest+Slack+bits.Len(uint(n)) > MaxLength || n > MaxKeys {
			continue
		}
		if err := checkRun(a, b, keys, left, right); err != nil {
			return Run{}, err
		}
		if left >= 0 {
			a = keys[left]
		}
		if right < len(keys) {
			b = keys[right]
		}
		fresh, err := Spread(a, b, n)
		return Run{From: left + 1, Keys: fresh}, err
	}
	return Run{}, field.Join(checkRun(a, b, keys, left, right), fmt.Errorf(
		"%w: the keys %q and %q around the run are too long, want more of the list", ErrNoRoom, cut(a), cut(b)))
}

// checkRun is [Check] for the keys from position left to right, which a and b enclose if the list
// ends before.
func checkRun(a, b string, keys []string, left, right int) error {
	_, _, err := bounds(a, b)
	run := keys[max(left, 0):min(right+1, len(keys))]
	problems := append([]error{err}, check(run, max(left, 0))...)
	if len(run) > 0 && left < 0 && a != "" && a >= run[0] {
		problems = append(problems, &OrderError{Before: a, After: run[0]})
	}
	if last := len(run) - 1; last >= 0 && right == len(keys) && b != "" && run[last] >= b {
		problems = append(problems, &OrderError{Before: run[last], After: b})
	}
	return field.Join(problems...)
}
