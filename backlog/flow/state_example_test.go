package flow_test

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

// someMoves is what a tracker has of three stories: one is done, one waits for review, one is worked on.
func someMoves() flow.Past {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	return flow.Past{
		States: flow.StatesOf(story.DefaultWorkflow()),
		Items: []flow.StateHistory{
			{Key: "PAY-1", Stays: []flow.Stay{
				{State: story.Ready, From: march(2), To: march(4)},
				{State: story.InProgress, From: march(4), To: march(6)},
				{State: story.InReview, From: march(6), To: march(10)},
				{State: story.Accepted, From: march(10)},
			}},
			{Key: "PAY-2", Stays: []flow.Stay{
				{State: story.InProgress, From: march(5), To: march(9)}, {State: story.InReview, From: march(9)},
			}},
			{Key: "PAY-3", Stays: []flow.Stay{{State: story.InProgress, From: march(3)}}},
		},
	}
}

func ExamplePast_TimeInState() {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	times, err := someMoves().TimeInState(flow.WorkTime{Working: flow.Weekdays()}, now)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range times {
		if t.Seconds > 0 {
			fmt.Println(t.Name, t.Seconds/3600, "hours,", t.Now, "now")
		}
	}
	most, _ := flow.Bottleneck(times)
	fmt.Println("most time goes into", most.Name)
	// Output:
	// ready 48 hours, 0 now
	// in_progress 264 hours, 1 now
	// in_review 120 hours, 1 now
	// accepted 48 hours, 1 now
	// most time goes into in_progress
}

func ExamplePast_FlowEfficiency() {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	e, err := someMoves().FlowEfficiency(flow.WorkTime{}, now)
	share, _ := e.Share(2)
	fmt.Println("worked on for", share, "of the time, on", e.Items, "item", err)
	// Output: worked on for 0.25 of the time, on 1 item <nil>
}

func ExamplePast_Queue() {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	queue, err := someMoves().Queue(story.InReview, flow.WorkTime{}, now)
	for _, q := range queue {
		fmt.Println(q.Key, "waits for the product owner since", q.Since.Format(time.DateOnly), err)
	}
	// Output: PAY-2 waits for the product owner since 2026-03-09 <nil>
}

func ExamplePast_Aging() {
	now := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	aging, err := someMoves().Aging([]float64{.5, .85}, flow.WorkTime{}, now)
	for _, item := range aging.Items {
		fmt.Println(item.Key, item.State, item.Age, "days old, above", item.Above, err)
	}
	// Output:
	// PAY-3 in_progress 10 days old, above 0.85 <nil>
	// PAY-2 in_review 8 days old, above 0.85 <nil>
}

func ExamplePast_StateFlow() {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	picture, err := someMoves().StateFlow(flow.WorkTime{}, march(5), march(7))
	for i, d := range picture.Days {
		fmt.Println(d.Day.Format(time.DateOnly), d.Counts, "load", picture.Load(i), err)
	}
	// Output:
	// 2026-03-05 [0 0 3 0 0 0] load 3 <nil>
	// 2026-03-06 [0 0 2 1 0 0] load 3 <nil>
	// 2026-03-07 [0 0 2 1 0 0] load 3 <nil>
}

func ExamplePastFromEvents() {
	past, err := flow.PastFromEvents(recordedWith, backlog.Recorded(recorded()))
	for _, stay := range past.Items[0].Stays {
		fmt.Println(stay.From.Format(time.DateOnly), stay.State, err)
	}
	// Output:
	// 2026-03-02 draft <nil>
	// 2026-03-02 ready <nil>
	// 2026-03-03 in_progress <nil>
	// 2026-03-04 in_review <nil>
	// 2026-03-04 accepted <nil>
}

func ExampleServiceLevel() {
	first := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var items []flow.Item
	for i := range 40 {
		started := first.AddDate(0, 0, i)
		items = append(items, flow.Item{Started: started, Done: started.AddDate(0, 0, i*7%10)})
	}
	e, err := flow.ServiceLevel(items, .85, flow.WorkTime{}, first.AddDate(0, 0, 60))
	fmt.Println("85 % within", e.Days, "days; held", e.Held, "of", e.Forecasts, "times", err)
	// Output: 85 % within 9 days; held 21 of 26 times <nil>
}

func ExampleCycleTimes() {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	items := []flow.Item{{Key: "PAY-1", Started: march(6), Done: march(9)}}
	times, err := flow.CycleTimes(items, flow.WorkTime{Working: flow.Weekdays()}, march(10))
	fmt.Println(times[0].Key, "took", times[0].Days, "working days", err)
	// Output: PAY-1 took 2 working days <nil>
}

func ExampleCheckLittle() {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	items := []flow.Item{{Started: march(2), Done: march(4)}, {Started: march(3)}, {Started: march(5)}}
	c, err := flow.CheckLittle(items, flow.WorkTime{}, march(2), march(8), 10)
	for _, condition := range c.Conditions {
		fmt.Println(condition.Holds, condition.Name, "-", condition.Was)
	}
	fmt.Println(c.WIP(1), "in progress on average", err)
	// Output:
	// false as much is begun as is done - 3 begun, 1 done
	// false the work in progress stays as much - 0 before, 2 after
	// true the work in progress does not age - 0 days old on average before, 5 after
	// false throughput times cycle time is the work in progress - 1.9 on average, 0.4 by the law
	// 1.9 in progress on average <nil>
}
