package quality

import (
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// token is one word of a text, in lower case and without punctuation, and where it stands.
type token struct {
	word       string
	start, end int
	term       lexicon.Term
}

// nextToken returns the first word at or after from; false if there is none.
func nextToken(l *lexicon.Language, text string, from int) (token, bool) {
	s := lexicon.Scanner{Text: text, Lang: l, Pos: from}
	w, ok := s.Next()
	if !ok {
		return token{}, false
	}
	return token{lexicon.Fold(text[w.From:w.To]), w.From, w.To, w.Term}, true
}

// phrases finds any of a list of phrases; the key is the first word, the value what may follow it.
type phrases struct {
	lang    *lexicon.Language
	byFirst map[string][][]string
	begins  *[32 * 32]bool // the first two letters of the keys that are of the letters a to z
	others  bool           // there are other keys
}

func newPhrases(l *lexicon.Language, list []string) phrases {
	p := phrases{lang: l, byFirst: make(map[string][][]string, len(list)), begins: new([32 * 32]bool)}
	for _, entry := range list {
		words := tokens(l, entry)
		if len(words) > 0 {
			p.byFirst[words[0]] = append(p.byFirst[words[0]], words[1:])
			if pair, ok := pairOf(words[0]); ok {
				p.begins[pair] = true
			} else {
				p.others = true
			}
		}
	}
	return p
}

// pairOf makes a number of the first two letters of a word in any case; false if they are not of a to z.
func pairOf(word string) (pair int, ok bool) {
	if len(word) < 2 || (word[0]|0x20)-'a' >= 26 || (word[1]|0x20)-'a' >= 26 {
		return 0, false
	}
	return int(word[0]&31)<<5 | int(word[1]&31), true
}

// mayBegin is a quick test for a word that one of the phrases begins with.
func (p phrases) mayBegin(word string) bool {
	if pair, ok := pairOf(word); ok {
		return p.begins[pair]
	}
	return p.others
}

// tokens are the words of a phrase, split as those of a text.
func tokens(l *lexicon.Language, text string) []string {
	var words []string
	for t, ok := nextToken(l, text, 0); ok; t, ok = nextToken(l, text, t.end) {
		words = append(words, t.word)
	}
	return words
}

// at is the end of the longest phrase that begins with t; false if none does.
func (p phrases) at(text string, t token) (end int, ok bool) {
	for _, rest := range p.byFirst[t.word] {
		last, matches := t, true
		for _, word := range rest {
			next, found := nextToken(p.lang, text, last.end)
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
	s := lexicon.Scanner{Text: text[:end], Lang: p.lang, Pos: start}
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		word := text[w.From:w.To]
		if !p.mayBegin(word) {
			continue
		}
		stop, ok := p.at(s.Text, token{lexicon.Fold(word), w.From, w.To, w.Term})
		if !ok {
			continue
		}
		if !found(w.From, stop) {
			return
		}
		s.Pos = stop
	}
}

// has reports whether a phrase occurs in the text.
func (p phrases) has(text string) bool {
	var any bool
	p.in(text, 0, len(text), func(int, int) bool { any = true; return false })
	return any
}
