package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Issue is one line of a .jsonl file: a JSON object. Fields that are not named here are ignored, and
// null is the same as absent. In status, issue_type and type neither letter case matters, nor whether
// words are joined by a hyphen, a space or "_".
type Issue struct {
	ID       string // "id": text; required, and no other issue has it
	Title    string // "title": text on one line; required
	Status   string // "status": see [command.StatusCategory]; absent means open
	Priority int    // "priority": a whole number, 0 being the most urgent; absent means last
	Kind     string // "issue_type", as a [command.Keyword]: an epic becomes a feature, all else a story

	// Links are its "dependencies": objects with issue_id (absent means this issue), depends_on_id and
	// type. Both ids must be in the file. What is of type "blocks", or of none, has to be finished
	// first; "parent-child" names the epic that the issue is part of, which is otherwise told by the
	// id: "app-7.2" is part of the epic "app-7". Any other type says nothing about the order.
	Links []Link

	// Criteria are the statements of its "acceptance_criteria": text, one a line, with or without bullets.
	Criteria []string

	item  backlog.ItemID // what it is in the backlog
	state story.Category // what Status means
	at    command.IssueLine
}

// Link is one entry of an issue's dependencies. Its kind is a [command.Keyword].
type Link struct{ Issue, Needs, Kind string }

const (
	lastPriority = 1 << 30
	epic         = "epic"
	blocks       = "blocks"
	parentChild  = "parent_child"
)

// IsEpic reports whether the issue becomes a feature.
func (i *Issue) IsEpic() bool { return i.Kind == epic }

// IsOpen reports whether the issue is still to be done.
func (i *Issue) IsOpen() bool { return i.state.IsOpen() }

// asItem is the issue in a backlog: always the same UUID for the same id.
func (i *Issue) asItem() backlog.ItemID {
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(i.ID))
	if i.IsEpic() {
		return backlog.FeatureItem(roadmap.FeatureID(id))
	}
	return backlog.StoryItem(story.ID(id))
}

// criteria are the criteria of the story that the issue becomes: always the same UUIDs for the same texts.
func (i *Issue) criteria() story.List[story.Criterion] {
	criteria := make([]story.Criterion, len(i.Criteria))
	for k, text := range i.Criteria {
		id := uuid.NewSHA1(uuid.UUID(i.item.Story), fmt.Appendf(nil, "%d", k))
		criteria[k] = story.Criterion{ID: story.CriterionID(id), Text: text}
	}
	return story.ListOf(criteria...)
}

// readIssues reads the issues in the order of the document, and blames it for lines that are none,
// ids that are taken, and links to issues that are not there.
func readIssues(doc *command.Document) []*Issue {
	var issues []*Issue
	byID := make(map[string]*Issue)
	complete := true // or else a link may lead to an issue that could not be read
	for line, fields := range doc.Issues() {
		if fields == nil {
			complete = false
			continue
		}
		issue := &Issue{at: line}
		issue.read(fields)
		issues = append(issues, issue)
		if first, taken := byID[issue.ID]; taken && issue.ID != "" {
			line.Blame(path{"id"}, "id %s is taken by line %d, want an id of its own", command.Quote(issue.ID), first.at.Number)
			continue
		}
		byID[issue.ID] = issue
	}
	if complete {
		for _, issue := range issues {
			issue.checkLinks(byID)
		}
	}
	return issues
}

// path leads to a value of an issue.
type path = command.Path

// read reads the fields.
func (i *Issue) read(fields command.Fields) {
	i.ID = i.readLabel(fields, "id")
	i.Title = i.readLabel(fields, "title")
	i.Status = cmp.Or(i.readText(fields, path{"status"}), "open")
	i.state = command.StatusCategory(i.Status)
	i.Kind = command.Keyword(i.readText(fields, path{"issue_type"}))
	i.item = i.asItem()
	i.Priority = lastPriority
	given, _ := command.Field[*int](i.at, fields, path{"priority"}, "a whole number, 0 being the most urgent")
	if given != nil {
		i.Priority = *given
	}
	if i.Priority < 0 || i.Priority > lastPriority {
		i.at.Blame(path{"priority"}, "priority is %d, want a whole number from 0, the most urgent", i.Priority)
	}
	i.Criteria = statements(i.readText(fields, path{"acceptance_criteria"}))
	links, _ := command.Field[[]command.Fields](i.at, fields, path{"dependencies"}, "a list of objects")
	for k, link := range links {
		at := func(name string) path { return path{"dependencies", k, name} }
		i.Links = append(i.Links, Link{
			Issue: cmp.Or(i.readText(link, at("issue_id")), i.ID),
			Needs: i.readText(link, at("depends_on_id")),
			Kind:  cmp.Or(command.Keyword(i.readText(link, at("type"))), blocks),
		})
	}
}

func (i *Issue) readText(fields command.Fields, to path) string {
	text, _ := command.Field[string](i.at, fields, to, "text")
	return text
}

// readLabel reads a text that must be there.
func (i *Issue) readLabel(fields command.Fields, name string) string {
	label, ok := command.Field[string](i.at, fields, path{name}, "text")
	var bad *field.Error
	if err := field.CheckTitle("groom", name, label); ok && errors.As(err, &bad) {
		i.at.Blame(path{name}, "%s is %s, want %s", name, command.Quote(label), bad.Want)
	}
	return label
}

func (i *Issue) checkLinks(byID map[string]*Issue) {
	for k, link := range i.Links {
		for _, end := range []struct{ field, id string }{{"issue_id", link.Issue}, {"depends_on_id", link.Needs}} {
			if byID[end.id] == nil {
				i.at.Blame(path{"dependencies", k, end.field},
					"%s is %s, want the id of an issue in this file", end.field, command.Quote(end.id))
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
