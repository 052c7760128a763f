package gherkin

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
)

// Severity says how sure it is that a finding must be mended. The zero value is "unset" and has no
// text form.
type Severity uint8

// The severities, in rising order.
const (
	Hint    Severity = iota + 1 // worth a look, often right as it is
	Warning                     // makes the criteria harder to read, judge or keep
	Defect                      // the criteria do not say what they must say
)

// String returns "hint", "warning" or "defect".
func (s Severity) String() string {
	switch s {
	case Hint:
		return "hint"
	case Warning:
		return "warning"
	case Defect:
		return "defect"
	}
	return fmt.Sprintf("Severity(%d)", uint8(s))
}

// MarshalText returns the name; a severity without one is an error.
func (s Severity) MarshalText() ([]byte, error) {
	if s < Hint || s > Defect {
		return nil, fmt.Errorf("gherkin: severity %d has no name", uint8(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *Severity) UnmarshalText(text []byte) error {
	for known := Hint; known <= Defect; known++ {
		if string(text) == known.String() {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("gherkin: severity %q is none of hint, warning, defect", text)
}

// Finding is one thing a check found.
type Finding struct {
	Rule     string   `json:"rule"` // name of the check
	Severity Severity `json:"severity"`
	Position
	Message string `json:"message"` // what is wrong
	Mend    string `json:"mend"`    // what would mend it
}

// String returns the finding on one line: "3:1: warning: message (rule): mend".
func (f Finding) String() string {
	return fmt.Sprintf("%d:%d: %s: %s (%s): %s", f.Line, f.Column, f.Severity, f.Message, f.Rule, f.Mend)
}

// Check looks for one kind of flaw. It is a value: a caller may change its severity, or make its own.
type Check struct {
	Name     string
	Severity Severity
	Find     func(d *Document, report Report) // calls report for each flaw; it must not change the document
}

// Report takes what a check found: where, what, and what would mend it.
type Report func(at Position, message, mend string)

// Check runs the checks and returns what they find, in the order of the text; at one place in the
// order of the checks. The built-in checks take time in proportion to the document.
func (d Document) Check(checks ...Check) []Finding {
	var findings []Finding
	for _, c := range checks {
		c.Find(&d, func(at Position, message, mend string) {
			findings = append(findings, Finding{c.Name, c.Severity, at, message, mend})
		})
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return findings
}

// Check runs the checks over a scenario alone, as over a document that holds nothing else.
func (s Scenario) Check(checks ...Check) []Finding {
	return Document{Feature: &Feature{Scenarios: []Scenario{s}}, Comments: s.Comments}.Check(checks...)
}

// AllScenarios walks the scenarios of the document in order, those within rules last.
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
