package prioritize_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func TestParseDecimal(t *testing.T) {
	for text, want := range map[string]string{"12": "12", "-0.50": "-0.5", "7\n": "7", "1e3": "1000", "+.5": "0.5"} {
		d, err := prioritize.ParseDecimal("reach", text)
		require.NoError(t, err, text)
		require.True(t, d.Equal(dec(want)), text)
	}
	for _, text := range []string{"", " ", "NaN", "nan", "Inf", "-Infinity", "1,5", "0x10", "one", "1e", "1 2", "1e2000", strings.Repeat("9", 101), strings.Repeat("9", 1<<20)} {
		_, err := prioritize.ParseDecimal("reach", text)
		require.ErrorIs(t, err, prioritize.ErrInvalid, text)
		require.Less(t, len(err.Error()), 300)
		require.Contains(t, err.Error(), "prioritize: reach is ")
	}
}

func TestAssessmentUnreadable(t *testing.T) {
	text := `{
		"cd3": {"cost_of_delay": "NaN", "duration": "Infinity", "other": "NaN"},
		"rice": {"reach": true, "confidence": "high", "effort": 2},
		"moscow": {"moscow": "perhaps"},
		"kano": {"responses": [{"functional": "like", "dysfunctional": "like"}, {"functional": "hate", "dysfunctional": 7}]},
		"theme_screening": {"marks": ["+", "?", "0", "!"]},
		"weighted": {"ratings": {"a": 1, "b": "none"}},
		"urgency": {"due": "soon", "tags": "home", "blocked": "no", "annotations": 1.5, "project": 3},
		"eisenhower": 3,
		"ice": {"impact": {"deep": {"deeper": {"deepest": 1}}}}
	}`
	a := fullAssessment()
	before, err := json.Marshal(a)
	require.NoError(t, err)
	err = json.Unmarshal([]byte(text), &a)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	requireProblems(t, err,
		`prioritize: cd3.cost_of_delay is "NaN", want a decimal number`,
		`prioritize: cd3.duration is "Infinity", want a decimal number`,
		`prioritize: eisenhower is "3", want an object`,
		`prioritize: ice.impact is "{\"deep\": {\"deeper\": {\"deepest\": 1}}}", want a decimal number`,
		`prioritize: kano.responses[1].dysfunctional is "7", want a text`,
		`prioritize: kano.responses[1].functional is "hate", want like, must-be, neutral, live-with or dislike`,
		`prioritize: moscow.moscow is "perhaps", want must, should, could or wont`,
		`prioritize: rice.confidence is "high", want a decimal number`,
		`prioritize: rice.reach is "true", want a decimal number`,
		`prioritize: theme_screening.marks[1] is "?", want +, 0 or -`,
		`prioritize: theme_screening.marks[3] is "!", want +, 0 or -`,
		`prioritize: urgency.annotations is "1.5", want a whole number`,
		`prioritize: urgency.blocked is "no", want true or false`,
		`prioritize: urgency.due is "soon", want an instant such as 2026-03-01T12:00:00Z`,
		`prioritize: urgency.project is "3", want a text`,
		`prioritize: urgency.tags is "home", want an array`,
		`prioritize: weighted.ratings.b is "none", want a decimal number`)
	after, err := json.Marshal(a)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after), "a failed decode changes nothing")
}

func TestAssessmentUnreadableIsBounded(t *testing.T) {
	deep := strings.Repeat(`{"x":`, 9000) + "1" + strings.Repeat("}", 9000)
	var a prioritize.Assessment
	err := json.Unmarshal([]byte(`{"cd3":{"duration":`+deep+`}}`), &a)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	require.Less(t, len(err.Error()), 200)
	err = json.Unmarshal([]byte(`{"cd3":{"duration":"`+strings.Repeat("x", 1<<20)+`"}}`), &a)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	require.Less(t, len(err.Error()), 200)
	require.Error(t, json.Unmarshal([]byte(`[]`), &a))
	require.NoError(t, json.Unmarshal([]byte(`null`), &a))
}

func ExampleParseDecimal() {
	_, err := prioritize.ParseDecimal("effort", "NaN")
	fmt.Println(err)
	// Output: prioritize: effort is "NaN", want a decimal number
}
