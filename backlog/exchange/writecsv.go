package exchange

import (
	"fmt"
	"slices"
	"strings"
)

// jiraPlain are the names of custom values that are columns of Jira's own.
var jiraPlain = words[bool]{}.
	add(true, `project-key project-name project-type project-lead reporter creator last-viewed affects-versions affects-version/s components
		component/s votes environment watchers log-work work-ratio security-level attachment comment parent-summary status-category-changed
		Σ-original-estimate Σ-remaining-estimate Σ-time-spent project-url project-description`)

// writeJira writes what Jira's importer of comma-separated values reads.
func writeJira(d *Document) (string, error) {
	columns := []written{
		one("Summary", func(i *Item) string { return i.Title }),
		one("Issue key", func(i *Item) string { return i.Key }),
		one("Issue id", func(i *Item) string { return i.ID }),
		one("Issue Type", func(i *Item) string { return i.Kind }),
		one("Status", func(i *Item) string { return i.Status }),
		one("Status Category", jiraCategory),
		one("Resolution", jiraResolution),
		one("Priority", func(i *Item) string { return i.Priority }),
		one("Assignee", func(i *Item) string { return i.Assignee }),
		one("Created", func(i *Item) string { return dateText(i.Created) }),
		one("Updated", func(i *Item) string { return dateText(i.Updated) }),
		one("Resolved", func(i *Item) string { return dateText(i.Done) }),
		{"Fix versions", func(i *Item) []string { return i.Releases }},
		one("Due date", func(i *Item) string { return dateText(i.Due) }),
		{"Labels", func(i *Item) []string { return i.Labels }},
		one("Description", func(i *Item) string { return i.Description }),
		one("Original estimate", func(i *Item) string { return decimalText(i.Estimated) }),
		one("Remaining Estimate", func(i *Item) string { return decimalText(i.Remaining) }),
		one("Time Spent", func(i *Item) string { return decimalText(i.Spent) }),
		{"Sprint", func(i *Item) []string { return i.Sprints }},
		one("Parent", func(i *Item) string { return i.Parent }),
		one("Custom field (Story Points)", func(i *Item) string { return decimalText(i.Points) }),
		one("Custom field (Actual start)", func(i *Item) string { return dateText(i.Started) }),
		one("Custom field (Deferred until)", func(i *Item) string { return dateText(i.DeferredUntil) }),
		one("Custom field (Acceptance Criteria)", ownCriteria),
	}
	order, links := d.linkColumns(func(link Link) linkColumn {
		word, isReverse := jiraWord(link)
		return linkColumn{word, link.Meaning, isReverse}
	})
	for _, column := range order {
		header := "Outward issue link (" + column.word + ")"
		if _, isReverse := meaningOf(column.word); isReverse != column.inward {
			header = "Inward issue link (" + column.word + ")"
		}
		columns = append(columns, written{header, func(i *Item) []string { return links[column][i.Key] }})
	}
	columns = append(columns, scoreColumns(d.Items, jiraHeader)...)
	columns = append(columns, customColumns(d.Items, jiraHeader)...)
	return writeTable(d.Items, columns, "Summary", "Issue key"), nil
}

func jiraHeader(name string) string {
	if jiraPlain[fold(name)] {
		return name
	}
	return fmt.Sprintf("Custom field (%s)", name)
}

// jiraWord returns the kind of a link that means the same to who reads it: the tracker's own, if it does.
func jiraWord(link Link) (word string, isReverse bool) {
	word = strings.NewReplacer("(", " ", ")", " ").Replace(link.Word)
	if meaning, isReverse := meaningOf(word); meaning == link.Meaning && trim(word) != "" {
		return trim(word), isReverse
	}
	switch link.Meaning {
	case Needs:
		return "Blocks", true
	case PartOf:
		return "Parent-Child", true
	case Excludes:
		return "Conflicts", false
	case Duplicates:
		return "Duplicate", false
	default:
		return "Relates", false
	}
}

// jiraCategory is the category of the status, which the name of the status does not always give.
func jiraCategory(i *Item) string {
	switch i.Category {
	case inProgress:
		return "In Progress"
	case delivered, givenUp:
		return "Done"
	default:
		return "To Do"
	}
}

// jiraResolution is the resolution. What was given up needs one that means that, unless its status does.
func jiraResolution(i *Item) string {
	if i.Category == givenUp && i.Resolution == "" && statuses[fold(i.Status)].category != givenUp {
		return "Won't Do"
	}
	return i.Resolution
}

// ownCriteria are the criteria, one a line, unless the description has them.
func ownCriteria(i *Item) string {
	if len(i.Criteria) == 0 || strings.Join(criteriaIn(i.Description), "\n") == strings.Join(i.Criteria, "\n") {
		return ""
	}
	return strings.Join(i.Criteria, "\n")
}

