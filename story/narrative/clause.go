package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// history is the last words of a goal before a clause.
type history struct {
	text  string
	words [8]lexicon.Word // in a circle
	n     int
	inner bool // in a clause of a noun or a verb: its own clauses belong to it
}

// longest is how many words before a clause are looked at.
const longest = 5

func (h *history) add(w lexicon.Word) {
	h.words[h.n%len(h.words)] = w
	h.n++
}

// word returns the word that i others follow, the zero word if there is none.
func (h *history) word(i int) lexicon.Word {
	if i >= h.n {
		return lexicon.Word{}
	}
	return h.words[(h.n-1-i)%len(h.words)]
}

// lower returns its letters.
func (h *history) lower(i int) string {
	const most = 32 // bytes: what is longer is in no list
	w := h.word(i)
	return lexicon.Fold(h.text[w.From:min(w.To, w.From+most)])
}

func (h *history) last() lexicon.Word { return h.word(0) }

// isCondition reports whether c, in a goal, opens a condition that lasts to the end of the goal. It
// does not if the clause is the object of a verb ("know when"), belongs to a noun ("a list where I
// can"), or is a comparison.
func (p *parser) isCondition(c lexicon.Clause, before *history, opens bool, end int) bool {
	if c.Kind == 0 || c.Kind == lexicon.Cause || before.inner || !c.HasVerb(p.scan(0), end) || p.goesOn(c, end) {
		return false
	}
	switch c.Kind {
	case lexicon.Temporal:
		if next, _ := p.scan(c.End).Peek(); p.lang.Has(next, lexicon.Dates) && !lexicon.Breaks(p.text, c.Word(), next) {
			return false // "know until when I may pay"
		}
	case lexicon.Manner:
		for i := range longest {
			if p.lang.Has(before.word(i), lexicon.Compares) {
				return false
			}
		}
	case lexicon.Place:
		return opens && !before.hasNoun(p.lang) && !p.lang.Capitals
	case lexicon.Participle:
		return p.isDone(c, before, opens, end)
	default:
	}
	if opens && p.lang.Linker != "" { // a comma stands before all clauses
		return !before.takesClause(p.scan(0), c, end)
	}
	return opens || !p.belongs(c, before, end)
}

// isDone reports whether "having" or "being", in a goal, opens a condition: what has been done follows.
func (p *parser) isDone(c lexicon.Clause, before *history, opens bool, end int) bool {
	next, _ := p.scanTo(c.End, end).Peek()
	switch {
	case next.Term == lexicon.Other && strings.HasSuffix(p.text[next.From:next.To], "s"):
		return false
	case next.Term != lexicon.Other && next.Term != lexicon.Remark && next.Term != lexicon.Not:
		return false
	case p.lang.Has(before.word(0), lexicon.Seldom):
		return false
	}
	return opens || before.last().Term == lexicon.Other && !p.lang.Is(p.text[c.From:c.To], lexicon.Weak)
}

// belongs reports whether a clause without a comma before it belongs to the words before it: to a noun of time, or as
// its object to a verb.
func (p *parser) belongs(c lexicon.Clause, before *history, end int) bool {
	switch prev := before.last(); prev.Term {
	case lexicon.Who:
		if prev.To-prev.From < 6 {
			return true
		}
	case lexicon.That, lexicon.List, lexicon.To, lexicon.Article, lexicon.As:
		return true
	case lexicon.After, lexicon.In:
		if first, _ := p.scan(c.From).Peek(); first.Term == lexicon.Article {
			return true // "the plan of the week"
		}
		return c.Asks(p.scan(0)) && !p.lang.Has(before.word(1), lexicon.Phrasal)
	default:
	}
	if first, _ := p.scan(c.From).Peek(); first.Term == lexicon.Who && before.n == 1 {
		return true // "designate whether or not"
	}
	if p.lang.Has(before.word(0), lexicon.Joins) || before.takesClause(p.scan(0), c, end) {
		return true
	}
	repeats := p.lang.Has(before.word(1), lexicon.Same) || p.lang.Has(before.word(2), lexicon.Times)
	return !repeats && c.TakesTime(p.scan(0), before.lower(0))
}

// goesOn reports whether the goal goes on behind the clause that c opens: behind a comma that neither
// continues a list nor opens a further condition, or with "and to".
func (p *parser) goesOn(c lexicon.Clause, end int) bool {
	if c.End < p.resumes {
		return true // as for the clause before
	}
	s := p.scanTo(c.End, end)
	prev := c.Word()
	inner := 0
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return false
		}
		breaks := lexicon.Breaks(p.text, prev, w)
		if enters(inner, breaks, s, prev, w) {
			inner = 2
		}
		if breaks && inner > 0 {
			inner--
			breaks = false
		}
		if further := lexicon.ClauseMarker(s, w); breaks && further.Kind > 0 {
			s.Pos, prev = further.End, further.Word()
			continue
		}
		resumes := n > 0 && breaks && w.Term != lexicon.That &&
			(w.Term == lexicon.List && verbFollows(s) || w.Term != lexicon.List && !listGoesOn(s))
		if next, _ := s.Peek(); resumes || n > 0 && w.Term == lexicon.List && next.Term == lexicon.To {
			p.resumes = w.Start
			return true
		}
		prev = w
	}
}

