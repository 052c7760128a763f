package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// How far to look.
const (
	openingWords = 16 // before "As a": a bullet, a number, a title
	roleWords    = 16 // of a sentence that may still be a role, with "I want" in the next
	listWords    = 16 // behind a comma, for the "and" of a list
)

// Read reads a story as people write it, in the language that [LanguageOf] finds.
//
// In English it understands "As a", "As an", "As the" and a bare "As"; "I want to", "I need", "I would like to",
// "I'd like", "I can", "I am able to", "I must be able to" and what is like them, with "we" as with
// "I", refused ("I don't want"), narrowed ("I only want") or stated ("I see"); "so that", "so",
// "in order to", "because", "since". The benefit may come first or in the middle. Before the
// sentence there may be a bullet, a number or a title; between the parts commas, line breaks or
// nothing; around the words emphasis and quotes of any kind.
//
// A clause with a verb of its own before "As a", before "I want" or behind the goal is a condition:
// "after I log in", "whenever I can't pay", "having paid". One that a verb or a noun of the goal takes
// stays with it: "know when it ships", "a list where I can choose". Before "I want" a phrase may be
// one too: "on my phone".
//
// In German, French and Spanish it understands the same parts: "Als Käufer*in möchte ich …, damit …", "En tant
// qu'acheteur, j'aimerais … afin de …", "Como compradora, quiero … para …", with the wishes, abilities, benefits and
// conditions of each, and a role behind the wish, "möchte ich als Käufer", which is one noun there.
//
// It does not guess. "As a follow-up to the migration, we need new tests" has no role, since a
// follow-up is nobody who could want something; "As a user" alone has no goal. What is missing is
// in Problems. Any bytes can be read; the cost is O(len(text)).
func Read(text string) Reading {
	return readIn(lexicon.Detect(text), text)
}

// ReadIn is [Read] for a text whose language is known. One that is not among [story.Languages] is read as English.
func ReadIn(language story.Language, text string) Reading {
	return readIn(lexicon.Of(string(language)), text)
}

func readIn(l *lexicon.Language, text string) Reading {
	p := parser{text: text, lang: l, r: Reading{Text: text, Language: story.Language(l.Tag)}}
	p.read()
	return p.r
}

// parser fills a reading from left to right.
type parser struct {
	text  string
	lang  *lexicon.Language
	r     Reading
	front Part // a benefit before the goal

	clauses bool // there may be one between role and goal
	own     bool // the role has the subject of the goal before it: "Ich als Käufer möchte"
	resumes int  // where the goal goes on behind a clause, 0 if not known
}

func (p *parser) read() {
	if start, end := lexicon.FindBad(p.text); end > 0 {
		p.problem(BadText, start, end)
	}
	if p.lang.Goals != nil {
		if goal, ok := p.embedded(); ok {
			p.readGoal(goal)
			return
		}
	}
	role, found := p.opening()
	p.own = found && p.lang.BringsSubject(p.text, role)
	goal := p.findGoal(role.End, found)
	if found {
		p.readRole(role, goal)
	} else {
		p.problem(NoRole, role.Start, role.Start)
		if goal.kind > 0 {
			p.readFront(goal.Start)
		}
	}
	if goal.kind == 0 {
		p.problem(NoGoal, goal.Start, goal.Start)
		p.r.Benefit = p.front
		if p.front.IsZero() {
			p.problem(NoBenefit, goal.Start, goal.Start)
		}
		return
	}
	p.readGoal(goal)
}

// scan is a scanner of the text from a place on.
func (p *parser) scan(from int) lexicon.Scanner {
	return lexicon.Scanner{Text: p.text, Lang: p.lang, Pos: from}
}

// scanTo is a scanner of the text between two places.
func (p *parser) scanTo(from, end int) lexicon.Scanner {
	return lexicon.Scanner{Text: p.text[:end], Lang: p.lang, Pos: from}
}

func (p *parser) problem(kind ProblemKind, start, end int) {
	p.r.Problems = append(p.r.Problems, Problem{Kind: kind, Start: start, End: end})
}

