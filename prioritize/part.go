package prioritize

import "github.com/backlogkit/backlogkit/prioritize/internal/fault"

// ChainPart is one method of a [Chain] or a [Blend], made by [On]. It is a [Method] itself, whose input is
// that of the whole.
type ChainPart[A any] struct {
	name    string
	score   func(inputs []A) ([]Score, error)
	terms   func(inputs []A) func(i int) []Term
	tieKeys []func(A) Score
}

// On makes a method part of a larger one: input picks out the input of the method, as a field
// of [Assessment] does, or returns nil when that is not there. Then the item is unscored. The name is used
// in terms and reasons.
//
//	prioritize.On("wsjf", prioritize.WSJF{},
//		func(a prioritize.Assessment) *prioritize.WSJFInput { return a.WSJF })
func On[A, B any](name string, m Method[B], input func(A) *B) ChainPart[A] {
	// The parts of a set become candidates, so that what holds for those holds here: what is missing
	// is not handed to the method, and errors name the place in the set.
	candidates := func(inputs []A) []Candidate[int, B] {
		list := make([]Candidate[int, B], len(inputs))
		for i, in := range inputs {
			list[i].Key = i
			if part := input(in); part != nil {
				list[i].Input = *part
			} else {
				list[i].Unscored = name + " is missing"
			}
		}
		return list
	}
	part := ChainPart[A]{name: name}
	part.score = func(inputs []A) ([]Score, error) {
		col, err := scoreAll(m, candidates(inputs))
		if err != nil {
			return nil, partError(name, err)
		}
		scores := make([]Score, len(inputs))
		for i := range scores {
			scores[i] = col.get(int32(i))
		}
		return scores, nil
	}
	part.terms = func(inputs []A) func(i int) []Term {
		terms := termsOf(m, candidates(inputs))
		return func(i int) []Term { return terms(int32(i)) }
	}
	if rule, ok := m.(TieRule[B]); ok {
		for _, key := range rule.TieKeys() {
			part.tieKeys = append(part.tieKeys, func(in A) Score {
				if b := input(in); b != nil {
					return key(*b)
				}
				return Score{}
			})
		}
	}
	return part
}

// Name returns what the part is called.
func (p ChainPart[A]) Name() string { return p.name }

// Score scores each input by the method of the part.
func (p ChainPart[A]) Score(inputs []A) ([]Score, error) { return p.score(inputs) }

// TieKeys are those of the method.
func (p ChainPart[A]) TieKeys() []func(A) Score { return p.tieKeys }

// TermsOf are the terms of the method.
func (p ChainPart[A]) TermsOf(inputs []A) (func(i int) []Term, error) { return p.terms(inputs), nil }

// partError puts the name of the part before the fields in err, and takes off the keys, which are the
// places that item errors have anyway.
func partError(name string, err error) error {
	return eachJoined(err, func(err error) error {
		if item, ok := err.(*ItemError); ok { //nolint:errorlint // one further down is about something else
			return &ItemError{Index: item.Index, Err: prefixFields(name, item.Err)}
		}
		return prefixFields(name, err)
	})
}

// scoreParts returns the scores of every part, or all that is impossible in any of them.
func scoreParts[A any](parts []ChainPart[A], inputs []A) ([][]Score, error) {
	if len(parts) == 0 {
		return nil, &FieldError{Field: "parts", Value: "none", Want: "at least one"}
	}
	all := make([][]Score, len(parts))
	var errs []error
	for p, part := range parts {
		scores, err := part.score(inputs)
		errs = append(errs, err)
		all[p] = scores
	}
	return all, fault.Join(errs...)
}

// missingIn returns the first score of item i that is not one, and whether there is such a score.
func missingIn(scores [][]Score, i int) (Score, bool) {
	for _, part := range scores {
		if !part[i].IsScored() {
			return part[i], true
		}
	}
	return Score{}, false
}
