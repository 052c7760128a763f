package roadmap_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story/field"
)

func TestTrack(t *testing.T) {
	half := day.Add(checkout().Due.Sub(day) / 2)
	for name, test := range map[string]struct {
		goal     roadmap.Goal
		at       time.Time
		expected string // percent
		onTrack  bool
	}{
		"half the way at half the time":  {checkout("90"), half, "50", true},
		"a hair less is not enough":      {checkout("90.000001"), half, "50", false},
		"nothing is expected before":     {checkout(), day.AddDate(-1, 0, 0), "0", true},
		"everything is expected after":   {checkout("81"), day.AddDate(5, 0, 0), "100", false},
		"longer than a time.Duration is": {checkout("80"), day.AddDate(900, 0, 0), "100", true},
	} {
		t.Run(name, func(t *testing.T) {
			track, ok := test.goal.Track(test.at)
			require.True(t, ok)
			expected, _ := track.Expected.Percent(0)
			require.Equal(t, test.expected, expected.String())
			require.Equal(t, test.onTrack, track.IsOnTrack())
		})
	}
	for name, change := range map[string]func(*roadmap.Goal){
		"no due":    func(g *roadmap.Goal) { g.Due = time.Time{} },
		"no start":  func(g *roadmap.Goal) { g.Start = time.Time{} },
		"no length": func(g *roadmap.Goal) { g.Due = g.Start },
		"no metric": func(g *roadmap.Goal) { g.Metric = roadmap.Metric{} },
	} {
		goal := checkout("90")
		change(&goal)
		track, ok := goal.Track(day)
		require.False(t, ok, name)
		require.Equal(t, roadmap.Track{}, track, name)
	}
	// To the nanosecond: a third of three of them.
	short := checkout("90")
	short.Start, short.Due = day.Add(-2), day.Add(1)
	track, ok := short.Track(day.Add(-1))
	require.True(t, ok)
	require.Equal(t, "1 of 3 (33 %)", track.Expected.String())
	// What was measured later does not count.
	require.Equal(t, "0 of 20 (0 %)", track.Progress.String())
}

func TestTrend(t *testing.T) {
	for want, goal := range map[roadmap.Trend]roadmap.Goal{
		roadmap.Improving: checkout("90", "85"), roadmap.Worsening: checkout("85", "90"), roadmap.Steady: checkout("85", "85.0"),
	} {
		trend, ok := goal.Trend()
		require.True(t, ok)
		require.Equal(t, want, trend, trend)
	}
	more := checkout("85", "90")
	more.Metric.Target = roadmap.Absolute(dec("120"))
	trend, ok := more.Trend()
	require.True(t, ok)
	require.Equal(t, roadmap.Improving, trend)
	trend, ok = checkout("90").Trend()
	require.False(t, ok)
	require.Zero(t, trend)
}

func objective(results ...roadmap.KeyResult) roadmap.Objective {
	return roadmap.Objective{ID: roadmap.ObjectiveID(someID), Title: "Delight", KeyResults: results}
}

func TestObjectiveScore(t *testing.T) {
	milestone := func(weight, value string) roadmap.KeyResult {
		return roadmap.KeyResult{Title: "milestone", Target: dec("1"), Value: dec(value), Weight: dec(weight)}
	}
	for name, test := range map[string]struct {
		objective roadmap.Objective
		score     string
	}{
		// Golden case okr-001: "Launch six new features", three launched.
		"okr-001": {objective(roadmap.KeyResult{Title: "features", Target: dec("6"), Value: dec("3")}), "0.5"},
		"okr-003": {objective(milestone("0.2", "1"), milestone("0.3", "1"), milestone("0.2", "1"), milestone("0.2", "0"), milestone("0.1", "0")), "0.7"},
		"plain mean": {objective(
			roadmap.KeyResult{Title: "a", Target: dec("3"), Value: dec("1")},
			roadmap.KeyResult{Title: "b", Baseline: dec("100"), Target: dec("80"), Value: dec("90")},
		), "0.4167"},
		"clamped": {objective(
			roadmap.KeyResult{Title: "over", Target: dec("3"), Value: dec("9")},
			roadmap.KeyResult{Title: "under", Target: dec("3"), Value: dec("-9")},
		), "0.5"},
	} {
		t.Run(name, func(t *testing.T) {
			score, err := test.objective.Score(4)
			require.NoError(t, err)
			require.Equal(t, test.score, score.String())
		})
	}
	_, err := objective(roadmap.KeyResult{Target: dec("0"), Weight: dec("-1")}).Score(1)
	for _, words := range []string{"key_results[0].title", "key_results[0].target", "key_results[0].weight"} {
		require.ErrorContains(t, err, words)
	}
	score, err := objective().Score(1)
	require.True(t, score.IsZero())
	require.ErrorContains(t, err, "1 to 100")
	_, err = objective(roadmap.KeyResult{Title: "x", Target: decimal.New(1, 1_000_000_000)}).Score(1)
	require.ErrorIs(t, err, field.ErrInvalid)
}

