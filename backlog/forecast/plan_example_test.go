package forecast_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// shop is a plan of two teams: app works on two features at once, and the report waits for the import.
func shop() forecast.Plan {
	work := func(team string, items int) []forecast.PlanShare {
		return []forecast.PlanShare{{Team: team, Scope: forecast.ItemScope(items)}}
	}
	return forecast.Plan{
		Teams: []forecast.PlanTeam{
			{Key: "app", History: forecast.Items(2, 3, 5, 4, 3, 1, 4, 6), WIP: 2},
			{Key: "data", History: forecast.Items(0, 6, 1, 3, 2, 4, 3, 1)},
		},
		Features: []forecast.PlanFeature{
			{Key: "search", Shares: work("app", 6)},
			{Key: "import", Shares: work("data", 5)},
			{Key: "sharing", Shares: work("app", 4)},
			{Key: "export", Shares: work("data", 4), Needs: []string{"import"}},
			{Key: "spring release", Needs: []string{"search", "export"}},
		},
	}
}

// Features at once, features that need one another and a release, without sampling: no feature waits for another team.
func ExamplePlan_Forecast() {
	forecasts, err := shop().Forecast()
	for _, f := range forecasts {
		k, _ := f.Completion.Percentile(.85)
		fmt.Printf("%s: within %d weeks\n", f.Key, k)
	}
	fmt.Println(forecasts[0].Completion.Calibration.Model, err)
	// Output:
	// search: within 4 weeks
	// import: within 4 weeks
	// sharing: within 3 weeks
	// export: within 7 weeks
	// spring release: within 8 weeks
	// calibrated by team, not backtested as a whole <nil>
}

// The report of the app team waits for the import of the data team: that is simulated.
func ExamplePlan_Simulate() {
	plan := shop()
	plan.Features = append(plan.Features, forecast.PlanFeature{
		Key: "report", Needs: []string{"import"}, Shares: []forecast.PlanShare{{Team: "app", Scope: forecast.ItemScope(3)}},
	})
	_, err := plan.Forecast()
	fmt.Println(err)
	forecasts, err := plan.Simulate(2000, rand.NewPCG(1, 2))
	k, _ := forecasts[5].Completion.Percentile(.85)
	fmt.Printf("report: within %d weeks %v\n", k, err)
	// Output:
	// forecast: not exact, want a simulation: feature "report" waits for one of another team
	// report: within 7 weeks <nil>
}

// What must go so that the rest is done by the end of March with 85 %?
func ExamplePlan_Cuts() {
	weeks := forecast.Schedule{Start: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), Days: 5, Working: flow.Weekdays()}
	k, err := weeks.Periods(time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC))
	fmt.Println(k, "weeks", err)
	cuts, err := shop().Cuts(k, .85)
	fmt.Printf("all: %.0f %%, the rest: %.0f %% %v\n", 100*cuts.Whole, 100*cuts.Rest, err)
	for _, cut := range cuts.Leaving {
		fmt.Printf("%s leaves: with it %.0f %%\n", cut.Key, 100*cut.Within)
	}
	// Output:
	// 4 weeks <nil>
	// all: 53 %, the rest: 85 % <nil>
	// sharing leaves: with it 78 %
	// export leaves: with it 58 %
	// spring release leaves: with it 58 %
}

// Cuts of a plan in which teams wait for each other are simulated.
func ExamplePlan_SimulateCuts() {
	plan := shop()
	plan.Features[0].Needs = []string{"import"}
	cuts, err := plan.SimulateCuts(6, .85, 1000, rand.NewPCG(1, 2))
	for _, cut := range cuts.Leaving {
		fmt.Println(cut.Key, "leaves")
	}
	fmt.Println(err)
	// Output:
	// search leaves
	// export leaves
	// spring release leaves
	// <nil>
}

// Two teams share one backlog since a month ago, when the second was formed.
func ExampleTogether() {
	h, err := forecast.Together(forecast.Items(4, 2, 5, 3, 4, 6), forecast.Items(1, 3, 3, 2))
	fmt.Println(h, err)
	// Output: [4 2 6 6 7 8] <nil>
}

// Of a feature eight stories were found, and three are done. Three finished features were as large or larger.
func ExampleScopeLike() {
	finished := []decimal.Decimal{d("5"), d("9"), d("14"), d("8"), d("6")}
	left, err := forecast.ScopeLike(finished, d("8"), d("3"))
	fmt.Println(left.Scope.Sizes, left.Alike, err)
	c, err := forecast.When(forecast.Items(2, 3, 5, 4, 3, 1, 4, 6), left.Scope)
	weeks, _ := c.Percentile(.85)
	fmt.Println(weeks, "weeks", err)
	// Output:
	// [6 11 5] 3 <nil>
	// 4 weeks <nil>
}

func ExampleSchedule_Periods() {
	sprints := forecast.Schedule{Start: time.Date(2027, 1, 4, 0, 0, 0, 0, time.UTC), Days: 10, Working: flow.Weekdays()}
	n, err := sprints.Periods(time.Date(2027, 2, 28, 0, 0, 0, 0, time.UTC))
	fmt.Println(n, "sprints", err)
	// Output: 4 sprints <nil>
}

// What does it cost to put sharing first, or to give up the search?
func ExampleComparePlans() {
	before, _ := shop().Forecast()
	first, err := shop().WithFeatureAt("sharing", 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := first.WithoutFeature("spring release")
	if err != nil {
		fmt.Println(err)
		return
	}
	if plan, err = plan.WithoutFeature("search"); err != nil {
		fmt.Println(err)
		return
	}
	after, _ := plan.Forecast()
	for _, one := range forecast.ComparePlans(before, after, .85) {
		if later, ok := one.Delta(); ok {
			fmt.Println(one.Key, later)
		}
	}
	// Output:
	// import 0
	// sharing -1
	// export 0
}

// Work that is found as fast as it is done may never end.
func ExampleCompletion_Beyond() {
	c, err := forecast.WhenGrowing(forecast.Items(1), forecast.ItemScope(3), forecast.Items(0, 2, 2))
	fmt.Printf("%.1f %% never %v\n", 100*c.Beyond(), err)
	// Output: 87.5 % never <nil>
}

// A forecast states what it has learnt from.
func ExampleCalibrated_Calibration() {
	c, err := forecast.Calibrate(forecast.Items(4, 7, 0, 5, 6, 3, 8, 4, 2, 5), forecast.CalibrateOptions{})
	fmt.Println(c.Calibration(), err)
	_, ok := c.Coverage().Rate()
	fmt.Println("enough to tell:", ok)
	// Output:
	// calibrated, widened on 36 past forecasts; no forecast at 85 % is old enough to check <nil>
	// enough to tell: false
}
