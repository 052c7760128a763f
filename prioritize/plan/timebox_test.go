package plan_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

type moscowItem = plan.TimeboxItem[string]

// efforts makes one item a category, leaving out those without effort.
func efforts(must, should, could, wont string) []moscowItem {
	var items []moscowItem
	for i, text := range []string{must, should, could, wont} {
		category := prioritize.Must + prioritize.MoSCoWCategory(i)
		if text != "0" || category == prioritize.Wont {
			items = append(items, moscowItem{Key: category.String(), Category: category, Effort: dec(text)})
		}
	}
	return items
}

func TestMoSCoWSharesPublished(t *testing.T) {
	tests := map[string]struct {
		source              string
		items               []moscowItem
		policy              plan.TimeboxPolicy
		must, should, could string
		forMust, forShould  string
		warnings            []string
	}{
		"buffers": {
			source: "pmworldjournal.com/article/moscow-rules", items: efforts("0.60", "0.20", "0.20", "0"),
			must: "0.6", should: "0.2", could: "0.2", forMust: "0.4", forShould: "0.2",
		},
		"exactly at the ceiling, won't outside": {
			source: "DSDM handbook, p. 74, shares computed", items: efforts("60", "20", "20", "35"),
			must: "0.6", should: "0.2", could: "0.2", forMust: "0.4", forShould: "0.2",
		},
		"over": {
			source: "DSDM handbook, p. 74, shares computed", items: efforts("66", "24", "10", "0"),
			must: "0.66", should: "0.24", could: "0.1", forMust: "0.34", forShould: "0.1",
			warnings: []string{
				"must takes 0.66 of the effort, want at most 0.6",
				"could takes 0.1 of the effort, want at least 0.2",
			},
		},
		"the older ceiling": {
			source: "Cohn, Agile Estimating and Planning, 2005: 70 %", items: efforts("70", "10", "20", "0"),
			policy: plan.TimeboxPolicy{MustCeiling: weight("0.70")},
			must:   "0.7", should: "0.1", could: "0.2", forMust: "0.3", forShould: "0.2",
		},
		"above the older ceiling": {
			items: efforts("71", "9", "20", "0"), policy: plan.TimeboxPolicy{MustCeiling: weight("0.70")},
			must: "0.71", should: "0.09", could: "0.2", forMust: "0.29", forShould: "0.2",
			warnings: []string{"must takes 0.71 of the effort, want at most 0.7"},
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := plan.FillTimebox(c.items, dec("1000"), c.policy)
			require.NoError(t, err)
			s := got.Shares
			require.Equal(t, []string{c.must, c.should, c.could}, []string{s.Must.String(), s.Should.String(), s.Could.String()}, c.source)
			require.Equal(t, c.forMust, s.BufferForMust().String())
			require.Equal(t, c.forShould, s.BufferForShould().String())
			var warnings []string
			for _, w := range got.Warnings {
				warnings = append(warnings, w.String())
			}
			require.Equal(t, c.warnings, warnings)
		})
	}
}

// moscowBacklog is computed after the DSDM handbook, p. 72.
func moscowBacklog() []moscowItem {
	return []moscowItem{
		{Key: "a", Category: prioritize.Could, Effort: dec("5")},
		{Key: "b", Category: prioritize.Must, Effort: dec("8")},
		{Key: "c", Category: prioritize.Should, Effort: dec("5")},
		{Key: "d", Category: prioritize.Must, Effort: dec("13")},
		{Key: "e", Category: prioritize.Wont, Effort: dec("1")},
		{Key: "f", Category: prioritize.Could, Effort: dec("3")},
	}
}

func TestFillTimeboxPublished(t *testing.T) {
	got, err := plan.FillTimebox(moscowBacklog(), dec("26"), plan.TimeboxPolicy{})
	require.NoError(t, err)
	require.Equal(t, []string{"b", "d", "c", "a", "f", "e"}, got.Ranked)
	require.Equal(t, []string{"b", "d", "c"}, got.Fits)
	require.Equal(t, []string{"a", "f"}, got.Beyond)
	require.Equal(t, []string{"e"}, got.Wont)
	require.Equal(t, []string{"f", "a"}, got.DropFirst)
	require.Equal(t, []string{"c"}, got.DropNext)
	require.Equal(t, "0", got.Left.String())
}

func TestFillTimeboxMustsDoNotFit(t *testing.T) {
	_, err := plan.FillTimebox(efforts("120", "0", "0", "0"), dec("100"), plan.TimeboxPolicy{})
	require.ErrorIs(t, err, plan.ErrMusts)
	var musts *plan.MustsError
	require.ErrorAs(t, err, &musts)
	require.Equal(t, "20", musts.Shortfall.String())
	requireProblems(t, err, `prioritize: musts "must" cost 120, want at most the capacity of 100: 20 short`)
	_, err = plan.FillTimebox(efforts("100", "0", "0", "0"), dec("100"), plan.TimeboxPolicy{})
	require.NoError(t, err)
}

