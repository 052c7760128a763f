package main

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// demoProduct is the name of the product that an empty database gets.
const demoProduct = "shop"

// demoPerson is somebody of the demo. The token is no secret: the first page shows it.
type demoPerson struct {
	Name, Token, What string
	grants            []backlog.Grant
}

func demoPeople() []demoPerson {
	return []demoPerson{
		{"Paula", "demo-paula", "product manager: vision, roadmap, features, roles", []backlog.Grant{{Role: backlog.ProductManager}}},
		{"Otto", "demo-otto", "product owner: writes, orders and accepts stories", []backlog.Grant{{Role: backlog.ProductOwner}}},
		{"Olga", "demo-olga", "product owner of the team pay only", []backlog.Grant{{Role: backlog.ProductOwner, Team: "pay"}}},
		{"Dana", "demo-dana", "developer: estimates, works, runs sprints", []backlog.Grant{{Role: backlog.Developer}}},
		{"Stan", "demo-stan", "stakeholder: looks on", []backlog.Grant{{Role: backlog.Stakeholder}}},
	}
}

// makeDemo fills an empty database with a product that has a past of twelve weeks, and lets the people of the
// demo sign in. It leaves another database alone.
func (s *server) makeDemo(ctx context.Context) error {
	empty, err := s.store.IsEmpty(ctx)
	if err != nil || !empty {
		return err
	}
	execute := func(by backlog.Actor, at time.Time, changes []backlog.Change) error {
		_, err := s.products.Execute(ctx, demoProduct, changes, by, at, backlog.DecideOptions{})
		return err
	}
	d := &demo{execute: execute, at: s.now().UTC().Truncate(time.Hour).AddDate(0, 0, -7*12)}
	d.found()
	d.plan()
	d.write()
	d.work()
	if d.err != nil {
		return fmt.Errorf("the demo: %w", d.err)
	}
	for _, person := range demoPeople() {
		if err := s.store.Admit(ctx, person.Name, person.Token, s.now().Add(10*365*24*time.Hour)); err != nil {
			return err
		}
	}
	return nil
}

// demo makes its product as people would, by changes that go through the gate. The first error ends it.
type demo struct {
	execute func(by backlog.Actor, at time.Time, changes []backlog.Change) error
	at      time.Time
	stories []demoStory
	err     error
}

type demoStory struct {
	story.Story
	points     int64
	assessment prioritize.Assessment
}

func (d *demo) do(name string, changes ...backlog.Change) {
	d.as(backlog.Actor{Name: name}, changes...)
}

func (d *demo) as(by backlog.Actor, changes ...backlog.Change) {
	if d.err == nil {
		d.err = d.execute(by, d.at, changes)
	}
}

// demoID makes the same id of the same text, so that the demo is the same everywhere.
func demoID(text string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/backlogkit/backlogkit/examples/service#"+text))
}

func (d *demo) found() {
	for _, person := range demoPeople() {
		for _, grant := range person.grants {
			d.as(founder, backlog.GrantRole{Person: person.Name, Role: grant.Role, Team: grant.Team})
		}
	}
}

