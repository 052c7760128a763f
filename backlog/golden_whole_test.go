package backlog_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// wholeHistory is one with the fields that chance leaves out: together with the random ones, the frozen
// histories set every field of every kind of change.
func wholeHistory(t testing.TB) []backlog.Event {
	l := newLog(t, backlog.Options{})
	all := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.BusinessOwner)
	for _, changes := range [][]backlog.Change{wholeStrategy(), wholeImport(), wholeStories(), wholeFeatures(), wholeVoices(), wholeIncrement()} {
		l.do(all, changes...)
	}
	correlated, err := l.Decide([]backlog.Change{
		backlog.DropStory{Story: storyID(9)}, backlog.MoveGoal{Goal: goalID(0), To: 1},
	}, all, l.At(), backlog.DecideOptions{
		Note: "asked for twice", Correlation: "request 7", Waive: []backlog.Waiver{{Rule: backlog.RuleReason, Reason: "everybody knows"}},
	})
	require.NoError(t, err)
	require.NoError(t, l.Apply(correlated...))
	return append(l.events, correlated...)
}

func wholeStrategy() []backlog.Change {
	n, month := decimal.NewFromInt, start.AddDate(0, 1, 0)
	metric := newMetric()
	metric.Unit = "s"
	result := roadmap.KeyResult{ID: keyResultID(1), Title: "audit passed", Baseline: n(1), Target: n(3), Value: n(1), Weight: n(2)}
	money := story.ListOf(roadmap.MoneyPeriod{
		From: start, To: month, Currency: "EUR", Planned: roadmap.Cashflow{Revenue: n(9), Cost: n(4)}, Actual: roadmap.Cashflow{Revenue: n(7), Cost: n(5)},
	})
	return []backlog.Change{
		backlog.SetVision{Vision: roadmap.Vision{
			Text: "nobody waits", TargetGroup: "shops", Needs: "to be paid", Product: "a till", BusinessGoals: "fees",
			Statement: roadmap.Statement{
				For: "shops", Who: "want to be paid", Product: "Till", Category: "service", Benefit: "pays at once", Unlike: "cash", Differentiation: "no coins",
			},
		}},
		backlog.AddGoal{Goal: roadmap.Goal{
			ID: goalID(0), Title: "goal", Metric: metric, Start: start, Due: month, Money: money, KeyResults: story.ListOf(result),
			Measurements: []roadmap.Measurement{{At: start, Value: n(99)}},
		}},
		backlog.EditGoal{Goal: goalID(0), Metric: backlog.Set(metric), Start: backlog.Set(start), Due: backlog.Set(month.AddDate(0, 1, 0))},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID(0), Name: "now", From: start, To: month}},
		backlog.EditHorizon{Horizon: horizonID(0), From: backlog.Set(start), To: backlog.Set(month.AddDate(0, 1, 0))},
		backlog.PlanRelease{Release: roadmap.Release{
			ID: releaseID(0), Name: "2.0", Notes: "the first", Date: month,
			Checklist: story.ListOf(roadmap.ReleaseTask{Title: "tell the press", Owner: "Mia", Due: month, Done: true}),
		}},
		backlog.EditRelease{
			Release: releaseID(0), Notes: backlog.Set("the second"), Date: backlog.Set(month.AddDate(0, 0, 1)),
			Checklist: backlog.Set(story.ListOf(roadmap.ReleaseTask{Title: "tell the shops"})),
		},
		backlog.AddTheme{Theme: roadmap.Theme{ID: themeID(0), Title: "mobile", Share: n(20)}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(0), Title: "payments", Hypothesis: "more pay", Level: roadmap.LevelEpic}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(1), Title: "cards", Parent: epicID(0), Level: roadmap.LevelCapability}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID(2), Title: "another", Level: roadmap.LevelEpic}},
		backlog.EditEpic{Epic: epicID(1), Title: backlog.Set("all cards"), Parent: backlog.Set(epicID(2))},
		backlog.RemoveEpic{Epic: epicID(0)},
		backlog.AddActivity{Activity: newActivity(0)},
		backlog.AddActivity{Activity: newActivity(1)},
		backlog.MoveActivity{Activity: activityID(0), To: 1},
		backlog.PlanIncrement{Increment: roadmap.Increment{
			ID: incrementID(0), Name: "first", Objectives: []roadmap.IncrementObjective{{Title: "pay", Team: "red", Committed: true}},
			Iterations: newIncrement(0).Iterations, Allocations: []roadmap.Allocation{{Theme: themeID(0), Percent: n(20)}, {Kind: story.Chore, Percent: n(10)}},
		}},
	}
}

