package plan_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// columns are the columns of amounts that are brought to whole numbers, each with a call that reads two rows of it.
var columns = map[string]func(a, b decimal.Decimal) error{
	"size": func(a, b decimal.Decimal) error {
		_, err := plan.Sequence([]sequenceItem{{Key: "a", Size: a}, {Key: "b", Size: b}}, plan.SequenceOptions{})
		return err
	},
	"cost_of_delay": func(a, b decimal.Decimal) error {
		_, err := plan.Sequence(
			[]sequenceItem{{Key: "a", CostOfDelay: a}, {Key: "b", CostOfDelay: b}}, plan.SequenceOptions{})
		return err
	},
	"cost": func(a, b decimal.Decimal) error {
		_, err := release{items: []selectItem{{Key: 0, Cost: a}, {Key: 1, Cost: b}}}.solve()
		return err
	},
	"value": func(a, b decimal.Decimal) error {
		_, err := release{requests: []selectRequest{{Key: "a", Value: a}, {Key: "b", Value: b}}}.solve()
		return err
	},
}

// An amount at a limit is accepted, and one beyond it is refused with the limit in the text, whatever it is an
// amount of.
func TestAmountLimits(t *testing.T) {
	const bound = "at most 100 digits and an exponent from -1000 to 1000"
	digits := func(n int) string { return "1" + strings.Repeat("0", n-1) }
	tests := []struct{ a, b, want string }{ // the text for a, or for both together if it begins with "total"
		{a: "0", b: "0"},
		{a: "-1", b: "0", want: ">= 0"},
		{a: "-0.001", b: "0", want: ">= 0"},
		{a: digits(100), b: "0"},
		{a: digits(102), b: "0", want: bound},
		{a: "1e1000", b: "0"},
		{a: "1e1001", b: "0", want: bound},
		{a: "1e-1000", b: "0"},
		{a: "1e-1001", b: "0", want: bound},
		{a: "4611686018427387903", b: "0"},
		{a: "46116860184273879030000", b: "0"},
		{a: "4611686018427387904", b: "0", want: "at most 18 significant digits"},
		{a: "9223372036854775808", b: "0", want: "at most 18 significant digits"},
		{a: "4611686018427387902", b: "1"},
		{a: "4611686018427387903", b: "1", want: "total 10^0"},
		{a: "461168601842738790", b: "0.3"},
		{a: "461168601842738790", b: "0.4", want: "total 10^-1"},
		{a: "461168601842738791", b: "0.1", want: "total 10^-1"},
		{a: "4.611686018427387903e900", b: "0"},
		{a: "3e500", b: "1e482"},
		{a: "5e500", b: "1e482", want: "total 10^482"},
	}
	for column, read := range columns {
		for _, test := range tests {
			for _, turned := range []bool{false, true} {
				a, b := amount(test.a), amount(test.b)
				if turned {
					a, b = b, a
				}
				err := read(a, b)
				if test.want == "" {
					require.NoError(t, err, "%s %+v", column, test)
					continue
				}
				require.ErrorIs(t, err, prioritize.ErrInvalid, "%s %+v", column, test)
				if exp, ok := strings.CutPrefix(test.want, "total "); ok {
					require.ErrorContains(t, err, fmt.Sprintf(
						"total of %s is \"too large\", want at most 4611686018427387903 x %s, the finest digit in use", column, exp))
				} else {
					require.ErrorContains(t, err, fmt.Sprintf("): %s is \"", column))
					require.ErrorContains(t, err, ", want "+test.want)
				}
			}
		}
	}
}

