package backlog

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// SetMoney sets what revenue and cost are planned for a goal or a feature in a period, and what they came to.
// What it leaves nil stays as it is; a period in which both are zero is taken out. It goes on after a feature
// was accepted or a goal fulfilled: that is when the revenue comes.
//
// The product manager may do it. Errors: [NotFoundError]; [field.Error], also for what is about no goal and no
// feature, and for a period that overlaps another of that currency.
type SetMoney struct {
	About    roadmap.Subject   `json:"about"`
	From     time.Time         `json:"from"` // the period begins at From and ends before To
	To       time.Time         `json:"to"`
	Currency string            `json:"currency"`
	Planned  *roadmap.Cashflow `json:"planned,omitempty"`
	Actual   *roadmap.Cashflow `json:"actual,omitempty"`
}

// Kind returns "set_money".
func (SetMoney) Kind() string { return "set_money" }

func (c SetMoney) own() Change {
	c.Planned, c.Actual = copied(c.Planned), copied(c.Actual)
	return c
}

func (c SetMoney) permission(*View) Permission {
	if !c.About.Goal.IsZero() {
		return MaySetGoals
	}
	return MayDefineFeatures
}

// edited returns the periods with that of c set.
func (c SetMoney) edited(money story.List[roadmap.MoneyPeriod]) story.List[roadmap.MoneyPeriod] {
	period := roadmap.MoneyPeriod{From: c.From.UTC(), To: c.To.UTC(), Currency: c.Currency}
	all := money.Slice()
	at, found := slices.BinarySearchFunc(all, period, roadmap.MoneyPeriod.Compare)
	if found {
		period = all[at]
		all = slices.Delete(all, at, at+1)
	}
	edit(&period.Planned, c.Planned)
	edit(&period.Actual, c.Actual)
	if !period.Planned.IsZero() || !period.Actual.IsZero() {
		all = slices.Insert(all, at, period)
	}
	return story.ListOf(all...)
}

func (c SetMoney) check(b *View) error {
	if c.About.Goal.IsZero() && c.About.Feature.IsZero() {
		return fieldError("about", c.About.String(), "a goal or a feature")
	}
	period := roadmap.MoneyPeriod{From: c.From, To: c.To, Currency: c.Currency}
	err := field.Join(b.checkSubject(c.About), checkEdit(c.Planned, c.Actual), period.Validate())
	if err != nil {
		return err
	}
	if entry := b.goals.byID[c.About.Goal]; entry != nil {
		goal := entry.goal.Clone()
		goal.Money = c.edited(goal.Money)
		return goal.Validate()
	}
	feature := b.features.byID[c.About.Feature].feature
	feature.Money = c.edited(feature.Money)
	return feature.Validate()
}

func (c SetMoney) apply(b *View, _ time.Time, _ string) {
	if !c.About.Goal.IsZero() {
		entry := b.goals.byID[c.About.Goal]
		goal := entry.goal.Clone()
		goal.Money = c.edited(goal.Money)
		goalTable.put(b, entry, goal)
		return
	}
	b.changeFeature(c.About.Feature, func(feature roadmap.Feature) roadmap.Feature {
		feature.Money = c.edited(feature.Money)
		return feature
	})
}

// MoneyOf returns the planned and actual revenue and cost of a feature by period; of a goal, its own and that of
// its features together; of an increment, that of its features. Equal periods of one currency are one, the
// others stand apart, by currency and begin; nothing is converted. A story has none. O(features + n log n).
func (b *View) MoneyOf(about roadmap.Subject) []roadmap.MoneyPeriod {
	var all []roadmap.MoneyPeriod
	if entry := b.goals.byID[about.Goal]; entry != nil {
		all = append(all, entry.goal.Money.Slice()...)
	}
	for _, entry := range b.features.list {
		if b.isWithin(roadmap.AboutFeature(entry.feature.ID), about) {
			all = append(all, entry.feature.Money.Slice()...)
		}
	}
	slices.SortStableFunc(all, roadmap.MoneyPeriod.Compare)
	sums := []roadmap.MoneyPeriod{}
	for _, one := range all {
		if n := len(sums); n > 0 && sums[n-1].Compare(one) == 0 {
			sums[n-1].Planned, sums[n-1].Actual = sums[n-1].Planned.Add(one.Planned), sums[n-1].Actual.Add(one.Actual)
		} else {
			sums = append(sums, one)
		}
	}
	return sums
}
