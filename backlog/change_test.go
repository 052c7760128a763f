package backlog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/form"
)

// fitsFields reports how a JSON object differs from its description: a field that is not described, or
// one that is missing though it is required.
func fitsFields(t *testing.T, path string, data json.RawMessage, fields []form.Field) {
	t.Helper()
	var object map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(data, &object), path)
	for _, field := range fields {
		value, ok := object[field.Name]
		delete(object, field.Name)
		if !ok {
			require.False(t, field.Required, "%s.%s is required", path, field.Name)
			continue
		}
		fitsType(t, path+"."+field.Name, value, field)
	}
	require.Empty(t, object, "%s has fields that are not described", path)
}

func fitsType(t *testing.T, path string, value json.RawMessage, field form.Field) {
	t.Helper()
	if field.IsList {
		var list []json.RawMessage
		require.NoError(t, json.Unmarshal(value, &list), path)
		field.IsList = false
		for _, one := range list {
			fitsType(t, path, one, field)
		}
		return
	}
	switch field.Type {
	case form.Object:
		fitsFields(t, path, value, field.Fields)
	case form.Text, form.ID, form.Instant:
		var text string
		require.NoError(t, json.Unmarshal(value, &text), path)
		if len(field.Values) > 0 && text != "" {
			require.Contains(t, field.Values, text, path)
		}
	case form.Bool:
		require.Contains(t, []string{"true", "false"}, string(value), path)
	case form.Integer, form.Decimal:
		require.NotContains(t, "{[", string(value[:1]), path)
	case form.JSON:
	default:
		t.Errorf("%s: no type %q", path, field.Type)
	}
}

// What Kinds says of a change holds of the JSON of every change of random histories, and a change that is
// written and read is the same.
func TestKinds(t *testing.T) {
	t.Parallel()

	kinds, names := map[string]form.Kind{}, map[string]bool{}
	last := ""
	for _, kind := range form.Kinds() {
		require.Less(t, last, kind.Kind)
		last = kind.Kind
		kinds[kind.Kind], names[kind.Kind] = kind, true
		for _, field := range kind.Fields {
			require.NotEqual(t, form.JSON, field.Type, "a form of %s has no way to ask for %s", kind.Kind, field.Name)
		}
	}
	requireAllKinds(t, names)
	for seed := range uint64(min(*histories, 100)) {
		_, events := wander(t, seed, 80, nil)
		for _, event := range events {
			kind, data, err := backlog.EncodeChange(event.Change)
			require.NoError(t, err)
			require.Equal(t, event.Change.Kind(), kind)
			if kind != (backlog.Revert{}).Kind() {
				fitsFields(t, kind, data, kinds[kind].Fields)
			}
			read, err := backlog.DecodeChange(kind, data)
			require.NoError(t, err)
			_, again, err := backlog.EncodeChange(read)
			require.NoError(t, err)
			require.Equal(t, string(data), string(again))
		}
	}
}

func TestDecodeChangeRefused(t *testing.T) {
	for name, tt := range map[string]struct{ kind, data, want string }{
		"unknown kind": {"paint_story", `{}`, "unknown kind"},
		"no kind":      {"", `{}`, "unknown kind"},
		"long kind":    {strings.Repeat("x", 1<<20), `{}`, "unknown kind"},
		"no JSON":      {"accept_story", `{`, "accept_story"},
		"nothing":      {"accept_story", ``, "an object"},
		"null":         {"accept_story", `null`, "an object"},
		"a list":       {"accept_story", `[]`, "an object"},
		"two values":   {"accept_story", `{} {}`, "more than one"},
		"other field":  {"accept_story", `{"tale":""}`, "tale"},
		"field twice":  {"accept_story", `{"story":"","story":""}`, "story"},
		"no id":        {"accept_story", `{"story":"seven"}`, "seven"},
	} {
		t.Run(name, func(t *testing.T) {
			change, err := backlog.DecodeChange(tt.kind, []byte(tt.data))
			require.ErrorContains(t, err, tt.want)
			require.Less(t, len(err.Error()), 500)
			require.Nil(t, change)
		})
	}
	_, err := backlog.DecodeChange("x", nil)
	require.ErrorIs(t, err, backlog.ErrUnknownKind)
	_, _, err = backlog.EncodeChange(nil)
	require.Error(t, err)
	_, _, err = backlog.EncodeChange(&backlog.AcceptStory{})
	require.Error(t, err)
}

// A request names a kind and has the rest as JSON.
func ExampleDecodeChange() {
	b, otto, at := exampleBacklog("Dark mode")
	dark, _ := b.StoryAt(0)
	change, err := backlog.DecodeChange("drop_story", fmt.Appendf(nil, `{"story":%q,"reason":"the system has one"}`, dark.ID))
	if err != nil {
		panic(err)
	}
	_, err = b.Execute(change, otto, at)
	fmt.Println(err)

	_, err = backlog.DecodeChange("paint_story", nil)
	fmt.Println(errors.Is(err, backlog.ErrUnknownKind), err)
	// Output:
	// <nil>
	// true backlog: unknown kind of change "paint_story", want one of Changes
}
