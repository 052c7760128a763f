package backlog_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// A hypothesis is checked by the measure that was set beforehand, and its verdict stays on record.
func ExampleJudgeHypothesis() {
	s := newShop(backlog.Options{})
	n := decimal.NewFromInt
	due := s.at.AddDate(0, 3, 0)
	s.do(s.paula, backlog.SetFeatureMeasure{
		Feature: shopCheckout, Metric: roadmap.Metric{Name: "baskets paid", Unit: "%", Baseline: n(60), Target: roadmap.Absolute(n(66))}, To: due,
	})
	s.at = due
	fmt.Println("verdicts due:", len(s.OutcomesDue(due)))
	s.do(
		s.paula,
		backlog.MeasureFeature{Feature: shopCheckout, Value: n(64), At: due.AddDate(0, -1, 0)},
		backlog.MeasureFeature{Feature: shopCheckout, Value: n(67)},
		backlog.JudgeHypothesis{Feature: shopCheckout, Verdict: roadmap.Validated, Note: "one point more than hoped"},
	)
	feature, _ := s.Feature(shopCheckout)
	outcome := feature.Outcome.Value()
	fmt.Println(outcome.Progress(), outcome.Verdict, "by", outcome.By, "with", outcome.Measurements.Len(), "measurements")
	fmt.Println("verdicts due:", len(s.OutcomesDue(due)))
	// Output:
	// verdicts due: 1
	// 7 of 6 (117 %) validated by Paula with 2 measurements
	// verdicts due: 0
}

// A goal with key results: its score, who works on which, and what serves none.
func ExampleView_KeyResultCoverage() {
	s := newShop(backlog.Options{})
	n := decimal.NewFromInt
	fast, trusted := roadmap.KeyResultID{1}, roadmap.KeyResultID{2}
	s.do(
		s.paula,
		backlog.SetKeyResults{Goal: shopGoal, KeyResults: story.ListOf(
			roadmap.KeyResult{ID: fast, Title: "seconds to pay", Baseline: n(60), Target: n(30), Value: n(60)},
			roadmap.KeyResult{ID: trusted, Title: "audit passed", Target: n(1)},
		)},
		backlog.AssignFeatureKeyResult{Feature: shopCheckout, KeyResult: fast},
		backlog.MeasureKeyResult{Goal: shopGoal, KeyResult: fast, Value: n(39)},
	)
	goal, _ := s.Goal(shopGoal)
	score, _ := goal.Score(2)
	fmt.Println("score", score, roadmap.ScoreBandOf(score))
	for _, one := range s.KeyResultCoverage() {
		fmt.Println(len(one.Features), "features, stories", one.Stories)
	}
	for _, id := range s.Orphans() {
		orphan, _ := s.Story(id)
		fmt.Println(orphan.Title, "serves no goal")
	}
	// Output:
	// score 0.35 yellow
	// 1 features, stories 0 of 2 (0 %)
	// 0 features, stories undefined
	// Pay by invoice serves no goal
}

// A defect needs the steps that show it, no narrative; a host asks more of one kind.
func ExampleCheck_OnlyFor() {
	ready := append(backlog.DefaultReady(), backlog.CriterionCheck().OnlyFor(story.Defect),
		backlog.AnsweredCheck().Except(story.Spike))
	b, err := backlog.New(backlog.Options{Ready: ready})
	if err != nil {
		panic(err)
	}
	id, otto, at := story.ID{1}, backlog.As("Otto", backlog.ProductOwner), time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	if _, err := b.Execute(backlog.AddStory{Story: story.Story{ID: id, Title: "The sum is off by a cent", Details: story.ConstOf(story.Details{
		Kind: story.Defect, Description: "Pay 9.99 three times.",
	})}}, otto, at); err != nil {
		panic(err)
	}
	results, _ := b.Readiness(id)
	for _, result := range results {
		if !result.IsMet() {
			fmt.Println(result.Name+":", result.Missing)
		}
	}
	// Output:
	// estimate: an estimate by the team
	// criteria: at least one acceptance criterion
}

// A fifth of the sprint is kept for chores, and what that displaced is named.
func ExampleView_AllocatedFill() {
	s := newShop(backlog.Options{Ready: []backlog.Check{}})
	chore := story.ID{9}
	s.do(s.otto, backlog.AddStory{Story: story.Story{
		ID: chore, Title: "Renew the certificate", Team: "blue", Details: story.ConstOf(story.Details{Kind: story.Chore}),
	}})
	s.do(s.dana, backlog.EstimateStory{Story: chore, Estimate: story.Points(2)}, backlog.EstimateStory{Story: shopInvoice, Estimate: story.Points(2)})
	n := decimal.NewFromInt
	fill, err := s.AllocatedFill("blue", n(10), []roadmap.Allocation{{Kind: story.Chore, Percent: n(20)}}, s.at)
	if err != nil {
		panic(err)
	}
	names := func(ids []story.ID) (all []string) {
		for _, id := range ids {
			one, _ := s.Story(id)
			all = append(all, one.Title)
		}
		return all
	}
	fmt.Println(names(fill.Stories), fill.Points)
	fmt.Println("displaced:", names(fill.Displaced))
	for _, use := range fill.Used {
		fmt.Println(use.Kind, use.Points, "of", use.Kept)
	}
	// Output:
	// [Save a card Pay with a saved card Renew the certificate] 10
	// displaced: [Pay by invoice]
	// chore 2 of 2
}

