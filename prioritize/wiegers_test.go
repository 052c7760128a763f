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

func wiegers(benefit, penalty, cost, risk string) prioritize.WiegersInput {
	return prioritize.WiegersInput{Benefit: dec(benefit), Penalty: dec(penalty), Cost: dec(cost), Risk: dec(risk)}
}

func weight(text string) decimal.NullDecimal { return decimal.NewNullDecimal(dec(text)) }

func TestRelativeWeightingPublished(t *testing.T) {
	// Computed, after mountaingoatsoftware.com/tools/relative-weighting.
	items := candidates[prioritize.WiegersInput]{
		{Key: "X", Input: wiegers("8", "6", "32", "0")},
		{Key: "Y", Input: wiegers("9", "2", "21", "0")},
		{Key: "Z", Input: wiegers("3", "5", "8", "0")},
	}
	published[prioritize.WiegersInput]{
		method: prioritize.RelativeWeighting(), items: items, scale: 4,
		scores: map[string]string{"X": "0.8087", "Y": "0.9683", "Z": "1.8485"},
		order:  []string{"Z", "Y", "X"},
	}.run(t)
	rows, err := prioritize.RelativeWeighting().Table([]prioritize.WiegersInput{items[0].Input, items[1].Input, items[2].Input})
	require.NoError(t, err)
	for i, want := range [][3]string{{"14", "42.42", "52.46"}, {"11", "33.33", "34.43"}, {"8", "24.24", "13.11"}} {
		require.Equal(t, want[0], rows[i].Value.String())
		require.Equal(t, want[1], rows[i].ValuePercent.At(2).String())
		require.Equal(t, want[2], rows[i].CostPercent.At(2).String())
	}
}

func TestWiegersPublished(t *testing.T) {
	// Mitch Lacey's article on MSDN: (5 × 2) + (3 × 1) = 13.
	m := prioritize.Wiegers{BenefitWeight: weight("2"), PenaltyWeight: weight("1")}
	rows, err := m.Table([]prioritize.WiegersInput{wiegers("5", "3", "1", "1")})
	require.NoError(t, err)
	require.Equal(t, "13", rows[0].Value.String())
}

func TestWiegersEdges(t *testing.T) {
	_, err := prioritize.Rank(prioritize.Wiegers{}, candidates[prioritize.WiegersInput]{
		{Key: "x", Input: wiegers("5", "3", "0", "0")},
	})
	requireProblems(t, err, `prioritize: item 0 ("x"): weighted cost % + risk % is "0", want > 0`)

	scores, err := prioritize.Wiegers{}.Score(nil)
	require.NoError(t, err, "nothing comes to nothing")
	require.Empty(t, scores)

	scores, err = prioritize.Wiegers{}.Score([]prioritize.WiegersInput{wiegers("0", "0", "1", "0"), wiegers("0", "0", "3", "0")})
	require.NoError(t, err, "without any value all are worth nothing")
	require.Equal(t, "0", scores[0].String())

	riskless, err := prioritize.Wiegers{}.Score([]prioritize.WiegersInput{wiegers("1", "2", "1", "0"), wiegers("4", "0", "3", "0")})
	require.NoError(t, err)
	relative, err := prioritize.RelativeWeighting().Score([]prioritize.WiegersInput{wiegers("1", "2", "1", "9"), wiegers("4", "0", "3", "5")})
	require.NoError(t, err)
	for i := range riskless {
		require.True(t, riskless[i].Equal(relative[i]), "no risk is the same as none that counts")
	}

	_, err = prioritize.Wiegers{CostWeight: weight("-1")}.Score([]prioritize.WiegersInput{wiegers("-1", "0", "1", "-2")})
	requireProblems(t, err,
		`prioritize: cost weight is "-1", want >= 0`,
		`prioritize: item 0: benefit is "-1", want >= 0`,
		`prioritize: item 0: risk is "-2", want >= 0`)
}

