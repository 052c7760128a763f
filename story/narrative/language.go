package narrative

import (
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// LanguageOf returns the language that [Read] reads a text in, and how certain it is, in percent.
//
// It is the language of the words for a role or a wish that the text begins with ("As a", "Als", "En tant que",
// "Como", "je veux"), else the one that most words speak for, else English. A word speaks for each language that has it among
// its markers, pronouns, prepositions and other words of stories, in equal parts. The certainty is the share of the
// language in all that the first 60 words speak for; 0 if none does. O(len(text)).
func LanguageOf(text string) (language story.Language, certainty int) {
	l := lexicon.Detect(text)
	return story.Language(l.Tag), l.Certainty(text)
}
