package forecast

import "fmt"

// Question is what a forecast answers.
type Question uint8

// The questions. The zero value is none and invalid.
const (
	AskHowMany Question = iota + 1 // at least how much is done in so many periods
	AskWhen                        // within how many periods is so much done
)

// String returns "how_many" or "when".
func (q Question) String() string {
	switch q {
	case AskHowMany:
		return "how_many"
	case AskWhen:
		return "when"
	}
	return fmt.Sprintf("Question(%d)", uint8(q))
}

// MarshalText returns the name of the question. It fails on one that has none.
func (q Question) MarshalText() ([]byte, error) {
	if q < AskHowMany || q > AskWhen {
		return nil, fieldError("question", q.String(), "how_many or when")
	}
	return []byte(q.String()), nil
}

// UnmarshalText reads the name of a question.
func (q *Question) UnmarshalText(text []byte) error {
	for one := AskHowMany; one <= AskWhen; one++ {
		if one.String() == string(text) {
			*q = one
			return nil
		}
	}
	return fieldError("question", string(text), "how_many or when")
}
