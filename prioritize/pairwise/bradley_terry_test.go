package pairwise_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/pairwise"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

// won makes a contest of "AB": A beat B.
func won(pair string, times int64) pairwise.Contest {
	return pairwise.Contest{Winner: pair[:1], Loser: pair[1:], Times: times}
}

// fourItems is the worked example of Wikipedia's "Bradley–Terry model"; not all pairs met.
func fourItems() pairwise.BradleyTerry {
	return pairwise.BradleyTerry{Contests: []pairwise.Contest{
		won("AB", 2), won("AD", 1), won("BA", 3), won("BC", 5), won("CB", 3), won("CD", 1), won("DA", 4), won("DC", 3),
	}}
}

// players are candidates whose keys are their names.
func players(names ...string) candidates[string] {
	var list candidates[string]
	for _, name := range names {
		list = append(list, prioritize.Candidate[string, string]{Key: name, Input: name})
	}
	return list
}

func TestBradleyTerryPublished(t *testing.T) {
	published[string]{
		source: "Wikipedia, Bradley–Terry model, worked example",
		method: fourItems(), items: players("A", "B", "C", "D"), scale: 3,
		scores: map[string]string{"A": "0.640", "B": "1.043", "C": "0.660", "D": "2.270"},
		order:  []string{"D", "B", "C", "A"},
	}.run(t)
	scores, err := fourItems().Score([]string{"A", "B", "C", "D"})
	require.NoError(t, err)
	sum := prioritize.Integer(0)
	for _, s := range scores {
		sum = sum.Add(s)
	}
	for i, want := range []string{"0.1387", "0.2262", "0.1430", "0.4921"} {
		require.Equal(t, want, scores[i].Div(sum).At(4).StringFixed(4), "scaled to a sum of 1, computed")
	}
}

func TestBradleyTerryNoEstimatePublished(t *testing.T) {
	// github.com/seanhagen/bradleyterry prints 0, 0.38 and 0.64; 1 has never won, so that the
	// others could be infinitely stronger.
	m := pairwise.BradleyTerry{Contests: []pairwise.Contest{won("21", 1), won("23", 1), won("32", 2)}}
	r, err := prioritize.Rank(m, players("1", "2", "3", "4"))
	require.NoError(t, err)
	require.Equal(t, []string{"3", "2", "1", "4"}, r.KeysWithUnscored())
	require.Equal(t, "no estimate: not linked to the others by wins in both directions", r.Unscored()[0].Reason)
	require.Equal(t, "no estimate: never compared", r.Unscored()[1].Reason)
	row, _ := r.Lookup("3")
	require.Equal(t, "1.414213562", row.Score.At(9).String(), "twice as strong as 2, geometric mean 1")
}

func TestBradleyTerryTwoSets(t *testing.T) {
	m := pairwise.BradleyTerry{Contests: []pairwise.Contest{
		won("ab", 1), won("ba", 1), won("cd", 1), won("dc", 1), won("ac", 1),
	}}
	scores, err := m.Score([]string{"a", "b", "c", "d"})
	require.NoError(t, err)
	for _, s := range scores {
		require.False(t, s.IsScored(), "neither set is the one that counts")
	}
	m.Contests = append(m.Contests, won("ea", 1), won("be", 1))
	scores, err = m.Score([]string{"a", "b", "c", "d", "e"})
	require.NoError(t, err)
	for i, scored := range []bool{true, true, false, false, true} {
		require.Equal(t, scored, scores[i].IsScored())
	}
	scores, err = pairwise.BradleyTerry{}.Score([]string{"a"})
	require.NoError(t, err)
	require.Equal(t, "no estimate: never compared", scores[0].Reason())
}

func TestBradleyTerryDraws(t *testing.T) {
	draw := pairwise.Contest{Winner: "a", Loser: "b", Draw: true, Times: 3}
	scores, err := pairwise.BradleyTerry{Contests: []pairwise.Contest{draw}}.Score([]string{"a", "b"})
	require.NoError(t, err)
	require.Equal(t, "1", scores[0].String())
	require.True(t, scores[0].Equal(scores[1]))
	scores, err = pairwise.BradleyTerry{Contests: []pairwise.Contest{draw, won("ab", 1)}}.Score([]string{"a", "b"})
	require.NoError(t, err)
	require.Equal(t, "1.6666666667", scores[0].Div(scores[1]).At(10).String(), "2.5 wins to 1.5")
}

