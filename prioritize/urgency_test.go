package prioritize_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func days(n float64) time.Time { return noon.Add(time.Duration(n * 24 * float64(time.Hour))) }

func urgencyOf(t *testing.T, m prioritize.Urgency, in prioritize.UrgencyInput) prioritize.Score {
	t.Helper()
	scores, err := m.Score([]prioritize.UrgencyInput{in})
	require.NoError(t, err)
	return scores[0]
}

func TestUrgencyPublished(t *testing.T) {
	// Taskwarrior, test/urgency.t: all coefficients 10, but for that of waiting.
	ten := prioritize.Urgency{Coefficients: map[string]decimal.Decimal{
		"tags": dec("10"), "user.tag.next": dec("10"), "annotations": dec("10"), "project": dec("10"), "waiting": dec("-10"),
	}}
	for _, c := range []struct {
		in   prioritize.UrgencyInput
		want string
	}{
		{prioritize.UrgencyInput{Tags: []string{"a"}}, "8"},
		{prioritize.UrgencyInput{Tags: []string{"a", "b"}}, "9"},
		{prioritize.UrgencyInput{Tags: []string{"a", "b", "c"}}, "10"},
		{prioritize.UrgencyInput{Tags: []string{"a", "b", "c", "d"}}, "10"},
		{prioritize.UrgencyInput{Tags: []string{"next"}}, "18"},
		{prioritize.UrgencyInput{Annotations: 1}, "8"},
		{prioritize.UrgencyInput{Annotations: 2}, "9"},
		{prioritize.UrgencyInput{Annotations: 3}, "10"},
		{prioritize.UrgencyInput{Project: "P"}, "10"},
		{prioritize.UrgencyInput{Waiting: true}, "-10"},
	} {
		require.Equal(t, c.want, urgencyOf(t, ten, c.in).String(), "%+v", c.in)
	}
	// Computed with the defaults: 6 + 12 × 11/15 + 0.8 + 1.
	all := prioritize.UrgencyInput{Priority: "H", Due: noon, Tags: []string{"a"}, Project: "P", Entry: noon}
	require.Equal(t, "16.6", urgencyOf(t, prioritize.Urgency{Now: noon}, all).String())
}

func TestUrgencyCoefficientsPublished(t *testing.T) {
	want := map[string]string{
		"user.tag.next": "15.0", "due": "12.0", "blocking": "8.0", "uda.priority.H": "6.0", "scheduled": "5.0",
		"active": "4.0", "uda.priority.M": "3.9", "age": "2.0", "uda.priority.L": "1.8", "annotations": "1.0",
		"tags": "1.0", "project": "1.0", "waiting": "-3.0", "blocked": "-5.0",
	}
	got := prioritize.Urgency{}.DefaultCoefficients()
	require.Len(t, got, len(want))
	for name, text := range want {
		require.Equal(t, text, got[name].StringFixed(1), name)
	}
	yearOld := prioritize.UrgencyInput{Entry: days(-365)}
	require.Equal(t, "2", urgencyOf(t, prioritize.Urgency{Now: noon}, yearOld).String(), "age counts in full after 365 days")
}

func TestUrgencyFactors(t *testing.T) {
	tests := map[string]struct {
		m    prioritize.Urgency
		in   prioritize.UrgencyInput
		want string
	}{
		"nothing known":          {in: prioritize.UrgencyInput{}, want: "0"},
		"a week overdue":         {in: prioritize.UrgencyInput{Due: days(-7)}, want: "12"},
		"long overdue":           {in: prioritize.UrgencyInput{Due: days(-900)}, want: "12"},
		"due in a week":          {in: prioritize.UrgencyInput{Due: days(7)}, want: "5.6"},
		"due in two weeks":       {in: prioritize.UrgencyInput{Due: days(14)}, want: "2.4"},
		"due in a thousand days": {in: prioritize.UrgencyInput{Due: days(1000)}, want: "2.4"},
		"due never":              {in: prioritize.UrgencyInput{Due: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}, want: "2.4"},
		"entered tomorrow":       {in: prioritize.UrgencyInput{Entry: days(1)}, want: "0"},
		"less than a day old":    {in: prioritize.UrgencyInput{Entry: days(-0.9)}, want: "0"},
		"73.5 days old":          {in: prioritize.UrgencyInput{Entry: days(-73.5)}, want: "0.4"},
		"another age max":        {m: prioritize.Urgency{AgeMax: 73}, in: prioritize.UrgencyInput{Entry: days(-80)}, want: "2"},
		"scheduled for later":    {in: prioritize.UrgencyInput{Scheduled: days(1)}, want: "0"},
		"scheduled now":          {in: prioritize.UrgencyInput{Scheduled: noon}, want: "0"},
		"scheduled and active":   {in: prioritize.UrgencyInput{Scheduled: days(-1), Active: true}, want: "9"},
		"blocked and blocking":   {in: prioritize.UrgencyInput{Blocked: true, Blocking: true}, want: "3"},
		"a tag given twice":      {in: prioritize.UrgencyInput{Tags: []string{"a", "a"}}, want: "0.8"},
		"priorities":             {in: prioritize.UrgencyInput{Priority: "M"}, want: "3.9"},
		"a priority of one's own": {
			m:  prioritize.Urgency{Coefficients: map[string]decimal.Decimal{"uda.priority.X": dec("7")}},
			in: prioritize.UrgencyInput{Priority: "X"}, want: "7",
		},
		"a project and all in it": {
			m:  prioritize.Urgency{Coefficients: map[string]decimal.Decimal{"user.project.home": dec("2.5")}},
			in: prioritize.UrgencyInput{Project: "home.garden"}, want: "3.5",
		},
		"a tag of one's own": {
			m:  prioritize.Urgency{Coefficients: map[string]decimal.Decimal{"user.tag.urgent": dec("5"), "tags": dec("0")}},
			in: prioritize.UrgencyInput{Tags: []string{"urgent"}}, want: "5",
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			c.m.Now = noon
			require.Equal(t, c.want, urgencyOf(t, c.m, c.in).String())
		})
	}
}

