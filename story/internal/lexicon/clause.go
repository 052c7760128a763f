package lexicon

import "strings"

// ClauseKind is how surely a word opens a clause that is a condition.
type ClauseKind uint8

// The kinds of clause. The zero value is none.
const (
	Conjunction ClauseKind = iota + 1 // when, if, as soon as: a clause follows
	Temporal                          // after, before, until, once: a clause or a phrase follows
	Manner                            // as I type
	Place                             // where
	Cause                             // because, since: a condition before the goal, a benefit behind it
	Participle                        // having, being
)

// Clause is the marker of a condition.
type Clause struct {
	Marker
	Kind ClauseKind
}

// Word is the marker as if it were the word "when".
func (c Clause) Word() Word {
	return Word{Start: c.Start, From: c.From, To: c.To, End: c.End, Term: When}
}

// MayOpenClause reports whether a word can be the one by which a clause in a goal is found. It is a
// quick test for what [ClauseMarker] reads, of the marker's last word at the latest.
func MayOpenClause(word string) bool {
	if word == "" || uint(lengthsOf(word[0]))>>len(word)&1 == 0 {
		return false
	}
	if word[0] >= 'a' {
		return mayOpen(word)
	}
	var buf [10]byte
	return mayOpen(string(buf[:lower(word, buf[:])]))
}

// lengthsOf has a bit for each length of the words of mayOpen that begin with a letter.
func lengthsOf(first byte) uint16 {
	switch first | 0x20 {
	case 'a':
		return 1<<2 | 1<<5 | 1<<7 | 1<<8
	case 'b':
		return 1<<5 | 1<<6
	case 'c', 'o':
		return 1 << 4
	case 'e', 'p':
		return 1<<8 | 1<<9
	case 'h', 'm':
		return 1 << 6
	case 'i':
		return 1<<2 | 1<<7
	case 'n':
		return 1 << 3
	case 's':
		return 1 << 9
	case 't':
		return 1<<4 | 1<<6
	case 'u':
		return 1<<5 | 1<<6
	case 'w':
		return 1<<4 | 1<<5 | 1<<6 | 1<<7 | 1<<8
	}
	return 0
}

func mayOpen(word string) bool {
	switch word {
	case "when", "whenever", "if", "unless", "while", "whilst", "although", "though", "wherever", "whereas",
		"after", "before", "until", "till", "once", "where", "as", "time", "anytime", "everytime", "case", "moment",
		"instant", "having", "being", "provided", "assuming", "supposing", "now":
		return true
	}
	return false
}

// beginsClause reports the first words of what ClauseMarker reads.
func beginsClause(word string) bool {
	switch word {
	case "because", "since", "even", "only", "except", "especially", "immediately", "right", "shortly", "just", "directly",
		"soon", "long", "up", "not", "each", "every", "any", "in", "by", "providing", "given", "the", "a", "an",
		"whatever", "however", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "few", "some",
		"several", "half", "twelve", "thirty":
		return true
	}
	return mayOpen(word) || word != "" && word[0]-'0' < 10
}

// lower writes a word in lower case, as far as there is room.
func lower(word string, buf []byte) int {
	n := copy(buf, word)
	for i, c := range buf[:n] {
		if c-'A' < 26 {
			buf[i] = c + 'a' - 'A'
		}
	}
	return n
}

// ClauseMarker reads what opens a condition at w, where s continues: "when", "every time", "as soon as",
// "two days before". The kind is zero if nothing does.
func ClauseMarker(s Scanner, w Word) Clause {
	c := Clause{Marker: MarkerAt(w)}
	if !w.BeginsClause() || w.Term == Article && !maySpan(s) || !mayBegin(s.Text[w.From:w.To], w.Term) {
		return c
	}
	next, more := s.Peek()
	if !more || Breaks(s.Text, w, next) && w.Term != When {
		next = Word{}
	}
	word := Fold(s.Text[w.From:w.To])
	switch word {
	case "when", "whenever", "if", "unless", "while", "whilst", "although", "though", "wherever", "whereas",
		"anytime", "everytime", "whatever", "however":
		c.Kind = Conjunction
	case "once":
		if !timesA(s, next) {
			c.Kind = Temporal
		}
	case "after", "before", "until", "till":
		c.Kind = Temporal
	case "where":
		c.Kind = Place
	case "because":
		c.Kind = Cause
	case "since":
		if startsClause(s.Text, next) {
			c.Kind = Cause
		}
	case "having", "being":
		c.Kind = Participle
	case "as":
		c.openAs(s, next)
	case "even", "only", "except", "especially", "immediately", "right", "shortly", "just", "directly", "soon",
		"long", "up", "not":
		c.openBefore(s, word, next)
	case "each", "every", "any":
		c.openWith(s, []string{"time"})
	case "in":
		c.openWith(s, []string{"case"}, []string{"the", "event", "that"}, []string{"cases", "where"}, []string{"cases", "when"})
		if of, _ := s.after(c.End).Peek(); c.Kind > 0 && of.To > of.From && s.Text[of.From:of.To] == "of" {
			c = Clause{Marker: MarkerAt(w)}
		}
	case "by":
		c.openWith(s, []string{"the", "time"})
	case "now", "provided", "providing", "given", "assuming", "supposing":
		c.openWith(s, []string{"that"})
		if c.Kind == 0 && word != "now" && (next.Term == Subject || word != "given" && next.Term == Article) {
			c.Kind = Conjunction
		}
	case "the":
		c.openMoment(s, next)
	default:
	}
	if c.Kind == 0 && isTimeUnit(s.Text[next.From:next.To]) {
		c.openMeasure(s, w)
	}
	return c
}

