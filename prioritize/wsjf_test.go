package prioritize_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func TestWSJF(t *testing.T) {
	tests := map[string]struct {
		in   prioritize.WSJFInput
		want string
		err  string
	}{
		"whole numbers":           {in: wsjf("8", "5", "13", "5"), want: "5.2"},
		"decimals":                {in: wsjf("0.5", "0.25", "1e1", "0.2"), want: "53.75"},
		"no end":                  {in: wsjf("8", "5", "8", "13"), want: "21/13"},
		"zero is a score":         {in: wsjf("0", "0", "0", "5"), want: "0"},
		"more than 64 bits":       {in: wsjf("9223372036854775807", "9223372036854775807", "1", "0.5"), want: "36893488147419103230"},
		"all left out":            {err: `prioritize: job_size is "0", want > 0`},
		"no size is not infinity": {in: wsjf("8", "5", "3", "0"), err: `prioritize: job_size is "0", want > 0`},
		"a negative does not hide behind a sum of 64 bits": {
			in:  wsjf("-9223372036854775809", "9223372036854775810", "0", "1"),
			err: `prioritize: user_business_value is "-9223372036854775809", want >= 0`,
		},
		"all at once": {
			in: wsjf("-1", "-2", "-0.5", "-3"),
			err: `prioritize: user_business_value is "-1", want >= 0
prioritize: time_criticality is "-2", want >= 0
prioritize: risk_reduction is "-0.5", want >= 0
prioritize: job_size is "-3", want > 0`,
		},
		"beyond the bounds": {
			in: prioritize.WSJFInput{UserBusinessValue: decimal.New(1, 1_000_000_000), JobSize: decimal.New(1, -1_000_000_000)},
			err: `prioritize: user_business_value is "1e1000000000", want at most 100 digits and an exponent within ±1000
prioritize: job_size is "1e-1000000000", want at most 100 digits and an exponent within ±1000`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := prioritize.WSJF{}.ScoreItem(tt.in)
			if tt.err != "" {
				require.EqualError(t, err, tt.err)
				require.EqualError(t, tt.in.Validate(), tt.err)
				return
			}
			require.NoError(t, err)
			require.NoError(t, tt.in.Validate())
			require.Equal(t, tt.want, s.String())
		})
	}
}

// US02 and US05 tie at 1.25; the higher cost of delay goes first, and the tie is reported.
func TestWSJFTie(t *testing.T) {
	ranking, err := prioritize.Rank(prioritize.WSJF{}, numbered([]prioritize.WSJFInput{
		wsjf("2", "2", "1", "4"), wsjf("3", "3", "4", "8"), wsjf("0.2", "0.2", "0.1", "0.4"),
	}))
	require.NoError(t, err)
	require.Equal(t, []int{1, 0, 2}, ranking.Keys())
	require.Equal(t, [][]int{{1, 0, 2}}, ranking.Ties())
}

// bold is for whoever likes big jobs.
type bold struct{ prioritize.WSJF }

func (m bold) Score(inputs []prioritize.WSJFInput) ([]prioritize.Score, error) {
	return prioritize.Each(inputs, m.ScoreItem)
}

func (bold) ScoreItem(in prioritize.WSJFInput) (prioritize.Score, error) {
	return in.CostOfDelay().Add(prioritize.Value(in.JobSize)), nil
}

// A method that embeds WSJF keeps its tie rule, the cost of delay, whatever its scores are.
func TestWSJFTieWhenEmbedded(t *testing.T) {
	ranking, err := prioritize.Rank(bold{}, numbered([]prioritize.WSJFInput{
		wsjf("0", "0", "4", "6"), wsjf("4", "4", "0", "2"), wsjf("1", "0", "0", "9"),
	}))
	require.NoError(t, err)
	require.Equal(t, [][]int{{1, 0, 2}}, ranking.Ties())
}

func TestWSJFCheckScale(t *testing.T) {
	candidates := []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "a", Input: wsjf("1", "7", "1", "1")},
		{Key: "skipped", Unscored: "not estimated"},
		{Key: "b", Input: wsjf("20", "40", "1.0", "0")},
	}
	require.EqualError(t, prioritize.CheckScale(prioritize.WSJF{}, candidates),
		`prioritize: item 0 ("a"): time_criticality is "7", want one of 1, 2, 3, 5, 8, 13, 20
prioritize: item 2 ("b"): time_criticality is "40", want one of 1, 2, 3, 5, 8, 13, 20
prioritize: item 2 ("b"): job_size is "0", want one of 1, 2, 3, 5, 8, 13, 20
prioritize: time_criticality is "no 1", want a 1 in the column`)
	candidates[0].Input.TimeCriticality = dec("1")
	candidates[2].Input.TimeCriticality, candidates[2].Input.JobSize = dec("13"), dec("8")
	require.NoError(t, prioritize.CheckScale(prioritize.WSJF{}, candidates))
}

func TestWSJFInputJSON(t *testing.T) {
	const (
		read    = `{"user_business_value":8,"time_criticality":"5","risk_reduction":13.0,"job_size":5}`
		written = `{"user_business_value":"8","time_criticality":"5","risk_reduction":"13","job_size":"5"}`
	)
	var in prioritize.WSJFInput
	require.NoError(t, json.Unmarshal([]byte(read), &in))
	s, err := prioritize.WSJF{}.ScoreItem(in)
	require.NoError(t, err)
	require.Equal(t, "5.2", s.String())
	text, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, written, string(text))
}

// The published sheet: SAFe WSJF template with the animals' features.
func ExampleWSJF() {
	ranking, err := prioritize.Rank(prioritize.WSJF{}, []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "Grumpy gazelle", Input: wsjf("13", "5", "8", "8")},
		{Key: "Funny frog", Input: wsjf("5", "1", "5", "5")},
		{Key: "Powerful piglet", Input: wsjf("5", "1", "5", "5")},
		{Key: "Funky ferret", Input: wsjf("8", "5", "13", "5")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Rank, row.Key, row.Tied, ranking.Sentence(row.Key, 2))
	}
	// Output:
	// 1 Funky ferret false (8 + 5 + 13) / 5 = 5.2
	// 2 Grumpy gazelle false (13 + 5 + 8) / 8 = 3.25
	// 3 Funny frog true (5 + 1 + 5) / 5 = 2.2
	// 3 Powerful piglet true (5 + 1 + 5) / 5 = 2.2
}

func ExampleCheckScale() {
	err := prioritize.CheckScale(prioritize.WSJF{}, []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "Dark mode", Input: wsjf("1", "4", "1", "1")},
	})
	fmt.Println(err)
	// Output:
	// prioritize: item 0 ("Dark mode"): time_criticality is "4", want one of 1, 2, 3, 5, 8, 13, 20
	// prioritize: time_criticality is "no 1", want a 1 in the column
}
