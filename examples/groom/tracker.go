package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// tracker is a .jsonl file: what of its issues can be worked on, and what has to wait.
type tracker struct {
	product *product
	ready   []int
	blocked []blockedIssue
	path    []int // the longest chain of open issues that need each other, in the order of work
}

type blockedIssue struct {
	issue int
	by    []int
}

// readTracker reads issues and builds a backlog of them.
func readTracker(doc *command.Document) command.Report {
	issues := readIssues(doc)
	if !doc.OK() {
		return nil
	}
	p := buildProduct(doc, issues)
	if !doc.OK() {
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
	for _, item := range p.backlog.CriticalPath().Items {
		t.path = append(t.path, p.index[item])
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
		Path    []string   `json:"critical_path"`
	}{len(t.product.issues), t.product.ids(t.ready), []blocked{}, [][]string{}, t.product.ids(t.path)}
	for _, one := range t.blocked {
		all.Blocked = append(all.Blocked, blocked{t.product.issues[one.issue].ID, t.product.ids(one.by)})
	}
	for _, cycle := range t.product.cycles {
		all.Cycles = append(all.Cycles, t.product.ids(cycle))
	}
	return json.Marshal(all)
}

func (t *tracker) WriteTable(out *bytes.Buffer) {
	p := t.product
	epics := 0
	for _, issue := range p.issues {
		if issue.IsEpic() {
			epics++
		}
	}
	fmt.Fprintf(out, "%s, of which %s: %d ready, %d blocked, %d closed\n",
		command.Counted(len(p.issues), "issue", "issues"), command.Counted(epics, "epic", "epics"),
		len(t.ready), len(t.blocked), len(p.issues)-len(t.ready)-len(t.blocked))

	t.writeReady(out)
	var rows [][]any
	for _, one := range t.blocked {
		issue := p.issues[one.issue]
		rows = append(rows, []any{issue.ID, issue.Title, "needs " + strings.Join(p.ids(one.by), ", ")})
	}
	command.Section(out, "Blocked", rows)

	rows = nil
	for _, cycle := range p.cycles {
		ids := p.ids(append(cycle, cycle[0]))
		rows = append(rows, []any{strings.Join(ids, " needs ")})
	}
	if len(rows) > 0 {
		command.Section(out, "Cycles: none of these can be finished first", rows)
	}
	t.writePath(out)
	t.writeFindings(out)
}

// writeReady writes what can be worked on, with how many open issues wait for it, directly or not, and
// which of them wait for nothing else. Where counting would take too long, there is no number.
func (t *tracker) writeReady(out *bytes.Buffer) {
	p := t.product
	links, most := p.links()
	spent := 0
	rows := [][]any{{"#", "Priority", "Status", "Id", "Title", "Unblocks", "Frees at once"}}
	for i, index := range t.ready {
		issue := p.issues[index]
		waiting := "-"
		if spent <= maxSearch {
			n := p.backlog.Unblocks(issue.item)
			spent += 1 + min(links, (n+1)*most)
			waiting = fmt.Sprint(n)
		}
		rows = append(rows, []any{
			i + 1, issue.priority(), issue.Status, issue.ID, issue.Title,
			waiting, strings.Join(p.ids(p.freedBy(index)), ", "),
		})
	}
	command.Section(out, "Ready, in order", rows)
}

// writePath writes the critical path, where it is one.
func (t *tracker) writePath(out *bytes.Buffer) {
	if len(t.path) < 2 {
		return
	}
	var rows [][]any
	for i, index := range t.path {
		issue := t.product.issues[index]
		rows = append(rows, []any{i + 1, issue.ID, issue.Title})
	}
	command.Section(out, "Critical path: each of these needs the one above it", rows)
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
		command.Section(out, "Findings", rows)
	}
}
