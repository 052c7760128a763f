package gherkin

import (
	"maps"
	"slices"
	"strings"
)

// Short ways of looking at a text, for their tests.
var (
	Printable      = printable
	FirstInvisible = firstInvisible
	InterfaceWord  = interfaceWord
	InterfaceWords = known().interfaceWords
	IsInvisible    = isInvisible
)

// KnownWords are the words that the checks of wording know.
func KnownWords() []string {
	k := known()
	words := []string{"the", "an", "not", "on"}
	for _, set := range []map[string]bool{k.interfaceWords, k.deeds, k.makes, k.states} {
		words = slices.AppendSeq(words, maps.Keys(set))
	}
	for _, m := range []map[string]string{k.contractions, k.bases} {
		for short, long := range m {
			words = append(append(words, short), strings.Fields(long)...)
		}
	}
	return words
}

// Meaning and Signature are of an outcome.
func Meaning(text string) string   { return meaning(withSlots(text), Outcome) }
func Signature(text string) uint64 { return signature(text, Outcome) }
