package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// someYears is what a team did in each of 200 weeks, with better and worse months.
func someYears() forecast.History {
	rng := rand.New(rand.NewPCG(7, 3))
	counts, pace := make([]int, 200), 6
	for i := range counts {
		if rng.IntN(8) == 0 {
			pace = 1 + rng.IntN(12)
		}
		counts[i] = rng.IntN(pace + 1)
	}
	return forecast.Items(counts...)
}

func ExampleWhen() {
	c, err := forecast.When(someYears(), forecast.ItemScope(40))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, confidence := range []float64{.5, .85, .95} {
		weeks, _ := c.Percentile(confidence)
		fmt.Printf("%.0f %%: within %d weeks\n", 100*confidence, weeks)
	}
	fmt.Println(c.Calibration)
	// Output:
	// 50 %: within 8 weeks
	// 85 %: within 23 weeks
	// 95 %: within 48 weeks
	// calibrated on 1892 past forecasts; 85 % held 83 % of 146 forecasts
}

func ExampleHowMany() {
	out, err := forecast.HowMany(someYears(), 6)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, confidence := range []float64{.5, .85, .95} {
		items, _ := out.Percentile(confidence)
		fmt.Printf("%.0f %%: at least %s items\n", 100*confidence, items)
	}
	// Output:
	// 50 %: at least 33 items
	// 85 %: at least 9 items
	// 95 %: at least 3 items
}

func ExampleCalibrate() {
	f, err := forecast.Calibrate(someYears(), forecast.CalibrateOptions{Changed: 60}) // another team since
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := f.When(forecast.ItemScope(40))
	if err != nil {
		fmt.Println(err)
		return
	}
	weeks, _ := c.Percentile(.85)
	out, err := f.HowMany(weeks)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("within", weeks, "weeks;", f.Coverage())
	fmt.Println(c.Within(weeks) == out.Probability(decimal.NewFromInt(40)))
	// Output:
	// within 20 weeks; 85 % held 87 % of 146 forecasts
	// true
}