// part is text[start:end] without what surrounds it; the zero part when nothing is left.
func (p *parser) part(start, end int, m lexicon.Marker) Part {
	start, end = lexicon.Trim(p.text, start, end)
	if lexicon.IsBare(p.text[start:end]) {
		return Part{}
	}
	return Part{
		Text: p.text[start:end], Start: start, End: end,
		Marker: lexicon.PlainWords(p.text[m.From:m.To]), MarkerStart: m.From, MarkerEnd: m.To,
	}
}

// opening finds "As a", and a benefit before it. Without a role it is the empty marker from where
// to look for a goal.
func (p *parser) opening() (role lexicon.Marker, found bool) {
	s := p.scan(0)
	var prev, first lexicon.Word
	for n := range openingWords {
		w, ok := s.Next()
		if !ok {
			break
		}
		if n == 0 {
			first = w
		}
		if then := p.lang.Has(prev, lexicon.Consequent); n == 0 || lexicon.EndsPrefix(p.text, prev, w) || then {
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
			if c.Kind > 0 || isLoose(s, w, true) {
				if role, ok := p.openingCondition(c); ok {
					return role, true
				}
			}
		}
		prev = w
	}
	return lexicon.MarkerFrom(first.Start), false
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

// findGoal finds who wants what, from the role on. Among several "I" in a sentence it is the first
// that does not belong to a clause: in "As a user, when I pay, I want ..." the second. Without one,
// the kind is zero and the marker is where the goal was expected. Without a role a clause may begin at once.
func (p *parser) findGoal(from int, role bool) wanted {
	s := p.scan(from)
	prev := lexicon.Word{Start: from, From: from, To: from, End: from}
	var inClause wanted // an "I can" of a clause, taken if nothing better comes
	clause := lexicon.Clause{}
	weak := false // the clause has no verb yet: its own "I need" may come
	outer := 0    // commas around a clause within the clause: "if, after I log in, I see"
	breaks, n := 0, 0
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		opens := false
		if n > 0 && !lexicon.IsOneSpace(p.text, prev.To, w.From) {
			if (inClause.kind > 0 || n > roleWords) && p.lang.SentenceBreak(p.text, prev, w) {
				break
			}
			opens = lexicon.Breaks(p.text, prev, w)
			if opens && clause.Kind > 0 && opensInner(s, prev, w) {
				outer = 2
			}
			if opens && outer > 0 {
				outer--
				prev.Term, opens = lexicon.When, false
			}
			if opens {
				clause.Kind = 0
				breaks++
			}
		}
		if (n > 0 || !role) && s.BeginsClause(w) {
			if c := lexicon.ClauseMarker(s, w); c.Kind > 0 {
				next, _ := p.scan(c.End).Peek()
				p.clauses = true
				clause, weak = c, next.Term == lexicon.In || next.Term == lexicon.After
				s.Pos, prev, n = c.End, c.Word(), n+1
				continue
			}
		}
		switch {
		case clause.Kind > 0 && w.Start < w.From && !opens && p.quoteEnd(w) > 0:
			for end := p.quoteEnd(w); ok && w.End <= end; {
				w, ok = s.Next()
			}
		case w.Term == lexicon.When, w.Term == lexicon.Who:
			clause = lexicon.Clause{Marker: lexicon.MarkerAt(w), Kind: lexicon.Conjunction}
		case p.lang.Has(w, lexicon.BeginsReason):
			r := lexicon.ReasonMarker(s, prev, w)
			if r.Grade < lexicon.Likely {
				break
			}
			if inClause.kind > 0 {
				return inClause
			}
			clause = lexicon.Clause{Marker: r.Marker, Kind: lexicon.Cause}
			s.Pos, w = r.End, r.Word()
		case p.lang.MayBeGoal(w):
			g := p.goalAt(s, w, opens)
			switch {
			case g.kind == 0:
			case opensClause(prev) && !opens, p.isOfClause(g, clause, prev, opens, breaks):
				s.Pos, w = g.End, lexicon.Word{Start: g.Start, From: g.From, To: g.To, End: g.End}
			case clause.Kind == 0, g.kind == lexicon.Wish && !weak && prev.Term != lexicon.List && !p.clauseGoesOn(g):
				return g
			default:
				inClause = later(inClause, g)
			}
		}
		prev, n = w, n+1
	}
	if inClause.kind < lexicon.Ability {
		return wanted{Marker: lexicon.MarkerFrom(prev.End)}
	}
	return inClause
}

