package prioritize

import (
	"fmt"
	"strings"
)

// enum holds the text forms of an enumeration, in the order of its values from 1 on. The zero value of an
// enumeration is unset.
type enum[E ~uint8] struct {
	kind  string       // the name of the type
	field string       // what an error calls a value
	texts []string     // the text forms
	also  map[string]E // further spellings that are read, as plainWord returns them
	plain func(string) string
}

// plainer sets what brings a text into the form in which it is compared, in place of plainWord.
func (e enum[E]) plainer(plain func(string) string) *enum[E] {
	e.plain = plain
	return &e
}

// text returns the text form of a value, or "Kind(7)" if there is none.
func (e *enum[E]) text(value E) string {
	if value == 0 || int(value) > len(e.texts) {
		return fmt.Sprintf("%s(%d)", e.kind, uint8(value))
	}
	return e.texts[value-1]
}

// check returns an error about a field unless value has a text form.
func (e *enum[E]) check(field string, value E) *FieldError {
	if value == 0 || int(value) > len(e.texts) {
		return &FieldError{Field: field, Value: e.text(value), Want: e.list()}
	}
	return nil
}

func (e *enum[E]) marshal(value E) ([]byte, error) {
	if err := e.check(e.field, value); err != nil {
		return nil, err
	}
	return []byte(e.texts[value-1]), nil
}

// unmarshal sets to if text is a text form or another spelling of one.
func (e *enum[E]) unmarshal(text []byte, to *E) error {
	plain := e.plain
	if plain == nil {
		plain = plainWord
	}
	word := plain(string(text))
	for i, form := range e.texts {
		if word == plain(form) {
			*to = E(i + 1)
			return nil
		}
	}
	if value, ok := e.also[word]; ok {
		*to = value
		return nil
	}
	return &FieldError{Field: e.field, Value: string(text), Want: e.list()}
}

// list returns "a, b or c".
func (e *enum[E]) list() string {
	last := len(e.texts) - 1
	return strings.Join(e.texts[:last], ", ") + " or " + e.texts[last]
}

// plainWord returns s in lower case, its words joined by "-".
func plainWord(s string) string {
	return strings.NewReplacer("_", "-", " ", "-").Replace(strings.ToLower(strings.TrimSpace(s)))
}
