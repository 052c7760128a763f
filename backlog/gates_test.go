package backlog_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// detour is a way to break a rule of practice: what comes before, and the change that breaks it.
type detour struct {
	before func(l *log)
	change backlog.Change
	by     backlog.Actor
}

// inReview brings story 2 of the product into review.
func inReview(l *log) {
	l.do(dev, backlog.EstimateStory{Story: storyID(2), Estimate: story.Points(1)},
		backlog.SetStoryStatus{Story: storyID(2), To: story.Ready},
		backlog.SetStoryStatus{Story: storyID(2), To: story.InProgress},
		backlog.SetStoryStatus{Story: storyID(2), To: story.InReview})
	l.do(po, backlog.JudgeCriterion{Story: storyID(2), Criterion: criterionID(2), Verdict: story.Met})
}

func dropFeature(l *log) { l.do(pm, backlog.DropFeature{Feature: featureID(1), Reason: "obsolete"}) }

func dropGoal(l *log) { l.do(pm, backlog.DropGoal{Goal: goalID(1), Reason: "obsolete"}) }

func sprintOf(n, fromDay, days int) backlog.PlanSprint {
	from := start.AddDate(0, 0, fromDay)
	return backlog.PlanSprint{Sprint: backlog.Sprint{
		ID: sprintID(n), Name: "Sprint", Goal: "Pay", Team: "red", Capacity: decimal.NewFromInt(8), Start: from, End: from.AddDate(0, 0, days),
	}}
}

