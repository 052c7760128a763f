package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxCoded is how many bytes of character codes and letters a Mermaid label may take: 200 of them and
// 500 arrows stay below the 50,000 characters that Mermaid takes by default.
const maxCoded = 120

// words puts text on one line of at most so many characters.
func words(text string, most int) string {
	var b strings.Builder
	written, gap := 0, false
	for _, r := range text {
		if unicode.IsSpace(r) {
			gap = written > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			written++
			gap = false
		}
		if written >= most {
			return cut(b.String(), most-1)
		}
		if unicode.IsControl(r) || turnsDirection(r) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
		written++
	}
	return b.String()
}

// cut keeps so many characters.
func cut(text string, most int) string {
	return strings.TrimRight(string([]rune(text)[:most]), " ") + "…"
}

// turnsDirection reports whether r embeds, overrides or isolates a direction of writing, which would
// reach beyond the text that it is in.
func turnsDirection(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// inMermaid writes a label of a Mermaid diagram. Before it parses a diagram, Mermaid looks for
// directives, comments, styles and character codes anywhere, also within quotes, so that only what is
// no punctuation can stay as it is.
func inMermaid(text string) string {
	var b strings.Builder
	for _, r := range words(text, MaxLabel) {
		code := string(r)
		if r != ' ' && !unicode.In(r, unicode.L, unicode.M, unicode.Nd) {
			code = characterCode(r)
		}
		if b.Len()+len(code) > maxCoded {
			return strings.TrimRight(b.String(), " ") + characterCode('…')
		}
		b.WriteString(code)
	}
	return b.String()
}

// atStart writes a label at the start of a line of a Mermaid diagram, where some words have a meaning.
func atStart(text string) string {
	label := inMermaid(text)
	r, size := utf8.DecodeRuneInString(label)
	if size == 0 || r == '#' {
		return label
	}
	return characterCode(r) + label[size:]
}

func characterCode(r rune) string { return fmt.Sprintf("#%d;", r) }

// inDOT writes a label within a quoted string of the DOT language, where a backslash begins an
// escape and an ampersand a character entity.
func inDOT(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, `&`, `&amp;`).Replace(words(text, MaxLabel))
}

// inMarkdown writes text within a line. Besides what CommonMark gives a meaning it disarms what its
// dialects do: tables, mathematics, links of bare addresses.
func inMarkdown(text string) string {
	var b strings.Builder
	last := rune(0)
	opening := true // nothing but digits so far, as before a list
	for _, r := range words(text, MaxWords) {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case strings.ContainsRune("\\`*_{}[]#|~$^=%!@:", r),
			opening && strings.ContainsRune("-+.)", r),
			r == '.' && (last == 'w' || last == 'W'): // of an address that begins with www
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
		opening = opening && r >= '0' && r <= '9'
		last = r
	}
	return b.String()
}
