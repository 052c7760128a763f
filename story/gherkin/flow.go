package gherkin

import (
	"fmt"
	"strings"
)

// types returns what each step is for, And and But taking over from the step before.
func types(steps []Step) []KeywordType {
	list := make([]KeywordType, len(steps))
	last := Unknown
	for i := range steps {
		if t := steps[i].KeywordType; t != Conjunction {
			last = t
		}
		list[i] = last
	}
	return list
}

// missing reports scenarios in which no step is, or could be, of the type.
func missing(d *Document, t KeywordType, what, mend string, report Report) {
	for s := range d.AllScenarios() {
		if !mayHave(s.Steps, t) {
			report(s.Position, s.named()+" has no "+what, mend)
		}
	}
}

// mayHave reports whether one of the steps is, or could be, of the type.
func mayHave(steps []Step, t KeywordType) bool {
	for i := range steps {
		if kind := steps[i].KeywordType; kind == t || kind == Unknown || i == 0 && kind == Conjunction {
			return true
		}
	}
	return false
}

func missingAction(d *Document, report Report) {
	missing(d, Action, "When step", "say in a When step what happens", report)
}

func missingOutcome(d *Document, report Report) {
	missing(d, Outcome, "Then step", "say in a Then step what can be seen afterwards", report)
}

// keywordOrder wants Given, When and Then in this order.
func keywordOrder(d *Document, report Report) {
	d.stepLists(func(_ Position, steps []Step) {
		var before *Step
		for i := range steps {
			s := &steps[i]
			if i == 0 && s.KeywordType == Conjunction {
				report(s.Position,
					fmt.Sprintf("the first step begins with %q, which continues nothing", word(s)),
					"begin with Given or When")
			}
			if s.KeywordType == Conjunction || s.KeywordType == Unknown {
				continue
			}
			if before != nil && s.KeywordType < before.KeywordType {
				report(s.Position, fmt.Sprintf("%q comes after %q", word(s), word(before)),
					"put what is given first, then what happens, then what can be seen")
			}
			before = s
		}
	})
}

func word(s *Step) string { return strings.TrimSpace(s.Keyword) }

// scripting wants one When in a scenario: more make it a script of several examples.
func scripting(d *Document, report Report) {
	for s := range d.AllScenarios() {
		actions := 0
		for i := range s.Steps {
			if s.Steps[i].KeywordType != Action {
				continue
			}
			if actions++; actions == 2 {
				report(s.Steps[i].Position, s.named()+" has more than one When step",
					"make a scenario of each, or continue the first with And")
			}
		}
	}
}
