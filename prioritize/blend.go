package prioritize

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Normalization brings the scores of different methods to one scale before they are added up. All
// normalizations here are exact fractions. The usual z-score is not among them: it divides by a
// standard deviation, which is a square root, and so could not tell ties from near-ties.
type Normalization uint8

// The normalizations, of a score among those of all items that every part can score. Where all of
// them are equal, MinMax and ByRank give 1, since nothing can be said against any item.
const (
	// MinMax is (score - lowest) / (highest - lowest), from 0 to 1. It uses the whole scale and keeps
	// distances, but one outlier squeezes all the others. It is the default.
	MinMax Normalization = iota + 1
	// ShareOfMax is score / highest. It keeps ratios, so it wants scores with a true zero,
	// as quotients have, and a highest score above 0.
	ShareOfMax
	// ShareOfSum is score / sum of all, so the items of a set share 1 among them. It wants what
	// ShareOfMax wants.
	ShareOfSum
	// ByRank is (n - rank) / (n - 1), from 1 for the first to 0 for the last, where items that tie have
	// the mean of the ranks that they fill. It forgets distances, which makes it immune to outliers and fit
	// for methods with classes such as MoSCoW.
	ByRank
)

var normalizations = &enum[Normalization]{
	kind: "Normalization", field: "normalization", texts: []string{"min-max", "share of max", "share of sum", "by rank"},
}

// String returns "min-max", "share of max", "share of sum" or "by rank".
func (n Normalization) String() string { return normalizations.text(n) }

// MarshalText returns the text form; an invalid value is a [*FieldError].
func (n Normalization) MarshalText() ([]byte, error) { return normalizations.marshal(n) }

// UnmarshalText reads the text form in any letter case, with words joined by "-", "_" or a space.
// Anything else is a [*FieldError].
func (n *Normalization) UnmarshalText(text []byte) error { return normalizations.unmarshal(text, n) }

// BlendPart is a part of a [Blend] and what it counts.
type BlendPart[A any] struct {
	Part          ChainPart[A]
	Weight        decimal.Decimal // > 0; weights need not sum to 1
	Normalization Normalization   // the zero value is MinMax
}

// Blend ranks by a weighted sum of the normalized scores of its parts. An item is unscored when any
// part cannot score it. Equal sums are a tie, broken by the tie rules of the parts in turn.
type Blend[A any] []BlendPart[A]

// Score returns the weighted sums as exact fractions. All errors of all parts are joined. A blend
// without parts, a weight of zero or less, a part with classes that is not taken ByRank, and a share
// of scores that do not go above 0 are each a [*FieldError].
func (b Blend[A]) Score(inputs []A) ([]Score, error) {
	parts, err := b.normalized(inputs)
	if err != nil {
		return nil, err
	}
	sums := make([]Score, len(inputs))
	for i := range sums {
		if missing, ok := missingIn(parts, i); ok {
			sums[i] = missing
			continue
		}
		sums[i] = Integer(0)
		for p, w := range b {
			sums[i] = sums[i].Add(Value(w.Weight).Mul(parts[p][i]))
		}
	}
	return sums, nil
}

// normalized returns the normalized scores of each part; what a part cannot score stays unscored.
func (b Blend[A]) normalized(inputs []A) ([][]Score, error) {
	parts, err := scoreParts(b.parts(), inputs)
	if err != nil {
		return nil, err
	}
	var items []int
	for i := range inputs {
		if _, missing := missingIn(parts, i); !missing {
			items = append(items, i)
		}
	}
	var errs []error
	for p, w := range b {
		if err := checkPositive(w.Part.name+" weight", w.Weight); err != nil {
			errs = append(errs, err)
		}
		if err := normalize(w.Part.name, w.Normalization, parts[p], items); err != nil {
			errs = append(errs, err)
		}
	}
	return parts, fault.Join(errs...)
}

func (b Blend[A]) parts() []ChainPart[A] {
	parts := make([]ChainPart[A], len(b))
	for p, w := range b {
		parts[p] = w.Part
	}
	return parts
}

// normalize replaces the scores of the items by normalized ones. Names are for errors.
func normalize(name string, n Normalization, scores []Score, items []int) *FieldError {
	if len(items) == 0 {
		return nil
	}
	if n == ByRank {
		normalizeByRank(scores, items)
		return nil
	}
	if slices.ContainsFunc(items, func(i int) bool { return scores[i].class != 0 }) {
		return &FieldError{
			Field: name + " normalization", Value: n.String(), Want: ByRank.String() + ", as it has classes",
		}
	}
	low, high, sum := scores[items[0]], scores[items[0]], Integer(0)
	for _, i := range items {
		if scores[i].Compare(low) < 0 {
			low = scores[i]
		}
		if scores[i].Compare(high) > 0 {
			high = scores[i]
		}
		if n == ShareOfSum {
			sum = sum.Add(scores[i])
		}
	}
	base, unit := Integer(0), high
	switch n {
	case 0, MinMax:
		base, unit = low, high.Sub(low)
	case ShareOfMax:
	case ShareOfSum:
		unit = sum
	default:
		return &FieldError{Field: name + " normalization", Value: n.String(), Want: "a known one"}
	}
	if err := unit.Err(); err != nil {
		return &FieldError{Field: name, Value: err.Error(), Want: "a shorter sum, as by another normalization"}
	}
	if n <= MinMax && unit.Sign() == 0 {
		for _, i := range items {
			scores[i] = Integer(1)
		}
		return nil
	}
	if unit.Sign() <= 0 {
		return &FieldError{Field: name, Value: unit.String(), Want: "> 0 to take a share of"}
	}
	for _, i := range items {
		scores[i] = scores[i].Sub(base).Div(unit)
	}
	return nil
}

// normalizeByRank compares the scores exactly and gives ties the mean of the ranks that they fill.
func normalizeByRank(scores []Score, items []int) {
	col := newColumn(len(items))
	order := make([]int32, len(items))
	for i, item := range items {
		col.set(i, scores[item])
		order[i] = int32(i)
	}
	s := sorter{col: col}
	tied := s.sort(order)
	n := int64(len(items))
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && tied.has(end) {
			end++
		}
		share := Integer(1)
		if n > 1 && end-start < len(order) {
			share = Integer(2*n - int64(start+1) - int64(end)).Div(Integer(2 * (n - 1)))
		}
		for _, i := range order[start:end] {
			scores[items[i]] = share
		}
		start = end
	}
}

// TieKeys are those of the parts in turn.
func (b Blend[A]) TieKeys() []func(A) Score { return tieKeysOf(b.parts()) }

// TermsOf gives one term a part: its weight, its normalized score, their product, and in Parts how the
// score came about before it was normalized.
func (b Blend[A]) TermsOf(inputs []A) (func(i int) []Term, error) {
	normalized, err := b.normalized(inputs)
	if err != nil {
		return nil, err
	}
	raw, err := Chain[A](b.parts()).TermsOf(inputs)
	if err != nil {
		return nil, err
	}
	return func(i int) []Term {
		list, parts := make([]Term, len(b)), raw(i)
		for p, w := range b {
			weight := Value(w.Weight)
			list[p] = Term{
				Name: w.Part.name, Effect: Adds, Value: normalized[p][i], Weight: weight,
				Contribution: weight.Mul(normalized[p][i]), Parts: parts[p : p+1],
			}
		}
		return list
	}, nil
}
