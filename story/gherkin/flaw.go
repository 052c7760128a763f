package gherkin

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/backlogkit/backlogkit/story/field"
)

// Flaw is one thing a check found.
type Flaw struct {
	Rule     string         `json:"rule"` // name of the check
	Severity field.Severity `json:"severity"`
	Position
	Message string `json:"message"` // what is wrong
	Mend    string `json:"mend"`    // how to correct it

	// Precision is how many in a hundred flaws of this kind were right where they were read, see [Checks]; 0 if that was
	// not measured.
	Precision int `json:"precision,omitempty"`
}

// String returns the flaw on one line: "3:1: warning: message (rule): mend".
func (f Flaw) String() string {
	return fmt.Sprintf("%d:%d: %s: %s (%s): %s", f.Line, f.Column, f.Severity, f.Message, f.Rule, f.Mend)
}

// Check looks for one kind of flaw. It is a value: a caller may change its severity, or make its own.
type Check struct {
	Name     string
	Severity field.Severity
	Find     func(d *Document, report Report) // calls report for each flaw; it must not change the document

	Precision int // of its flaws, see [Flaw]; 0 if it was not measured
}

// Report is called by a check for each flaw: where it is, what is wrong, and how to correct it.
type Report func(at Position, message, mend string)

// Check runs the checks and returns what they find, in the order of the text; at one place in the
// order of the checks. The built-in checks take time in proportion to the document.
func (d Document) Check(checks ...Check) []Flaw {
	var flaws []Flaw
	for _, c := range checks {
		c.Find(&d, func(at Position, message, mend string) {
			flaws = append(flaws, Flaw{c.Name, c.Severity, at, message, mend, c.Precision})
		})
	}
	if len(flaws) == 0 {
		return nil
	}
	order := make([]int, len(flaws))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := flaws[i].Position, flaws[j].Position
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), i-j)
	})
	sorted := make([]Flaw, len(flaws))
	for i, at := range order {
		sorted[i] = flaws[at]
	}
	return sorted
}

// Check runs the checks over a scenario alone, as over a document that holds nothing else.
func (s Scenario) Check(checks ...Check) []Flaw {
	return Document{Feature: &Feature{Scenarios: []Scenario{s}}, Comments: s.Comments}.Check(checks...)
}

// AllScenarios iterates over the scenarios of the document in order, those within rules last.
func (d Document) AllScenarios() iter.Seq[*Scenario] {
	return func(yield func(*Scenario) bool) {
		for _, g := range d.groups() {
			for i := range g.scenarios {
				if !yield(&g.scenarios[i]) {
					return
				}
			}
		}
	}
}

// group is what a feature and its rules have in common.
type group struct {
	background *Background
	scenarios  []Scenario
}

func (d Document) groups() []group {
	f := d.Feature
	if f == nil {
		return nil
	}
	groups := make([]group, 0, 1+len(f.Rules))
	groups = append(groups, group{f.Background, f.Scenarios})
	for i := range f.Rules {
		groups = append(groups, group{f.Rules[i].Background, f.Rules[i].Scenarios})
	}
	return groups
}
