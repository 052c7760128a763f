package prioritize_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// goldenCase is one published or computed figure. Its inputs and what is expected are read into whatever
// the method of the case wants.
type goldenCase struct {
	ID       string          `json:"id"`
	Inputs   json.RawMessage `json:"inputs"`
	Expected json.RawMessage `json:"expected"`
	Note     string          `json:"note"`
}

// golden returns the cases whose ids begin with prefix; the test is skipped where they are not at hand.
func golden(t *testing.T, prefix string) []goldenCase {
	t.Helper()
	text, err := os.ReadFile("../../shared/golden/golden.json")
	if err != nil {
		t.Skip("no golden cases beside this checkout: ", err)
	}
	var all, found []goldenCase
	require.NoError(t, json.Unmarshal(text, &all))
	for _, c := range all {
		if strings.HasPrefix(c.ID, prefix) {
			found = append(found, c)
		}
	}
	require.NotEmpty(t, found)
	return found
}

func (c goldenCase) read(t *testing.T, inputs, expected any) {
	t.Helper()
	require.NoError(t, json.Unmarshal(c.Inputs, inputs), c.ID)
	require.NoError(t, json.Unmarshal(c.Expected, expected), c.ID)
}

// goldenScores are the ways in which the cases state scores: exact, or rounded for display.
type goldenScores struct {
	WSJF    map[string]decimal.Decimal `json:"wsjf"`
	RICE    map[string]decimal.Decimal `json:"rice"`
	Cost    map[string]decimal.Decimal `json:"cost_of_delay"`
	Round4  map[string]decimal.Decimal `json:"wsjf_round4_half_up"`
	Round2  map[string]decimal.Decimal `json:"wsjf_round2"`
	Rice4   map[string]decimal.Decimal `json:"rice_round4"`
	Rice2   decimal.NullDecimal        `json:"rice_round2"`
	Order   []string                   `json:"order_desc"`
	Written []string                   `json:"published_order"`
	Ties    [][]string                 `json:"ties"`
	Tie     []string                   `json:"tie"`
}

func (e goldenScores) check(t *testing.T, r *prioritize.Ranking[string]) {
	t.Helper()
	for key, want := range e.WSJF {
		require.Zero(t, scoreOf(t, r, key).Rat().Cmp(want.Rat()), key)
	}
	for key, want := range e.RICE {
		require.Zero(t, scoreOf(t, r, key).Rat().Cmp(want.Rat()), key)
	}
	for scale, rounded := range map[int32][]map[string]decimal.Decimal{4: {e.Round4, e.Rice4}, 2: {e.Round2}} {
		for _, scores := range rounded {
			for key, want := range scores {
				require.Equal(t, want.StringFixed(scale), scoreOf(t, r, key).At(scale).StringFixed(scale), key)
			}
		}
	}
	if e.Rice2.Valid {
		for row := range r.All() {
			require.Equal(t, e.Rice2.Decimal.StringFixed(2), row.Score.At(2).StringFixed(2))
		}
	}
	for _, order := range [][]string{e.Order, e.Written} {
		if order != nil {
			require.Equal(t, order, r.Keys())
		}
	}
	if e.Ties != nil {
		require.Equal(t, e.Ties, r.Ties())
	}
	if e.Tie != nil { // which items, not in which order: the published one is by reach, RICE's is not
		require.Len(t, r.Ties(), 1)
		require.ElementsMatch(t, e.Tie, r.Ties()[0])
	}
}

func scoreOf[K comparable](t *testing.T, r *prioritize.Ranking[K], key K) prioritize.Score {
	t.Helper()
	row, ok := r.Lookup(key)
	require.True(t, ok, "%v", key)
	return row.Score
}

type goldenWSJF struct {
	Name          string          `json:"name"`
	Value         decimal.Decimal `json:"user_business_value"`
	BusinessValue decimal.Decimal `json:"business_value"`
	Time          decimal.Decimal `json:"time_criticality"`
	Risk          decimal.Decimal `json:"rr_oe"`
	Size          decimal.Decimal `json:"job_size"`
}

