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
	seen := roadmap.Outcome{Metric: checkout().Metric, Measurements: story.ListOf(checkout("95", "85").Measurements...)}
	require.Equal(t, "15 of 20 (75 %)", seen.Progress().String())
}

func TestTargetText(t *testing.T) {
	for text, want := range map[string]string{"80": "80", "-20 %": "-20 %", "+20%": "+20 %", "20 %": "+20 %", "0.50": "0.5"} {
		var target roadmap.Target
		require.NoError(t, target.UnmarshalText([]byte(text)))
		require.Equal(t, want, target.String())
	}
	longest := strings.Repeat("0", 60)
	var target roadmap.Target
	require.NoError(t, target.UnmarshalText([]byte(longest)), "60 bytes")
	require.True(t, target.IsZero())
	require.EqualError(t, target.UnmarshalText([]byte(longest+"0")), `roadmap: target is "`+longest+`...", want a number such as "80" or "-20 %"`)
	require.Error(t, target.UnmarshalText([]byte("80"+strings.Repeat(" ", 60)+"%")))
	require.EqualError(t, target.UnmarshalText([]byte("1e18")), `roadmap: target is "1000000000000000000", want a number below 10^18 with at most 12 decimals`)
	text, err := roadmap.Absolute(dec("1e18")).MarshalText()
	require.ErrorIs(t, err, field.ErrInvalid)
	require.Nil(t, text)
	for want, target := range map[string]roadmap.Target{"-20 %": roadmap.Relative(dec("-20")), "+0 %": roadmap.Relative(dec("0")), "0": {}, "-7.5": roadmap.Absolute(dec("-7.50"))} {
		text, err := target.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
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
	require.True(t, q1.IsDated())
	require.False(t, now.IsDated())
	require.True(t, roadmap.Horizon{To: day}.IsDated())
	require.True(t, roadmap.Horizon{From: day}.IsDated())
	require.False(t, q2.Overlaps(q1))
	require.False(t, now.Overlaps(q1))
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

// What is measured later than an instant is not known at it.
func TestGoalAsOf(t *testing.T) {
	goal := checkout("95", "90", "85")
	goal.Measurements[2].At = goal.Measurements[1].At
	for instant, known := range map[time.Time]int{
		day.Add(-1): 0, day: 1, day.Add(1): 1, day.AddDate(0, 0, 1).Add(-1): 1, day.AddDate(0, 0, 1): 3, day.AddDate(1, 0, 0): 3,
	} {
		then := goal.AsOf(instant)
		require.Len(t, then.Measurements, known, instant)
		then.Measurements = append(then.Measurements, roadmap.Measurement{})
		require.Equal(t, dec("90"), goal.Measurements[1].Value, "what is appended to one is not in the other")
	}
	latest, ok := goal.AsOf(day).Actual()
	require.True(t, ok)
	require.Equal(t, "95", latest.String())
	latest, ok = goal.AsOf(day.Add(-1)).Actual()
	require.False(t, ok)
	require.True(t, latest.IsZero())
}

// The score of a goal is that of an objective with its key results.
func TestGoalScore(t *testing.T) {
	goal := checkout("95")
	score, ok := goal.Score(2)
	require.False(t, ok)
	require.True(t, score.IsZero())
	goal.KeyResults = story.ListOf(roadmap.KeyResult{Title: "features", Target: dec("6"), Value: dec("2")})
	score, ok = goal.Score(2)
	require.True(t, ok)
	require.Equal(t, "0.33", score.String())
	goal.Title = ""
	_, ok = goal.Score(2)
	require.False(t, ok)
}

// A copy shares nothing that could change.
func TestClones(t *testing.T) {
	goal := checkout("95")
	goal.Clone().Measurements[0].Value = dec("7")
	require.Equal(t, "95", goal.Measurements[0].Value.String())
	o := objective(roadmap.KeyResult{Title: "features"})
	o.Clone().KeyResults[0].Title = "changed"
	require.Equal(t, "features", o.KeyResults[0].Title)
	plan := increment(roadmap.IncrementObjective{Title: "x"})
	plan.Votes, plan.Iterations, plan.Allocations = []int{3}, []roadmap.Iteration{{Name: "1"}}, []roadmap.Allocation{{Kind: story.Chore}}
	c := plan.Clone()
	require.Equal(t, plan, c)
	c.Objectives[0].Title, c.Votes[0], c.Iterations[0].Name, c.Allocations[0].Kind = "y", 5, "y", "y"
	require.Equal(t, "x", plan.Objectives[0].Title)
	require.Equal(t, []int{3}, plan.Votes)
	require.Equal(t, "1", plan.Iterations[0].Name)
	require.Equal(t, story.Chore, plan.Allocations[0].Kind)
}

func TestMoney(t *testing.T) {
	require.Empty(t, roadmap.Money{}.String())
	require.Equal(t, "0 EUR", roadmap.Money{Currency: "EUR"}.String())
	require.Equal(t, "1200.5 EUR", roadmap.Money{Amount: dec("1200.50"), Currency: "EUR"}.String())
	flow := roadmap.Cashflow{Revenue: dec("7"), Cost: dec("9")}
	require.Equal(t, "-2", flow.Profit().String())
	sum := flow.Add(roadmap.Cashflow{Revenue: dec("1"), Cost: dec("0.5")})
	require.Equal(t, "8 9.5", sum.Revenue.String()+" "+sum.Cost.String())
	inOrder := []roadmap.MoneyPeriod{
		{Currency: "EUR", From: day, To: day.AddDate(0, 1, 0)},
		{Currency: "EUR", From: day, To: day.AddDate(0, 2, 0)},
		{Currency: "EUR", From: day.AddDate(0, 1, 0), To: day},
		{Currency: "USD", From: day, To: day},
	}
	for i, a := range inOrder {
		for j, b := range inOrder {
			require.Equal(t, max(-1, min(1, i-j)), a.Compare(b), "%d and %d", i, j)
		}
	}
	budget := func(planned string) roadmap.ThemeBudget {
		return roadmap.ThemeBudget{Share: roadmap.Money{Amount: dec("100")}, Planned: roadmap.Money{Amount: dec(planned)}}
	}
	require.False(t, budget("100.0").IsOver())
	require.True(t, budget("100.1").IsOver())
	use := func(points string) roadmap.AllocationUse {
		return roadmap.AllocationUse{Kept: dec("5"), Points: dec(points)}
	}
	require.True(t, use("4.9").IsShort())
	require.False(t, use("5.0").IsShort())
}

// An impediment lasts from when it was raised to when it was resolved, or to the instant asked about.
func TestImpedimentLasted(t *testing.T) {
	open := roadmap.Impediment{At: day}
	resolved := roadmap.Impediment{At: day, Resolution: roadmap.Answer{By: "Otto", At: day.Add(2 * time.Hour)}}
	require.True(t, open.IsOpen())
	require.False(t, resolved.IsOpen())
	for text, want := range map[string][2]string{"-1h": {"0h", "0h"}, "0h": {"0h", "0h"}, "1h": {"1h", "1h"}, "2h": {"2h", "2h"}, "3h": {"3h", "2h"}} {
		later, _ := time.ParseDuration(text)
		ifOpen, _ := time.ParseDuration(want[0])
		ifResolved, _ := time.ParseDuration(want[1])
		require.Equal(t, ifOpen, open.Lasted(day.Add(later)), text)
		require.Equal(t, ifResolved, resolved.Lasted(day.Add(later)), text)
	}
}

func TestProgressIsUndefinedWithoutATotal(t *testing.T) {
	for _, p := range []roadmap.Progress{{}, {Done: dec("3")}, {Done: dec("-1"), Total: dec("0.0")}} {
		percent, ok := p.Percent(0)
		require.False(t, ok)
		require.True(t, percent.IsZero())
		ratio, ok := p.Ratio(2)
		require.False(t, ok)
		require.True(t, ratio.IsZero())
		require.False(t, p.IsComplete())
		require.Equal(t, "undefined", p.String())
	}
	for done, complete := range map[string]bool{"20.999": false, "21": true, "22": true} {
		require.Equal(t, complete, roadmap.Progress{Done: dec(done), Total: dec("21")}.IsComplete(), done)
	}
	require.False(t, roadmap.Progress{Done: dec("0"), Total: dec("-1")}.IsComplete())
	require.Equal(t, "13 of 21 (62 %)", roadmap.Progress{Done: dec("13"), Total: dec("21")}.String())
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