func (d *demo) plan() {
	goal, later := roadmap.GoalID(demoID("goal")), roadmap.GoalID(demoID("later goal"))
	d.do("Paula",
		backlog.SetVision{Vision: roadmap.Vision{
			Text: "Whoever wants something from our shop has it in three clicks", TargetGroup: "people who buy on the way home",
			Needs: "no time, a small screen, one hand", Product: "a shop without a checkout page",
		}},
		backlog.AddGoal{Goal: roadmap.Goal{ID: goal, Title: "Half as many orders are given up", Metric: roadmap.Metric{
			Name: "orders given up", Unit: "%", Baseline: decimal.NewFromInt(60), Target: roadmap.Absolute(decimal.NewFromInt(30)),
		}}},
		backlog.AddGoal{Goal: roadmap.Goal{ID: later, Title: "One customer in three comes back within a month"}},
		backlog.PursueGoal{Goal: goal},
		backlog.MeasureGoal{Goal: goal, Value: decimal.NewFromInt(48)},
	)
	horizons := map[string]roadmap.HorizonID{}
	for _, name := range []string{"Now", "Next", "Later"} {
		horizons[name] = roadmap.HorizonID(demoID(name))
		d.do("Paula", backlog.AddHorizon{Horizon: roadmap.Horizon{ID: horizons[name], Name: name}})
	}
	for _, row := range [][3]string{
		{"Accounts", "Now", "goal"}, {"Basket", "Now", "goal"}, {"Paying", "Now", "goal"}, {"Delivery", "Next", "later goal"}, {"Insight", "Later", ""},
	} {
		feature := roadmap.Feature{ID: roadmap.FeatureID(demoID(row[0])), Title: row[0], Horizon: horizons[row[1]]}
		if row[2] != "" {
			feature.Goal = roadmap.GoalID(demoID(row[2]))
		}
		d.do("Paula", backlog.AddFeature{Feature: feature})
	}
	for _, row := range [][]string{{"1.0", "Accounts", "Basket"}, {"1.1", "Paying"}} {
		release := roadmap.ReleaseID(demoID("release " + row[0]))
		d.do("Paula", backlog.PlanRelease{Release: roadmap.Release{ID: release, Name: row[0]}})
		for _, feature := range row[1:] {
			d.do("Paula", backlog.AssignFeatureRelease{Feature: roadmap.FeatureID(demoID(feature)), Release: release})
		}
	}
	for _, row := range [][]string{{"Choose", "Have an account", "Fill the basket"}, {"Buy", "Pay", "Get the parcel"}} {
		var steps []roadmap.Step
		for _, title := range row[1:] {
			steps = append(steps, roadmap.Step{ID: demoStep(title), Title: title})
		}
		d.do("Paula", backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID(demoID(row[0])), Title: row[0], Steps: story.ListOf(steps...)}})
	}
}

func demoStep(title string) roadmap.StepID { return roadmap.StepID(demoID("step " + title)) }

// demoSteps are the steps of the story map below which the stories of a feature lie.
var demoSteps = map[string]string{"Accounts": "Have an account", "Basket": "Fill the basket", "Paying": "Pay", "Delivery": "Get the parcel"}

//go:embed demo.txt
var demoText string

// write adds the stories: a line each of feature, team, role, goal, benefit, criterion, points, the numbers of
// WSJF, those of RICE, and the category of MoSCoW.
func (d *demo) write() {
	for line := range strings.Lines(demoText) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		var w, r [4]int64
		var points int64
		var category prioritize.MoSCoWCategory
		_, err := fmt.Sscan(cells[6], &points)
		if err == nil {
			_, err = fmt.Sscan(cells[7], &w[0], &w[1], &w[2], &w[3])
		}
		if err == nil {
			_, err = fmt.Sscan(cells[8], &r[0], &r[1], &r[2], &r[3])
		}
		if err == nil {
			err = category.UnmarshalText([]byte(cells[9]))
		}
		if err != nil && d.err == nil {
			d.err = fmt.Errorf("%q: %w", line, err)
			return
		}
		number := decimal.NewFromInt
		key := fmt.Sprintf("SHOP-%d", len(d.stories)+1)
		details := story.Details{Key: key}
		if step := demoSteps[cells[0]]; step != "" {
			details.Step = demoStep(step)
		}
		title := strings.ToUpper(cells[3][3:4]) + cells[3][4:]
		d.stories = append(d.stories, demoStory{
			Story: story.Story{
				ID: story.ID(demoID(title)), Title: title, Feature: roadmap.FeatureID(demoID(cells[0])), Team: story.Team(cells[1]),
				Narrative: story.Narrative{Role: cells[2], Goal: cells[3], Benefit: cells[4]},
				Criteria:  story.ListOf(story.Criterion{ID: story.CriterionID(demoID(title + "/criterion")), Text: cells[5]}),
				Details:   story.ConstOf(details),
			},
			points: points,
			assessment: prioritize.Assessment{
				WSJF:   &prioritize.WSJFInput{UserBusinessValue: number(w[0]), TimeCriticality: number(w[1]), RiskReduction: number(w[2]), JobSize: number(w[3])},
				RICE:   &prioritize.RICEInput{Reach: number(r[0]), Impact: number(r[1]), Confidence: decimal.NewNullDecimal(decimal.New(r[2], -2)), Effort: number(r[3])},
				MoSCoW: &prioritize.MoSCoWInput{Category: category},
			},
		})
	}
	for i, one := range d.stories {
		d.do("Otto", backlog.AddStory{Story: one.Story})
		if i%9 != 8 { // some are not assessed yet
			d.do("Otto", backlog.AssessStory{Story: one.ID, Assessment: one.assessment})
		}
		if i < 20 {
			d.do("Dana", backlog.EstimateStory{Story: one.ID, Estimate: story.Points(one.points)})
		}
	}
	needs := func(item, needed int, why string) {
		d.do("Otto", backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(d.stories[item].ID), Needs: backlog.StoryItem(d.stories[needed].ID), Reason: why,
		}})
	}
	needs(10, 9, "a card is saved when it is used")
	needs(14, 13, "a refund is found in the list")
	needs(15, 11, "instalments are invoices")
	needs(18, 17, "a return is a parcel too")
}

