package prioritize_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// rice leaves confidence out when it is empty.
func rice(reach, impact, confidence, effort string) prioritize.RICEInput {
	in := prioritize.RICEInput{Reach: dec(reach), Impact: dec(impact), Effort: dec(effort)}
	if confidence != "" {
		in.Confidence = decimal.NewNullDecimal(dec(confidence))
	}
	return in
}

func TestRICE(t *testing.T) {
	half := prioritize.RICE{DefaultConfidence: decimal.NewNullDecimal(dec("0.5"))}
	tests := map[string]struct {
		method prioritize.RICE
		in     prioritize.RICEInput
		want   string
		err    string
	}{
		"published":                {in: rice("5000", "2", "0.8", "2"), want: "4000"},
		"no end":                   {in: rice("8000", "0.5", "1.0", "3"), want: "4000/3"},
		"no reach is a score":      {in: rice("0", "1", "0.8", "1"), want: "0"},
		"confidence is missing":    {in: rice("100", "1", "", "1"), want: "unscored: confidence is missing"},
		"confidence by default":    {method: half, in: rice("100", "1", "", "1"), want: "50"},
		"default does not replace": {method: half, in: rice("100", "1", "1", "1"), want: "100"},
		"beyond 64 bits":           {in: rice("4e18", "3", "0.5", "1e-18"), want: "6000000000000000000000000000000000000"},
		"no effort":                {in: rice("100", "1", "0.8", "0"), err: `prioritize: effort is "0", want > 0`},
		"percent":                  {in: rice("100", "1", "80", "1"), err: `prioritize: confidence is "80", want a fraction in (0, 1]`},
		"no confidence":            {in: rice("100", "1", "0", "1"), err: `prioritize: confidence is "0", want a fraction in (0, 1]`},
		"zero hides no negative": {
			in:  rice("0", "-9223372036854775809", "1", "1"),
			err: `prioritize: impact is "-9223372036854775809", want >= 0`,
		},
		"missing confidence hides nothing": {in: rice("-1", "1", "", "1"), err: `prioritize: reach is "-1", want >= 0`},
		"default out of range": {
			method: prioritize.RICE{DefaultConfidence: decimal.NewNullDecimal(dec("50"))},
			in:     rice("1", "1", "", "1"), err: `prioritize: default confidence is "50", want a fraction in (0, 1]`,
		},
		"default out of range and the rest": {
			method: prioritize.RICE{DefaultConfidence: decimal.NewNullDecimal(dec("0"))},
			in:     rice("-1", "1", "", "1"),
			err: `prioritize: reach is "-1", want >= 0
prioritize: default confidence is "0", want a fraction in (0, 1]`,
		},
		"default out of range and not needed": {
			method: prioritize.RICE{DefaultConfidence: decimal.NewNullDecimal(dec("50"))},
			in:     rice("10000000000000000000", "1", "0.5", "1"), want: "5000000000000000000",
		},
		"all at once": {
			in: rice("-1", "-2", "1.2", "-3"),
			err: `prioritize: reach is "-1", want >= 0
prioritize: impact is "-2", want >= 0
prioritize: confidence is "1.2", want a fraction in (0, 1]
prioritize: effort is "-3", want > 0`,
		},
		"beyond the bounds": {
			in: prioritize.RICEInput{
				Reach: decimal.New(-1, 2_000_000_000), Impact: dec("1"), Effort: dec("1"),
				Confidence: decimal.NewNullDecimal(decimal.New(1, -2_000_000_000)),
			},
			err: `prioritize: reach is "-1e2000000000", want >= 0
prioritize: confidence is "1e-2000000000", want at most 100 digits and an exponent within ±1000`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := tt.method.ScoreItem(tt.in)
			if tt.err != "" {
				require.EqualError(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, s.String())
		})
	}
}

// Equal scores: higher confidence first, then lower effort, then input order.
func TestRICETie(t *testing.T) {
	ranking, err := prioritize.Rank(prioritize.RICE{}, numbered([]prioritize.RICEInput{
		rice("100", "1", "0.5", "2"), rice("50", "1", "0.5", "1"), rice("50", "1", "1", "2"), rice("25", "2", "0.50", "1.0"),
	}))
	require.NoError(t, err)
	require.Equal(t, []int{2, 1, 3, 0}, ranking.Keys())
	require.Len(t, ranking.Ties(), 1)
}

func TestRICECheckScale(t *testing.T) {
	err := prioritize.RICE{}.CheckScale([]prioritize.RICEInput{
		rice("1", "0.25", "0.8", "0.5"), rice("1", "3", "", "12"),
		rice("1", "5", "0.9", "1.5"), rice("1", "1", "1", "0"),
	})
	require.EqualError(t, err, `prioritize: item 2: impact is "5", want one of 3, 2, 1, 0.5, 0.25
prioritize: item 2: confidence is "0.9", want one of 1, 0.8, 0.5
prioritize: item 2: effort is "1.5", want 0.5 or a whole number of person-months
prioritize: item 3: effort is "0", want > 0`)
}

func TestRICEInputJSON(t *testing.T) {
	for _, text := range []string{
		`{"reach":"1","impact":"2","effort":"3"}`, `{"reach":"1","impact":"2","confidence":"0.8","effort":"3"}`,
	} {
		var in prioritize.RICEInput
		require.NoError(t, json.Unmarshal([]byte(text), &in))
		again, err := json.Marshal(in)
		require.NoError(t, err)
		require.JSONEq(t, text, string(again))
	}
}

func ExampleRICE() {
	ranking, err := prioritize.Rank(prioritize.RICE{}, []prioritize.Candidate[string, prioritize.RICEInput]{
		{Key: "Dark mode", Input: rice("8000", "0.5", "1", "3")},
		{Key: "Faster onboarding", Input: rice("5000", "2", "0.8", "2")},
		{Key: "Add Apple Pay", Input: rice("3000", "1", "1", "1.5")},
		{Key: "Telepathy", Input: rice("9000", "3", "", "1")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Position, row.Key, ranking.Sentence(row.Key, 2))
	}
	fmt.Println(ranking.Unscored()[0])
	// Output:
	// 1 Faster onboarding 5000 × 2 × 0.8 / 2 = 4000
	// 2 Add Apple Pay 3000 × 1 × 1 / 1.5 = 2000
	// 3 Dark mode 8000 × 0.5 × 1 / 3 ≈ 1333.33
	// {Telepathy confidence is missing 3}
}
