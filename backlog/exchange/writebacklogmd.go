package exchange

import (
	"bytes"
	"strconv"
	"strings"
)

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
