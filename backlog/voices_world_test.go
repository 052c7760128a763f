package backlog_test

import (
	"fmt"

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

// voice returns a change of what somebody said.
func (d dice) voice() backlog.Change {
	id, proposal := d.id(), []int{41, d.id(), 300 + d.IntN(2)}[d.IntN(3)]
	makers := []func() backlog.Change{
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
			return backlog.EditRisk{
				Risk: riskID(id), Owner: backlog.Set(d.name()), Status: backlog.Set(roadmap.RiskStatus(d.IntN(7))), Note: backlog.Set("asked"),
			}
		},
	}
	return makers[d.IntN(len(makers))]()
}
