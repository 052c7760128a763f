package backlog

import (
	"fmt"
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Difference is one way in which a later state of a backlog differs from an earlier one, in the words
// of the domain: see [Diff].
type Difference struct {
	Subject string // what differs: "vision", "horizon", "goal", "stage", "release", "increment", "feature", "story", "sprint" or "person"
	ID      string // of the subject; a person's name; nothing for the vision
	Title   string // of the subject, as it is later, or was where it is gone
	Aspect  Aspect
	Part    string // the criterion, task or the like that it is about, if it is about one
	From    string // how it was; nothing where there was none
	To      string // how it is; nothing where there is none
}

// Aspect is in which respect something differs.
type Aspect string

// The aspects. Those of parts, such as a criterion, come with a Part.
const (
	AspectAdded      Aspect = "added"
	AspectGone       Aspect = "gone" // its adding was taken back
	AspectMoved      Aspect = "moved"
	AspectAccepted   Aspect = "accepted"
	AspectDropped    Aspect = "dropped"
	AspectText       Aspect = "text"
	AspectTitle      Aspect = "title"
	AspectNarrative  Aspect = "narrative"
	AspectProblem    Aspect = "problem"
	AspectHypothesis Aspect = "hypothesis"
	AspectMeasure    Aspect = "measure"
	AspectMetric     Aspect = "metric"
	AspectActual     Aspect = "actual" // what a goal's metric was measured at
	AspectPeriod     Aspect = "period"
	AspectHorizon    Aspect = "horizon"
	AspectGoal       Aspect = "goal"
	AspectFeature    Aspect = "feature"
	AspectTeam       Aspect = "team"
	AspectStatus     Aspect = "status"
	AspectEstimate   Aspect = "estimate"
	AspectAssessment Aspect = "assessment"
	AspectCapacity   Aspect = "capacity"
	AspectVelocity   Aspect = "velocity"
	AspectCriterion  Aspect = "criterion"
	AspectTask       Aspect = "task"
	AspectNeed       Aspect = "need"
	AspectRelation   Aspect = "relation"
	AspectStory      Aspect = "story"
	AspectRole       Aspect = "role"
	AspectDelegation Aspect = "delegation"
	AspectRelease    Aspect = "release"
	AspectIncrement  Aspect = "increment"
	AspectObjective  Aspect = "objective"
	AspectVotes      Aspect = "votes of confidence"
	AspectSize       Aspect = "size"
	AspectBudget     Aspect = "budget"
	AspectSpent      Aspect = "spent"
	AspectDetails    Aspect = "details" // something that none of the others names
)

// String reads `story "Pay": moved 7 -> 2`, `story "Pay": estimate 3 -> 5`, `story "Pay": accepted by Ana`
// or `story "Pay": criterion "shows the sum" added`.
func (d Difference) String() string {
	subject := d.Subject
	if d.Title != "" {
		subject += fmt.Sprintf(" %q", d.Title)
	}
	none := func(text string) string {
		if text == "" {
			return "none"
		}
		return text
	}
	switch {
	case d.Aspect == AspectAccepted && d.To != "":
		return fmt.Sprintf("%s: accepted by %s", subject, d.To)
	case d.From == "" && d.To == "":
		return fmt.Sprintf("%s: %s", subject, d.Aspect)
	case d.Part == "":
		return fmt.Sprintf("%s: %s %s -> %s", subject, d.Aspect, none(d.From), none(d.To))
	case d.From == "":
		return fmt.Sprintf("%s: %s %q added", subject, d.Aspect, d.Part)
	case d.To == "":
		return fmt.Sprintf("%s: %s %q removed", subject, d.Aspect, d.Part)
	default:
		return fmt.Sprintf("%s: %s %q %s -> %s", subject, d.Aspect, d.Part, d.From, d.To)
	}
}

// Diff says how b differs from a, an earlier state of the same product: the vision, then horizons,
// goals, releases, increments, features, stories, sprints and people, each in their order in b and then what is gone. Of the
// order it names the fewest moves that lead from one to the other, with indexes from 0. What a new
// item brought with it when it was added is part of its being added. O(n log n).
func Diff(a, b *View) []Difference {
	was, is := sides(a.look(nil), b.look(nil))
	d := differ{a: a, b: b}
	if visionValue.of(was) != nil {
		d.about("vision", "", "")
		d.field(AspectText, visionValue.of(was).Text, visionValue.of(is).Text)
		d.details()
	}
	d.horizons(horizonTable.of(was), horizonTable.of(is))
	moved(&d, "horizon", horizonTable.of(was), horizonTable.of(is), d.horizonName)
	d.goals(goalTable.of(was), goalTable.of(is))
	moved(&d, "goal", goalTable.of(was), goalTable.of(is), d.goalTitle)
	if stageValue.of(was) != nil {
		d.about("stage", "", "")
		d.add(Difference{Aspect: AspectStatus, From: stageValue.of(was).String(), To: stageValue.of(is).String()})
	}
	d.releases(releaseTable.of(was), releaseTable.of(is))
	moved(&d, "release", releaseTable.of(was), releaseTable.of(is), d.releaseName)
	d.increments(incrementTable.of(was), incrementTable.of(is))
	moved(&d, "increment", incrementTable.of(was), incrementTable.of(is), d.incrementName)
	d.features(was, is)
	d.stories(was, is)
	d.sprints(sprintTable.of(was), sprintTable.of(is))
	moved(&d, "sprint", sprintTable.of(was), sprintTable.of(is), func(id SprintID) string { return b.sprints.byID[id].sprint.Name })
	d.people(personTable.of(was), personTable.of(is))
	return d.found
}

// differ collects differences about one subject after the other.
type differ struct {
	a, b    *View
	subject Difference // without an aspect
	found   []Difference
	begin   int // of what was found about the subject
}

func (d *differ) about(subject, id, title string) {
	d.subject, d.begin = Difference{Subject: subject, ID: id, Title: title}, len(d.found)
}

// details makes sure that of what differs something is said.
func (d *differ) details() {
	if len(d.found) == d.begin {
		d.field(AspectDetails, "earlier", "later")
	}
}

// moved says of records that are in both states where they are now.
func moved[K comparable, V any](d *differ, subject string, was, is records[K, V], title func(K) string) {
	from := moves(was)
	for _, place := range is.Places {
		if at, ok := from[place.ID]; ok {
			d.about(subject, fmt.Sprint(place.ID), title(place.ID))
			d.add(Difference{Aspect: AspectMoved, From: fmt.Sprint(at), To: fmt.Sprint(place.At)})
		}
	}
}

func (d *differ) add(one Difference) {
	one.Subject, one.ID, one.Title = d.subject.Subject, d.subject.ID, d.subject.Title
	d.found = append(d.found, one)
}

func (d *differ) field(aspect Aspect, from, to string) {
	if from != to {
		d.add(Difference{Aspect: aspect, From: from, To: to})
	}
}

// part is a criterion, a task or the like: who it is, what it says, and how it is.
type part struct{ id, text, state string }

// parts compares two short lists: those that are there now in their order, then those that are gone.
func (d *differ) parts(aspect Aspect, was, is []part) {
	for _, one := range is {
		old := part{}
		if i := slices.IndexFunc(was, func(p part) bool { return p.id == one.id }); i >= 0 {
			old = was[i]
		}
		if old.state != one.state {
			d.add(Difference{Aspect: aspect, Part: one.text, From: old.state, To: one.state})
		}
		if old.id != "" && old.text != one.text {
			d.add(Difference{Aspect: aspect, Part: one.text, From: fmt.Sprintf("%q", old.text), To: fmt.Sprintf("%q", one.text)})
		}
	}
	for _, old := range was {
		if !slices.ContainsFunc(is, func(p part) bool { return p.id == old.id }) {
			d.add(Difference{Aspect: aspect, Part: old.text, From: old.state})
		}
	}
}

// each visits the records that differ, by id: in their order later, then what is gone.
func each[K comparable, V any](was, is records[K, V], key func(*V) K, visit func(id K, old, now *V)) {
	before := make(map[K]*V, len(was.Values))
	for i := range was.Values {
		before[key(&was.Values[i])] = &was.Values[i]
	}
	for i := range is.Values {
		id := key(&is.Values[i])
		visit(id, before[id], &is.Values[i])
		delete(before, id)
	}
	for i := range was.Values {
		if id := key(&was.Values[i]); before[id] != nil {
			visit(id, before[id], nil)
		}
	}
}

func (d *differ) horizons(was, is records[roadmap.HorizonID, roadmap.Horizon]) {
	each(was, is, horizonTable.key, func(id roadmap.HorizonID, old, now *roadmap.Horizon) {
		switch {
		case now == nil:
			d.about("horizon", id.String(), old.Name)
			d.add(Difference{Aspect: AspectGone})
		case old == nil:
			d.about("horizon", id.String(), now.Name)
			d.add(Difference{Aspect: AspectAdded})
		default:
			d.about("horizon", id.String(), now.Name)
			d.field(AspectTitle, old.Name, now.Name)
			d.field(AspectPeriod, period(old.From, old.To), period(now.From, now.To))
			d.details()
		}
	})
}

func (d *differ) goals(was, is records[roadmap.GoalID, roadmap.Goal]) {
	each(was, is, goalTable.key, func(id roadmap.GoalID, old, now *roadmap.Goal) {
		if now == nil {
			d.about("goal", id.String(), old.Title)
			d.add(Difference{Aspect: AspectGone})
			return
		}
		d.about("goal", id.String(), now.Title)
		if old == nil {
			d.add(Difference{Aspect: AspectAdded})
			fresh := *now
			fresh.Status, fresh.Measurements = roadmap.GoalPlanned, nil
			old = &fresh
		}
		d.field(AspectTitle, old.Title, now.Title)
		d.field(AspectMetric, metric(old.Metric), metric(now.Metric))
		d.field(AspectPeriod, period(old.Start, old.Due), period(now.Start, now.Due))
		d.field(AspectActual, actual(old), actual(now))
		d.field(AspectStatus, old.Status.String(), now.Status.String())
		d.details()
	})
}

func (d *differ) sprints(was, is records[SprintID, Sprint]) {
	each(was, is, sprintTable.key, func(id SprintID, old, now *Sprint) {
		if now == nil {
			d.about("sprint", id.String(), old.Name)
			d.add(Difference{Aspect: AspectGone})
			return
		}
		d.about("sprint", id.String(), now.Name)
		if old == nil {
			d.add(Difference{Aspect: AspectAdded})
			fresh := *now
			fresh.Status, fresh.Stories, fresh.Returned, fresh.Velocity = SprintPlanned, nil, nil, Sprint{}.Velocity
			fresh.Notes = nil
			old = &fresh
		}
		d.field(AspectTitle, old.Name, now.Name)
		d.field(AspectGoal, old.Goal, now.Goal)
		d.field(AspectTeam, string(old.Team), string(now.Team))
		d.field(AspectPeriod, period(old.Start, old.End), period(now.Start, now.End))
		d.field(AspectCapacity, old.Capacity.String(), now.Capacity.String())
		d.field(AspectStatus, old.Status.String(), now.Status.String())
		d.field(AspectVelocity, old.Velocity.String(), now.Velocity.String())
		d.parts(AspectStory, d.sprintParts(old), d.sprintParts(now))
		d.details()
	})
}

func (d *differ) sprintParts(sprint *Sprint) []part {
	var all []part
	for _, id := range sprint.Stories {
		all = append(all, part{id.String(), d.title(StoryItem(id)), "committed"})
	}
	for _, id := range sprint.Returned {
		if !slices.Contains(sprint.Stories, id) {
			all = append(all, part{id.String(), d.title(StoryItem(id)), "returned"})
		}
	}
	return all
}

func (d *differ) people(was, is records[string, Person]) {
	each(was, is, personTable.key, func(name string, old, now *Person) {
		d.about("person", name, name)
		if old == nil {
			old = &Person{}
		}
		if now == nil {
			now = &Person{}
		}
		d.parts(AspectRole, roleParts(old), roleParts(now))
		d.parts(AspectDelegation, delegationParts(old), delegationParts(now))
		d.details()
	})
}

func roleParts(person *Person) []part {
	all := make([]part, len(person.Roles))
	for i, grant := range person.Roles {
		all[i] = part{grant.String(), grant.String(), "granted"}
	}
	return all
}

func delegationParts(person *Person) []part {
	all := make([]part, len(person.Mandates))
	for i, one := range person.Mandates {
		text := string(one.Permission)
		if one.Team != "" {
			text += fmt.Sprintf(" of %q", one.Team)
		}
		all[i] = part{text, text, "by " + one.By}
	}
	return all
}

// title is what an item is called later, or was called where it is gone.
func (d *differ) title(item ItemID) string {
	for _, b := range []*View{d.b, d.a} {
		if n := b.node(item); n != nil {
			return n.title()
		}
	}
	return item.String()
}

func (n *node) title() string {
	if n.story != nil {
		return n.story.story.Title
	}
	return n.feature.feature.Title
}

func (d *differ) featureTitle(id story.FeatureID) string {
	if id.IsZero() {
		return ""
	}
	return d.title(FeatureItem(id))
}

func (d *differ) goalTitle(id roadmap.GoalID) string {
	for _, b := range []*View{d.b, d.a} {
		if entry, ok := b.goals.byID[id]; ok {
			return entry.goal.Title
		}
	}
	return ""
}

func (d *differ) horizonName(id roadmap.HorizonID) string {
	for _, b := range []*View{d.b, d.a} {
		if entry, ok := b.horizons.byID[id]; ok {
			return entry.horizon.Name
		}
	}
	return ""
}
