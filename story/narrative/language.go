package narrative

import (
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// LanguageOf returns the language that [Read] reads a text in, and how certain it is, in percent.
//
// It is the language of the words for a role that the text begins with ("As a", "Als", "En tant que",
// "Como"), else that of most words, else English. The certainty is what share of all that the first 60 words
// say for any language they say for this one. A word says something if a language has it among its markers,
// pronouns, prepositions and other words of stories; several languages that have it share it. It is 0 if no word says
// anything. O(len(text)).
func LanguageOf(text string) (language story.Language, certainty int) {
	l := lexicon.Detect(text)
	return story.Language(l.Tag), l.Certainty(text)
}
