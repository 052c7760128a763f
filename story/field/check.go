package field

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// The bounds of a text. A longer one is an error, never cut.
const (
	MaxTitle = 500     // bytes in a title, name or label
	MaxText  = 100_000 // bytes in any other text
)

// CheckTitle returns nil if text can be a title, name or label, and an [*Error] if not. A title is
// 1 to [MaxTitle] bytes of UTF-8 on one line, not blank, without control characters.
func CheckTitle(pkg, field, text string) error {
	switch {
	case len(text) > MaxTitle:
	case isPlain(text):
		return nil
	case strings.TrimSpace(text) == "":
	case !utf8.ValidString(text), strings.ContainsFunc(text, unicode.IsControl):
	default:
		return nil
	}
	return New(pkg, field, text, fmt.Sprintf("1 to %d bytes of text on one line", MaxTitle))
}

// isPlain reports whether text is printable ASCII that begins with no space: what most titles are, at a
// tenth of the time that it takes to look at characters.
func isPlain(text string) bool {
	if text == "" || text[0] == ' ' {
		return false
	}
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; len(text) >= 8; text = text[8:] { // eight at once: a high bit is left where a byte is below ' ' or above '~'
		w := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
		if ((w-' '*ones)|(w+ones)|w)&high != 0 {
			return false
		}
	}
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// CheckName is [CheckTitle] for a name that may be left out: the empty text is fine.
func CheckName(pkg, field, text string) error {
	if text == "" {
		return nil
	}
	return CheckTitle(pkg, field, text)
}

// CheckText returns nil if text, which may be empty, is UTF-8 of at most [MaxText] bytes without
// NUL, and an [*Error] if not.
func CheckText(pkg, field, text string) error {
	if text == "" || len(text) <= MaxTitle && isPlain(text) || len(text) <= MaxText && utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return nil
	}
	return New(pkg, field, text, fmt.Sprintf("at most %d bytes of UTF-8 text", MaxText))
}

// IsBlank reports whether there is nothing to be seen in text: it is empty, or all of it is space, control
// characters and characters that are not drawn.
func IsBlank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) &&
			!unicode.Is(unicode.Variation_Selector, r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
	})
}

// CheckGiven returns an [*Error] that wants what want describes, "a sentence", if text is blank.
func CheckGiven(pkg, field, text, want string) error {
	if strings.TrimSpace(text) != "" {
		return nil
	}
	return New(pkg, field, text, want)
}

// CheckRequired is [CheckGiven] and [CheckText] for a text that must be given.
func CheckRequired(pkg, field, text, want string) error {
	if len(text) <= MaxTitle && isPlain(text) {
		return nil
	}
	if err := CheckGiven(pkg, field, text, want); err != nil {
		return err
	}
	return CheckText(pkg, field, text)
}

// CheckReason is [CheckRequired] for the reason of a change, of which something has to be seen, see [IsBlank].
func CheckReason(pkg, field, text string) error {
	const want = "a reason, it is required and kept"
	if IsBlank(text) {
		return New(pkg, field, text, want)
	}
	return CheckText(pkg, field, text)
}

// CheckID returns an [*Error] if id is the zero value of an identity.
func CheckID[ID interface{ IsZero() bool }](pkg, field string, id ID) error {
	if !id.IsZero() {
		return nil
	}
	return New(pkg, field, "", "a UUID made by the caller")
}

// The bounds of a number that describes the product: a metric's value, a capacity, an amount.
const (
	maxIntegerDigits  = 18
	maxFractionDigits = 12
)

// CheckNumber returns nil if number is below 10^18 in size and has at most 12 decimals, and an
// [*Error] if not. It looks at the exponent first and never writes out a huge number.
func CheckNumber(pkg, field string, number decimal.Decimal) error {
	digits, exponent := number.NumDigits(), int(number.Exponent())
	if exponent >= -maxFractionDigits && digits+exponent <= maxIntegerDigits {
		return nil
	}
	return New(pkg, field, NumberText(number),
		fmt.Sprintf("a number below 10^%d with at most %d decimals", maxIntegerDigits, maxFractionDigits))
}

// NumberText returns number in digits, or words instead if it has too many of them to read.
func NumberText(number decimal.Decimal) string {
	if !IsReadable(number) {
		return "a number beyond reading"
	}
	return number.String()
}

// IsReadable reports whether number has at most 60 digits, before and after the point: what can be
// calculated with and written out at once, unlike a decimal with an exponent of a thousand million.
func IsReadable(number decimal.Decimal) bool {
	const most = 60
	e := number.Exponent()
	return -most <= e && e <= most && number.NumDigits() <= most
}

// CheckWhole returns nil if n is from low to high, and an [*Error] if not.
func CheckWhole(pkg, field string, n, low, high int) error {
	if low <= n && n <= high {
		return nil
	}
	return New(pkg, field, strconv.Itoa(n), fmt.Sprintf("%d to %d", low, high))
}

// CheckLen returns an [*Error] if a list has more than limit items.
func CheckLen(pkg, field string, n, limit int) error {
	if n <= limit {
		return nil
	}
	return New(pkg, field, strconv.Itoa(n), fmt.Sprintf("at most %d of them", limit))
}

// CheckList validates every item of a list, which may have at most limit items, each with an id of
// its own. The errors of item i get the prefix "field[i].". O(items).
func CheckList[E interface{ Validate() error }, ID interface {
	comparable
	fmt.Stringer
}](pkg, field string, items iter.Seq2[int, E], limit int, id func(E) ID) error {
	var errs []error
	var seen ids[ID]
	count := 0
	for i, item := range items {
		if count++; count > limit {
			continue
		}
		if err := item.Validate(); err != nil {
			errs = append(errs, Within(Index(field, i), err))
		}
		if own := id(item); !seen.add(own) {
			errs = append(errs, New(pkg, Index(field, i)+".id", own.String(), "an id of its own"))
		}
	}
	if err := CheckLen(pkg, field, count, limit); err != nil {
		return err
	}
	return Join(errs...)
}

// ids is a set of ids. The first few are compared one by one, without a map: most lists are short.
type ids[ID comparable] struct {
	few  [8]ID
	n    int // of few
	many map[ID]bool
}

// add reports whether id was not in the set, and puts it in.
func (s *ids[ID]) add(id ID) bool {
	for i := range s.n {
		if s.few[i] == id {
			return false
		}
	}
	switch {
	case s.n < len(s.few):
		s.few[s.n] = id
		s.n++
		return true
	case s.many == nil:
		s.many = make(map[ID]bool)
	}
	if s.many[id] {
		return false
	}
	s.many[id] = true
	return true
}
