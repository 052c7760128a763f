package prioritize_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func interval(factor string, low, high decimal.Decimal) prioritize.Spread {
	return prioritize.Spread{Factor: factor, Low: low, High: high}
}

func threePoint(factor string, low, likely, high decimal.Decimal) prioritize.Spread {
	return prioritize.Spread{Factor: factor, Low: low, Likely: decimal.NewNullDecimal(likely), High: high}
}

type (
	wsjfCandidate = prioritize.Candidate[int, prioritize.WSJFInput]
	wsjfDraws     = prioritize.StabilityOptions[int, prioritize.WSJFInput]
)

// exactly is WSJF without its shortcut in floats.
type exactly struct{ m prioritize.WSJF }

func (m exactly) Score(in []prioritize.WSJFInput) ([]prioritize.Score, error) { return m.m.Score(in) }

func (m exactly) Factors() []prioritize.Factor[prioritize.WSJFInput] { return m.m.Factors() }

// uncertain gives some items an interval of job size, some a three-point value, some both.
func uncertain(c wsjfCandidate) []prioritize.Spread {
	var spreads []prioritize.Spread
	if c.Key%2 == 0 {
		size := c.Input.JobSize
		spreads = append(spreads, interval("job_size", size.Div(dec("2")), size.Mul(dec("2"))))
	}
	if c.Key%3 == 0 {
		value := c.Input.UserBusinessValue
		spreads = append(spreads, threePoint("user_business_value", dec("0"), value, value.Add(dec("5"))))
	}
	return spreads
}

func scaleInputs(rng *rand.Rand, n int) []prioritize.WSJFInput {
	scale := []int64{1, 2, 3, 5, 8, 13, 20}
	d := func() decimal.Decimal { return decimal.NewFromInt(scale[rng.IntN(len(scale))]) }
	inputs := make([]prioritize.WSJFInput, n)
	for i := range inputs {
		inputs[i] = prioritize.WSJFInput{UserBusinessValue: d(), TimeCriticality: d(), RiskReduction: d(), JobSize: d()}
	}
	return inputs
}

// The twin draws the same numbers by the textbook inverse distributions and counts who is ahead.
func TestStabilityAgreesWithCounting(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	for _, n := range []int{1, 7, 60, 250} {
		candidates := numbered(scaleInputs(rng, n))
		const draws = 25
		opts := wsjfDraws{
			Spreads: uncertain, Draws: draws, Source: rand.NewPCG(1, uint64(n)),
		}
		stable, err := prioritize.Stability(prioritize.WSJF{}, candidates, opts)
		require.NoError(t, err)
		want := make([]map[int]int, n)
		source := rand.NewPCG(1, uint64(n))
		for range draws {
			scores := make([]float64, n)
			for i, c := range candidates {
				v, size := c.Input.UserBusinessValue.InexactFloat64(), c.Input.JobSize.InexactFloat64()
				for _, s := range uncertain(c) {
					u := float64(source.Uint64()>>11) / (1 << 53)
					low, high := s.Low.InexactFloat64(), s.High.InexactFloat64()
					if s.Likely.Valid {
						mode := s.Likely.Decimal.InexactFloat64()
						if u < (mode-low)/(high-low) {
							v = low + math.Sqrt(u*(high-low)*(mode-low))
						} else {
							v = high - math.Sqrt((1-u)*(high-low)*(high-mode))
						}
					} else {
						size = low + u*(high-low)
					}
				}
				scores[i] = (v + c.Input.TimeCriticality.InexactFloat64() + c.Input.RiskReduction.InexactFloat64()) / size
			}
			for i := range scores {
				rank := 1
				for j := range scores {
					if scores[j] > scores[i]*(1+1e-12) {
						rank++
					}
				}
				if want[i] == nil {
					want[i] = map[int]int{}
				}
				want[i][rank]++
			}
		}
		for i := range candidates {
			got := map[int]int{}
			for r, count := range stable.Distribution(i) {
				if count > 0 {
					got[r+1] = count
				}
			}
			require.Equal(t, want[i], got)
		}
	}
}

func TestStabilityIsReproducible(t *testing.T) {
	candidates := numbered(scaleInputs(rand.New(rand.NewPCG(25, 26)), 40))
	draw := func(m interface {
		prioritize.Method[prioritize.WSJFInput]
		prioritize.Factored[prioritize.WSJFInput]
	},
	) [][]int {
		stable, err := prioritize.Stability(m, candidates, wsjfDraws{
			Spreads: uncertain, Draws: 50, Source: rand.NewPCG(5, 6),
		})
		require.NoError(t, err)
		require.Equal(t, 50, stable.Draws())
		require.Equal(t, 40, stable.Ranking().Len())
		var all [][]int
		for i := range candidates {
			all = append(all, stable.Distribution(i))
		}
		return all
	}
	first := draw(prioritize.WSJF{})
	require.Equal(t, first, draw(prioritize.WSJF{}))
	require.Equal(t, first, draw(exactly{}), "scored exactly, the same numbers rank the same")
	// Written down once: every platform has to find the same.
	require.Equal(t, []int{
		0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 2, 2, 4, 1, 3, 2, 1, 3, 2, 2, 0, 2, 1, 3, 6, 4, 2, 1, 1, 1,
	}, first[0])
}

