package model_test

import (
	"encoding/binary"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// start is the instant before which nothing happens.
var start = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)

// few is how many ids there are of each kind, so that most changes meet something.
const few = 3

// number makes the n-th id of a kind: the same in every run.
func number(n int) uuid.UUID {
	var id uuid.UUID
	id[0] = 1
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	return id
}

// dice makes random values of a small world, under the rules of a host.
type dice struct {
	*rand.Rand
	*rules
}

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 13)), nil} }

func oneOf[E any](d dice, values ...E) E { return values[d.IntN(len(values))] }

// soon is an instant within a history or some days around it.
func (d dice) soon() time.Time {
	if d.IntN(4) == 0 {
		return start.AddDate(0, 0, d.IntN(30)-5)
	}
	return start.Add(time.Duration(d.IntN(12)) * 10 * time.Second)
}

// fill puts a random value into v: one that fits more often than not.
func (d dice) fill(v reflect.Value, name string) {
	switch v.Interface().(type) {
	case decimal.Decimal:
		v.Set(reflect.ValueOf(decimal.NewFromInt(int64(d.IntN(12) - 1))))
		if name == "Share" {
			v.Set(reflect.ValueOf(decimal.NewFromInt(oneOf[int64](d, 0, 10, 30, 60))))
		}
		return
	case time.Time:
		if d.IntN(5) > 0 {
			v.Set(reflect.ValueOf(d.soon()))
		}
		return
	case story.Verdict:
		v.Set(reflect.ValueOf(oneOf(d, story.Met, story.Met, story.Met, story.Unmet, story.Unjudged, story.Verdict(9))))
		return
	case story.Estimate:
		if d.IntN(5) > 0 {
			v.Set(reflect.ValueOf(story.Points(int64(d.IntN(9)))))
		}
		return
	case roadmap.Target:
		v.Set(reflect.ValueOf(roadmap.Absolute(decimal.NewFromInt(int64(d.IntN(9))))))
		return
	case prioritize.Assessment:
		v.Set(reflect.ValueOf(prioritize.Assessment{ValueEffort: &prioritize.ValueEffortInput{
			Value: decimal.NewFromInt(int64(d.IntN(9))), Effort: decimal.NewFromInt(int64(1 + d.IntN(3))),
		}}))
		return
	case backlog.OrderPlace:
		v.Set(reflect.ValueOf(oneOf(d, backlog.First(), backlog.Last(), backlog.At(d.IntN(few+2)-1),
			backlog.Before(story.ID(number(d.id()))), backlog.After(story.ID(number(d.id()))))))
		return
	case backlog.Lag:
		v.SetInt(int64(time.Duration(d.IntN(4)-1) * 10 * time.Second))
		return
	case backlog.ItemID:
		v.Set(reflect.ValueOf(d.item()))
		return
	case roadmap.Subject:
		v.Set(reflect.ValueOf(d.subject()))
		return
	case story.List[string]:
		v.Set(reflect.ValueOf(story.ListOf([]string{"web", "schema"}[:d.IntN(3)]...)))
		return
	case story.List[story.DataValue]:
		v.Set(reflect.ValueOf(story.ListOf(story.DataValue{Name: "colour", Value: oneOf(d, "red", "blue")})))
		return
	case story.List[roadmap.InsightID]:
		if d.IntN(4) == 0 {
			v.Set(reflect.ValueOf(story.ListOf(roadmap.InsightID(number(d.id())))))
		}
		return
	case story.List[roadmap.Subject]:
		if d.IntN(2) == 0 {
			v.Set(reflect.ValueOf(story.ListOf(d.subject())))
		}
		return
	case story.List[roadmap.KeyResult]:
		v.Set(reflect.ValueOf(d.keyResults()))
		return
	case story.List[roadmap.Step]:
		n := d.id()
		v.Set(reflect.ValueOf(story.ListOf([]roadmap.Step{
			{ID: roadmap.StepID(number(n)), Title: "one"}, {ID: roadmap.StepID(number(n + 1)), Title: "two"},
		}[:d.IntN(3)]...)))
		return
	case story.List[story.Criterion]:
		v.Set(reflect.ValueOf(d.criteria()))
		return
	case story.Narrative:
		v.Set(reflect.ValueOf(story.Narrative{Role: "spender", Goal: "to see more", Benefit: "I spend less"}))
		return
	case story.Story:
		v.Set(reflect.ValueOf(d.newStory(d.id())))
		return
	case roadmap.Feature:
		v.Set(reflect.ValueOf(d.newFeature(d.id())))
		return
	case roadmap.Increment:
		v.Set(reflect.ValueOf(d.newIncrement(d.id())))
		return
	}
	d.fillKind(v, name)
}

