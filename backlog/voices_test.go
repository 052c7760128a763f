package backlog_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// What was proposed is on record for good, comes into no order by itself, and is decided once.
func TestProposals(t *testing.T) {
	l := product(t, backlog.Options{})
	before := l.Len()
	l.do(stakeholder, backlog.ProposeStory{Story: newStory(50)}, backlog.ProposeStory{Story: newStory(51)})
	require.Equal(t, before, l.Len(), "what is proposed is in no order")

	l.do(po, backlog.TakeProposal{Proposal: proposalID(50), Answer: "next sprint"},
		backlog.MergeProposal{Proposal: proposalID(51), Into: backlog.StoryItem(storyID(50))},
		backlog.DeclineProposal{Proposal: proposalID(41), Reason: "too dear"})
	at, ok := l.Index(storyID(50))
	require.True(t, ok)
	require.Equal(t, before, at, "it comes last: nobody ranked it")
	taken, _ := l.Proposal(proposalID(50))
	require.Equal(t, roadmap.ProposalTaken, taken.Status)
	require.Equal(t, roadmap.AboutStory(storyID(50)), taken.Into)
	require.Equal(t, "Stan", taken.By)
	declined, _ := l.Proposal(proposalID(41))
	require.Equal(t, "too dear", declined.Answer.Text)
	require.Equal(t, "Otto", declined.Answer.By)
	require.Equal(t, []roadmap.ProposalID{proposalID(50), proposalID(51)}, l.Voices(roadmap.AboutStory(storyID(50))).Proposals)

	for _, change := range []backlog.Change{
		backlog.TakeProposal{Proposal: proposalID(50)},
		backlog.DeclineProposal{Proposal: proposalID(51), Reason: "no"},
		backlog.MergeProposal{Proposal: proposalID(41), Into: backlog.StoryItem(storyID(1))},
	} {
		require.ErrorIs(t, l.Can(change, po, l.At()), backlog.ErrRule, "decided once")
	}
	require.ErrorIs(t, l.Can(backlog.ProposeStory{Story: newStory(50)}, stakeholder, l.At()), backlog.ErrExists)
	require.ErrorIs(t, l.Can(backlog.DeclineProposal{Proposal: proposalID(42)}, pm, l.At()), backlog.ErrRule, "a reason to read")
	require.ErrorIs(t, l.Can(backlog.MergeProposal{Proposal: proposalID(42)}, pm, l.At()), field.ErrInvalid)
	require.ErrorIs(t, l.Can(backlog.TakeProposal{Proposal: proposalID(7)}, po, l.At()), backlog.ErrNotFound)
	estimated := newStory(60)
	estimated.Estimate = story.Points(3)
	require.ErrorIs(t, l.Can(backlog.ProposeStory{Story: estimated}, stakeholder, l.At()), field.ErrInvalid)
	require.ErrorIs(t, l.Can(backlog.ProposeStory{Story: newStory(60), Insights: story.ListOf(insightID(9))}, stakeholder, l.At()), backlog.ErrNotFound)
}

// A proposal for one team is decided by the product owner of that team.
func TestProposalForATeam(t *testing.T) {
	l := product(t, backlog.Options{})
	blue := newStory(60)
	blue.Team = "blue"
	l.do(backlog.As("Rita").WithRole(backlog.Developer, "red"), backlog.ProposeStory{Story: blue})
	take := backlog.TakeProposal{Proposal: proposalID(60)}
	require.ErrorIs(t, l.Can(take, backlog.As("Rolf").WithRole(backlog.ProductOwner, "red"), l.At()), backlog.ErrNotAllowed)
	require.NoError(t, l.Can(take, backlog.As("Bert").WithRole(backlog.ProductOwner, "blue"), l.At()))
}

