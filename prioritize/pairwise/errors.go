package pairwise

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
)

// wrong returns nil, or an error about a field if there is something that is wanted of d.
func wrong(field string, d decimal.Decimal, want string) error {
	if want == "" {
		return nil
	}
	return &prioritize.FieldError{Field: field, Value: bounds.Text(d), Want: want}
}

// entry names one value of a map, as Go would write it.
func entry(field, key string) string { return fmt.Sprintf("%s[%q]", field, key) }
