package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is one word of a text. Punctuation that stands alone belongs to the word behind it.
type Word struct {
	Start, End int // with the punctuation around it: `- "user,`
	From, To   int // without: `user`
	Term       Term
}

// Scanner reads the words of a text one by one. It holds no memory of its own, so a copy looks ahead.
type Scanner struct {
	Text  string
	Pos   int
	Plain bool // leave the terms out
}

// Next returns the next word; false at the end of the text.
func (s *Scanner) Next() (Word, bool) {
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
	to := i
	for i < len(text) { // to the space behind it
		c := text[i]
		if (c|0x20)-'a' < 26 {
			i++
			to = i
			continue
		}
		if c == ' ' {
			break
		}
		kind, n := characterAt(text, i)
		if kind == space || kind == dash {
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
	if !s.Plain {
		w.Term = TermOf(text[w.From:to])
	}
	return w, true
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

// Peek returns the next word, without moving.
func (s Scanner) Peek() (Word, bool) { return s.Next() }

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

// Fold returns a word in lower case and with plain apostrophes.
func Fold(word string) string {
	word = strings.ToLower(word)
	if strings.Contains(word, "’") {
		word = strings.ReplaceAll(word, "’", "'")
	}
	return word
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
)

// TermOf returns the term of a word without its punctuation, in any case and with any apostrophe.
func TermOf(s string) Term {
	if len(s) == 0 || len(s) > 10 {
		return Other
	}
	for i := range len(s) {
		if c := s[i]; c-'A' < 26 || c >= utf8.RuneSelf {
			return foldedTerm(s)
		}
	}
	return plainTerm(s)
}

// foldedTerm is termOf for a word with capitals, or with characters beyond ASCII.
func foldedTerm(s string) Term {
	var buf [10]byte
	n := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c == 0xe2 && strings.HasPrefix(s[i:], "’"):
			c = '\''
			i += len("’") - 1
		case c >= utf8.RuneSelf:
			return Other
		}
		buf[n] = c
		n++
	}
	return plainTerm(string(buf[:n]))
}

// plainTerm is termOf for a word in lower case and with plain apostrophes.
func plainTerm(s string) Term {
	switch s {
	case "as":
		return As
	case "a", "an", "the", "a/an", "an/a", "a(n":
		return Article
	case "i", "we":
		return Subject
	case "i'd", "we'd", "would":
		return Would
	case "i'm", "we're", "am", "are", "is", "be", "im":
		return Am
	case "i'll", "we'll":
		return Will
	case "want", "wants", "need", "needs", "wish", "wishes", "hope", "expect", "desire", "require",
		"requires", "prefer", "intend", "wanna":
		return Want
	case "like", "love", "appreciate":
		return Like
	case "can", "could", "must", "should", "shall", "may", "might", "will":
		return Can
	case "can't", "cannot", "couldn't", "mustn't", "shouldn't", "won't", "cant":
		return Cannot
	case "do", "does":
		return Do
	case "don't", "doesn't", "dont", "wouldn't":
		return Dont
	case "not", "never":
		return Not
	case "only", "also", "just", "always", "still", "often", "sometimes", "then", "now", "therefore":
		return Adverb
	case "able":
		return Able
	case "have":
		return Have
	case "to":
		return To
	case "so":
		return So
	case "that":
		return That
	case "in":
		return In
	case "order":
		return Order
	case "because":
		return Because
	case "since":
		return Since
	case "you", "they", "it", "he", "she", "my", "our", "your", "their", "its", "his", "her", "this", "these",
		"those", "there", "others", "people", "everyone", "everybody", "anyone", "nobody", "no", "it's",
		"i've", "we've", "they're", "you're", "all", "users", "each", "every", "any":
		return Pronoun
	case "when", "whenever", "if", "while", "unless", "once", "given", "until", "till":
		return When
	case "who", "whom", "whose", "which", "what", "where", "how", "why", "than", "things", "everything",
		"anything", "something", "whatever", "whether":
		return Who
	case "after", "before", "at", "on", "for", "from", "with", "without", "of", "by", "during", "about", "under",
		"within", "upon", "toward", "towards", "via", "despite", "regarding", "instead", "into", "inside",
		"across", "through", "per", "between", "among", "over":
		return After
	case "and", "or", "and/or", "&":
		return List
	case "think", "believe", "guess", "feel", "suggest", "propose", "recommend", "wonder", "suspect", "found",
		"had", "was", "were", "did", "tried", "saw", "got", "hate", "thought", "went", "ran", "made", "came",
		"took", "gave", "lost", "felt", "assume", "didn't", "wasn't", "haven't", "hadn't", "weren't":
		return Remark
	}
	return Other
}
