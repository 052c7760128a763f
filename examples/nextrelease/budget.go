package main

import (
	"errors"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize/plan"
)

// budget is what a release may cost: an amount, or a share of what all items cost.
type budget struct {
	amount, ratio decimal.NullDecimal
}

func (b *budget) setAmount(text string) error {
	d, err := command.ParseAmount(text)
	if err != nil {
		return errors.New("want " + err.Error())
	}
	b.amount = decimal.NewNullDecimal(d)
	return nil
}

func (b *budget) setRatio(text string) error {
	d, err := command.ParseAmount(text)
	if err != nil || d.GreaterThan(decimal.New(1, 0)) {
		return errors.New("want a number from 0 to 1 such as 0.3")
	}
	b.ratio = decimal.NewNullDecimal(d)
	return nil
}

// of returns the budget where these are all items.
func (b *budget) of(items []plan.SelectItem[int]) decimal.Decimal {
	if b.amount.Valid {
		return b.amount.Decimal
	}
	total := decimal.Decimal{}
	for i := range items {
		total = total.Add(items[i].Cost)
	}
	return total.Mul(b.ratio.Decimal).Floor()
}
