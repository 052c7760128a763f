package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

type trackerJSON struct {
	Items   int           `json:"items"`
	Ready   []string      `json:"ready"`
	Blocked []blockedJSON `json:"blocked"`
	Held    []heldJSON    `json:"held"`
	Cycles  [][]string    `json:"cycles"`
	Path    []string      `json:"critical_path"`
	Stories elsewhere     `json:"stories"` // see TestTrackerStories
}

// elsewhere is what a test does not look at.
type elsewhere struct{}

func (*elsewhere) UnmarshalJSON([]byte) error { return nil }

type heldJSON struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

type blockedJSON struct {
	ID string   `json:"id"`
	By []string `json:"by"`
}

func TestTracker(t *testing.T) {
	tests := map[string]struct {
		lines []string
		want  trackerJSON
	}{
		"order: by priority, without one last, then as in the file": {
			lines: []string{
				`{"id":"a","title":"A"}`, `{"id":"b","title":"B","priority":2}`, `{"id":"c","title":"C","priority":0}`,
				`{"id":"d","title":"D","priority":2,"issue_type":"epic"}`, `{"id":"e","title":"E","priority":null}`,
			},
			want: trackerJSON{Items: 5, Ready: []string{"c", "b", "d", "a", "e"}},
		},
		"only open blockers block, and only links that block": {
			lines: []string{
				`{"id":"a","title":"A","status":"closed"}`,
				`{"id":"b","title":"B","status":"in_progress","dependencies":[{"issue_id":"b","depends_on_id":"c","type":"blocks"},` +
					`{"issue_id":"b","depends_on_id":"c"},{"issue_id":"b","depends_on_id":"a","type":"blocks"}]}`,
				`{"id":"c","title":"C","status":"blocked","dependencies":[{"depends_on_id":"b","type":"related"},` +
					`{"depends_on_id":"d","type":"discovered-from"},{"depends_on_id":"gone","type":"blocks"}]}`,
				`{"id":"d","title":"D","status":"whatever"}`,
				`{"id":"gone","title":"Gone","status":"tombstone"}`,
			},
			want: trackerJSON{
				Items: 5, Ready: []string{"d"}, Blocked: []blockedJSON{{"b", []string{"c"}}}, Held: []heldJSON{{"c", "status blocked"}},
			},
		},
		"letter case says nothing, nor how words are joined": {
			lines: []string{
				`{"id":"a","title":"A","status":"In Progress"}`,
				`{"id":"b","title":"B","dependencies":[{"depends_on_id":"a","type":"Blocks"}]}`,
				`{"id":"c","title":"C","dependencies":[{"depends_on_id":"a","type":"Related"}]}`,
			},
			want: trackerJSON{Items: 3, Ready: []string{"a", "c"}, Blocked: []blockedJSON{{"b", []string{"a"}}}},
		},
		"a link may stand with another issue, and wait for an epic": {
			lines: []string{
				`{"id":"a","title":"A","dependencies":[{"issue_id":"b","depends_on_id":"e","type":"blocks"}]}`,
				`{"id":"b","title":"B"}`,
				`{"id":"e","title":"E","issue_type":"epic"}`,
			},
			want: trackerJSON{Items: 3, Ready: []string{"a", "e"}, Blocked: []blockedJSON{{"b", []string{"e"}}}},
		},
		"closed epics, finished, unfinished and empty, block nothing": {
			lines: []string{
				`{"id":"e","title":"E","issue_type":"epic","status":"closed"}`,
				`{"id":"e.1","title":"E1","status":"closed"}`,
				`{"id":"f","title":"F","issue_type":"epic","status":"closed"}`,
				`{"id":"f.1","title":"F1"}`,
				`{"id":"g","title":"G","issue_type":"epic","status":"closed"}`,
				`{"id":"a","title":"A","dependencies":[{"depends_on_id":"e"},{"depends_on_id":"f"},{"depends_on_id":"g"}]}`,
			},
			want: trackerJSON{Items: 6, Ready: []string{"f.1", "a"}},
		},
		"what nobody may start is held": {
			lines: []string{
				`{"id":"a","title":"A","status":"deferred"}`, `{"id":"b","title":"B","status":"on_hold"}`,
				`{"id":"c","title":"C","status":"pinned"}`, `{"id":"d","title":"D","status":"future"}`,
				`{"id":"e","title":"E","status":"won't fix"}`, `{"id":"f","title":"F","defer_until":"2025-03-02T00:00:00Z"}`,
				`{"id":"g","title":"G","defer_until":"2025-03-01T00:00:00Z","updated_at":"2025-03-01T12:00:00Z"}`,
				`{"id":"h","title":"H","pinned":true}`, `{"id":"i","title":"I","pinned":false}`,
			},
			want: trackerJSON{
				Items: 9, Ready: []string{"g", "i"}, Held: []heldJSON{
					{"a", "status deferred"},
					{"b", "status on_hold"},
					{"c", "status pinned"},
					{"d", "status future"},
					{"f", "deferred until 2025-03-02T00:00:00Z"},
					{"h", "pinned"},
				},
			},
		},
		"an epic is held beside its open parts, whatever keeps these": {
			lines: []string{
				`{"id":"e","title":"E","issue_type":"epic"}`, `{"id":"e.1","title":"E1","status":"closed"}`, `{"id":"e.2","title":"E2","status":"blocked"}`,
				`{"id":"f","title":"F","issue_type":"epic"}`, `{"id":"f.1","title":"F1","status":"closed"}`,
			},
			want: trackerJSON{
				Items: 5, Ready: []string{"f"}, Held: []heldJSON{{"e", "its parts come first: 1 is open"}, {"e.2", "status blocked"}},
			},
		},
		"parts share what their parents wait for and are held by": {
			lines: []string{
				`{"id":"x","title":"X"}`, `{"id":"e","title":"E","issue_type":"epic","dependencies":[{"depends_on_id":"x"},{"depends_on_id":"e.1"}]}`,
				`{"id":"e.1","title":"E1"}`, `{"id":"e.1.1","title":"E11","dependencies":[{"depends_on_id":"e.1"}]}`,
				`{"id":"f","title":"F","status":"deferred"}`, `{"id":"f.1","title":"F1"}`, `{"id":"f.1.1","title":"F11"}`,
				`{"id":"g","title":"G","status":"closed","dependencies":[{"depends_on_id":"x"}]}`, `{"id":"g.1","title":"G1"}`,
			},
			want: trackerJSON{
				Items: 9, Ready: []string{"x", "g.1"},
				Blocked: []blockedJSON{{"e", []string{"x", "e.1"}}, {"e.1", []string{"x"}}, {"e.1.1", []string{"x", "e.1"}}},
				Held:    []heldJSON{{"f", "status deferred"}, {"f.1", "part of f: status deferred"}, {"f.1.1", "part of f: status deferred"}},
			},
		},
		"what is done in case another fails is held when that is closed": {
			lines: []string{
				`{"id":"a","title":"A","status":"closed"}`, `{"id":"b","title":"B"}`,
				`{"id":"c","title":"C","dependencies":[{"depends_on_id":"a","type":"conditional-blocks"}]}`,
				`{"id":"d","title":"D","dependencies":[{"depends_on_id":"b","type":"conditional-blocks"}]}`,
			},
			want: trackerJSON{
				Items: 4, Ready: []string{"b"}, Blocked: []blockedJSON{{"d", []string{"b"}}}, Held: []heldJSON{{"c", "only if a fails"}},
			},
		},
		"a cycle blocks each of its issues, and begins with the first": {
			lines: []string{
				`{"id":"a","title":"A","priority":1,"dependencies":[{"depends_on_id":"b"}]}`,
				`{"id":"b","title":"B","priority":0,"issue_type":"epic","dependencies":[{"depends_on_id":"c"}]}`,
				`{"id":"c","title":"C","priority":2,"status":"in_progress","dependencies":[{"depends_on_id":"a"},{"depends_on_id":"c"}]}`,
			},
			want: trackerJSON{
				Items: 3, Ready: []string{},
				Blocked: []blockedJSON{{"b", []string{"c"}}, {"a", []string{"b"}}, {"c", []string{"a", "c"}}},
				Cycles:  [][]string{{"b", "c", "a"}, {"c"}},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := commandtest.JSON[trackerJSON](t, program, "a.jsonl", strings.Join(test.lines, "\n"))
			test.want.Blocked = append([]blockedJSON{}, test.want.Blocked...)
			test.want.Cycles = append([][]string{}, test.want.Cycles...)
			test.want.Held = append([]heldJSON{}, test.want.Held...)
			checkPath(t, strings.Join(test.lines, "\n"), got)
			test.want.Path = got.Path
			require.Equal(t, test.want, got)
		})
	}
}

