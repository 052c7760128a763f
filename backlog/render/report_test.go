package render_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// monday is a product as it was on a Monday, and as it is a week later.
func monday() (since, now *backlog.View) {
	b, err := backlog.New(backlog.Options{Ready: []backlog.Check{}})
	if err != nil {
		panic(err)
	}
	at := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	uma := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	do := func(changes ...backlog.Change) {
		for _, change := range changes {
			if _, err := b.Execute(change, uma, at); err != nil {
				panic(err)
			}
		}
	}
	n := decimal.NewFromInt
	goal, feature, save := roadmap.GoalID{1}, roadmap.FeatureID{1}, story.ID{1}
	do(
		backlog.SetVision{Vision: roadmap.Vision{Text: "Nobody waits at the checkout."}},
		backlog.AddGoal{Goal: roadmap.Goal{
			ID: goal, Title: "Checkout in 30 seconds", Start: at, Due: at.AddDate(0, 0, 28),
			Metric: roadmap.Metric{Name: "median time", Unit: "s", Baseline: n(60), Target: roadmap.Absolute(n(30))},
		}},
		backlog.PursueGoal{Goal: goal},
		backlog.AddFeature{Feature: roadmap.Feature{ID: feature, Title: "One-click checkout", Goal: goal}},
		backlog.SetBudget{Feature: feature, Budget: roadmap.Money{Amount: n(9000), Currency: "EUR"}},
		backlog.SetFeatureMeasure{
			Feature: feature, To: at.AddDate(0, 0, 5),
			Metric: roadmap.Metric{Name: "baskets paid", Unit: "%", Baseline: n(60), Target: roadmap.Absolute(n(66))},
		},
		backlog.AddStory{Story: story.Story{ID: save, Title: "Save a card", Feature: feature, Team: "blue"}},
		backlog.EstimateStory{Story: save, Estimate: story.Points(3)},
	)
	before := b.Clone()
	at = at.AddDate(0, 0, 7)
	do(
		backlog.MeasureGoal{Goal: goal, Value: n(54)},
		backlog.RecordCost{Feature: feature, Cost: roadmap.Money{Amount: n(700), Currency: "EUR"}},
		backlog.ProposeFeature{Feature: roadmap.Feature{ID: roadmap.FeatureID{2}, Title: "Club accounts"}},
		backlog.AddRisk{Risk: roadmap.Risk{ID: roadmap.RiskID{1}, Title: "The bank changes its interface", Likelihood: 4, Impact: 3}},
		backlog.AskQuestion{Question: backlog.Question{
			ID: backlog.QuestionID{1}, About: roadmap.AboutStory(save), Text: "Cards of which banks?", To: backlog.ProductOwner,
		}},
		backlog.SetStoryStatus{Story: save, To: story.Ready},
		backlog.RaiseImpediment{Impediment: roadmap.Impediment{
			ID: roadmap.ImpedimentID{1}, Title: "The lawyers have to agree", Owner: "Otto", About: story.ListOf(roadmap.AboutStory(save)),
		}},
	)
	return before.View(), b.View()
}

