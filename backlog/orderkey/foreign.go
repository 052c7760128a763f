package orderkey

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// FromForeign returns keys for items that come from another tracker, in the order of the keys that they have
// there: the i-th for the item of the i-th foreign key. Items with equal keys get theirs in the order of the
// list. O(n log n). It reads
//
//   - the ranks of Jira, "0|hzzzzz:" and "1|i0002w:rzx": a bucket, six characters, and a
//     fraction, of 0-9 and a-z;
//   - fractional indexes, "a0", "a1V" and "Zz": a character for the length of the integer, the integer,
//     and a fraction that does not end in 0, of 0-9, A-Z and a-z.
//
// Both sort bytewise, as the databases of their trackers do, each among its own.
//
// Errors: an [*IndexError] for each key that is neither, or not of the kind that the first one is;
// [ErrRange] for more than [MaxKeys] keys.
func FromForeign(foreign []string) ([]string, error) {
	fresh, err := Spread("", "", len(foreign))
	if err != nil || len(foreign) == 0 {
		return nil, err
	}
	isForeign, want := isFractional, "a fractional index such as a0"
	if strings.Contains(foreign[0], "|") {
		isForeign, want = isJira, "a rank such as 0|hzzzzz:"
	}
	var problems []error
	order := make([]int, len(foreign))
	for i, key := range foreign {
		if order[i] = i; !isForeign(key) {
			problems = append(problems, &IndexError{Index: i, Err: &KeyError{Key: key, Want: want}})
		}
	}
	if err := field.Join(problems...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(order, func(x, y int) int { return strings.Compare(foreign[x], foreign[y]) })
	keys := make([]string, len(foreign))
	for place, i := range order {
		keys[i] = fresh[place]
	}
	return keys, nil
}

// isJira reports whether a key is a rank of Jira. All have as many characters before the colon, so that
// they sort bytewise.
func isJira(key string) bool {
	const head = len("0|hzzzzz")
	if len(key) <= head || key[0] < '0' || key[0] > '2' || key[1] != '|' || key[head] != ':' {
		return false
	}
	return isMadeOf(key[2:head], lower) && isMadeOf(key[head+1:], lower)
}

// isFractional reports whether a key is a fractional index. Its first character grows with the length of a
// positive integer, a to z for 1 to 26 digits, and falls with that of a negative one, Z to A.
func isFractional(key string) bool {
	if key == "" {
		return false
	}
	var digits int
	switch first := key[0]; {
	case 'a' <= first && first <= 'z':
		digits = int(first-'a') + 1
	case 'A' <= first && first <= 'Z':
		digits = int('Z'-first) + 1
	default:
		return false
	}
	return len(key) > digits && isMadeOf(key[1:], alphabet) && (len(key) == digits+1 || key[len(key)-1] != '0')
}

// lower is what the ranks of Jira are made of.
const lower = "0123456789abcdefghijklmnopqrstuvwxyz"

func isMadeOf(text, characters string) bool {
	return strings.Trim(text, characters) == ""
}
