package prioritize

import (
	"fmt"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// scoreAll returns the score of every candidate, item by item where the method can. What is wrong with the
// method itself is one error, not one for each candidate.
func scoreAll[K comparable, A any](m Method[A], candidates []Candidate[K, A]) (*column, error) {
	if m == nil {
		return nil, &FieldError{Field: "method", Value: "nil", Want: "one to rank by"}
	}
	if configured, ok := m.(interface{ Validate() error }); ok {
		if err := configured.Validate(); err != nil {
			return nil, err
		}
	}
	scores := newColumn(len(candidates))
	one, ok := m.(ItemMethod[A])
	if !ok {
		return scores, scoreSet(m, candidates, scores)
	}
	var errs []error
	for i := range candidates {
		c := &candidates[i]
		if c.Unscored != "" {
			scores.set(i, Unscored(c.Unscored))
			continue
		}
		s, err := one.ScoreItem(c.Input)
		if err == nil {
			err = s.Err()
		}
		if err != nil {
			errs = append(errs, &ItemError{Index: i, Key: fmt.Sprint(c.Key), Err: err})
			continue
		}
		scores.set(i, s)
	}
	return scores, fault.Join(errs...)
}

// scoreSet hands the method the inputs that are there.
func scoreSet[K comparable, A any](m Method[A], candidates []Candidate[K, A], to *column) error {
	for i := range candidates {
		if c := &candidates[i]; c.Unscored != "" {
			to.set(i, Unscored(c.Unscored))
		}
	}
	inputs, at := inputsOf(candidates)
	if len(inputs) == 0 {
		return nil
	}
	scores, err := m.Score(inputs)
	if err != nil {
		return located(err, candidates, at)
	}
	if len(scores) != len(inputs) {
		return fmt.Errorf("prioritize: method gave %d scores, want %d", len(scores), len(inputs))
	}
	var errs []error
	for i, s := range scores {
		if err := s.Err(); err != nil {
			errs = append(errs, &ItemError{Index: at[i], Key: fmt.Sprint(candidates[at[i]].Key), Err: err})
		}
		to.set(at[i], s)
	}
	return fault.Join(errs...)
}

// inputsOf returns the inputs that are there, and the candidate of each.
func inputsOf[K comparable, A any](candidates []Candidate[K, A]) (inputs []A, at []int) {
	for i := range candidates {
		if c := &candidates[i]; c.Unscored == "" {
			inputs, at = append(inputs, c.Input), append(at, i)
		}
	}
	return inputs, at
}

// located returns err with the item errors joined in it put in terms of the candidates: at is the
// candidate of each input.
func located[K comparable, A any](err error, candidates []Candidate[K, A], at []int) error {
	return eachJoined(err, func(err error) error {
		item, ok := err.(*ItemError) //nolint:errorlint // one further down is about something else
		if !ok || item.Index < 0 || item.Index >= len(at) {
			return err
		}
		i := at[item.Index]
		return &ItemError{Index: i, Key: fmt.Sprint(candidates[i].Key), Err: item.Err}
	})
}