func TestGoldenWSJF(t *testing.T) {
	for _, c := range golden(t, "wsjf-") {
		switch c.ID {
		case "wsjf-009", "wsjf-010", "wsjf-011": // not rankings; below
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			var in struct {
				Items []goldenWSJF `json:"items"`
			}
			var want struct {
				goldenScores
				Additive map[string]decimal.Decimal `json:"additive_with_rroe_0"`
			}
			c.read(t, &in, &want)
			candidates := make([]prioritize.Candidate[string, prioritize.WSJFInput], len(in.Items))
			for i, item := range in.Items {
				candidates[i].Key = item.Name
				candidates[i].Input = prioritize.WSJFInput{
					UserBusinessValue: item.Value.Add(item.BusinessValue), TimeCriticality: item.Time,
					RiskReduction: item.Risk, JobSize: item.Size,
				}
				if cost, ok := want.Cost[item.Name]; ok {
					require.Zero(t, candidates[i].Input.CostOfDelay().Rat().Cmp(cost.Rat()))
				}
			}
			ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
			require.NoError(t, err)
			if want.Additive != nil {
				want.WSJF = want.Additive
			}
			want.check(t, ranking)
			if c.ID == "wsjf-002" || c.ID == "wsjf-003" {
				require.ErrorIs(t, prioritize.CheckScale(prioritize.WSJF{}, candidates), prioritize.ErrInvalid)
			}
		})
	}
}

func TestGoldenWSJFColumns(t *testing.T) {
	var in struct {
		Columns map[string][]decimal.Decimal `json:"columns"`
	}
	var want struct {
		Violations []string `json:"violations"`
	}
	golden(t, "wsjf-010")[0].read(t, &in, &want)
	names := map[string]string{
		"ubv": "user_business_value", "tc": "time_criticality", "rroe": "risk_reduction", "size": "job_size",
	}
	var inputs []prioritize.WSJFInput
	for i := range in.Columns["ubv"] {
		inputs = append(inputs, prioritize.WSJFInput{
			UserBusinessValue: in.Columns["ubv"][i], TimeCriticality: in.Columns["tc"][i],
			RiskReduction: in.Columns["rroe"][i], JobSize: in.Columns["size"][i],
		})
	}
	err := prioritize.CheckScale(prioritize.WSJF{}, numbered(inputs))
	var got []string
	for _, e := range joined(err) {
		var field *prioritize.FieldError
		require.ErrorAs(t, e, &field)
		got = append(got, field.Field)
	}
	for i, column := range want.Violations {
		want.Violations[i] = names[column]
	}
	require.Equal(t, want.Violations, got)
}

func TestGoldenWSJFEdges(t *testing.T) {
	var in struct {
		Cases []struct{ UBV, TC, RROE, Size decimal.Decimal }
	}
	var want struct {
		Results []string `json:"results"`
	}
	golden(t, "wsjf-011")[0].read(t, &in, &want)
	for i, c := range in.Cases {
		s, err := prioritize.WSJF{}.ScoreItem(prioritize.WSJFInput{
			UserBusinessValue: c.UBV, TimeCriticality: c.TC, RiskReduction: c.RROE, JobSize: c.Size,
		})
		if strings.HasPrefix(want.Results[i], "error:job size must be > 0") {
			require.ErrorContains(t, err, "job_size")
			require.ErrorContains(t, err, "want > 0")
			continue
		}
		require.NoError(t, err)
		require.Equal(t, want.Results[i], s.String())
	}
}

