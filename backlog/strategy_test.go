package backlog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// A feature is part of a capability, the capability of an epic: a story is traced up to it, and the progress of
// its stories rolls up.
func ExampleView_EpicProgress() {
	s := newShop(backlog.Options{})
	payments, cards := roadmap.EpicID{1}, roadmap.EpicID{2}
	s.do(s.paula,
		backlog.AddEpic{Epic: roadmap.Epic{ID: payments, Title: "Payments for everybody", Level: roadmap.LevelEpic}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: cards, Title: "Cards", Level: roadmap.LevelCapability, Parent: payments}},
		backlog.AssignFeatureEpic{Feature: shopCheckout, Epic: cards},
	)
	s.review()
	s.do(s.otto, backlog.AcceptStory{Story: shopSave})
	progress, _ := s.EpicProgress(payments)
	fmt.Println(progress.Points)
	trace, _ := s.TraceStory(shopSave)
	fmt.Println(trace.Story.Title, "<", trace.Feature.Title, "<", trace.Capability.Title, "<", trace.Epic.Title)
	// Output:
	// 3 of 8 (38 %)
	// Save a card < One-click checkout < Cards < Payments for everybody
}

// Golden case hier-002: Epic > Capability > Feature > Story, of which the first two are optional; golden case
// hier-001, the levels of Jira: nothing is part of what is on its own level or below it. What is optional can be
// made no longer so by a rule.
func TestLevels(t *testing.T) {
	l := product(t, backlog.Options{})
	epic := func(n int, level roadmap.Level, parent int) backlog.AddEpic {
		e := roadmap.Epic{ID: epicID(n), Title: "more", Level: level}
		if parent > 0 {
			e.Parent = epicID(parent)
		}
		return backlog.AddEpic{Epic: e}
	}
	for level, rank := range map[roadmap.Level]int{roadmap.LevelCapability: 0, roadmap.LevelEpic: 1} {
		require.Equal(t, rank, int(level)-1, "higher levels come later")
	}
	l.do(pm, epic(2, roadmap.LevelCapability, 1), epic(3, roadmap.LevelCapability, 0))
	for name, change := range map[string]backlog.Change{
		"an epic under an epic":            epic(9, roadmap.LevelEpic, 1),
		"an epic under a capability":       epic(9, roadmap.LevelEpic, 2),
		"a capability under a capability":  epic(9, roadmap.LevelCapability, 2),
		"a capability moved under another": backlog.EditEpic{Epic: epicID(3), Parent: backlog.Set(epicID(2))},
		"an epic moved under itself":       backlog.EditEpic{Epic: epicID(1), Parent: backlog.Set(epicID(1))},
		"no level":                         epic(9, 0, 0),
		"an epic with parts taken out":     backlog.RemoveEpic{Epic: epicID(1)},
		"a capability without a title":     backlog.EditEpic{Epic: epicID(3), Title: backlog.Set("")},
		"nothing is edited":                backlog.EditEpic{Epic: epicID(3)},
	} {
		require.ErrorIs(t, l.Can(change, pm, l.At()), field.ErrInvalid, name)
	}
	require.ErrorIs(t, l.Can(epic(9, roadmap.LevelCapability, 7), pm, l.At()), backlog.ErrNotFound)

	strict := backlog.Options{Rules: backlog.Rules{LevelSkipped: backlog.RuleRefuse}}
	for _, under := range []struct {
		epic    int
		skipped bool
	}{{1, true}, {2, false}, {3, false}} {
		assign := backlog.AssignFeatureEpic{Feature: featureID(1), Epic: epicID(under.epic)}
		add := backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(9), Title: "a", Epic: epicID(under.epic)}}
		require.NoError(t, l.Can(assign, pm, l.At()), "the levels are optional")
		required, err := backlog.Restore(strict, []byte(snapshot(t, l.Backlog)))
		require.NoError(t, err)
		for _, change := range []backlog.Change{assign, add} {
			err := required.Can(change, pm, l.At())
			if !under.skipped {
				require.NoError(t, err)
				continue
			}
			var refused *backlog.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, backlog.RuleLevelSkipped, refused.Rule)
		}
	}
	l.do(pm, backlog.AssignFeatureEpic{Feature: featureID(1), Epic: epicID(2)})
	for n, want := range map[int]int{1: 1, 2: 1, 3: 0} {
		count := 0
		for range l.FeaturesOfEpic(epicID(n)) {
			count++
		}
		require.Equal(t, want, count)
	}
	progress, _ := l.EpicProgress(epicID(1))
	ofFeature, _ := l.FeatureProgress(featureID(1))
	require.Equal(t, ofFeature, progress)
	_, ok := l.EpicProgress(epicID(7))
	require.False(t, ok)
}

