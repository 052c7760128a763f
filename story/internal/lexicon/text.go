package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Breaks reports whether a comma, a dash, the end of a sentence or of a line stands between w and
// the word after it.
func Breaks(text string, w, next Word) bool {
	if IsOneSpace(text, w.To, next.From) {
		return false
	}
	if isComma(text, w.To, next.From) {
		return true
	}
	gap := gapBetween(text, w, next)
	for i := range len(gap) {
		switch gap[i] {
		case ',', ';', ':', '.', '!', '?', '\n':
			return true
		case '-':
			if i > 0 && i+1 < len(gap) && (gap[i-1] == '-' || gap[i-1] == ' ' && gap[i+1] == ' ') {
				return true
			}
		case 0xe2:
			if strings.HasPrefix(gap[i:], "—") || strings.HasPrefix(gap[i:], "–") {
				return true
			}
		}
	}
	return false
}

// IsOneSpace reports whether text[from:to] is a space, as between most words.
func IsOneSpace(text string, from, to int) bool { return to == from+1 && text[from] == ' ' }

// isComma reports whether text[from:to] is a comma and a space.
func isComma(text string, from, to int) bool {
	return to == from+2 && text[from] == ',' && text[from+1] == ' '
}

// gapBetween is what stands between two words, but for the point that begins a name like ".NET".
func gapBetween(text string, w, next Word) string {
	return strings.TrimRight(text[w.To:next.From], ".")
}

// EndsPrefix reports whether the sentence may begin after w: a bullet, a number, an id, a title.
func EndsPrefix(text string, w, next Word) bool {
	return next.Start < next.From || w.To < w.End || Breaks(text, w, next) ||
		strings.ContainsAny(text[w.From:w.To], "0123456789")
}

// SentenceBreak reports whether a sentence ends between w and next: with a full stop before a
// capital, or with a paragraph.
func (l *Language) SentenceBreak(text string, w, next Word) bool {
	if next.From < w.To+2 || isComma(text, w.To, next.From) {
		return false
	}
	gap := gapBetween(text, w, next)
	if !strings.ContainsAny(gap, ".!?") || l.IsAbbreviation(text[w.From:w.To]) {
		return ParagraphBreak(text, w, next)
	}
	r, _ := utf8.DecodeRuneInString(text[next.From:])
	return unicode.IsUpper(r) || unicode.IsTitle(r) || ParagraphBreak(text, w, next)
}

// ParagraphBreak reports whether an empty line or the beginning of a list stands between w and next.
func ParagraphBreak(text string, w, next Word) bool {
	if next.From < w.To+2 || isComma(text, w.To, next.From) {
		return false
	}
	_, line, ok := strings.Cut(gapBetween(text, w, next), "\n")
	return ok && strings.ContainsAny(line, "\n-*#>+•")
}

// IsAbbreviation reports whether s is a word whose full stop does not end a sentence.
func (l *Language) IsAbbreviation(s string) bool {
	return len(s) == 1 && s != "I" || l.Is(s, Abbreviation)
}

// SentenceEnd returns where the sentence ends that text[from:] begins with.
func (l *Language) SentenceEnd(text string, from int) int {
	first := len(text)
	for _, mark := range [...]byte{'.', '!', '?', '\n'} {
		if i := strings.IndexByte(text[from:first], mark); i >= 0 {
			first = from + i
		}
	}
	if first >= len(text)-1 {
		return len(text)
	}
	from += strings.LastIndexByte(text[from:first], ' ') + 1
	s := Scanner{Text: text, Pos: from}
	prev, _ := s.Next()
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		if l.SentenceBreak(text, prev, w) {
			return prev.End
		}
		prev = w
	}
	return len(text)
}

// PlainWords returns a marker without emphasis and punctuation, and with single spaces.
func PlainWords(marker string) string {
	switch marker {
	case "", "As a", "As an", "I want to", "so that":
		return marker // as most are
	}
	clear, last := true, byte(' ')
	for i := range len(marker) {
		c := marker[i]
		isLetter := (c|0x20)-'a' < 26 || c == '\'' || c >= utf8.RuneSelf
		clear = clear && (isLetter || c == ' ' && last != ' ')
		last = c
	}
	if clear {
		return marker
	}
	var all []string
	s := Scanner{Text: marker}
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		all = append(all, marker[w.From:w.To])
	}
	return strings.Join(all, " ")
}

