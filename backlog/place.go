package backlog

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// OrderPlace is where stories are to go in the order of the backlog: [First], [Last], [Before] or
// [After] another story, or [At] an index. Its text form is "first", "last", "before ID", "after ID"
// or "at 7". The zero value is no place and invalid.
type OrderPlace struct {
	where where
	story story.ID
	index int32
}

type where uint8

const (
	first where = iota + 1
	last
	before
	after
	at
)

// First is the place before all other stories.
func First() OrderPlace { return OrderPlace{where: first} }

// Last is the place after all other stories.
func Last() OrderPlace { return OrderPlace{where: last} }

// Before is the place right before a story.
func Before(id story.ID) OrderPlace { return OrderPlace{where: before, story: id} }

// After is the place right after a story.
func After(id story.ID) OrderPlace { return OrderPlace{where: after, story: id} }

// At is the place where the first of the moved stories has that index, 0 being the first of all. An index of more than
// 31 bits is taken for the largest or the least of them, which no backlog has.
func At(index int) OrderPlace {
	return OrderPlace{where: at, index: int32(min(max(index, math.MinInt32), math.MaxInt32))}
}

// String returns the text form.
func (p OrderPlace) String() string {
	switch p.where {
	case first:
		return "first"
	case last:
		return "last"
	case before:
		return "before " + p.story.String()
	case after:
		return "after " + p.story.String()
	case at:
		return "at " + strconv.Itoa(int(p.index))
	default:
		return "nowhere"
	}
}

