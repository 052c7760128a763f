package prioritize

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
)

// KanoCounts holds how many responses put a feature into each class, as counts or as percentages.
type KanoCounts struct {
	MustBe         decimal.Decimal `json:"must_be,omitzero"`         // >= 0, as all of them
	OneDimensional decimal.Decimal `json:"one_dimensional,omitzero"` // "performance", "linear"
	Attractive     decimal.Decimal `json:"attractive,omitzero"`      // "exciter"
	Indifferent    decimal.Decimal `json:"indifferent,omitzero"`
	Reverse        decimal.Decimal `json:"reverse,omitzero"`
	Questionable   decimal.Decimal `json:"questionable,omitzero"`
}

// Of returns the count of one class.
func (c KanoCounts) Of(class KanoClass) decimal.Decimal {
	if p := c.at(class); p != nil {
		return *p
	}
	return decimal.Decimal{}
}

func (c *KanoCounts) at(class KanoClass) *decimal.Decimal {
	switch class {
	case KanoMustBe:
		return &c.MustBe
	case KanoOneDimensional:
		return &c.OneDimensional
	case KanoAttractive:
		return &c.Attractive
	case KanoIndifferent:
		return &c.Indifferent
	case KanoReverse:
		return &c.Reverse
	case KanoQuestionable:
		return &c.Questionable
	}
	return nil
}

func (c KanoCounts) validate() []*FieldError {
	return []*FieldError{
		checkNotNegative("counts.must_be", c.MustBe),
		checkNotNegative("counts.one_dimensional", c.OneDimensional),
		checkNotNegative("counts.attractive", c.Attractive),
		checkNotNegative("counts.indifferent", c.Indifferent),
		checkNotNegative("counts.reverse", c.Reverse),
		checkNotNegative("counts.questionable", c.Questionable),
	}
}

// IsZero reports whether nobody has been counted.
func (c KanoCounts) IsZero() bool {
	for class := KanoMustBe; class <= KanoQuestionable; class++ {
		if c.Of(class).Sign() != 0 {
			return false
		}
	}
	return true
}

