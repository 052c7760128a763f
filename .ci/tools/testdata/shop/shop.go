// Package shop is a package for the tests of the tools.
package shop

import "time"

// Limit is a number that is a contract.
const Limit = 3

// Kind is an enum.
type Kind uint8

// The kinds.
const (
	Fruit Kind = iota + 1
	Bread
)

// Role is a text that is a contract.
type Role string

const Owner Role = "owner"

// view answers questions.
type view = View

// View answers questions.
type View struct{ names []string }

// Len walks over the names and counts them.
func (v View) Len() int { return len(v.names) }

// Shop is a View that can change.
type Shop struct {
	view
	Opened time.Time `json:"opened"` // instant
}

// Add adds a name, unless there are as many as the Limit.
func (s *Shop) Add(name string) bool {
	if len(s.names) >= Limit {
		return false
	}
	s.names = append(s.names, name)
	return true
}

// Lister is the half of a shop that lists.
type Lister[T any] interface {
	List(of T, more ...T) ([]T, error)
}
