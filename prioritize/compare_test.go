package prioritize_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// twoRankings rank the same items by two columns with many ties; keys may come in another order, and
// some items may be unscored in either.
func twoRankings(t *testing.T, rng *rand.Rand, n, values int) (a, b *prioritize.Ranking[int], numbers [][2]int) {
	t.Helper()
	numbers = make([][2]int, n)
	type candidate = prioritize.Candidate[int, decimal.Decimal]
	columns := [2][]candidate{make([]candidate, n), make([]candidate, n)}
	for i := range numbers {
		for c := range columns {
			numbers[i][c] = rng.IntN(values)
			columns[c][i] = candidate{Key: i, Input: decimal.NewFromInt(int64(numbers[i][c]))}
			if rng.IntN(12) == 0 {
				columns[c][i].Unscored, numbers[i][c] = "no idea", -1
			}
		}
	}
	if rng.IntN(2) == 0 {
		rng.Shuffle(n, func(i, j int) { columns[1][i], columns[1][j] = columns[1][j], columns[1][i] })
	}
	a, err := prioritize.Rank(plain, columns[0])
	require.NoError(t, err)
	b, err = prioritize.Rank(plain, columns[1])
	require.NoError(t, err)
	return a, b, numbers
}

// pearson is the textbook formula in floats.
func pearson(x, y []float64) float64 {
	mean := func(v []float64) (m float64) {
		for _, f := range v {
			m += f / float64(len(v))
		}
		return m
	}
	mx, my := mean(x), mean(y)
	var xy, xx, yy float64
	for i := range x {
		xy += (x[i] - mx) * (y[i] - my)
		xx += (x[i] - mx) * (x[i] - mx)
		yy += (y[i] - my) * (y[i] - my)
	}
	return xy / math.Sqrt(xx*yy)
}

func midRanks(v []int) []float64 {
	mid := make([]float64, len(v))
	for i := range v {
		for j := range v {
			if v[j] > v[i] {
				mid[i]++
			} else if v[j] == v[i] {
				mid[i] += 0.5
			}
		}
		mid[i] += 0.5
	}
	return mid
}

func TestCompareAgreesWithCountingPairs(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	for range 300 {
		n := 1 + rng.IntN(120)
		a, b, numbers := twoRankings(t, rng, n, []int{1, 3, 40, 100_000}[rng.IntN(4)])
		c, err := prioritize.Compare(a, b)
		require.NoError(t, err)
		var x, y []int
		for _, pair := range numbers {
			if pair[0] >= 0 && pair[1] >= 0 {
				x, y = append(x, pair[0]), append(y, pair[1])
			}
		}
		require.Equal(t, len(x), c.Len())
		var alike, opposite, byX, byY float64
		for i := range x {
			for j := range i {
				dx, dy := cmp.Compare(x[i], x[j]), cmp.Compare(y[i], y[j])
				if dx != 0 {
					byX++
				}
				if dy != 0 {
					byY++
				}
				if dx*dy > 0 {
					alike++
				} else if dx*dy < 0 {
					opposite++
				}
			}
		}
		tau, ok := c.TauB()
		require.Equal(t, byX > 0 && byY > 0, ok)
		rho, okRho := c.Spearman()
		require.Equal(t, ok, okRho)
		if ok {
			require.InDelta(t, (alike-opposite)/math.Sqrt(byX*byY), tau, 1e-12)
			require.InDelta(t, pearson(midRanks(x), midRanks(y)), rho, 1e-9)
		}
		checkOverlapAndDisagreements(t, a, b, c, numbers)
	}
}

func checkOverlapAndDisagreements(
	t *testing.T, a, b *prioritize.Ranking[int], c *prioritize.Comparison[int], numbers [][2]int,
) {
	t.Helper()
	for _, k := range []int{-1, 0, 1, 5, len(numbers) + 3} {
		topA, topB := a.Keys()[:max(min(k, a.Len()), 0)], b.Keys()[:max(min(k, b.Len()), 0)]
		both := 0
		for _, key := range topA {
			if slices.Contains(topB, key) {
				both++
			}
		}
		require.Equal(t, both, c.Overlap(k))
	}
	var keys, x, y []int
	for key, pair := range numbers {
		if pair[0] >= 0 && pair[1] >= 0 {
			keys, x, y = append(keys, key), append(x, pair[0]), append(y, pair[1])
		}
	}
	midX, midY := midRanks(x), midRanks(y)
	moved := 0
	for i := range keys {
		if midX[i] != midY[i] {
			moved++
		}
	}
	all := c.Disagreements(-1)
	require.Len(t, all, moved)
	last := math.Inf(1)
	for _, d := range all {
		i := slices.Index(keys, d.Key)
		require.InDelta(t, midY[i]-midX[i], d.Displacement.InexactFloat64(), 1e-9)
		require.LessOrEqual(t, math.Abs(midY[i]-midX[i]), last)
		last = math.Abs(midY[i] - midX[i])
		require.Equal(t, d.Key, d.A.Key)
		require.Equal(t, d.Key, d.B.Key)
	}
	require.Len(t, c.Disagreements(1), min(moved, 1))
}

func TestCompareLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 18))
	a, b, _ := twoRankings(t, rng, 500, 60)
	tau := func(x, y *prioritize.Ranking[int]) float64 {
		c, err := prioritize.Compare(x, y)
		require.NoError(t, err)
		v, ok := c.TauB()
		require.True(t, ok)
		return v
	}
	require.Equal(t, 1.0, tau(a, a))
	require.Equal(t, tau(a, b), tau(b, a))
	c, err := prioritize.Compare(a, a)
	require.NoError(t, err)
	rho, ok := c.Spearman()
	require.True(t, ok)
	require.Equal(t, 1.0, rho)
	require.Empty(t, c.Disagreements(-1))
}

func TestCompareOtherItems(t *testing.T) {
	type candidate = prioritize.Candidate[string, decimal.Decimal]
	a, err := prioritize.Rank(plain, []candidate{{Key: "x"}, {Key: "y"}})
	require.NoError(t, err)
	b, err := prioritize.Rank(plain, []candidate{{Key: "y"}, {Key: "z"}})
	require.NoError(t, err)
	_, err = prioritize.Compare(a, b)
	require.ErrorIs(t, err, prioritize.ErrUnknown)
	require.EqualError(t, err, `prioritize: item 0 ("x"): unknown item: not in the second ranking
prioritize: item 1 ("z"): unknown item: not in the first ranking`)
}

// Two methods, and why they disagree.
func ExampleCompare() {
	assessments := []prioritize.Candidate[string, prioritize.Assessment]{
		{Key: "login", Input: assessment(wsjf("13", "8", "1", "3"), rice("100", "3", "0.8", "1"))},
		{Key: "export", Input: assessment(wsjf("5", "3", "1", "5"), rice("900", "2", "1", "1"))},
		{Key: "themes", Input: assessment(wsjf("2", "1", "1", "2"), rice("300", "0.5", "1", "1"))},
	}
	byWSJF, _ := prioritize.Rank(wsjfPart(), assessments)
	byRICE, _ := prioritize.Rank(ricePart(), assessments)
	c, err := prioritize.Compare(byWSJF, byRICE)
	if err != nil {
		fmt.Println(err)
		return
	}
	tau, _ := c.TauB()
	rho, _ := c.Spearman()
	fmt.Printf("tau %.2f, rho %.2f, %d of the first two in common\n", tau, rho, c.Overlap(2))
	for _, d := range c.Disagreements(2) {
		a, b := prioritize.Sentence(d.TermsA, d.A.Score, 1), prioritize.Sentence(d.TermsB, d.B.Score, 1)
		fmt.Println(d.Key, d.Displacement, a, "|", b)
	}
	// Output:
	// tau -0.33, rho -0.50, 1 of the first two in common
	// export -2 (5 + 3 + 1) / 5 = 1.8 | 900 × 2 × 1 / 1 = 1800
	// login 1 (13 + 8 + 1) / 3 ≈ 7.3 | 100 × 3 × 0.8 / 1 = 240
}

func assessment(w prioritize.WSJFInput, r prioritize.RICEInput) prioritize.Assessment {
	return prioritize.Assessment{WSJF: &w, RICE: &r}
}

// A disagreement holds the item as each of the rankings has it, with the first rank of its tie.
func TestDisagreementsHoldBothRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(33, 34))
	for range 100 {
		a, b, _ := twoRankings(t, rng, 1+rng.IntN(30), 5)
		c, err := prioritize.Compare(a, b)
		require.NoError(t, err)
		for _, d := range c.Disagreements(-1) {
			rowA, ok := a.Lookup(d.Key)
			require.True(t, ok)
			rowB, ok := b.Lookup(d.Key)
			require.True(t, ok)
			require.Equal(t, rowA, d.A)
			require.Equal(t, rowB, d.B)
		}
	}
}
