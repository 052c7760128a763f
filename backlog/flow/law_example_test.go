package flow_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

func ExampleStatesOf() {
	for _, state := range flow.StatesOf(story.DefaultWorkflow()) {
		fmt.Println(state.Name, state.Waiting)
	}
	// Output:
	// draft false
	// ready true
	// in_progress false
	// in_review true
	// accepted false
	// dropped false
}

func ExampleAgingState() {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	aging, err := someMoves().Aging([]float64{.5, .85}, flow.WorkTime{Working: flow.EveryDay}, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, state := range aging.States {
		fmt.Println(state.Name, state.Items, state.Percentiles)
	}
	// Output:
	// in_progress 1 [3 3]
	// in_review 1 [7 7]
}

// someItems are begun one a day and take two days each.
func someItems() (items []flow.Item) {
	for i := range 20 {
		at := time.Date(2026, 3, 2+i, 9, 0, 0, 0, time.UTC)
		items = append(items, flow.Item{Created: at.AddDate(0, 0, -3), Started: at, Done: at.AddDate(0, 0, 1)})
	}
	return items
}

func ExampleLittleCheck() {
	march := func(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }
	check, err := flow.CheckLittle(someItems(), flow.WorkTime{}, march(4), march(18), 20)
	if err != nil {
		fmt.Println(err)
		return
	}
	cycle, _ := check.CycleTime(1)
	fmt.Println(check.WIP(1), "in progress,", check.Throughput(1), "a day,", cycle, "days each; holds:", check.Holds())
	for _, one := range check.Conditions {
		fmt.Println(one.Holds, one.Name)
	}
	// Output:
	// 2 in progress, 1 a day, 2 days each; holds: true
	// true as much is begun as is done
	// true the work in progress stays as much
	// true the work in progress does not age
	// true throughput times cycle time is the work in progress
}

func ExampleLittleCycleTime() {
	days, err := flow.LittleCycleTime(decimal.NewFromInt(8), decimal.NewFromInt(3), 1)
	wip, _ := flow.LittleWIP(decimal.NewFromInt(3), days)
	fmt.Println(days, "days with 8 items in progress and 3 done a day:", wip, err)
	// Output:
	// 2.7 days with 8 items in progress and 3 done a day: 8.1 <nil>
}

func ExampleExpectation_Rate() {
	now := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	expected, err := flow.ServiceLevel(someItems(), .85, flow.WorkTime{}, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	rate, ok := expected.Rate()
	lead, _ := someItems()[0].LeadTime(flow.WorkTime{})
	fmt.Println(expected.Days, "days, held", rate, ok, "- from when it came", lead)
	// Output:
	// 2 days, held 1 true - from when it came 5
}
