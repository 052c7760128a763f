package prioritize_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// FuzzRank reads WSJF inputs, four numbers a line, and ranks what can be read. Whatever the numbers are,
// there is a ranking that agrees with rationals, or an error; never a panic or a long wait.
func FuzzRank(f *testing.F) {
	for _, text := range []string{
		"8 5 13 5\n8 5 8 5\n5 1 5 5\n5 1 5 5", "1 1 1 0", "-1 0 0 1", "1e1000 1e-1000 0 1e1000\n1 0 0 1",
		"9223372036854775807 9223372036854775807 0 1\n9223372036854775806 9223372036854775808 0 1",
		"1e10000 0 0 1", "0 0 0 1e-9999", strings.Repeat("9", 101) + " 0 0 1", "0.1 0.2 0 0.3\n1 2 0 3\n10 20 0 30",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var inputs []prioritize.WSJFInput
		for line := range strings.Lines(text) {
			words := strings.Fields(line)
			if len(words) != 4 || len(line) > 500 || len(inputs) > 300 {
				continue
			}
			var numbers [4]decimal.Decimal
			for i, word := range words {
				d, err := decimal.NewFromString(word)
				if err != nil {
					return
				}
				numbers[i] = d
			}
			inputs = append(inputs, prioritize.WSJFInput{
				UserBusinessValue: numbers[0], TimeCriticality: numbers[1], RiskReduction: numbers[2], JobSize: numbers[3],
			})
		}
		valid := len(inputs) > 0
		for _, in := range inputs {
			valid = valid && in.Validate() == nil
		}
		ranking, err := prioritize.Rank(prioritize.WSJF{}, numbered(inputs))
		require.Equal(t, valid, err == nil, err)
		if err != nil {
			require.ErrorIs(t, err, prioritize.ErrInvalid)
			return
		}
		require.Equal(t, len(inputs), ranking.Len())
		requireTwin(t, inputs)
	})
}

// FuzzAssessment reads assessments: what is read can be written and read again, to the same effect.
func FuzzAssessment(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"wsjf":{"user_business_value":8,"time_criticality":"5","risk_reduction":13,"job_size":5}}`,
		`{"rice":{"reach":1,"impact":2,"effort":3},"moscow":{"moscow":"won't"}}`, `{"rice":{"confidence":null}}`,
		`{"moscow":{"moscow":"perhaps"}}`, `{"wsjf":{"job_size":"NaN"}}`, `{"wsjf":{"job_size":1e9999}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var a prioritize.Assessment
		if json.Unmarshal(text, &a) != nil {
			return
		}
		valid := a.Validate()
		if valid != nil {
			require.ErrorIs(t, valid, prioritize.ErrInvalid)
			return // a number out of bounds may be too long to write
		}
		written, err := json.Marshal(a)
		require.NoError(t, err)
		var again prioritize.Assessment
		require.NoError(t, json.Unmarshal(written, &again))
		rewritten, err := json.Marshal(again)
		require.NoError(t, err)
		require.JSONEq(t, string(written), string(rewritten))
	})
}
