package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Issue is an item of a tracker's file, as package exchange reads it, in its place among the others.
type Issue struct {
	*exchange.Item
	Priority int // 0 is the most urgent; lastPriority if there is none

	parent   *Issue
	needs    []*Issue // what has to be finished first, in the order of the file
	parts    int      // open issues of which it is the parent
	onlyIf   *Issue   // that has to fail, or else this one is not done
	position int      // in the order of work

	item backlog.ItemID // what it is in the backlog
}

const lastPriority = 1 << 30

// IsEpic reports whether the issue becomes a feature.
func (i *Issue) IsEpic() bool { return strings.Contains(strings.ToLower(i.Kind), "epic") }

// IsOpen reports whether the issue is still to be done.
func (i *Issue) IsOpen() bool { return i.Category.IsOpen() }

// asItem is the issue in a backlog: always the same UUID for the same key.
func (i *Issue) asItem() backlog.ItemID {
	id := uuid.NewSHA1(uuid.NameSpaceOID, []byte(i.Key))
	if i.IsEpic() {
		return backlog.FeatureItem(roadmap.FeatureID(id))
	}
	return backlog.StoryItem(story.ID(id))
}

// title returns the title as a backlog takes it: on one line, not too long, and the key where there is none.
func (i *Issue) title() string {
	clean := func(text string) string {
		text = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, text)
		return strings.TrimSpace(command.Shorten(text, field.MaxTitle-len("...")))
	}
	return cmp.Or(clean(i.Title), clean(i.Key), "untitled")
}

// criteria are the criteria of the story that the issue becomes: always the same UUIDs for the same texts.
func (i *Issue) criteria() story.List[story.Criterion] {
	criteria := make([]story.Criterion, len(i.Criteria))
	for k, text := range i.Criteria {
		id := uuid.NewSHA1(uuid.UUID(i.item.Story), strconv.AppendInt(nil, int64(k), 10))
		criteria[k] = story.Criterion{ID: story.CriterionID(id), Text: text}
		if i.Category == story.Completed {
			criteria[k].Verdict, criteria[k].By, criteria[k].At = story.Met, byTracker, time.Unix(0, 0).UTC()
		}
	}
	return story.ListOf(criteria...)
}

// issuesOf returns the items of a document as issues, in its order, with the links between them.
func issuesOf(doc *exchange.Document) []*Issue {
	issues := make([]*Issue, len(doc.Items))
	byKey := make(map[string]*Issue, len(doc.Items))
	for k := range doc.Items {
		issue := &Issue{Item: &doc.Items[k]}
		issue.Priority = priorityOf(issue.Item)
		issue.item = issue.asItem()
		issues[k], byKey[issue.Key] = issue, issue
	}
	for _, issue := range issues {
		if above := byKey[issue.Parent]; above != nil && above != issue {
			issue.parent = above
			if issue.IsOpen() {
				above.parts++
			}
		}
	}
	for _, link := range doc.Links {
		from, to := byKey[link.From], byKey[link.To]
		if link.Meaning != exchange.Needs || from == nil || to == nil {
			continue
		}
		from.needs = append(from.needs, to)
		if from.onlyIf == nil && strings.HasPrefix(strings.ToLower(link.Word), "conditional") {
			from.onlyIf = to
		}
	}
	return issues
}

// priorityOf returns the number of a priority, or what its word means.
func priorityOf(item *exchange.Item) int {
	if n, err := strconv.Atoi(item.Priority); err == nil && n >= 0 && n < lastPriority {
		return n
	}
	if item.Urgency > 0 {
		return item.Urgency
	}
	return lastPriority
}

// inOrder returns the issues by priority, then as in the document, and numbers them.
func inOrder(issues []*Issue) []*Issue {
	sorted := slices.SortedStableFunc(slices.Values(issues), func(a, b *Issue) int {
		return cmp.Compare(a.Priority, b.Priority)
	})
	for i, issue := range sorted {
		issue.position = i
	}
	return sorted
}

// epic returns the nearest epic that a story is part of, or nil.
func (i *Issue) epic() *Issue {
	one := i.parent
	for range maxParents {
		if one == nil || one.IsEpic() {
			return one
		}
		one = one.parent
	}
	return nil
}
