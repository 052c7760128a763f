package field

import (
	"fmt"
	"strings"
	"unicode"
)

// Enum holds the text forms of an enumeration E: a small integer type whose zero value is unset and
// whose other values count from 1. The text is the contract in JSON and databases; the numbers are
// not. An enumeration keeps its Enum in a variable and implements its methods by it:
//
//	type Verdict uint8
//
//	const (
//		Met Verdict = iota + 1
//		Unmet
//	)
//
//	var verdicts = field.EnumOf[Verdict]("story", "Verdict", "met", "unmet")
//
//	func (v Verdict) IsValid() bool                       { return verdicts.IsValid(v) }
//	func (v Verdict) String() string                      { return verdicts.String(v) }
//	func (v Verdict) MarshalText() ([]byte, error)        { return verdicts.MarshalText(v) }
//	func (v *Verdict) UnmarshalText(text []byte) error    { return verdicts.UnmarshalText(v, text) }
type Enum[E ~uint8] struct {
	pkg, kind string
	texts     []string // by value; the first is "", unset
}

// EnumOf returns the Enum of a type called kind in package pkg, whose values from 1 have these texts.
func EnumOf[E ~uint8](pkg, kind string, texts ...string) Enum[E] {
	return Enum[E]{pkg, kind, append([]string{""}, texts...)}
}

// IsValid reports whether v is one of the enumerated values. Unset is not one of them.
func (e Enum[E]) IsValid(v E) bool { return v > 0 && int(v) < len(e.texts) }

// String returns the text of v: "" if it is unset, "Verdict(7)" if it is unknown.
func (e Enum[E]) String(v E) string {
	if int(v) >= len(e.texts) {
		return fmt.Sprintf("%s(%d)", e.kind, uint8(v))
	}
	return e.texts[v]
}

// MarshalText returns the text of v, empty if it is unset, and an [*Error] if v is unknown.
func (e Enum[E]) MarshalText(v E) ([]byte, error) {
	if err := e.Check(e.field(), v); err != nil {
		return nil, err
	}
	return []byte(e.texts[v]), nil
}

// UnmarshalText sets v to the value that has this text; the empty text is unset. It returns an
// [*Error] for any other text and leaves v as it was.
func (e Enum[E]) UnmarshalText(v *E, text []byte) error {
	for i, known := range e.texts {
		if string(text) == known {
			*v = E(i)
			return nil
		}
	}
	return New(e.pkg, e.field(), string(text[:min(len(text), maxValue+1)]), e.want())
}

// Check returns nil if v is unset or one of the enumerated values, and an [*Error] if not.
func (e Enum[E]) Check(field string, v E) error {
	if v == 0 || e.IsValid(v) {
		return nil
	}
	return New(e.pkg, field, e.String(v), e.want())
}

// CheckSet is [Enum.Check] for a value that must not be unset.
func (e Enum[E]) CheckSet(field string, v E) error {
	if e.IsValid(v) {
		return nil
	}
	return New(e.pkg, field, e.String(v), e.want())
}

func (e Enum[E]) want() string { return "one of " + strings.Join(e.texts[1:], ", ") }

// field returns the kind as a field is written in JSON: "goal_status".
func (e Enum[E]) field() string {
	var name strings.Builder
	for i, r := range e.kind {
		if unicode.IsUpper(r) && i > 0 {
			name.WriteByte('_')
		}
		name.WriteRune(unicode.ToLower(r))
	}
	return name.String()
}

// Severity is how much a finding about a value matters. It grades what is allowed; what is not
// allowed is an [Error]. The zero value is unset.
type Severity uint8

// The severities, mildest first.
const (
	Hint    Severity = iota + 1 // worth a look; often fine
	Warning                     // should be mended
	Defect                      // can't be used as it is
)

var severities = EnumOf[Severity]("field", "Severity", "hint", "warning", "defect")

// IsValid reports whether s is one of the three severities.
func (s Severity) IsValid() bool { return severities.IsValid(s) }

// String returns "hint", "warning" or "defect".
func (s Severity) String() string { return severities.String(s) }

// MarshalText returns the text form.
func (s Severity) MarshalText() ([]byte, error) { return severities.MarshalText(s) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *Severity) UnmarshalText(text []byte) error { return severities.UnmarshalText(s, text) }
