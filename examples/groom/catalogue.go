package main

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// The methods that know a budget, or an instant.
const (
	votes      = "votes"
	buyFeature = "buy_feature"
	urgency    = "urgency"
)

// methods returns every method that a sheet can be ranked by, the default first. A further method is
// a further entry: its name, what ranks by it, and which cell each of its inputs is in.
func methods() []method {
	return slices.Concat(singles(), families(), []method{rankedWith(urgency, urgencyNow, readUrgency)})
}

// singles are the methods with a column for each of their inputs.
func singles() []method {
	return []method{
		rankedBy("wsjf", prioritize.WSJF{}, func(row *cells) prioritize.WSJFInput {
			return prioritize.WSJFInput{
				UserBusinessValue: row.number("user_business_value"),
				TimeCriticality:   row.number("time_criticality"),
				RiskReduction:     row.number("risk_reduction"),
				JobSize:           row.number("job_size"),
			}
		}),
		rankedBy("rice", prioritize.RICE{}, func(row *cells) prioritize.RICEInput {
			return prioritize.RICEInput{
				Reach:      row.number("reach"),
				Impact:     row.number("impact"),
				Confidence: decimal.NewNullDecimal(row.number("confidence")),
				Effort:     row.number("effort"),
			}
		}),
		rankedBy("moscow", prioritize.MoSCoW{}, func(row *cells) prioritize.MoSCoWInput {
			return prioritize.MoSCoWInput{Category: cell(row, "moscow", command.ParseText[prioritize.MoSCoWCategory])}
		}),
		rankedBy("cd3", prioritize.CD3{}, func(row *cells) prioritize.CD3Input {
			return prioritize.CD3Input{
				CostOfDelay: row.number("cost_of_delay"),
				Duration:    row.number("duration"),
			}
		}),
		rankedBy("ice", prioritize.ICE{}, readICE),
		rankedBy("ice_mean", prioritize.ICE{Mean: true}, readICE),
		rankedBy("kano", prioritize.Kano{}, func(row *cells) prioritize.KanoInput {
			return prioritize.KanoInput{Counts: prioritize.KanoCounts{
				MustBe:         row.number("must_be"),
				OneDimensional: row.number("one_dimensional"),
				Attractive:     row.number("attractive"),
				Indifferent:    row.number("indifferent"),
				Reverse:        row.numberIfAny("reverse"),
				Questionable:   row.numberIfAny("questionable"),
			}}
		}),
		rankedBy("opportunity", prioritize.Opportunity{}, func(row *cells) prioritize.OpportunityInput {
			return prioritize.OpportunityInput{
				Importance:   row.number("importance"),
				Satisfaction: row.number("satisfaction"),
			}
		}),
		rankedBy("opportunity_survey", prioritize.OpportunitySurvey{}, func(row *cells) prioritize.OpportunityAnswers {
			return prioritize.OpportunityAnswers{
				Respondents: cell(row, "respondents", command.ParseCount),
				Important:   cell(row, "important", command.ParseCount),
				Satisfied:   cell(row, "satisfied", command.ParseCount),
			}
		}),
		rankedBy("value_effort", prioritize.ValueEffort{}, func(row *cells) prioritize.ValueEffortInput {
			return prioritize.ValueEffortInput{
				Value:  row.number("value"),
				Effort: row.number("effort"),
			}
		}),
		rankedWith("wiegers", wiegers, func(row *cells) prioritize.WiegersInput {
			in := readRelative(row)
			in.Risk = row.number("risk")
			return in
		}, "benefit", "penalty", "cost", "risk"),
		rankedWith("relative_weighting", relativeWeighting, readRelative, "benefit", "penalty", "cost"),
		rankedBy("eisenhower", prioritize.Eisenhower{}, func(row *cells) prioritize.EisenhowerInput {
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
				by.Criteria = append(by.Criteria, prioritize.WeightedCriterion{Name: name, Weight: s.options.weight(name)})
			}
			return by
		}, func(row *cells) prioritize.WeightedInput {
			return prioritize.WeightedInput{Ratings: row.numbers("ratings", required)}
		}, "ratings"+command.AnyName),
		rankedWith(votes, func(s *sheet) prioritize.Method[prioritize.VotesInput] {
			return prioritize.CumulativeVoting{Budget: s.options.budget, Weights: s.options.weights}
		}, func(row *cells) prioritize.VotesInput {
			return prioritize.VotesInput{Votes: row.numbers("votes", notRequired)}
		}, "votes"+command.AnyName),
		rankedWith("theme_screening", func(*sheet) prioritize.Method[prioritize.ThemeInput] {
			return prioritize.ThemeScreening{}
		}, func(row *cells) prioritize.ThemeInput {
			var in prioritize.ThemeInput
			for _, column := range row.family("marks") {
				in.Marks = append(in.Marks, cell(row, column, command.ParseText[prioritize.ThemeMark]))
			}
			return in
		}),
		rankedWith(buyFeature, func(s *sheet) prioritize.Method[prioritize.BuyFeatureInput] {
			players := make(map[string]decimal.Decimal)
			for _, name := range s.Names("offers") {
				players[name] = s.options.money()
			}
			return prioritize.BuyFeature{Players: players}
		}, func(row *cells) prioritize.BuyFeatureInput {
			return prioritize.BuyFeatureInput{
				Price:  row.number("price"),
				Offers: row.numbers("offers", notRequired),
			}
		}),
	}
}

