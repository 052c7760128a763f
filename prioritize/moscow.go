package prioritize

import (
	"fmt"
	"strings"
)

// MoSCoWCategory is how much an item is needed in the timeframe that is being planned.
type MoSCoWCategory uint8

// The categories, in their order. The zero value is "not categorised" and leaves an item unscored.
const (
	Must MoSCoWCategory = iota + 1
	Should
	Could
	Wont // not this time: recorded and never planned
)

// String returns "must", "should", "could" or "wont".
func (c MoSCoWCategory) String() string {
	switch c {
	case Must:
		return "must"
	case Should:
		return "should"
	case Could:
		return "could"
	case Wont:
		return "wont"
	}
	return fmt.Sprintf("MoSCoWCategory(%d)", uint8(c))
}

// ParseMoSCoW reads the text form of a category. Letter case does not matter, and "won't" and
// phrases such as "Must have" and "Won't have (this time)" are understood. Anything else is a
// [*FieldError].
func ParseMoSCoW(s string) (MoSCoWCategory, error) {
	word := strings.ToLower(strings.TrimSpace(s))
	word = strings.TrimSuffix(strings.TrimSuffix(word, " (this time)"), " this time")
	word = strings.TrimSuffix(word, " have")
	switch strings.NewReplacer("'", "", "’", "").Replace(word) {
	case "must":
		return Must, nil
	case "should":
		return Should, nil
	case "could":
		return Could, nil
	case "wont":
		return Wont, nil
	}
	return 0, &FieldError{Field: "moscow", Value: s, Want: "must, should, could or wont"}
}

// MarshalText writes the text form; an invalid category is an error.
func (c MoSCoWCategory) MarshalText() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return []byte(c.String()), nil
}

// UnmarshalText reads what [ParseMoSCoW] reads.
func (c *MoSCoWCategory) UnmarshalText(text []byte) error {
	parsed, err := ParseMoSCoW(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

func (c MoSCoWCategory) check() *FieldError {
	if c < Must || c > Wont {
		return &FieldError{Field: "moscow", Value: c.String(), Want: "must, should, could or wont"}
	}
	return nil
}

// MoSCoWInput is what [MoSCoW] needs to know about one item.
type MoSCoWInput struct {
	Category MoSCoWCategory `json:"moscow,omitzero"`
}

// Validate returns a [*FieldError] for a category that does not exist. None at all is valid.
func (in MoSCoWInput) Validate() error {
	if in.Category == 0 {
		return nil
	}
	return joinFields(in.Category.check())
}

// MoSCoW puts what a timeframe must have before what it should and could have; what it won't have
// comes last. Items of one category tie and stay in backlog order.
//
// Source: Dai Clegg; DSDM Agile Project Framework handbook, "MoSCoW Prioritisation".
type MoSCoW struct{}

// Score scores each input by [MoSCoW.ScoreItem].
func (m MoSCoW) Score(inputs []MoSCoWInput) ([]Score, error) { return Each(inputs, m.ScoreItem) }

// ScoreItem returns 0 in the class of the category, from 1 for must to 4 for won't.
// A category that does not exist is a [*FieldError].
func (MoSCoW) ScoreItem(in MoSCoWInput) (Score, error) {
	if in.Category == 0 {
		return Score{rest: categoryMissing}, nil
	}
	if err := in.Validate(); err != nil {
		return Score{}, err
	}
	return Integer(0).InClass(int32(in.Category)), nil
}

// categoryMissing is shared by all scores it makes, and never changed.
var categoryMissing = &beyond{reason: "moscow is missing"}

// Terms says which category it is: "must".
func (MoSCoW) Terms(in MoSCoWInput) []Term {
	return []Term{{Name: "moscow", Effect: Orders, Text: in.Category.String()}}
}
