package quality

import "fmt"

// Severity is how bad a finding is.
type Severity uint8

// The severities, mildest first.
const (
	Hint    Severity = iota + 1 // worth a look; often fine
	Warning                     // should be mended
	Defect                      // the story can't be used as it is
)

// String is "hint", "warning" or "defect".
func (s Severity) String() string {
	switch s {
	case Hint:
		return "hint"
	case Warning:
		return "warning"
	case Defect:
		return "defect"
	default:
		return fmt.Sprintf("Severity(%d)", uint8(s))
	}
}

// MarshalText is the text form. A severity that is none of the three is an error.
func (s Severity) MarshalText() ([]byte, error) {
	if s < Hint || s > Defect {
		return nil, fmt.Errorf("quality: severity %d, want hint, warning or defect", uint8(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText accepts what MarshalText returns.
func (s *Severity) UnmarshalText(text []byte) error {
	for _, known := range []Severity{Hint, Warning, Defect} {
		if known.String() == string(text) {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("quality: severity %q, want hint, warning or defect", text)
}

// Finding is one flaw.
type Finding struct {
	Story    int      `json:"story"` // index in the set
	Rule     string   `json:"rule"`  // "minimal.brackets"
	Severity Severity `json:"severity"`
	Field    string   `json:"field"` // "role", "goal", "benefit", or "text" for the whole
	Start    int      `json:"start"` // bytes of the story's text, half-open
	End      int      `json:"end"`
	Message  string   `json:"message"`          // what is wrong
	Mend     string   `json:"mend"`             // what would be right
	Others   []int    `json:"others,omitempty"` // indexes of further stories that it is about
}

// String is severity, rule and message: "warning minimal.brackets: ...".
func (f Finding) String() string {
	return fmt.Sprintf("%v %s: %s", f.Severity, f.Rule, f.Message)
}
