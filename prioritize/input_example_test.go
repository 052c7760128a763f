package prioritize_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

var whole = decimal.NewFromInt

func ExampleWSJFInput() {
	in := prioritize.WSJFInput{UserBusinessValue: whole(8), TimeCriticality: whole(5), RiskReduction: whole(13)}
	fmt.Println(in.CostOfDelay())
	fmt.Println(in.Validate())
	// Output:
	// 26
	// prioritize: job_size is "0", want > 0
}

func ExampleRICEInput() {
	in := prioritize.RICEInput{Reach: whole(5000), Impact: whole(2), Effort: whole(2)}
	in.Confidence = decimal.NewNullDecimal(whole(80)) // a fraction, not a per cent
	fmt.Println(in.Validate())
	// Output: prioritize: confidence is "80", want a fraction in (0, 1]
}

func ExampleICEInput() {
	in := prioritize.ICEInput{Impact: whole(8), Confidence: whole(7), Ease: whole(5)}
	score, err := prioritize.ICE{}.ScoreItem(in)
	fmt.Println(score, err)
	// Output: 280 <nil>
}

func ExampleCD3Input() {
	in := prioritize.CD3Input{CostOfDelay: whole(1000), Duration: whole(3)} // a week
	score, err := prioritize.CD3{}.ScoreItem(in)
	fmt.Println(score, score.At(2), err)
	// Output: 1000/3 333.33 <nil>
}

// Whatever comes first makes the others late.
func ExampleDelayCost() {
	short := prioritize.CD3Input{CostOfDelay: whole(10), Duration: whole(1)}
	long := prioritize.CD3Input{CostOfDelay: whole(10), Duration: whole(5)}
	for _, order := range [][]prioritize.CD3Input{{short, long}, {long, short}} {
		cost, err := prioritize.TotalDelayCost(order)
		fmt.Println(cost.FromStart, cost.ToCompletion, err)
	}
	// Output:
	// 10 70 <nil>
	// 50 110 <nil>
}

func ExampleOpportunityInput() {
	in := prioritize.OpportunityInput{Importance: whole(9), Satisfaction: whole(3)}
	score, err := prioritize.Opportunity{}.ScoreItem(in)
	fmt.Println(score, prioritize.Opportunity{}.Band(score), err)
	// Output: 15 solid <nil>
}

func ExampleOpportunityAnswers() {
	in := prioritize.OpportunityAnswers{Respondents: 40, Important: 36, Satisfied: 12}
	score, err := prioritize.OpportunitySurvey{}.ScoreItem(in)
	fmt.Println(score, err)
	// Output: 15 <nil>
}

func ExampleMoSCoWInput() {
	score, err := prioritize.MoSCoW{}.ScoreItem(prioritize.MoSCoWInput{Category: prioritize.Should})
	fmt.Println(score.Class(), err)
	// Output: 2 <nil>
}

func ExampleEisenhowerInput() {
	in := prioritize.EisenhowerInput{Important: true}
	fmt.Println(in.Action())
	// Output: schedule
}

func ExampleKanoResponse() {
	response := prioritize.KanoResponse{Functional: prioritize.Like, Dysfunctional: prioritize.Neutral}
	fmt.Println(response.Class())
	// Output: attractive true
}

func ExampleKanoInput() {
	in := prioritize.KanoInput{Counts: prioritize.KanoCounts{
		MustBe: whole(10), OneDimensional: whole(30), Attractive: whole(45), Indifferent: whole(15),
	}}
	result, err := in.Result()
	fmt.Println(result.Class, result.Strength, result.Mixed, result.Better, result.Worse, err)
	// Output: attractive 15 false 0.75 -0.4 <nil>
}

func ExampleThemeInput() {
	in := prioritize.ThemeInput{Marks: []prioritize.ThemeMark{
		prioritize.ThemeBetter, prioritize.ThemeBetter, prioritize.ThemeWorse,
	}}
	fmt.Println(prioritize.Sentence(prioritize.ThemeScreening{}.Terms(in), prioritize.Score{}, 0))
	// Output: 1 + 1 - 1
}

