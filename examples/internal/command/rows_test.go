package command_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

func TestRows(t *testing.T) {
	doc := &command.Document{Name: "f", Text: "a, b ,\r\n\n\"c\n\"\"d\"\"\",é,\t\n\n"}
	var rows []command.Row
	for row, ok := range doc.Rows(command.AnyCell) {
		require.True(t, ok)
		rows = append(rows, row)
	}
	require.NoError(t, doc.Err())
	require.Equal(t, []command.Row{
		{Cells: []string{"a", "b", ""}, At: []command.Place{{Line: 1, Column: 1}, {Line: 1, Column: 3}, {Line: 1, Column: 7}}},
		{Cells: []string{"c\n\"d\"", "é", ""}, At: []command.Place{{Line: 3, Column: 1}, {Line: 4, Column: 8}, {Line: 4, Column: 11}}},
	}, rows)
}

// How a table is written does not matter.
func TestRowsInDialects(t *testing.T) {
	for _, text := range []string{"a;b\nc;\"d;e\"\n", "a\tb\r\nc\td;e\n", "sep=;\na;b\n;\nc;\"d;e\"\n"} {
		doc := &command.Document{Name: "f", Text: text}
		var cells [][]string
		for row := range doc.Rows(command.AnyCell) {
			cells = append(cells, row.Cells)
		}
		require.NoError(t, doc.Err())
		require.Equal(t, [][]string{{"a", "b"}, {"c", "d;e"}}, cells, text)
	}
}

// A quote that never closes is the end of the walk, and so is a caller who has seen enough; one inside a cell is none.
func TestRowsEnd(t *testing.T) {
	doc := &command.Document{Name: "f", Text: "a,b \"x\" c\nc,\"d\ne,f\n"}
	var oks []bool
	for _, ok := range doc.Rows("no quotes") {
		oks = append(oks, ok)
	}
	require.Equal(t, []bool{true, false}, oks)
	require.EqualError(t, doc.Err(), "f:2:3: a quote that never closes, want no quotes")

	doc = &command.Document{Name: "f", Text: doc.Text}
	for range doc.Rows("no quotes") {
		break
	}
	require.NoError(t, doc.Err())
	for range (&command.Document{}).Rows("no quotes") {
		t.Fatal("there are no rows")
	}
}
