package backlog_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// newActivity has two steps: 10n and 10n + 1.
func newActivity(n int) roadmap.Activity {
	return roadmap.Activity{ID: activityID(n), Title: "pay", Steps: story.ListOf(
		roadmap.Step{ID: stepID(10 * n), Title: "choose"}, roadmap.Step{ID: stepID(10*n + 1), Title: "confirm"},
	)}
}

// setMoney plans a revenue for a month.
func setMoney(about roadmap.Subject, month int) backlog.SetMoney {
	from := start.AddDate(0, month, 0)
	return backlog.SetMoney{
		About: about, From: from, To: from.AddDate(0, 1, 0), Currency: "EUR",
		Planned: &roadmap.Cashflow{Revenue: decimal.NewFromInt(int64(month))},
	}
}

func (d dice) stepID() roadmap.StepID {
	return []roadmap.StepID{{}, stepID(0), stepID(1), stepID(10), stepID(21)}[d.IntN(5)]
}

// practice returns a change of the story map, of the strategy, of the levels above features, or of money.
func (d dice) practice() backlog.Change {
	id, other := d.id(), d.id()
	makers := []func() backlog.Change{
		func() backlog.Change { return backlog.AddActivity{Activity: newActivity(id)} },
		func() backlog.Change {
			steps := newActivity(id).Steps.Slice()
			return backlog.EditActivity{Activity: activityID(id), Title: backlog.Set("shop"), Steps: backlog.Set(story.ListOf(steps[d.IntN(2):]...))}
		},
		func() backlog.Change {
			return backlog.MoveActivity{Activity: activityID(id), To: d.IntN(smallWorld)}
		},
		func() backlog.Change { return backlog.RemoveActivity{Activity: activityID(id)} },
		func() backlog.Change { return backlog.AssignStoryStep{Story: storyID(id), Step: d.stepID()} },
		func() backlog.Change { return backlog.AssignStoryStep{Story: storyID(id), Step: d.stepID()} },
		func() backlog.Change {
			epic := roadmap.Epic{ID: epicID(id), Title: fmt.Sprint("epic ", id), Level: roadmap.Level(d.IntN(4))}
			if epic.Level == roadmap.LevelCapability && d.IntN(2) == 0 {
				epic.Parent = epicID(other)
			}
			return backlog.AddEpic{Epic: epic}
		},
		func() backlog.Change {
			return backlog.EditEpic{Epic: epicID(id), Title: backlog.Set("edited"), Parent: backlog.Set(epicID(other))}
		},
		func() backlog.Change { return backlog.EditEpic{Epic: epicID(id), Hypothesis: backlog.Set("more")} },
		func() backlog.Change { return backlog.RemoveEpic{Epic: epicID(id)} },
		func() backlog.Change {
			return backlog.AssignFeatureEpic{Feature: featureID(id), Epic: epicID(other)}
		},
		func() backlog.Change { return backlog.AssignFeatureEpic{Feature: featureID(id)} },
		func() backlog.Change {
			return backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(id), Title: "theme", Share: decimal.NewFromInt(int64(d.IntN(50)))}}
		},
		func() backlog.Change {
			return backlog.EditTheme{Theme: themeID(id), Title: backlog.Set("edited"), Share: backlog.Set(decimal.NewFromInt(int64(d.IntN(120))))}
		},
		func() backlog.Change { return backlog.RemoveTheme{Theme: themeID(id)} },
		func() backlog.Change {
			return backlog.AssignFeatureTheme{Feature: featureID(id), Theme: themeID(other)}
		},
		func() backlog.Change { return backlog.AssignFeatureTheme{Feature: featureID(id)} },
		func() backlog.Change {
			return backlog.EditIncrement{Increment: incrementID(id), Allocations: backlog.Set([]roadmap.Allocation{
				{Theme: themeID(other), Percent: decimal.NewFromInt(20)}, {Kind: story.Chore, Percent: decimal.NewFromInt(int64(d.IntN(90)))},
			}[d.IntN(2):])}
		},
		func() backlog.Change {
			c := setMoney(d.subject(), d.IntN(3))
			if d.IntN(2) == 0 {
				c.Actual = &roadmap.Cashflow{Revenue: decimal.NewFromInt(int64(d.IntN(5))), Cost: decimal.NewFromInt(int64(d.IntN(5) - 1))}
			}
			return c
		},
		func() backlog.Change { return setMoney(roadmap.AboutFeature(featureID(id)), d.IntN(3)) },
		func() backlog.Change {
			return backlog.EditStory{
				Story: storyID(id), Class: backlog.Set([]story.Class{"", story.Expedite, story.FixedDate}[d.IntN(3)]),
				Requester: backlog.Set(d.person()), Segment: backlog.Set("shops"),
			}
		},
		func() backlog.Change {
			return backlog.EditFeature{Feature: featureID(id), Class: backlog.Set(story.Standard), Segment: backlog.Set("shops")}
		},
	}
	return makers[d.IntN(len(makers))]()
}
