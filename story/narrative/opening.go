package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// How far to look.
const (
	openingWords = 16 // before "As a": a bullet, a number, a title
	frontWords   = 40 // of a condition before "As a"
	roleWords    = 16 // of a sentence that may still be a role, with "I want" in the next
	listWords    = 16 // behind a comma, for the "and" of a list
)

// opening finds "As a", and a benefit before it. Without a role it is the empty marker from where
// to look for a goal.
func (p *parser) opening() (role lexicon.Marker, found bool) {
	s := p.scan(0)
	var prev, first lexicon.Word
	var clause lexicon.Clause // that the text begins with
	inner := 0                // commas around what stands within it
	for n := range openingWords {
		w, ok := s.Next()
		if !ok {
			break
		}
		if n == 0 {
			first = w
		}
		if clause.Kind > 0 && lexicon.Breaks(p.text, prev, w) {
			if prev.To == clause.To && opensInner(s, clause.Word(), w) {
				inner = 2
			}
			if inner > 0 {
				inner--
				prev = w
				continue
			}
		}
		if inner > 0 {
			prev = w
			continue
		}
		if p.mayBegin(prev, w, n) {
			if m, ok := roleMarker(s, w, true); ok && (n < 2 || prev.Term != lexicon.Subject) { // not "when I, as a guest, pay"
				return m, true
			}
			if r := lexicon.ReasonMarker(s, prev, w); r.Opens() {
				return p.openingReason(r)
			}
			spoken := n > 0 && lexicon.IsQuoted(p.text, w) && !lexicon.Breaks(p.text, prev, w) // "when I read "I want""
			if g := goalMarker(s, w, true); !spoken && (g.kind == lexicon.Wish || n > 0 && g.kind == lexicon.Ability) {
				return lexicon.MarkerFrom(w.Start), false
			}
			c := lexicon.ClauseMarker(s, w)
			if c.Kind > 0 && p.readAside(c) {
				return role, true
			}
			if c.Kind > 0 || isLoose(s, w, true) {
				if role, ok := p.openingCondition(c); ok {
					return role, true
				}
				clause = c
			}
		}
		prev = w
	}
	return lexicon.MarkerFrom(first.Start), false
}

// mayBegin reports whether the n-th word may begin the sentence, or its role: behind a title or "then", and "I" before "as a".
func (p *parser) mayBegin(prev, w lexicon.Word, n int) bool {
	return n == 0 || lexicon.EndsPrefix(p.text, prev, w) || p.lang.Has(prev, lexicon.Consequent) ||
		n == 1 && prev.Term == lexicon.Subject && w.Term == lexicon.As
}

// openingReason reads "In order to <benefit>, as a <role>". The role is announced after a comma, or
// by the last "as a" before somebody wants something.
func (p *parser) openingReason(r lexicon.Reason) (role lexicon.Marker, found bool) {
	s := p.scan(r.End)
	prev := r.Word()
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		opens := lexicon.Breaks(p.text, prev, w)
		if m, ok := roleMarker(s, w, opens); ok {
			role, found = m, true
			if opens {
				break
			}
		}
		if goalMarker(s, w, opens).kind == lexicon.Wish {
			if found {
				break
			}
			return lexicon.MarkerFrom(w.Start), false
		}
		prev = w
	}
	if !found {
		return lexicon.Marker{Start: r.Start, From: r.Start, To: r.Start, End: r.End}, false
	}
	p.front = p.part(r.End, role.Start, r.Marker)
	return role, true
}

// openingCondition reads "After I log in, as a user, I want": the condition that c opens, up to the
// role. Without a comma it is the last "as a" before somebody wants something.
func (p *parser) openingCondition(c lexicon.Clause) (role lexicon.Marker, found bool) {
	s := p.scan(c.End)
	prev := c.Word()
	broken := false // a comma stands between the role and the word that is looked at
	inner := 0      // commas around what stands within: "when I, as an admin, log in"
	asked := false  // that may end the clause: "when I know, what it costs"
	first, _ := s.Peek()
	for n := 0; n < frontWords; n++ {
		w, ok := s.Next()
		if !ok || n > 0 && p.lang.SentenceBreak(p.text, prev, w) {
			break
		}
		opens := lexicon.Breaks(p.text, prev, w)
		if enters(inner, opens, s, prev, w) {
			inner, asked = 2, w.Term == lexicon.Who
		}
		if opens && inner > 0 {
			inner--
			_, isRole := roleMarker(s, w, true)
			opens = inner == 0 && asked && isRole
		}
		if inner > 0 {
			prev = w
			continue
		}
		broken = broken || opens
		if m, ok := ownRole(s, w, opens); ok {
			p.addConditions(c.Start, w.Start)
			return m, true
		}
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

// ownRole reads the marker of a role that has the subject of the goal, w, before it: "I | as a user want".
func ownRole(s lexicon.Scanner, w lexicon.Word, opens bool) (m lexicon.Marker, ok bool) {
	as, more := s.Next()
	if !opens || !more || w.Term != lexicon.Subject || as.Term != lexicon.As || s.Lang.Goals != nil || lexicon.Breaks(s.Text, w, as) {
		return m, false
	}
	return roleMarker(s, as, true)
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

// isInverted reports whether w is a verb in front of its subject, where nouns have a capital, and a comma ends what it begins right
// before the goal: "Geht eine Bestellung ein, möchte ich".
func (p *parser) isInverted(s lexicon.Scanner, w lexicon.Word, end int) bool {
	word := p.text[w.From:w.To]
	next, _ := s.Peek()
	begins := next.Term == lexicon.Article || next.Term == lexicon.Subject || next.Term == lexicon.Pronoun
	return p.lang.Capitals && w.Term == lexicon.Other && begins && (strings.HasSuffix(word, "t") || strings.HasSuffix(word, "en")) &&
		strings.HasSuffix(strings.TrimRight(p.text[:end], " \n"), ",")
}

// readFront reads what stands before the goal, from where a sentence may begin: a benefit or conditions.
func (p *parser) readFront(end int) {
	s := p.scanTo(0, end)
	prev := lexicon.Word{}
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return
		}
		if n == 0 || lexicon.EndsPrefix(p.text, prev, w) {
			if r := lexicon.ReasonMarker(s, prev, w); r.Opens() {
				p.front = p.part(r.End, end, r.Marker)
				return
			}
			if (lexicon.ClauseMarker(s, w).Kind > 0 || isLoose(s, w, true)) && !strings.ContainsAny(p.text[prev.To:w.From], ".!?") &&
				!strings.Contains(p.text[w.From:end], "?") {
				p.addConditions(w.Start, end)
				return
			}
			if p.isInverted(s, w, end) {
				p.r.Conditions = append(p.r.Conditions, p.part(w.Start, end, lexicon.MarkerFrom(w.Start)))
				return
			}
		}
		prev = w
	}
}
