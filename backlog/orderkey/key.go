package orderkey

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// MaxLength is the greatest length of a key, in bytes.
const MaxLength = 64

// The characters of a key in byte order. Of these the first and the last six announce a number of
// one to six digits more, negative and positive; the others are the numbers near zero themselves.
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

const (
	base      = int64(len(alphabet))
	maxDigits = 6
	smallest  = -25 // of the numbers that take one character
	largest   = 24
	zero      = maxDigits - smallest // the character of the number 0

	// The numbers of one to six digits.
	count = base + base*base + base*base*base + base*base*base*base +
		base*base*base*base*base + base*base*base*base*base*base
	// The ends of the range. A key does not end in lowest: nothing would fit before it.
	lowest  = smallest - count
	highest = largest + count
)

// Validate returns a [*KeyError] unless this package could have made the key.
// The empty string is no key, though [Between] and [Spread] take it for the end of the list.
func Validate(key string) error {
	_, err := parse(key)
	return err
}

// Check returns an error unless each of the keys, in the order of their items, is valid and greater than
// the one before it. The error joins an [*IndexError] for each problem. It costs O(n).
func Check(keys []string) error {
	return field.Join(check(keys, 0)...)
}

// check is [Check] for keys of which the first is at position from.
func check(keys []string, from int) []error {
	var problems []error
	for i, key := range keys {
		if err := Validate(key); err != nil {
			problems = append(problems, &IndexError{Index: from + i, Err: err})
		} else if i > 0 && keys[i-1] >= key {
			err := &OrderError{Before: keys[i-1], After: key}
			problems = append(problems, &IndexError{Index: from + i, Err: err})
		}
	}
	return problems
}

// parse returns the path of numbers that a key stands for.
func parse(key string) ([]int64, error) {
	if key == "" {
		return nil, &KeyError{Key: key, Want: "at least one character"}
	}
	if len(key) > MaxLength {
		return nil, &KeyError{Key: key, Want: "at most 64 characters"}
	}
	path := make([]int64, 0, len(key))
	for rest := key; rest != ""; {
		digits := extra(strings.IndexByte(alphabet, rest[0]))
		if len(rest) <= digits {
			return nil, &KeyError{Key: key, Want: "all digits that its last number announces"}
		}
		number, ok := decode(rest[:digits+1])
		if !ok {
			return nil, &KeyError{Key: key, Want: "only 0-9, A-Z, a-z"}
		}
		path = append(path, number)
		rest = rest[digits+1:]
	}
	if path[len(path)-1] == lowest {
		return nil, &KeyError{Key: key, Want: "an end other than 0000000, before which nothing fits"}
	}
	return path, nil
}

// extra is how many digits follow a first character; 0 as well for one that is not in the alphabet.
func extra(first int) int {
	switch {
	case first < 0:
		return 0
	case first < maxDigits:
		return maxDigits - first
	default:
		return max(0, first-(len(alphabet)-1-maxDigits))
	}
}

// decode reads one number, whose digits are all there. It reports whether they are digits.
func decode(text string) (int64, bool) {
	first := strings.IndexByte(alphabet, text[0])
	if first < 0 {
		return 0, false
	}
	if len(text) == 1 {
		return int64(first - zero), true
	}
	value, offset, size := int64(0), int64(0), int64(1)
	for _, c := range []byte(text[1:]) {
		digit := strings.IndexByte(alphabet, c)
		if digit < 0 {
			return 0, false
		}
		value = value*base + int64(digit)
		offset += size
		size *= base
	}
	offset-- // base + base^2 + ... for the shorter numbers
	if first < zero {
		return smallest - 1 - offset - (size - 1 - value), true
	}
	return largest + 1 + offset + value, true
}

// encode appends one number in the range lowest to highest.
func encode(text []byte, number int64) []byte {
	if smallest <= number && number <= largest {
		return append(text, alphabet[zero+number])
	}
	negative := number < 0
	value := number - largest - 1
	if negative {
		value = smallest - 1 - number
	}
	digits, size := 1, base
	for value >= size {
		value -= size
		size *= base
		digits++
	}
	first := len(alphabet) - 1 - maxDigits + digits
	if negative {
		value = size - 1 - value
		first = maxDigits - digits
	}
	text = append(text, alphabet[first])
	for size /= base; size > 0; size /= base {
		text = append(text, alphabet[value/size%base])
	}
	return text
}

// width is the length of a number's text.
func width(number int64) int {
	var room [maxDigits + 1]byte
	return len(encode(room[:0], number))
}
