package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

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
	inner := 0     // commas that belong to a clause within the clause: "if, after I log in, I see"
	asked := false // that clause may end the outer one: "until I know, what it costs"
	quotes := quotation{at: start}
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			break
		}
		breaks := n == 0 || lexicon.Breaks(p.text, prev, w) && !quotes.around(p.text, w.From, w.To)
		if n > 0 && enters(inner, breaks, s, prev, w) {
			inner, asked = 2, w.Term == lexicon.Who
		}
		if breaks && asked && inner == 1 {
			inner = innerBefore(s, w)
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

// innerBefore is how many commas of what stands within a clause are left at its last one: none if w opens a further clause.
func innerBefore(s lexicon.Scanner, w lexicon.Word) int {
	if lexicon.ClauseMarker(s, w).Kind > 0 {
		return 0
	}
	return 1
}

// withoutThen is where text[from:to] ends without the "then" of a goal that follows.
func (p *parser) withoutThen(from, to int) int {
	trimmed := strings.TrimRight(p.text[from:to], " ,")
	last := strings.LastIndexAny(trimmed, " ,") + 1
	if last == 0 || !p.lang.Is(trimmed[last:], lexicon.Consequent) {
		return to
	}
	behind := p.scan(to)
	if w, _ := behind.Next(); p.goalAt(behind, w, true).kind == 0 {
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
		if next, _ := s.Peek(); w.Term == lexicon.Adverb && next.Term == lexicon.After {
			return true // "después de"
		}
		return lexicon.ClauseMarker(s, w).Kind > 0 || w.Term == lexicon.After || w.Term == lexicon.In || w.Term == lexicon.As || w.Term == lexicon.List
	case lexicon.Subject:
		return lexicon.ClauseMarker(s, w).Kind > 0 || w.Term == lexicon.As || w.Term == lexicon.Who
	default:
		isThat := w.Term == lexicon.That && prev.Term == lexicon.Other && s.Lang.Goals != nil && !s.Lang.Capitals // "un client, que je sers"
		return (w.Term == lexicon.Who || isThat) && lexicon.ClauseMarker(s, w).Kind == 0 || s.Lang.Capitals && (isRelative(s, w) || w.Term == lexicon.Article && s.Lang.IsNoun(s.Text[prev.From:prev.To]) && endsInVerb(s))
	}
}

// enters reports whether what stands in commas within a clause begins at w, and none is left open: a comma stands before w.
func enters(inner int, comma bool, s lexicon.Scanner, prev, w lexicon.Word) bool {
	return comma && inner == 0 && opensInner(s, prev, w)
}

// isRelative reports "die ich brauche", "auf der sie steht".
func isRelative(s lexicon.Scanner, w lexicon.Word) bool {
	if w.Term == lexicon.After || w.Term == lexicon.In {
		w, _ = s.Next()
	}
	next, _ := s.Peek()
	return w.Term == lexicon.Article && (next.Term == lexicon.Subject || next.Term == lexicon.Article || next.Term == lexicon.Pronoun)
}

// endsInVerb reports whether the next words end, at a comma, in a verb that goes with a subject: "der bezahlt hat", "die warten", not
// "das Formular ausfüllen".
func endsInVerb(s lexicon.Scanner) bool {
	const most = 12 // words
	nouns := 0
	for range most {
		w, ok := s.Next()
		if !ok {
			return false
		}
		word := s.Text[w.From:w.To]
		if s.Lang.IsNoun(word) {
			nouns++
		}
		behind, more := s.Peek()
		if !more {
			return false
		}
		if lexicon.Breaks(s.Text, w, behind) {
			helps := w.Term == lexicon.Am || w.Term == lexicon.Can || w.Term == lexicon.Have
			return !s.Lang.IsNoun(word) && (helps || nouns == 0 || strings.HasSuffix(word, "t"))
		}
	}
	return false
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
	if next, ok := s.Peek(); s.Lang.Has(w, lexicon.Amount) && s.Lang.Has(next, lexicon.Unit) || ok && s.Lang.Has(w, lexicon.Recurring) {
		return true
	}
	return w.Term == lexicon.Other && (s.Lang.IsGerund(word) || first && (s.Lang.IsPast(word) || s.Lang.IsAdverb(word)))
}

// goalConditions takes the conditions out of the goal text[start:end]: those that follow it, and one
// that stands before it in commas. It returns what is left.
func (p *parser) goalConditions(start, end int) (from, to int) {
	start, stop := p.leadingConditions(start, end), end
	s := p.scanTo(start, end)
	quotes := quotation{at: start}
	before := history{text: p.text}
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return start, stop
		}
		opens := n > 0 && (lexicon.Breaks(p.text, before.last(), w) || strings.HasPrefix(p.text[w.Start:w.From], "("))
		if opens {
			before.inner = false
		}
		var c lexicon.Clause
		if s.BeginsClause(w) {
			c = lexicon.ClauseMarker(s, w)
		}
		if p.lang.Has(w, lexicon.Particle) && p.lang.Has(before.word(0), lexicon.Phrasal) {
			c = lexicon.Clause{} // "sign up | until"
		}
		if c.Kind == lexicon.Temporal && w.Term == lexicon.Article && p.lang.Has(before.word(0), lexicon.Times) {
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
			before.inner = before.inner || w.To < w.End || !lexicon.IsQuoted(p.text, w) // `who` alone is marked
		}
		before.add(w)
	}
}