func TestFillTimeboxInvalid(t *testing.T) {
	items := []moscowItem{
		{Key: "a", Category: prioritize.Must, Effort: dec("0")},
		{Key: "b", Effort: dec("1")},
		{Key: "a", Category: prioritize.Wont, Effort: dec("-1")},
	}
	policy := plan.TimeboxPolicy{MustCeiling: weight("0"), CouldTarget: weight("1.5")}
	_, err := plan.FillTimebox(items, dec("-1"), policy)
	require.ErrorIs(t, err, prioritize.ErrDuplicate)
	requireProblems(t, err,
		`prioritize: item 0 ("a"): effort is "0", want > 0`,
		`prioritize: item 1 ("b"): moscow is "MoSCoWCategory(0)", want must, should, could or wont`,
		`prioritize: item 2 ("a"): effort is "-1", want >= 0`,
		`prioritize: item 2 ("a"): duplicate key: item 0 has it already`,
		`prioritize: capacity is "-1", want >= 0`,
		`prioritize: must ceiling is "0", want > 0`,
		`prioritize: could target is "1.5", want from 0 to 1`)
}

func TestFillTimeboxOfNothing(t *testing.T) {
	_, err := plan.FillTimebox([]moscowItem{}, dec("1"), plan.TimeboxPolicy{})
	require.EqualError(t, err, `prioritize: items is "none", want at least one`)
}

func TestFillTimeboxNothingPlanned(t *testing.T) {
	got, err := plan.FillTimebox(efforts("0", "0", "0", "3"), dec("0"), plan.TimeboxPolicy{})
	require.NoError(t, err)
	require.Empty(t, got.Fits)
	require.Empty(t, got.Warnings)
	require.False(t, got.Shares.Must.IsScored())
}

// The twin drops one item after the other, from the end, until what is left fits.
func TestFillTimeboxAgreesWithDropping(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		items := make([]plan.TimeboxItem[int], 1+rng.IntN(8))
		for i := range items {
			items[i] = plan.TimeboxItem[int]{
				Key: i, Category: prioritize.Must + prioritize.MoSCoWCategory(rng.IntN(4)), Effort: smallPositive(rng),
			}
		}
		capacity := small(rng).Mul(dec("3"))
		var left []plan.TimeboxItem[int]
		sum := decimal.Decimal{}
		for category := prioritize.Must; category <= prioritize.Could; category++ {
			for _, item := range items {
				if item.Category == category {
					left, sum = append(left, item), sum.Add(item.Effort)
				}
			}
		}
		blocked := false
		for sum.Cmp(capacity) > 0 && !blocked {
			last := left[len(left)-1]
			blocked = last.Category == prioritize.Must
			left, sum = left[:len(left)-1], sum.Sub(last.Effort)
		}
		got, err := plan.FillTimebox(items, capacity, plan.TimeboxPolicy{})
		if blocked {
			require.ErrorIs(t, err, plan.ErrMusts)
			continue
		}
		require.NoError(t, err)
		want := make([]int, 0, len(left))
		for _, item := range left {
			want = append(want, item.Key)
		}
		require.Equal(t, want, append([]int{}, got.Fits...))
		require.Equal(t, got.Ranked, slices.Concat(got.Fits, got.Beyond, got.Wont))
		requireRat(t, rat(capacity.Sub(sum)), got.Left)
		everything := slices.Sorted(slices.Values(got.Ranked))
		require.Len(t, slices.Compact(everything), len(items))
	}
}

func ExampleFillTimebox() {
	got, err := plan.FillTimebox([]plan.TimeboxItem[string]{
		{Key: "a", Category: prioritize.Could, Effort: dec("5")},
		{Key: "b", Category: prioritize.Must, Effort: dec("8")},
		{Key: "c", Category: prioritize.Should, Effort: dec("5")},
		{Key: "d", Category: prioritize.Must, Effort: dec("13")},
		{Key: "e", Category: prioritize.Wont, Effort: dec("1")},
		{Key: "f", Category: prioritize.Could, Effort: dec("3")},
	}, dec("26"), plan.TimeboxPolicy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("fits", got.Fits, "not", got.Beyond, "dropped first", got.DropFirst)
	for _, w := range got.Warnings {
		fmt.Println(w.Category, w.Share.At(2), w.Want)
	}
	// Output:
	// fits [b d c] not [a f] dropped first [f a]
	// must 0.62 0.6
}