// Whoever a question was put to may answer it, and whoever is accountable for what it is about; a refusal
// names both.
func TestQuestions(t *testing.T) {
	l := product(t, backlog.Options{})
	answer := backlog.AnswerQuestion{Question: questionID(1), Answer: "that of the month"}
	err := l.Can(answer, dev, l.At())
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
	require.ErrorContains(t, err, `needs product owner of "red" or business owner`)
	l.do(dev, backlog.AskQuestion{Question: backlog.Question{
		ID: questionID(2), About: roadmap.AboutStory(storyID(1)), Text: "which bank?", To: backlog.Stakeholder, Person: "Sina",
	}})
	answer.Question = questionID(2)
	require.ErrorContains(t, l.Can(answer, stakeholder, l.At()), "or Sina")
	require.NoError(t, l.Can(answer, po, l.At()), "who is accountable may")
	event, err := l.Execute(answer, backlog.As("Sina"), l.At())
	require.NoError(t, err)
	require.Equal(t, backlog.Stakeholder, event.As, "in the role that was asked")

	for name, question := range map[string]backlog.Question{
		"about nothing":      {ID: questionID(9), Text: "why?", To: backlog.ProductOwner},
		"no text":            {ID: questionID(9), About: roadmap.AboutStory(storyID(1)), To: backlog.ProductOwner},
		"to nobody":          {ID: questionID(9), About: roadmap.AboutStory(storyID(1)), Text: "why?"},
		"answered":           {ID: questionID(9), About: roadmap.AboutStory(storyID(1)), Text: "why?", To: backlog.ProductOwner, Answer: roadmap.Answer{Text: "so"}},
		"estimate of a goal": {ID: questionID(9), About: roadmap.AboutGoal(goalID(1)), Text: "why?", To: backlog.ProductOwner, Estimate: story.Points(3)},
	} {
		require.ErrorIs(t, l.Can(backlog.AskQuestion{Question: question}, dev, l.At()), field.ErrInvalid, name)
	}
}

// How long answers take is counted for the role that was asked, until an instant.
func TestAnswerTimes(t *testing.T) {
	l := newLog(t, backlog.Options{Ready: []backlog.Check{backlog.AnsweredCheck()}})
	at := start
	execute := func(by backlog.Actor, after time.Duration, change backlog.Change) {
		at = at.Add(after)
		_, err := l.Execute(change, by, at)
		require.NoError(t, err)
	}
	ask := func(n int, to backlog.Role) backlog.Change {
		return backlog.AskQuestion{Question: backlog.Question{ID: questionID(n), About: roadmap.AboutStory(storyID(1)), Text: "why?", To: to}}
	}
	execute(po, 0, backlog.AddStory{Story: newStory(1)})
	ready := backlog.SetStoryStatus{Story: storyID(1), To: story.Ready}
	require.NoError(t, l.Can(ready, po, l.At()))
	execute(dev, time.Hour, ask(1, backlog.ProductOwner))
	require.ErrorIs(t, l.Can(ready, po, l.At()), backlog.ErrNotReady)
	execute(dev, time.Hour, ask(2, backlog.ProductOwner))
	execute(dev, 0, ask(3, backlog.Developer))
	execute(po, 3*time.Hour, backlog.AnswerQuestion{Question: questionID(1), Answer: "so"})
	execute(po, 2*time.Hour, backlog.AnswerQuestion{Question: questionID(2), Answer: "so"})
	require.Equal(t, []backlog.AnswerTime{
		{Role: backlog.Developer, Open: 1, Waiting: 5 * time.Hour, Longest: 5 * time.Hour},
		{Role: backlog.ProductOwner, Answered: 2, Median: 4 * time.Hour, Slowest: 5 * time.Hour},
	}, l.AnswerTimes(at))
	require.Equal(t, []backlog.AnswerTime{
		{Role: backlog.ProductOwner, Open: 1, Waiting: time.Hour / 2, Longest: time.Hour / 2},
	}, l.AnswerTimes(start.Add(90*time.Minute)))
	require.Empty(t, l.AnswerTimes(start))
	restored, err := backlog.Restore(backlog.Options{Ready: []backlog.Check{backlog.AnsweredCheck()}}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	require.ErrorIs(t, restored.Can(ready, po, restored.At()), backlog.ErrNotReady, "the third is open")
	execute(dev, 0, backlog.AnswerQuestion{Question: questionID(3), Answer: "so"})
	require.NoError(t, l.Can(ready, po, l.At()))
}

// Voices of a goal are those of its features and their stories too, each once.
func TestVoices(t *testing.T) {
	l := product(t, backlog.Options{})
	require.ErrorContains(t, l.Can(l.reverse(backlog.Options{}, indexOf(l.events, "add_insight")), stakeholder, l.At()), "rests on the insight")
	l.do(pm, backlog.AddInsight{Insight: roadmap.Insight{
		ID: insightID(2), Text: "they give up", Segment: "households", People: 300, Strength: 8,
		About: story.ListOf(roadmap.AboutFeature(featureID(1)), roadmap.AboutStory(storyID(2))),
	}}, backlog.EditInsight{Insight: insightID(1), People: backlog.Set(40), Strength: backlog.Set(5), Segment: backlog.Set("clubs")})
	v := l.Voices(roadmap.AboutGoal(goalID(1)))
	require.Equal(t, []roadmap.InsightID{insightID(1), insightID(2)}, v.Insights)
	require.Equal(t, 340, v.Reach)
	require.Equal(t, "13 of 2 (650 %)", v.Strength.String())
	require.Equal(t, []string{"clubs", "households"}, v.Segments)
	require.Equal(t, []backlog.QuestionID{questionID(1)}, v.Questions)
	require.Equal(t, []roadmap.RiskID{riskID(1)}, v.Risks)
	require.Empty(t, l.Voices(roadmap.AboutStory(storyID(3))).Insights)
	require.Empty(t, l.Voices(roadmap.Subject{}).Insights)

	// What is talked about cannot be taken out from under it.
	i := indexOf(l.events, "plan_increment")
	l.do(pm, backlog.AddRisk{Risk: roadmap.Risk{ID: riskID(2), Title: "late", About: story.ListOf(roadmap.AboutIncrement(incrementID(1)))}})
	require.ErrorContains(t, l.Can(l.reverse(backlog.Options{}, i), zoe, l.At()), "a risk is about it")
}

// indexOf returns where the first event of a kind is.
func indexOf(events []backlog.Event, kind string) int {
	for i, event := range events {
		if event.Change.Kind() == kind {
			return i
		}
	}
	return -1
}

// What a decision rests on is named in its event, and has to be there.
func TestTrailOfInsights(t *testing.T) {
	l := product(t, backlog.Options{})
	rests := func(n int) []backlog.Change {
		on := story.ListOf(insightID(n))
		return []backlog.Change{
			backlog.AssignFeatureHorizon{Feature: featureID(1), Horizon: horizonID(1), Insights: on},
			backlog.AssessFeature{Feature: featureID(1), Insights: on},
			backlog.AssessStory{Story: storyID(1), Insights: on},
		}
	}
	both := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner)
	for _, change := range rests(9) {
		require.ErrorIs(t, l.Can(change, both, l.At()), backlog.ErrNotFound)
	}
	l.do(both, rests(1)...)
	require.Contains(t, asJSON(t, l.events[len(l.events)-1]), `"insights":["`+insightID(1).String())
}

