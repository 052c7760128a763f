package plan_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

func ExampleItem() {
	items := []plan.Item[string]{
		{Key: "login", Size: decimal.NewFromInt(3), CostOfDelay: decimal.NewFromInt(1)},
		{Key: "report", Size: decimal.NewFromInt(1), CostOfDelay: decimal.NewFromInt(9), Needs: []string{"login"}},
		{Key: "search", Size: decimal.NewFromInt(1), CostOfDelay: decimal.NewFromInt(2)},
	}
	order, err := plan.Sequence(items, plan.SequenceOptions{})
	fmt.Println(order.Keys(), err)
	// Output: [login report search] <nil>
}

func ExampleOrder_Reason() {
	order, err := plan.Sequence([]plan.Item[string]{
		item("login", 3, 1), item("report", 1, 9, "login"), item("search", 1, 2),
	}, plan.SequenceOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, it := range order.Items {
		fmt.Printf("%s done at %s: %s\n", it.Key, it.Completion, order.Reason(it.Rank))
	}
	// Output:
	// login done at 3: rank 3 -> 1 because "report", alone rank 1, needs it
	// report done at 4: rank 1 -> 2 because it needs "login", alone rank 3
	// search done at 5: rank 2 -> 3 because others moved
}

func ExampleOrderedItem() {
	order, err := plan.Sequence([]plan.Item[string]{item("login", 3, 1), item("report", 1, 9, "login")}, plan.SequenceOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	first := order.Items[0]
	fmt.Println(first.Key, first.Rank, first.OwnRank, first.PulledBy)
	// Output: login 1 2 2
}

// bankRelease is the input of the examples of Select.
func bankRelease() ([]plan.SelectItem[string], []plan.Request[string, string]) {
	whole := decimal.NewFromInt
	items := []plan.SelectItem[string]{
		{Key: "accounts", Cost: whole(5)},
		{Key: "import", Cost: whole(8), Needs: []string{"accounts"}},
		{Key: "dark mode", Cost: whole(2)},
	}
	requests := []plan.Request[string, string]{
		{Key: "no typing", Value: whole(8), Items: []string{"import"}},
		{Key: "work at night", Value: whole(5), Items: []string{"dark mode"}},
	}
	return items, requests
}

func ExampleSelection() {
	items, requests := bankRelease()
	best, err := plan.Select(items, requests, decimal.NewFromInt(14), plan.SelectOptions[string]{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(best.Requests, best.Items, best.Value, best.Cost, best.Proven)
	for _, left := range best.LeftOut {
		fmt.Println(left)
	}
	// Output:
	// [no typing] [accounts import] 8 13 true
	// "work at night" is worth 5 and needs 2 more, only 1 left: less than what it would displace
}

func ExampleOmittedRequest() {
	items, requests := bankRelease()
	best, err := plan.Select(items, requests, decimal.NewFromInt(10), plan.SelectOptions[string]{})
	if err != nil {
		fmt.Println(err)
		return
	}
	left := best.LeftOut[0]
	fmt.Println(left.Request, left.Reason, left.Cost, left.Room)
	// Output: no typing does_not_fit 13 10
}

func ExampleSelectOptions() {
	items, requests := bankRelease()
	best, err := plan.Select(items, requests, decimal.NewFromInt(14),
		plan.SelectOptions[string]{Must: []string{"work at night"}, Steps: 1000})
	fmt.Println(best.Requests, err)
	// Output: [work at night] <nil>
}

func ExampleReleases() {
	items, requests := bankRelease()
	releases, err := plan.SelectReleases(items, requests,
		[]decimal.Decimal{decimal.NewFromInt(4), decimal.NewFromInt(14)}, plan.ReleasesOptions[string]{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, release := range releases.Releases {
		fmt.Println("release", i+1, release.Requests, release.Cost)
	}
	fmt.Println(releases.Value, releases.Promises())
	// Output:
	// release 1 [work at night] 2
	// release 2 [no typing] 13
	// 13 [{work at night 0} {no typing 1}]
}

// A promise that can't be kept moves, if it may.
func ExampleMovedPromise() {
	items := []plan.Item[string]{item("login", 3, 1), item("report", 4, 9)}
	four := decimal.NewFromInt(4)
	schedule, err := plan.Split(items, []string{"report", "login"}, []decimal.Decimal{four, four}, plan.SplitOptions[string]{
		Promised: []plan.Promise[string]{{Key: "report", Period: 0}, {Key: "login", Period: 0}}, MayMove: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range schedule.Moved {
		fmt.Printf("%s from %d to %d: %s\n", m.Key, m.From, m.To, m.Why)
	}
	// Output: login from 0 to 1: 3 more capacity wanted beside other promises
}

func ExamplePeriodItem() {
	three := decimal.NewFromInt(3)
	schedule, err := plan.Split([]plan.Item[string]{item("migration", 5, 1)}, []string{"migration"},
		[]decimal.Decimal{three, three}, plan.SplitOptions[string]{Spill: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, period := range schedule.Periods {
		for _, it := range period.Items {
			fmt.Println(it.Key, it.Load, "of", period.Capacity, it.Spills())
		}
	}
	// Output:
	// migration 3 of 3 true
	// migration 2 of 3 true
}

func ExampleOmittedItem() {
	three := decimal.NewFromInt(3)
	schedule, err := plan.Split([]plan.Item[string]{item("login", 3, 1), item("report", 3, 1, "login")},
		[]string{"login", "report"}, []decimal.Decimal{three}, plan.SplitOptions[string]{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, left := range schedule.LeftOver {
		fmt.Printf("%s: %s\n", left.Key, left.Why)
	}
	// Output: report: no room is left for its size of 3
}

func ExampleTimebox() {
	timebox, err := plan.FillTimebox([]plan.TimeboxItem[string]{
		{Key: "login", Category: prioritize.Must, Effort: decimal.NewFromInt(8)},
		{Key: "themes", Category: prioritize.Could, Effort: decimal.NewFromInt(2)},
	}, decimal.NewFromInt(9), plan.TimeboxPolicy{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("fits", timebox.Fits, "beyond", timebox.Beyond, "left", timebox.Left)
	fmt.Println("must", timebox.Shares.Must, "buffer", timebox.Shares.BufferForMust())
	for _, warning := range timebox.Warnings {
		fmt.Println(warning)
	}
	// Output:
	// fits [login] beyond [themes] left 1
	// must 0.8 buffer 0.2
	// must takes 0.8 of the effort, want at most 0.6
}

func ExampleTimeboxPolicy() {
	policy := plan.TimeboxPolicy{MustCeiling: decimal.NewNullDecimal(decimal.New(9, -1))}
	fmt.Println(policy.Warnings(plan.TimeboxShares{
		Must:   prioritize.Value(decimal.New(8, -1)),
		Should: prioritize.Integer(0),
		Could:  prioritize.Value(decimal.New(2, -1)),
	}))
	// Output: []
}

func ExampleMustsError() {
	_, err := plan.FillTimebox([]plan.TimeboxItem[string]{
		{Key: "login", Category: prioritize.Must, Effort: decimal.NewFromInt(8)},
	}, decimal.NewFromInt(5), plan.TimeboxPolicy{})
	var musts *plan.MustsError
	fmt.Println(errors.As(err, &musts), errors.Is(err, plan.ErrMusts), err)
	// Output: true true prioritize: musts "login" cost 8, want at most the capacity of 5: 3 short
}

func ExampleStackRankBetween() {
	fmt.Println(plan.StackRankBetween(10, 20))
	fmt.Println(plan.StackRankBetween(10, 11))
	// Output:
	// 15 true
	// 10 false
}