// fillKind is fill by the kind of a type.
func (d dice) fillKind(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.Array: // an identity
		if d.IntN(20) > 0 {
			v.Set(reflect.ValueOf(number(d.id())).Convert(v.Type()))
		}
	case reflect.String:
		v.SetString(d.text(v, name))
	case reflect.Pointer:
		if d.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			d.fill(v.Elem(), name)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), oneOf(d, 0, 1, 1, 2, 2, 3), 3))
		for i := range v.Len() {
			d.fill(v.Index(i), name)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				d.fill(v.Field(i), v.Type().Field(i).Name)
			}
		}
	case reflect.Uint8:
		v.SetUint(uint64(oneOf(d, 1, 2, 3, 1, 2, 3, 0, 4, 5)))
	case reflect.Int:
		v.SetInt(int64(d.IntN(8) - 1))
	case reflect.Bool:
		v.SetBool(d.IntN(2) == 0)
	default:
		panic("no value for a " + v.Type().String())
	}
}

// text returns what a field of that name may hold.
func (d dice) text(v reflect.Value, name string) string {
	switch v.Interface().(type) {
	case story.Status:
		return string(oneOf(d, d.flow.likely...))
	case story.Team:
		return string(d.team())
	case story.Kind:
		return string(oneOf(d, "", story.Defect, story.Enabler))
	case backlog.Role:
		return string(oneOf(d, backlog.ProductOwner, backlog.ProductManager, backlog.Developer, backlog.Stakeholder, "Not a role"))
	case backlog.Permission:
		return string(oneOf(d, backlog.MayOrderStories, backlog.MayWriteStories, backlog.MayRunSprints, backlog.MayAssignRoles, backlog.MayOrderFeatures, backlog.MayWaiveRules, "anything"))
	case roadmap.InsightSource:
		return string(roadmap.SourceSales)
	}
	switch name {
	case "Person", "Assignee", "Of", "Owner":
		return oneOf(d, names...)
	case "Key":
		return oneOf(d, "", "SHOP-1", "SHOP-2")
	case "Currency":
		return oneOf(d, "EUR", "EUR", "CHF")
	case "Reason", "Note", "Answer", "Goal":
		return oneOf(d, "so it is", "so it is", "")
	case "Title", "Name", "Text":
		return oneOf(d, "one", "two", "three", "one", "two", "three", "")
	default:
		return oneOf(d, "", "a text")
	}
}

// names are those of the people.
var names = []string{"Uma", "Ina", "Dana", ""}

func (d dice) id() int { return d.IntN(few) }

func (d dice) team() story.Team { return oneOf[story.Team](d, "", "", "red", "red", "blue") }

func (d dice) item() backlog.ItemID {
	if d.IntN(3) == 0 {
		return backlog.FeatureItem(roadmap.FeatureID(number(d.id())))
	}
	return backlog.StoryItem(story.ID(number(d.id())))
}

func (d dice) subject() roadmap.Subject {
	return oneOf(d, roadmap.AboutStory(story.ID(number(d.id()))), roadmap.AboutFeature(roadmap.FeatureID(number(d.id()))),
		roadmap.AboutGoal(roadmap.GoalID(number(d.id()))), roadmap.AboutIncrement(roadmap.IncrementID(number(d.id()))))
}

func (d dice) criteria() story.List[story.Criterion] {
	n := d.id()
	return story.ListOf([]story.Criterion{
		{ID: story.CriterionID(number(n)), Text: "shows one"}, {ID: story.CriterionID(number(n + 1)), Text: "shows two"},
	}[:oneOf(d, 0, 1, 1, 1, 2)]...)
}

