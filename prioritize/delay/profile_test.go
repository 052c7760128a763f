package delay_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/delay"
)

// An urgency with a peak, a fixed date and a steady one, and what an order of the three costs.
func ExampleProfile() {
	n := decimal.NewFromInt
	christmas := delay.Peak(n(10), n(6)) // 6 a day until day 10, then it is over
	audit := delay.After(n(8), n(50))    // nothing until day 8, then 50 a day
	steady := delay.Steady(n(4))
	for _, one := range []delay.Profile{christmas, audit, steady} {
		at, _ := one.Cost(n(9))
		mean, _ := one.MeanRate(n(0), n(12))
		_, straight := one.Rate()
		fmt.Println(at, mean, straight)
	}
	cost, err := delay.OrderCost([]delay.Input{
		{Profile: christmas, Duration: n(3)}, {Profile: audit, Duration: n(5)}, {Profile: steady, Duration: n(2)},
	})
	fmt.Println(cost, err)
	// Output:
	// 54 5 false
	// 50 50/3 false
	// 36 4 true
	// 58 <nil>
}

// CD3 with the mean rate over each item's own duration.
func ExampleCD3() {
	n := decimal.NewFromInt
	ranking, err := prioritize.Rank(delay.CD3{}, []prioritize.Candidate[string, delay.Input]{
		{Key: "steady", Input: delay.Input{Profile: delay.Steady(n(4)), Duration: n(4)}},
		{Key: "audit", Input: delay.Input{Profile: delay.After(n(8), n(50)), Duration: n(4)}},
	})
	if err != nil {
		panic(err)
	}
	for one := range ranking.All() {
		fmt.Println(one.Rank, one.Key, one.Score)
	}
	// Output:
	// 1 steady 1
	// 2 audit 0
}

// Golden case wsjf-009: a value of 100,000 a month, three months late.
func TestCostGolden(t *testing.T) {
	cost, err := delay.Steady(decimal.NewFromInt(100_000)).Cost(decimal.NewFromInt(3))
	require.NoError(t, err)
	require.Equal(t, "300000", cost.String())
}

// A step: up to its instant and at it the lower cost, any later the higher one.
func TestStep(t *testing.T) {
	n := decimal.NewFromInt
	fine := delay.Profile{Corners: []delay.Corner{{At: n(5)}, {At: n(5), Cost: n(900)}}, Then: n(1)}
	for at, want := range map[string]string{"0": "0", "5": "0", "5.5": "900.5", "6": "901"} {
		cost, err := fine.Cost(decimal.RequireFromString(at))
		require.NoError(t, err)
		require.Equal(t, 0, cost.Compare(prioritize.Value(decimal.RequireFromString(want))), at)
	}
	entry := delay.Profile{Corners: []delay.Corner{{Cost: n(7)}}}
	cost, err := entry.Cost(n(0))
	require.NoError(t, err)
	require.Equal(t, "7", cost.String())
}

// The twin goes along the lines piece by piece, in rationals.
func TestProfileTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 0))
	for range 2_000 {
		profile := delay.Profile{Then: decimal.New(r.Int64N(50), -1)}
		at, cost := int64(0), int64(0)
		for range r.IntN(5) {
			at, cost = at+r.Int64N(4), cost+r.Int64N(9)
			profile.Corners = append(profile.Corners, delay.Corner{At: decimal.NewFromInt(at), Cost: decimal.NewFromInt(cost)})
		}
		when := decimal.New(r.Int64N(200), -1)
		got, err := profile.Cost(when)
		require.NoError(t, err)
		require.Equal(t, 0, got.Rat().Cmp(costOf(profile, when.Rat())), "%v at %v: %v", profile, when, got)

		// Costs never fall, and a straight line is the same by either way.
		later, err := profile.Cost(when.Add(decimal.New(r.Int64N(30), -1)))
		require.NoError(t, err)
		require.LessOrEqual(t, got.Compare(later), 0)
		if rate, straight := profile.Rate(); straight {
			require.Equal(t, 0, got.Compare(prioritize.Value(rate.Mul(when))))
		}
	}
}

