package main

import (
	"encoding/json"
	"strings"
)

// locate returns the offset of the value that a path leads to in valid JSON. Where the way ends early it
// is the offset of the innermost value on it. It is for messages only: O(len(data)).
func locate(data string, to path) int {
	dec := json.NewDecoder(strings.NewReader(data))
	offset := next(dec, data)
	for _, step := range to {
		if !enter(dec, step) {
			return offset
		}
		offset = next(dec, data)
	}
	return offset
}

// next returns the offset of the next value.
func next(dec *json.Decoder, data string) int {
	offset := int(dec.InputOffset())
	return offset + len(data[offset:]) - len(strings.TrimLeft(data[offset:], " \t\r\n:,"))
}

// enter goes into an object or list up to the value of a field or index.
func enter(dec *json.Decoder, step any) bool {
	opening, err := dec.Token()
	if _, ok := opening.(json.Delim); !ok || err != nil {
		return false
	}
	for i := 0; dec.More(); i++ {
		key := any(i)
		if opening == json.Delim('{') {
			if key, err = dec.Token(); err != nil {
				return false
			}
		}
		if key == step {
			return true
		}
		if dec.Decode(new(skipped)) != nil {
			return false
		}
	}
	return false
}

// skipped is a value that is passed over.
type skipped struct{}

// UnmarshalJSON takes anything.
func (*skipped) UnmarshalJSON([]byte) error { return nil }
