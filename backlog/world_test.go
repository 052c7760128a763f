package backlog_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The people of the tests, each with one role, and one without any.
var (
	pm          = backlog.As("Paula", backlog.ProductManager)
	po          = backlog.As("Otto", backlog.ProductOwner)
	dev         = backlog.As("Dana", backlog.Developer)
	stakeholder = backlog.As("Stan", backlog.Stakeholder)
	nobody      = backlog.As("Nemo")
	start       = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
)

// roleOf returns the first role of an actor, for all teams or for one.
func roleOf(actor backlog.Actor) backlog.Role {
	for grant := range actor.Roles() {
		return grant.Role
	}
	return ""
}

// number makes the n-th id of a kind: tests need ids that are the same in every run.
func number(n int) uuid.UUID {
	var id uuid.UUID
	id[0] = 1
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

func storyID(n int) story.ID                  { return story.ID(number(n)) }
func taskID(n int) story.TaskID               { return story.TaskID(number(n)) }
func featureID(n int) roadmap.FeatureID       { return roadmap.FeatureID(number(n)) }
func goalID(n int) roadmap.GoalID             { return roadmap.GoalID(number(n)) }
func horizonID(n int) roadmap.HorizonID       { return roadmap.HorizonID(number(n)) }
func sprintID(n int) backlog.SprintID         { return backlog.SprintID(number(n)) }
func releaseID(n int) roadmap.ReleaseID       { return roadmap.ReleaseID(number(n)) }
func incrementID(n int) roadmap.IncrementID   { return roadmap.IncrementID(number(n)) }
func insightID(n int) roadmap.InsightID       { return roadmap.InsightID(number(n)) }
func proposalID(n int) roadmap.ProposalID     { return roadmap.ProposalID(number(n)) }
func questionID(n int) backlog.QuestionID     { return backlog.QuestionID(number(n)) }
func keyResultID(n int) roadmap.KeyResultID   { return roadmap.KeyResultID(number(70 + n)) }
func riskID(n int) roadmap.RiskID             { return roadmap.RiskID(number(n)) }
func themeID(n int) roadmap.ThemeID           { return roadmap.ThemeID(number(n)) }
func epicID(n int) roadmap.EpicID             { return roadmap.EpicID(number(n)) }
func activityID(n int) roadmap.ActivityID     { return roadmap.ActivityID(number(n)) }
func stepID(n int) roadmap.StepID             { return roadmap.StepID(number(n)) }
func impedimentID(n int) roadmap.ImpedimentID { return roadmap.ImpedimentID(number(n)) }

// newIncrement has three iterations of two weeks each.
func newIncrement(n int) roadmap.Increment {
	increment := roadmap.Increment{
		ID: incrementID(n), Name: "increment",
		Objectives: []roadmap.IncrementObjective{{Title: "objective", Team: "red", Committed: true}},
	}
	for i := range 3 {
		increment.Iterations = append(increment.Iterations, roadmap.Iteration{
			Name: fmt.Sprint(i + 1), From: start.AddDate(0, 0, 14*i), To: start.AddDate(0, 0, 14*(i+1)),
		})
	}
	return increment
}
func criterionID(n int) story.CriterionID { return story.CriterionID(number(n)) }

func newStory(n int) story.Story {
	return story.Story{
		ID:        storyID(n),
		Title:     fmt.Sprintf("Story %d", n),
		Narrative: story.Narrative{Role: "spender", Goal: "to see more", Benefit: "I spend less"},
		Criteria:  shows(n, n),
	}
}

// shows is the one criterion of a story.
func shows(id, what int) story.List[story.Criterion] {
	return story.ListOf(story.Criterion{ID: criterionID(id), Text: fmt.Sprintf("shows %d", what)})
}

// log is a backlog and everything that happened to it.
type log struct {
	*backlog.Backlog
	t      testing.TB
	events []backlog.Event
}

func newLog(t testing.TB, options backlog.Options) *log {
	b, err := backlog.New(options)
	require.NoError(t, err)
	return &log{Backlog: b, t: t}
}

// do makes changes that must be allowed.
func (l *log) do(by backlog.Actor, changes ...backlog.Change) {
	l.t.Helper()
	for _, change := range changes {
		event, err := l.Execute(change, by, later(start.Add(time.Duration(l.Seq())*time.Minute), l.At()))
		require.NoError(l.t, err)
		l.events = append(l.events, event)
	}
}

// snapshot returns the canonical bytes.
func snapshot(t testing.TB, b *backlog.Backlog) string {
	t.Helper()
	data, err := b.Snapshot()
	require.NoError(t, err)
	return string(data)
}

// ready makes story n in a state that meets the definition of ready, estimated at so many points.
func (l *log) addReady(n int, points int64) {
	l.t.Helper()
	l.do(po, backlog.AddStory{Story: newStory(n)})
	l.do(dev, backlog.EstimateStory{Story: storyID(n), Estimate: story.Points(points)})
	l.do(po, backlog.SetStoryStatus{Story: storyID(n), To: story.Ready})
}

// finish takes a ready story through the work to acceptance.
func (l *log) finish(n int) {
	l.t.Helper()
	l.do(
		dev,
		backlog.SetStoryStatus{Story: storyID(n), To: story.InProgress},
		backlog.SetStoryStatus{Story: storyID(n), To: story.InReview},
		backlog.JudgeCriterion{Story: storyID(n), Criterion: criterionID(n), Verdict: story.Met},
	)
	l.do(po, backlog.AcceptStory{Story: storyID(n)})
}

// dice makes random changes out of a small world, so that many of them collide.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 0))} }

const smallWorld = 4

// opening makes a small product to begin with.
func (d dice) opening() []backlog.Change {
	changes := []backlog.Change{backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}}}
	for i := range smallWorld - 1 {
		changes = append(
			changes,
			backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(i), Title: "goal", Metric: roadmap.Metric{
				Name: "time", Baseline: decimal.NewFromInt(100), Target: roadmap.Relative(decimal.NewFromInt(-20)),
			}}},
			backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID(i), Name: "now"}},
			backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(i), Name: "release"}},
			backlog.PlanIncrement{Increment: newIncrement(i)},
			backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(i), Title: "feature", Goal: goalID(d.IntN(i + 1))}},
			backlog.AddStory{Story: d.newStory(i)},
		)
	}
	changes = append(changes, backlog.MeasureGoal{Goal: goalID(0), Value: decimal.NewFromInt(95), At: start.AddDate(0, 0, -1)})
	work := func(n int) story.Story { s := newStory(n); s.Feature = featureID(smallWorld); return s }
	changes = append(
		changes,
		backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.StoryItem(storyID(0)), Needs: backlog.StoryItem(storyID(1))}},
		backlog.RelateStories{Relation: backlog.Relation{Story: storyID(0), How: backlog.RelatesTo, Other: storyID(1)}},
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(smallWorld), Title: "feature"}},
		backlog.ProposeStory{Story: newStory(41)},
		backlog.SetKeyResults{Goal: goalID(0), KeyResults: keyResults(0)},
		backlog.SetFeatureMeasure{Feature: featureID(0), Metric: newMetric(), To: start},
		backlog.MeasureFeature{Feature: featureID(0), Value: decimal.NewFromInt(90)},
		backlog.AddInsight{Insight: roadmap.Insight{ID: insightID(0), Text: "they look for the sum"}},
		backlog.EditInsight{Insight: insightID(0), People: backlog.Set(7)},
		backlog.AddRisk{Risk: roadmap.Risk{ID: riskID(0), Title: "the bank is late"}},
		backlog.AddActivity{Activity: newActivity(0)},
		backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(0), Title: "mobile", Share: decimal.NewFromInt(60)}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(0), Title: "payments", Level: roadmap.LevelEpic}},
		backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: impedimentID(0), Title: "the lawyers have to agree", About: story.ListOf(roadmap.AboutStory(storyID(0)))}},
		backlog.AddTask{Story: storyID(0), Task: story.Task{ID: taskID(0), Title: "task"}},
		backlog.AddStory{Story: work(smallWorld)}, // a story that has come far: chance seldom gets there
		backlog.SetStoryStatus{Story: storyID(smallWorld), To: story.Ready},
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(0), Name: "sprint", Goal: "a goal", Capacity: decimal.NewFromInt(20)}},
		backlog.CommitStories{Sprint: sprintID(0), Stories: []story.ID{storyID(smallWorld)}},
		backlog.StartSprint{Sprint: sprintID(0)},
		backlog.ClaimStory{Story: storyID(smallWorld), Until: start.Add(2 * time.Minute)},
		backlog.RenewClaim{Story: storyID(smallWorld), Until: start.Add(3 * time.Minute)},
		backlog.SetStoryStatus{Story: storyID(smallWorld), To: story.InProgress},
		backlog.JudgeCriterion{Story: storyID(smallWorld), Criterion: criterionID(smallWorld), Verdict: story.Met},
		backlog.SetStoryStatus{Story: storyID(smallWorld), To: story.InReview},
		backlog.AcceptStory{Story: storyID(smallWorld)},
		backlog.AcceptFeature{Feature: featureID(smallWorld)},
	)
	if d.IntN(2) == 0 {
		changes = append(changes, backlog.AssignFeatureRelease{Feature: featureID(smallWorld), Release: releaseID(0)})
	}
	return changes[:len(changes)-d.IntN(5)]
}

