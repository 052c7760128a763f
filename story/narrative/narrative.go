// Package narrative reads user stories as people write them: "As a <role>, I want <goal>, so that
// <benefit>".
//
// [Parse] returns a [story.Narrative], or an [*Error] that names what is missing:
//
//	n, err := narrative.Parse("As a buyer, I can save my card so I pay faster")
//	fmt.Println(n) // As a buyer, I want to be able to save my card, so that I pay faster
//
// [Read] returns more: a [Reading] with the place of each [Part] in the text, the words that announce
// it, and a [Problem] for what is missing or left over. It never fails, so it also
// distinguishes stories from other text ([Reading.IsStory]).
//
// The language is English, German, French or Spanish, found from the text ([LanguageOf]): those of a backlog may be
// mixed. A narrative is printed in its language by its String method. Each language is one table, see
// story/internal/lexicon.
package narrative

import (
	"errors"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// ErrNarrative is the class of every [*Error].
var ErrNarrative = errors.New("not a narrative")

// Error is the error of a text that is not a narrative. It is an [ErrNarrative].
type Error struct {
	Text     string    `json:"text"`     // the text, cut to 200 bytes
	Problems []Problem `json:"problems"` // what stops it, at least one; a missing benefit does not
}

// Error returns one line that quotes the beginning of the text and names every problem.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "narrative: %.60q is not a narrative: ", e.Text)
	for _, p := range e.Problems {
		b.WriteString(p.String())
		b.WriteString("; ")
	}
	fmt.Fprintf(&b, "want %q", lexicon.Detect(e.Text).Form)
	return b.String()
}

// Is reports whether target is [ErrNarrative].
func (e *Error) Is(target error) bool { return target == ErrNarrative }

// Parse reads a sentence as people write it on a story card. It is [Read] for callers who want a
// narrative or an error, an [*Error] with each problem and its place. O(len(text)).
//
// Parse(n.String()) is n for every n that Parse returned. To make sure of that, the narrative of an
// unusual text is read again from its own sentence; a text for which that does not settle is refused
// as [Ambiguous].
func Parse(text string) (story.Narrative, error) {
	r := Read(text)
	if r.IsStory() {
		if n, ok := settle(r.Narrative()); ok {
			return n, nil
		}
		r.Problems = append(r.Problems, Problem{Ambiguous, r.Role.Start, r.Goal.End})
	}
	const quoted = 200
	e := &Error{Text: strings.Clone(text[:min(len(text), quoted)])}
	for _, p := range r.Problems {
		if p.Kind.stops() {
			e.Problems = append(e.Problems, p)
		}
	}
	return story.Narrative{}, e
}

// settle reads a narrative from its own sentence until the result is the same, nearly always the
// first time.
func settle(n story.Narrative) (settled story.Narrative, ok bool) {
	for range 4 {
		r := ReadIn(n.Language, n.String())
		if !r.IsStory() {
			return story.Narrative{}, false
		}
		again := r.Narrative()
		if again == n {
			return n, true
		}
		n = again
	}
	return story.Narrative{}, false
}
