package backlog

import (
	"cmp"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// SizeFeature sets the rough size of a whole feature, before it is broken into stories; the zero
// Estimate clears it.
//
// Developers may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] by [RuleFeatureOpen].
type SizeFeature struct {
	Feature roadmap.FeatureID `json:"feature"`
	Size    story.Estimate    `json:"size,omitzero"`
}

// Kind returns "size_feature".
func (SizeFeature) Kind() string { return "size_feature" }

func (SizeFeature) permission(*View) Permission { return MayEstimateStories }

func (c SizeFeature) gate(b *View) []*RefusedError { return refusals(b.wantFeatureOpen(c.Feature)) }

func (c SizeFeature) check(b *View) error {
	if err := b.checkFeature(c.Feature); err != nil {
		return err
	}
	return c.Size.Validate()
}

func (c SizeFeature) apply(b *View, _ time.Time, _ string) {
	b.changeFeature(c.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Size = c.Size
		return feature
	})
}

// SetBudget sets what a feature may cost; the zero Money clears it.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also for another
// currency than that of what was spent.
type SetBudget struct {
	Feature roadmap.FeatureID `json:"feature"`
	Budget  roadmap.Money     `json:"budget,omitzero"`
}

// Kind returns "set_budget".
func (SetBudget) Kind() string { return "set_budget" }

func (SetBudget) permission(*View) Permission { return MayDefineFeatures }

func (c SetBudget) budgeted(feature roadmap.Feature) roadmap.Feature {
	feature.Budget = c.Budget
	return feature
}

func (c SetBudget) check(b *View) error {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return notFound("feature", c.Feature)
	}
	return c.budgeted(entry.feature).Validate()
}

func (c SetBudget) apply(b *View, _ time.Time, _ string) { b.changeFeature(c.Feature, c.budgeted) }

// RecordCost adds to what a feature has cost so far. A negative cost corrects one that was recorded.
//
// The product manager may do it; the note is kept in the event. Errors: [NotFoundError];
// [field.Error], also for another currency than that of the budget or of earlier costs, or a correction
// by more than was recorded.
type RecordCost struct {
	Feature roadmap.FeatureID `json:"feature"`
	Cost    roadmap.Money     `json:"cost"` // may be negative
	Note    string            `json:"note,omitzero"`
}

// Kind returns "record_cost".
func (RecordCost) Kind() string { return "record_cost" }

func (RecordCost) permission(*View) Permission { return MayDefineFeatures }

func (c RecordCost) charged(feature roadmap.Feature) roadmap.Feature {
	feature.Spent = roadmap.Money{Amount: feature.Spent.Amount.Add(c.Cost.Amount), Currency: c.Cost.Currency}
	return feature
}

func (c RecordCost) check(b *View) error {
	entry, ok := b.features.byID[c.Feature]
	if !ok {
		return notFound("feature", c.Feature)
	}
	if c.Cost.IsZero() {
		return fieldError("cost", "", "an amount in a currency")
	}
	amount := roadmap.Money{Amount: c.Cost.Amount.Abs(), Currency: c.Cost.Currency}
	if err := field.Within("cost", amount.Validate()); err != nil {
		return err
	}
	if spent := entry.feature.Spent; !spent.IsZero() && spent.Currency != c.Cost.Currency {
		return fieldError("cost.currency", c.Cost.Currency, "that of earlier costs, "+spent.Currency)
	}
	if err := c.charged(entry.feature).Validate(); err != nil {
		return err
	}
	return field.CheckText("backlog", "note", c.Note)
}

func (c RecordCost) apply(b *View, _ time.Time, _ string) { b.changeFeature(c.Feature, c.charged) }

// Budget is what features may cost and have cost, in one currency.
type Budget struct {
	Planned roadmap.Money `json:"planned"`
	Spent   roadmap.Money `json:"spent"`
	// Unplanned is how many features have costs in this currency and no budget.
	Unplanned int `json:"unplanned"`
}

// Burn is what was spent of what was planned; undefined where nothing was planned. Compare it with
// the [Progress] of the stories: more burnt than done is a warning.
func (b Budget) Burn() roadmap.Progress {
	return roadmap.Progress{Done: b.Spent.Amount, Total: b.Planned.Amount}
}

// Budgets sums up what the features of a goal may cost and have cost, a budget for each currency, by
// its text. For one feature see its own Budget and Spent. O(features).
func (b *View) Budgets(id roadmap.GoalID) []Budget {
	entry, ok := b.goals.byID[id]
	if !ok {
		return nil
	}
	byCurrency := make(map[string]*Budget)
	of := func(currency string) *Budget {
		if byCurrency[currency] == nil {
			zero := roadmap.Money{Currency: currency}
			byCurrency[currency] = &Budget{Planned: zero, Spent: zero}
		}
		return byCurrency[currency]
	}
	for _, one := range entry.features {
		feature := one.feature
		if !feature.Budget.IsZero() {
			budget := of(feature.Budget.Currency)
			budget.Planned.Amount = budget.Planned.Amount.Add(feature.Budget.Amount)
		}
		if !feature.Spent.IsZero() {
			budget := of(feature.Spent.Currency)
			budget.Spent.Amount = budget.Spent.Amount.Add(feature.Spent.Amount)
			if feature.Budget.IsZero() {
				budget.Unplanned++
			}
		}
	}
	budgets := make([]Budget, 0, len(byCurrency))
	for _, budget := range byCurrency {
		budgets = append(budgets, *budget)
	}
	slices.SortStableFunc(budgets, func(x, y Budget) int { return cmp.Compare(x.Planned.Currency, y.Planned.Currency) })
	return budgets
}
