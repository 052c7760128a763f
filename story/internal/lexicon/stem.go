package lexicon

import (
	"slices"
	"strconv"
	"strings"
)

// stemming is an ending, and what remains of it in a stem.
type stemming struct{ ending, with string }

// Stem returns a word in lower case without the endings that change its form and not its meaning, and a number in
// figures. It is a rough one: stems are compared with each other, never shown.
func (l *Language) Stem(word string) string {
	if n := slices.Index(l.numbers, word); n >= 0 {
		return strconv.Itoa(n)
	}
	const least = 3 // bytes of what remains
	for i := range l.stems {
		s := &l.stems[i]
		rest := len(word) - len(s.ending)
		if rest < least || word[len(word)-1] != s.ending[len(s.ending)-1] || word[rest:] != s.ending {
			continue
		}
		word = word[:rest]
		if s.with != "" {
			word += s.with
		}
		break
	}
	if n := len(word); n > 3 && l.Doubled && word[n-1] == word[n-2] && word[n-1] != 's' && word[n-1] != 'l' {
		return word[:n-1] // stopped, stop
	}
	return strings.TrimSuffix(word, "e")
}
