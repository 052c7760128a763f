package backlog_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// product is a backlog with a little of everything.
func product(t testing.TB, options backlog.Options) *log {
	l := newLog(t, options)
	uma := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner)
	l.do(
		uma,
		backlog.SetVision{Vision: roadmap.Vision{Text: "Everybody knows what they spend."}},
		backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "Reduce checkout time", Metric: roadmap.Metric{
			Name: "time", Unit: "s", Baseline: decimal.NewFromInt(100), Target: roadmap.Relative(decimal.NewFromInt(-20)),
		}}},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID(1), Name: "now"}},
		backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(1), Name: "1.0"}},
		backlog.PlanIncrement{Increment: newIncrement(1)},
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "expense tracking", Goal: goalID(1)}},
	)
	for n := 1; n <= 3; n++ {
		s := newStory(n)
		s.Feature, s.Team = featureID(1), "red"
		l.do(uma, backlog.AddStory{Story: s})
	}
	l.do(dev, backlog.AddTask{Story: storyID(1), Task: story.Task{ID: taskID(1), Title: "Connect the screen to user data"}})
	l.do(po, backlog.Delegate{Person: "Dora", Permission: backlog.MayAcceptStories})
	l.do(pm, backlog.SetKeyResults{Goal: goalID(1), KeyResults: keyResults(0)},
		backlog.SetFeatureMeasure{Feature: featureID(1), Metric: newMetric(), To: start},
		backlog.MeasureFeature{Feature: featureID(1), Value: decimal.NewFromInt(90)})
	l.do(
		pm,
		backlog.AddActivity{Activity: newActivity(1)},
		backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(1), Title: "mobile", Share: decimal.NewFromInt(60)}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(1), Title: "payments", Level: roadmap.LevelEpic}},
	)
	l.do(
		stakeholder,
		backlog.AddInsight{Insight: roadmap.Insight{ID: insightID(1), Text: "they look for the sum", About: story.ListOf(roadmap.AboutStory(storyID(1)))}},
		backlog.ProposeStory{Story: newStory(41), Insights: story.ListOf(insightID(1))},
		backlog.ProposeFeature{Feature: roadmap.Feature{ID: featureID(42), Title: "receipts"}},
		backlog.AskQuestion{Question: backlog.Question{ID: questionID(1), About: roadmap.AboutStory(storyID(2)), Text: "which sum?", To: backlog.BusinessOwner}},
		backlog.AddRisk{Risk: roadmap.Risk{ID: riskID(1), Title: "the bank is late", About: story.ListOf(roadmap.AboutFeature(featureID(1)))}},
	)
	l.do(dev, backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: impedimentID(1), Title: "the lawyers have to agree", About: story.ListOf(roadmap.AboutGoal(goalID(1)))}})
	l.do(po, backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "Sprint 1", Capacity: decimal.NewFromInt(8), Team: "red"}})
	return l
}