func TestBandOf(t *testing.T) {
	// Golden case okr-004, and the gaps between the published bands.
	for score, want := range map[string]string{
		"1.0": "green", "0.7": "green", "0.6": "yellow", "0.4": "yellow", "0.3": "red", "0.0": "red",
		"0.65": "green", "0.6499": "yellow", "0.35": "yellow", "0.3499": "red",
	} {
		require.Equal(t, want, roadmap.ScoreBandOf(dec(score)).String(), score)
	}
}

func increment(objectives ...roadmap.IncrementObjective) roadmap.Increment {
	return roadmap.Increment{ID: roadmap.IncrementID(someID), Name: "PI 1", Objectives: objectives}
}

func TestPredictability(t *testing.T) {
	value := func(planned, actual int, committed bool) roadmap.IncrementObjective {
		return roadmap.IncrementObjective{Title: "x", Team: "red", Planned: planned, Actual: roadmap.Rated(actual), Committed: committed}
	}
	for name, test := range map[string]struct {
		increment   roadmap.Increment
		percent     string
		predictable bool
	}{
		"pi-002":         {increment(value(10, 10, true), value(8, 6, true), value(7, 0, true), value(5, 5, false)), "84", true},
		"pi-003":         {increment(value(10, 10, true), value(6, 6, false)), "160", false},
		"pi-005":         {increment(value(5, 5, false)), "", false},
		"just enough":    {increment(value(10, 8, true)), "80", true},
		"not quite":      {increment(value(10, 7, true)), "70", false},
		"all of it":      {increment(value(10, 10, true)), "100", true},
		"nothing at all": {increment(), "", false},
	} {
		t.Run(name, func(t *testing.T) {
			predictability := test.increment.Predictability()
			percent, ok := predictability.Percent(0)
			require.Equal(t, test.percent != "", ok)
			if ok {
				require.Equal(t, test.percent, percent.String())
			}
			require.Equal(t, test.predictable, predictability.IsHealthy())
		})
	}
	blue := value(10, 5, true)
	blue.Team = "blue"
	both := increment(value(10, 10, true), blue)
	require.Equal(t, "5 of 10 (50 %)", both.Predictability("blue").String())
	require.Equal(t, "15 of 20 (75 %)", both.Predictability("blue", "red").String())

	// What is not rated yet is not 0.
	both.Objectives[1].Actual = roadmap.BusinessValue{}
	require.Equal(t, "10 of 10 (100 %), 1 of 2 objectives rated", both.Predictability().String())
	require.False(t, both.Predictability().IsHealthy())
	require.Equal(t, "undefined, 0 of 1 objectives rated", both.Predictability("blue").String())
	data, err := json.Marshal(both.Objectives)
	require.NoError(t, err)
	require.JSONEq(t, `[{"title":"x","team":"red","committed":true,"planned":10,"actual":10},
		{"title":"x","team":"blue","committed":true,"planned":10}]`, string(data))
	var read []roadmap.IncrementObjective
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, both.Objectives, read)
	require.NoError(t, json.Unmarshal([]byte(`[{"actual":null},{"actual":0}]`), &read))
	require.True(t, read[0].Actual.IsZero())
	require.Equal(t, roadmap.Rated(0), read[1].Actual)
	require.ErrorIs(t, json.Unmarshal([]byte(`[{"actual":"9"}]`), &read), field.ErrInvalid)
	seven := roadmap.Rated(7)
	require.EqualError(t, seven.UnmarshalJSON([]byte(`"`+strings.Repeat("9", 30))), `roadmap: value is "\"9999999999999999999", want a number from 0 to 10, or null`)
	require.Equal(t, roadmap.Rated(7), seven, "unchanged")
	require.Equal(t, "7 unrated", seven.String()+" "+roadmap.BusinessValue{}.String())
	data, err = roadmap.BusinessValue{}.MarshalJSON()
	require.NoError(t, err)
	require.Equal(t, "null", string(data))
	require.ErrorContains(t, roadmap.IncrementObjective{Title: "x", Team: "red", Actual: roadmap.Rated(1)}.Validate(), "planned")
	require.ErrorContains(t, roadmap.IncrementObjective{Title: "x", Team: "red", Planned: 1, Actual: roadmap.Rated(11)}.Validate(), "actual")
}

