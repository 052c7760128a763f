package exchange_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// read reads text and holds the law of cells.
func read(t *testing.T, text string, options exchange.Options) *exchange.Document {
	t.Helper()
	doc, err := exchange.Read(strings.NewReader(text), options)
	require.NoError(t, err)
	requireCells(t, doc)
	return doc
}

// requireCells holds that every filled cell ends in one place, and that each loss has a reason.
func requireCells(t *testing.T, doc *exchange.Document) {
	t.Helper()
	require.Equal(t, doc.Cells, doc.Carried+doc.Custom+len(doc.Losses), "cells = carried + custom + losses")
	custom := len(doc.Values)
	for _, item := range doc.Items {
		custom += len(item.Custom)
		require.NotEmpty(t, item.Key)
		require.True(t, item.Level.IsValid())
		require.True(t, item.Category.IsValid())
	}
	require.Equal(t, custom, doc.Custom)
	for _, loss := range doc.Losses {
		require.NotEmpty(t, loss.Reason)
		require.NotEmpty(t, strings.TrimSpace(loss.Value))
	}
	for _, link := range doc.Links {
		require.True(t, link.Meaning.IsValid())
		require.NotEmpty(t, link.From)
		require.NotEmpty(t, link.To)
	}
}

// export returns a table of columns, each with its header first; missing cells are empty.
func export(columns [][]string) string {
	rows := 0
	for _, cells := range columns {
		rows = max(rows, len(cells))
	}
	var out strings.Builder
	for row := range rows {
		for i, cells := range columns {
			if i > 0 {
				out.WriteByte(',')
			}
			if row < len(cells) && cells[row] != "" {
				out.WriteString(`"` + strings.ReplaceAll(cells[row], `"`, `""`) + `"`)
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func TestPlainTable(t *testing.T) {
	doc := read(t, "\uFEFFID;Title;Status;Story Points;Due;Depends on;Odd\n"+
		"A-1;First;Done;2,5;27.3.2025;;x\n"+
		"A-2;\"Second; with\r\nmore\";In Progress;1.000;;A-1|A-9;\n"+
		";;;;;;\n", exchange.Options{Name: "export.csv"})
	require.Equal(t, exchange.TableCSV, doc.Format)
	require.Equal(t, 2, doc.Rows)
	require.Len(t, doc.Items, 2)
	require.Equal(t, "2.5", doc.Items[0].Points.Decimal.String())
	require.Equal(t, "1000", doc.Items[1].Points.Decimal.String())
	require.Equal(t, "2025-03-27T00:00:00Z", doc.Items[0].Due.Format("2006-01-02T15:04:05Z07:00"))
	require.Equal(t, "Second; with more", doc.Items[1].Title)
	require.Len(t, doc.Links, 2)
	require.Equal(t, exchange.DateCounts{Read: 1}, doc.Dates)
	require.Empty(t, doc.Warnings)
}