// maySpan is a quick test for what follows an article: a moment, a first time, a unit of time.
func maySpan(s Scanner) bool {
	word := s.Text[min(len(s.Text), s.Pos+1):]
	if i := strings.IndexByte(word[:min(len(word), 9)], ' '); i >= 0 {
		word = word[:i]
	}
	switch word = Fold(word); word {
	case "first", "next", "last", "moment", "instant":
		return true
	}
	return isTimeUnit(word)
}

// clauseTerms has a bit for each term of a word that may begin the marker of a clause.
const clauseTerms = 1<<Other | 1<<When | 1<<Article | 1<<After | 1<<Who | 1<<Pronoun | 1<<In | 1<<As |
	1<<Because | 1<<Since | 1<<Adverb | 1<<Not | 1<<Am

// BeginsClause reports whether it is worth asking [ClauseMarker] about w.
func (w Word) BeginsClause() bool {
	return uint64(clauseTerms)>>w.Term&1 != 0 && (w.Term != Other || w.To-w.From < 12)
}

// mayBegin is a quick test for a word that opens a clause, alone or with others.
func mayBegin(word string, term Term) bool {
	switch term {
	case When, Article:
		return true
	case After:
		return len(word) == len("after") && word[1]|0x20 == 'f' || len(word) == len("before")
	default:
	}
	if len(word) == 0 || len(word) > 11 {
		return false
	}
	if word[0] >= 'a' {
		return beginsClause(word)
	}
	var buf [12]byte
	return beginsClause(string(buf[:lower(word, buf[:])]))
}

// after is the scanner from a place on.
func (s Scanner) after(at int) Scanner {
	s.Pos = at
	return s
}

// openWith takes the first of the phrases that follows into the marker.
func (c *Clause) openWith(s Scanner, phrases ...[]string) {
	for _, phrase := range phrases {
		ahead, m := s, c.Marker
		matches := true
		for _, word := range phrase {
			w, _ := ahead.Next()
			if matches = strings.EqualFold(s.Text[w.From:w.To], word); !matches {
				break
			}
			m.Extend(w)
		}
		if matches {
			c.Marker, c.Kind = m, Conjunction
			return
		}
	}
}

// openAs reads "as soon as", "as long as", "as I".
func (c *Clause) openAs(s Scanner, next Word) {
	switch next.Term {
	case Subject:
		ahead := s
		_, _ = ahead.Next()
		verb, _ := ahead.Next()
		if verb.Term == Other || verb.Term == Am {
			c.Kind = Manner
		}
	default:
		c.openWith(s, []string{"soon", "as"}, []string{"long", "as"}, []string{"often", "as"}, []string{"far", "as"})
	}
}

// openBefore reads an adverb before a conjunction: "even if", "right after", "not having".
func (c *Clause) openBefore(s Scanner, word string, next Word) {
	if next.To == next.From {
		return
	}
	behind := s
	_, _ = behind.Next()
	var inner Clause
	switch Fold(s.Text[next.From:next.To]) {
	case "when", "whenever", "if", "while", "though", "after", "before", "once", "until", "till", "having", "being", "as":
		inner = ClauseMarker(behind, next)
	}
	if inner.Kind == 0 || word == "not" && inner.Kind != Participle || inner.Kind == Manner {
		return
	}
	c.Kind = inner.Kind
	c.To, c.End = inner.To, inner.End
}