func TestConfidence(t *testing.T) {
	plan := increment()
	_, ok := plan.Confidence()
	require.False(t, ok)
	plan.Votes = []int{4, 3, 3, 2, 5} // golden case pi-006
	confidence, ok := plan.Confidence()
	require.True(t, ok)
	mean, _ := confidence.Mean.Ratio(1)
	require.Equal(t, "3.4", mean.String())
	require.True(t, confidence.Passes())
	require.Equal(t, []int{2}, confidence.LowVotes)
	plan.Votes = []int{3, 3, 2}
	confidence, _ = plan.Confidence()
	require.False(t, confidence.Passes())
	plan.Votes = []int{1, 5, 2, 3, 4}
	confidence, _ = plan.Confidence()
	require.True(t, confidence.Passes(), "a mean of 3 is enough")
	require.Equal(t, []int{1, 2}, confidence.LowVotes)
	require.False(t, roadmap.Confidence{}.Passes())
}

func TestIncrementValidate(t *testing.T) {
	plan := increment(roadmap.IncrementObjective{Title: "x", Planned: -1, Actual: roadmap.Rated(11)}) // golden case pi-004
	plan.Votes = []int{0, 6, 3}
	plan.Iterations = []roadmap.Iteration{
		{Name: "1", From: day, To: day.AddDate(0, 0, 14)},
		{Name: "", From: day.AddDate(0, 0, 7), To: day},
	}
	err := plan.Validate()
	for _, words := range []string{
		"objectives[0].team", `planned is "-1", want 0 to 10`, `actual is "11", want 0 to 10`, "votes[0]", "votes[1]",
		"iterations[1].name", "iterations[1].to", "iterations[1].from",
	} {
		require.ErrorContains(t, err, words)
	}
	require.NotContains(t, err.Error(), "votes[2]")
	fine := increment(roadmap.IncrementObjective{Title: "x", Team: "red", Planned: 1, Actual: roadmap.Rated(0)})
	require.NoError(t, fine.Validate())
	data, err := json.Marshal(fine)
	require.NoError(t, err)
	var read roadmap.Increment
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, fine, read)
}

func ExampleGoal_Track() {
	goal := roadmap.Goal{
		Metric: roadmap.Metric{Name: "checkout time", Unit: "s", Baseline: dec("100"), Target: roadmap.Relative(dec("-20"))},
		Start:  day, Due: day.AddDate(0, 0, 90),
		Measurements: []roadmap.Measurement{{At: day.AddDate(0, 0, 30), Value: dec("95")}},
	}
	track, _ := goal.Track(day.AddDate(0, 0, 45))
	done, _ := track.Progress.Percent(0)
	expected, _ := track.Expected.Percent(0)
	fmt.Printf("%v %% done, %v %% expected, on track: %t\n", done, expected, track.IsOnTrack())
	// Output: 25 % done, 50 % expected, on track: false
}

func ExampleObjective_Score() {
	objective := roadmap.Objective{ID: roadmap.ObjectiveID(someID), Title: "Paying is a pleasure", KeyResults: []roadmap.KeyResult{
		{Title: "checkout time", Baseline: dec("100"), Target: dec("80"), Value: dec("85")},
		{Title: "payment methods", Target: dec("6"), Value: dec("3")},
	}}
	score, err := objective.Score(2)
	fmt.Println(score, roadmap.ScoreBandOf(score), err)
	// Output: 0.63 yellow <nil>
}
