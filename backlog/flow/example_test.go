package flow_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

// recorded are the events of a sprint of two stories, of which one is done.
func recorded() []backlog.Event {
	b, err := backlog.New(recordedWith)
	if err != nil {
		panic(err)
	}
	var events []backlog.Event
	on := func(day int, changes ...backlog.Change) {
		for _, change := range changes {
			event, err := b.Execute(change, backlog.As("Eve", backlog.ProductOwner, backlog.Developer),
				time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC))
			if err != nil {
				panic(err)
			}
			events = append(events, event)
		}
	}
	pay, invoice, sprint := story.ID{1}, story.ID{2}, backlog.SprintID{1}
	on(2, backlog.AddStory{Story: story.Story{ID: pay, Title: "Pay with a saved card"}},
		backlog.EstimateStory{Story: pay, Estimate: story.Points(3)},
		backlog.SetStoryStatus{Story: pay, To: story.Ready},
		backlog.AddStory{Story: story.Story{ID: invoice, Title: "Pay by invoice"}},
		backlog.EstimateStory{Story: invoice, Estimate: story.Points(5)},
		backlog.SetStoryStatus{Story: invoice, To: story.Ready},
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprint, Name: "Sprint 1", Goal: "Paying is easy"}},
		backlog.CommitStories{Sprint: sprint, Stories: []story.ID{pay, invoice}},
		backlog.StartSprint{Sprint: sprint})
	on(3, backlog.SetStoryStatus{Story: pay, To: story.InProgress})
	on(4, backlog.SetStoryStatus{Story: pay, To: story.InReview}, backlog.AcceptStory{Story: pay})
	on(5, backlog.CloseSprint{Sprint: sprint})
	return events
}

// recordedWith are the options with which they were recorded.
var recordedWith = backlog.Options{
	Ready: []backlog.Check{}, Done: []backlog.Check{}, Rules: backlog.Rules{CriteriaPresent: backlog.RuleOff},
}

func ExampleFromEvents() {
	items, err := flow.FromEvents(recordedWith, backlog.Recorded(recorded()))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range items {
		days, done := item.CycleTime(flow.WorkTime{})
		fmt.Println(item.Created.Format(time.DateOnly), "done:", done, "cycle time:", days)
	}
	// Output:
	// 2026-03-02 done: true cycle time: 2
	// 2026-03-02 done: false cycle time: 0
}

func ExampleBurnUp() {
	days, err := flow.BurnUp(recordedWith, backlog.Recorded(recorded()), backlog.SprintID{1}, flow.WorkTime{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range days {
		fmt.Println(d.Day.Format(time.DateOnly), d.Done, "of", d.Scope, "points, left", d.Left())
	}
	// Output:
	// 2026-03-02 0 of 8 points, left 8
	// 2026-03-03 0 of 8 points, left 8
	// 2026-03-04 3 of 8 points, left 5
	// 2026-03-05 3 of 8 points, left 5
}

func ExampleVelocities() {
	b, err := backlog.Replay(recordedWith, backlog.Recorded(recorded()))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(flow.Velocities(b.View(), ""))
	// Output: [3]
}

func ExampleLittleThroughput() {
	perDay, err := flow.LittleThroughput(decimal.NewFromInt(4), decimal.NewFromInt(7), 2)
	fmt.Println("4 in progress, each for 7 days:", perDay, "done a day", err)
	// Output: 4 in progress, each for 7 days: 0.57 done a day <nil>
}

func ExampleWeekdays() {
	christmas := time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC)
	working := flow.Weekdays(christmas)
	fmt.Println(working(christmas), working(christmas.AddDate(0, 0, 3)))
	// Output: false true
}

func ExampleCumulativeFlow() {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	items := []flow.Item{
		{Key: "a", Created: march(1), Started: march(2), Done: march(3)},
		{Key: "b", Created: march(1), Started: march(3)},
	}
	days, err := flow.CumulativeFlow(items, flow.WorkTime{}, march(1), march(3))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range days {
		fmt.Println(d.Day.Format(time.DateOnly), d.Created, d.Started, d.Done, "in progress", d.WorkInProgress())
	}
	took, _ := items[0].CycleTime(flow.WorkTime{})
	age, _ := items[1].Age(flow.WorkTime{}, march(7))
	fmt.Println("a took", took, "days; b is", age, "days old")
	// Output:
	// 2026-03-01 2 0 0 in progress 0
	// 2026-03-02 2 1 0 in progress 1
	// 2026-03-03 2 2 1 in progress 1
	// a took 2 days; b is 5 days old
}

func ExampleThroughput() {
	b, err := backlog.Replay(recordedWith, backlog.Recorded(recorded()))
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Date(2026, 3, 23, 9, 0, 0, 0, time.UTC)
	weeks := flow.Weeks(time.UTC)
	weeks.Start = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	fmt.Println(flow.Throughput(b.View(), weeks, now))
	// Output: [1 0 0] <nil>
}

func ExampleThroughputOf() {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	items := []flow.Item{{Done: march(2)}, {Done: march(4)}, {Done: march(20)}}
	sprints := flow.Periods{Days: 5, WorkTime: flow.WorkTime{Working: flow.Weekdays()}}
	fmt.Println(flow.ThroughputOf(items, sprints, march(21)))
	// Output: [2 0 1] <nil>
}

func ExampleRates() {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	items := []flow.Item{
		{Created: march(2), Started: march(3), Done: march(10)},
		{Created: march(4), Started: march(10)},
		{Created: march(5)},
	}
	rates, err := flow.Rates(items, flow.Weeks(time.UTC), march(16))
	for _, r := range rates {
		fmt.Println(r.From.Format(time.DateOnly), "arrived", r.Arrived, "done", r.Done, "in progress", r.InProgress, err)
	}
	// Output:
	// 2026-03-02 arrived 3 done 0 in progress 1 <nil>
	// 2026-03-09 arrived 0 done 1 in progress 1 <nil>
}

func ExamplePercentileOf() {
	cycleTimes := []int{1, 2, 2, 3, 5, 8, 13}
	fmt.Println(flow.PercentileOf(cycleTimes, .85))
	// Output: 8 true
}

// An estimate that was challenged and given anew stays on record, beside how the last one held.
func ExampleEstimateHistories() {
	histories, err := flow.EstimateHistories(recordedWith, backlog.Recorded(recorded()), flow.WorkTime{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, one := range histories {
		for _, entry := range one.Estimates {
			fmt.Print(entry.Estimate, " points by ", entry.By, "; ")
		}
		fmt.Println("days:", one.Days, "of the usual:", one.Held)
	}
	// Output:
	// 3 points by Eve; days: 2 of the usual: 6 of 6 (100 %)
	// 5 points by Eve; days: 0 of the usual: undefined
}