// wholeImport brings in what no other change may: judgements, sizes, the past.
func wholeImport() []backlog.Change {
	n := decimal.NewFromInt
	past := story.Details{
		Key: "OLD-1", Kind: story.Defect, Labels: story.ListOf("old"), Description: "as it was", Assignee: "Dana", Requester: "Stan", Segment: "shops",
		Class: story.Standard, NotBefore: start, Due: start.AddDate(0, 2, 0), Data: story.ListOf(story.DataValue{Name: "colour", Type: "text", Value: "red"}),
		Past: story.Past{Created: start.AddDate(0, -3, 0), Started: start.AddDate(0, -2, 0), Done: start.AddDate(0, -1, 0)},
	}
	keyed := func(key string) story.Const[story.Details] {
		details := past
		details.Key = key
		return story.ConstOf(details)
	}
	judged := story.ListOf(story.Criterion{ID: criterionID(9), Text: "shows 9", Verdict: story.Met, By: "Otto", At: start, Note: "seen"})
	money := func(amount int64) roadmap.Money { return roadmap.Money{Amount: n(amount), Currency: "EUR"} }
	feature := roadmap.Feature{
		ID: featureID(9), Title: "imported", Goal: goalID(0), KeyResult: keyResultID(1), Problem: "they wait", Hypothesis: "they would not", Measure: "time",
		Criteria: judged, Size: story.Points(9), Budget: money(9), Spent: money(4), Horizon: horizonID(0), Release: releaseID(0), Increment: incrementID(0),
		Epic: epicID(1), Theme: themeID(0), Status: roadmap.FeatureOpen,
		Money:   story.ListOf(roadmap.MoneyPeriod{From: start, To: start.AddDate(0, 1, 0), Currency: "EUR", Planned: roadmap.Cashflow{Revenue: n(1), Cost: n(1)}}),
		Outcome: story.ConstOf(roadmap.Outcome{Metric: newMetric(), From: start, To: start.AddDate(0, 1, 0)}), Details: keyed("OLD-2"),
	}
	later := roadmap.Feature{ID: featureID(8), Title: "imported later", Parent: featureID(9), Status: roadmap.FeatureOpen}
	s := story.Story{
		ID: storyID(9), Title: "imported", Feature: featureID(9), Team: "red", Criteria: judged, Estimate: story.Points(3), Status: story.Ready,
		Narrative: story.Narrative{Role: "payer", Conditions: story.ConditionsOf("at a till"), Goal: "to pay", Benefit: "I am done", Language: story.English},
		Tasks:     story.ListOf(story.Task{ID: taskID(9), Title: "task", Assignee: "Dana", Done: true}), Details: keyed("OLD-1"),
	}
	part := newStory(8)
	part.Parent, part.Status, part.Team = storyID(9), story.Ready, "red"
	other := newStory(7)
	other.Status, other.Team = story.Ready, "blue"
	linked := backlog.Dependency{Item: backlog.StoryItem(storyID(9)), Needs: backlog.StoryItem(storyID(8)), Lag: backlog.Lag(20 * time.Second), Reason: "first things first"}
	related := backlog.Relation{Story: storyID(9), How: backlog.RelatesTo, Other: storyID(8), Reason: "alike"}
	return []backlog.Change{
		backlog.ImportItems{
			Source: "tracker", Features: []roadmap.Feature{feature, later}, Stories: []story.Story{s, part, other},
			Goals: []roadmap.Goal{{ID: goalID(9), Title: "imported", Status: roadmap.GoalFulfilled, Metric: newMetric()}},
			Releases: []roadmap.Release{{
				ID: releaseID(9), Name: "1.0", Notes: "old", Date: start, Status: roadmap.ReleaseShipped,
				Checklist: story.ListOf(roadmap.ReleaseTask{Title: "tell", Owner: "Mia", Due: start, Done: true}),
			}},
			Sprints: []backlog.Sprint{{
				ID: sprintID(9), Name: "old", Goal: "pay", Team: "red", Start: start.AddDate(0, 0, -14), End: start, Capacity: n(9), Velocity: n(0),
				Status: backlog.SprintClosed, Returned: []story.ID{storyID(9)}, Notes: []string{"less"},
			}},
			Assessments:  []backlog.ItemAssessment{{Item: backlog.StoryItem(storyID(9)), Assessment: wholeAssessment()}},
			Dependencies: []backlog.Dependency{linked}, Relations: []backlog.Relation{related},
		},
		backlog.ImportItems{
			Source: "tracker", GoneDependencies: []backlog.Dependency{linked}, GoneRelations: []backlog.Relation{related},
			Sprints: []backlog.Sprint{
				{ID: sprintID(8), Name: "open", Goal: "pay", Team: "red", Status: backlog.SprintActive, Stories: []story.ID{storyID(8)}},
				{ID: sprintID(7), Name: "open too", Goal: "pay", Team: "blue", Status: backlog.SprintActive, Stories: []story.ID{storyID(7)}},
			},
		},
	}
}

