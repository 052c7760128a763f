package roadmap_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

var (
	someID = uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
	day    = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
)

func checkout(actual ...string) roadmap.Goal {
	goal := roadmap.Goal{
		ID: roadmap.GoalID(someID), Title: "Reduce checkout time by 20 % this quarter",
		Metric: roadmap.Metric{Name: "checkout time", Unit: "s", Baseline: dec("100"), Target: roadmap.Relative(dec("-20"))},
		Start:  day, Due: day.AddDate(0, 3, 0), Status: roadmap.GoalActive,
	}
	for i, value := range actual {
		goal.Measurements = append(goal.Measurements, roadmap.Measurement{At: day.AddDate(0, 0, i), Value: dec(value)})
	}
	return goal
}

func TestGoalProgress(t *testing.T) {
	for name, test := range map[string]struct {
		goal  roadmap.Goal
		ratio string // at four decimals, "" where undefined
		met   bool
	}{
		"golden case goal-001":    {checkout("95", "85"), "0.75", false},
		"goal-001, met at 80":     {checkout("80"), "1", true},
		"goal-001, overshoot":     {checkout("78"), "1.1", true},
		"the wrong way":           {checkout("110"), "-0.5", false},
		"not measured yet":        {checkout(), "0", false},
		"no metric":               {roadmap.Goal{}, "", false},
		"a third is rounded once": {checkout("93.3333"), "0.3333", false},
		"half-up": {roadmap.Goal{
			Metric:       roadmap.Metric{Name: "x", Target: roadmap.Absolute(dec("80000"))},
			Measurements: []roadmap.Measurement{{Value: dec("1")}, {Value: dec("4")}},
		}, "0.0001", false},
	} {
		t.Run(name, func(t *testing.T) {
			ratio, ok := test.goal.Progress().Ratio(4)
			require.Equal(t, test.ratio != "", ok)
			if ok {
				require.Equal(t, test.ratio, ratio.String())
			}
			require.Equal(t, test.met, test.goal.Progress().IsComplete())
		})
	}
	target := checkout().Metric.Target.Of(dec("100"))
	require.Equal(t, "80", target.String())
}

func TestTargetText(t *testing.T) {
	for text, want := range map[string]string{"80": "80", "-20 %": "-20 %", "+20%": "+20 %", "20 %": "+20 %", "0.50": "0.5"} {
		var target roadmap.Target
		require.NoError(t, target.UnmarshalText([]byte(text)))
		require.Equal(t, want, target.String())
	}
	for _, text := range []string{"", "%", "x %", "1e999999999", "NaN", "20 % 3"} {
		target := roadmap.Absolute(dec("7"))
		require.ErrorIs(t, target.UnmarshalText([]byte(text)), field.ErrInvalid, text)
		require.Equal(t, "7", target.String())
	}
}

func TestGoalJSON(t *testing.T) {
	data, err := json.Marshal(checkout("85"))
	require.NoError(t, err)
	var read roadmap.Goal
	require.NoError(t, json.Unmarshal(data, &read))
	again, err := json.Marshal(read)
	require.NoError(t, err)
	require.Equal(t, string(data), string(again))
	require.Contains(t, string(data), `"target":"-20 %"`)
}

func TestGoalValidate(t *testing.T) {
	require.NoError(t, checkout("85", "80").Validate())
	goal := checkout("85", "80")
	goal.Title = ""
	goal.Metric.Target = roadmap.Relative(dec("0"))
	goal.Due = day
	goal.Measurements[1].At = day.AddDate(0, 0, -1)
	goal.Measurements[0].Value = decimal.New(1, 1_000_000_000)
	goal.Status = 9
	err := goal.Validate()
	require.ErrorIs(t, err, field.ErrInvalid)
	for _, words := range []string{
		"goal.title", "goal.metric.target", "another value than the baseline, 100", "goal.due", "measurements[0].value",
		"measurements[1].at", "goal.status",
	} {
		require.ErrorContains(t, err, words)
	}
	bare := checkout("85")
	bare.Metric = roadmap.Metric{}
	require.ErrorContains(t, bare.Validate(), "none while there is no metric")
}

