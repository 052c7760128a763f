package lexicon

import (
	"strings"
	"sync"
)

// weight is what a word says for a language that alone has it; the languages that share one share it.
const weight = 12

// beginsRole is set for a language in the dictionary of all, beside the bit of the language itself.
const beginsRole = 32

// shared has the words of all languages: the classes of one are a bit for each language that has it, and the term is
// that of the language, plus one, whose only words for a role it is: "as".
var shared = sync.OnceValue(func() *Language {
	all := &Language{elided: make(map[string]bool)}
	all.words.entries = make([]entry, 1, 4096)
	for i, l := range All() {
		for _, e := range l.words.entries[1:] {
			shared := all.words.add(e.word)
			shared.is |= 1 << i
			if e.is&BeginsRole != 0 {
				shared.is |= 1 << (beginsRole + i)
			}
			if l.Roles == e.word {
				shared.term = Term(i + 1) //nolint:gosec // a few
			}
		}
		for word := range l.elided {
			all.elided[word] = true
		}
		for _, word := range l.phraseWords() {
			all.words.add(word).is |= 1 << i
		}
	}
	all.words.index()
	return all
})

// phraseWords returns the words of the phrases of a language, which may be in no list of its words.
func (l *Language) phraseWords() []string {
	phrases := l.Roles
	for _, g := range l.Goals {
		phrases += " " + g.Phrases
	}
	for _, r := range l.Reasons {
		phrases += " " + r.Phrases
	}
	for _, o := range l.Openers {
		phrases += " " + o.Phrases
	}
	return strings.FieldsFunc(phrases, func(r rune) bool { return strings.ContainsRune(" ,/[]~", r) })
}

// Detect returns the language of a text: that of the words of a role or a wish that it begins with ("Als", "En tant que", "je veux"),
// else that of most of its words, the first of several.
func Detect(text string) *Language {
	s := Scanner{Text: text, Lang: shared()}
	w, ok := s.Next()
	if w.Term > 0 {
		return All()[w.Term-1]
	}
	if opening := opener(text, s.Lang.classesOf(w)); opening >= 0 {
		return All()[opening]
	}
	if wish := wisher(text, s.Lang.classesOf(w)); wish >= 0 {
		return All()[wish]
	}
	const enough = 4 * weight // ahead of all others
	var e evidence
	for range maxEvidence {
		if !ok || e.add(s.Lang.classesOf(w)) >= enough {
			break
		}
		w, ok = s.Next()
	}
	return All()[e.best]
}

// Certainty returns how much of what the words of a text say for any language they say for this one, in
// percent: a word says it for each language that has it, in equal parts. It is 0 if no word says anything. Of a long
// text the beginning counts.
func (l *Language) Certainty(text string) int {
	s := Scanner{Text: text, Lang: shared()}
	var e evidence
	for range maxEvidence {
		w, ok := s.Next()
		if !ok {
			break
		}
		e.add(s.Lang.classesOf(w))
	}
	sum, own := 0, 0
	for i, other := range All() {
		sum += e.weights[i]
		if other == l {
			own = e.weights[i]
		}
	}
	return own * 100 / max(sum, 1)
}

func (l *Language) classesOf(w Word) Class { return l.words.entries[w.entry].is }

// opener is the language whose words for a role the text begins with, -1 if there is none.
func opener(text string, first Class) int {
	if first>>beginsRole == 0 {
		return -1
	}
	for i, l := range All() {
		if first>>(beginsRole+i)&1 == 0 {
			continue
		}
		s := Scanner{Text: text, Lang: l}
		w, _ := s.Next()
		if _, ok := l.RoleAt(&s, w); ok {
			return i
		}
	}
	return -1
}

// wisher is the only language whose words for a wish or an ability the text begins with ("je veux"), -1 if there is none.
func wisher(text string, first Class) int {
	found := -1
	for i, l := range All() {
		if first>>i&1 == 0 || l.Goals == nil {
			continue
		}
		s := Scanner{Text: text, Lang: l}
		w, _ := s.Next()
		if _, kind := l.GoalAt(s, w, true); kind < Ability {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// maxEvidence is how many words are looked at.
const maxEvidence = 60

// evidence is what the words of a text say for each language.
type evidence struct {
	weights [16]int
	best    int
}

// add counts a word, and returns by how much the best language is ahead.
func (e *evidence) add(languages Class) (lead int) {
	languages &= 1<<len(e.weights) - 1
	if languages == 0 {
		return 0
	}
	n := 0
	for rest := languages; rest != 0; rest &= rest - 1 {
		n++
	}
	second := 0
	for i := range All() {
		if languages>>i&1 != 0 {
			e.weights[i] += weight / n
		}
		if e.weights[i] > e.weights[e.best] {
			e.best = i
		}
	}
	for i := range All() {
		if i != e.best {
			second = max(second, e.weights[i])
		}
	}
	return e.weights[e.best] - second
}