// decisions has one change for each kind, in the order of the package comment, and who may make it.
func decisions() []struct {
	change  backlog.Change
	allowed []backlog.Role
} {
	pm, po, dev := backlog.ProductManager, backlog.ProductOwner, backlog.Developer
	must := prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must}}
	one, child, other := []story.ID{storyID(1)}, newStory(8), newStory(9)
	child.Criteria = shows(8, 1)
	link := backlog.Dependency{Item: backlog.StoryItem(storyID(1)), Needs: backlog.StoryItem(storyID(2))}
	links := backlog.Dependency{Item: backlog.FeatureItem(featureID(1)), Needs: backlog.StoryItem(storyID(2))}
	everybody := []backlog.Role{pm, po, dev, backlog.ScrumMaster, backlog.BusinessOwner, backlog.Stakeholder}
	return []struct {
		change  backlog.Change
		allowed []backlog.Role
	}{
		{backlog.SetVision{Vision: roadmap.Vision{Text: "Another"}}, []backlog.Role{pm}},
		{backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(9), Title: "More"}}, []backlog.Role{pm}},
		{backlog.EditGoal{Goal: goalID(1), Title: backlog.Set("More")}, []backlog.Role{pm}},
		{backlog.MoveGoal{Goal: goalID(1)}, []backlog.Role{pm}},
		{backlog.PursueGoal{Goal: goalID(1)}, []backlog.Role{pm}},
		{backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(90)}, []backlog.Role{pm}},
		{backlog.DropGoal{Goal: goalID(1), Reason: "obsolete"}, []backlog.Role{pm}},
		{backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID(9), Name: "next"}}, []backlog.Role{pm}},
		{backlog.EditHorizon{Horizon: horizonID(1), Name: backlog.Set("today")}, []backlog.Role{pm}},
		{backlog.RemoveHorizon{Horizon: horizonID(1)}, []backlog.Role{pm}},
		{backlog.AssignFeatureHorizon{Feature: featureID(1), Horizon: horizonID(1)}, []backlog.Role{pm}},
		{backlog.SetStage{Stage: roadmap.Growth}, []backlog.Role{pm}},
		{backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(9), Name: "1.0"}}, []backlog.Role{pm, po}},
		{backlog.EditRelease{Release: releaseID(1), Name: backlog.Set("1.1")}, []backlog.Role{pm, po}},
		{backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1)}, []backlog.Role{pm, po}},
		{backlog.PlanIncrement{Increment: roadmap.Increment{ID: incrementID(9), Name: "PI 9"}}, []backlog.Role{pm}},
		{backlog.EditIncrement{Increment: incrementID(1), Name: backlog.Set("PI 1b")}, []backlog.Role{pm}},
		{backlog.AssignFeatureIncrement{Feature: featureID(1), Increment: incrementID(1)}, []backlog.Role{pm}},
		{backlog.VoteConfidence{Increment: incrementID(1), Votes: []int{3}}, []backlog.Role{po, dev}},
		{backlog.SetObjectives{Increment: incrementID(1), Team: "red"}, []backlog.Role{po, dev}},
		{backlog.RateObjective{Increment: incrementID(1), Planned: backlog.Set(7)}, []backlog.Role{backlog.BusinessOwner}},
		{backlog.RateObjective{Increment: incrementID(1), Proposed: backlog.Set(7)}, []backlog.Role{pm}},
		{backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(9), Title: "More"}}, []backlog.Role{pm}},
		{backlog.EditFeature{Feature: featureID(1), Title: backlog.Set("More")}, []backlog.Role{pm}},
		{backlog.ScheduleFeature{Feature: featureID(1), NotBefore: start.AddDate(1, 0, 0)}, []backlog.Role{pm}},
		{backlog.SplitFeature{Feature: featureID(1), Later: roadmap.Feature{ID: featureID(9), Title: "later"}, Reason: "simpler first"}, []backlog.Role{pm}},
		{backlog.AssignFeatureGoal{Feature: featureID(1)}, []backlog.Role{pm}},
		{backlog.MoveFeature{Feature: featureID(1)}, []backlog.Role{pm}},
		{backlog.OrderFeatures{Features: []roadmap.FeatureID{featureID(1)}, Method: "WSJF"}, []backlog.Role{pm}},
		{backlog.SetFeatureCriteria{Feature: featureID(1)}, []backlog.Role{pm}},
		{backlog.AssessFeature{Feature: featureID(1), Assessment: must}, []backlog.Role{pm}},
		{backlog.SizeFeature{Feature: featureID(1), Size: story.Points(20)}, []backlog.Role{dev}},
		{backlog.SetBudget{Feature: featureID(1), Budget: roadmap.Money{Currency: "EUR"}}, []backlog.Role{pm}},
		{backlog.RecordCost{Feature: featureID(1), Cost: roadmap.Money{Currency: "EUR"}}, []backlog.Role{pm}},
		{backlog.DropFeature{Feature: featureID(1), Reason: "obsolete"}, []backlog.Role{pm}},
		{backlog.AddStory{Story: newStory(9)}, []backlog.Role{po}},
		{backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}, []backlog.Role{po}},
		{backlog.AssignStoryFeature{Story: storyID(1)}, []backlog.Role{po}},
		{backlog.ClaimStory{Story: storyID(1), Until: start.AddDate(1, 0, 0)}, []backlog.Role{dev}},
		{backlog.ScheduleStory{Story: storyID(1), NotBefore: start.AddDate(1, 0, 0)}, []backlog.Role{po}},
		{backlog.AssignStoryTeam{Story: storyID(1), Team: "blue"}, []backlog.Role{po}},
		{backlog.AssignStoryAssignee{Story: storyID(1), Assignee: "Dana"}, []backlog.Role{po, dev}},
		{backlog.SplitStory{Story: storyID(1), Into: []story.Story{child, other}}, []backlog.Role{po, dev}},
		{backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(3)}, []backlog.Role{dev}},
		{backlog.AssessStory{Story: storyID(1), Assessment: must}, []backlog.Role{po}},
		{backlog.DropStory{Story: storyID(1), Reason: "obsolete"}, []backlog.Role{po}},
		{backlog.AddCriterion{Story: storyID(1), Criterion: story.Criterion{ID: criterionID(9), Text: "more"}}, []backlog.Role{po}},
		{backlog.EditCriterion{Story: storyID(1), Criterion: criterionID(1), Text: backlog.Set("more")}, []backlog.Role{po}},
		{backlog.RemoveCriterion{Story: storyID(1), Criterion: criterionID(1)}, []backlog.Role{po}},
		{backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met}, []backlog.Role{po, dev}},
		{backlog.AddTask{Story: storyID(1), Task: story.Task{ID: taskID(9), Title: "more"}}, []backlog.Role{dev}},
		{backlog.EditTask{Task: taskID(1), Title: backlog.Set("more")}, []backlog.Role{dev}},
		{backlog.FinishTask{Task: taskID(1)}, []backlog.Role{dev}},
		{backlog.ReopenTask{Task: taskID(1)}, []backlog.Role{dev}},
		{backlog.RemoveTask{Task: taskID(1)}, []backlog.Role{dev}},
		{backlog.AddDependency{Dependency: link}, []backlog.Role{po}},
		{backlog.AddDependency{Dependency: links}, []backlog.Role{pm}},
		{backlog.RelateStories{Relation: backlog.Relation{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}}, []backlog.Role{po}},
		{backlog.MoveStories{Stories: one, To: backlog.Last()}, []backlog.Role{po}},
		{backlog.OrderStories{Stories: one}, []backlog.Role{po}},
		{backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(9), Name: "Sprint 9"}}, []backlog.Role{po, dev}},
		{backlog.EditSprint{Sprint: sprintID(1), Goal: backlog.Set("pay")}, []backlog.Role{po, dev}},
		{backlog.NoteSprint{Sprint: sprintID(1), Note: "less at a time"}, []backlog.Role{backlog.ScrumMaster, po, dev}},
		{backlog.CancelSprint{Sprint: sprintID(1), Reason: "the goal is obsolete"}, []backlog.Role{po}},
		{backlog.SetKeyResults{Goal: goalID(1), KeyResults: keyResults(1)}, []backlog.Role{pm}},
		{backlog.MeasureKeyResult{Goal: goalID(1), KeyResult: keyResultID(2), Value: decimal.NewFromInt(30)}, []backlog.Role{pm}},
		{backlog.AssignFeatureKeyResult{Feature: featureID(1), KeyResult: keyResultID(1)}, []backlog.Role{pm}},
		{backlog.SetFeatureMeasure{Feature: featureID(1), Metric: newMetric(), To: start}, []backlog.Role{pm}},
		{backlog.MeasureFeature{Feature: featureID(1), Value: decimal.NewFromInt(85)}, []backlog.Role{pm}},
		{backlog.JudgeHypothesis{Feature: featureID(1), Verdict: roadmap.Refuted}, []backlog.Role{pm}},
		{backlog.AddInsight{Insight: roadmap.Insight{ID: insightID(9), Text: "more", About: story.ListOf(roadmap.AboutGoal(goalID(1)))}}, everybody},
		{backlog.EditInsight{Insight: insightID(1), People: backlog.Set(7)}, everybody},
		{backlog.ProposeStory{Story: newStory(9)}, everybody},
		{backlog.ProposeFeature{Feature: roadmap.Feature{ID: featureID(9), Title: "More"}}, everybody},
		{backlog.TakeProposal{Proposal: proposalID(41)}, []backlog.Role{po}},
		{backlog.TakeProposal{Proposal: proposalID(42)}, []backlog.Role{pm}},
		{backlog.MergeProposal{Proposal: proposalID(41), Into: backlog.StoryItem(storyID(1))}, []backlog.Role{po}},
		{backlog.DeclineProposal{Proposal: proposalID(42), Reason: "too dear"}, []backlog.Role{pm}},
		{backlog.AskQuestion{Question: backlog.Question{ID: questionID(9), About: roadmap.AboutGoal(goalID(1)), Text: "why?", To: pm}}, everybody},
		{backlog.AnswerQuestion{Question: questionID(1), Answer: "that of the month"}, []backlog.Role{po, backlog.BusinessOwner}},
		{backlog.AddRisk{Risk: roadmap.Risk{ID: riskID(9), Title: "more"}}, everybody},
		{backlog.EditRisk{Risk: riskID(1), Likelihood: backlog.Set(3)}, []backlog.Role{pm, po, backlog.ScrumMaster}},
		{backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(9), Title: "More"}}, []backlog.Role{pm}},
		{backlog.EditActivity{Activity: activityID(1), Title: backlog.Set("More")}, []backlog.Role{pm}},
		{backlog.MoveActivity{Activity: activityID(1)}, []backlog.Role{pm}},
		{backlog.RemoveActivity{Activity: activityID(1)}, []backlog.Role{pm}},
		{backlog.AssignStoryStep{Story: storyID(1), Step: stepID(10)}, []backlog.Role{po}},
		{backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(9), Title: "More", Level: roadmap.LevelEpic}}, []backlog.Role{pm}},
		{backlog.EditEpic{Epic: epicID(1), Title: backlog.Set("More")}, []backlog.Role{pm}},
		{backlog.RemoveEpic{Epic: epicID(1)}, []backlog.Role{pm}},
		{backlog.AssignFeatureEpic{Feature: featureID(1), Epic: epicID(1)}, []backlog.Role{pm}},
		{backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(9), Title: "More"}}, []backlog.Role{pm}},
		{backlog.EditTheme{Theme: themeID(1), Title: backlog.Set("More")}, []backlog.Role{pm}},
		{backlog.RemoveTheme{Theme: themeID(1)}, []backlog.Role{pm}},
		{backlog.AssignFeatureTheme{Feature: featureID(1), Theme: themeID(1)}, []backlog.Role{pm}},
		{setMoney(roadmap.AboutFeature(featureID(1)), 5), []backlog.Role{pm}},
		{setMoney(roadmap.AboutGoal(goalID(1)), 5), []backlog.Role{pm}},
		{backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: impedimentID(9), Title: "no test server"}}, []backlog.Role{backlog.ScrumMaster, po, dev}},
		{backlog.EditImpediment{Impediment: impedimentID(1), Owner: backlog.Set("Otto")}, []backlog.Role{backlog.ScrumMaster, po, dev}},
		{backlog.ResolveImpediment{Impediment: impedimentID(1), Resolution: "they agreed"}, []backlog.Role{backlog.ScrumMaster, po, dev}},
		{backlog.GrantRole{Person: "Dana", Role: backlog.ProductOwner, Team: "red"}, []backlog.Role{pm}},
		{backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories, Team: "red"}, []backlog.Role{po}},
		{backlog.ImportItems{Source: "jira", Stories: []story.Story{imported(9, story.Accepted)}}, []backlog.Role{pm}},
		{backlog.Undelegate{Person: "Dora", Permission: backlog.MayAcceptStories}, []backlog.Role{po, pm}},
	}
}

