package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// encode writes a value as JSON on one line, without escapes for HTML.
func encode(out *bytes.Buffer, value any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(value)
}

// linkEnds are the keys of the items that an item has links of one meaning to: as the file of a tracker has it.
func linkEnds(links linksOf, key string, meaning Meaning, inward bool) []string {
	return links[linkColumn{meaning: meaning, inward: inward}][key]
}

// byMeaning puts links into columns by what they mean.
func byMeaning(link Link) linkColumn { return linkColumn{meaning: link.Meaning} }

// gitHubIssue is an issue as "gh issue list --json" prints it.
type gitHubIssue struct {
	Number      any            `json:"number"`
	Title       string         `json:"title"`
	Body        string         `json:"body"`
	State       string         `json:"state"`
	StateReason string         `json:"stateReason"`
	IssueType   *gitHubName    `json:"issueType"`
	Labels      []gitHubName   `json:"labels"`
	Assignees   []gitHubLogin  `json:"assignees"`
	Milestone   *gitHubTitle   `json:"milestone"`
	Parent      *gitHubNumber  `json:"parent"`
	BlockedBy   []gitHubNumber `json:"blockedBy"`
	Blocking    []gitHubNumber `json:"blocking"`
	DuplicateOf *gitHubNumber  `json:"duplicateOf,omitempty"`
	CreatedAt   *string        `json:"createdAt"`
	UpdatedAt   *string        `json:"updatedAt"`
	ClosedAt    *string        `json:"closedAt"`
}

type (
	gitHubName struct {
		Name string `json:"name"`
	}
	gitHubLogin struct {
		Login string `json:"login"`
	}
	gitHubTitle struct {
		Title string `json:"title"`
	}
	gitHubNumber struct {
		Number any `json:"number"`
	}
)

// writeGitHub writes a list of issues.
func writeGitHub(d *Document) (string, error) {
	_, links := d.linkColumns(byMeaning)
	issues := make([]gitHubIssue, len(d.Items))
	for i := range d.Items {
		item := &d.Items[i]
		one := gitHubIssue{
			Number: gitHubKey(item.Key), Title: item.Title, Body: item.Description, State: "OPEN", Labels: []gitHubName{}, Assignees: []gitHubLogin{},
			BlockedBy: gitHubNumbers(linkEnds(links, item.Key, Needs, false)), Blocking: gitHubNumbers(linkEnds(links, item.Key, Needs, true)),
			CreatedAt: jsonDate(dateText(item.Created)), UpdatedAt: jsonDate(dateText(item.Updated)), ClosedAt: jsonDate(dateText(item.Done)),
		}
		switch item.Category {
		case delivered:
			one.State, one.StateReason = "CLOSED", "COMPLETED"
		case givenUp:
			one.State, one.StateReason = "CLOSED", "NOT_PLANNED"
		}
		if item.Kind != "" {
			one.IssueType = &gitHubName{item.Kind}
		}
		for _, label := range item.Labels {
			one.Labels = append(one.Labels, gitHubName{label})
		}
		if item.Assignee != "" {
			one.Assignees = append(one.Assignees, gitHubLogin{item.Assignee})
		}
		if release := last(item.Releases); release != "" {
			one.Milestone = &gitHubTitle{release}
		}
		if item.Parent != "" {
			one.Parent = &gitHubNumber{gitHubKey(item.Parent)}
		}
		if same := linkEnds(links, item.Key, Duplicates, false); len(same) > 0 {
			one.DuplicateOf = &gitHubNumber{gitHubKey(same[0])}
		}
		issues[i] = one
	}
	var out bytes.Buffer
	err := encode(&out, issues)
	return out.String(), err
}

// gitHubKey is a key as a number if it is one.
func gitHubKey(key string) any {
	if n, err := strconv.ParseInt(key, 10, 64); err == nil && strconv.FormatInt(n, 10) == key {
		return n
	}
	return key
}

func gitHubNumbers(keys []string) []gitHubNumber {
	numbers := []gitHubNumber{}
	for _, key := range keys {
		numbers = append(numbers, gitHubNumber{gitHubKey(key)})
	}
	return numbers
}

