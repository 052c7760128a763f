package roadmap

import "github.com/shopspring/decimal"

// Progress is how far something is: Done of Total, kept as the two numbers so that nothing is
// rounded before it is shown. More than all of it is possible and kept, less than nothing too. It
// is undefined while Total is zero.
type Progress struct {
	Done  decimal.Decimal `json:"done"`
	Total decimal.Decimal `json:"total"`
}

// Percent returns 100 x Done / Total, rounded half-up to scale decimals, and false while that is
// undefined.
func (p Progress) Percent(scale int32) (decimal.Decimal, bool) {
	return Progress{p.Done.Shift(2), p.Total}.Ratio(scale)
}

// Ratio returns Done / Total, rounded half-up to scale decimals, and false while that is undefined.
func (p Progress) Ratio(scale int32) (decimal.Decimal, bool) {
	if p.Total.IsZero() {
		return decimal.Decimal{}, false
	}
	return p.Done.DivRound(p.Total, scale), true
}

// IsComplete reports whether Total is defined and all of it, or more, is done.
func (p Progress) IsComplete() bool {
	return p.Total.Sign() > 0 && p.Done.Cmp(p.Total) >= 0
}

// String returns "13 of 21 (62 %)", or "undefined" while there is no total.
func (p Progress) String() string {
	percent, ok := p.Percent(0)
	if !ok {
		return "undefined"
	}
	return p.Done.String() + " of " + p.Total.String() + " (" + percent.String() + " %)"
}
