package main

import (
	"bytes"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// The people of the product.
var (
	paula = backlog.As("Paula", backlog.ProductManager)
	otto  = backlog.As("Otto", backlog.ProductOwner)
	dana  = backlog.As("Dana", backlog.Developer)
	stan  = backlog.As("Stan", backlog.Stakeholder)
)

// product is a backlog with the events that made it: what a host program would keep.
type product struct {
	*backlog.Backlog
	out    *bytes.Buffer
	events []backlog.Event
	now    time.Time
}

// id makes an id from a name. A real program calls uuid.New; here every run shall be the same.
func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)) }

func goalID(name string) roadmap.GoalID       { return roadmap.GoalID(id("goal " + name)) }
func horizonID(name string) roadmap.HorizonID { return roadmap.HorizonID(id("horizon " + name)) }
func featureID(name string) roadmap.FeatureID { return roadmap.FeatureID(id("feature " + name)) }
func storyID(name string) story.ID            { return story.ID(id("story " + name)) }
func sprintID(name string) backlog.SprintID   { return backlog.SprintID(id("sprint " + name)) }

func criterionID(text string) story.CriterionID {
	return story.CriterionID(id("criterion " + text))
}

func number(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// do executes changes one after the other, a minute apart, and keeps the events.
func (p *product) do(by backlog.Actor, changes ...backlog.Change) error {
	for _, change := range changes {
		event, err := p.Execute(change, by, p.now)
		if err != nil {
			return err
		}
		p.events = append(p.events, event)
		p.now = p.now.Add(time.Minute)
	}
	return nil
}

const (
	checkoutGoal = "Reduce checkout time by 20 % this quarter"
	insightGoal  = "Spenders know where their money goes"
)

// newProduct lets the product manager, the product owner and the team do their part.
func newProduct(out *bytes.Buffer) (*product, error) {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		return nil, err
	}
	p := &product{Backlog: b, out: out, now: time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)}
	for _, part := range []func() error{p.setDirection, p.defineFeatures, p.writeStories, p.estimate} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// setDirection is the product manager's first job: why, and what is to be reached.
func (p *product) setDirection() error {
	return p.do(
		paula,
		backlog.SetVision{Vision: roadmap.Vision{
			Text:        "Everybody can see at a glance what they spend, and pay without a second thought.",
			TargetGroup: "people who pay with their phone",
			Needs:       "to keep an eye on daily spending without keeping books",
		}},
		backlog.AddGoal{Goal: roadmap.Goal{
			ID: goalID(checkoutGoal), Title: checkoutGoal,
			Metric: roadmap.Metric{
				Name: "median checkout time", Unit: "s", Baseline: number("100"), Target: roadmap.Relative(number("-20")),
			},
			Start: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC),
			Due:   time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC),
		}},
		backlog.AddGoal{Goal: roadmap.Goal{
			ID: goalID(insightGoal), Title: insightGoal,
			Metric: roadmap.Metric{
				Name: "users who look at their spending weekly", Unit: "%", Baseline: number("5"), Target: roadmap.Absolute(number("40")),
			},
		}},
		backlog.PursueGoal{Goal: goalID(checkoutGoal)},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID("now"), Name: "now"}},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizonID("next"), Name: "next"}},
	)
}

// defineFeatures is the product manager's second job: what serves the goals, and when.
func (p *product) defineFeatures() error {
	return p.do(
		paula,
		backlog.AddFeature{Feature: roadmap.Feature{
			ID: featureID("Improve payment flow"), Title: "Improve payment flow",
			Goal: goalID(checkoutGoal), Horizon: horizonID("now"),
		}},
		backlog.AddFeature{Feature: roadmap.Feature{
			ID: featureID("Reduce form fields"), Title: "Reduce form fields",
			Goal: goalID(checkoutGoal), Horizon: horizonID("now"),
		}},
		backlog.AddFeature{Feature: roadmap.Feature{
			ID: featureID("expense tracking"), Title: "expense tracking", Goal: goalID(insightGoal),
			Problem:    "Users struggle to track their daily spending",
			Hypothesis: "show spending by category",
		}},
		backlog.AssignFeatureHorizon{Feature: featureID("expense tracking"), Horizon: horizonID("next"), Reason: "after the checkout goal"},
	)
}

// draft is a story in short.
type draft struct {
	title, feature, narrative string
	criteria                  []string
	points                    int64 // 0: not estimated yet
	wsjf                      *[4]int64
	rice                      *[4]string // reach a quarter, impact, confidence, effort
	moscow                    prioritize.MoSCoWCategory
}

