package prioritize

import (
	"fmt"
	"strings"
)

// words are the text forms of an enumeration, in the order of its values from 1 on.
type words []string

// of returns the text form of a value, or "Kind(7)" where there is none.
func (w words) of(kind string, value uint8) string {
	if value == 0 || int(value) > len(w) {
		return fmt.Sprintf("%s(%d)", kind, value)
	}
	return w[value-1]
}

// check refuses a value without a text form.
func (w words) check(field, kind string, value uint8) *FieldError {
	if value == 0 || int(value) > len(w) {
		return &FieldError{Field: field, Value: w.of(kind, value), Want: w.list()}
	}
	return nil
}

// marshal writes a value.
func (w words) marshal(field, kind string, value uint8) ([]byte, error) {
	if err := w.check(field, kind, value); err != nil {
		return nil, err
	}
	return []byte(w[value-1]), nil
}

// parse reads a value, in any letter case and with words joined by "-", "_" or a space.
func (w words) parse(field, text string) (uint8, error) {
	for i, word := range w {
		if plainWord(text) == plainWord(word) {
			return uint8(i + 1), nil
		}
	}
	return 0, &FieldError{Field: field, Value: text, Want: w.list()}
}

// list reads "a, b or c".
func (w words) list() string {
	last := len(w) - 1
	return strings.Join(w[:last], ", ") + " or " + w[last]
}

// plainWord is s in lower case, its words joined by "-".
func plainWord(s string) string {
	return strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(strings.TrimSpace(s)))
}