// A risk is rated on the scale of the options, and what is owned has an owner.
func TestRisks(t *testing.T) {
	scale := backlog.RiskScale{Likelihood: []string{"low", "high"}, Impact: []string{"small", "large", "huge"}}
	l := product(t, backlog.Options{RiskScale: scale})
	require.Equal(t, scale, l.RiskScale())
	rate := func(likelihood, impact int) error {
		return l.Can(backlog.EditRisk{Risk: riskID(1), Likelihood: &likelihood, Impact: &impact}, pm, l.At())
	}
	require.NoError(t, rate(2, 3))
	require.ErrorContains(t, rate(3, 3), "0 to 2, a level of the scale")
	require.ErrorIs(t, rate(-1, 3), field.ErrInvalid)
	own := backlog.EditRisk{Risk: riskID(1), Status: backlog.Set(roadmap.RiskOwned)}
	require.ErrorContains(t, l.Can(own, pm, l.At()), "risk.owner")
	own.Owner = backlog.Set("Dana")
	l.do(pm, own)
	risk, _ := l.Risk(riskID(1))
	require.Equal(t, roadmap.RiskOwned, risk.Status)
	own.Status = backlog.Set(roadmap.RiskStatus(0))
	require.ErrorIs(t, l.Can(own, pm, l.At()), field.ErrInvalid, "a state that is none")
	_, err := backlog.New(backlog.Options{RiskScale: backlog.RiskScale{Likelihood: []string{"low"}}})
	require.ErrorContains(t, err, "risk_scale.impact")
}
