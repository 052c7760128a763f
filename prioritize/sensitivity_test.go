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

var defaults prioritize.SensitivityOptions

// breakEvenWSJF solves by hand for which value of a factor a WSJF input scores t; nil when for none.
func breakEvenWSJF(in prioritize.WSJFInput, factor string, t *big.Rat) *big.Rat {
	cost := new(big.Rat).Add(in.UserBusinessValue.Rat(), in.TimeCriticality.Rat())
	cost.Add(cost, in.RiskReduction.Rat())
	own := map[string]decimal.Decimal{
		"user_business_value": in.UserBusinessValue,
		"time_criticality":    in.TimeCriticality,
		"risk_reduction":      in.RiskReduction,
	}
	at := new(big.Rat)
	if factor == "job_size" {
		if t.Sign() == 0 || cost.Sign() == 0 {
			return nil
		}
		return at.Quo(cost, t)
	}
	at.Mul(t, in.JobSize.Rat())
	at.Sub(at, cost)
	if at.Add(at, own[factor].Rat()); at.Sign() < 0 {
		return nil
	}
	return at
}

func TestSensitivityClosedForm(t *testing.T) {
	rng := rand.New(rand.NewPCG(19, 20))
	for range 300 {
		inputs := nearTies(rng, 2+rng.IntN(8))
		candidates := numbered(inputs)
		ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
		require.NoError(t, err)
		row, _ := ranking.Row(1 + rng.IntN(len(inputs)))
		margins, err := prioritize.Sensitivity(prioritize.WSJF{}, candidates, ranking, row.Key, defaults)
		require.NoError(t, err)
		require.Len(t, margins, 4)
		for _, m := range margins {
			require.Equal(t, row.Position == 1, m.Up == nil)
			require.Equal(t, row.Position == len(inputs), m.Down == nil)
			for offset, c := range map[int]*prioritize.BreakEven[int]{-1: m.Up, 1: m.Down} {
				if c == nil {
					continue
				}
				neighbour, _ := ranking.Row(row.Position + offset)
				require.Equal(t, neighbour.Key, c.Neighbour)
				if neighbour.Score.Equal(row.Score) {
					require.Zero(t, c.Change.Sign())
					continue
				}
				want := breakEvenWSJF(inputs[row.Key], m.Factor, neighbour.Score.Rat())
				require.Equal(t, want == nil, c.Never, "%v %s to %s", inputs[row.Key], m.Factor, neighbour.Score)
				if want == nil {
					require.False(t, c.At.IsScored())
					continue
				}
				if c.Exact {
					require.Zero(t, want.Cmp(c.At.Rat()), "%v %s: %s", inputs[row.Key], m.Factor, c.At)
				}
				require.True(t, c.At.Sub(prioritize.Value(m.Value)).Equal(c.Change))
			}
		}
	}
}

// stepwise is WSJF without its closed forms, so that margins have to be searched for.
type stepwise struct{ prioritize.WSJF }

func (m stepwise) Factors() []prioritize.Factor[prioritize.WSJFInput] {
	factors := m.WSJF.Factors()
	for i := range factors {
		factors[i].LinearFractional = false
	}
	return factors
}

// together is stepwise for a method that sees only the whole set.
type together struct{ m stepwise }

func (m together) Score(in []prioritize.WSJFInput) ([]prioritize.Score, error) { return m.m.Score(in) }

func (m together) Factors() []prioritize.Factor[prioritize.WSJFInput] { return m.m.Factors() }

// A search ends at the multiple of the step next beyond the exact break-even.
func TestSensitivitySearch(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for range 60 {
		inputs := make([]prioritize.WSJFInput, 5)
		for i := range inputs {
			d := func(from int64) decimal.Decimal { return decimal.New(from+rng.Int64N(300), -1) }
			inputs[i] = prioritize.WSJFInput{
				UserBusinessValue: d(0), TimeCriticality: d(0), RiskReduction: d(0), JobSize: d(1),
			}
		}
		candidates := numbered(inputs)
		ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
		require.NoError(t, err)
		key, step := rng.IntN(5), decimal.New(25, -2)
		exact, err := prioritize.Sensitivity(prioritize.WSJF{}, candidates, ranking, key, defaults)
		require.NoError(t, err)
		opts := prioritize.SensitivityOptions{Step: step}
		searched, err := prioritize.Sensitivity(stepwise{}, candidates, ranking, key, opts)
		require.NoError(t, err)
		as, err := prioritize.Sensitivity(together{}, candidates, ranking, key, opts)
		require.NoError(t, err)
		require.Equal(t, searched, as)
		for i := range exact {
			requireNextStep(t, exact[i].Up, searched[i].Up, exact[i], step)
			requireNextStep(t, exact[i].Down, searched[i].Down, exact[i], step)
		}
	}
}