func (d dice) id() int { return d.IntN(smallWorld + 1) }

func (d dice) actor() backlog.Actor {
	switch d.IntN(9) {
	case 8:
		return backlog.As("Bea", backlog.BusinessOwner)
	case 0:
		return stakeholder
	case 1:
		return nobody
	case 2, 3:
		return backlog.As("Ina").WithRole(backlog.ProductOwner, "red").WithRole(backlog.Developer, "red")
	default:
		return backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	}
}

func (d dice) name() string { return []string{"Ina", "Ina", "Uma"}[d.IntN(3)] }

func (d dice) permission() backlog.Permission {
	return []backlog.Permission{backlog.MayOrderStories, backlog.MayOrderStories, backlog.MayOrderFeatures, backlog.MayAssignRoles}[d.IntN(4)]
}

func (d dice) team() story.Team { return []story.Team{"", "red", "blue"}[d.IntN(3)] }

// imported is story n as a tracker would hand it over.
func imported(n int, status story.Status) story.Story {
	s := newStory(n)
	s.Status = status
	s.Details = story.ConstOf(story.Details{Past: story.Past{Created: start.AddDate(0, -2, 0), Started: start.AddDate(0, -1, 0), Done: start}})
	return s
}

// importItems brings in a feature and stories, some of them there, with links that may close a circle.
func (d dice) importItems() backlog.Change {
	change := backlog.ImportItems{Source: "tracker"}
	if d.IntN(2) == 0 {
		status := roadmap.FeatureStatus(1 + d.IntN(3))
		change.Features = []roadmap.Feature{{ID: featureID(d.id()), Title: "imported", Status: status}}
	}
	for _, n := range d.Perm(smallWorld + 1)[:d.IntN(3)] {
		s := imported(n, d.status())
		s.Team, s.Feature = d.team(), featureID(d.id())
		if key := d.key(); key != "" {
			details := s.Details.Value()
			details.Key = key
			s.Details = story.ConstOf(details)
		}
		change.Stories = append(change.Stories, s)
	}
	if d.IntN(2) == 0 {
		change.Dependencies = []backlog.Dependency{{Item: d.item(), Needs: d.item()}}
	}
	if d.IntN(3) == 0 {
		change.GoneDependencies = []backlog.Dependency{{Item: d.item(), Needs: d.item()}}
	}
	if d.IntN(3) == 0 {
		change.Relations = []backlog.Relation{d.relation()}
	}
	switch d.IntN(8) {
	case 0:
		change.Goals = []roadmap.Goal{{
			ID: goalID(d.id()), Title: "imported", Status: roadmap.GoalStatus(1 + d.IntN(4)),
			Metric:       roadmap.Metric{Name: "share", Target: roadmap.Absolute(decimal.NewFromInt(5))},
			Measurements: []roadmap.Measurement{{At: start.AddDate(0, 0, -d.IntN(smallWorld)), Value: decimal.NewFromInt(1)}},
		}}
	case 1:
		change.Releases = []roadmap.Release{{ID: releaseID(d.id()), Name: "imported", Status: roadmap.ReleaseStatus(1 + d.IntN(2))}}
	case 2, 3:
		for _, n := range d.Perm(smallWorld)[:1+d.IntN(2)] {
			change.Sprints = append(change.Sprints, backlog.Sprint{
				ID: sprintID(n), Name: "imported", Team: d.team(), Status: backlog.SprintStatus(1 + d.IntN(4)), Stories: d.stories(),
			})
		}
	case 4:
		change.Assessments = []backlog.ItemAssessment{{Item: d.item(), Assessment: prioritize.Assessment{ICE: &prioritize.ICEInput{Impact: decimal.NewFromInt(1), Confidence: decimal.NewFromInt(1), Ease: decimal.NewFromInt(int64(d.IntN(9)))}}}}
	}
	return change
}