// Whatever the allocations, no more is taken than there is, no kind gets less than it is kept for while it
// has stories that fit, and without allocations it is the plain fill.
func TestAllocatedFillLaws(t *testing.T) {
	n := decimal.NewFromInt
	for seed := range uint64(60) {
		d := newDice(seed)
		l := newLog(t, backlog.Options{Ready: []backlog.Check{}})
		kinds := []story.Kind{"", story.Chore, story.Defect}
		for i := range 12 {
			s := newStory(i)
			s.Details = story.ConstOf(story.Details{Kind: kinds[d.IntN(3)]})
			l.do(po, backlog.AddStory{Story: s})
			l.do(dev, backlog.EstimateStory{Story: s.ID, Estimate: story.Points(int64(1 + d.IntN(5)))})
		}
		capacity := n(int64(5 + d.IntN(20)))
		plain, err := l.AllocatedFill("", capacity, nil, start)
		require.NoError(t, err)
		require.Equal(t, l.SprintFill("", capacity, start).Stories, plain.Stories)
		require.Empty(t, plain.Displaced)

		fill, err := l.AllocatedFill("", capacity, []roadmap.Allocation{
			{Kind: story.Chore, Percent: n(int64(1 + d.IntN(50)))}, {Kind: story.Defect, Percent: n(int64(1 + d.IntN(50)))},
		}, start)
		require.NoError(t, err)
		require.LessOrEqual(t, fill.Points.Cmp(capacity), 0)
		sum := decimal.Zero
		for _, use := range fill.Used {
			sum = sum.Add(decimal.Max(use.Points, use.Kept))
		}
		others := fill.Points
		for _, use := range fill.Used {
			others = others.Sub(use.Points)
		}
		require.LessOrEqual(t, sum.Add(others).Cmp(capacity), 0, "what is kept is touched by nobody else")
	}
	b := newLog(t, backlog.Options{})
	for name, allocations := range map[string][]roadmap.Allocation{
		"twice":    {{Kind: "x", Percent: n(1)}, {Kind: "x", Percent: n(1)}},
		"nothing":  {{Kind: "x"}},
		"too much": {{Kind: "x", Percent: n(60)}, {Kind: "y", Percent: n(41)}},
		"unread":   {{Kind: "x", Percent: decimal.New(1, 1_000_000_000)}},
	} {
		_, err := b.AllocatedFill("", n(10), allocations, start)
		require.ErrorIs(t, err, field.ErrInvalid, name)
	}
	_, err := b.AllocatedFill("", decimal.New(1, 1_000_000_000), nil, start)
	require.ErrorIs(t, err, field.ErrInvalid)
}

// A measure is set while the feature is open, and a verdict rests on what was measured.
func TestOutcomes(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(pm, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(2), Title: "receipts", Goal: goalID(1)}})
	require.ErrorContains(t, l.Can(backlog.MeasureFeature{Feature: featureID(2)}, pm, l.At()), "set_feature_measure")
	l.do(pm, backlog.SetFeatureMeasure{Feature: featureID(2), Metric: newMetric(), From: start, To: start.AddDate(0, 1, 0)})
	require.ErrorContains(t, l.Can(backlog.JudgeHypothesis{Feature: featureID(2), Verdict: roadmap.Validated}, pm, l.At()), "measurements")
	require.NoError(t, l.Can(backlog.JudgeHypothesis{Feature: featureID(2), Verdict: roadmap.Inconclusive}, pm, l.At()))
	require.ErrorIs(t, l.Can(backlog.JudgeHypothesis{Feature: featureID(2)}, pm, l.At()), field.ErrInvalid)
	require.ErrorIs(t, l.Can(backlog.SetFeatureMeasure{Feature: featureID(2), Metric: newMetric(), From: start, To: start}, pm, l.At()), field.ErrInvalid)
	l.do(pm, backlog.DropFeature{Feature: featureID(2), Reason: "no"})
	require.ErrorIs(t, l.Can(backlog.SetFeatureMeasure{Feature: featureID(2), Metric: newMetric(), To: start}, pm, l.At()), backlog.ErrRule)
	require.Equal(t, []roadmap.FeatureID{featureID(1)}, l.OutcomesDue(start.AddDate(1, 0, 0)))

	// A key result that a feature serves stays, on every path.
	l.do(pm, backlog.AssignFeatureKeyResult{Feature: featureID(1), KeyResult: keyResultID(2)})
	require.ErrorContains(t, l.Can(backlog.SetKeyResults{Goal: goalID(1), KeyResults: keyResults(1)}, pm, l.At()), "serves it")
	require.Error(t, l.Can(l.reverse(backlog.Options{}, indexOf(l.events, "set_key_results")), pm, l.At()))
	require.ErrorIs(t, l.Can(backlog.AssignFeatureKeyResult{Feature: featureID(1), KeyResult: keyResultID(9)}, pm, l.At()), backlog.ErrNotFound)
	l.do(pm, backlog.AssignFeatureGoal{Feature: featureID(1)})
	feature, _ := l.Feature(featureID(1))
	require.True(t, feature.KeyResult.IsZero(), "another goal, another result")
	require.NoError(t, l.Can(backlog.SetKeyResults{Goal: goalID(1)}, pm, l.At()))
}
