package backlog_test

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What was learned is on record with what it bears on, and adds up for a method that wants reach or
// importance.
func ExampleView_Voices() {
	s := newShop(backlog.Options{})
	interview, tickets := roadmap.InsightID{1}, roadmap.InsightID{2}
	s.do(
		s.paula,
		backlog.AddInsight{Insight: roadmap.Insight{
			ID: interview, Text: "they type their card every week", Source: roadmap.SourceInterview, From: "Ms Berg",
			Segment: "families", People: 1, Strength: 9, About: story.ListOf(roadmap.AboutFeature(shopCheckout)),
		}},
		backlog.AddInsight{Insight: roadmap.Insight{
			ID: tickets, Text: "40 tickets about mistyped cards", Source: roadmap.SourceSupport, People: 40,
			About: story.ListOf(roadmap.AboutStory(shopSave)),
		}},
		backlog.EditInsight{Insight: tickets, Strength: backlog.Set(6)},
	)
	voices := s.Voices(roadmap.AboutGoal(shopGoal))
	mean, _ := voices.Strength.Ratio(1)
	fmt.Println(len(voices.Insights), "insights for", voices.Reach, "people, strength", mean, voices.Segments)
	ticket, _ := s.Insight(tickets)
	fmt.Println(ticket.People)
	for insight := range s.Insights() {
		fmt.Printf("%s: %s\n", insight.Source, insight.Text)
	}
	// Output:
	// 2 insights for 41 people, strength 7.5 [families]
	// 40
	// interview: they type their card every week
	// support: 40 tickets about mistyped cards
}

// A stakeholder proposes; the product owner takes it in, merges it with another, or declines with a reason.
func ExampleProposeStory() {
	s := newShop(backlog.Options{})
	stan := backlog.As("Stan", backlog.Stakeholder)
	wallet, again, fax := story.ID{11}, story.ID{12}, story.ID{13}
	s.do(
		stan,
		backlog.ProposeStory{Story: story.Story{ID: wallet, Title: "Pay with a wallet", Team: "blue"}},
		backlog.ProposeStory{Story: story.Story{ID: again, Title: "Keep my card", Team: "blue"}},
		backlog.ProposeStory{Story: story.Story{ID: fax, Title: "Order by fax", Team: "blue"}},
	)
	fmt.Println(s.Len(), "stories,", len(s.Findings()), "findings, the last:", s.Findings()[len(s.Findings())-1].Message)
	s.do(
		s.otto,
		backlog.TakeProposal{Proposal: roadmap.ProposalID(wallet), Answer: "for the next release"},
		backlog.MergeProposal{Proposal: roadmap.ProposalID(again), Into: backlog.StoryItem(shopSave), Answer: "asked for before"},
		backlog.DeclineProposal{Proposal: roadmap.ProposalID(fax), Reason: "one order in a year came by fax"},
	)
	for p := range s.Proposals() {
		fmt.Println(p.Title(), p.Status, p.Answer.Text)
	}
	fmt.Println(s.Len(), "stories")
	// Output:
	// 3 stories, 6 findings, the last: proposal "Order by fax" of Stan waits for a decision
	// Pay with a wallet taken for the next release
	// Keep my card merged asked for before
	// Order by fax declined one order in a year came by fax
	// 4 stories
}

// A feature is proposed with the insights on which it rests.
func ExampleProposeFeature() {
	s := newShop(backlog.Options{})
	stan := backlog.As("Stan", backlog.Stakeholder)
	s.do(
		stan,
		backlog.AddInsight{Insight: roadmap.Insight{ID: roadmap.InsightID{1}, Text: "clubs share one card", Source: roadmap.SourceSales}},
		backlog.ProposeFeature{
			Feature:  roadmap.Feature{ID: roadmap.FeatureID{9}, Title: "Club accounts"},
			Insights: story.ListOf(roadmap.InsightID{1}),
		},
	)
	s.do(s.paula, backlog.TakeProposal{Proposal: roadmap.ProposalID{9}})
	p, _ := s.Proposal(roadmap.ProposalID{9})
	feature, _ := s.Feature(roadmap.FeatureID{9})
	fmt.Println(feature.Title, feature.Status, "of", p.By, "with", p.Insights.Len(), "insight, answered by", p.Answer.By)
	// Output: Club accounts open of Stan with 1 insight, answered by Paula
}

// A developer asks, the product owner answers, and how long that took is a figure.
func ExampleAskQuestion() {
	s := newShop(backlog.Options{Ready: append(backlog.DefaultReady(), backlog.AnsweredCheck())})
	which := backlog.QuestionID{1}
	s.do(s.dana, backlog.AskQuestion{Question: backlog.Question{
		ID: which, About: roadmap.AboutStory(shopSave), Text: "Cards of which banks?", To: backlog.ProductOwner,
	}})
	for q := range s.Questions() {
		fmt.Println(q.By, "asks", q.To, q.Text, q.IsOpen())
	}
	fmt.Println(s.Can(backlog.SetStoryStatus{Story: shopSave, To: story.Ready}, s.otto, s.At()))
	s.at = s.at.Add(26 * time.Hour)
	s.do(s.otto, backlog.AnswerQuestion{Question: which, Answer: "Of all in the country."})
	q, _ := s.Question(which)
	fmt.Println(q.Answer.Text, s.Can(backlog.SetStoryStatus{Story: shopSave, To: story.Ready}, s.otto, s.At()))
	for _, one := range s.AnswerTimes(s.at) {
		fmt.Printf("%v: %d answered, half of them within %v, %d open\n", one.Role, one.Answered, one.Median, one.Open)
	}
	// Output:
	// Dana asks product owner Cards of which banks? true
	// backlog: set_story_status by "Otto" refused by the definition of ready: story "Save a card" is not ready; that needs its questions answered (1 open)
	// Of all in the country. <nil>
	// product owner: 1 answered, half of them within 26h0m0s, 0 open
}

// Anybody reports a risk; it is rated on the scale of the host, and somebody owns it.
func ExampleEditRisk() {
	s := newShop(backlog.Options{})
	bank := roadmap.RiskID{1}
	s.do(s.dana, backlog.AddRisk{Risk: roadmap.Risk{
		ID: bank, Title: "The bank changes its interface", About: story.ListOf(roadmap.AboutFeature(shopCheckout)),
	}})
	s.do(s.paula, backlog.EditRisk{
		Risk: bank, Likelihood: backlog.Set(4), Impact: backlog.Set(3), Owner: backlog.Set("Dana"), Status: backlog.Set(roadmap.RiskOwned),
	})
	one, _ := s.Risk(bank)
	fmt.Println(one.About.Len(), "feature threatened")
	scale := s.RiskScale()
	for risk := range s.Risks() {
		fmt.Printf("%s: %s, %s, %v by %s\n", risk.Title,
			scale.Likelihood[risk.Likelihood-1], scale.Impact[risk.Impact-1], risk.Status, risk.Owner)
	}
	// Output:
	// 1 feature threatened
	// The bank changes its interface: likely, moderate, owned by Dana
}

func ExampleView_RiskScale() {
	b, _ := backlog.New(backlog.Options{})
	scale := b.RiskScale() // the default
	scale.Impact = []string{"a day", "a week", "a month"}
	_, err := backlog.New(backlog.Options{RiskScale: scale})
	fmt.Println(len(scale.Likelihood), len(scale.Clone().Impact), err)
	// Output: 5 3 <nil>
}