// quoteEnd is where the quote ends that opens right before w, 0 if none does.
func (p *parser) quoteEnd(w lexicon.Word) int {
	if !lexicon.IsQuoted(p.text, w) {
		return 0
	}
	const longest = 200 // bytes
	end := strings.IndexAny(p.text[w.To:min(len(p.text), w.To+longest)], "\"”»“")
	if end < 0 {
		return 0
	}
	return w.To + end
}

// later returns the goal that is wanted more, the first of equals.
func later(first, second wanted) wanted {
	if second.kind > first.kind {
		return second
	}
	return first
}

// goalAt is the marker of a goal at w; behind a role with the subject before it, that may be the verb alone.
func (p *parser) goalAt(s lexicon.Scanner, w lexicon.Word, opens bool) wanted {
	g := goalMarker(s, w, opens)
	if g.kind == 0 && p.own {
		g.Marker, g.kind = p.lang.OwnGoalAt(s, w)
	}
	return g
}

// isOfClause reports whether the goal g belongs to what stands before the goal of the sentence, which
// follows: "when the page I need is down, I want", "the second I pay, I want", "when I think I need help I want".
func (p *parser) isOfClause(g wanted, clause lexicon.Clause, prev lexicon.Word, opens bool, breaks int) bool {
	switch {
	case opens && !p.clauses:
		return false
	case g.kind < lexicon.Wish:
		return (clause.Kind > 0 || breaks > 0) && p.wishFollows(g, true)
	case clause.Kind == 0 || opens:
		return false
	case prev.Term == lexicon.Remark:
		return p.wishFollows(g, false)
	}
	return !clause.HasVerbBefore(p.scan(0), g.Start) &&
		(p.wishFollows(g, true) || p.clauseGoesOn(g) && p.goalFollows(g, false, lexicon.Ability))
}

// wishFollows reports whether, still in the sentence, somebody wants something; with comma, right behind one.
func (p *parser) wishFollows(g wanted, comma bool) bool { return p.goalFollows(g, comma, lexicon.Wish) }

func (p *parser) goalFollows(g wanted, comma bool, least lexicon.GoalKind) bool {
	const most = 24 // words
	s := p.scan(g.End)
	prev := lexicon.Word{Start: g.Start, From: g.From, To: g.To, End: g.End}
	for range most {
		w, ok := s.Next()
		if !ok || p.lang.SentenceBreak(p.text, prev, w) ||
			p.lang.Has(w, lexicon.BeginsReason) && lexicon.ReasonMarker(s, prev, w).Grade >= lexicon.Likely {
			return false
		}
		breaks := lexicon.Breaks(p.text, prev, w)
		if (breaks || !comma) && prev.Term != lexicon.List && !opensClause(prev) && goalMarker(s, w, breaks).kind >= least {
			return true
		}
		prev = w
	}
	return false
}

// opensClause reports whether an "I" after w belongs to a clause.
func opensClause(w lexicon.Word) bool {
	switch w.Term {
	case lexicon.When, lexicon.Who, lexicon.That, lexicon.Because, lexicon.Since, lexicon.So:
		return true
	default:
		return false
	}
}

// readRole splits what stands between "As a" and the goal into the role and a condition, or a
// benefit in the middle.
func (p *parser) readRole(m lexicon.Marker, goal wanted) {
	end := goal.Start
	cut := p.roleEnd(m.End, end)
	p.r.Role = p.part(m.End, cut, m)
	if p.r.Role.IsZero() {
		p.problem(NoRole, m.To, m.To)
		return
	}
	if isThing(p.lang, p.r.Role.Text) {
		p.problem(NotARole, p.r.Role.Start, p.r.Role.End)
	}
	if goal.kind == 0 {
		return
	}
	first, _ := p.scanTo(cut, end).Peek()
	if !p.clauses && (first.Term == lexicon.Who || first.Term == lexicon.That) && strings.IndexByte(strings.TrimRight(p.text[cut:end], " ,"), ',') < 0 {
		p.r.RoleClause = p.part(cut, end, lexicon.MarkerFrom(cut))
		return
	}
	p.addConditions(cut, end)
}