// Each rule refuses by default, or records, whatever the way; it records or lets pass as it is set.
func TestDetours(t *testing.T) {
	done := func(l *log) {
		inReview(l)
		l.do(po, backlog.RemoveCriterion{Story: storyID(2), Criterion: criterionID(2)})
	}
	estimated := func(l *log) { l.do(dev, backlog.EstimateStory{Story: storyID(2), Estimate: story.Points(1)}) }
	accept := backlog.AcceptStory{Story: storyID(2)}
	commit := backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(2)}}
	begin := backlog.SetStoryStatus{Story: storyID(2), To: story.InProgress}
	ready := func(l *log) {
		estimated(l)
		l.do(dev, backlog.SetStoryStatus{Story: storyID(2), To: story.Ready})
	}
	// Vision_first needs a product without one, consulted responsibilities: see TestVisionFirst and TestConsulted.
	met := map[string]bool{"vision_first": true, "consulted": true}
	limits := map[string][]backlog.Limit{"work_in_progress": {{State: story.InProgress, Most: 1}}}
	for name, test := range map[string]struct {
		detour
		rule func(*backlog.Rules) *backlog.RuleMode
		want string
	}{
		"accepted without its only criterion": {
			detour{done, accept, po}, func(r *backlog.Rules) *backlog.RuleMode { return &r.CriteriaPresent }, "criteria_present",
		},
		"committed under a dropped feature": {
			detour{func(l *log) { estimated(l); dropFeature(l) }, commit, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ParentAlive }, "parent_alive",
		},
		"committed under a dropped goal": {
			detour{func(l *log) { estimated(l); dropGoal(l) }, commit, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ParentAlive }, "parent_alive",
		},
		"begun under a dropped feature": {
			detour{func(l *log) { ready(l); dropFeature(l) }, begin, dev},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ParentAlive }, "parent_alive",
		},
		"accepted under a dropped goal": {
			detour{func(l *log) { inReview(l); dropGoal(l) }, accept, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ParentAlive }, "parent_alive",
		},
		"shipped with a feature that is not accepted": {
			detour{func(l *log) {
				inReview(l)
				l.do(po, accept, backlog.DropStory{Story: storyID(1), Reason: "no"}, backlog.DropStory{Story: storyID(3), Reason: "no"})
				l.do(pm, backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1)})
			}, backlog.ShipRelease{Release: releaseID(1)}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ReleaseAccepted }, "release_accepted",
		},
		"dropped without a reason": {
			detour{func(*log) {}, backlog.DropStory{Story: storyID(2)}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.Reason }, "reason",
		},
		"a feature dropped without a reason": {
			detour{func(*log) {}, backlog.DropFeature{Feature: featureID(1)}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.Reason }, "reason",
		},
		"a goal dropped without a reason": {
			detour{func(*log) {}, backlog.DropGoal{Goal: goalID(1)}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.Reason }, "reason",
		},
		"rejected without a reason": {
			detour{inReview, backlog.RejectStory{Story: storyID(2)}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.Reason }, "reason",
		},
		"a sprint of a year": {
			detour{func(*log) {}, sprintOf(7, 0, 365), po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.SprintLength }, "sprint_length",
		},
		"sprints at the same time": {
			detour{func(l *log) { l.do(po, sprintOf(7, 0, 14)) }, sprintOf(8, 13, 14), po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.SprintOverlap }, "sprint_overlap",
		},
		"a sprint started too early": {
			detour{func(l *log) {
				estimated(l)
				early := sprintOf(7, 30, 14)
				l.do(po, early, backlog.CommitStories{Sprint: sprintID(7), Stories: []story.ID{storyID(2)}})
			}, backlog.StartSprint{Sprint: sprintID(7)}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.SprintEarly }, "sprint_early",
		},
		"increments at the same time": {
			detour{func(*log) {}, backlog.PlanIncrement{Increment: newIncrement(9)}, zoe},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.IncrementOverlap }, "increment_overlap",
		},
		"a goal fulfilled at 0 %": {
			detour{func(l *log) { l.do(pm, backlog.PursueGoal{Goal: goalID(1)}) }, backlog.FulfilGoal{Goal: goalID(1)}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.GoalReached }, "goal_reached",
		},
		"a feature for a dropped goal": {
			detour{func(l *log) {
				dropGoal(l)
				l.do(pm, backlog.AddFeature{Feature: newFeature(7)})
			}, backlog.AssignFeatureGoal{Feature: featureID(7), Goal: goalID(1)}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ParentAlive }, "parent_alive",
		},
		"a new feature for a dropped goal": {
			detour{dropGoal, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(7), Title: "more", Goal: goalID(1)}}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ParentAlive }, "parent_alive",
		},
		"a feature split under a dropped goal": {
			detour{dropGoal, backlog.SplitFeature{Feature: featureID(1), Later: laterFeature(7), Reason: "simpler first"}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ParentAlive }, "parent_alive",
		},
		"a second active goal": {
			detour{func(l *log) {
				l.do(pm, backlog.PursueGoal{Goal: goalID(1)}, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(7), Title: "another"}})
			}, backlog.PursueGoal{Goal: goalID(7)}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.OneGoal }, "one_goal",
		},
		"begun while it waits": {
			detour{func(l *log) { ready(l); l.do(po, needs(sItem(2), sItem(3))) }, begin, dev},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.StartWaiting }, "start_waiting",
		},
		"begun while an impediment holds it": {
			detour{func(l *log) { ready(l); l.do(dev, raise(7, roadmap.AboutStory(storyID(2)))) }, begin, dev},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.StartWaiting }, "start_waiting",
		},
		"accepted while it waits": {
			detour{func(l *log) { inReview(l); l.do(po, needs(sItem(2), sItem(3))) }, accept, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.FinishWaiting }, "finish_waiting",
		},
		"accepted beside a rival": {
			detour{func(l *log) {
				inReview(l)
				l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(1)})
				l.do(po, accept, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready})
				l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress}, backlog.SetStoryStatus{Story: storyID(1), To: story.InReview},
					backlog.FinishTask{Task: taskID(1)}, backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met})
				l.do(po, backlog.RelateStories{Relation: backlog.Relation{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}})
			}, backlog.AcceptStory{Story: storyID(1)}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.Exclusive }, "exclusive",
		},
		"more in progress than the limit": {
			detour{func(l *log) {
				ready(l)
				l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(1)})
				l.do(po, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready})
				l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress})
			}, begin, dev},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.WorkInProgress }, "work_in_progress",
		},
		"accepted with a criterion that nobody judged": {
			detour{func(l *log) {
				inReview(l)
				l.do(po, backlog.JudgeCriterion{Story: storyID(2), Criterion: criterionID(2)})
			}, accept, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.CriteriaMet }, "criteria_met",
		},
		"a sprint without a goal": {
			detour{func(l *log) { estimated(l); l.do(po, commit) }, backlog.StartSprint{Sprint: sprintID(1)}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.SprintGoal }, "sprint_goal",
		},
		"a sprint without a story": {
			detour{func(l *log) { l.do(po, sprintOf(7, 0, 14)) }, backlog.StartSprint{Sprint: sprintID(7)}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.SprintStories }, "sprint_stories",
		},
		"a second active sprint": {
			detour{func(l *log) {
				estimated(l)
				l.do(dev, backlog.EstimateStory{Story: storyID(3), Estimate: story.Points(1)})
				l.do(po, sprintOf(7, 0, 14), backlog.CommitStories{Sprint: sprintID(7), Stories: []story.ID{storyID(3)}}, backlog.StartSprint{Sprint: sprintID(7)},
					backlog.EditSprint{Sprint: sprintID(1), Goal: backlog.Set("pay")}, commit)
			}, backlog.StartSprint{Sprint: sprintID(1)}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.OneSprint }, "one_sprint",
		},
		"dropped while others need it": {
			detour{func(l *log) { l.do(po, needs(sItem(3), sItem(2))) }, backlog.DropStory{Story: storyID(2), Reason: "no"}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.DropNeeded }, "drop_needed",
		},
		"a story for a dropped feature": {
			detour{func(l *log) { dropFeature(l); l.do(po, backlog.AddStory{Story: newStory(7)}) }, part(7, 1), po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.FeatureOpen }, "feature_open",
		},
		"a feature for a shipped release": {
			detour{func(l *log) {
				l.do(po, backlog.DropStory{Story: storyID(1), Reason: "no"}, backlog.DropStory{Story: storyID(3), Reason: "no"})
				inReview(l)
				l.do(po, accept)
				l.do(pm, backlog.AcceptFeature{Feature: featureID(1)}, backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1)},
					backlog.ShipRelease{Release: releaseID(1)}, backlog.AddFeature{Feature: newFeature(7)})
			}, backlog.AssignFeatureRelease{Feature: featureID(7), Release: releaseID(1)}, pm},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.ReleasePlanned }, "release_planned",
		},
		"begun beside the active sprint": {
			detour{func(l *log) {
				ready(l)
				l.do(dev, backlog.EstimateStory{Story: storyID(3), Estimate: story.Points(1)})
				l.do(po, sprintOf(7, 0, 14), backlog.CommitStories{Sprint: sprintID(7), Stories: []story.ID{storyID(3)}}, backlog.StartSprint{Sprint: sprintID(7)})
			}, begin, dev},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.SprintScope }, "sprint_scope",
		},
		"a feature right under an epic": {
			detour{
				func(l *log) {
					l.do(pm, backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(9), Level: roadmap.LevelEpic, Title: "Pay anywhere"}})
				},
				backlog.AssignFeatureEpic{Feature: featureID(1), Epic: epicID(9)},
				pm,
			},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.LevelSkipped }, "level_skipped",
		},
		"closed while a story waits for acceptance": {
			detour{func(l *log) {
				inReview(l)
				l.do(po, commit, backlog.EditSprint{Sprint: sprintID(1), Goal: backlog.Set("Pay")}, backlog.StartSprint{Sprint: sprintID(1)})
			}, backlog.CloseSprint{Sprint: sprintID(1), KeepReview: true}, po},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.SprintReviewed }, "sprint_reviewed",
		},
		"begun while somebody else holds it": {
			detour{func(l *log) {
				ready(l)
				l.do(backlog.As("Dan", backlog.Developer), backlog.ClaimStory{Story: storyID(2), Until: start.AddDate(0, 0, 1)})
			}, begin, dev},
			func(r *backlog.Rules) *backlog.RuleMode { return &r.Claimed }, "claimed",
		},
	} {
		met[test.want] = true
		t.Run(name, func(t *testing.T) {
			for _, mode := range []backlog.RuleMode{0, backlog.RuleRefuse, backlog.RuleRecord, backlog.RuleOff} {
				var rules backlog.Rules
				*test.rule(&rules) = mode
				l := product(t, backlog.Options{Rules: rules, Limits: limits[test.want]})
				test.before(l)
				if mode == 0 {
					mode = defaultMode(test.want)
				}
				before := snapshot(t, l.Backlog)
				event, err := l.Execute(test.change, test.by, l.At())
				if mode == backlog.RuleRefuse {
					require.ErrorContains(t, err, "refused by the rule "+test.want)
					require.Equal(t, before, snapshot(t, l.Backlog))
					requireWaived(t, l, test.change, test.want)
					continue
				}
				require.NoError(t, err, mode)
				var found []string
				for _, finding := range event.Findings {
					found = append(found, finding.Rule)
				}
				require.Equal(t, mode == backlog.RuleRecord, len(found) > 0, found)
			}
		})
	}
	for rule := backlog.Rule(1); (backlog.Rules{}).Mode(rule) != 0; rule++ {
		require.True(t, met[rule.String()], "no detour past %v", rule)
	}
}

