package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

// An error names a hundred problems, and then how many there are no longer matters.
func TestErrorsAreBounded(t *testing.T) {
	const bad = 150
	blocks, items, past := make([]flow.Block, bad), make([]flow.Item, bad), flow.Past{Items: make([]flow.StateHistory, bad)}
	_, err := flow.Past{}.BlockedTime(blocks, flow.WorkTime{}, day(0))
	require.Len(t, strings.Split(err.Error(), "\n"), 100)
	require.ErrorContains(t, err, `flow: blocks[99].key is "", want an item`)
	_, err = flow.CycleTimes(items, flow.WorkTime{}, day(0))
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 101)
	require.Equal(t, `flow: items[99] ("") created is "", want an instant`, lines[99])
	require.Equal(t, `flow: items[100] is "", want fewer items with problems`, lines[100])
	lines = strings.Split(past.Validate().Error(), "\n")
	require.Len(t, lines, 101)
	require.Equal(t, `flow: items[99].stays is "", want a stay`, lines[99])
	require.Equal(t, `flow: items is "", want fewer items with problems`, lines[100])
	past.Items = past.Items[:99]
	require.Len(t, strings.Split(past.Validate().Error(), "\n"), 99)
}

// What is out of range is refused in words that name it, and the limits themselves are not.
func TestLimits(t *testing.T) {
	states := flow.StatesOf(story.DefaultWorkflow())
	past := flow.Past{States: states, Items: []flow.StateHistory{{Key: "a", Stays: []flow.Stay{{State: story.Draft, From: day(0)}}}}}
	aging := func(shares ...float64) error {
		_, err := past.Aging(shares, flow.WorkTime{}, day(1))
		return err
	}
	little := func(percent int) error {
		_, err := flow.CheckLittle(nil, flow.WorkTime{}, day(0), day(1), percent)
		return err
	}
	points := func(n int64) error { return flow.Item{Done: day(0), Points: decimal.NewFromInt(n)}.Validate() }
	century := func(n int) error {
		_, err := flow.CycleTimes([]flow.Item{{Done: day(0)}}, flow.WorkTime{}, day(n))
		return err
	}
	for want, err := range map[string]error{
		`flow: shares[0] is "0", want above 0 and at most 1`:                                           aging(0, .5),
		`flow: shares[1] is "1.5", want above 0 and at most 1`:                                         aging(.5, 1.5),
		`flow: shares is "11", want at most 10`:                                                        aging(make([]float64, 11)...),
		`flow: percent is "-1", want 0 to 100`:                                                         little(-1),
		`flow: percent is "101", want 0 to 100`:                                                        little(101),
		`flow: points is "-1", want >= 0`:                                                              points(-1),
		`flow: points is "1000000001", want 0 to 1000000000 with`:                                      points(1_000_000_001),
		`flow: now is "2126-03-03T00:00:00Z", want from 2026-03-02T00:00:00Z to a hundred years later`: century(36_525),
	} {
		require.ErrorContains(t, err, want)
	}
	for i, err := range []error{aging(.5, 1), little(0), little(100), points(0), points(1_000_000_000), century(36_524)} {
		require.NoError(t, err, i)
	}
}

// Of more than a hundred years all days count, of a hundred years the working days.
func TestDaysOfACentury(t *testing.T) {
	never := flow.WorkTime{Working: func(time.Time) bool { return false }}
	for n, want := range map[int]int{36_524: 1, 36_525: 36_526} {
		days, ok := flow.Item{Started: day(0), Done: day(n)}.CycleTime(never)
		require.True(t, ok)
		require.Equal(t, want, days)
	}
}

// Quotients of nothing are told from quotients that are zero.
func TestQuotients(t *testing.T) {
	c := flow.LittleCheck{Days: 1, ItemDays: 3, Done: 2, CycleDays: 5}
	require.Equal(t, "3", c.WIP(2).String())
	require.Equal(t, "2", c.Throughput(2).String())
	cycle, ok := c.CycleTime(2)
	require.True(t, ok)
	require.Equal(t, "2.5", cycle.String())
	require.Equal(t, "0", flow.LittleCheck{}.WIP(2).String())
	_, ok = flow.LittleCheck{}.CycleTime(2)
	require.False(t, ok)
	for e, want := range map[flow.Efficiency]string{{Working: 1, Waiting: 3}: "0.25", {Waiting: 3}: "0", {Working: 1}: "1"} {
		share, ok := e.Share(2)
		require.True(t, ok)
		require.Equal(t, want, share.String())
	}
	_, ok = flow.Efficiency{Items: 1}.Share(2)
	require.False(t, ok)
	_, ok = flow.Bottleneck([]flow.StateTime{{State: flow.State{Name: "a", Category: story.Doing}}})
	require.False(t, ok)
}

