package backlog

import (
	"fmt"
	"iter"
	"slices"
	"time"
)

// How a [Revert] puts the records back: in steps, each taken by all sections. What something refers to
// comes before it; what nothing refers to any more goes last.

type revertStep uint8

const (
	cutLinks revertStep = iota
	putBack             // what was there before, as it was
	takeOut             // what was not there before
	putInOrder
)

func (c Revert) try(b *View, _ time.Time, _ string) error {
	for step := cutLinks; step <= putInOrder; step++ {
		for i := range sections {
			if step == takeOut { // what refers to something goes before it
				i = len(sections) - 1 - i
			}
			if err := sections[i].revert(c, b, step); err != nil {
				return prefixed(err)
			}
		}
	}
	for entry := range c.putBack(b) {
		if !entry.category.IsOpen() { // a claim ends with its story, whatever closes that
			b.endClaim(entry.story.ID)
		}
	}
	for _, record := range storyTable.of(c.is).Values {
		if b.stories[record.ID] == nil && len(b.parts[record.ID]) > 0 {
			return c.refuse(fmt.Sprintf("story %q was split", record.Title), "the split taken back first")
		}
	}
	if len(epicTable.of(c.was).Values) > 0 {
		if err := b.checkEpicParents(); err != nil {
			return err
		}
	}
	if err := b.checkSplits(c.putBack(b), c.featuresPutBack(b)); err != nil {
		return err
	}
	return checkCycles(c.linked(b))
}

// putBack returns an iterator over the stories that are as they were before the event.
func (c Revert) putBack(b *View) iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		for _, record := range storyTable.of(c.was).Values {
			if !yield(b.stories[record.ID]) {
				return
			}
		}
	}
}

// featuresPutBack is putBack for features.
func (c Revert) featuresPutBack(b *View) iter.Seq[*featureEntry] {
	return func(yield func(*featureEntry) bool) {
		for _, record := range featureTable.of(c.was).Values {
			if !yield(b.features.byID[record.ID]) {
				return
			}
		}
	}
}

// linked returns an iterator over the items that have come to need something, or to be part of it.
func (c Revert) linked(b *View) iter.Seq[*node] {
	return func(yield func(*node) bool) {
		for entry := range c.putBack(b) {
			if !yield(&entry.node) {
				return
			}
		}
		for _, dependency := range dependencyLinks.of(c.was) {
			if !yield(b.node(dependency.Item)) {
				return
			}
		}
	}
}

func (t *table[K, V, E]) revert(c Revert, b *View, step revertStep) error {
	was, is := t.of(c.was), t.of(c.is)
	switch step {
	case putBack:
		return t.putBack(b, was)
	case takeOut:
		return t.takeOut(c, b, was, is)
	case putInOrder:
		return t.putInOrder(b, was.Places)
	default: // a table has no links of its own
		return nil
	}
}

func (t *table[K, V, E]) putBack(b *View, was records[K, V]) error {
	rows := t.rows(b)
	for i, value := range was.Values {
		key := t.key(value)
		entry := rows.get(key)
		if err := t.check(b, entry, value); err != nil {
			return t.fault(i, key, err)
		}
		if entry == nil {
			t.add(b, value)
		} else {
			t.put(b, entry, value)
		}
	}
	return nil
}

// takeOut removes what is there after the event and was not before.
func (t *table[K, V, E]) takeOut(c Revert, b *View, was, is records[K, V]) error {
	before := make(map[K]bool, len(was.Values))
	for _, key := range t.keys(was.Values) {
		before[key] = true
	}
	for _, key := range t.keys(is.Values) {
		if before[key] {
			continue
		}
		entry := t.rows(b).get(key)
		if reason, needs := t.stays(b, entry); reason != "" {
			return c.refuse(reason, needs)
		}
		t.remove(b, entry)
	}
	return nil
}

// putInOrder puts what moved or came back where it was, as far as the order still is that long.
func (t *table[K, V, E]) putInOrder(b *View, places []placed[K]) error {
	rows := t.rows(b)
	entries, indexes := make([]*E, len(places)), make([]int, len(places))
	met := make(map[K]bool, len(places))
	for i, place := range places {
		entries[i] = rows.get(place.ID)
		switch {
		case entries[i] == nil:
			return &NotFoundError{t.noun, fmt.Sprint(place.ID)}
		case met[place.ID]:
			return fieldError(t.name, fmt.Sprint(place.ID), "each "+t.noun+" once")
		}
		met[place.ID] = true
		indexes[i] = max(i, min(place.At, rows.len()-len(places)+i))
		if i > 0 {
			indexes[i] = max(indexes[i], indexes[i-1]+1)
		}
	}
	if len(entries) > 0 {
		t.arrange(b, entries, indexes)
	}
	return nil
}

// isAbout reports whether c changes the roles or mandates of somebody.
func (c Revert) isAbout(name string) bool {
	isTheirs := func(person Person) bool { return person.Name == name }
	return slices.ContainsFunc(personTable.of(c.was).Values, isTheirs) ||
		slices.ContainsFunc(personTable.of(c.is).Values, isTheirs)
}