// writeLinear writes what Linear's importer of comma-separated values reads, under the headers of its export.
func writeLinear(d *Document) (string, error) {
	order, links := d.linkColumns(func(link Link) linkColumn { return linkColumn{meaning: link.Meaning} })
	of := func(meaning Meaning, inward bool) func(*Item) string {
		return func(i *Item) string {
			return strings.Join(links[linkColumn{meaning: meaning, inward: inward}][i.Key], ", ")
		}
	}
	_ = order
	columns := []written{
		one("ID", func(i *Item) string { return i.Key }),
		one("Team", func(*Item) string { return "" }),
		one("Title", func(i *Item) string { return i.Title }),
		one("Description", func(i *Item) string { return i.Description }),
		one("Status", func(i *Item) string { return i.Status }),
		one("Estimate", func(i *Item) string { return decimalText(i.Points) }),
		one("Priority", func(i *Item) string { return i.Priority }),
		one("Assignee", func(i *Item) string { return i.Assignee }),
		one("Labels", func(i *Item) string { return strings.Join(i.Labels, ", ") }),
		one("Cycle Name", func(i *Item) string { return last(i.Sprints) }),
		one("Created", func(i *Item) string { return dateText(i.Created) }),
		one("Updated", func(i *Item) string { return dateText(i.Updated) }),
		one("Started", func(i *Item) string { return dateText(i.Started) }),
		one("Completed", func(i *Item) string { return doneAs(i, false) }),
		one("Canceled", func(i *Item) string { return doneAs(i, true) }),
		one("Due Date", func(i *Item) string { return dateText(i.Due) }),
		one("Parent issue", func(i *Item) string { return i.Parent }),
		one("Project Milestone", func(i *Item) string { return last(i.Releases) }),
		one("UUID", func(i *Item) string { return i.ID }),
		one("Related to", of(Relates, false)),
		one("Related to", of(Relates, true)),
		one("Blocked by", of(Needs, false)),
		one("Blocks", of(Needs, true)),
		one("Duplicate of", of(Duplicates, false)),
	}
	columns = append(columns, d.sprintColumns("Cycle Start", "Cycle End")...)
	return writeTable(d.Items, columns, "ID", "Team", "Title", "Cycle Name"), nil
}

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

func doneAs(i *Item, canceled bool) string {
	if (i.Category == givenUp) != canceled {
		return ""
	}
	return dateText(i.Done)
}

// writePlain writes a table that holds everything.
func writePlain(d *Document) (string, error) {
	columns := []written{
		one("id", func(i *Item) string { return i.Key }),
		one("title", func(i *Item) string { return i.Title }),
		one("type", func(i *Item) string { return i.Kind }),
		one("status", func(i *Item) string { return i.Status }),
		one("status category", func(i *Item) string { return i.Category.String() }),
		one("resolution", func(i *Item) string { return i.Resolution }),
		one("priority", func(i *Item) string { return i.Priority }),
		one("points", func(i *Item) string { return decimalText(i.Points) }),
		one("original estimate", func(i *Item) string { return decimalText(i.Estimated) }),
		one("remaining estimate", func(i *Item) string { return decimalText(i.Remaining) }),
		one("time spent", func(i *Item) string { return decimalText(i.Spent) }),
		one("labels", func(i *Item) string { return strings.Join(i.Labels, "; ") }),
		one("assignee", func(i *Item) string { return i.Assignee }),
		one("parent", func(i *Item) string { return i.Parent }),
		{"sprint", func(i *Item) []string { return i.Sprints }},
		{"release", func(i *Item) []string { return i.Releases }},
		one("created", func(i *Item) string { return dateText(i.Created) }),
		one("updated", func(i *Item) string { return dateText(i.Updated) }),
		one("started", func(i *Item) string { return dateText(i.Started) }),
		one("done", func(i *Item) string { return dateText(i.Done) }),
		one("due", func(i *Item) string { return dateText(i.Due) }),
		one("deferred until", func(i *Item) string { return dateText(i.DeferredUntil) }),
		one("internal id", func(i *Item) string { return i.ID }),
		one("acceptance criteria", ownCriteria),
		one("description", func(i *Item) string { return i.Description }),
	}
	order, links := d.linkColumns(func(link Link) linkColumn { return linkColumn{meaning: link.Meaning} })
	for _, column := range order {
		columns = append(columns, written{plainLink(column), func(i *Item) []string { return links[column][i.Key] }})
	}
	same := func(name string) string { return name }
	dates := append(d.sprintColumns("sprint start", "sprint end"), one("release date", d.releaseDate()))
	custom := customColumns(d.Items, same)
	for _, column := range dates {
		if !slices.ContainsFunc(custom, func(c written) bool { return fold(c.header) == fold(column.header) }) {
			columns = append(columns, column)
		}
	}
	columns = append(columns, scoreColumns(d.Items, same)...)
	columns = append(columns, custom...)
	return writeTable(d.Items, columns, "id", "title"), nil
}

// plainLink is the header of a kind of link.
func plainLink(column linkColumn) string {
	headers := map[Meaning][2]string{
		Needs: {"depends on", "blocks"}, PartOf: {"part of", "has part"}, Relates: {"related to", "related from"},
		Excludes: {"excludes", "excluded by"}, Duplicates: {"duplicate of", "duplicated by"},
	}
	if column.inward {
		return headers[column.meaning][1]
	}
	return headers[column.meaning][0]
}
