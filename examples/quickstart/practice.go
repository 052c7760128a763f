package main

import (
	"bytes"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// tellPractice plays what a tracker does not record: an insight, a proposal that is declined with a reason, a
// question with its answer, a risk, money by month and the story map; then the page for leadership.
func (p *product) tellPractice() error {
	since, tracking := p.Clone(), featureID("expense tracking")
	look, april := roadmap.StepID(id("step look")), time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)
	proposal := storyID("Print a yearly poster")
	question := backlog.QuestionID(id("question categories"))
	for _, part := range []struct {
		by      backlog.Actor
		changes []backlog.Change
	}{
		{stan, []backlog.Change{
			backlog.AddInsight{Insight: roadmap.Insight{
				ID: roadmap.InsightID(id("insight")), Text: "Shoppers count their receipts by hand", Source: roadmap.SourceInterview,
				Segment: "families", People: 12, Strength: 7, About: story.ListOf(roadmap.AboutFeature(tracking)),
			}},
			backlog.ProposeStory{Story: story.Story{ID: proposal, Title: "Print a yearly poster", Team: "wallet"}},
		}},
		{dana, []backlog.Change{backlog.AskQuestion{Question: backlog.Question{
			ID: question, About: roadmap.AboutFeature(tracking), Text: "Who names the categories?", To: backlog.ProductManager,
		}}}},
		{otto, []backlog.Change{backlog.DeclineProposal{Proposal: roadmap.ProposalID(proposal), Reason: "nobody would hang it up"}}},
		{paula, []backlog.Change{
			backlog.AnswerQuestion{Question: question, Answer: "The user does, we suggest."},
			backlog.AddRisk{Risk: roadmap.Risk{ID: roadmap.RiskID(id("risk")), Title: "The bank changes its interface", Likelihood: 4, Impact: 3}},
			backlog.SetMoney{
				About: roadmap.AboutFeature(tracking), From: april, To: april.AddDate(0, 1, 0), Currency: "EUR",
				Planned: &roadmap.Cashflow{Revenue: number("9000"), Cost: number("4000")},
			},
			backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID(id("activity")), Title: "Keep an eye on spending", Steps: story.ListOf(
				roadmap.Step{ID: look, Title: "Look at the month"},
			)}},
		}},
		{otto, []backlog.Change{backlog.AssignStoryStep{Story: storyID("Export expenses"), Step: look}}},
	} {
		if err := p.do(part.by, part.changes...); err != nil {
			return err
		}
	}
	voices := p.Voices(roadmap.AboutFeature(tracking))
	p.say("%d insight speaks for %d people, strength %v of 10; in no release: %d of the story map.",
		len(voices.Insights), voices.Reach, voices.Strength.Done.DivRound(voices.Strength.Total, 1), len(p.StoryMap().Unsliced))
	for line := range bytes.Lines([]byte(render.Report(since.View(), p.View(), render.ReportOptions{At: p.now}))) {
		if len(bytes.TrimSpace(line)) > 0 {
			p.out.Write(line)
		}
	}
	return nil
}