// costOf looks at every pair of corners.
func costOf(p delay.Profile, at *big.Rat) *big.Rat {
	fromAt, fromCost := new(big.Rat), new(big.Rat)
	for _, corner := range p.Corners {
		toAt, toCost := corner.At.Rat(), corner.Cost.Rat()
		if at.Cmp(toAt) <= 0 {
			if toAt.Cmp(fromAt) == 0 {
				return toCost
			}
			part := new(big.Rat).Quo(new(big.Rat).Sub(at, fromAt), new(big.Rat).Sub(toAt, fromAt))
			return part.Mul(part, new(big.Rat).Sub(toCost, fromCost)).Add(part, fromCost)
		}
		fromAt, fromCost = toAt, toCost
	}
	rest := new(big.Rat).Sub(at, fromAt)
	return rest.Mul(rest, p.Then.Rat()).Add(rest, fromCost)
}

// With straight lines it is CD3, score by score and cost by cost.
func TestCD3OfStraightLines(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 0))
	for range 300 {
		var curved []delay.Input
		var straight []prioritize.CD3Input
		for range 1 + r.IntN(6) {
			rate, duration := decimal.New(r.Int64N(90), -1), decimal.New(1+r.Int64N(90), -1)
			curved = append(curved, delay.Input{Profile: delay.Steady(rate), Duration: duration})
			straight = append(straight, prioritize.CD3Input{CostOfDelay: rate, Duration: duration})
		}
		x, err := delay.CD3{}.Score(curved)
		require.NoError(t, err)
		y, err := prioritize.CD3{}.Score(straight)
		require.NoError(t, err)
		require.Len(t, x, len(curved))
		for i := range x {
			require.True(t, x[i].Equal(y[i]))
		}
		cost, err := delay.OrderCost(curved)
		require.NoError(t, err)
		total, err := prioritize.TotalDelayCost(straight)
		require.NoError(t, err)
		require.True(t, cost.Equal(total.ToCompletion))
	}
}

func TestProfileValidate(t *testing.T) {
	n := decimal.NewFromInt
	for name, p := range map[string]delay.Profile{
		"a rate below 0":   {Then: n(-1)},
		"an instant below": {Corners: []delay.Corner{{At: n(-1)}}},
		"back in time":     {Corners: []delay.Corner{{At: n(2)}, {At: n(1)}}},
		"a cost that fell": {Corners: []delay.Corner{{At: n(1), Cost: n(2)}, {At: n(2), Cost: n(1)}}},
		"beyond reading":   {Then: decimal.New(1, 1_000_000_000)},
		"too many":         {Corners: make([]delay.Corner, delay.MaxCorners+1)},
	} {
		require.ErrorIs(t, p.Validate(), prioritize.ErrInvalid, name)
		_, err := delay.OrderCost([]delay.Input{{Profile: p, Duration: n(1)}})
		require.ErrorIs(t, err, prioritize.ErrInvalid, name)
		_, ok := p.Rate()
		require.False(t, ok, name)
	}
	_, err := delay.Profile{}.MeanRate(n(3), n(3))
	require.ErrorContains(t, err, "an instant after from")
	_, err = delay.Profile{}.Cost(n(-1))
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = delay.OrderCost(nil)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = delay.CD3{}.ScoreItem(delay.Input{Profile: delay.Profile{Then: n(-1)}})
	require.ErrorContains(t, err, "profile.then")
	require.ErrorContains(t, err, "duration")
}