// wholeAssessment is one for every method.
func wholeAssessment() prioritize.Assessment {
	n := decimal.NewFromInt
	some := map[string]decimal.Decimal{"Ann": n(1), "Ben": n(2)}
	return prioritize.Assessment{
		WSJF:   &prioritize.WSJFInput{UserBusinessValue: n(8), TimeCriticality: n(5), RiskReduction: n(3), JobSize: n(2)},
		RICE:   &prioritize.RICEInput{Reach: n(100), Impact: n(2), Confidence: decimal.NewNullDecimal(decimal.New(8, -1)), Effort: n(3)},
		MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must}, CD3: &prioritize.CD3Input{CostOfDelay: n(9), Duration: n(4)},
		ICE: &prioritize.ICEInput{Impact: n(1), Confidence: n(2), Ease: n(3)},
		Kano: &prioritize.KanoInput{Responses: []prioritize.KanoResponse{
			{Functional: prioritize.Like, Dysfunctional: prioritize.Dislike},
		}},
		Opportunity: &prioritize.OpportunityInput{Importance: n(9), Satisfaction: n(3)}, OpportunitySurvey: &prioritize.OpportunityAnswers{Respondents: 9, Important: 5, Satisfied: 4},
		ValueEffort: &prioritize.ValueEffortInput{Value: n(8), Effort: n(3)}, Eisenhower: &prioritize.EisenhowerInput{Urgent: true, Important: true},
		Weighted: &prioritize.WeightedInput{Ratings: some}, ThemeScreening: &prioritize.ThemeInput{Marks: []prioritize.ThemeMark{prioritize.ThemeBetter}},
		Wiegers:          &prioritize.WiegersInput{Benefit: n(1), Penalty: n(2), Cost: n(3), Risk: n(4)},
		CumulativeVoting: &prioritize.VotesInput{Votes: some}, BuyFeature: &prioritize.BuyFeatureInput{Price: n(9), Offers: some},
		Urgency: &prioritize.UrgencyInput{
			Priority: "H", Project: "till", Tags: []string{"next"}, Annotations: 2, Entry: start, Due: start, Scheduled: start,
			Active: true, Waiting: true, Blocked: true, Blocking: true,
		},
	}
}