// openMoment reads "the moment I", "the first time I", "the day before I".
func (c *Clause) openMoment(s Scanner, next Word) {
	if next.To == next.From {
		return
	}
	switch Fold(s.Text[next.From:next.To]) {
	case "moment", "instant":
		c.openWith(s, []string{s.Text[next.From:next.To]})
	case "first", "next", "last":
	default:
		return
	}
	if c.Kind == 0 {
		c.openWith(s, []string{s.Text[next.From:next.To], "time"})
	}
	if subject, ok := s.after(c.End).Peek(); c.Kind > 0 && (!ok || subject.Term == After || subject.Term == In || subject.Term == That) {
		*c = Clause{Marker: Marker{c.Start, c.From, c.From, c.From}}
	}
}

// openMeasure reads how long before or after: "two days before", "the day after", "a week before".
func (c *Clause) openMeasure(s Scanner, w Word) {
	if !isAmount(s.Text[w.From:w.To]) {
		return
	}
	unit, _ := s.Next()
	if !isTimeUnit(s.Text[unit.From:unit.To]) {
		return
	}
	before, _ := s.Next()
	if Breaks(s.Text, unit, before) {
		return
	}
	switch Fold(s.Text[before.From:min(before.To, before.From+8)]) {
	case "before", "after":
		c.Kind = Temporal
		c.Extend(before)
	}
}

func isAmount(s string) bool {
	if s == "" || len(s) > 8 {
		return false
	}
	if s[0]-'0' < 10 {
		return true
	}
	switch Fold(s) {
	case "a", "an", "the", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "few", "some",
		"several", "half", "twelve", "thirty":
		return true
	}
	return false
}

func isTimeUnit(s string) bool {
	if len(s) > 8 {
		return false
	}
	switch strings.TrimSuffix(Fold(s), "s") {
	case "second", "minute", "hour", "day", "week", "month", "year", "sprint", "night", "quarter", "while":
		return true
	}
	return false
}

// timesA reports "once a week", "once per sprint", "once more".
func timesA(s Scanner, next Word) bool {
	switch Fold(s.Text[next.From:min(next.To, next.From+8)]) {
	case "", "per", "in", "more", "again", "every", "and", "or", "only", "at", "for", "daily", "weekly", "each", "upon":
		return true
	case "a":
		_, _ = s.Next()
		unit, _ := s.Next()
		return isTimeUnit(s.Text[unit.From:unit.To])
	}
	return false
}

// HasVerb reports whether the clause that c opens has a verb of its own: text[c.End:end] is looked at
// up to the first comma. A conjunction alone needs one only where a set phrase may follow: "if
// possible", "when needed".
func (c Clause) HasVerb(text string, end int) bool {
	s := Scanner{Text: text[:end], Pos: c.End}
	first, ok := s.Next()
	if !ok {
		return false
	}
	word := text[first.From:first.To]
	switch {
	case isSetPhrase(Fold(word)), first.Term == After, first.Term == In:
		return false
	case startsClause(text, first) && first.Term != Pronoun, c.Kind == Participle, c.Kind == Manner:
		return true
	case c.Kind == Conjunction || c.Kind == Cause || c.Kind == Place:
		_, more := s.Peek()
		return more || IsParticiple(word, "ed") || IsParticiple(word, "ing")
	case first.Term == Other && IsParticiple(word, "ing"):
		return !isNounInIng(Fold(word))
	case first.Term == Other && strings.EqualFold(text[c.From:c.To], "once") && IsParticiple(word, "ed"):
		return true
	}
	return hasFiniteVerb(s, first)
}

// Asks reports whether the clause may be a question: when, if, where.
func (c Clause) Asks(text string) bool {
	switch Fold(text[c.From:c.To]) {
	case "when", "whenever", "if", "where", "only if", "only when", "even if":
		return true
	}
	return false
}

// hasFiniteVerb reports whether the clause that begins with first has a word that is a verb, as far as
// its ending and its place show: "the build fails", "users pay", "it is done".
func hasFiniteVerb(s Scanner, first Word) bool {
	prev := first
	for n := 0; n < 16; n++ {
		w, ok := s.Next()
		if !ok || Breaks(s.Text, prev, w) {
			return false
		}
		if ClauseMarker(s, w).Kind > 0 {
			return false
		}
		word, before := s.Text[w.From:w.To], s.Text[prev.From:prev.To]
		noun := isPlain(prev) || prev.Term == Pronoun && prev.From == first.From
		switch w.Term {
		case Am, Can, Cannot, Will, Do, Dont, Have, Would, Want, Remark, Not:
			return true
		case Other, Order:
			pronoun := prev.From == first.From && isPersonal(before)
			switch {
			case pronoun, word == "has":
				return true
			case noun && prev.From != first.From && IsParticiple(word, "s") && !endsPlural(before) && !isNominal(word):
				return true
			case isPlain(prev) && IsParticiple(word, "ed") && prev.From != first.From:
				return true
			case noun && IsParticiple(before, "s") && !isNominal(before) && !IsParticiple(word, "ly"):
				return true
			}
		default:
		}
		prev = w
	}
	return false
}

