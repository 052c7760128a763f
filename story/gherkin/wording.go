package gherkin

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// duplicateSteps wants what is said twice to be said in the same words, and once where nothing can have happened since.
func duplicateSteps(d *Document, report Report) {
	type said struct {
		step *Step
		kind KeywordType
		sign uint64
	}
	type first struct {
		hash  uint64
		alone bool
	}
	var all []said                  // each text once, where it is alone with its sign
	texts := make(map[uint64]first) // the first text of each sign
	var lately [256]uint64          // some of the texts seen
	d.stepLists(func(_ Position, steps []Step) {
		repeated := false
		kind := Unknown
		var hashes [32]uint64
		for i := range steps {
			s := &steps[i]
			if s.KeywordType != Conjunction {
				kind = s.KeywordType
			}
			hash := hashOf(s.Text, kind)
			repeated = repeated || i >= len(hashes) || slices.Contains(hashes[:i], hash)
			if i < len(hashes) {
				hashes[i] = hash
			}
			if kind == Unknown || lately[hash%uint64(len(lately))] == hash {
				continue
			}
			lately[hash%uint64(len(lately))] = hash
			sign := signature(s.Text, kind)
			switch text, again := texts[sign]; {
			case !again:
				texts[sign] = first{hash, true}
			case text.hash == hash:
				continue
			case text.alone:
				texts[sign] = first{hash: text.hash}
			}
			all = append(all, said{s, kind, sign})
		}
		if repeated {
			repeatedSteps(steps, report)
		}
	})
	says := make(map[string]*Step) // by meaning, and by words
	for _, a := range all {
		if texts[a.sign].alone {
			continue // nothing else says the same
		}
		kind := string(rune('0' + a.kind))
		slotted := strings.ReplaceAll(strings.ReplaceAll(" "+withSlots(a.step.Text), " an ", " a "), " An ", " A ") // which one is said for the word after it
		meant, words := kind+meaning(slotted, a.kind), kind+slotted                                                 // which begins with a space
		if says[words] != nil {
			continue
		}
		says[words] = a.step
		if other, again := says[meant]; again {
			report(a.step.Position, fmt.Sprintf("%q is said in other words than %q in line %d",
				shortened(a.step.Text), shortened(other.Text), other.Line), "use the same words for the same thing")
		} else {
			says[meant] = a.step
		}
	}
}

// repeatedSteps reports steps that state again what holds. An action may come again, and what was seen before it may be seen after it.
func repeatedSteps(steps []Step, report Report) {
	type key struct {
		kind KeywordType
		text string
	}
	seen := make(map[key]int, len(steps))
	from, before := 0, "" // where a run of steps that begin alike begins, and how
	for i, kind := range types(steps) {
		s := &steps[i]
		k := key{kind, s.Text}
		if begins := beginning(k.text); kind == Action || begins != before {
			from, before = i, begins
		}
		if kind == Action || kind == Unknown || s.DataTable != nil || s.DocString != nil {
			continue
		}
		if first, again := seen[k]; again && first >= from && statesOne(strings.ToLower(k.text), kind) {
			report(s.Position, fmt.Sprintf("%q stands in line %d too", shortened(s.Text), steps[first].Line),
				"strike one of them")
		}
		seen[k] = i
	}
}

// hashOf makes a number of a text and what it is for.
func hashOf(text string, kind KeywordType) uint64 {
	const odd = 0x9E37_79B9_7F4A_7C15
	sum := uint64(kind) + uint64(len(text))*odd
	for ; len(text) >= 8; text = text[8:] {
		hi, lo := bits.Mul64(sum^binary.LittleEndian.Uint64([]byte(text[:8])), odd)
		sum = hi ^ lo
	}
	for i := range len(text) {
		sum = (sum ^ uint64(text[i])) * odd
	}
	return sum ^ sum>>32
}

// signature is the same for two texts that say the same: a sum over the longer words that [meaning] leaves as they are.
func signature(text string, kind KeywordType) uint64 {
	const shortest = 5 // letters without an s at the end, as meaning takes it off
	sum := uint64(kind)
	for i := 0; i < len(text); i++ {
		from, word, before := i, uint64(0), uint64(0)
		for i < len(text) && text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z' {
			before, word = word, word*31+uint64(text[i]|0x20)
			i++
		}
		if n := i - from; n >= shortest && (i == len(text) || isApart(text[i])) {
			if text[i-1]|0x20 == 's' {
				word, n = before, n-1
			}
			if n >= shortest && !mayChange(text[from+n-2]|0x20, text[from+n-1]|0x20) {
				sum += word * word
			}
		}
		if i < len(text) {
			if n := value(text, i); n > 0 {
				i += n
				sum += 1 << 32
			}
		}
	}
	return sum
}

