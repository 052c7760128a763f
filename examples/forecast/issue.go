package main

import (
	"time"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story"
)

// Issue is one line of a .jsonl file: a JSON object. Fields that are not named here are ignored, and
// null is the same as absent. Times are like "2025-11-24T13:58:03Z", also with a space in place of the
// T, and without an offset UTC; or they are dates. One on 0001-01-01, the zero time of Go, is the same
// as absent. None may be before one that should be earlier; where one of the two is a date, the days
// count.
type Issue struct {
	ID   string // "id": text; required, and no other issue has it
	Kind string // "issue_type", in any letter case: an epic is left out, since its issues are counted
	// "status": closed, done, completed and resolved are done; tombstone, deleted, cancelled,
	// canceled, dropped and wontfix are left out; anything else is open, absent too.
	Status  string
	Created moment // "created_at"
	Started moment // "started_at"
	Closed  moment // "closed_at"; what is closed without it is left out, and said to be

	at command.IssueLine
}

// readTracker reads issues, and blames the document for lines that are none, ids that are taken, and
// times that are none or out of order.
func readTracker(doc *command.Document, asOf time.Time) *work {
	var issues []*Issue
	taken := make(map[string]int)
	for line, fields := range doc.Issues() {
		if fields == nil {
			continue
		}
		issue := &Issue{at: line}
		if !issue.read(fields) {
			continue
		}
		if first := taken[issue.ID]; first > 0 {
			issue.blame("id", "id %s is taken by line %d, want an id of its own", command.Quote(issue.ID), first)
			continue
		}
		taken[issue.ID] = line.Number
		issues = append(issues, issue)
	}
	if !doc.OK() {
		return nil
	}
	return trackedWork(issues, asOf)
}

// read reads the fields, and reports whether there is an id.
func (i *Issue) read(fields command.Fields) bool {
	id, ok := command.Field[string](i.at, fields, command.Path{"id"}, "text")
	if i.ID = id; ok && id == "" {
		i.blame("id", "id is \"\", want text")
	}
	i.Kind = command.Keyword(i.text(fields, "issue_type"))
	i.Status = i.text(fields, "status")
	i.Created = i.time(fields, "created_at")
	i.Started = i.time(fields, "started_at")
	i.Closed = i.time(fields, "closed_at")
	if i.isDone() {
		i.inOrder("closed_at", i.Closed, "started_at", i.Started)
		i.inOrder("closed_at", i.Closed, "created_at", i.Created)
	}
	i.inOrder("started_at", i.Started, "created_at", i.Created)
	return i.ID != ""
}

func (i *Issue) isDone() bool { return command.StatusCategory(i.Status) == story.Completed }

func (i *Issue) isDropped() bool { return command.StatusCategory(i.Status) == story.Removed }

// text reads a text; the empty one stands for what is absent, or for what the document is to blame for.
func (i *Issue) text(fields command.Fields, name string) string {
	text, _ := command.Field[string](i.at, fields, command.Path{name}, "text")
	return text
}

func (i *Issue) time(fields command.Fields, name string) moment {
	text := i.text(fields, name)
	if text == "" {
		return moment{}
	}
	at, ok := parseMoment(text)
	if !ok {
		i.blame(name, "%s is %s, want a time such as 2025-11-24T13:58:03Z", name, command.Quote(text))
	}
	if at.day().IsZero() {
		return moment{}
	}
	return at
}

func (i *Issue) inOrder(name string, at moment, earlierName string, earlier moment) {
	if !at.IsZero() && at.isBefore(earlier) {
		i.blame(name, "%s is %s, want no time before %s, which is %s",
			name, at.Format(time.RFC3339), earlierName, earlier.Format(time.RFC3339))
	}
}

// blame blames the document for a field of the issue.
func (i *Issue) blame(field, format string, args ...any) {
	i.at.Blame(command.Path{field}, format, args...)
}

// trackedWork is what was done and what was open at the end of a day.
func trackedWork(issues []*Issue, asOf time.Time) *work {
	w := &work{isTracker: true, knowsOpen: true, asOf: asOf}
	if asOf.IsZero() {
		for _, issue := range issues {
			for _, at := range []time.Time{issue.Created.day(), issue.Started.day(), issue.Closed.day()} {
				if at.After(w.asOf) {
					w.asOf = at
				}
			}
		}
	}
	tomorrow := w.asOf.AddDate(0, 0, 1)
	until := func(at time.Time) time.Time {
		if !at.Before(tomorrow) {
			return time.Time{}
		}
		return at
	}
	var epics, dropped, undated, later int
	for _, issue := range issues {
		switch {
		case issue.Kind == "epic":
			epics++
		case issue.isDropped():
			dropped++
		case issue.isDone() && issue.Closed.IsZero():
			undated++
		case !issue.Created.Before(tomorrow):
			later++
		default:
			item := flow.Item{Key: issue.ID, Created: issue.Created.day(), Started: until(issue.Started.day())}
			if issue.isDone() {
				item.Done = until(issue.Closed.day())
			}
			w.add(item)
		}
	}
	w.leave(epics, "epic", "epics")
	w.leave(dropped, "dropped issue", "dropped issues")
	w.leave(undated, "closed issue without closed_at", "closed issues without closed_at")
	w.leave(later, "later issue", "later issues")
	return w
}

// add adds an item of days, which is open unless it has a date on which it was done.
func (w *work) add(item flow.Item) {
	if item.Done.IsZero() {
		w.open++
	}
	for _, at := range []time.Time{item.Created, item.Started, item.Done} {
		if !at.IsZero() && (w.from.IsZero() || at.Before(w.from)) {
			w.from = at
		}
	}
	if !item.Created.IsZero() || !item.Started.IsZero() || !item.Done.IsZero() {
		w.items = append(w.items, item)
	}
}

func (w *work) leave(n int, one, many string) {
	if n > 0 {
		w.leftOut = append(w.leftOut, command.Counted(n, one, many))
	}
}
