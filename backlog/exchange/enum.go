package exchange

import (
	"slices"
	"strings"
)

// indexText finds the text form of a value of an enum.
func indexText(enum string, text []byte, known []string) (int, error) {
	if i := slices.Index(known, string(text)); i >= 0 {
		return i, nil
	}
	return 0, unknownText(enum, string(text), known)
}

func unknownText(enum, text string, known []string) error {
	last := len(known) - 1
	return &Error{
		Problem: enum + " is " + quote(text),
		Want:    strings.Join(known[:last], ", ") + " or " + known[last],
		class:   ErrInvalid,
	}
}
