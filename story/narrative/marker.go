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
	kind  lexicon.GoalKind // 0: no goal here
	waits bool             // for what somebody wants to be able to, behind a condition
}

// goalMarker reads "I want to" at w, where s continues. With bare, "want to" is enough; "would like"
// always is.
func goalMarker(s lexicon.Scanner, w lexicon.Word, bare bool) wanted {
	verb := w
	switch {
	case s.Lang.Goals != nil:
		m, kind := s.Lang.GoalAt(s, w, bare)
		return wanted{Marker: m, kind: kind}
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
	case s.Lang.Has(w, lexicon.Impersonal):
		return impersonal(s, w, s.Text[w.To-1] == 'd')
	default:
		return wanted{}
	}
	if w.Term == lexicon.Subject && verb.Term == lexicon.Would || w.Term == lexicon.Would {
		if m := impersonal(s, w, true); m.kind > 0 {
			return m
		}
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

// ownMarker reads the wish or ability of a goal whose subject stands before the role: "I as a user | want to".
func ownMarker(s lexicon.Scanner, w lexicon.Word) wanted {
	m := wanted{Marker: lexicon.MarkerAt(w)}
	switch verb := m.skipAdverbs(&s, w); verb.Term {
	case lexicon.Want, lexicon.Like:
		m.wish(&s, verb)
	case lexicon.Would, lexicon.Can, lexicon.Cannot, lexicon.Will, lexicon.Dont:
		m.modal(&s, verb)
	default:
	}
	if m.kind < lexicon.Ability {
		return wanted{}
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
	rather := strings.EqualFold(s.Text[next.From:next.To], "rather")
	if rather {
		m.Extend(next)
		*s = ahead
		next, _ = ahead.Next()
	}
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
	case rather:
		m.kind = lexicon.Wish
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
	before := ahead
	next, _ := ahead.Next()
	switch {
	case next.Term == lexicon.To:
		m.Extend(next)
		*s = ahead
	case isAside(ahead, w, next):
		m.Extend(w)
		*s, m.waits = before, true
	default:
		return
	}
	m.kind = max(m.kind, lexicon.Ability)
}

// isAside reports whether next, behind the words of an ability, begins a condition: "to be able, after paying, to print".
func isAside(s lexicon.Scanner, w, next lexicon.Word) bool {
	kind := lexicon.ClauseMarker(s, next).Kind
	if lexicon.Breaks(s.Text, w, next) {
		return kind > 0 || next.Term == lexicon.After || next.Term == lexicon.In
	}
	return kind == lexicon.Conjunction || kind == lexicon.Temporal
}

// impersonal reads what stands around a wish or an ability: "it would help me if | I could", "it would be nice | to",
// "I would be glad if | I could", "I'd be happy | to". Its words are no part of the marker. With would, that word was read.
func impersonal(s lexicon.Scanner, w lexicon.Word, would bool) wanted {
	const most = 6 // words
	prev, helps := w, false
	for range most {
		next, ok := s.Next()
		if !ok || next.Term == lexicon.Like || next.Term == lexicon.Want || next.Term != lexicon.When && lexicon.Breaks(s.Text, prev, next) {
			return wanted{}
		}
		switch {
		case !would:
			if next.Term != lexicon.Would || lexicon.IsContraction(s.Text, next) {
				return wanted{}
			}
			would = true
		case helps && next.Term == lexicon.When:
			subject, _ := s.Next()
			if m := goalMarker(s, subject, false); m.kind > 0 && subject.Term == lexicon.Subject {
				m.Start = w.Start
				return m
			}
			return wanted{}
		case helps && next.Term == lexicon.To && (s.Lang.Has(w, lexicon.Impersonal) || s.Lang.Has(prev, lexicon.Willing)):
			m := wanted{Marker: lexicon.MarkerAt(next), kind: lexicon.Wish}
			m.Start = w.Start
			return m
		case next.Term == lexicon.Other && !s.Lang.Has(next, lexicon.Willing) && !s.Lang.Has(w, lexicon.Impersonal) && !s.Lang.IsAdverb(s.Text[next.From:next.To]):
			return wanted{} // "I would pay if I could"
		}
		helps = helps || next.Term == lexicon.Other && !s.Lang.IsAdverb(s.Text[next.From:next.To])
		prev = next
	}
	return wanted{}
}

// skipAdverbs takes "only", "never", "quickly" before the verb into the marker.
func (m *wanted) skipAdverbs(s *lexicon.Scanner, w lexicon.Word) lexicon.Word {
	for n := 0; n < maxAdverbs && (qualifies(*s, w) || isNoLonger(*s, w)); n++ {
		m.Extend(w)
		w, _ = s.Next()
	}
	return w
}

// isNoLonger reports whether w is a word of "no longer" before a verb.
func isNoLonger(s lexicon.Scanner, w lexicon.Word) bool {
	const no, longer = "no", "longer"
	switch w.To - w.From {
	case len(no):
		next, _ := s.Peek()
		return strings.EqualFold(s.Text[w.From:w.To], no) && strings.EqualFold(s.Text[next.From:next.To], longer)
	case len(longer):
		return strings.EqualFold(s.Text[w.From:w.To], longer)
	}
	return false
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
		case qualifies(s, w), isNoLonger(s, w):
			add(strings.ToLower(text))
		}
	}
	if !tail {
		add(ending)
		if strings.HasSuffix(ending, "to") {
			goal = strings.TrimPrefix(goal, "to ")
		}
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
