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
	"github.com/backlogkit/backlogkit/story/quality"
)

// Every refusal says which part of the gate it came from and what would be needed.
func TestRefusals(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID(2)), Needs: backlog.StoryItem(storyID(1)),
	}})
	unready := story.Story{ID: storyID(4), Title: "Bare", Team: "red"}
	l.do(po, backlog.AddStory{Story: unready})
	tests := map[string]struct {
		change backlog.Change
		by     backlog.Actor
		is     error
		says   []string
	}{
		"a story is not accepted from draft": {
			backlog.AcceptStory{Story: storyID(1)},
			po, backlog.ErrIllegalMove,
			[]string{"no move from draft to accepted", "a move to ready or drop_story"},
		},
		"nor rejected": {
			backlog.RejectStory{Story: storyID(1), Reason: "slow"}, po, backlog.ErrIllegalMove, []string{"a story in draft cannot be rejected, only one in in_review"},
		},
		"ready wants the definition of ready": {
			backlog.SetStoryStatus{Story: storyID(4), To: story.Ready},
			po, backlog.ErrNotReady,
			[]string{"who wants what", "so that", "criterion", "estimate"},
		},
		"so does a sprint": {
			backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(4)}}, po, backlog.ErrNotReady, []string{"Bare"},
		},
		"what waits is not ready": {
			backlog.SetStoryStatus{Story: storyID(2), To: story.Ready}, dev, backlog.ErrNotReady, []string{`story "Story 1" finished`},
		},
		"accepting by the side door": {
			backlog.SetStoryStatus{Story: storyID(1), To: story.Accepted}, po, backlog.ErrIllegalMove, nil,
		},
		"a sprint without a goal": {
			backlog.StartSprint{Sprint: sprintID(1)}, po, backlog.ErrRule, []string{"a sprint goal", "at least one story"},
		},
		"a feature with open stories": {
			backlog.AcceptFeature{Feature: featureID(1)}, pm, backlog.ErrNotDone, []string{"0 accepted, 3 open"},
		},
		"a goal that is not active": {
			backlog.FulfilGoal{Goal: goalID(1)}, pm, backlog.ErrRule, []string{"the goal is planned"},
		},
		"an unknown story": {
			backlog.AcceptStory{Story: storyID(99)}, po, backlog.ErrNotFound, []string{storyID(99).String()},
		},
		"an unknown feature": {
			backlog.AssignStoryFeature{Story: storyID(1), Feature: featureID(99)}, po, backlog.ErrNotFound, []string{"feature"},
		},
		"an id that is taken": {backlog.AddStory{Story: newStory(1)}, po, backlog.ErrExists, []string{"an id of its own"}},
		"a cycle": {
			backlog.AddDependency{Dependency: backlog.Dependency{
				Item: backlog.StoryItem(storyID(1)), Needs: backlog.StoryItem(storyID(2)),
			}}, po, backlog.ErrCycle, []string{`story "Story 1"`, `story "Story 2"`},
		},
		"a story that needs itself": {
			backlog.AddDependency{Dependency: backlog.Dependency{
				Item: backlog.StoryItem(storyID(1)), Needs: backlog.StoryItem(storyID(1)),
			}}, po, backlog.ErrCycle, nil,
		},
		"two ids in one item": {
			backlog.RemoveDependency{Item: backlog.ItemID{Story: storyID(1), Feature: featureID(1)}, Needs: backlog.StoryItem(storyID(1))},
			po, field.ErrInvalid,
			[]string{"exactly one of story and feature"},
		},
		"a reason that is blank": {
			backlog.DropStory{Story: storyID(1), Reason: " "}, po, backlog.ErrRule, []string{"rule reason", "a reason"},
		},
		"an empty title": {backlog.EditStory{Story: storyID(1), Title: backlog.Set("")}, po, field.ErrInvalid, []string{"title", "1 to 500 bytes"}},
		"negative points": {
			backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(-1)}, dev, field.ErrInvalid, []string{`"-1"`},
		},
		"points with a huge exponent": {
			backlog.EstimateStory{Story: storyID(1), Estimate: story.DecimalPoints(decimal.New(1, 1_000_000_000))},
			dev, field.ErrInvalid,
			[]string{"0 to 1000000 points"},
		},
		"an estimate smuggled in": {
			backlog.AddStory{Story: story.Story{ID: storyID(9), Title: "x", Estimate: story.Points(1)}},
			po, field.ErrInvalid,
			[]string{"estimate_story"},
		},
		"a split that loses a criterion": {
			backlog.SplitStory{Story: storyID(1), Into: []story.Story{newStory(8), newStory(9)}},
			po, field.ErrInvalid,
			[]string{"shows 1", "left out with a reason"},
		},
		"a target that is the baseline": {
			backlog.EditGoal{Goal: goalID(1), Title: backlog.Set("x"), Metric: backlog.Set(roadmap.Metric{
				Name: "time", Baseline: decimal.NewFromInt(5), Target: roadmap.Absolute(decimal.NewFromInt(5)),
			})}, pm, field.ErrInvalid, []string{"another value than the baseline"},
		},
		"a place among the moved": {
			backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.After(storyID(1))}, po, field.ErrInvalid, nil,
		},
		"no place": {backlog.MoveStories{Stories: []story.ID{storyID(1)}}, po, field.ErrInvalid, []string{`"first"`}},
		"an index outside": {
			backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.At(4)}, po, field.ErrInvalid, []string{"0 to 3"},
		},
		"an actor without a name": {backlog.PursueGoal{Goal: goalID(1)}, backlog.As(""), field.ErrInvalid, []string{"actor.name"}},
		"no change":               {nil, po, field.ErrInvalid, []string{"nil"}},
		"a nil pointer":           {(*backlog.AddStory)(nil), po, field.ErrInvalid, []string{"not a pointer"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := snapshot(t, l.Backlog)
			_, err := l.Execute(test.change, test.by, l.At())
			require.ErrorIs(t, err, test.is)
			for _, words := range test.says {
				require.ErrorContains(t, err, words)
			}
			require.Equal(t, before, snapshot(t, l.Backlog))
		})
	}
}

