package gherkin

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// duplicateSteps wants each step of a scenario or background once, where nothing can have happened since: an action may come again,
// and what was seen before it may be seen after it.
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
		from, before := 0, "" // where a run of steps that begin alike begins, and how
		for i, kind := range types(steps) {
			s := &steps[i]
			k := key{kind, strings.ToLower(strings.Join(strings.Fields(s.Text), " "))}
			if begins := beginning(k.text); kind == Action || begins != before || begins == "" {
				from, before = i, begins
			}
			if kind == Action || kind == Unknown || s.DataTable != nil || s.DocString != nil {
				continue
			}
			if first, again := seen[k]; again && first >= from && statesOne(k.text) {
				report(s.Position, fmt.Sprintf("%q stands in line %d too", shortened(s.Text), steps[first].Line),
					"strike one of them")
			}
			seen[k] = i
		}
	})
}

// beginning is the first two words of a text, "" if it has one only.
func beginning(text string) string {
	first, rest, _ := strings.Cut(text, " ")
	second, _, _ := strings.Cut(rest, " ")
	if second == "" {
		return ""
	}
	return text[:len(first)+1+len(second)]
}

// statesOne reports whether a step says what holds, and neither makes another thing ("a guest") nor does something ("I wait").
func statesOne(text string) bool {
	first, rest, _ := strings.Cut(text, " ")
	second, rest, _ := strings.Cut(rest, " ")
	third, _, _ := strings.Cut(rest, " ")
	return !makes[first] && !deeds[first] && !deeds[second] && !deeds[third]
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

// makes are words that a step begins with which makes one more of its kind, and deeds the verbs of steps that do something.
var makes, deeds = setOf("a an another one some new ein eine einen un une una uno um uma"), setOf("add adds call calls click clicks close " +
	"closes create creates enter enters fill fills go goes hit hits hover hovers log logs move moves navigate navigates open opens pick picks " +
	"play plays press presses push pushes reload reloads refresh refreshes roll rolls run runs save saves scroll scrolls select selects " +
	"send sends sleep sleeps submit submits swipe swipes switch switches take takes tap taps type types wait waits")

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// interfaceSteps finds English words for the parts of a user interface and what is done with them, but not in quotes, where
// data stand. A scenario that names them breaks when the page changes and hides what it is about.
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
		if i < len(text) && (text[i] == '"' || text[i] == '\'' && i == from) {
			i += quoted(text[i:])
		}
	}
	return ""
}

// quoted is the length of what a quote that opens a text holds, with one of its marks; 0 if it has no end nearby.
func quoted(text string) int {
	const longest = 200 // bytes
	for i := 1; i < min(len(text), longest); i++ {
		if text[i] == text[0] && (text[0] == '"' || i+1 == len(text) || !inWord[text[i+1]]) {
			return i
		}
	}
	return 0
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
	words = setOf("button buttons checkbox checkboxes click clicked clicking clicks combobox css double-click " +
		"drop-down dropdown dropdowns hover hovers iframe popup pop-up radiobutton right-click scroll scrolls selector textbox " +
		"textboxes textfield tooltip xpath")
	for word := range words {
		begin[word[0]&31][word[1]&31] = true
	}
	return words, begin
}()
