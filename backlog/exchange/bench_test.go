package exchange_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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

func BenchmarkReadJira(b *testing.B) {
	const rows = 100_000
	text := jiraExport(rows)
	begin := time.Now()
	_, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(b, err)
	baseline := time.Since(begin) // encoding/csv, which only takes the table apart
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
		require.NoError(b, err)
		require.Len(b, doc.Items, rows)
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/baseline.Seconds(), "x-csv")
}
