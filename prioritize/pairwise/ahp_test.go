package pairwise_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/pairwise"
)

// judged makes a matrix of elements and judgements such as "coffee|wine 9".
func judged(elements string, judgements ...string) (pairwise.Matrix, error) {
	var list []pairwise.Judgement
	for _, text := range judgements {
		pair, ratio, _ := strings.Cut(text, " ")
		a, b, _ := strings.Cut(pair, "|")
		list = append(list, pairwise.Judgement{A: a, B: b, Ratio: pairwise.MustRatio(ratio)})
	}
	return pairwise.NewMatrix(strings.Fields(elements), list)
}

func mustJudge(elements string, judgements ...string) pairwise.Matrix {
	m, err := judged(elements, judgements...)
	if err != nil {
		panic(err)
	}
	return m
}

func randomIndex(n int, text string) pairwise.RandomIndex {
	return pairwise.RandomIndex{n: dec(text)}
}

func TestAHPPublished(t *testing.T) {
	const ahpy = "README of AHPy, github.com/PhilipGriffith/AHPy"
	tests := map[string]struct {
		source     string
		matrix     pairwise.Matrix
		table      pairwise.RandomIndex
		scale      int32
		weights    []string
		ratioScale int32
		ratio      string
		lambda, ci string
	}{
		"drinks": {
			source: "Saaty, drinks in the US, random index of Saaty 2005",
			matrix: mustJudge("coffee wine tea beer soda milk water",
				"coffee|wine 9", "coffee|tea 5", "coffee|beer 2", "coffee|soda 1", "coffee|milk 1", "coffee|water 1/2",
				"wine|tea 1/3", "wine|beer 1/9", "wine|soda 1/9", "wine|milk 1/9", "wine|water 1/9",
				"tea|beer 1/3", "tea|soda 1/4", "tea|milk 1/3", "tea|water 1/9",
				"beer|soda 1/2", "beer|milk 1", "beer|water 1/3", "soda|milk 2", "soda|water 1/2", "milk|water 1/3"),
			table: randomIndex(7, "1.35"), scale: 3,
			weights:    []string{"0.177", "0.019", "0.042", "0.116", "0.190", "0.129", "0.327"},
			ratioScale: 3, ratio: "0.022", lambda: "7.17663", ci: "0.02944",
		},
		"leader, experience": {
			source: "Wikipedia, AHP leader example, random index of Saaty 2005",
			matrix: mustJudge("Moll Nell Sue", "Moll|Nell 1/4", "Moll|Sue 4", "Nell|Sue 9"),
			table:  randomIndex(3, "0.52"), scale: 3, weights: []string{"0.217", "0.717", "0.066"},
			ratioScale: 3, ratio: "0.035", lambda: "3.03690", ci: "0.01845",
		},
		"leader, experience, classic random index": {
			source: "the same, computed",
			matrix: mustJudge("Moll Nell Sue", "Moll|Nell 1/4", "Moll|Sue 4", "Nell|Sue 9"),
			scale:  3, weights: []string{"0.217", "0.717", "0.066"},
			ratioScale: 3, ratio: "0.032", lambda: "3.03690", ci: "0.01845",
		},
		"leader, criteria": {
			source: "Wikipedia, AHP leader example, random index of Saaty 2005",
			matrix: mustJudge("Experience Education Charisma Age",
				"Experience|Education 4", "Experience|Charisma 3", "Experience|Age 7",
				"Education|Charisma 1/3", "Education|Age 3", "Charisma|Age 5"),
			table: randomIndex(4, "0.89"), scale: 3, weights: []string{"0.548", "0.127", "0.270", "0.056"},
			ratioScale: 3, ratio: "0.044", lambda: "4.11842", ci: "0.03947",
		},
		"car criteria": {
			source: "Wikipedia, AHP car example, random index of Donegan and Dodd",
			matrix: mustJudge("Cost Safety Style Capacity",
				"Cost|Safety 3", "Cost|Style 7", "Cost|Capacity 3", "Safety|Style 9", "Safety|Capacity 1", "Style|Capacity 1/7"),
			table: randomIndex(4, "0.8286"), scale: 3, weights: []string{"0.510", "0.234", "0.041", "0.215"},
			ratioScale: 2, ratio: "0.08", ci: "0.06641",
		},
		"four elements": {
			source: ahpy + ", random index of Donegan and Dodd",
			matrix: mustJudge("a b c d", "a|b 1", "a|c 5", "a|d 2", "b|c 3", "b|d 4", "c|d 3/4"),
			table:  randomIndex(4, "0.8286"), scale: 4, weights: []string{"0.3742", "0.3917", "0.0991", "0.1349"},
			ratioScale: 4, ratio: "0.0372",
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			p, err := c.matrix.Priorities(c.table)
			require.NoError(t, err)
			for i, w := range p.Weights {
				require.Equal(t, c.weights[i], w.StringFixed(c.scale), "%s: %s", c.source, c.matrix.Elements[i])
			}
			require.Equal(t, c.ratio, p.Consistency.Ratio.At(c.ratioScale).StringFixed(c.ratioScale), c.source)
			require.True(t, p.Consistency.Acceptable)
			if c.lambda != "" {
				require.Equal(t, c.lambda, p.Consistency.LambdaMax.StringFixed(5), c.source)
			}
			if c.ci != "" {
				require.Equal(t, c.ci, p.Consistency.Index.At(5).StringFixed(5))
			}
		})
	}
}