// reason is one, but for a few.
func (d dice) reason() string { return []string{"", "so it is", "so it is"}[d.IntN(3)] }

func (d dice) key() string { return []string{"", "SHOP-1", "SHOP-2"}[d.IntN(3)] }

func (d dice) status() story.Status {
	all := []story.Status{story.Draft, story.Ready, story.InProgress, story.InReview, story.Accepted, "unheard of"}
	return all[d.IntN(len(all))]
}

func (d dice) item() backlog.ItemID {
	if d.IntN(4) == 0 {
		return backlog.FeatureItem(featureID(d.id()))
	}
	return backlog.StoryItem(storyID(d.id()))
}

// soon is no instant, or one within a random history.
func (d dice) soon() time.Time {
	if d.IntN(3) == 0 {
		return time.Time{}
	}
	return start.Add(time.Duration(d.IntN(300)) * time.Second / 2)
}

func (d dice) person() string { return []string{"", "Dana", "Uma"}[d.IntN(3)] }

func (d dice) lag() backlog.Lag { return backlog.Lag(d.IntN(3)) * backlog.Lag(20*time.Second) }

func (d dice) relation() backlog.Relation {
	return backlog.Relation{
		Story: storyID(d.IntN(3)), How: backlog.RelationKind(d.IntN(4)), Other: storyID(d.IntN(3)), Reason: "so it is",
	}
}

