package prioritize_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func wsjfPart() prioritize.ChainPart[prioritize.Assessment] {
	return prioritize.On("wsjf", prioritize.WSJF{},
		func(a prioritize.Assessment) *prioritize.WSJFInput { return a.WSJF })
}

func ricePart() prioritize.ChainPart[prioritize.Assessment] {
	return prioritize.On("rice", prioritize.RICE{},
		func(a prioritize.Assessment) *prioritize.RICEInput { return a.RICE })
}

func moscowPart() prioritize.ChainPart[prioritize.Assessment] {
	return prioritize.On("moscow", prioritize.MoSCoW{},
		func(a prioritize.Assessment) *prioritize.MoSCoWInput { return a.MoSCoW })
}

// randomAssessments have many ties in every method, and now and then no input for one.
func randomAssessments(rng *rand.Rand, n int) []prioritize.Assessment {
	list := make([]prioritize.Assessment, n)
	digit := func(from int64) string { return fmt.Sprint(from + rng.Int64N(3)) }
	for i := range list {
		w := wsjf(digit(0), digit(0), digit(0), digit(1))
		r := rice(digit(0), digit(0), []string{"", "0.5", "1", "1"}[rng.IntN(4)], digit(1))
		list[i] = prioritize.Assessment{WSJF: &w, RICE: &r, MoSCoW: &prioritize.MoSCoWInput{
			Category: prioritize.MoSCoWCategory(rng.IntN(5)),
		}}
		if rng.IntN(10) == 0 {
			list[i].WSJF = nil
		}
	}
	return list
}

// A chain orders as a sort that compares part after part does.
func TestChainAgreesWithComparing(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for round := range 60 {
		inputs := randomAssessments(rng, 1+rng.IntN(300))
		parts := []prioritize.ChainPart[prioritize.Assessment]{moscowPart(), wsjfPart(), ricePart()}
		rng.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		chain := prioritize.Chain[prioritize.Assessment](parts[:1+round%3])
		scores, err := chain.Score(inputs)
		require.NoError(t, err)
		var all [][]prioritize.Score
		for _, part := range chain {
			s, err := part.Score(inputs)
			require.NoError(t, err)
			all = append(all, s)
		}
		for i := range inputs {
			scored := true
			for _, part := range all {
				scored = scored && part[i].IsScored()
			}
			require.Equal(t, scored, scores[i].IsScored())
			for j := range i {
				if !scored || !scores[j].IsScored() {
					continue
				}
				want := 0
				for _, part := range all {
					if want == 0 {
						want = part[i].Compare(part[j])
					}
				}
				require.Equal(t, want, scores[i].Compare(scores[j]))
			}
		}
	}
}

// Items that tie in every part fall back to the tie rules of the parts.
func TestChainTieRules(t *testing.T) {
	a, b := wsjf("1", "1", "0", "2"), wsjf("2", "2", "0", "4")
	must := &prioritize.MoSCoWInput{Category: prioritize.Must}
	chain := prioritize.Chain[prioritize.Assessment]{moscowPart(), wsjfPart()}
	ranking, err := prioritize.Rank(chain, numbered([]prioritize.Assessment{
		{WSJF: &a, MoSCoW: must}, {WSJF: &b, MoSCoW: must},
	}))
	require.NoError(t, err)
	require.Equal(t, []int{1, 0}, ranking.Keys())
	require.Len(t, ranking.Ties(), 1)
}

func TestChainErrors(t *testing.T) {
	bad, worse := wsjf("1", "-1", "0", "0"), wsjf("-1", "0", "0", "1")
	chain := prioritize.Chain[prioritize.Assessment]{wsjfPart(), moscowPart()}
	_, err := prioritize.Rank(chain, []prioritize.Candidate[string, prioritize.Assessment]{
		{Key: "none", Unscored: "new"},
		{Key: "bad", Input: prioritize.Assessment{WSJF: &bad}},
		{Key: "worse", Input: prioritize.Assessment{WSJF: &worse, MoSCoW: &prioritize.MoSCoWInput{Category: 9}}},
	})
	require.EqualError(t, err, `prioritize: item 1 ("bad"): wsjf.time_criticality is "-1", want >= 0
prioritize: item 1 ("bad"): wsjf.job_size is "0", want > 0
prioritize: item 2 ("worse"): wsjf.user_business_value is "-1", want >= 0
prioritize: item 2 ("worse"): moscow.moscow is "MoSCoWCategory(9)", want must, should, could or wont`)
	_, err = prioritize.Chain[prioritize.Assessment]{}.Score(make([]prioritize.Assessment, 2))
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}