// The progress of an epic is the sum over its features, worked out in a simpler way.
func TestEpicProgressLaw(t *testing.T) {
	for seed := range cases(40) {
		b, _ := wander(t, seed, 120, nil)
		for epic := range b.Epics() {
			stories := 0
			for s := range b.Stories() {
				feature, _ := b.Feature(s.Feature)
				above, ok := b.Epic(feature.Epic)
				if ok && (above.ID == epic.ID || above.Parent == epic.ID) && categoryOf(b, s) != story.Removed {
					stories++
				}
			}
			progress, ok := b.EpicProgress(epic.ID)
			require.True(t, ok)
			require.Equal(t, int64(stories), progress.Stories.Total.IntPart())
		}
	}
}

// Each theme has a share of the budget; what is planned for it beyond that is seen.
func ExampleView_ThemeBudgets() {
	s := newShop(backlog.Options{})
	n := decimal.NewFromInt
	mobile, trust := roadmap.ThemeID{1}, roadmap.ThemeID{2}
	audit := roadmap.FeatureID{2}
	s.do(s.paula,
		backlog.AddTheme{Theme: roadmap.Theme{ID: mobile, Title: "Mobile first", Share: n(70)}},
		backlog.AddTheme{Theme: roadmap.Theme{ID: trust, Title: "Trust", Share: n(30)}},
		backlog.AddFeature{Feature: roadmap.Feature{ID: audit, Title: "Audit trail", Theme: trust}},
		backlog.AssignFeatureTheme{Feature: shopCheckout, Theme: mobile},
		backlog.SetBudget{Feature: shopCheckout, Budget: roadmap.Money{Amount: n(6000), Currency: "EUR"}},
		backlog.SetBudget{Feature: audit, Budget: roadmap.Money{Amount: n(4000), Currency: "EUR"}},
	)
	for _, one := range s.ThemeBudgets() {
		theme, _ := s.Theme(one.Theme)
		fmt.Printf("%s: %v planned, a share of %v, over: %v\n", theme.Title, one.Planned, one.Share, one.IsOver())
	}
	// Output:
	// Mobile first: 6000 EUR planned, a share of 7000 EUR, over: false
	// Trust: 4000 EUR planned, a share of 3000 EUR, over: true
}