func TestAHPIncompletePublished(t *testing.T) {
	// The last case above without c|d: AHPy completes it, which is a guess.
	_, err := judged("a b c d", "a|b 1", "a|c 5", "a|d 2", "b|c 3", "b|d 4")
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	requireProblems(t, err,
		`prioritize: "c" over "d" is "", want a ratio > 0 such as "3", "1/3" or "0.25"; an incomplete matrix is not guessed at`)
}

func TestConsistencyPublished(t *testing.T) {
	// mathgpt.today, analytic hierarchy process, consistency ratio.
	c, err := pairwise.ConsistencyOf(dec("15.2"), 15, pairwise.RandomIndex{15: dec("1.59")})
	require.NoError(t, err)
	require.Equal(t, "0.0143", c.Index.At(4).String())
	require.Equal(t, "0.0090", c.Ratio.At(4).StringFixed(4))
	require.True(t, c.Acceptable)

	for _, c := range []struct {
		lambda     string
		acceptable bool
	}{{"3.116", true}, {"3.1160001", false}} {
		got, err := pairwise.ConsistencyOf(dec(c.lambda), 3, nil)
		require.NoError(t, err)
		require.Equal(t, c.acceptable, got.Acceptable, "0.10 itself passes")
	}
	got, err := pairwise.ConsistencyOf(dec("2.5"), 2, nil)
	require.NoError(t, err)
	require.Equal(t, "0", got.Ratio.String(), "two elements cannot contradict each other")
	got, err = pairwise.ConsistencyOf(dec("17"), 16, nil)
	require.NoError(t, err)
	require.Equal(t, "no random index for 16 elements", got.Ratio.Reason())
	require.False(t, got.Acceptable)
}

func TestConsistencyInvalid(t *testing.T) {
	_, err := pairwise.ConsistencyOf(dec("2.9"), 3, pairwise.RandomIndex{3: dec("0")})
	requireProblems(t, err,
		`prioritize: lambda max is "2.9", want at least 3`,
		`prioritize: random index of 3 is "0", want > 0`)
	_, err = pairwise.ConsistencyOf(dec("1"), 0, nil)
	requireProblems(t, err, `prioritize: elements is "0", want at least 1`)
}

func TestRandomIndexPublished(t *testing.T) {
	// healthstrategy.com/ahp/AHPinfo.htm.
	table := pairwise.SaatyRandomIndex()
	for i, want := range []string{"0.00", "0.58", "0.90", "1.12", "1.24", "1.32", "1.41", "1.45", "1.51"} {
		require.Equal(t, want, table[i+2].StringFixed(2), "n = %d", i+2)
	}
	table[3] = dec("7")
	require.Equal(t, "0.58", pairwise.SaatyRandomIndex()[3].String(), "a copy each time")
}