// work lets twelve weeks pass, one or two stories a week, and leaves a sprint half done.
func (d *demo) work() {
	step := func(hours int) { d.at = d.at.Add(time.Duration(hours) * time.Hour) }
	start := d.at
	for i, index := range []int{0, 4, 9, 5, 1, 13, 6, 2, 19, 10, 3, 12} {
		d.at = start.Add(time.Duration(i*6*24+24) * time.Hour)
		d.begin(d.stories[index])
		step(20 + 30*(i%4))
		d.finish(d.stories[index])
		step(4 + 7*(i%3))
		d.do("Otto", backlog.AcceptStory{Story: d.stories[index].ID})
	}
	d.at = start.Add(7*11*24*time.Hour + 24*time.Hour)
	sprint := backlog.Sprint{
		ID: backlog.SprintID(demoID("sprint")), Name: "Sprint 7", Goal: "Nobody wonders where a parcel is", Capacity: decimal.NewFromInt(16),
		Start: d.at, End: d.at.AddDate(0, 0, 14),
	}
	d.do("Dana", backlog.PlanSprint{Sprint: sprint})
	for _, index := range []int{16, 17, 14} {
		d.do("Otto", backlog.SetStoryStatus{Story: d.stories[index].ID, To: story.Ready})
		d.do("Dana", backlog.CommitStories{Sprint: sprint.ID, Stories: []story.ID{d.stories[index].ID}})
	}
	d.do("Dana", backlog.StartSprint{Sprint: sprint.ID})
	step(5)
	d.do("Dana", backlog.SetStoryStatus{Story: d.stories[17].ID, To: story.InProgress}, backlog.AssignStoryAssignee{Story: d.stories[17].ID, Assignee: "Dana"},
		backlog.AddTask{Story: d.stories[17].ID, Task: story.Task{ID: story.TaskID(demoID("task")), Title: "Ask the carrier every hour", Assignee: "Dana"}})
	step(5)
	d.do("Dana", backlog.SetStoryStatus{Story: d.stories[14].ID, To: story.InProgress})
	step(40)
	d.finish(d.stories[14])
	d.do("Dana", backlog.RaiseImpediment{Impediment: roadmap.Impediment{
		ID: roadmap.ImpedimentID(demoID("impediment")), Title: "The carrier has not answered yet", Owner: "Paula",
		About: story.ListOf(roadmap.AboutStory(d.stories[16].ID)),
	}})
	for _, index := range []int{7, 11} {
		d.do("Otto", backlog.SetStoryStatus{Story: d.stories[index].ID, To: story.Ready})
	}
}

func (d *demo) begin(one demoStory) {
	d.do("Otto", backlog.SetStoryStatus{Story: one.ID, To: story.Ready})
	d.do("Dana", backlog.SetStoryStatus{Story: one.ID, To: story.InProgress})
}

func (d *demo) finish(one demoStory) {
	for _, criterion := range one.Criteria.All() {
		d.do("Dana", backlog.JudgeCriterion{Story: one.ID, Criterion: criterion.ID, Verdict: story.Met})
	}
	d.do("Dana", backlog.SetStoryStatus{Story: one.ID, To: story.InReview})
}
