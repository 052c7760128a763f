package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a text. Punctuation that stands alone belongs to the word behind it.
type word struct {
	start, end int // with the punctuation around it: `- "user,`
	from, to   int // without: `user`
	term       term
}

// A scanner walks the words of a text. It holds no memory of its own, so a copy looks ahead.
type scanner struct {
	text string
	pos  int
}

// next is the next word; false at the end of the text.
func (s *scanner) next() (word, bool) {
	w := word{start: -1}
	i := s.pos
	for i < len(s.text) {
		if n := spaceAt(s.text, i); n > 0 {
			i += n
			continue
		}
		start := i
		if n := dashAt(s.text, i); n > 0 {
			i += n
		} else {
			for i < len(s.text) && spaceAt(s.text, i) == 0 && dashAt(s.text, i) == 0 {
				i++
			}
		}
		if w.start < 0 {
			w.start = start
		}
		if w.from, w.to = trimPunctuation(s.text, start, i); w.from < w.to {
			w.end, s.pos = i, i
			w.term = termOf(s.text[w.from:w.to])
			return w, true
		}
	}
	s.pos = i
	return word{start: i, from: i, to: i, end: i}, false
}

// peek is the next word, without moving.
func (s scanner) peek() (word, bool) { return s.next() }

// spaceAt is the length of what separates words at i: white space, control characters and the
// invisible marks of Unicode, but not the joiners that hold words and emoji together.
func spaceAt(text string, i int) int {
	c := text[i]
	switch {
	case c <= ' ' || c == 0x7f:
		return 1
	case c < 0xc2 || c > 0xef: // ASCII, a trailing byte, a plane beyond the first
		return 0
	}
	if c != 0xc2 && c != 0xd8 && (c < 0xe1 || c > 0xe3) && c != 0xef {
		return 0
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	switch {
	case r == '\u200c' || r == '\u200d':
		return 0
	case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		return n
	}
	return 0
}

// dashAt is the length of an em dash at i, which stands between words without spaces.
func dashAt(text string, i int) int {
	if text[i] == 0xe2 && strings.HasPrefix(text[i:], "—") {
		return len("—")
	}
	return 0
}

// trimPunctuation narrows start:end to what is between the punctuation at both ends.
func trimPunctuation(text string, start, end int) (from, to int) {
	for start < end {
		n := punctuationAt(text[start:end])
		if n == 0 {
			break
		}
		start += n
	}
	for end > start {
		n := 1
		if text[end-1] >= utf8.RuneSelf {
			_, n = utf8.DecodeLastRuneInString(text[start:end])
		}
		if punctuationAt(text[end-n:end]) == 0 {
			break
		}
		end -= n
	}
	return start, end
}

// punctuationAt is the length of a punctuation mark that s begins with.
func punctuationAt(s string) int {
	switch c := s[0]; {
	case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
		return 0
	case c < utf8.RuneSelf:
		return 1
	case c == 0xc2 || c == 0xe2 || c == 0xe3: // Latin-1, general and CJK punctuation
		if r, n := utf8.DecodeRuneInString(s); r != utf8.RuneError && unicode.IsPunct(r) {
			return n
		}
	}
	return 0
}

// term is what a word may do in the frame of a story.
type term uint8

const (
	termOther term = iota
	termAs
	termArticle // a, an, the: what follows "as"
	termSubject // I, we
	termWould   // I'd
	termAm      // am, 'm, are, is, be
	termWill    // I'll
	termWant    // want, need, wish: takes "to" or a thing
	termLike    // would like, would love
	termCan     // can, could, must, should: takes a verb
	termCannot  // can't, mustn't
	termDo      // do
	termDont    // don't
	termNot     // not, never
	termAdverb  // only, also, just
	termAble
	termHave
	termTo
	termSo
	termThat
	termIn
	termOrder
	termBecause
	termSince
	termPronoun // may begin the clause after "so"
	termWhen    // opens a condition
	termWho     // opens a clause about the word before
	termAfter   // a preposition
	termList    // and, or
	termRemark  // think, noticed: what people do when they don't tell a story
)

// termOf is the term of a word without its punctuation, in any case and with any apostrophe.
func termOf(s string) term {
	if len(s) == 0 || len(s) > 12 {
		return termOther
	}
	var buf [12]byte
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
			return termOther
		}
		buf[n] = c
		n++
	}
	switch string(buf[:n]) {
	case "as":
		return termAs
	case "a", "an", "the", "a/an", "an/a":
		return termArticle
	case "i", "we":
		return termSubject
	case "i'd", "we'd", "would":
		return termWould
	case "i'm", "we're", "am", "are", "is", "be", "im":
		return termAm
	case "i'll", "we'll":
		return termWill
	case "want", "wants", "need", "needs", "wish", "wishes", "hope", "expect", "desire", "require",
		"requires", "prefer", "intend", "wanna":
		return termWant
	case "like", "love", "appreciate":
		return termLike
	case "can", "could", "must", "should", "shall", "may", "might", "will":
		return termCan
	case "can't", "cannot", "couldn't", "mustn't", "shouldn't", "won't", "cant":
		return termCannot
	case "do", "does":
		return termDo
	case "don't", "doesn't", "dont", "wouldn't":
		return termDont
	case "not", "never":
		return termNot
	case "only", "also", "just", "really", "always", "still", "simply", "often", "usually", "sometimes",
		"then", "now", "therefore", "currently", "additionally", "generally", "ideally", "occasionally":
		return termAdverb
	case "able":
		return termAble
	case "have":
		return termHave
	case "to":
		return termTo
	case "so":
		return termSo
	case "that":
		return termThat
	case "in":
		return termIn
	case "order":
		return termOrder
	case "because":
		return termBecause
	case "since":
		return termSince
	case "you", "they", "it", "he", "she", "my", "our", "your", "their", "its", "his", "her", "this", "these",
		"those", "there", "others", "people", "everyone", "everybody", "anyone", "nobody", "no", "it's",
		"i've", "we've", "they're", "you're", "all", "users", "each", "every", "any":
		return termPronoun
	case "when", "whenever", "if", "while", "unless", "once", "given", "until", "till":
		return termWhen
	case "who", "whom", "whose", "which", "what", "where", "how", "why", "than", "things", "everything",
		"anything", "something", "whatever", "whether":
		return termWho
	case "after", "before", "at", "on", "for", "from", "with", "without", "of", "by", "during", "about", "under",
		"within", "upon", "toward", "towards", "via", "despite", "regarding", "instead", "into", "inside",
		"across", "through", "per", "between", "among", "over":
		return termAfter
	case "and", "or", "and/or", "&":
		return termList
	case "think", "believe", "guess", "feel", "suggest", "propose", "recommend", "wonder", "suspect", "found",
		"had", "was", "were", "did", "tried", "saw", "got", "hate", "thought", "went", "ran", "made",
		"assume":
		return termRemark
	}
	return termOther
}
