package gherkin

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Decode returns the text of a file in the encoding that the file states: by a byte order mark, UTF-8 or
// UTF-16; or by a comment before the feature, as in "# encoding: iso-8859-1", UTF-8, US-ASCII, ISO-8859-1,
// ISO-8859-15 or Windows-1252. A file that states none is UTF-8. The mark is no part of the text, so
// positions count its characters, whatever the file.
//
// The error is [SyntaxErrors] with the place of an encoding that is not known, or of the first unit of
// UTF-16 that is no character. Bytes that are not UTF-8 are left to the parsers. O(len(data)).
func Decode(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return decodeUTF16(data[2:], 0, 1)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeUTF16(data[2:], 1, 0)
	case bytes.HasPrefix(data, []byte("\ufeff")):
		return string(data[len("\ufeff"):]), nil
	}
	name, at := statedEncoding(data)
	switch strings.ReplaceAll(strings.ToLower(name), "_", "-") {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return string(data), nil
	case "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1":
		return decodeBytes(data, nil), nil
	case "iso-8859-15", "iso8859-15", "latin9", "latin-9":
		return decodeBytes(data, latin9), nil
	case "windows-1252", "cp1252", "cp-1252":
		return decodeBytes(data, windows1252), nil
	}
	return "", SyntaxErrors{{Position: at, Message: fmt.Sprintf("encoding %q is not known, "+
		"want utf-8, us-ascii, iso-8859-1, iso-8859-15 or windows-1252", shortened(name))}}
}

// statedEncoding returns the encoding of the first comment that states one, before anything else.
func statedEncoding(data []byte) (name string, at Position) {
	for number := 1; len(data) > 0; number++ {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		data = rest
		comment := strings.TrimSpace(string(line[:min(len(line), 200)]))
		if comment == "" {
			continue
		}
		if comment[0] != '#' {
			break
		}
		key, value, found := strings.Cut(comment[1:], ":")
		if found && strings.EqualFold(strings.TrimSpace(key), "encoding") {
			return strings.TrimSpace(value), Position{number, 1 + bytes.IndexByte(line, '#')}
		}
	}
	return "", Position{}
}

// decodeUTF16 reads units of two bytes, whose low and high byte stand at these offsets.
func decodeUTF16(data []byte, low, high int) (string, error) {
	var b strings.Builder
	b.Grow(len(data) / 2)
	at := Position{1, 1}
	for i := 0; i < len(data); at.Column++ {
		r := utf8.RuneError
		size := 2
		if i+2 <= len(data) {
			r = rune(data[i+low]) | rune(data[i+high])<<8
		}
		if utf16.IsSurrogate(r) && i+4 <= len(data) {
			r = utf16.DecodeRune(r, rune(data[i+2+low])|rune(data[i+2+high])<<8)
			size = 4
		}
		if i+2 > len(data) || utf16.IsSurrogate(r) || size == 4 && r == utf8.RuneError {
			return "", SyntaxErrors{{Position: at, Message: "not UTF-16, want text as its byte order mark states"}}
		}
		b.WriteRune(r)
		if i += size; r == '\n' {
			at = Position{at.Line + 1, 0}
		}
	}
	return b.String(), nil
}

// decodeBytes reads a character of each byte: that of Unicode with its number, but for those that
// differ.
func decodeBytes(data []byte, differ func(byte) rune) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		r := rune(c)
		if differ != nil && c >= utf8.RuneSelf {
			r = differ(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func latin9(c byte) rune {
	switch c {
	case 0xa4:
		return '€'
	case 0xa6:
		return 'Š'
	case 0xa8:
		return 'š'
	case 0xb4:
		return 'Ž'
	case 0xb8:
		return 'ž'
	case 0xbc:
		return 'Œ'
	case 0xbd:
		return 'œ'
	case 0xbe:
		return 'Ÿ'
	}
	return rune(c)
}

// windows1252 differs in the range of the C1 controls; five of its places are those controls.
func windows1252(c byte) rune {
	if c < 0x80 || c > 0x9f {
		return rune(c)
	}
	return [...]rune{
		'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
		0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
	}[c-0x80]
}