// The shares of all themes are 100 % at most, and a theme that something refers to stays.
func TestThemes(t *testing.T) {
	l := product(t, backlog.Options{})
	n := decimal.NewFromInt
	l.do(pm, backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(2), Title: "trust", Share: n(40)}},
		backlog.AssignFeatureTheme{Feature: featureID(1), Theme: themeID(1)},
		backlog.EditIncrement{Increment: incrementID(1), Allocations: backlog.Set([]roadmap.Allocation{{Theme: themeID(2), Percent: n(20)}})})
	for name, change := range map[string]backlog.Change{
		"more than all":              backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(9), Title: "more", Share: n(1)}},
		"edited to more":             backlog.EditTheme{Theme: themeID(1), Share: backlog.Set(n(61))},
		"less than nothing":          backlog.EditTheme{Theme: themeID(1), Share: backlog.Set(n(-1))},
		"of a feature":               backlog.RemoveTheme{Theme: themeID(1)},
		"of an increment":            backlog.RemoveTheme{Theme: themeID(2)},
		"a kind and a theme at once": backlog.EditIncrement{Increment: incrementID(1), Allocations: backlog.Set([]roadmap.Allocation{{Kind: "x", Theme: themeID(2), Percent: n(20)}})},
	} {
		require.ErrorIs(t, l.Can(change, pm, l.At()), field.ErrInvalid, name)
	}
	for name, change := range map[string]backlog.Change{
		"of a feature":    backlog.AssignFeatureTheme{Feature: featureID(1), Theme: themeID(9)},
		"of an increment": backlog.EditIncrement{Increment: incrementID(1), Allocations: backlog.Set([]roadmap.Allocation{{Theme: themeID(9), Percent: n(20)}})},
	} {
		require.ErrorIs(t, l.Can(change, pm, l.At()), backlog.ErrNotFound, name)
	}
	_, err := l.AllocatedFill("", n(10), []roadmap.Allocation{{Theme: themeID(9), Percent: n(20)}}, l.At())
	require.ErrorIs(t, err, backlog.ErrNotFound)
	l.do(pm, backlog.EditTheme{Theme: themeID(1), Share: backlog.Set(n(60)), Title: backlog.Set("all phones")})
	l.do(pm, backlog.AssignFeatureTheme{Feature: featureID(1)}, backlog.RemoveTheme{Theme: themeID(1)})
}

// An increment keeps a fifth of its capacity for enablers, and names what stayed out for it.
func TestIncrementAllocations(t *testing.T) {
	l := product(t, backlog.Options{Ready: []backlog.Check{}, Rules: backlog.Rules{}.Others(backlog.RuleOff)})
	n := decimal.NewFromInt
	l.do(pm, backlog.AssignFeatureIncrement{Feature: featureID(1), Increment: incrementID(1)},
		backlog.EditIncrement{Increment: incrementID(1), Allocations: backlog.Set([]roadmap.Allocation{{Kind: story.Enabler, Percent: n(25)}})})
	var iteration roadmap.Iteration
	increment, _ := l.Increment(incrementID(1))
	if len(increment.Iterations) == 0 {
		iteration = roadmap.Iteration{Name: "1", From: start.AddDate(1, 0, 0), To: start.AddDate(1, 0, 14)}
		l.do(pm, backlog.EditIncrement{Increment: incrementID(1), Iterations: backlog.Set([]roadmap.Iteration{iteration})})
	} else {
		iteration = increment.Iterations[0]
	}
	for i, points := range []int64{3, 2, 4} {
		l.do(dev, backlog.EstimateStory{Story: storyID(i + 1), Estimate: story.Points(points)})
	}
	l.do(po, backlog.EditStory{Story: storyID(1), ItemKind: backlog.Set(story.Enabler)},
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(5), Name: "5", Team: "red", Capacity: n(8), Start: iteration.From, End: iteration.To}},
		backlog.CommitStories{Sprint: sprintID(5), Stories: []story.ID{storyID(1)}})
	overview, _ := l.IncrementOverview(incrementID(1))
	require.Len(t, overview.Used, 1)
	require.Equal(t, "2", overview.Used[0].Kept.String())
	require.Equal(t, "3", overview.Used[0].Points.String())
	require.False(t, overview.Used[0].IsShort())
	require.Equal(t, []story.ID{storyID(2)}, overview.Displaced, "of 3 points that the enabler takes, 2 are these, and 4 more do not fit")
}

// A fifth of a sprint is for one theme.
func TestThemeAllocation(t *testing.T) {
	s := newShop(backlog.Options{Ready: []backlog.Check{}})
	trust := roadmap.ThemeID{1}
	s.do(s.paula, backlog.AddTheme{Theme: roadmap.Theme{ID: trust, Title: "Trust"}}, backlog.AssignFeatureTheme{Feature: shopCheckout, Theme: trust})
	s.do(s.dana, backlog.EstimateStory{Story: shopInvoice, Estimate: story.Points(2)})
	s.do(s.otto, backlog.OrderStories{Stories: []story.ID{shopInvoice, shopSave, shopPay}})
	fill, err := s.AllocatedFill("blue", decimal.NewFromInt(4), []roadmap.Allocation{{Theme: trust, Percent: decimal.NewFromInt(75)}}, s.at)
	require.NoError(t, err)
	require.Equal(t, []story.ID{shopSave}, fill.Stories)
	require.Equal(t, []story.ID{shopInvoice}, fill.Displaced)
}