// MarshalText returns the text form.
func (p OrderPlace) MarshalText() ([]byte, error) {
	if p.where == 0 || p.where > at {
		return nil, placeError(p.String())
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads the text form; p stays as it was on an error.
func (p *OrderPlace) UnmarshalText(text []byte) error {
	word, rest, _ := strings.Cut(string(text), " ")
	switch {
	case word == "first" && rest == "":
		*p = First()
	case word == "last" && rest == "":
		*p = Last()
	case word == "before", word == "after":
		id, err := story.ParseID(rest)
		if err != nil {
			return err
		}
		*p = Before(id)
		if word == "after" {
			*p = After(id)
		}
	case word == "at":
		index, err := strconv.Atoi(rest)
		if err != nil {
			return placeError(fmt.Sprintf("%.60s", text))
		}
		*p = At(index)
	default:
		return placeError(fmt.Sprintf("%.60s", text))
	}
	return nil
}

func placeError(value string) error {
	return fieldError("to", value, `"first", "last", "before ID", "after ID" or "at INDEX"`)
}

// MoveStories moves one story or several, which keep their order among themselves, to a place in
// the order of the backlog.
//
// The product owner of the stories' teams may do it. Errors: [NotFoundError], also for the story of
// the place; [field.Error] for a story named twice, or a place among the moved stories or
// outside the backlog.
type MoveStories struct {
	Stories []story.ID `json:"stories"`
	To      OrderPlace `json:"to"`
}

// Kind returns "move_stories".
func (MoveStories) Kind() string { return "move_stories" }

func (c MoveStories) own() Change {
	if len(c.Stories) == 1 { // as below
		c.Stories = []story.ID{c.Stories[0]}
		return c
	}
	c.Stories = slices.Clone(c.Stories)
	return c
}

func (MoveStories) permission(*View) Permission { return MayOrderStories }

func (c MoveStories) teams(b *View) []story.Team { return b.teamsOf(c.Stories...) }

func (c MoveStories) check(b *View) error {
	if err := b.checkStories(c.Stories); err != nil {
		return err
	}
	switch c.To.where {
	case first, last:
		return nil
	case before, after:
		if slices.Contains(c.Stories, c.To.story) {
			return fieldError("to", c.To.String(), "a story that is not moved itself")
		}
		_, err := b.find(c.To.story)
		return err
	case at:
		if most := b.order.length - len(c.Stories); c.To.index < 0 || int(c.To.index) > most {
			return fieldError("to", c.To.String(), fmt.Sprintf("an index from 0 to %d", most))
		}
		return nil
	default:
		return placeError(c.To.String())
	}
}

func (c MoveStories) apply(b *View, _ time.Time, _ string) {
	if len(c.Stories) == 1 { // as below
		entry, _ := b.lookUp(c.Stories[0])
		one := [1]*storyEntry{entry}
		storyTable.move(b, entry, b.startOf(c.To, one[:]))
		return
	}
	moved := make([]*storyEntry, len(c.Stories))
	for i, id := range c.Stories {
		moved[i] = b.stories[id]
	}
	moved = b.inOrder(moved)
	start := b.startOf(c.To, moved)
	indexes := make([]int, len(moved))
	for i := range indexes {
		indexes[i] = start + i
	}
	storyTable.arrange(b, moved, indexes)
}

// startOf returns the index that the first of the moved stories will have.
func (b *View) startOf(place OrderPlace, moved []*storyEntry) int {
	switch place.where {
	case last:
		return b.order.length - len(moved)
	case at:
		return int(place.index)
	case before, after:
		anchor := b.order.index(b.stories[place.story])
		start := anchor
		for _, entry := range moved {
			if b.order.index(entry) < anchor {
				start--
			}
		}
		if place.where == after {
			start++
		}
		return start
	default:
		return 0
	}
}

// OrderStories puts stories into a new order among themselves: together they take the places that
// they have now, so all others stay where they are. The order is usually a ranking's:
//
//	OrderStories{Stories: ranking.Keys(), Method: "WSJF"}
//
// It does not look at dependencies: a story may come before one that it needs. [View.Untangle] returns an
// order in which none does, plan.Sequence the one of them that costs least by scores. Keys leaves out what
// has no score; KeysWithUnscored puts it last.
//
// The product owner of the stories' teams may do it; the method and the scores are kept in the
// event. Errors: [NotFoundError]; [field.Error] for a story named twice, or where there are
// scores but not one for each story.
type OrderStories struct {
	Stories []story.ID `json:"stories"`
	Method  string     `json:"method,omitzero"`  // how the order came about
	Scores  []string   `json:"scores,omitempty"` // of each story, as text
}

// Kind returns "order_stories".
func (OrderStories) Kind() string { return "order_stories" }

func (c OrderStories) own() Change {
	c.Stories, c.Scores = slices.Clone(c.Stories), slices.Clone(c.Scores)
	return c
}

func (OrderStories) permission(*View) Permission { return MayOrderStories }

func (c OrderStories) teams(b *View) []story.Team { return b.teamsOf(c.Stories...) }

func (c OrderStories) check(b *View) error {
	return field.Join(b.checkStories(c.Stories), checkMethod(c.Method, c.Scores, len(c.Stories), "story"))
}

// checkMethod wants how an order came about to be text, and no scores or one for each of its n items.
func checkMethod(method string, scores []string, n int, noun string) error {
	errs := []error{field.CheckText("backlog", "method", method)}
	if len(scores) > 0 && len(scores) != n {
		errs = append(errs, fieldError("scores", fmt.Sprint(len(scores)), fmt.Sprintf("none, or %d, one for each %s", n, noun)))
	}
	for i, score := range scores[:min(len(scores), n)] {
		errs = append(errs, field.CheckText("backlog", field.Index("scores", i), score))
	}
	return field.Join(errs...)
}

func (c OrderStories) apply(b *View, _ time.Time, _ string) {
	entries := make([]*storyEntry, len(c.Stories))
	indexes := make([]int, len(c.Stories))
	for i, id := range c.Stories {
		entries[i] = b.stories[id]
		indexes[i] = b.order.index(entries[i])
	}
	slices.Sort(indexes)
	storyTable.arrange(b, entries, indexes)
}

// Index returns the index of a story in the order of the backlog, 0 being the first. O(log n).
func (b *View) Index(id story.ID) (int, bool) {
	entry, ok := b.stories[id]
	if !ok {
		return 0, false
	}
	return b.order.index(entry), true
}

// StoryAt returns the story at an index of the order, 0 being the first. O(log n).
func (b *View) StoryAt(index int) (story.Story, bool) {
	if index < 0 || index >= b.order.length {
		return story.Story{}, false
	}
	return b.order.at(index).value(), true
}