// The default table, role by role: golden cases auth-001, -002, -003, -006 and -007 are rows of it.
func TestDefaultAuthority(t *testing.T) {
	roles := []backlog.Role{
		backlog.ProductManager, backlog.ProductOwner, backlog.Developer,
		backlog.ScrumMaster, backlog.BusinessOwner, backlog.Stakeholder,
	}
	l := product(t, backlog.Options{})
	for _, test := range decisions() {
		for _, role := range roles {
			allowed := false
			for _, one := range test.allowed {
				allowed = allowed || one == role
			}
			err := l.Can(test.change, backlog.As("Ada", role), l.At())
			if allowed {
				require.NoError(t, err, "%s as %v", test.change.Kind(), role)
				continue
			}
			require.ErrorIs(t, err, backlog.ErrNotAllowed, "%s as %v", test.change.Kind(), role)
			var refused *backlog.RefusedError
			require.ErrorAs(t, err, &refused)
			require.Equal(t, backlog.ByPolicy, refused.By)
			require.Equal(t, "Ada", refused.Actor)
			require.Len(t, refused.Needs, len(test.allowed))
			for i, one := range test.allowed {
				require.Regexp(t, "^"+one.String()+`( of "red"( and "blue")?)?$`, refused.Needs[i])
			}
		}
	}
}