func requireNextStep(
	t *testing.T, exact, found *prioritize.BreakEven[int], m prioritize.Margin[int], step decimal.Decimal,
) {
	t.Helper()
	if exact == nil {
		require.Nil(t, found)
		return
	}
	require.False(t, exact.At.IsScored() && !exact.Exact)
	if exact.Never {
		require.True(t, found.Never)
		return
	}
	if exact.Change.Sign() == 0 {
		return
	}
	steps := exact.At.Div(prioritize.Value(step)).Rat()
	whole := new(big.Int).Quo(steps.Num(), steps.Denom())
	want := decimal.NewFromBigInt(whole, 0)
	if exact.Change.Sign() > 0 && !steps.IsInt() {
		want = want.Add(dec("1"))
	}
	want = want.Mul(step)
	if !want.IsPositive() && m.Factor == "job_size" {
		require.True(t, found.Never, "no multiple of the step is small enough")
		return
	}
	require.False(t, found.Never, "%+v", m)
	require.False(t, found.Exact)
	require.Equal(t, want.String(), found.At.String(), "%s from %s to %s", m.Factor, m.Value, exact.At)
}

func TestSensitivityRICE(t *testing.T) {
	candidates := []prioritize.Candidate[string, prioritize.RICEInput]{
		{Key: "first", Input: rice("5000", "2", "0.8", "2")},
		{Key: "second", Input: rice("3000", "1", "0.9", "1.5")},
		{Key: "last", Input: rice("10", "0", "0.5", "3")},
		{Key: "unsure", Input: rice("10", "0", "", "3")},
	}
	ranking, err := prioritize.Rank(prioritize.RICE{}, candidates)
	require.NoError(t, err)
	margins, err := prioritize.Sensitivity(prioritize.RICE{}, candidates, ranking, "second", defaults)
	require.NoError(t, err)
	want := map[string][2]string{
		"reach": {"20000/3", "0"}, "impact": {"20/9", "0"},
		"confidence": {"never", "never"}, "effort": {"0.675", "never"},
	}
	for _, m := range margins {
		for i, c := range []*prioritize.BreakEven[string]{m.Up, m.Down} {
			got := c.At.String()
			if c.Never {
				got = "never"
			}
			require.Equal(t, want[m.Factor][i], got, m.Factor)
			require.True(t, c.Exact)
		}
	}
	_, err = prioritize.Sensitivity(prioritize.RICE{}, candidates, ranking, "unsure", defaults)
	require.ErrorIs(t, err, prioritize.ErrUnknown)
	backwards := prioritize.SensitivityOptions{Step: dec("-1")}
	_, err = prioritize.Sensitivity(prioritize.RICE{}, candidates, ranking, "last", backwards)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	_, err = prioritize.Sensitivity(prioritize.RICE{}, candidates[1:], ranking, "last", defaults)
	require.ErrorContains(t, err, "those that the ranking was made of")
}

func ExampleSensitivity() {
	candidates := []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "login", Input: wsjf("8", "5", "13", "5")},
		{Key: "export", Input: wsjf("8", "5", "8", "5")},
		{Key: "themes", Input: wsjf("1", "1", "1", "3")},
	}
	ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
	if err != nil {
		fmt.Println(err)
		return
	}
	margins, err := prioritize.Sensitivity(prioritize.WSJF{}, candidates, ranking, "export", defaults)
	for _, m := range margins {
		down := "never"
		if !m.Down.Never {
			down = m.Down.At.String()
		}
		fmt.Printf("%s %s: level with %s at %s, with %s at %s\n",
			m.Factor, m.Value, m.Up.Neighbour, m.Up.At, m.Down.Neighbour, down)
	}
	fmt.Println(err)
	// Output:
	// user_business_value 8: level with login at 13, with themes at never
	// time_criticality 5: level with login at 10, with themes at never
	// risk_reduction 8: level with login at 13, with themes at never
	// job_size 5: level with login at 105/26, with themes at 21
	// <nil>
}
