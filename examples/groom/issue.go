package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Issue is one line of a .jsonl file: a JSON object. Fields that are not named here are ignored, and
// null is the same as absent.
type Issue struct {
	ID       string // "id": text; required, and no other issue has it
	Title    string // "title": text on one line; required
	Status   string // "status": see [stateOf]; absent means open
	Priority int    // "priority": a whole number, 0 being the most urgent; absent means last
	Kind     string // "issue_type": an epic becomes a feature, all else a story

	// Links are its "dependencies": objects with issue_id (absent means this issue), depends_on_id and
	// type. Both ids must be in the file. What is of type "blocks", or of none, has to be finished
	// first; "parent-child" names the epic that the issue is part of, which is otherwise told by the
	// id: "app-7.2" is part of the epic "app-7". Any other type says nothing about the order.
	Links []Link

	item  backlog.Item   // what it is in the backlog
	state story.Category // what Status means
	line  int
	data  string // the line, for the places of values in it
}

// Link is one entry of an issue's dependencies.
type Link struct{ Issue, Needs, Kind string }

const (
	maxLine      = 1 << 24
	lastPriority = 1 << 30
	epic         = "epic"
	blocks       = "blocks"
	parentChild  = "parent-child"
)

// IsEpic reports whether the issue becomes a feature.
func (i *Issue) IsEpic() bool { return i.Kind == epic }

// IsOpen reports whether the issue is still to be done.
func (i *Issue) IsOpen() bool { return i.state.IsOpen() }

// asItem is the issue in a backlog: always the same UUID for the same id.
func (i *Issue) asItem() backlog.Item {
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(i.ID))
	if i.IsEpic() {
		return backlog.FeatureItem(roadmap.FeatureID(id))
	}
	return backlog.StoryItem(story.ID(id))
}

// stateOf says what a status means. A tracker has many words for work that is yet to be done, so
// every status that is not known means that.
func stateOf(status string) story.Category {
	switch strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(status)) {
	case "in_progress", "in_review", "review":
		return story.Doing
	case "closed", "done", "completed", "resolved":
		return story.Completed
	case "tombstone", "deleted", "cancelled", "canceled", "dropped", "wontfix":
		return story.Removed
	default:
		return story.Proposed
	}
}

// readIssues reads the issues in the order of the document, and blames it for lines that are none,
// ids that are taken, and links to issues that are not there.
func readIssues(doc *document) []*Issue {
	var issues []*Issue
	byID := make(map[string]*Issue)
	complete := true // or else a link may lead to an issue that could not be read
	for number, line := range doc.lines() {
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case len(line) > maxLine:
			doc.blame(place{number, 1}, "%d bytes on a line, want at most %d", len(line), maxLine)
			complete = false
			continue
		}
		issue := &Issue{line: number, data: line}
		if !issue.read(doc) {
			complete = false
			continue
		}
		issues = append(issues, issue)
		if first, taken := byID[issue.ID]; taken && issue.ID != "" {
			issue.blame(doc, path{"id"}, "id %s is taken by line %d, want an id of its own", quote(issue.ID), first.line)
			continue
		}
		byID[issue.ID] = issue
	}
	if complete {
		for _, issue := range issues {
			issue.checkLinks(doc, byID)
		}
	}
	return issues
}

// path leads to a value in JSON: names of fields and indices of lists.
type path []any

// blame blames the document for a value of the issue.
func (i *Issue) blame(doc *document, to path, format string, args ...any) {
	at := place{i.line, 1}
	if !doc.isFull() {
		at.column += locate(i.data, to)
	}
	doc.blame(at, format, args...)
}

// object is a JSON object of which only the fields that matter are looked into.
type object map[string]json.RawMessage

