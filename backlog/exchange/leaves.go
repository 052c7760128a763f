package exchange

import (
	"fmt"
	"strings"
)

// leaf is a scalar of a JSON document that is neither null nor a blank string.
type leaf struct {
	id     int    // of the path: they are counted from 0 in a file
	path   string // "labels[].name": where it is, with [] for each index
	index  []int  // the indices on the way, outermost first; good until the next leaf
	value  string // a string without quotes, or the text of a number, true or false
	quoted bool   // it is a string
}

// maxPath is how many bytes the path to a leaf may have.
const maxPath = 4096

// leaves calls each for every leaf of valid JSON, in order, and returns what stopped it: the first error of
// each, or an [ErrTooLarge] for what is beyond a limit. O(n) for text of n bytes; the stack does not grow with
// the depth. The paths of all documents of a file are kept in one map, for the source to make columns of.
func (s *source) leaves(text string, each func(leaf) error) error {
	w := leafWalk{text: text, source: s, each: each}
	for w.skipSpace(); w.pos < len(w.text); w.skipSpace() {
		if err := w.step(); err != nil {
			return err
		}
	}
	return nil
}

// leafWalk is where a walk over JSON is.
type leafWalk struct {
	text   string
	pos    int
	source *source
	each   func(leaf) error

	path  []byte
	last  int         // the number of the path of the leaf before
	open  []container // lists and objects around the place
	index []int       // of each list among them
	isKey bool        // the next string is a name
}

type container struct {
	isList bool
	path   int // length of the path before it
}

func (w *leafWalk) skipSpace() {
	w.pos = skipWhite(w.text, w.pos)
}

// step reads one token. The text is valid JSON, so what can follow is known.
func (w *leafWalk) step() error {
	switch c := w.text[w.pos]; c {
	case '{', '[':
		if most := w.source.options.MaxDepth; len(w.open) == most {
			return &Error{
				Problem: fmt.Sprintf("lists and objects more than %d deep", most),
				Want:    "a flatter document, or Options.MaxDepth raised", class: ErrTooLarge,
			}
		}
		w.pos++
		w.open = append(w.open, container{c == '[', len(w.path)})
		if w.isKey = c == '{'; !w.isKey {
			w.path = append(w.path, "[]"...)
			w.index = append(w.index, 0)
		}
	case '}', ']':
		w.pos++
		last := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		w.path = w.path[:last.path]
		if last.isList {
			w.index = w.index[:len(w.index)-1]
		}
		w.isKey = false
	case ',':
		w.pos++
		if w.open[len(w.open)-1].isList {
			w.index[len(w.index)-1]++
		} else {
			w.isKey = true
		}
	case ':':
		w.pos++
	case '"':
		return w.str()
	default:
		start := w.pos
		for w.pos < len(w.text) && w.text[w.pos] > ' ' && w.text[w.pos] != ',' && w.text[w.pos]|0x20 != '}' {
			w.pos++
		}
		if value := w.text[start:w.pos]; value != "null" {
			return w.leaf(value, false)
		}
	}
	return nil
}

// str reads a string: a name, which begins a path anew, or a leaf.
func (w *leafWalk) str() error {
	start := w.pos
	w.pos = stringEnd(w.text, start)
	value := unquoteJSON(w.text[start:w.pos])
	if !w.isKey {
		if strings.TrimSpace(value) == "" {
			return nil
		}
		return w.leaf(value, true)
	}
	w.isKey = false
	w.path = w.path[:w.open[len(w.open)-1].path]
	if len(w.path) > 0 {
		w.path = append(w.path, '.')
	}
	w.path = append(w.path, value...)
	return nil
}

// leaf hands one leaf over.
func (w *leafWalk) leaf(value string, quoted bool) error {
	s := w.source
	id, known := 0, false
	if w.last < len(s.paths) {
		id = s.followers[w.last] // most objects have their members in one order
		known = string(w.path) == s.paths[id]
	}
	if !known {
		id, known = s.pathIDs[string(w.path)]
	}
	if !known {
		if most := s.options.MaxColumns; len(s.paths) == most || len(w.path) > maxPath {
			return &Error{
				Problem: fmt.Sprintf("more than %d different paths to values, or one of more than %d bytes", most, maxPath),
				Want:    "a smaller document, or Options.MaxColumns raised", class: ErrTooLarge,
			}
		}
		id = len(s.paths)
		s.paths = append(s.paths, string(w.path))
		s.pathIDs[s.paths[id]] = id
		s.followers = append(s.followers, id)
	}
	s.followers[w.last], w.last = id, id
	return w.each(leaf{id, s.paths[id], w.index, value, quoted})
}
