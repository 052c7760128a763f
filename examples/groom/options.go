package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// options are what the arguments say about a method.
type options struct {
	catalogue.Settings
	weighed []string // the names of the weights, as they were given
}

// setWeights reads "NAME=NUMBER,NAME=NUMBER".
func (o *options) setWeights(text string) error {
	o.Weights, o.weighed = make(map[string]decimal.Decimal), nil
	for part := range strings.SplitSeq(text, ",") {
		name, number, ok := strings.Cut(part, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" {
			return fmt.Errorf("%s, want NAME=NUMBER, with a comma before the next", command.Quote(part))
		}
		if _, twice := o.Weights[name]; twice {
			return fmt.Errorf("%s twice, want one weight for a name", command.Quote(name))
		}
		weight, err := command.ParseNumber(strings.TrimSpace(number))
		if err != nil {
			return fmt.Errorf("%s, want %w", command.Quote(part), err)
		}
		o.Weights[name] = weight
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
	o.Budget = decimal.NewNullDecimal(budget)
	return nil
}

func (o *options) setNow(text string) (err error) {
	if o.Now, err = catalogue.ParseTime(text); err != nil {
		return fmt.Errorf("want %w", err)
	}
	return nil
}