// An error names each value that is wrong once, with what is wanted of it alone before what is wanted beside others.
func TestProfileErrors(t *testing.T) {
	const bound = "at most 100 digits and an exponent within ±1000"
	d := decimal.RequireFromString
	corners := func(texts ...string) (p delay.Profile) { // at and cost by turns
		for i := 0; i < len(texts); i += 2 {
			p.Corners = append(p.Corners, delay.Corner{At: d(texts[i]), Cost: d(texts[i+1])})
		}
		return p
	}
	for _, test := range []struct {
		p    delay.Profile
		want []string
	}{
		{corners("0", "0", "0", "0"), nil},
		{corners("1", "0", "1", "3", "2", "3"), nil},
		{corners("2", "0", "1", "0"), []string{`corners[1].at is "1", want an instant not before the corner before`}},
		{corners("2", "3", "2", "2.9"), []string{`corners[1].cost is "2.9", want not less than at the corner before`}},
		{corners("2", "3", "-1", "-2"), []string{`corners[1].at is "-1", want >= 0`, `corners[1].cost is "-2", want >= 0`}},
		{corners("-1", "-2", "-3", "-4"), []string{
			`corners[0].at is "-1", want >= 0`, `corners[0].cost is "-2", want >= 0`,
			`corners[1].at is "-3", want >= 0`, `corners[1].cost is "-4", want >= 0`,
		}},
		{corners("1e1001", "1e1001", "1", "1"), []string{
			`corners[0].at is "1e1001", want ` + bound, `corners[0].cost is "1e1001", want ` + bound,
		}},
		{corners("1", "1", "1e-1001", "1e-1001"), []string{
			`corners[1].at is "1e-1001", want ` + bound, `corners[1].cost is "1e-1001", want ` + bound,
		}},
		{delay.Profile{Then: d("-1")}, []string{`then is "-1", want >= 0`}},
		{delay.Profile{Corners: make([]delay.Corner, 1_000)}, nil},
		{delay.Profile{Corners: make([]delay.Corner, 1_001)}, []string{`corners is "1001", want at most 1000 corners`}},
	} {
		var want, inner []string
		for _, text := range test.want {
			want, inner = append(want, "prioritize: "+text), append(inner, "prioritize: profile."+text)
		}
		in := delay.Input{Profile: test.p, Duration: d("1")}
		if want == nil {
			require.NoError(t, test.p.Validate())
			require.NoError(t, in.Validate())
			continue
		}
		require.EqualError(t, test.p.Validate(), strings.Join(want, "\n"))
		require.EqualError(t, in.Validate(), strings.Join(inner, "\n"))
	}
	late := delay.Input{Profile: delay.Steady(d("1")), Duration: d("0")}
	_, err := delay.OrderCost([]delay.Input{late, {Duration: d("1")}, late})
	require.EqualError(t, err, `prioritize: item 0: duration is "0", want > 0
prioritize: item 2: duration is "0", want > 0`)
}

// A sum whose fraction gets too long is an error, not a number.
func TestOrderCostIsBounded(t *testing.T) {
	var order []delay.Input
	for i := range 250 {
		at := decimal.New(1, 98).Add(decimal.NewFromInt(int64(2*i + 1)))
		order = append(order, delay.Input{
			Profile: delay.Profile{Corners: []delay.Corner{{At: at, Cost: decimal.NewFromInt(1)}}}, Duration: decimal.NewFromInt(1),
		})
	}
	_, err := delay.OrderCost(order[:100])
	require.NoError(t, err)
	_, err = delay.OrderCost(order)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	require.ErrorContains(t, err, "want at most 65536 bits")
}

// A clone is the same, and what is done to its corners does not reach the profile.
func TestProfileClone(t *testing.T) {
	n := decimal.NewFromInt
	p := delay.Profile{Corners: []delay.Corner{{At: n(1), Cost: n(2)}}, Then: n(3)}
	clone := p.Clone()
	require.Equal(t, p, clone)
	clone.Corners[0] = delay.Corner{}
	require.Equal(t, n(2), p.Corners[0].Cost)
}

// Two corners at one instant are a step: a fine that is due the moment a date is missed.
func ExampleCorner() {
	n := decimal.NewFromInt
	fine := delay.Profile{Corners: []delay.Corner{{At: n(5)}, {At: n(5), Cost: n(900)}}}
	in := delay.Input{Profile: fine, Duration: n(6)}
	for _, day := range []int64{5, 6} {
		cost, err := fine.Cost(n(day))
		fmt.Println(day, cost, err)
	}
	score, err := delay.CD3{}.ScoreItem(in)
	fmt.Println(score, err)
	// Output:
	// 5 0 <nil>
	// 6 900 <nil>
	// 25 <nil>
}
