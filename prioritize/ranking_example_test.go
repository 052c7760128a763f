package prioritize_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// An item without input is listed apart, with the reason.
func ExampleCandidate() {
	ranking, err := prioritize.Rank(prioritize.WSJF{}, []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "login", Input: wsjf("8", "5", "13", "5")},
		{Key: "export", Unscored: "not estimated yet"},
	})
	fmt.Println(ranking.Keys(), ranking.Unscored(), err)
	// Output: [login] [{export not estimated yet 1}] <nil>
}

func ExampleRankedItem() {
	ranking, err := prioritize.Rank(prioritize.MoSCoW{}, []prioritize.Candidate[string, prioritize.MoSCoWInput]{
		{Key: "themes", Input: prioritize.MoSCoWInput{Category: prioritize.Could}},
		{Key: "login", Input: prioritize.MoSCoWInput{Category: prioritize.Must}},
		{Key: "export", Input: prioritize.MoSCoWInput{Category: prioritize.Must}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Position, row.Rank, row.Key, row.Tied)
	}
	// Output:
	// 1 1 login true
	// 2 1 export true
	// 3 3 themes false
}

func ExampleUnscoredItem() {
	ranking, err := prioritize.Rank(prioritize.RICE{}, []prioritize.Candidate[string, prioritize.RICEInput]{
		{Key: "login", Input: rice("100", "1", "", "2")},
	})
	for _, item := range ranking.Unscored() {
		fmt.Printf("%s: %s\n", item.Key, item.Reason)
	}
	fmt.Println(ranking.Len(), err)
	// Output:
	// login: confidence is missing
	// 0 <nil>
}

// Equal scores in the order of their keys, rather than in that of the input.
func ExampleRankOptions() {
	type candidate = prioritize.Candidate[string, prioritize.MoSCoWInput]
	must := prioritize.MoSCoWInput{Category: prioritize.Must}
	ranking, err := prioritize.RankBy(prioritize.MoSCoW{}, []candidate{{Key: "b", Input: must}, {Key: "a", Input: must}},
		prioritize.RankOptions[string, prioritize.MoSCoWInput]{
			Tie: func(a, b candidate) int { return cmp.Compare(a.Key, b.Key) },
		})
	fmt.Println(ranking.Keys(), ranking.Ties(), err)
	// Output: [a b] [[a b]] <nil>
}

func ExampleTerm() {
	for _, term := range (prioritize.WSJF{}).Terms(wsjf("8", "5", "13", "5")) {
		fmt.Println(term.Name, term.Effect, term.Value)
	}
	// Output:
	// user_business_value adds 8
	// time_criticality adds 5
	// risk_reduction adds 13
	// job_size divides 5
}

func ExampleComparison() {
	comparison, err := prioritize.Compare(twoOrders())
	if err != nil {
		fmt.Println(err)
		return
	}
	tau, ok := comparison.TauB()
	fmt.Printf("%d items, tau %.2f %t, %d of the first two\n", comparison.Len(), tau, ok, comparison.Overlap(2))
	// Output: 3 items, tau -1.00 true, 1 of the first two
}

func ExampleDisagreement() {
	comparison, err := prioritize.Compare(twoOrders())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range comparison.Disagreements(1) {
		fmt.Println(d.Key, d.Displacement)
	}
	// Output: rewrite 2
}

// twoOrders ranks the same items by value alone and by value per effort.
func twoOrders() (a, b *prioritize.Ranking[string]) {
	type input = prioritize.ValueEffortInput
	candidates := []prioritize.Candidate[string, input]{
		{Key: "rewrite", Input: input{Value: dec("9"), Effort: dec("30")}},
		{Key: "login", Input: input{Value: dec("8"), Effort: dec("4")}},
		{Key: "typo", Input: input{Value: dec("1"), Effort: dec("0.1")}},
	}
	value := prioritize.Formula[input](func(in input) (prioritize.Score, error) { return prioritize.Value(in.Value), nil })
	a, err := prioritize.Rank(value, candidates)
	if err != nil {
		fmt.Println(err)
	}
	b, err = prioritize.Rank(prioritize.ValueEffort{}, candidates)
	if err != nil {
		fmt.Println(err)
	}
	return a, b
}

// How wrong must an estimate be for the item to change places?
func ExampleMargin() {
	candidates := []prioritize.Candidate[string, prioritize.CD3Input]{
		{Key: "login", Input: prioritize.CD3Input{CostOfDelay: dec("10"), Duration: dec("2")}},
		{Key: "export", Input: prioritize.CD3Input{CostOfDelay: dec("8"), Duration: dec("2")}},
	}
	ranking, err := prioritize.Rank(prioritize.CD3{}, candidates)
	if err != nil {
		fmt.Println(err)
		return
	}
	margins, err := prioritize.Sensitivity(prioritize.CD3{}, candidates, ranking, "login", prioritize.SensitivityOptions{})
	for _, m := range margins {
		fmt.Printf("%s from %s to %s: level with %s\n", m.Factor, m.Value, m.Down.At, m.Down.Neighbour)
	}
	fmt.Println(err)
	// Output:
	// cost_of_delay from 10 to 8: level with export
	// duration from 2 to 2.5: level with export
	// <nil>
}

// Sizes that may be half or twice the estimate.
func ExampleRankStability() {
	type candidate = prioritize.Candidate[string, prioritize.CD3Input]
	candidates := []candidate{
		{Key: "login", Input: prioritize.CD3Input{CostOfDelay: dec("10"), Duration: dec("2")}},
		{Key: "export", Input: prioritize.CD3Input{CostOfDelay: dec("8"), Duration: dec("2")}},
	}
	stability, err := prioritize.Stability(prioritize.CD3{}, candidates,
		prioritize.StabilityOptions[string, prioritize.CD3Input]{
			Spreads: func(c candidate) []prioritize.Spread {
				size := c.Input.Duration
				return []prioritize.Spread{{Factor: "duration", Low: size.Div(dec("2")), High: size.Mul(dec("2"))}}
			},
			Draws:  1000,
			Source: rand.NewPCG(1, 2),
		})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("login first in", stability.First("login").At(2), "of the draws")
	// Output: login first in 0.68 of the draws
}

func ExampleSpread() {
	interval := prioritize.Spread{Factor: "job_size", Low: dec("3"), High: dec("8")}
	threePoint := prioritize.Spread{
		Factor: "job_size", Low: dec("3"), Likely: decimal.NewNullDecimal(dec("5")), High: dec("8"),
	}
	fmt.Println(interval.Likely.Valid, threePoint.Likely.Valid)
	// Output: false true
}

// MoSCoW first, RICE within a category.
func ExampleOn() {
	chain := prioritize.Chain[prioritize.Assessment]{
		prioritize.On("moscow", prioritize.MoSCoW{},
			func(a prioritize.Assessment) *prioritize.MoSCoWInput { return a.MoSCoW }),
		prioritize.On("rice", prioritize.RICE{}, func(a prioritize.Assessment) *prioritize.RICEInput { return a.RICE }),
	}
	high, low := rice("100", "3", "1", "1"), rice("100", "1", "1", "1")
	ranking, err := prioritize.Rank(chain, []prioritize.Candidate[string, prioritize.Assessment]{
		{Key: "a", Input: prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Should}, RICE: &high}},
		{Key: "b", Input: prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must}, RICE: &low}},
		{Key: "c", Input: prioritize.Assessment{MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must}, RICE: &high}},
	})
	fmt.Println(ranking.Keys(), err)
	// Output: [c b a] <nil>
}