// Without uncertainty every draw is the ranking.
func TestStabilityOfWhatIsCertain(t *testing.T) {
	candidates := numbered(scaleInputs(rand.New(rand.NewPCG(27, 28)), 300))
	candidates[4].Unscored = "not estimated"
	stable, err := prioritize.Stability(prioritize.WSJF{}, candidates, wsjfDraws{
		Spreads: func(wsjfCandidate) []prioritize.Spread { return nil }, Draws: 3, Source: rand.NewPCG(1, 1),
	})
	require.NoError(t, err)
	for row := range stable.Ranking().All() {
		distribution := stable.Distribution(row.Key)
		require.Len(t, distribution, row.Rank)
		require.Equal(t, 3, distribution[row.Rank-1])
		require.Equal(t, row.Rank <= 10, stable.InTop(row.Key, 10).Equal(prioritize.Integer(1)))
	}
	for _, key := range []int{4, 999} {
		require.Nil(t, stable.Distribution(key))
		require.False(t, stable.First(key).IsScored())
	}
}

// Scores that differ by less than what is sorted by, because one is far away, are told apart all the same.
func TestStabilityOfNearScores(t *testing.T) {
	inputs := make([]prioritize.WSJFInput, 60)
	for i := range inputs {
		inputs[i] = wsjf("1", "0", "0", fmt.Sprintf("1.0000000%02d", 99-i))
	}
	inputs = append(inputs, wsjf("1e250", "0", "0", "1"))
	stable, err := prioritize.Stability(prioritize.WSJF{}, numbered(inputs), wsjfDraws{
		Spreads: func(wsjfCandidate) []prioritize.Spread { return nil }, Draws: 1, Source: rand.NewPCG(1, 1),
	})
	require.NoError(t, err)
	for row := range stable.Ranking().All() {
		require.Len(t, stable.Distribution(row.Key), row.Rank)
	}
}

// An item that ranks by the default confidence keeps it when something else is drawn.
func TestStabilityWithDefault(t *testing.T) {
	candidates := numbered([]prioritize.RICEInput{rice("100", "1", "", "1"), rice("100", "1", "0.4", "1")})
	half := prioritize.RICE{DefaultConfidence: decimal.NewNullDecimal(dec("0.5"))}
	stable, err := prioritize.Stability(half, candidates, prioritize.StabilityOptions[int, prioritize.RICEInput]{
		Spreads: func(prioritize.Candidate[int, prioritize.RICEInput]) []prioritize.Spread {
			return []prioritize.Spread{interval("effort", dec("1"), dec("1.1"))}
		},
		Draws: 20, Source: rand.NewPCG(1, 1),
	})
	require.NoError(t, err)
	require.Equal(t, []int{20}, stable.Distribution(0))
}

