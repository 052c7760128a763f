package story

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// ErrInvalid is the class of every value that no rule could ever allow: see [FieldError].
var ErrInvalid = errors.New("invalid value")

// The bounds of what a story may hold. Larger input is an error, never a cut.
const (
	MaxTitle    = 500     // bytes in a title, name or label
	MaxText     = 100_000 // bytes in any other text
	MaxCriteria = 1_000   // criteria of one story or feature
	MaxTasks    = 1_000   // tasks of one story
)

// FieldError is one impossible value: where it stands, what it is, and what would have been right.
// It is an [ErrInvalid]. The packages roadmap and backlog use it too.
type FieldError struct {
	Package string // the package that found it: "story"
	Field   string // the way to the field, as in JSON: "criteria[2].text"
	Value   string // what it holds, shortened where it is long
	Want    string // what is allowed: "1 to 500 bytes of text"
}

// Error reads `story: title is "", want 1 to 500 bytes of text on one line`.
func (e *FieldError) Error() string {
	return fmt.Sprintf("%s: %s is %q, want %s", e.Package, e.Field, e.Value, e.Want)
}

// Is reports whether target is [ErrInvalid].
func (e *FieldError) Is(target error) bool { return target == ErrInvalid }

// Within says that field lies inside another value: every [FieldError] in err gets the prefix
// "outer.", also when they are joined. Other errors stay as they are.
func Within(outer string, err error) error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, one := range joined.Unwrap() {
			all = append(all, Within(outer, one))
		}
		return errors.Join(all...)
	}
	var field *FieldError
	if !errors.As(err, &field) {
		return err
	}
	moved := *field
	moved.Field = outer + "." + field.Field
	return &moved
}

// CheckTitle reports whether text can stand as a title, name or label: 1 to [MaxTitle] bytes of
// UTF-8 on one line, not blank, no control characters.
func CheckTitle(pkg, field, text string) error {
	switch {
	case strings.TrimSpace(text) == "", len(text) > MaxTitle:
	case !utf8.ValidString(text), strings.ContainsFunc(text, unicode.IsControl):
	default:
		return nil
	}
	return &FieldError{pkg, field, shorten(text), fmt.Sprintf("1 to %d bytes of text on one line", MaxTitle)}
}

// CheckText reports whether text, which may be empty, is UTF-8 of at most [MaxText] bytes without
// NUL.
func CheckText(pkg, field, text string) error {
	if len(text) <= MaxText && utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return nil
	}
	return &FieldError{pkg, field, shorten(text), fmt.Sprintf("at most %d bytes of UTF-8 text", MaxText)}
}

// CheckReason is [CheckText] for a reason that must be given: it may not be blank.
func CheckReason(pkg, field, text string) error {
	if strings.TrimSpace(text) == "" {
		return &FieldError{pkg, field, shorten(text), "a reason, it is required and kept"}
	}
	return CheckText(pkg, field, text)
}

// shorten keeps error messages readable when the input is not.
func shorten(text string) string {
	const shown = 60
	if len(text) <= shown {
		return text
	}
	cut := shown
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}

// The bounds of a number that describes the product: a metric's value, a capacity, an amount.
const (
	maxIntegerDigits  = 18
	maxFractionDigits = 12
)

// CheckNumber reports whether number is one that a product can have: less than 10^18 in size, with
// at most 12 decimals. It looks at the exponent first and never writes out a huge one.
func CheckNumber(pkg, field string, number decimal.Decimal) error {
	digits, exponent := number.NumDigits(), int(number.Exponent())
	if exponent >= -maxFractionDigits && digits+exponent <= maxIntegerDigits {
		return nil
	}
	value := "a number beyond reading"
	if readable := 60; digits <= readable && exponent >= -readable && exponent <= readable {
		value = number.String()
	}
	return &FieldError{
		pkg, field, value,
		fmt.Sprintf("a number below 10^%d with at most %d decimals", maxIntegerDigits, maxFractionDigits),
	}
}
