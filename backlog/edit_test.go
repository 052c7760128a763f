package backlog_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// In every Edit nil leaves a field as it is: but for the ids, all of its fields are pointers that JSON
// leaves out where they are nil, and only there: omitzero would leave out a pointer to a zero value too.
func TestEditsHavePointers(t *testing.T) {
	seen := 0
	for _, test := range decisions() {
		kind := reflect.TypeOf(test.change)
		if !strings.HasPrefix(kind.Name(), "Edit") {
			continue
		}
		seen++
		for i := range kind.NumField() {
			one := kind.Field(i)
			if strings.Contains(one.Type.String(), "Identity") {
				continue
			}
			require.Equal(t, reflect.Pointer, one.Type.Kind(), "%s.%s", kind.Name(), one.Name)
			require.Contains(t, one.Tag.Get("json"), ",omitempty", "%s.%s", kind.Name(), one.Name)
			cleared := reflect.New(kind).Elem()
			cleared.Field(i).Set(reflect.New(one.Type.Elem()))
			if one.Type.Elem().Name() == "Verdict" || strings.Contains(one.Type.String(), "Status") {
				continue // whose zero value is no text
			}
			data, err := json.Marshal(cleared.Interface())
			require.NoError(t, err, "%s.%s", kind.Name(), one.Name)
			name, _, _ := strings.Cut(one.Tag.Get("json"), ",")
			require.Contains(t, string(data), `"`+name+`":`, "a pointer to the zero value is not lost")
		}
	}
	want := 0
	for name := range sourceKinds(t) {
		if strings.HasPrefix(name, "Edit") {
			want++
		}
	}
	require.Equal(t, want, seen)
}

// A pointer to the zero value clears a field, nil leaves it, and an Edit of nothing is refused.
func TestEditStory(t *testing.T) {
	l := product(t, backlog.Options{})
	was, _ := l.Story(storyID(1))
	l.do(po, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")})
	s, _ := l.Story(storyID(1))
	require.Equal(t, "More", s.Title)
	require.Equal(t, was.Narrative, s.Narrative)
	l.do(po, backlog.EditStory{Story: storyID(1), Narrative: backlog.Set(story.Narrative{})})
	s, _ = l.Story(storyID(1))
	require.Equal(t, "More", s.Title)
	require.True(t, s.Narrative.IsZero())

	_, err := l.Execute(backlog.EditStory{Story: storyID(1)}, po, l.At())
	require.ErrorIs(t, err, field.ErrInvalid)
	require.ErrorContains(t, err, "a value for one of the fields")
}

// What a caller does to the value behind a pointer reaches no event.
func TestEditIsClosed(t *testing.T) {
	l := product(t, backlog.Options{})
	title := "More"
	event, err := l.Execute(backlog.EditStory{Story: storyID(1), Title: &title}, po, l.At())
	require.NoError(t, err)
	before, err := json.Marshal(event)
	require.NoError(t, err)
	title = "Less"
	after, err := json.Marshal(event)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}
