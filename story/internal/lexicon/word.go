package lexicon

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is one word of a text. Punctuation that stands alone belongs to the word behind it.
type Word struct {
	Start, End int // with the punctuation around it: `- "user,`
	From, To   int // without: `user`
	Term       Term
	entry      uint16 // in the dictionary of the language
}

// Scanner reads the words of a text one by one. It holds no memory of its own, so a copy looks ahead.
type Scanner struct {
	Text string
	Lang *Language // nil leaves the terms out
	Pos  int
}

// Next returns the next word; false at the end of the text.
//
// Most words are letters from a to z behind a space, with a space, or a comma or full stop and a space, behind them.
func (s *Scanner) Next() (Word, bool) {
	text, i := s.Text, s.Pos
	if i < len(text) && text[i] == ' ' {
		i++
	}
	key, ok := load8(text, i)
	n := letters(key)
	if !ok || n == 0 || s.Lang == nil {
		return s.next()
	}
	to := i + n
	for n == 8 && to < len(text) && (text[to]|0x20)-'a' < 26 {
		to++
	}
	end := to
	if end < len(text) && (text[end] == ',' || text[end] == '.') {
		end++
	}
	if end < len(text) && (text[end] != ' ' || end+1 < len(text) && text[end+1] == spaced) {
		return s.next()
	}
	s.Pos = end
	known := &none
	d := &s.Lang.words
	if length := to - i; length <= 8 {
		known = d.slot((key|lower)&first(length), length)
	} else if d.lengths[pairIn(key)]>>min(length, maxWord)&1 != 0 {
		known = d.findLong(text, i, to)
	}
	return Word{i, end, i, to, known.term, known.entry}, true
}

// spaced is the first byte of "»", which closes a quote behind a space.
const spaced = 0xc2

// load8 returns the 8 bytes of a text from a place on as a number, 0 for those behind its end; false in a text of less.
func load8(text string, from int) (bytes uint64, ok bool) {
	if from+8 <= len(text) {
		return load(text[from:]), true
	}
	if len(text) < 8 {
		return 0, false
	}
	return load(text[len(text)-8:]) >> (8 * (from + 8 - len(text))), true
}

// letters is how many letters from a to z, in any case, 8 bytes begin with.
func letters(bytes uint64) int { return bits.TrailingZeros64(lettersIn(bytes)^high) / 8 }

// lettersIn has the highest bit of each byte that is a letter from a to z, in any case.
func lettersIn(bytes uint64) uint64 {
	const ones = 0x0101010101010101
	low := (bytes | lower) &^ high
	return (low + (0x80-'a')*ones) &^ (low + (0x7f-'z')*ones) &^ bytes & high
}

// next is [Scanner.Next] for any word.
func (s *Scanner) next() (Word, bool) {
	text, i := s.Text, s.Pos
	start := -1
	for ; i < len(text); i++ { // to the first letter
		c := text[i]
		if c == ' ' {
			continue
		}
		kind, n := letter, 1
		if (c|0x20)-'a' >= 26 {
			kind, n = characterAt(text, i)
		}
		if start < 0 && kind != space {
			start = i
		}
		if kind == letter || c == '&' && standsAlone(text, i) {
			break
		}
		i += n - 1
	}
	if i >= len(text) {
		s.Pos = len(text)
		return Word{Start: s.Pos, End: s.Pos, From: s.Pos, To: s.Pos}, false
	}
	w := Word{Start: start, From: i}
	if text[i] == '&' {
		i++
	}
	for i < len(text) && (text[i]|0x20)-'a' < 26 {
		i++
	}
	to := i
	for i < len(text) { // to the space behind it
		c := text[i]
		if (c|0x20)-'a' < 26 {
			i++
			to = i
			continue
		}
		kind, n := characterAt(text, i)
		if kind == space && strings.HasPrefix(text[i+n:], "»") && !beginsWithLetter(text[i+n+len("»"):]) {
			i += n + len("»")
			continue
		}
		if kind == space || kind == dash {
			break
		}
		if (c == '\'' || c == 0xe2) && s.elides(w.From, i, n) {
			i += n
			to = i
			break
		}
		if (c == ',' || c == ';') && endsClause(text, i) {
			i += n
			break
		}
		i += n
		if kind == letter {
			to = i
		}
	}
	w.To, w.End, s.Pos = to, i, i
	if s.Lang != nil {
		w.entry = s.Lang.words.find(text, w.From, to)
		w.Term = s.Lang.words.entries[w.entry].term
	}
	return w, true
}

func beginsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

// SkipUnmarked moves behind the words that come next and begin no marker of a benefit or condition; see [Scanner.Skip].
func (s *Scanner) SkipUnmarked() (w Word, ok bool) { return s.Skip(&s.Lang.marking) }

// Skip moves behind the words that come next, are surely not among some words and have a space before and behind them. It
// returns the last of them without what is known of it; false if there is none.
func (s *Scanner) Skip(among *Lengths) (w Word, ok bool) {
	text, from, to := s.Text, 0, s.Pos // of the last such word
	for to < len(text) && text[to] == ' ' {
		key, loaded := load8(text, to+1)
		end := to + 1 + letters(key)
		for length := end - to - 1; length == 8 && end < len(text) && (text[end]|0x20)-'a' < 26; {
			end++
		}
		length := end - to - 1
		if !loaded || length < 2 || end+1 >= len(text) || text[end] != ' ' || text[end+1] == spaced ||
			among[pairIn(key)]>>min(length, maxWord)&1 != 0 {
			break
		}
		from, to, ok = to+1, end, true
	}
	s.Pos = to
	return Word{Start: from, End: to, From: from, To: to}, ok
}

