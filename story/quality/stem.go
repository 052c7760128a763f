package quality

import (
	"slices"
	"strconv"
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// stem is a word without the endings that change its form and not its meaning, and a number in figures. It is
// a rough one: stems are compared with each other, never shown.
func stem(l *lexicon.Language, word string) string {
	if n := slices.Index(l.NumberWords(), word); n >= 0 {
		return strconv.Itoa(n)
	}
	for _, end := range l.Stems {
		ending, with, _ := strings.Cut(end, "=")
		if rest := strings.TrimSuffix(word, ending); rest != word && len(rest) > 2 {
			word = rest + with
			break
		}
	}
	if n := len(word); n > 3 && word[n-1] == word[n-2] && l.Doubled && word[n-1] != 's' && word[n-1] != 'l' {
		return word[:n-1] // stopped, stop
	}
	return strings.TrimSuffix(word, "e")
}

// quoted is a text in quotes, cut behind a word if it is too long for a message.
func quoted(text string) string {
	const most = 60
	if len(text) <= most {
		return `"` + text + `"`
	}
	cut := strings.LastIndexByte(text[:most], ' ')
	if cut < 0 {
		cut = most
		for cut > 0 && text[cut]&0xc0 == 0x80 {
			cut--
		}
	}
	return `"` + text[:cut] + ` ..."`
}
