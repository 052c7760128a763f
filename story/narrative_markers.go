package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// marker is where the words stand that announce a part: from:to without the punctuation around
// them, start:end with it.
type marker struct{ start, from, to, end int }

func markerAt(w word) marker { return marker{w.start, w.from, w.to, w.end} }

func (m *marker) extend(w word) { m.to, m.end = w.to, w.end }

// roleMarker reads "As a" at w, where s continues. Without an article only a bare "As" that opens
// the sentence counts, and only before a word that can be somebody.
func roleMarker(s scanner, w word, opens bool) (marker, bool) {
	if w.term != termAs {
		return marker{}, false
	}
	m := markerAt(w)
	next, ok := s.next()
	switch {
	case !ok:
		return m, opens
	case next.term == termArticle:
		m.extend(next)
		return m, true
	case next.term == termOther || next.term == termPronoun:
		return m, opens && !afterAs(strings.ToLower(s.text[next.from:min(next.to, next.from+16)]))
	}
	return marker{}, false
}

// wantedKind is how somebody wants something.
type wantedKind uint8

const (
	statement wantedKind = iota + 1 // I see
	ability                         // I can, I must, I am able to
	wish                            // I want, I need, I would like
)

// wanted is the marker of a goal.
type wanted struct {
	marker
	kind wantedKind // 0: no goal here
}

// goalMarker reads "I want to" at w, where s continues. With bare, "want to" is enough; "would like"
// always is.
func goalMarker(s scanner, w word, bare bool) wanted {
	verb := w
	switch {
	case w.term == termSubject:
		verb, _ = s.next()
		if breaks(s.text, w, verb) {
			return wanted{}
		}
	case isContraction(s.text, w), bare && (w.term == termWant || w.term == termWould):
	case w.term == termWould:
		if next, _ := s.peek(); next.term != termLike {
			return wanted{}
		}
	default:
		return wanted{}
	}
	m := wanted{marker: markerAt(w)}
	verb = m.skipAdverbs(&s, verb)
	switch verb.term {
	case termWant, termLike:
		m.wish(&s, verb)
	case termWould, termCan, termCannot, termWill, termDo, termDont:
		m.modal(&s, verb)
		if m.kind == statement && !isSingular(s.text, w) {
			m.kind = 0
		}
	case termAm:
		m.extend(verb)
		next := m.peekAdverbs(s)
		if next.term == termAble {
			m.able(&s, 2)
		} else if isSingular(s.text, w) && isPassive(s.text[next.from:next.to]) {
			m.kind = statement
		}
	case termHave:
		if next, _ := s.peek(); next.term == termTo {
			m.extend(next)
			m.kind = ability
		} else if isSingular(s.text, w) {
			m.kind = statement
		}
	case termOther:
		if isSingular(s.text, w) && isPresent(s.text[verb.from:verb.to]) {
			m.kind = statement
		}
	default: // no verb
	}
	return m
}

// wish reads on from "want": "to", "to be able to".
func (m *wanted) wish(s *scanner, verb word) {
	m.extend(verb)
	m.kind = wish
	if next, _ := s.peek(); next.term == termTo {
		m.extend(next)
		_, _ = s.next()
		m.able(s, 3)
	}
}

// modal reads on from "would", "can", "don't": the verb of a wish, "be able to", or nothing.
func (m *wanted) modal(s *scanner, verb word) {
	m.extend(verb)
	ahead := *s
	next, _ := ahead.next()
	for n := 0; n < 4 && qualifies(s.text, next); n++ {
		if next.term == termNot {
			m.extend(next)
			*s = ahead
		}
		next, _ = ahead.next()
	}
	switch {
	case next.term == termWant || next.term == termLike:
		*s = ahead
		m.wish(s, next)
	case verb.term == termDo || verb.term == termDont:
		m.kind = statement
	default:
		m.kind = ability
		m.able(s, 3)
	}
}

// able reads "be able to" (3 words) or "able to" (2), if it stands there.
func (m *wanted) able(s *scanner, words int) {
	ahead := *s
	w, _ := ahead.next()
	for n := 0; n < 4 && qualifies(s.text, w); n++ {
		w, _ = ahead.next()
	}
	if words == 3 {
		if w.term != termAm {
			return
		}
		w, _ = ahead.next()
	}
	if w.term != termAble {
		return
	}
	if w, _ = ahead.next(); w.term == termTo {
		m.extend(w)
		*s = ahead
		m.kind = max(m.kind, ability)
	}
}

// skipAdverbs takes "only", "never", "quickly" before the verb into the marker.
func (m *wanted) skipAdverbs(s *scanner, w word) word {
	for n := 0; n < 4 && qualifies(s.text, w); n++ {
		m.extend(w)
		w, _ = s.next()
	}
	return w
}

// peekAdverbs is the first word that is not an adverb.
func (m *wanted) peekAdverbs(s scanner) word {
	w, _ := s.next()
	for n := 0; n < 4 && qualifies(s.text, w); n++ {
		w, _ = s.next()
	}
	return w
}

// goalLead is what stands between "I want" and the goal in the canonical sentence, for a goal that
// was announced by these words: "to " for "I want to", "not " for "I don't want".
func goalLead(marker string) string {
	if marker == "" {
		return ""
	}
	var lead strings.Builder
	add := func(s string) { lead.WriteString(s); lead.WriteByte(' ') }
	s := scanner{text: marker}
	tail, ending := false, "to"
	for w, ok := s.next(); ok; w, ok = s.next() {
		text := marker[w.from:w.to]
		switch {
		case tail:
			add(strings.ToLower(text))
		case w.term == termWant || w.term == termLike:
			tail = true
		case w.term == termDont:
			add("not")
		case w.term == termCannot:
			add("not")
			ending = "to be able to"
		case w.term == termAm:
			ending = "to be"
		case w.term == termCan && isPermission(text), w.term == termAble:
			ending = "to be able to"
		case qualifies(marker, w):
			add(strings.ToLower(text))
		}
	}
	if !tail {
		add(ending)
	}
	return lead.String()
}

// isContraction reports "I'd", "we're", "I'll".
func isContraction(text string, w word) bool {
	return (w.term == termWould || w.term == termAm || w.term == termWill) &&
		strings.ContainsAny(text[w.from:w.to], "'’")
}

// isSingular reports whether the subject is "I".
func isSingular(text string, w word) bool { return text[w.from]|0x20 == 'i' }

// qualifies reports "only", "never", "quickly": what may stand between "I" and its verb.
func qualifies(text string, w word) bool {
	return w.term == termAdverb || w.term == termNot || w.term == termOther && isAdverb(text[w.from:w.to])
}

func isAdverb(s string) bool {
	if len(s) < 5 || !strings.HasSuffix(s, "ly") {
		return false
	}
	switch s {
	case "apply", "reply", "supply", "comply", "multiply", "imply":
		return false
	}
	return true
}

func isPermission(s string) bool {
	switch strings.ToLower(s) {
	case "can", "could", "may", "might":
		return true
	}
	return false
}

// isPassive reports what may follow "I am" as something done to me: notified, shown, sent.
func isPassive(s string) bool {
	return isParticiple(s, "ed") || isParticiple(s, "en") || isParticiple(s, "wn") || isParticiple(s, "nt")
}

func isParticiple(s, ending string) bool { return len(s) > 3 && strings.HasSuffix(s, ending) }

// isPresent reports whether a word after "I" can tell what the product does: a verb in the present.
func isPresent(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) && !strings.HasSuffix(s, "ed") && !strings.HasSuffix(s, "ing")
}
