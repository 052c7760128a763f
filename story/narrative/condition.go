package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// openingCondition reads "After I log in, as a user, I want": the condition that c opens, up to the
// role. Without a comma it is the last "as a" before somebody wants something.
func (p *parser) openingCondition(c lexicon.Clause) (role lexicon.Marker, found bool) {
	s := p.scan(c.End)
	prev := c.Word()
	broken := false // a comma stands between the role and the word that is looked at
	inner := 0      // commas around what stands within: "when I, as an admin, log in"
	first, _ := s.Peek()
	for n := 0; n < openingWords; n++ {
		w, ok := s.Next()
		if !ok || n > 0 && p.lang.SentenceBreak(p.text, prev, w) {
			break
		}
		opens := lexicon.Breaks(p.text, prev, w)
		if opens && n > 0 && opensInner(s, prev, w) {
			inner = 2
		}
		if opens && inner > 0 {
			inner--
			opens = false
		}
		if inner > 0 {
			prev = w
			continue
		}
		broken = broken || opens
		if then := p.lang.Has(prev, lexicon.Consequent); n > 0 && !found && (opens || then) && goalMarker(s, w, true).kind > lexicon.Statement {
			break
		}
		if m, ok := roleMarker(s, w, opens); ok && n > 0 {
			if p.endsTitle(p.text[prev.To:w.From], c.Kind > 0 && first.Term == lexicon.Subject, w) {
				return lexicon.Marker{}, false
			}
			role, found, broken = m, true, false
			if opens {
				break
			}
		}
		if n > 0 && found && goalMarker(s, w, opens).kind == lexicon.Wish {
			break
		}
		prev = w
	}
	if found && c.Kind == 0 && broken {
		return lexicon.Marker{}, false // "After the move, as a test, I": not surely a role
	}
	if found {
		p.addConditions(c.Start, role.Start)
	}
	return role, found
}

// endsTitle reports whether what stands before the word of a role is a title. A line of its own is none if it has a
// subject or if the sentence goes on with a small letter.
func (p *parser) endsTitle(gap string, hasSubject bool, w lexicon.Word) bool {
	switch {
	case strings.ContainsAny(gap, ":.!?"), strings.Count(gap, "\n") > 1:
		return true
	case hasSubject:
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.text[w.From:])
	return unicode.IsUpper(r) && strings.ContainsAny(gap, "\n,;")
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
		to = p.withoutThen(from, to)
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
	quotes := quotation{at: start}
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			break
		}
		breaks := n == 0 || lexicon.Breaks(p.text, prev, w) && !quotes.around(p.text, w.From, w.To)
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
			isClause = isClause || p.hasSubject(s, w)
		}
		prev = w
		if c.Kind > 0 {
			s.Pos, prev = c.End, c.Word()
		}
	}
	add(end)
}

// withoutThen is where text[from:to] ends without the "then" of a goal that follows.
func (p *parser) withoutThen(from, to int) int {
	behind := p.scan(to)
	if w, _ := behind.Next(); p.goalAt(behind, w, true).kind == 0 {
		return to
	}
	trimmed := strings.TrimRight(p.text[from:to], " ,")
	last := strings.LastIndexAny(trimmed, " ,") + 1
	if last == 0 || !p.lang.Is(trimmed[last:], lexicon.Consequent) {
		return to
	}
	before := trimmed[:last-1]
	if p.lang.Term(before[strings.LastIndexByte(before, ' ')+1:]) != lexicon.Adverb { // not "only then"
		return from + last
	}
	return to
}

// hasSubject reports whether text from w on, where s continues, is a clause with "I" although nothing known
// opens it: "ever since I joined". One that begins like a relative clause is none.
func (p *parser) hasSubject(s lexicon.Scanner, w lexicon.Word) bool {
	switch w.Term {
	case lexicon.Who, lexicon.That, lexicon.Subject:
		return false
	case lexicon.Article:
		if p.lang.Capitals {
			return false
		}
	default:
	}
	const most = 8 // words
	for range most {
		next, ok := s.Next()
		if !ok || lexicon.Breaks(p.text, w, next) {
			return false
		}
		if next.Term == lexicon.Subject || lexicon.IsContraction(p.text, next) {
			return true
		}
		w = next
	}
	return false
}

// opensInner reports whether w, behind the comma after prev, opens what stands in commas within a clause:
// another clause behind "when", "who", or "that", a phrase behind "I", or a relative clause.
func opensInner(s lexicon.Scanner, prev, w lexicon.Word) bool {
	switch prev.Term {
	case lexicon.When, lexicon.Who, lexicon.That:
		return lexicon.ClauseMarker(s, w).Kind > 0 || w.Term == lexicon.After || w.Term == lexicon.In || w.Term == lexicon.As
	case lexicon.Subject:
		return lexicon.ClauseMarker(s, w).Kind > 0 || w.Term == lexicon.As || w.Term == lexicon.Who
	default:
		return w.Term == lexicon.Who && lexicon.ClauseMarker(s, w).Kind == 0 || s.Lang.Capitals && isRelative(s, w)
	}
}

