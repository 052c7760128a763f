package quality

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// token is one word of a text, in lower case and without punctuation, and where it stands.
type token struct {
	word       string
	start, end int
}

// nextToken returns the first word at or after from; false if there is none.
func nextToken(text string, from int) (token, bool) {
	s := lexicon.Scanner{Text: text, Pos: from, Plain: true}
	w, ok := s.Next()
	if !ok {
		return token{}, false
	}
	return token{lexicon.Fold(text[w.From:w.To]), w.From, w.To}, true
}

// phrases finds any of a list of phrases; the key is the first word, the value what may follow it.
type phrases map[string][][]string

func newPhrases(list []string) phrases {
	p := make(phrases, len(list))
	for _, entry := range list {
		words := strings.Fields(strings.ToLower(entry))
		if len(words) > 0 {
			p[words[0]] = append(p[words[0]], words[1:])
		}
	}
	return p
}

// at is the end of the longest phrase that begins with t; false if none does.
func (p phrases) at(text string, t token) (end int, ok bool) {
	for _, rest := range p[t.word] {
		last, matches := t, true
		for _, word := range rest {
			next, found := nextToken(text, last.end)
			if !found || next.word != word {
				matches = false
				break
			}
			last = next
		}
		if matches && last.end > end {
			end, ok = last.end, true
		}
	}
	return end, ok
}

// in calls found for each phrase between start and end, from left to right, without overlap, until
// it returns false.
func (p phrases) in(text string, start, end int, found func(start, end int) bool) {
	text = text[:end]
	for t, ok := nextToken(text, start); ok; t, ok = nextToken(text, start) {
		start = t.end
		if stop, ok := p.at(text, t); ok {
			if !found(t.start, stop) {
				return
			}
			start = stop
		}
	}
}

// has reports whether a phrase occurs in the text.
func (p phrases) has(text string) bool {
	var any bool
	p.in(text, 0, len(text), func(int, int) bool { any = true; return false })
	return any
}
