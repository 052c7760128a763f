package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// RoleAt reads the phrase that announces a role at w, where s continues.
func (l *Language) RoleAt(s *Scanner, w Word) (m Marker, ok bool) {
	m, _, ok = l.roles.at(s, w)
	return m, ok
}

// MayBeGoal reports whether it is worth asking for the marker of a goal at w.
func (l *Language) MayBeGoal(w Word) bool { return l.Has(w, BeginsGoal) }

// GoalAt reads the phrase that announces a goal at w, where s continues; opens reports that a part may
// begin there. The kind is zero if none does.
func (l *Language) GoalAt(s Scanner, w Word, opens bool) (m Marker, kind GoalKind) {
	m, goal, ok := l.goalAt(&s, w)
	if ok && !goal.Own && (opens || !goal.Opening) {
		return m, goal.Kind
	}
	return Marker{}, 0
}

// goalAt and reasonAt read a phrase at w, where s continues, and return what is known of it: zero if there is none.
func (l *Language) goalAt(s *Scanner, w Word) (m Marker, g Goal, ok bool) {
	m, i, ok := l.goals.at(s, w)
	if ok {
		g = l.Goals[i]
	}
	return m, g, ok
}

func (l *Language) reasonAt(s *Scanner, w Word) (m Marker, p Purpose, ok bool) {
	m, i, ok := l.reasons.at(s, w)
	if ok {
		p = l.Reasons[i]
	}
	return m, p, ok
}

// OwnGoalAt reads the verb of a goal at w whose subject stands before the role: "möchte", behind "Ich als Käufer".
func (l *Language) OwnGoalAt(s Scanner, w Word) (m Marker, kind GoalKind) {
	if m, goal, ok := l.goalAt(&s, w); ok && goal.Own {
		return m, goal.Kind
	}
	return Marker{}, 0
}

// BringsSubject reports whether a role has the subject of the goal in its marker or before it: "Ich als", "I as a", also
// behind a comma.
func (l *Language) BringsSubject(text string, role Marker) bool {
	s := Scanner{Text: text, Lang: l, Pos: role.From}
	if l.Goals != nil {
		w, _ := s.Next()
		return w.Term == Subject && l.Capitals
	}
	s.Pos = 0
	var before Word
	for w, ok := s.Next(); ok && w.From < role.From; w, ok = s.Next() {
		next, _ := s.Peek()
		opens := before.End == 0 || Breaks(text, before, w) && !Breaks(text, w, next)
		if next.From == role.From {
			return w.Term == Subject && opens
		}
		before = w
	}
	return false
}

// AbilityAt reads the words of an ability at w, where s continues: "pouvoir", "in der Lage sein".
func (l *Language) AbilityAt(s Scanner, w Word) (m Marker, ok bool) {
	m, _, ok = l.abilities.at(&s, w)
	return m, ok
}

// GoalText returns a goal as it stands in the canonical sentence, for one that was announced by a marker:
// "pouvoir payer" for "je peux". One that is no wish keeps its marker.
func (l *Language) GoalText(marker, goal string) string {
	s := Scanner{Text: marker, Lang: l}
	w, _ := s.Next()
	m, g, _ := l.goalAt(&s, w)
	if ability := strings.TrimSpace(marker[m.To:]); ability != "" { // that a condition stands behind
		marker = marker[:m.To]
		if l.Capitals {
			ability += ","
		}
		goal = ability + " " + goal
	}
	switch g.Lead {
	case "=":
		return l.Join(strings.ToLower(marker)+l.beforeClause(goal), goal)
	case "~":
		for _, can := range [...]string{" könnte", " könnten", " kann", " können"} {
			if ability, ok := strings.CutSuffix(goal, can); ok {
				return ability + " können"
			}
		}
		return strings.Replace(strings.ToLower(marker), " wenn ", ", wenn ", 1) + " " + goal
	case "?":
		next, _ := Scanner{Text: goal, Lang: l}.Peek()
		if next.Term != Article && next.Term != Pronoun && !l.infinitiveFollows(Scanner{Text: goal, Lang: l}) {
			return l.Join("de ", goal)
		}
		return goal
	}
	if lead, ok := strings.CutPrefix(g.Lead, "+"); ok {
		return strings.ToLower(marker[w.From:w.To]) + " " + lead + goal
	}
	return g.Lead + goal
}

// keeps reports whether a goal has a marker of its own, in place of "I want".
func (l *Language) keeps(goal string) bool {
	s := Scanner{Text: goal, Lang: l}
	w, _ := s.Next()
	if _, g, ok := l.goalAt(&s, w); ok && !g.Own {
		return g.Lead == "="
	}
	return false
}