func methodNames() []string {
	var names []string
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}

func readICE(row *cells) prioritize.ICEInput {
	return prioritize.ICEInput{
		Impact:     row.number("impact"),
		Confidence: row.number("confidence"),
		Ease:       row.number("ease"),
	}
}

func readRelative(row *cells) prioritize.WiegersInput {
	return prioritize.WiegersInput{
		Benefit: row.number("benefit"),
		Penalty: row.number("penalty"),
		Cost:    row.number("cost"),
	}
}

func wiegers(s *sheet) prioritize.Method[prioritize.WiegersInput] {
	return weighedWiegers(s.options)
}

func relativeWeighting(s *sheet) prioritize.Method[prioritize.WiegersInput] {
	by := weighedWiegers(s.options)
	by.RiskWeight = prioritize.RelativeWeighting().RiskWeight
	return by
}

// weighedWiegers has weights by column.
func weighedWiegers(given options) prioritize.Wiegers {
	weight := func(column string) decimal.NullDecimal {
		return decimal.NewNullDecimal(given.weight(column))
	}
	return prioritize.Wiegers{
		BenefitWeight: weight("benefit"), PenaltyWeight: weight("penalty"),
		CostWeight: weight("cost"), RiskWeight: weight("risk"),
	}
}

func urgencyNow(s *sheet) prioritize.Method[prioritize.UrgencyInput] {
	return prioritize.Urgency{Now: s.options.now}
}

func readUrgency(row *cells) prioritize.UrgencyInput {
	return prioritize.UrgencyInput{
		Priority:    strings.ToUpper(cellIfGiven(row, "priority", parseText)),
		Project:     cellIfGiven(row, "project", parseText),
		Tags:        strings.Fields(cellIfGiven(row, "tags", parseText)),
		Annotations: int(cellIfGiven(row, "annotations", command.ParseCount)),
		Entry:       cellIfGiven(row, "entry", parseTime),
		Due:         cellIfGiven(row, "due", parseTime),
		Scheduled:   cellIfGiven(row, "scheduled", parseTime),
		Active:      cellIfGiven(row, "active", command.ParseYesOrNo),
		Waiting:     cellIfGiven(row, "waiting", command.ParseYesOrNo),
		Blocked:     cellIfGiven(row, "blocked", command.ParseYesOrNo),
		Blocking:    cellIfGiven(row, "blocking", command.ParseYesOrNo),
	}
}

func parseText(text string) (string, error) { return text, nil }

func parseTime(text string) (time.Time, error) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	return time.Time{}, errors.New("a date such as 2026-11-24 or an instant such as 2026-11-24T09:30:00Z")
}
