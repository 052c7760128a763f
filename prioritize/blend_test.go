package prioritize_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

type pairs = prioritize.Blend[[2]decimal.Decimal]

// number is a part that takes one of two numbers as it is.
func number(name string, at int) prioritize.ChainPart[[2]decimal.Decimal] {
	return prioritize.On(name, plain, func(n [2]decimal.Decimal) *decimal.Decimal { return &n[at] })
}

func TestBlendNormalizations(t *testing.T) {
	inputs := make([][2]decimal.Decimal, 4)
	for i, s := range []string{"10", "4", "4", "2"} {
		inputs[i][0] = dec(s)
	}
	for n, want := range map[prioritize.Normalization][]string{
		0:                     {"1", "0.25", "0.25", "0"},
		prioritize.MinMax:     {"1", "0.25", "0.25", "0"},
		prioritize.ShareOfMax: {"1", "0.4", "0.4", "0.2"},
		prioritize.ShareOfSum: {"0.5", "0.2", "0.2", "0.1"},
		prioritize.ByRank:     {"1", "0.5", "0.5", "0"},
	} {
		scores, err := pairs{{Part: number("x", 0), Weight: dec("1"), Normalization: n}}.Score(inputs)
		require.NoError(t, err)
		for i, s := range scores {
			require.Equal(t, want[i], s.String(), n)
		}
	}
}

// Where no item stands out, none is held back.
func TestBlendOfEqualScores(t *testing.T) {
	inputs := [][2]decimal.Decimal{{dec("-3")}, {dec("-3.0")}}
	for _, n := range []prioritize.Normalization{prioritize.MinMax, prioritize.ByRank} {
		for _, some := range [][][2]decimal.Decimal{inputs, inputs[:1]} {
			scores, err := pairs{{Part: number("x", 0), Weight: dec("2"), Normalization: n}}.Score(some)
			require.NoError(t, err)
			require.Equal(t, "2", scores[0].String())
		}
	}
}

// The twin computes the weighted sum of min-max values with rationals.
func TestBlendAgreesWithRationals(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	for range 200 {
		inputs := make([][2]decimal.Decimal, 1+rng.IntN(30))
		for i := range inputs {
			for at := range inputs[i] {
				inputs[i][at] = decimal.New(rng.Int64N(2000)-1000, -rng.Int32N(4))
			}
		}
		weights := [2]decimal.Decimal{decimal.New(1+rng.Int64N(9), -1), decimal.New(1+rng.Int64N(9), 0)}
		blend := pairs{
			{Part: number("x", 0), Weight: weights[0]}, {Part: number("y", 1), Weight: weights[1]},
		}
		scores, err := blend.Score(inputs)
		require.NoError(t, err)
		for i := range inputs {
			want := new(big.Rat)
			for at := range weights {
				low, high := inputs[0][at], inputs[0][at]
				for _, in := range inputs {
					low, high = decimal.Min(low, in[at]), decimal.Max(high, in[at])
				}
				share := big.NewRat(1, 1)
				if !low.Equal(high) {
					share.Quo(inputs[i][at].Sub(low).Rat(), high.Sub(low).Rat())
				}
				want.Add(want, share.Mul(share, weights[at].Rat()))
			}
			require.Zero(t, want.Cmp(scores[i].Rat()))
		}
	}
}