func TestInstants(t *testing.T) {
	l := product(t, backlog.Options{})
	pursue := backlog.PursueGoal{Goal: goalID(1)}
	for _, at := range []time.Time{{}, l.At().Add(-time.Nanosecond), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)} {
		_, err := l.Execute(pursue, pm, at)
		require.ErrorIs(t, err, field.ErrInvalid)
	}
	zone := time.FixedZone("", 3600)
	event, err := l.Execute(pursue, pm, l.At().In(zone))
	require.NoError(t, err)
	require.Equal(t, time.UTC, event.At.Location())
}

// One product goal is active at a time (golden case auth-005), unless the host says otherwise.
func TestOneActiveGoal(t *testing.T) {
	for _, many := range []bool{false, true} {
		var rules backlog.Rules
		if many {
			rules.OneGoal = backlog.RuleOff
		}
		l := product(t, backlog.Options{Rules: rules})
		l.do(pm, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(2), Title: "The next one"}}, backlog.PursueGoal{Goal: goalID(1)})
		err := l.Can(backlog.PursueGoal{Goal: goalID(2)}, pm, l.At())
		if many {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, backlog.ErrRule)
		require.ErrorContains(t, err, "fulfilled or dropped first")
		l.do(pm, backlog.FulfilGoal{Goal: goalID(1)}, backlog.PursueGoal{Goal: goalID(2)})
	}
}

