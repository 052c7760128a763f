package backlog_test

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// subject returns anything that can be talked about.
func (d dice) subject() roadmap.Subject {
	switch d.IntN(4) {
	case 0:
		return roadmap.AboutGoal(goalID(d.id()))
	case 1:
		return roadmap.AboutIncrement(incrementID(d.id()))
	case 2:
		return roadmap.AboutFeature(featureID(d.id()))
	default:
		return roadmap.AboutStory(storyID(d.id()))
	}
}

func (d dice) insights() story.List[roadmap.InsightID] {
	if d.IntN(2) == 0 {
		return story.List[roadmap.InsightID]{}
	}
	return story.ListOf(insightID(d.id()))
}

// newMetric is to fall by a fifth.
func newMetric() roadmap.Metric {
	return roadmap.Metric{Name: "time", Baseline: decimal.NewFromInt(100), Target: roadmap.Relative(decimal.NewFromInt(-20))}
}

// keyResults are one or two.
func keyResults(n int) story.List[roadmap.KeyResult] {
	results := []roadmap.KeyResult{
		{ID: keyResultID(1), Title: "audit passed", Target: decimal.NewFromInt(1)},
		{ID: keyResultID(2), Title: "complaints", Baseline: decimal.NewFromInt(40), Target: decimal.NewFromInt(10), Value: decimal.NewFromInt(40)},
	}
	return story.ListOf(results[:2-n%2]...)
}

// voice returns a change of what somebody said.
func (d dice) voice() backlog.Change {
	id, proposal := d.id(), []int{41, d.id(), 300 + d.IntN(2)}[d.IntN(3)]
	makers := []func() backlog.Change{
		func() backlog.Change {
			return backlog.SetKeyResults{Goal: goalID(id), KeyResults: keyResults(d.IntN(2))}
		},
		func() backlog.Change {
			return backlog.MeasureKeyResult{Goal: goalID(d.IntN(2)), KeyResult: keyResultID(d.IntN(3)), Value: decimal.NewFromInt(int64(d.IntN(50)))}
		},
		func() backlog.Change {
			return backlog.AssignFeatureKeyResult{Feature: featureID(id), KeyResult: keyResultID(d.IntN(3))}
		},
		func() backlog.Change {
			return backlog.SetFeatureMeasure{Feature: featureID(id), Metric: newMetric(), To: start.AddDate(0, 0, d.IntN(3))}
		},
		func() backlog.Change {
			return backlog.MeasureFeature{Feature: featureID(d.IntN(2)), Value: decimal.NewFromInt(int64(d.IntN(100))), At: start.AddDate(0, 0, -d.IntN(5))}
		},
		func() backlog.Change {
			return backlog.JudgeHypothesis{Feature: featureID(d.IntN(2)), Verdict: roadmap.HypothesisVerdict(d.IntN(5)), Note: "so it is"}
		},
		func() backlog.Change {
			return backlog.AddInsight{Insight: roadmap.Insight{
				ID: insightID(id), Text: "they look for the sum", Source: roadmap.SourceInterview, Segment: "households",
				People: d.IntN(9), Strength: d.IntN(12), About: story.ListOf(d.subject()),
			}}
		},
		func() backlog.Change {
			return backlog.EditInsight{Insight: insightID(id), People: backlog.Set(d.IntN(9)), About: backlog.Set(story.ListOf(d.subject()))}
		},
		func() backlog.Change {
			s := newStory(proposal)
			s.Team = d.team()
			return backlog.ProposeStory{Story: s, Insights: d.insights()}
		},
		func() backlog.Change {
			return backlog.ProposeFeature{
				Feature: roadmap.Feature{ID: featureID(proposal), Title: fmt.Sprint("feature ", proposal)}, Insights: d.insights(),
			}
		},
		func() backlog.Change {
			return backlog.AssignFeatureHorizon{Feature: featureID(id), Horizon: horizonID(d.id()), Insights: d.insights()}
		},
		func() backlog.Change { return backlog.TakeProposal{Proposal: proposalID(proposal), Answer: "soon"} },
		func() backlog.Change { return backlog.TakeProposal{Proposal: proposalID(proposal)} },
		func() backlog.Change {
			return backlog.MergeProposal{Proposal: proposalID(proposal), Into: d.item()}
		},
		func() backlog.Change {
			return backlog.DeclineProposal{Proposal: proposalID(proposal), Reason: []string{"", "too dear"}[d.IntN(2)]}
		},
		func() backlog.Change {
			return backlog.AskQuestion{Question: backlog.Question{
				ID: questionID(id), About: d.subject(), Text: "which sum?", To: d.role(6), Person: []string{"", "Ina"}[d.IntN(2)],
			}}
		},
		func() backlog.Change {
			return backlog.AnswerQuestion{Question: questionID(id), Answer: "that of the month"}
		},
		func() backlog.Change {
			return backlog.AddRisk{Risk: roadmap.Risk{
				ID: riskID(id), Title: "the bank is late", Likelihood: d.IntN(7), Impact: d.IntN(6), About: story.ListOf(d.subject()),
			}}
		},
		func() backlog.Change {
			split := backlog.SplitFeature{
				Feature: featureID(id), Later: roadmap.Feature{ID: featureID(d.IntN(smallWorld + 3)), Title: "later"},
				Reason: []string{"", "simpler first", "simpler first"}[d.IntN(3)],
			}
			if d.IntN(2) == 0 {
				split.Stories = []story.ID{storyID(d.id())}
			}
			return split
		},
		func() backlog.Change {
			return backlog.RaiseImpediment{Impediment: roadmap.Impediment{
				ID: impedimentID(id), Title: "the lawyers have to agree", About: story.ListOf(d.subject()),
			}}
		},
		func() backlog.Change {
			return backlog.EditImpediment{
				Impediment: impedimentID(d.IntN(2)), Owner: backlog.Set(d.name()), About: backlog.Set(story.ListOf(d.subject())),
			}
		},
		func() backlog.Change {
			return backlog.ResolveImpediment{Impediment: impedimentID(d.IntN(2)), Resolution: "they agreed"}
		},
		func() backlog.Change {
			return backlog.EditRisk{
				Risk: riskID(id), Owner: backlog.Set(d.name()), Status: backlog.Set(roadmap.RiskStatus(d.IntN(7))), Note: backlog.Set("asked"),
			}
		},
	}
	return makers[d.IntN(len(makers))]()
}
