package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// report is what a file holds, and what would become of it in a backlog.
type report struct {
	*exchange.Document
	Import *exchange.Report // nil if it was not rehearsed
}

// status is one of the statuses of the JSON output.
type status struct {
	Name     string `json:"name"`
	Category string `json:"category"`
	Count    int    `json:"count"`
}

// MarshalJSON writes the contract of the command.
func (r *report) MarshalJSON() ([]byte, error) {
	statuses := []status{}
	for _, one := range r.Statuses {
		statuses = append(statuses, status{one.Name, one.Category.String(), one.Count})
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Format    exchange.Format      `json:"format"`
		Certainty exchange.Certainty   `json:"certainty"`
		Rows      int                  `json:"rows"`
		Items     int                  `json:"items"`
		Links     int                  `json:"links"`
		Cells     int                  `json:"cells"`
		Carried   int                  `json:"carried"`
		Custom    int                  `json:"custom"`
		Losses    []exchange.Loss      `json:"losses"`
		Skipped   []exchange.Skipped   `json:"skipped_rows"`
		Statuses  []status             `json:"statuses"`
		Kinds     []exchange.KindCount `json:"kinds"`
		Dates     exchange.DateCounts  `json:"dates"`
		Warnings  []string             `json:"warnings"`
		Import    *exchange.Report     `json:"import,omitempty"`
	}{
		r.Format, r.Certainty, r.Rows, len(r.Items), len(r.Links), r.Cells, r.Carried, r.Custom,
		r.Losses, r.Skipped, statuses, r.Kinds, r.Dates, r.Warnings, r.Import,
	})
	return out.Bytes(), err
}

// most is how many losses, rows and warnings the table lists.
const most = 20

// WriteTable writes the report for people.
func (r *report) WriteTable(out *bytes.Buffer) {
	fmt.Fprintf(out, "%s (%s): %s in %s, %s\n", r.Format, r.Certainty, command.Counted(len(r.Items), "item", "items"),
		command.Counted(r.Rows, "row", "rows"), command.Counted(len(r.Links), "link", "links"))
	fmt.Fprintf(out, "%s: %d in fields, %d as custom values, %d lost\n",
		command.Counted(r.Cells, "filled cell", "filled cells"), r.Carried, r.Custom, len(r.Losses))
	if r.Dates != (exchange.DateCounts{}) {
		fmt.Fprintf(out, "%s read, %d not, %d ambiguous\n",
			command.Counted(r.Dates.Read, "date", "dates"), r.Dates.Unread, r.Dates.Ambiguous)
	}
	rows := [][]any{{"Status", "Category", "Items"}}
	for _, one := range r.Statuses {
		rows = append(rows, []any{one.Name, one.Category, one.Count})
	}
	section(out, "Statuses", rows)
	rows = [][]any{{"Kind", "Level", "Items"}}
	for _, one := range r.Kinds {
		rows = append(rows, []any{one.Name, one.Level, one.Count})
	}
	section(out, "Kinds", rows)
	rows = [][]any{{"Row", "Column", "Value", "Why"}}
	for _, one := range r.Losses {
		rows = append(rows, []any{one.Row, one.Column, command.Shorten(one.Value, command.MaxValue), one.Reason})
	}
	section(out, "Lost", rows)
	rows = [][]any{{"Row", "Why"}}
	for _, one := range r.Skipped {
		rows = append(rows, []any{one.Row, one.Reason})
	}
	section(out, "Skipped rows", rows)
	rows = [][]any{{"Warning"}}
	flags := strings.NewReplacer("Options.DateOrder", "-dates", "Options.DecimalMark", "-decimal")
	for _, one := range r.Warnings {
		rows = append(rows, []any{flags.Replace(one)})
	}
	section(out, "Warnings", rows)
	if r.Import != nil {
		fmt.Fprintf(out, "\n%s", r.Import)
	}
}

// section writes rows below a heading, unless there is but their header, and no more of them than most.
func section(out *bytes.Buffer, heading string, rows [][]any) {
	if len(rows) < 2 {
		return
	}
	if more := len(rows) - 1 - most; more > 0 {
		rows = append(rows[:most+1], []any{fmt.Sprintf("… %d more", more)})
	}
	command.Section(out, heading, rows)
}
