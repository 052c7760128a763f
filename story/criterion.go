package story

import (
	"time"

	"github.com/backlogkit/backlogkit/story/field"
)

// Criterion is one condition of acceptance: a statement ("the list shows spending by category") or
// a scenario in Given/When/Then words. Whether it is met is a [Verdict] that somebody gives.
type Criterion struct {
	ID      CriterionID `json:"id"`
	Text    string      `json:"text"`
	Verdict Verdict     `json:"verdict,omitzero"`
	By      string      `json:"by,omitzero"`   // who gave the verdict
	At      time.Time   `json:"at,omitzero"`   // when
	Note    string      `json:"note,omitzero"` // what was seen
}

// Verdict is the result of trying a criterion. The zero value is unset: nobody has tried it.
type Verdict uint8

// The verdicts on a criterion.
const (
	Unjudged Verdict = iota
	Met
	Unmet
)

var verdicts = field.EnumOf[Verdict]("story", "Verdict", "met", "unmet")

// IsValid reports whether v is one of the two verdicts. Unset is not.
func (v Verdict) IsValid() bool { return verdicts.IsValid(v) }

// String returns the text form.
func (v Verdict) String() string { return verdicts.String(v) }

// MarshalText returns the text form.
func (v Verdict) MarshalText() ([]byte, error) { return verdicts.MarshalText(v) }

// UnmarshalText reads the text form; v stays as it was on an error.
func (v *Verdict) UnmarshalText(text []byte) error { return verdicts.UnmarshalText(v, text) }

// Validate reports everything that is wrong with c. A verdict needs who gave it and when, and these
// need a verdict. Each problem is a [*field.Error].
func (c Criterion) Validate() error {
	if c.Verdict == Unjudged && c.By == "" && c.Note == "" && c.At.IsZero() && !c.ID.IsZero() { // as most are, which is quick to see
		return field.CheckRequired("story", "text", c.Text, "a statement or a scenario")
	}
	return field.Join(
		field.CheckID("story", "id", c.ID),
		field.CheckRequired("story", "text", c.Text, "a statement or a scenario"),
		c.checkVerdict(),
		field.CheckText("story", "note", c.Note),
	)
}

func (c Criterion) checkVerdict() error {
	if err := verdicts.Check("verdict", c.Verdict); err != nil {
		return err
	}
	if judged := c.Verdict != Unjudged; judged != (c.By != "") || judged != !c.At.IsZero() {
		return field.New("story", "verdict", c.Verdict.String(),
			"who judged (by) and when (at) with a verdict, and only then")
	}
	return field.CheckInstant("story", "at", c.At)
}

// Equal reports whether c and other hold the same; instants are compared as instants.
func (c Criterion) Equal(other Criterion) bool {
	sameInstant := c.At.Equal(other.At)
	c.At = other.At
	return sameInstant && c == other
}