func TestUrgencyInvalid(t *testing.T) {
	m := prioritize.Urgency{AgeMax: -1, Coefficients: map[string]decimal.Decimal{"dew": dec("1"), "user.tag.": dec("1"), "due": dec("1e1001")}}
	_, err := m.Score(nil)
	requireProblems(t, err,
		`prioritize: coefficients["due"] is "1e1001", want at most 100 digits and an exponent within ±1000`,
		`prioritize: coefficients is "dew", want a name of Taskwarrior's such as due, user.tag.next or uda.priority.H`,
		`prioritize: coefficients is "user.tag.", want a name of Taskwarrior's such as due, user.tag.next or uda.priority.H`,
		`prioritize: age max is "-1", want >= 0`)
	_, err = prioritize.Urgency{}.Score([]prioritize.UrgencyInput{{Annotations: -1, Priority: "h"}, {Due: noon}})
	requireProblems(t, err,
		`prioritize: item 0: annotations is "-1", want >= 0`,
		`prioritize: item 0: priority is "h", want H, M, L or one with a coefficient`,
		`prioritize: item 1: now is "unset", want an instant, for a task with dates`)
}

func randomTask(rng *rand.Rand) prioritize.UrgencyInput {
	in := prioritize.UrgencyInput{
		Priority: []string{"", "H", "M", "L"}[rng.IntN(4)], Project: []string{"", "p"}[rng.IntN(2)],
		Tags: []string{"a", "next", "b", "c"}[:rng.IntN(5)], Annotations: rng.IntN(5),
		Active: rng.IntN(2) == 0, Waiting: rng.IntN(2) == 0, Blocked: rng.IntN(2) == 0, Blocking: rng.IntN(2) == 0,
	}
	if rng.IntN(3) > 0 {
		in.Due = days(rng.Float64()*40 - 20)
	}
	if rng.IntN(3) > 0 {
		in.Entry = days(-rng.Float64() * 500)
	}
	if rng.IntN(3) > 0 {
		in.Scheduled = days(rng.Float64()*4 - 2)
	}
	return in
}

// The twin is the code of Taskwarrior, task/src/Task.cpp, in floating point.
func TestUrgencyAgreesWithTaskwarrior(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		in := randomTask(rng)
		got, _ := urgencyOf(t, prioritize.Urgency{Now: noon}, in).Rat().Float64()
		require.InDelta(t, taskwarrior(in), got, 1e-9, "%+v", in)
	}
}

func taskwarrior(in prioritize.UrgencyInput) float64 {
	several := func(n int) float64 { return []float64{0, 0.8, 0.9, 1}[min(n, 3)] }
	sum := several(in.Annotations) + several(len(in.Tags))
	for _, f := range []struct {
		holds  bool
		weight float64
	}{
		{in.Project != "", 1},
		{in.Active, 4},
		{in.Waiting, -3},
		{in.Blocked, -5},
		{in.Blocking, 8},
		{in.Priority == "H", 6},
		{in.Priority == "M", 3.9},
		{in.Priority == "L", 1.8},
		{len(in.Tags) > 1, 15},
		{!in.Scheduled.IsZero() && in.Scheduled.Before(noon), 5},
	} {
		if f.holds {
			sum += f.weight
		}
	}
	if !in.Due.IsZero() {
		overdue := noon.Sub(in.Due).Hours() / 24
		switch {
		case overdue >= 7:
			sum += 12
		case overdue >= -14:
			sum += 12 * ((overdue+14)*0.8/21 + 0.2)
		default:
			sum += 12 * 0.2
		}
	}
	if !in.Entry.IsZero() {
		sum += 2 * min(float64(int(noon.Sub(in.Entry).Hours()/24))/365, 1)
	}
	return sum
}

func TestUrgencyLaws(t *testing.T) {
	prioritizetest.TestMethod(t, prioritize.Urgency{Now: noon}, randomTask)
	requireRoundTrip(t, prioritize.UrgencyInput{})
	requireRoundTrip(t, prioritize.UrgencyInput{Priority: "H", Due: noon, Tags: []string{"x"}, Annotations: 2, Blocked: true})
}

func ExampleUrgency() {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ranking, err := prioritize.Rank(prioritize.Urgency{Now: now}, []prioritize.Candidate[string, prioritize.UrgencyInput]{
		{Key: "some day", Input: prioritize.UrgencyInput{Priority: "L"}},
		{Key: "today", Input: prioritize.UrgencyInput{Priority: "H", Due: now, Tags: []string{"home"}, Project: "garden"}},
	})
	fmt.Println(ranking.Keys(), err)
	fmt.Println(ranking.Sentence("today", 2))
	// Output:
	// [today some day] <nil>
	// 6 × 1 + 12 × 0.73 + 1 × 0.8 + 1 × 1 ≈ 16.6
}
