package prioritize_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

// onSale is a feature with the offers of the players p and q.
func onSale(price, p, q int64) prioritize.BuyFeatureInput {
	in := prioritize.BuyFeatureInput{Price: decimal.NewFromInt(price), Offers: make(map[string]decimal.Decimal)}
	if p != 0 {
		in.Offers["p"] = decimal.NewFromInt(p)
	}
	if q != 0 {
		in.Offers["q"] = decimal.NewFromInt(q)
	}
	return in
}

func game(p, q string) prioritize.BuyFeature {
	return prioritize.BuyFeature{Players: map[string]decimal.Decimal{"p": dec(p), "q": dec(q)}}
}

func TestBuyFeaturePublished(t *testing.T) {
	// Computed, after ra-cu.com, "Buy a feature": bought only when pooled offers reach the price.
	features := []prioritize.BuyFeatureInput{onSale(80, 50, 30), onSale(30, 0, 20), onSale(50, 0, 0)}
	sale, err := game("50", "50").Outcome(features)
	require.NoError(t, err)
	require.Equal(t, []bool{true, false, false}, sale.Bought)
	require.Equal(t, "p", sale.Wallet[0].Stakeholder)
	require.Equal(t, "0", sale.Wallet[0].Left.String())
	require.Equal(t, "20", sale.Wallet[1].Left.String())
	r, err := prioritize.Rank(game("50", "50"), numbered(features))
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 2}, r.Keys())
	require.Equal(t, "bought for 80, then 50 + 30 = 80", r.Sentence(0, 0))
	require.Equal(t, "short of 30, then 20 = 20", r.Sentence(1, 0))
}

func TestPlayMoneyPublished(t *testing.T) {
	// practicaluxmethods.com/product/divide-the-dollar.
	require.Equal(t, "60", prioritize.BuyFeature{}.PlayMoney(dec("55"), dec("60"), dec("65")).String())
	require.False(t, prioritize.BuyFeature{}.PlayMoney().IsScored())
}

func TestBuyFeatureInvalid(t *testing.T) {
	features := []prioritize.BuyFeatureInput{onSale(0, -1, 1), onSale(10, 5, 5)}
	_, err := prioritize.BuyFeature{Players: map[string]decimal.Decimal{"p": dec("-4")}}.Score(features)
	requireProblems(t, err,
		`prioritize: players["p"] is "-4", want >= 0`,
		`prioritize: item 0: price is "0", want > 0`,
		`prioritize: item 0: offers["p"] is "-1", want >= 0`,
		`prioritize: item 0: offers is "q", want the name of a player`,
		`prioritize: item 1: offers is "q", want the name of a player`)
	_, err = game("4", "4.5").Score([]prioritize.BuyFeatureInput{onSale(10, 5, 5)})
	requireProblems(t, err,
		`prioritize: money offered by "p" is "5", want at most 4`,
		`prioritize: money offered by "q" is "5", want at most 4.5`)
}

// What is returned in proportion adds up to fractions without end; where they grow out of all bounds, there
// is an error and not a guess.
func TestBuyFeatureBeyondBounds(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	long := func() decimal.Decimal {
		d := decimal.New(0, 0)
		for range 5 {
			d = d.Shift(18).Add(decimal.NewFromInt(rng.Int64N(1_000_000_000_000_000_000)))
		}
		return d
	}
	var features []prioritize.BuyFeatureInput
	for range 400 {
		features = append(features, prioritize.BuyFeatureInput{
			Price: dec("1"), Offers: map[string]decimal.Decimal{"p": long(), "q": long()},
		})
	}
	_, err := game("1e95", "1e95").Outcome(features)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = game("1e95", "1e95").Outcome(features[:20])
	require.NoError(t, err)
}

// No money appears or vanishes: what is paid is what was bought costs, and nobody goes into debt.
func TestBuyFeatureConservesMoney(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	generate := func(rng *rand.Rand) prioritize.BuyFeatureInput {
		return onSale(1+rng.Int64N(9), rng.Int64N(6), rng.Int64N(6))
	}
	for range 500 {
		features := make([]prioritize.BuyFeatureInput, 1+rng.IntN(5))
		for i := range features {
			features[i] = generate(rng)
		}
		sale, err := game("25", "30").Outcome(features)
		require.NoError(t, err)
		cost := decimal.Decimal{}
		for i, in := range features {
			pooled := in.Offers["p"].Add(in.Offers["q"])
			require.Equal(t, pooled.Cmp(in.Price) >= 0, sale.Bought[i])
			if sale.Bought[i] {
				cost = cost.Add(in.Price)
			}
		}
		requireRat(t, rat(cost), sale.Wallet[0].Spent.Add(sale.Wallet[1].Spent))
		for i, money := range []string{"25", "30"} {
			require.GreaterOrEqual(t, sale.Wallet[i].Left.Sign(), 0)
			requireRat(t, rat(dec(money)), sale.Wallet[i].Left.Add(sale.Wallet[i].Spent))
		}
	}
	prioritizetest.TestMethod(t, game("1000", "1000"), generate)
	requireRoundTrip(t, onSale(5, 1, 2))
}

func ExampleBuyFeature() {
	m := prioritize.BuyFeature{Players: map[string]decimal.Decimal{"p": dec("50"), "q": dec("50")}}
	sale, err := m.Outcome([]prioritize.BuyFeatureInput{onSale(80, 50, 30), onSale(30, 0, 20), onSale(50, 0, 0)})
	fmt.Println(sale.Bought, err)
	for _, w := range sale.Wallet {
		fmt.Println(w.Stakeholder, "has", w.Left, "left")
	}
	// Output:
	// [true false false] <nil>
	// p has 0 left
	// q has 20 left
}

func ExampleBuyFeature_PlayMoney() {
	fmt.Println(prioritize.BuyFeature{}.PlayMoney(dec("55"), dec("60"), dec("65")))
	// Output: 60
}
