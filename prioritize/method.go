package prioritize

import "github.com/backlogkit/backlogkit/prioritize/internal/fault"

// Method scores a set of items. It sees the whole set at once, since shares, matrices and
// normalisation need all of it; it returns one [Score] for each input, in the same order.
//
// An impossible value is an error, and every impossible value is in that error: join one
// [*ItemError] for each item with [errors.Join], as [Each] does. A value that is merely absent is
// no error but an [Unscored] score.
//
// A method must not change its inputs, and the same inputs must give the same scores. The package
// prioritizetest checks these and other laws for any method.
//
// A method with options that can be wrong has a Validate method, func() error: [Rank] calls it once, before
// anything is scored, and returns its error alone.
//
// A method may offer more: [ItemMethod] makes ranking large sets cheaper, [TieRule] breaks ties
// by the rule of its source, [Explainer] and [SetExplainer] show the terms of a score.
type Method[A any] interface {
	Score(inputs []A) ([]Score, error)
}

// ItemMethod is a [Method] that can score one item without seeing the others.
// [Rank] then needs no copy of the inputs, and does not ask Score: a type that embeds a method and has a
// Score of its own needs a ScoreItem of its own, too.
type ItemMethod[A any] interface {
	ScoreItem(in A) (Score, error)
}

// TieRule is a [Method] whose source defines which of two equal scores comes first.
// Items that such a rule separates are still reported as tied.
type TieRule[A any] interface {
	// TieKeys are compared one after the other, the higher key first. An unscored key counts as 0.
	TieKeys() []func(A) Score
}

// Formula scores one item at a time. It is the shortest way to write a method:
//
//	perDay := prioritize.Formula[Fix](func(f Fix) (prioritize.Score, error) {
//		return prioritize.Quotient(f.Saved, f.Days)
//	})
type Formula[A any] func(in A) (Score, error)

// Score applies the formula to each input; all errors are joined.
func (f Formula[A]) Score(inputs []A) ([]Score, error) { return Each(inputs, f) }

// ScoreItem applies the formula to one input.
func (f Formula[A]) ScoreItem(in A) (Score, error) { return f(in) }

// Each scores every input on its own, for methods whose scores do not depend on each other.
// The errors of all inputs are joined, each as an [*ItemError] with its index.
func Each[A any](inputs []A, score func(A) (Score, error)) ([]Score, error) {
	scores := make([]Score, len(inputs))
	var errs []error
	for i, in := range inputs {
		s, err := score(in)
		if err == nil {
			err = s.Err()
		}
		if err != nil {
			errs = append(errs, &ItemError{Index: i, Err: err})
		}
		scores[i] = s
	}
	if len(errs) > 0 {
		return nil, fault.Join(errs...)
	}
	return scores, nil
}
