package prioritize

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// VotesInput holds what [CumulativeVoting] scores one item by.
type VotesInput struct {
	// Votes holds the points that each stakeholder gave to the item, >= 0.
	Votes map[string]decimal.Decimal `json:"votes"`
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in VotesInput) Validate() error {
	return joinFields(checkMap("votes", in.Votes, checkNotNegative)...)
}

func (in VotesInput) clone() VotesInput {
	in.Votes = maps.Clone(in.Votes)
	return in
}

// CumulativeVoting gives every stakeholder the same number of points to spread over the items, and
// adds up what each item got, times the weight of who gave it; highest first. Equal sums are a tie.
//
// Source: Dean Leffingwell and Don Widrig, Managing Software Requirements, 1999, as the
// hundred-dollar test; "Cumulative Voting Prioritization", Business Analysis Wiki, for weights.
type CumulativeVoting struct {
	// Budget is how many points each stakeholder may spend: 100 when not set; > 0.
	Budget decimal.NullDecimal
	// Weights holds how much a point of a stakeholder counts, >= 0; of one not listed, 1.
	Weights map[string]decimal.Decimal
}

func (m CumulativeVoting) budget() Score { return orDefault(m.Budget, Integer(100)) }

func (m CumulativeVoting) weight(stakeholder string) Score {
	if w, ok := m.Weights[stakeholder]; ok {
		return Value(w)
	}
	return Integer(1)
}

// Spending is what one stakeholder did with a budget.
type Spending struct {
	Stakeholder string `json:"stakeholder"`
	Spent       Score  `json:"spent,omitzero"` // Left is above 0 where not everything was spent
	Left        Score  `json:"left,omitzero"`
}

// VoteTally is the outcome of a vote, exactly.
type VoteTally struct {
	Totals   []Score    `json:"totals"`   // weighted points of each item, in input order; unscored where nobody voted on it
	Shares   []Score    `json:"shares"`   // their parts of the sum, unscored where that is 0
	Spending []Spending `json:"spending"` // of each stakeholder who has a vote or a weight, by name
}

// Tally counts the votes. Negative votes, weights or budgets are errors, joined; so is a
// stakeholder who spent more than the budget. Who spent less is in the tally. An item that nobody
// gave anything, not even 0, is unscored.
func (m CumulativeVoting) Tally(inputs []VotesInput) (VoteTally, error) {
	errs := []error{joinFields(checkMap("weights", m.Weights, checkNotNegative)...)}
	if m.Budget.Valid {
		errs = append(errs, joinFields(checkPositive("budget", m.Budget.Decimal)))
	}
	for i, in := range inputs {
		if err := in.Validate(); err != nil {
			errs = append(errs, &ItemError{Index: i, Err: err})
		}
	}
	if err := fault.Join(errs...); err != nil {
		return VoteTally{}, err
	}
	tally := VoteTally{Totals: make([]Score, len(inputs)), Shares: make([]Score, len(inputs))}
	for i, in := range inputs {
		tally.Totals[i] = Unscored("nobody voted on it")
		if len(in.Votes) > 0 {
			tally.Totals[i] = m.points(in)
		}
	}
	all := Integer(0)
	for _, t := range tally.Totals {
		if t.IsScored() {
			all = all.Add(t)
		}
	}
	for i, t := range tally.Totals {
		tally.Shares[i] = ratio(t, all, "no points were given")
	}
	var err error
	if tally.Spending, err = m.spending(inputs); err != nil {
		return VoteTally{}, err
	}
	return tally, nil
}

func (m CumulativeVoting) points(in VotesInput) Score {
	sum := Integer(0)
	for name, points := range in.Votes {
		sum = sum.Add(m.weight(name).Mul(Value(points)))
	}
	return sum
}

func (m CumulativeVoting) spending(inputs []VotesInput) ([]Spending, error) {
	spent := make(map[string]Score)
	for name := range m.Weights {
		spent[name] = Integer(0)
	}
	for _, in := range inputs {
		for name, points := range in.Votes {
			if _, ok := spent[name]; !ok {
				spent[name] = Integer(0)
			}
			spent[name] = spent[name].Add(Value(points))
		}
	}
	var list []Spending
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(spent)) {
		left := m.budget().Sub(spent[name])
		list = append(list, Spending{Stakeholder: name, Spent: spent[name], Left: left})
		if left.Sign() < 0 {
			errs = append(errs, &FieldError{
				Field: fmt.Sprintf("points spent by %q", name), Value: spent[name].String(),
				Want: "at most " + m.budget().String(),
			})
		}
	}
	return list, fault.Join(errs...)
}

// Score returns the weighted points of each item, with the errors of [CumulativeVoting.Tally].
func (m CumulativeVoting) Score(inputs []VotesInput) ([]Score, error) {
	tally, err := m.Tally(inputs)
	return tally.Totals, err
}

// Terms returns the terms of the score: "1 × 50 + 0.75 × 10 + 0.5 × 0 = 57.5".
func (m CumulativeVoting) Terms(in VotesInput) []Term {
	terms := make([]Term, 0, len(in.Votes))
	for _, name := range slices.Sorted(maps.Keys(in.Votes)) {
		points := Value(in.Votes[name])
		term := Term{Name: name, Effect: Adds, Value: points, Contribution: points}
		if _, ok := m.Weights[name]; ok {
			term.Weight, term.Contribution = m.weight(name), m.weight(name).Mul(points)
		}
		terms = append(terms, term)
	}
	return terms
}
