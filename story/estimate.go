package story

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// MaxPoints bounds an estimate, so that no sum of estimates can grow out of hand.
const MaxPoints = 1_000_000

// pointsScale is the finest step an estimate can have: a thousandth of a point.
const pointsScale = 3

// Estimate is the size of a story in points. The zero value is no estimate, which is not the same as
// zero points.
//
// It holds a decimal, so compare with [Estimate.Equal], not with ==.
type Estimate struct {
	_      [0]func()        // blocks ==
	points *decimal.Decimal // nil for none; what it points to stays as it is
}

// small are the estimates that most stories have, made once. They stay as they are.
var small = func() (points [100]decimal.Decimal) {
	for n := range points {
		points[n] = decimal.NewFromInt(int64(n))
	}
	return points
}()

// Points returns an estimate of n points.
func Points(n int64) Estimate {
	if 0 <= n && n < int64(len(small)) {
		return Estimate{points: &small[n]}
	}
	return DecimalPoints(decimal.NewFromInt(n))
}

// DecimalPoints returns an estimate that need not be whole, such as half a point.
func DecimalPoints(points decimal.Decimal) Estimate { return Estimate{points: &points} }

// ParseEstimate reads an estimate's text form: a number of points, "3" or "0.5", or "" for none.
func ParseEstimate(text string) (Estimate, error) {
	var e Estimate
	err := e.UnmarshalText([]byte(text))
	return e, err
}

// Points returns the number of points; the bool is false if there is no estimate.
func (e Estimate) Points() (decimal.Decimal, bool) {
	if e.points == nil {
		return decimal.Decimal{}, false
	}
	return *e.points, true
}

// IsZero reports whether there is no estimate. An estimate of zero points is one.
func (e Estimate) IsZero() bool { return e.points == nil }

// Equal reports whether both are missing or both are the same number: 3 equals 3.0.
func (e Estimate) Equal(other Estimate) bool {
	if e.points == nil || other.points == nil {
		return e.points == other.points
	}
	return e.points.Equal(*other.points)
}

// String returns the number of points, or "" if there is no estimate.
func (e Estimate) String() string {
	if e.points == nil {
		return ""
	}
	if e.Validate() != nil { // its digits could be too many to write out
		return "out of range"
	}
	return e.points.String()
}

// Validate reports whether the points are between 0 and [MaxPoints] with at most three decimals.
func (e Estimate) Validate() error {
	if e.points == nil || e.isSmall() {
		return nil
	}
	// Whether it is readable is looked at first: comparing 1e999999999 would write out its digits.
	ok := field.IsReadable(*e.points) && e.points.Sign() >= 0 &&
		e.points.Cmp(decimal.NewFromInt(MaxPoints)) <= 0 &&
		e.points.Equal(e.points.Truncate(pointsScale))
	if ok {
		return nil
	}
	return field.New("story", "estimate", field.NumberText(*e.points), fmt.Sprintf("0 to %d points with at most %d decimals", MaxPoints, pointsScale))
}

// isSmall reports whether e, which is one, is a whole number below 100.
func (e Estimate) isSmall() bool {
	return e.points.Exponent() == 0 && e.points.NumDigits() <= 2 && e.points.Sign() >= 0
}

// MarshalText returns the number of points, or nothing if there is no estimate.
func (e Estimate) MarshalText() ([]byte, error) {
	if err := e.Validate(); err != nil {
		return nil, err
	}
	return []byte(e.String()), nil
}

// UnmarshalText reads what [Estimate.MarshalText] wrote; e stays as it was on an error.
func (e *Estimate) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*e = Estimate{}
		return nil
	}
	if n, ok := smallNumber(text); ok {
		*e = Points(n)
		return nil
	}
	const longest = 60
	points, err := decimal.NewFromString(string(text[:min(len(text), longest)]))
	if err != nil || len(text) > longest {
		return field.New("story", "estimate", string(text), "a number of points")
	}
	read := DecimalPoints(points)
	if err := read.Validate(); err != nil {
		return err
	}
	*e = read
	return nil
}

// smallNumber reads text, which is not empty, if it is one or two digits.
func smallNumber(text []byte) (n int64, ok bool) {
	const most = 2
	if len(text) > most {
		return 0, false
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}
