package roadmap

import (
	"strings"

	"github.com/shopspring/decimal"

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
