package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// The people: a product manager, a product owner and a developer of each team, a business owner, a stakeholder.
var (
	paula = backlog.As("Paula", backlog.ProductManager)
	rosa  = backlog.As("Rosa").WithRole(backlog.ProductOwner, "red")
	bruno = backlog.As("Bruno").WithRole(backlog.ProductOwner, "blue")
	rita  = backlog.As("Rita").WithRole(backlog.Developer, "red")
	ben   = backlog.As("Ben").WithRole(backlog.Developer, "blue")
	olga  = backlog.As("Olga", backlog.BusinessOwner)
	stan  = backlog.As("Stan", backlog.Stakeholder)
)

// id makes an id from a name. A real program calls uuid.New; here every run shall be the same.
func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte("agile "+name)) }

var (
	goalID   = roadmap.GoalID(id("goal"))
	epicID   = roadmap.EpicID(id("epic"))
	themeID  = roadmap.ThemeID(id("theme"))
	springID = roadmap.IncrementID(id("increment"))
	firstID  = roadmap.ReleaseID(id("release"))
	begin    = time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
)

func featureID(name string) roadmap.FeatureID { return roadmap.FeatureID(id("feature " + name)) }
func storyID(title string) story.ID           { return story.ID(id("story " + title)) }
func stepID(name string) roadmap.StepID       { return roadmap.StepID(id("step " + name)) }
func sprintID(name string) backlog.SprintID   { return backlog.SprintID(id("sprint " + name)) }

// increment is a backlog with its events, and what was known of it on the way.
type increment struct {
	*backlog.Backlog
	events  []backlog.Event
	now     time.Time
	begin   *backlog.Backlog          // as it was when the increment began
	planned backlog.IncrementOverview // as it was planned
	err     error                     // the first
}

// do makes changes, a minute apart, until one is refused.
func (p *increment) do(by backlog.Actor, changes ...backlog.Change) {
	for _, change := range changes {
		if p.err != nil {
			return
		}
		event, err := p.Execute(change, by, p.now)
		if err != nil {
			p.err = fmt.Errorf("%s: %w", change.Kind(), err)
			return
		}
		p.events = append(p.events, event)
		p.now = p.now.Add(time.Minute)
	}
}

// lines returns the events as JSON, one a line.
func (p *increment) lines() ([]byte, error) {
	var out bytes.Buffer
	for _, event := range p.events {
		data, err := json.Marshal(event)
		if err != nil {
			return nil, err
		}
		out.Write(append(data, '\n'))
	}
	return out.Bytes(), nil
}

func newIncrement() (*increment, error) {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		return nil, err
	}
	p := &increment{Backlog: b, now: begin.AddDate(0, 0, -14)}
	p.direct()
	p.write()
	p.plan()
	p.begin = p.Clone()
	p.planned, _ = p.IncrementOverview(springID)
	p.work(0)
	p.work(1)
	p.finish()
	return p, p.err
}

// direct is the product manager's part: what was learned, and where it leads.
func (p *increment) direct() {
	n := decimal.NewFromInt
	insight := roadmap.InsightID(id("insight"))
	p.do(paula, backlog.SetVision{Vision: roadmap.Vision{Text: "Every club runs itself, and nobody keeps books at night."}},
		backlog.AddGoal{Goal: roadmap.Goal{
			ID: goalID, Title: "Treasurers save two hours a week", Start: begin, Due: begin.AddDate(0, 3, 0),
			Metric: roadmap.Metric{Name: "hours a week", Unit: "h", Baseline: n(5), Target: roadmap.Absolute(n(3))},
		}},
		backlog.PursueGoal{Goal: goalID},
		backlog.AddTheme{Theme: roadmap.Theme{ID: themeID, Title: "Less paper", Share: n(60)}},
		backlog.AddEpic{Epic: roadmap.Epic{ID: epicID, Title: "Money of a club", Level: roadmap.LevelEpic}},
		backlog.PlanRelease{Release: roadmap.Release{ID: firstID, Name: "Spring", Date: begin.AddDate(0, 1, 0), Checklist: story.ListOf(
			roadmap.ReleaseTask{Title: "Tell the clubs", Owner: "Mia"},
		)}})
	p.do(stan, backlog.AddInsight{Insight: roadmap.Insight{
		ID: insight, Text: "They type every fee from the bank's paper", Source: roadmap.SourceInterview, Segment: "small clubs", People: 9, Strength: 8,
		About: story.ListOf(roadmap.AboutGoal(goalID)),
	}})
	for _, feature := range []string{"Fees from the bank", "Reminders"} {
		p.do(paula, backlog.AddFeature{Feature: roadmap.Feature{
			ID: featureID(feature), Title: feature, Goal: goalID, Epic: epicID, Theme: themeID, Release: firstID,
		}})
	}
	p.do(paula, backlog.EditInsight{Insight: insight, About: backlog.Set(story.ListOf(roadmap.AboutFeature(featureID("Fees from the bank"))))},
		backlog.SetBudget{Feature: featureID("Fees from the bank"), Budget: roadmap.Money{Amount: n(12000), Currency: "EUR"}},
		backlog.SetMoney{
			About: roadmap.AboutFeature(featureID("Fees from the bank")), From: begin, To: begin.AddDate(0, 1, 0), Currency: "EUR",
			Planned: &roadmap.Cashflow{Cost: n(6000)},
		},
		backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID(id("activity")), Title: "Collect the fees", Steps: story.ListOf(
			roadmap.Step{ID: stepID("see"), Title: "See who paid"}, roadmap.Step{ID: stepID("remind"), Title: "Remind the others"},
		)}})
}