func isPlain(w Word) bool { return w.Term == Other || w.Term == Order }

func endsPlural(s string) bool { return len(s) > 3 && s[len(s)-1] == 's' && s[len(s)-2] != 's' }

// isNominal reports words in -s that are seldom verbs.
func isNominal(s string) bool {
	for _, end := range [...]string{"ss", "us", "is", "'s", "’s", "ics", "ings", "ments", "tions", "sions", "ers", "ors"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

func isPersonal(s string) bool {
	switch Fold(s) {
	case "you", "they", "it", "he", "she", "we", "i", "this", "everyone", "everybody", "anyone", "nobody", "people", "users", "others":
		return true
	}
	return false
}

// isSetPhrase reports the words that make "if possible", "when needed", "where applicable": manner, not
// a condition.
func isSetPhrase(word string) bool {
	switch word {
	case "possible", "needed", "necessary", "required", "applicable", "desired", "appropriate", "available",
		"relevant", "wanted", "not", "so", "feasible", "useful", "and", "or", "then":
		return true
	}
	return false
}

func isNounInIng(word string) bool {
	switch word {
	case "meeting", "training", "morning", "evening", "building", "spring", "nothing", "something", "everything", "anything",
		"planning", "billing", "wedding", "opening", "closing", "hearing", "housing", "string", "thing", "king":
		return true
	}
	return false
}

// Taking is how a verb takes a clause with "when", "if" or "where" as its object.
type Taking uint8

// The ways. The zero value is not at all.
const (
	TakesIt       Taking = iota + 1 // know when
	TakesItAsVerb                   // to plan when: the word may be a noun
	TakesItOf                       // tell somebody when
)

// TakesClause returns how the object of a verb may be a clause.
func TakesClause(word string) Taking {
	switch word {
	case "tell", "tells", "told", "telling", "ask", "asks", "asked", "asking", "showing", "shown", "advise", "teach":
		return TakesItOf
	case "know", "knows", "knew", "known", "knowing", "see", "sees", "saw", "seen", "seeing", "decide", "decides", "decided",
		"deciding", "choose", "chooses", "chose", "chosen", "choosing", "checked", "checking",
		"determine", "determines", "determining", "learn", "learns", "learning", "understand", "understands",
		"understanding", "predict", "predicts", "specify", "specifies", "specifying", "setting", "define",
		"defines", "defining", "remember", "remembers", "tracking", "confirm", "confirms", "verify", "verifies", "verifying",
		"configure", "configures", "configuring", "planning", "estimating", "select", "selects", "selecting", "indicate",
		"indicates", "say", "says", "wonder", "discover", "discovers", "calculate",
		"calculates", "identify", "identifies", "testing", "evaluate", "assess", "consider", "forget", "realise", "realize",
		"recognise", "recognize", "explain", "explains", "describe", "hear", "sure", "certain", "validate", "ensure",
		"depending", "regardless", "prove":
		return TakesIt
	case "check", "checks", "show", "shows", "set", "sets", "control", "controls", "plan", "plans", "estimate", "pick",
		"record", "view", "judge", "test", "monitor", "guess", "note", "care", "state", "find", "figure", "display",
		"schedule", "limit", "track", "watch", "report", "list":
		return TakesItAsVerb
	}
	return 0
}

// IsPerson reports a pronoun for somebody who is told or asked.
func IsPerson(s string) bool {
	switch Fold(s) {
	case "me", "us", "him", "her", "them", "you", "people", "users", "everyone", "others":
		return true
	}
	return false
}

// TakesTime reports whether a noun of time takes the clause that c opens: "the day when", "days until".
func (c Clause) TakesTime(text, noun string) bool {
	switch Fold(text[c.From:c.To]) {
	case "when":
		switch strings.TrimSuffix(noun, "s") {
		case "time", "date", "day", "moment", "point", "case", "situation", "period", "occasion", "example":
			return true
		}
	case "until", "till", "before", "after":
		switch strings.TrimSuffix(noun, "s") {
		case "time", "hour", "minute", "second", "day", "week", "month", "year", "moment", "date", "period":
			return true
		}
	}
	return false
}
