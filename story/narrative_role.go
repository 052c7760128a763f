package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// afterAs reports words that follow a bare "as" without being anybody: "as discussed", "as part of".
func afterAs(lower string) bool {
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

// isThing reports whether a role is nobody: the noun it is about is the name of a thing.
func isThing(role string) bool {
	noun := headNoun(role)
	noun = noun[strings.LastIndexByte(noun, '-')+1:]
	if len(noun) > 16 {
		return false
	}
	noun = strings.ToLower(noun)
	if noun == "up" {
		return true // follow up, follow-up
	}
	singular := strings.TrimSuffix(noun, "s")
	for _, s := range [...]string{noun, singular} {
		if isThingNoun(s) {
			return true
		}
	}
	for _, end := range [...]string{"tion", "sion", "ment", "ness", "ysis"} {
		if strings.HasSuffix(singular, end) {
			return !isBody(singular)
		}
	}
	return false
}

// isThingNoun lists what trackers say "as a" about that is not a person.
func isThingNoun(noun string) bool {
	switch noun {
	case "action", "afterthought", "alternative", "answer", "approach", "around", "aside",
		"backup", "baseline", "basis", "beginning", "blocker", "bonus", "bug", "byproduct",
		"case", "caveat", "change", "chore", "cleanup", "comparison", "compromise",
		"consequence", "convenience", "convention", "courtesy", "debt", "default",
		"deliverable", "demo", "dependency", "draft", "effect", "effort", "epic", "error",
		"estimate", "example", "exception", "exercise", "fact", "fallback", "feature",
		"finding", "fix", "fixup", "followup", "footnote", "fyi", "gap", "goal", "guideline",
		"habit", "hack", "have", "heuristic", "hint", "hotfix", "hypothesis", "idea", "instance",
		"issue", "joke", "matter", "means", "measure", "milestone", "minimum", "mitigation",
		"mvc", "mvp", "necessity", "net", "nit", "note", "objective", "off", "outcome",
		"part", "patch", "piece", "plan", "poc", "point", "policy", "possibility",
		"practice", "precaution", "precondition", "precursor", "preference", "prerequisite",
		"principle", "priority", "problem", "proof", "proposal", "purpose", "question",
		"quickfix", "reason", "reference", "refinement", "remedy", "reminder", "replacement",
		"request", "requirement", "requisite", "resort", "response", "result", "risk",
		"rule", "safeguard", "sample", "setup", "shortcut", "sidenote", "spike", "standard",
		"start", "step", "stopgap", "story", "subtask", "summary", "takeaway", "task",
		"template", "test", "theory", "thing", "ticket", "tip", "todo", "topic", "tradeoff",
		"trial", "upgrade", "warning", "way", "win", "wip", "work", "workaround":
		return true
	}
	return false
}

// isBody lists bodies of people whose names end like those of things.
func isBody(noun string) bool {
	switch noun {
	case "organization", "organisation", "institution", "association", "federation", "foundation",
		"corporation", "administration", "delegation", "coalition", "production", "operation", "education",
		"distribution", "reception", "union", "commission", "mission", "division", "congregation",
		"government", "management", "department", "procurement", "recruitment", "enforcement",
		"development", "regiment", "parliament", "business", "witness", "governess", "accession",
		"client", "student":
		return true
	}
	return false
}

// headNoun is the last word before the first preposition: "user" of "user of the mobile site".
func headNoun(role string) string {
	s := scanner{text: role}
	head, _ := s.next()
	for w, ok := s.next(); ok && !breaks(role, head, w); w, ok = s.next() {
		switch w.term {
		case termAfter, termIn, termTo, termWho, termThat, termWhen:
			return role[head.from:head.to]
		default:
		}
		head = w
	}
	return role[head.from:head.to]
}

// article is the article a role takes, with a space: "a ", "an ", or "".
func article(role string) string {
	s := scanner{text: role}
	w, _ := s.next()
	first := role[w.from:w.to]
	if isPlural(headNoun(role)) && (w.term == termOther || w.term == termPronoun) &&
		!afterAs(strings.ToLower(first)) || isDeterminer(first) {
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
