package roadmap

import (
	"errors"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
)

// Vision says why the product exists: in one sentence, and, where somebody took the trouble, as a
// vision board (Roman Pichler, The Product Vision Board, 2011) and as a positioning statement.
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
	return errors.Join(
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

// slots lists the slots by name, in the order of the sentence.
func (s Statement) slots() []struct{ name, text string } {
	return []struct{ name, text string }{
		{"for", s.For},
		{"who", s.Who},
		{"product", s.Product},
		{"category", s.Category},
		{"benefit", s.Benefit},
		{"unlike", s.Unlike},
		{"differentiation", s.Differentiation},
	}
}

// Missing names the slots that are still empty, in the order of the sentence.
func (s Statement) Missing() []string {
	var missing []string
	for _, slot := range s.slots() {
		if strings.TrimSpace(slot.text) == "" {
			missing = append(missing, slot.name)
		}
	}
	return missing
}

// String returns the sentence. A missing slot shows as its name in angle brackets.
func (s Statement) String() string {
	words := make(map[string]string, 7)
	for _, slot := range s.slots() {
		words[slot.name] = slot.text
		if strings.TrimSpace(slot.text) == "" {
			words[slot.name] = "<" + slot.name + ">"
		}
	}
	return "For " + words["for"] + " who " + words["who"] + ", the " + words["product"] + " is a " +
		words["category"] + " that " + words["benefit"] + ". Unlike " + words["unlike"] +
		", our product " + words["differentiation"] + "."
}

// Validate reports slots whose text is too long or no text. Empty slots are fine, see
// [Statement.Missing].
func (s Statement) Validate() error {
	var errs []error
	for _, slot := range s.slots() {
		errs = append(errs, field.CheckText("roadmap", "statement."+slot.name, slot.text))
	}
	return errors.Join(errs...)
}