// requireWaived waives a rule that refuses a change: it passes, with the reason on record.
func requireWaived(t *testing.T, l *log, change backlog.Change, name string) {
	t.Helper()
	waiver := backlog.Waiver{Reason: "agreed with the whole team"}
	require.NoError(t, waiver.Rule.UnmarshalText([]byte(name)))
	events, err := l.Decide([]backlog.Change{change}, zoe, l.At(), backlog.DecideOptions{Waive: []backlog.Waiver{waiver}})
	require.NoError(t, err)
	require.NotEmpty(t, events[0].Findings)
	require.Equal(t, name, events[0].Findings[0].Rule)
	require.Equal(t, waiver.Reason, events[0].Findings[0].Waived)
	require.Error(t, l.Can(change, zoe, l.At()), "it was waived once")
}

func defaultMode(name string) backlog.RuleMode {
	var rule backlog.Rule
	if err := rule.UnmarshalText([]byte(name)); err != nil {
		panic(err)
	}
	return backlog.Rules{}.Mode(rule)
}

// A goal to reduce is reached from above.
func TestGoalReached(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(pm, backlog.PursueGoal{Goal: goalID(1)}, backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(80)})
	event, err := l.Execute(backlog.FulfilGoal{Goal: goalID(1)}, pm, l.At())
	require.NoError(t, err)
	require.Empty(t, event.Findings)
	goal, _ := l.Goal(goalID(1))
	require.Equal(t, roadmap.GoalFulfilled, goal.Status)
}