// FindBad returns the first place that is not UTF-8, a control character, or an invisible mark that
// turns the direction of writing; 0, 0 if there is none.
func FindBad(text string) (start, end int) {
	for i := 0; i < len(text); {
		if bytes, ok := load8(text, i); ok && isPrintable(bytes|blank(i+8-len(text))) {
			i += 8
			continue
		}
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

// blank is the number of 8 bytes whose last n are spaces.
func blank(n int) uint64 {
	if n <= 0 {
		return 0
	}
	return 0x2020202020202020 << (8 * (8 - n))
}

// isPrintable reports whether each of 8 bytes is printable ASCII.
func isPrintable(bytes uint64) bool {
	const ones = 0x0101010101010101
	deletes := bytes ^ 0x7f*ones // 0 where a byte is DEL
	return (bytes|(bytes-' '*ones)|(deletes-ones))&high == 0
}

// Trim narrows start:end to the part proper: without spaces, commas and full stops around it,
// and without quotes, brackets or emphasis that enclose it as a whole.
func Trim(text string, start, end int) (int, int) {
	for start < end && text[start] == ' ' {
		start++
	}
	for start < end && (text[end-1] == ' ' || text[end-1] == ',' || text[end-1] == '.') {
		end--
	}
	if start < end && (text[start]|0x20)-'a' < 26 && (text[end-1]|0x20)-'a' < 26 {
		return start, end // as most are
	}
	const most = 16 // rounds: each looks at the whole part
	for range most {
		from, to := trimEdges(text, start, end)
		from, to = trimEnclosure(text, from, to)
		if from == start && to == end || from >= to {
			return from, max(from, to)
		}
		start, end = from, to
	}
	return start, end
}

// trimEdges takes off spaces, punctuation that stands alone, and what closes or opens a clause.
func trimEdges(text string, start, end int) (int, int) {
	for i := start; i < end; {
		kind, n := characterAt(text, i)
		if kind == letter {
			break
		}
		if strings.HasPrefix(text[i:end], "«") && strings.Contains(text[i:end], "»") {
			break
		}
		if kind == space || i == start && looseAt(text[i:end]) {
			start = i + n
		}
		i += n
	}
	guillemet := lastPair{text: text[start:end], open: -2}
	for i := end; i > start; {
		r, n := utf8.DecodeLastRuneInString(text[start:i])
		i -= n
		kind, _ := characterAt(text, i)
		if kind == letter || r == '»' && guillemet.isClosedAt(i-start) {
			break
		}
		if kind == space || i+n == end && strings.ContainsRune(",;:.…—–", r) {
			end = i
		}
	}
	return start, end
}

// lastPair finds which » closes a «, for places that fall. What it found is kept, so that all of them take linear time.
type lastPair struct {
	text       string
	open, shut int // the last « before the place, -1 if there is none, -2 if not known; and the first » behind it
}

func (p *lastPair) isClosedAt(at int) bool {
	if p.open == -2 || p.open > at {
		p.open = strings.LastIndex(p.text[:at], "«")
		p.shut = p.open + strings.Index(p.text[max(0, p.open):], "»")
	}
	return p.open >= 0 && p.shut == at
}

// looseAt reports punctuation at the beginning of s that belongs to nothing in it: a comma, a dash
// before a space, but not the point of ".NET".
func looseAt(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case ',', ';', ':', '…', '—':
		return true
	case '.', '-', '–':
		return n == len(s) || spaceAt(s, n) > 0 || s[n] == '.'
	}
	return false
}

// trimEnclosure takes off one pair that encloses the whole, and what opens or closes a pair whose
// other end is outside.
func trimEnclosure(text string, start, end int) (int, int) {
	if end-start < 2 {
		return start, end
	}
	s := text[start:end]
	if first, _ := characterAt(s, 0); first == letter && !closes(s) {
		return start, end
	}
	switch {
	case s[0] == '(' && strings.IndexByte(s, ')') < 0:
		return end - len(strings.TrimLeft(s, "(")), end
	case s[len(s)-1] == ')' && strings.IndexByte(s, '(') < 0:
		return start, start + len(strings.TrimRight(s, ")"))
	case opensNothing(text, start, s):
		_, n := utf8.DecodeLastRuneInString(s)
		return start, end - n
	}
	for _, c := range [...]string{"*", "_"} {
		left, right := len(s)-len(strings.TrimLeft(s, c)), len(s)-len(strings.TrimRight(s, c))
		if (left > 0) != (right > 0) && left+right == strings.Count(s, c) {
			return start + left, end - right
		}
		if left > 0 && left == right && left+right == strings.Count(s, c) {
			return start + left, end - right
		}
	}
	for _, pair := range [...][2]string{
		{`"`, `"`}, {"“", "”"}, {"<", ">"}, {"[", "]"}, {"`", "`"}, {"«", "»"}, {"„", "“"}, {"'", "'"}, {"‘", "’"}, {"(", ")"},
	} {
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

// IsQuoted reports whether a quote opens right before w.
func IsQuoted(text string, w Word) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[w.Start:w.From], " \u00a0\u202f")) // "« mot »"
	return r != utf8.RuneError && strings.ContainsRune("\"'`“‘«„‚‹", r)
}

// closes reports whether s ends in what may close a pair.
func closes(s string) bool {
	if kind, _ := characterAt(s, len(s)-1); kind == letter && s[len(s)-1] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("*_)]}>`\"'”’»", r)
}

// opensNothing reports whether s ends in the second of a pair whose first is not in it: the sentence
// as a whole is in quotes, or "<to pay>" has lost its beginning to the marker.
func opensNothing(text string, start int, s string) bool {
	r, n := utf8.DecodeLastRuneInString(s)
	inner := s[:len(s)-n]
	switch r {
	case '"':
		return strings.Count(inner, `"`)%2 == 0 && strings.Count(text, `"`)%2 == 0
	case '”':
		return strings.LastIndex(inner, "“") <= strings.LastIndex(inner, "”")
	case '»':
		return strings.LastIndex(inner, "«") <= strings.LastIndex(inner, "»")
	case '}':
		return strings.Count(inner, "{") <= strings.Count(inner, "}")
	case ']':
		return strings.LastIndexByte(inner, '[') <= strings.LastIndexByte(inner, ']')
	case '`':
		return strings.Count(inner, "`")%2 == 0 && strings.Count(text, "`")%2 == 0
	case '\'', '’':
		open := strings.TrimLeft(text, " ")
		word := text[strings.LastIndexByte(strings.TrimRight(text[:start], " "), ' ')+1 : start]
		return strings.HasPrefix(open, "'") || strings.HasPrefix(open, "‘") || strings.HasPrefix(word, "'") || strings.HasPrefix(word, "‘")
	case '>':
		return strings.IndexByte(inner, '<') < 0 && !strings.HasSuffix(inner, "-") && !strings.HasSuffix(inner, "=")
	}
	return false
}
