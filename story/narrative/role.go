package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// readRole splits what stands between "As a" and the goal into the role and a condition, or a
// benefit in the middle.
func (p *parser) readRole(m lexicon.Marker, goal wanted) {
	end := goal.Start
	cut, head := p.roleEnd(m.End, end)
	p.r.Role = p.part(m.End, cut, m)
	if p.r.Role.IsZero() {
		p.problem(NoRole, m.To, m.To)
		return
	}
	if p.isThing(head) {
		p.problem(NotARole, p.r.Role.Start, p.r.Role.End)
	}
	if goal.kind == 0 || cut == end {
		return
	}
	first, _ := p.scanTo(cut, end).Peek()
	if !p.clauses && (first.Term == lexicon.Who || first.Term == lexicon.That) && strings.IndexByte(strings.TrimRight(p.text[cut:end], " ,"), ',') < 0 {
		p.r.RoleClause = p.part(cut, end, lexicon.MarkerFrom(cut))
		return
	}
	p.addConditions(cut, end)
}

// roleEnd is where the role that begins at from ends: at the first comma, unless a list goes on;
// before "who", "when" and the like; with clauses, before what opens one; before "working with" and
// "using the". head is the noun it is about, the last word before a comma or preposition.
func (p *parser) roleEnd(from, end int) (cut int, head lexicon.Word) {
	s, text := p.scanTo(from, end), p.text[:end]
	depth, named := 0, false
	prev, _ := s.Next()
	for {
		depth = max(0, depth+nesting(text[prev.Start:prev.End]))
		if !named {
			head = prev
		}
		behind := s
		w, ok := s.Next()
		if !ok {
			return len(text), head
		}
		breaks := lexicon.Breaks(text, prev, w)
		if depth == 0 && (breaks && !listGoesOn(behind) || opensCondition(s, prev, w, p.clauses)) {
			return w.Start, head
		}
		named = named || breaks || p.lang.EndsNoun(w)
		prev = w
	}
}

// opensCondition reports whether the words from w on describe the role before it.
func opensCondition(s lexicon.Scanner, prev, w lexicon.Word, clauses bool) bool {
	if w.Term == lexicon.When || w.Term == lexicon.Who || w.Term == lexicon.That {
		return true
	}
	if clauses && lexicon.ClauseMarker(s, w).Kind > 0 {
		return true
	}
	switch w.Term {
	case lexicon.Other:
		if prev.Term == lexicon.Other && s.Lang.IsGerund(s.Text[w.From:w.To]) {
			next, _ := s.Peek()
			return next.Term == lexicon.After || next.Term == lexicon.In || next.Term == lexicon.Article
		}
	default:
	}
	return false
}

// nesting is the number of brackets a word opens less those it closes.
func nesting(s string) int {
	n := 0
	for i := range len(s) {
		switch s[i] {
		case '(', '[', '{':
			n++
		case ')', ']', '}':
			n--
		}
	}
	return n
}

// listGoesOn reports whether the words after a comma go on with the list before it: "editor, writer
// or admin". They do when "and" or "or" stands among them and they don't begin another clause.
func listGoesOn(s lexicon.Scanner) bool {
	opens := true
	for range listWords {
		w, ok := s.Next()
		if !ok {
			return false
		}
		switch w.Term {
		case lexicon.List:
			return true
		case lexicon.When, lexicon.Who, lexicon.That, lexicon.After, lexicon.In, lexicon.To, lexicon.So, lexicon.Because, lexicon.Since,
			lexicon.Subject, lexicon.Pronoun, lexicon.As, lexicon.Am:
			return false
		default:
		}
		if opens && s.Lang.IsGerund(s.Text[w.From:w.To]) {
			return false
		}
		opens = false
	}
	return false
}

// readAside reads a role within the clause that c opens, and what is wanted behind it: "When, as a user, I pay, I want",
// "Wenn ich als Nutzer zahle, möchte ich". The clause is a condition.
func (p *parser) readAside(c lexicon.Clause) bool {
	s := p.scan(c.End)
	w, _ := s.Next()
	hasSubject := w.Term == lexicon.Subject
	if hasSubject {
		w, _ = s.Next()
	}
	if !p.lang.Has(w, lexicon.BeginsRole) {
		return false
	}
	m, ok := roleMarker(s, w, true)
	if !ok {
		return false
	}
	end := p.asideEnd(m.End, hasSubject)
	if end == 0 {
		return false
	}
	stop, goal := p.behindAside(end, hasSubject || p.text[end-1] != ',')
	role := p.part(m.End, end, m)
	if goal.kind == 0 || role.IsZero() || p.isThing(p.head(role)) {
		return false // "if, as a last resort, I pay"
	}
	p.r.Role, p.aside = role, goal
	p.r.Conditions = append(p.r.Conditions, p.part(c.Start, p.withoutThen(c.Start, stop), lexicon.MarkerFrom(c.Start)))
	p.addConditions(stop, goal.Start)
	return true
}

