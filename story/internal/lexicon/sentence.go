package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence returns the canonical sentence of a narrative, without a full stop. Conditions, benefit or
// both may be "".
func Sentence(role, conditions, goal, benefit string) string {
	var b strings.Builder
	b.Grow(len("As an , , I want , so that ") + len(role) + len(conditions) + len(goal) + len(benefit))
	b.WriteString("As ")
	b.WriteString(article(role))
	b.WriteString(role)
	if conditions != "" {
		b.WriteString(", ")
		b.WriteString(conditions)
	}
	b.WriteString(", I want ")
	b.WriteString(goal)
	if benefit == "" {
		return b.String()
	}
	b.WriteString(", ")
	if !givesReason(benefit) {
		b.WriteString("so that ")
	}
	b.WriteString(benefit)
	return b.String()
}

// AfterAs reports words that follow a bare "as" without being anybody: "as discussed", "as part of".
func AfterAs(lower string) bool {
	switch lower {
	case "soon", "far", "long", "well", "much", "many", "part", "always", "usual", "such", "above", "below",
		"follows", "yet", "discussed", "mentioned", "noted", "described", "stated", "suggested", "requested",
		"reported", "explained", "expected", "agreed", "promised", "specified", "documented", "indicated",
		"pointed", "outlined", "proposed", "observed", "advertised", "planned", "needed", "required",
		"opposed", "compared", "related", "seen", "shown", "said", "known", "written", "though",
		"you", "they", "it", "he", "she", "this", "these", "those", "there", "no", "it's", "i've", "we've",
		"per", "result", "example", "possible", "necessary", "follow", "followup", "follow-up":
		return true
	}
	return false
}

// HeadNoun returns the last word before the first preposition: "user" of "user of the mobile site".
func HeadNoun(role string) string {
	s := Scanner{Text: role}
	head, _ := s.Next()
	for w, ok := s.Next(); ok && !Breaks(role, head, w); w, ok = s.Next() {
		switch w.Term {
		case After, In, To, Who, That, When:
			return role[head.From:head.To]
		default:
		}
		head = w
	}
	return role[head.From:head.To]
}

// article is the article a role takes, with a space: "a ", "an ", or "".
func article(role string) string {
	s := Scanner{Text: role}
	w, _ := s.Next()
	first := role[w.From:w.To]
	if isPlural(HeadNoun(role)) && (w.Term == Other || w.Term == Pronoun) &&
		!AfterAs(strings.ToLower(first)) || isDeterminer(first) {
		return ""
	}
	if startsWithVowelSound(first) {
		return "an "
	}
	return "a "
}

func isDeterminer(s string) bool {
	switch strings.ToLower(s) {
	case "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "my", "our", "any", "each", "every":
		return true
	}
	return false
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
	lower := strings.ToLower(s[:min(len(s), 8)])
	for _, silent := range [...]string{"hour", "honest", "honor", "honour", "heir"} {
		if strings.HasPrefix(lower, silent) {
			return true
		}
	}
	for _, glide := range [...]string{"uni", "use", "usa", "usu", "uti", "eu", "one", "once", "ut", "ub"} {
		if strings.HasPrefix(lower, glide) && !strings.HasPrefix(lower, "unin") && !strings.HasPrefix(lower, "unim") {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(lower)
	return strings.ContainsRune("aeiouàáâäæèéêëìíîïòóôöøùúûü8", unicode.ToLower(r))
}

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
