package exchange

import "fmt"

// Meaning is what a link means, whatever the tracker calls it: From … To.
type Meaning uint8

// The meanings of links. The zero value is invalid.
const (
	Needs      Meaning = iota + 1 // To has to be finished before From
	PartOf                        // To is the parent of From
	Relates                       // nothing that planning could use
	Excludes                      // not both
	Duplicates                    // From repeats To
)

var meaningTexts = [...]string{
	Needs: "needs", PartOf: "part_of", Relates: "relates", Excludes: "excludes", Duplicates: "duplicates",
}

// IsValid reports whether m is one of the five meanings.
func (m Meaning) IsValid() bool { return m >= Needs && m <= Duplicates }

// String returns the text form: "needs", "part_of", "relates", "excludes" or "duplicates".
func (m Meaning) String() string {
	if !m.IsValid() {
		return fmt.Sprintf("Meaning(%d)", uint8(m))
	}
	return meaningTexts[m]
}

// MarshalText returns the text form.
func (m Meaning) MarshalText() ([]byte, error) {
	if !m.IsValid() {
		return nil, unknownText("meaning", m.String(), meaningTexts[1:])
	}
	return []byte(meaningTexts[m]), nil
}

// UnmarshalText reads the text form; m stays as it was on an error.
func (m *Meaning) UnmarshalText(text []byte) error {
	i, err := indexText("meaning", text, meaningTexts[1:])
	if err == nil {
		*m = Meaning(i + 1)
	}
	return err
}
