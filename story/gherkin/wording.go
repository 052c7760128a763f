package gherkin

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// duplicateSteps wants each step of a scenario or background once. An action may well come again, after
// what another has changed.
func duplicateSteps(d *Document, report Report) {
	type key struct {
		kind KeywordType
		text string
	}
	d.stepLists(func(_ Position, steps []Step) {
		if allDiffer(steps) {
			return
		}
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

// allDiffer reports whether no step surely stands in the list before, as a look at the ends of a few plain steps shows.
func allDiffer(steps []Step) bool {
	const few = 32
	var keys [few]uint64
	if len(steps) > few {
		return false
	}
	for i := range steps {
		key, ok := endsOf(steps[i].Text)
		if !ok || slices.Contains(keys[:i], key) {
			return false
		}
		keys[i] = key
	}
	return true
}

// endsOf makes a number of the first and the last 8 letters of a text in any case; false for one that is short, not
// ASCII, or not of words with one space between them.
func endsOf(text string) (key uint64, ok bool) {
	n := len(text)
	if n < 8 || text[0] == ' ' || text[n-1] == ' ' || printable(text) < n || strings.Contains(text, "  ") {
		return 0, false
	}
	for i := range 8 {
		key = key*31 + uint64(text[i]|0x20)
		key = key*31 + uint64(text[n-8+i]|0x20)
	}
	return key, true
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
			if word := interfaceWord(steps[i].Text); word != "" {
				report(steps[i].Position, fmt.Sprintf("%q is of the user interface", shortened(word)),
					"say what is done or seen, not with what")
			}
		}
	})
}

// interfaceWord is the first such word of a text, "" if it has none.
func interfaceWord(text string) string {
	for i := 0; i < len(text); i++ {
		from := i
		for i < len(text) && inWord[text[i]] {
			i++
		}
		if n := i - from; n > 2 && beginInterface[text[from]&31][text[from+1]&31] && interfaceWords[strings.ToLower(text[from:i])] {
			return text[from:i]
		}
	}
	return ""
}

// inWord holds for letters, the hyphen, and bytes of characters that are not ASCII.
var inWord = func() (in [256]bool) {
	for c := range in {
		in[c] = c|0x20 >= 'a' && c|0x20 <= 'z' || c == '-' || c >= utf8.RuneSelf
	}
	return in
}()

// interfaceWords are what [interfaceSteps] finds, and beginInterface the first two letters of each, in 5 bits.
var interfaceWords, beginInterface = func() (words map[string]bool, begin [32][32]bool) {
	words = make(map[string]bool)
	for word := range strings.FieldsSeq("button buttons checkbox checkboxes click clicked clicking clicks combobox css double-click " +
		"drop-down dropdown dropdowns hover hovers iframe popup pop-up radiobutton right-click scroll scrolls selector textbox " +
		"textboxes textfield tooltip xpath") {
		words[word] = true
		begin[word[0]&31][word[1]&31] = true
	}
	return words, begin
}()
