package pairwise

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// RandomIndex is the mean consistency index of random matrices, by the number of elements. Sources
// differ, and so do the consistency ratios made with them.
type RandomIndex map[int]decimal.Decimal

// SaatyRandomIndex returns the table that is used where none is given: Thomas Saaty, The Analytic
// Hierarchy Process, 1980, for up to 15 elements, with 1.51 for 10 as in most reprints.
func SaatyRandomIndex() RandomIndex {
	table := RandomIndex{}
	for i, hundredths := range []int64{0, 0, 58, 90, 112, 124, 132, 141, 145, 151, 151, 148, 156, 157, 159} {
		table[i+1] = decimal.New(hundredths, -2)
	}
	return table
}

// Consistency is how far judgements contradict each other.
type Consistency struct {
	LambdaMax  decimal.Decimal  `json:"lambda_max"`     // the largest eigenvalue
	Index      prioritize.Score `json:"index,omitzero"` // (LambdaMax - n) / (n - 1); 0 for up to two elements
	Ratio      prioritize.Score `json:"ratio,omitzero"` // Index / random index; 0 for up to two elements
	Acceptable bool             `json:"acceptable"`     // whether Ratio is at most 0.10
}

// ConsistencyOf returns the consistency of a matrix of n elements, exactly. Without a table it is
// [SaatyRandomIndex]; where the table has nothing for n, the ratio is unscored. An eigenvalue below
// n, an n below 1, or a random index of zero or less for three elements or more, is a
// [*prioritize.FieldError].
func ConsistencyOf(lambdaMax decimal.Decimal, n int, table RandomIndex) (Consistency, error) {
	if table == nil {
		table = SaatyRandomIndex()
	}
	size, lambda := prioritize.Integer(int64(n)), prioritize.Value(lambdaMax)
	random, known := table[n]
	var small, below, index error
	if n < 1 {
		small = &prioritize.FieldError{Field: "elements", Value: fmt.Sprint(n), Want: "at least 1"}
	} else if lambda.IsScored() && lambda.Compare(size) < 0 {
		below = &prioritize.FieldError{Field: "lambda max", Value: lambdaMax.String(), Want: fmt.Sprintf("at least %d", n)}
	}
	if known && n > 2 {
		index = wrong(fmt.Sprintf("random index of %d", n), random, bounds.Positive(random))
	}
	if err := fault.Join(small, wrong("lambda max", lambdaMax, bounds.Any(lambdaMax)), below, index); err != nil {
		return Consistency{}, err
	}
	c := Consistency{LambdaMax: lambdaMax, Index: prioritize.Integer(0), Ratio: prioritize.Integer(0), Acceptable: true}
	if n <= 2 {
		return c, nil
	}
	c.Index = lambda.Sub(size).Div(prioritize.Integer(int64(n - 1)))
	c.Ratio = prioritize.Unscored(fmt.Sprintf("no random index for %d elements", n))
	if known {
		c.Ratio = c.Index.Div(prioritize.Value(random))
	}
	c.Acceptable = known && c.Ratio.Compare(prioritize.Integer(1).Div(prioritize.Integer(10))) <= 0
	return c, nil
}

// AHP is the analytic hierarchy process: what the goal needs is compared in pairs, then what each
// of these needs, and so on down to the alternatives. An alternative's score is the sum over the
// lowest criteria of the criterion's weight × the alternative's weight under it, the distributive
// mode. Inputs are the names of alternatives; one that is not compared is unscored. Equal scores
// are a tie.
//
// The weights of criteria, and those of alternatives under each of them, are approximate: they are
// rounded, once, to 12 significant digits, see [Matrix.Priorities]; scores are exact from there
// on. Judgements that contradict each other are scored and reported: see [AHP.Synthesis].
//
// Source: Thomas Saaty, The Analytic Hierarchy Process, 1980.
type AHP struct {
	// Goal compares the criteria or, where there are none, the alternatives.
	Goal Matrix
	// Below holds, for each criterion, what it is made up of: either criteria again, or the
	// alternatives, the same for all criteria that are not divided further.
	Below map[string]Matrix
	// RandomIndex is for consistency ratios; [SaatyRandomIndex] where it is nil.
	RandomIndex RandomIndex
}

// Synthesis is what the comparisons of a hierarchy come to.
type Synthesis struct {
	Alternatives []string `json:"alternatives"` // in the order of the first matrix that compares them
	// Weights holds the weight of each criterion and of each alternative in the goal.
	Weights map[string]decimal.Decimal `json:"weights"`
	// Local holds the priorities of each matrix, by the criterion above it; "" is the goal.
	Local map[string]Priorities `json:"local"`

	lowest []string // the criteria, or "" for the goal, that compare the alternatives
}

// Validate returns everything that is wrong with the hierarchy, joined: the errors of its matrices,
// a criterion that is nowhere or in two places, and alternatives that are not the same everywhere.
func (m AHP) Validate() error {
	errs := []error{m.Goal.validate("goal.")}
	uses := make(map[string]int)
	for _, element := range m.Goal.Elements {
		uses[element]++
	}
	names := slices.Sorted(maps.Keys(m.Below))
	for _, name := range names {
		errs = append(errs, m.Below[name].validate(entry("below", name)+"."))
		for _, element := range m.Below[name].Elements {
			uses[element]++
		}
	}
	for _, name := range names {
		if uses[name] != 1 {
			errs = append(errs, &prioritize.FieldError{
				Field: entry("below", name), Value: fmt.Sprintf("compared in %d matrices", uses[name]),
				Want: "one",
			})
		}
	}
	if err := fault.Join(errs...); err != nil {
		return err
	}
	return m.checkLevels()
}

