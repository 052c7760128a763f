package lexicon

import "strings"

// Marker is where the words stand that announce a part: from:to without the punctuation around
// them, start:end with it.
type Marker struct{ Start, From, To, End int }

// MarkerAt returns the marker that is the word w.
func MarkerAt(w Word) Marker { return Marker{w.Start, w.From, w.To, w.End} }

// MarkerFrom returns the empty marker at a place.
func MarkerFrom(at int) Marker { return Marker{at, at, at, at} }

// Extend takes w and what stands before it into the marker.
func (m *Marker) Extend(w Word) { m.To, m.End = w.To, w.End }

// Reason is the marker of a benefit.
type Reason struct {
	Marker
	Grade int
	Kind  PurposeKind
	Later bool // may begin a sentence of its own
}

// How surely words announce a benefit.
const (
	Perhaps = iota + 1 // so parents can
	Likely             // so I, since they; ", so"
	Surely             // so that, in order to, because
)

// ReasonMarker reads "so that" at w, where s continues; prev is the word before. It reads as far as
// "that" is repeated: who looks for several markers goes on behind each.
func ReasonMarker(s Scanner, prev, w Word) Reason {
	if s.Lang.Reasons != nil {
		return s.Lang.purposeAt(s, prev, w)
	}
	r := Reason{Marker: MarkerAt(w), Later: w.Term == So}
	ahead := s
	next, _ := ahead.Next()
	switch {
	case w.Term == So && next.Term == That, w.Term == In && next.Term == Order:
		r.Extend(next)
		if w.Term == In {
			if next, _ = ahead.Next(); next.Term != To && next.Term != That && !isFor(s.Text, next) {
				return Reason{}
			}
			r.Extend(next)
			r.Grade = Surely
			if next.Term == To {
				r.Kind = ByInfinitive
			}
			return r
		}
		r.repeated(ahead)
	case w.Term == So && next.Term == As:
		if next, _ = ahead.Next(); next.Term != To {
			return Reason{}
		}
		r.Extend(next)
		r.Grade, r.Kind = Surely, ByInfinitive
	case w.Term == So:
		r.Grade = gradeOfSo(s, prev, w, next)
	case w.Term == Because:
		r.Grade, r.Kind = Surely, ByReason
	case w.Term == Since && (startsClause(s.Text, next) || ahead.verbFollows(next)) && !s.Lang.Is(s.Text[prev.From:prev.To], NoReason):
		r.Grade, r.Kind = Likely, ByReason
	}
	return r
}

// Opens reports whether a sentence may begin with the benefit: "In order to pay, as a buyer".
func (r Reason) Opens() bool {
	return r.Grade == Surely && r.Kind != ByReason || r.Grade == Likely && r.Kind == ByInfinitive
}

// Word is the marker as if it were one word.
func (r Reason) Word() Word { return Word{Start: r.Start, From: r.From, To: r.To, End: r.End} }

// repeated takes more of "so that" and "that", as in "so that that" and "so that so that", with nothing between them but
// spaces.
func (r *Reason) repeated(s Scanner) {
	r.Grade = Surely
	for r.To == r.End {
		ahead := s
		w, _ := ahead.Next()
		if w.Term == So && w.Start == w.From {
			w, _ = ahead.Next()
		}
		if w.Term != That || w.Start < w.From {
			return
		}
		r.Extend(w)
		s = ahead
	}
}

// gradeOfSo grades a "so" without "that" by what stands before and after it.
func gradeOfSo(s Scanner, prev, w, next Word) int {
	if s.Lang.Is(s.Text[prev.From:prev.To], NoReason) || next.To == next.From || s.Lang.Has(next, NoBenefit) {
		return 0
	}
	if startsClause(s.Text, next) || Breaks(s.Text, prev, w) {
		return Likely
	}
	if s.actsNext(next) {
		return Perhaps
	}
	for range 4 {
		switch w, _ := s.Next(); {
		case w.Term == Subject, ClauseMarker(s, w).Kind > 0: // "so late or I can't"
			return 0
		case w.Term == Can, w.Term == Cannot, w.Term == Am, w.Term == Do, w.Term == Dont, w.Term == Have, w.Term == Would:
			return Perhaps
		}
	}
	return 0
}

// actsNext reports whether next begins a clause of which only the place shows the verb: "the team reacts", "customers come back".
func (s Scanner) actsNext(next Word) bool {
	_, _ = s.Next()
	w, ok := s.Next()
	if !ok || Breaks(s.Text, next, w) || w.Term != Other {
		return false
	}
	word, before := s.Text[w.From:w.To], s.Text[next.From:next.To]
	if next.Term == Other {
		return endsPlural(before) && !isThird(word) && !s.Lang.IsAdverb(word) && !s.Lang.IsPast(word) && !s.Lang.IsGerund(word)
	}
	verb, _ := s.Next()
	acts := s.Text[verb.From:verb.To]
	return next.Term == Article && before == "the" && verb.Term == Other && !Breaks(s.Text, w, verb) && isThird(acts) && !s.isNominal(acts)
}

// startsClause reports words like "I" and "they" that a sentence can begin with.
func startsClause(text string, w Word) bool {
	return w.Term == Subject || w.Term == Pronoun || IsContraction(text, w)
}

// benefitLead is what stands between "so that" and the benefit in the canonical sentence.
func (l *Language) benefitLead(marker string) string {
	s := Scanner{Text: marker, Lang: l}
	w, _ := s.Next()
	last := w
	for next, ok := s.Next(); ok; next, ok = s.Next() {
		last = next
	}
	switch {
	case w.Term == Because || w.Term == Since:
		return strings.ToLower(marker) + " "
	case w.Term == In && isFor(marker, last):
		return "in order for "
	case last.Term == To:
		return "I can "
	}
	return ""
}

// givesReason reports whether a benefit begins with a reason word of its own.
func (l *Language) givesReason(benefit string) bool {
	s := Scanner{Text: benefit, Lang: l}
	w, _ := s.Next()
	switch w.Term {
	case Because, Since, In:
		r := ReasonMarker(s, Word{}, w)
		lead := l.benefitLead(benefit[:r.To])
		start, _ := Trim(benefit, r.End, len(benefit))
		return r.Grade > 0 && lead != "" && strings.HasPrefix(benefit, lead) && start == len(lead)
	default:
		return false
	}
}

func isFor(text string, w Word) bool { return strings.EqualFold(text[w.From:w.To], "for") }

// IsContraction reports "I'd", "we're", "I'll".
func IsContraction(text string, w Word) bool {
	return (w.Term == Would || w.Term == Am || w.Term == Will) &&
		strings.ContainsAny(text[w.From:w.To], "'’")
}

// IsSingular reports whether the subject is "I".
func IsSingular(text string, w Word) bool { return text[w.From]|0x20 == 'i' }