// Capacities have the same bounds, but may be as fine and as large as those: they are rounded down to what the
// amounts can add up to.
func TestCapacityLimits(t *testing.T) {
	const bound = "at most 100 digits and an exponent from -1000 to 1000"
	one := decimal.NewFromInt(1)
	items, requests := []selectItem{{Key: 0, Cost: one}}, []selectRequest{{Key: "a", Value: one, Items: []int{0}}}
	doors := map[string]func(d decimal.Decimal) error{
		"capacity": func(d decimal.Decimal) error {
			_, err := plan.Select(items, requests, d, selectOptions{})
			return err
		},
		"capacity of period 1": func(d decimal.Decimal) error {
			_, err := plan.Split(tasks("a 1 1"), []string{"a"}, []decimal.Decimal{one, d}, splitOptions{})
			return err
		},
		"keep[1].capacity": func(d decimal.Decimal) error {
			_, err := plan.Select(items, requests, amount("1e1000"), selectOptions{Keep: []plan.Kept[string]{{}, {Capacity: d}}})
			return err
		},
	}
	for field, read := range doors {
		for _, text := range []string{
			"0", "1e-1000", "1e1000", "4611686018427387903", "4611686018427387904", "9223372036854775808", strings.Repeat("1", 100),
		} {
			require.NoError(t, read(amount(text)), "%s %s", field, text)
		}
		for text, want := range map[string]string{
			"-1": ">= 0", "-1e-1000": ">= 0", "1e1001": bound, "1e-1001": bound, "1" + strings.Repeat("0", 101): bound,
		} {
			err := read(amount(text))
			require.ErrorIs(t, err, prioritize.ErrInvalid)
			require.ErrorContains(t, err, fmt.Sprintf("prioritize: %s is \"", field))
			require.ErrorContains(t, err, ", want "+want)
		}
	}
	for _, d := range []decimal.Decimal{decimal.New(1, 1_000_000_000), decimal.New(1, -1_000_000_000)} {
		for field, read := range doors {
			require.ErrorContains(t, read(d), fmt.Sprintf("prioritize: %s is \"1e%d\", want "+bound, field, d.Exponent()))
		}
		_, err := plan.Select(items, requests, d, selectOptions{Keep: []plan.Kept[string]{{Capacity: one}}})
		require.EqualError(t, err, fmt.Sprintf("prioritize: capacity is \"1e%d\", want "+bound, d.Exponent()))
	}
	_, err := plan.SelectReleases(items, requests, []decimal.Decimal{one, amount("-1")}, releasesOptions{})
	require.EqualError(t, err, `prioritize: capacity of period 1 is "-1", want >= 0`)
}

// Where items spill, sizes are counted in the finest digit of the capacities that are smaller than all of them.
func TestSplitSpillLimits(t *testing.T) {
	tests := []struct{ size, capacity, want string }{
		{"461168601842738790", "1.5", ""},
		{"461168601842738791", "1.5", `total of size is "too large", want at most 4611686018427387903 x 10^-1`},
		{"46116860184273879", "1.25", ""},
		{"46116860184273880", "1.25", `total of size is "too large", want at most 4611686018427387903 x 10^-2`},
		{"2", "1.1234567890123456789", `capacity of period 0 is "1.1234567890123456789", want at most 18 significant digits`},
		{"2", "2.1234567890123456789", ""},
		{"2", "0", ""},
		{"2", "0.5", ""},
	}
	for _, test := range tests {
		c := cut{tasks("a " + test.size + " 1"), []string{"a"}, amounts(test.capacity, test.size), splitOptions{Spill: true}}
		got, err := c.plan()
		if test.want != "" {
			require.ErrorIs(t, err, prioritize.ErrInvalid, "%+v", test)
			require.ErrorContains(t, err, test.want)
			continue
		}
		require.NoError(t, err, "%+v", test)
		requireCut(t, c, got)
	}
}

// An amount is written out in a message where that is short.
func TestAmountTexts(t *testing.T) {
	bits := func(n uint) decimal.Decimal {
		return decimal.NewFromInt(2).Pow(decimal.NewFromInt(int64(n))).Sub(decimal.NewFromInt(1))
	}
	for _, test := range []struct {
		d    decimal.Decimal
		text string
	}{
		{amount("-1.50"), "-1.5"},
		{decimal.New(-1, 20), "-1" + strings.Repeat("0", 20)},
		{decimal.New(-1, 21), "-1e21"},
		{decimal.New(-1, -59), "-0." + strings.Repeat("0", 58) + "1"},
		{decimal.New(-1, -60), "-1e-60"},
		{decimal.New(-17, 1_000_000_000), "-17e1000000000"},
		{bits(256).Neg(), bits(256).Neg().String()},
		{bits(257).Neg(), "a number of 257 bits e0"},
	} {
		_, err := plan.Sequence([]sequenceItem{{Key: "a", Size: test.d}}, plan.SequenceOptions{})
		require.EqualError(t, err, fmt.Sprintf("prioritize: item 0 (\"a\"): size is %q, want >= 0", test.text))
	}
}

