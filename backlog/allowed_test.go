package backlog_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// subject returns what a change of the dice is about, and false where it takes a second item or none.
func subject(b *backlog.Backlog, change backlog.Change) (backlog.ItemID, bool) {
	of := func(id story.ID) (backlog.ItemID, bool) { return backlog.StoryItem(id), true }
	task := func(id story.TaskID) (backlog.ItemID, bool) {
		trace, ok := b.Trace(id)
		return backlog.StoryItem(trace.Story.ID), ok
	}
	switch c := change.(type) {
	case backlog.AssignFeatureHorizon:
		return backlog.FeatureItem(c.Feature), true
	case backlog.AssignFeatureRelease:
		return backlog.FeatureItem(c.Feature), c.Release.IsZero()
	case backlog.AssignFeatureIncrement:
		return backlog.FeatureItem(c.Feature), true
	case backlog.SizeFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.SetBudget:
		return backlog.FeatureItem(c.Feature), true
	case backlog.RecordCost:
		return backlog.FeatureItem(c.Feature), true
	case backlog.EditFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.ScheduleFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.AssignFeatureGoal:
		return backlog.FeatureItem(c.Feature), true
	case backlog.MoveFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.SetFeatureCriteria:
		return backlog.FeatureItem(c.Feature), true
	case backlog.JudgeFeatureCriterion:
		return backlog.FeatureItem(c.Feature), true
	case backlog.AssessFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.AcceptFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.DropFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.ReopenFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.SplitFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.EditStory:
		return of(c.Story)
	case backlog.AssignStoryFeature:
		return of(c.Story)
	case backlog.AssignStoryTeam:
		return of(c.Story)
	case backlog.AssignStoryAssignee:
		return of(c.Story)
	case backlog.SplitStory:
		return of(c.Story)
	case backlog.EstimateStory:
		return of(c.Story)
	case backlog.ClaimStory:
		return of(c.Story)
	case backlog.RenewClaim:
		return of(c.Story)
	case backlog.ReleaseClaim:
		return backlog.StoryItem(c.Story), c.Of == ""
	case backlog.ScheduleStory:
		return of(c.Story)
	case backlog.AssessStory:
		return of(c.Story)
	case backlog.SetStoryStatus:
		return of(c.Story)
	case backlog.AcceptStory:
		return of(c.Story)
	case backlog.RejectStory:
		return of(c.Story)
	case backlog.DropStory:
		return of(c.Story)
	case backlog.AddCriterion:
		return of(c.Story)
	case backlog.EditCriterion:
		return of(c.Story)
	case backlog.RemoveCriterion:
		return of(c.Story)
	case backlog.JudgeCriterion:
		return of(c.Story)
	case backlog.AddTask:
		return of(c.Story)
	case backlog.EditTask:
		return task(c.Task)
	case backlog.RemoveTask:
		return task(c.Task)
	case backlog.MoveStories:
		return backlog.StoryItem(c.Stories[0]), len(c.Stories) == 1
	case backlog.CommitStories:
		return backlog.StoryItem(c.Stories[0]), len(c.Stories) == 1
	case backlog.WithdrawStories:
		return backlog.StoryItem(c.Stories[0]), len(c.Stories) == 1
	case backlog.SetFeatureMeasure:
		return backlog.FeatureItem(c.Feature), true
	case backlog.MeasureFeature:
		return backlog.FeatureItem(c.Feature), true
	case backlog.JudgeHypothesis:
		return backlog.FeatureItem(c.Feature), true
	case backlog.AssignFeatureKeyResult:
		return backlog.FeatureItem(c.Feature), true
	case backlog.AskQuestion:
		return backlog.ItemID{Story: c.Question.About.Story, Feature: c.Question.About.Feature}, c.Question.About.Story != story.ID{} || c.Question.About.Feature != story.FeatureID{}
	default:
		return backlog.ItemID{}, false
	}
}

