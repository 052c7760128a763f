package lexicon

import "strings"

// phrases finds phrases that announce a part; each has something to be known about it.
type phrases[T any] struct {
	language *Language
	class    Class         // of first words
	byFirst  [][]phrase[T] // by the entry of the first word
}

type phrase[T any] struct {
	rest  [][]string // forms of each word behind the first; "" for one that may be left out
	about T
}

func newPhrases[T any](l *Language, class Class) phrases[T] {
	return phrases[T]{language: l, class: class}
}

// add takes a phrase: words with a space between them, forms of a word with "/", and in brackets what
// may be left out.
func (p *phrases[T]) add(text string, about T) {
	words := strings.Fields(text)
	all := phrase[T]{about: about}
	for _, word := range words[1:] {
		forms := strings.Split(strings.Trim(word, "[]"), "/")
		if word[0] == '[' {
			forms = append(forms, "")
		}
		all.rest = append(all.rest, forms)
	}
	for _, first := range strings.Split(words[0], "/") {
		p.language.words.add(first).is |= p.class
		i := p.language.words.at(first)
		p.byFirst = put(p.byFirst, i, all)
	}
}

// at reads the longest phrase that begins with w, where s continues; false if none does. Between its
// words there is no punctuation.
func (p *phrases[T]) at(s *Scanner, w Word) (m Marker, about T, ok bool) {
	if !p.language.Has(w, p.class) || int(w.entry) >= len(p.byFirst) {
		return m, about, false
	}
	var end Scanner
	all := p.byFirst[w.entry]
	for i := range all {
		one := &all[i]
		found, ahead, matches := one.matches(*s, w)
		if matches && (!ok || found.To > m.To) {
			m, about, ok, end = found, one.about, true, ahead
		}
	}
	if ok {
		*s = end
	}
	return m, about, ok
}

func (p *phrase[T]) matches(s Scanner, w Word) (m Marker, end Scanner, ok bool) {
	m = MarkerAt(w)
	for _, forms := range p.rest {
		ahead := s
		next, more := ahead.Next()
		word := ""
		if more && !Breaks(s.Text, w, next) {
			word = Fold(s.Text[next.From:next.To])
		}
		found, optional := false, false
		for _, form := range forms {
			found = found || form == word && word != ""
			optional = optional || form == ""
		}
		if !found && optional {
			continue
		}
		if !found {
			return m, s, false
		}
		m.Extend(next)
		s, w = ahead, next
	}
	return m, s, true
}
