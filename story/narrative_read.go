package story

// How far to look.
const (
	openingWords = 16 // before "As a": a bullet, a number, a title
	roleWords    = 16 // of a sentence that may still be a role, with "I want" in the next
	listWords    = 16 // behind a comma, for the "and" of a list
)

// ReadNarrative reads a story as people write it, in English.
//
// It knows "As a", "As an", "As the" and a bare "As"; "I want to", "I need", "I would like to",
// "I'd like", "I can", "I am able to", "I must be able to" and what is like them, with "we" as with
// "I", refused ("I don't want"), narrowed ("I only want") or stated ("I see"); "so that", "so",
// "in order to", "because", "since". The benefit may come first or in the middle. Before the
// sentence there may be a bullet, a number or a title; between the parts commas, line breaks or
// nothing; around the words emphasis and quotes of any kind.
//
// It does not guess. "As a follow-up to the migration, we need new tests" has no role, since a
// follow-up is nobody who could want something; "As a user" alone has no goal. What is missing is
// in Problems. Any bytes can be read; the cost is O(len(text)).
func ReadNarrative(text string) Reading {
	p := parser{text: text, r: Reading{Text: text}}
	p.read()
	return p.r
}

// parser fills a reading from left to right.
type parser struct {
	text  string
	r     Reading
	front Part // a benefit before the goal
}

func (p *parser) read() {
	if start, end := badText(p.text); end > 0 {
		p.problem(BadText, start, end)
	}
	role, found := p.opening()
	goal := p.findGoal(role.end)
	if found {
		p.readRole(role, goal)
	} else {
		p.problem(NoRole, role.start, role.start)
	}
	if goal.kind == 0 {
		p.problem(NoGoal, goal.start, goal.start)
		p.r.Benefit = p.front
		if p.front.IsZero() {
			p.problem(NoBenefit, goal.start, goal.start)
		}
		return
	}
	p.readGoal(goal)
}

func (p *parser) problem(kind ProblemKind, start, end int) {
	p.r.Problems = append(p.r.Problems, Problem{Kind: kind, Start: start, End: end})
}

// part is text[start:end] without what surrounds it; the zero part when nothing is left.
func (p *parser) part(start, end int, m marker) Part {
	start, end = trimPart(p.text, start, end)
	if isBare(p.text[start:end]) {
		return Part{}
	}
	return Part{
		Text: p.text[start:end], Start: start, End: end,
		Marker: plainWords(p.text[m.from:m.to]), MarkerStart: m.from, MarkerEnd: m.to,
	}
}

// opening finds "As a", and a benefit before it. Without a role it is the empty marker from where
// to look for a goal.
func (p *parser) opening() (role marker, found bool) {
	s := scanner{text: p.text}
	var prev, first word
	for n := range openingWords {
		w, ok := s.next()
		if !ok {
			break
		}
		if n == 0 {
			first = w
		}
		if n == 0 || endsPrefix(p.text, prev, w) {
			if m, ok := roleMarker(s, w, true); ok {
				return m, true
			}
			if r := reasonMarker(s, prev, w); r.grade == surely && w.term != termBecause {
				return p.openingReason(r)
			}
			if goalMarker(s, w, true).kind == wish {
				return marker{w.start, w.start, w.start, w.start}, false
			}
		}
		prev = w
	}
	return marker{first.start, first.start, first.start, first.start}, false
}

// openingReason reads "In order to <benefit>, as a <role>". The role is announced after a comma, or
// by the last "as a" before somebody wants something.
func (p *parser) openingReason(r reason) (role marker, found bool) {
	s := scanner{text: p.text, pos: r.end}
	prev := r.word()
	for w, ok := s.next(); ok; w, ok = s.next() {
		opens := breaks(p.text, prev, w)
		if m, ok := roleMarker(s, w, opens); ok {
			role, found = m, true
			if opens {
				break
			}
		}
		if goalMarker(s, w, opens).kind == wish {
			if found {
				break
			}
			p.front = p.part(r.end, w.start, r.marker)
			return marker{w.start, w.start, w.start, w.start}, false
		}
		prev = w
	}
	if !found {
		return marker{r.start, r.start, r.start, r.end}, false
	}
	p.front = p.part(r.end, role.start, r.marker)
	return role, true
}

