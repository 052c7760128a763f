package lexicon

import "strings"

// phrases finds phrases that announce a part; each has a number.
type phrases struct {
	language *Language
	class    Class      // of first words
	byFirst  [][]phrase // by the entry of the first word
}

type phrase struct {
	rest   [][]string // forms of each word behind the first; "" for one that may be left out
	comma  int        // before which of them a comma may stand, 0 for none
	number int
}

func newPhrases(l *Language, class Class) phrases { return phrases{language: l, class: class} }

// add takes a phrase and its number: words with a space between them, forms of a word with "/", and in brackets what
// may be left out.
func (p *phrases) add(text string, number int) {
	words := strings.Fields(text)
	all := phrase{number: number}
	for _, word := range words[1:] {
		forms := strings.Split(strings.Trim(word, "[]~"), "/")
		if word[0] == '~' {
			all.comma = len(all.rest) + 1
		}
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
func (p *phrases) at(s *Scanner, w Word) (m Marker, number int, ok bool) {
	if !p.language.Has(w, p.class) || int(w.entry) >= len(p.byFirst) {
		return m, 0, false
	}
	var end Scanner
	all := p.byFirst[w.entry]
	for i := range all {
		one := &all[i]
		found, ahead, matches := one.matches(*s, w)
		if matches && (!ok || found.To > m.To) {
			m, number, ok, end = found, one.number, true, ahead
		}
	}
	if ok {
		*s = end
	}
	return m, number, ok
}

func (p *phrase) matches(s Scanner, w Word) (m Marker, end Scanner, ok bool) {
	m = MarkerAt(w)
	for i, forms := range p.rest {
		ahead := s
		next, more := ahead.Next()
		word := ""
		if more && (p.comma == i+1 || !Breaks(s.Text, w, next)) {
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
