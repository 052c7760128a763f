package story

import (
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// MaxConditions is how many conditions a narrative may have. More is an error, never a cut.
const MaxConditions = 20

// Narrative is who wants what, and why: "As a <role>, I want <goal>, so that <benefit>", perhaps under
// conditions: "As a user, after I log in, I want to see my name".
//
// Goal is what follows "I want" word for word, so a wish to act begins with "to": the goal of
// "I want to log in" is "to log in", of "I want a receipt" it is "a receipt". Benefit is what
// follows "so that"; one that gives a reason keeps its own word: "because I forget".
//
// Package narrative reads one from the sentences that people write: for every narrative n that
// narrative.Parse returned, narrative.Parse(n.String()) is n again.
type Narrative struct {
	Role       string     `json:"role,omitzero"`
	Conditions Conditions `json:"conditions,omitzero"` // optional
	Goal       string     `json:"goal,omitzero"`
	Benefit    string     `json:"benefit,omitzero"`  // optional
	Language   Language   `json:"language,omitzero"` // of the parts; none is English
}

// String returns the canonical sentence, without a full stop. The article fits the role as far as
// spelling shows: "an SRE", "a user", none before a plural. An empty benefit is left out with its
// marker; the sentence of the zero narrative is "".
func (n Narrative) String() string {
	if n.IsZero() {
		return ""
	}
	return lexicon.Of(string(n.Language)).Sentence(n.Role, n.Conditions.String(), n.Goal, n.Benefit)
}

// IsZero reports whether all parts are empty.
func (n Narrative) IsZero() bool { return n == Narrative{} }

// Validate reports a missing role and a missing goal, joined; each is a [*field.Error]. The benefit is
// optional.
func (n Narrative) Validate() error {
	return field.Join(
		field.CheckGiven("story", "narrative.role", n.Role, "who wants it"),
		field.CheckGiven("story", "narrative.goal", n.Goal, "what is wanted"),
		n.Language.check("narrative.language"),
	)
}
