package prioritize

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
)

// scoreForm is a score in JSON.
type scoreForm struct {
	Value  string `json:"value,omitempty"` // the fraction, rounded half-up to 6 digits after the point
	Exact  string `json:"exact,omitempty"` // the fraction in lowest terms: "13/5", "3/1"
	Class  int32  `json:"class,omitempty"`
	Reason string `json:"reason,omitempty"` // why there is none
}

const formScale = 6

// MarshalJSON writes what the score is for display and exactly, and its class unless that is 0:
// {"value":"4.333333","exact":"13/3","class":1}. What is not scored has the reason alone:
// {"reason":"confidence is missing"}.
func (s Score) MarshalJSON() ([]byte, error) {
	form := scoreForm{Class: s.class, Reason: s.Reason()}
	if fraction := s.Rat(); fraction != nil {
		form.Value, form.Exact = s.At(formScale).String(), fraction.String()
	}
	return json.Marshal(form)
}

// UnmarshalJSON reads what MarshalJSON writes, back to an equal score: the value is only for display and not
// read. What was impossible comes back unscored, with the same reason. An exact fraction with more digits than
// a score may have, or with none, is a [*FieldError].
func (s *Score) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var form scoreForm
	if err := json.Unmarshal(data, &form); err != nil {
		return err
	}
	if form.Exact == "" {
		*s = Unscored(form.Reason).InClass(form.Class)
		return nil
	}
	num, den, ok := readFraction(form.Exact)
	if !ok {
		return &FieldError{Field: "exact", Value: fmt.Sprintf("%.40s", form.Exact), Want: `a fraction of whole numbers such as "13/5"`}
	}
	read := fraction(num, den).InClass(form.Class)
	if err := read.Err(); err != nil {
		return err
	}
	*s = read
	return nil
}

// readFraction reads "13/5"; the lower number is above 0. A text is read in time that grows with the square of its
// length, which is why that is bounded.
func readFraction(text string) (num, den *big.Int, ok bool) {
	const maxDigits = 2 * maxBits / 3 // log10(2) is below 1/3
	above, below, found := strings.Cut(text, "/")
	if !found || len(text) > maxDigits || strings.Trim(strings.TrimPrefix(above, "-"), "0123456789") != "" || strings.Trim(below, "0123456789") != "" {
		return nil, nil, false
	}
	num, isNumber := new(big.Int).SetString(above, 10)
	den, isDivisor := new(big.Int).SetString(below, 10)
	return num, den, isNumber && isDivisor && den.Sign() > 0
}