// A story that is rejected or dropped in an active sprint stays on the sprint's record.
func TestReturnedFromActiveSprint(t *testing.T) {
	for name, leave := range map[string]backlog.Change{
		"rejected": backlog.RejectStory{Story: storyID(2), Reason: "the sum is wrong"},
		"dropped":  backlog.DropStory{Story: storyID(2), Reason: "obsolete"},
	} {
		l := product(t, backlog.Options{Rules: backlog.Rules{SprintGoal: backlog.RuleOff}})
		l.do(dev, backlog.EstimateStory{Story: storyID(2), Estimate: story.Points(1)})
		l.do(po, backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(2)}}, backlog.StartSprint{Sprint: sprintID(1)})
		inReview(l)
		l.do(po, leave)
		sprint, _ := l.Sprint(sprintID(1))
		require.Equal(t, []story.ID{storyID(2)}, sprint.Returned, name)
		require.Empty(t, sprint.Stories, name)
	}
}

// Two stories that exclude each other do not come into a sprint in one change either.
func TestRivalsInOneChange(t *testing.T) {
	l := product(t, backlog.Options{Ready: []backlog.Check{}})
	l.do(po, backlog.RelateStories{Relation: backlog.Relation{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}})
	both := backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1), storyID(2)}}
	require.ErrorContains(t, l.Can(both, po, l.At()), "refused by the rule exclusive")
	require.NoError(t, l.Can(backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(2), storyID(3)}}, po, l.At()))
}

// What was split from a story excludes what the story did, on every way there, and so does what was split from that.
func TestSplitKeepsExclusions(t *testing.T) {
	split := func(n, a, b int) backlog.Change {
		without := []backlog.DroppedCriterion{{Criterion: criterionID(n), Reason: "not now"}}
		return backlog.SplitStory{Story: storyID(n), Into: []story.Story{newStory(a), newStory(b)}, Without: without}
	}
	l := newLog(t, backlog.Options{Ready: []backlog.Check{}, Rules: backlog.Rules{CriteriaMet: backlog.RuleOff}})
	l.do(uma, backlog.AddStory{Story: newStory(1)}, backlog.AddStory{Story: newStory(2)},
		backlog.RelateStories{Relation: backlog.Relation{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}},
		split(1, 11, 12), split(11, 13, 14), split(2, 21, 22),
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "sprint", Goal: "goal"}},
		backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(13), storyID(12)}})
	for _, change := range []backlog.Change{
		backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(22)}},
		backlog.RelateStories{Relation: backlog.Relation{Story: storyID(11), How: backlog.Excludes, Other: storyID(12)}},
	} {
		refused := new(backlog.RefusedError)
		require.ErrorAs(t, l.Can(change, uma, l.At()), &refused)
		require.Equal(t, backlog.RuleExclusive, refused.Rule)
	}
	alike := func(story.Story) decimal.Decimal { return decimal.NewFromInt(1) }
	fill, err := l.BestSprintFill("", decimal.NewFromInt(10), alike, l.At())
	require.NoError(t, err)
	for _, one := range fill.Skipped {
		require.Contains(t, one.Reason, "excluded by story")
	}
	require.NotContains(t, fill.Stories, storyID(21))
}
