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

// BeginsClause reports whether it is worth asking [ClauseMarker] about w.
func (s Scanner) BeginsClause(w Word) bool {
	return s.Lang.Has(w, Begins) || s.Text[w.From:w.To] != "" && s.Text[w.From]-'0' < 10
}

// ClauseMarker reads what opens a condition at w, where s continues: "when", "every time", "as soon as",
// "two days before". The kind is zero if nothing does.
func ClauseMarker(s Scanner, w Word) Clause {
	c := Clause{Marker: MarkerAt(w)}
	if !s.BeginsClause(w) {
		return c
	}
	next, more := s.Peek()
	if w.Term == Article && !s.Lang.Has(next, Unit|Spans) {
		return c // "the page", not "the moment"
	}
	if !more || Breaks(s.Text, w, next) && w.Term != When {
		next = Word{}
	}
	var openers []Opener
	if int(w.entry) < len(s.Lang.openers) {
		openers = s.Lang.openers[w.entry]
	}
	for i := range openers {
		if c.open(s, &openers[i], next); c.Kind > 0 {
			return c
		}
	}
	if c.Kind == 0 && s.Lang.Has(w, Intensifier) {
		c.openBehind(s, w, next)
	}
	if c.Kind == 0 && s.Lang.Has(next, Unit) {
		c.openMeasure(s, w)
	}
	return c
}

// open takes the phrase of the opener into the marker, if it stands there and what it needs follows.
func (c *Clause) open(s Scanner, o *Opener, next Word) {
	m, last := c.Marker, Word{}
	for _, word := range o.words[1:] {
		w, _ := s.Next()
		if Fold(s.Text[w.From:w.To]) != word || !s.Lang.Capitals && strings.IndexByte(s.Text[m.To:w.From], ',') >= 0 {
			return
		}
		m.Extend(w)
		last = w
		next, _ = s.Peek()
	}
	isInner := o.If == NotIn && last.To > 0 && Breaks(s.Text, last, next) || o.If == Uncounted && s.atComma()
	if o.If == 0 || isInner || (o.If < Inverted || s.inverts(c.From, next)) && s.follows(o.If, next) {
		c.Marker, c.Kind = m, o.Kind
	}
}

// inverts reports whether at a place a sentence, or a part between commas, may begin with a verb before its subject, which begins with
// next. "Kann ich" behind a comma is a goal.
func (s Scanner) inverts(at int, next Word) bool {
	const most = 8 // bytes between two words
	before := strings.TrimRight(s.Text[max(0, at-most):at], " *_")
	if s.Lang.Capitals && next.Term == Subject {
		return before == "" && at < most
	}
	return before == "" || strings.IndexByte(",.:;(-\n)", before[len(before)-1]) >= 0
}

// atComma reports whether a comma is next, with more text behind it.
func (s Scanner) atComma() bool {
	return s.Pos > 0 && s.Pos < len(s.Text) && s.Text[s.Pos-1] == ','
}

// follows reports whether what a guard asks for comes next.
func (s Scanner) follows(guard Guard, next Word) bool {
	switch guard {
	case Uncounted:
		return !s.counts(next)
	case BeforeClause:
		behind := s
		_, _ = behind.Next()
		return startsClause(s.Text, next) || s.Lang.Has(next, Personal) || next.Term == Article && s.Lang.Goals == nil && finiteVerb(behind, next, false)
	case BeforeAnyClause:
		behind := s
		_, _ = behind.Next()
		return s.follows(BeforeClause, next) || behind.verbFollows(next)
	case BeforeThing:
		return next.Term == Subject || next.Term == Article || next.Term == Pronoun || s.Lang.Has(next, Amount) && s.Lang.Capitals
	case BeforeVerb:
		_, _ = s.Next()
		verb, _ := s.Next()
		return next.Term == Subject && (verb.Term == Other || verb.Term == Am)
	case NotOf:
		return s.Text[next.From:next.To] != "of"
	case NotIn:
		return next.To > next.From && next.Term != After && next.Term != In && next.Term != That && !s.Lang.Has(next, Limits)
	case BeforeInfinitive, InvertedInfinitive:
		return s.Lang.infinitiveFollows(s)
	case Inverted:
		return next.Term == Subject || next.Term == Article || next.Term == Pronoun || s.Lang.IsNoun(s.Text[next.From:next.To])
	case BeforePast:
		return s.Lang.IsPast(Fold(s.Text[next.From:next.To]))
	default:
		return true
	}
}