// jsonDate is an instant, or null for none.
func jsonDate(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// beadsIssue is a line of beads.
type beadsIssue struct {
	ID                 string            `json:"id"`
	Title              string            `json:"title"`
	Description        string            `json:"description,omitempty"`
	AcceptanceCriteria string            `json:"acceptance_criteria,omitempty"`
	Status             string            `json:"status"`
	CloseReason        string            `json:"close_reason,omitempty"`
	Priority           any               `json:"priority,omitempty"`
	IssueType          string            `json:"issue_type,omitempty"`
	Assignee           string            `json:"assignee,omitempty"`
	EstimatedMinutes   json.Number       `json:"estimated_minutes,omitempty"`
	CreatedAt          string            `json:"created_at,omitempty"`
	UpdatedAt          string            `json:"updated_at,omitempty"`
	StartedAt          string            `json:"started_at,omitempty"`
	ClosedAt           string            `json:"closed_at,omitempty"`
	DueAt              string            `json:"due_at,omitempty"`
	DeferUntil         string            `json:"defer_until,omitempty"`
	Labels             []string          `json:"labels,omitempty"`
	Dependencies       []beadsDependency `json:"dependencies,omitempty"`
	StoryPoints        json.Number       `json:"story_points,omitempty"`
	Metadata           metadata          `json:"metadata,omitempty"`
}

// metadata are custom values as an object, in their order; of several with one name there is a list.
type metadata []Value

// MarshalJSON writes the values as text.
func (m metadata) MarshalJSON() ([]byte, error) {
	values := make(map[string][]string)
	var names []string
	for _, value := range m {
		name := customName(value.Name)
		if values[name] == nil {
			names = append(names, name)
		}
		values[name] = append(values[name], value.Text)
	}
	var out bytes.Buffer
	for i, name := range names {
		out.WriteByte("{,"[min(i, 1)])
		if err := encode(&out, name); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		var value any = values[name]
		if len(values[name]) == 1 {
			value = values[name][0]
		}
		if err := encode(&out, value); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

type beadsDependency struct {
	IssueID     string `json:"issue_id"`
	DependsOnID string `json:"depends_on_id"`
	Type        string `json:"type"`
}

// beadsTypes are the types of dependencies of beads for each meaning.
var beadsTypes = [...]string{
	Needs: "blocks", PartOf: "parent-child", Relates: "related", Excludes: "conflicts-with", Duplicates: "duplicates",
}

// writeBeads writes an issue a line.
func writeBeads(d *Document) (string, error) {
	links := make(map[string][]beadsDependency)
	index := make(map[string]bool, len(d.Items))
	for i := range d.Items {
		index[d.Items[i].Key] = true
	}
	for _, link := range d.Links {
		at := link.From
		if !index[at] {
			at = link.To
		}
		links[at] = append(links[at], beadsDependency{link.From, link.To, beadsTypes[link.Meaning]})
	}
	var out bytes.Buffer
	for i := range d.Items {
		item := &d.Items[i]
		err := encode(&out, beadsIssue{
			ID: item.Key, Title: item.Title, Description: item.Description, AcceptanceCriteria: ownCriteria(item),
			Status: beadsStatus(item), CloseReason: closeReason(item), Priority: beadsPriority(item), IssueType: item.Kind,
			Assignee: item.Assignee, EstimatedMinutes: minutes(item.Estimated),
			CreatedAt: dateText(item.Created), UpdatedAt: dateText(item.Updated), StartedAt: dateText(item.Started),
			ClosedAt: dateText(item.Done), DueAt: dateText(item.Due), DeferUntil: dateText(item.DeferredUntil),
			Labels: item.Labels, Dependencies: links[item.Key], StoryPoints: json.Number(decimalText(item.Points)), Metadata: item.Custom,
		})
		if err != nil {
			return "", err
		}
	}
	return out.String(), nil
}

// beadsStatus is the status if beads has it, or the one of beads that means the same.
func beadsStatus(item *Item) string {
	switch item.Status {
	case "open", "in_progress", "blocked", "deferred", "closed", "pinned", "hooked", "tombstone":
		return item.Status
	}
	switch {
	case item.Category == inProgress && item.Held:
		return "blocked"
	case item.Category == inProgress:
		return "in_progress"
	case item.Category == delivered, item.Category == givenUp:
		return "closed"
	case item.Held:
		return "deferred"
	default:
		return "open"
	}
}

// closeReason is the resolution. What was given up needs one that says so.
func closeReason(item *Item) string {
	if item.Category == givenUp && !givenUpWords[fold(item.Resolution)] {
		return cmp.Or(item.Resolution, "Won't Do")
	}
	return item.Resolution
}

// beadsPriority is the urgency from 0, or nothing.
func beadsPriority(item *Item) any {
	if item.Urgency == 0 {
		return nil
	}
	return item.Urgency - 1
}

// minutes is a time in minutes, or nothing if it is not of whole ones.
func minutes(seconds decimal.NullDecimal) json.Number {
	const minute = 60
	whole := seconds.Decimal.Shift(0).Div(decimal.NewFromInt(minute)).Floor()
	if !seconds.Valid || !whole.Mul(decimal.NewFromInt(minute)).Equal(seconds.Decimal) {
		return ""
	}
	return json.Number(whole.String())
}

// writeBacklogMD writes tasks with front matter, one behind the other.
func writeBacklogMD(d *Document) (string, error) {
	_, links := d.linkColumns(byMeaning)
	var out strings.Builder
	for i := range d.Items {
		item := &d.Items[i]
		out.WriteString("---\n")
		front(&out, "id", item.Key)
		front(&out, "title", item.Title)
		front(&out, "type", item.Kind)
		front(&out, "status", item.Status)
		frontList(&out, "assignee", present(item.Assignee))
		front(&out, "created_date", dateText(item.Created))
		front(&out, "updated_date", dateText(item.Updated))
		front(&out, "completed_date", dateText(item.Done))
		front(&out, "due_date", dateText(item.Due))
		frontList(&out, "labels", item.Labels)
		front(&out, "milestone", last(item.Releases))
		front(&out, "parent_task_id", item.Parent)
		frontList(&out, "dependencies", linkEnds(links, item.Key, Needs, false))
		front(&out, "priority", item.Priority)
		front(&out, "points", decimalText(item.Points))
		for _, value := range item.Custom {
			if isFrontName(value.Name) {
				front(&out, value.Name, value.Text)
			}
		}
		out.WriteString("---\n\n")
		if item.Description != "" {
			out.WriteString("## Description\n\n" + item.Description + "\n\n")
		}
		if len(item.Criteria) > 0 {
			out.WriteString("## Acceptance Criteria\n<!-- AC:BEGIN -->\n")
			for n, criterion := range item.Criteria {
				out.WriteString("- [ ] #" + strconv.Itoa(n+1) + " " + oneLine(criterion) + "\n")
			}
			out.WriteString("<!-- AC:END -->\n\n")
		}
	}
	return out.String(), nil
}

func present(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// front writes a key of front matter with its value in quotes, unless there is none.
func front(out *strings.Builder, name, value string) {
	if value != "" {
		out.WriteString(name + ": " + yamlText(value) + "\n")
	}
}

func frontList(out *strings.Builder, name string, values []string) {
	if len(values) == 0 {
		return
	}
	out.WriteString(name + ":\n")
	for _, value := range values {
		out.WriteString("  - " + yamlText(value) + "\n")
	}
}

// yamlText is text that YAML reads as it is: in quotes unless it is a plain word.
func yamlText(text string) string {
	if isFrontName(text) && fold(text) == text && text[0] > '9' && text != "null" && text != "true" && text != "false" {
		return text
	}
	var out bytes.Buffer
	if err := encode(&out, text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// isFrontName reports whether text can be a key of front matter.
func isFrontName(text string) bool {
	return text != "" && trim(text) == text && !strings.ContainsAny(text, ":\n\r#\"'[]{},&*!|>%@`-?") && text[0] != ' '
}

// writeMarkdown writes a list with boxes to tick, under a heading for each status; what is part of an item stands below
// it.
func writeMarkdown(d *Document) (string, error) {
	children := make(map[string][]*Item)
	known := make(map[string]bool, len(d.Items))
	for i := range d.Items {
		known[d.Items[i].Key] = true
	}
	var order []string
	tops := make(map[string][]*Item)
	for i := range d.Items {
		item := &d.Items[i]
		if item.Parent != "" && known[item.Parent] && item.Parent != item.Key {
			children[item.Parent] = append(children[item.Parent], item)
			continue
		}
		if tops[item.Status] == nil {
			order = append(order, item.Status)
		}
		tops[item.Status] = append(tops[item.Status], item)
	}
	w := markdownWriter{children: children, written: make(map[string]bool, len(d.Items))}
	for _, status := range order {
		if status != "" || len(order) > 1 {
			w.out.WriteString("## " + cmp.Or(oneLine(status), "—") + "\n\n")
		}
		for _, item := range tops[status] {
			w.item(item)
		}
		w.out.WriteString("\n")
	}
	for i := range d.Items { // what is part of itself, in a circle
		w.item(&d.Items[i])
	}
	return w.out.String(), nil
}

// markdownWriter writes items and what is part of them.
type markdownWriter struct {
	out      strings.Builder
	children map[string][]*Item
	written  map[string]bool
}

// item writes an item that was not written yet, and what is below it; the stack does not grow with the depth.
func (w *markdownWriter) item(top *Item) {
	type entry struct {
		item  *Item
		depth int
	}
	const deepest = 50 // levels that are indented
	for todo := []entry{{top, 0}}; len(todo) > 0; {
		one := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if w.written[one.item.Key] {
			continue
		}
		w.written[one.item.Key] = true
		box := "[ ]"
		if !one.item.Category.IsOpen() {
			box = "[x]"
		}
		w.out.WriteString(strings.Repeat("  ", min(one.depth, deepest)) + "- " + box + " " + cmp.Or(one.item.Title, one.item.Key) + "\n")
		below := w.children[one.item.Key]
		for i := len(below) - 1; i >= 0; i-- {
			todo = append(todo, entry{below[i], one.depth + 1})
		}
	}
}
