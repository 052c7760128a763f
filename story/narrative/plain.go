package narrative

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain returns the text of the part on one line and without the marks around its words: emphasis,
// backticks, brackets and braces of a template. Quotes and round brackets stay.
func (p Part) Plain() string { return unmarked(squeeze(p.Text)) }

// marks are the pairs that Plain takes off, the longer first.
var marks = [...][2]string{
	{"**", "**"}, {"__", "__"}, {"~~", "~~"}, {"{{", "}}"}, {"*", "*"}, {"_", "_"}, {"`", "`"}, {"[", "]"}, {"<", ">"}, {"{", "}"},
}

// unmarked takes off the marks that stand around words: each opens before a word and closes behind one.
func unmarked(s string) string {
	if !strings.ContainsAny(s, "*_`[<{~") {
		return s
	}
	for _, pair := range marks {
		s = unpaired(s, pair[0], pair[1])
	}
	return s
}

func unpaired(s, open, shut string) string {
	if !strings.Contains(s, open) {
		return s
	}
	var b strings.Builder
	begin := 0 // of what is not yet written
	from := -1 // behind the open mark
	for i := 0; i < len(s); {
		switch {
		case from >= 0 && i > from && strings.HasPrefix(s[i:], shut) && s[i-1] != ' ' && endsWord(s[i+len(shut):]):
			b.WriteString(s[begin : from-len(open)])
			b.WriteString(s[from:i])
			i += len(shut)
			begin, from = i, -1
		case strings.HasPrefix(s[i:], open) && beginsWord(s[:i], s[i+len(open):]):
			i += len(open)
			from = i
		default:
			i++
		}
	}
	b.WriteString(s[begin:])
	return b.String()
}

// beginsWord reports whether a mark between before and behind can open.
func beginsWord(before, behind string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(behind)
	return (before == "" || strings.ContainsRune(" (\"'“*_`[<{~", last)) && (unicode.IsLetter(next) || unicode.IsDigit(next) ||
		next != 0 && strings.ContainsRune("*_`[<{\"~", next))
}

// endsWord reports whether a mark before behind can close.
func endsWord(behind string) bool {
	next, _ := utf8.DecodeRuneInString(behind)
	return behind == "" || strings.ContainsRune(" .,;:!?)\"'”*_`]>}~", next)
}
