package exchange

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// DecimalMark is what stands between the whole part of a number and its decimals.
type DecimalMark uint8

// The marks. The zero value leaves it to the file.
const (
	DecimalPoint DecimalMark = iota + 1
	DecimalComma
)

// String returns "decimal point", "decimal comma", or "" for the zero value.
func (m DecimalMark) String() string {
	switch m {
	case 0:
		return ""
	case DecimalPoint:
		return "decimal point"
	case DecimalComma:
		return "decimal comma"
	default:
		return fmt.Sprintf("DecimalMark(%d)", uint8(m))
	}
}

// number is a number as it is written, before it is known what its marks mean.
type number struct {
	digits   string // with points and commas
	negative bool
	exponent int    // of ten: 3 for "12k", or as written in "1e3"
	percent  bool   // followed by a per cent sign
	unit     string // a word behind it, folded: "sp", "hours"
	symbols  bool   // with a currency, a tilde or a suffix: not a plain number
}

// numbers reads the numbers of a file: first it is shown all of them, then it decides.
type numbers struct {
	mark         DecimalMark
	isDecided    bool
	point, comma int // numbers of which only one mark can be the decimal one
	undecided    int
	example      string
}

// observe counts the number for the decimal mark that it must have, if it must have one.
func (n *numbers) observe(one number, text string) {
	switch one.mark() {
	case DecimalPoint:
		n.point++
	case DecimalComma:
		n.comma++
	default:
		if one.isAmbiguous() {
			if n.undecided == 0 {
				n.example = text
			}
			n.undecided++
		}
	}
}

// decide settles the mark, and returns a warning if nothing in the file did.
func (n *numbers) decide(wanted DecimalMark) (warning string) {
	switch {
	case wanted != 0:
		n.mark, n.isDecided = wanted, true
		return ""
	case n.comma > 0 && n.point == 0:
		n.mark, n.isDecided = DecimalComma, true
		return ""
	case n.point > 0 && n.comma == 0:
		n.mark, n.isDecided = DecimalPoint, true
		return ""
	}
	if n.mark = DecimalPoint; n.comma > n.point {
		n.mark = DecimalComma
	}
	if n.undecided == 0 {
		return ""
	}
	return fmt.Sprintf("%s such as %s could have decimals or thousands, and the file does not tell; "+
		"read with a %s, Options.DecimalMark chooses the other", counted(n.undecided, "number", "numbers"), quote(n.example), n.mark)
}

// mark returns which mark of the number must be the decimal one, or 0 if either can be.
func (n number) mark() DecimalMark {
	points, commas := strings.Count(n.digits, "."), strings.Count(n.digits, ",")
	switch {
	case points == 0 && commas == 0:
		return 0
	case points > 0 && commas > 0:
		if strings.LastIndexByte(n.digits, '.') > strings.LastIndexByte(n.digits, ',') {
			return DecimalPoint
		}
		return DecimalComma
	case points > 1: // of thousands
		return DecimalComma
	case commas > 1:
		return DecimalPoint
	case n.isAmbiguous():
		return 0
	case points == 1:
		return DecimalPoint
	default:
		return DecimalComma
	}
}

// isAmbiguous reports whether the only mark of the number could be of thousands: 1.200, but not 0.200.
func (n number) isAmbiguous() bool {
	at := strings.IndexAny(n.digits, ".,")
	if at < 1 || at > 3 || n.digits[0] == '0' || strings.ContainsAny(n.digits[at+1:], ".,") {
		return false
	}
	return len(n.digits)-at-1 == 3
}

// resolve returns the value of a number; the reason is not empty if it has none.
func (n *numbers) resolve(one number) (value decimal.Decimal, reason string) {
	mark := one.mark()
	if mark == 0 {
		mark = n.mark
	}
	point, thousands := ".", ","
	if mark == DecimalComma {
		point, thousands = ",", "."
	}
	whole, fraction, _ := strings.Cut(one.digits, point)
	if strings.Contains(fraction, thousands) || strings.Contains(fraction, point) || !areThousands(whole, thousands) {
		return value, "points and commas that fit no number"
	}
	text := strings.ReplaceAll(whole, thousands, "")
	if fraction != "" {
		text += "." + fraction
	}
	value, err := decimal.NewFromString(text)
	if err != nil {
		return value, "no number"
	}
	if one.negative {
		value = value.Neg()
	}
	return value.Shift(int32(one.exponent)), ""
}

