package story

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"iter"
	"strings"
)

// Conditions are the circumstances under which somebody wants something: "after I log in". Each is
// a clause with the word that announces it.
//
// A value cannot change and is compared with ==. The zero value is none. In JSON it is an array.
type Conditions struct{ list string } // each text with its length before it

// ConditionsOf returns these conditions in their order.
func ConditionsOf(texts ...string) Conditions {
	var list []byte
	for _, text := range texts {
		list = binary.AppendUvarint(list, uint64(len(text)))
		list = append(list, text...)
	}
	return Conditions{string(list)}
}

// IsZero reports whether there is none.
func (c Conditions) IsZero() bool { return c == Conditions{} }

// Len returns the number of conditions. O(n).
func (c Conditions) Len() int {
	n := 0
	for range c.All() {
		n++
	}
	return n
}

// All iterates over the conditions in their order, each with its index.
func (c Conditions) All() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		list := c.list
		for i := 0; list != ""; i++ {
			size, n := binary.Uvarint([]byte(list[:min(len(list), binary.MaxVarintLen64)]))
			text := list[n : n+int(size)]
			if !yield(i, text) {
				return
			}
			list = list[n+int(size):]
		}
	}
}

// Slice returns the conditions in a slice of the caller's own, nil for none.
func (c Conditions) Slice() []string {
	var texts []string
	for _, text := range c.All() {
		texts = append(texts, text)
	}
	return texts
}

// String returns the conditions as they stand in a sentence: "after I log in, when I am new".
func (c Conditions) String() string { return strings.Join(c.Slice(), ", ") }

// MarshalJSON writes an array.
func (c Conditions) MarshalJSON() ([]byte, error) {
	if c.IsZero() {
		return []byte("[]"), nil
	}
	return json.Marshal(c.Slice())
}

// UnmarshalJSON reads an array of texts; c stays as it was on an error.
func (c *Conditions) UnmarshalJSON(data []byte) error {
	var texts []string
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&texts); err != nil {
		return err
	}
	*c = ConditionsOf(texts...)
	return nil
}