func TestTrackerTable(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.jsonl", `{"id":"a","title":"A","status":"open","dependencies":[{"depends_on_id":"b"}]}
{"id":"b","title":"B","priority":1,"dependencies":[{"depends_on_id":"a"},{"depends_on_id":"c"}]}
{"id":"c","title":"C","priority":1,"status":"in_progress"}
{"id":"c.1","title":"C1","status":"done"}
{"id":"e","title":"E","priority":3,"issue_type":"epic"}
{"id":"f","title":"F","dependencies":[{"depends_on_id":"c"},{"depends_on_id":"c.1"}]}
{"id":"g","title":"G","dependencies":[{"depends_on_id":"f"},{"depends_on_id":"e"}]}
{"id":"h","title":"H","priority":9,"dependencies":[{"depends_on_id":"c"}]}`)
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, `8 issues, of which 1 epic: 2 ready, 5 blocked, 1 closed

Ready, in order
  #  Priority  Status       Id  Title  Unblocks  Frees at once
  1  1         in_progress  c   C      5         h, f
  2  3         open         e   E      1

Blocked
  b  B  needs c, a
  h  H  needs c
  a  A  needs b
  f  F  needs c
  g  G  needs e, f

Cycles: none of these can be finished first
  b needs a needs b

Critical path: each of these needs the one above it
  1  c  C
  2  f  F
  3  g  G

Findings
  feature without goal     1  e
  feature without stories  1  e
  story without feature    6  b, c, h, a, f, g
  story without criteria   6  b, c, h, a, f, g
`, stdout)
}

// What a ready issue frees stays below its heading, also where the one above frees nothing.
func TestTrackerTableAligned(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.jsonl", `{"id":"a","title":"A"}
{"id":"b","title":"B"}
{"id":"c","title":"C","dependencies":[{"depends_on_id":"b"}]}`)
	require.Equal(t, command.Success, status, stderr)
	require.Contains(t, stdout, `
  #  Priority  Status  Id  Title  Unblocks  Frees at once
  1  -         open    a   A      0
  2  -         open    b   B      1         c
`)
}

// The criteria of what is closed were met: the tracker says so.
func TestTrackerCriteria(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.jsonl", `{"id":"a","title":"A","acceptance_criteria":"- 3 rows\n\n- pays in 2 s"}
{"id":"b","title":"B","acceptance_criteria":""}
{"id":"c","title":"C","status":"closed","acceptance_criteria":"shows 3"}`)
	require.Equal(t, command.Success, status, stderr)
	require.Contains(t, stdout, "2 ready, 0 blocked, 1 closed")
	require.Contains(t, stdout, "  story without criteria  1  b\n")
}

func TestParents(t *testing.T) {
	text := `{"id":"e","title":"E","issue_type":"epic"}
{"id":"e.1","title":"E1","issue_type":"epic"}
{"id":"e.1.2.3","title":"by the longest prefix"}
{"id":"e.2","title":"by the link","dependencies":[{"issue_id":"e.2","depends_on_id":"e.1","type":"parent-child"}]}
{"id":"e.3","title":"a link to what is part of an epic","dependencies":[{"issue_id":"e.3","depends_on_id":"e.2","type":"parent-child"}]}
{"id":"e.4","title":"blocked by an epic","dependencies":[{"issue_id":"e.4","depends_on_id":"e.1","type":"blocks"}]}
{"id":"f.1","title":"by nothing"}
{"id":"g","title":"G","issue_type":"Epic"}
{"id":"h","title":"by a link in capitals","dependencies":[{"depends_on_id":"g","type":"PARENT_CHILD"}]}`
	doc, problems := command.LoadTracker(commandtest.WriteFile(t, "a.jsonl", text), time.UTC)
	require.NoError(t, problems.Err())
	got := make(map[string]string)
	for _, issue := range issuesOf(doc) {
		if epic := issue.epic(); epic != nil && !issue.IsEpic() {
			got[issue.Key] = epic.Key
		}
	}
	require.Equal(t, map[string]string{"e.1.2.3": "e.1", "e.2": "e.1", "e.3": "e.1", "e.4": "e", "h": "g"}, got)
}

// TestTrackerTwin compares with what the links say, read by a program that knows nothing of backlogs.
func TestTrackerTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	statuses := []string{"open", "closed", "in_progress", "blocked", "done", "cancelled", ""}
	for range 1000 {
		n := 1 + rng.IntN(8)
		var lines []string
		for i := range n {
			var links []string
			for range rng.IntN(4) {
				links = append(links, fmt.Sprintf(`{"issue_id":"x.%d","depends_on_id":"x.%d","type":"%s"}`,
					i, rng.IntN(n), []string{"blocks", "Blocks", "related", "parent-child"}[rng.IntN(4)]))
			}
			lines = append(lines, fmt.Sprintf(`{"id":"x.%d","title":"T","status":%q,"priority":%d,"issue_type":%q,"dependencies":[%s]}`,
				i, statuses[rng.IntN(len(statuses))], rng.IntN(3), []string{"task", "Epic", "epic"}[rng.IntN(3)], strings.Join(links, ",")))
		}
		text := strings.Join(lines, "\n")
		data, err := json.Marshal(groomText(t, text))
		require.NoError(t, err)
		var got trackerJSON
		require.NoError(t, json.Unmarshal(data, &got))
		checkTwin(t, text, got)
		checkPath(t, text, got)
	}
}

// groomText reads a tracker's file.
func groomText(t *testing.T, text string) *tracker {
	t.Helper()
	report, _, doc := readTracker(commandtest.WriteFile(t, "a.jsonl", text), time.Time{}, false)
	require.NoError(t, doc.Err())
	found, ok := report.(*tracker)
	require.True(t, ok)
	return found
}

// twin is an issue as a program that knows nothing of backlogs would read it.
type twin struct {
	ID           string
	Status       string
	Kind         string `json:"issue_type"`
	Priority     int
	Dependencies []struct {
		IssueID     string `json:"issue_id"`
		DependsOnID string `json:"depends_on_id"`
		Type        string
	}
}

func readTwin(t *testing.T, text string) (all []twin, isOpen map[string]bool, needs map[string]map[string]bool) {
	t.Helper()
	isOpen, needs = map[string]bool{}, map[string]map[string]bool{}
	for line := range strings.Lines(text) {
		var one twin
		require.NoError(t, json.Unmarshal([]byte(line), &one))
		all = append(all, one)
		isOpen[one.ID] = !slices.Contains([]string{"closed", "done", "cancelled", "tombstone"}, one.Status)
		needs[one.ID] = map[string]bool{}
	}
	for _, one := range all {
		for _, link := range one.Dependencies {
			if link.Type == "" || strings.EqualFold(link.Type, "blocks") || link.Type == "conditional-blocks" {
				needs[cmp.Or(link.IssueID, one.ID)][link.DependsOnID] = true
			}
		}
	}
	return all, isOpen, needs
}

// twinParents returns the parent of each issue: by its first link to another, or else the longest id before a dot.
func twinParents(all []twin) map[string]string {
	known, parent := map[string]bool{}, map[string]string{}
	for _, one := range all {
		known[one.ID] = true
	}
	for _, one := range all {
		for _, link := range one.Dependencies {
			if strings.EqualFold(link.Type, "parent-child") && link.DependsOnID != one.ID && parent[one.ID] == "" {
				parent[one.ID] = link.DependsOnID
			}
		}
		for id := one.ID; parent[one.ID] == "" && strings.Contains(id, "."); {
			if id = id[:strings.LastIndex(id, ".")]; known[id] {
				parent[one.ID] = id
			}
		}
	}
	return parent
}

// twinAbove returns the parents of an issue, up to where they go round.
func twinAbove(parent map[string]string, id string) (above []string) {
	for one := parent[id]; one != "" && one != id && len(above) < maxParents; one = parent[one] {
		above = append(above, one)
	}
	return above
}

// twinEpics returns the epic that each issue is part of: the nearest above it, unless that is closed and
// the issue is not.
func twinEpics(all []twin, isOpen map[string]bool) map[string]string {
	parent, isEpic, epics := twinParents(all), map[string]bool{}, map[string]string{}
	for _, one := range all {
		isEpic[one.ID] = strings.EqualFold(one.Kind, "epic")
	}
	for _, one := range all {
		for _, above := range twinAbove(parent, one.ID) {
			if isEpic[one.ID] || !isEpic[above] {
				continue
			}
			if isOpen[above] || !isOpen[one.ID] {
				epics[one.ID] = above
			}
			break
		}
	}
	return epics
}

// twinWaits returns what each issue waits for: what it needs, what its epic needs, and, an epic, its parts.
func twinWaits(all []twin, isOpen map[string]bool, needs map[string]map[string]bool) map[string]map[string]bool {
	epics, waits := twinEpics(all, isOpen), map[string]map[string]bool{}
	for _, one := range all {
		waits[one.ID] = map[string]bool{}
	}
	for _, one := range all {
		id := one.ID
		for needed := range needs[id] {
			if epics[needed] != id {
				waits[id][needed] = true
			}
		}
		if epic := epics[id]; epic != "" {
			waits[epic][id] = true
			for needed := range needs[epic] {
				if epics[needed] != epic {
					waits[id][needed] = true
				}
			}
		}
	}
	return waits
}

// checkPath holds that each issue of the critical path is open and waits for the one before, and that no
// chain of open issues is longer, unless there are cycles.
func checkPath(t *testing.T, text string, got trackerJSON) {
	t.Helper()
	all, isOpen, needs := readTwin(t, text)
	needs = twinWaits(all, isOpen, needs)
	for i, id := range got.Path {
		require.True(t, isOpen[id], text)
		require.True(t, i == 0 || needs[id][got.Path[i-1]], "%v\n%s", got.Path, text)
	}
	if len(got.Cycles) > 0 {
		return
	}
	known := map[string]int{}
	var longest func(id string) int
	longest = func(id string) int {
		if n, ok := known[id]; ok || !isOpen[id] {
			return n
		}
		before := 0
		for needed := range needs[id] {
			before = max(before, longest(needed))
		}
		known[id] = before + 1
		return before + 1
	}
	want := 0
	for _, one := range all {
		want = max(want, longest(one.ID))
	}
	require.Len(t, got.Path, want, text)
}

// checkTwin works out what is ready, blocked and held by the statuses and links alone, and that there are
// cycles if and only if taking away what needs nothing, again and again, leaves something.
func checkTwin(t *testing.T, text string, got trackerJSON) {
	t.Helper()
	all, isOpen, needs := readTwin(t, text)
	slices.SortStableFunc(all, func(a, b twin) int { return cmp.Compare(a.Priority, b.Priority) })
	parent := twinParents(all)
	isHeld, isEpic, parts := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, one := range all {
		isHeld[one.ID] = one.Status == "blocked"
		isEpic[one.ID] = strings.EqualFold(one.Kind, "epic")
		if isOpen[one.ID] {
			parts[parent[one.ID]]++
		}
	}
	want := trackerJSON{
		Items: len(all), Ready: []string{}, Blocked: []blockedJSON{}, Held: []heldJSON{}, Cycles: got.Cycles, Path: got.Path,
	}
	for _, one := range all {
		above := twinAbove(parent, one.ID)
		var by []string
		for _, other := range all {
			waits := needs[one.ID][other.ID]
			for _, whole := range above {
				isInside := other.ID == whole || slices.Contains(twinAbove(parent, other.ID), whole)
				waits = waits || isOpen[whole] && needs[whole][other.ID] && !isInside
			}
			if waits && isOpen[other.ID] {
				by = append(by, other.ID)
			}
		}
		held := isHeld[one.ID] || isEpic[one.ID] && parts[one.ID] > 0
		for _, whole := range above {
			held = held || isOpen[whole] && isHeld[whole]
		}
		switch {
		case !isOpen[one.ID]:
		case len(by) > 0:
			want.Blocked = append(want.Blocked, blockedJSON{one.ID, by})
		case held:
			want.Held = append(want.Held, heldJSON{ID: one.ID})
		default:
			want.Ready = append(want.Ready, one.ID)
		}
	}
	withoutReasons := got
	withoutReasons.Held = slices.Clone(got.Held)
	for i := range got.Held {
		require.NotEmpty(t, got.Held[i].Reason)
		withoutReasons.Held[i].Reason = ""
	}
	require.Equal(t, want, withoutReasons, text)

	epics := twinEpics(all, isOpen)
	for _, cycle := range got.Cycles {
		for i, id := range cycle {
			next := cycle[(i+1)%len(cycle)]
			require.True(t, needs[id][next] || epics[id] == next || epics[next] == id, "%v\n%s", cycle, text)
		}
	}
	needs = twinWaits(all, isOpen, needs)
	for removed := true; removed; {
		removed = false
		for id := range needs {
			if len(needs[id]) == 0 {
				delete(needs, id)
				for _, other := range needs {
					delete(other, id)
				}
				removed = true
			}
		}
	}
	require.Equal(t, len(needs) > 0, len(got.Cycles) > 0, text)
}

// An odd line costs that line, and is named; with -strict it is bad input, as TestBadInput has it.
func TestTrackerOddLines(t *testing.T) {
	status, stdout, stderr := program.Text(t, "a.jsonl", `{"id":"a","title":"A","dependencies":[{"depends_on_id":"gone"},{"depends_on_id":"b","type":"related"}]}
<<<<<<< HEAD
{"_type":"memory","key":"k"}
{"id":"d","kind":"event","actor":"ann"}
{"id":"b","title":"","status":"open"}
`+`{"id":"c","title":"`+strings.Repeat("long ", 200)+`\n","priority":"high"}`, "-format", "json")
	require.Equal(t, command.Success, status, stderr)
	require.Equal(t, []string{"c", "a", "b"}, commandtest.Decode[trackerJSON](t, stdout).Ready)
	commandtest.RequireLines(t, []string{
		`a.jsonl:1:1: 1 link leads out of the file, such as that of "a" to "gone"`,
		`a.jsonl:2:1: not an object in JSON: invalid character '<' looking for beginning of value; the row is left out`,
		`a.jsonl:3:1: a line of type "memory", not an issue; the row is left out`,
		`a.jsonl:4:1: neither a title nor a status: not an issue; the row is left out`,
	}, stderr)
}

// Whether an issue is deferred is judged as of -now.
func TestTrackerNow(t *testing.T) {
	text := `{"id":"a","title":"A","defer_until":"2025-03-02T00:00:00Z","created_at":"2025-01-01T00:00:00Z"}`
	require.Empty(t, commandtest.JSON[trackerJSON](t, program, "a.jsonl", text).Ready)
	require.Empty(t, commandtest.JSON[trackerJSON](t, program, "a.jsonl", text, "-now", "2025-03-01T23:59:59Z").Ready)
	require.Equal(t, []string{"a"}, commandtest.JSON[trackerJSON](t, program, "a.jsonl", text, "-now", "2025-03-02").Ready)
}

// Other trackers are read too.
func TestOtherTrackers(t *testing.T) {
	for name, text := range map[string]string{
		"a.json": `[{"number":1,"title":"A","state":"OPEN","stateReason":"","blockedBy":[{"number":2}]},{"number":2,"title":"B","state":"OPEN"}]`,
		"a.md":   "---\nid: 1\ntitle: A\ndependencies: [2]\n---\n---\nid: 2\ntitle: B\n---\n",
		"a.csv":  "Summary,Issue key,Issue id,Issue Type,Status,Inward issue link (Blocks)\nA,1,10,Story,To Do,2\nB,2,11,Story,To Do,\n",
	} {
		got := commandtest.JSON[trackerJSON](t, program, name, text)
		require.Equal(t, []string{"2"}, got.Ready, name)
		require.Equal(t, []blockedJSON{{"1", []string{"2"}}}, got.Blocked, name)
	}
}

// What is ready must be what the backlog itself calls startable.
func TestTrackerAgreesWithBacklog(t *testing.T) {
	text := `{"id":"e","title":"E","issue_type":"epic","status":"closed"}
{"id":"e.1","title":"open in a closed epic"}
{"id":"f","title":"F","issue_type":"epic","dependencies":[{"depends_on_id":"e.1"}]}
{"id":"f.1","title":"in a blocked epic","status":"in_progress"}
{"id":"f.2","title":"blocked","dependencies":[{"depends_on_id":"f.1"}]}`
	found := groomText(t, text)
	var ready []string
	for s := range found.product.backlog.Startable(found.product.backlog.At()) {
		ready = append(ready, s.Title)
	}
	require.Equal(t, []string{"open in a closed epic"}, ready)
	require.Equal(t, []string{"e.1"}, found.product.ids(found.ready))
}

// Each issue needs each other: more cycles than anybody would read, in bounded time.
func TestTrackerTooManyCycles(t *testing.T) {
	const n = 200
	var links, lines []string
	for i := range n {
		links = append(links, fmt.Sprintf(`{"depends_on_id":"%d"}`, i))
	}
	for i := range n {
		lines = append(lines, fmt.Sprintf(`{"id":"%d","title":"T","dependencies":[%s]}`, i, strings.Join(links, ",")))
	}
	status, stdout, stderr := program.Text(t, "a.jsonl", strings.Join(lines, "\n"))
	require.Equal(t, command.BadInput, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, "closes a cycle, as 1250 others do, want at most as many")
}

func readShared(t *testing.T, name string) string {
	t.Helper()
	return commandtest.ReadFile(t, commandtest.Shared(t, "backlogs", name))
}

func TestSharedTracker(t *testing.T) {
	text := readShared(t, "cass.jsonl")
	got := commandtest.JSON[trackerJSON](t, program, "cass.jsonl", text)
	require.Equal(t, 116, got.Items)
	require.NotEmpty(t, got.Ready)
	require.NotEmpty(t, got.Blocked)
	checkTwin(t, text, got)
	checkPath(t, text, got)
}

func TestSharedSheets(t *testing.T) {
	wsjf := commandtest.JSON[sheetJSON](t, program, "wsjf.csv", readShared(t, "wsjf-sheet.csv"), "-by", "wsjf")
	require.Equal(t, rankedItem{1, "Funky ferret", "5.20", false, "(8 + 5 + 13) / 5 = 5.2"}, wsjf.Ranking[0])
	var tied []string
	for _, item := range wsjf.Ranking {
		if item.Score == "2.20" && item.Tied {
			tied = append(tied, item.Title)
		}
	}
	require.Equal(t, []string{"Funny frog", "Powerful piglet"}, tied)

	rice := commandtest.JSON[sheetJSON](t, program, "rice.csv", readShared(t, "rice-sheet.csv"))
	require.Equal(t, "rice", rice.Method)
	require.Equal(t, "Faster onboarding", rice.Ranking[0].Title)
	require.Equal(t, "4000.00", rice.Ranking[0].Score)
}