// Each class of service has its limit; what has none is standard.
func TestClassesOfService(t *testing.T) {
	options := backlog.Options{Limits: []backlog.Limit{{Class: story.Expedite, Most: 1}, {Class: story.Standard, Most: 5}}}
	options.Rules.WorkInProgress = backlog.RuleRefuse
	l := newLog(t, options)
	for n := 1; n <= 3; n++ {
		l.addReady(n, 1)
	}
	l.do(po, backlog.EditStory{Story: storyID(1), Class: backlog.Set(story.Expedite)}, backlog.EditStory{Story: storyID(2), Class: backlog.Set(story.Expedite)})
	begin := func(n int) backlog.Change { return backlog.SetStoryStatus{Story: storyID(n), To: story.InProgress} }
	l.do(dev, begin(1), begin(3))
	err := l.Can(begin(2), dev, l.At())
	require.ErrorIs(t, err, backlog.ErrRule)
	require.Contains(t, err.Error(), `class "expedite"`)
	_, ok := l.NextFor(dev, backlog.NextOptions{}, l.At())
	require.False(t, ok)
	require.ErrorIs(t, l.Can(backlog.EditStory{Story: storyID(3), Class: backlog.Set(story.Expedite)}, po, l.At()), backlog.ErrRule, "no way round")
	counts := map[story.Class]int{}
	for _, one := range l.WorkInProgress() {
		counts[one.Class] = one.Count
	}
	require.Equal(t, map[story.Class]int{story.Expedite: 1, story.Standard: 1}, counts)
	l.do(po, backlog.EditStory{Story: storyID(2), Class: backlog.Set(story.FixedDate)})
	found := map[string]bool{}
	for _, one := range l.Findings() {
		found[one.Rule] = true
	}
	require.True(t, found["fixed date without date"])
	_, err = backlog.New(backlog.Options{Limits: []backlog.Limit{{Class: " \n"}}})
	require.ErrorIs(t, err, field.ErrInvalid)
}

// What is planned and what came of it, month by month: of a feature, and of its goal.
func ExampleView_MoneyOf() {
	s := newShop(backlog.Options{})
	n := decimal.NewFromInt
	may := time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)
	june := may.AddDate(0, 1, 0)
	s.do(s.paula,
		backlog.SetMoney{About: roadmap.AboutFeature(shopCheckout), From: may, To: june, Currency: "EUR", Planned: &roadmap.Cashflow{Cost: n(5000)}},
		backlog.SetMoney{
			About: roadmap.AboutFeature(shopCheckout), From: june, To: june.AddDate(0, 1, 0), Currency: "EUR",
			Planned: &roadmap.Cashflow{Revenue: n(8000), Cost: n(500)},
		},
		backlog.SetMoney{About: roadmap.AboutGoal(shopGoal), From: may, To: june, Currency: "EUR", Planned: &roadmap.Cashflow{Cost: n(700)}},
		backlog.SetMoney{About: roadmap.AboutFeature(shopCheckout), From: may, To: june, Currency: "EUR", Actual: &roadmap.Cashflow{Cost: n(5600)}},
	)
	for _, one := range s.MoneyOf(roadmap.AboutGoal(shopGoal)) {
		fmt.Printf("%s: planned %v, actual %v %s\n", one.From.Format("2006-01"), one.Planned.Profit(), one.Actual.Profit(), one.Currency)
	}
	// Output:
	// 2027-05: planned -5700, actual -5600 EUR
	// 2027-06: planned 7500, actual 0 EUR
}