func (d dice) keyResults() story.List[roadmap.KeyResult] {
	n := d.id()
	return story.ListOf([]roadmap.KeyResult{
		{ID: roadmap.KeyResultID(number(n)), Title: "one", Target: decimal.NewFromInt(1)},
		{ID: roadmap.KeyResultID(number(n + 1)), Title: "two", Target: decimal.NewFromInt(1)},
	}[:d.IntN(3)]...)
}

func (d dice) newStory(n int) story.Story {
	s := story.Story{ID: story.ID(number(n)), Title: oneOf(d, "one", "two"), Team: d.team(), Criteria: d.criteria()}
	if d.IntN(2) == 0 {
		s.Feature = roadmap.FeatureID(number(d.id()))
	}
	if d.IntN(4) == 0 {
		s.Details = story.ConstOf(story.Details{
			Key: d.text(reflect.ValueOf(""), "Key"), Assignee: oneOf(d, names...), NotBefore: oneOf(d, time.Time{}, d.soon()),
		})
	}
	if d.IntN(40) == 0 {
		s.Status = d.flow.done
	}
	if d.IntN(40) == 0 {
		s.Estimate = story.Points(1)
	}
	return s
}

func (d dice) newFeature(n int) roadmap.Feature {
	f := roadmap.Feature{ID: roadmap.FeatureID(number(n)), Title: oneOf(d, "one", "two"), Criteria: d.criteria()}
	if d.IntN(2) == 0 {
		f.Goal = roadmap.GoalID(number(d.id()))
	}
	if d.IntN(6) == 0 {
		f.Horizon = roadmap.HorizonID(number(d.id()))
	}
	if d.IntN(4) == 0 {
		f.Release = roadmap.ReleaseID(number(d.id()))
	}
	if d.IntN(6) == 0 {
		f.Epic = roadmap.EpicID(number(d.id()))
	}
	if d.IntN(6) == 0 {
		f.Theme = roadmap.ThemeID(number(d.id()))
	}
	if d.IntN(40) == 0 {
		f.Status = roadmap.FeatureAccepted
	}
	return f
}

func (d dice) newIncrement(n int) roadmap.Increment {
	increment := roadmap.Increment{ID: roadmap.IncrementID(number(n)), Name: "increment"}
	if d.IntN(2) == 0 {
		increment.Objectives = []roadmap.IncrementObjective{{Title: "objective", Team: oneOf[story.Team](d, "red", "blue")}}
	}
	return increment
}

// kinds are the kinds of change, by name, and typesOf their types.
var kinds, typesOf = func() (names []string, types map[string]reflect.Type) {
	types = map[string]reflect.Type{}
	for _, change := range backlog.Changes() {
		names = append(names, change.Kind())
		types[change.Kind()] = reflect.TypeOf(change)
	}
	return names, types
}()

// kind returns a kind of change: any but Revert, which [backlog.Backlog.Reverse] makes.
func (d dice) kind() string {
	kind := oneOf(d, kinds...)
	switch d.IntN(3) {
	case 0: // what stories go through comes more often
		kind = oneOf(d, "add_story", "add_feature", "set_story_status", "set_story_status", "set_story_status", "accept_story", "accept_story", "accept_story", "judge_criterion",
			"judge_criterion", "add_dependency", "commit_stories", "start_sprint", "plan_sprint", "claim_story", "accept_feature")
	case 1: // and so does what needs much before it
		kind = oneOf(d, "accept_story", "reject_story", "accept_feature", "reopen_feature", "judge_feature_criterion", "ship_release",
			"pursue_goal", "fulfil_goal", "measure_goal", "measure_key_result", "withdraw_measurement", "measure_feature", "judge_hypothesis",
			"rate_objective", "close_sprint", "withdraw_stories", "unrelate_stories", "remove_dependency", "undelegate", "revoke_role",
			"take_proposal", "release_claim", "renew_claim", "drop_goal", "split_story",
			"withdraw_measurement", "withdraw_measurement", "ship_release", "ship_release", "plan_release", "assign_feature_release",
			"plan_increment", "set_objectives", "rate_objective")
	}
	if kind == (backlog.Revert{}).Kind() {
		kind = "add_story"
	}
	if d.IntN(2) == 0 && (strings.HasPrefix(kind, "drop_") || strings.HasPrefix(kind, "remove_") || strings.HasPrefix(kind, "cancel_")) {
		return d.kind()
	}
	return kind
}

