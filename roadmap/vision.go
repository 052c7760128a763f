package roadmap

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// Vision is why the product exists: one sentence and, optionally, a vision board (Roman Pichler, The
// Product Vision Board, 2011) and a positioning statement.
type Vision struct {
	Text          string    `json:"text"`                    // the vision itself
	TargetGroup   string    `json:"target_group,omitzero"`   // who it is for
	Needs         string    `json:"needs,omitzero"`          // what problem it solves for them
	Product       string    `json:"product,omitzero"`        // what it is, and what makes it stand out
	BusinessGoals string    `json:"business_goals,omitzero"` // how it benefits those who build it
	Statement     Statement `json:"statement,omitzero"`
}

// IsZero reports whether there is no vision yet.
func (v Vision) IsZero() bool { return v == Vision{} }

// Validate reports everything that is wrong with v. The text is required, the board is not.
func (v Vision) Validate() error {
	return field.Join(
		field.CheckRequired("roadmap", "vision.text", v.Text, "a sentence"),
		field.CheckText("roadmap", "vision.target_group", v.TargetGroup),
		field.CheckText("roadmap", "vision.needs", v.Needs),
		field.CheckText("roadmap", "vision.product", v.Product),
		field.CheckText("roadmap", "vision.business_goals", v.BusinessGoals),
		field.Within("vision", v.Statement.Validate()),
	)
}

// Statement is a vision as a positioning statement with seven slots
// (Geoffrey Moore, Crossing the Chasm, 1991).
type Statement struct {
	For             string `json:"for,omitzero"`             // the target customer
	Who             string `json:"who,omitzero"`             // their need: "want to pay at once"
	Product         string `json:"product,omitzero"`         // its name
	Category        string `json:"category,omitzero"`        // what kind of thing it is
	Benefit         string `json:"benefit,omitzero"`         // the key benefit: "shows what is left"
	Unlike          string `json:"unlike,omitzero"`          // the main alternative
	Differentiation string `json:"differentiation,omitzero"` // what sets it apart
}

// IsZero reports whether no slot is filled.
func (s Statement) IsZero() bool { return s == Statement{} }

// slots returns the slots by name, in the order of the sentence.
func (s Statement) slots() [7]struct{ name, text string } {
	return [...]struct{ name, text string }{
		{"for", s.For},
		{"who", s.Who},
		{"product", s.Product},
		{"category", s.Category},
		{"benefit", s.Benefit},
		{"unlike", s.Unlike},
		{"differentiation", s.Differentiation},
	}
}

// Missing returns the names of the slots that are empty, as in JSON, in the order of the sentence.
func (s Statement) Missing() []string {
	var missing []string
	for _, slot := range s.slots() {
		if strings.TrimSpace(slot.text) == "" {
			missing = append(missing, slot.name)
		}
	}
	return missing
}

// Sentence returns the statement as two sentences. It returns a [*field.Error] for each slot that is
// empty.
func (s Statement) Sentence() (string, error) {
	var errs []error
	for _, name := range s.Missing() {
		errs = append(errs, fieldError("statement."+name, "", "a text, to make a sentence of it"))
	}
	if len(errs) > 0 {
		return "", field.Join(errs...)
	}
	return "For " + s.For + " who " + s.Who + ", the " + s.Product + " is a " + s.Category + " that " + s.Benefit +
		". Unlike " + s.Unlike + ", our product " + s.Differentiation + ".", nil
}

// String returns the sentences of [Statement.Sentence]. If slots are empty it returns the others and the
// names of the empty ones: "for clubs, product Purse (missing who, category, benefit, unlike,
// differentiation)".
func (s Statement) String() string {
	if sentence, err := s.Sentence(); err == nil {
		return sentence
	}
	var parts []string
	for _, slot := range s.slots() {
		if text := strings.TrimSpace(slot.text); text != "" {
			parts = append(parts, slot.name+" "+text)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, ", ") + " (missing " + strings.Join(s.Missing(), ", ") + ")"
}

// Validate reports slots whose text is too long or no text. Empty slots are fine, see
// [Statement.Missing].
func (s Statement) Validate() error {
	var errs []error
	for _, slot := range s.slots() {
		errs = append(errs, field.CheckText("roadmap", "statement."+slot.name, slot.text))
	}
	return field.Join(errs...)
}

// Stage is where a product is in its life cycle (Theodore Levitt, Exploit the Product Life Cycle,
// 1965). The zero value is unset.
type Stage uint8

// The stages of a product.
const (
	Introduction Stage = iota + 1
	Growth
	Maturity
	Decline
)

var stages = field.EnumOf[Stage]("roadmap", "Stage", "introduction", "growth", "maturity", "decline")

// IsValid reports whether s is one of the four stages. Unset is not.
func (s Stage) IsValid() bool { return stages.IsValid(s) }

// String returns the text form.
func (s Stage) String() string { return stages.String(s) }

// MarshalText returns the text form.
func (s Stage) MarshalText() ([]byte, error) { return stages.MarshalText(s) }

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *Stage) UnmarshalText(text []byte) error { return stages.UnmarshalText(s, text) }