// draft is a story in short.
type draft struct {
	title, feature, step string
	team                 story.Team
	kind                 story.Kind
	points               int64
	iteration            int // -1: it stays in the backlog
}

var drafts = []draft{
	{"Read the bank's statement", "Fees from the bank", "see", "red", story.UserStory, 5, 0},
	{"Match payments with members", "Fees from the bank", "see", "red", story.UserStory, 5, 1},
	{"Keep statements encrypted", "Fees from the bank", "see", "red", story.Enabler, 3, 0},
	{"Write a reminder", "Reminders", "remind", "blue", story.UserStory, 3, 0},
	{"Send reminders to who did not pay", "Reminders", "remind", "blue", story.UserStory, 5, 1},
	{"Remind by letter", "Reminders", "remind", "blue", story.UserStory, 3, -1},
}

func (d draft) owner() backlog.Actor {
	if d.team == "red" {
		return rosa
	}
	return bruno
}

func (d draft) developer() backlog.Actor {
	if d.team == "red" {
		return rita
	}
	return ben
}

func (d draft) criterion() story.CriterionID { return story.CriterionID(id("criterion " + d.title)) }

// write is the product owners' part, and the teams' who estimate.
func (p *increment) write() {
	for _, d := range drafts {
		p.do(d.owner(), backlog.AddStory{Story: story.Story{
			ID: storyID(d.title), Title: d.title, Feature: featureID(d.feature), Team: d.team,
			Narrative: story.Narrative{Role: "treasurer", Goal: "that it happens by itself", Benefit: "I save an evening"},
			Criteria:  story.ListOf(story.Criterion{ID: d.criterion(), Text: "at most 1 minute for 100 members"}),
			Details:   story.ConstOf(story.Details{Kind: d.kind, Step: stepID(d.step), Requester: stan.Name, Segment: "small clubs"}),
		}})
		p.do(d.developer(), backlog.EstimateStory{Story: storyID(d.title), Estimate: story.Points(d.points)})
		p.do(d.owner(), backlog.SetStoryStatus{Story: storyID(d.title), To: story.Ready})
	}
	p.do(bruno, backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID("Send reminders to who did not pay")), Needs: backlog.StoryItem(storyID("Read the bank's statement")),
		Reason: "who paid is in the statement",
	}})
}

