package story

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
)

// List is a list that nobody can change. A value that holds one is copied like a number, shares
// nothing that could change under its owner, and may be read by several goroutines. The zero value
// is the empty list. In JSON it is an array.
type List[E any] struct{ items []E }

// ListOf returns the list of these items.
func ListOf[E any](items ...E) List[E] {
	if len(items) == 0 {
		return List[E]{}
	}
	return List[E]{slices.Clone(items)}
}

// Len returns the number of items.
func (l List[E]) Len() int { return len(l.items) }

// IsZero reports whether the list is empty.
func (l List[E]) IsZero() bool { return len(l.items) == 0 }

// All iterates over the items in their order, each with its index.
func (l List[E]) All() iter.Seq2[int, E] { return slices.All(l.items) }

// EqualFunc reports whether both lists have the same length and same(x, y) is true at each place.
func (l List[E]) EqualFunc(other List[E], same func(x, y E) bool) bool {
	return slices.EqualFunc(l.items, other.items, same)
}

// Slice returns the items in a slice of the caller's own, nil for none.
func (l List[E]) Slice() []E { return slices.Clone(l.items) }

// MarshalJSON writes an array.
func (l List[E]) MarshalJSON() ([]byte, error) {
	if len(l.items) == 0 {
		return []byte("[]"), nil
	}
	return json.Marshal(l.items)
}

// UnmarshalJSON reads an array. A field that an item does not have is an error, so that nothing is lost; l
// stays as it was on an error.
func (l *List[E]) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var items []E
	if err := decoder.Decode(&items); err != nil {
		return err
	}
	if len(items) == 0 {
		items = nil
	}
	*l = List[E]{items}
	return nil
}