func wholeStories() []backlog.Change {
	counted := prioritize.Assessment{Kano: &prioritize.KanoInput{Counts: prioritize.KanoCounts{
		MustBe: decimal.NewFromInt(1), OneDimensional: decimal.NewFromInt(2), Attractive: decimal.NewFromInt(3),
		Indifferent: decimal.NewFromInt(4), Reverse: decimal.NewFromInt(5), Questionable: decimal.NewFromInt(6),
	}}}
	s := newStory(1)
	s.Narrative.Conditions, s.Narrative.Language = story.ConditionsOf("at a till"), story.English
	narrative := s.Narrative
	narrative.Goal = "to see all"
	mine := newStory(3)
	x, y := newStory(103), newStory(203)
	return []backlog.Change{
		backlog.AddInsight{Insight: roadmap.Insight{
			ID: insightID(0), Text: "they wait", Source: roadmap.SourceSales, From: "Ann", Segment: "shops", At: start, People: 3, Strength: 4,
			About: story.ListOf(roadmap.AboutFeature(featureID(9))), Data: story.ListOf(story.DataValue{Name: "call", Type: "url", Value: "x"}),
		}},
		backlog.EditInsight{
			Insight: insightID(0), Text: backlog.Set("they wait long"), Segment: backlog.Set("banks"), Strength: backlog.Set(5),
			Data: backlog.Set(story.ListOf(story.DataValue{Name: "call", Value: "y"})),
		},
		backlog.AddStory{Story: s},
		backlog.EditStory{Story: storyID(1), Narrative: &narrative, Description: backlog.Set("long")},
		backlog.AssessStory{Story: storyID(1), Assessment: counted, Insights: story.ListOf(insightID(0))},
		backlog.AssessFeature{Feature: featureID(9), Assessment: counted, Insights: story.ListOf(insightID(0))},
		backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met, Note: "seen"},
		backlog.AssignStoryStep{Story: storyID(1), Step: stepID(1)},
		backlog.OrderStories{Stories: []story.ID{storyID(1), storyID(9)}, Method: "RICE", Scores: []string{"2", "1"}},
		backlog.AddStory{Story: mine},
		backlog.SplitStory{Story: storyID(3), Into: []story.Story{x, y}, Without: []backlog.DroppedCriterion{{Criterion: criterionID(3), Reason: "not now"}}},
		backlog.EditSprint{Sprint: sprintID(8), Capacity: backlog.Set(decimal.NewFromInt(12))},
		backlog.ClaimStory{Story: storyID(8), Until: start.AddDate(0, 0, 1)},
		backlog.ReleaseClaim{Story: storyID(8), Of: "Uma"},
		backlog.AddTask{Story: storyID(8), Task: story.Task{ID: taskID(1), Title: "task", Assignee: "Dana"}},
	}
}

func wholeFeatures() []backlog.Change {
	n := decimal.NewFromInt
	f := featureID(9)
	return []backlog.Change{
		backlog.EditFeature{
			Feature: f, Problem: backlog.Set("they wait long"), Hypothesis: backlog.Set("they pay"), Measure: backlog.Set("share"), ItemKind: backlog.Set(story.Enabler),
			Labels: backlog.Set(story.ListOf("till")), Description: backlog.Set("long"), Assignee: backlog.Set("Dana"), Requester: backlog.Set("Stan"),
			Due: backlog.Set(start.AddDate(0, 3, 0)), Data: backlog.Set(story.ListOf(story.DataValue{Name: "colour", Type: "text", Value: "blue"})),
		},
		backlog.AssignFeatureEpic{Feature: f, Epic: epicID(1)},
		backlog.AssignFeatureKeyResult{Feature: f, KeyResult: keyResultID(1)},
		backlog.WithdrawMeasurement{Goal: goalID(0), At: start, Reason: "of another shop"},
		backlog.AssignFeatureHorizon{Feature: f, Horizon: horizonID(0), Reason: "they wait", Insights: story.ListOf(insightID(0))},
		backlog.JudgeFeatureCriterion{Feature: f, Criterion: criterionID(9), Verdict: story.Met, Note: "seen"},
		backlog.RecordCost{Feature: f, Cost: roadmap.Money{Amount: n(1), Currency: "EUR"}, Note: "a lawyer"},
		backlog.SetMoney{
			About: roadmap.AboutFeature(f), From: start, To: start.AddDate(0, 1, 0), Currency: "EUR",
			Planned: &roadmap.Cashflow{Revenue: n(5), Cost: n(2)}, Actual: &roadmap.Cashflow{Revenue: n(4), Cost: n(3)},
		},
		backlog.SetFeatureMeasure{Feature: f, Metric: newMetric(), From: start, To: start.AddDate(0, 1, 0)},
		backlog.MeasureFeature{Feature: f, Value: n(90), At: start},
		backlog.JudgeHypothesis{Feature: f, Verdict: roadmap.Validated, Note: "they do"},
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "feature", Criteria: shows(31, 31)}},
		backlog.AssignStoryFeature{Story: storyID(1), Feature: featureID(1)},
		backlog.SplitFeature{
			Feature: featureID(1), Later: roadmap.Feature{ID: featureID(2), Title: "later"}, Stories: []story.ID{storyID(1)},
			Criteria: []story.CriterionID{criterionID(31)}, Reason: "simpler first",
		},
		backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(1)), Needs: backlog.StoryItem(storyID(8)), Lag: backlog.Lag(20 * time.Second), Reason: "first things first",
		}},
	}
}