// verbFollows reports whether next, where s continues, is a noun or stands before one, and behind it a word that can be nothing
// but a verb: "guests want", "the two guests can".
func (s Scanner) verbFollows(next Word) bool {
	const most = 4 // words
	prev := next
	for n := 0; n < most; n++ {
		switch prev.Term {
		case Other, Article, Pronoun:
		default:
			return false
		}
		w, ok := s.Next()
		if !ok || Breaks(s.Text, prev, w) {
			return false
		}
		switch w.Term {
		case Am, Can, Cannot, Do, Dont, Would, Want:
			return prev.Term == Other
		default:
		}
		prev = w
	}
	return false
}

// openBehind reads an adverb before a conjunction: "even if", "right after", "not having".
func (c *Clause) openBehind(s Scanner, w, next Word) {
	if !s.Lang.Has(next, Intensified) {
		return
	}
	behind := s
	_, _ = behind.Next()
	inner := ClauseMarker(behind, next)
	if inner.Kind == 0 || w.Term == Not && inner.Kind != Participle || inner.Kind == Manner ||
		s.Lang.Has(w, Distant) && !s.Lang.Has(next, Measured) {
		return
	}
	c.Kind = inner.Kind
	c.To, c.End = inner.To, inner.End
}

// openMeasure reads how long before or after: "two days before", "the day after", "a week before".
func (c *Clause) openMeasure(s Scanner, w Word) {
	if !s.Lang.Has(w, Amount) && s.Text[w.From]-'0' > 9 {
		return
	}
	unit, _ := s.Next()
	before, _ := s.Next()
	if !s.Lang.Has(before, Measured) || Breaks(s.Text, unit, before) && !s.Lang.Capitals {
		return
	}
	inner := ClauseMarker(s, before)
	if s.Lang.Goals == nil {
		inner = Clause{MarkerAt(before), Temporal}
	}
	if inner.Kind > 0 {
		c.Kind = Temporal
		c.To, c.End = inner.To, inner.End
	}
}

// counts reports "once a week", "once per sprint", "once more".
func (s Scanner) counts(next Word) bool {
	if next.To == next.From || s.Lang.Has(next, Counted) {
		return true
	}
	if !s.Lang.Has(next, Indefinite) {
		return false
	}
	_, _ = s.Next()
	unit, _ := s.Next()
	return s.Lang.Has(unit, Unit)
}

// HasVerb reports whether the clause that c opens has a verb of its own: s.Text[c.End:end] is looked at
// up to the first comma. A conjunction alone needs one only where a set phrase may follow: "if
// possible", "when needed".
func (c Clause) HasVerb(s Scanner, end int) bool {
	s.Text, s.Pos = s.Text[:end], c.End
	l, text := s.Lang, s.Text
	first, ok := s.Next()
	if ok && Breaks(text, c.Word(), first) {
		first, ok = s.behindInner(first)
	}
	if !ok {
		return false
	}
	word := text[first.From:first.To]
	switch {
	case l.Goals != nil && (c.Kind == Conjunction || c.Kind == Temporal):
		return !l.Has(first, SetPhrase)
	case first.Term == Not:
		second, _ := s.Next()
		return l.IsPast(text[second.From:second.To]) || l.IsGerund(text[second.From:second.To])
	case l.Has(first, SetPhrase), first.Term == After, first.Term == In:
		return false
	case startsClause(text, first) && first.Term != Pronoun, c.Kind == Participle, c.Kind == Manner:
		return true
	case c.Kind == Conjunction || c.Kind == Cause || c.Kind == Place:
		_, more := s.Peek()
		return more || l.IsPast(word) || l.IsGerund(word)
	case first.Term == Other && l.IsGerund(word):
		return !l.Has(first, NounInIng)
	case first.Term == Other && l.IsPast(word) && !l.Is(text[c.From:c.To], Measured):
		return true
	}
	return hasFiniteVerb(s, first)
}

