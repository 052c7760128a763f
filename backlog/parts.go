package backlog

import (
	"bytes"
	"encoding"
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/backlogkit/backlogkit/story"
)

// The records of which there are many are read and written in one pass, by tables of their parts: as package json
// would, byte for byte. A law compares the two. What has no table, or is rare within one, goes by package json.

// parts are the fields of a struct in the order of their JSON.
type parts[T any] []part[T]

type part[T any] struct {
	name  string
	omit  func(*T) bool // whether it is left out; nil for never
	write func(data []byte, from *T) ([]byte, error)
	read  func(s *scanner, to *T)
}

// sample is how many items of a list foretell the size of all.
const sample = 64

// always returns p, written also where it is zero.
func (p part[T]) always() part[T] {
	p.omit = nil
	return p
}

func (all parts[T]) write(data []byte, from *T) (_ []byte, err error) {
	data = append(data, '{')
	begin := len(data)
	for i := range all {
		p := &all[i]
		if p.omit != nil && p.omit(from) {
			continue
		}
		if len(data) > begin {
			data = append(data, ',')
		}
		data = append(append(append(data, '"'), p.name...), '"', ':')
		if data, err = p.write(data, from); err != nil {
			return nil, err
		}
	}
	return append(data, '}'), nil
}

// read reads an object: its keys in any order, each once at most.
func (all parts[T]) read(s *scanner, to *T) {
	var seen uint64
	next := 0
	s.object(func(key []byte) {
		i := all.find(key, next)
		if s.ok = i >= 0 && seen>>i&1 == 0; s.ok {
			seen |= 1 << i
			next = i + 1
			all[i].read(s, to)
		}
	})
}

// find returns the index of a part, mostly the next one, or -1.
func (all parts[T]) find(key []byte, next int) int {
	for i := next; i < len(all); i++ {
		if all[i].name == string(key) {
			return i
		}
	}
	for i := range min(next, len(all)) {
		if all[i].name == string(key) {
			return i
		}
	}
	return -1
}

// writeList writes an array.
func (all parts[T]) writeList(data []byte, items []T) (_ []byte, err error) {
	data = append(data, '[')
	begin := len(data)
	for i := range items {
		if i > 0 {
			data = append(data, ',')
		}
		if i == sample {
			data = slices.Grow(data, (len(data)-begin)/sample*(len(items)-i)*9/8)
		}
		if data, err = all.write(data, &items[i]); err != nil {
			return nil, err
		}
	}
	return append(data, ']'), nil
}

// readList reads an array.
func (all parts[T]) readList(s *scanner) (items []T) {
	s.want('[')
	if s.next(']') {
		return nil
	}
	begin := s.at
	for s.ok {
		if len(items) == sample {
			const least = 100 // bytes of one, so that no text asks for much more memory than it has bytes
			items = slices.Grow(items, (len(s.data)-s.at)/max(least, (s.at-begin)/sample))
		}
		var none T
		items = append(items, none)
		all.read(s, &items[len(items)-1])
		if !s.next(',') {
			break
		}
	}
	s.want(']')
	return items
}

func textPart[T any, S ~string](name string, at func(*T) *S) part[T] {
	return part[T]{
		name: name, omit: func(of *T) bool { return *at(of) == "" },
		write: func(data []byte, from *T) ([]byte, error) { return appendText(data, string(*at(from))), nil },
		read:  func(s *scanner, to *T) { *at(to) = S(s.escaped()) },
	}
}

func idPart[T, E any](name string, at func(*T) *story.Identity[E]) part[T] {
	return part[T]{
		name: name, omit: func(of *T) bool { return at(of).IsZero() },
		write: func(data []byte, from *T) ([]byte, error) { return appendID(data, *at(from)), nil },
		read:  func(s *scanner, to *T) { s.into(at(to)) },
	}
}

func boolPart[T any](name string, at func(*T) *bool) part[T] {
	return part[T]{
		name: name, omit: func(of *T) bool { return !*at(of) },
		write: func(data []byte, from *T) ([]byte, error) {
			if *at(from) {
				return append(data, "true"...), nil
			}
			return append(data, "false"...), nil
		},
		read: func(s *scanner, to *T) { *at(to) = s.truth() },
	}
}

func timePart[T any](name string, at func(*T) *time.Time) part[T] {
	return part[T]{
		name: name, omit: func(of *T) bool { return at(of).IsZero() },
		write: func(data []byte, from *T) ([]byte, error) {
			text, err := at(from).MarshalJSON()
			return append(data, text...), err
		},
		read: func(s *scanner, to *T) { *at(to) = s.instant() },
	}
}

// valuePart is a part with a text form.
func valuePart[T any, V encoding.TextMarshaler, P interface {
	*V
	encoding.TextUnmarshaler
}](name string, at func(*T) P, isZero func(V) bool) part[T] {
	return part[T]{
		name: name, omit: func(of *T) bool { return isZero(*at(of)) },
		write: func(data []byte, from *T) ([]byte, error) {
			text, err := V.MarshalText(*at(from))
			return appendText(data, string(text)), err
		},
		read: func(s *scanner, to *T) { s.into(at(to)) },
	}
}

