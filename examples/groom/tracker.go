package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// tracker is a .jsonl file: what of its issues can be worked on, and what has to wait.
type tracker struct {
	product *product
	ready   []int
	blocked []blockedIssue
}

type blockedIssue struct {
	issue int
	by    []int
}

// readTracker reads issues and builds a backlog of them.
func readTracker(doc *document) report {
	issues := readIssues(doc)
	if len(doc.problems) > 0 {
		return nil
	}
	p := buildProduct(doc, issues)
	if len(doc.problems) > 0 {
		return nil
	}
	t := &tracker{product: p}
	for i, issue := range p.issues {
		if !issue.IsOpen() {
			continue
		}
		if by := p.blockers(i); len(by) > 0 {
			t.blocked = append(t.blocked, blockedIssue{i, by})
		} else {
			t.ready = append(t.ready, i)
		}
	}
	return t
}

func (p *product) ids(indices []int) []string {
	ids := make([]string, len(indices))
	for i, index := range indices {
		ids[i] = p.issues[index].ID
	}
	return ids
}

// MarshalJSON writes the ids.
func (t *tracker) MarshalJSON() ([]byte, error) {
	type blocked struct {
		ID string   `json:"id"`
		By []string `json:"by"`
	}
	all := struct {
		Items   int        `json:"items"`
		Ready   []string   `json:"ready"`
		Blocked []blocked  `json:"blocked"`
		Cycles  [][]string `json:"cycles"`
	}{len(t.product.issues), t.product.ids(t.ready), []blocked{}, [][]string{}}
	for _, one := range t.blocked {
		all.Blocked = append(all.Blocked, blocked{t.product.issues[one.issue].ID, t.product.ids(one.by)})
	}
	for _, cycle := range t.product.cycles {
		all.Cycles = append(all.Cycles, t.product.ids(cycle))
	}
	return json.Marshal(all)
}

func (t *tracker) writeTable(out *bytes.Buffer) {
	p := t.product
	epics := 0
	for _, issue := range p.issues {
		if issue.IsEpic() {
			epics++
		}
	}
	fmt.Fprintf(out, "%s, of which %s: %d ready, %d blocked, %d closed\n",
		counted(len(p.issues), "issue", "issues"), counted(epics, "epic", "epics"),
		len(t.ready), len(t.blocked), len(p.issues)-len(t.ready)-len(t.blocked))

	rows := [][]any{{"#", "Priority", "Status", "Id", "Title"}}
	for i, index := range t.ready {
		issue := p.issues[index]
		rows = append(rows, []any{i + 1, issue.priority(), issue.Status, issue.ID, issue.Title})
	}
	section(out, "Ready, in order", rows)

	rows = nil
	for _, one := range t.blocked {
		issue := p.issues[one.issue]
		rows = append(rows, []any{issue.ID, issue.Title, "needs " + strings.Join(p.ids(one.by), ", ")})
	}
	section(out, "Blocked", rows)

	rows = nil
	for _, cycle := range p.cycles {
		ids := p.ids(append(cycle, cycle[0]))
		rows = append(rows, []any{strings.Join(ids, " needs ")})
	}
	if len(rows) > 0 {
		section(out, "Cycles: none of these can be finished first", rows)
	}
	t.writeFindings(out)
}

func (i *Issue) priority() string {
	if i.Priority == lastPriority {
		return "-"
	}
	return fmt.Sprint(i.Priority)
}

// writeFindings writes the flaws in how the work is broken down, a line for each kind.
func (t *tracker) writeFindings(out *bytes.Buffer) {
	ids := make(map[string]string)
	for one, index := range t.product.index {
		id := one.Story.String()
		if id == "" {
			id = one.Feature.String()
		}
		ids[id] = t.product.issues[index].ID
	}
	var rules []string
	found := make(map[string][]string)
	for _, f := range t.product.backlog.Findings() {
		if found[f.Rule] == nil {
			rules = append(rules, f.Rule)
		}
		found[f.Rule] = append(found[f.Rule], ids[f.ID])
	}
	var rows [][]any
	for _, rule := range rules {
		rows = append(rows, []any{rule, len(found[rule]), strings.Join(found[rule], ", ")})
	}
	if len(rows) > 0 {
		section(out, "Findings", rows)
	}
}
