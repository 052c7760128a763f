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

// An urgency with a peak, a fixed date and a steady one, and what an order of the three costs.
func ExampleDelayProfile() {
	n := decimal.NewFromInt
	christmas := prioritize.DelayPeak(n(10), n(6)) // 6 a day until day 10, then it is over
	audit := prioritize.DelayAfter(n(8), n(50))    // nothing until day 8, then 50 a day
	steady := prioritize.SteadyDelay(n(4))
	for _, one := range []prioritize.DelayProfile{christmas, audit, steady} {
		at, _ := one.Cost(n(9))
		mean, _ := one.MeanRate(n(0), n(12))
		_, straight := one.Rate()
		fmt.Println(at, mean, straight)
	}
	cost, err := prioritize.DelayOrderCost([]prioritize.DelayInput{
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
func ExampleDelayCD3() {
	n := decimal.NewFromInt
	ranking, err := prioritize.Rank(prioritize.DelayCD3{}, []prioritize.Candidate[string, prioritize.DelayInput]{
		{Key: "steady", Input: prioritize.DelayInput{Profile: prioritize.SteadyDelay(n(4)), Duration: n(4)}},
		{Key: "audit", Input: prioritize.DelayInput{Profile: prioritize.DelayAfter(n(8), n(50)), Duration: n(4)}},
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
func TestDelayCostGolden(t *testing.T) {
	cost, err := prioritize.SteadyDelay(decimal.NewFromInt(100_000)).Cost(decimal.NewFromInt(3))
	require.NoError(t, err)
	require.Equal(t, "300000", cost.String())
}

// A step: up to its instant and at it the lower cost, any later the higher one.
func TestDelayStep(t *testing.T) {
	n := decimal.NewFromInt
	fine := prioritize.DelayProfile{Corners: []prioritize.DelayCorner{{At: n(5)}, {At: n(5), Cost: n(900)}}, Then: n(1)}
	for at, want := range map[string]string{"0": "0", "5": "0", "5.5": "900.5", "6": "901"} {
		cost, err := fine.Cost(decimal.RequireFromString(at))
		require.NoError(t, err)
		require.Equal(t, 0, cost.Compare(prioritize.Value(decimal.RequireFromString(want))), at)
	}
	entry := prioritize.DelayProfile{Corners: []prioritize.DelayCorner{{Cost: n(7)}}}
	cost, err := entry.Cost(n(0))
	require.NoError(t, err)
	require.Equal(t, "7", cost.String())
}

// The twin goes along the lines piece by piece, in rationals.
func TestDelayProfileTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 0))
	for range 2_000 {
		profile := prioritize.DelayProfile{Then: decimal.New(r.Int64N(50), -1)}
		at, cost := int64(0), int64(0)
		for range r.IntN(5) {
			at, cost = at+r.Int64N(4), cost+r.Int64N(9)
			profile.Corners = append(profile.Corners, prioritize.DelayCorner{At: decimal.NewFromInt(at), Cost: decimal.NewFromInt(cost)})
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
func costOf(p prioritize.DelayProfile, at *big.Rat) *big.Rat {
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
func TestDelayCD3IsCD3(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 0))
	for range 300 {
		var curved []prioritize.DelayInput
		var straight []prioritize.CD3Input
		for range 1 + r.IntN(6) {
			rate, duration := decimal.New(r.Int64N(90), -1), decimal.New(1+r.Int64N(90), -1)
			curved = append(curved, prioritize.DelayInput{Profile: prioritize.SteadyDelay(rate), Duration: duration})
			straight = append(straight, prioritize.CD3Input{CostOfDelay: rate, Duration: duration})
		}
		x, err := prioritize.DelayCD3{}.Score(curved)
		require.NoError(t, err)
		y, err := prioritize.CD3{}.Score(straight)
		require.NoError(t, err)
		for i := range x {
			require.True(t, x[i].Equal(y[i]))
		}
		cost, err := prioritize.DelayOrderCost(curved)
		require.NoError(t, err)
		total, err := prioritize.TotalDelayCost(straight)
		require.NoError(t, err)
		require.True(t, cost.Equal(total.ToCompletion))
	}
}

func TestDelayProfileValidate(t *testing.T) {
	n := decimal.NewFromInt
	for name, p := range map[string]prioritize.DelayProfile{
		"a rate below 0":   {Then: n(-1)},
		"an instant below": {Corners: []prioritize.DelayCorner{{At: n(-1)}}},
		"back in time":     {Corners: []prioritize.DelayCorner{{At: n(2)}, {At: n(1)}}},
		"a cost that fell": {Corners: []prioritize.DelayCorner{{At: n(1), Cost: n(2)}, {At: n(2), Cost: n(1)}}},
		"beyond reading":   {Then: decimal.New(1, 1_000_000_000)},
		"too many":         {Corners: make([]prioritize.DelayCorner, prioritize.MaxDelayCorners+1)},
	} {
		require.ErrorIs(t, p.Validate(), prioritize.ErrInvalid, name)
		_, err := prioritize.DelayOrderCost([]prioritize.DelayInput{{Profile: p, Duration: n(1)}})
		require.ErrorIs(t, err, prioritize.ErrInvalid, name)
		_, ok := p.Rate()
		require.False(t, ok, name)
	}
	_, err := prioritize.DelayProfile{}.MeanRate(n(3), n(3))
	require.ErrorContains(t, err, "an instant after from")
	_, err = prioritize.DelayProfile{}.Cost(n(-1))
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = prioritize.DelayOrderCost(nil)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = prioritize.DelayCD3{}.ScoreItem(prioritize.DelayInput{Profile: prioritize.DelayProfile{Then: n(-1)}})
	require.ErrorContains(t, err, "profile.then")
	require.ErrorContains(t, err, "duration")
}