// change returns a random change of a kind.
func (d dice) change(kind string) backlog.Change {
	v := reflect.New(typesOf[kind]).Elem()
	d.fill(v, "")
	return d.mend(v.Interface().(backlog.Change))
}

// mend takes out of a random change what would have it refused nearly always.
func (d dice) mend(change backlog.Change) backlog.Change {
	if d.IntN(30) == 0 {
		return change
	}
	switch c := change.(type) {
	case backlog.PlanSprint:
		c.Sprint.Status, c.Sprint.Stories, c.Sprint.Returned, c.Sprint.Notes, c.Sprint.Velocity = 0, nil, nil, nil, decimal.Zero
		c.Sprint.Goal = oneOf(d, "a goal", "a goal", "a goal", "")
		c.Sprint.Start, c.Sprint.End, c.Sprint.Capacity = time.Time{}, time.Time{}, decimal.NewFromInt(5)
		if d.IntN(2) == 0 {
			c.Sprint.Start = start.AddDate(0, 0, d.IntN(20)-3)
			c.Sprint.End = c.Sprint.Start.AddDate(0, 0, 7+20*d.IntN(3))
		}
		return c
	case backlog.PlanRelease:
		c.Release.Status = 0
		return c
	case backlog.AddGoal:
		c.Goal.Status, c.Goal.Measurements, c.Goal.Start, c.Goal.Due = 0, nil, time.Time{}, time.Time{}
		c.Goal.Metric = oneOf(d, roadmap.Metric{}, roadmap.Metric{Name: "time", Target: roadmap.Absolute(decimal.NewFromInt(3))})
		return c
	case backlog.AddHorizon:
		c.Horizon.From, c.Horizon.To = time.Time{}, time.Time{}
		if d.IntN(3) == 0 {
			c.Horizon.From = start.AddDate(0, 0, d.IntN(20))
			c.Horizon.To = c.Horizon.From.AddDate(0, 0, 10)
		}
		return c
	case backlog.AddRisk:
		c.Risk.Status = 0
		return c
	case backlog.AskQuestion:
		c.Question.By, c.Question.At, c.Question.Answer, c.Question.Estimate = "", time.Time{}, roadmap.Answer{}, story.Estimate{}
		c.Question.Decision = ""
		if many := slices.Sorted(maps.Keys(d.notice)); len(many) > 0 {
			c.Question.Decision = oneOf(d, many...)
			c.Question.To = oneOf(d, d.asked[c.Question.Decision]...)
		}
		return c
	case backlog.RaiseImpediment:
		c.Impediment.By, c.Impediment.At, c.Impediment.Resolution = "", time.Time{}, roadmap.Answer{}
		return c
	case backlog.AddEpic:
		if c.Epic.Level == roadmap.LevelEpic {
			c.Epic.Parent = roadmap.EpicID{}
		}
		return c
	case backlog.SetMoney:
		c.From, c.To = month(d.IntN(3))
		c.About = oneOf(d, roadmap.AboutFeature(roadmap.FeatureID(number(d.id()))), roadmap.AboutGoal(roadmap.GoalID(number(d.id()))))
		return c
	case backlog.SplitFeature:
		c.Later = d.newFeature(few + d.IntN(3*few))
		c.Later.Goal, c.Later.Criteria, c.Later.Status = roadmap.GoalID{}, story.List[story.Criterion]{}, 0
		c.Stories, c.Criteria = c.Stories[:min(len(c.Stories), d.IntN(2))], nil
		return c
	case backlog.AddTask:
		c.Task.Done = d.IntN(20) == 0
		return c
	case backlog.AddCriterion:
		c.Criterion = story.Criterion{ID: c.Criterion.ID, Text: c.Criterion.Text}
		return c
	case backlog.SplitStory:
		c.Into = nil
		for range oneOf(d, 1, 2, 2, 2) {
			child := d.newStory(few + d.IntN(3*few))
			child.Feature, child.Team = roadmap.FeatureID{}, ""
			child.Criteria = story.ListOf(story.Criterion{ID: story.CriterionID(number(20 + d.IntN(40))), Text: "shows one"})
			c.Into = append(c.Into, child)
		}
		for i := range c.Without {
			c.Without[i].Reason = "not wanted"
		}
		return c
	case backlog.ImportItems:
		return d.importItems()
	case backlog.SetFeatureMeasure:
		c.Metric, c.To = roadmap.Metric{Name: "time", Target: roadmap.Absolute(decimal.NewFromInt(3))}, start.AddDate(0, 1, 0)
		c.From = time.Time{}
		return c
	case backlog.OrderStories:
		c.Scores = nil
		return c
	case backlog.OrderFeatures:
		c.Scores = nil
		return c
	default:
		return change
	}
}

