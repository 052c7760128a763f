package plan_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/plan"
)

func ExampleSelect_musts() {
	whole := decimal.NewFromInt
	items := []plan.SelectItem[string]{
		{Key: "audit log", Cost: whole(5)},
		{Key: "single sign-on", Cost: whole(8), Needs: []string{"audit log"}},
	}
	requests := []plan.Request[int, string]{
		{Key: 1, Value: whole(0), Items: []string{"single sign-on"}},
	}
	_, err := plan.Select(items, requests, whole(10), plan.SelectOptions[int]{
		Must: []int{1},
	})
	fmt.Println(err)
	// Output: prioritize: musts "1" cost 13, want at most the capacity of 10: 3 short
}

func ExampleSelect_exclusive() {
	whole := decimal.NewFromInt
	items := []plan.SelectItem[string]{
		{Key: "export", Cost: whole(3)}, {Key: "charts", Cost: whole(6)},
	}
	requests := []plan.Request[string, string]{
		{Key: "report", Value: whole(9), Items: []string{"export", "charts"}},
		{Key: "simple report", Value: whole(7), Items: []string{"export"}},
	}
	release, err := plan.Select(items, requests, whole(9), plan.SelectOptions[string]{
		Exclusive: [][]string{{"report", "simple report"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(release.Requests, release.Value, release.LeftOut[0])
	// Output: [report] 9 "simple report" is excluded by "report"
}

func ExampleSelect() {
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
	release, err := plan.Select(items, requests, whole(10), plan.SelectOptions[string]{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q\n%q\n", release.Requests, release.Items)
	fmt.Println("value", release.Value, "cost", release.Cost, "proven", release.Proven)
	fmt.Println("one more unit of capacity is worth", release.Worth(2))
	for _, request := range release.LeftOut {
		fmt.Println(request)
	}
	// Output:
	// ["track spending" "work at night"]
	// ["user accounts" "category screen" "dark mode"]
	// value 14 cost 10 proven true
	// one more unit of capacity is worth 1
	// "no typing" needs 16, only 10 available: it does not fit
	// "yearly trends" needs 40, only 10 available: it does not fit
}
