package story_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// What does not fit is named with its path.
func TestDetailsValidate(t *testing.T) {
	long := strings.Repeat("x", field.MaxText+1)
	bad := story.Details{
		Key: " SHOP-1", Kind: "a\nb", Labels: story.ListOf(""), Description: long, Assignee: "\x00", Due: time.Unix(1<<40, 0),
		Data: story.ListOf(story.DataValue{Value: long}), Past: story.Past{Done: time.Unix(1<<40, 0)},
	}
	var paths []string
	for problem := range field.All(bad.Validate()) {
		paths = append(paths, problem.Field)
	}
	require.Equal(t, []string{
		"key", "kind", "labels[0]", "description", "assignee", "due", "data[0].name", "data[0].value", "past.done",
	}, paths)
	require.NoError(t, story.Details{}.Validate())
}

// One wrong field is one error; a list at its limit is accepted, and one beyond it is one error.
func TestDetailsRefusals(t *testing.T) {
	const title, text = "1 to 500 bytes of text on one line", "at most 100000 bytes of UTF-8 text"
	const instant = "an instant in the years 1 to 9999, in a zone of whole minutes below 24 hours from UTC"
	late := time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	labels := func(n int) story.Details {
		return story.Details{Labels: story.ListOf(strings.Fields(strings.Repeat("web ", n))...)}
	}
	data := func(n int) story.Details {
		return story.Details{Data: story.ListOf(slices.Repeat([]story.DataValue{{Name: "Severity"}}, n)...)}
	}
	// What is beyond the limit is not looked at.
	bad := data(story.MaxData).Data.Slice()
	testRefusals(t, map[string]refusal{
		"key with a blank before":   {story.Details{Key: " A-1"}, `story: key is " A-1", want a key without blanks around it`},
		"key with a blank behind":   {story.Details{Key: "A-1\u00a0"}, `story: key is "A-1\u00a0", want a key without blanks around it`},
		"key of two lines":          {story.Details{Key: "A\n1"}, `story: key is "A\n1", want ` + title},
		"kind":                      {story.Details{Kind: "a\nb"}, `story: kind is "a\nb", want ` + title},
		"class":                     {story.Details{Class: "a\nb"}, `story: class is "a\nb", want ` + title},
		"description":               {story.Details{Description: "a\x00"}, `story: description is "a\x00", want ` + text},
		"assignee":                  {story.Details{Assignee: "a\nb"}, `story: assignee is "a\nb", want ` + title},
		"requester":                 {story.Details{Requester: "a\nb"}, `story: requester is "a\nb", want ` + title},
		"segment":                   {story.Details{Segment: "a\nb"}, `story: segment is "a\nb", want ` + title},
		"not before":                {story.Details{NotBefore: late}, `story: not_before is "10000-01-01T00:00:00Z", want ` + instant},
		"due":                       {story.Details{Due: late}, `story: due is "10000-01-01T00:00:00Z", want ` + instant},
		"created":                   {story.Details{Past: story.Past{Created: late}}, `story: past.created is "10000-01-01T00:00:00Z", want ` + instant},
		"started":                   {story.Details{Past: story.Past{Started: late}}, `story: past.started is "10000-01-01T00:00:00Z", want ` + instant},
		"done":                      {story.Details{Past: story.Past{Done: late}}, `story: past.done is "10000-01-01T00:00:00Z", want ` + instant},
		"most labels":               {labels(story.MaxLabels), ""},
		"too many labels":           {labels(story.MaxLabels + 1), `story: labels is "1001", want at most 1000 of them`},
		"bad label beyond them":     {story.Details{Labels: story.ListOf(append(labels(story.MaxLabels).Labels.Slice(), "", "")...)}, `story: labels is "1002", want at most 1000 of them`},
		"bad label, the last":       {story.Details{Labels: story.ListOf(append(labels(story.MaxLabels-1).Labels.Slice(), "")...)}, `story: labels[999] is "", want ` + title},
		"most data":                 {data(story.MaxData), ""},
		"too much data":             {data(story.MaxData + 1), `story: data is "1001", want at most 1000 of them`},
		"bad data beyond it":        {story.Details{Data: story.ListOf(append(bad, story.DataValue{}, story.DataValue{})...)}, `story: data is "1002", want at most 1000 of them`},
		"bad data, the last":        {story.Details{Data: story.ListOf(append(bad[1:], story.DataValue{})...)}, `story: data[999].name is "", want ` + title},
		"type of a value":           {story.DataValue{Name: "Severity", Type: "a\nb"}, `story: type is "a\nb", want ` + title},
		"value":                     {story.DataValue{Name: "Severity", Value: "a\x00"}, `story: value is "a\x00", want ` + text},
		"a value of a host's own":   {story.DataValue{Name: "Severity", Type: "number", Value: "two\nlines"}, ""},
		"a class of a host's own":   {story.Class("by hand"), ""},
		"a kind of a host's own":    {story.Kind("by hand"), ""},
		"a past in whichever order": {story.Past{Created: late.AddDate(-1, 0, 0), Done: late.AddDate(-2, 0, 0)}, ""},
	})
}

// A Const is copied like a number, and JSON gives it back.
func TestConst(t *testing.T) {
	details := story.Details{Key: "SHOP-1", Labels: story.ListOf("web"), Due: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)}
	c := story.ConstOf(details)
	details.Key = "SHOP-2"
	require.Equal(t, "SHOP-1", c.Value().Key)
	data, err := json.Marshal(c)
	require.NoError(t, err)
	var again story.Const[story.Details]
	require.NoError(t, json.Unmarshal(data, &again))
	require.True(t, c.EqualFunc(again, story.Details.Equal))

	require.Error(t, json.Unmarshal([]byte(`{"key":"SHOP-3","colour":"red"}`), &again))
	require.Equal(t, "SHOP-1", again.Value().Key)
	require.NoError(t, json.Unmarshal([]byte(`{}`), &again))
	require.True(t, again.IsZero())
	require.True(t, story.ConstOf(story.Details{}).IsZero())
}
