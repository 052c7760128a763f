package command_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story"
)

func TestIssues(t *testing.T) {
	long := `{"x":"` + strings.Repeat("a", command.MaxIssue) + `"}`
	doc := &command.Document{Name: "f", Text: "{\"id\":\"a\"}\r\n \n{}\n{\"id\":,}\n[1]\nnull\n{\n" + long}
	var numbers, good []int
	for line, fields := range doc.Issues() {
		numbers = append(numbers, line.Number)
		if fields != nil {
			good = append(good, line.Number)
		}
	}
	require.Equal(t, []int{1, 3, 4, 5, 6, 7, 8}, numbers)
	require.Equal(t, []int{1, 3}, good)
	require.EqualError(t, doc.Err(), `f:4:7: invalid character ',' looking for beginning of value, want a JSON object on this line
f:5:1: [1] is no issue, want a JSON object on this line
f:6:1: null is no issue, want a JSON object on this line
f:7:1: unexpected end of JSON input, want a JSON object on this line
f:8:1: 16777224 bytes on a line, want at most 16777216`)
	for range doc.Issues() {
		break
	}
}

func TestField(t *testing.T) {
	doc := &command.Document{Name: "f", Text: `{"id":"a","n":null,"size":"9","links":[{"to":1}]}`}
	for line, fields := range doc.Issues() {
		id, ok := command.Field[string](line, fields, command.Path{"id"}, "text")
		require.True(t, ok)
		require.Equal(t, "a", id)
		for _, name := range []string{"n", "absent"} {
			n, ok := command.Field[int](line, fields, command.Path{name}, "a number")
			require.True(t, ok)
			require.Zero(t, n)
		}
		size, ok := command.Field[int](line, fields, command.Path{"size"}, "a number")
		require.False(t, ok)
		require.Zero(t, size)
		links, ok := command.Field[[]command.Fields](line, fields, command.Path{"links"}, "a list")
		require.True(t, ok)
		_, ok = command.Field[string](line, links[0], command.Path{"links", 0, "to"}, "text")
		require.False(t, ok)
	}
	require.EqualError(t, doc.Err(), "f:1:27: size is \"9\", want a number\nf:1:46: to is 1, want text")
}

func TestIssueBlame(t *testing.T) {
	const data = ` {"a": {"id": 1, "b": [2]} , "id" : "x:,", "list": [ {"k":[[]]}, {"k": null} ], "two": 1, "two": {"k": 2, "k": 3}}`
	tests := map[string]struct {
		to   command.Path
		want string // what begins there
	}{
		"the whole":        {nil, `{"a"`},
		"not the nested":   {command.Path{"id"}, `"x:,"`},
		"in an object":     {command.Path{"a", "id"}, `1, "b"`},
		"in a list":        {command.Path{"list", 1, "k"}, `null`},
		"first of a list":  {command.Path{"list", 0, "k"}, `[[]]`},
		"no such field":    {command.Path{"list", 1, "z"}, `{"k": null`},
		"no such index":    {command.Path{"list", 2}, `[ {"k"`},
		"nothing below it": {command.Path{"id", "z"}, `"x:,"`},
		"the last of two":  {command.Path{"two"}, `{"k": 2`},
		"also below it":    {command.Path{"two", "k"}, `3}}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			doc := &command.Document{Name: "f", Text: data}
			for line := range doc.Issues() {
				line.Blame(test.to, "%d", 7)
			}
			column := strings.Index(data, test.want) + 1
			require.EqualError(t, doc.Err(), "f:1:"+strconv.Itoa(column)+": 7")
		})
	}
}

func TestKeyword(t *testing.T) {
	for text, want := range map[string]string{"": "", "Blocks": "blocks", "Parent-Child": "parent_child", "IN progress": "in_progress"} {
		require.Equal(t, want, command.Keyword(text), text)
	}
}

func TestStatusCategory(t *testing.T) {
	for status, want := range map[string]story.Category{
		"": story.Proposed, "open": story.Proposed, "blocked": story.Proposed, "whatever": story.Proposed,
		"in progress": story.Doing, "In-Review": story.Doing, "CLOSED": story.Completed, "resolved": story.Completed,
		"tombstone": story.Removed, "wontfix": story.Removed,
	} {
		require.Equal(t, want, command.StatusCategory(status), status)
	}
}
