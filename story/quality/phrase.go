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
	firsts  *lexicon.Lengths // of the keys
}

func newPhrases(l *lexicon.Language, list []string) phrases {
	p := phrases{lang: l, byFirst: make(map[string][][]string, len(list)), firsts: new(lexicon.Lengths)}
	for _, entry := range list {
		if words := tokens(l, entry); len(words) > 0 {
			p.byFirst[words[0]] = append(p.byFirst[words[0]], words[1:])
			p.firsts.Add(words[0])
		}
	}
	return p
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
	for len(p.byFirst) > 0 {
		_, _ = s.Skip(p.firsts)
		w, ok := s.Next()
		if !ok {
			return
		}
		stop, ok := p.at(s.Text, token{lexicon.Fold(text[w.From:w.To]), w.From, w.To, w.Term})
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
