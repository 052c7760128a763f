package story

import (
	"errors"
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/story/field"
)

// Criterion is one condition of acceptance: a statement ("the list shows spending by category") or
// a scenario in Given/When/Then words. Whether it holds is a [Verdict] that somebody gives.
type Criterion struct {
	ID      CriterionID `json:"id"`
	Text    string      `json:"text"`
	Verdict Verdict     `json:"verdict,omitzero"`
	By      string      `json:"by,omitzero"`   // who gave the verdict
	At      time.Time   `json:"at,omitzero"`   // when
	Note    string      `json:"note,omitzero"` // what was seen
}

// Verdict is what somebody found when a criterion was tried. The zero value means unjudged, and
// that is a verdict a story may be stored with.
type Verdict uint8

// The verdicts on a criterion.
const (
	Unjudged Verdict = iota
	Met
	Unmet
)

var verdictTexts = [...]string{Unjudged: "", Met: "met", Unmet: "unmet"}

// String returns "met", "unmet", or "unjudged".
func (v Verdict) String() string {
	switch {
	case v == Unjudged:
		return "unjudged"
	case int(v) < len(verdictTexts):
		return verdictTexts[v]
	default:
		return fmt.Sprintf("verdict %d", uint8(v))
	}
}

// MarshalText returns the text form: "met", "unmet", or nothing.
func (v Verdict) MarshalText() ([]byte, error) {
	if int(v) >= len(verdictTexts) {
		return nil, field.New("story", "verdict", v.String(), "met or unmet")
	}
	return []byte(verdictTexts[v]), nil
}

// UnmarshalText reads the text form; v stays as it was on an error.
func (v *Verdict) UnmarshalText(text []byte) error {
	for i, known := range verdictTexts {
		if string(text) == known {
			*v = Verdict(i)
			return nil
		}
	}
	return field.New("story", "verdict", string(text), "met or unmet")
}

// Validate reports everything that is wrong with c. A verdict needs its judge and instant.
func (c Criterion) Validate() error {
	return errors.Join(
		field.CheckID("story", "id", c.ID),
		field.CheckRequired("story", "text", c.Text, "a statement or a scenario"),
		c.checkVerdict(),
		field.CheckText("story", "note", c.Note),
	)
}

func (c Criterion) checkVerdict() error {
	if int(c.Verdict) >= len(verdictTexts) {
		return field.New("story", "verdict", c.Verdict.String(), "met or unmet")
	}
	if judged := c.Verdict != Unjudged; judged != (c.By != "") || judged != !c.At.IsZero() {
		return field.New("story", "verdict", c.Verdict.String(), "who judged (by) and when (at) with a verdict, and only then")
	}
	return nil
}
