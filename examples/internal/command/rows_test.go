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

func TestCommaHint(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "title": "", "\ttitle\n": "", "a;b,c": "", "a\nb;c": "", "a,b;c\td": "",
		"\r\na;b\r\nc,d": " (columns are separated by commas, not by semicolons)",
		"a\tb;c":         " (columns are separated by commas, not by semicolons)",
		"a\tb\n":         " (columns are separated by commas, not by tabs)",
	} {
		require.Equal(t, want, (&command.Document{Text: text}).CommaHint(), "%q", text)
	}
	doc := &command.Document{Name: "f", Text: "\"a\";\"b\"\n"}
	for range doc.Rows("no quotes") {
	}
	require.EqualError(t, doc.Err(), "f:1:3: a quote that does not fit in the row from line 1 "+
		"(columns are separated by commas, not by semicolons), want no quotes")
}

// A stray quote is the end of the walk, and so is a caller who has seen enough.
func TestRowsEnd(t *testing.T) {
	doc := &command.Document{Name: "f", Text: "a,b\nc,d\"\ne,f\n"}
	var oks []bool
	for _, ok := range doc.Rows("no quotes") {
		oks = append(oks, ok)
	}
	require.Equal(t, []bool{true, false}, oks)
	require.EqualError(t, doc.Err(), "f:2:4: a quote that does not fit in the row from line 2, want no quotes")

	doc = &command.Document{Name: "f", Text: doc.Text}
	for range doc.Rows("no quotes") {
		break
	}
	require.NoError(t, doc.Err())
	for range (&command.Document{}).Rows("no quotes") {
		t.Fatal("there are no rows")
	}
}
