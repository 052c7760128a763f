package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// findGoal finds who wants what, from the role on. Among several "I" in a sentence it is the first
// that does not belong to a clause: in "As a user, when I pay, I want ..." the second. Without one,
// the kind is zero and the marker is where the goal was expected. Without a role a clause may begin at once.
func (p *parser) findGoal(from int, role bool) wanted {
	s := p.scan(from)
	prev := lexicon.Word{Start: from, From: from, To: from, End: from}
	var inClause, skipped wanted // an "I can" of a clause, and one that a better goal should follow, if none does
	var in pieces
	n := 0
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		opens := false
		if n > 0 && !lexicon.IsOneSpace(p.text, prev.To, w.From) {
			if mayEnd := inClause.kind > 0 || n > roleWords; mayEnd && p.lang.SentenceBreak(p.text, prev, w) {
				break
			}
			if lexicon.Breaks(p.text, prev, w) {
				if opens = in.pass(s, prev, w); !opens {
					prev.Term = lexicon.When
				}
			}
		}
		if s.IsPlain(w) {
			prev, n = w, n+1
			continue
		}
		if in.clause.Kind > 0 && w.Start < w.From && !opens && lexicon.IsQuoted(p.text, w) {
			prev, n = p.skipQuote(&s, w), n+1
			continue
		}
		if isFirst := n == 0 && role; !isFirst && p.enterClause(s, w, &in) {
			s.Pos, prev, n = in.clause.End, in.clause.Word(), n+1
			continue
		}
		switch {
		case w.Term == lexicon.When, w.Term == lexicon.Who:
			in.clause = lexicon.Clause{Marker: lexicon.MarkerAt(w), Kind: lexicon.Conjunction}
		case p.lang.Has(w, lexicon.BeginsReason):
			r := lexicon.ReasonMarker(s, prev, w)
			if r.Grade < lexicon.Likely {
				w = withoutSo(w, r)
				break
			}
			if inClause.kind > 0 {
				return inClause
			}
			in.clause = lexicon.Clause{Marker: r.Marker, Kind: lexicon.Cause}
			s.Pos, w = r.End, r.Word()
		case p.mayBeGoal(w):
			g := p.goalAt(s, w, opens)
			switch {
			case g.kind == 0:
			case opensClause(prev) && !opens, p.isOfClause(g, &in, prev, opens):
				skipped.keep(g)
				s.Pos, w = g.End, lexicon.Word{Start: g.Start, From: g.From, To: g.To, End: g.End}
			case in.clause.Kind == 0, p.endsClause(g, &in, prev):
				return g
			case g.kind > inClause.kind:
				inClause = g
			}
		}
		prev, n = w, n+1
	}
	switch {
	case inClause.kind >= lexicon.Ability:
		return inClause
	case p.clauses && skipped.kind > 0:
		return skipped
	}
	return wanted{Marker: lexicon.MarkerFrom(prev.End)}
}

// keep takes the first ability or wish.
func (w *wanted) keep(g wanted) {
	if w.kind == 0 && g.kind >= lexicon.Ability {
		*w = g
	}
}

// withoutSo is a word that may announce a benefit; a "so" that does not is like any other: "say so".
func withoutSo(w lexicon.Word, r lexicon.Reason) lexicon.Word {
	if w.Term == lexicon.So && r.Grade == 0 {
		w.Term = lexicon.Other
	}
	return w
}

// pieces follows the commas and clauses between a role and a goal.
type pieces struct {
	clause lexicon.Clause // that the last word stands in; its kind is 0 in none
	weak   bool           // the clause has no verb yet: its own "I need" may come
	outer  int            // commas around a clause within the clause: "if, after I log in, I see"
	asked  bool           // that clause may end the outer one: "until I know, what it costs"
	within int            // the last comma within one
	breaks int            // commas outside of clauses
}

