package pairwise_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/pairwise"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

// leader is a hierarchy around the two matrices above.
func leader() pairwise.AHP {
	return pairwise.AHP{
		Goal: mustJudge("Experience Education Charisma Age",
			"Experience|Education 4", "Experience|Charisma 3", "Experience|Age 7",
			"Education|Charisma 1/3", "Education|Age 3", "Charisma|Age 5"),
		Below: map[string]pairwise.Matrix{
			"Experience": mustJudge("Moll Nell Sue", "Moll|Nell 1/4", "Moll|Sue 4", "Nell|Sue 9"),
			"Education":  mustJudge("Moll Nell Sue", "Moll|Nell 3", "Moll|Sue 1/5", "Nell|Sue 1/7"),
			"Charisma":   mustJudge("Moll Nell Sue", "Moll|Nell 5", "Moll|Sue 9", "Nell|Sue 4"),
			"Age":        mustJudge("Nell Moll Sue", "Moll|Nell 1/3", "Moll|Sue 5", "Nell|Sue 9"),
		},
		RandomIndex: randomIndex(3, "0.52"),
	}
}

func TestAHPSynthesis(t *testing.T) {
	// Recomputed from the local priorities.
	m := leader()
	s, err := m.Synthesis()
	require.NoError(t, err)
	require.Equal(t, []string{"Moll", "Nell", "Sue"}, s.Alternatives)
	sum := decimal.Decimal{}
	for _, name := range s.Alternatives {
		want := 0.0
		for i, criterion := range m.Goal.Elements {
			at := 0
			for m.Below[criterion].Elements[at] != name {
				at++
			}
			want += s.Local[""].Weights[i].InexactFloat64() * s.Local[criterion].Weights[at].InexactFloat64()
		}
		require.InDelta(t, want, s.Weights[name].InexactFloat64(), 1e-10)
		sum = sum.Add(s.Weights[name])
	}
	require.Equal(t, "1.0000000000", sum.StringFixed(10))
	require.Equal(t, "0.035", s.Local["Experience"].Consistency.Ratio.At(3).String())
	require.False(t, s.Local[""].Consistency.Ratio.IsScored(), "the table has nothing for 4")

	r, err := prioritize.Rank(m, candidates[string]{
		{Key: "Sue", Input: "Sue"}, {Key: "Bob", Input: "Bob"}, {Key: "Nell", Input: "Nell"}, {Key: "Moll", Input: "Moll"},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"Nell", "Moll", "Sue", "Bob"}, r.KeysWithUnscored())
	require.Equal(t, "not compared", r.Unscored()[0].Reason)
	terms := r.Terms("Nell")
	require.Len(t, terms, 4)
	total := prioritize.Integer(0)
	for _, term := range terms {
		total = total.Add(term.Contribution)
	}
	row, _ := r.Lookup("Nell")
	require.Equal(t, row.Score.At(9), total.At(9))
}

// Dividing a criterion into two that agree with it changes nothing.
func TestAHPSubcriteria(t *testing.T) {
	deep := leader()
	deep.Below["Age"] = mustJudge("Youth Wisdom", "Youth|Wisdom 3")
	deep.Below["Youth"], deep.Below["Wisdom"] = leader().Below["Age"], leader().Below["Age"]
	flat, err := leader().Score([]string{"Moll", "Nell", "Sue"})
	require.NoError(t, err)
	got, err := deep.Score([]string{"Moll", "Nell", "Sue"})
	require.NoError(t, err)
	for i := range flat {
		require.Equal(t, flat[i].At(10), got[i].At(10))
	}
	s, err := deep.Synthesis()
	require.NoError(t, err)
	require.Equal(t, s.Weights["Age"].Round(10), s.Weights["Youth"].Add(s.Weights["Wisdom"]).Round(10))
}

func TestAHPWithoutCriteria(t *testing.T) {
	m := pairwise.AHP{Goal: mustJudge("a b", "a|b 3")}
	r, err := prioritize.Rank(m, candidates[string]{{Key: "b", Input: "b"}, {Key: "a", Input: "a"}})
	require.NoError(t, err)
	require.Equal(t, "1 × 0.75 = 0.75", r.Sentence("a", 2))
}

