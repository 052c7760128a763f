package prioritize

// Bounds of decimals: looked at before anything is computed, since a digit more or less of an
// exponent of 10^9 would fill the memory.
const (
	maxExponent = 1000
	maxDigits   = 100
	maxScale    = 5000 // the most places that a quotient is rounded to
)
