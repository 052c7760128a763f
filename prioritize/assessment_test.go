package prioritize_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// fullAssessment has an input for every method.
func fullAssessment() prioritize.Assessment {
	wsjf, rice := wsjf("8", "5", "13", "5"), prioritize.RICEInput{
		Reach: dec("1"), Impact: dec("2"), Confidence: weight("0.5"), Effort: dec("3"),
	}
	cd3, ice, outcome, plot := cd3("1", "2"), ice("1", "2", "3"), outcome("9", "3"), valueEffort("1", "2")
	weighted, theme, wiegers := ratings("1", "2"), marks("+-"), wiegers("1", "2", "3", "4")
	ballot, sale := votes(1, 2), onSale(5, 1, 2)
	return prioritize.Assessment{
		WSJF: &wsjf, RICE: &rice, MoSCoW: &prioritize.MoSCoWInput{Category: prioritize.Must},
		CD3: &cd3, ICE: &ice, Opportunity: &outcome, ValueEffort: &plot,
		Kano:              &prioritize.KanoInput{Responses: []prioritize.KanoResponse{answers(prioritize.Like, prioritize.Dislike)}},
		OpportunitySurvey: &prioritize.OpportunityAnswers{Respondents: 3, Important: 2},
		Eisenhower:        &prioritize.EisenhowerInput{Urgent: true},
		Weighted:          &weighted, ThemeScreening: &theme, Wiegers: &wiegers,
		CumulativeVoting: &ballot, BuyFeature: &sale,
		Urgency: &prioritize.UrgencyInput{Priority: "H", Due: noon, Tags: []string{"a"}},
	}
}

func TestAssessmentIsComplete(t *testing.T) {
	a := fullAssessment()
	for i := range reflect.TypeOf(a).NumField() {
		require.False(t, reflect.ValueOf(a).Field(i).IsNil(), reflect.TypeOf(a).Field(i).Name)
	}
	require.NoError(t, a.Validate())
	require.NoError(t, prioritize.Assessment{}.Validate())
	requireRoundTrip(t, a)
	empty, err := json.Marshal(prioritize.Assessment{})
	require.NoError(t, err)
	require.Equal(t, "{}", string(empty))
}

func TestAssessmentClonesDeeply(t *testing.T) {
	a := fullAssessment()
	before, err := json.Marshal(a)
	require.NoError(t, err)
	clone := a.Clone()
	require.Equal(t, prioritize.Assessment{}, prioritize.Assessment{}.Clone())
	for i := range reflect.TypeOf(clone).NumField() {
		field := reflect.ValueOf(clone).Field(i)
		require.NotEqual(t, reflect.ValueOf(a).Field(i).Pointer(), field.Pointer())
	}
	clone.Kano.Responses[0].Functional = prioritize.Dislike
	clone.Weighted.Ratings["a"] = dec("99")
	clone.ThemeScreening.Marks[0] = prioritize.ThemeWorse
	clone.CumulativeVoting.Votes["s1"] = dec("99")
	clone.BuyFeature.Offers["p"] = dec("99")
	clone.Urgency.Tags[0] = "z"
	clone.WSJF.JobSize = decimal.Decimal{}
	after, err := json.Marshal(a)
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

func TestAssessmentInvalid(t *testing.T) {
	cd3, votes := cd3("-1", "0"), votes(-1)
	a := prioritize.Assessment{
		CD3: &cd3, MoSCoW: &prioritize.MoSCoWInput{Category: 9}, CumulativeVoting: &votes,
		ThemeScreening: &prioritize.ThemeInput{Marks: []prioritize.ThemeMark{7}},
	}
	err := a.Validate()
	require.ErrorIs(t, err, prioritize.ErrInvalid)
	requireProblems(t, err,
		`prioritize: moscow.moscow is "MoSCoWCategory(9)", want must, should, could or wont`,
		`prioritize: cd3.cost_of_delay is "-1", want >= 0`,
		`prioritize: cd3.duration is "0", want > 0`,
		`prioritize: theme_screening.marks[0] is "ThemeMark(7)", want +, 0 or -`,
		`prioritize: votes.votes["s1"] is "-1", want >= 0`)
}
