package render

import (
	"fmt"
	"strings"
)

// kind is a kind of what is counted.
type kind int

const (
	goals kind = iota
	horizons
	releases
	features
	stories
	tasks
	dependencies
	items
	promises
	risks
	impediments
	questions
	proposals
	changes
	themes
	kinds
)

var nouns = [kinds][2]string{
	{"goal", "goals"},
	{"horizon", "horizons"},
	{"release", "releases"},
	{"feature", "features"},
	{"story", "stories"},
	{"task", "tasks"},
	{"dependency", "dependencies"},
	{"item", "items"},
	{"promise", "promises"},
	{"risk", "risks"},
	{"impediment", "impediments"},
	{"question", "questions"},
	{"proposal", "proposals"},
	{"change", "changes"},
	{"theme", "themes"},
}

// counted returns a number with its noun: "1 story", "2 stories".
func counted(n int, k kind) string {
	if n == 1 {
		return "1 " + nouns[k][0]
	}
	return fmt.Sprint(n, " ", nouns[k][1])
}

// budget is how much may still be written, with the counts of what is left out.
type budget struct {
	room    int
	omitted [kinds]int
}

// take reports whether there is room for one more.
func (b *budget) take(k kind) bool {
	if b.room == 0 {
		b.omitted[k]++
		return false
	}
	b.room--
	return true
}

// String returns "2 features, 1 story", or "" if nothing was left out.
func (b *budget) String() string {
	var parts []string
	for k, n := range b.omitted {
		if n > 0 {
			parts = append(parts, counted(n, kind(k)))
		}
	}
	return strings.Join(parts, ", ")
}
