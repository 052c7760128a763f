package plan_test

import (
	"errors"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// FuzzSplit takes a byte of options, one for each of a few capacities, and four bytes an item: its
// size and exponent, which of the eight items before it needs, and the period it is promised for.
// Whatever they are, there is a valid plan or an error.
func FuzzSplit(f *testing.F) {
	f.Add([]byte{0x2c, 10, 10, 10, 6, 0, 0, 0, 6, 0, 1, 0, 3, 0, 1, 2})
	f.Add([]byte{0x2f, 10, 3, 10, 60, 255, 0, 0, 6, 0, 1, 0, 3, 0, 1, 2})
	f.Add([]byte{0x1d, 200, 0, 5, 252, 0, 3, 0, 0, 255, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			return
		}
		c := cut{opts: splitOptions{
			Spill: data[0]&1 != 0, FillGaps: data[0]&2 != 0, MayMove: data[0]&4 != 0,
		}}
		periods := int(data[0] >> 4)
		for data = data[1:]; len(data) > 0 && len(c.capacities) < periods; data = data[1:] {
			c.capacities = append(c.capacities, decimal.New(int64(int8(data[0])), -1))
		}
		for ; len(data) >= 4 && len(c.items) < 64; data = data[4:] {
			n := len(c.items)
			item := sequenceItem{
				Key: strconv.Itoa(n), Size: decimal.New(int64(int8(data[0])), exponent(data[1])),
			}
			for k := range min(8, n) {
				if data[2]>>k&1 != 0 {
					item.Needs = append(item.Needs, c.items[n-1-k].Key)
				}
			}
			if p := int(int8(data[3])); p > 0 {
				c.opts.Promised = append(c.opts.Promised, promise{item.Key, p - 1})
			}
			c.items, c.order = append(c.items, item), append(c.order, item.Key)
		}
		got, err := c.plan()
		if err != nil {
			require.Nil(t, got)
			require.NotEmpty(t, err.Error())
			require.False(t, c.opts.MayMove && errors.Is(err, plan.ErrPromise))
			return
		}
		requireCut(t, c, got)
	})
}