func ExampleCalibrated_Record() {
	f, err := forecast.Calibrate(someYears(), forecast.CalibrateOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	record, err := f.Record(forecast.RecordOptions{Horizons: []int{4, 12}, Levels: []float64{.85}, Full: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range record.Rows {
		rate, _ := row.Rate()
		fmt.Printf("%s %2d: held %.0f %%, expected %.0f %%, loss %.2f, simple %.2f\n",
			row.Question, row.Horizon, 100*rate, 100*row.Expected, row.Pinball, row.PinballAll)
	}
	// Output:
	// how_many  4: held 83 %, expected 88 %, loss 0.14, simple 0.15
	// how_many 12: held 79 %, expected 86 %, loss 0.16, simple 0.16
	// when  4: held 80 %, expected 88 %, loss 0.56, simple 0.54
	// when 12: held 77 %, expected 86 %, loss 0.30, simple 0.27
}

func ExampleOutcomes() {
	day := func(n int) time.Time { return time.Date(2027, 3, n, 0, 0, 0, 0, time.UTC) }
	promises := []forecast.Promise{
		{Key: "checkout", Question: forecast.AskWhen, Made: day(1), Level: .85, Amount: decimal.NewFromInt(3), Until: day(15)},
		{Key: "this week", Question: forecast.AskHowMany, Made: day(1), Level: .85, Amount: decimal.NewFromInt(2), Until: day(7)},
	}
	done := []forecast.Done{
		{At: day(3), Amount: decimal.NewFromInt(1)},
		{At: day(9), Amount: decimal.NewFromInt(2)},
	}
	outcomes, err := forecast.Outcomes(promises, done, day(20))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, o := range outcomes {
		fmt.Println(o.Promise.Key, "was", o.Fate, "with", o.Came, "of", o.Promise.Amount)
	}
	for _, c := range forecast.KeptPromises(outcomes, day(20)) {
		fmt.Println(c)
	}
	// Output:
	// checkout was kept with 3 of 3
	// this week was broken with 1 of 2
	// 85 % held 50 % of 2 forecasts
}

// A fifth of the team left before the last four weeks: what was done before counts for less, but it counts.
func ExampleHistory_Resized() {
	h, err := forecast.Items(5, 4, 6, 5, 7, 3, 4, 3, 5, 4).Resized(6, decimal.RequireFromString("0.8"))
	fmt.Println(h, err)
	// Output: [4 3 5 4 6 2 4 3 5 4] <nil>
}

// The summers of this team are quiet: with the seasons of three years, the eight weeks of the next one are too.
func ExampleCalibrateOptions() {
	var weeks []int
	for i := range 3*52 + 26 {
		done := 8 + i%3
		if week := i % 52; week >= 26 && week < 34 {
			done = i % 3
		}
		weeks = append(weeks, done)
	}
	for _, o := range []forecast.CalibrateOptions{{}, {Year: 52}} {
		c, err := forecast.Calibrate(forecast.Items(weeks...), o)
		if err != nil {
			fmt.Println(err)
			return
		}
		out, err := c.HowMany(8)
		likely, _ := out.Percentile(.5)
		fmt.Println(likely, err)
	}
	// Output:
	// 75 <nil>
	// 19 <nil>
}

// Counts or points? Both, and cycle times, are asked what became of the team's own past.
func ExampleCompareMeasures() {
	var items []flow.Item
	monday := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for i := range 400 { // two or three of each week, of 1 to 8 points, which make no difference
		done := monday.AddDate(0, 0, 7*(i*2/5)+i*3%5)
		items = append(items, flow.Item{Started: done.AddDate(0, 0, -i%4), Done: done, Points: decimal.NewFromInt(int64(1 << (i * 7 % 4)))})
	}
	weeks := flow.Periods{WorkTime: flow.WorkTime{Working: flow.Weekdays()}, Days: 5}
	c, err := forecast.CompareMeasures(items, weeks, monday.AddDate(4, 0, 0))
	for _, score := range c.Scores {
		fmt.Printf("%s: CRPS %.3f, %s\n", score.Measure, score.CRPS, score.Coverage[2])
	}
	fmt.Println(c, err)
	// Output:
	// items: CRPS 0.001, 85 % held 100 % of 127 forecasts
	// points: CRPS 0.067, 85 % held 100 % of 127 forecasts
	// cycle_times: CRPS 0.047, 85 % held 87 % of 127 forecasts
	// items forecast better <nil>
}

func ExampleDistributionScore() {
	f, err := forecast.Calibrate(someYears(), forecast.CalibrateOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	record, err := f.Record(forecast.RecordOptions{Horizons: []int{4}, Levels: []float64{.85}, Full: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, score := range record.Distributions {
		fmt.Printf("%d forecasts of %d periods: CRPS %.2f, simple %.2f\n", score.Forecasts, score.Horizon, score.CRPS, score.CRPSAll)
	}
	// Output:
	// 146 forecasts of 4 periods: CRPS 0.41, simple 0.47
}

func ExampleMeasureDifference() {
	var items []flow.Item
	monday := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for i := range 400 { // points make no difference
		done := monday.AddDate(0, 0, 7*(i*2/5)+i*3%5)
		items = append(items, flow.Item{Done: done, Points: decimal.NewFromInt(int64(1 << (i * 7 % 4)))})
	}
	weeks := flow.Periods{WorkTime: flow.WorkTime{Working: flow.Weekdays()}, Days: 5}
	c, err := forecast.CompareMeasures(items, weeks, monday.AddDate(4, 0, 0))
	for _, one := range c.Differences {
		fmt.Printf("%s is worse than %s by %.2f: %v\n", one.Second, one.First, one.CRPS, one.Seen)
	}
	fmt.Println(err)
	// Output:
	// points is worse than items by 0.07: true
	// <nil>
}
