package story

import "strings"

// reason is the marker of a benefit.
type reason struct {
	marker
	grade int
}

// How surely words announce a benefit.
const (
	perhaps = iota + 1 // so parents can
	likely             // so I, since they; ", so"
	surely             // so that, in order to, because
)

// reasonMarker reads "so that" at w, where s continues; prev is the word before. It reads as far as
// "that" is repeated: who looks for several markers goes on behind each.
func reasonMarker(s scanner, prev, w word) reason {
	r := reason{marker: markerAt(w)}
	next, _ := s.peek()
	switch {
	case w.term == termSo && next.term == termThat, w.term == termIn && next.term == termOrder:
		_, _ = s.next()
		r.extend(next)
		if w.term == termIn {
			if next, _ = s.next(); next.term != termTo && next.term != termThat && !isFor(s.text, next) {
				return reason{}
			}
			r.extend(next)
			r.grade = surely
			return r
		}
		r.repeated(s)
	case w.term == termSo && next.term == termAs:
		_, _ = s.next()
		if next, _ = s.next(); next.term != termTo {
			return reason{}
		}
		r.extend(next)
		r.grade = surely
	case w.term == termSo:
		r.grade = gradeOfSo(s, prev, w, next)
	case w.term == termBecause:
		r.grade = surely
	case w.term == termSince && startsClause(s.text, next):
		r.grade = likely
	}
	return r
}

// word is the marker as if it were one word.
func (r reason) word() word { return word{start: r.start, from: r.from, to: r.to, end: r.end} }

// repeated takes more of "so that" and "that", as in "so that that" and "so that so that".
func (r *reason) repeated(s scanner) {
	r.grade = surely
	for {
		ahead := s
		w, _ := ahead.next()
		if w.term == termSo {
			w, _ = ahead.next()
		}
		if w.term != termThat {
			return
		}
		r.extend(w)
		s = ahead
	}
}

// gradeOfSo grades a "so" without "that" by what stands before and after it.
func gradeOfSo(s scanner, prev, w, next word) int {
	switch strings.ToLower(s.text[prev.from:min(prev.to, prev.from+8)]) {
	case "do", "does", "did", "doing", "done", "if", "even", "ever", "or", "not", "is", "are", "be", "was":
		return 0
	}
	switch strings.ToLower(s.text[next.from:min(next.to, next.from+8)]) {
	case "", "so", "on", "far", "much", "many", "long", "called", "forth", "few", "little", "as":
		return 0
	}
	if startsClause(s.text, next) || breaks(s.text, prev, w) {
		return likely
	}
	for range 4 {
		switch w, _ := s.next(); w.term {
		case termCan, termCannot, termAm, termDo, termDont, termHave, termWould:
			return perhaps
		default:
		}
	}
	return 0
}

// startsClause reports words like "I" and "they" that a sentence can begin with.
func startsClause(text string, w word) bool {
	return w.term == termSubject || w.term == termPronoun || isContraction(text, w)
}

// benefitLead is what stands between "so that" and the benefit in the canonical sentence.
func benefitLead(marker string) string {
	s := scanner{text: marker}
	w, _ := s.next()
	last := w
	for next, ok := s.next(); ok; next, ok = s.next() {
		last = next
	}
	switch {
	case w.term == termBecause || w.term == termSince:
		return strings.ToLower(marker) + " "
	case w.term == termIn && isFor(marker, last):
		return "in order for "
	case last.term == termTo:
		return "I can "
	}
	return ""
}

// givesReason reports whether a benefit begins with a reason word of its own.
func givesReason(benefit string) bool {
	s := scanner{text: benefit}
	w, _ := s.next()
	switch w.term {
	case termBecause, termSince, termIn:
		r := reasonMarker(s, word{}, w)
		lead := benefitLead(benefit[:r.to])
		start, _ := trimPart(benefit, r.end, len(benefit))
		return r.grade > 0 && lead != "" && strings.HasPrefix(benefit, lead) && start == len(lead)
	default:
		return false
	}
}

func isFor(text string, w word) bool { return strings.EqualFold(text[w.from:w.to], "for") }
