package backlog

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// RelationKind is how two stories stand to each other, apart from dependencies. The zero value is
// invalid.
type RelationKind uint8

// The kinds of relation.
const (
	RelatesTo  RelationKind = iota + 1 // worth a look at the other
	Duplicates                         // the same wish again
	Excludes                           // one or the other, not both; what was split from them likewise
)

var relationTexts = [...]string{"", "relates_to", "duplicates", "excludes"}

// IsValid reports whether k is one of the kinds.
func (k RelationKind) IsValid() bool { return k > 0 && int(k) < len(relationTexts) }

// String returns the text form: "relates_to", "duplicates" or "excludes".
func (k RelationKind) String() string {
	if !k.IsValid() {
		return fmt.Sprintf("relation %d", uint8(k))
	}
	return relationTexts[k]
}

// MarshalText returns the text form.
func (k RelationKind) MarshalText() ([]byte, error) {
	if !k.IsValid() {
		return nil, relationError(k.String())
	}
	return []byte(relationTexts[k]), nil
}

// UnmarshalText reads the text form; k stays as it was on an error.
func (k *RelationKind) UnmarshalText(text []byte) error {
	i := slices.Index(relationTexts[:], string(text))
	if i <= 0 {
		return relationError(fmt.Sprintf("%.40s", text))
	}
	*k = RelationKind(i)
	return nil
}

func relationError(value string) error {
	return fieldError("how", value, "one of "+strings.Join(relationTexts[1:], ", "))
}

// Relation is how one story stands to another. It holds both ways; of duplicates, Story is the one
// that came again.
type Relation struct {
	Story  story.ID     `json:"story"`
	How    RelationKind `json:"how"`
	Other  story.ID     `json:"other"`
	Reason string       `json:"reason,omitzero"`
}

// compare orders relations by their stories, bytewise.
func (r Relation) compare(other Relation) int {
	return cmp.Or(r.Story.Compare(other.Story), r.Other.Compare(other.Other), cmp.Compare(r.How, other.How))
}

// touches reports whether r is between two stories, either way round.
func (r Relation) touches(x, y story.ID) bool {
	return r.Story == x && r.Other == y || r.Story == y && r.Other == x
}

// RelateStories records how two stories stand to each other. Of two that exclude each other, and of what they are split into, only
// one can be in a sprint or accepted; the others inform.
//
// The product owner of both teams may do it. Errors: [NotFoundError]; [ErrExists] where the two have
// a relation of that kind; [field.Error] for a story and itself; [ErrRule] by [RuleExclusive] where two
// that are each in a sprint or accepted are to exclude each other.
type RelateStories struct{ Relation }

// UnrelateStories takes back a [RelateStories], named either way round.
//
// The product owner of both teams may do it. Errors: [field.Error]; [NotFoundError], also where there is no such
// relation.
type UnrelateStories struct {
	Story story.ID     `json:"story"`
	How   RelationKind `json:"how"`
	Other story.ID     `json:"other"`
}

// Kind returns "relate_stories".
func (RelateStories) Kind() string { return "relate_stories" }

func (RelateStories) permission(*View) Permission { return MayWriteStories }

func (c RelateStories) teams(b *View) []story.Team { return b.teamsOf(c.Story, c.Other) }

func (c RelateStories) gate(b *View) []*RefusedError {
	entry, other := b.stories[c.Story], b.stories[c.Other]
	if c.How != Excludes || entry == nil || other == nil {
		return nil
	}
	for one := range b.heirs(entry) {
		for rival := range b.heirs(other) {
			if one != rival && one.isTaken() && rival.isTaken() {
				return named(one.story.ID.String(), refusals(excluded(rival)))
			}
		}
	}
	return nil
}

