package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// openingCondition reads "After I log in, as a user, I want": the condition that c opens, up to the
// role. Without a comma it is the last "as a" before somebody wants something.
func (p *parser) openingCondition(c lexicon.Clause) (role lexicon.Marker, found bool) {
	s := p.scan(c.End)
	prev := c.Word()
	for n := 0; n < openingWords; n++ {
		w, ok := s.Next()
		if !ok || n > 0 && p.lang.SentenceBreak(p.text, prev, w) {
			break
		}
		opens := lexicon.Breaks(p.text, prev, w)
		if m, ok := roleMarker(s, w, opens); ok && n > 0 {
			if gap := p.text[prev.To:w.From]; strings.ContainsAny(gap, ":.!?\n") {
				return lexicon.Marker{}, false // a title
			}
			role, found = m, true
			if opens {
				break
			}
		}
		if n > 0 && goalMarker(s, w, opens).kind == lexicon.Wish && found {
			break
		}
		prev = w
	}
	if found {
		p.addConditions(c.Start, role.Start)
	}
	return role, found
}

// addConditions splits text[start:end] into conditions, at each comma before a word that opens one.
// What does not belong to one, at the beginning, describes the role. A reason ends them.
func (p *parser) addConditions(start, end int) {
	if start >= end {
		return
	}
	s := p.scanTo(start, end)
	from, isClause := start, false
	prev := lexicon.Word{Start: start, From: start, To: start, End: start}
	add := func(to int) {
		part := p.part(from, to, lexicon.MarkerFrom(from))
		if text := part.Text; isClause && len(text) > 2 && text[0] == '(' && strings.IndexByte(text, ')') == len(text)-1 {
			part = p.part(part.Start+1, part.End-1, lexicon.MarkerFrom(from))
		}
		switch {
		case part.IsZero():
		case isClause:
			p.r.Conditions = append(p.r.Conditions, part)
		default:
			p.r.RoleClause = part
		}
	}
	inner := 0 // commas that belong to a clause within the clause: "if, after I log in, I see"
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			break
		}
		breaks := n == 0 || lexicon.Breaks(p.text, prev, w)
		if breaks && n > 0 && opensInner(s, prev, w) {
			inner = 2
		}
		if !breaks || inner > 0 {
			if breaks {
				inner--
			}
			prev = w
			continue
		}
		if r := lexicon.ReasonMarker(s, prev, w); r.Grade >= lexicon.Likely && r.Kind != lexicon.ByReason && p.front.IsZero() {
			add(w.Start)
			p.front = p.part(r.End, end, r.Marker)
			return
		}
		c := lexicon.ClauseMarker(s, w)
		if c.Kind > 0 || isLoose(s, w, n == 0) {
			if n > 0 {
				add(w.Start)
			}
			from, isClause = w.Start, true
		}
		if n == 0 {
			from = w.Start
		}
		prev = w
		if c.Kind > 0 {
			s.Pos, prev = c.End, c.Word()
		}
	}
	add(end)
}

// opensInner reports whether w opens a clause in commas within the clause that prev opens.
func opensInner(s lexicon.Scanner, prev, w lexicon.Word) bool {
	switch prev.Term {
	case lexicon.When, lexicon.Who, lexicon.That:
		return lexicon.ClauseMarker(s, w).Kind > 0
	default:
		return false
	}
}

// isLoose reports what opens a circumstance behind a comma: a preposition, a participle.
func isLoose(s lexicon.Scanner, w lexicon.Word, first bool) bool {
	switch w.Term {
	case lexicon.After, lexicon.In, lexicon.Since, lexicon.As, lexicon.Because, lexicon.When:
		return true
	case lexicon.Not:
		w, _ = s.Next()
	default:
	}
	word := s.Text[w.From:w.To]
	return w.Term == lexicon.Other && (s.Lang.IsGerund(word) || first && s.Lang.IsPast(word))
}

// goalConditions takes the conditions out of the goal text[start:end]: those that follow it, and one
// that stands before it in commas. It returns what is left.
func (p *parser) goalConditions(start, end int) (from, to int) {
	start, stop := p.leadingCondition(start, end), end
	s := p.scanTo(start, end)
	var before history
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return start, stop
		}
		opens := n > 0 && lexicon.Breaks(p.text, before.last(), w)
		if opens {
			before.inner = false
		}
		c := lexicon.ClauseMarker(s, w)
		if c.Kind == lexicon.Temporal && w.Term == lexicon.Article && p.lang.Is(before.lower[0], lexicon.Times) {
			c = lexicon.Clause{}
		}
		if n > 0 && p.isCondition(c, &before, opens, end) {
			p.addConditions(w.Start, end)
			return start, w.Start
		}
		switch {
		case c.Kind > 0 && n > 0 && (c.Kind != lexicon.Temporal || c.HasVerb(p.scan(0), end)):
			before.inner = before.inner || c.Kind != lexicon.Manner && c.Kind != lexicon.Participle
		case w.Term == lexicon.Who, w.Term == lexicon.That, w.Term == lexicon.Subject && n > 0:
			before.inner = true
		}
		before.add(p.text, w)
	}
}

