package exchange

import (
	"bytes"
	"cmp"
	"encoding/json"

	"github.com/shopspring/decimal"
)

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

// closeReason is the resolution. What was given up needs one that means that.
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
