package prioritize

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
)

// checkBetween refuses what is outside [low, high].
func checkBetween(field string, d decimal.Decimal, low, high int64) *FieldError {
	return wrong(field, d, bounds.Between(d, low, high))
}

// errNoItems is for what makes no sense without any.
func errNoItems() *FieldError {
	return &FieldError{Field: "items", Value: "none", Want: "at least one"}
}

// checkMap checks every value of a map, in the order of its keys: `votes["s1"]`.
func checkMap[T any](
	field string, values map[string]T, check func(field string, value T) *FieldError,
) []*FieldError {
	var wrong []string
	for key, value := range values {
		if check(field, value) != nil {
			wrong = append(wrong, key)
		}
	}
	slices.Sort(wrong)
	problems := make([]*FieldError, len(wrong))
	for i, key := range wrong {
		problems[i] = check(entry(field, key), values[key])
	}
	return problems
}

// entry names one value of a map, as Go would write it.
func entry(field, key string) string { return fmt.Sprintf("%s[%q]", field, key) }

// orDefault is what an option holds when it is not set.
func orDefault(d decimal.NullDecimal, value Score) Score {
	if d.Valid {
		return Value(d.Decimal)
	}
	return value
}

// total is the exact sum of scores in class 0.
func total(scores []Score) Score {
	sum := Integer(0)
	for _, s := range scores {
		sum = sum.Add(s)
	}
	return sum
}

// shares divides each score by the sum of all, exactly; they are unscored where that is 0.
func shares(scores []Score) []Score {
	sum := total(scores)
	parts := make([]Score, len(scores))
	for i, s := range scores {
		parts[i] = ratio(s, sum, "the total is 0")
	}
	return parts
}

// ratio is num / den, or unscored for the given reason where den is 0.
func ratio(num, den Score, reason string) Score {
	if den.IsScored() && den.Sign() == 0 {
		return Unscored(reason)
	}
	return num.Div(den)
}