func TestBlendErrors(t *testing.T) {
	numbers := [][2]decimal.Decimal{{dec("-1"), dec("1")}, {dec("-2"), dec("-1")}}
	_, err := pairs{
		{Part: number("x", 0), Weight: dec("1"), Normalization: prioritize.ShareOfMax},
		{Part: number("y", 1), Weight: dec("0"), Normalization: prioritize.ShareOfSum},
		{Part: number("z", 1), Weight: decimal.New(1, 2000), Normalization: 77},
	}.Score(numbers)
	require.EqualError(t, err, `prioritize: x is "-1", want > 0 to take a share of
prioritize: y weight is "0", want > 0
prioritize: y is "0", want > 0 to take a share of
prioritize: z weight is "1e2000", want at most 100 digits and an exponent within ±1000
prioritize: z normalization is "Normalization(77)", want a known one`)

	assessments := randomAssessments(rand.New(rand.NewPCG(1, 3)), 20)
	blend := prioritize.Blend[prioritize.Assessment]{{Part: moscowPart(), Weight: dec("1")}}
	_, err = blend.Score(assessments)
	require.ErrorContains(t, err, "want by rank, as it has classes")
	blend[0].Normalization = prioritize.ByRank
	_, err = blend.Score(assessments)
	require.NoError(t, err)
	_, err = prioritize.Blend[prioritize.Assessment]{}.Score(assessments)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

// Only items that every part can score are normalized against each other.
func TestBlendUnscored(t *testing.T) {
	a, b := wsjf("1", "0", "0", "1"), wsjf("9", "0", "0", "1")
	r := rice("1", "1", "1", "1")
	scores, err := prioritize.Blend[prioritize.Assessment]{
		{Part: wsjfPart(), Weight: dec("1")}, {Part: ricePart(), Weight: dec("1")},
	}.Score([]prioritize.Assessment{{WSJF: &a, RICE: &r}, {WSJF: &b}, {}})
	require.NoError(t, err)
	require.Equal(t, []string{"2", "unscored: rice is missing", "unscored: wsjf is missing"},
		[]string{scores[0].String(), scores[1].String(), scores[2].String()})
}

// Six parts in ten WSJF, four in ten RICE, each brought to 0..1 first.
func ExampleBlend() {
	w1, w2, w3 := wsjf("8", "5", "13", "5"), wsjf("1", "1", "1", "5"), wsjf("5", "3", "2", "5")
	r1, r2, r3 := rice("100", "1", "1", "1"), rice("900", "2", "0.5", "1"), rice("500", "1", "1", "1")
	blend := prioritize.Blend[prioritize.Assessment]{
		{Part: wsjfPart(), Weight: dec("0.6")},
		{Part: ricePart(), Weight: dec("0.4")},
	}
	ranking, err := prioritize.Rank(blend, []prioritize.Candidate[string, prioritize.Assessment]{
		{Key: "a", Input: prioritize.Assessment{WSJF: &w1, RICE: &r1}},
		{Key: "b", Input: prioritize.Assessment{WSJF: &w2, RICE: &r2}},
		{Key: "c", Input: prioritize.Assessment{WSJF: &w3, RICE: &r3}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Key, ranking.Sentence(row.Key, 3))
	}
	for _, term := range ranking.Terms("a") {
		fmt.Println(term.Name, term.Contribution, "from", prioritize.Sentence(term.Parts, prioritize.Score{}, 2))
	}
	// Output:
	// a 0.6 × 1 + 0.4 × 0 = 0.6
	// b 0.6 × 0 + 0.4 × 1 = 0.4
	// c 0.6 × 0.304 + 0.4 × 0.5 ≈ 0.383
	// wsjf 0.6 from wsjf (8 + 5 + 13) / 5 = 5.2
	// rice 0 from rice 100 × 1 × 1 / 1 = 100
}

// A blend of one part breaks ties as the part does.
func TestBlendBreaksTies(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	type input = prioritize.WSJFInput
	blend := prioritize.Blend[input]{{
		Part: prioritize.On("wsjf", prioritize.WSJF{}, func(in input) *input { return &in }), Weight: dec("3"),
	}}
	require.Len(t, blend.TieKeys(), len(prioritize.WSJF{}.TieKeys()))
	for range 50 {
		candidates := numbered(scaleInputs(rng, 30))
		want, err := prioritize.Rank(prioritize.WSJF{}, candidates)
		require.NoError(t, err)
		got, err := prioritize.Rank(blend, candidates)
		require.NoError(t, err)
		require.Equal(t, want.Keys(), got.Keys())
	}
}