// importItems brings in a few things as a tracker would hand them over.
func (d dice) importItems() backlog.Change {
	change := backlog.ImportItems{Source: "tracker"}
	for _, n := range d.Perm(few)[:d.IntN(3)] {
		s := d.newStory(n)
		s.Status = oneOf(d, d.flow.likely[1:]...)
		change.Stories = append(change.Stories, s)
	}
	if d.IntN(3) == 0 {
		f := d.newFeature(d.id())
		f.Status = roadmap.FeatureStatus(1 + d.IntN(3))
		change.Features = append(change.Features, f)
	}
	if d.IntN(3) == 0 {
		change.Dependencies = []backlog.Dependency{{Item: d.item(), Needs: d.item()}}
	}
	if d.IntN(5) == 0 {
		change.GoneDependencies = []backlog.Dependency{{Item: d.item(), Needs: d.item()}}
	}
	return change
}

// actor returns somebody: most often one who may do most things.
func (d dice) actor() backlog.Actor {
	switch d.IntN(16) {
	case 0:
		return backlog.As("Stan", backlog.Stakeholder)
	case 1:
		return backlog.As(oneOf(d, "Ina", "Dana", "Nemo"))
	case 2:
		return backlog.As("Ina").WithRole(backlog.ProductOwner, "red").WithRole(backlog.Developer, "red")
	case 3:
		return backlog.As("Dana", backlog.Developer)
	case 4:
		return backlog.As("Otto", backlog.ProductOwner)
	case 5:
		return backlog.As("Bea", backlog.BusinessOwner, backlog.ScrumMaster)
	default:
		return backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	}
}

// waivers returns one or two waivers, most of them of what stands against changes often.
func (d dice) waivers() (all []backlog.Waiver) {
	for range oneOf(d, 1, 1, 2, 3) {
		w := backlog.Waiver{Reason: oneOf(d, "so it is", "this once")}
		switch d.IntN(12) {
		case 0, 1, 2:
			w.Check = oneOf(d, d.checks()...)
		case 3:
			w.Rule = backlog.Rule(1 + d.IntN(int(backlog.RuleClaimed)))
		default:
			w.Rule = oneOf(d, backlog.RuleStartWaiting, backlog.RuleFinishWaiting, backlog.RuleCriteriaMet, backlog.RuleCriteriaPresent,
				backlog.RuleSprintStories, backlog.RuleOneSprint, backlog.RuleReason, backlog.RuleParentAlive, backlog.RuleReleaseAccepted,
				backlog.RuleDropNeeded, backlog.RuleFeatureOpen, backlog.RuleReleasePlanned, backlog.RuleSprintScope, backlog.RuleConsulted,
				backlog.RuleClaimed, backlog.RuleExclusive, backlog.RuleWorkInProgress, backlog.RuleVisionFirst, backlog.RuleOneGoal)
		}
		if d.IntN(30) == 0 {
			w.Reason = ""
		}
		if d.IntN(30) == 0 {
			w.Check = oneOf(d, "unheard of", "tasks")
		}
		all = append(all, w)
	}
	return all
}
