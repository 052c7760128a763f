package backlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// decodeStrict reads exactly one JSON value and refuses fields that the target does not have: what
// is not understood must not be lost in silence.
func decodeStrict(data []byte, target any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(target); err != nil {
		return err
	}
	return wantEnd(decoder)
}

// wantEnd returns an error if anything but space is to come.
func wantEnd(decoder *json.Decoder) error {
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value")
	}
	return nil
}

// readList reads the array that comes next, element by element, so that no more than one of them is kept as text. A
// null is an array without elements.
func readList[T any](decoder *json.Decoder) (all []T, err error) {
	begin, err := decoder.Token()
	if err != nil || begin == nil {
		return nil, err
	}
	if begin != json.Delim('[') {
		return nil, fmt.Errorf("%.60q instead of an array", fmt.Sprint(begin))
	}
	for decoder.More() {
		if len(all) == cap(all) {
			all = slices.Grow(all, len(all)+1) // append would copy long ones more often
		}
		all = all[:len(all)+1]
		if err := decoder.Decode(&all[len(all)-1]); err != nil {
			return nil, err
		}
	}
	_, err = decoder.Token()
	return all, err
}

// readObject reads one JSON object and nothing after it; field reads the value of each. A null is an
// object without fields.
func readObject(data []byte, field func(name string, decoder *json.Decoder) error) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	begin, err := decoder.Token()
	if err != nil || begin == nil {
		return err
	}
	if begin != json.Delim('{') {
		return fmt.Errorf("%.60q instead of an object", fmt.Sprint(begin))
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		if err := field(token.(string), decoder); err != nil { // the decoder accepts no other token here
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return err
	}
	return wantEnd(decoder)
}

// checkKeys returns an error unless each object of data has each key once, written as this package
// writes its own: in small letters, digits and underscores. Package json takes a key in any case, and
// of the same key twice the last. Whether data is JSON at all is for the decoder to see. O(len(data)).
func checkKeys(data []byte) error {
	_, err := scanKeys(data)
	return err
}

// scanKeys is checkKeys for the first object or array of data, and returns where it ends.
func scanKeys(data []byte) (end int, err error) {
	var (
		open    []object // objects and arrays around what is read
		keys    [][]byte // of the open objects
		key     []byte   // the latest
		wantKey bool
	)
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			wantKey = data[i] == '{'
			open = append(open, object{begin: len(keys), name: key, isObject: wantKey, isFree: wantKey && isFree(open, key)})
			key = nil
		case '}', ']':
			if len(open) <= 1 {
				return i + 1, nil
			}
			keys = keys[:open[len(open)-1].begin]
			open = open[:len(open)-1]
			key, wantKey = nil, false
		case ',':
			wantKey = len(open) > 0 && open[len(open)-1].isObject
		case '"':
			begin := i + 1
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
			if !wantKey || i >= len(data) {
				continue
			}
			key, wantKey = data[begin:i], false
			top := &open[len(open)-1]
			if !top.isFree && !isPlain(key) {
				return i, fmt.Errorf("unknown field %.60q", key)
			}
			if top.has(keys, key) {
				return i, fmt.Errorf("field %.60q twice", key)
			}
			keys = append(keys, key)
		}
	}
	return len(data), nil
}

// object is an object or an array that checkKeys is in.
type object struct {
	begin    int    // of its keys
	name     []byte // the key that it is the value of
	isObject bool
	isFree   bool // its keys are anybody's: the names of people or criteria
	known    map[string]bool
}

// has reports whether an object has a key already. It keeps a map once there are many.
func (o *object) has(keys [][]byte, key []byte) bool {
	const many = 32
	if len(keys)-o.begin < many {
		for _, other := range keys[o.begin:] {
			if bytes.Equal(other, key) {
				return true
			}
		}
		return false
	}
	if o.known == nil {
		o.known = make(map[string]bool)
		for _, other := range keys[o.begin:] {
			o.known[string(other)] = true
		}
	}
	if o.known[string(key)] {
		return true
	}
	o.known[string(key)] = true
	return false
}

// isFree reports whether the value of key is a map of an assessment: ratings by criterion, votes by
// stakeholder or offers by stakeholder.
func isFree(open []object, key []byte) bool {
	switch string(key) {
	case "ratings", "offers":
		return true
	case "votes": // the input of the method is called so too, and so is the map in it
		return len(open) > 0 && string(open[len(open)-1].name) == "votes"
	}
	return false
}

func isPlain(key []byte) bool {
	for _, c := range key {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return len(key) > 0
}
