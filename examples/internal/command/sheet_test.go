package command_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

func TestSheet(t *testing.T) {
	doc := &command.Document{Name: "f", Text: "title,votes.bob,odd,votes.ana\nA,1,2,3\nB,1\nC,1,2,3,4\n"}
	var s *command.Sheet
	for row, ok := range doc.Rows(command.AnyCell) {
		require.True(t, ok)
		if s == nil {
			s = command.NewSheet(len(row.Cells))
			for _, i := range []int{0, 1, 3} {
				s.Header[i], s.Columns[row.Cells[i]] = row.Cells[i], i
			}
			continue
		}
		require.Equal(t, row.Cells[0] == "A", s.Add(doc, row))
	}
	require.Len(t, s.Rows, 1)
	for column, want := range map[string]bool{
		"title": true, "votes.ana": true, "votes.NAME": true, "odd": false, "votes": false, "title.NAME": false, "": false,
	} {
		require.Equal(t, want, s.Has(column), column)
	}
	require.Equal(t, []string{"bob", "ana"}, s.Names("votes"))
	text, at, ok := s.Cell(0, "votes.ana")
	require.True(t, ok)
	require.Equal(t, "3", text)
	require.Equal(t, command.Place{Line: 2, Column: 7}, at)
	_, _, ok = s.Cell(0, "odd")
	require.False(t, ok)
	for range 2 {
		s.Blame(doc, at, "no")
	}
	require.EqualError(t, doc.Err(), "f:2:7: no\nf:3:3: 2 cells, want 4 as in the header\nf:4:9: 5 cells, want 4 as in the header")
}

func TestColumns(t *testing.T) {
	for column, want := range map[string]string{
		"votes.ana": "votes.NAME", "votes.a.b": "votes.NAME", "votes.NAME": "votes.NAME", "votes.": "", "votes": "", ".a": "", "": "",
	} {
		require.Equal(t, want, command.FamilyOf(column), column)
	}
	for field, want := range map[string]string{
		"effort": "effort", "counts.must_be": "must_be", `votes["a\"b"]`: `votes.a"b`, "marks[0]": "marks[0]",
	} {
		require.Equal(t, want, command.ColumnOf(field))
	}
	for want, columns := range map[string][]string{
		"": nil, "a is missing": {"a"}, "a and b are missing": {"a", "b"}, "a, b and c are missing": {"a", "b", "c"},
	} {
		require.Equal(t, want, command.Missing(columns))
	}
}

func TestParseCell(t *testing.T) {
	for text, want := range map[string]bool{"Yes": true, "x": true, "1": true, "NO": false, "-": false} {
		got, err := command.ParseYesOrNo(text)
		require.NoError(t, err)
		require.Equal(t, want, got, text)
	}
	_, err := command.ParseYesOrNo("")
	require.EqualError(t, err, "yes or no")

	n, err := command.ParseCount("-3")
	require.NoError(t, err)
	require.EqualValues(t, -3, n)
	_, err = command.ParseCount("1.0")
	require.EqualError(t, err, "a whole number")

	d, err := command.ParseNumber("-1e-3")
	require.NoError(t, err)
	require.Equal(t, "-0.001", d.String())
	for _, text := range []string{"", "x", "1,5", fmt.Sprintf("%01001d", 1)} {
		_, err = command.ParseNumber(text)
		require.ErrorContains(t, err, "a number such as 3 or 0.5", text)
	}

	require.Equal(t, "> 0", command.Wanted(&prioritize.FieldError{Want: "> 0"}))
	require.Equal(t, "a word", command.Wanted(errors.New("a word")))
}
