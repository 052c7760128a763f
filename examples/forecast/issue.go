package main

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/forecast"
)

// Issue is one line of a .jsonl file: a JSON object. Fields that are not named here are ignored, and
// null is the same as absent. Times are like "2025-11-24T13:58:03Z", or dates.
type Issue struct {
	ID   string // "id": text; required, and no other issue has it
	Kind string // "issue_type": an epic is left out, since its issues are counted
	// "status": closed, done, completed and resolved are done; tombstone, deleted, cancelled,
	// canceled, dropped and wontfix are left out; anything else is open, absent too.
	Status  string
	Created time.Time // "created_at"
	Started time.Time // "started_at"
	Closed  time.Time // "closed_at"; what is closed without it is left out, and said to be

	doc  *document
	line int
	data string // the line, for the places of values in it
}

const maxLine = 1 << 24

func (i *Issue) normalStatus() string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(i.Status))
}

func (i *Issue) isDone() bool {
	switch i.normalStatus() {
	case "closed", "done", "completed", "resolved":
		return true
	}
	return false
}

func (i *Issue) isDropped() bool {
	switch i.normalStatus() {
	case "tombstone", "deleted", "cancelled", "canceled", "dropped", "wontfix":
		return true
	}
	return false
}

// readTracker reads issues, and blames the document for lines that are none, ids that are taken, and
// times that are none or out of order.
func readTracker(doc *document, asOf time.Time) *work {
	var issues []*Issue
	taken := make(map[string]int)
	for number, line := range doc.lines() {
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case len(line) > maxLine:
			doc.blame(place{number, 1}, "%d bytes on a line, want at most %d", len(line), maxLine)
			continue
		}
		issue := &Issue{doc: doc, line: number, data: line}
		if !issue.read() {
			continue
		}
		if first := taken[issue.ID]; first > 0 {
			issue.blame("id", "id %s is taken by line %d, want an id of its own", quote(issue.ID), first)
			continue
		}
		taken[issue.ID] = number
		issues = append(issues, issue)
	}
	if len(doc.problems) > 0 {
		return nil
	}
	return trackedWork(issues, asOf)
}

// read reads the fields, and reports whether the line is an object with an id.
func (i *Issue) read() bool {
	var fields map[string]json.RawMessage
	var broken *json.SyntaxError
	switch err := json.Unmarshal([]byte(i.data), &fields); {
	case errors.As(err, &broken):
		i.doc.blame(place{i.line, max(int(broken.Offset), 1)}, "%v, want a JSON object on this line", err)
		return false
	case err != nil || fields == nil:
		i.doc.blame(place{i.line, 1}, "%s is no issue, want a JSON object on this line", shorten(i.data))
		return false
	}
	i.ID = i.text(fields, "id")
	i.Kind = i.text(fields, "issue_type")
	i.Status = i.text(fields, "status")
	i.Created = i.time(fields, "created_at")
	i.Started = i.time(fields, "started_at")
	i.Closed = i.time(fields, "closed_at")
	if raw, ok := fields["id"]; i.ID == "" && (!ok || string(raw) == `""` || string(raw) == "null") {
		i.blame("id", "id is \"\", want text")
	}
	if i.isDone() {
		i.inOrder("closed_at", i.Closed, "started_at", i.Started)
		i.inOrder("closed_at", i.Closed, "created_at", i.Created)
	}
	i.inOrder("started_at", i.Started, "created_at", i.Created)
	return i.ID != ""
}

// text reads a text; the empty one stands for what is absent, or for what the document is to blame for.
func (i *Issue) text(fields map[string]json.RawMessage, name string) string {
	raw, ok := fields[name]
	if !ok {
		return ""
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		i.blame(name, "%s is %s, want text", name, shorten(string(raw)))
	}
	return text
}

func (i *Issue) time(fields map[string]json.RawMessage, name string) time.Time {
	text := i.text(fields, name)
	if text == "" {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil && at.UTC().Year() > 0 && at.UTC().Year() < 10_000 {
			return at.UTC()
		}
	}
	i.blame(name, "%s is %s, want a time such as 2025-11-24T13:58:03Z", name, quote(text))
	return time.Time{}
}

func (i *Issue) inOrder(name string, at time.Time, earlierName string, earlier time.Time) {
	if !at.IsZero() && at.Before(earlier) {
		i.blame(name, "%s is %s, want no time before %s, which is %s",
			name, at.Format(time.RFC3339), earlierName, earlier.Format(time.RFC3339))
	}
}

// blame blames the document for a field of the issue.
func (i *Issue) blame(field, format string, args ...any) {
	at := place{i.line, 1}
	if !i.doc.isFull() {
		at.column += locate(i.data, field)
	}
	i.doc.blame(at, format, args...)
}

// locate returns the offset of the value of a field in a JSON object, the last if there are several,
// or of the object itself.
func locate(data, field string) int {
	dec := json.NewDecoder(strings.NewReader(data))
	next := func() int {
		offset := int(dec.InputOffset())
		return offset + len(data[offset:]) - len(strings.TrimLeft(data[offset:], " \t\r\n:,"))
	}
	found := next()
	_, _ = dec.Token()
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			break
		}
		if name == field {
			found = next()
		}
		var skipped json.RawMessage
		if dec.Decode(&skipped) != nil {
			break
		}
	}
	return found
}

// trackedWork is what was done and what was open at the end of a day.
func trackedWork(issues []*Issue, asOf time.Time) *work {
	w := &work{isTracker: true, knowsOpen: true, asOf: asOf}
	if asOf.IsZero() {
		for _, issue := range issues {
			for _, at := range []time.Time{issue.Created, issue.Started, issue.Closed} {
				if !at.IsZero() && dayOf(at).After(w.asOf) {
					w.asOf = dayOf(at)
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
			item := forecast.Item{Key: issue.ID, Created: issue.Created, Started: until(issue.Started)}
			if issue.isDone() {
				item.Done = until(issue.Closed)
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

// add adds an item, which is open unless it has a date on which it was done.
func (w *work) add(item forecast.Item) {
	if item.Done.IsZero() {
		w.open++
	}
	for _, at := range []time.Time{item.Created, item.Started, item.Done} {
		if !at.IsZero() && (w.from.IsZero() || dayOf(at).Before(w.from)) {
			w.from = dayOf(at)
		}
	}
	if !item.Created.IsZero() || !item.Started.IsZero() || !item.Done.IsZero() {
		w.items = append(w.items, item)
	}
}

func (w *work) leave(n int, one, many string) {
	if n > 0 {
		w.leftOut = append(w.leftOut, counted(n, one, many))
	}
}