// leadingCause reads "I want, because I am new, to get help", which is a condition as it is before "I want". The goal begins behind
// the clause.
func (p *parser) leadingCause(start int) int {
	const gap = 8 // bytes that a comma, marks and spaces take
	if strings.IndexByte(p.text[max(0, start-1):min(len(p.text), start+gap)], ',') < 0 {
		return start // as for most
	}
	s := p.scan(start)
	w, ok := s.Next()
	if !ok || !strings.Contains(p.text[max(0, start-1):w.From], ",") || lexicon.ClauseMarker(s, w).Kind != lexicon.Cause {
		return start
	}
	return p.leadingCondition(start, p.lang.SentenceEnd(p.text, w.From))
}

// leadingConditions reads one condition or, each in commas, several.
func (p *parser) leadingConditions(start, end int) int {
	for {
		next := p.leadingCondition(start, end)
		if next == start {
			return start
		}
		start = next
	}
}

// leadingCondition reads "I want, when I pay, to see", with both commas, with the second, or with none: the goal
// begins behind the clause.
func (p *parser) leadingCondition(start, end int) int {
	s := p.scanTo(start, end)
	w, _ := s.Next()
	comma := p.isBehindComma(w)
	c := p.leadingClause(s, w, comma, end)
	if quotes := (quotation{at: start}); c.Kind == 0 || quotes.around(p.text, w.From, w.To) {
		return start
	}
	s.Pos = c.End
	if at := c.EndWithoutComma(s); !comma && at > 0 {
		p.addConditions(w.Start, at)
		return at
	}
	prev := c.Word()
	inner, asked := 0, false
	for n := 0; ; n++ {
		next, ok := s.Next()
		if !ok {
			return start
		}
		breaks := lexicon.Breaks(p.text, prev, next)
		switch {
		case breaks && inner > 0:
			inner--
		case breaks && n > 0 && p.isObject(prev, next):
		case breaks && opensInner(s, prev, next):
			inner = 1
		case breaks && n > 0 && listGoesOn(s) && p.breaksLater(s, end):
		case breaks && n > 0 || !comma && (n > 1 || p.waits && n > 0) && next.Term == lexicon.To && p.lang.Goals == nil && isBare(prev) && !asked:
			p.addConditions(w.Start, next.Start)
			return next.Start
		}
		asked = prev.Term == lexicon.Want && p.lang.Has(next, lexicon.Person) // "needs me to come"
		prev = next
	}
}

// leadingClause is the clause that w begins in front of the goal, if it surely is a condition. An ability may have a circumstance there
// too: "in der Lage sein, nach dem Kauf, zu drucken".
func (p *parser) leadingClause(s lexicon.Scanner, w lexicon.Word, comma bool, end int) lexicon.Clause {
	c := lexicon.ClauseMarker(s, w)
	switch {
	case p.waits && comma && c.Kind == 0 && isLoose(s, w, false):
		c.Kind = lexicon.Conjunction
	case c.Kind > 0 && !comma && !p.isSurely(c, w, s, end):
		return lexicon.Clause{}
	}
	return c
}

// isBehindComma reports whether a comma stands right before w.
func (p *parser) isBehindComma(w lexicon.Word) bool {
	return strings.HasSuffix(strings.TrimRight(p.text[:w.Start], " "), ",") || strings.Contains(p.text[w.Start:w.From], ",")
}

// isSurely reports whether the clause c that w begins is a condition without a comma before it.
func (p *parser) isSurely(c lexicon.Clause, w lexicon.Word, s lexicon.Scanner, end int) bool {
	return c.Kind <= lexicon.Temporal && w.Term != lexicon.Who && c.HasVerb(s, end)
}

// isObject reports whether next opens a clause that is the object of the verb before it, where a comma stands between the two:
// "merke, dass". It ends the clause that it stands in.
func (p *parser) isObject(prev, next lexicon.Word) bool {
	return p.lang.Capitals && (next.Term == lexicon.That || next.Term == lexicon.Who) && prev.Term == lexicon.Other &&
		!p.lang.IsNoun(p.text[prev.From:prev.To])
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
	switch w.Term {
	case lexicon.Other, lexicon.In, lexicon.After, lexicon.Pronoun, lexicon.So, lexicon.Adverb:
		return true
	default:
		return false
	}
}
