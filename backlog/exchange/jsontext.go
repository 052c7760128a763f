package exchange

import (
	"encoding/json"
	"iter"
	"strings"
)

// valueEnd returns the index behind the JSON value that begins at an index. The text is valid, or else the index is anywhere
// behind. O(length of the value), whatever its depth.
func valueEnd(text string, at int) int {
	depth := 0
	for at < len(text) {
		switch text[at] {
		case '"':
			at = stringEnd(text, at)
			if depth == 0 {
				return at
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return at + 1
			}
		case ',', ' ', '\t', '\r', '\n', ':':
		default:
			if depth == 0 {
				for at < len(text) && strings.IndexByte(" \t\r\n,]}", text[at]) < 0 {
					at++
				}
				return at
			}
		}
		at++
	}
	return at
}

// stringEnd returns the index behind the string that begins at an index.
func stringEnd(text string, at int) int {
	if quote := strings.IndexByte(text[at+1:], '"'); quote >= 0 && strings.IndexByte(text[at+1:at+1+quote], '\\') < 0 {
		return at + 1 + quote + 1
	}
	for at++; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(text)
}

// skipJSON returns the index of the next byte that is not between values.
func skipJSON(text string, at int) int {
	for at < len(text) && strings.IndexByte(" \t\r\n,:", text[at]) >= 0 {
		at++
	}
	return at
}

// firstValue returns the value that the text begins with.
func firstValue(text string) string {
	return text[:min(valueEnd(text, 0), len(text))]
}

// values returns the values that stand behind each other.
func values(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := skipJSON(text, 0); at < len(text); at = skipJSON(text, at) {
			end := max(valueEnd(text, at), at+1)
			if !yield(text[at:min(end, len(text))]) {
				return
			}
			at = end
		}
	}
}

// elements returns the values in a valid list, and none of what is no list.
func elements(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !strings.HasPrefix(text, "[") {
			return
		}
		for at := skipJSON(text, 1); at < len(text) && text[at] != ']'; at = skipJSON(text, at) {
			end := valueEnd(text, at)
			if !yield(text[at:end]) {
				return
			}
			at = end
		}
	}
}

// members returns the names and values in a valid object, and none of what is no object.
func members(text string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		if !strings.HasPrefix(text, "{") {
			return
		}
		for at := skipJSON(text, 1); at < len(text) && text[at] != '}'; at = skipJSON(text, at) {
			end := stringEnd(text, at)
			name := unquoteJSON(text[at:end])
			at = skipJSON(text, end)
			end = valueEnd(text, at)
			if !yield(name, text[at:end]) {
				return
			}
			at = end
		}
	}
}

// member returns the value of a name in a valid object; of several, the last, as when it is decoded.
func member(text, name string) (value string) {
	for one, raw := range members(text) {
		if one == name {
			value = raw
		}
	}
	return value
}

// scalar returns a value without quotes. It is empty for null, a list and an object.
func scalar(value string) string {
	switch {
	case value == "" || value == "null" || value[0] == '{' || value[0] == '[':
		return ""
	case value[0] == '"':
		return strings.TrimSpace(unquoteJSON(value))
	}
	return value
}

func unquoteJSON(quoted string) string {
	if len(quoted) < 2 {
		return ""
	}
	text := quoted[1 : len(quoted)-1]
	if strings.IndexByte(text, '\\') >= 0 {
		if json.Unmarshal([]byte(quoted), &text) != nil {
			return ""
		}
	}
	return text
}

// depthOf returns how deep lists and objects of valid JSON are in each other.
func depthOf(text string) (deepest int) {
	depth := 0
	for at := 0; at < len(text); at++ {
		switch text[at] {
		case '"':
			at = stringEnd(text, at) - 1
		case '{', '[':
			depth++
			deepest = max(deepest, depth)
		case '}', ']':
			depth--
		}
	}
	return deepest
}

// objects returns the objects in the list of a name in a valid object, or in its lists of that name.
func objects(text, name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for one, raw := range members(text) {
			if one != name {
				continue
			}
			for element := range elements(raw) {
				if strings.HasPrefix(element, "{") && !yield(element) {
					return
				}
			}
		}
	}
}
