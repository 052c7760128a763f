package story

import (
	"errors"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// ErrNarrative is matched by every [*NarrativeError].
var ErrNarrative = errors.New("story: not a narrative")

// Narrative is who wants what, and why: "As a <role>, I want <goal>, so that <benefit>".
//
// Goal is what follows "I want" word for word, so a wish to act begins with "to": the goal of
// "I want to log in" is "to log in", of "I want a receipt" it is "a receipt". Benefit is what
// follows "so that"; one that gives a reason keeps its own word: "because I forget".
//
// For every narrative n that [ParseNarrative] returned, ParseNarrative(n.String()) is n again.
type Narrative struct {
	Role    string `json:"role,omitzero"`
	Goal    string `json:"goal,omitzero"`
	Benefit string `json:"benefit,omitzero"` // optional
}

// String is the canonical sentence, without a full stop. The article fits the role as far as
// spelling tells: "an SRE", "a user", none before a plural. An empty benefit is left out with its
// marker; the zero narrative is "".
func (n Narrative) String() string {
	if n.IsZero() {
		return ""
	}
	var b strings.Builder
	b.Grow(len("As an , I want , so that ") + len(n.Role) + len(n.Goal) + len(n.Benefit))
	b.WriteString("As ")
	b.WriteString(article(n.Role))
	b.WriteString(n.Role)
	b.WriteString(", I want ")
	b.WriteString(n.Goal)
	if n.Benefit == "" {
		return b.String()
	}
	b.WriteString(", ")
	if !givesReason(n.Benefit) {
		b.WriteString("so that ")
	}
	b.WriteString(n.Benefit)
	return b.String()
}

// IsZero reports whether nothing is said yet.
func (n Narrative) IsZero() bool { return n == Narrative{} }

// Validate reports a missing role and a missing goal, joined; each is a [*field.Error]. The benefit is
// optional.
func (n Narrative) Validate() error {
	return errors.Join(
		field.CheckGiven("story", "narrative.role", n.Role, "who wants it"),
		field.CheckGiven("story", "narrative.goal", n.Goal, "what is wanted"),
	)
}

// NarrativeError says why a text is not a narrative. It matches [ErrNarrative].
type NarrativeError struct {
	Text     string
	Problems []Problem // those that stop it, not a missing benefit; at least one
}

// Error quotes the beginning of the text and names every problem.
func (e *NarrativeError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "story: %.60q is not a narrative: ", e.Text)
	for _, p := range e.Problems {
		b.WriteString(p.String())
		b.WriteString("; ")
	}
	b.WriteString(`want "As a <role>, I want <goal>, so that <benefit>"`)
	return b.String()
}

// Is reports whether target is [ErrNarrative].
func (e *NarrativeError) Is(target error) bool { return target == ErrNarrative }

// ParseNarrative reads the sentence people write on a story card. It is [ReadNarrative] for callers
// who want a narrative or an error, a [*NarrativeError] that names each missing part and its place.
// Of an odd text whose narrative would read otherwise once printed, it is what the printed sentence
// says; one that says something else each time is refused as [Ambiguous].
func ParseNarrative(text string) (Narrative, error) {
	r := ReadNarrative(text)
	if r.IsStory() {
		if n, ok := settle(r.Narrative()); ok {
			return n, nil
		}
		r.Problems = append(r.Problems, Problem{Ambiguous, r.Role.Start, r.Goal.End})
	}
	e := &NarrativeError{Text: text}
	for _, p := range r.Problems {
		if p.Kind.stops() {
			e.Problems = append(e.Problems, p)
		}
	}
	return Narrative{}, e
}

// settle reads a narrative from its own sentence until that says the same, which nearly always is
// the first time.
func settle(n Narrative) (settled Narrative, ok bool) {
	for range 4 {
		r := ReadNarrative(n.String())
		if !r.IsStory() {
			return Narrative{}, false
		}
		again := r.Narrative()
		if again == n {
			return n, true
		}
		n = again
	}
	return Narrative{}, false
}
