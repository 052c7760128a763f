package diff_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The story map, the strategy, the levels and the money are compared as everything else.
func TestBetweenStrategy(t *testing.T) {
	b := product(t)
	before := b.Clone()
	n := decimal.NewFromInt
	epic, theme, activity, step := roadmap.EpicID(number(1)), roadmap.ThemeID(number(1)), roadmap.ActivityID(number(1)), roadmap.StepID(number(1))
	feature, increment := roadmap.FeatureID(number(90)), roadmap.IncrementID(number(90))
	steps := story.ListOf(roadmap.Step{ID: step, Title: "choose"})
	do(t, b,
		backlog.AddEpic{Epic: roadmap.Epic{ID: epic, Title: "Payments", Level: roadmap.LevelEpic}},
		backlog.AddTheme{Theme: roadmap.Theme{ID: theme, Title: "Trust", Share: n(20)}},
		backlog.AddActivity{Activity: roadmap.Activity{ID: activity, Title: "Pay", Steps: steps}},
		backlog.AddFeature{Feature: roadmap.Feature{ID: feature, Title: "Cards"}},
		backlog.PlanIncrement{Increment: roadmap.Increment{ID: increment, Name: "Spring"}})
	require.Equal(t, []string{
		`theme "Trust": added`, `epic "Payments": added`, `activity "Pay": added`, `increment "Spring": added`, `feature "Cards": added`,
	}, lines(diff.Between(before.View(), b.View())))
	before = b.Clone()
	may := time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)
	do(t, b,
		backlog.EditEpic{Epic: epic, Title: backlog.Set("Money"), Hypothesis: backlog.Set("more pay")},
		backlog.EditTheme{Theme: theme, Share: backlog.Set(n(30))},
		backlog.EditActivity{Activity: activity, Steps: backlog.Set(story.ListOf(append(steps.Slice(), roadmap.Step{ID: roadmap.StepID(number(2)), Title: "confirm"})...))},
		backlog.AssignFeatureEpic{Feature: feature, Epic: epic}, backlog.AssignFeatureTheme{Feature: feature, Theme: theme},
		backlog.SetMoney{About: roadmap.AboutFeature(feature), From: may, To: may.AddDate(0, 1, 0), Currency: "EUR", Planned: &roadmap.Cashflow{Cost: n(5)}},
		backlog.EditIncrement{Increment: increment, Allocations: backlog.Set([]roadmap.Allocation{{Theme: theme, Percent: n(10)}})},
		backlog.AssignStoryStep{Story: storyID(1), Step: step},
		backlog.EditStory{Story: storyID(1), Requester: backlog.Set("Stan"), Segment: backlog.Set("shops"), Class: backlog.Set(story.Expedite)})
	one, _ := b.Story(storyID(1))
	require.Equal(t, []string{
		`theme "Trust": share 20 % -> 30 %`,
		`epic "Money": title Payments -> Money`, `epic "Money": hypothesis none -> more pay`,
		`activity "Pay": step "confirm" added`,
		`increment "Spring": allocation "Trust" added`,
		`feature "Cards": epic none -> Money`, `feature "Cards": theme none -> Trust`, `feature "Cards": money "2027-05-01 to 2027-06-01" added`,
		fmt.Sprintf(`story %q: requester none -> Stan`, one.Title), fmt.Sprintf(`story %q: segment none -> shops`, one.Title),
		fmt.Sprintf(`story %q: class none -> expedite`, one.Title), fmt.Sprintf(`story %q: step none -> choose`, one.Title),
	}, lines(diff.Between(before.View(), b.View())))
}