// From draft to acceptance: each gate in its turn.
func TestLifeOfAStory(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(3)})
	l.do(
		dev,
		backlog.SetStoryStatus{Story: storyID(1), To: story.Ready},
		backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress},
		backlog.SetStoryStatus{Story: storyID(1), To: story.InReview},
	)
	err := l.Can(backlog.AcceptStory{Story: storyID(1)}, po, l.At())
	require.ErrorIs(t, err, backlog.ErrNotDone)
	require.ErrorContains(t, err, `criterion "shows 1" met, it is unjudged`)
	require.ErrorContains(t, err, `task "Connect the screen to user data" finished (1 open)`)

	l.do(po, backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Unmet, Note: "it does not"})
	l.do(po, backlog.RejectStory{Story: storyID(1), Reason: "it does not"})
	s, _ := l.Story(storyID(1))
	require.Equal(t, story.Ready, s.Status)

	l.do(dev, backlog.FinishTask{Task: taskID(1)})
	l.finish(1)
	s, _ = l.Story(storyID(1))
	require.Equal(t, story.Accepted, s.Status)
	require.Equal(t, "Dana", s.Criteria.Slice()[0].By)
	require.ErrorIs(t, l.Can(backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(1)}, dev, l.At()), backlog.ErrRule)

	progress, _ := l.FeatureProgress(featureID(1))
	require.Equal(t, "1 of 3 (33 %)", progress.Stories.String())
	require.Equal(t, "3 of 3 (100 %)", progress.Points.String())
	require.Equal(t, 2, progress.Unestimated)
}

// What is not accepted when a sprint ends returns to the backlog (golden case auth-004).
func TestSprint(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n, points := range []int64{3, 5, 8, 2} {
		l.addReady(n+1, points)
	}
	l.do(po, backlog.AddStory{Story: newStory(5)})
	l.do(po, backlog.PlanSprint{Sprint: backlog.Sprint{
		ID: sprintID(1), Name: "Sprint 1", Goal: "Pay", Capacity: decimal.NewFromInt(10),
		Start: start, End: start.AddDate(0, 0, 14),
	}})
	plan := l.SprintFill("", decimal.NewFromInt(10), l.At())
	require.Equal(t, []story.ID{storyID(1), storyID(2), storyID(4)}, plan.Stories)
	require.Equal(t, "10", plan.Points.String())
	require.Equal(t, []backlog.SkippedStory{{Story: storyID(3), Reason: "too large: 8 points, 2 are left"}}, plan.Skipped)

	l.do(po, backlog.CommitStories{Sprint: sprintID(1), Stories: plan.Stories}, backlog.StartSprint{Sprint: sprintID(1)})
	require.ErrorIs(t, l.Can(backlog.CommitStories{Sprint: sprintID(1), Stories: plan.Stories[:1], Reason: "more"}, po, l.At()), field.ErrInvalid)
	require.ErrorContains(t, l.Can(backlog.WithdrawStories{Sprint: sprintID(1), Stories: plan.Stories[:1]}, po, l.At()), "a reason")
	more := backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(3)}}
	require.ErrorContains(t, l.Can(more, po, l.At()), "a reason")
	more.Reason = "room is left"
	require.NoError(t, l.Can(more, po, l.At()))
	l.finish(1)
	l.do(dev, backlog.SetStoryStatus{Story: storyID(2), To: story.InProgress})
	l.do(po, backlog.CloseSprint{Sprint: sprintID(1)})

	sprint, _ := l.Sprint(sprintID(1))
	require.Equal(t, backlog.SprintClosed, sprint.Status)
	require.Equal(t, []story.ID{storyID(1)}, sprint.Stories)
	require.Equal(t, []story.ID{storyID(2), storyID(4)}, sprint.Returned)
	require.Equal(t, "3", sprint.Velocity.String())
	s, _ := l.Story(storyID(2))
	require.Equal(t, story.Ready, s.Status)
	require.ErrorIs(t, l.Can(backlog.CancelSprint{Sprint: sprintID(1), Reason: "obsolete"}, po, l.At()), backlog.ErrRule)
}

func TestSprintValidateNamesAll(t *testing.T) {
	err := backlog.Sprint{
		ID: sprintID(1), Name: "Sprint 1", Capacity: decimal.NewFromInt(-5), Start: start, End: start.AddDate(0, 0, -1),
	}.Validate()
	require.ErrorIs(t, err, field.ErrInvalid)
	require.ErrorContains(t, err, `backlog: sprint.capacity is "-5", want 0 points or more`)
	require.ErrorContains(t, err, "backlog: sprint.end is ")
}

