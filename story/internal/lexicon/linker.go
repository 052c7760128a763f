package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hasLinked reports whether the clause from s on, up to its end, has an infinitive with a linker: "um schneller zu zahlen",
// "um mich anzumelden".
func (s Scanner) hasLinked() bool {
	const most = 60 // words
	prev, ok := s.Next()
	if !ok || prev.Term == Subject {
		return false
	}
	w := prev
	for n := 0; ok && n < most; n++ {
		// A comma may stand before a clause within, or in a list.
		if n > 0 && Breaks(s.Text, prev, w) && (s.Lang.Has(w, BeginsReason) || strings.ContainsAny(s.Text[prev.To:w.From], ".!?\n;")) {
			return false
		}
		if next, _ := s.Peek(); w.Term == To && s.Lang.isLinked(s.Text[next.From:next.To]) || s.Lang.linksWithin(s.Text[w.From:w.To]) {
			return true
		}
		prev = w
		w, ok = s.Next()
	}
	return false
}

// isLinked reports whether a word behind the linker is a verb.
func (l *Language) isLinked(word string) bool {
	return isLower(word) && HasEnding(Fold(word), []string{"n"})
}

// linksWithin reports a verb that has the linker between its halves: "anzumelden", not "hinzufügen".
func (l *Language) linksWithin(word string) bool {
	const shortest = len("en") // of a verb
	if !isLower(word) || !strings.HasSuffix(word, "n") {
		return false
	}
	for at := strings.Index(word, l.Linker); at >= 0 && at+len(l.Linker)+shortest < len(word); {
		if l.before[word[:at]] && !l.before[word[:at+len(l.Linker)]] {
			return true
		}
		next := strings.Index(word[at+1:], l.Linker)
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return false
}

func isLower(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r)
}
