package story_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

func TestScales(t *testing.T) {
	for _, scale := range []story.Scale{
		story.Fibonacci(), story.Cards(), story.PowersOfTwo(), story.TShirts(1, 2, 3, 5, 8),
	} {
		require.NoError(t, scale.Validate())
		for _, step := range scale {
			estimate, err := scale.Estimate(step.Name)
			require.NoError(t, err)
			require.True(t, scale.Has(estimate))
		}
		require.False(t, scale.Has(story.Estimate{}))
		require.False(t, scale.Has(story.Points(7)))
	}
	medium, err := story.TShirts(1, 2, 3, 5, 8).Estimate("m")
	require.NoError(t, err)
	require.Equal(t, "3", medium.String())
	_, err = story.Fibonacci().Estimate("4")
	require.ErrorContains(t, err, "one of 1, 2, 3, 5, 8, 13, 21")

	require.Error(t, story.Scale{}.Validate())
	err = story.Scale{
		{Name: "S", Points: decimal.NewFromInt(3)},
		{Name: "s", Points: decimal.NewFromInt(2)},
		{Name: "", Points: decimal.NewFromInt(-1)},
		{Name: "L", Points: decimal.New(1, 1_000_000_000)},
	}.Validate()
	for _, words := range []string{"scale[1].name", "more than the step before, 3", "scale[2].name", "scale[2].estimate", "scale[3].estimate"} {
		require.ErrorContains(t, err, words)
	}
	require.NoError(t, story.ScaleOf("0", "0.001", "0.002", "1000000").Validate())
	require.EqualError(t, story.ScaleOf("0.001", "0.0010").Validate(),
		`story: scale[1].points is "0.001", want more than the step before, 0.001`)
	for _, text := range []string{"x", "", "-1", "1e7"} {
		require.ErrorContains(t, story.ScaleOf(text).Validate(), `story: scale[0].estimate is "`, "%q is not a number of points", text)
		require.ErrorContains(t, story.ScaleOf("1", text).Validate(), `story: scale[1].estimate is "`, "%q is not a number of points", text)
	}
}

func TestReveal(t *testing.T) {
	vote := func(cards ...string) []story.PokerVote {
		var votes []story.PokerVote
		for i, card := range cards {
			votes = append(votes, story.PokerVote{Person: string(rune('A' + i)), Card: card})
		}
		return votes
	}
	for name, test := range map[string]struct {
		votes                   []story.PokerVote
		consensus, low, high    string
		lowest, highest, noIdea []string
	}{
		// Golden case poker-001: votes 3, 5, 13, then 5, 5, 5.
		"lowest and highest explain": {votes: vote("3", "5", "13"), low: "3", high: "13", lowest: []string{"A"}, highest: []string{"C"}},
		"consensus":                  {votes: vote("5", "5", "5"), low: "5", high: "5", consensus: "5"},
		"one alone agrees":           {votes: vote("0.5"), low: "0.5", high: "0.5", consensus: "0.5"},
		"several are lowest":         {votes: vote("2", "8", "2"), low: "2", high: "8", lowest: []string{"A", "C"}, highest: []string{"B"}},
		"who cannot say holds it up": {votes: vote("5", "?", "5"), low: "5", high: "5", noIdea: []string{"B"}},
		"nobody can say":             {votes: vote("?", "?"), noIdea: []string{"A", "B"}},
	} {
		t.Run(name, func(t *testing.T) {
			round, err := story.Reveal(story.Cards(), test.votes)
			require.NoError(t, err)
			require.Equal(t, test.consensus, round.Consensus.String())
			require.Equal(t, test.low, round.Low.String())
			require.Equal(t, test.high, round.High.String())
			require.Equal(t, test.consensus != "", round.IsAgreed())
			require.Equal(t, append([]string{}, test.lowest...), round.Lowest)
			require.Equal(t, append([]string{}, test.highest...), round.Highest)
			require.Equal(t, append([]string{}, test.noIdea...), round.NoIdea)
		})
	}
	_, err := story.Reveal(story.Cards(), nil)
	require.ErrorIs(t, err, field.ErrInvalid)
	_, err = story.Reveal(story.Cards(), []story.PokerVote{{Person: "A", Card: "4"}, {Person: "A", Card: "5"}, {Card: "5"}})
	for _, words := range []string{"votes[0].card", "one vote a person", "votes[2].person"} {
		require.ErrorContains(t, err, words)
	}
}