func TestBradleyTerryInvalid(t *testing.T) {
	m := pairwise.BradleyTerry{Contests: []pairwise.Contest{
		{Loser: "b"}, won("ab", 1), {Winner: "a", Loser: "a", Times: -1},
	}}
	_, err := m.Score([]string{"a"})
	requireProblems(t, err,
		`prioritize: contests[0].winner is "", want a name`,
		`prioritize: contests[2].loser is "a", want a name other than the winner's`,
		`prioritize: contests[2].times is "-1", want from 0 to 1000000000`)
	_, err = pairwise.WinProbability(dec("0"), dec("-1"))
	requireProblems(t, err, `prioritize: strength is "0", want > 0`, `prioritize: opponent is "-1", want > 0`)
}

// At the maximum of likelihood each item has won as often as its strength says it should have. Who
// is estimated is checked by following wins without any cleverness.
func TestBradleyTerryIsMaximum(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	estimated := 0
	for range 400 {
		n := 2 + rng.IntN(6)
		names := make([]string, n)
		for i := range names {
			names[i] = string(rune('a' + i))
		}
		var m pairwise.BradleyTerry
		wins := make([][]float64, n)
		for i := range wins {
			wins[i] = make([]float64, n)
		}
		for range n + rng.IntN(3*n) {
			i, j := rng.IntN(n), rng.IntN(n)
			if i == j {
				continue
			}
			times := 1 + rng.Int64N(4)
			m.Contests = append(m.Contests, pairwise.Contest{Winner: names[i], Loser: names[j], Times: times})
			wins[i][j] += float64(times)
		}
		scores, err := m.Score(names)
		require.NoError(t, err)
		members := plainlyLinked(wins)
		product := 1.0
		for i, s := range scores {
			require.Equal(t, slices.Contains(members, i), s.IsScored(), "%v", m.Contests)
		}
		for _, i := range members {
			strength, _ := scores[i].Rat().Float64()
			product *= strength
			won, expected := 0.0, 0.0
			for _, j := range members {
				opponent, _ := scores[j].Rat().Float64()
				won += wins[i][j]
				expected += (wins[i][j] + wins[j][i]) * strength / (strength + opponent)
			}
			require.InDelta(t, won, expected, 1e-8)
			estimated++
		}
		require.InDelta(t, 1, product, 1e-8)
	}
	require.Greater(t, estimated, 500)
}

// plainlyLinked closes the wins over all detours and picks the largest set, if there is just one.
func plainlyLinked(wins [][]float64) []int {
	n := len(wins)
	leads := make([][]bool, n)
	for i := range leads {
		leads[i] = make([]bool, n)
		for j := range leads[i] {
			leads[i][j] = i == j || wins[i][j] > 0
		}
	}
	for k := range n {
		for i := range n {
			for j := range n {
				leads[i][j] = leads[i][j] || leads[i][k] && leads[k][j]
			}
		}
	}
	var best []int
	unique := false
	for i := range n {
		var set []int
		for j := range n {
			if leads[i][j] && leads[j][i] {
				set = append(set, j)
			}
		}
		switch {
		case set[0] != i:
		case len(set) > len(best):
			best, unique = set, true
		case len(set) == len(best):
			unique = false
		}
	}
	if !unique || len(best) < 2 {
		return nil
	}
	return best
}

// Two sides settle against each other at once, what is left settles slowly: a small change after a large
// one does not mean that it is over.
func TestBradleyTerryQuickThenSlow(t *testing.T) {
	const many = 100_000_000
	m := pairwise.BradleyTerry{Contests: []pairwise.Contest{won("ax", 2*many+60), won("xa", many)}}
	for _, pair := range []string{"ay", "bx", "by"} {
		m.Contests = append(m.Contests, won(pair, 2*many), won(pair[1:]+pair[:1], many))
	}
	names := []string{"a", "b", "x", "y"}
	scores, err := m.Score(names)
	require.NoError(t, err)
	strength := make(map[string]float64)
	for i, name := range names {
		strength[name], _ = scores[i].Rat().Float64()
	}
	surplus := make(map[string]float64)
	for _, c := range m.Contests {
		times := float64(c.Times)
		surplus[c.Winner] += times * strength[c.Loser] / (strength[c.Winner] + strength[c.Loser])
		surplus[c.Loser] -= times * strength[c.Loser] / (strength[c.Winner] + strength[c.Loser])
	}
	for _, name := range names {
		require.InDelta(t, 0, surplus[name]/many, 1e-10, "%s has won as often as it should have", name)
	}
}