// plan is the planning of the increment by both teams.
func (p *increment) plan() {
	var iterations []roadmap.Iteration
	for i := range 2 {
		from := begin.AddDate(0, 0, 14*i)
		iterations = append(iterations, roadmap.Iteration{Name: fmt.Sprint(i + 1), From: from, To: from.AddDate(0, 0, 14)})
	}
	p.do(paula, backlog.PlanIncrement{Increment: roadmap.Increment{
		ID: springID, Name: "Spring", Iterations: iterations,
		Allocations: []roadmap.Allocation{{Kind: story.Enabler, Percent: decimal.NewFromInt(10)}},
	}})
	for _, feature := range []string{"Fees from the bank", "Reminders"} {
		p.do(paula, backlog.AssignFeatureIncrement{Feature: featureID(feature), Increment: springID})
	}
	p.do(rosa, backlog.SetObjectives{Increment: springID, Team: "red", Objectives: []roadmap.IncrementObjective{{Title: "Fees are matched", Team: "red", Committed: true}}})
	p.do(bruno, backlog.SetObjectives{Increment: springID, Team: "blue", Objectives: []roadmap.IncrementObjective{{Title: "Reminders go out", Team: "blue", Committed: true}}})
	for i, value := range []int{8, 5} {
		p.do(olga, backlog.RateObjective{Increment: springID, Objective: i, Planned: backlog.Set(value)})
	}
	p.do(ben, backlog.AskQuestion{Question: backlog.Question{
		ID: backlog.QuestionID(id("question")), About: roadmap.AboutFeature(featureID("Reminders")), Text: "How often at most?", To: backlog.ProductManager,
	}})
	p.do(rita, backlog.AddRisk{Risk: roadmap.Risk{
		ID: roadmap.RiskID(id("risk")), Title: "The bank changes its format", Likelihood: 3, Impact: 4, About: story.ListOf(roadmap.AboutIncrement(springID)),
	}})
	p.do(paula, backlog.AnswerQuestion{Question: backlog.QuestionID(id("question")), Answer: "Once a month."},
		backlog.EditRisk{Risk: roadmap.RiskID(id("risk")), Owner: backlog.Set("Rita"), Status: backlog.Set(roadmap.RiskOwned)})
	for i, iteration := range iterations {
		for _, team := range []story.Team{"red", "blue"} {
			sprint := sprintID(fmt.Sprint(team, i))
			var stories []story.ID
			by := rosa
			if team == "blue" {
				by = bruno
			}
			for _, d := range drafts {
				if d.team == team && d.iteration == i {
					stories = append(stories, storyID(d.title))
				}
			}
			p.do(by, backlog.PlanSprint{Sprint: backlog.Sprint{
				ID: sprint, Name: fmt.Sprint("Sprint ", i+1), Goal: "see the objectives", Team: team,
				Capacity: decimal.NewFromInt(9), Start: iteration.From, End: iteration.To,
			}}, backlog.CommitStories{Sprint: sprint, Stories: stories})
		}
	}
	p.do(backlog.As("Rita", backlog.Developer), backlog.VoteConfidence{Increment: springID, Votes: []int{4, 4, 3, 5, 3}})
}

// work plays one iteration of both teams.
func (p *increment) work(i int) {
	p.now = begin.AddDate(0, 0, 14*i)
	p.do(rosa, backlog.StartSprint{Sprint: sprintID(fmt.Sprint("red", i))})
	p.do(bruno, backlog.StartSprint{Sprint: sprintID(fmt.Sprint("blue", i))})
	for _, d := range drafts {
		if d.iteration != i {
			continue
		}
		one := storyID(d.title)
		p.now = p.now.AddDate(0, 0, 2)
		p.do(d.developer(), backlog.SetStoryStatus{Story: one, To: story.InProgress})
		p.now = p.now.AddDate(0, 0, 1)
		p.do(d.developer(), backlog.JudgeCriterion{Story: one, Criterion: d.criterion(), Verdict: story.Met},
			backlog.SetStoryStatus{Story: one, To: story.InReview})
		p.do(d.owner(), backlog.AcceptStory{Story: one})
	}
	p.now = begin.AddDate(0, 0, 14*(i+1)).Add(-time.Hour)
	p.do(rosa, backlog.CloseSprint{Sprint: sprintID(fmt.Sprint("red", i))}, backlog.NoteSprint{Sprint: sprintID(fmt.Sprint("red", i)), Note: "smaller stories"})
	p.do(bruno, backlog.CloseSprint{Sprint: sprintID(fmt.Sprint("blue", i))})
}

// finish measures what came of it, and tells who has to be told.
func (p *increment) finish() {
	n := decimal.NewFromInt
	p.now = begin.AddDate(0, 0, 29)
	for i, value := range []int{8, 4} {
		p.do(olga, backlog.RateObjective{Increment: springID, Objective: i, Actual: backlog.Set(value)})
	}
	p.do(bruno, backlog.DropStory{Story: storyID("Remind by letter"), Reason: "all clubs have mail"})
	p.do(paula, backlog.AcceptFeature{Feature: featureID("Fees from the bank")}, backlog.AcceptFeature{Feature: featureID("Reminders")},
		backlog.EditRelease{Release: firstID, Checklist: backlog.Set(story.ListOf(roadmap.ReleaseTask{Title: "Tell the clubs", Owner: "Mia", Done: true}))},
		backlog.ShipRelease{Release: firstID},
		backlog.MeasureGoal{Goal: goalID, Value: n(4)},
		backlog.RecordCost{Feature: featureID("Fees from the bank"), Cost: roadmap.Money{Amount: n(6500), Currency: "EUR"}},
		backlog.SetMoney{
			About: roadmap.AboutFeature(featureID("Fees from the bank")), From: begin, To: begin.AddDate(0, 1, 0), Currency: "EUR",
			Actual: &roadmap.Cashflow{Cost: n(6500), Revenue: n(400)},
		})
}