// Hierarchy and readiness agree: what belongs to something dropped is not ready, and what needs
// something dropped no longer waits.
func TestReadyFollowsTheTree(t *testing.T) {
	l := product(t, backlog.Options{Rules: backlog.Rules{DropNeeded: backlog.RuleOff}})
	ready := func() string {
		var titles []string
		for s := range l.Startable(l.At()) {
			titles = append(titles, s.Title)
		}
		return strings.Join(titles, ", ")
	}
	require.Equal(t, "Story 1, Story 2, Story 3", ready())
	l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID(3)), Needs: backlog.StoryItem(storyID(1)),
	}})
	require.Equal(t, "Story 1, Story 2", ready())
	l.do(po, backlog.DropStory{Story: storyID(1), Reason: "no"})
	require.Equal(t, "Story 2, Story 3", ready())

	l.do(pm, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(2), Title: "first"}},
		backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.FeatureItem(featureID(1)), Needs: backlog.FeatureItem(featureID(2)),
		}})
	require.Empty(t, ready(), "the feature waits, and the options say that its stories do too")
	require.Equal(t, []backlog.ItemID{backlog.FeatureItem(featureID(2))}, l.OpenNeeds(backlog.FeatureItem(featureID(1))))
	l.do(pm, backlog.DropFeature{Feature: featureID(2), Reason: "no"})
	require.Equal(t, "Story 2, Story 3", ready())
	l.do(pm, backlog.DropGoal{Goal: goalID(1), Reason: "no"})
	require.Empty(t, ready())
}

// Equal titles warn and never fail: ids are identity (golden case auth-008).
func TestFindings(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(dev,
		backlog.AddTask{Story: storyID(1), Task: story.Task{ID: taskID(2), Title: "Connect the screen to user data"}},
		backlog.EstimateStory{Story: storyID(2), Estimate: story.Points(40)})
	l.do(pm, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(2), Title: "Vague"}},
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(2), Title: "Lonely"}})
	l.do(po, backlog.AddStory{Story: story.Story{ID: storyID(4), Title: "Story 3"}}, backlog.DropStory{Story: storyID(1), Reason: "no"})
	var lines []string
	for _, finding := range l.Findings() {
		lines = append(lines, fmt.Sprintf("%s: %s", finding.Rule, finding.Message))
	}
	require.Equal(t, []string{
		`goal without metric: goal "Vague" has no metric: nobody can tell when it is reached`,
		`key result without work: nobody works on a key result of goal "Reduce checkout time": no feature serves it`,
		`key result without work: nobody works on a key result of goal "Reduce checkout time": no feature serves it`,
		`feature without goal: feature "Lonely" serves no goal`,
		`feature without stories: feature "Lonely" is not broken into stories`,
		`open task: story "Story 1" is dropped, but its task "Connect the screen to user data" is open`,
		`large story: story "Story 2" needs at most 13 points, or a split; it has 40`,
		`equal titles: 2 stories are called "Story 3"`,
		`story without feature: story "Story 3" is part of no feature`,
		`story without criteria: story "Story 3" has no acceptance criteria`,
		`open proposal: proposal "Story 41" of Stan waits for a decision`,
		`open proposal: proposal "receipts" of Stan waits for a decision`,
		`open question: a question of Stan about story "Story 2" waits for the business owner`,
		`risk without owner: nobody sees to risk "the bank is late"`,
		`impediment without owner: nobody sees to impediment "the lawyers have to agree"`,
	}, lines)
}

// What a caller does to a yielded or handed-in value does not reach the backlog.
func TestValuesAreCopies(t *testing.T) {
	l := product(t, backlog.Options{})
	before := snapshot(t, l.Backlog)
	for s := range l.Stories() {
		s.Criteria.Slice()[0].Text = "changed"
		for i, tasks := 0, s.Tasks.Slice(); i < len(tasks); i++ {
			tasks[i].Title = "changed"
		}
	}
	for sprint := range l.Sprints() {
		sprint.Stories = append(sprint.Stories, storyID(1))
	}
	require.Equal(t, before, snapshot(t, l.Backlog))

	mine, criteria := newStory(8), shows(8, 8).Slice()
	mine.Criteria = story.ListOf(criteria...)
	l.do(po, backlog.AddStory{Story: mine})
	criteria[0].Text = "changed"
	s, _ := l.Story(storyID(8))
	require.Equal(t, "shows 8", s.Criteria.Slice()[0].Text)
}