func TestStabilityErrors(t *testing.T) {
	candidates := []prioritize.Candidate[string, prioritize.RICEInput]{
		{Key: "a", Input: rice("1", "1", "1", "1")}, {Key: "b", Input: rice("1", "1", "1", "1")},
	}
	spreads := map[string][]prioritize.Spread{
		"a": {
			interval("effort", dec("0"), dec("1")), interval("reach", dec("2"), dec("1")),
			interval("size", dec("1"), dec("2")),
		},
		"b": {
			threePoint("confidence", dec("0.5"), dec("0.4"), dec("1")),
			threePoint("confidence", dec("0.5"), dec("1"), dec("1.5")),
			interval("impact", dec("0"), decimal.New(1, 1<<30)),
		},
	}
	opts := prioritize.StabilityOptions[string, prioritize.RICEInput]{
		Spreads: func(c prioritize.Candidate[string, prioritize.RICEInput]) []prioritize.Spread { return spreads[c.Key] },
		Draws:   10, Source: rand.NewPCG(1, 1),
	}
	_, err := prioritize.Stability(prioritize.RICE{}, candidates, opts)
	require.EqualError(t, err, `prioritize: item 0 ("a"): effort low is "0", want > 0
prioritize: item 0 ("a"): reach low is "2", want at most high, which is 1
prioritize: item 0 ("a"): factor is "size", want one of ["reach" "impact" "confidence" "effort"] that the input has
prioritize: item 1 ("b"): confidence likely is "0.4", want in [0.5, 1]
prioritize: item 1 ("b"): confidence high is "1.5", want a fraction in (0, 1]
prioritize: item 1 ("b"): impact high is "1e1073741824", want at most 100 digits and an exponent within ±1000`)
	opts.Spreads, opts.Source, opts.Draws = nil, nil, 1<<30
	_, err = prioritize.Stability(prioritize.RICE{}, candidates, opts)
	require.EqualError(t, err, `prioritize: spreads is "nil", want a function
prioritize: source is "nil", want a source of random numbers
prioritize: draws is "1073741824", want in [1, 134217728]`)
	_, err = prioritize.Stability(prioritize.RICE{}, nil, opts)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

// picky refuses sizes that only a draw brings up, or leaves them unscored.
type picky struct {
	exactly
	score func(in prioritize.WSJFInput) (prioritize.Score, error)
}

func (m picky) Score(inputs []prioritize.WSJFInput) ([]prioritize.Score, error) {
	return prioritize.Each(inputs, func(in prioritize.WSJFInput) (prioritize.Score, error) {
		if !in.JobSize.IsInteger() {
			return m.score(in)
		}
		return prioritize.WSJF{}.ScoreItem(in)
	})
}

// A method that scores the inputs but not what is drawn fails the call, and names the candidate.
func TestStabilityOfWhatCannotBeScored(t *testing.T) {
	candidates := numbered(scaleInputs(rand.New(rand.NewPCG(1, 2)), 3))
	candidates[0].Unscored = "new"
	opts := wsjfDraws{Spreads: uncertain, Draws: 2, Source: rand.NewPCG(3, 4)}
	_, err := prioritize.Stability(picky{score: func(prioritize.WSJFInput) (prioritize.Score, error) {
		return prioritize.Unscored("not whole"), nil
	}}, candidates, opts)
	require.EqualError(t, err, `prioritize: item 2 ("2"): score is "not whole", want a score in every draw`)
	_, err = prioritize.Stability(picky{score: func(prioritize.WSJFInput) (prioritize.Score, error) {
		return prioritize.Score{}, &prioritize.FieldError{Field: "job_size", Value: "a fraction", Want: "whole"}
	}}, candidates, opts)
	require.EqualError(t, err, `prioritize: item 2 ("2"): job_size is "a fraction", want whole`)
}

func ExampleStability() {
	type candidate = prioritize.Candidate[string, prioritize.WSJFInput]
	type options = prioritize.StabilityOptions[string, prioritize.WSJFInput]
	candidates := []candidate{
		{Key: "login", Input: wsjf("8", "5", "13", "5")},
		{Key: "export", Input: wsjf("8", "5", "8", "5")},
		{Key: "themes", Input: wsjf("1", "1", "1", "3")},
	}
	stable, err := prioritize.Stability(prioritize.WSJF{}, candidates, options{
		Spreads: func(c candidate) []prioritize.Spread {
			size := c.Input.JobSize
			return []prioritize.Spread{
				{Factor: "job_size", Low: size.Sub(dec("2")), Likely: decimal.NewNullDecimal(size), High: size.Add(dec("8"))},
			}
		},
		Draws:  1000,
		Source: rand.NewPCG(1, 2),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, key := range stable.Ranking().Keys() {
		fmt.Println(key, stable.First(key).At(2), stable.InTop(key, 2).At(2), stable.Distribution(key))
	}
	// Output:
	// login 0.69 1 [688 311 1]
	// export 0.31 1 [311 684 5]
	// themes 0 0.01 [1 5 994]
}

// Spreads without width leave every item where it is in every draw, by either way of drawing.
func TestStabilityOfPoints(t *testing.T) {
	candidates := numbered(scaleInputs(rand.New(rand.NewPCG(29, 30)), 40))
	opts := wsjfDraws{Draws: 5, Source: rand.NewPCG(1, 1), Spreads: func(c wsjfCandidate) []prioritize.Spread {
		size, risk := c.Input.JobSize, c.Input.RiskReduction
		return []prioritize.Spread{threePoint("job_size", size, size, size), interval("risk_reduction", risk, risk)}
	}}
	fast, err := prioritize.Stability(prioritize.WSJF{}, candidates, opts)
	require.NoError(t, err)
	slow, err := prioritize.Stability(exactly{}, candidates, opts)
	require.NoError(t, err)
	for row := range fast.Ranking().All() {
		want := make([]int, row.Rank)
		want[row.Rank-1] = 5
		require.Equal(t, want, fast.Distribution(row.Key))
		require.Equal(t, want, slow.Distribution(row.Key))
	}
}

// Each number of a spread is checked before it is compared with the others.
func TestStabilitySpreadLimits(t *testing.T) {
	one, huge := dec("1"), decimal.New(1, 1_000_000_000)
	for name, spread := range map[string]prioritize.Spread{
		"low":    threePoint("job_size", huge, one, one),
		"likely": threePoint("job_size", one, huge, one),
		"high":   threePoint("job_size", one, one, huge),
	} {
		_, err := prioritize.Stability(prioritize.WSJF{}, numbered(scaleInputs(rand.New(rand.NewPCG(1, 2)), 1)), wsjfDraws{
			Draws: 1, Source: rand.NewPCG(1, 1), Spreads: func(wsjfCandidate) []prioritize.Spread { return []prioritize.Spread{spread} },
		})
		require.EqualError(t, err, `prioritize: item 0 ("0"): job_size `+name+
			` is "1e1000000000", want at most 100 digits and an exponent within ±1000`)
	}
}
