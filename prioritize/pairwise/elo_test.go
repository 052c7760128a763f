package pairwise_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/pairwise"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

func TestEloPublished(t *testing.T) {
	runPublished(t, map[string]published[string]{
		"800 beats 1200": {
			source: "a public repository, K inferred",
			method: pairwise.Elo{
				K: dec("10"), Ratings: map[string]decimal.Decimal{"w": dec("800"), "l": dec("1200")},
				Contests: []pairwise.Contest{won("wl", 0)},
			},
			items: players("w", "l"), scale: 3,
			scores: map[string]string{"w": "809.091", "l": "1190.909"},
		},
		"1750 beats 1810": {
			source: "formula of github.com/nguyen-tuan-hiep/network-project, whose own arithmetic gives 11.7",
			method: pairwise.Elo{
				K: dec("32"), Ratings: map[string]decimal.Decimal{"w": dec("1750"), "l": dec("1810")},
				Contests: []pairwise.Contest{won("wl", 1)},
			},
			items: players("l", "w"), scale: 2,
			scores: map[string]string{"w": "1768.74", "l": "1791.26"},
		},
	})
	expected, err := pairwise.EloExpected(dec("1750"), dec("1810"))
	require.NoError(t, err)
	require.Equal(t, "0.415", expected.StringFixed(3))
}

func TestEloUpdatePublished(t *testing.T) {
	// Lajos Portisch, 10.5 points of an expected 9.66: chess.com forum, "How is it calculated".
	s, err := pairwise.EloUpdate(dec("2635"), dec("10"), dec("10.5"), dec("9.66"))
	require.NoError(t, err)
	require.Equal(t, "2643.4", s.String())
	_, err = pairwise.EloUpdate(dec("1e2000"), dec("0"), dec("-1"), dec("-2"))
	requireProblems(t, err,
		`prioritize: rating is "1e2000", want at most 100 digits and an exponent within ±1000`,
		`prioritize: k is "0", want > 0`,
		`prioritize: actual is "-1", want >= 0`,
		`prioritize: expected is "-2", want >= 0`)
}

// The twin uses the power function of the standard library.
func TestEloExpectedAgreesWithPow(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		a, b := rng.Float64()*8000-4000, rng.Float64()*8000-4000
		got, err := pairwise.EloExpected(decimal.NewFromFloat(a), decimal.NewFromFloat(b))
		require.NoError(t, err)
		require.InDelta(t, 1/(1+math.Pow(10, (b-a)/400)), got.InexactFloat64(), 5.1e-10)
		other, err := pairwise.EloExpected(decimal.NewFromFloat(b), decimal.NewFromFloat(a))
		require.NoError(t, err)
		require.Equal(t, "1", got.Add(other).String())
		require.GreaterOrEqual(t, got.Exponent(), int32(-9))
	}
	for _, c := range [][3]string{{"1e500", "0", "1"}, {"0", "1e500", "0"}, {"7", "7", "0.5"}} {
		got, err := pairwise.EloExpected(dec(c[0]), dec(c[1]))
		require.NoError(t, err)
		require.Equal(t, c[2], got.String())
	}
	_, err := pairwise.EloExpected(dec("1e1001"), dec("0"))
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

// Contests move points about, and never make or lose any.
func TestEloConservesTotal(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	names := []string{"a", "b", "c", "d"}
	for range 300 {
		m := pairwise.Elo{K: smallPositive(rng), Ratings: map[string]decimal.Decimal{}}
		before := decimal.Decimal{}
		for _, name := range names {
			m.Ratings[name] = decimal.NewFromInt(1000).Add(small(rng).Mul(dec("20")))
			before = before.Add(m.Ratings[name])
		}
		for range rng.IntN(40) {
			pair := rng.Perm(len(names))
			m.Contests = append(m.Contests, pairwise.Contest{
				Winner: names[pair[0]], Loser: names[pair[1]], Draw: rng.IntN(4) == 0,
			})
		}
		start := m.Ratings["a"]
		ratings, err := m.Rate()
		require.NoError(t, err)
		after := decimal.Decimal{}
		for _, r := range ratings {
			after = after.Add(r)
		}
		require.True(t, before.Equal(after), "%s before, %s after", before, after)
		require.True(t, start.Equal(m.Ratings["a"]), "the ratings given are not changed")
	}
}

func TestEloNewcomers(t *testing.T) {
	m := pairwise.Elo{K: dec("20"), Contests: []pairwise.Contest{won("ab", 0)}}
	r, err := prioritize.Rank(m, players("b", "a", "c"))
	require.NoError(t, err)
	require.Equal(t, []string{"a", "b", "c"}, r.KeysWithUnscored())
	row, _ := r.Lookup("a")
	require.Equal(t, "1510", row.Score.String())
	require.Equal(t, "never compared", r.Unscored()[0].Reason)
}

func TestEloInvalid(t *testing.T) {
	m := pairwise.Elo{
		Ratings:  map[string]decimal.Decimal{"a": dec("1e1001")},
		Contests: []pairwise.Contest{won("ab", 2), {Winner: "a"}},
	}
	_, err := m.Score(nil)
	requireProblems(t, err,
		`prioritize: k is "0", want > 0`,
		`prioritize: ratings["a"] is "1e1001", want at most 100 digits and an exponent within ±1000`,
		`prioritize: contests[0].times is "2", want 0 or 1, as each contest changes the ratings for the next`,
		`prioritize: contests[1].loser is "", want a name other than the winner's`)
	m = pairwise.Elo{
		K: dec("1e-999"), Ratings: map[string]decimal.Decimal{"a": dec("1")},
		Contests: []pairwise.Contest{won("ab", 0), won("ab", 0)},
	}
	_, err = m.Score([]string{"a"})
	require.ErrorIs(t, err, prioritize.ErrInvalid, "a rating of a thousand digits")
}

func TestEloLaws(t *testing.T) {
	m := pairwise.Elo{K: dec("24"), Contests: []pairwise.Contest{won("AB", 0), won("BC", 0), won("AC", 0)}}
	names := []string{"A", "B", "C", "nobody"}
	prioritizetest.TestMethod(t, m, func(rng *rand.Rand) string { return names[rng.IntN(len(names))] })
}

func ExampleElo() {
	m := pairwise.Elo{
		K:        dec("10"),
		Ratings:  map[string]decimal.Decimal{"strong": dec("1200"), "weak": dec("800")},
		Contests: []pairwise.Contest{{Winner: "weak", Loser: "strong"}},
	}
	ratings, err := m.Rate()
	fmt.Println(ratings["weak"].Round(3), ratings["strong"].Round(3), err)
	// Output: 809.091 1190.909 <nil>
}

func ExampleEloUpdate() {
	rating, err := pairwise.EloUpdate(dec("2635"), dec("10"), dec("10.5"), dec("9.66"))
	fmt.Println(rating, err)
	// Output: 2643.4 <nil>
}

func ExampleEloExpected() {
	expected, err := pairwise.EloExpected(dec("1750"), dec("1810"))
	fmt.Println(expected.Round(3), err)
	// Output: 0.415 <nil>
}