// The backlog may change while somebody walks it: nothing worse than a story met twice happens.
func TestChangesWhileWalking(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n := range 2_000 {
		l.do(po, backlog.AddStory{Story: newStory(n)})
	}
	for s := range l.Startable(l.At()) {
		l.do(po, backlog.DropStory{Story: s.ID, Reason: "no"})
	}
	for s := range l.Stories() {
		l.do(po, backlog.MoveStories{Stories: []story.ID{s.ID}, To: backlog.First()})
		if l.Seq() > 8_000 {
			break
		}
	}
}

// Of two stories that exclude each other, one can be in a sprint.
func TestExclusion(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.addReady(1, 3)
	l.addReady(2, 3)
	l.do(po,
		backlog.RelateStories{Relation: backlog.Relation{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}},
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "Sprint 1", Capacity: decimal.NewFromInt(10)}},
		backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(2)}})
	commit := backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1)}}
	err := l.Can(commit, po, l.At())
	require.ErrorIs(t, err, backlog.ErrRule)
	require.ErrorContains(t, err, `story "Story 2" excludes this one`)
	require.Contains(t, l.SprintFill("", decimal.NewFromInt(10), l.At()).Skipped[0].Reason, "excluded by")
	l.do(po, backlog.UnrelateStories{Story: storyID(2), How: backlog.Excludes, Other: storyID(1)}, commit)
}

func TestTestableCheck(t *testing.T) {
	check := backlog.TestableCheck(quality.WordsOf(story.English))
	for text, testable := range map[string]bool{
		"Given a cart\nWhen I pay\nThen I see a receipt": true,
		"Given a cart\nThen I see a receipt":             false,
		"The list is sorted by date":                     true,
		"It works well":                                  false,
	} {
		s := story.Story{Criteria: story.ListOf(story.Criterion{Text: text})}
		require.Equal(t, testable, check.Missing(backlog.CheckedStory{Story: s}) == "", text)
	}
	require.NotEmpty(t, check.Missing(backlog.CheckedStory{}))
}

// What waits for acceptance when its sprint ends goes back to the start, or waits on, as the one who ends it says.
func TestKeepReview(t *testing.T) {
	for _, keep := range []bool{false, true} {
		for _, end := range []backlog.Change{
			backlog.CloseSprint{Sprint: sprintID(1), KeepReview: keep}, backlog.CancelSprint{Sprint: sprintID(1), Reason: "obsolete", KeepReview: keep},
		} {
			l := product(t, backlog.Options{})
			inReview(l)
			l.do(dev, backlog.EstimateStory{Story: storyID(3), Estimate: story.Points(1)}, backlog.SetStoryStatus{Story: storyID(3), To: story.Ready})
			l.do(po, backlog.EditSprint{Sprint: sprintID(1), Goal: backlog.Set("Pay")},
				backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(2), storyID(3)}}, backlog.StartSprint{Sprint: sprintID(1)})
			l.do(dev, backlog.SetStoryStatus{Story: storyID(3), To: story.InProgress})
			l.do(po, end)
			waits, _ := l.Story(storyID(2))
			begun, _ := l.Story(storyID(3))
			require.Equal(t, map[bool]story.Status{false: story.Ready, true: story.InReview}[keep], waits.Status)
			require.Equal(t, story.Ready, begun.Status)
			if keep { // a later sprint takes it, and its points count there
				l.do(po, sprintOf(7, 0, 14), backlog.CommitStories{Sprint: sprintID(7), Stories: []story.ID{storyID(2)}},
					backlog.StartSprint{Sprint: sprintID(7)}, backlog.AcceptStory{Story: storyID(2)}, backlog.CloseSprint{Sprint: sprintID(7)})
				closed, _ := l.Sprint(sprintID(7))
				require.Equal(t, "1", closed.Velocity.String())
			}
		}
	}
}
