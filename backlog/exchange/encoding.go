package exchange

import (
	"strings"
	"unicode/utf8"
)

const byteOrderMark = "\uFEFF"

// windows1252 are the characters of the bytes 0x80 to 0x9F; the rest are as in Unicode.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// decode returns text in UTF-8 without byte order marks. UTF-16 is known by its mark. Whatever is not UTF-8 is
// taken for Windows-1252, in which every byte is a character; a file in both, such as one that was pasted
// together, is decoded byte by byte where it is not UTF-8.
func decode(text string) string {
	switch {
	case strings.HasPrefix(text, "\xFF\xFE"):
		return decodeUTF16(text[2:], 1, 0)
	case strings.HasPrefix(text, "\xFE\xFF"):
		return decodeUTF16(text[2:], 0, 1)
	}
	for strings.HasPrefix(text, byteOrderMark) {
		text = text[len(byteOrderMark):]
	}
	if utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text) + len(text)/8)
	for len(text) > 0 {
		valid := validPrefix(text)
		out.WriteString(text[:valid])
		if text = text[valid:]; text == "" {
			break
		}
		r := rune(text[0])
		if r < 0xA0 {
			r = windows1252[r-0x80]
		}
		out.WriteRune(r)
		text = text[1:]
	}
	return out.String()
}

// validPrefix returns how many bytes at the beginning of the text are UTF-8.
func validPrefix(text string) int {
	at := 0
	for at < len(text) {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// decodeUTF16 decodes units of two bytes, the higher of which is at the index high. Halves of pairs that stand
// alone become replacement characters.
func decodeUTF16(text string, high, low int) string {
	var out strings.Builder
	out.Grow(len(text))
	unit := func(i int) rune { return rune(text[i+high])<<8 | rune(text[i+low]) }
	for i := 0; i+1 < len(text); i += 2 {
		r := unit(i)
		if r >= 0xD800 && r < 0xDC00 && i+3 < len(text) {
			if second := unit(i + 2); second >= 0xDC00 && second < 0xE000 {
				r = (r-0xD800)<<10 + (second - 0xDC00) + 0x10000
				i += 2
			}
		}
		out.WriteRune(r)
	}
	return out.String()
}