func TestMatrixInvalid(t *testing.T) {
	rows := func(texts ...string) [][]pairwise.Ratio {
		var rows [][]pairwise.Ratio
		for _, text := range texts {
			var row []pairwise.Ratio
			for _, field := range strings.Fields(text) {
				r := pairwise.Ratio{}
				if field != "-" {
					r = pairwise.MustRatio(field)
				}
				row = append(row, r)
			}
			rows = append(rows, row)
		}
		return rows
	}
	tests := map[string]struct {
		matrix pairwise.Matrix
		want   []string
	}{
		"none": {want: []string{`prioritize: elements is "0", want from 1 to 100`}},
		"names": {
			matrix: pairwise.Matrix{Elements: []string{"a", "", "a"}},
			want: []string{
				`prioritize: elements[1] is "", want a name`,
				`prioritize: element 2 ("a"): duplicate key: element 0 has it already`,
			},
		},
		"too few rows": {
			matrix: pairwise.Matrix{Elements: []string{"a", "b"}, Rows: rows("1 2")},
			want:   []string{`prioritize: rows is "1", want 2, one an element`},
		},
		"short row": {
			matrix: pairwise.Matrix{Elements: []string{"a", "b"}, Rows: rows("1 2", "1")},
			want:   []string{`prioritize: row["b"] is "1 entries", want 2, one an element`},
		},
		"everything at once": {
			matrix: pairwise.Matrix{Elements: []string{"a", "b", "c"}, Rows: rows("2 3 -", "3 1 1e10", "- - -")},
			want: []string{
				`prioritize: "a" over "a" is "2", want 1`,
				`prioritize: "b" over "a" is "3", want the reciprocal of 3`,
				`prioritize: "a" over "c" is "", want a ratio > 0 such as "3", "1/3" or "0.25"; an incomplete matrix is not guessed at`,
				`prioritize: "b" over "c" is "1e10", want from 1/10^9 to 10^9`,
			},
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			requireProblems(t, c.matrix.Validate(), c.want...)
			_, err := c.matrix.Priorities(nil)
			require.Error(t, err)
		})
	}
	rounded := pairwise.Matrix{Elements: []string{"a", "b"}, Rows: rows("1 3", "0.33 1")}
	require.NoError(t, rounded.Validate(), "reciprocals may be rounded")
	for back, want := range map[string]bool{"0.475": true, "0.474": false, "0.525": true, "0.526": false} {
		m := pairwise.Matrix{Elements: []string{"a", "b"}, Rows: rows("1 2", back+" 1")}
		require.Equal(t, want, m.Validate() == nil, back)
	}
	_, err := judged("a b", "a|b 2", "b|a 2", "a|x 1")
	require.ErrorIs(t, err, prioritize.ErrUnknown)
	require.ErrorIs(t, err, prioritize.ErrDuplicate)
	requireProblems(t, err,
		`prioritize: judgement 1: "b" over "a": duplicate key, want one judgement a pair`,
		`prioritize: judgement 2: "x": unknown item, want one of the elements`)
}

// randomMatrix has judgements of the usual scale.
func randomMatrix(rng *rand.Rand, n int) pairwise.Matrix {
	var m pairwise.Matrix
	for i := range n {
		m.Elements = append(m.Elements, string(rune('a'+i)))
		m.Rows = append(m.Rows, make([]pairwise.Ratio, n))
	}
	for i := range n {
		for j := range i {
			r, err := pairwise.NewRatio(decimal.NewFromInt(1+rng.Int64N(9)), decimal.NewFromInt(1+rng.Int64N(9)))
			if err != nil {
				panic(err)
			}
			m.Rows[i][j] = r
		}
	}
	return m
}

// The twin multiplies a vector by the matrix ten thousand times.
func TestAHPAgreesWithPowerIteration(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + rng.IntN(7)
		m := randomMatrix(rng, n)
		p, err := m.Priorities(nil)
		require.NoError(t, err)
		v := make([]float64, n)
		a := make([][]float64, n)
		for i := range v {
			v[i] = 1
			a[i] = make([]float64, n)
			a[i][i] = 1
			for j := range i {
				a[i][j], _ = m.Rows[i][j].Score().Rat().Float64()
				a[j][i] = 1 / a[i][j]
			}
		}
		lambda := 0.0
		for range 10_000 {
			next := make([]float64, n)
			sum := 0.0
			for i := range n {
				for j := range n {
					next[i] += a[i][j] * v[j]
				}
				sum += next[i]
			}
			done := true
			for i := range next {
				next[i] /= sum
				done = done && math.Abs(next[i]-v[i]) < 1e-15
			}
			v, lambda = next, sum
			if done {
				break
			}
		}
		for i := range v {
			require.InDelta(t, v[i], p.Weights[i].InexactFloat64(), 1e-11)
		}
		require.InDelta(t, lambda, p.Consistency.LambdaMax.InexactFloat64(), 1e-9)
	}
}

// A consistent matrix gives back the weights it was made of, and no inconsistency, however far
// apart.
func TestAHPConsistentMatrix(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 2 + rng.IntN(9)
		weights := make([]int64, n)
		sum := int64(0)
		for i := range weights {
			weights[i] = 1 + rng.Int64N(1_000_000_000)
			sum += weights[i]
		}
		m := randomMatrix(rng, n)
		for i := range n {
			for j := range i {
				r, err := pairwise.NewRatio(decimal.NewFromInt(weights[i]), decimal.NewFromInt(weights[j]))
				require.NoError(t, err)
				m.Rows[i][j] = r
			}
		}
		p, err := m.Priorities(nil)
		require.NoError(t, err)
		for i, w := range p.Weights {
			require.InEpsilon(t, float64(weights[i])/float64(sum), w.InexactFloat64(), 1e-10)
		}
		require.Equal(t, "0", p.Consistency.Index.At(9).String())
	}
}

// The worst that can be said: each element far better than the next, and the last than the first.
func TestAHPContradiction(t *testing.T) {
	p, err := mustJudge("a b c", "a|b 1e9", "b|c 1e9", "c|a 1e9").Priorities(nil)
	require.NoError(t, err)
	for _, w := range p.Weights {
		require.Equal(t, "0.3333333333", w.StringFixed(10))
	}
	require.False(t, p.Consistency.Acceptable)
}