func TestWiegersLaws(t *testing.T) {
	generate := func(rng *rand.Rand) prioritize.WiegersInput {
		return prioritize.WiegersInput{Benefit: small(rng), Penalty: small(rng), Cost: small(rng), Risk: small(rng)}
	}
	m := prioritize.Wiegers{
		BenefitWeight: weight("2"), PenaltyWeight: weight("0.5"), CostWeight: weight("3"), RiskWeight: weight("0.25"),
	}
	costly := func(rng *rand.Rand) prioritize.WiegersInput {
		in := generate(rng)
		in.Cost = smallPositive(rng)
		return in
	}
	prioritizetest.TestMethod(t, m, costly)
	prioritizetest.TestMethod(t, prioritize.RelativeWeighting(), costly)
	requireRoundTrip(t, wiegers("1", "2", "3", "4.5"))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		inputs := make([]prioritize.WiegersInput, 1+rng.IntN(6))
		for i := range inputs {
			inputs[i] = generate(rng)
		}
		scores, err := m.Score(inputs)
		if err != nil {
			continue
		}
		for i, want := range plainWiegers(inputs) {
			requireRat(t, want, scores[i])
		}
	}
}

// plainWiegers is the formula in percent, with the weights of the test above.
func plainWiegers(inputs []prioritize.WiegersInput) []*big.Rat {
	value := func(in prioritize.WiegersInput) *big.Rat {
		return rat(in.Benefit.Mul(dec("2")).Add(in.Penalty.Mul(dec("0.5"))))
	}
	percent := func(of func(prioritize.WiegersInput) *big.Rat, i int) *big.Rat {
		sum := new(big.Rat)
		for _, in := range inputs {
			sum.Add(sum, of(in))
		}
		if sum.Sign() == 0 {
			return sum
		}
		part := new(big.Rat).Quo(of(inputs[i]), sum)
		return part.Mul(part, big.NewRat(100, 1))
	}
	priorities := make([]*big.Rat, len(inputs))
	for i := range inputs {
		cost := percent(func(in prioritize.WiegersInput) *big.Rat { return rat(in.Cost) }, i)
		risk := percent(func(in prioritize.WiegersInput) *big.Rat { return rat(in.Risk) }, i)
		burden := cost.Add(cost.Mul(cost, big.NewRat(3, 1)), risk.Mul(risk, big.NewRat(1, 4)))
		priorities[i] = new(big.Rat).Quo(percent(value, i), burden)
	}
	return priorities
}

func ExampleRelativeWeighting() {
	ranking, err := prioritize.Rank(prioritize.RelativeWeighting(), []prioritize.Candidate[string, prioritize.WiegersInput]{
		{Key: "X", Input: wiegers("8", "6", "32", "0")},
		{Key: "Y", Input: wiegers("9", "2", "21", "0")},
		{Key: "Z", Input: wiegers("3", "5", "8", "0")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Key, row.Score.At(4), "=", ranking.Sentence(row.Key, 4))
	}
	// Output:
	// Z 1.8485 = 24.2424 / (1 × 13.1148) ≈ 1.8485
	// Y 0.9683 = 33.3333 / (1 × 34.4262) ≈ 0.9683
	// X 0.8087 = 42.4242 / (1 × 52.459) ≈ 0.8087
}

func ExampleWiegers() {
	m := prioritize.Wiegers{BenefitWeight: weight("2"), RiskWeight: weight("0.5")}
	rows, err := m.Table([]prioritize.WiegersInput{
		wiegers("5", "3", "2", "1"),
		wiegers("9", "1", "3", "4"),
	})
	for _, row := range rows {
		fmt.Println(row.Value, row.ValuePercent.At(1), row.CostPercent, row.RiskPercent, row.Priority.At(3))
	}
	fmt.Println(err)
	// Output:
	// 13 40.6 40 20 0.813
	// 19 59.4 60 80 0.594
	// <nil>
}

// A cost of 0 is allowed, but leaves nothing to divide by where risk does not count: the search must stop
// short of it.
func TestRelativeWeightingSensitivity(t *testing.T) {
	candidates := []prioritize.Candidate[string, prioritize.WiegersInput]{
		{Key: "a", Input: prioritize.WiegersInput{Benefit: dec("8"), Cost: dec("7")}},
		{Key: "b", Input: prioritize.WiegersInput{Benefit: dec("11"), Cost: dec("0.7")}},
	}
	m := prioritize.RelativeWeighting()
	ranking, err := prioritize.Rank(m, candidates)
	require.NoError(t, err)
	margins, err := prioritize.Sensitivity(m, candidates, ranking, "a", prioritize.SensitivityOptions{})
	require.NoError(t, err)
	require.Equal(t, "cost", margins[2].Factor)
	require.False(t, margins[2].Up.Never)
	require.Equal(t, "0.5", margins[2].Up.At.String()) // 8 / 0.50 > 11 / 0.7 > 8 / 0.51
}
