package plan_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// The best order is cut into sprints. Where the search has been promised for the first sprint, the
// dashboard makes room for it.
func ExampleSplit() {
	items := []plan.Item[string]{
		item("dashboard", 2, 20, "login", "export"),
		item("login", 3, 1),
		item("export", 1, 4),
		item("search", 2, 6),
		item("migration", 7, 14),
		item("dark mode", 1, 2, "login"),
	}
	sequence, err := plan.Sequence(items, plan.SequenceOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	sprints := []decimal.Decimal{decimal.NewFromInt(6), decimal.NewFromInt(6), decimal.NewFromInt(6)}
	for _, opts := range []plan.SplitOptions[string]{
		{Spill: true},
		{Spill: true, Promised: []plan.Promise[string]{{Key: "search", Period: 0}}},
	} {
		got, err := plan.Split(items, sequence.Keys(), sprints, opts)
		if err != nil {
			fmt.Println(err)
			return
		}
		for p, sprint := range got.Periods {
			fmt.Printf("sprint %d, %s of %s:", p+1, sprint.Load, sprint.Capacity)
			for _, it := range sprint.Items {
				fmt.Printf(" %q", it.Key)
				if it.Spills() {
					fmt.Printf(" (%s, from %d to %d)", it.Load, it.First+1, it.Last+1)
				}
			}
			fmt.Println()
		}
	}
	// Output:
	// sprint 1, 6 of 6: "export" "login" "dashboard"
	// sprint 2, 6 of 6: "search" "migration" (4, from 2 to 3)
	// sprint 3, 4 of 6: "migration" (3, from 2 to 3) "dark mode"
	// sprint 1, 6 of 6: "export" "login" "search"
	// sprint 2, 6 of 6: "dashboard" "migration" (4, from 2 to 3)
	// sprint 3, 4 of 6: "migration" (3, from 2 to 3) "dark mode"
}

// What was promised for earlier periods stays, also when the order has changed; with MayMove, only
// what can't be kept moves.
func ExampleSchedule_Promises() {
	items := []plan.Item[string]{item("a", 3, 1), item("b", 2, 1), item("c", 4, 1)}
	five := decimal.NewFromInt(5)
	before, err := plan.Split(items, []string{"a", "b", "c"},
		[]decimal.Decimal{five, five}, plan.SplitOptions[string]{})
	if err != nil {
		fmt.Println(err)
		return
	}
	smaller := []decimal.Decimal{decimal.NewFromInt(4), five}
	opts := plan.SplitOptions[string]{Promised: before.Promises()}
	_, err = plan.Split(items, []string{"c", "b", "a"}, smaller, opts)
	fmt.Println(err)

	opts.MayMove = true
	after, err := plan.Split(items, []string{"c", "b", "a"}, smaller, opts)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range after.Moved {
		fmt.Printf("%q moves from %d to %d: %s\n", m.Key, m.From, m.To, m.Why)
	}
	for _, left := range after.LeftOver {
		fmt.Printf("%q is left over: %s\n", left.Key, left.Why)
	}
	// Output:
	// prioritize: promise can't be kept: "b", "a" in period 0: 1 more capacity wanted
	// "a" moves from 0 to -1: 1 more capacity wanted beside other promises
	// "a" is left over: no room is left for its size of 3
}

// An item is promised before something it needs.
func ExamplePromiseError() {
	items := []plan.Item[string]{item("login", 3, 1), item("dashboard", 2, 20, "login")}
	five := decimal.NewFromInt(5)
	_, err := plan.Split(items, []string{"login", "dashboard"},
		[]decimal.Decimal{five, five}, plan.SplitOptions[string]{
			Promised: []plan.Promise[string]{{Key: "dashboard", Period: 0}, {Key: "login", Period: 1}},
		})
	var broken *plan.PromiseError
	if errors.As(err, &broken) {
		fmt.Println(broken)
		fmt.Println(broken.Keys, broken.Period, broken.Need, broken.NeedPeriod)
	}
	// Output:
	// prioritize: promise can't be kept: "dashboard" in period 0: "login" is needed, but promised for period 1
	// [dashboard] 0 login 1
}

func ExampleSelectReleases() {
	whole := decimal.NewFromInt
	items := []plan.SelectItem[string]{
		{Key: "user accounts", Cost: whole(5)},
		{Key: "category screen", Cost: whole(3), Needs: []string{"user accounts"}},
		{Key: "bank import", Cost: whole(8), Needs: []string{"user accounts"}},
		{Key: "dark mode", Cost: whole(2)},
		{Key: "data warehouse", Cost: whole(40)},
	}
	requests := []plan.Request[string, string]{
		{Key: "track spending", Value: whole(9), Items: []string{"category screen"}},
		{Key: "no typing", Value: whole(8), Items: []string{"category screen", "bank import"}},
		{Key: "work at night", Value: whole(5), Items: []string{"dark mode"}},
		{Key: "yearly trends", Value: whole(30), Items: []string{"data warehouse"}},
	}
	releases := []decimal.Decimal{whole(10), whole(10)}
	got, err := plan.SelectReleases(items, requests, releases, plan.ReleasesOptions[string]{
		Promised: []plan.Promise[string]{{Key: "work at night", Period: 1}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, release := range got.Releases {
		fmt.Printf("%q with %q, cost %s\n", release.Requests, release.Items, release.Cost)
	}
	fmt.Println("left over", got.LeftOver)
	fmt.Println("value", got.Value, "of at most", got.UpperBound, "gap", got.Gap(2))
	// Output:
	// ["track spending"] with ["user accounts" "category screen"], cost 8
	// ["no typing" "work at night"] with ["bank import" "dark mode"], cost 10
	// left over [yearly trends]
	// value 22 of at most 22 gap 0
}
