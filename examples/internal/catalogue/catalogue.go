// Package catalogue holds the methods that a score sheet can be ranked by: the name of each, what ranks by it, and
// which columns its inputs are in. The columns of numbers come from the factors of the method.
package catalogue

import (
	"errors"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// Entry is one method.
type Entry[A any] struct {
	Name string
	By   func(s *command.Sheet, given Settings) prioritize.Method[A]
	Read func(*Cells) A
	// Weighable names the columns, or families of columns, that weights can be given for.
	Weighable []string
}

// Settings are what the user of a program says about a method. The zero value is the default of each.
type Settings struct {
	Weights map[string]decimal.Decimal // by name; 1 if not given
	Budget  decimal.NullDecimal        // of each stakeholder or player; 100 if not given
	Now     time.Time                  // for urgency
}

// Weight returns the weight of a name.
func (s Settings) Weight(name string) decimal.Decimal {
	if weight, ok := s.Weights[name]; ok {
		return weight
	}
	return decimal.NewFromInt(1)
}

// The methods with a column for each of their inputs.
var (
	WSJF        = factored("wsjf", prioritize.WSJF{})
	RICE        = factored("rice", prioritize.RICE{})
	CD3         = factored("cd3", prioritize.CD3{})
	ICE         = factored("ice", prioritize.ICE{})
	ICEMean     = factored("ice_mean", prioritize.ICE{Mean: true})
	Opportunity = factored("opportunity", prioritize.Opportunity{})
	ValueEffort = factored("value_effort", prioritize.ValueEffort{})

	Wiegers           = weighed("wiegers", prioritize.Wiegers{})
	RelativeWeighting = weighed("relative_weighting", prioritize.RelativeWeighting())

	MoSCoW = New("moscow", prioritize.MoSCoW{}, func(row *Cells) prioritize.MoSCoWInput {
		return prioritize.MoSCoWInput{Category: cell(row, "moscow", command.ParseText[prioritize.MoSCoWCategory])}
	})
	Kano = New("kano", prioritize.Kano{}, func(row *Cells) prioritize.KanoInput {
		return prioritize.KanoInput{Counts: prioritize.KanoCounts{
			MustBe:         row.number("must_be"),
			OneDimensional: row.number("one_dimensional"),
			Attractive:     row.number("attractive"),
			Indifferent:    row.number("indifferent"),
			Reverse:        row.numberIfAny("reverse"),
			Questionable:   row.numberIfAny("questionable"),
		}}
	})
	OpportunitySurvey = New("opportunity_survey", prioritize.OpportunitySurvey{},
		func(row *Cells) prioritize.OpportunityAnswers {
			return prioritize.OpportunityAnswers{
				Respondents: cell(row, "respondents", command.ParseCount),
				Important:   cell(row, "important", command.ParseCount),
				Satisfied:   cell(row, "satisfied", command.ParseCount),
			}
		})
	Eisenhower = New("eisenhower", prioritize.Eisenhower{}, func(row *Cells) prioritize.EisenhowerInput {
		return prioritize.EisenhowerInput{
			Urgent:    cell(row, "urgent", command.ParseYesOrNo),
			Important: cell(row, "important", command.ParseYesOrNo),
		}
	})
)

// The methods with a column for each criterion or person.
var (
	Weighted = Entry[prioritize.WeightedInput]{
		Name: "weighted", Weighable: []string{"ratings" + command.AnyName},
		By: func(s *command.Sheet, given Settings) prioritize.Method[prioritize.WeightedInput] {
			var by prioritize.Weighted
			for _, name := range s.Names("ratings") {
				by.Criteria = append(by.Criteria, prioritize.WeightedCriterion{Name: name, Weight: given.Weight(name)})
			}
			return by
		},
		Read: func(row *Cells) prioritize.WeightedInput {
			return prioritize.WeightedInput{Ratings: row.numbers("ratings", required)}
		},
	}
	Votes = Entry[prioritize.VotesInput]{
		Name: "votes", Weighable: []string{"votes" + command.AnyName},
		By: func(_ *command.Sheet, given Settings) prioritize.Method[prioritize.VotesInput] {
			return prioritize.CumulativeVoting{Budget: given.Budget, Weights: given.Weights}
		},
		Read: func(row *Cells) prioritize.VotesInput {
			return prioritize.VotesInput{Votes: row.numbers("votes", notRequired)}
		},
	}
	ThemeScreening = New("theme_screening", prioritize.ThemeScreening{}, func(row *Cells) prioritize.ThemeInput {
		var in prioritize.ThemeInput
		for _, column := range row.family("marks") {
			in.Marks = append(in.Marks, cell(row, column, command.ParseText[prioritize.ThemeMark]))
		}
		return in
	})
	BuyFeature = Entry[prioritize.BuyFeatureInput]{
		Name: "buy_feature",
		By: func(s *command.Sheet, given Settings) prioritize.Method[prioritize.BuyFeatureInput] {
			money := decimal.NewFromInt(100)
			if given.Budget.Valid {
				money = given.Budget.Decimal
			}
			players := make(map[string]decimal.Decimal)
			for _, name := range s.Names("offers") {
				players[name] = money
			}
			return prioritize.BuyFeature{Players: players}
		},
		Read: func(row *Cells) prioritize.BuyFeatureInput {
			return prioritize.BuyFeatureInput{Price: row.number("price"), Offers: row.numbers("offers", notRequired)}
		},
	}
)

// Urgency has no column that is required.
var Urgency = Entry[prioritize.UrgencyInput]{
	Name: "urgency",
	By: func(_ *command.Sheet, given Settings) prioritize.Method[prioritize.UrgencyInput] {
		return prioritize.Urgency{Now: given.Now}
	},
	Read: func(row *Cells) prioritize.UrgencyInput {
		return prioritize.UrgencyInput{
			Priority:    strings.ToUpper(cellIfGiven(row, "priority", parseText)),
			Project:     cellIfGiven(row, "project", parseText),
			Tags:        strings.Fields(cellIfGiven(row, "tags", parseText)),
			Annotations: int(cellIfGiven(row, "annotations", command.ParseCount)),
			Entry:       cellIfGiven(row, "entry", ParseTime),
			Due:         cellIfGiven(row, "due", ParseTime),
			Scheduled:   cellIfGiven(row, "scheduled", ParseTime),
			Active:      cellIfGiven(row, "active", command.ParseYesOrNo),
			Waiting:     cellIfGiven(row, "waiting", command.ParseYesOrNo),
			Blocked:     cellIfGiven(row, "blocked", command.ParseYesOrNo),
			Blocking:    cellIfGiven(row, "blocking", command.ParseYesOrNo),
		}
	},
}

// New returns the entry of a method that is the same for every sheet.
func New[A any](name string, by prioritize.Method[A], read func(*Cells) A) Entry[A] {
	return Entry[A]{
		Name: name, Read: read,
		By: func(*command.Sheet, Settings) prioritize.Method[A] { return by },
	}
}

// numeric is a method that names the numbers it reads.
type numeric[A any] interface {
	prioritize.Method[A]
	prioritize.Factored[A]
}

// factored returns the entry of a method with a column for each of its factors.
func factored[A any](name string, by numeric[A]) Entry[A] { return New[A](name, by, Numbers(by)) }

// Numbers returns a reader of inputs that have a column for each factor of a method.
func Numbers[A any](by prioritize.Factored[A]) func(*Cells) A {
	factors := by.Factors()
	return func(row *Cells) (in A) {
		for _, f := range factors {
			in = f.With(in, row.number(f.Name))
		}
		return in
	}
}

// weighed returns the entry of a variant of Wiegers's method, whose factors have weights.
func weighed(name string, by prioritize.Wiegers) Entry[prioritize.WiegersInput] {
	e := Entry[prioritize.WiegersInput]{Name: name, Read: Numbers(by)}
	for _, f := range by.Factors() {
		e.Weighable = append(e.Weighable, f.Name)
	}
	e.By = func(_ *command.Sheet, given Settings) prioritize.Method[prioritize.WiegersInput] {
		weight := func(name string, variant decimal.NullDecimal) decimal.NullDecimal {
			if variant.Valid {
				return variant
			}
			return decimal.NewNullDecimal(given.Weight(name))
		}
		return prioritize.Wiegers{
			BenefitWeight: weight("benefit", by.BenefitWeight), PenaltyWeight: weight("penalty", by.PenaltyWeight),
			CostWeight: weight("cost", by.CostWeight), RiskWeight: weight("risk", by.RiskWeight),
		}
	}
	return e
}

func parseText(text string) (string, error) { return text, nil }

// ParseTime reads a date or an instant.
func ParseTime(text string) (time.Time, error) {
	if at, note := (exchange.Options{}).Dates([]string{text}); !at[0].IsZero() && note == "" {
		return at[0], nil
	}
	return time.Time{}, errors.New("a date such as 2026-11-24 or an instant such as 2026-11-24T09:30:00Z")
}
