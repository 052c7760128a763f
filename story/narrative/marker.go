package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// roleMarker reads "As a" at w, where s continues. Without an article only a bare "As" that opens
// the sentence counts, and only before a word that can be somebody.
func roleMarker(s lexicon.Scanner, w lexicon.Word, opens bool) (lexicon.Marker, bool) {
	m, ok := s.Lang.RoleAt(&s, w)
	if !ok {
		return m, false
	}
	next, ok := s.Next()
	switch {
	case !ok:
		return m, opens
	case next.Term == lexicon.Article:
		m.Extend(next)
		return m, true
	case next.Term == lexicon.Other || next.Term == lexicon.Pronoun:
		return m, opens && !s.Lang.Has(next, lexicon.NoRole) || s.Lang.IsNoun(s.Text[next.From:next.To])
	}
	return lexicon.Marker{}, false
}

// maxAdverbs is how many adverbs may stand before a verb.
const maxAdverbs = 4

// wanted is the marker of a goal.
type wanted struct {
	lexicon.Marker
	kind lexicon.GoalKind // 0: no goal here
}

// goalMarker reads "I want to" at w, where s continues. With bare, "want to" is enough; "would like"
// always is.
func goalMarker(s lexicon.Scanner, w lexicon.Word, bare bool) wanted {
	verb := w
	switch {
	case s.Lang.Goals != nil:
		m, kind := s.Lang.GoalAt(s, w, bare)
		return wanted{m, kind}
	case w.Term == lexicon.Subject:
		verb, _ = s.Next()
		if lexicon.Breaks(s.Text, w, verb) {
			return wanted{}
		}
	case lexicon.IsContraction(s.Text, w), bare && (w.Term == lexicon.Want || w.Term == lexicon.Would):
	case w.Term == lexicon.Would:
		if next, _ := s.Peek(); next.Term != lexicon.Like {
			return wanted{}
		}
	default:
		return wanted{}
	}
	m := wanted{Marker: lexicon.MarkerAt(w)}
	verb = m.skipAdverbs(&s, verb)
	switch verb.Term {
	case lexicon.Want, lexicon.Like:
		m.wish(&s, verb)
	case lexicon.Would, lexicon.Can, lexicon.Cannot, lexicon.Will, lexicon.Do, lexicon.Dont:
		m.modal(&s, verb)
		if m.kind == lexicon.Statement && !lexicon.IsSingular(s.Text, w) {
			m.kind = 0
		}
	case lexicon.Am:
		m.Extend(verb)
		ahead := s
		next := nextVerb(&ahead)
		if next.Term == lexicon.Able {
			m.able(&s, 2)
		} else if lexicon.IsSingular(s.Text, w) && isPassive(s.Text[next.From:next.To]) {
			m.kind = lexicon.Statement
		}
	case lexicon.Have:
		if next, _ := s.Peek(); next.Term == lexicon.To {
			m.Extend(next)
			m.kind = lexicon.Ability
		} else if lexicon.IsSingular(s.Text, w) {
			m.kind = lexicon.Statement
		}
	case lexicon.Other:
		if lexicon.IsSingular(s.Text, w) && isPresent(s.Text[verb.From:verb.To]) {
			m.kind = lexicon.Statement
		}
	default: // no verb
	}
	return m
}

// wish reads on from "want": "to", "to be able to".
func (m *wanted) wish(s *lexicon.Scanner, verb lexicon.Word) {
	m.Extend(verb)
	m.kind = lexicon.Wish
	ahead := *s
	if next, _ := ahead.Next(); next.Term == lexicon.To {
		m.Extend(next)
		*s = ahead
		m.able(s, 3)
	}
}

// modal reads on from "would", "can", "don't": the verb of a wish, "be able to", or nothing.
func (m *wanted) modal(s *lexicon.Scanner, verb lexicon.Word) {
	m.Extend(verb)
	ahead := *s
	next, _ := ahead.Next()
	for n := 0; n < maxAdverbs && qualifies(*s, next); n++ {
		if next.Term == lexicon.Not {
			m.Extend(next)
			*s = ahead
		}
		next, _ = ahead.Next()
	}
	switch {
	case next.Term == lexicon.Want || next.Term == lexicon.Like:
		*s = ahead
		m.wish(s, next)
	case verb.Term == lexicon.Do || verb.Term == lexicon.Dont:
		m.kind = lexicon.Statement
	default:
		m.kind = lexicon.Ability
		m.able(s, 3)
	}
}

// able reads "be able to" (3 words) or "able to" (2), if it stands there.
func (m *wanted) able(s *lexicon.Scanner, words int) {
	ahead := *s
	w := nextVerb(&ahead)
	if words == 3 {
		if w.Term != lexicon.Am {
			return
		}
		w, _ = ahead.Next()
	}
	if w.Term != lexicon.Able {
		return
	}
	if w, _ = ahead.Next(); w.Term == lexicon.To {
		m.Extend(w)
		*s = ahead
		m.kind = max(m.kind, lexicon.Ability)
	}
}

// skipAdverbs takes "only", "never", "quickly" before the verb into the marker.
func (m *wanted) skipAdverbs(s *lexicon.Scanner, w lexicon.Word) lexicon.Word {
	for n := 0; n < maxAdverbs && qualifies(*s, w); n++ {
		m.Extend(w)
		w, _ = s.Next()
	}
	return w
}

// nextVerb returns the next word that is not an adverb.
func nextVerb(s *lexicon.Scanner) lexicon.Word {
	w, _ := s.Next()
	for n := 0; n < maxAdverbs && qualifies(*s, w); n++ {
		w, _ = s.Next()
	}
	return w
}

// goalText is what follows "I want" in the canonical sentence, for a goal that was announced by a marker: "to
// pay" for "I want to", "not to pay" for "I don't want to".
func goalText(l *lexicon.Language, marker, goal string) string {
	if marker == "" {
		return goal
	}
	var lead strings.Builder
	add := func(s string) { lead.WriteString(s); lead.WriteByte(' ') }
	if l.Goals != nil {
		return l.GoalText(marker, goal)
	}
	s := lexicon.Scanner{Text: marker, Lang: l}
	tail, ending := false, "to"
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		text := marker[w.From:w.To]
		switch {
		case tail:
			add(strings.ToLower(text))
		case w.Term == lexicon.Want || w.Term == lexicon.Like:
			tail = true
		case w.Term == lexicon.Dont:
			add("not")
		case w.Term == lexicon.Cannot:
			add("not")
			ending = "to be able to"
		case w.Term == lexicon.Am:
			ending = "to be"
		case l.Has(w, lexicon.Permission), w.Term == lexicon.Able:
			ending = "to be able to"
		case qualifies(s, w):
			add(strings.ToLower(text))
		}
	}
	if !tail {
		add(ending)
	}
	return lead.String() + goal
}

// qualifies reports "only", "never", "quickly": what may stand between "I" and its verb.
func qualifies(s lexicon.Scanner, w lexicon.Word) bool {
	return w.Term == lexicon.Adverb || w.Term == lexicon.Not || w.Term == lexicon.Other && s.Lang.IsAdverb(s.Text[w.From:w.To])
}

// isPassive reports what may follow "I am" as something done to me: notified, shown, sent.
func isPassive(s string) bool {
	return lexicon.HasEnding(s, []string{"ed", "en", "wn", "nt"})
}

// isPresent reports whether a word after "I" can state what the product does: a verb in the present.
func isPresent(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) && !strings.HasSuffix(s, "ed") && !strings.HasSuffix(s, "ing")
}