// isRelative reports "die ich brauche", "auf der sie steht".
func isRelative(s lexicon.Scanner, w lexicon.Word) bool {
	if w.Term == lexicon.After || w.Term == lexicon.In {
		w, _ = s.Next()
	}
	next, _ := s.Peek()
	return w.Term == lexicon.Article && (next.Term == lexicon.Subject || next.Term == lexicon.Article || next.Term == lexicon.Pronoun)
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
	if next, _ := s.Peek(); s.Lang.Has(w, lexicon.Amount) && s.Lang.Has(next, lexicon.Unit) {
		return true
	}
	return w.Term == lexicon.Other && (s.Lang.IsGerund(word) || first && (s.Lang.IsPast(word) || s.Lang.IsAdverb(word)))
}

// goalConditions takes the conditions out of the goal text[start:end]: those that follow it, and one
// that stands before it in commas. It returns what is left.
func (p *parser) goalConditions(start, end int) (from, to int) {
	start, stop := p.leadingCondition(start, end), end
	s := p.scanTo(start, end)
	quotes := quotation{at: start}
	var before history
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return start, stop
		}
		opens := n > 0 && (lexicon.Breaks(p.text, before.last(), w) || strings.HasPrefix(p.text[w.Start:w.From], "("))
		if opens {
			before.inner = false
		}
		c := lexicon.ClauseMarker(s, w)
		if c.Kind == lexicon.Temporal && w.Term == lexicon.Article && p.lang.Is(before.lower[0], lexicon.Times) {
			c = lexicon.Clause{}
		}
		if n > 0 && p.isCondition(c, &before, opens, end) && !quotes.around(p.text, w.From, w.To) {
			p.addConditions(w.Start, end)
			return start, w.Start
		}
		switch {
		case n == 0 && c.Kind > 0:
			w = c.Word()
			s.Pos = c.End
		case c.Kind > 0 && n > 0 && (c.Kind != lexicon.Temporal || c.HasVerb(p.scan(0), end)):
			before.inner = before.inner || c.Kind != lexicon.Manner && c.Kind != lexicon.Participle
		case w.Term == lexicon.Who, w.Term == lexicon.That && n > 0, w.Term == lexicon.Subject && n > 0:
			before.inner = before.inner || !lexicon.IsQuoted(p.text, w)
		}
		before.add(p.text, w)
	}
}

// leadingCondition reads "I want, when I pay, to see", with both commas, with the second, or with none: the goal
// begins behind the clause.
func (p *parser) leadingCondition(start, end int) int {
	s := p.scanTo(start, end)
	w, _ := s.Next()
	comma := strings.Contains(p.text[max(0, start-1):w.From], ",")
	c := lexicon.ClauseMarker(s, w)
	if c.Kind == 0 || !comma && (c.Kind > lexicon.Temporal || w.Term == lexicon.Who || !c.HasVerb(s, end)) {
		return start
	}
	s.Pos = c.End
	prev := c.Word()
	inner := 0
	for n := 0; ; n++ {
		next, ok := s.Next()
		if !ok {
			return start
		}
		breaks := lexicon.Breaks(p.text, prev, next)
		switch {
		case breaks && inner > 0:
			inner--
		case breaks && opensInner(s, prev, next):
			inner = 1
		case breaks && n > 0 && listGoesOn(s) && p.breaksLater(s, end):
		case breaks && n > 0 || !comma && n > 1 && next.Term == lexicon.To && p.lang.Goals == nil && isBare(prev):
			p.addConditions(w.Start, next.Start)
			return next.Start
		}
		prev = next
	}
}

// breaksLater reports whether behind the next "and" a part begins: "pens, paper and ink, to pay".
func (p *parser) breaksLater(s lexicon.Scanner, end int) bool {
	list := false
	prev, _ := s.Next()
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		if lexicon.Breaks(p.text, prev, w) && list {
			return w.End < end
		}
		list = list || prev.Term == lexicon.List
		prev = w
	}
	return false
}

// isBare reports whether "to" behind w does not belong to it: it does in "want to", "able to".
func isBare(w lexicon.Word) bool {
	return w.Term == lexicon.Other || w.Term == lexicon.In || w.Term == lexicon.After
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
	case lexicon.That, lexicon.List, lexicon.To, lexicon.Article, lexicon.As:
		return true
	case lexicon.After, lexicon.In:
		return c.Asks(p.scan(0)) && !p.lang.Is(before.lower[1], lexicon.Phrasal)
	default:
	}
	if first, _ := p.scan(c.From).Peek(); first.Term == lexicon.Who && before.n == 1 {
		return true // "designate whether or not"
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
	inner := 0
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return false
		}
		breaks := n > 0 && lexicon.Breaks(p.text, prev, w)
		if breaks && opensInner(s, prev, w) {
			inner = 2
		}
		if breaks && inner > 0 {
			inner--
			breaks = false
		}
		resumes := breaks && lexicon.ClauseMarker(s, w).Kind == 0 &&
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