// findGoal finds who wants what, from the role on. Among several "I" in a sentence it is the first
// that does not belong to a clause: in "As a user, when I pay, I want ..." the second. Without one,
// the kind is zero and the marker is where the goal was expected.
func (p *parser) findGoal(from int) wanted {
	s := scanner{text: p.text, pos: from}
	prev := word{start: from, from: from, to: from, end: from}
	var inClause wanted // an "I can" of a clause, taken if nothing better comes
	clause := false
	n := 0
	for w, ok := s.next(); ok; w, ok = s.next() {
		opens := false
		if n > 0 && !isOneSpace(p.text, prev.to, w.from) {
			if (inClause.kind > 0 || n > roleWords) && sentenceBreak(p.text, prev, w) {
				break
			}
			opens = breaks(p.text, prev, w)
			clause = clause && !opens
		}
		switch w.term {
		case termWhen, termWho:
			clause = true
		case termSo, termIn, termBecause, termSince:
			r := reasonMarker(s, prev, w)
			if r.grade < likely {
				break
			}
			if inClause.kind > 0 {
				return inClause
			}
			clause, s.pos, w = true, r.end, r.word()
		case termSubject, termWould, termAm, termWill, termWant:
			g := goalMarker(s, w, opens)
			switch {
			case g.kind == 0, opensClause(prev) && !opens:
			case g.kind == wish, !clause:
				return g
			case g.kind > inClause.kind:
				inClause = g
			}
		default:
		}
		prev, n = w, n+1
	}
	if inClause.kind < ability {
		return wanted{marker: marker{prev.end, prev.end, prev.end, prev.end}}
	}
	return inClause
}

// opensClause reports whether an "I" after w belongs to a clause.
func opensClause(w word) bool {
	switch w.term {
	case termWhen, termWho, termThat, termBecause, termSince, termSo:
		return true
	default:
		return false
	}
}

// readRole splits what stands between "As a" and the goal into the role and a condition, or a
// benefit in the middle.
func (p *parser) readRole(m marker, goal wanted) {
	end := goal.start
	cut := roleEnd(p.text[:end], m.end)
	p.r.Role = p.part(m.end, cut, m)
	if p.r.Role.IsZero() {
		p.problem(NoRole, m.to, m.to)
		return
	}
	if isThing(p.r.Role.Text) {
		p.problem(NotARole, p.r.Role.Start, p.r.Role.End)
	}
	if goal.kind == 0 {
		return
	}
	s := scanner{text: p.text[:end], pos: cut}
	w, _ := s.next()
	role := word{from: p.r.Role.Start, to: p.r.Role.End, end: cut}
	if r := reasonMarker(s, role, w); r.grade >= likely && w.term != termSince && p.front.IsZero() {
		p.front = p.part(r.end, end, r.marker)
		return
	}
	p.r.Condition = p.part(cut, end, marker{cut, cut, cut, cut})
}

// roleEnd is where the role that begins at from ends: at the first comma, unless a list goes on;
// before "who", "when" and the like; before "working with" and "using the".
func roleEnd(text string, from int) int {
	s := scanner{text: text, pos: from}
	depth := 0
	prev, _ := s.next()
	for {
		depth = max(0, depth+nesting(text[prev.start:prev.end]))
		behind := s
		w, ok := s.next()
		if !ok {
			return len(text)
		}
		if depth == 0 && (breaks(text, prev, w) && !listGoesOn(behind) || opensCondition(s, prev, w)) {
			return w.start
		}
		prev = w
	}
}