// clauseGoesOn reports whether behind an "I need" or "I need to see" stands the verb of the clause it belongs
// to: "when the page I need is down".
func (p *parser) clauseGoesOn(g wanted) bool {
	s := p.scan(g.End)
	w, _ := s.Next()
	if strings.HasSuffix(p.text[:g.To], "to") {
		if w.Term != lexicon.Other {
			return false
		}
		if w, _ = s.Next(); w.Term == lexicon.In || w.Term == lexicon.After { // "log in"
			w, _ = s.Next()
		}
	}
	switch w.Term {
	case lexicon.Am, lexicon.Can, lexicon.Cannot, lexicon.Dont:
		return true
	default:
		return false
	}
}

// roleEnd is where the role that begins at from ends: at the first comma, unless a list goes on;
// before "who", "when" and the like; with clauses, before what opens one; before "working with" and
// "using the".
func (p *parser) roleEnd(from, end int) int {
	s, text := p.scanTo(from, end), p.text[:end]
	depth := 0
	prev, _ := s.Next()
	for {
		depth = max(0, depth+nesting(text[prev.Start:prev.End]))
		behind := s
		w, ok := s.Next()
		if !ok {
			return len(text)
		}
		if depth == 0 && (lexicon.Breaks(text, prev, w) && !listGoesOn(behind) || opensCondition(s, prev, w, p.clauses)) {
			return w.Start
		}
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

// readGoal splits what follows the goal's marker into goal, benefit and rest.
func (p *parser) readGoal(goal wanted) {
	r, stop, clauses := p.findReason(goal.End)
	if p.front.IsZero() && p.reasonInFront(r, &goal) {
		r, stop, clauses = p.findReason(goal.End)
	}
	end := stop
	var benefit Part
	if r.Grade > 0 {
		benefit = p.part(r.End, p.lang.SentenceEnd(p.text, r.End), r.Marker)
		if strings.HasPrefix(p.text[r.Start:r.From], "»") {
			r.Start += len("»") // of the goal: a space stands before it
		}
		end = min(end, r.Start)
		if !benefit.IsZero() && p.saysWhy(p.text[min(stop, r.Start):r.Start]) {
			end = stop
			stop = p.lang.SentenceEnd(p.text, r.End)
		} else if !benefit.IsZero() {
			end, stop = r.Start, p.lang.SentenceEnd(p.text, r.End)
		}
	}
	start := goal.End
	if clauses {
		start, end = p.goalConditions(start, end)
	}
	p.r.Goal = p.keepQuotes(p.part(start, end, goal.Marker), start, end)
	if p.r.Goal.IsZero() {
		p.problem(NoGoal, goal.To, goal.To)
	}
	switch {
	case benefit.IsZero():
		benefit = p.front
	case !p.front.IsZero():
		p.problem(SecondReason, p.front.MarkerStart, p.front.End)
	}
	p.r.Benefit = benefit
	if benefit.IsZero() {
		_, at := lexicon.Trim(p.text, goal.End, end)
		p.problem(NoBenefit, at, at)
	}
	p.r.Rest = p.part(stop, len(p.text), lexicon.MarkerFrom(stop))
	if rest := p.r.Rest; !rest.IsZero() {
		p.problem(ExtraText, rest.Start, rest.End)
	}
}

// keepQuotes gives a goal its quotes back if without them it would begin with a benefit: "I want 'so that'".
func (p *parser) keepQuotes(goal Part, start, end int) Part {
	s := p.scanTo(goal.Start, goal.End)
	w, _ := s.Next()
	if !p.lang.Has(w, lexicon.BeginsReason) || lexicon.ReasonMarker(s, lexicon.Word{}, w).Grade == 0 {
		return goal
	}
	open, shut := strings.TrimLeft(p.text[start:goal.Start], " "), strings.TrimRight(p.text[goal.End:end], " .,;:")
	goal.Start, goal.End = goal.Start-len(open), goal.End+len(shut)
	goal.Text = p.text[goal.Start:goal.End]
	return goal
}

// reasonInFront reads a benefit between the marker of the goal and the goal, in commas: "I want, in order
// to pay, to log in". The goal begins behind it then.
func (p *parser) reasonInFront(r lexicon.Reason, goal *wanted) bool {
	first, _ := p.scan(goal.End).Peek()
	if r.Grade < lexicon.Likely || r.Kind == lexicon.ByReason || first.From != r.From || !strings.Contains(p.text[goal.To:r.From], ",") {
		return false
	}
	s := p.scan(r.End)
	prev := r.Word()
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok || p.lang.SentenceBreak(p.text, prev, w) {
			return false
		}
		if n > 0 && lexicon.Breaks(p.text, prev, w) && w.Term != lexicon.List && !listGoesOn(s) {
			p.front = p.part(r.End, w.Start, r.Marker)
			goal.End = w.Start
			return true
		}
		prev = w
	}
}

// findReason finds where the benefit of the goal that begins at from is announced, and where the
// sentence of the goal ends. A sure marker goes before a "so" that may mean something else. In a
// later sentence only "so that" counts: "In order to" begins a sentence with a matter of its own. A
// later paragraph must begin with it.
// With clauses, the goal may have conditions.
func (p *parser) findReason(from int) (found lexicon.Reason, stop int, clauses bool) {
	s, text := p.scan(from), p.text
	stop = len(text)
	quotes := quotation{at: from}
	prev := lexicon.Word{Start: from, From: from, To: from, End: from}
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok {
			return found, stop, clauses
		}
		clauses = clauses || p.lang.Has(w, lexicon.Opens)
		r := lexicon.Reason{}
		if p.lang.Has(w, lexicon.BeginsReason) {
			r = lexicon.ReasonMarker(s, prev, w)
		}
		if r.Grade > 0 && quotes.around(text, w.From, w.To) {
			r = lexicon.Reason{}
		}
		switch {
		case n == 0 || lexicon.IsOneSpace(text, prev.To, w.From):
		case lexicon.ParagraphBreak(text, prev, w):
			if r.Grade < lexicon.Likely || !r.Later {
				return found, min(stop, prev.End), clauses
			}
			return r, min(stop, prev.End), clauses
		case stop == len(text) && p.lang.SentenceBreak(text, prev, w) && !wishesOn(s, w):
			stop = prev.End
		}
		before := prev
		prev = w
		if r.Grade == 0 {
			continue
		}
		s.Pos, prev = r.End, r.Word()
		if _, more := s.Peek(); !more {
			return found, min(stop, r.Start), clauses
		}
		first := stop == len(text)
		if !first && stop == before.End && p.isWholeReason(r) {
			return r, stop, clauses
		}
		switch {
		case r.Grade == lexicon.Surely && (first || r.Later), r.Grade == lexicon.Likely && first:
			return r, stop, clauses
		case found.Grade == 0 && first:
			found = r
		}
	}
}

// isWholeReason reports whether the sentence that r begins is a benefit and nothing else: "So I can pay.",
// "In order to pay.", not "In order to pay, we need".
func (p *parser) isWholeReason(r lexicon.Reason) bool {
	end := p.lang.SentenceEnd(p.text, r.End)
	s := p.scanTo(r.End, end)
	prev, _ := s.Next()
	sure := r.Grade == lexicon.Surely || r.Kind == lexicon.ByInfinitive
	for n := 1; ; n++ {
		w, ok := s.Next()
		switch {
		case !ok:
			return sure
		case lexicon.Breaks(p.text, prev, w), w.Term == lexicon.Remark, r.Kind == lexicon.ByInfinitive && w.Term == lexicon.Subject:
			return false
		case n == 1 && prev.Term == lexicon.Subject:
			sure = sure || w.Term == lexicon.Can || w.Term == lexicon.Cannot || w.Term == lexicon.Dont
		}
		prev = w
	}
}

// wishesOn reports whether a sentence that begins with w goes on wishing: "I want A. I want B".
func wishesOn(s lexicon.Scanner, w lexicon.Word) bool {
	return goalMarker(s, w, true).kind == lexicon.Wish
}