// Without a product manager in the profile, the product owner decides what would be theirs.
func TestScrumAuthority(t *testing.T) {
	l := product(t, backlog.Options{})
	options := backlog.Options{Policy: backlog.ScrumAuthority().Policy()}
	scrum, err := backlog.Restore(options, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	for _, test := range decisions() {
		if test.allowed[0] == backlog.ProductManager {
			require.NoError(t, scrum.Can(test.change, po, scrum.At()), test.change.Kind())
			require.ErrorIs(t, scrum.Can(test.change, pm, scrum.At()), backlog.ErrNotAllowed)
		}
	}
}

// One person with several roles may do what any of them may, and the event says which one acted
// (golden case auth-009).
func TestSeveralRoles(t *testing.T) {
	l := product(t, backlog.Options{})
	both := backlog.As("p1", backlog.ProductManager, backlog.ProductOwner)
	l.do(both, backlog.EditFeature{Feature: featureID(1), Title: backlog.Set("More")}, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")})
	require.Equal(t, backlog.ProductManager, l.events[len(l.events)-2].As)
	require.Equal(t, backlog.ProductOwner, l.events[len(l.events)-1].As)
}

func TestRoleForOneTeam(t *testing.T) {
	l := product(t, backlog.Options{})
	red := backlog.As("Rita").WithRole(backlog.ProductOwner, "red")
	l.do(red, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")})

	blue := newStory(7)
	blue.Team = "blue"
	require.ErrorIs(t, l.Can(backlog.AddStory{Story: blue}, red, l.At()), backlog.ErrNotAllowed)
	l.do(po, backlog.AddStory{Story: blue})
	for _, change := range []backlog.Change{
		backlog.EditStory{Story: storyID(7), Title: backlog.Set("More")},
		backlog.AssignStoryTeam{Story: storyID(7), Team: "red"},
		backlog.AssignStoryTeam{Story: storyID(1), Team: "blue"},
		backlog.MoveStories{Stories: []story.ID{storyID(1), storyID(7)}, To: backlog.Last()},
		backlog.AddStory{Story: newStory(8)}, // of no team
	} {
		require.ErrorIs(t, l.Can(change, red, l.At()), backlog.ErrNotAllowed, change.Kind())
	}
	require.NoError(t, l.Can(backlog.CancelSprint{Sprint: sprintID(1), Reason: "obsolete"}, red, l.At()))
}

// A host's own policy sees the change, the actor and what the change touches.
func TestOwnPolicy(t *testing.T) {
	standard := backlog.DefaultAuthority().Policy()
	delegated := func(r backlog.PolicyRequest) (backlog.Role, error) {
		move, ok := r.Change.(backlog.MoveStories)
		if ok && r.Actor.Holds(backlog.Developer, r.Teams) {
			if s, found := r.Story(move.Stories[0]); found && s.Team == "red" {
				return backlog.Developer, nil
			}
		}
		return standard(r)
	}
	l := product(t, backlog.Options{Policy: delegated})
	move := backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.Last()}
	l.do(dev, move)
	require.Equal(t, backlog.Developer, l.events[len(l.events)-1].As)
	require.ErrorIs(t, l.Can(move, stakeholder, l.At()), backlog.ErrNotAllowed)

	silent := newLog(t, backlog.Options{Policy: func(backlog.PolicyRequest) (backlog.Role, error) { return "", nil }})
	require.ErrorIs(t, silent.Can(move, po, silent.At()), backlog.ErrNotAllowed, "a yes without a role is no yes")
}
