package prioritize

import "strings"

// MoSCoWCategory is how much an item is needed in the timeframe that is being planned.
type MoSCoWCategory uint8

// The categories, in their order. The zero value is "not categorised" and leaves an item unscored.
const (
	Must MoSCoWCategory = iota + 1
	Should
	Could
	Wont // not this time: recorded and never planned
)

var moscowCategories = enum[MoSCoWCategory]{
	kind: "MoSCoWCategory", field: "moscow", texts: []string{"must", "should", "could", "wont"},
	also: map[string]MoSCoWCategory{"m": Must, "s": Should, "c": Could, "w": Wont, "nice-to": Could},
}.plainer(plainMoSCoW)

// plainMoSCoW returns the word that a category begins with: "wont" for "Won't have (this time)".
func plainMoSCoW(s string) string {
	word := strings.NewReplacer("'", "", "’", "").Replace(plainWord(s))
	word = strings.TrimSuffix(strings.TrimSuffix(word, "-(this-time)"), "-this-time")
	return strings.TrimSuffix(word, "-have")
}

// String returns "must", "should", "could" or "wont".
func (c MoSCoWCategory) String() string { return moscowCategories.text(c) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (c MoSCoWCategory) MarshalText() ([]byte, error) { return moscowCategories.marshal(c) }

// UnmarshalText reads the text form, its first letter, and spellings in use such as "Must-have", "Nice to have"
// for could and "Won't have (this time)", in any letter case. Anything else is a [*FieldError].
func (c *MoSCoWCategory) UnmarshalText(text []byte) error { return moscowCategories.unmarshal(text, c) }

// MoSCoWInput holds what [MoSCoW] scores one item by.
type MoSCoWInput struct {
	Category MoSCoWCategory `json:"moscow,omitzero"`
}

// Validate returns a [*FieldError] for a category that does not exist. None at all is valid.
func (in MoSCoWInput) Validate() error {
	if in.Category == 0 {
		return nil
	}
	return joinFields(moscowCategories.check("moscow", in.Category))
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

// Terms returns the category as a term: "must".
func (MoSCoW) Terms(in MoSCoWInput) []Term {
	return []Term{{Name: "moscow", Effect: Orders, Text: in.Category.String()}}
}

// sheetColumns returns the column of the category, which may be followed by a reason: "Must - the law".
func (MoSCoW) sheetColumns() []sheetColumn[MoSCoWInput] {
	return []sheetColumn[MoSCoWInput]{{
		sheetPlace{name: "moscow", also: []string{"moscow category", "category", "priority"}},
		func(in *MoSCoWInput, text string, _ bool) error {
			for _, dash := range []string{" - ", " – ", " — ", ": "} {
				text, _, _ = strings.Cut(text, dash)
			}
			return in.Category.UnmarshalText([]byte(text))
		},
	}}
}
