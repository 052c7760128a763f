package forecast

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story/field"
)

// SizeEstimate is how much there is left of a feature that is not broken down to its end.
type SizeEstimate struct {
	Scope Scope `json:"scope"` // what is left, found or not
	// Alike is the number of finished features that are at least as large as what was found. From few of them
	// little follows; where it is 0, what was found is taken for all.
	Alike int `json:"alike"`
}

// ScopeLike returns how much is left of a feature of which so much was found up to now, and so much of that is
// done: it is as large as one of the finished features that are at least as large as what was found, each with the
// same probability. (The empirical distribution, conditional on what is known: Kaplan and Meier 1958, without
// censoring.) The finished features are those of the same team or product, in the unit of the history that is
// forecast from. It costs O(n).
//
// Errors: a [*field.Error] for each amount out of range, and unless done <= found.
func ScopeLike(finished []decimal.Decimal, found, done decimal.Decimal) (SizeEstimate, error) {
	var wrong problems
	for i, d := range finished {
		wrong.add(amount(field.Index("finished", i), d))
	}
	wrong.add(amount("found", found), amount("done", done))
	if wrong.err() == nil && done.GreaterThan(found) {
		wrong.add(fieldError("done", done.String(), "<= found, which is "+found.String()))
	}
	if err := wrong.err(); err != nil {
		return SizeEstimate{}, err
	}
	var out SizeEstimate
	for _, size := range finished {
		if size.GreaterThanOrEqual(found) {
			out.Scope.Sizes = append(out.Scope.Sizes, size.Sub(done))
		}
	}
	if out.Alike = len(out.Scope.Sizes); out.Alike == 0 {
		out.Scope = Exactly(found.Sub(done))
	}
	return out, nil
}
