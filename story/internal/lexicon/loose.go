package lexicon

import (
	"cmp"
	"strings"
)

// EndWithoutComma returns where the clause that c opens ends and what is wanted begins, though no comma stands there:
// "wenn ich zahle | einen Beleg sehen", "quand je paie | voir un reçu". It is 0 if that does not show.
func (c Clause) EndWithoutComma(s Scanner) int {
	s.Pos = c.End
	switch {
	case s.Lang.Linker != "":
		return s.behindVerb()
	case s.Lang.Infinitives != nil:
		return s.beforeInfinitive()
	}
	return 0
}

// behindVerb is where the word behind the verb of a clause begins, in a language whose clauses end with it: one that helps
// another ("habe", "kann"), or one with the ending that goes with the subject.
func (s Scanner) behindVerb() int {
	subject, _ := s.Next()
	ending := "t"
	if subject.Term == Subject {
		ending = "e"
		if !IsSingular(s.Text, subject) {
			ending = "en"
		}
	}
	prev, doubtful := subject, 0
	for {
		w, ok := s.Next()
		next, more := s.Peek()
		if !ok || !more || Breaks(s.Text, prev, w) || Breaks(s.Text, w, next) {
			return doubtful
		}
		word := s.Text[w.From:w.To]
		helps := w.helps() || w.Term == Other && s.Lang.Has(w, BeginsGoal) // "will", "brauche"
		if isVerb := w.entry == 0 && isLower(word) && (strings.HasSuffix(word, ending) || strings.HasSuffix(word, "te")); (helps || isVerb) && !next.helps() {
			if helps || !s.Lang.IsNoun(s.Text[next.From:next.To]) {
				return next.Start
			}
			if doubtful == 0 {
				doubtful = next.Start // "wenn ich zahle | Belege drucken", or "neue Belege"
			}
		}
		prev = w
	}
}

// helps reports a verb that another stands before: "gezahlt habe", "zahlen kann".
func (w Word) helps() bool { return w.Term == Am || w.Term == Can || w.Term == Have }

// beforeInfinitive is where the infinitive of what is wanted begins, with the pronouns before it: one that nothing in the
// clause takes, as "je veux" and "avant de" do.
func (s Scanner) beforeInfinitive() int {
	var prev Word
	at := 0 // of the pronouns before w
	for n := 0; ; n++ {
		w, ok := s.Next()
		if !ok || n > 0 && Breaks(s.Text, prev, w) {
			return 0
		}
		isClitic := s.Lang.Has(w, Clitic) && (at > 0 || !s.Lang.Has(w, Behind))
		switch {
		case isClitic && at == 0:
			at = w.Start
		case n > 0 && s.Lang.IsInfinitive(Fold(s.Text[w.From:w.To])):
			return cmp.Or(at, w.Start)
		case !isClitic:
			at = 0
		}
		if _, g, ok := s.Lang.goalAt(&s, w); ok && g.Kind > Statement || w.Term == After || w.Term == Can {
			w = s.infinitive(w)
			at = 0
		}
		prev = w
	}
}

// infinitive moves behind the infinitive that comes next, with the pronouns before it, and returns it; w if none does.
func (s *Scanner) infinitive(w Word) Word {
	ahead := *s
	for {
		next, ok := ahead.Next()
		switch {
		case !ok:
			return w
		case s.Lang.IsInfinitive(Fold(s.Text[next.From:next.To])):
			*s = ahead
			return next
		case !s.Lang.Has(next, Clitic):
			return w
		}
	}
}