// MoSCoW first, WSJF within a category.
func ExampleChain() {
	big, small := wsjf("8", "5", "13", "5"), wsjf("1", "1", "1", "5")
	must := &prioritize.MoSCoWInput{Category: prioritize.Must}
	should := &prioritize.MoSCoWInput{Category: prioritize.Should}
	chain := prioritize.Chain[prioritize.Assessment]{
		prioritize.On("moscow", prioritize.MoSCoW{},
			func(a prioritize.Assessment) *prioritize.MoSCoWInput { return a.MoSCoW }),
		prioritize.On("wsjf", prioritize.WSJF{},
			func(a prioritize.Assessment) *prioritize.WSJFInput { return a.WSJF }),
	}
	ranking, err := prioritize.Rank(chain, []prioritize.Candidate[string, prioritize.Assessment]{
		{Key: "export", Input: prioritize.Assessment{MoSCoW: should, WSJF: &big}},
		{Key: "login", Input: prioritize.Assessment{MoSCoW: must, WSJF: &small}},
		{Key: "payment", Input: prioritize.Assessment{MoSCoW: must, WSJF: &big}},
		{Key: "search", Input: prioritize.Assessment{MoSCoW: must}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Position, row.Key+":", ranking.Sentence(row.Key, 2))
	}
	fmt.Println(ranking.Unscored()[0].Key, "-", ranking.Unscored()[0].Reason)
	// Output:
	// 1 payment: moscow must, then wsjf (8 + 5 + 13) / 5 = 5.2
	// 2 login: moscow must, then wsjf (1 + 1 + 1) / 5 = 0.6
	// 3 export: moscow should, then wsjf (8 + 5 + 13) / 5 = 5.2
	// search - wsjf is missing
}

func ExampleAssessment() {
	size := wsjf("8", "5", "13", "0")
	a := prioritize.Assessment{WSJF: &size}
	fmt.Println(a.Validate())
	// Output: prioritize: wsjf.job_size is "0", want > 0
}

func TestAssessmentClone(t *testing.T) {
	a := randomAssessments(rand.New(rand.NewPCG(1, 1)), 1)[0]
	clone := a.Clone()
	require.Equal(t, a, clone)
	clone.WSJF.JobSize, clone.RICE.Effort, clone.MoSCoW.Category = dec("99"), dec("99"), 99
	require.NotEqual(t, a.WSJF, clone.WSJF)
	require.NotEqual(t, a.RICE, clone.RICE)
	require.NotEqual(t, a.MoSCoW, clone.MoSCoW)
	require.Equal(t, prioritize.Assessment{}, prioritize.Assessment{}.Clone())
	require.NoError(t, prioritize.Assessment{}.Validate())
	require.Len(t, joined(clone.Validate()), 1)
}

func TestPartIsAMethod(t *testing.T) {
	inputs := randomAssessments(rand.New(rand.NewPCG(2, 2)), 50)
	ranking, err := prioritize.Rank(wsjfPart(), numbered(inputs))
	require.NoError(t, err)
	require.Equal(t, "wsjf", wsjfPart().Name())
	for _, m := range ranking.Unscored() {
		require.Equal(t, "wsjf is missing", m.Reason)
		require.Nil(t, inputs[m.Key].WSJF)
	}
	direct := make([]prioritize.Candidate[int, prioritize.WSJFInput], len(inputs))
	for i, in := range inputs {
		if direct[i].Key = i; in.WSJF == nil {
			direct[i].Unscored = "nothing"
		} else {
			direct[i].Input = *in.WSJF
		}
	}
	want, err := prioritize.Rank(prioritize.WSJF{}, direct)
	require.NoError(t, err)
	require.True(t, slices.Equal(want.Keys(), ranking.Keys()))
	require.Equal(t, want.Sentence(want.Keys()[0], 2), ranking.Sentence(want.Keys()[0], 2))
}
