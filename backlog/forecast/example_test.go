package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
)

func ExampleWhenSimple() {
	lastWeeks := forecast.Items(1, 3, 5, 3, 7, 8, 0, 5)
	c, err := forecast.WhenSimple(lastWeeks, forecast.ItemScope(40))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, confidence := range []float64{.5, .85, .95} {
		weeks, _ := c.Percentile(confidence)
		fmt.Printf("%.0f %%: within %d weeks\n", 100*confidence, weeks)
	}
	// Output:
	// 50 %: within 10 weeks
	// 85 %: within 13 weeks
	// 95 %: within 14 weeks
}

func ExampleHowManySimple() {
	out, err := forecast.HowManySimple(forecast.Items(1, 3, 5, 3, 7, 8, 0, 5), 6)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, confidence := range []float64{.5, .85, .95} {
		items, _ := out.Percentile(confidence)
		fmt.Printf("%.0f %%: at least %s items\n", 100*confidence, items)
	}
	// Output:
	// 50 %: at least 24 items
	// 85 %: at least 17 items
	// 95 %: at least 14 items
}

func ExampleScope() {
	points := forecast.History{decimal.RequireFromString("20.5"), decimal.NewFromInt(18), decimal.NewFromInt(23)}
	c, err := forecast.WhenSimple(points, forecast.Scope{
		Low: decimal.NewFromInt(100), Likely: decimal.NewFromInt(120), High: decimal.NewFromInt(200),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for sprints, p := range c.All() {
		fmt.Printf("%d sprints: %4.1f %%\n", sprints, 100*p)
	}
	// Output:
	// 5 sprints:  1.5 %
	// 6 sprints: 25.2 %
	// 7 sprints: 33.2 %
	// 8 sprints: 23.3 %
	// 9 sprints: 13.1 %
	// 10 sprints:  3.6 %
	// 11 sprints:  0.1 %
	// 12 sprints:  0.0 %
}

func ExampleWhenGrowing() {
	done, found := forecast.Items(2, 4, 6), forecast.Items(0, 1, 3)
	c, err := forecast.WhenGrowing(done, forecast.ItemScope(30), found)
	if err != nil {
		fmt.Println(err)
		return
	}
	weeks, _ := c.Percentile(.85)
	fmt.Println("within", weeks, "weeks")
	// Output: within 14 weeks
}

func ExampleSchedule_Date() {
	s := forecast.Schedule{
		Start: time.Date(2026, 12, 14, 0, 0, 0, 0, time.UTC), Days: 10, // sprints of two weeks
		Working: flow.Weekdays(time.Date(2026, 12, 25, 0, 0, 0, 0, time.UTC)),
	}
	date, err := s.Date(2)
	fmt.Println(date.Format("Mon 2006-01-02"), err)
	// Output: Mon 2027-01-11 <nil>
}

func ExamplePlan() {
	plan := forecast.Plan{
		Teams: []forecast.PlanTeam{
			{Key: "app", History: forecast.Items(2, 3, 5, 4)},
			{Key: "data", History: forecast.Items(0, 6, 1, 3)},
		},
		Features: []forecast.PlanFeature{
			{Key: "expenses by category", Shares: []forecast.PlanShare{
				{Team: "app", Scope: forecast.ItemScope(9)},
				{Team: "data", Scope: forecast.ItemScope(4)},
			}},
			{Key: "monthly report", Shares: []forecast.PlanShare{{Team: "data", Scope: forecast.ItemScope(8)}}},
		},
	}
	before, err := plan.ForecastSimple()
	if err != nil {
		fmt.Println(err)
		return
	}
	cut, err := plan.WithCapacity("data", decimal.RequireFromString("0.5"))
	if err != nil {
		fmt.Println(err)
		return
	}
	after, err := cut.ForecastSimple()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, shift := range forecast.ComparePlans(before, after, .85) {
		fmt.Printf("%s: within %d sprints, with half of data within %d\n", shift.Key, shift.Before, shift.After)
	}
	// Output:
	// expenses by category: within 4 sprints, with half of data within 6
	// monthly report: within 8 sprints, with half of data within 13
}

// A team that learns does more in each period than in the one before: no convolution for that.
func ExampleSimulate() {
	learning := func(rng *rand.Rand) int {
		done, periods := 0, 0
		for done < 60 && periods <= forecast.MaxPeriods {
			done += rng.IntN(5) + periods/2
			periods++
		}
		return periods
	}
	c, err := forecast.Simulate(learning, 10_000, rand.NewPCG(1, 2))
	if err != nil {
		fmt.Println(err)
		return
	}
	weeks, _ := c.Percentile(.85)
	fmt.Println("within", weeks, "weeks")
	// Output: within 14 weeks
}

func ExampleHistory_Backtest() {
	h := forecast.Items(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4)
	report, err := h.Backtest(forecast.BacktestOptions{Horizon: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range report.HowMany {
		fmt.Printf("%.0f %%: %d of %d held, Brier %.2f\n", 100*c.Level, c.Held, c.Forecasts, c.Brier)
	}
	// Output:
	// 50 %: 7 of 9 held, Brier 0.23
	// 70 %: 7 of 9 held, Brier 0.17
	// 85 %: 7 of 9 held, Brier 0.18
	// 95 %: 9 of 9 held, Brier 0.00
}

func ExampleHistory_Statistics() {
	stats, err := forecast.Items(30, 35, 28, 32, 31).Statistics()
	if err != nil {
		fmt.Println(err)
		return
	}
	sd, _ := stats.SD(1)
	fmt.Println("mean", stats.Mean(1), "sd", sd, "from", stats.Min, "to", stats.Max)
	// Output: mean 31.2 sd 2.6 from 28 to 35
}

func ExampleFillSprints() {
	var items []decimal.Decimal
	for _, points := range []int64{5, 8, 8, 8, 8, 21} {
		items = append(items, decimal.NewFromInt(points))
	}
	plan, err := forecast.FillSprints(decimal.NewFromInt(20), items)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, s := range plan.Sprints {
		fmt.Println("sprint", i+1, "items", s.Items, "points", s.Points, "carried", s.Unused)
	}
	fmt.Println("larger than a sprint:", plan.Oversized)
	// Output:
	// sprint 1 items [0 1] points 13 carried 7
	// sprint 2 items [2 3 4] points 24 carried 3
	// sprint 3 items [5] points 21 carried 2
	// larger than a sprint: [5]
}

func ExampleStartCapacity() {
	one := decimal.NewFromInt(1)
	points, err := forecast.StartCapacity([]forecast.Member{
		{Role: forecast.MemberDeveloper, Share: one, DaysOff: decimal.NewFromInt(3)},
		{Role: forecast.MemberTester, Share: decimal.RequireFromString("0.5")},
		{Role: forecast.MemberProductOwner, Share: one},
	}, decimal.NewFromInt(8))
	fmt.Println(points, err)
	// Output: 9 <nil>
}

func ExampleEstimateTasks() {
	n := decimal.NewFromInt
	days, err := forecast.EstimateTasks(
		forecast.PERT{Optimistic: n(3), Likely: n(5), Pessimistic: n(10)},
		forecast.PERT{Optimistic: n(8), Likely: n(16), Pessimistic: n(40)},
	)
	low, high := days.Range(1, 1)
	fmt.Println(days.Mean(2), days.SD(2), low, high, err)
	// Output: 24.17 5.46 18.7 29.6 <nil>
}

func ExampleTrialRemaining() {
	left, err := forecast.TrialRemaining(forecast.Items(1, 3, 5), decimal.NewFromInt(10), []int{2, 0, 2})
	fmt.Println(left, err)
	// Output: [5 4 0] <nil>
}

func Example_invalid() {
	_, err := forecast.WhenSimple(forecast.Items(3, -1), forecast.ItemScope(5))
	fmt.Println(err)
	// Output: forecast: history[1] is "-1", want >= 0
}

func ExamplePool() {
	together, err := forecast.Pool(forecast.Items(1, 3), forecast.Items(0, 2))
	fmt.Println(together, err)
	// Output: [1 3 3 5] <nil>
}

func ExampleHistory_Validate() {
	fmt.Println(forecast.Items(0, 0).Validate())
	fmt.Println(forecast.History{decimal.NewFromInt(3), decimal.NewFromInt(-1)}.Validate())
	// Output:
	// forecast: throughput is zero in every period, never completes
	// forecast: history[1] is "-1", want >= 0
}

func ExampleOutput_Probability() {
	out, err := forecast.HowManySimple(forecast.Items(0, 1, 2), 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("at least 3 items: %.2f\n", out.Probability(decimal.NewFromInt(3)))
	// Output: at least 3 items: 0.33
}

func ExampleCompletion_Within() {
	c, err := forecast.WhenSimple(forecast.Items(0, 2), forecast.ItemScope(2))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("within 1, 2, 3 periods:", c.Within(1), c.Within(2), c.Within(3))
	// Output: within 1, 2, 3 periods: 0.5 0.75 0.875
}

func ExampleExactly() {
	points := forecast.Exactly(decimal.RequireFromString("12.5"))
	fmt.Println(points.Low, points.Likely, points.High)
	// Output: 12.5 12.5 12.5
}

func ExampleSchedule_Dates() {
	weeks := forecast.Schedule{
		Start: time.Date(2026, 12, 14, 0, 0, 0, 0, time.UTC), Days: 5, Working: flow.Weekdays(),
	}
	c, err := forecast.WhenSimple(forecast.Items(1, 2), forecast.ItemScope(3))
	if err != nil {
		fmt.Println(err)
		return
	}
	dates, err := weeks.Dates(c)
	for _, one := range dates {
		fmt.Println(one.Date.Format("Mon 2006-01-02"), one.Done)
	}
	fmt.Println(err)
	// Output:
	// Fri 2026-12-25 0.75
	// Fri 2027-01-01 1
	// <nil>
}

func ExampleBootstrap() {
	trial, err := forecast.Bootstrap(forecast.Items(2, 2, 2), decimal.NewFromInt(5))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("periods:", trial(rand.New(rand.NewPCG(1, 2))))
	// Output: periods: 3
}

func ExampleSpanSprints() {
	n := decimal.NewFromInt
	series, err := forecast.SpanSprints(n(15), []decimal.Decimal{n(10), n(20)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, s := range series.Sprints {
		fmt.Println("sprint", i+1, "items", s.Items, "left of the next", s.Open)
	}
	// Output:
	// sprint 1 items [0] left of the next 15
	// sprint 2 items [1] left of the next 0
}

func ExampleVelocity() {
	n := decimal.NewFromInt
	points, err := forecast.Velocity([]forecast.SprintItem{{Points: n(5), Done: true}, {Points: n(8)}})
	fmt.Println(points, err)
	// Output: 5 <nil>
}

func ExampleSprintsFor() {
	sprints, err := forecast.SprintsFor(decimal.NewFromInt(100), decimal.NewFromInt(30))
	fmt.Println(sprints, err)
	// Output: 4 <nil>
}

func ExamplePointsIn() {
	least, most, err := forecast.PointsIn(3, decimal.NewFromInt(25), decimal.NewFromInt(35))
	fmt.Println(least, most, err)
	// Output: 75 105 <nil>
}

// The velocity to expect when two of four people are away for a while.
func ExampleFocusFactor() {
	last, _ := forecast.PersonDays(4, 10, 0)
	factor, _ := forecast.FocusFactor(decimal.NewFromInt(24), decimal.NewFromInt(int64(last)), 2)
	next, _ := forecast.PersonDays(2, 10, 1)
	velocity, err := forecast.EstimatedVelocity(decimal.NewFromInt(int64(next)), factor)
	fmt.Println("focus factor", factor, "velocity", velocity, err)
	// Output: focus factor 0.6 velocity 10.8 <nil>
}

func ExamplePERT_Triangular() {
	n := decimal.NewFromInt
	mean, err := forecast.PERT{Optimistic: n(3), Likely: n(5), Pessimistic: n(10)}.Triangular(1)
	fmt.Println(mean, err)
	// Output: 6 <nil>
}
