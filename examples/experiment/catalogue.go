package main

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// methods returns every method that a sheet can be ranked by: those of the library, then one's own.
func methods() []method {
	return slices.Concat(singles(), families(), mine())
}

func methodNames() []string {
	var names []string
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}

// singles are the methods with a column for each of their inputs.
func singles() []method {
	return []method{
		ranked("wsjf", prioritize.WSJF{}, readWSJF),
		ranked("rice", prioritize.RICE{}, readRICE),
		ranked("moscow", prioritize.MoSCoW{}, func(row *cells) prioritize.MoSCoWInput {
			return prioritize.MoSCoWInput{Category: cell(row, "moscow", command.ParseText[prioritize.MoSCoWCategory])}
		}),
		ranked("cd3", prioritize.CD3{}, func(row *cells) prioritize.CD3Input {
			return prioritize.CD3Input{
				CostOfDelay: row.number("cost_of_delay"),
				Duration:    row.number("duration"),
			}
		}),
		ranked("ice", prioritize.ICE{}, readICE),
		ranked("ice_mean", prioritize.ICE{Mean: true}, readICE),
		ranked("kano", prioritize.Kano{}, readKano),
		ranked("opportunity", prioritize.Opportunity{}, func(row *cells) prioritize.OpportunityInput {
			return prioritize.OpportunityInput{
				Importance:   row.number("importance"),
				Satisfaction: row.number("satisfaction"),
			}
		}),
		ranked("opportunity_survey", prioritize.OpportunitySurvey{}, func(row *cells) prioritize.OpportunityAnswers {
			return prioritize.OpportunityAnswers{
				Respondents: cell(row, "respondents", command.ParseCount),
				Important:   cell(row, "important", command.ParseCount),
				Satisfied:   cell(row, "satisfied", command.ParseCount),
			}
		}),
		ranked("value_effort", prioritize.ValueEffort{}, readValueEffort),
		ranked("wiegers", prioritize.Wiegers{}, func(row *cells) prioritize.WiegersInput {
			in := readRelative(row)
			in.Risk = row.number("risk")
			return in
		}),
		ranked("relative_weighting", prioritize.RelativeWeighting(), readRelative),
		ranked("eisenhower", prioritize.Eisenhower{}, func(row *cells) prioritize.EisenhowerInput {
			return prioritize.EisenhowerInput{
				Urgent:    cell(row, "urgent", command.ParseYesOrNo),
				Important: cell(row, "important", command.ParseYesOrNo),
			}
		}),
	}
}

// families are the methods with a column for each criterion or person.
func families() []method {
	return []method{
		rankedWith("weighted", func(s *sheet) prioritize.Method[prioritize.WeightedInput] {
			var by prioritize.Weighted
			for _, name := range s.Names("ratings") {
				by.Criteria = append(by.Criteria, prioritize.WeightedCriterion{Name: name, Weight: decimal.NewFromInt(1)})
			}
			return by
		}, func(row *cells) prioritize.WeightedInput {
			return prioritize.WeightedInput{Ratings: row.numbers("ratings")}
		}),
		ranked("votes", prioritize.CumulativeVoting{}, func(row *cells) prioritize.VotesInput {
			return prioritize.VotesInput{Votes: row.numbers("votes")}
		}),
		ranked("theme_screening", prioritize.ThemeScreening{}, func(row *cells) prioritize.ThemeInput {
			var in prioritize.ThemeInput
			for _, column := range row.family("marks") {
				in.Marks = append(in.Marks, cell(row, column, command.ParseText[prioritize.ThemeMark]))
			}
			return in
		}),
		rankedWith("buy_feature", func(s *sheet) prioritize.Method[prioritize.BuyFeatureInput] {
			players := make(map[string]decimal.Decimal)
			for _, name := range s.Names("offers") {
				players[name] = decimal.NewFromInt(100)
			}
			return prioritize.BuyFeature{Players: players}
		}, func(row *cells) prioritize.BuyFeatureInput {
			return prioritize.BuyFeatureInput{Price: row.number("price"), Offers: row.numbers("offers")}
		}),
	}
}

func readWSJF(row *cells) prioritize.WSJFInput {
	return prioritize.WSJFInput{
		UserBusinessValue: row.number("user_business_value"),
		TimeCriticality:   row.number("time_criticality"),
		RiskReduction:     row.number("risk_reduction"),
		JobSize:           row.number("job_size"),
	}
}

func readRICE(row *cells) prioritize.RICEInput {
	return prioritize.RICEInput{
		Reach:      row.number("reach"),
		Impact:     row.number("impact"),
		Confidence: decimal.NewNullDecimal(row.number("confidence")),
		Effort:     row.number("effort"),
	}
}

func readICE(row *cells) prioritize.ICEInput {
	return prioritize.ICEInput{
		Impact:     row.number("impact"),
		Confidence: row.number("confidence"),
		Ease:       row.number("ease"),
	}
}

func readKano(row *cells) prioritize.KanoInput {
	return prioritize.KanoInput{Counts: prioritize.KanoCounts{
		MustBe:         row.number("must_be"),
		OneDimensional: row.number("one_dimensional"),
		Attractive:     row.number("attractive"),
		Indifferent:    row.number("indifferent"),
		Reverse:        row.numberIfAny("reverse"),
		Questionable:   row.numberIfAny("questionable"),
	}}
}

func readValueEffort(row *cells) prioritize.ValueEffortInput {
	return prioritize.ValueEffortInput{Value: row.number("value"), Effort: row.number("effort")}
}

func readRelative(row *cells) prioritize.WiegersInput {
	return prioritize.WiegersInput{
		Benefit: row.number("benefit"),
		Penalty: row.number("penalty"),
		Cost:    row.number("cost"),
	}
}
