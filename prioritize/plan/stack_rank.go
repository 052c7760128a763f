package plan

import (
	"fmt"
	"math"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

const maxStackRanks = 10_000_000

// StackRanks numbers n items from first to last with room between them: step, 2 × step and so on,
// so that one can be put between two others without numbering all anew. A negative n, a step of
// zero or less, more than ten million items or a number beyond 64 bits is a [*prioritize.FieldError].
//
// Source: Paul Cornell, "Prioritizing and stack ranking work requests", MSDN, with a step of 10.
func StackRanks(n int, step int64) ([]int64, error) {
	var count, gap error
	if n < 0 || n > maxStackRanks {
		count = &prioritize.FieldError{
			Field: "n", Value: fmt.Sprint(n), Want: fmt.Sprintf("from 0 to %d", maxStackRanks),
		}
	}
	if step <= 0 {
		gap = &prioritize.FieldError{Field: "step", Value: fmt.Sprint(step), Want: "> 0"}
	} else if count == nil && n > 0 && step > math.MaxInt64/int64(n) {
		gap = &prioritize.FieldError{Field: "step", Value: fmt.Sprint(step), Want: "n × step within 64 bits"}
	}
	if err := fault.Join(count, gap); err != nil {
		return nil, err
	}
	ranks := make([]int64, n)
	for i := range ranks {
		ranks[i] = int64(i+1) * step
	}
	return ranks, nil
}

// StackRankBetween returns the rank in the middle between two, or false when there is no room, so
// that it is time for [StackRanks] anew.
func StackRankBetween(before, after int64) (int64, bool) {
	if before >= after {
		return 0, false
	}
	middle := before + int64((uint64(after)-uint64(before))/2)
	return middle, middle > before
}
