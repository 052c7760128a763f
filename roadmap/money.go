package roadmap

import (
	"cmp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Money is an amount in a currency. The currency is the caller's text, "EUR" or "person-days", and is
// kept as it is: amounts in different currencies are never added.
type Money struct {
	Amount   decimal.Decimal `json:"amount"`
	Currency string          `json:"currency"`
}

// IsZero reports whether there is neither an amount nor a currency. Zero of a currency is not zero Money.
func (m Money) IsZero() bool { return m.Currency == "" && m.Amount.IsZero() }

// Equal reports whether both are the same amount of the same currency.
func (m Money) Equal(other Money) bool {
	return m.Currency == other.Currency && m.Amount.Equal(other.Amount)
}

// String returns "1200.5 EUR", or "" for the zero value.
func (m Money) String() string {
	if m.IsZero() {
		return ""
	}
	return m.Amount.String() + " " + m.Currency
}

// Validate reports everything that is wrong with m: a negative amount, an amount without a currency.
func (m Money) Validate() error {
	if m.IsZero() {
		return nil
	}
	amount := field.CheckNumber("roadmap", "amount", m.Amount)
	if amount == nil && m.Amount.Sign() < 0 {
		amount = fieldError("amount", m.Amount.String(), "0 or more")
	}
	currency := field.CheckTitle("roadmap", "currency", m.Currency)
	if currency == nil && strings.TrimSpace(m.Currency) != m.Currency {
		currency = fieldError("currency", m.Currency, "no blanks around it")
	}
	return field.Join(amount, currency)
}

// MaxMoneyPeriods is how many periods the money of a goal or a feature may be known by.
const MaxMoneyPeriods = 1_000

// MoneyPeriod is the money of a goal or a feature in a period, in one currency: what was planned, and what
// it came to so far. The periods of one currency do not overlap.
type MoneyPeriod struct {
	From     time.Time `json:"from"` // it begins at From and ends before To
	To       time.Time `json:"to"`
	Currency string    `json:"currency"`
	Planned  Cashflow  `json:"planned,omitzero"`
	Actual   Cashflow  `json:"actual,omitzero"`
}

// Cashflow is what comes in and what goes out, both in one currency, each 0 or more.
type Cashflow struct {
	Revenue decimal.Decimal `json:"revenue,omitzero"`
	Cost    decimal.Decimal `json:"cost,omitzero"`
}

// Profit returns the revenue without the cost; below 0 it is a loss.
func (c Cashflow) Profit() decimal.Decimal { return c.Revenue.Sub(c.Cost) }

// Add returns the sum of both.
func (c Cashflow) Add(other Cashflow) Cashflow {
	return Cashflow{c.Revenue.Add(other.Revenue), c.Cost.Add(other.Cost)}
}

// IsZero reports whether nothing comes in and nothing goes out.
func (c Cashflow) IsZero() bool { return c.Revenue.IsZero() && c.Cost.IsZero() }

// Equal reports whether m and other hold the same: instants as instants, numbers as numbers.
func (m MoneyPeriod) Equal(other MoneyPeriod) bool {
	return m.From.Equal(other.From) && m.To.Equal(other.To) && m.Currency == other.Currency &&
		m.Planned.Revenue.Equal(other.Planned.Revenue) && m.Planned.Cost.Equal(other.Planned.Cost) &&
		m.Actual.Revenue.Equal(other.Actual.Revenue) && m.Actual.Cost.Equal(other.Actual.Cost)
}

// Compare orders by currency, then by the begin of the period, then by its end.
func (m MoneyPeriod) Compare(other MoneyPeriod) int {
	return cmp.Or(cmp.Compare(m.Currency, other.Currency), m.From.Compare(other.From), m.To.Compare(other.To))
}

// Validate reports everything that is wrong with m, in field order.
func (m MoneyPeriod) Validate() error {
	errs := []error{field.CheckInstant("roadmap", "from", m.From), field.CheckInstant("roadmap", "to", m.To)}
	if m.From.IsZero() || !m.To.After(m.From) {
		errs = append(errs, fieldError("to", m.To.Format(time.RFC3339), "a period with a begin, and an end after it"))
	}
	errs = append(errs, field.CheckTitle("roadmap", "currency", m.Currency))
	if strings.TrimSpace(m.Currency) != m.Currency {
		errs = append(errs, fieldError("currency", m.Currency, "no blanks around it"))
	}
	for _, one := range []struct {
		path   string
		amount decimal.Decimal
	}{
		{"planned.revenue", m.Planned.Revenue},
		{"planned.cost", m.Planned.Cost},
		{"actual.revenue", m.Actual.Revenue},
		{"actual.cost", m.Actual.Cost},
	} {
		err := field.CheckNumber("roadmap", one.path, one.amount)
		if err == nil && one.amount.Sign() < 0 {
			err = fieldError(one.path, one.amount.String(), "0 or more")
		}
		errs = append(errs, err)
	}
	return field.Join(errs...)
}

// checkMoney wants periods in their order, those of one currency without an overlap.
func checkMoney(path string, money story.List[MoneyPeriod]) error {
	if err := field.CheckLen("roadmap", path, money.Len(), MaxMoneyPeriods); err != nil {
		return err
	}
	var errs []error
	var last MoneyPeriod
	for i, one := range money.All() {
		at := field.Index(path, i)
		errs = append(errs, field.Within(at, one.Validate()))
		if i > 0 && (last.Compare(one) >= 0 || last.Currency == one.Currency && one.From.Before(last.To)) {
			errs = append(errs, fieldError(at+".from", one.From.Format(time.RFC3339), "the order of currencies and periods, and no overlap"))
		}
		last = one
	}
	return field.Join(errs...)
}
