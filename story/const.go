package story

import (
	"bytes"
	"encoding/json"
)

// Const is a value that nobody can change, kept outside of what holds it, which is one word larger for
// it. A value that holds one is copied like a number and shares nothing that could change under its
// owner. The zero value holds the zero value of E. In JSON it is what it holds.
type Const[E interface{ IsZero() bool }] struct{ held *E }

// ConstOf returns value as a Const.
func ConstOf[E interface{ IsZero() bool }](value E) Const[E] {
	if value.IsZero() {
		return Const[E]{}
	}
	own := value // so that only what is kept is on the heap
	return Const[E]{&own}
}

// Value returns a copy of what c holds.
func (c Const[E]) Value() E {
	if c.held == nil {
		var none E
		return none
	}
	return *c.held
}

// IsZero reports whether c holds the zero value.
func (c Const[E]) IsZero() bool { return c.held == nil }

// EqualFunc reports whether same is true for what both hold.
func (c Const[E]) EqualFunc(other Const[E], same func(x, y E) bool) bool {
	return c.held == other.held || same(c.Value(), other.Value())
}

// MarshalJSON writes what c holds.
func (c Const[E]) MarshalJSON() ([]byte, error) { return json.Marshal(c.Value()) }

// UnmarshalJSON reads what MarshalJSON wrote. A field that E does not have is an error, so that nothing is
// lost; c stays as it was on an error.
func (c *Const[E]) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	var value E
	if err := decoder.Decode(&value); err != nil {
		return err
	}
	*c = ConstOf(value)
	return nil
}