// pass follows the comma between prev and w, and reports whether it ends what stands before it.
func (in *pieces) pass(s lexicon.Scanner, prev, w lexicon.Word) bool {
	if in.clause.Kind > 0 && opensInner(s, prev, w) {
		in.outer, in.asked = 2, w.Term == lexicon.Who
	}
	if in.outer > 0 {
		in.outer--
		in.within = w.Start
		if in.outer > 0 || !in.asked || goalMarker(s, w, true).kind < lexicon.Ability {
			return false
		}
	}
	in.clause.Kind = 0
	in.breaks++
	return true
}

// enterClause reads the clause that w opens, if it opens one.
func (p *parser) enterClause(s lexicon.Scanner, w lexicon.Word, in *pieces) bool {
	if !s.BeginsClause(w) {
		return false
	}
	c := lexicon.ClauseMarker(s, w)
	if c.Kind == 0 {
		return false
	}
	next, _ := p.scan(c.End).Peek()
	p.clauses = true
	in.clause, in.weak = c, next.Term == lexicon.In || next.Term == lexicon.After
	return true
}

// mayBeGoal reports whether it is worth asking for the marker of a goal at w.
func (p *parser) mayBeGoal(w lexicon.Word) bool {
	return p.lang.MayBeGoal(w) || p.own && w.Term != lexicon.Other
}

// goalAt is the marker of a goal at w; behind a role with the subject before it, that may be the verb alone.
func (p *parser) goalAt(s lexicon.Scanner, w lexicon.Word, opens bool) wanted {
	g := goalMarker(s, w, opens)
	switch {
	case g.kind > 0 || !p.own:
	case p.lang.Goals == nil:
		return ownMarker(s, w)
	default:
		g.Marker, g.kind = p.lang.OwnGoalAt(s, w)
	}
	return g
}

// endsClause reports whether a wish stands behind the clause that in is in, and no comma before it: "when I pay I want".
func (p *parser) endsClause(g wanted, in *pieces, prev lexicon.Word) bool {
	return g.kind == lexicon.Wish && !in.weak && prev.Term != lexicon.List && !p.clauseGoesOn(g)
}

// isOfClause reports whether the goal g belongs to what stands before the goal of the sentence, which
// follows: "when the page I need is down, I want", "the second I pay, I want", "when I think I need help I want".
func (p *parser) isOfClause(g wanted, in *pieces, prev lexicon.Word, opens bool) bool {
	switch {
	case opens && !p.clauses:
		return false
	case g.kind < lexicon.Wish:
		joined := in.clause.Kind > 0 && prev.Term == lexicon.List && !opens
		return joined && p.goalFollows(g, false, lexicon.Ability) || (in.clause.Kind > 0 || in.breaks > 0) && p.wishFollows(g, true)
	case in.clause.Kind == 0 || opens:
		return false
	case p.lacksSubject(g): // "once the guests would like to pay"
		clause := in.clause
		clause.End = max(clause.End, in.within)
		return !clause.HasVerbBefore(p.scan(0), g.Start) && p.goalFollows(g, false, lexicon.Ability)
	case prev.Term == lexicon.Remark:
		return p.wishFollows(g, false)
	}
	return !in.clause.HasVerbBefore(p.scan(0), g.Start) &&
		(p.wishFollows(g, true) || p.clauseGoesOn(g) && p.goalFollows(g, false, lexicon.Ability))
}

// lacksSubject reports a "would like" whose subject, if it has one, stands before it.
func (p *parser) lacksSubject(g wanted) bool {
	w, _ := p.scan(g.Start).Peek()
	return p.lang.Goals == nil && w.Term == lexicon.Would && !lexicon.IsContraction(p.text, w)
}

// wishFollows reports whether, still in the sentence, somebody wants something; with comma, right behind one.
func (p *parser) wishFollows(g wanted, comma bool) bool { return p.goalFollows(g, comma, lexicon.Wish) }

