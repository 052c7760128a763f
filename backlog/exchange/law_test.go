package exchange_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

var (
	lawHeaders = strings.Split("Issue key,Summary,Issue id,Issue Type,Status,Status Category,Resolution,Priority,Assignee,Labels,Created,Updated,Resolved,"+
		"Due date,Original estimate,Time Spent,Story Points,Sprint,Fix versions,Description,Parent,Parent id,Custom field (Epic Link),"+
		"Inward issue link (Blocks),Outward issue link (Blocks),Outward issue link (Relates),Custom field (A),Custom field (B),Comment,Odd,", ",")
	lawCells = []string{
		"", "", "", "", " ", "A-1", "A-2", "A-3", "100", "a, b", "3/4/2025", "27/Mar/25 9:05 AM", "2025-03-27", "soon", "5", "5,2", "1.200", "many", "20-30",
		"3600", "2h 30m", "Done", "To Do", "Won't Fix", "Highest", "Story", "Sub-task", "text\nof two lines", `"quoted"`, "=1+1", "true", "-", "n/a",
		"\u00A0", "\u200B", "A-1, A-9", "0001-01-01", "* one\n* two", "ÿ", "日本",
	}
)

// Whatever stands in the cells of a table, each filled one ends in exactly one place; the reader and the writer of the
// test agree on how many there are.
func TestLawOfCells(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		rows, filled, text := randomTable(rng)
		doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
		if err != nil {
			require.ErrorIs(t, err, exchange.ErrBroken, text)
			continue
		}
		requireCells(t, doc)
		require.Equal(t, filled, doc.Cells, text)
		require.Equal(t, rows, doc.Rows, text)
		again, err := exchange.Read(strings.NewReader(text), exchange.Options{})
		require.NoError(t, err)
		require.Equal(t, doc, again, "the same file is the same document")
	}
}

// randomTable returns a table of Jira, and how many of its rows and cells are filled.
func randomTable(rng *rand.Rand) (rows, filled int, text string) {
	headers := []string{"Issue key"}
	for range rng.IntN(12) {
		headers = append(headers, lawHeaders[rng.IntN(len(lawHeaders))])
	}
	rng.Shuffle(len(headers), func(i, j int) { headers[i], headers[j] = headers[j], headers[i] })
	columns := make([][]string, len(headers)+rng.IntN(2))
	for range 1 + rng.IntN(6) {
		isFilled := false
		for i := range columns {
			cell := lawCells[rng.IntN(len(lawCells))]
			if strings.TrimSpace(cell) != "" {
				filled++
				isFilled = true
			}
			columns[i] = append(columns[i], cell)
		}
		if isFilled {
			rows++
		}
	}
	for i := range columns {
		header := ""
		if i < len(headers) {
			header = headers[i]
		}
		columns[i] = append([]string{header}, columns[i]...)
	}
	return rows, filled, export(columns)
}

// The order of the rows changes nothing but the order of the items, as long as no two have one key.
func TestLawOfOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	const header = "Issue key,Summary,Status,Created,Story Points,Parent,Inward issue link (Blocks)\n"
	for range 300 {
		var rows []string
		for _, key := range []string{"A-1", "A-2", "A-3", "A-4"} {
			cells := []string{key}
			for range 6 {
				cells = append(cells, `"`+strings.ReplaceAll(lawCells[rng.IntN(len(lawCells))], `"`, `""`)+`"`)
			}
			rows = append(rows, strings.Join(cells, ",")+"\n")
		}
		one := read(t, header+strings.Join(rows, ""), exchange.Options{})
		rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		other := read(t, header+strings.Join(rows, ""), exchange.Options{})
		require.Equal(t, plain(one.Items), plain(other.Items))
		require.Equal(t, [3]int{one.Cells, one.Carried, one.Custom}, [3]int{other.Cells, other.Carried, other.Custom})
		require.Equal(t, one.Dates, other.Dates)
		require.Len(t, other.Links, len(one.Links))
	}
}

// plain returns the items by key, without their rows.
func plain(items []exchange.Item) []exchange.Item {
	items = slices.Clone(items)
	for i := range items {
		items[i].Row = 0
	}
	slices.SortFunc(items, func(a, b exchange.Item) int { return strings.Compare(a.Key, b.Key) })
	return items
}

// Tables that are written by the rules are taken apart as package encoding/csv does, whatever stands in their cells.
func TestLikeEncodingCSV(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	pieces := []string{"a", "b ", " c", `"`, `""`, ",", ";", "\t", "\n", "\r\n", "é", "'", "=", "日", "sep=;"}
	for range 1500 {
		separator := []rune{',', ';', '\t'}[rng.IntN(3)]
		var text strings.Builder
		out := csv.NewWriter(&text)
		out.Comma, out.UseCRLF = separator, rng.IntN(2) == 0
		require.NoError(t, out.Write([]string{"Issue key", "Summary", "One", "Two"}))
		rows := 1 + rng.IntN(5)
		for row := range rows {
			cells := []string{fmt.Sprintf("A-%d", row), "Title"}
			for range 2 {
				cell := "x" // no number, no date, no formula
				for range rng.IntN(8) {
					cell += pieces[rng.IntN(len(pieces))]
				}
				cells = append(cells, cell+"x")
			}
			require.NoError(t, out.Write(cells))
		}
		out.Flush()
		in := csv.NewReader(strings.NewReader(text.String()))
		in.Comma = separator
		want, err := in.ReadAll()
		require.NoError(t, err)

		doc := read(t, text.String(), exchange.Options{})
		require.Len(t, doc.Items, rows, text.String())
		for i, item := range doc.Items {
			require.Len(t, item.Custom, 2)
			for c, value := range item.Custom {
				require.Equal(t, want[i+1][c+2], strings.ReplaceAll(value.Text, "\r\n", "\n"), text.String()) // as encoding/csv has it
			}
		}
	}
}
