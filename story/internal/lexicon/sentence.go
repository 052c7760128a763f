package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence returns the canonical sentence of a narrative, without a full stop. Conditions, benefit or
// both may be "".
func (l *Language) Sentence(role, conditions, goal, benefit string) string {
	var b strings.Builder
	b.Grow(len("As an , , I want , so that ") + len(role) + len(conditions) + len(goal) + len(benefit))
	if l.Reasons == nil {
		b.WriteString(l.As)
		b.WriteString(l.article(role))
		b.WriteString(role)
	} else {
		b.WriteString(l.Join(l.As, role))
	}
	if conditions != "" {
		b.WriteString(", ")
		b.WriteString(conditions)
		b.WriteString(",")
	} else if l.Capitals && strings.Contains(role, ", ") {
		b.WriteString(",")
	} else {
		b.WriteString(l.Comma)
	}
	b.WriteByte(' ')
	if l.Goals == nil || !l.keeps(goal) {
		b.WriteString(l.Want)
		b.WriteString(l.beforeClause(goal))
	}
	b.WriteString(goal)
	if benefit == "" {
		return b.String()
	}
	b.WriteString(", ")
	switch {
	case l.Reasons == nil && !l.givesReason(benefit):
		b.WriteString(l.SoThat)
		b.WriteString(benefit)
	case l.Reasons == nil:
		b.WriteString(benefit)
	default:
		b.WriteString(l.Join([...]string{"", l.SoThat, l.To}[l.purposeOf(benefit)], benefit))
	}
	return b.String()
}

// beforeClause is the comma before a goal that is a clause, where nouns have a capital: "möchte ich, dass".
func (l *Language) beforeClause(goal string) string {
	s := Scanner{Text: goal, Lang: l}
	if w, _ := s.Next(); l.Capitals && w.Term == That {
		return ", "
	}
	return " "
}

// HeadNoun returns the last word of the role that s reads before the first preposition: "user" of "user of the mobile site".
func HeadNoun(s Scanner) Word {
	head, _ := s.Next()
	for w, ok := s.Next(); ok && !Breaks(s.Text, head, w) && !s.Lang.EndsNoun(w); w, ok = s.Next() {
		head = w
	}
	return head
}

// EndsNoun reports whether what stands before w in a role is its noun.
func (l *Language) EndsNoun(w Word) bool {
	switch w.Term {
	case Article:
		return l.Capitals // a genitive: "Leiterin der Abteilung"
	case After, In, To, Who, That, When:
		return true
	default:
		return false
	}
}

// article is the article a role takes, with a space: "a ", "an ", or "".
func (l *Language) article(role string) string {
	s := Scanner{Text: role, Lang: l}
	noun := HeadNoun(s)
	w, _ := s.Next()
	first := role[w.From:w.To]
	if isPlural(role[noun.From:noun.To]) && (w.Term == Other || w.Term == Pronoun) && !l.Has(w, NoRole) || l.Has(w, Determiner) {
		return ""
	}
	if startsWithVowelSound(first) {
		return "an "
	}
	return "a "
}

// CertainArticle is the article of a role, "a" or "an", where spelling surely tells how it sounds; false if it does not.
func (l *Language) CertainArticle(role string) (article string, ok bool) {
	w, _ := Scanner{Text: role, Lang: l}.Peek()
	word := role[w.From:w.To]
	return strings.TrimSuffix(l.article(role), " "), w.From == 0 && soundsAsSpelled(word)
}

// NamesOne reports whether a role surely names one of several people, so that it takes an article: "new buyer", but not "HR", "Peter"
// or "staff". Only words in small letters are known.
func (l *Language) NamesOne(role string) bool {
	s := Scanner{Text: role, Lang: l}
	head := HeadNoun(s)
	first, _ := s.Peek()
	noun := role[head.From:head.To]
	if first.Term != Other || l.Has(first, Amount|NoRole|Person|Personal) || role != strings.ToLower(role) {
		return false
	}
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		if w.Term == List {
			return false
		}
	}
	return slices.Contains(Phrases(l.Rules.Humans), noun) ||
		len(noun) > 5 && HasEnding(noun, l.Doers) && !strings.HasSuffix(noun, "nior") && !l.Has(head, Thing|NounInIng)
}

// isPlural goes by the ending: users, but not boss, campus, analysis, AWS.
func isPlural(noun string) bool {
	if len(noun) < 4 || !strings.HasSuffix(noun, "s") {
		return false
	}
	switch noun[len(noun)-2] {
	case 's', 'u', 'i', '\'':
		return false
	}
	return true
}

// startsWithVowelSound goes by spelling: an hour, a user, an SRE, a NASA engineer.
func startsWithVowelSound(s string) bool {
	if isSpelledOut(s) {
		return strings.IndexByte("AEFHILMNORSX", s[0]) >= 0
	}
	if isLetter(s) {
		return strings.IndexByte("aefhilmnorsx", s[0]|0x20) >= 0
	}
	lower := strings.ToLower(s[:min(len(s), 8)])
	for _, silent := range [...]string{"hour", "honest", "honor", "honour", "heir"} {
		if strings.HasPrefix(lower, silent) {
			return true
		}
	}
	for _, glide := range [...]string{"uni", "use", "usa", "usu", "uti", "eu", "one", "once", "ut", "ub", "ukr", "uga", "uru"} {
		if strings.HasPrefix(lower, glide) && !strings.HasPrefix(lower, "unin") && !strings.HasPrefix(lower, "unim") {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(lower)
	return strings.ContainsRune("aeiouàáâäæèéêëìíîïòóôöøùúûü8", unicode.ToLower(r))
}

// soundsAsSpelled reports whether startsWithVowelSound is surely right.
func soundsAsSpelled(s string) bool {
	if isLetter(s) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	if len(s) < 2 || !unicode.IsLetter(r) || s[1:] != strings.ToLower(s[1:]) {
		return false // it may be spelled out
	}
	lower := strings.ToLower(s)
	unsure := []string{"x", "herb", "hist", "hotel", "habit", "homage", "eu", "ew", "one"}
	switch sure := []string{"euro", "use", "usu", "ukr", "uga", "uru", "uti", "unit", "univ", "unio", "uniq", "unif"}; {
	case s[0]|0x20 == 'u':
		return hasBeginning(lower, append(sure, "un", "up", "ush", "ul", "umb", "umpire", "urb")) && (!strings.HasPrefix(lower, "uni") || hasBeginning(lower, sure))
	case hasBeginning(lower, sure):
		return true
	}
	return !hasBeginning(lower, unsure) && r < utf8.RuneSelf
}

func hasBeginning(s string, beginnings []string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(s, b) })
}

// isLetter reports a letter that is read as such before a word: "x-ray".
func isLetter(s string) bool { return len(s) > 1 && s[1] == '-' && (s[0]|0x20)-'a' < 26 }

// isSpelledOut reports an acronym that is read letter by letter: capitals that don't begin like a
// syllable, as FBI and API do and FABS does not.
func isSpelledOut(s string) bool {
	if len(s) < 2 || len(s) > 6 {
		return len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z'
	}
	for i := 0; i < len(s); i++ {
		if (s[i] < 'A' || s[i] > 'Z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return strings.IndexByte("AEIOU", s[1]) < 0 || len(s) == 2
}