// The path of the search is as long as the data, and must not be its call stack.
func TestBradleyTerryLongCycle(t *testing.T) {
	const n = 50_000
	var m pairwise.BradleyTerry
	names := make([]string, n)
	for i := range n {
		names[i] = fmt.Sprint(i)
		m.Contests = append(m.Contests, pairwise.Contest{Winner: fmt.Sprint(i), Loser: fmt.Sprint((i + 1) % n)})
	}
	scores, err := m.Score(names)
	require.NoError(t, err)
	require.Equal(t, "1", scores[n/2].String(), "each has won once and lost once")
}

// Where strengths need more steps than there are, they are not guessed at.
func TestBradleyTerryUnsettled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs to the bound of the steps")
	}
	var m pairwise.BradleyTerry
	for i := range 3000 {
		a, b := fmt.Sprint(i), fmt.Sprint(i+1)
		m.Contests = append(m.Contests, pairwise.Contest{Winner: a, Loser: b, Times: 2}, pairwise.Contest{Winner: b, Loser: a})
	}
	scores, err := m.Score([]string{"0", "3000"})
	require.NoError(t, err)
	require.Equal(t, "no estimate: the contests hardly link the items", scores[0].Reason())
}

func TestBradleyTerryLaws(t *testing.T) {
	names := []string{"A", "B", "C", "D", "nobody"}
	prioritizetest.TestMethod(t, fourItems(), func(rng *rand.Rand) string { return names[rng.IntN(len(names))] })
	requireRoundTrip(t, won("AB", 0))
	requireRoundTrip(t, pairwise.Contest{Winner: "a", Loser: "b", Draw: true, Times: 2})

	// The order of the contests does not matter, nor whether they are listed one by one.
	want, err := fourItems().Score(names)
	require.NoError(t, err)
	var single pairwise.BradleyTerry
	for _, c := range slices.Backward(fourItems().Contests) {
		for range c.Times {
			single.Contests = append(single.Contests, pairwise.Contest{Winner: c.Winner, Loser: c.Loser})
		}
	}
	got, err := single.Score(names)
	require.NoError(t, err)
	for i := range want {
		require.Equal(t, want[i].At(9), got[i].At(9))
	}
}

func TestPairCountPublished(t *testing.T) {
	// 1000minds.com/decision-making/pairwise-comparison: n (n - 1) / 2.
	require.EqualValues(t, 10, pairwise.PairCount(5))
	require.Zero(t, pairwise.PairCount(1))
	require.Zero(t, pairwise.PairCount(-3))
	require.GreaterOrEqual(t, pairwise.PairCount(math.MaxInt), int64(0))
}

func ExampleBradleyTerry() {
	m := pairwise.BradleyTerry{Contests: []pairwise.Contest{
		{Winner: "A", Loser: "B", Times: 2},
		{Winner: "A", Loser: "D"},
		{Winner: "B", Loser: "A", Times: 3},
		{Winner: "B", Loser: "C", Times: 5},
		{Winner: "C", Loser: "B", Times: 3},
		{Winner: "C", Loser: "D"},
		{Winner: "D", Loser: "A", Times: 4},
		{Winner: "D", Loser: "C", Times: 3},
	}}
	ranking, err := prioritize.Rank(m, players("A", "B", "C", "D"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Key, row.Score.At(3).StringFixed(3))
	}
	// Output:
	// D 2.270
	// B 1.043
	// C 0.660
	// A 0.640
}

func ExampleWinProbability() {
	p, err := pairwise.WinProbability(dec("2"), dec("1"))
	fmt.Println(p, err)
	// Output: 2/3 <nil>
}

func ExamplePairCount() {
	fmt.Println(pairwise.PairCount(5))
	// Output: 10
}