// behindInner returns the first word behind what begins with w and stands in commas within a clause: "if, for any reason, I
// pay"; false if no comma ends it.
func (s *Scanner) behindInner(w Word) (Word, bool) {
	for {
		next, ok := s.Next()
		if !ok || Breaks(s.Text, w, next) {
			return next, ok
		}
		w = next
	}
}

// HasVerbBefore reports whether the clause that c opens has a verb before a place. Only English shows it; others
// have a word before a clause that belongs to a noun.
func (c Clause) HasVerbBefore(s Scanner, at int) bool {
	s.Text, s.Pos = s.Text[:at], c.End
	first, ok := s.Next()
	return ok && (s.Lang.Goals != nil || first.Term == Subject || IsContraction(s.Text, first) || hasFiniteVerb(s, first))
}

// Asks reports whether the clause may be a question: when, if, where.
func (c Clause) Asks(s Scanner) bool {
	return s.Lang.asking[Fold(PlainWords(s.Text[c.From:c.To]))]
}

// hasFiniteVerb reports whether the clause that begins with first has a word that is a verb, as far as
// its ending and its place show: "the build fails", "users pay", "it is done".
func hasFiniteVerb(s Scanner, first Word) bool { return finiteVerb(s, first, true) }

// finiteVerb is [hasFiniteVerb]; without within, clauses within the clause are not told apart, so that what asks for the verb
// to tell them apart can ask.
func finiteVerb(s Scanner, first Word, within bool) bool {
	const most = 16 // words
	prev := first
	for range most {
		w, ok := s.Next()
		if !ok || within && ClauseMarker(s, w).Kind > 0 {
			return false
		}
		if Breaks(s.Text, prev, w) {
			return w.Term == Who // "after the clerk, who is new, calls"
		}
		switch w.Term {
		case Am, Can, Cannot, Will, Do, Dont, Have, Would, Want, Remark, Not:
			return true
		case Other, Order:
			if s.isVerbBehind(first, prev, w) {
				return true
			}
		default:
		}
		prev = w
	}
	return false
}

// isVerbBehind reports whether w, or the word before it, is the verb of a clause that begins with first.
func (s Scanner) isVerbBehind(first, prev, w Word) bool {
	word, before := s.Text[w.From:w.To], s.Text[prev.From:prev.To]
	isFirst := prev.From == first.From
	noun := isPlain(prev) || prev.Term == Pronoun && isFirst
	switch {
	case isFirst && s.Lang.Has(prev, Personal), word == "has":
		return true
	case noun && !isFirst && isThird(word) && !endsPlural(before) && !s.isNominal(word):
		return true
	case isPlain(prev) && s.Lang.IsPast(word) && !isFirst:
		return true
	}
	return noun && isThird(before) && !s.isNominal(before) && !s.Lang.IsAdverb(word)
}

func isPlain(w Word) bool { return w.Term == Other || w.Term == Order }

func isThird(word string) bool { return len(word) > 3 && word[len(word)-1] == 's' }

func endsPlural(s string) bool { return len(s) > 3 && s[len(s)-1] == 's' && s[len(s)-2] != 's' }

// isNominal reports words in -s that are seldom verbs.
func (s Scanner) isNominal(word string) bool {
	if stem, ok := strings.CutSuffix(word, "ings"); ok && !strings.ContainsAny(stem, "aeiouy") {
		return false // "rings", not "buildings"
	}
	return HasEnding(word, s.Lang.Nominals)
}

// Takes returns how the object of a verb may be a clause: one of the classes [TakesIt], [TakesItAsVerb],
// [TakesItOf], or 0.
func (l *Language) Takes(word string) Class {
	return l.words.entries[l.words.find(word, 0, len(word))].is & (TakesIt | TakesItAsVerb | TakesItOf)
}

// TakesTime reports whether a noun of time takes the clause that c opens: "the day when", "days until".
func (c Clause) TakesTime(s Scanner, noun string) bool {
	marker := s.Text[c.From:c.To]
	switch {
	case s.Lang.Is(marker, Dates):
		return s.Lang.Is(noun, Dated)
	case s.Lang.Is(marker, Limits):
		return s.Lang.Is(noun, Lasting)
	}
	return false
}
