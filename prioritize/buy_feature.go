package prioritize

import (
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// BuyFeatureInput holds what [BuyFeature] scores one feature by.
type BuyFeatureInput struct {
	Price decimal.Decimal `json:"price"` // > 0
	// Offers holds the play money that each player puts on the feature, >= 0.
	Offers map[string]decimal.Decimal `json:"offers,omitzero"`
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in BuyFeatureInput) Validate() error {
	return joinFields(slices.Concat(
		[]*FieldError{checkPositive("price", in.Price)},
		checkMap("offers", in.Offers, checkNotNegative),
	)...)
}

func (in BuyFeatureInput) clone() BuyFeatureInput {
	in.Offers = maps.Clone(in.Offers)
	return in
}

// offered is the sum of the offers.
func (in BuyFeatureInput) offered() Score {
	sum := Integer(0)
	for _, offer := range in.Offers {
		sum = sum.Add(Value(offer))
	}
	return sum
}

// isBought reports whether the players together pay the price.
func (in BuyFeatureInput) isBought() bool { return in.offered().Compare(Value(in.Price)) >= 0 }

// BuyFeature lets players with a little play money each buy features together. What is bought comes
// first, then what is not; within each, the feature with the most money on it. Equal sums are a
// tie.
//
// Source: Luke Hohmann, Innovation Games, 2006, "Buy a Feature".
type BuyFeature struct {
	// Players holds the play money of each player, >= 0. An offer of anyone else is an error.
	Players map[string]decimal.Decimal
}

// FeatureSale is the outcome of a game, exactly.
type FeatureSale struct {
	Bought []bool     `json:"bought"` // of each feature, in input order
	Wallet []Spending `json:"wallet"` // of each player, by name: what bought features cost them, and what is left
}

// Outcome settles the game. A feature is bought when the offers reach its price; the others' offers
// return to the players, as does, in proportion, what was offered above the price.
//
// Negative money, a price of zero or less, an offer of someone who is no player, and players who
// offered more than they have are errors, joined.
func (m BuyFeature) Outcome(inputs []BuyFeatureInput) (FeatureSale, error) {
	if err := fault.Join(m.check(inputs)...); err != nil {
		return FeatureSale{}, err
	}
	offered, paid := make(map[string]Score), make(map[string]Score)
	for name := range m.Players {
		offered[name], paid[name] = Integer(0), Integer(0)
	}
	sale := FeatureSale{Bought: make([]bool, len(inputs))}
	for i, in := range inputs {
		sale.Bought[i] = in.isBought()
		part := Value(in.Price).Div(in.offeredOr1())
		for name, offer := range in.Offers {
			offered[name] = offered[name].Add(Value(offer))
			if sale.Bought[i] {
				paid[name] = paid[name].Add(Value(offer).Mul(part))
			}
		}
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(m.Players)) {
		money := Value(m.Players[name])
		if offered[name].Compare(money) > 0 {
			errs = append(errs, &FieldError{
				Field: fmt.Sprintf("money offered by %q", name), Value: offered[name].String(),
				Want: "at most " + money.String(),
			})
		}
		sale.Wallet = append(sale.Wallet, Spending{name, paid[name], money.Sub(paid[name])})
		errs = append(errs, paid[name].Err())
	}
	if err := fault.Join(errs...); err != nil {
		return FeatureSale{}, err
	}
	return sale, nil
}

func (in BuyFeatureInput) offeredOr1() Score {
	if sum := in.offered(); sum.Sign() > 0 {
		return sum
	}
	return Integer(1)
}

func (m BuyFeature) check(inputs []BuyFeatureInput) []error {
	errs := []error{joinFields(checkMap("players", m.Players, checkNotNegative)...)}
	for i, in := range inputs {
		err := in.Validate()
		for _, name := range slices.Sorted(maps.Keys(in.Offers)) {
			if _, ok := m.Players[name]; !ok {
				err = fault.Join(err, &FieldError{Field: "offers", Value: name, Want: "the name of a player"})
			}
		}
		if err != nil {
			errs = append(errs, &ItemError{Index: i, Err: err})
		}
	}
	return errs
}

// Score returns the money offered for each feature, in class 1 when it is bought and in class 2
// when it is not, with the errors of [BuyFeature.Outcome].
func (m BuyFeature) Score(inputs []BuyFeatureInput) ([]Score, error) {
	sale, err := m.Outcome(inputs)
	if err != nil {
		return nil, err
	}
	scores := make([]Score, len(inputs))
	for i, in := range inputs {
		scores[i] = in.offered().InClass(2)
		if sale.Bought[i] {
			scores[i] = scores[i].InClass(1)
		}
	}
	return scores, nil
}

// Terms returns the terms of the score: "bought for 80, then 50 + 30 = 80".
func (BuyFeature) Terms(in BuyFeatureInput) []Term {
	price, outcome := Value(in.Price), "short of "
	if in.isBought() {
		outcome = "bought for "
	}
	terms := []Term{{Name: "price", Effect: Orders, Value: price, Text: outcome + price.String()}}
	for _, name := range slices.Sorted(maps.Keys(in.Offers)) {
		offer := Value(in.Offers[name])
		terms = append(terms, Term{Name: name, Effect: Adds, Value: offer, Contribution: offer})
	}
	return terms
}

// PlayMoney returns how much money to give to all players together: the mean cost of some plausible releases,
// exactly; unscored without any.
//
// Source: "Divide the dollar", practicaluxmethods.com.
func (BuyFeature) PlayMoney(releases ...decimal.Decimal) Score {
	costs := make([]Score, len(releases))
	for i, cost := range releases {
		costs[i] = Value(cost)
	}
	return ratio(total(costs), Integer(int64(len(costs))), "there are no releases")
}