// asideEnd is where a role ends that stands within a clause: at a comma, before the subject of the clause or, with the
// subject before it, behind its noun; 0 if that does not show.
func (p *parser) asideEnd(from int, hasSubject bool) int {
	s := p.scan(from)
	if hasSubject && p.lang.Capitals {
		return p.nounEnd(s)
	}
	prev, ok := s.Next()
	for n := 0; ok && n < listWords; n++ {
		behind := s
		w, more := s.Next()
		switch {
		case !more:
			return 0
		case lexicon.Breaks(p.text, prev, w) && !listGoesOn(behind):
			return prev.End
		case w.Term == lexicon.Subject && !hasSubject:
			return w.Start
		}
		prev = w
	}
	return 0
}

// behindAside is where the clause ends whose role ends at from, and the goal behind it; loose reports that no commas need
// stand around them.
func (p *parser) behindAside(from int, loose bool) (stop int, goal wanted) {
	s := p.scan(from)
	prev, _ := s.Next()
	for n := 0; n < embeddedWords; n++ {
		w, ok := s.Next()
		if !ok || p.lang.SentenceBreak(p.text, prev, w) {
			return 0, wanted{}
		}
		opens := lexicon.Breaks(p.text, prev, w)
		if _, another := roleMarker(s, w, opens); (opens || loose) && another && p.lang.Has(w, lexicon.BeginsRole) {
			return 0, wanted{} // "when I, as a guest, pay, as a user, I want"
		}
		if opens && stop == 0 && lexicon.ClauseMarker(s, w).Kind > 0 {
			stop = w.Start
		}
		if g := goalMarker(s, w, opens); g.kind >= lexicon.Ability && (opens || loose && maySubject(prev)) {
			if stop == 0 {
				stop = w.Start
			}
			return stop, g
		}
		prev = w
	}
	return 0, wanted{}
}

// maySubject reports whether an "I" behind w, without a comma, may begin what is wanted: not "think I", "that I".
func maySubject(w lexicon.Word) bool {
	return !opensClause(w) && w.Term != lexicon.Subject && w.Term != lexicon.Remark && w.Term != lexicon.List
}

// embeddedWords is how many words may stand before "möchte ich als Käufer".
const embeddedWords = 40

// embedded reads a role behind the marker of the goal: "Um zu zahlen, möchte ich als Käufer meine Karte
// speichern". What stands before is a condition or a benefit. The goal goes on behind the role.
func (p *parser) embedded() (goal wanted, ok bool) {
	s := p.scan(0)
	prev := lexicon.Word{}
	for n := range embeddedWords {
		w, more := s.Next()
		if !more {
			break
		}
		opens := n == 0 || lexicon.EndsPrefix(p.text, prev, w)
		if _, isRole := roleMarker(s, w, opens); isRole && opens {
			break
		}
		if g := goalMarker(s, w, opens); g.kind >= lexicon.Ability {
			role := p.scan(g.End)
			first, _ := role.Next()
			if m, isRole := p.lang.RoleAt(&role, first); isRole {
				return p.embeddedRole(g, m)
			}
		}
		prev = w
	}
	return wanted{}, false
}

func (p *parser) embeddedRole(goal wanted, m lexicon.Marker) (wanted, bool) {
	s := p.scan(m.End)
	if first, _ := s.Peek(); first.Term == lexicon.Article {
		_, _ = s.Next()
		m.Extend(first)
	}
	end := p.nounEnd(s)
	if end == 0 {
		return wanted{}, false
	}
	p.r.Role = p.part(m.End, end, m)
	if p.r.Role.IsZero() {
		return wanted{}, false
	}
	if p.isThing(p.head(p.r.Role)) {
		p.problem(NotARole, p.r.Role.Start, p.r.Role.End)
	}
	p.readFront(goal.Start)
	goal.End = end
	return goal, true
}

// nounEnd is where a role without a comma behind it ends, 0 if that does not show: behind a noun where nouns have a
// capital, before an infinitive where verbs show.
func (p *parser) nounEnd(s lexicon.Scanner) int {
	const most = 6 // words
	prev := lexicon.Word{}
	for n := range most {
		w, ok := s.Next()
		switch {
		case !ok, w.Term == lexicon.Subject, n > 0 && goalMarker(s, w, true).kind >= lexicon.Ability:
			return 0
		case n > 0 && lexicon.Breaks(p.text, prev, w):
			return prev.End
		case n > 0 && !p.lang.Capitals && p.lang.IsInfinitive(p.text[w.From:w.To]):
			return w.Start
		}
		prev = w
		if r, _ := utf8.DecodeRuneInString(p.text[w.From:]); !p.lang.Capitals || !unicode.IsUpper(r) {
			continue
		}
		next, _ := s.Peek()
		if next.Term != lexicon.List && !strings.EqualFold(p.text[next.From:next.To], "des") {
			return w.End
		}
		_, _ = s.Next()
	}
	return 0
}
