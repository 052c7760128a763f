package prioritize_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

func valueEffort(value, effort string) prioritize.ValueEffortInput {
	return prioritize.ValueEffortInput{Value: dec(value), Effort: dec(effort)}
}

var halfway = prioritize.ValueEffortInput{Value: dec("5"), Effort: dec("5")}

func TestQuadrantsPublished(t *testing.T) {
	// decikit.com/en/frameworks/value-vs-effort-matrix; what is on the line is a choice of the
	// library.
	for _, c := range []struct{ value, effort, want string }{
		{"9", "2", "quick win"},
		{"9", "8", "big bet"},
		{"2", "2", "fill-in"},
		{"2", "8", "money pit"},
		{"5", "5", "big bet"},
		{"5", "4.99", "quick win"},
		{"4.99", "5", "money pit"},
		{"0", "4.99", "fill-in"},
	} {
		q, err := valueEffort(c.value, c.effort).Quadrant(halfway)
		require.NoError(t, err)
		require.Equal(t, c.want, q.String(), "value %s, effort %s", c.value, c.effort)
	}
	require.Equal(t, "Quadrant(0)", prioritize.Quadrant(0).String())
}

func TestValueEffortInvalid(t *testing.T) {
	_, err := prioritize.Rank(prioritize.ValueEffort{}, candidates[prioritize.ValueEffortInput]{
		{Key: "a", Input: valueEffort("1", "0")}, {Key: "b", Input: valueEffort("-1", "1")},
	})
	requireProblems(t, err,
		`prioritize: item 0 ("a"): effort is "0", want > 0`,
		`prioritize: item 1 ("b"): value is "-1", want >= 0`)
	_, err = valueEffort("-1", "0").Quadrant(prioritize.ValueEffortInput{})
	requireProblems(t, err,
		`prioritize: value is "-1", want >= 0`,
		`prioritize: effort is "0", want > 0`,
		`prioritize: value threshold is "0", want > 0`,
		`prioritize: effort threshold is "0", want > 0`)
}

func TestValueEffortLaws(t *testing.T) {
	generate := func(rng *rand.Rand) prioritize.ValueEffortInput {
		return prioritize.ValueEffortInput{Value: small(rng), Effort: smallPositive(rng)}
	}
	prioritizetest.TestMethod(t, prioritize.ValueEffort{}, generate)
	requireRoundTrip(t, valueEffort("1", "2"))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		in := generate(rng)
		s, err := prioritize.ValueEffort{}.ScoreItem(in)
		require.NoError(t, err)
		requireRat(t, new(big.Rat).Quo(rat(in.Value), rat(in.Effort)), s)
	}
}

func ExampleValueEffort() {
	ranking, err := prioritize.Rank(prioritize.ValueEffort{}, []prioritize.Candidate[string, prioritize.ValueEffortInput]{
		{Key: "Rewrite", Input: valueEffort("9", "8")},
		{Key: "Sort by date", Input: valueEffort("8", "2")},
	})
	fmt.Println(ranking.Keys(), ranking.Sentence("Rewrite", 3), err)
	// Output: [Sort by date Rewrite] 9 / 8 = 1.125 <nil>
}

func ExampleValueEffortInput_Quadrant() {
	line := prioritize.ValueEffortInput{Value: dec("5"), Effort: dec("5")}
	quadrant, err := valueEffort("8", "2").Quadrant(line)
	fmt.Println(quadrant, err)
	// Output: quick win <nil>
}

func TestEisenhowerPublished(t *testing.T) {
	// codequest.de/garden/eisenhower-matrix.
	runPublished(t, map[string]published[prioritize.EisenhowerInput]{
		"four cells": {
			method: prioritize.Eisenhower{},
			items: candidates[prioritize.EisenhowerInput]{
				{Key: "eliminate"},
				{Key: "delegate", Input: prioritize.EisenhowerInput{Urgent: true}},
				{Key: "do", Input: prioritize.EisenhowerInput{Urgent: true, Important: true}},
				{Key: "schedule", Input: prioritize.EisenhowerInput{Important: true}},
			},
			order: []string{"do", "schedule", "delegate", "eliminate"},
		},
	})
	for _, urgent := range []bool{true, false} {
		for _, important := range []bool{true, false} {
			in := prioritize.EisenhowerInput{Urgent: urgent, Important: important}
			want := map[[2]bool]string{
				{true, true}: "do", {false, true}: "schedule", {true, false}: "delegate", {false, false}: "eliminate",
			}[[2]bool{urgent, important}]
			require.Equal(t, want, in.Action().String())
			require.NoError(t, in.Validate())
		}
	}
	require.Equal(t, "EisenhowerAction(0)", prioritize.EisenhowerAction(0).String())
	prioritizetest.TestMethod(t, prioritize.Eisenhower{}, func(rng *rand.Rand) prioritize.EisenhowerInput {
		return prioritize.EisenhowerInput{Urgent: rng.IntN(2) == 0, Important: rng.IntN(2) == 0}
	})
}

func ExampleEisenhower() {
	ranking, err := prioritize.Rank(prioritize.Eisenhower{}, []prioritize.Candidate[string, prioritize.EisenhowerInput]{
		{Key: "Answer the call", Input: prioritize.EisenhowerInput{Urgent: true}},
		{Key: "Write tests", Input: prioritize.EisenhowerInput{Important: true}},
	})
	fmt.Println(ranking.Keys(), ranking.Sentence("Write tests", 0), err)
	// Output: [Write tests Answer the call] schedule <nil>
}