var drafts = []draft{
	{
		title: "Pay with a saved card", feature: "Improve payment flow",
		narrative: "As a buyer, I want to save my card, so that I can pay faster",
		criteria:  []string{"A saved card pays in two taps", "The card number is never shown in full"},
		points:    5, wsjf: &[4]int64{8, 8, 3, 5}, rice: &[4]string{"6000", "2", "0.8", "2"}, moscow: prioritize.Must,
	},
	{
		title: "Retry a failed payment", feature: "Improve payment flow",
		narrative: "As a buyer, I want to retry a payment that failed, so that I need not start again",
		criteria:  []string{"A failed payment can be retried once without typing anything"},
		points:    3, wsjf: &[4]int64{5, 3, 1, 3}, rice: &[4]string{"900", "1", "0.8", "1"}, moscow: prioritize.Should,
	},
	{
		title: "Fill in the address from the postcode", feature: "Reduce form fields",
		narrative: "As a buyer, I want to type my postcode only, so that the form is done sooner",
		criteria:  []string{"A known postcode fills in street and city"},
		points:    8, wsjf: &[4]int64{5, 2, 1, 8}, rice: &[4]string{"6000", "1", "0.5", "2"}, moscow: prioritize.Could,
	},
	{
		title: "Ask for the phone number only when needed", feature: "Reduce form fields",
		narrative: "As a buyer, I want to keep my phone number to myself, so that I am not called",
		criteria:  []string{"The field is there for express delivery only"},
		points:    2, wsjf: &[4]int64{3, 1, 1, 2}, rice: &[4]string{"6000", "0.5", "1", "0.5"}, moscow: prioritize.Should,
	},
	{
		title: "View spending by category", feature: "expense tracking",
		narrative: "As a spender, I want to see my spending by category, so that I know where my money goes",
		criteria:  []string{"Every expense of the month is in exactly one category", "The categories add up to the month's total"},
		points:    5, wsjf: &[4]int64{13, 5, 8, 5}, rice: &[4]string{"4000", "2", "0.8", "2.5"}, moscow: prioritize.Must,
	},
	{
		title: "Export expenses", feature: "expense tracking",
		narrative: "As a spender, I want to export my expenses",
		moscow:    prioritize.Wont,
	},
}

// writeStories is the product owner's job: who wants what and why, when it is good enough, and what
// it is worth.
func (p *product) writeStories() error {
	for _, d := range drafts {
		narrative, err := narrative.Parse(d.narrative)
		if err != nil {
			return err
		}
		var criteria []story.Criterion
		for _, text := range d.criteria {
			criteria = append(criteria, story.Criterion{ID: criterionID(text), Text: text})
		}
		s := story.Story{
			ID: storyID(d.title), Title: d.title, Narrative: narrative, Feature: featureID(d.feature), Team: "wallet",
			Criteria: story.ListOf(criteria...),
		}
		err = p.do(otto, backlog.AddStory{Story: s}, backlog.AssessStory{Story: s.ID, Assessment: d.assessment()})
		if err != nil {
			return err
		}
	}
	return p.do(otto, backlog.AddDependency{Dependency: backlog.Dependency{
		Item:   backlog.StoryItem(storyID("Retry a failed payment")),
		Needs:  backlog.StoryItem(storyID("Pay with a saved card")),
		Reason: "a retry pays with the saved card",
	}})
}

// assessment bundles what is known of a story for every method. What is not known stays out: it is
// not zero.
func (d draft) assessment() prioritize.Assessment {
	a := prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: d.moscow}}
	if d.wsjf != nil {
		a.WSJF = &prioritize.WSJFInput{
			UserBusinessValue: decimal.NewFromInt(d.wsjf[0]),
			TimeCriticality:   decimal.NewFromInt(d.wsjf[1]),
			RiskReduction:     decimal.NewFromInt(d.wsjf[2]),
			JobSize:           decimal.NewFromInt(d.wsjf[3]),
		}
	}
	if d.rice != nil {
		a.RICE = &prioritize.RICEInput{
			Reach:      number(d.rice[0]),
			Impact:     number(d.rice[1]),
			Confidence: decimal.NewNullDecimal(number(d.rice[2])),
			Effort:     number(d.rice[3]),
		}
	}
	return a
}

// estimate is the team's job: how large, and in which steps.
func (p *product) estimate() error {
	for _, d := range drafts {
		if d.points > 0 {
			if err := p.do(dana, backlog.EstimateStory{Story: storyID(d.title), Estimate: story.Points(d.points)}); err != nil {
				return err
			}
		}
	}
	// The second step is on the list twice, as such things happen: ids are identity, titles are not.
	for i, title := range []string{
		"Add a screen to view expenses by category", "Connect the screen to user data", "Connect the screen to user data",
	} {
		task := story.Task{ID: story.TaskID(id(title + string(rune('1'+i)))), Title: title}
		if err := p.do(dana, backlog.AddTask{Story: storyID("View spending by category"), Task: task}); err != nil {
			return err
		}
	}
	return nil
}
