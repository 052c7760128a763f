package exchange

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// ViewFormat is the format of a document that is of no file but of a backlog.
const ViewFormat Format = "backlog"

// Write writes a backlog in a format of [Targets], and returns what that format cannot hold: it is [DocumentOf] and
// [Document.Write] in one.
func Write(w io.Writer, v *backlog.View, format Format) ([]Loss, error) {
	doc := DocumentOf(v)
	losses, err := doc.Write(w, format)
	if err != nil {
		return nil, err
	}
	return append(doc.Losses, losses...), nil
}

// DocumentOf returns a backlog as a document: goals, features, stories in their order, and tasks. What was imported comes out as
// it came in, with what was changed since: [Document.Import] and DocumentOf are a round trip. A state that was not
// changed since an import has the tracker's word, any other its name.
//
// What a document cannot hold is in the losses, such as the vision, and the goals of sprints. O(n log n).
func DocumentOf(v *backlog.View) *Document {
	b := &viewReader{
		view: v, keys: make(map[string]bool), itemKeys: make(map[backlog.ItemID]string), goalKeys: make(map[roadmap.GoalID]string),
		doc: &Document{
			Format: ViewFormat, Certainty: Certain, Items: []Item{}, Links: []Link{}, Values: []Value{}, Losses: []Loss{}, Skipped: []Skipped{},
			Repeated: []Skipped{}, Statuses: []StatusCount{}, Kinds: []KindCount{}, Warnings: []string{},
		},
	}
	b.settleKeys()
	b.readSprints()
	for goal := range v.Goals() {
		b.goal(goal)
	}
	for feature := range v.Features() {
		b.feature(feature)
	}
	for s := range v.Stories() {
		b.story(s)
	}
	b.links()
	b.whole()
	b.doc.Rows = len(b.doc.Items)
	b.doc.countStatuses()
	b.doc.countKinds()
	return b.doc
}

// viewReader makes the document of a backlog.
type viewReader struct {
	view *backlog.View
	doc  *Document

	keys     map[string]bool // taken
	itemKeys map[backlog.ItemID]string
	goalKeys map[roadmap.GoalID]string
	parents  map[backlog.ItemID]string // of what the item above needs as a part
	sprints  map[story.ID][]string     // names
	kept     []Link                    // that have no place in the backlog
}

// settleKeys gives each item a key: its own, or else its title if no other has that, or else its id.
func (b *viewReader) settleKeys() {
	for s := range b.view.Stories() {
		b.keys[s.Key()] = true
	}
	for f := range b.view.Features() {
		b.keys[f.Key()] = true
	}
	pick := func(d story.Details, title, id string) string {
		if d.Key != "" {
			return d.Key
		}
		key := title
		for _, value := range d.Data.All() {
			if value.Name == dataPrefix+"key" && !b.keys[value.Value] {
				b.keys[value.Value] = true
				return value.Value
			}
		}
		if b.keys[title] || cleanTitle(title) != title {
			key = id
		}
		b.keys[key] = true
		return key
	}
	for goal := range b.view.Goals() {
		b.goalKeys[goal.ID] = pick(story.Details{}, goal.Title, goal.ID.String())
	}
	for f := range b.view.Features() {
		b.itemKeys[backlog.FeatureItem(f.ID)] = pick(f.Details.Value(), f.Title, f.ID.String())
	}
	for s := range b.view.Stories() {
		b.itemKeys[backlog.StoryItem(s.ID)] = pick(s.Details.Value(), s.Title, s.ID.String())
	}
	b.parents = make(map[backlog.ItemID]string)
	for one := range b.view.Dependencies() {
		if _, known := b.parents[one.Needs]; one.Reason == partOf && !known {
			b.parents[one.Needs] = b.itemKeys[one.Item]
		}
	}
}

// readSprints notes which sprints each story is or was in.
func (b *viewReader) readSprints() {
	b.sprints = make(map[story.ID][]string)
	known := make(map[string]bool)
	for sprint := range b.view.Sprints() {
		for _, id := range slices.Concat(sprint.Stories, sprint.Returned) {
			b.sprints[id] = append(b.sprints[id], sprint.Name)
		}
		if active := sprint.Status == backlog.SprintActive; active || !sprint.Start.IsZero() || !sprint.End.IsZero() {
			addPeriod(&b.doc.Sprints, known, Period{Name: sprint.Name, Start: sprint.Start, End: sprint.End, Active: active})
		}
		b.lose(sprint.Name, "sprint", filledOf(
			"goal", sprint.Goal, "capacity", amountText(sprint.Capacity),
			"notes", strings.Join(sprint.Notes, "\n"),
		))
	}
}