func TestMoney(t *testing.T) {
	l := product(t, backlog.Options{})
	about := roadmap.AboutFeature(featureID(1))
	l.do(pm, setMoney(about, 1), setMoney(about, 3))
	whole := setMoney(about, 1)
	whole.To = whole.From.AddDate(0, 3, 0)
	negative, none, nothing := setMoney(about, 5), setMoney(roadmap.AboutStory(storyID(1)), 1), setMoney(about, 5)
	negative.Planned = &roadmap.Cashflow{Cost: decimal.NewFromInt(-1)}
	nothing.Planned = nil
	backwards, nameless := setMoney(about, 5), setMoney(about, 5)
	backwards.To, nameless.Currency = backwards.From, ""
	for name, change := range map[string]backlog.Change{
		"an overlap": whole, "less than nothing": negative, "of a story": none, "nothing": nothing, "no period": backwards, "no currency": nameless,
	} {
		require.ErrorIs(t, l.Can(change, pm, l.At()), field.ErrInvalid, name)
	}
	require.ErrorIs(t, l.Can(setMoney(roadmap.AboutFeature(featureID(9)), 1), pm, l.At()), backlog.ErrNotFound)
	other := whole
	other.Currency = "CHF"
	l.do(pm, other)
	money := l.MoneyOf(about)
	require.Len(t, money, 3)
	require.Equal(t, []string{"CHF", "EUR", "EUR"}, []string{money[0].Currency, money[1].Currency, money[2].Currency})
	zero := setMoney(about, 1)
	zero.Planned = &roadmap.Cashflow{}
	l.do(pm, zero)
	require.Len(t, l.MoneyOf(about), 2, "what is nothing is taken out")
	require.Empty(t, l.MoneyOf(roadmap.AboutStory(storyID(1))))
}

// The money of a goal is that of its features and its own: no amount is lost or counted twice.
func TestMoneyLaw(t *testing.T) {
	for seed := range cases(60) {
		b, _ := wander(t, seed, 120, nil)
		sum := func(periods []roadmap.MoneyPeriod) (total roadmap.Cashflow) {
			for _, one := range periods {
				total = total.Add(one.Planned).Add(one.Actual)
			}
			return total
		}
		for goal := range b.Goals() {
			want := sum(goal.Money.Slice())
			for feature := range b.FeaturesOf(goal.ID) {
				want = want.Add(sum(feature.Money.Slice()))
			}
			got := sum(b.MoneyOf(roadmap.AboutGoal(goal.ID)))
			require.True(t, want.Profit().Equal(got.Profit()) && want.Cost.Equal(got.Cost))
		}
	}
}

// A board may be of what one person asked for, of a segment, a class, or what is due.
func TestBoardOfSomebody(t *testing.T) {
	s := newShop(backlog.Options{})
	due := s.at.AddDate(0, 0, 10)
	s.do(s.otto, backlog.EditStory{Story: shopSave, Requester: backlog.Set("Rosa"), Segment: backlog.Set("regulars"), Due: &due},
		backlog.EditStory{Story: shopPay, Class: backlog.Set(story.FixedDate), ItemKind: backlog.Set(story.UserStory)},
		backlog.AssignStoryAssignee{Story: shopInvoice, Assignee: "Dana"})
	for name, test := range map[string]struct {
		options backlog.BoardOptions
		want    []story.ID
	}{
		"requester": {backlog.BoardOptions{Requester: "Rosa"}, []story.ID{shopSave}},
		"segment":   {backlog.BoardOptions{Segment: "regulars"}, []story.ID{shopSave}},
		"assignee":  {backlog.BoardOptions{Assignee: "Dana"}, []story.ID{shopInvoice}},
		"kind":      {backlog.BoardOptions{Kind: story.UserStory}, []story.ID{shopPay}},
		"class":     {backlog.BoardOptions{Class: story.Standard}, []story.ID{shopSave, shopInvoice}},
		"due":       {backlog.BoardOptions{DueBefore: due.Add(1)}, []story.ID{shopSave}},
		"not due":   {backlog.BoardOptions{DueBefore: due}, nil},
		"both":      {backlog.BoardOptions{Requester: "Rosa", Class: story.FixedDate}, nil},
	} {
		var got []story.ID
		for _, column := range s.Board(test.options).Columns {
			for _, one := range column.Stories {
				got = append(got, one.ID)
			}
		}
		require.Equal(t, test.want, got, name)
	}
}

