package gherkin

import (
	"fmt"
	"strings"
)

// duplicateSteps wants each step of a scenario or background once. An action may well come again, after
// what another has changed.
func duplicateSteps(d *Document, report Report) {
	type key struct {
		kind KeywordType
		text string
	}
	d.stepLists(func(_ Position, steps []Step) {
		seen := make(map[key]int, len(steps))
		for i, kind := range types(steps) {
			s := &steps[i]
			if kind == Action || kind == Unknown || s.DataTable != nil || s.DocString != nil {
				continue
			}
			k := key{kind, strings.ToLower(strings.Join(strings.Fields(s.Text), " "))}
			if first, again := seen[k]; again && !acts(steps, first, i) {
				report(s.Position, fmt.Sprintf("%q stands in line %d too", shortened(s.Text), steps[first].Line),
					"strike one of them")
				continue
			}
			seen[k] = i
		}
	})
}

// acts reports whether something happens between two steps: what held before may hold again.
func acts(steps []Step, from, to int) bool {
	for i := from; i < to; i++ {
		if steps[i].KeywordType == Action {
			return true
		}
	}
	return false
}

// interfaceSteps finds English words for the parts of a user interface and what is done with them. A
// scenario that names them breaks when the page changes and hides what it is about.
func interfaceSteps(d *Document, report Report) {
	d.stepLists(func(_ Position, steps []Step) {
		for i := range steps {
			for word := range strings.FieldsFuncSeq(steps[i].Text, notLetter) {
				if isInterfaceWord(strings.ToLower(word)) {
					report(steps[i].Position, fmt.Sprintf("%q is of the user interface", shortened(word)),
						"say what is done or seen, not with what")
					break
				}
			}
		}
	})
}

func notLetter(r rune) bool {
	return (r|0x20 < 'a' || r|0x20 > 'z') && r != '-' && r < 0x80
}

func isInterfaceWord(word string) bool {
	switch word {
	case "button", "buttons", "checkbox", "checkboxes", "click", "clicked", "clicking", "clicks", "combobox", "css",
		"double-click", "drop-down", "dropdown", "dropdowns", "hover", "hovers", "iframe", "popup", "pop-up", "radiobutton",
		"right-click", "scroll", "scrolls", "selector", "textbox", "textboxes", "textfield", "tooltip", "xpath":
		return true
	}
	return false
}
