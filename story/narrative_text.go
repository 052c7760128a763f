package story

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// breaksAfter reports a comma, colon, semicolon or the end of a sentence after w.
func breaksAfter(text string, w word) bool {
	return w.to < w.end && strings.ContainsAny(text[w.to:w.end], ",;:.!?") || isDash(text, w)
}

func endsSentence(text string, w word) bool {
	return w.to < w.end && strings.ContainsAny(text[w.to:w.end], ".!?")
}

// isDash reports a dash that stands alone.
func isDash(text string, w word) bool {
	if w.from < w.to {
		return false
	}
	switch text[w.start:w.end] {
	case "-", "--", "–", "—", "―", "‒":
		return true
	}
	return false
}

// endsPrefix reports whether the sentence may begin after w: a bullet, a number, an id, a title.
func endsPrefix(text string, w word) bool {
	if w.from == w.to || w.to < w.end {
		return true
	}
	return strings.ContainsAny(text[w.from:w.to], "0123456789")
}

// sentenceBreak reports whether a sentence ends between w and next: with a full stop before a
// capital, with an empty line, or with a line that begins a list.
func sentenceBreak(text string, w, next word) bool {
	if next.lineBreaks > 0 {
		c := text[next.start]
		return next.lineBreaks > 1 || strings.IndexByte("-*#>+", c) >= 0 ||
			strings.HasPrefix(text[next.start:], "•") || endsSentence(text, w)
	}
	if !endsSentence(text, w) || isAbbreviation(text[w.from:w.to]) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[next.from:])
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// isAbbreviation reports a word whose full stop does not end a sentence.
func isAbbreviation(s string) bool {
	if len(s) == 1 {
		return s != "I"
	}
	if len(s) > 6 {
		return false
	}
	switch strings.ToLower(s) {
	case "e.g", "i.e", "vs", "cf", "approx", "incl", "mr", "mrs", "ms", "dr", "st", "no", "fig", "resp":
		return true
	}
	return false
}

// sentenceEnd is where the sentence ends that text[from:] begins with.
func sentenceEnd(text string, from int) int {
	s := scanner{text: text, pos: from}
	prev, _ := s.next()
	for w, ok := s.next(); ok; w, ok = s.next() {
		if sentenceBreak(text, prev, w) {
			return prev.end
		}
		prev = w
	}
	return len(text)
}

// tellsWhen reports whether a condition is about the circumstances, not about the role.
func tellsWhen(condition string) bool {
	s := scanner{text: condition}
	w, _ := s.next()
	switch w.term {
	case termWhen, termAfter, termIn, termSince, termAs, termBecause:
		return true
	}
	return false
}

// isPlain reports whether a condition can move behind the goal and be read as part of it.
func isPlain(condition string) bool {
	r, stop := findReason(condition, 0)
	return r.grade == 0 && stop == len(condition)
}

// badText is the first place that is not UTF-8, a control character, or an invisible mark that
// turns the direction of writing; 0, 0 if there is none.
func badText(text string) (start, end int) {
	for i := 0; i < len(text); {
		c := text[i]
		if c >= ' ' && c < 0x7f || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return i, i + n
		}
		i += n
	}
	return 0, 0
}

// trimPart narrows start:end to the part proper: without spaces, commas and full stops around it,
// and without quotes, brackets or emphasis that enclose it as a whole.
func trimPart(text string, start, end int) (int, int) {
	for {
		from, to := trimEdges(text, start, end)
		from, to = trimEnclosure(text, from, to)
		if from == start && to == end || from >= to {
			return from, max(from, to)
		}
		start, end = from, to
	}
}

func trimEdges(text string, start, end int) (int, int) {
	for start < end {
		n := spaceAt(text, start)
		if n == 0 {
			n = looseAt(text[start:end])
		}
		if n == 0 {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		at := end - n
		if spaceAt(text, at) == 0 && !strings.ContainsRune(",;:.…—–", r) &&
			(r != '-' || at > start && spaceAt(text, at-1) == 0) {
			break
		}
		end = at
	}
	return start, end
}

// looseAt is the length of punctuation at the beginning of s that belongs to nothing in it: a comma,
// a dash before a space, but not the point of ".NET".
func looseAt(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case ',', ';', ':', '…', '—':
		return n
	case '.', '-', '–':
		if n == len(s) || spaceAt(s, n) > 0 || s[n] == '.' {
			return n
		}
	}
	return 0
}

// trimEnclosure takes off one pair that encloses the whole, and emphasis whose other end is outside.
func trimEnclosure(text string, start, end int) (int, int) {
	if end-start < 2 {
		return start, end
	}
	s := text[start:end]
	for _, c := range [...]string{"*", "_"} {
		left, right := len(s)-len(strings.TrimLeft(s, c)), len(s)-len(strings.TrimRight(s, c))
		if (left > 0) != (right > 0) && left+right == strings.Count(s, c) {
			return start + left, end - right
		}
		if left > 0 && left == right && left+right == strings.Count(s, c) {
			return start + left, end - right
		}
	}
	for _, pair := range [...][2]string{{`"`, `"`}, {"“", "”"}, {"<", ">"}, {"[", "]"}, {"`", "`"}} {
		open, shut := pair[0], pair[1]
		if len(s) < len(open)+len(shut) || !strings.HasPrefix(s, open) || !strings.HasSuffix(s, shut) {
			continue
		}
		inner := s[len(open) : len(s)-len(shut)]
		if !strings.Contains(inner, open) && !strings.Contains(inner, shut) {
			return start + len(open), end - len(shut)
		}
	}
	return start, end
}
