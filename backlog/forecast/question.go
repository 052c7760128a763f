package forecast

import "github.com/backlogkit/backlogkit/story/field"

// Question is what a forecast answers.
type Question uint8

// The questions. The zero value is unset and invalid.
const (
	AskHowMany Question = iota + 1 // at least how much is done in so many periods
	AskWhen                        // within how many periods is so much done
)

var questions = field.EnumOf[Question]("forecast", "Question", "how_many", "when")

// IsValid reports whether q is one of the two questions.
func (q Question) IsValid() bool { return questions.IsValid(q) }

// String returns "how_many" or "when".
func (q Question) String() string { return questions.String(q) }

// MarshalText returns the text of [Question.String]. It returns a [*field.Error] for an unknown value.
func (q Question) MarshalText() ([]byte, error) { return questions.MarshalText(q) }

// UnmarshalText sets q to the question of that text. It returns a [*field.Error] for any other text.
func (q *Question) UnmarshalText(text []byte) error { return questions.UnmarshalText(q, text) }
