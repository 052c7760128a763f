package backlog_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func laterFeature(n int) roadmap.Feature { return roadmap.Feature{ID: featureID(n), Title: "later"} }

// What comes later takes its stories and criteria with it, serves the same goal, and needs what the feature
// needs; what needs the feature needs both. Taken back, all is as it was.
func TestSplitFeature(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(pm, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}}, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal"}},
		backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(1), Name: "release"}},
		backlog.AssignFeatureGoal{Feature: featureID(1), Goal: goalID(1)}, backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1)},
		backlog.AddFeature{Feature: newFeature(3)},
		backlog.SetFeatureCriteria{Feature: featureID(1), Criteria: story.ListOf(
			story.Criterion{ID: criterionID(1), Text: "shows the sum"}, story.Criterion{ID: criterionID(2), Text: "in colour"})},
		backlog.JudgeFeatureCriterion{Feature: featureID(1), Criterion: criterionID(2), Verdict: story.Met},
		backlog.ScheduleFeature{Feature: featureID(1), NotBefore: start.Add(time.Hour)})
	l.do(uma, part(1, 1), part(2, 1), needs(fItem(1), fItem(2)), needs(fItem(3), fItem(1)), needs(sItem(3), fItem(1)), needs(fItem(1), sItem(2)),
		raise(1, roadmap.AboutFeature(featureID(1))))
	before, was := l.Clone(), snapshot(t, l.Backlog)
	split := backlog.SplitFeature{
		Feature: featureID(1), Later: laterFeature(4), Stories: []story.ID{storyID(2)}, Criteria: []story.CriterionID{criterionID(2)}, Reason: "simpler first",
	}
	l.do(pm, split)
	now, _ := l.Feature(featureID(1))
	then, _ := l.Feature(featureID(4))
	require.Equal(t, 1, now.Criteria.Len())
	require.Equal(t, []story.Criterion{{ID: criterionID(2), Text: "in colour"}}, then.Criteria.Slice())
	require.Equal(t, []any{featureID(1), goalID(1), roadmap.FeatureOpen}, []any{then.Parent, then.Goal, then.Status})
	require.Equal(t, releaseID(1), now.Release)
	require.True(t, then.Release.IsZero())
	s, _ := l.Story(storyID(2))
	require.Equal(t, featureID(4), s.Feature)
	var order []roadmap.FeatureID
	for feature := range l.Features() {
		order = append(order, feature.ID)
	}
	require.Equal(t, []roadmap.FeatureID{featureID(1), featureID(4), featureID(2), featureID(3)}, order)
	require.Equal(t, []backlog.ItemID{fItem(1), fItem(4)}, l.OpenNeeds(sItem(3)))
	require.Equal(t, []backlog.ItemID{fItem(1), fItem(4)}, l.OpenNeeds(fItem(3)))
	require.Equal(t, []backlog.ItemID{fItem(2)}, l.OpenNeeds(fItem(1)), "its need of a story that left went with the story")
	wait := l.WaitOf(sItem(2), l.At())
	require.Equal(t, []backlog.ItemID{fItem(2)}, wait.Items)
	require.Equal(t, start.Add(time.Hour), wait.Until)
	require.Equal(t, []roadmap.ImpedimentID{impedimentID(1)}, wait.Impediments)
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	require.Equal(t, snapshot(t, l.Backlog), snapshot(t, restored))

	require.ErrorContains(t, l.Can(l.reverse(backlog.Options{}, indexOf(l.events, "add_feature")), uma, l.At()), "taken back first")
	revert, err := before.Reverse(l.events[len(l.events)-1])
	require.NoError(t, err)
	l.do(uma, revert)
	require.Equal(t, stateOf(t, was), stateOf(t, snapshot(t, l.Backlog)))
}

// stateOf returns a snapshot without its number and instant.
func stateOf(t *testing.T, text string) map[string]any {
	var all map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &all))
	delete(all, "seq")
	delete(all, "at")
	return all
}

// A feature whose own part came later is there as long as the part says so.
func TestSplitFeatureKeepsItsParent(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(pm, backlog.SplitFeature{Feature: featureID(1), Later: laterFeature(4), Reason: "simpler first"})
	require.ErrorContains(t, l.Can(l.reverse(backlog.Options{}, indexOf(l.events, "add_feature")), uma, l.At()), `feature "later" was split from it`)
	for _, parent := range []int{4, 77} {
		all := stateOf(t, snapshot(t, l.Backlog))
		all["seq"], all["at"] = l.Seq(), l.At()
		for _, one := range all["features"].([]any) {
			if record := one.(map[string]any); record["id"] == featureID(4).String() {
				record["parent"] = featureID(parent).String()
			}
		}
		data, err := json.Marshal(all)
		require.NoError(t, err)
		_, err = backlog.Restore(backlog.Options{}, data)
		require.ErrorIs(t, err, backlog.ErrInconsistent)
	}
}

func TestSplitFeatureIsRefused(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(pm, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}}, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal"}})
	l.do(po, part(1, 1), backlog.DropStory{Story: storyID(1), Reason: "no"})
	base := backlog.SplitFeature{Feature: featureID(1), Later: laterFeature(4), Reason: "simpler first"}
	require.NoError(t, l.Can(base, pm, l.At()))
	with := func(change func(*backlog.SplitFeature)) backlog.SplitFeature {
		split := base
		change(&split)
		return split
	}
	for want, change := range map[string]backlog.SplitFeature{
		"no feature":                      with(func(c *backlog.SplitFeature) { c.Feature = featureID(77) }),
		"exists":                          with(func(c *backlog.SplitFeature) { c.Later.ID = featureID(2) }),
		"the goal of the feature that is": with(func(c *backlog.SplitFeature) { c.Later.Goal = goalID(1) }),
		"an open story of the feature":    with(func(c *backlog.SplitFeature) { c.Stories = []story.ID{storyID(1)} }),
		"stories[0]":                      with(func(c *backlog.SplitFeature) { c.Stories = []story.ID{storyID(2)} }),
		"no story":                        with(func(c *backlog.SplitFeature) { c.Stories = []story.ID{storyID(77)} }),
		"a criterion of the feature":      with(func(c *backlog.SplitFeature) { c.Criteria = []story.CriterionID{criterionID(1)} }),
		"split_feature gives it":          with(func(c *backlog.SplitFeature) { c.Later.Parent = featureID(2) }),
		"no release":                      with(func(c *backlog.SplitFeature) { c.Later.Release = releaseID(1) }),
		"a reason":                        with(func(c *backlog.SplitFeature) { c.Reason = " " }),
	} {
		require.ErrorContains(t, l.Can(change, pm, l.At()), want)
	}
	require.ErrorIs(t, l.Can(base, po, l.At()), backlog.ErrNotAllowed)
	l.do(pm, backlog.DropFeature{Feature: featureID(1), Reason: "no"})
	require.ErrorContains(t, l.Can(base, pm, l.At()), "a feature that is open")
}