func (p *parser) goalFollows(g wanted, comma bool, least lexicon.GoalKind) bool {
	const most = 24 // words
	s := p.scan(g.End)
	prev := lexicon.Word{Start: g.Start, From: g.From, To: g.To, End: g.End}
	inner := 0
	for range most {
		w, ok := s.Next()
		if !ok || p.lang.SentenceBreak(p.text, prev, w) {
			return false
		}
		breaks := lexicon.Breaks(p.text, prev, w)
		if p.lang.Has(w, lexicon.BeginsReason) {
			r := lexicon.ReasonMarker(s, prev, w)
			isCause := breaks && r.Kind == lexicon.ByReason && r.Grade > 0
			switch {
			case isCause && (w.Term == lexicon.Because || w.Term == lexicon.Since):
				s.Pos, prev = r.End, w
				continue
			case r.Grade >= lexicon.Likely:
				return false
			}
		}
		if enters(inner, breaks, s, prev, w) {
			inner = 2
		}
		if breaks && inner > 0 {
			inner--
			breaks = false
		}
		if (breaks || !comma) && prev.Term != lexicon.List &&
			(!opensClause(prev) || breaks && prev.Term == lexicon.So) && goalMarker(s, w, breaks).kind >= least {
			return true
		}
		prev = w
		if c := lexicon.ClauseMarker(s, w); breaks && c.Kind > 0 {
			s.Pos, prev = c.End, c.Word()
		}
	}
	return false
}

// skipQuote returns the last word of the quote that opens right before w, w if it does not end soon. s goes on behind.
func (p *parser) skipQuote(s *lexicon.Scanner, w lexicon.Word) lexicon.Word {
	const longest = 200 // bytes
	n := strings.IndexAny(p.text[w.To:min(len(p.text), w.To+longest)], "\"”»“")
	last := w
	for n >= 0 {
		ahead := *s
		next, ok := ahead.Next()
		if !ok || next.From > w.To+n {
			break
		}
		last, *s = next, ahead
	}
	return last
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
	case lexicon.Am, lexicon.Can, lexicon.Cannot, lexicon.Dont, lexicon.Have, lexicon.Do:
		return true
	default:
		return false
	}
}

// readGoal splits what follows the goal's marker into goal, benefit and rest.
func (p *parser) readGoal(goal wanted) {
	goal.End = p.leadingCause(goal.End)
	r, stop, clauses := p.findReason(goal.End)
	if p.front.IsZero() && p.reasonInFront(r, &goal) {
		r, stop, clauses = p.findReason(goal.End)
	}
	end := stop
	var benefit Part
	if r.Grade > 0 {
		sentence := p.lang.SentenceEnd(p.text, r.End)
		benefit = p.part(r.End, sentence, r.Marker)
		end = min(end, r.Start)
		if !benefit.IsZero() && p.saysWhy(p.text[min(stop, r.Start):r.Start]) {
			end = stop
			stop = sentence
		} else if !benefit.IsZero() {
			end, stop = r.Start, sentence
		}
	}
	start := p.ability(&goal, end)
	if clauses || goal.waits {
		p.waits = goal.waits
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

// ability takes the words of an ability into the marker of a goal if a condition stands behind them: "je veux pouvoir, après avoir
// payé, imprimer". It returns where the goal goes on.
func (p *parser) ability(goal *wanted, end int) int {
	if p.lang.Goals == nil {
		return goal.End // read with the marker
	}
	s := p.scanTo(goal.End, end)
	w, _ := s.Next()
	if m, ok := p.lang.AbilityAt(s, w); ok {
		s.Pos = m.End
		last := lexicon.Word{Start: m.Start, From: m.From, To: m.To, End: m.End}
		if next, _ := s.Next(); isAside(s, last, next) {
			goal.Extend(last)
			goal.waits = true
		}
	}
	return goal.End
}

// keepQuotes gives a goal its quotes back if without them it would begin with a benefit: "I want 'so that'".
func (p *parser) keepQuotes(goal Part, start, end int) Part {
	if goal.Start < start+1 || p.text[goal.Start-1] == ' ' {
		return goal // without quotes
	}
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