// What is begun on days off after the last working day of a span is begun later, and what is done on those before
// the first one was done before.
func TestLittleOfDaysOff(t *testing.T) {
	working := flow.WorkTime{Working: flow.Weekdays()}
	items := []flow.Item{
		{Key: "in it", Created: day(0), Started: day(1), Done: day(2)},
		{Key: "after the last", Created: day(0), Started: day(5)},
		{Key: "on a day off", Created: day(0), Started: day(5), Done: day(6)},
	}
	c, err := flow.CheckLittle(items, working, day(0), day(6), 10)
	require.NoError(t, err)
	require.Equal(t, [4]int{5, 1, 1, 0}, [4]int{c.Days, c.Begun, c.Done, c.WIPAfter})
}

// What is in a state is listed by age, the oldest first, and what held nothing up is no cause.
func TestAgingIsSorted(t *testing.T) {
	past := flow.Past{States: flow.StatesOf(story.DefaultWorkflow())}
	for i, begun := range []int{3, 1, 4, 2} {
		past.Items = append(past.Items, flow.StateHistory{Key: fmt.Sprint(i), Stays: []flow.Stay{{State: story.InProgress, From: day(begun)}}})
	}
	aging, err := past.Aging([]float64{.5}, flow.WorkTime{}, day(9))
	require.NoError(t, err)
	var keys []string
	for _, item := range aging.Items {
		keys = append(keys, fmt.Sprint(item.Key, " ", item.Age))
	}
	require.Equal(t, []string{"1 9", "3 8", "0 7", "2 6"}, keys)

	early := flow.Block{Key: "1", Cause: "before it was begun", From: day(-2), To: day(-1)}
	blocked, err := past.BlockedTime([]flow.Block{early, {Key: "1", Cause: "the bank", From: day(2), To: day(3)}}, flow.WorkTime{}, day(9))
	require.NoError(t, err)
	require.Equal(t, []flow.BlockedCause{{Cause: "the bank", Seconds: 86_400, Items: 1, Longest: 86_400}}, blocked.Causes)
}

// What is usual is the median of the days a point took, the lower of two, whatever the order in which stories were done.
func TestEstimatesAgainstTheMedian(t *testing.T) {
	for _, order := range [][]int{{1, 2, 3, 4}, {4, 3, 2, 1}, {2, 4, 1, 3}} {
		l := newLog(t)
		for _, n := range order { // story n takes n+1 days for a point
			l.on(0, add(n, 1)...)
			l.on(0, backlog.SetStoryStatus{Story: story.ID(number(n)), To: story.InProgress})
		}
		for n := 1; n <= 4; n++ {
			l.on(n, backlog.SetStoryStatus{Story: story.ID(number(n)), To: story.InReview}, backlog.AcceptStory{Story: story.ID(number(n))})
		}
		histories, err := flow.EstimateHistories(options(), backlog.Recorded(l.events), flow.WorkTime{})
		require.NoError(t, err)
		require.Len(t, histories, 4)
		for i, history := range histories {
			require.Equal(t, story.ID(number(order[i])), history.Story)
			require.Equal(t, order[i]+1, history.Days)
			require.Equal(t, fmt.Sprint(order[i]+1), history.Held.Done.String())
			require.Equal(t, "3", history.Held.Total.String())
		}
	}
}

// Two numbers are equal if they differ by as many percent of the larger one, and not by more.
func TestLittleTolerance(t *testing.T) {
	var items []flow.Item
	for i := range 10 {
		item := flow.Item{Key: fmt.Sprint(i), Created: day(0), Started: day(1), Done: day(2)}
		if i == 0 {
			item.Done = time.Time{}
		}
		items = append(items, item)
	}
	for percent, want := range map[int]bool{9: false, 10: true} {
		c, err := flow.CheckLittle(items, flow.WorkTime{}, day(0), day(6), percent)
		require.NoError(t, err)
		require.Equal(t, [2]int{10, 9}, [2]int{c.Begun, c.Done})
		require.Equal(t, want, c.Conditions[0].Holds)
	}
}