// opensCondition reports whether the words from w on tell more about the role before it.
func opensCondition(s scanner, prev, w word) bool {
	switch w.term {
	case termWhen, termWho, termThat:
		return true
	case termOther:
		if prev.term == termOther && isParticiple(s.text[w.from:w.to], "ing") {
			next, _ := s.peek()
			return next.term == termAfter || next.term == termIn || next.term == termArticle
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
func listGoesOn(s scanner) bool {
	opens := true
	for range listWords {
		w, ok := s.next()
		if !ok {
			return false
		}
		switch w.term {
		case termList:
			return true
		case termWhen, termWho, termThat, termAfter, termIn, termTo, termSo, termBecause, termSince,
			termSubject, termPronoun, termAs, termAm:
			return false
		default:
		}
		if opens && isParticiple(s.text[w.from:w.to], "ing") {
			return false
		}
		opens = false
	}
	return false
}

// readGoal splits what follows the goal's marker into goal, benefit and rest.
func (p *parser) readGoal(goal wanted) {
	r, stop := findReason(p.text, goal.end)
	end := stop
	var benefit Part
	if r.grade > 0 {
		benefit = p.part(r.end, sentenceEnd(p.text, r.end), r.marker)
		end = min(end, r.start)
		if !benefit.IsZero() {
			end, stop = r.start, sentenceEnd(p.text, r.end)
		}
	}
	p.r.Goal = p.part(goal.end, end, goal.marker)
	if p.r.Goal.IsZero() {
		p.problem(NoGoal, goal.to, goal.to)
	}
	switch {
	case benefit.IsZero():
		benefit = p.front
	case !p.front.IsZero():
		p.problem(SecondReason, p.front.MarkerStart, p.front.End)
	}
	p.r.Benefit = benefit
	if benefit.IsZero() {
		_, at := trimPart(p.text, goal.end, end)
		p.problem(NoBenefit, at, at)
	}
	if c := p.r.Condition; tellsWhen(c.Text) && !isPlain(c.Text) {
		p.problem(ExtraText, c.Start, c.End)
	}
	p.r.Rest = p.part(stop, len(p.text), marker{stop, stop, stop, stop})
	if rest := p.r.Rest; !rest.IsZero() {
		p.problem(ExtraText, rest.Start, rest.End)
	}
}

// findReason finds where the benefit of the goal that begins at from is announced, and where the
// sentence of the goal ends. A sure marker goes before a "so" that may mean something else. In a
// later sentence only "so that" counts: "In order to" begins a sentence with a matter of its own. A
// later paragraph must begin with it.
func findReason(text string, from int) (found reason, stop int) {
	s := scanner{text: text, pos: from}
	stop = len(text)
	prev := word{start: from, from: from, to: from, end: from}
	for n := 0; ; n++ {
		s.plain = true // few words need their term
		w, ok := s.next()
		if !ok {
			return found, stop
		}
		s.plain = false
		r := reason{}
		if c := text[w.from] | 0x20; c == 's' || c == 'i' || c == 'b' {
			w.term = termOf(text[w.from:w.to])
			if w.term == termSo || w.term == termIn || w.term == termBecause || w.term == termSince {
				r = reasonMarker(s, prev, w)
			}
		}
		switch {
		case n == 0 || isOneSpace(text, prev.to, w.from):
		case paragraphBreak(text, prev, w):
			if r.grade < likely || w.term != termSo {
				return found, min(stop, prev.end)
			}
			return r, min(stop, prev.end)
		case stop == len(text) && sentenceBreak(text, prev, w) && !wishesOn(s, w):
			stop = prev.end
		}
		prev = w
		if r.grade == 0 {
			continue
		}
		s.pos, prev = r.end, r.word()
		if _, more := s.peek(); !more {
			return found, min(stop, r.start)
		}
		first := stop == len(text)
		switch {
		case r.grade == surely && (first || w.term == termSo), r.grade == likely && first:
			return r, stop
		case found.grade == 0 && first:
			found = r
		}
	}
}

// wishesOn reports whether a sentence that begins with w goes on wishing: "I want A. I want B".
func wishesOn(s scanner, w word) bool {
	w.term = termOf(s.text[w.from:w.to])
	return goalMarker(s, w, true).kind == wish
}