func structPart[T, V any](name string, at func(*T) *V, isZero func(V) bool, of parts[V]) part[T] {
	return part[T]{
		name: name, omit: func(from *T) bool { return isZero(*at(from)) },
		write: func(data []byte, from *T) ([]byte, error) { return of.write(data, at(from)) },
		read:  func(s *scanner, to *T) { of.read(s, at(to)) },
	}
}

func listPart[T, E any](name string, at func(*T) *story.List[E], of parts[E]) part[T] {
	return part[T]{
		name: name, omit: func(from *T) bool { return at(from).IsZero() },
		write: func(data []byte, from *T) ([]byte, error) { return of.writeList(data, at(from).Slice()) },
		read:  func(s *scanner, to *T) { *at(to) = story.ListOf(of.readList(s)...) },
	}
}

// otherPart is an object, array or text that is rare, by package json.
func otherPart[T, V any](name string, at func(*T) *V, isZero func(V) bool) part[T] {
	return part[T]{
		name: name, omit: func(from *T) bool { return isZero(*at(from)) },
		write: func(data []byte, from *T) ([]byte, error) {
			value, err := json.Marshal(*at(from))
			return append(data, value...), err
		},
		read: func(s *scanner, to *T) { s.json(at(to)) },
	}
}

// within returns the parts of a struct as those of another that embeds it.
func within[T, V any](at func(*T) *V, of parts[V]) parts[T] {
	all := make(parts[T], len(of))
	for i, p := range of {
		all[i] = part[T]{
			name:  p.name,
			write: func(data []byte, from *T) ([]byte, error) { return p.write(data, at(from)) },
			read:  func(s *scanner, to *T) { p.read(s, at(to)) },
		}
		if p.omit != nil {
			all[i].omit = func(from *T) bool { return p.omit(at(from)) }
		}
	}
	return all
}

// appendText writes a text as package json does.
func appendText(data []byte, text string) []byte {
	begin := len(data)
	data = append(data, '"')
	for i := 0; i < len(text); {
		c := text[i]
		size := 1
		switch {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			return appendEscaped(data[:begin], text)
		case c >= utf8.RuneSelf:
			var r rune
			if r, size = utf8.DecodeRuneInString(text[i:]); r == '\u2028' || r == '\u2029' || r == utf8.RuneError {
				return appendEscaped(data[:begin], text)
			}
		}
		i += size
	}
	return append(append(data, text...), '"')
}

func appendEscaped(data []byte, text string) []byte {
	escaped, _ := json.Marshal(text) // of a text it does not fail
	return append(data, escaped...)
}

func appendID[E any](data []byte, id story.Identity[E]) []byte {
	data = append(data, '"')
	if !id.IsZero() {
		const digits = "0123456789abcdef"
		for i, b := range id {
			if i == 4 || i == 6 || i == 8 || i == 10 {
				data = append(data, '-')
			}
			data = append(data, digits[b>>4], digits[b&0xf])
		}
	}
	return append(data, '"')
}

// into reads the text form of a value.
func (s *scanner) into(value encoding.TextUnmarshaler) {
	text := s.bytes()
	s.ok = s.ok && value.UnmarshalText(text) == nil
}

// escaped reads a text, with escapes or without.
func (s *scanner) escaped() (text string) {
	if !s.ok {
		return ""
	}
	s.space()
	begin := s.at
	if plain := s.bytes(); s.ok {
		return string(plain)
	}
	s.at, s.ok = begin, true
	s.ok = json.Unmarshal(s.quoted(), &text) == nil
	return text
}

// json reads an object, array or text by package json.
func (s *scanner) json(to any) {
	s.space()
	var data []byte
	if s.at < len(s.data) && s.data[s.at] == '"' {
		data = s.quoted()
	} else {
		data = s.keyed()
	}
	s.ok = s.ok && decodeStrict(data, to) == nil
}

// quoted finds the end of a text, which need not be a valid one.
func (s *scanner) quoted() []byte {
	begin := s.at
	for s.want('"'); s.ok && s.at < len(s.data) && s.data[s.at] != '"'; s.at++ {
		if s.data[s.at] == '\\' {
			s.at++
		}
	}
	s.want('"')
	return s.data[begin:min(s.at, len(s.data))]
}

func (s *scanner) truth() bool {
	s.space()
	for _, value := range []string{"true", "false"} {
		if bytes.HasPrefix(s.data[s.at:], []byte(value)) {
			s.at += len(value)
			return value == "true"
		}
	}
	s.ok = false
	return false
}

// encodeList adds the JSON of a list of what the parts are of, or of anything else.
func encodeList[T any](of parts[T], data []byte, all any) ([]byte, error) {
	if list, ok := all.([]T); ok && of != nil {
		if written, err := of.writeList(data, list); err == nil {
			return written, nil
		}
	}
	return encodeJSON(data, all) // whose errors name what is wrong
}

func encodeJSON(data []byte, value any) ([]byte, error) {
	written, err := json.Marshal(value)
	return append(data, written...), err
}

func scanList[T any](of parts[T], s *scanner) any {
	if of != nil {
		return of.readList(s)
	}
	var list []T
	if s.json(&list); len(list) == 0 {
		return []T(nil)
	}
	return list
}

func scanJSON[V any](s *scanner) any {
	var value V
	s.json(&value)
	return value
}
