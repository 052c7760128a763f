package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Between returns how b differs from a, an earlier state of the same product: the vision, then horizons,
// goals, stage, releases, themes, epics, activities, increments, features, stories, sprints, people, insights, proposals, questions, risks and
// impediments, each in their order in b and
// then what is gone. Of an order it names the fewest moves that lead from one to the other, with indexes
// from 0. What a new item brought with it when it was added is part of its being added. It costs
// O(n log n).
func Between(a, b *backlog.View) []Difference {
	d := differ{a: a, b: b, workflow: b.Workflow(), linked: make(map[backlog.ItemID]bool)}
	for one := range unlike(a.Dependencies(), b.Dependencies()) {
		d.linked[one.Item] = true
	}
	for one := range unlike(a.Relations(), b.Relations()) {
		d.linked[backlog.StoryItem(one.Story)] = true
	}
	for one := range unlike(claims(a), claims(b)) {
		d.linked[backlog.StoryItem(one.Story)] = true
	}
	d.vision()
	compare(&d, d.horizons(), a.Horizons(), b.Horizons())
	compare(&d, d.goals(), a.Goals(), b.Goals())
	d.stage()
	compare(&d, d.releases(), a.Releases(), b.Releases())
	compare(&d, d.themes(), a.Themes(), b.Themes())
	compare(&d, d.epics(), a.Epics(), b.Epics())
	compare(&d, d.activities(), a.Activities(), b.Activities())
	compare(&d, d.increments(), a.Increments(), b.Increments())
	compare(&d, d.features(), a.Features(), b.Features())
	compare(&d, d.stories(), a.Stories(), b.Stories())
	compare(&d, d.sprints(), a.Sprints(), b.Sprints())
	d.people()
	compare(&d, d.insights(), a.Insights(), b.Insights())
	compare(&d, d.proposals(), a.Proposals(), b.Proposals())
	compare(&d, d.questions(), a.Questions(), b.Questions())
	compare(&d, d.risks(), a.Risks(), b.Risks())
	compare(&d, d.impediments(), a.Impediments(), b.Impediments())
	return d.found
}

// differ collects differences about one subject after the other.
type differ struct {
	a, b     *backlog.View
	workflow story.Workflow          // of b
	linked   map[backlog.ItemID]bool // items whose needs, relations or claims differ
	subject  Difference              // without an aspect
	found    []Difference
	begin    int // of what was found about the subject
}

// kind is how records of one kind differ.
type kind[K comparable, V any] struct {
	subject string
	count   int // how many there are, about
	key     func(*V) K
	name    func(*V) string
	same    func(old, now *V) bool // nil for sameValue
	fresh   func(*V)               // takes back what a new record cannot have brought with it; nil for nothing
	fields  func(old, now *V)
}

// compare finds the differences of the records of a kind.
func compare[K comparable, V any](d *differ, k kind[K, V], was, is iter.Seq[V]) {
	if k.same == nil {
		k.same = sameValue[V]
	}
	earlier, later := slices.AppendSeq(make([]V, 0, k.count), was), slices.AppendSeq(make([]V, 0, k.count), is)
	for _, m := range matches(earlier, later, k.key, k.same) {
		shown := m.now
		if shown == nil {
			shown = m.old
		}
		d.about(k.subject, fmt.Sprint(k.key(shown)), k.name(shown))
		switch {
		case m.now == nil:
			d.add(Difference{Aspect: AspectGone})
			continue
		case m.old == nil:
			d.add(Difference{Aspect: AspectAdded})
			fresh := *m.now
			if k.fresh != nil {
				k.fresh(&fresh)
			}
			m.old = &fresh
		case m.moved:
			d.add(Difference{Aspect: AspectMoved, From: fmt.Sprint(m.from), To: fmt.Sprint(m.to)})
		}
		k.fields(m.old, m.now)
		d.details()
	}
}

// sameValue compares values by what a snapshot holds of them.
func sameValue[V any](x, y *V) bool {
	if reflect.DeepEqual(x, y) { // the common case, without writing them out
		return true
	}
	one, err := json.Marshal(x)
	other, otherErr := json.Marshal(y)
	return err == nil && otherErr == nil && bytes.Equal(one, other)
}

// about begins with another subject.
func (d *differ) about(subject, id, title string) {
	d.subject, d.begin = Difference{Subject: subject, ID: id, Title: title}, len(d.found)
}

// details adds a difference without words of its own if nothing was found about the subject.
func (d *differ) details() {
	if len(d.found) == d.begin {
		d.field(AspectDetails, "earlier", "later")
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

// part is a criterion, a task or the like: its id, its text, and the state that it is in.
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
			d.add(Difference{
				Aspect: aspect, Part: one.text, From: fmt.Sprintf("%q", old.text), To: fmt.Sprintf("%q", one.text),
			})
		}
	}
	for _, old := range was {
		if !slices.ContainsFunc(is, func(p part) bool { return p.id == old.id }) {
			d.add(Difference{Aspect: aspect, Part: old.text, From: old.state})
		}
	}
}

// named returns the name of a record in the later state, or in the earlier one if it is gone.
func named[K comparable, V any](d *differ, id K, find func(*backlog.View, K) (V, bool), name func(*V) string) string {
	for _, v := range []*backlog.View{d.b, d.a} {
		if found, ok := find(v, id); ok {
			return name(&found)
		}
	}
	return ""
}

// title returns the title of an item in the later state, or in the earlier one if it is gone.
func (d *differ) title(item backlog.ItemID) string {
	if !item.Story.IsZero() {
		return named(d, item.Story, (*backlog.View).Story, storyTitle)
	}
	return named(d, item.Feature, (*backlog.View).Feature, featureTitle)
}

func storyTitle(s *story.Story) string       { return s.Title }
func featureTitle(f *roadmap.Feature) string { return f.Title }

// period returns a span of time as text, empty if neither end is set.
func period(from, to time.Time) string {
	if from.IsZero() && to.IsZero() {
		return ""
	}
	text := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.Format(time.RFC3339Nano)
	}
	return text(from) + " to " + text(to)
}
