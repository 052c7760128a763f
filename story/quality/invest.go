package quality

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// Letter is what the findings say of one letter of INVEST (Wake, "INVEST in Good Stories", 2003) for one
// story.
type Letter struct {
	Letter   string         `json:"letter"`            // "I"
	Name     string         `json:"name"`              // "independent"
	Severity field.Severity `json:"severity,omitzero"` // of the most severe finding; unset if there is none
	Findings []Finding      `json:"findings"`
}

// OK reports whether nothing worse than a hint was found.
func (l Letter) OK() bool { return l.Severity <= field.Hint }

// INVEST returns the six letters of each story of the set, in this order, with the findings of [Check]
// behind each. A finding counts for one letter. That a story waits for no other and has an estimate is
// not in its text.
func INVEST(set Set, rules ...Rule) [][6]Letter {
	all := make([][6]Letter, len(set.Stories))
	names := [...]string{"independent", "negotiable", "valuable", "estimable", "small", "testable"}
	for i := range all {
		for k, name := range names {
			all[i][k] = Letter{Letter: strings.ToUpper(name[:1]), Name: name, Findings: []Finding{}}
		}
	}
	for _, f := range Check(set, rules...) {
		l := &all[f.Story][letterOf(f.Rule)]
		l.Findings = append(l.Findings, f)
		l.Severity = max(l.Severity, f.Severity)
	}
	return all
}

// letterOf is the place in INVEST of what a rule looks at.
func letterOf(rule string) int {
	const independent, negotiable, valuable, estimable, small, testable = 0, 1, 2, 3, 4, 5
	switch rule {
	case "well_formed.no_role", "well_formed.no_ends", "valuable.everybody", "valuable.repeats":
		return valuable
	case "clear.vague":
		return testable
	}
	switch group, _, _ := strings.Cut(rule, "."); group {
	case "unique":
		return independent
	case "negotiable":
		return negotiable
	case "atomic", "small", "minimal":
		return small
	case "testable":
		return testable
	default:
		return estimable
	}
}