func (d dice) money() roadmap.Money {
	return roadmap.Money{Amount: decimal.NewFromInt(int64(d.IntN(100) - 5)), Currency: []string{"EUR", "EUR", "CHF"}[d.IntN(3)]}
}

func (d dice) place() backlog.OrderPlace {
	switch d.IntN(5) {
	case 0:
		return backlog.First()
	case 1:
		return backlog.Last()
	case 2:
		return backlog.Before(storyID(d.id()))
	case 3:
		return backlog.After(storyID(d.id()))
	default:
		return backlog.At(d.IntN(smallWorld))
	}
}

func (d dice) stories() []story.ID {
	var ids []story.ID
	for range 1 + d.IntN(3) {
		ids = append(ids, storyID(d.id()))
	}
	return ids
}

func (d dice) newStory(n int) story.Story {
	s := newStory(n)
	s.Team = d.team()
	if d.IntN(3) == 0 {
		s.Details = story.ConstOf(story.Details{NotBefore: d.soon(), Labels: story.ListOf("schema"), Assignee: d.person()})
	}
	if d.IntN(2) == 0 {
		s.Feature = featureID(n)
	}
	return s
}

// change returns any change; most are well-formed, not all fit.
func (d dice) change() backlog.Change {
	id, other := d.id(), d.id()
	makers := []func() backlog.Change{
		func() backlog.Change {
			return backlog.SetVision{Vision: roadmap.Vision{Text: fmt.Sprint("vision ", id)}}
		},
		func() backlog.Change {
			return backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(id), Title: "goal", Metric: roadmap.Metric{
				Name: "time", Baseline: decimal.NewFromInt(100), Target: roadmap.Relative(decimal.NewFromInt(-20)),
			}}}
		},
		func() backlog.Change {
			return backlog.EditGoal{Goal: goalID(id), Title: backlog.Set(fmt.Sprint("goal ", other))}
		},
		func() backlog.Change { return backlog.PursueGoal{Goal: goalID(id)} },
		func() backlog.Change { return backlog.MoveGoal{Goal: goalID(id), To: d.IntN(smallWorld)} },
		func() backlog.Change {
			return backlog.MeasureGoal{Goal: goalID(id), Value: decimal.NewFromInt(int64(d.IntN(100))), At: start.AddDate(0, 0, -other)}
		},
		func() backlog.Change {
			return backlog.WithdrawMeasurement{Goal: goalID(d.IntN(2)), At: start.AddDate(0, 0, -1-d.IntN(2)), Reason: d.reason()}
		},
		func() backlog.Change { return backlog.FulfilGoal{Goal: goalID(id)} },
		func() backlog.Change { return backlog.DropGoal{Goal: goalID(id), Reason: d.reason()} },
		func() backlog.Change {
			return backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID(id), Name: "now"}}
		},
		func() backlog.Change {
			return backlog.EditHorizon{Horizon: horizonID(id), Name: backlog.Set("next")}
		},
		func() backlog.Change { return backlog.RemoveHorizon{Horizon: horizonID(id)} },
		func() backlog.Change { return backlog.SetStage{Stage: roadmap.Stage(d.IntN(6))} },
		func() backlog.Change {
			return backlog.PlanRelease{Release: roadmap.Release{ID: releaseID(id), Name: "release"}}
		},
		func() backlog.Change { return backlog.EditRelease{Release: releaseID(id), Name: backlog.Set("edited")} },
		func() backlog.Change {
			return backlog.AssignFeatureRelease{Feature: featureID(id), Release: releaseID(other), Reason: "it fits"}
		},
		func() backlog.Change {
			return backlog.AssignFeatureRelease{Feature: featureID(smallWorld), Release: releaseID(other)}
		},
		func() backlog.Change { return backlog.ShipRelease{Release: releaseID(id)} },
		func() backlog.Change { return backlog.ShipRelease{Release: releaseID(0)} },
		func() backlog.Change { return backlog.PlanIncrement{Increment: newIncrement(id)} },
		func() backlog.Change {
			return backlog.EditIncrement{Increment: incrementID(id), Objectives: backlog.Set(newIncrement(id).Objectives)}
		},
		func() backlog.Change {
			return backlog.AssignFeatureIncrement{Feature: featureID(id), Increment: incrementID(other)}
		},
		func() backlog.Change {
			return backlog.VoteConfidence{Increment: incrementID(id), Votes: []int{d.IntN(7), 3}}
		},
		func() backlog.Change {
			rate := backlog.RateObjective{Increment: incrementID(id), Objective: d.IntN(2)}
			for _, value := range []**int{&rate.Proposed, &rate.Planned, &rate.Actual} {
				if d.IntN(2) == 0 {
					*value = backlog.Set(d.IntN(12))
				}
			}
			return rate
		},
		func() backlog.Change {
			return backlog.SetObjectives{Increment: incrementID(id), Team: d.team(), Objectives: []roadmap.IncrementObjective{
				{Title: "objective", Committed: true}, {Title: fmt.Sprint("objective ", other)},
			}[d.IntN(2):]}
		},
		func() backlog.Change {
			return backlog.AssignFeatureHorizon{Feature: featureID(id), Horizon: horizonID(other)}
		},
		func() backlog.Change {
			return backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(id), Title: fmt.Sprint("feature ", id)}}
		},
		func() backlog.Change {
			return backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(id), Title: "with goal", Goal: goalID(other)}}
		},
		func() backlog.Change {
			return backlog.EditFeature{Feature: featureID(id), Title: backlog.Set("edited")}
		},
		func() backlog.Change { return backlog.AssignFeatureGoal{Feature: featureID(id), Goal: goalID(other)} },
		func() backlog.Change { return backlog.MoveFeature{Feature: featureID(id), To: d.IntN(smallWorld)} },
		func() backlog.Change {
			return backlog.OrderFeatures{Features: []roadmap.FeatureID{featureID(id), featureID(other)}, Method: "WSJF", Scores: []string{"2", "1"}}
		},
		func() backlog.Change { return backlog.ReopenFeature{Feature: featureID(id), Reason: d.reason()} },
		func() backlog.Change {
			return backlog.SetFeatureCriteria{Feature: featureID(id), Criteria: shows(id, id)}
		},
		func() backlog.Change {
			return backlog.JudgeFeatureCriterion{Feature: featureID(id), Criterion: criterionID(id), Verdict: story.Met}
		},
		func() backlog.Change {
			return backlog.AssessFeature{Feature: featureID(id), Assessment: prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must}}}
		},
		func() backlog.Change {
			return backlog.SizeFeature{Feature: featureID(id), Size: story.Points(int64(d.IntN(30)))}
		},
		func() backlog.Change { return backlog.SetBudget{Feature: featureID(id), Budget: d.money()} },
		func() backlog.Change { return backlog.RecordCost{Feature: featureID(id), Cost: d.money()} },
		func() backlog.Change { return backlog.AcceptFeature{Feature: featureID(id)} },
		func() backlog.Change { return backlog.DropFeature{Feature: featureID(id), Reason: d.reason()} },
		func() backlog.Change { return backlog.AddStory{Story: d.newStory(id)} },
		func() backlog.Change { return backlog.AddStory{Story: d.newStory(id)} },
		func() backlog.Change { return backlog.AddStory{Story: d.newStory(id)} },
		func() backlog.Change { return backlog.EditStory{Story: storyID(id), Title: backlog.Set("edited")} },
		func() backlog.Change {
			return backlog.EditStory{Story: storyID(id), Labels: backlog.Set(story.ListOf([]string{"web", "schema", "skill:go"}[:other%4]...))}
		},
		func() backlog.Change {
			return backlog.AssignStoryFeature{Story: storyID(id), Feature: featureID(other)}
		},
		func() backlog.Change { return backlog.AssignStoryTeam{Story: storyID(id), Team: d.team()} },
		d.importItems,
		func() backlog.Change {
			return backlog.AssignStoryAssignee{Story: storyID(id), Assignee: d.person()}
		},
		func() backlog.Change { return backlog.EditStory{Story: storyID(id), Key: backlog.Set(d.key())} },
		func() backlog.Change {
			return backlog.EditStory{
				Story: storyID(id), ItemKind: backlog.Set(story.Defect), Labels: backlog.Set(story.ListOf("web")), Due: backlog.Set(start),
				Data: backlog.Set(story.ListOf(story.DataValue{Name: "colour", Type: "text", Value: d.key()})),
			}
		},
		func() backlog.Change { return backlog.EditFeature{Feature: featureID(id), Key: backlog.Set(d.key())} },
		func() backlog.Change {
			x, y := newStory(100+id), newStory(200+id)
			x.Criteria = shows(100+id, id)
			return backlog.SplitStory{Story: storyID(id), Into: []story.Story{x, y}}
		},
		func() backlog.Change {
			return backlog.EstimateStory{Story: storyID(id), Estimate: story.Points(int64(d.IntN(20)))}
		},
		func() backlog.Change {
			return backlog.AssessStory{Story: storyID(id), Assessment: prioritize.Assessment{ValueEffort: &prioritize.ValueEffortInput{
				Value: decimal.NewFromInt(int64(d.IntN(9))), Effort: decimal.NewFromInt(1),
			}}}
		},
		func() backlog.Change { return backlog.SetStoryStatus{Story: storyID(id), To: d.status()} },
		func() backlog.Change { return backlog.SetStoryStatus{Story: storyID(id), To: d.status()} },
		func() backlog.Change { return backlog.SetStoryStatus{Story: storyID(id), To: d.status()} },
		func() backlog.Change { return backlog.AcceptStory{Story: storyID(id)} },
		func() backlog.Change { return backlog.AcceptStory{Story: storyID(smallWorld)} },
		func() backlog.Change {
			return backlog.RemoveCriterion{Story: storyID(smallWorld), Criterion: criterionID(smallWorld)}
		},
		func() backlog.Change { return backlog.RejectStory{Story: storyID(id), Reason: "slow"} },
		func() backlog.Change { return backlog.DropStory{Story: storyID(id), Reason: "no"} },
		func() backlog.Change {
			return backlog.AddCriterion{Story: storyID(id), Criterion: story.Criterion{ID: criterionID(other), Text: "more"}}
		},
		func() backlog.Change {
			return backlog.EditCriterion{Story: storyID(id), Criterion: criterionID(id), Text: backlog.Set(fmt.Sprintf("shows %d", id))}
		},
		func() backlog.Change {
			return backlog.RemoveCriterion{Story: storyID(id), Criterion: criterionID(other)}
		},
		func() backlog.Change {
			return backlog.JudgeCriterion{Story: storyID(id), Criterion: criterionID(id), Verdict: story.Verdict(d.IntN(4))}
		},
		func() backlog.Change {
			return backlog.AddTask{Story: storyID(id), Task: story.Task{ID: taskID(other), Title: "task"}}
		},
		func() backlog.Change {
			return backlog.EditTask{Task: taskID(id), Title: backlog.Set("edited"), Assignee: backlog.Set("Dana")}
		},
		func() backlog.Change { return backlog.FinishTask{Task: taskID(id)} },
		func() backlog.Change { return backlog.ReopenTask{Task: taskID(id)} },
		func() backlog.Change { return backlog.RemoveTask{Task: taskID(id)} },
		func() backlog.Change {
			return backlog.AddDependency{Dependency: backlog.Dependency{Item: d.item(), Needs: d.item(), Reason: "first things first"}}
		},
		func() backlog.Change {
			return backlog.AddDependency{Dependency: backlog.Dependency{Item: d.item(), Needs: d.item(), Lag: d.lag()}}
		},
		func() backlog.Change { return backlog.ClaimStory{Story: storyID(id), Until: d.soon()} },
		func() backlog.Change { return backlog.ClaimStory{Story: storyID(id), Until: d.soon()} },
		func() backlog.Change { return backlog.RenewClaim{Story: storyID(id), Until: d.soon()} },
		func() backlog.Change {
			return backlog.ReleaseClaim{Story: storyID(id), Of: []string{"", "Uma", "Ina"}[other%3]}
		},
		func() backlog.Change { return backlog.ScheduleStory{Story: storyID(id), NotBefore: d.soon()} },
		func() backlog.Change { return backlog.ScheduleFeature{Feature: featureID(id), NotBefore: d.soon()} },
		func() backlog.Change { return backlog.RemoveDependency{Item: d.item(), Needs: d.item()} },
		func() backlog.Change {
			return backlog.RemoveDependency{Item: backlog.StoryItem(storyID(0)), Needs: backlog.StoryItem(storyID(1))}
		},
		func() backlog.Change {
			return backlog.WithdrawStories{Sprint: sprintID(0), Stories: []story.ID{storyID(smallWorld)}, Reason: "too much"}
		},
		func() backlog.Change { return backlog.RelateStories{Relation: d.relation()} },
		func() backlog.Change {
			return backlog.RelateStories{Relation: backlog.Relation{Story: storyID(smallWorld), How: backlog.Excludes, Other: storyID(d.IntN(3))}}
		},
		func() backlog.Change { return backlog.RelateStories{Relation: d.relation()} },
		func() backlog.Change {
			return backlog.UnrelateStories{Story: storyID(1), How: backlog.RelatesTo, Other: storyID(0)}
		},
		func() backlog.Change {
			r := d.relation()
			return backlog.UnrelateStories{Story: r.Story, How: r.How, Other: r.Other}
		},
		func() backlog.Change { return backlog.MoveStories{Stories: d.stories(), To: d.place()} },
		func() backlog.Change { return backlog.MoveStories{Stories: d.stories(), To: d.place()} },
		func() backlog.Change { return backlog.OrderStories{Stories: d.stories(), Method: "a throw of dice"} },
		func() backlog.Change {
			return backlog.PlanSprint{Sprint: backlog.Sprint{
				ID: sprintID(id), Name: "sprint", Goal: "a goal", Team: d.team(), Capacity: decimal.NewFromInt(20),
			}}
		},
		func() backlog.Change {
			from := start.AddDate(0, 0, 14*other)
			return backlog.PlanSprint{Sprint: backlog.Sprint{
				ID: sprintID(id), Name: "sprint", Goal: "a goal", Start: from, End: from.AddDate(0, 0, 14+20*d.IntN(2)),
			}}
		},
		func() backlog.Change {
			return backlog.CommitStories{Sprint: sprintID(id), Stories: d.stories(), Reason: "room is left"}
		},
		func() backlog.Change {
			return backlog.CommitStories{Sprint: sprintID(0), Stories: d.stories(), Reason: d.reason()}
		},
		func() backlog.Change {
			return backlog.WithdrawStories{Sprint: sprintID(id), Stories: d.stories(), Reason: "too much"}
		},
		func() backlog.Change {
			from := start.AddDate(0, 0, 14*other)
			return backlog.EditSprint{
				Sprint: sprintID(id), Name: backlog.Set(fmt.Sprint("sprint ", other)), Goal: backlog.Set([]string{"", "a goal"}[d.IntN(2)]),
				Start: backlog.Set(from), End: backlog.Set(from.AddDate(0, 0, 13+d.IntN(3))),
			}
		},
		func() backlog.Change { return backlog.NoteSprint{Sprint: sprintID(id), Note: "less at a time"} },
		func() backlog.Change { return backlog.StartSprint{Sprint: sprintID(id)} },
		func() backlog.Change { return backlog.CloseSprint{Sprint: sprintID(id), KeepReview: d.IntN(3) == 0} },
		func() backlog.Change {
			return backlog.CancelSprint{Sprint: sprintID(id), Reason: "obsolete", KeepReview: d.IntN(3) == 0}
		},
		d.practice, d.practice, d.practice, d.practice, d.practice, d.practice,
		d.voice, d.voice, d.voice, d.voice, d.voice, d.voice, d.voice, d.voice,
		func() backlog.Change {
			return backlog.GrantRole{Person: d.name(), Role: d.role(3)}
		},
		func() backlog.Change {
			return backlog.GrantRole{Person: d.name(), Role: d.role(6), Team: d.team()}
		},
		func() backlog.Change { return backlog.RevokeRole{Person: "Ina", Role: d.role(2)} },
		func() backlog.Change {
			return backlog.Delegate{Person: d.name(), Permission: d.permission(), Team: d.team(), Until: d.soon()}
		},
		func() backlog.Change {
			return backlog.Undelegate{Person: "Ina", Permission: d.permission(), Team: d.team()}
		},
	}
	return makers[d.IntN(len(makers))]()
}

// role returns one of the first n roles.
func (d dice) role(n int) backlog.Role {
	return []backlog.Role{
		backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.ScrumMaster, backlog.BusinessOwner, backlog.Stakeholder,
	}[d.IntN(n)]
}

// later returns the later of two instants.
func later(x, y time.Time) time.Time {
	if x.Before(y) {
		return y
	}
	return x
}

// cases is how many random cases to try: a tenth of them in a short run.
func cases(n uint64) uint64 {
	if testing.Short() {
		return n / 10
	}
	return n
}