func promisesOfMonday() []forecast.Outcome {
	made := time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	outcomes, err := forecast.Outcomes([]forecast.Promise{{
		Key: "saved cards", Question: forecast.AskWhen, Made: made, Level: .85, Amount: decimal.NewFromInt(1), Until: made.AddDate(0, 0, 21),
	}}, nil, time.Date(2027, 3, 8, 9, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	return outcomes
}

// The product manager's Monday: a page for leadership.
func ExampleReport() {
	since, now := monday()
	fmt.Print(render.Report(since, now, render.ReportOptions{At: now.At(), Forecasts: promisesOfMonday()}))
	// Output:
	// # Report of 2027-03-08
	//
	// Since 2027-03-01.
	//
	// ## Goals
	//
	// - Checkout in 30 seconds (active; due 2027-03-29; median time from 60 to 30 s, now 54 (20 %); 0 of 1 stories (0 %), 0 of 3 points (0 %); behind)
	//
	// ## Benefits
	//
	// - [ ] One-click checkout (baskets paid from 60 to 66 \%; a verdict was due on 2027-03-06)
	//
	// ## Overdue
	//
	// ## What changed
	//
	// - goal "Checkout in 30 seconds"\: actual none -&gt; 54 (1 measurements)
	// - feature "One-click checkout"\: spent none -&gt; 700 EUR
	// - proposal "Club accounts"\: added
	// - question "Cards of which banks?"\: added
	// - risk "The bank changes its interface"\: added
	// - impediment "The lawyers have to agree"\: added
	//
	// ## Promises
	//
	// Of 1 promise given with 85 %, kept: 0.
	//
	// - [ ] saved cards by 2027-02-22 (85 %, given on 2027-02-01; broken: 0 came)
	//
	// ## Risks
	//
	// - The bank changes its interface (likely; moderate; open; nobody sees to it)
	//
	// ## Money
	//
	// - Checkout in 30 seconds (planned 9000 EUR; spent 700 EUR)
	//
	// ## Decisions owed
	//
	// - Club accounts (proposed by Uma; on 2027-03-08)
	// - One-click checkout (its benefit waits for a verdict)
}

// What waits for whom, for the team.
func ExampleTeamReport() {
	since, now := monday()
	fmt.Print(render.TeamReport(since, now, render.ReportOptions{At: now.At().Add(26 * time.Hour), Team: "blue"}))
	// Output:
	// # Team report of 2027-03-09
	//
	// Since 2027-03-01.
	//
	// ## What changed
	//
	// - story "Save a card"\: status draft -&gt; ready
	//
	// ## Work in progress
	//
	// ## Overdue
	//
	// ## Waiting for other work
	//
	// - Save a card (held by The lawyers have to agree)
	//
	// ## Impediments
	//
	// - The lawyers have to agree (open for 26h0m0s; seen to by Otto)
	//
	// ## Waiting for acceptance
	//
	// ## Waiting for answers
	//
	// - Cards of which banks? (asked by Uma; waits for the product owner; for 26h0m0s)
	//
	// The product owner: 1 open for 26h0m0s altogether, 0 answered.
}

func ExampleRiskMarkdown() {
	_, now := monday()
	fmt.Print(render.RiskMarkdown(now))
	// Output:
	// # Risks
	//
	// | | negligible | minor | moderate | major | severe |
	// |---|---|---|---|---|---|
	// | almost certain | | | | | |
	// | likely | | | 1 | | |
	// | possible | | | | | |
	// | unlikely | | | | | |
	// | rare | | | | | |
	//
	// ## Not rated
	//
	// ## Without an owner
	//
	// - The bank changes its interface (open)
}

// Every figure of a report comes from a query: whoever asks the queries for theirs finds each of them.
func TestReportFigures(t *testing.T) {
	number := regexp.MustCompile(`[0-9]+([.,][0-9]+)?`)
	since, now := monday()
	at := now.At().Add(26 * time.Hour)
	known := []string{since.At().Format(time.DateOnly), at.Format(time.DateOnly)}
	for goal := range now.Goals() {
		progress, _ := now.GoalProgress(goal.ID)
		percent, _ := goal.Progress().Percent(0)
		stories, _ := progress.Stories.Percent(0)
		points, _ := progress.Points.Percent(0)
		actual, _ := goal.Actual()
		known = append(known, goal.Title, goal.Due.Format(time.DateOnly), percent.String(), stories.String(), points.String(), actual.String(),
			goal.Metric.Baseline.String(), goal.Metric.Target.Of(goal.Metric.Baseline).String(),
			progress.Stories.String(), progress.Points.String())
		for _, budget := range now.Budgets(goal.ID) {
			known = append(known, budget.Planned.String(), budget.Spent.String())
		}
	}
	for feature := range now.Features() {
		outcome := feature.Outcome.Value()
		known = append(known, outcome.To.Format(time.DateOnly), outcome.Metric.Baseline.String(), outcome.Metric.Target.String())
	}
	for _, one := range diff.Between(since, now) {
		known = append(known, one.String())
	}
	for _, c := range forecast.KeptPromises(promisesOfMonday(), at) {
		known = append(known, fmt.Sprint(c.Forecasts, " ", c.Held, " ", 100*c.Level))
	}
	for _, o := range promisesOfMonday() {
		known = append(known, o.Promise.Made.Format(time.DateOnly), o.Promise.Until.Format(time.DateOnly), o.Came.String())
	}
	for p := range now.Proposals() {
		known = append(known, p.At.Format(time.DateOnly))
	}
	for i := range now.Impediments() {
		known = append(known, i.Lasted(at).String())
	}
	for q := range now.Questions() {
		known = append(known, at.Sub(q.At).String())
	}
	for _, one := range now.AnswerTimes(at) {
		known = append(known, fmt.Sprint(one.Open, one.Answered, one.Waiting, one.Median))
	}
	feature, goal := roadmap.FeatureID{1}, roadmap.GoalID{1}
	events := []backlog.Event{
		{Seq: since.Seq(), At: at, By: backlog.As("Uma"), Change: backlog.DropFeature{Feature: feature, Reason: "so it was before"}},
		{Seq: since.Seq() + 1, At: at, By: backlog.As("Uma"), Change: backlog.AssignFeatureHorizon{Feature: feature, Reason: "31 | shops\n# want it"}},
		{Seq: now.Seq(), At: at, By: backlog.As("Uma"), Change: backlog.RelateStories{Relation: backlog.Relation{Story: story.ID{1}, Reason: "too slow"}}, Note: "unread"},
	}
	completion := forecast.Completion{First: 2, Done: []float64{.4, .6, .9}}
	for _, level := range []float64{.5, .85, .95} {
		n, _ := completion.Percentile(level)
		known = append(known, fmt.Sprint(100*level, " ", n))
	}
	known = append(known, events[1].Reason())
	figures := number.FindAllString(strings.Join(known, " "), -1)
	options := render.ReportOptions{
		At: at, Forecasts: promisesOfMonday(), Events: events, Ranges: map[roadmap.GoalID]forecast.Completion{goal: completion},
	}
	leadership, team := render.Report(since, now, options), render.TeamReport(since, now, options)
	require.Contains(t, leadership, "50 % within 3 periods; 85 % within 4 periods; 95 % is not foreseen")
	require.Contains(t, leadership, "- Why\\: 31 \\| shops \\# want it (assign feature horizon; One-click checkout; by Uma; on 2027-03-09)\n")
	require.NotContains(t, leadership, "so it was")
	require.NotContains(t, leadership, "too slow")
	require.Contains(t, team, "- Why\\: too slow (relate stories; Save a card; by Uma; on 2027-03-09)\n")
	options.When = func(periods int) string { return fmt.Sprintf("week %d", periods) }
	require.Contains(t, render.Report(since, now, options), "50 % by week 3; ")
	for _, text := range []string{render.Report(since, now, options), render.TeamReport(since, now, options)} {
		for _, figure := range number.FindAllString(text, -1) {
			require.True(t, slices.Contains(figures, figure), "%s is the figure of no query:\n%s", figure, text)
		}
	}
}

// The sections are always the same, whatever there is to report.
func TestReportSections(t *testing.T) {
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	since, now := monday()
	headings := func(text string) []string { return regexp.MustCompile(`(?m)^## .*$`).FindAllString(text, -1) }
	require.Equal(t, headings(render.Report(b.View(), b.View(), render.ReportOptions{})), headings(render.Report(since, now, render.ReportOptions{})))
	require.Equal(t, headings(render.TeamReport(b.View(), b.View(), render.ReportOptions{})), headings(render.TeamReport(since, now, render.ReportOptions{})))
}