func TestGoldenRICE(t *testing.T) {
	for _, c := range golden(t, "rice-") {
		switch c.ID {
		case "rice-014", "rice-015", "rice-016", "rice-017": // not rankings; below
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			var in struct {
				Items []struct {
					Name string `json:"name"`
					prioritize.RICEInput
				} `json:"items"`
			}
			var want goldenScores
			c.read(t, &in, &want)
			candidates := make([]prioritize.Candidate[string, prioritize.RICEInput], len(in.Items))
			for i, item := range in.Items {
				candidates[i] = prioritize.Candidate[string, prioritize.RICEInput]{Key: item.Name, Input: item.RICEInput}
			}
			ranking, err := prioritize.Rank(prioritize.RICE{}, candidates)
			require.NoError(t, err)
			want.check(t, ranking)
			if strings.Contains(c.Note, "off-scale") {
				err := prioritize.CheckScale(prioritize.RICE{}, candidates)
				require.ErrorContains(t, err, `impact is "1.5"`)
				require.ErrorContains(t, err, `confidence is "0.75"`)
				require.ErrorContains(t, err, `confidence is "0.6"`)
			}
		})
	}
}

// Reach per period is what a period brings times the share of it that is touched.
func TestGoldenRICEReach(t *testing.T) {
	var in struct {
		PerPeriod decimal.Decimal `json:"prospects_per_period"`
		Rate      decimal.Decimal `json:"conversion"`
		PerMonth  decimal.Decimal `json:"per_month"`
		Choose    decimal.Decimal `json:"choose"`
		Months    int64           `json:"months_in_period"`
	}
	var want struct {
		Reach      decimal.Decimal `json:"reach"`
		PerQuarter decimal.Decimal `json:"reach_per_quarter"`
	}
	golden(t, "rice-014")[0].read(t, &in, &want)
	golden(t, "rice-016")[0].read(t, &in, &want)
	require.True(t, in.PerPeriod.Mul(in.Rate).Equal(want.Reach))
	require.True(t, in.PerMonth.Mul(in.Choose).Mul(decimal.NewFromInt(in.Months)).Equal(want.PerQuarter))
}

func TestGoldenRICELevels(t *testing.T) {
	var want struct{ Impact, Confidence []decimal.Decimal }
	golden(t, "rice-015")[0].read(t, &struct{}{}, &want)
	var inputs []prioritize.RICEInput
	for _, impact := range want.Impact {
		for _, confidence := range want.Confidence {
			inputs = append(inputs, prioritize.RICEInput{
				Reach: dec("1"), Impact: impact, Confidence: decimal.NewNullDecimal(confidence), Effort: dec("0.5"),
			})
		}
	}
	require.NoError(t, prioritize.RICE{}.CheckScale(inputs))
}

func TestGoldenRICEEdges(t *testing.T) {
	var in struct {
		Cases []prioritize.RICEInput
	}
	var want struct {
		Results []string `json:"results"`
	}
	golden(t, "rice-017")[0].read(t, &in, &want)
	for i, input := range in.Cases {
		s, err := prioritize.RICE{}.ScoreItem(input)
		switch want.Results[i] {
		case "error:effort must be > 0":
			require.EqualError(t, err, `prioritize: effort is "0", want > 0`)
		case "error:confidence out of (0,1]":
			require.EqualError(t, err, `prioritize: confidence is "1.2", want a fraction in (0, 1]`)
		case "error:confidence missing (unless a default is configured)":
			// Absent is no error for the whole set: the item is listed as unscored, with the reason.
			require.NoError(t, err)
			require.Equal(t, "confidence is missing", s.Reason())
		default:
			require.NoError(t, err)
			require.Equal(t, want.Results[i], s.String())
		}
	}
}

func TestGoldenMoSCoWOrder(t *testing.T) {
	var in struct {
		Order [][3]any `json:"backlog_order"`
	}
	var want struct {
		Ranked []string `json:"ranked"`
	}
	golden(t, "moscow-005")[0].read(t, &in, &want)
	candidates := make([]prioritize.Candidate[string, prioritize.MoSCoWInput], len(in.Order))
	for i, row := range in.Order {
		category, err := parse[prioritize.MoSCoWCategory](row[1].(string))
		require.NoError(t, err)
		candidates[i].Key, candidates[i].Input.Category = row[0].(string), category
	}
	ranking, err := prioritize.Rank(prioritize.MoSCoW{}, candidates)
	require.NoError(t, err)
	require.Equal(t, want.Ranked, ranking.Keys())
}