// elides reports whether the character of n bytes at i is the apostrophe of a word that has lost its last
// letter before another: "qu'il" is two words.
func (s *Scanner) elides(from, i, n int) bool {
	const longest = len("lorsqu")
	if s.Lang == nil || s.Lang.elided == nil || i-from > longest || n > 1 && s.Text[i:i+n] != "’" {
		return false
	}
	if i+n < len(s.Text) {
		if kind, _ := characterAt(s.Text, i+n); kind != letter && strings.IndexByte("*_`[<{", s.Text[i+n]) < 0 {
			return false
		}
	}
	return s.Lang.elided[strings.ToLower(s.Text[from:i])]
}

// standsAlone reports whether the character at i, an ampersand, is a word: "edit & delete".
func standsAlone(text string, i int) bool {
	return i > 0 && text[i-1] == ' ' && i+1 < len(text) && text[i+1] == ' '
}

// endsClause reports a comma or semicolon at i that stands between two words without a space behind
// it, as in "As a user,I want"; not one in a number.
func endsClause(text string, i int) bool {
	if i+1 == len(text) || text[i+1] == ' ' {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	behind, _ := utf8.DecodeRuneInString(text[i+1:])
	return (unicode.IsLetter(before) || unicode.IsDigit(before) || before == '"') && (unicode.IsLetter(behind) || behind == '"')
}

// IsPlain reports whether nothing is known of a word that was read: it is no number, and no punctuation stands before it.
func (s *Scanner) IsPlain(w Word) bool {
	return w.entry == 0 && w.Start == w.From && s.Text[w.From]-'0' >= 10
}

// Peek returns the next word, without moving.
func (s Scanner) Peek() (Word, bool) { return s.Next() }

// PeekAt returns the word at or behind a place.
func (s Scanner) PeekAt(at int) (Word, bool) {
	s.Pos = at
	return s.Next()
}

// character is what a character does to the words around it.
type character uint8

const (
	letter      character = iota // or digit, or symbol: stands in a word
	space                        // separates words
	punctuation                  // stands around and in words
	dash                         // an em dash: stands between words, with spaces or without
)

// characterAt is the kind and the length of the character at i. White space, control characters and
// the invisible marks of Unicode separate words, except the joiners that hold words and emoji
// together. Bytes that are not UTF-8 are letters.
func characterAt(text string, i int) (character, int) {
	switch c := text[i]; {
	case (c|0x20)-'a' < 26, c-'0' < 10:
		return letter, 1
	case c <= ' ' || c == 0x7f:
		return space, 1
	case c < utf8.RuneSelf:
		return punctuation, 1
	}
	return runeAt(text[i:])
}

func runeAt(text string) (character, int) {
	r, n := utf8.DecodeRuneInString(text)
	switch {
	case r == '—':
		return dash, n
	case r == '\u200c' || r == '\u200d' || r == utf8.RuneError:
		return letter, n
	case unicode.IsPunct(r):
		return punctuation, n
	case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		return space, n
	}
	return letter, n
}

// spaceAt is the length of what separates words at i, 0 if nothing does.
func spaceAt(text string, i int) int {
	if kind, n := characterAt(text, i); kind == space {
		return n
	}
	return 0
}

// IsBare reports whether a text is punctuation and spaces only.
func IsBare(text string) bool {
	for i := 0; i < len(text); {
		kind, n := characterAt(text, i)
		if kind == letter {
			return false
		}
		i += n
	}
	return true
}

// Term is what a word may do in the frame of a story.
type Term uint8

// The terms. Other is any word without a meaning to the frame.
const (
	Other Term = iota
	As
	Article // a, an, the: what follows "as"
	Subject // I, we
	Would   // I'd
	Am      // am, 'm, are, is, be
	Will    // I'll
	Want    // want, need, wish: takes "to" or a thing
	Like    // would like, would love
	Can     // can, could, must, should: takes a verb
	Cannot  // can't, mustn't
	Do      // do
	Dont    // don't
	Not     // not, never
	Adverb  // only, also, just
	Able
	Have
	To
	So
	That
	In
	Order
	Because
	Since
	Pronoun // may begin the clause after "so"
	When    // opens a condition
	Who     // opens a clause about the word before
	After   // a preposition
	List    // and, or
	Remark  // think, noticed: opens a remark, not a story
	terms
)

// AtMost reports whether a text surely has no more than n words, since between two words there is a byte that is no letter.
func AtMost(text string, n int) bool {
	for ; len(text) >= 8 && n > 0; text = text[8:] {
		n -= 8 - bits.OnesCount64(lettersIn(load(text)))
	}
	for i := 0; i < len(text) && n > 0; i++ {
		if (text[i]|0x20)-'a' >= 26 {
			n--
		}
	}
	return n > 0
}