func (c RelateStories) check(b *View) error {
	if err := b.checkPair(c.Story, c.How, c.Other); err != nil {
		return err
	}
	if _, found := b.relation(c.Story, c.How, c.Other); found {
		return &ExistsError{Entity: "relation", ID: fmt.Sprintf("%v %v %v", c.Story, c.How, c.Other)}
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c RelateStories) apply(b *View, _ time.Time, _ string) {
	b.relate(c.Relation)
}

// Kind returns "unrelate_stories".
func (UnrelateStories) Kind() string { return "unrelate_stories" }

func (UnrelateStories) permission(*View) Permission { return MayWriteStories }

func (c UnrelateStories) teams(b *View) []story.Team { return b.teamsOf(c.Story, c.Other) }

func (c UnrelateStories) check(b *View) error {
	if err := b.checkPair(c.Story, c.How, c.Other); err != nil {
		return err
	}
	if _, found := b.relation(c.Story, c.How, c.Other); !found {
		return &NotFoundError{"relation", fmt.Sprintf("%v %v %v", c.Story, c.How, c.Other)}
	}
	return nil
}

func (c UnrelateStories) apply(b *View, _ time.Time, _ string) {
	found, _ := b.relation(c.Story, c.How, c.Other)
	b.unrelate(found)
}

func (b *View) checkPair(x story.ID, how RelationKind, y story.ID) error {
	if !how.IsValid() {
		return relationError(how.String())
	}
	for _, id := range []story.ID{x, y} {
		if _, err := b.find(id); err != nil {
			return err
		}
	}
	if x == y {
		return fieldError("other", y.String(), "another story")
	}
	return nil
}

// relation returns the relation of two stories, whichever way round it was recorded. It is in the record of
// both; the shorter is looked through, so that one story can have a great many.
func (b *View) relation(x story.ID, how RelationKind, y story.ID) (Relation, bool) {
	known := b.stories[x].story.relations
	if others := b.stories[y].story.relations; len(others) < len(known) {
		known = others
	}
	i := slices.IndexFunc(known, func(r Relation) bool { return r.How == how && r.touches(x, y) })
	if i < 0 {
		return Relation{}, false
	}
	return known[i], true
}

const relationSection = "relations"

var relationLinks = &links[Relation]{
	name: relationSection,
	all:  (*View).relations,
	has: func(b *View, r Relation) bool {
		entry := b.stories[r.Story]
		return entry != nil && slices.Contains(entry.story.relations, r)
	},
	compare: Relation.compare,
	check:   func(b *View, r Relation) error { return RelateStories{r}.check(b) },
	add:     (*View).relate,
	remove: func(b *View, r Relation) error {
		change := UnrelateStories{r.Story, r.How, r.Other}
		if err := change.check(b); err != nil {
			return err
		}
		change.apply(b, b.at, "")
		return nil
	},
}

// relations returns all relations, by id.
func (b *View) relations() []Relation {
	return sortedBy(slices.Collect(b.Relations()), Relation.compare)
}

func (b *View) relate(r Relation) {
	if b.recording {
		b.onUndo(func() { b.unrelate(r) })
		b.touch(relationSection, r, false)
	}
	for _, id := range []story.ID{r.Story, r.Other} {
		entry := b.stories[id]
		entry.story.setRelations(append(entry.story.relations, r))
	}
}

func (b *View) unrelate(r Relation) {
	if b.recording {
		b.onUndo(func() { b.relate(r) })
		b.touch(relationSection, r, false)
	}
	for _, id := range []story.ID{r.Story, r.Other} {
		entry := b.stories[id]
		at := slices.Index(entry.story.relations, r)
		entry.story.setRelations(slices.Delete(entry.story.relations, at, at+1))
	}
}

// Relations returns an iterator over all relations, in the order of the stories that were named first.
func (b *View) Relations() iter.Seq[Relation] {
	return func(yield func(Relation) bool) {
		for entry := range b.order.all() {
			if len(entry.story.relations) == 0 {
				continue
			}
			for _, relation := range sortedBy(entry.story.relations, Relation.compare) {
				if relation.Story == entry.story.ID && !yield(relation) {
					return
				}
			}
		}
	}
}

// RelationsOf returns an iterator over the relations of a story, whichever way round they were recorded,
// by id.
func (b *View) RelationsOf(id story.ID) iter.Seq[Relation] {
	return func(yield func(Relation) bool) {
		entry, ok := b.stories[id]
		if !ok {
			return
		}
		for _, relation := range sortedBy(entry.story.relations, Relation.compare) {
			if !yield(relation) {
				return
			}
		}
	}
}

// excludes returns an iterator over the stories that one excludes, by its relations and by those of what it was
// split from, and over what was split from them.
func (b *View) excludes(entry *storyEntry) iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		for line := entry; line != nil; line = b.stories[line.story.Parent] {
			for _, relation := range sortedBy(line.story.relations, Relation.compare) {
				if relation.How != Excludes {
					continue
				}
				other := b.stories[relation.Story]
				if other == line {
					other = b.stories[relation.Other]
				}
				for heir := range b.heirs(other) {
					if heir != entry && !yield(heir) {
						return
					}
				}
			}
		}
	}
}

// heirs returns an iterator over a story and what was split from it, directly or not.
func (b *View) heirs(entry *storyEntry) iter.Seq[*storyEntry] {
	return func(yield func(*storyEntry) bool) {
		for todo := []*storyEntry{entry}; len(todo) > 0; {
			one := todo[len(todo)-1]
			if todo = todo[:len(todo)-1]; !yield(one) {
				return
			}
			for _, id := range sortedKeys(b.parts[one.story.ID]) {
				todo = append(todo, b.stories[id])
			}
		}
	}
}

// rival returns a story that excludes this one and is in an open sprint, accepted or, by with, to come into
// a sprint beside it; or nil.
func (b *View) rival(entry *storyEntry, with func(*storyEntry) bool) *storyEntry {
	for other := range b.excludes(entry) {
		if other.isTaken() || with != nil && with(other) {
			return other
		}
	}
	return nil
}

// wantNoRival refuses a story that another one excludes: see rival.
func (b *View) wantNoRival(entry *storyEntry, with func(*storyEntry) bool) *RefusedError {
	rival := b.rival(entry, with)
	if rival == nil {
		return nil
	}
	refused := excluded(rival)
	refused.ID = entry.story.ID.String()
	return refused
}

// excluded returns the breach of a story that another one excludes.
func excluded(rival *storyEntry) *RefusedError {
	return breach(RuleExclusive, ByRule,
		fmt.Sprintf("story %q excludes this one and is in a sprint or accepted", rival.story.Title), "one of them dropped",
	).over(storyItems(rival.story.ID))
}

// isTaken reports whether a story is in an open sprint or accepted.
func (e *storyEntry) isTaken() bool { return e.sprint != nil || e.category == story.Completed }