// What is open after its date is late, the latest first.
func ExampleView_Overdue() {
	s := newShop(backlog.Options{})
	week := func(n int) *time.Time { return backlog.Set(s.at.AddDate(0, 0, 7*n)) }
	s.do(s.paula, backlog.EditFeature{Feature: shopCheckout, Due: week(2)})
	s.do(s.otto, backlog.EditStory{Story: shopSave, Due: week(1)}, backlog.EditStory{Story: shopPay, Due: week(4)})
	fmt.Println(s.titles(s.Overdue(s.at.AddDate(0, 0, 21))))
	// Output: [Save a card One-click checkout]
}

// Whatever is part of something that comes after it in the order, a snapshot restores, and a change of it is taken
// back.
func TestWholeAfterItsParts(t *testing.T) {
	l := newLog(t, backlog.Options{})
	later, parts := roadmap.Feature{ID: featureID(2), Title: "later"}, []story.Story{newStory(11), newStory(12)}
	parts[0].Criteria = shows(11, 1)
	l.do(pm, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}},
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "feature"}},
		backlog.SplitFeature{Feature: featureID(1), Later: later, Reason: "simpler first"},
		backlog.MoveFeature{Feature: featureID(2), To: 0},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(1), Title: "cards", Level: roadmap.LevelCapability}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(2), Title: "payments", Level: roadmap.LevelEpic}})
	l.do(po, backlog.AddStory{Story: newStory(1)}, backlog.SplitStory{Story: storyID(1), Into: parts})
	before := l.Clone()
	l.do(pm, backlog.EditEpic{Epic: epicID(1), Parent: backlog.Set(epicID(2))})
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	require.Equal(t, snapshot(t, l.Backlog), snapshot(t, restored))
	revert, err := before.Reverse(l.events[len(l.events)-1])
	require.NoError(t, err)
	_, err = restored.Execute(revert, pm, restored.At())
	require.NoError(t, err)
	one, _ := restored.Epic(epicID(1))
	require.True(t, one.Parent.IsZero())

	cut := strings.Replace(snapshot(t, l.Backlog), `"parent":"`+epicID(2).String(), `"parent":"`+epicID(9).String(), 1)
	_, err = backlog.Restore(backlog.Options{}, []byte(cut))
	require.ErrorIs(t, err, backlog.ErrInconsistent)
}

// What an increment is called, and which parts of its capacity are kept, is no other plan: ratings and votes stay.
func TestEditIncrementKeepsRatings(t *testing.T) {
	l := newLog(t, backlog.Options{})
	everyone := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.BusinessOwner)
	l.do(everyone, backlog.PlanIncrement{Increment: newIncrement(1)},
		backlog.RateObjective{Increment: incrementID(1), Planned: backlog.Set(8)}, backlog.RateObjective{Increment: incrementID(1), Actual: backlog.Set(6)},
		backlog.VoteConfidence{Increment: incrementID(1), Votes: []int{4}},
		backlog.EditIncrement{Increment: incrementID(1), Name: backlog.Set("spring"), Allocations: &[]roadmap.Allocation{{Kind: story.Chore, Percent: decimal.NewFromInt(20)}}})
	increment, _ := l.Increment(incrementID(1))
	require.False(t, increment.Objectives[0].Actual.IsZero())
	require.Equal(t, []int{4}, increment.Votes)
	l.do(everyone, backlog.EditIncrement{Increment: incrementID(1), Iterations: backlog.Set(increment.Iterations[:1])})
	increment, _ = l.Increment(incrementID(1))
	require.True(t, increment.Objectives[0].Actual.IsZero())
	require.Empty(t, increment.Votes)
}