// areThousands reports whether the marks in the whole part of a number stand before groups of three.
func areThousands(whole, mark string) bool {
	parts := strings.Split(whole, mark)
	for i, part := range parts {
		if i > 0 && len(part) != 3 || i == 0 && len(parts) > 1 && (part == "" || len(part) > 3) {
			return false
		}
	}
	return true
}

// The bounds of a number that is read.
const (
	maxNumber   = 80 // bytes
	maxExponent = 30
)

// isNone reports whether a cell of numbers states that there is none.
func isNone(text string) bool {
	if len(text) > 2*maxNumber || text[0] >= '0' && text[0] <= '9' {
		return false
	}
	switch fold(text) {
	case "na", "none", "null", "nil":
		return true
	}
	return strings.Trim(trim(text), "-–—") == "" // a dash
}

// parseNumber takes a number apart. The reason is not empty if it is none.
func parseNumber(text string) (n number, reason string) {
	text = trim(text)
	if len(text) > maxNumber {
		return n, "no number"
	}
	rest := strings.TrimLeft(text, "~≈<>$€£¥ \u00A0'")
	if rest != text && rest == "" {
		return n, "no number"
	}
	n.symbols = rest != text
	if negative, ok := cutMinus(rest); ok {
		n.negative, rest = true, strings.TrimLeft(negative, "$€£¥ \u00A0")
	} else {
		rest = strings.TrimPrefix(rest, "+")
	}
	rest = n.cutDigits(rest)
	if n.digits == "" {
		return n, "no number"
	}
	if rest = n.cutExponent(rest); rest == "" {
		return n, ""
	}
	n.symbols = true
	rest = trim(rest)
	if first, size := utf8.DecodeRuneInString(rest); strings.ContainsRune("-–—", first) {
		if next := trim(rest[size:]); next != "" && next[0] >= '0' && next[0] <= '9' {
			return n, "a range, not a number"
		}
	}
	switch word := strings.ToLower(rest); {
	case word == "%":
		n.percent = true
	case strings.Trim(word, "$€£¥") == "":
	case word == "k":
		n.exponent += 3
	case word == "m":
		n.exponent += 6
	case strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(" .-", r) }):
		return n, "no number"
	default:
		n.unit = fold(word)
	}
	return n, ""
}

func cutMinus(text string) (string, bool) {
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		return rest, true
	}
	return strings.CutPrefix(text, "−")
}

// cutDigits takes digits with their marks off the text. Between digits, an apostrophe and spaces that do not
// break, or that stand before three digits, are marks of thousands without a doubt.
func (n *number) cutDigits(text string) (rest string) {
	var digits strings.Builder
	i, seen := 0, 0
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r >= '0' && r <= '9':
			digits.WriteByte(byte(r))
			seen++
		case r == '.' || r == ',':
			if j := i + 1; j >= len(text) || text[j] < '0' || text[j] > '9' {
				n.digits = digits.String()
				return text[i:]
			}
			digits.WriteByte(byte(r))
		case (r == '\'' || r == '’' || r == ' ' || r == '\u00A0' || r == '\u202F') && seen > 0 && isGroup(text[i+size:]):
			n.symbols = true
		default:
			n.digits = digits.String()
			return text[i:]
		}
		i += size
	}
	if seen == 0 {
		return text
	}
	n.digits = digits.String()
	return ""
}

// isGroup reports whether the text begins with exactly three digits.
func isGroup(text string) bool {
	n := 0
	for n < len(text) && n < 4 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n == 3
}

// cutExponent takes e5 or E-5 off the text behind the digits.
func (n *number) cutExponent(text string) string {
	if len(text) < 2 || text[0] != 'e' && text[0] != 'E' {
		return text
	}
	rest, sign := text[1:], 1
	if rest[0] == '+' || rest[0] == '-' {
		if rest[0] == '-' {
			sign = -1
		}
		rest = rest[1:]
	}
	value, digits := 0, 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' && digits < 4 {
		value = value*10 + int(rest[digits]-'0')
		digits++
	}
	if digits == 0 || value > maxExponent {
		return text
	}
	n.exponent += sign * value
	return rest[digits:]
}