// IsNoun reports whether a word is a noun where nouns have a capital.
func (l *Language) IsNoun(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return l.Capitals && unicode.IsUpper(r) && n < len(word)
}

// IsLead reports whether a text leads to a benefit in a sentence of its own: "this is".
func (l *Language) IsLead(text string) bool { return l.leads[Fold(text)] }

// purposeAt reads the phrase that announces a benefit at w, where s continues; prev is the word before it.
func (l *Language) purposeAt(s Scanner, prev, w Word) Reason {
	m, p, ok := l.reasonAt(&s, w)
	if !ok {
		return Reason{}
	}
	next, _ := s.Peek()
	starts := next.Term == Subject || next.Term == Pronoun || next.Term == Article
	r := Reason{Marker: m, Kind: p.Kind, Grade: p.Bare, Later: p.Kind == ByClause && starts}
	if r.Later {
		r.Grade = max(r.Grade, Likely)
	}
	if prev.To == prev.From || Breaks(s.Text, prev, w) {
		r.Grade = p.Grade
	}
	if p.Kind == ByReason && r.Grade == Perhaps && !starts {
		return Reason{} // "en car"
	}
	if p.Kind == ByInfinitive && p.Bare < Surely && !l.infinitiveFollows(s) && !s.isTemplate(prev, next) {
		return Reason{}
	}
	return r
}

// isTemplate reports whether next, behind the marker of a purpose, is a placeholder, as the word before it is: "<goal> para <reason>".
func (s Scanner) isTemplate(prev, next Word) bool {
	const open, shut = "<[{", ">]}"
	return next.Start < next.From && prev.To < len(s.Text) &&
		strings.IndexByte(open, s.Text[next.From-1]) >= 0 && strings.IndexByte(shut, s.Text[prev.To]) >= 0
}

// infinitiveFollows reports whether a clause is the purpose of something: its first word, but for pronouns
// and adverbs, is an infinitive.
func (l *Language) infinitiveFollows(s Scanner) bool {
	if l.Linker != "" {
		return s.hasLinked()
	}
	const most = 5 // words before it
	for range most {
		w, ok := s.Next()
		word := s.Text[w.From:w.To]
		switch {
		case !ok:
			return false
		case l.Has(w, Clitic) || l.IsAdverb(word):
			continue
		}
		return l.IsInfinitive(Fold(word))
	}
	return false
}

// Benefit returns a benefit as it stands in a narrative, for one that was announced by a marker. It has
// its own word before it unless the canonical sentence has one of the same kind.
func (l *Language) Benefit(marker, benefit string) string {
	if l.Reasons == nil {
		return l.benefitLead(marker) + benefit
	}
	s := Scanner{Text: marker, Lang: l}
	w, _ := s.Next()
	_, p, ok := l.reasonAt(&s, w)
	if benefit == "" || !ok || p.Kind == l.purposeOf(benefit) {
		return benefit
	}
	return l.Join(strings.ToLower(marker)+" ", benefit)
}

// purposeOf is the kind of marker that the canonical sentence has before a benefit; 0 for none.
func (l *Language) purposeOf(benefit string) PurposeKind {
	s := Scanner{Text: benefit, Lang: l}
	w, _ := s.Next()
	switch {
	case l.purposeAt(s, Word{}, w).Grade > 0:
		return 0
	case l.infinitiveFollows(Scanner{Text: benefit, Lang: l}):
		return ByInfinitive
	}
	return ByClause
}

// Join puts two texts together. Where the language elides, a vowel before another is left out: "qu'il".
func (l *Language) Join(before, behind string) string {
	if l.elided == nil {
		return before + behind
	}
	if bare := strings.TrimSuffix(before, " "); strings.HasSuffix(bare, "'") || strings.HasSuffix(bare, "’") {
		return bare + behind
	}
	if !startsWithVowel(behind) {
		return before + behind
	}
	for _, end := range [...]string{"que ", "de "} {
		if lead, ok := strings.CutSuffix(before, end); ok {
			return lead + end[:len(end)-2] + "'" + behind
		}
	}
	return before + behind
}

// startsWithVowel goes by spelling; an h counts where it is mute in the words of stories.
func startsWithVowel(s string) bool {
	lower := Fold(s[:min(len(s), 8)])
	for _, mute := range [...]string{"habit", "hist", "homme", "hôt", "hôp", "hés", "héb", "horaire"} {
		if strings.HasPrefix(lower, mute) {
			return true
		}
	}
	r, _ := utf8.DecodeRuneInString(lower)
	return strings.ContainsRune("aeiouàâäæéèêëîïôöùûüœ", r)
}
