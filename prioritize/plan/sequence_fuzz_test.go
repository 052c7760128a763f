package plan_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// FuzzSequence takes six bytes an item: key, size and its exponent, cost of delay and its exponent,
// and which of the eight items before it needs. Whatever they are, there is a valid order or
// an error.
func FuzzSequence(f *testing.F) {
	f.Add([]byte{0, 1, 0, 1, 0, 0, 1, 2, 0, 3, 0, 1, 2, 5, 0, 9, 0, 3})
	f.Add([]byte{0, 1, 200, 1, 127, 0, 1, 2, 100, 3, 128, 255})
	f.Add([]byte{0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 2, 1, 0, 0, 0, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		var items []sequenceItem
		for ; len(data) >= 6 && len(items) < 64; data = data[6:] {
			item := sequenceItem{
				Key:         string(rune('a' + data[0]%70)),
				Size:        decimal.New(int64(int8(data[1])), exponent(data[2])),
				CostOfDelay: decimal.New(int64(int8(data[3])), exponent(data[4])),
			}
			for k := range min(8, len(items)) {
				if data[5]>>k&1 != 0 {
					item.Needs = append(item.Needs, items[len(items)-1-k].Key)
				}
			}
			items = append(items, item)
		}
		s, err := plan.Sequence(items, plan.SequenceOptions{Steps: 10_000})
		if err != nil {
			require.Nil(t, s)
			require.NotEmpty(t, err.Error())
			return
		}
		requireSequence(t, items, s)
	})
}

// exponent makes most bytes small exponents and some enormous ones.
func exponent(b byte) int32 {
	if b > 250 {
		return int32(int64(b)-253) * 1_000_000_000
	}
	return int32(int8(b)) / 8
}
