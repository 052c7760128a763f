package exchange

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Value is a cell that no field of an [Item] holds, under the name of its column. A column that stands
// many times in a file gives many values of one name.
type Value struct {
	Name string    `json:"name"`
	Type ValueType `json:"type"`
	Text string    `json:"text"` // a number as [decimal.NewFromString] takes it, an instant as RFC 3339, yes or no as "true" or "false"
}

// Number returns the number of a value of type [Number].
func (v Value) Number() (decimal.Decimal, bool) {
	if v.Type != Number {
		return decimal.Decimal{}, false
	}
	number, err := decimal.NewFromString(v.Text)
	return number, err == nil
}

// Time returns the instant of a value of type [Instant].
func (v Value) Time() (time.Time, bool) {
	if v.Type != Instant {
		return time.Time{}, false
	}
	instant, err := time.Parse(time.RFC3339Nano, v.Text)
	return instant, err == nil
}

// ValueType is the type of a [Value]. All values of a column are of one type.
type ValueType uint8

// The types of values. The zero value is invalid.
const (
	Text ValueType = iota + 1
	Number
	Instant
	Flag // true or false
)

var valueTypeTexts = [...]string{Text: "text", Number: "number", Instant: "instant", Flag: "flag"}

// IsValid reports whether t is one of the four types.
func (t ValueType) IsValid() bool { return t >= Text && t <= Flag }

// String returns the text form: "text", "number", "instant" or "flag".
func (t ValueType) String() string {
	if !t.IsValid() {
		return fmt.Sprintf("ValueType(%d)", uint8(t))
	}
	return valueTypeTexts[t]
}

// MarshalText returns the text form.
func (t ValueType) MarshalText() ([]byte, error) {
	if !t.IsValid() {
		return nil, unknownText("value type", t.String(), valueTypeTexts[1:])
	}
	return []byte(valueTypeTexts[t]), nil
}

// UnmarshalText reads the text form; t stays as it was on an error.
func (t *ValueType) UnmarshalText(text []byte) error {
	i, err := indexText("value type", text, valueTypeTexts[1:])
	if err == nil {
		*t = ValueType(i + 1)
	}
	return err
}
