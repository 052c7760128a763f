//go:build unix

package exchange_test

import (
	"encoding/csv"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// jiraExport is an export of so many rows and 60 columns, 15 of them filled: some 600 bytes a row.
func jiraExport(rows int) string {
	var out strings.Builder
	out.WriteString("Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Created,Updated,Resolved," +
		"Fix versions,Due date,Labels,Labels,Description,Inward issue link (Blocks),Outward issue link (Blocks),Custom field (Story Points)," +
		"Custom field (Story point estimate),Sprint,Sprint,Sprint,Parent,Status Category")
	for i := 26; i < 60; i++ {
		fmt.Fprintf(&out, ",Custom field (Field %d)", i)
	}
	out.WriteByte('\n')
	text := strings.Repeat("Text of a description, with a comma. ", 10)
	for i := range rows {
		fmt.Fprintf(&out, "A summary of the item %d,SHOP-%d,%d,Story,In Progress,SHOP,High,,ana,%02d/Mar/25 9:%02d AM,%02d/Apr/25 9:05 AM,,",
			i, i, 10_000+i, i%28+1, i%60, i%28+1)
		fmt.Fprintf(&out, ",,red,blue,\"%s\nand \"\"more\"\"\",,SHOP-%d,%d.0,,Sprint %d,,,,In Progress,a value%s\n",
			text, (i+1)%rows, i%13, i/100, strings.Repeat(",", 33))
	}
	return out.String()
}

// processorTime is what the process has used so far: other programs do not disturb it.
func processorTime() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// BenchmarkReadJira reports the processor time of an export of 100,000 rows, beside encoding/csv, which only takes the table apart,
// and the largest heap while it was read. 2 s and 400 MB are wanted.
func BenchmarkReadJira(b *testing.B) {
	const rows = 100_000
	text := jiraExport(rows)
	begin := processorTime()
	_, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(b, err)
	baseline := processorTime() - begin
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	best := time.Hour
	for b.Loop() {
		begin := processorTime()
		doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
		best = min(best, processorTime()-begin)
		require.NoError(b, err)
		require.Len(b, doc.Items, rows)
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(best.Seconds(), "cpu-s")
	b.ReportMetric(best.Seconds()/baseline.Seconds(), "x-csv")
	b.ReportMetric(float64(after.HeapSys-before.HeapSys)/1e6, "heap-MB")
}

// BenchmarkHostile reports the processor time of the file that takes longest to read or refuse, and logs that of each, with
// the import where it is read. 1 s for 50 MB is wanted; files have 10, so that all of them are in memory.
func BenchmarkHostile(b *testing.B) {
	for b.Loop() {
		worst, name := time.Duration(0), ""
		for what, text := range hostile(10_000_000) {
			begin := processorTime()
			doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
			took := processorTime() - begin
			if took = took * 50e6 / time.Duration(len(text)); took > worst {
				worst, name = took, what
			}
			var outcome string
			if err == nil {
				begin := processorTime()
				_, _, err := doc.Import(newView(b), doc.Mapping())
				outcome = fmt.Sprintf("%d items, %d links, import %v %v", len(doc.Items), len(doc.Links), (processorTime() - begin).Round(time.Millisecond), err)
			} else {
				outcome = err.Error()
			}
			b.Logf("%-32s %4d MB %5d ms for 50  %.90s", what, len(text)/1e6, took.Milliseconds(), outcome)
			runtime.GC()
		}
		b.ReportMetric(worst.Seconds(), "cpu-s/50MB")
		b.Logf("the longest: %s", name)
	}
}

func newView(b *testing.B) *backlog.View {
	b.Helper()
	empty, err := backlog.New(backlog.Options{})
	require.NoError(b, err)
	return empty.View()
}
