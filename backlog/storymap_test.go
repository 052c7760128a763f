package backlog_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// What users do is the backbone, the releases are the slices, and what no slice holds is named.
func ExampleView_StoryMap() {
	s := newShop(backlog.Options{})
	keep, use := roadmap.StepID{1}, roadmap.StepID{2}
	first := roadmap.ReleaseID{1}
	s.do(s.paula,
		backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID{1}, Title: "Pay", Steps: story.ListOf(
			roadmap.Step{ID: keep, Title: "Keep a card"}, roadmap.Step{ID: use, Title: "Use it"},
		)}},
		backlog.PlanRelease{Release: roadmap.Release{ID: first, Name: "1.0"}},
		backlog.AssignFeatureRelease{Feature: shopCheckout, Release: first},
	)
	s.do(s.otto,
		backlog.AssignStoryStep{Story: shopSave, Step: keep},
		backlog.AssignStoryStep{Story: shopPay, Step: use},
		backlog.AssignStoryStep{Story: shopInvoice, Step: use},
	)
	titles := func(ids []story.ID) (all []string) {
		for _, id := range ids {
			one, _ := s.Story(id)
			all = append(all, one.Title)
		}
		return all
	}
	m := s.StoryMap()
	for _, column := range m.Columns {
		for activity := range s.Activities() {
			for _, step := range activity.Steps.All() {
				if step.ID == column.Step {
					fmt.Printf("%s: %q in 1.0, %q in no release\n", step.Title, titles(column.Cells[0]), titles(column.Cells[1]))
				}
			}
		}
	}
	fmt.Println("in no slice:", titles(m.Unsliced))
	// Output:
	// Keep a card: ["Save a card"] in 1.0, [] in no release
	// Use it: ["Pay with a saved card"] in 1.0, ["Pay by invoice"] in no release
	// in no slice: [Pay by invoice]
}

// Every story that is not dropped is in the map once, where its step and its release are, or in what has no
// step; every cell is in the order of the backlog.
func TestStoryMapIsWhole(t *testing.T) {
	for seed := range cases(60) {
		b, _ := wander(t, seed, 120, nil)
		m := b.StoryMap()
		var all []story.ID
		columns := map[roadmap.StepID]bool{}
		var unsliced []story.ID
		for _, column := range m.Columns {
			columns[column.Step] = true
			require.Len(t, column.Cells, len(m.Slices)+1)
			for i, cell := range column.Cells {
				for _, id := range cell {
					s, _ := b.Story(id)
					feature, _ := b.Feature(s.Feature)
					require.Equal(t, column.Step, s.Details.Value().Step)
					require.Equal(t, append(slices.Clone(m.Slices), roadmap.ReleaseID{})[i], feature.Release)
				}
				require.True(t, slices.IsSortedFunc(cell, func(x, y story.ID) int {
					i, _ := b.Index(x)
					j, _ := b.Index(y)
					return i - j
				}))
				all = append(all, cell...)
			}
			unsliced = append(unsliced, column.Cells[len(m.Slices)]...)
		}
		require.ElementsMatch(t, unsliced, m.Unsliced)
		for activity := range b.Activities() {
			for _, step := range activity.Steps.All() {
				require.True(t, columns[step.ID])
			}
		}
		var want []story.ID
		for s := range b.Stories() {
			if categoryOf(b, s) != story.Removed {
				want = append(want, s.ID)
			}
		}
		require.ElementsMatch(t, want, append(all, m.Unmapped...))
	}
}

// A step below which a story lies stays, whatever is done to its activity; a step is of one activity.
func TestActivities(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.AssignStoryStep{Story: storyID(1), Step: stepID(10)})
	steps := newActivity(1).Steps.Slice()
	for name, test := range map[string]struct {
		change backlog.Change
		err    error
	}{
		"a step with a story":       {backlog.EditActivity{Activity: activityID(1), Steps: backlog.Set(story.ListOf(steps[1]))}, field.ErrInvalid},
		"an activity with a story":  {backlog.RemoveActivity{Activity: activityID(1)}, field.ErrInvalid},
		"a step twice":              {backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(2), Title: "a", Steps: story.ListOf(steps[0])}}, backlog.ErrExists},
		"an activity twice":         {backlog.AddActivity{Activity: newActivity(1)}, backlog.ErrExists},
		"outside the map":           {backlog.MoveActivity{Activity: activityID(1), To: 1}, field.ErrInvalid},
		"nothing to edit":           {backlog.EditActivity{Activity: activityID(1)}, field.ErrInvalid},
		"no such activity":          {backlog.MoveActivity{Activity: activityID(7)}, backlog.ErrNotFound},
		"too many steps":            {backlog.EditActivity{Activity: activityID(1), Steps: backlog.Set(story.ListOf(make([]roadmap.Step, 101)...))}, field.ErrInvalid},
		"a feature below a step":    {backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(9), Title: "a", Details: story.ConstOf(story.Details{Step: stepID(10)})}}, field.ErrInvalid},
		"an activity without title": {backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(2)}}, field.ErrInvalid},
	} {
		require.ErrorIs(t, l.Can(test.change, pm, l.At()), test.err, name)
	}
	require.ErrorIs(t, l.Can(backlog.AssignStoryStep{Story: storyID(1), Step: stepID(99)}, po, l.At()), backlog.ErrNotFound)
	lost := newStory(9)
	lost.Details = story.ConstOf(story.Details{Step: stepID(99)})
	require.ErrorIs(t, l.Can(backlog.AddStory{Story: lost}, po, l.At()), backlog.ErrNotFound)
	require.ErrorIs(t, l.Can(backlog.ImportItems{Source: "x", Stories: []story.Story{lost}}, pm, l.At()), backlog.ErrNotFound)

	l.do(po, backlog.AssignStoryStep{Story: storyID(1)})
	l.do(pm, backlog.RemoveActivity{Activity: activityID(1)})
	require.Empty(t, l.StoryMap().Columns)
	l.do(pm, backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(2), Title: "look around"}})
	require.Len(t, l.StoryMap().Columns, 1, "an activity shows before it has steps")
}

// The parts of a split story lie below its step, and are of its class, unless they bring their own.
func TestSplitKeepsTheStep(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.AssignStoryStep{Story: storyID(1), Step: stepID(10)},
		backlog.EditStory{Story: storyID(1), Class: backlog.Set(story.Expedite), Requester: backlog.Set("Rosa"), Segment: backlog.Set("shops")})
	one, other := newStory(8), newStory(9)
	one.Criteria = shows(8, 1)
	other.Details = story.ConstOf(story.Details{Step: stepID(11), Class: story.Standard})
	l.do(po, backlog.SplitStory{Story: storyID(1), Into: []story.Story{one, other}})
	first, _ := l.Story(storyID(8))
	second, _ := l.Story(storyID(9))
	require.Equal(t, story.Details{Step: stepID(10), Class: story.Expedite, Requester: "Rosa", Segment: "shops"}, first.Details.Value())
	require.Equal(t, story.Details{Step: stepID(11), Class: story.Standard, Requester: "Rosa", Segment: "shops"}, second.Details.Value())
}
