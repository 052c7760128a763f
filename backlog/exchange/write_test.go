package exchange_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// Whatever a document holds, each value of it is the same when what was written is read back, or it is listed.
func TestLawOfWriting(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		_, _, text := randomTable(rng)
		doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
		if err != nil {
			continue
		}
		for _, format := range exchange.Targets() {
			var out strings.Builder
			losses, err := doc.Write(&out, format)
			require.NoError(t, err, "%s: %s", format, text)
			for _, loss := range losses {
				require.NotEmpty(t, loss.Reason)
				if format != exchange.MarkdownTasks { // which has neither keys nor an order of its own
					require.NotEqual(t, "key", loss.Column, "%s: %s\n%s", format, text, out.String())
					require.NotEqual(t, "title", loss.Column, "%s: %s", format, text)
				}
			}
			back, err := exchange.Read(strings.NewReader(out.String()), exchange.Options{Format: format})
			require.NoError(t, err)
			require.Len(t, back.Items, len(doc.Items))
			// Written again, it is the same: what a format can hold, it holds.
			var again strings.Builder
			more, err := back.Write(&again, format)
			require.NoError(t, err)
			if format != exchange.MarkdownTasks { // a heading that is no status comes back as a label
				require.Empty(t, more, "%s:\n%s\n%s", format, text, out.String())
			}
		}
	}
}

// What every tracker has is held by all formats for trackers.
func TestWriteHolds(t *testing.T) {
	doc := read(t, export([][]string{
		{"Issue key", "A-1", "A-2"},
		{"Summary", "=1+1", "Second"},
		{"Issue Type", "Story", "Bug"},
		{"Status", "In Progress", "Cancelled"},
		{"Status Category", "In Progress", "Done"},
		{"Created", "2025-03-27T14:05:06Z", "2025-03-27T14:05:06Z"},
		{"Resolved", "", "2025-03-28T14:05:06Z"},
		{"Due date", "2025-04-01"},
		{"Story Points", "2.5", "0"},
		{"Labels", "red", "blue"},
		{"Labels", "", "green"},
		{"Assignee", "Ana"},
		{"Priority", "High"},
		{"Description", "Text\nof two lines, with \"quotes\""},
		{"Parent", "", "A-1"},
		{"Sprint", "Sprint 1"},
		{"Inward issue link (Blocks)", "", "A-1"},
		{"Outward issue link (Duplicate)", "", "A-1"},
		{"Custom field (Colour)", "red"},
		{"Comment", "So be it"},
		{"Comment", "@all"},
		{"Issue id", "100"},
		{"Custom field (Deferred until)", "2025-05-01"},
		{"Outward issue link (Conflicts)", "A-2"},
		{"Inward issue link (Parent-Child)", "", "B-9"},
		{"Original estimate", "3600"},
		{"Custom field (Actual start)", "2025-03-27T15:00:00Z"},
	}), exchange.Options{})
	for format, want := range map[exchange.Format][]string{
		exchange.JiraCSV:    nil,
		exchange.TableCSV:   nil,
		exchange.LinearCSV:  {"kind", "estimated", "deferred_until", "Colour", "Comment", "Comment", "kind", "links", "links"},
		exchange.BeadsJSONL: {"id", "status", "priority", "sprints", "status", "links"},
		exchange.BacklogMD:  {"id", "estimated", "started", "deferred_until", "sprints", "links", "links", "links"},
		exchange.GitHubJSON: {"id", "status", "category", "points", "estimated", "priority", "started", "due", "deferred_until", "sprints", "Colour", "Comment", "Comment", "status", "points", "links", "links"},
	} {
		var out strings.Builder
		losses, err := doc.Write(&out, format)
		require.NoError(t, err)
		var columns []string
		for _, loss := range losses {
			columns = append(columns, loss.Column)
		}
		require.Equal(t, want, columns, format)
		if !strings.HasSuffix(string(format), "csv") {
			continue
		}
		require.NotContains(t, "\n"+strings.ReplaceAll(out.String(), ",", "\n"), "\n=", "a spreadsheet calculates nothing")
		require.Contains(t, out.String(), "'=1+1")
	}
}

func TestWriteRefuses(t *testing.T) {
	doc := read(t, "title\nFirst\n", exchange.Options{Name: "a.csv"})
	var out strings.Builder
	_, err := doc.Write(&out, "excel")
	require.ErrorIs(t, err, exchange.ErrInvalid)
	require.ErrorContains(t, err, "one of jira-csv")
	require.Empty(t, out.String())
	_, err = doc.Write(fullDisk{}, exchange.TableCSV)
	require.ErrorIs(t, err, errFull)
}

var errFull = errors.New("no space left")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// Every document that can be read can be written in every format, and what was written can be read.
func FuzzWrite(f *testing.F) {
	for _, text := range []string{
		"Issue key,Summary,Labels,Parent\nA-1,=1+1,\"a, b\",\nA-2,'=x,,A-1\n",
		"title;status;depends on\n\"A\";In Progress;B\nB;\"won't do\";A\n",
		`[{"number":1,"title":"a","state":"OPEN","labels":[{"name":"x, y"}]},{"number":2,"title":"a","parent":{"number":1}}]`,
		"{\"id\":\"a-1\",\"title\":\"- [ ] x\",\"status\":\"open\"}\n{\"id\":\"a-1.1\",\"title\":\"---\",\"dependencies\":[{\"depends_on_id\":\"a-1\"}]}\n",
		"- [ ] one\n  - [x] two\n", "---\nid: a\ntitle: \"b: c\"\n---\n## Description\n\n---\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
		if err != nil {
			return
		}
		for _, format := range exchange.Targets() {
			var out strings.Builder
			losses, err := doc.Write(&out, format)
			require.NoError(t, err, format)
			for _, loss := range losses {
				require.NotEmpty(t, loss.Reason)
			}
		}
	})
}

// What is written of a file of any format is found to be in the format that it is written in.
func TestWrittenIsDetected(t *testing.T) {
	for name, text := range samples(t) {
		doc := read(t, text, exchange.Options{})
		for _, format := range exchange.Targets() {
			var out strings.Builder
			_, err := doc.Write(&out, format)
			require.NoError(t, err)
			found, _ := exchange.Detect([]byte(out.String()), "")
			require.Equal(t, format, found, "%s\n%s", name, out.String())
		}
	}
}