func ExampleWeightedInput() {
	method := prioritize.Weighted{Criteria: []prioritize.WeightedCriterion{
		{Name: "revenue", Weight: whole(3)}, {Name: "risk", Weight: whole(-1)},
	}}
	in := prioritize.WeightedInput{Ratings: map[string]decimal.Decimal{"revenue": whole(4), "risk": whole(5)}}
	score, err := method.ScoreItem(in)
	fmt.Println(score, err)
	// Output: 7 <nil>
}

func ExampleWeightedCriterion() {
	method := prioritize.Weighted{Normalise: true, Criteria: []prioritize.WeightedCriterion{
		{Name: "revenue", Weight: whole(3)}, {Name: "reach", Weight: whole(1)},
	}}
	fmt.Println(method.Weights())
	// Output: [0.75 0.25]
}

func ExampleVotesInput() {
	votes := []prioritize.VotesInput{
		{Votes: map[string]decimal.Decimal{"ana": whole(70), "ben": whole(10)}},
		{Votes: map[string]decimal.Decimal{"ana": whole(30), "ben": whole(60)}},
	}
	tally, err := prioritize.CumulativeVoting{}.Tally(votes)
	fmt.Println(tally.Totals, err)
	for _, s := range tally.Spending {
		fmt.Println(s.Stakeholder, "spent", s.Spent, "left", s.Left)
	}
	// Output:
	// [80 90] <nil>
	// ana spent 100 left 0
	// ben spent 70 left 30
}

func ExampleFeatureSale() {
	game := prioritize.BuyFeature{Players: map[string]decimal.Decimal{"ana": whole(50), "ben": whole(50)}}
	sale, err := game.Outcome([]prioritize.BuyFeatureInput{
		{Price: whole(60), Offers: map[string]decimal.Decimal{"ana": whole(40), "ben": whole(20)}},
		{Price: whole(50), Offers: map[string]decimal.Decimal{"ben": whole(30)}},
	})
	fmt.Println(sale.Bought, err)
	for _, s := range sale.Wallet {
		fmt.Println(s.Stakeholder, "spent", s.Spent, "left", s.Left)
	}
	// Output:
	// [true false] <nil>
	// ana spent 40 left 10
	// ben spent 20 left 30
}

func ExampleUrgencyInput() {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	task := prioritize.UrgencyInput{Priority: "H", Tags: []string{"next"}, Due: now.AddDate(0, 0, 7)}
	method := prioritize.Urgency{Now: now}
	scores, err := method.Score([]prioritize.UrgencyInput{task})
	fmt.Println(prioritize.Sentence(method.Terms(task), scores[0], 2), err)
	// Output: 15 × 1 + 6 × 1 + 12 × 0.47 + 1 × 0.8 ≈ 27.4 <nil>
}

func ExampleWiegersInput() {
	rows, err := prioritize.Wiegers{}.Table([]prioritize.WiegersInput{
		{Benefit: whole(9), Penalty: whole(3), Cost: whole(2), Risk: whole(1)},
		{Benefit: whole(4), Penalty: whole(8), Cost: whole(6), Risk: whole(3)},
	})
	for _, row := range rows {
		fmt.Println(row.ValuePercent, row.CostPercent, row.RiskPercent, row.Priority)
	}
	fmt.Println(err)
	// Output:
	// 50 25 25 1
	// 50 75 75 1/3
	// <nil>
}

// The terms of a score, as somebody reads them who asks why.
func ExampleRICE_ScoreItem() {
	in := prioritize.RICEInput{
		Reach: whole(500), Impact: whole(2), Confidence: decimal.NewNullDecimal(decimal.RequireFromString("0.8")), Effort: whole(3),
	}
	m := prioritize.RICE{}
	score, err := m.ScoreItem(in)
	fmt.Println(score, err)
	fmt.Println(prioritize.Sentence(m.Terms(in), score, 1))
	// Output:
	// 800/3 <nil>
	// 500 × 2 × 0.8 / 3 ≈ 266.7
}
