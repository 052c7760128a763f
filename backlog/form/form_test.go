package form_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/form"
)

// A form asks for the fields of a kind.
func ExampleKinds() {
	for _, kind := range form.Kinds() {
		if kind.Kind != "relate_stories" {
			continue
		}
		for _, field := range kind.Fields {
			fmt.Println(field.Name, field.Type, field.Of, field.Values, field.Required)
		}
	}
	// Output:
	// story id story [] true
	// how text backlog.RelationKind [relates_to duplicates excludes] true
	// other id story [] true
	// reason text  [] false
}

// samples are JSON of each type that holds a value other than zero.
var samples = map[form.Type]any{
	form.Text: "a", form.ID: "0190c8e1-5555-7abc-8def-000000000001", form.Instant: "2027-05-04T03:02:01Z",
	form.Decimal: "1.5", form.Integer: 1.0, form.Bool: true,
}

// texts are samples of the types whose texts have a form that is described with them.
var texts = map[string]string{
	"backlog.Lag": "72h0m0s", "roadmap.Target": "-20 %", "backlog.OrderPlace": "first",
	"story.Estimate": "3", "story.Language": "de",
}

// filled returns an object with all fields that a form can ask for, and with one item in each list.
func filled(fields []form.Field) map[string]any {
	object := make(map[string]any)
	for _, field := range fields {
		value := samples[field.Type]
		switch {
		case field.Type == form.JSON:
			continue
		case field.Type == form.Object:
			value = filled(field.Fields)
		case texts[field.Of] != "":
			value = texts[field.Of]
		case field.Values != nil:
			value = field.Values[len(field.Values)-1]
		}
		if field.IsList {
			value = []any{value}
		}
		object[field.Name] = value
	}
	return object
}

// least returns an object with what is required and has no text for its zero value.
func least(fields []form.Field) map[string]any {
	object := make(map[string]any)
	for _, field := range fields {
		switch {
		case !field.Required || field.IsList:
		case field.Type == form.Object:
			object[field.Name] = least(field.Fields)
		case field.Values != nil || texts[field.Of] != "":
			object[field.Name] = filled([]form.Field{field})[field.Name]
		}
	}
	return object
}

// encoded returns the JSON of what a change of a kind reads from an object.
func encoded(t *testing.T, kind string, object map[string]any) map[string]any {
	t.Helper()
	data, err := json.Marshal(object)
	require.NoError(t, err)
	change, err := backlog.DecodeChange(kind, data)
	require.NoError(t, err, "%s %.2000s", kind, data)
	_, data, err = backlog.EncodeChange(change)
	require.NoError(t, err, "%s %.2000s", kind, data)
	again := make(map[string]any)
	require.NoError(t, json.Unmarshal(data, &again))
	return again
}

// requireFields checks that an object has the fields that a form describes: all of them, or those that are required.
func requireFields(t *testing.T, at string, fields []form.Field, object map[string]any, all bool) {
	t.Helper()
	for _, field := range fields {
		path := at + "." + field.Name
		value, has := object[field.Name]
		delete(object, field.Name)
		if field.Type != form.JSON || !all {
			require.Equal(t, all || field.Required, has, path)
		}
		switch {
		case field.Type == form.Object:
			if list, is := value.([]any); is && len(list) > 0 {
				require.True(t, field.IsList, path)
				value = list[0]
			}
			if within, is := value.(map[string]any); is {
				requireFields(t, path, field.Fields, within, all)
			} else {
				require.False(t, all, path)
			}
		case has && all && field.Type != form.JSON:
			require.Equal(t, filled([]form.Field{field})[field.Name], value, path)
		}
	}
	require.Empty(t, object, at)
}

// What is filled in for all that the forms describe is read, and written again with the same fields and values. What
// JSON writes of a change with as little as can be is what is required.
func TestFormsAreTheJSON(t *testing.T) {
	kinds := form.Kinds()
	require.Len(t, kinds, len(backlog.Changes()))
	for _, kind := range kinds {
		require.NotNil(t, kind.Fields, kind.Kind)
		if kind.Kind == (backlog.Revert{}).Kind() {
			require.Empty(t, kind.Fields)
			continue
		}
		requireFields(t, kind.Kind, kind.Fields, encoded(t, kind.Kind, filled(kind.Fields)), true)
		requireFields(t, kind.Kind, kind.Fields, encoded(t, kind.Kind, least(kind.Fields)), false)
	}
}

// described returns each type of field that the forms have once, with what follows from it.
func described(fields []form.Field, into []string) []string {
	for _, field := range fields {
		text := string(field.Type)
		if field.Of != "" {
			text += " of " + field.Of
		}
		if field.Values != nil {
			text += ": " + strings.Join(field.Values, " ")
		}
		if field.Type != form.Object { // which says it by its fields
			into = append(into, text)
		}
		into = described(field.Fields, into)
	}
	return into
}

// The types of fields, and the texts of the closed sets.
func TestTypes(t *testing.T) {
	var all []string
	for _, kind := range form.Kinds() {
		all = described(kind.Fields, all)
	}
	slices.Sort(all)
	require.Equal(t, strings.Split(types, "\n"), slices.Compact(all))
}

const types = `bool
decimal
id of activity
id of criterion
id of epic
id of feature
id of goal
id of horizon
id of impediment
id of increment
id of insight
id of keyresult
id of proposal
id of question
id of release
id of risk
id of sprint
id of step
id of story
id of task
id of theme
instant
integer
json
json of roadmap.BusinessValue
text
text of backlog.Lag
text of backlog.OrderPlace
text of backlog.Permission
text of backlog.RelationKind: relates_to duplicates excludes
text of backlog.Role
text of backlog.SprintStatus: planned active closed cancelled
text of prioritize.KanoAnswer: like must-be neutral live-with dislike
text of prioritize.MoSCoWCategory: must should could wont
text of prioritize.ThemeMark: + 0 -
text of roadmap.FeatureStatus: open accepted dropped
text of roadmap.GoalStatus: planned active fulfilled dropped
text of roadmap.HypothesisVerdict: validated refuted inconclusive
text of roadmap.InsightSource
text of roadmap.Level: capability epic
text of roadmap.ReleaseStatus: planned shipped
text of roadmap.RiskStatus: open owned mitigated accepted resolved
text of roadmap.Stage: introduction growth maturity decline
text of roadmap.Target
text of story.Class
text of story.Estimate
text of story.Kind
text of story.Language
text of story.Status
text of story.Team
text of story.Verdict: met unmet`