// verbFollows reports whether a verb of the goal comes behind "and", as far as its ending and what follows show:
// "and sync later", not "and users complain".
func verbFollows(s lexicon.Scanner) bool {
	w, _ := s.Next()
	word := s.Text[w.From:w.To]
	if w.Term != lexicon.Other || s.Lang.Infinitives != nil {
		return w.Term == lexicon.Other && isPresent(word) && s.Lang.IsInfinitive(word)
	}
	switch next, _ := s.Peek(); next.Term {
	case lexicon.Am, lexicon.Can, lexicon.Cannot, lexicon.Dont, lexicon.Do, lexicon.Have, lexicon.Will, lexicon.Would:
		return false
	default:
		return isPresent(word) && !strings.HasSuffix(word, "s") && !s.Lang.IsAdverb(word)
	}
}

// takesClause reports whether the words before the clause that c opens make it the object of a verb:
// "know exactly when", "tell my friends when", "know as soon as I come what it is".
func (h *history) takesClause(s lexicon.Scanner, c lexicon.Clause, end int) bool {
	asks := c.Asks(s)
	for i := range min(h.n, longest) {
		switch s.Lang.Takes(h.lower(i)) {
		case lexicon.TakesItOf:
			first, _ := s.PeekAt(c.End)
			return asks && !s.Lang.IsPast(lexicon.Fold(s.Text[first.From:first.To])) // not "ask somebody when asked"
		case lexicon.TakesIt:
			if s.Lang.Linker != "" && h.n > i+1 {
				return false // "den Preis sehen": what is seen stands before it
			}
			return (h.onlyAdverbs(s.Lang, i, lexicon.Particle) || h.isPlaced(s.Lang, i-1)) && asks || i == 0 && asksLater(s, c, end)
		case lexicon.TakesItAsVerb:
			if h.n == i+1 || i+1 < longest && (h.word(i+1).Term == lexicon.To || h.word(i+1).Term == lexicon.Adverb) {
				return asks && h.onlyAdverbs(s.Lang, i, lexicon.Person|lexicon.Particle)
			}
		default:
		}
		switch h.word(i).Term {
		case lexicon.After, lexicon.In:
			if !s.Lang.Has(h.word(i), lexicon.Dative) && !h.isPlaced(s.Lang, i) {
				return false
			}
		case lexicon.To, lexicon.List:
			return false
		case lexicon.Who:
			if s.Lang.Linker != "" {
				return false // "sagen, wo ich stehe, wenn"
			}
		default:
		}
	}
	return false
}

// isPlaced reports whether the word at i says where or when somebody sees, knows or is told, so that what they do comes
// later: "see on the map where".
func (h *history) isPlaced(l *lexicon.Language, i int) bool {
	return 0 < i && i+1 < min(h.n, longest) && l.Has(h.word(i), lexicon.Locative) && l.Takes(h.lower(i+1)) == lexicon.TakesIt
}

// asksLater reports whether behind a clause stands what was asked: "as soon as I come what it is".
func asksLater(s lexicon.Scanner, c lexicon.Clause, end int) bool {
	s.Text, s.Pos = s.Text[:end], c.End
	prev := c.Word()
	for w, ok := s.Next(); ok && !lexicon.Breaks(s.Text, prev, w); w, ok = s.Next() {
		if w.Term == lexicon.Who || w.Term == lexicon.That {
			return true
		}
		prev = w
	}
	return false
}

// onlyAdverbs reports whether the last n words stand between a verb and its object without
// being one: exactly, and those of a class: out, me.
func (h *history) onlyAdverbs(l *lexicon.Language, n int, class lexicon.Class) bool {
	for i := range n {
		switch {
		case h.word(i).Term == lexicon.Adverb, l.IsAdverb(h.lower(i)), l.Has(h.word(i), class):
		default:
			return false
		}
	}
	return true
}

// hasNoun reports whether the last words are a thing with "a" or "an", which a clause with "where"
// describes: "a list".
func (h *history) hasNoun(l *lexicon.Language) bool {
	for i := 1; i < min(h.n, longest); i++ {
		if l.Has(h.word(i), lexicon.Indefinite) {
			return true
		}
	}
	return false
}
