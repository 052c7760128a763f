package prioritize

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

const wantDecimal = "a decimal number"

// ParseDecimal reads the number of a field from text, as a spreadsheet or a form has it. What is no
// number, such as "NaN", "Infinity" or nothing, and what is outside the bounds of the package, is a
// [*FieldError]. Space around the number is ignored.
func ParseDecimal(field, s string) (decimal.Decimal, error) {
	if len(s) > bounds.TextLength {
		return decimal.Decimal{}, &FieldError{Field: field, Value: bounds.Quote(s), Want: wantDecimal}
	}
	d, err := decimal.NewFromString(strings.TrimSpace(s))
	if err != nil {
		return decimal.Decimal{}, &FieldError{Field: field, Value: bounds.Quote(s), Want: wantDecimal}
	}
	if err := checkBounds(field, d); err != nil {
		return decimal.Decimal{}, err
	}
	return d, nil
}

// UnmarshalJSON reads an assessment. Every value that cannot be read, such as a number that is
// "NaN" or a category that does not exist, is a [*FieldError]; they are joined in the order of
// their names. a is changed only when all can be read.
func (a *Assessment) UnmarshalJSON(data []byte) error {
	type plain Assessment
	try := func(data []byte) (plain, error) {
		var p plain
		err := json.Unmarshal(data, &p)
		return p, err
	}
	p, err := try(data)
	if err != nil {
		return fault.Join(blame("", data, func(data []byte) error {
			_, err := try(data)
			return err
		})...)
	}
	*a = Assessment(p)
	return nil
}

// blame returns an error for each value in data that cannot be read, by reading one value of an
// object or array at a time. try reads data in its place in the whole. It goes down where an object
// or array belongs, hence no deeper than the inputs are nested, whatever the data.
func blame(field string, data []byte, try func([]byte) error) []error {
	err := try(data)
	if err == nil {
		return nil
	}
	var errs []error
	var object map[string]json.RawMessage
	var array []json.RawMessage
	switch {
	case json.Unmarshal(data, &object) == nil && try([]byte("{}")) == nil:
		for _, key := range slices.Sorted(maps.Keys(object)) {
			name := key
			if field != "" {
				name = field + "." + key
			}
			errs = append(errs, blame(name, object[key], func(data []byte) error {
				return try(fmt.Appendf(nil, "{%s:%s}", quoted(key), data))
			})...)
		}
	case json.Unmarshal(data, &array) == nil && try([]byte("[]")) == nil:
		for i, element := range array {
			errs = append(errs, blame(fmt.Sprintf("%s[%d]", field, i), element, func(data []byte) error {
				return try(fmt.Appendf(nil, "[%s]", data))
			})...)
		}
	}
	if len(errs) > 0 {
		return errs
	}
	value := string(data)
	_ = json.Unmarshal(data, &value) // what is no text is shown as it is written
	return []error{&FieldError{Field: field, Value: bounds.Quote(value), Want: wanted(err)}}
}

func quoted(key string) []byte {
	text, err := json.Marshal(key)
	if err != nil {
		return []byte(`""`)
	}
	return text
}

// wanted returns what a decoder that failed would have read.
func wanted(err error) string {
	var field *FieldError
	if errors.As(err, &field) {
		return field.Want
	}
	var instant *time.ParseError
	if errors.As(err, &instant) {
		return "an instant such as 2026-03-01T12:00:00Z"
	}
	var mismatch *json.UnmarshalTypeError
	if !errors.As(err, &mismatch) {
		return wantDecimal
	}
	switch mismatch.Type.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.String, reflect.Uint8: // a number where a word of an enumeration belongs
		return "a text"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Slice:
		return "an array"
	default:
		return "an object"
	}
}
