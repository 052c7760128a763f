package exchange

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fold returns the form in which words are compared: lower case, letters and digits only, without accents. So
// "Won't fix", "wont_fix" and "won-t-fix" are one.
func fold(text string) string {
	if isFolded(text) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range text {
		r = unicode.ToLower(r)
		switch {
		case r < utf8.RuneSelf:
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
				out.WriteByte(byte(r))
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			out.WriteString(bare(r))
		}
	}
	if out.Len() == 0 { // "#" is the header of numbers
		return strings.TrimSpace(text)
	}
	return out.String()
}

func isFolded(text string) bool {
	for i := range len(text) {
		if c := text[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// accented are letters with accents, each list behind its plain letter.
var accented = [...]string{
	"aáàâãäåāăą", "cçćĉċč", "dďđ", "eéèêëēĕėęě", "gĝğġģ", "iíìîïĩīĭįı", "lĺļľł", "nñńņň",
	"oóòôõöøōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uúùûüũūŭůűų", "yýÿŷ", "zźżž",
}

// bare returns a lower-case letter without its accent.
func bare(r rune) string {
	if r < 'À' || r > 'ț' {
		if r == 'ß' {
			return "ss"
		}
		return string(r)
	}
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	}
	for _, list := range accented {
		if strings.ContainsRune(list, r) {
			return list[:1]
		}
	}
	return string(r)
}

// oneLine returns the text with its white space reduced to single spaces, and without invisible marks at its ends.
func oneLine(text string) string {
	text = trim(text)
	if !strings.ContainsAny(text, "\n\r\t") && !strings.Contains(text, "  ") {
		return text
	}
	return strings.Join(strings.Fields(text), " ")
}

// trim returns the text without the space, the zero-width spaces and the byte order marks around it.
func trim(text string) string {
	return strings.TrimFunc(text, isInvisible)
}

// isInvisible reports white space, a zero-width space, and a byte order mark.
func isInvisible(r rune) bool {
	return r == '\uFEFF' || r == '\u200B' || r == '\u2060' || unicode.IsSpace(r)
}

// split returns the parts of the text between any of the separators, trimmed, without the blank ones.
func split(text, separators string) []string {
	if separators == "" || !strings.ContainsAny(text, separators) {
		if text = trim(text); text == "" {
			return nil
		}
		return []string{text}
	}
	var parts []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// lineFeeds returns the text with line feeds for whatever else ends its lines.
func lineFeeds(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}