func TestAHPInvalid(t *testing.T) {
	tests := map[string]struct {
		change func(m *pairwise.AHP)
		want   []string
	}{
		"matrices": {
			func(m *pairwise.AHP) {
				m.Goal = pairwise.Matrix{}
				m.Below = map[string]pairwise.Matrix{"Age": {Elements: []string{"x", "y"}, Rows: make([][]pairwise.Ratio, 2)}}
			},
			[]string{
				`prioritize: goal.elements is "0", want from 1 to 100`,
				`prioritize: below["Age"].row["x"] is "0 entries", want 2, one an element`,
				`prioritize: below["Age"].row["y"] is "0 entries", want 2, one an element`,
				`prioritize: below["Age"] is "compared in 0 matrices", want one`,
			},
		},
		"a criterion among alternatives": {
			func(m *pairwise.AHP) { delete(m.Below, "Age") },
			[]string{
				`prioritize: goal.elements is "[\"Experience\" \"Education\" \"Charisma\" \"Age\"]", want all criteria, with something below, or all alternatives`,
			},
		},
		"one criterion among alternatives": {
			func(m *pairwise.AHP) {
				m.Goal, m.Below = mustJudge("Age Sue", "Age|Sue 2"), map[string]pairwise.Matrix{"Age": m.Below["Age"]}
			},
			[]string{
				`prioritize: goal.elements is "[\"Age\" \"Sue\"]", want all criteria, with something below, or all alternatives`,
			},
		},
		"other alternatives": {
			func(m *pairwise.AHP) { m.Below["Age"] = mustJudge("Moll Nell", "Moll|Nell 1") },
			[]string{`prioritize: below["Age"].elements is "[\"Moll\" \"Nell\"]", want ["Moll" "Nell" "Sue"], as elsewhere`},
		},
		"a circle apart": {
			func(m *pairwise.AHP) {
				m.Below["x"], m.Below["y"] = mustJudge("y"), mustJudge("x")
			},
			[]string{`prioritize: below is "2 criteria out of reach", want all below the goal`},
		},
		"a circle below the goal": {
			func(m *pairwise.AHP) { m.Below["Age"] = mustJudge("Age Charisma", "Age|Charisma 1") },
			[]string{
				`prioritize: below["Age"] is "compared in 2 matrices", want one`,
				`prioritize: below["Charisma"] is "compared in 2 matrices", want one`,
			},
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			m := leader()
			c.change(&m)
			_, err := m.Score([]string{"Moll"})
			requireProblems(t, err, c.want...)
		})
	}
	m := leader()
	m.RandomIndex[3] = dec("-1")
	_, err := m.Score(nil)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

func TestAHPLaws(t *testing.T) {
	names := []string{"Moll", "Nell", "Sue", "nobody"}
	prioritizetest.TestMethod(t, leader(), func(rng *rand.Rand) string { return names[rng.IntN(len(names))] })
	requireRoundTrip(t, leader().Goal)
	requireRoundTrip(t, pairwise.Judgement{A: "a", B: "b", Ratio: pairwise.MustRatio("1/3")})
	var m pairwise.Matrix
	err := json.Unmarshal([]byte(`{"elements":["a","b"],"rows":[["1","NaN"],["",""]]}`), &m)
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

func ExampleMatrix_Priorities() {
	ratio := pairwise.MustRatio
	m, err := pairwise.NewMatrix([]string{"Moll", "Nell", "Sue"}, []pairwise.Judgement{
		{A: "Moll", B: "Nell", Ratio: ratio("1/4")},
		{A: "Moll", B: "Sue", Ratio: ratio("4")},
		{A: "Nell", B: "Sue", Ratio: ratio("9")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := m.Priorities(pairwise.RandomIndex{3: dec("0.52")}) // of Saaty 2005
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, name := range m.Elements {
		fmt.Println(name, p.Weights[i].StringFixed(3))
	}
	fmt.Println("consistency ratio", p.Consistency.Ratio.At(3), p.Consistency.Acceptable)
	// Output:
	// Moll 0.217
	// Nell 0.717
	// Sue 0.066
	// consistency ratio 0.035 true
}

func ExampleAHP() {
	ratio := pairwise.MustRatio
	compare := func(a, b, r string) pairwise.Matrix {
		m, err := pairwise.NewMatrix([]string{a, b}, []pairwise.Judgement{{A: a, B: b, Ratio: ratio(r)}})
		if err != nil {
			fmt.Println(err)
		}
		return m
	}
	m := pairwise.AHP{
		Goal: compare("speed", "price", "3"),
		Below: map[string]pairwise.Matrix{
			"speed": compare("train", "bus", "4"),
			"price": compare("train", "bus", "1/4"),
		},
	}
	ranking, err := prioritize.Rank(m, []prioritize.Candidate[string, string]{
		{Key: "b", Input: "bus"},
		{Key: "t", Input: "train"},
	})
	fmt.Println(ranking.Keys(), ranking.Sentence("t", 2), err)
	// Output: [t b] 0.75 × 0.8 + 0.25 × 0.2 = 0.65 <nil>
}

func ExampleConsistencyOf() {
	c, err := pairwise.ConsistencyOf(dec("15.2"), 15, nil)
	fmt.Println(c.Index.At(4), c.Ratio.At(4).StringFixed(4), c.Acceptable, err)
	// Output: 0.0143 0.0090 true <nil>
}
