package prioritize_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// What is wrong with a method is in the error once, however many candidates there are.
func TestWrongMethodIsOneError(t *testing.T) {
	_, err := prioritize.Rank(prioritize.Weighted{}, numbered(make([]prioritize.WeightedInput, 1000)))
	requireProblems(t, err, `prioritize: criteria is "none", want at least one`)
	inputs := make([]prioritize.RICEInput, 1000)
	_, err = prioritize.Rank(prioritize.RICE{DefaultConfidence: decimal.NewNullDecimal(dec("80"))}, numbered(inputs))
	requireProblems(t, err, `prioritize: default confidence is "80", want a fraction in (0, 1]`)
}

// A number of a sentence that has no end, or no near one, is rounded; a short one is not.
func TestSentenceRoundsTerms(t *testing.T) {
	term := func(name string, effect prioritize.TermEffect, num, den int64) prioritize.Term {
		return prioritize.Term{Name: name, Effect: effect, Value: prioritize.Integer(num).Div(prioritize.Integer(den))}
	}
	terms := []prioritize.Term{
		term("a", prioritize.Adds, 174530, 1331), term("b", prioritize.Adds, 1, 4), term("c", prioritize.Divides, 1, 64),
	}
	score := terms[0].Value.Add(terms[1].Value).Div(terms[2].Value)
	require.Equal(t, "(131.13 + 0.25) / 0.02 ≈ 8408.13", prioritize.Sentence(terms, score, 2))
	require.Equal(t, "(131 + 0.25) / 0 ≈ 8408", prioritize.Sentence(terms, score, 0))
	require.Equal(t, "(131.126972 + 0.25) / 0.015625 ≈ 8408.126221", prioritize.Sentence(terms, score, 6))
	require.Equal(t, "0.25 = 0.25", prioritize.Sentence(terms[1:2], terms[1].Value, 2))
}
