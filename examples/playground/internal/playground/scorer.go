package playground

import (
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// scorer is a method whose inputs are of any type: all that is generic is compiled once for all methods of the catalogue,
// which keeps the program small.
type scorer struct {
	score    func(inputs []any) ([]prioritize.Score, error)
	validate func() error
	terms    func(inputs []any) (func(i int) []prioritize.Term, error)
	ties     []func(any) prioritize.Score
	factors  []prioritize.Factor[any]
}

// Score returns the score of each input.
func (s *scorer) Score(inputs []any) ([]prioritize.Score, error) { return s.score(inputs) }

// Validate checks the options of the method.
func (s *scorer) Validate() error { return s.validate() }

// TieKeys are those of the method.
func (s *scorer) TieKeys() []func(any) prioritize.Score { return s.ties }

// Factors are those of the method; none if it does not name them.
func (s *scorer) Factors() []prioritize.Factor[any] { return s.factors }

// TermsOf are the terms of the method.
func (s *scorer) TermsOf(inputs []any) (func(i int) []prioritize.Term, error) { return s.terms(inputs) }

// itemScorer is a scorer that needs not see the others to score one item.
type itemScorer struct {
	*scorer
	one func(any) (prioritize.Score, error)
}

// ScoreItem scores one input.
func (s itemScorer) ScoreItem(in any) (prioritize.Score, error) { return s.one(in) }

// numeric is a method that names the numbers it works with, maybe none.
type numeric interface {
	prioritize.Method[any]
	prioritize.Factored[any]
}

func unbox[A any](in any) A {
	a, _ := in.(A)
	return a
}

func scorerOf[A any](m prioritize.Method[A]) numeric {
	s := &scorer{validate: func() error { return nil }}
	s.score = func(inputs []any) ([]prioritize.Score, error) {
		list := make([]A, len(inputs))
		for i, in := range inputs {
			list[i] = unbox[A](in)
		}
		return m.Score(list)
	}
	if v, ok := m.(interface{ Validate() error }); ok {
		s.validate = v.Validate
	}
	if rule, ok := m.(prioritize.TieRule[A]); ok {
		for _, key := range rule.TieKeys() {
			s.ties = append(s.ties, func(in any) prioritize.Score { return key(unbox[A](in)) })
		}
	}
	s.terms = func(inputs []any) (func(i int) []prioritize.Term, error) {
		switch e := m.(type) {
		case prioritize.Explainer[A]:
			return func(i int) []prioritize.Term { return e.Terms(unbox[A](inputs[i])) }, nil
		case prioritize.SetExplainer[A]:
			list := make([]A, len(inputs))
			for i, in := range inputs {
				list[i] = unbox[A](in)
			}
			return e.TermsOf(list)
		}
		return func(int) []prioritize.Term { return nil }, nil
	}
	if f, ok := m.(prioritize.Factored[A]); ok {
		for _, one := range f.Factors() {
			s.factors = append(s.factors, factorOf(one))
		}
	}
	if one, ok := m.(prioritize.ItemMethod[A]); ok {
		return itemScorer{s, func(in any) (prioritize.Score, error) { return one.ScoreItem(unbox[A](in)) }}
	}
	return s
}

func factorOf[A any](f prioritize.Factor[A]) prioritize.Factor[any] {
	out := prioritize.Factor[any]{
		Name: f.Name, Also: f.Also, Words: f.Words, Least: f.Least, Most: f.Most, Open: f.Open,
		Direction: f.Direction, Scales: f.Scales, Effect: f.Effect, LinearFractional: f.LinearFractional,
	}
	out.Get = func(in any) (decimal.Decimal, bool) { return f.Get(unbox[A](in)) }
	out.With = func(in any, value decimal.Decimal) any { return f.With(unbox[A](in), value) }
	if f.Without != nil {
		out.Without = func(in any) any { return f.Without(unbox[A](in)) }
	}
	return out
}
