package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// options are what the arguments say about a method.
type options struct {
	weights map[string]decimal.Decimal
	weighed []string // the names in weights, as they were given
	budget  decimal.NullDecimal
	now     time.Time
}

// weight is 1 where none is given.
func (o options) weight(name string) decimal.Decimal {
	if weight, ok := o.weights[name]; ok {
		return weight
	}
	return decimal.NewFromInt(1)
}

// money is what each player has: 100 where nothing is given.
func (o options) money() decimal.Decimal {
	if o.budget.Valid {
		return o.budget.Decimal
	}
	return decimal.NewFromInt(100)
}

// setWeights reads "NAME=NUMBER,NAME=NUMBER".
func (o *options) setWeights(text string) error {
	o.weights, o.weighed = make(map[string]decimal.Decimal), nil
	for part := range strings.SplitSeq(text, ",") {
		name, number, ok := strings.Cut(part, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" {
			return fmt.Errorf("%s, want NAME=NUMBER, with a comma before the next", command.Quote(part))
		}
		if _, twice := o.weights[name]; twice {
			return fmt.Errorf("%s twice, want one weight for a name", command.Quote(name))
		}
		weight, err := command.ParseNumber(strings.TrimSpace(number))
		if err != nil {
			return fmt.Errorf("%s, want %w", command.Quote(part), err)
		}
		o.weights[name] = weight
		o.weighed = append(o.weighed, name)
	}
	return nil
}

func (o *options) setBudget(text string) error {
	budget, err := command.ParseNumber(text)
	if err != nil {
		return fmt.Errorf("want %w", err)
	}
	if budget.Sign() <= 0 {
		return errors.New("want > 0")
	}
	o.budget = decimal.NewNullDecimal(budget)
	return nil
}

func (o *options) setNow(text string) (err error) {
	if o.now, err = parseTime(text); err != nil {
		return fmt.Errorf("want %w", err)
	}
	return nil
}