func wholeVoices() []backlog.Change {
	about := story.ListOf(roadmap.AboutStory(storyID(1)))
	data := story.ListOf(story.DataValue{Name: "colour", Type: "text", Value: "red"})
	return []backlog.Change{
		backlog.ProposeStory{Story: newStory(41), Insights: story.ListOf(insightID(0))},
		backlog.ProposeFeature{Feature: roadmap.Feature{ID: featureID(42), Title: "proposed"}, Insights: story.ListOf(insightID(0))},
		backlog.MergeProposal{Proposal: proposalID(41), Into: backlog.StoryItem(storyID(1)), Answer: "it is there"},
		backlog.DeclineProposal{Proposal: proposalID(42), Reason: "too dear"},
		backlog.AskQuestion{Question: backlog.Question{
			ID: questionID(0), About: roadmap.AboutStory(storyID(1)), Text: "why three?", Estimate: story.Points(3), Decision: backlog.MayOrderStories,
			To: backlog.ProductOwner, Person: "Uma",
		}},
		backlog.AnswerQuestion{Question: questionID(0), Answer: "the bank"},
		backlog.AddRisk{Risk: roadmap.Risk{ID: riskID(0), Title: "the bank is late", Owner: "Uma", Likelihood: 2, Impact: 3, Note: "asked", About: about, Data: data}},
		backlog.EditRisk{
			Risk: riskID(0), Title: backlog.Set("the bank is very late"), Likelihood: backlog.Set(3), Impact: backlog.Set(4),
			Status: backlog.Set(roadmap.RiskAccepted), Note: backlog.Set("so be it"), About: &about, Data: &data,
		},
		backlog.RaiseImpediment{Impediment: roadmap.Impediment{ID: impedimentID(0), Title: "no key", Owner: "Uma", Note: "asked", About: about, Data: data}},
		backlog.EditImpediment{Impediment: impedimentID(0), Title: backlog.Set("no key yet"), Note: backlog.Set("asked twice"), Data: &data},
		backlog.ResolveImpediment{Impediment: impedimentID(0), Resolution: "it came"},
		backlog.GrantRole{Person: "Ina", Role: backlog.ProductOwner, Team: "red"},
		backlog.RevokeRole{Person: "Ina", Role: backlog.ProductOwner, Team: "red"},
		backlog.Delegate{Person: "Ina", Permission: backlog.MayOrderStories, Team: "red", Until: start.AddDate(0, 0, 1)},
	}
}

func wholeIncrement() []backlog.Change {
	rate := func(rate backlog.RateObjective) backlog.Change {
		rate.Increment = incrementID(0)
		return rate
	}
	return []backlog.Change{
		backlog.CloseSprint{Sprint: sprintID(8), KeepReview: true},
		backlog.CancelSprint{Sprint: sprintID(7), Reason: "obsolete", KeepReview: true},
		backlog.EditIncrement{Increment: incrementID(0), Name: backlog.Set("the first"), Iterations: backlog.Set(newIncrement(0).Iterations[:2])},
		rate(backlog.RateObjective{Proposed: backlog.Set(7)}),
		rate(backlog.RateObjective{Planned: backlog.Set(8)}),
		rate(backlog.RateObjective{Actual: backlog.Set(6)}),
		backlog.VoteConfidence{Increment: incrementID(0), Votes: []int{4, 3}},
		backlog.EditIncrement{Increment: incrementID(0), Name: backlog.Set("the very first"), Allocations: backlog.Set([]roadmap.Allocation{{Kind: story.Chore, Percent: decimal.NewFromInt(20)}})},
	}
}