// amountText is a number, or nothing for 0.
func amountText(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// filledOf joins names and values that are not empty.
func filledOf(pairs ...string) string {
	var all []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			all = append(all, pairs[i]+" "+pairs[i+1])
		}
	}
	return strings.Join(all, ", ")
}

// lose adds a loss for what no item holds, unless it is empty.
func (b *viewReader) lose(of, column, value string) {
	if value != "" {
		b.doc.Losses = append(b.doc.Losses, Loss{len(b.doc.Items), column, of + ": " + value, "a document has no place for it"})
	}
}

// whole lists what is of the product as a whole.
func (b *viewReader) whole() {
	if vision, ok := b.view.Vision(); ok {
		b.lose("product", "vision", vision.Text)
	}
	if stage, ok := b.view.Stage(); ok {
		b.lose("product", "stage", stage.String())
	}
	known := make(map[string]bool)
	for release := range b.view.Releases() {
		b.lose(release.Name, "release", filledOf("notes", release.Notes))
		if !release.Date.IsZero() {
			addPeriod(&b.doc.Releases, known, Period{Name: release.Name, End: release.Date})
		}
	}
	for person := range b.view.People() {
		b.lose(person.Name, "person", "roles and mandates")
	}
}

// add adds an item.
func (b *viewReader) add(item Item) {
	item.Row = len(b.doc.Items) + 1
	b.doc.Items = append(b.doc.Items, item)
	if item.Parent != "" {
		b.doc.Links = append(b.doc.Links, Link{item.Row, item.Key, item.Parent, "parent", PartOf})
	}
}

// keptLink notes a link that an import found no place for.
func (b *viewReader) keptLink(item *Item, value story.DataValue) {
	other, word, _ := strings.Cut(value.Value, "\n")
	link := Link{From: item.Key, To: other, Word: word}
	if value.Name == dataInward {
		link.From, link.To = other, item.Key
	}
	if link.Meaning.UnmarshalText([]byte(value.Type)) == nil {
		b.kept = append(b.kept, link)
	}
}

// links adds the links between items, and those that an import found no place for.
func (b *viewReader) links() {
	rows := make(map[string]int, len(b.doc.Items))
	for i := range b.doc.Items {
		rows[b.doc.Items[i].Key] = b.doc.Items[i].Row
	}
	known := make(map[linkID]bool)
	for _, link := range b.doc.Links {
		known[link.id()] = true
	}
	add := func(link Link) {
		link.Row = cmp.Or(rows[link.From], rows[link.To])
		if id := link.id(); !known[id] {
			known[id] = true
			b.doc.Links = append(b.doc.Links, link)
		}
	}
	for one := range b.view.Dependencies() {
		if one.Reason == partOf {
			add(Link{From: b.itemKeys[one.Needs], To: b.itemKeys[one.Item], Word: "parent", Meaning: PartOf})
			continue
		}
		add(Link{From: b.itemKeys[one.Item], To: b.itemKeys[one.Needs], Word: cmp.Or(one.Reason, "depends on"), Meaning: Needs})
	}
	meanings := map[backlog.RelationKind]Meaning{backlog.RelatesTo: Relates, backlog.Excludes: Excludes, backlog.Duplicates: Duplicates}
	for one := range b.view.Relations() {
		from, to := b.itemKeys[backlog.StoryItem(one.Story)], b.itemKeys[backlog.StoryItem(one.Other)]
		add(Link{From: from, To: to, Word: cmp.Or(one.Reason, wordOf(one.How.String())), Meaning: meanings[one.How]})
	}
	for _, link := range b.kept {
		add(link)
	}
}

// countStatuses counts statuses.
func (d *Document) countStatuses() {
	places := make(map[statusID]int)
	for i := range d.Items {
		if item := &d.Items[i]; item.Status != "" {
			count(&d.Statuses, places, statusID{item.Status, item.Category}, StatusCount{Name: item.Status, Category: item.Category},
				func(one *StatusCount) { one.Count++ })
		}
	}
}
