package prioritize_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

func ice(impact, confidence, ease string) prioritize.ICEInput {
	return prioritize.ICEInput{Impact: dec(impact), Confidence: dec(confidence), Ease: dec(ease)}
}

func TestICEPublished(t *testing.T) {
	flip := candidates[prioritize.ICEInput]{{Key: "P", Input: ice("9", "2", "10")}, {Key: "Q", Input: ice("7", "7", "6")}}
	runPublished(t, map[string]published[prioritize.ICEInput]{
		"two items": {
			source: "innerview.co/terms/ice-score",
			method: prioritize.ICE{},
			items: candidates[prioritize.ICEInput]{
				{Key: "Referral program", Input: ice("8", "7", "5")}, {Key: "Site speed", Input: ice("6", "9", "8")},
			},
			scores: map[string]string{"Referral program": "280", "Site speed": "432"},
			order:  []string{"Site speed", "Referral program"},
		},
		"one item": {
			source: "idaete.com/tools/ice-scoring-model",
			method: prioritize.ICE{},
			items:  candidates[prioritize.ICEInput]{{Key: "Mortgage predictor", Input: ice("8", "6", "3")}},
			scores: map[string]string{"Mortgage predictor": "144"},
		},
		"another item": {
			source: "a public repository",
			method: prioritize.ICE{},
			items:  candidates[prioritize.ICEInput]{{Key: "Referral trial", Input: ice("6", "7", "8")}},
			scores: map[string]string{"Referral trial": "336"},
		},
		"product": {
			source: "computed, after votito.com/methods/ice-score",
			method: prioritize.ICE{}, items: flip,
			scores: map[string]string{"P": "180", "Q": "294"}, order: []string{"Q", "P"},
		},
		"mean turns it round": {
			source: "computed, after votito.com/methods/ice-score",
			method: prioritize.ICE{Mean: true}, items: flip,
			scale: 4, scores: map[string]string{"P": "7.0000", "Q": "6.6667"}, order: []string{"P", "Q"},
		},
	})
}

// Dividing by effort in place of multiplying by ease is not ICE: it takes a formula of one's own.
func TestICEByEffortPublished(t *testing.T) {
	type input struct{ Impact, Confidence, Effort decimal.Decimal }
	in := func(impact, confidence, effort int64) input {
		return input{decimal.NewFromInt(impact), decimal.NewFromInt(confidence), decimal.NewFromInt(effort)}
	}
	published[input]{
		source: "graphedminds.com/creators/gregisenberg/frameworks/ice_prioritization_framework",
		method: prioritize.Formula[input](func(in input) (prioritize.Score, error) {
			return prioritize.Quotient(in.Impact.Mul(in.Confidence), in.Effort)
		}),
		items: candidates[input]{
			{Key: "push", Input: in(8, 9, 3)}, {Key: "social", Input: in(6, 5, 8)}, {Key: "leaderboards", Input: in(7, 8, 4)},
		},
		scale:  2,
		scores: map[string]string{"push": "24.00", "social": "3.75", "leaderboards": "14.00"},
		order:  []string{"push", "leaderboards", "social"},
	}.run(t)
}

func TestICEScale(t *testing.T) {
	inputs := []prioritize.ICEInput{ice("1", "10", "5.5"), ice("0", "11", "5"), ice("3", "3", "-1")}
	requireProblems(t, prioritize.ICE{}.CheckScale(inputs),
		`prioritize: item 1: impact is "0", want from 1 to 10`,
		`prioritize: item 1: confidence is "11", want from 1 to 10`,
		`prioritize: item 2: ease is "-1", want from 1 to 10`)
	scores, err := prioritize.ICE{}.Score(inputs[:2])
	require.NoError(t, err, "off the scale is not impossible")
	require.Equal(t, "0", scores[1].String())
	_, err = prioritize.ICE{}.Score(inputs)
	requireProblems(t, err, `prioritize: item 2: ease is "-1", want >= 0`)
}

func TestICELaws(t *testing.T) {
	generate := func(rng *rand.Rand) prioritize.ICEInput {
		return prioritize.ICEInput{Impact: small(rng), Confidence: small(rng), Ease: small(rng)}
	}
	prioritizetest.TestMethod(t, prioritize.ICE{}, generate)
	prioritizetest.TestMethod(t, prioritize.ICE{Mean: true}, generate)
	requireRoundTrip(t, ice("1", "2", "3.5"))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		in := generate(rng)
		i, c, e := rat(in.Impact), rat(in.Confidence), rat(in.Ease)
		product, err := prioritize.ICE{}.ScoreItem(in)
		require.NoError(t, err)
		requireRat(t, new(big.Rat).Mul(i, new(big.Rat).Mul(c, e)), product)
		mean, err := prioritize.ICE{Mean: true}.ScoreItem(in)
		require.NoError(t, err)
		sum := new(big.Rat).Add(i, new(big.Rat).Add(c, e))
		requireRat(t, sum.Mul(sum, big.NewRat(1, 3)), mean)
	}
}

func ExampleICE() {
	items := []prioritize.Candidate[string, prioritize.ICEInput]{
		{Key: "P", Input: ice("9", "2", "10")},
		{Key: "Q", Input: ice("7", "7", "6")},
	}
	product, err := prioritize.Rank(prioritize.ICE{}, items)
	fmt.Println(product.Keys(), product.Sentence("P", 2), err)
	mean, err := prioritize.Rank(prioritize.ICE{Mean: true}, items)
	fmt.Println(mean.Keys(), mean.Sentence("Q", 2), err)
	// Output:
	// [Q P] 9 × 2 × 10 = 180 <nil>
	// [P Q] (7 + 7 + 6) / 3 ≈ 6.67 <nil>
}