// read reads the fields, and reports whether the line is an object at all.
func (i *Issue) read(doc *document) bool {
	var fields object
	var broken *json.SyntaxError
	switch err := json.Unmarshal([]byte(i.data), &fields); {
	case errors.As(err, &broken):
		doc.blame(place{i.line, max(int(broken.Offset), 1)}, "%v, want a JSON object on this line", err)
		return false
	case err != nil || fields == nil:
		doc.blame(place{i.line, 1}, "%s is no issue, want a JSON object on this line", shorten(i.data))
		return false
	}
	i.ID = i.readLabel(doc, fields, "id")
	i.Title = i.readLabel(doc, fields, "title")
	i.Status = cmp.Or(read[string](i, doc, fields, path{"status"}, "text"), "open")
	i.state = stateOf(i.Status)
	i.Kind = read[string](i, doc, fields, path{"issue_type"}, "text")
	i.item = i.asItem()
	i.Priority = lastPriority
	if given := read[*int](i, doc, fields, path{"priority"}, "a whole number, 0 being the most urgent"); given != nil {
		i.Priority = *given
	}
	if i.Priority < 0 || i.Priority > lastPriority {
		i.blame(doc, path{"priority"}, "priority is %d, want a whole number from 0, the most urgent", i.Priority)
	}
	for k, link := range read[[]object](i, doc, fields, path{"dependencies"}, "a list of objects") {
		at := func(name string) path { return path{"dependencies", k, name} }
		i.Links = append(i.Links, Link{
			Issue: cmp.Or(read[string](i, doc, link, at("issue_id"), "text"), i.ID),
			Needs: read[string](i, doc, link, at("depends_on_id"), "text"),
			Kind:  cmp.Or(read[string](i, doc, link, at("type"), "text"), blocks),
		})
	}
	return true
}

// readLabel reads a text that must be there.
func (i *Issue) readLabel(doc *document, fields object, name string) string {
	before := len(doc.problems)
	label := read[string](i, doc, fields, path{name}, "text")
	var field *story.FieldError
	if err := story.CheckTitle("groom", name, label); errors.As(err, &field) && len(doc.problems) == before {
		i.blame(doc, path{name}, "%s is %s, want %s", name, quote(label), field.Want)
	}
	return label
}

// read reads the field at the end of a path; the zero value stands for one that is absent or something
// else than wanted, for which the document is to blame.
func read[T any](i *Issue, doc *document, fields object, to path, want string) (value T) {
	name := to[len(to)-1].(string)
	raw, ok := fields[name]
	if !ok {
		return value
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		var none T
		i.blame(doc, to, "%s is %s, want %s", name, shorten(string(raw)), want)
		return none
	}
	return value
}

func (i *Issue) checkLinks(doc *document, byID map[string]*Issue) {
	for k, link := range i.Links {
		for _, end := range []struct{ field, id string }{{"issue_id", link.Issue}, {"depends_on_id", link.Needs}} {
			if byID[end.id] == nil {
				i.blame(doc, path{"dependencies", k, end.field},
					"%s is %s, want the id of an issue in this file", end.field, quote(end.id))
			}
		}
	}
}

// parents finds the epic that each issue is part of, by the links and, failing that, by the ids.
func parents(issues []*Issue) map[*Issue]*Issue {
	epics := make(map[string]*Issue)
	for _, issue := range issues {
		if issue.IsEpic() {
			epics[issue.ID] = issue
		}
	}
	linked := make(map[string]*Issue)
	for _, issue := range issues {
		for _, link := range issue.Links {
			if above := epics[link.Needs]; link.Kind == parentChild && above != nil && linked[link.Issue] == nil {
				linked[link.Issue] = above
			}
		}
	}
	parent := make(map[*Issue]*Issue)
	for _, issue := range issues {
		if above := cmp.Or(linked[issue.ID], byPrefix(epics, issue.ID)); above != nil && !issue.IsEpic() {
			parent[issue] = above
		}
	}
	return parent
}

// byPrefix finds the epic "app-7" of the issue "app-7.2.1": the longest prefix that is one.
func byPrefix(epics map[string]*Issue, id string) *Issue {
	for {
		dot := strings.LastIndexByte(id, '.')
		if dot < 0 {
			return nil
		}
		id = id[:dot]
		if epics[id] != nil {
			return epics[id]
		}
	}
}

// inOrder returns the issues by priority, then as in the document.
func inOrder(issues []*Issue) []*Issue {
	return slices.SortedStableFunc(slices.Values(issues), func(a, b *Issue) int {
		return cmp.Compare(a.Priority, b.Priority)
	})
}
