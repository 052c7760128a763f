package exchange

import (
	"cmp"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// knownState is what was found out about a [lifecycle]: a file has few different ones.
type knownState struct {
	state
	isGuess bool
}

// title sets the title, or the one of a level of a tree of titles.
func (b *builder) title(column *sourceColumn, text string) {
	title := oneLine(text)
	if b.item.Title == "" && column.Depth > 0 {
		b.tree = append(b.tree[:min(column.Depth-1, len(b.tree))], len(b.doc.Items)-1)
		if above := len(b.tree) - 2; above >= 0 {
			b.item.Parent = b.doc.Items[b.tree[above]].Key
		}
	}
	b.one(&b.item.Title, column, title)
}

// finishItem sets what follows from several cells of the row.
func (b *builder) finishItem() {
	item := b.item
	b.cycle.status, b.cycle.resolution = item.Status, item.Resolution
	b.cycle.hasDone, b.cycle.hasStarted = !item.Done.IsZero(), !item.Started.IsZero()
	known, ok := b.states[b.cycle]
	if !ok {
		known.state, known.isGuess = b.cycle.state(b.source.states)
		b.states[b.cycle] = known
	}
	now := known.state
	if b.source.doneByDate && b.cycle.hasDone && now.category.IsOpen() {
		now.category, now.held = delivered, false
	}
	item.Category, item.Held = now.category, now.held
	if !item.Done.IsZero() && item.Category.IsOpen() { // it was opened again
		b.keep(b.done, Instant, item.Done.Format(time.RFC3339Nano))
		b.doc.Carried--
		item.Done = time.Time{}
	}
	if item.Done.IsZero() && !item.Category.IsOpen() { // the best that is known of it; the cell stays a custom value
		item.Done = b.since
	}
	if len(item.Criteria) == 0 {
		item.Criteria = criteriaIn(item.Description)
	}
	if item.Title == "" {
		if b.untitled++; b.untitled == 1 {
			b.firstUntitled = item.Row
		}
	}
	b.countStatus(known.isGuess)
	b.setLevel()
	b.notePeriods()
}

// setLevel sets the level by the kind. In a tree of titles, and where there is no kind, it is a story's.
func (b *builder) setLevel() {
	if b.item.Kind == "" && b.row.level != 0 {
		b.item.Level = b.row.level
		return
	}
	level, known := b.levels[b.item.Kind]
	if !known {
		level = levelOf(b.item.Kind)
		b.levels[b.item.Kind] = level
	}
	b.item.Level = level
}

// statusID is what statuses are counted by.
type statusID struct {
	name     string
	category story.Category
}

func (b *builder) countStatus(isGuess bool) {
	if b.item.Status == "" {
		return
	}
	id := statusID{b.item.Status, b.item.Category}
	at, known := b.statuses[id]
	if !known {
		at = len(b.doc.Statuses)
		b.statuses[id] = at
		b.doc.Statuses = append(b.doc.Statuses, StatusCount{id.name, id.category, 0, isGuess})
		if isGuess {
			b.warnSome("the status %s is unknown; it was taken for %s", quote(id.name), id.category)
		}
	}
	b.doc.Statuses[at].Count++
}

// count counts the kinds, once the levels are final, and puts the losses in order.
func (b *builder) count() {
	b.doc.countKinds()
	if b.untitled > 0 {
		b.warnSome("%s without a title, the first in row %d", counted(b.untitled, "item", "items"), b.firstUntitled)
	}
	slices.SortStableFunc(b.doc.Losses, func(x, y Loss) int { return cmp.Compare(x.Row, y.Row) })
}

// kindID is what kinds are counted by.
type kindID struct {
	name  string
	level Level
}

func (d *Document) countKinds() {
	places := make(map[kindID]int)
	for i := range d.Items {
		if item := &d.Items[i]; item.Kind != "" {
			count(&d.Kinds, places, kindID{item.Kind, item.Level}, KindCount{Name: item.Kind, Level: item.Level}, func(one *KindCount) { one.Count++ })
		}
	}
}