// Numbers of ranks are at most ten million, and the last rank fits 64 bits.
func TestStackRanksLimits(t *testing.T) {
	ranks, err := plan.StackRanks(3, (1<<63-1)/3)
	require.NoError(t, err)
	require.Equal(t, int64(1<<63-1)/3*3, ranks[2])
	for text, call := range map[string]func() ([]int64, error){
		`n is "10000001", want from 0 to 10000000`:                    func() ([]int64, error) { return plan.StackRanks(10_000_001, 1) },
		`n is "-1", want from 0 to 10000000`:                          func() ([]int64, error) { return plan.StackRanks(-1, 1) },
		`step is "-1", want > 0`:                                      func() ([]int64, error) { return plan.StackRanks(0, -1) },
		`step is "3074457345618258603", want n × step within 64 bits`: func() ([]int64, error) { return plan.StackRanks(3, (1<<63-1)/3+1) },
	} {
		ranks, err := call()
		require.Nil(t, ranks)
		require.EqualError(t, err, "prioritize: "+text)
	}
}

// Every reason is written and read; nothing else is.
func TestOmitReasonText(t *testing.T) {
	const want = ", want does_not_fit, excluded or displaced"
	texts := map[plan.OmitReason]string{plan.DoesNotFit: "does_not_fit", plan.Excluded: "excluded", plan.Displaced: "displaced"}
	for code := range 256 {
		reason := plan.OmitReason(code)
		text, err := json.Marshal(reason)
		if _, ok := texts[reason]; !ok {
			name := fmt.Sprintf("OmitReason(%d)", code)
			require.Equal(t, name, reason.String())
			require.ErrorIs(t, err, prioritize.ErrInvalid)
			require.ErrorContains(t, err, fmt.Sprintf("prioritize: reason is %q", name)+want)
			require.Equal(t, fmt.Sprintf("%q: %s", "a", name), plan.OmittedRequest[string]{Request: "a", Reason: reason}.String())
			continue
		}
		require.NoError(t, err)
		require.Equal(t, texts[reason], reason.String())
		require.Equal(t, fmt.Sprintf("%q", texts[reason]), string(text))
		var back plan.OmitReason
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, reason, back)
	}
	reason := plan.Excluded
	require.EqualError(t, reason.UnmarshalText([]byte("late")), `prioritize: reason is "late"`+want)
	require.Equal(t, plan.Excluded, reason)
}

// What the errors say, for one and for several.
func TestErrorTexts(t *testing.T) {
	two := decimal.NewFromInt(2)
	for _, test := range []struct {
		err, class error
		text       string
	}{
		{&plan.CycleError{}, plan.ErrCycle, `cycle: `},
		{&plan.CycleError{Keys: []string{"a"}}, plan.ErrCycle, `cycle: "a" needs "a"`},
		{&plan.CycleError{Keys: []string{"a", "b"}}, plan.ErrCycle, `cycle: "a" needs "b" needs "a"`},
		{
			&plan.RequestError{Index: 3, Key: "e", Err: &plan.CycleError{Keys: []string{"a"}}}, plan.ErrCycle,
			`request 3 ("e"): cycle: "a" needs "a"`,
		},
		{
			&plan.MustsError{Keys: []string{"a", "b"}, Cost: two, Shortfall: two}, plan.ErrMusts,
			`musts "a", "b" cost 2, want at most the capacity of 0: 2 short`,
		},
		{
			&plan.PromiseError{Period: 1, Keys: []string{"a", "b"}, NeedPeriod: -1, Shortfall: two}, plan.ErrPromise,
			`promise can't be kept: "a", "b" in period 1: 2 more capacity wanted`,
		},
		{
			&plan.PromiseError{Period: 1, Keys: []string{"a"}, Need: "b", NeedPeriod: -1, Shortfall: two}, plan.ErrPromise,
			`promise can't be kept: "a" in period 1: "b" is needed by then, 2 more capacity wanted`,
		},
		{
			&plan.PromiseError{Keys: []string{"a"}, Need: "b", NeedPeriod: 1}, plan.ErrPromise,
			`promise can't be kept: "a" in period 0: "b" is needed, but promised for period 1`,
		},
	} {
		require.EqualError(t, test.err, "prioritize: "+test.text)
		require.ErrorIs(t, test.err, test.class)
		matched := 0
		for _, class := range []error{plan.ErrCycle, plan.ErrMusts, plan.ErrPromise} {
			if errors.Is(test.err, class) {
				matched++
			}
		}
		require.Equal(t, 1, matched, test.text)
	}
}