// KanoInput holds what [Kano] scores one feature by: what people answered or, where that is
// not at hand, how their answers were classified. Without either there is no score.
type KanoInput struct {
	Responses []KanoResponse `json:"responses,omitzero"`
	Counts    KanoCounts     `json:"counts,omitzero"` // only without Responses
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil.
func (in KanoInput) Validate() error {
	var problems []*FieldError
	for i, r := range in.Responses {
		if _, ok := r.Class(); ok {
			continue
		}
		problems = append(problems,
			r.Functional.check(fmt.Sprintf("responses[%d].functional", i)),
			r.Dysfunctional.check(fmt.Sprintf("responses[%d].dysfunctional", i)),
		)
	}
	problems = append(problems, in.Counts.validate()...)
	if len(in.Responses) > 0 && !in.Counts.IsZero() {
		problems = append(problems, &FieldError{
			Field: "counts", Value: "given", Want: "none beside responses",
		})
	}
	return joinFields(problems...)
}

func (in KanoInput) clone() KanoInput {
	in.Responses = slices.Clone(in.Responses)
	return in
}

// count returns the counts that are given, or those of the responses.
func (in KanoInput) count() KanoCounts {
	if len(in.Responses) == 0 {
		return in.Counts
	}
	var n [KanoQuestionable + 1]int64
	for _, r := range in.Responses {
		class, _ := r.Class()
		n[class]++
	}
	var counts KanoCounts
	for class := KanoMustBe; class <= KanoQuestionable; class++ {
		*counts.at(class) = decimal.NewFromInt(n[class])
	}
	return counts
}

// KanoResult is the evaluation of the responses about one feature. All figures are exact; what is undefined
// is unscored, with the reason.
type KanoResult struct {
	Counts KanoCounts `json:"counts"`
	Class  KanoClass  `json:"class"` // the most frequent one; of equals the first of M > O > A > I > R > Q

	// Strength is how far the most frequent class is ahead of the next, in percentage points of all
	// responses; below 6 points the feature is Mixed.
	Strength Score `json:"strength,omitzero"`
	Mixed    bool  `json:"mixed"`

	Better Score `json:"better,omitzero"` // (A + O) / (A + O + M + I): what having it does for satisfaction, 0 to 1
	Worse  Score `json:"worse,omitzero"`  // -(O + M) / (A + O + M + I): what not having it does, -1 to 0

	Functional    Score `json:"functional,omitzero"`    // mean of the functional answers, from -2 to 4; unscored for counts
	Dysfunctional Score `json:"dysfunctional,omitzero"` // mean of the dysfunctional answers, likewise
}

// minStrength is the category strength, in percentage points, that a clear class has at least.
const minStrength = 6

// Result evaluates the responses. Impossible values are [*FieldError] values, joined; so is a
// feature that nobody has responded to.
//
// Sources: Noriaki Kano and others, "Attractive quality and must-be quality", 1984, and Elmar
// Sauerwein and others, "The Kano model: how to delight your customers", 1996, for the table and
// the order of ties; Charles Berger and others, "Kano's methods for understanding customer-defined
// quality", 1993, for better and worse (Mike Timko) and the continuous means (William DuMouchel);
// Mu-Cheng Lee and John Newcomb, "Applying the Kano methodology", 1997, for the strength.
func (in KanoInput) Result() (KanoResult, error) {
	if err := in.Validate(); err != nil {
		return KanoResult{}, err
	}
	r := KanoResult{Counts: in.count()}
	if r.Counts.IsZero() {
		return KanoResult{}, &FieldError{Field: "responses", Value: "none", Want: "at least one"}
	}
	first, second := r.Counts.leaders()
	r.Class = first
	r.Strength = r.Counts.count(first).Sub(r.Counts.count(second)).
		Mul(Integer(100)).Div(r.Counts.total())
	r.Mixed = r.Strength.Compare(Integer(minStrength)) < 0
	r.Better, r.Worse = r.Counts.coefficients()
	r.Functional, r.Dysfunctional = in.means()
	return r, nil
}

func (c KanoCounts) count(class KanoClass) Score { return Value(c.Of(class)) }

func (c KanoCounts) total() Score {
	sum := Integer(0)
	for class := KanoMustBe; class <= KanoQuestionable; class++ {
		sum = sum.Add(c.count(class))
	}
	return sum
}

// leaders returns the most frequent class and the next.
func (c KanoCounts) leaders() (first, second KanoClass) {
	classes := []KanoClass{
		KanoMustBe, KanoOneDimensional, KanoAttractive, KanoIndifferent, KanoReverse, KanoQuestionable,
	}
	slices.SortStableFunc(classes, func(a, b KanoClass) int {
		return cmp.Or(c.count(b).Compare(c.count(a)), cmp.Compare(a, b))
	})
	return classes[0], classes[1]
}

func (c KanoCounts) coefficients() (better, worse Score) {
	m, o := c.count(KanoMustBe), c.count(KanoOneDimensional)
	a, i := c.count(KanoAttractive), c.count(KanoIndifferent)
	const reason = "every response is reverse or questionable"
	all := a.Add(o).Add(m).Add(i)
	return ratio(a.Add(o), all, reason), ratio(o.Add(m).Neg(), all, reason)
}

// The values of the answers on a continuous scale: a strong feeling in favour of the feature counts
// twice as much as one against it, since the latter may well be a mistake.
var (
	functionalValue    = [...]int64{Like: 4, Expect: 2, Neutral: 0, LiveWith: -1, Dislike: -2}
	dysfunctionalValue = [...]int64{Like: -2, Expect: -1, Neutral: 0, LiveWith: 2, Dislike: 4}
)

func (in KanoInput) means() (functional, dysfunctional Score) {
	n := int64(len(in.Responses))
	if n == 0 {
		s := Unscored("only counts are known")
		return s, s
	}
	var f, d int64
	for _, r := range in.Responses {
		f += functionalValue[r.Functional]
		d += dysfunctionalValue[r.Dysfunctional]
	}
	return Integer(f).Div(Integer(n)), Integer(d).Div(Integer(n))
}

// Significant reports whether the most frequent class is really ahead of the next, by Fong's test
// at 10 %: it is when the difference of their counts a and b is at least 1.65 × √((a + b) × (2n - a
// - b) / 2n) for n responses. It also returns that threshold, rounded half-up to scale digits, 0 to
// 1000. The answer is decided exactly, on the squares. It means nothing for percentages; without
// responses nothing is significant.
//
// Source: Duncan Fong, "Using the self-stated importance questionnaire to interpret Kano
// questionnaire results", 1996.
func (c KanoCounts) Significant(scale int32) (significant bool, threshold decimal.Decimal) {
	first, second := c.leaders()
	a, b := c.count(first), c.count(second)
	n2 := c.total().Mul(Integer(2))
	factor := Value(decimal.New(165, -2))
	square := a.Add(b).Mul(n2.Sub(a).Sub(b)).Div(n2).Mul(factor).Mul(factor)
	if !square.IsScored() {
		return false, decimal.Decimal{}
	}
	difference := a.Sub(b)
	return difference.Mul(difference).Compare(square) >= 0, squareRoot(square, scale)
}

// squareRoot returns the root of a fraction that is not negative, rounded half-up to scale digits.
func squareRoot(s Score, scale int32) decimal.Decimal {
	scale = min(max(scale, 0), bounds.Exponent)
	num, den := s.bigTerms()
	// The floor of the root of 4 × s × 10^(2 scale) is that of twice the result.
	n := new(big.Int).Mul(num, pow10(2*int64(scale)))
	n.Quo(n.Lsh(n, 2), den).Sqrt(n)
	n.Add(n, big.NewInt(1)).Rsh(n, 1)
	return decimal.NewFromBigInt(n, -scale)
}

// Kano puts must-be features first, then one-dimensional, attractive and indifferent ones, those
// that people would rather not have, and those with contradictory answers. Features of one class
// tie: the model has no order for them, so chain it with a method that does.
// [KanoInput.Result] has the figures behind the class, with their sources.
type Kano struct{}

// Score scores each input by [Kano.ScoreItem].
func (m Kano) Score(inputs []KanoInput) ([]Score, error) { return Each(inputs, m.ScoreItem) }

// ScoreItem returns 0 in the class of the feature, from 1 for must-be to 6 for questionable.
// Impossible values are [*FieldError] values, joined.
func (Kano) ScoreItem(in KanoInput) (Score, error) {
	if err := in.Validate(); err != nil {
		return Score{}, err
	}
	counts := in.count()
	if counts.IsZero() {
		return Unscored("responses are missing"), nil
	}
	first, _ := counts.leaders()
	return Integer(0).InClass(int32(first)), nil
}

// Terms returns the class as a term: "attractive".
func (Kano) Terms(in KanoInput) []Term {
	first, _ := in.count().leaders()
	return []Term{{Name: "kano", Effect: Orders, Text: first.String()}}
}
