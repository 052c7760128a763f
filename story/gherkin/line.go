package gherkin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	quotes = `"""`
	ticks  = "```"
)

// line is one line of the text.
type line struct {
	number int
	raw    string // without the line end
	text   string // raw without its indentation
}

// indent returns how many runes come before the text.
func (l *line) indent() int { return runes(l.raw[:len(l.raw)-len(l.text)]) }

// start returns the position of the text.
func (l *line) start() Position { return Position{Line: l.number, Column: l.indent() + 1} }

// runes counts as utf8.RuneCountInString does; it is faster on the short ASCII strings met here.
func runes(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return i + utf8.RuneCountInString(s[i:])
		}
	}
	return len(s)
}

func trimLeft(s string) string {
	for i := range len(s) {
		if s[i] != ' ' && s[i] != '\t' {
			if s[i] < ' ' || s[i] >= utf8.RuneSelf {
				return strings.TrimLeftFunc(s[i:], unicode.IsSpace)
			}
			return s[i:]
		}
	}
	return ""
}

// nextLine splits off the first line of the text, which may end in "\n" or "\r\n".
func nextLine(text string, number int) (l line, rest string) {
	raw := text
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		raw, rest = text[:i], text[i+1:]
	}
	raw = strings.TrimRight(raw, "\r")
	return line{number: number, raw: raw, text: trimLeft(raw)}, rest
}

// flaw returns the column of the first byte that no text can hold, and what it is.
func (l *line) flaw() (column int, reason string) {
	i := printable(l.raw)
	for column = i + 1; i < len(l.raw); column++ {
		r, size := utf8.DecodeRuneInString(l.raw[i:])
		switch {
		case r == 0:
			return column, "NUL byte, want text"
		case r == utf8.RuneError && size == 1:
			return column, "invalid UTF-8, want text in UTF-8"
		}
		i += size
	}
	return 0, ""
}

// languageHeader returns the code in a comment such as "# language: fr".
func languageHeader(text string) (code string, ok bool) {
	text, ok = strings.CutPrefix(text, "#")
	if !ok {
		return "", false
	}
	text, ok = strings.CutPrefix(trimLeft(text), "language")
	if !ok {
		return "", false
	}
	text, ok = strings.CutPrefix(trimLeft(text), ":")
	if !ok {
		return "", false
	}
	code = strings.TrimSpace(text)
	return code, isLanguageCode(code)
}

// tags splits a line that begins with "@". A "#" after space begins a comment, which is dropped.
// bad is the first tag with space in it, or the zero Tag; the tags before it are returned.
func (l *line) tags(to []Tag) (tags []Tag, bad Tag) {
	text := uncommented(l.text)
	column := l.indent() + 1
	for text != "" {
		text = text[1:]
		name, rest := text, ""
		if i := strings.IndexByte(text, '@'); i >= 0 {
			name, rest = text[:i], text[i:]
		}
		if trimmed := strings.TrimRightFunc(name, unicode.IsSpace); trimmed != "" {
			tag := Tag{Position{l.number, column}, "@" + trimmed}
			if strings.IndexFunc(trimmed, unicode.IsSpace) >= 0 {
				return to, tag
			}
			to = append(to, tag)
		}
		column += 1 + runes(name)
		text = rest
	}
	return to, Tag{}
}

func uncommented(text string) string {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], '#')
		if i < 0 {
			return text
		}
		from += i
		before := strings.TrimRightFunc(text[:from], unicode.IsSpace)
		if len(before) < from {
			return before
		}
		from++
	}
}

// row splits a line that begins with "|". What follows the last "|" is no part of the table.
func (l *line) row() Row {
	row := Row{Position: l.start()}
	text, column := l.text[1:], row.Column+1
	if n := strings.Count(text, "|"); n > 0 {
		row.Cells = make([]Cell, 0, n)
	}
	for {
		end, escaped := cellEnd(text)
		if end < 0 {
			return row
		}
		raw := text[:end]
		value := raw
		if escaped {
			value = unescapeCell(raw)
		}
		trimmed := strings.TrimLeftFunc(strings.TrimLeft(value, " "), isCellSpace)
		row.Cells = append(row.Cells, Cell{
			Position: Position{l.number, column + runes(value[:len(value)-len(trimmed)])},
			Value:    strings.TrimRightFunc(strings.TrimRight(trimmed, " "), isCellSpace),
		})
		column += runes(raw) + 1
		text = text[end+1:]
	}
}

// cellEnd finds the "|" that ends the cell, and reports whether the cell holds a backslash. It is -1
// without one.
func cellEnd(text string) (end int, escaped bool) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '|':
			return i, escaped
		case '\\':
			escaped = true
			i++
		}
	}
	return -1, escaped
}

// isCellSpace leaves out the line feed, which can only come from an escape and is content.
func isCellSpace(r rune) bool { return r != '\n' && unicode.IsSpace(r) }

// unescapeCell resolves \n, \| and \\; any other backslash is itself.
func unescapeCell(raw string) string {
	var b strings.Builder
	b.Grow(len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' && i+1 < len(raw) {
			switch raw[i+1] {
			case 'n':
				b.WriteByte('\n')
				i++
				continue
			case '|', '\\':
				i++
			}
		}
		b.WriteByte(raw[i])
	}
	return b.String()
}

// docStringLine removes the indentation of the delimiter and resolves the escaped delimiter.
func (l *line) docStringLine(indent int, delimiter string) string {
	text := l.text
	if l.indent() >= indent {
		text = l.raw[byteIndex(l.raw, indent):]
	}
	return strings.ReplaceAll(text, escapedDelimiter(delimiter), delimiter)
}

// byteIndex returns where the rune with the given index begins.
func byteIndex(s string, index int) int {
	for i := range s {
		if index == 0 {
			return i
		}
		index--
	}
	return len(s)
}

func escapedDelimiter(delimiter string) string {
	if delimiter == ticks {
		return "\\`\\`\\`"
	}
	return `\"\"\"`
}
