package exchange

import "strings"

// maxNesting is how deep lists and objects may be for [json.Valid], and so here.
const maxNesting = 10_000

// isJSON reports whether text is one valid JSON value. It is [json.Valid] for a string, in a third of its time: most files
// are looked at line by line. O(n), whatever the depth.
func isJSON(text string) bool {
	var open []byte // the lists and objects around the place
	at := skipWhite(text, 0)
	for at >= 0 {
		isBegun := false // a list or an object whose first value comes next
		switch c := byteAt(text, at); c {
		case '{', '[':
			if open = append(open, c); len(open) > maxNesting {
				return false
			}
			if at = skipWhite(text, at+1); byteAt(text, at) != c+2 { // "}" or "]"
				isBegun = true
			} else {
				at, open = at+1, open[:len(open)-1]
			}
			if isBegun && c == '{' {
				at = nameEnd(text, at)
			}
		case '"':
			at = strictStringEnd(text, at)
		default:
			at = scalarEnd(text, at)
		}
		for !isBegun && at >= 0 {
			at = skipWhite(text, at)
			if len(open) == 0 {
				return at == len(text)
			}
			last := open[len(open)-1]
			switch byteAt(text, at) {
			case ',':
				isBegun = true
				if at = skipWhite(text, at+1); last == '{' {
					at = nameEnd(text, at)
				}
			case last + 2:
				at, open = at+1, open[:len(open)-1]
			default:
				return false
			}
		}
	}
	return false
}

// byteAt returns a byte of the text, and 0, which stands nowhere outside of a string, behind its end.
func byteAt(text string, at int) byte {
	if at >= len(text) {
		return 0
	}
	return text[at]
}

func skipWhite(text string, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r') {
		at++
	}
	return at
}

// nameEnd returns the index of the value whose name begins at an index, or -1.
func nameEnd(text string, at int) int {
	if byteAt(text, at) != '"' {
		return -1
	}
	if at = strictStringEnd(text, at); at < 0 {
		return -1
	}
	if at = skipWhite(text, at); byteAt(text, at) != ':' {
		return -1
	}
	return skipWhite(text, at+1)
}

// strictStringEnd is [stringEnd] for text that need not be valid: -1 where the string is not.
func strictStringEnd(text string, at int) int {
	for at++; at < len(text); at++ {
		switch c := text[at]; {
		case c == '"':
			return at + 1
		case c < ' ':
			return -1
		case c != '\\':
		case byteAt(text, at+1) == 'u':
			for i := 2; i < 6; i++ {
				if c := byteAt(text, at+i) | 0x20; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
					return -1
				}
			}
			at += 5
		case isEscape(byteAt(text, at+1)):
			at++
		default:
			return -1
		}
	}
	return -1
}

func isEscape(c byte) bool {
	switch c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	}
	return false
}

// scalarEnd returns the index behind a number, true, false or null, or -1.
func scalarEnd(text string, at int) int {
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(text[at:], word) {
			return at + len(word)
		}
	}
	if byteAt(text, at) == '-' {
		at++
	}
	start := at
	if at = digitsEnd(text, at); at < 0 || text[start] == '0' && at > start+1 {
		return -1
	}
	if byteAt(text, at) == '.' {
		if at = digitsEnd(text, at+1); at < 0 {
			return -1
		}
	}
	if byteAt(text, at)|0x20 == 'e' {
		if at++; byteAt(text, at) == '+' || byteAt(text, at) == '-' {
			at++
		}
		at = digitsEnd(text, at)
	}
	return at
}

// digitsEnd returns the index behind one digit or more, or -1.
func digitsEnd(text string, at int) int {
	start := at
	for at < len(text) && '0' <= text[at] && text[at] <= '9' {
		at++
	}
	if at == start {
		return -1
	}
	return at
}