// option names what a change stands for in a list of what is allowed.
func option(change backlog.Change) string {
	switch c := change.(type) {
	case backlog.SetStoryStatus:
		return fmt.Sprint(c.Kind(), " ", c.To)
	case backlog.CommitStories:
		return fmt.Sprint(c.Kind(), " ", c.Sprint)
	case backlog.WithdrawStories:
		return fmt.Sprint(c.Kind(), " ", c.Sprint)
	default:
		return change.Kind()
	}
}

// What is listed as allowed is let through, and what is let through is listed.
func TestAllowedAgreesWithCan(t *testing.T) {
	t.Parallel()

	found := map[string]int{}
	for seed := range uint64(*histories / 3) {
		b, _ := wander(t, seed, 80, nil)
		d := newDice(seed + 1_000_000)
		before := snapshot(t, b)
		for range 60 {
			change, actor := d.change(), d.actor()
			item, ok := subject(b, change)
			if !ok {
				continue
			}
			var options []string
			for _, allowed := range b.Allowed(item, actor, b.At()) {
				require.NoError(t, b.Can(allowed, actor, b.At()))
				require.NotContains(t, options, option(allowed))
				options = append(options, option(allowed))
			}
			if b.Can(change, actor, b.At()) == nil {
				require.Contains(t, options, option(change))
				found[change.Kind()]++
			}
		}
		require.Equal(t, before, snapshot(t, b))
	}
	require.Greater(t, len(found), 20, found)
}

func TestAllowed(t *testing.T) {
	l := product(t, backlog.Options{})
	options := func(item backlog.ItemID, by backlog.Actor) []string {
		var all []string
		for _, change := range l.Allowed(item, by, l.At()) {
			all = append(all, option(change))
		}
		return all
	}
	require.Equal(t, []string{
		"assign_story_assignee", "split_story", "estimate_story", "claim_story", "judge_criterion", "add_task", "edit_task", "finish_task", "remove_task",
		"ask_question", "raise_impediment",
	}, options(backlog.StoryItem(storyID(1)), dev))
	l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(3)}, backlog.FinishTask{Task: taskID(1)})
	require.Equal(t, []string{
		"assign_story_assignee", "split_story", "estimate_story", "set_story_status ready", "claim_story", "judge_criterion", "add_task", "edit_task", "reopen_task",
		"remove_task", "commit_stories " + sprintID(1).String(), "ask_question", "raise_impediment",
	}, options(backlog.StoryItem(storyID(1)), dev))
	require.Equal(t, []string{
		"assign_feature_horizon", "assign_feature_release", "assign_feature_increment", "assign_feature_theme", "assign_feature_epic", "edit_feature", "schedule_feature", "split_feature", "assign_feature_goal", "move_feature",
		"set_feature_criteria", "assess_feature", "set_budget", "record_cost", "set_money", "drop_feature", "set_feature_measure", "measure_feature", "judge_hypothesis",
		"assign_feature_key_result", "ask_question",
	}, options(backlog.FeatureItem(featureID(1)), pm))
	require.Equal(t, []string{"ask_question"}, options(backlog.StoryItem(storyID(1)), stakeholder))
	require.Empty(t, options(backlog.StoryItem(storyID(99)), po))
	require.Empty(t, options(backlog.ItemID{}, po))
	l.do(backlog.As("Uma", backlog.ProductOwner), backlog.DropStory{Story: storyID(1), Reason: "no"})
	require.Equal(t, []string{"set_story_status draft", "ask_question", "raise_impediment"}, options(backlog.StoryItem(storyID(1)), dev))
}

func ExampleBacklog_Allowed() {
	b, otto, _ := exampleBacklog("Pay with a saved card")
	pay, _ := b.StoryAt(0)
	for _, by := range []backlog.Actor{otto, backlog.As("Dana", backlog.Developer)} {
		fmt.Print(by.Name, ":")
		for _, change := range b.Allowed(backlog.StoryItem(pay.ID), by, b.At()) {
			fmt.Print(" ", change.Kind())
		}
		fmt.Println()
	}
	// Output:
	// Otto: edit_story schedule_story assign_story_feature assign_story_team assign_story_assignee assign_story_step split_story assess_story drop_story add_criterion move_stories ask_question raise_impediment
	// Dana: assign_story_assignee split_story estimate_story claim_story add_task ask_question raise_impediment
}