// beginning is the first two words of a text, "" if it has only one.
func beginning(text string) string {
	first, rest, _ := strings.Cut(text, " ")
	second, _, _ := strings.Cut(rest, " ")
	if second == "" {
		return ""
	}
	return text[:len(first)+1+len(second)]
}

// statesOne reports whether a step states what holds, and neither makes another thing ("a guest") nor does something ("I wait"). An outcome
// does if nothing speaks against it; what is given needs a verb of states too, as "I draw" and "I pay" may be meant twice.
func statesOne(text string, kind KeywordType) bool {
	k, n, states := known(), 0, kind == Outcome
	for _, word := range strings.Fields(text) {
		if k.makes[word] && (n == 0 || kind == Context) || n < 3 && k.deeds[word] {
			return false
		}
		states = states || k.states[word] || k.contractions[word] != ""
		n++
	}
	return states
}

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for _, word := range strings.Fields(words) {
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
	k := known()
	for i := 0; i < len(text); i++ {
		if c := text[i] | 0x20; c < 'a' || c > 'z' {
			i += value(text, i)
		}
		from := i
		for i < len(text) && inWord(text[i]) {
			i++
		}
		if n := i - from; n > 2 && k.beginInterface[text[from]&31][text[from+1]&31] && k.interfaceWords[strings.ToLower(text[from:i])] {
			return text[from:i]
		}
		if i > from && i < len(text) && text[i] != ' ' {
			i-- // a value may begin here
		}
	}
	return ""
}

// inWord holds for letters, the hyphen, and bytes of characters that are not ASCII.
func inWord(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '-' || c >= utf8.RuneSelf }

// withSlots is a text with marks in place of its values: what is quoted, with marks of either kind, what stands in <>, numbers.
func withSlots(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		if (c == '-' || c == '+') && (i == 0 || text[i-1] == ' ') && i+1 < len(text) && isDigit(text[i+1]) {
			i++
			c = text[i]
		}
		if isDigit(c) {
			for i+1 < len(text) && isDigit(text[i+1]) {
				i++
			}
			c = '0'
		}
		switch n := value(text, i); {
		case n == 0:
			b.WriteByte(c)
		case c == '<':
			b.WriteString("<>")
			i += n
		default:
			b.WriteString(`""`)
			i += n
		}
	}
	return b.String()
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// value is the length of a value that begins at i, with one of its marks; 0 if none does, or it has no end nearby.
func value(text string, i int) int {
	const longest = 200 // bytes
	rest := text[i:min(len(text), i+longest)]
	var end string
	switch r, _ := utf8.DecodeRuneInString(rest); r {
	case '\'':
		if i > 0 && inWord(text[i-1]) {
			return 0
		}
		end = "'"
	case '"', '`':
		end = rest[:1]
	case '<':
		if strings.HasPrefix(rest, "< ") || strings.HasPrefix(rest, "<=") {
			return 0
		}
		end = ">"
	case '“':
		end = "”"
	case '„':
		end = "“"
	case '‘':
		end = "’"
	case '«':
		end = "»"
	case '»':
		end = "«"
	default:
		return 0
	}
	for n, tries := 1, 0; tries < 8; n, tries = n+1, tries+1 { // past apostrophes
		next := strings.Index(rest[n:], end)
		if next < 0 {
			break
		}
		if n += next; end != "'" || i+n+1 == len(text) || !inWord(text[i+n+1]) {
			return n + len(end) - 1
		}
	}
	return 0
}

// meaning is a text with slots as it is compared: without capitals at the beginning of words, "the", marks after words and hyphens in
// them, with contractions written out, and in an outcome without "should".
func meaning(words string, kind KeywordType) string {
	k, out := known(), make([]string, 0, 16)
	add := func(word string) {
		if base, ok := k.bases[word]; ok && kind == Outcome {
			word = base
		}
		last := len(out) - 1
		switch {
		case word == "" || word == "the" || word == "on" && last >= 0 && (out[last] == "click" || out[last] == "clicks"):
		case word == "not" && last >= 0 && out[last] == "do":
			out[last] = "not"
		case word == "not" && last >= 0 && (out[last] == "be" || out[last] == "have"):
			out = append(out[:last], "not", out[last])
		default:
			out = append(out, word)
		}
	}
	for _, word := range strings.Fields(strings.ReplaceAll(words, "’", "'")) {
		for _, word := range strings.Split(bare(word), " ") {
			word = small(word, len(out) == 0)
			if long, ok := k.contractions[word]; ok {
				word = long
			}
			first, second, _ := strings.Cut(word, " ")
			add(first)
			add(second)
		}
	}
	return strings.Join(out, " ")
}

