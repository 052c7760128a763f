package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/examples/internal/command/commandtest"
)

// manyIssues are lines of a tracker of ordinary size: an epic for each twenty issues, links and texts.
func manyIssues(n int) string {
	var text strings.Builder
	for i := range n {
		kind, status := "task", []string{"open", "closed", "in_progress", "deferred"}[i%4]
		if i%20 == 0 {
			kind = "epic"
		}
		fmt.Fprintf(&text, `{"id":"app-%d","title":"Issue number %d of many","description":%q,"status":%q,"priority":%d,"issue_type":%q,`+
			`"created_at":"2025-11-%02dT13:58:03.123456Z","updated_at":"2025-11-24T13:58:03Z","labels":["api","web"],`+
			`"dependencies":[{"issue_id":"app-%d","depends_on_id":"app-%d","type":"blocks","created_at":"2025-11-24T13:58:03Z","created_by":"ann"},`+
			`{"issue_id":"app-%d","depends_on_id":"app-%d","type":"parent-child"}]}`+"\n",
			i, i, strings.Repeat("Some words about it. ", 15), status, i%5, kind, 1+i%28, i, max(0, i-7), i, i-i%20)
	}
	return text.String()
}

// BenchmarkTracker reports how long a file of issues takes, beside decoding its lines into a struct of what matters.
func BenchmarkTracker(b *testing.B) {
	text := manyIssues(20_000)
	file := commandtest.WriteFile(b, "a.jsonl", text)
	start := time.Now()
	for line := range strings.Lines(text) {
		var issue struct {
			ID, Title, Description, Status, Kind string
			Priority                             int
			Created                              time.Time `json:"created_at"`
			Updated                              time.Time `json:"updated_at"`
			Labels                               []string
			Dependencies                         []struct {
				Issue string `json:"issue_id"`
				Needs string `json:"depends_on_id"`
				Type  string
			}
		}
		require.NoError(b, json.Unmarshal([]byte(line), &issue))
	}
	decoding := time.Since(start)
	b.ReportAllocs()
	for b.Loop() {
		var stdout, stderr bytes.Buffer
		require.Equal(b, command.Success, run([]string{"-format", "json", file}, &stdout, &stderr), stderr.String())
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(decoding), "x-decoding")
}