// checkLevels checks the levels of the hierarchy, from the goal down.
func (m AHP) checkLevels() error {
	var errs []error
	var alternatives []string
	reached := 0
	m.walk(func(name string, matrix Matrix) {
		reached++
		criteria := m.criteria(matrix)
		field := entry("below", name)
		if name == "" {
			field = "goal"
		}
		switch {
		case criteria == len(matrix.Elements):
			return
		case criteria > 0:
			errs = append(errs, &prioritize.FieldError{
				Field: field + ".elements", Value: fmt.Sprintf("%q", matrix.Elements),
				Want: "all criteria, with something below, or all alternatives",
			})
			return
		}
		own := slices.Sorted(slices.Values(matrix.Elements))
		if alternatives == nil {
			alternatives = own
		} else if !slices.Equal(own, alternatives) {
			errs = append(errs, &prioritize.FieldError{
				Field: field + ".elements", Value: fmt.Sprintf("%q", own),
				Want: fmt.Sprintf("%q, as elsewhere", alternatives),
			})
		}
	})
	if missed := len(m.Below) + 1 - reached; missed > 0 {
		errs = append(errs, &prioritize.FieldError{
			Field: "below", Value: fmt.Sprintf("%d criteria out of reach", missed), Want: "all below the goal",
		})
	}
	return fault.Join(errs...)
}

func (m AHP) criteria(matrix Matrix) (n int) {
	for _, element := range matrix.Elements {
		if _, ok := m.Below[element]; ok {
			n++
		}
	}
	return n
}

// walk visits the matrices from the goal down, each once, in the order of their elements.
func (m AHP) walk(visit func(name string, matrix Matrix)) {
	visit("", m.Goal)
	for queue := slices.Clone(m.Goal.Elements); len(queue) > 0; queue = queue[1:] {
		if matrix, ok := m.Below[queue[0]]; ok {
			visit(queue[0], matrix)
			queue = append(queue, matrix.Elements...)
		}
	}
}

// Synthesis weighs the whole hierarchy. Errors are those of [AHP.Validate] and [ConsistencyOf],
// joined.
func (m AHP) Synthesis() (Synthesis, error) {
	if err := m.Validate(); err != nil {
		return Synthesis{}, err
	}
	s := Synthesis{Weights: make(map[string]decimal.Decimal), Local: make(map[string]Priorities)}
	weights := map[string]float64{"": 1}
	var errs []error
	m.walk(func(name string, matrix Matrix) {
		local, consistency, err := matrix.solve(m.RandomIndex)
		if err != nil {
			errs = append(errs, err)
			return
		}
		p := Priorities{Consistency: consistency}
		for _, w := range local {
			p.Weights = append(p.Weights, rounded(w))
		}
		s.Local[name] = p
		if m.criteria(matrix) == 0 {
			s.add(name, matrix)
			return
		}
		for i, element := range matrix.Elements {
			weights[element] = weights[name] * local[i]
			// Digits further after the point would only make the sums too long to rank.
			s.Weights[element] = rounded(weights[element]).Round(40)
		}
	})
	if err := fault.Join(errs...); err != nil {
		return Synthesis{}, err
	}
	return s, nil
}

// add counts the alternatives under one of the lowest criteria.
func (s *Synthesis) add(name string, matrix Matrix) {
	if len(s.lowest) == 0 {
		s.Alternatives = slices.Clone(matrix.Elements)
	}
	s.lowest = append(s.lowest, name)
	for i, element := range matrix.Elements {
		part := s.weightOf(name).Mul(s.Local[name].Weights[i])
		s.Weights[element] = s.Weights[element].Add(part)
	}
}

// weightOf is the weight of a criterion, and 1 for the goal.
func (s *Synthesis) weightOf(name string) decimal.Decimal {
	if name == "" {
		return decimal.NewFromInt(1)
	}
	return s.Weights[name]
}

// Score returns the weight of each alternative, with the errors of [AHP.Synthesis].
func (m AHP) Score(alternatives []string) ([]prioritize.Score, error) {
	s, err := m.Synthesis()
	if err != nil {
		return nil, err
	}
	scores := make([]prioritize.Score, len(alternatives))
	for i, name := range alternatives {
		scores[i] = prioritize.Unscored("not compared")
		if slices.Contains(s.Alternatives, name) {
			scores[i] = prioritize.Value(s.Weights[name])
		}
	}
	return scores, nil
}

// TermsOf returns the terms of the scores: one term for each of the lowest criteria, its weight × that
// of the alternative under it.
func (m AHP) TermsOf(alternatives []string) (func(i int) []prioritize.Term, error) {
	s, err := m.Synthesis()
	if err != nil {
		return nil, err
	}
	return func(i int) []prioritize.Term {
		var terms []prioritize.Term
		for _, name := range s.lowest {
			matrix, weight := m.Goal, prioritize.Value(s.weightOf(name))
			if name != "" {
				matrix = m.Below[name]
			}
			at := slices.Index(matrix.Elements, alternatives[i])
			if at < 0 {
				return nil
			}
			local := prioritize.Value(s.Local[name].Weights[at])
			terms = append(terms, prioritize.Term{
				Name: cmp.Or(name, "goal"), Effect: prioritize.Adds,
				Value: local, Weight: weight, Contribution: weight.Mul(local),
			})
		}
		return terms
	}, nil
}
