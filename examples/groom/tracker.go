package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// tracker is a file of a tracker: what of its issues can be worked on, what has to wait, and what nobody may start.
type tracker struct {
	product *product
	ready   []int
	blocked []blockedIssue
	held    []heldIssue
	freed   map[int][]int // issues that wait for this one only
	path    []int         // the longest chain of open issues that need each other, in the order of work
	stories trackerStories
}

type blockedIssue struct {
	issue int
	by    []int
}

type heldIssue struct {
	issue  int
	reason string
}

// readTracker builds a backlog of a tracker's issues. Whether one is deferred is judged as of an instant; the zero one
// stands for the latest in the file. What is odd about the file, but no reason to refuse it, is returned too.
func readTracker(name string, now time.Time, strict bool) (report command.Report, odd, doc *command.Document) {
	found, doc := command.LoadTracker(name, time.UTC)
	if found == nil {
		return nil, &command.Document{Name: name}, doc
	}
	odd = command.Oddities(name, found, strict)
	issues := issuesOf(found)
	p := buildProduct(doc, odd, issues)
	if !doc.OK() {
		return nil, odd, doc
	}
	if now.IsZero() {
		now = latest(issues)
	}
	return p.sort(now), odd, doc
}

// sort sorts the open issues into those that can be started, those that wait, and those that nobody may start.
func (p *product) sort(now time.Time) *tracker {
	t := &tracker{product: p, freed: make(map[int][]int), stories: newTrackerStories(p.issues)}
	steps := 0
	for i, issue := range p.issues {
		if !issue.IsOpen() {
			continue
		}
		var by []int
		for _, needed := range issue.waitsFor(&steps) {
			by = append(by, needed.position)
		}
		reason := ""
		if len(by) == 0 {
			reason = issue.heldBy(now)
		}
		switch {
		case len(by) > 0:
			t.blocked = append(t.blocked, blockedIssue{i, by})
			if len(by) == 1 && by[0] != i {
				t.freed[by[0]] = append(t.freed[by[0]], i)
			}
		case reason != "":
			t.held = append(t.held, heldIssue{i, reason})
		default:
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
		ids[i] = p.issues[index].Key
	}
	return ids
}

// MarshalJSON writes the ids.
func (t *tracker) MarshalJSON() ([]byte, error) {
	type blocked struct {
		ID string   `json:"id"`
		By []string `json:"by"`
	}
	type held struct {
		ID     string `json:"id"`
		Reason string `json:"reason"`
	}
	all := struct {
		Items   int        `json:"items"`
		Ready   []string   `json:"ready"`
		Blocked []blocked  `json:"blocked"`
		Held    []held     `json:"held"`
		Cycles  [][]string `json:"cycles"`
		Path    []string   `json:"critical_path"`

		Stories []trackerStory `json:"stories"`
	}{len(t.product.issues), t.product.ids(t.ready), []blocked{}, []held{}, [][]string{}, t.product.ids(t.path), t.stories.forJSON()}
	for _, one := range t.blocked {
		all.Blocked = append(all.Blocked, blocked{t.product.issues[one.issue].Key, t.product.ids(one.by)})
	}
	for _, one := range t.held {
		all.Held = append(all.Held, held{t.product.issues[one.issue].Key, one.reason})
	}
	for _, cycle := range t.product.cycles {
		all.Cycles = append(all.Cycles, t.product.ids(cycle.issues))
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
	held := ""
	if len(t.held) > 0 {
		held = fmt.Sprintf("%d held, ", len(t.held))
	}
	fmt.Fprintf(out, "%s, of which %s: %d ready, %d blocked, %s%d closed\n",
		command.Counted(len(p.issues), "issue", "issues"), command.Counted(epics, "epic", "epics"),
		len(t.ready), len(t.blocked), held, len(p.issues)-len(t.ready)-len(t.blocked)-len(t.held))

	t.writeReady(out)
	var rows [][]any
	for _, one := range t.blocked {
		issue := p.issues[one.issue]
		rows = append(rows, []any{issue.Key, issue.Title, "needs " + strings.Join(p.ids(one.by), ", ")})
	}
	command.Section(out, "Blocked", rows)

	rows = nil
	for _, one := range t.held {
		issue := p.issues[one.issue]
		rows = append(rows, []any{issue.Key, issue.Title, one.reason})
	}
	if len(rows) > 0 {
		command.Section(out, "Held: nobody may start these yet", rows)
	}

	rows = nil
	for _, cycle := range p.cycles {
		rows = append(rows, []any{p.text(cycle)})
	}
	if len(rows) > 0 {
		command.Section(out, "Cycles: none of these can be finished first", rows)
	}
	t.writePath(out)
	t.stories.write(out)
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
			i + 1, issue.priority(), cmp.Or(issue.Status, "open"), issue.Key, issue.Title,
			waiting, strings.Join(p.ids(t.freed[index]), ", "),
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
		rows = append(rows, []any{i + 1, issue.Key, issue.Title})
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
		ids[id] = t.product.issues[index].Key
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