// bare is a word without the mark after it and with spaces for hyphens. What may be code or a number keeps them: "..", "--all", "a.b-c".
func bare(word string) string {
	const marks = ".,;:"
	if n := len(word) - 1; strings.IndexByte(marks, word[n]) >= 0 && word != "." && (n == 0 || strings.IndexByte(marks+"/", word[n-1]) < 0) {
		word = word[:n]
	}
	if strings.Trim(word, "-") != word {
		return word
	}
	for i := range len(word) {
		if !inWord(word[i]) {
			return word
		}
	}
	return strings.ReplaceAll(word, "-", " ")
}

// small is a word in small letters if it has one capital, at its beginning. Others may be data, such as "A" within a text; and the German
// "Sie" and "Ihr" are other words than "sie" and "ihr".
func small(word string, first bool) string {
	if word == "I" || word == "A" && first || len(word) > 1 && (inWord(word[1]) || word[1] == '\'') && strings.ToLower(word[1:]) == word[1:] &&
		word != "Sie" && !strings.HasPrefix(word, "Ih") {
		return strings.ToLower(word)
	}
	return word
}

// mayChange holds for the last two letters of "should", "shall", "could", "cannot" and "there", as in "there's".
func mayChange(x, y byte) bool {
	return x == 'l' && (y == 'd' || y == 'l') || x == 'o' && y == 't' || x == 'r' && y == 'e'
}

// isApart holds for spaces and the marks between words that say nothing.
func isApart(c byte) bool {
	switch c {
	case ' ', '\t', '.', ',', ';', ':', '!', '-':
		return true
	}
	return false
}

// lexicon is what the checks know of words.
type lexicon struct {
	makes          map[string]bool // what a step begins with that makes one more of its kind
	deeds          map[string]bool // verbs of steps that do something
	states         map[string]bool // verbs of steps that say what holds
	interfaceWords map[string]bool // what interfaceSteps finds
	beginInterface [32][32]bool    // the first two letters of each, in 5 bits
	contractions   map[string]string
	bases          map[string]string // of verbs of outcomes, what they are without a modal, which is nothing
}

// known is the lexicon, made when it is first asked for.
var known = sync.OnceValue(func() *lexicon {
	words := &lexicon{
		makes: setOf("a an another one some new ein eine einen un une una uno um uma"),
		deeds: setOf("add adds call calls click clicks close " +
			"closes create creates enter enters fill fills go goes hit hits hover hovers log logs move moves navigate navigates open opens pick picks " +
			"play plays press presses push pushes reload reloads refresh refreshes roll rolls run runs save saves scroll scrolls select selects " +
			"send sends sleep sleeps submit submits swipe swipes switch switches take takes tap taps type types wait waits"),
		interfaceWords: setOf("button buttons checkbox checkboxes click clicked clicking clicks combobox css double-click " +
			"drop-down dropdown dropdowns hover hovers iframe popup pop-up radiobutton right-click scroll scrolls selector textbox " +
			"textboxes textfield tooltip xpath"),
		states: setOf("am are be can exist exists had has have is was were bin hat habe haben ist sind war ai est ont sont suis es está están estoy son " +
			"tengo tiene tienen"),
		contractions: pairs("i'm=i am,you're=you are,we're=we are,they're=they are,he's=he is,she's=she is,it's=it is,that's=that is,there's=there is," +
			"isn't=is not,aren't=are not,wasn't=was not,weren't=were not,don't=do not,doesn't=does not,didn't=did not,haven't=have not," +
			"hasn't=has not,hadn't=had not,can't=can not,cannot=can not,couldn't=could not,won't=will not,shouldn't=should not," +
			"mustn't=must not,wouldn't=would not,i've=i have,you've=you have,we've=we have,they've=they have," +
			"i'll=i will,you'll=you will,we'll=we will,it'll=it will,they'll=they will"),
		bases: pairs("should=,shall=,must=,will=,am=be,are=be,is=be,has=have,does=do,appears=appear,contains=contain,equals=equal,exists=exist," +
			"fails=fail,gets=get,includes=include,receives=receive,remains=remain,returns=return,sees=see,succeeds=succeed"),
	}
	for word := range words.interfaceWords {
		words.beginInterface[word[0]&31][word[1]&31] = true
	}
	return words
})

func pairs(list string) map[string]string {
	m := make(map[string]string)
	for _, one := range strings.Split(list, ",") {
		short, long, _ := strings.Cut(one, "=")
		m[short] = long
	}
	return m
}
