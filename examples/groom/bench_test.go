//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"syscall"
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
		link := "blocks"
		if i%20 <= 7 { // of another epic
			link = "related"
		}
		fmt.Fprintf(&text, `{"id":"app-%d","title":"Issue number %d of many","description":%q,"status":%q,"priority":%d,"issue_type":%q,`+
			`"created_at":"2025-11-%02dT13:58:03.123456Z","updated_at":"2025-11-24T13:58:03Z","labels":["api","web"],`+
			`"dependencies":[{"issue_id":"app-%d","depends_on_id":"app-%d","type":%q,"created_at":"2025-11-24T13:58:03Z","created_by":"ann"},`+
			`{"issue_id":"app-%d","depends_on_id":"app-%d","type":"parent-child"}]}`+"\n",
			i, i, strings.Repeat("Some words about it. ", 15), status, i%5, kind, 1+i%28, i, max(0, i-7), link, i, i-i%20)
	}
	return text.String()
}

// processorTime is what the process has used so far: other programs do not disturb it.
func processorTime() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkTracker reports the processor time of a file of 100,000 issues, beside decoding its lines into a struct of what
// matters; each is the best of as many runs, in turn. 3 times that is wanted.
func BenchmarkTracker(b *testing.B) {
	text := manyIssues(100_000)
	file := commandtest.WriteFile(b, "a.jsonl", text)
	decoding, best := time.Hour, time.Hour
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		start := processorTime()
		decodeLines(b, text)
		decoding = min(decoding, processorTime()-start)
		b.StartTimer()

		var stdout, stderr bytes.Buffer
		start = processorTime()
		require.Equal(b, command.Success, run([]string{"-format", "json", file}, &stdout, &stderr), stderr.String())
		best = min(best, processorTime()-start)
	}
	b.ReportMetric(best.Seconds(), "cpu-s")
	b.ReportMetric(best.Seconds()/decoding.Seconds(), "x-decoding")
}

func decodeLines(b *testing.B, text string) {
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
}