func TestHorizon(t *testing.T) {
	q1 := roadmap.Horizon{ID: roadmap.HorizonID(someID), Name: "2027 Q1", From: day, To: day.AddDate(0, 3, 0)}
	q2 := roadmap.Horizon{ID: roadmap.HorizonID(someID), Name: "2027 Q2", From: q1.To, To: day.AddDate(0, 6, 0)}
	now := roadmap.Horizon{ID: roadmap.HorizonID(someID), Name: "now"}
	for _, horizon := range []roadmap.Horizon{q1, q2, now} {
		require.NoError(t, horizon.Validate())
	}
	require.False(t, q1.Overlaps(q2), "a period ends before its last instant")
	require.False(t, q1.Overlaps(now))
	q2.From = q2.From.Add(-1)
	require.True(t, q1.Overlaps(q2))
	require.ErrorIs(t, roadmap.Horizon{ID: now.ID, Name: "half", To: day}.Validate(), field.ErrInvalid)
	require.ErrorIs(t, roadmap.Horizon{ID: now.ID, Name: "back", From: day, To: day}.Validate(), field.ErrInvalid)
}

func TestStatement(t *testing.T) {
	// Golden case vision-001.
	statement := roadmap.Statement{
		For: "target customer", Who: "need", Product: "product", Category: "category",
		Benefit: "key benefit", Unlike: "alternative", Differentiation: "differentiation",
	}
	require.Equal(t, "For target customer who need, the product is a category that key benefit. "+
		"Unlike alternative, our product differentiation.", statement.String())
	require.Empty(t, statement.Missing())
	sentence, err := statement.Sentence()
	require.NoError(t, err)
	require.Equal(t, statement.String(), sentence)

	// Slots that are empty are named, in the error and in the text.
	partial := roadmap.Statement{For: "clubs", Product: "Purse ", Unlike: " "}
	require.Equal(t, "for clubs, product Purse (missing who, category, benefit, unlike, differentiation)", partial.String())
	_, err = partial.Sentence()
	require.ErrorIs(t, err, field.ErrInvalid)
	var missing []string
	for problem := range field.All(err) {
		missing = append(missing, strings.TrimPrefix(problem.Field, "statement."))
	}
	require.Equal(t, partial.Missing(), missing)
	require.Zero(t, roadmap.Statement{}.String())
	require.Equal(t, []string{"who", "unlike"}, roadmap.Statement{
		For: "x", Product: "x", Category: "x", Benefit: "x", Differentiation: "x",
	}.Missing())
}

func TestFeatureAndVisionValidate(t *testing.T) {
	require.ErrorContains(t, roadmap.Vision{}.Validate(), "vision.text")
	require.NoError(t, roadmap.Vision{Text: "Everybody knows what they spend."}.Validate())
	feature := roadmap.Feature{Criteria: story.ListOf(story.Criterion{}), Status: 9}
	err := feature.Validate()
	for _, words := range []string{"feature.id", "feature.title", "feature.criteria[0].text", "feature.status"} {
		require.ErrorContains(t, err, words)
	}
}

func TestStatusTexts(t *testing.T) {
	for status := roadmap.GoalPlanned; status <= roadmap.GoalDropped; status++ {
		text, err := status.MarshalText()
		require.NoError(t, err)
		var read roadmap.GoalStatus
		require.NoError(t, read.UnmarshalText(text))
		require.Equal(t, status, read)
	}
	var status roadmap.FeatureStatus
	require.ErrorContains(t, status.UnmarshalText([]byte("asleep")), "one of open, accepted, dropped")
	_, err := roadmap.FeatureStatus(9).MarshalText()
	require.ErrorIs(t, err, field.ErrInvalid)
	require.Equal(t, " FeatureStatus(9) Trend(7) improving", fmt.Sprint(status, roadmap.FeatureStatus(9), roadmap.Trend(7), roadmap.Improving))
}

func FuzzTarget(f *testing.F) {
	for _, text := range []string{"80", "-20 %", "+1e5%", "1e999999999 %"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var target, again roadmap.Target
		if target.UnmarshalText([]byte(text)) != nil {
			return
		}
		require.NoError(t, again.UnmarshalText([]byte(target.String())))
		require.Equal(t, target.String(), again.String())
	})
}

func ExampleGoal_Progress() {
	goal := roadmap.Goal{
		Metric: roadmap.Metric{Name: "checkout time", Unit: "s", Baseline: dec("100"), Target: roadmap.Relative(dec("-20"))},
		Measurements: []roadmap.Measurement{
			{At: day, Value: dec("95")},
			{At: day.AddDate(0, 1, 0), Value: dec("85")},
		},
	}
	progress := goal.Progress()
	percent, _ := progress.Percent(0)
	fmt.Println(progress, "|", percent, "%")
	// Output: 15 of 20 (75 %) | 75 %
}
