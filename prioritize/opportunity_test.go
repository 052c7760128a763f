package prioritize_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

func outcome(importance, satisfaction string) prioritize.OpportunityInput {
	return prioritize.OpportunityInput{Importance: dec(importance), Satisfaction: dec(satisfaction)}
}

func TestOpportunityPublished(t *testing.T) {
	tests := map[string]struct {
		source string
		in     prioritize.OpportunityInput
		want   string
	}{
		"underserved": {"decikit.com/en/frameworks/opportunity-scoring", outcome("9", "3"), "15"},
		"served":      {"decikit.com/en/frameworks/opportunity-scoring", outcome("9", "9"), "9"},
		"overserved": {
			"extrapinchofsalt.com/pm/frameworks/opportunity-scoring.html, output computed", outcome("2.4", "3.2"), "2.4",
		},
		"neither multiplied": {
			"not 54 as on jonakyblog.com/opportunity-score-importance-maximum", outcome("9", "3"), "15",
		},
		"nor without the floor": {
			"not -5 as on we-are.wecomplish.no/docs/print/3097", outcome("2", "9"), "2",
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := prioritize.Opportunity{}.ScoreItem(c.in)
			require.NoError(t, err)
			require.Equal(t, c.want, s.String(), c.source)
		})
	}
}

func TestOpportunitySurveyPublished(t *testing.T) {
	// library.ryansallison.com/book/jtbd-framework/opportunity-algorithm; figures computed.
	in := prioritize.OpportunityAnswers{Respondents: 20, Important: 18, Satisfied: 6}
	s, err := prioritize.OpportunitySurvey{}.ScoreItem(in)
	require.NoError(t, err)
	require.Equal(t, "15", s.String())
	terms := prioritize.OpportunitySurvey{}.Terms(in)
	require.Equal(t, "9", terms[0].Value.String(), "importance")
	require.Equal(t, "9 + 6 = 15", prioritize.Sentence(terms, s, 2))
}

func TestOpportunityBandsPublished(t *testing.T) {
	// innovatenow.app/prioritize-unmet-customer-needs: the thresholds; sample scores computed.
	for text, want := range map[string]string{
		"15.1": "extreme", "15": "solid", "12": "solid", "11.9": "worthy", "10": "worthy", "9.9": "unattractive",
	} {
		require.Equal(t, want, prioritize.Opportunity{}.Band(prioritize.Value(dec(text))).String(), text)
	}
	require.Zero(t, prioritize.Opportunity{}.Band(prioritize.Unscored("no idea")))
	require.Equal(t, "OpportunityBand(9)", prioritize.OpportunityBand(9).String())
}

func TestOpportunityInvalid(t *testing.T) {
	_, err := prioritize.Rank(prioritize.Opportunity{}, candidates[prioritize.OpportunityInput]{
		{Key: "a", Input: outcome("10.1", "-1")}, {Key: "b", Input: outcome("1e2000", "0")},
	})
	requireProblems(t, err,
		`prioritize: item 0 ("a"): importance is "10.1", want from 0 to 10`,
		`prioritize: item 0 ("a"): satisfaction is "-1", want from 0 to 10`,
		`prioritize: item 1 ("b"): importance is "1e2000", want at most 100 digits and an exponent within ±1000`)
	_, err = prioritize.OpportunitySurvey{}.Score([]prioritize.OpportunityAnswers{
		{Respondents: 5, Important: 6, Satisfied: -1}, {},
	})
	requireProblems(t, err,
		`prioritize: item 0: important is "6", want from 0 to the number of respondents`,
		`prioritize: item 0: satisfied is "-1", want from 0 to the number of respondents`,
		`prioritize: item 1: respondents is "0", want > 0`)
}

func TestOpportunityLaws(t *testing.T) {
	generate := func(rng *rand.Rand) prioritize.OpportunityInput {
		half := dec("0.5")
		return prioritize.OpportunityInput{Importance: small(rng).Mul(half), Satisfaction: small(rng).Mul(half)}
	}
	prioritizetest.TestMethod(t, prioritize.Opportunity{}, generate)
	prioritizetest.TestMethod(t, prioritize.OpportunitySurvey{}, func(rng *rand.Rand) prioritize.OpportunityAnswers {
		n := 1 + rng.Int64N(30)
		return prioritize.OpportunityAnswers{Respondents: n, Important: rng.Int64N(n + 1), Satisfied: rng.Int64N(n + 1)}
	})
	requireRoundTrip(t, outcome("1", "2.5"))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		in := generate(rng)
		want := new(big.Rat).Sub(rat(in.Importance), rat(in.Satisfaction))
		if want.Sign() < 0 {
			want.SetInt64(0)
		}
		s, err := prioritize.Opportunity{}.ScoreItem(in)
		require.NoError(t, err)
		requireRat(t, want.Add(want, rat(in.Importance)), s)
	}
}

func ExampleOpportunity() {
	ranking, err := prioritize.Rank(prioritize.Opportunity{}, []prioritize.Candidate[string, prioritize.OpportunityInput]{
		{Key: "served", Input: outcome("9", "9")},
		{Key: "underserved", Input: outcome("9", "3")},
		{Key: "overserved", Input: outcome("2.4", "3.2")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Key, ranking.Sentence(row.Key, 1), prioritize.Opportunity{}.Band(row.Score))
	}
	// Output:
	// underserved 9 + 6 = 15 solid
	// served 9 + 0 = 9 unattractive
	// overserved 2.4 + 0 = 2.4 unattractive
}

func ExampleOpportunitySurvey() {
	answers := prioritize.OpportunityAnswers{Respondents: 20, Important: 18, Satisfied: 6}
	score, err := prioritize.OpportunitySurvey{}.ScoreItem(answers)
	fmt.Println(score, err)
	// Output: 15 <nil>
}