// leadingCondition reads "I want, when I pay, to see": the goal begins behind the second comma.
func (p *parser) leadingCondition(start, end int) int {
	s := p.scanTo(start, end)
	w, _ := s.Next()
	if !strings.Contains(p.text[max(0, start-1):w.From], ",") {
		return start
	}
	c := lexicon.ClauseMarker(s, w)
	if c.Kind == 0 {
		return start
	}
	s.Pos = c.End
	prev := c.Word()
	for next, ok := s.Next(); ok; next, ok = s.Next() {
		if lexicon.Breaks(p.text, prev, next) {
			p.addConditions(w.Start, next.Start)
			return next.Start
		}
		prev = next
	}
	return start
}

// history is the last words of a goal before a clause.
type history struct {
	words [5]lexicon.Word
	lower [5]string
	n     int
	inner bool // in a clause of a noun or a verb: its own clauses belong to it
}

func (h *history) add(text string, w lexicon.Word) {
	copy(h.words[1:], h.words[:])
	copy(h.lower[1:], h.lower[:])
	h.words[0], h.lower[0] = w, lexicon.Fold(text[w.From:min(w.To, w.From+16)])
	h.n++
}

func (h *history) last() lexicon.Word { return h.words[0] }

// isCondition reports whether c, in a goal, opens a condition that lasts to the end of the goal. It
// does not if the clause is the object of a verb ("know when"), belongs to a noun ("a list where I
// can"), or is a comparison.
func (p *parser) isCondition(c lexicon.Clause, before *history, opens bool, end int) bool {
	if c.Kind == 0 || c.Kind == lexicon.Cause || before.inner || !c.HasVerb(p.scan(0), end) || p.goesOn(c, end) {
		return false
	}
	switch c.Kind {
	case lexicon.Manner:
		for _, word := range before.lower {
			if p.lang.Is(word, lexicon.Compares) {
				return false
			}
		}
	case lexicon.Place:
		return opens && !before.hasNoun(p.lang)
	case lexicon.Participle:
		return p.isDone(c, before, opens, end)
	default:
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
	case p.lang.Is(before.lower[0], lexicon.Seldom):
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
	case lexicon.That, lexicon.List, lexicon.After, lexicon.To, lexicon.Article, lexicon.In:
		return true
	default:
	}
	if p.lang.Is(before.lower[0], lexicon.Joins) || before.takesClause(p.scan(0), c, end) {
		return true
	}
	repeats := p.lang.Is(before.lower[1], lexicon.Same) || p.lang.Is(before.lower[2], lexicon.Times)
	return !repeats && c.TakesTime(p.scan(0), before.lower[0])
}

// goesOn reports whether the goal goes on behind the clause that c opens: behind a comma that neither
// continues a list nor opens a further condition, or with "and to".
func (p *parser) goesOn(c lexicon.Clause, end int) bool {
	if c.End < p.resumes {
		return true // as for the clause before
	}
	s := p.scanTo(c.End, end)
	prev := c.Word()
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return false
		}
		resumes := n > 0 && lexicon.Breaks(p.text, prev, w) && w.Term != lexicon.List &&
			lexicon.ClauseMarker(s, w).Kind == 0 && !listGoesOn(s)
		if next, _ := s.Peek(); resumes || n > 0 && w.Term == lexicon.List && next.Term == lexicon.To {
			p.resumes = w.Start
			return true
		}
		prev = w
	}
}

// takesClause reports whether the words before the clause that c opens make it the object of a verb:
// "know exactly when", "tell my friends when", "know as soon as I come what it is".
func (h *history) takesClause(s lexicon.Scanner, c lexicon.Clause, end int) bool {
	asks := c.Asks(s)
	for i, word := range h.lower[:min(h.n, len(h.lower))] {
		switch s.Lang.Takes(word) {
		case lexicon.TakesItOf:
			return asks
		case lexicon.TakesIt:
			return h.onlyAdverbs(s.Lang, i) && (asks || i == 0 && asksLater(s, c, end))
		case lexicon.TakesItAsVerb:
			if h.n == i+1 || i+1 < len(h.lower) && (h.words[i+1].Term == lexicon.To || h.words[i+1].Term == lexicon.Adverb) {
				return asks && h.onlyAdverbs(s.Lang, i)
			}
		default:
		}
		switch h.words[i].Term {
		case lexicon.After, lexicon.In, lexicon.To, lexicon.List:
			return false
		default:
		}
	}
	return false
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
// being one: exactly, out, me.
func (h *history) onlyAdverbs(l *lexicon.Language, n int) bool {
	for i, word := range h.lower[:n] {
		switch {
		case h.words[i].Term == lexicon.Adverb, l.IsAdverb(word), l.Is(word, lexicon.Person|lexicon.Particle):
		default:
			return false
		}
	}
	return true
}

// hasNoun reports whether the last words are a thing with "a" or "an", which a clause with "where"
// describes: "a list".
func (h *history) hasNoun(l *lexicon.Language) bool {
	for i := 1; i < min(h.n, len(h.lower)); i++ {
		if l.Is(h.lower[i], lexicon.Indefinite) {
			return true
		}
	}
	return false
}
