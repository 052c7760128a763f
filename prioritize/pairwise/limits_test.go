package pairwise_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/pairwise"
)

// Ratios at the limits are compared, and those beyond are refused, in either half of the matrix.
func TestMatrixMagnitudes(t *testing.T) {
	for text, refused := range map[string]bool{
		"1000000000": false, "1000000000.1": true, "1/1000000000": false, "1/1000000000.1": true, "1e-9": false, "0.99e-9": true,
	} {
		for _, pair := range [][2]string{{"a", "b"}, {"b", "a"}} {
			ratio := pairwise.MustRatio(text)
			m, err := pairwise.NewMatrix([]string{"a", "b"}, []pairwise.Judgement{{A: pair[0], B: pair[1], Ratio: ratio}})
			if !refused {
				require.NoError(t, err, text)
				require.NoError(t, m.Validate())
				continue
			}
			require.EqualError(t, err, fmt.Sprintf(
				"prioritize: %q over %q is %q, want from 1/10^9 to 10^9", pair[0], pair[1], ratio.String()))
			require.Zero(t, m.Elements)
		}
	}
}

// Elements that are not right are the only error, as judgements are of them.
func TestNewMatrixElements(t *testing.T) {
	unknown := []pairwise.Judgement{{A: "x", B: "y", Ratio: pairwise.MustRatio("2")}}
	m, err := pairwise.NewMatrix([]string{"a", "", "a"}, unknown)
	requireProblems(t, err, `prioritize: elements[1] is "", want a name`,
		`prioritize: element 2 ("a"): duplicate key: element 0 has it already`)
	require.Zero(t, m.Elements)
	names := make([]string, 101)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	for text, elements := range map[string][]string{"0": nil, "101": names} {
		_, err = pairwise.NewMatrix(elements, unknown)
		require.EqualError(t, err, fmt.Sprintf("prioritize: elements is %q, want from 1 to 100", text))
	}
	_, err = pairwise.NewMatrix(names[:100], unknown)
	require.NotContains(t, err.Error(), "from 1 to 100")
}

// A contest counts up to 10^9 times.
func TestContestLimits(t *testing.T) {
	for times, ok := range map[int64]bool{-1: false, 0: true, 1: true, 1_000_000_000: true, 1_000_000_001: false} {
		c := pairwise.Contest{Winner: "a", Loser: "b", Times: times}
		_, err := pairwise.BradleyTerry{Contests: []pairwise.Contest{c}}.Score(nil)
		if ok {
			require.NoError(t, c.Validate())
			require.NoError(t, err)
			continue
		}
		text := fmt.Sprintf("times is \"%d\", want from 0 to 1000000000", times)
		require.EqualError(t, c.Validate(), "prioritize: "+text)
		require.EqualError(t, err, "prioritize: contests[0]."+text)
	}
	requireProblems(t, pairwise.Contest{}.Validate(),
		`prioritize: winner is "", want a name`, `prioritize: loser is "", want a name other than the winner's`)
	for n, want := range map[int]int64{-1: 0, 0: 0, 1: 0, 2: 1, 3: 3, 1 << 31: 1 << 30 * (1<<31 - 1), 1<<31 + 1: 0} {
		require.Equal(t, want, pairwise.PairCount(n), n)
	}
}

// Ratios are read up to two decimals as long as they may be, and written in few characters.
func TestRatioTexts(t *testing.T) {
	const most = 2233
	_, err := pairwise.ParseRatio("3" + strings.Repeat(" ", most-1))
	require.NoError(t, err)
	_, err = pairwise.ParseRatio("3" + strings.Repeat(" ", most))
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	hundred := strings.Repeat("0", 99) + "1"
	for text, want := range map[string]string{
		"10": "10", "1e1": "1e1", "3.0": "3", "0.25": "0.25", "1/3": "1/3", "2e3/3": "2e3/3", "12e900/7": "12e900/7",
		"0." + hundred: "0." + hundred, "0.0" + hundred: "1e-101",
	} {
		require.Equal(t, want, pairwise.MustRatio(text).String())
	}
	_, err = pairwise.NewRatio(decimal.New(1, 1000), decimal.New(1, -1000))
	require.NoError(t, err)
}

// Weights far down a hierarchy have at most 40 digits after the point.
func TestAHPWeightsAreBounded(t *testing.T) {
	m := pairwise.AHP{Goal: mustJudge("a b", "a|b 3e8"), Below: map[string]pairwise.Matrix{}}
	alternatives := mustJudge("x y", "x|y 2")
	for _, level := range []string{"b a1 b1", "b1 a2 b2", "b2 a3 b3"} {
		f := strings.Fields(level)
		m.Below[f[0]] = mustJudge(f[1]+" "+f[2], f[1]+"|"+f[2]+" 3e8")
	}
	for _, lowest := range []string{"a", "a1", "a2", "a3", "b3"} {
		m.Below[lowest] = alternatives
	}
	s, err := m.Synthesis()
	require.NoError(t, err)
	for name, weight := range s.Weights {
		if _, criterion := m.Below[name]; criterion {
			require.GreaterOrEqual(t, weight.Exponent(), int32(-40), name)
		}
	}
	require.Equal(t, "1234568", s.Weights["b3"].Shift(40).String())
}

// The gap of ten times 400 points is where nothing is left to expect.
func TestEloExpectedLimits(t *testing.T) {
	for gap, want := range map[string]string{
		"0": "0.5", "400": "0.909090909", "3599": "0.999999999", "3716": "0.999999999", "3800": "1", "4000": "1", "1e900": "1",
	} {
		ahead, err := pairwise.EloExpected(dec(gap), dec("0"))
		require.NoError(t, err)
		require.Equal(t, want, ahead.String(), gap)
		behind, err := pairwise.EloExpected(dec("0"), dec(gap))
		require.NoError(t, err)
		require.True(t, ahead.Add(behind).Equal(dec("1")), gap)
	}
}

// The table of 1980, number by number, and what has no terms because it has no weights.
func TestSaatyRandomIndex(t *testing.T) {
	table := pairwise.SaatyRandomIndex()
	published := strings.Fields("0 0 0.58 0.9 1.12 1.24 1.32 1.41 1.45 1.51 1.51 1.48 1.56 1.57 1.59")
	require.Len(t, table, len(published))
	for i, want := range published {
		require.Equal(t, want, table[i+1].String(), i+1)
	}
	_, err := pairwise.AHP{}.TermsOf([]string{"a"})
	require.ErrorIs(t, err, prioritize.ErrInvalid)
}