// bet is the input of a method of one's own.
type bet struct{ Gain, Stake decimal.Decimal }

// odds is gain / stake, highest first; of equal quotients, the smaller stake.
type odds struct{}

func (m odds) Score(inputs []bet) ([]prioritize.Score, error) {
	return prioritize.Each(inputs, m.ScoreItem)
}

func (m odds) ScoreItem(in bet) (prioritize.Score, error) {
	if err := prioritize.Validate(m, in); err != nil {
		return prioritize.Score{}, err
	}
	return prioritize.Quotient(in.Gain, in.Stake)
}

func (odds) TieKeys() []func(bet) prioritize.Score {
	return []func(bet) prioritize.Score{func(in bet) prioritize.Score { return prioritize.Value(in.Stake).Neg() }}
}

func (odds) Terms(in bet) []prioritize.Term {
	return []prioritize.Term{
		{Name: "gain", Effect: prioritize.Multiplies, Value: prioritize.Value(in.Gain)},
		{Name: "stake", Effect: prioritize.Divides, Value: prioritize.Value(in.Stake)},
	}
}

func (odds) Factors() []prioritize.Factor[bet] {
	least := decimal.NewNullDecimal(decimal.Zero)
	return []prioritize.Factor[bet]{
		{
			Name: "gain", Least: least, Direction: 1, Effect: prioritize.Multiplies, LinearFractional: true,
			Get:  func(in bet) (decimal.Decimal, bool) { return in.Gain, true },
			With: func(in bet, value decimal.Decimal) bet { in.Gain = value; return in },
		},
		{
			Name: "stake", Least: least, Open: true, Direction: -1, Effect: prioritize.Divides, LinearFractional: true,
			Get:  func(in bet) (decimal.Decimal, bool) { return in.Stake, true },
			With: func(in bet, value decimal.Decimal) bet { in.Stake = value; return in },
		},
	}
}

// What is known of a factor is written once.
func ExampleFactored() {
	fmt.Println(prioritize.Validate(odds{}, bet{Gain: dec("-1")}))
	// Output:
	// prioritize: gain is "-1", want >= 0
	// prioritize: stake is "0", want > 0
}

func ExampleItemMethod() {
	var method prioritize.ItemMethod[bet] = odds{}
	fmt.Println(method.ScoreItem(bet{Gain: dec("10"), Stake: dec("4")}))
	// Output: 2.5 <nil>
}

func ExampleTieRule() {
	ranking, err := prioritize.Rank(odds{}, []prioritize.Candidate[string, bet]{
		{Key: "big", Input: bet{Gain: dec("10"), Stake: dec("4")}},
		{Key: "small", Input: bet{Gain: dec("5"), Stake: dec("2")}},
	})
	fmt.Println(ranking.Keys(), ranking.Ties(), err)
	// Output: [small big] [[small big]] <nil>
}

func ExampleExplainer() {
	in := bet{Gain: dec("10"), Stake: dec("4")}
	score, err := odds{}.ScoreItem(in)
	fmt.Println(prioritize.Sentence(odds{}.Terms(in), score, 2), err)
	// Output: 10 / 4 = 2.5 <nil>
}
