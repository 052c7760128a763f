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

func cd3(cost, duration string) prioritize.CD3Input {
	return prioritize.CD3Input{CostOfDelay: dec(cost), Duration: dec(duration)}
}

func TestCD3Published(t *testing.T) {
	runPublished(t, map[string]published[prioritize.CD3Input]{
		"three projects": {
			source: "computed, after xprocess.blogspot.co.uk/2016/04/how-to-calculate-wsjf.html",
			method: prioritize.CD3{},
			items: candidates[prioritize.CD3Input]{
				{Key: "P3", Input: cd3("1", "10")}, {Key: "P1", Input: cd3("10", "1")}, {Key: "P2", Input: cd3("3", "3")},
			},
			scale:  1,
			scores: map[string]string{"P1": "10.0", "P2": "1.0", "P3": "0.1"},
			order:  []string{"P1", "P2", "P3"},
		},
		"equal cost, shortest first": {
			source: "tcagley.wordpress.com/tag/cost-of-delay, quotients computed",
			method: prioritize.CD3{},
			items: candidates[prioritize.CD3Input]{
				{Key: "WI2", Input: cd3("100", "2")}, {Key: "WI1", Input: cd3("100", "1")},
			},
			scores: map[string]string{"WI1": "100", "WI2": "50"},
			order:  []string{"WI1", "WI2"},
		},
	})
}

func TestTotalDelayCostPublished(t *testing.T) {
	p1, p2, p3 := cd3("10", "1"), cd3("3", "3"), cd3("1", "10")
	tests := map[string]struct {
		order                   []prioritize.CD3Input
		fromStart, toCompletion string
	}{
		// Computed, after xprocess.blogspot.co.uk/2016/04/how-to-calculate-wsjf.html.
		"by CD3":   {[]prioritize.CD3Input{p1, p2, p3}, "7", "36"},
		"reversed": {[]prioritize.CD3Input{p3, p2, p1}, "160", "189"},
		// v46.scaledagileframework.com/wsjf: three months late at 100,000 a month cost 300,000.
		"one item, three months": {[]prioritize.CD3Input{cd3("100000", "3")}, "0", "300000"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			cost, err := prioritize.TotalDelayCost(c.order)
			require.NoError(t, err)
			require.Equal(t, c.fromStart, cost.FromStart.String())
			require.Equal(t, c.toCompletion, cost.ToCompletion.String())
		})
	}
}

func TestTotalDelayCostOfNothing(t *testing.T) {
	_, err := prioritize.TotalDelayCost(nil)
	require.EqualError(t, err, `prioritize: items is "none", want at least one`)
}

// Smith's rule: no order costs less than that by CD3. And the two conventions differ by a constant.
func TestCD3IsOptimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		inputs := make([]prioritize.CD3Input, 1+rng.IntN(5))
		constant := new(big.Rat)
		for i := range inputs {
			inputs[i] = prioritize.CD3Input{CostOfDelay: small(rng), Duration: smallPositive(rng)}
			constant.Add(constant, new(big.Rat).Mul(rat(inputs[i].CostOfDelay), rat(inputs[i].Duration)))
		}
		r, err := prioritize.Rank(prioritize.CD3{}, numbered(inputs))
		require.NoError(t, err)
		best, err := prioritize.TotalDelayCost(pick(inputs, r.Keys()))
		require.NoError(t, err)
		permutations(len(inputs), func(order []int) {
			cost, err := prioritize.TotalDelayCost(pick(inputs, order))
			require.NoError(t, err)
			require.GreaterOrEqual(t, cost.FromStart.Compare(best.FromStart), 0)
			requireRat(t, constant, cost.ToCompletion.Sub(cost.FromStart))
			requireRat(t, plainDelayCost(pick(inputs, order)), cost.ToCompletion)
		})
	}
}

// plainDelayCost adds up, for each item, the durations of all up to it.
func plainDelayCost(order []prioritize.CD3Input) *big.Rat {
	sum := new(big.Rat)
	for i := range order {
		for j := range i + 1 {
			sum.Add(sum, new(big.Rat).Mul(rat(order[i].CostOfDelay), rat(order[j].Duration)))
		}
	}
	return sum
}

func pick[A any](inputs []A, order []int) []A {
	picked := make([]A, len(order))
	for to, from := range order {
		picked[to] = inputs[from]
	}
	return picked
}

// permutations visits all orders of n numbers.
func permutations(n int, visit func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var place func(at int)
	place = func(at int) {
		if at == n {
			visit(order)
		}
		for i := at; i < n; i++ {
			order[at], order[i] = order[i], order[at]
			place(at + 1)
			order[at], order[i] = order[i], order[at]
		}
	}
	place(0)
}

func TestCD3Invalid(t *testing.T) {
	_, err := prioritize.Rank(prioritize.CD3{}, candidates[prioritize.CD3Input]{
		{Key: "a", Input: cd3("-1", "0")}, {Key: "b", Input: cd3("0", "1")}, {Key: "c", Input: cd3("1", "-2")},
	})
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	requireProblems(t, err,
		`prioritize: item 0 ("a"): cost_of_delay is "-1", want >= 0`,
		`prioritize: item 0 ("a"): duration is "0", want > 0`,
		`prioritize: item 2 ("c"): duration is "-2", want > 0`)
	_, err = prioritize.TotalDelayCost([]prioritize.CD3Input{cd3("1", "0"), cd3("1", "1"), cd3("-1", "1")})
	requireProblems(t, err,
		`prioritize: item 0: duration is "0", want > 0`,
		`prioritize: item 2: cost_of_delay is "-1", want >= 0`)
}

func TestCD3Laws(t *testing.T) {
	prioritizetest.TestMethod(t, prioritize.CD3{}, func(rng *rand.Rand) prioritize.CD3Input {
		return prioritize.CD3Input{CostOfDelay: small(rng), Duration: smallPositive(rng)}
	})
	requireRoundTrip(t, cd3("2.5", "3"))
}

// The order 10/1, 3/3, 1/10 and its reverse: the same work at five times the cost of delay.
func ExampleCD3() {
	ranking, err := prioritize.Rank(prioritize.CD3{}, []prioritize.Candidate[string, prioritize.CD3Input]{
		{Key: "P3", Input: cd3("1", "10")},
		{Key: "P2", Input: cd3("3", "3")},
		{Key: "P1", Input: cd3("10", "1")},
	})
	fmt.Println(ranking.Keys(), err)
	fmt.Println(ranking.Sentence("P3", 2))
	// Output:
	// [P1 P2 P3] <nil>
	// 1 / 10 = 0.1
}

func ExampleTotalDelayCost() {
	cost, err := prioritize.TotalDelayCost([]prioritize.CD3Input{cd3("10", "1"), cd3("3", "3"), cd3("1", "10")})
	fmt.Println(cost.FromStart, cost.ToCompletion, err)
	// Output: 7 36 <nil>
}
