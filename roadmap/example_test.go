package roadmap_test

import (
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// id makes an id that is the same in every run. A program calls uuid.New.
func id(n byte) uuid.UUID { return uuid.UUID{15: n} }

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func ExampleVision() {
	v := roadmap.Vision{
		Text:        "Everybody knows where the money goes",
		TargetGroup: "people who share a household",
		Needs:       "to see at once what is left this month",
	}
	fmt.Println(v.Validate())
	// Output: <nil>
}

// Slots that are still empty are named.
func ExampleStatement() {
	s := roadmap.Statement{
		For: "households", Who: "want to save", Product: "Purse", Category: "budget book",
		Benefit: "shows what is left", Unlike: "a spreadsheet",
	}
	_, err := s.Sentence()
	fmt.Println(err, s.Missing())
	s.Differentiation = "reads receipts"
	fmt.Println(s)
	// Output:
	// roadmap: statement.differentiation is "", want a text, to make a sentence of it [differentiation]
	// For households who want to save, the Purse is a budget book that shows what is left. Unlike a spreadsheet, our product reads receipts.
}

func checkoutGoal() roadmap.Goal {
	return roadmap.Goal{
		ID: roadmap.GoalID(id(1)), Title: "Check out fast",
		Start: date(2027, 1, 1), Due: date(2027, 4, 1),
		Metric: roadmap.Metric{
			Name: "median checkout time", Unit: "s", Baseline: decimal.NewFromInt(100),
			Target: roadmap.Relative(decimal.NewFromInt(-20)),
		},
		Measurements: []roadmap.Measurement{
			{At: date(2027, 2, 1), Value: decimal.NewFromInt(95)},
			{At: date(2027, 2, 15), Value: decimal.NewFromInt(90)},
		},
	}
}

func ExampleGoal() {
	g := checkoutGoal()
	fmt.Println(g.Validate())
	fmt.Println(g.Progress())
	fmt.Println(g.Actual())
	trend, ok := g.Trend()
	fmt.Println(trend, ok)
	// Output:
	// <nil>
	// 10 of 20 (50 %)
	// 90 true
	// improving true
}

// A copy of a goal shares its measurements; a clone does not.
func ExampleGoal_Clone() {
	g := checkoutGoal()
	clone := g.Clone()
	clone.Measurements[0].Value = decimal.Zero
	fmt.Println(g.Measurements[0].Value)
	// Output: 95
}

func ExampleMetric() {
	m := roadmap.Metric{
		Name: "paying users", Baseline: decimal.NewFromInt(500), Target: roadmap.Absolute(decimal.NewFromInt(500)),
	}
	fmt.Println(m.Validate())
	// Output: roadmap: metric.target is "500", want another value than the baseline, 500
}

// A target is a value or a change in percent; its text is what JSON and databases hold.
func ExampleTarget() {
	baseline := decimal.NewFromInt(250)
	for _, text := range []string{"80", "-20 %", "+20 %"} {
		var t roadmap.Target
		err := t.UnmarshalText([]byte(text))
		fmt.Println(t, t.Of(baseline), err)
	}
	// Output:
	// 80 80 <nil>
	// -20 % 200 <nil>
	// +20 % 300 <nil>
}

// Half of the way is done after a third of the time.
func ExampleGoal_AsOf() {
	g := checkoutGoal()
	fmt.Println(g.AsOf(date(2027, 1, 31)).Progress())
	fmt.Println(g.AsOf(date(2027, 2, 1)).Progress())
	fmt.Println(g.Progress())
	// Output:
	// 0 of 20 (0 %)
	// 5 of 20 (25 %)
	// 10 of 20 (50 %)
}

func ExampleTrack() {
	for _, at := range []time.Time{date(2027, 2, 10), date(2027, 2, 20)} {
		track, _ := checkoutGoal().Track(at)
		expected, _ := track.Expected.Percent(0)
		fmt.Println(track.Progress, expected, track.IsOnTrack())
	}
	// Output:
	// 5 of 20 (25 %) 44 false
	// 10 of 20 (50 %) 56 false
}

func ExampleProgress() {
	p := roadmap.Progress{Done: decimal.NewFromInt(13), Total: decimal.NewFromInt(21)}
	ratio, ok := p.Ratio(3)
	fmt.Println(p, ratio, ok, p.IsComplete())
	fmt.Println(roadmap.Progress{})
	// Output:
	// 13 of 21 (62 %) 0.619 true false
	// undefined
}

func ExampleFeature() {
	f := roadmap.Feature{
		ID: roadmap.FeatureID(id(1)), Title: "Pay by card", Goal: roadmap.GoalID(id(2)),
		Problem:    "half of the buyers have no cash",
		Hypothesis: "one in ten more baskets is paid",
		Size:       story.Points(40),
		Budget:     roadmap.Money{Amount: decimal.NewFromInt(9000), Currency: "EUR"},
		Spent:      roadmap.Money{Amount: decimal.NewFromInt(100), Currency: "USD"},
	}
	fmt.Printf("key %q\n", f.Key())
	for problem := range field.All(f.Validate()) {
		fmt.Println(problem.Field, "wants", problem.Want)
	}
	// Output:
	// key ""
	// feature.spent.currency wants that of the budget, EUR
}

func ExampleMoney() {
	price := roadmap.Money{Amount: decimal.RequireFromString("1200.50"), Currency: "EUR"}
	fmt.Println(price, price.Equal(roadmap.Money{Amount: decimal.RequireFromString("1200.5"), Currency: "EUR"}))
	fmt.Println(roadmap.Money{Amount: decimal.NewFromInt(1)}.Validate())
	// Output:
	// 1200.5 EUR true
	// roadmap: currency is "", want 1 to 500 bytes of text on one line
}

// A horizon is a column of the roadmap, with dates or without.
func ExampleHorizon() {
	now := roadmap.Horizon{ID: roadmap.HorizonID(id(1)), Name: "now"}
	spring := roadmap.Horizon{
		ID: roadmap.HorizonID(id(2)), Name: "spring", From: date(2027, 3, 1), To: date(2027, 6, 1),
	}
	may := roadmap.Horizon{
		ID: roadmap.HorizonID(id(3)), Name: "May", From: date(2027, 5, 1), To: date(2027, 6, 1),
	}
	fmt.Println(now.IsDated(), spring.Overlaps(now), spring.Overlaps(may))
	// Output: false false true
}

func ExampleRelease() {
	r := roadmap.Release{ID: roadmap.ReleaseID(id(1)), Name: "2.0", Date: date(2027, 3, 15), Status: roadmap.ReleasePlanned}
	fmt.Println(r.Name, r.Status, r.Validate())
	// Output: 2.0 planned <nil>
}

func spring() roadmap.Increment {
	return roadmap.Increment{
		ID: roadmap.IncrementID(id(1)), Name: "PI 7",
		Iterations: []roadmap.Iteration{
			{Name: "7.1", From: date(2027, 3, 1), To: date(2027, 3, 15)},
			{Name: "7.2", From: date(2027, 3, 15), To: date(2027, 3, 29)},
		},
		Objectives: []roadmap.IncrementObjective{
			{Title: "Cards are accepted", Team: "payments", Committed: true, Planned: 8, Actual: roadmap.Rated(8)},
			{Title: "Refunds in a day", Team: "payments", Planned: 5, Actual: roadmap.Rated(2)},
			{Title: "Search in German", Team: "search", Committed: true, Planned: 10, Actual: roadmap.Rated(4)},
		},
		Votes: []int{4, 3, 5, 2},
	}
}

// The value that was reached, against the value of the committed objectives.
func ExampleIncrement_Predictability() {
	i := spring()
	all, payments := i.Predictability(), i.Predictability("payments")
	fmt.Println(all, all.IsHealthy())
	fmt.Println(payments, payments.IsHealthy())

	i.Objectives[2].Actual = roadmap.BusinessValue{} // search is not rated yet
	fmt.Println(i.Predictability(), i.Objectives[2].Actual)
	// Output:
	// 14 of 18 (78 %) false
	// 10 of 8 (125 %) false
	// 10 of 8 (125 %), 2 of 3 objectives rated unrated
}

func ExampleIncrement() {
	i := spring()
	i.Iterations[1].From = date(2027, 3, 8)
	i.Objectives[0].Planned = 11
	fmt.Println(i.Validate())
	// Output:
	// roadmap: increment.iterations[1].from is "2027-03-08T00:00:00Z", want an instant not before the end of the iteration before
	// roadmap: increment.objectives[0].planned is "11", want 0 to 10
}

// A value of 0 is not the same as none.
func ExampleBusinessValue() {
	for _, value := range []roadmap.BusinessValue{roadmap.Rated(0), {}} {
		n, given := value.Int()
		fmt.Println(value, n, given)
	}
	// Output:
	// 0 0 true
	// unrated 0 false
}

func ExampleConfidence() {
	confidence, ok := spring().Confidence()
	mean, _ := confidence.Mean.Ratio(1)
	fmt.Println(mean, confidence.Passes(), confidence.LowVotes, ok)
	// Output: 3.5 true [2] true
}

// The score of an objective is that of its key results, weighted.
func ExampleObjective() {
	o := roadmap.Objective{
		ID: roadmap.ObjectiveID(id(1)), Title: "Buyers trust us",
		KeyResults: []roadmap.KeyResult{
			{Title: "complaints a week", Baseline: decimal.NewFromInt(40), Target: decimal.NewFromInt(10), Value: decimal.NewFromInt(25)},
			{Title: "audit passed", Target: decimal.NewFromInt(1), Value: decimal.NewFromInt(1)},
		},
	}
	score, err := o.Score(2)
	fmt.Println(score, roadmap.ScoreBandOf(score), err)
	// Output: 0.75 green <nil>
}

func ExampleKeyResult() {
	k := roadmap.KeyResult{
		Title: "complaints a week", Baseline: decimal.NewFromInt(40), Target: decimal.NewFromInt(10), Value: decimal.NewFromInt(25),
	}
	fmt.Println(k.Progress())
	// Output: 15 of 30 (50 %)
}

// An insight is what somebody learned, and what it bears on.
func ExampleInsight() {
	i := roadmap.Insight{
		ID: roadmap.InsightID(id(1)), Text: "they type their card every week", Source: roadmap.SourceInterview, Strength: 11,
		About: story.ListOf(roadmap.AboutFeature(roadmap.FeatureID(id(2))), roadmap.AboutGoal(roadmap.GoalID(id(3)))),
	}
	fmt.Println(i.Validate())
	// Output: roadmap: insight.strength is "11", want 0 to 10
}

// A subject is one thing that can be talked about.
func ExampleSubject() {
	about := roadmap.AboutStory(story.ID(id(1)))
	fmt.Println(about, about.IsZero(), about.Compare(roadmap.AboutIncrement(roadmap.IncrementID(id(1)))))
	fmt.Println(roadmap.Subject{}.Validate())
	// Output:
	// story "00000000-0000-0000-0000-000000000001" false 1
	// roadmap: about is "nothing", want one goal, increment, feature or story
}

// A proposal that was declined has an answer.
func ExampleProposal() {
	p := roadmap.Proposal{
		ID: roadmap.ProposalID(id(1)), Story: story.Story{ID: story.ID(id(1)), Title: "Order by fax"},
		By: "Stan", At: date(2027, 1, 1), Status: roadmap.ProposalDeclined,
		Answer: roadmap.Answer{Text: "one order in a year came by fax", By: "Otto", At: date(2027, 1, 2)},
	}
	fmt.Println(p.Title(), p.IsStory(), p.Status, p.Validate())
	// Output: Order by fax true declined <nil>
}

// A risk that somebody sees to has an owner.
func ExampleRisk() {
	r := roadmap.Risk{ID: roadmap.RiskID(id(1)), Title: "the bank is late", Likelihood: 4, Impact: 3, Status: roadmap.RiskOwned}
	fmt.Println(r.Validate())
	// Output: roadmap: risk.owner is "", want who sees to a risk that is owned
}

// The outcome of a hypothesis: a measure that was set beforehand, what was measured, and the verdict.
func ExampleOutcome() {
	o := roadmap.Outcome{
		Metric: roadmap.Metric{Name: "baskets paid", Unit: "%", Baseline: decimal.NewFromInt(60), Target: roadmap.Absolute(decimal.NewFromInt(66))},
		To:     date(2027, 6, 1), Verdict: roadmap.Validated, By: "Paula", At: date(2027, 6, 1),
	}
	fmt.Println(o.Validate())
	o.Measurements = story.ListOf(roadmap.Measurement{At: date(2027, 5, 1), Value: decimal.NewFromInt(69)})
	fmt.Println(o.Progress(), o.Verdict, o.Validate(), o.Equal(roadmap.Outcome{}), o.Metric.Equal(roadmap.Metric{}))
	// Output:
	// roadmap: measurements is "", want one at least, for a hypothesis that is validated
	// 9 of 6 (150 %) validated <nil> false false
}

// An impediment is what holds work up and is no item; its time counts until it is resolved.
func ExampleImpediment() {
	monday := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	legal := roadmap.Impediment{
		ID: roadmap.ImpedimentID{1}, Title: "The lawyers have to agree", By: "Dana", At: monday,
		About: story.ListOf(roadmap.AboutStory(story.ID{1})),
	}
	fmt.Println(legal.IsOpen(), legal.Lasted(monday.Add(5*time.Hour)), legal.Validate())
	legal.Resolution = roadmap.Answer{Text: "They agreed.", By: "Otto", At: monday.Add(48 * time.Hour)}
	fmt.Println(legal.IsOpen(), legal.Lasted(monday.AddDate(0, 1, 0)), legal.Validate())
	// Output:
	// true 5h0m0s <nil>
	// false 48h0m0s <nil>
}
