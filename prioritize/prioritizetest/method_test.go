package prioritizetest_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/prioritizetest"
)

func digits(rng *rand.Rand, from int64) decimal.Decimal {
	return decimal.New(from+rng.Int64N(200), -rng.Int32N(3))
}

func randomWSJF(rng *rand.Rand) prioritize.WSJFInput {
	return prioritize.WSJFInput{
		UserBusinessValue: digits(rng, 0), TimeCriticality: digits(rng, 0),
		RiskReduction: digits(rng, 0), JobSize: digits(rng, 1),
	}
}

func randomRICE(rng *rand.Rand) prioritize.RICEInput {
	in := prioritize.RICEInput{Reach: digits(rng, 0), Impact: digits(rng, 0), Effort: digits(rng, 1)}
	if rng.IntN(4) > 0 {
		in.Confidence = decimal.NewNullDecimal(decimal.New(1+rng.Int64N(100), -2))
	}
	return in
}

func randomMoSCoW(rng *rand.Rand) prioritize.MoSCoWInput {
	return prioritize.MoSCoWInput{Category: prioritize.MoSCoWCategory(rng.IntN(5))}
}

func randomAssessment(rng *rand.Rand) prioritize.Assessment {
	w, r, m := randomWSJF(rng), randomRICE(rng), randomMoSCoW(rng)
	a := prioritize.Assessment{WSJF: &w, RICE: &r, MoSCoW: &m}
	if rng.IntN(8) == 0 {
		a.WSJF = nil
	}
	return a
}

func TestBuiltIn(t *testing.T) {
	prioritizetest.TestMethod(t, prioritize.WSJF{}, randomWSJF)
	prioritizetest.TestMethod(t, prioritize.RICE{}, randomRICE)
	prioritizetest.TestMethod(t, prioritize.RICE{DefaultConfidence: decimal.NewNullDecimal(decimal.New(5, -1))}, randomRICE)
	prioritizetest.TestMethod(t, prioritize.MoSCoW{}, randomMoSCoW)
}

func TestCombined(t *testing.T) {
	parts := []prioritize.ChainPart[prioritize.Assessment]{
		prioritize.On("moscow", prioritize.MoSCoW{},
			func(a prioritize.Assessment) *prioritize.MoSCoWInput { return a.MoSCoW }),
		prioritize.On("wsjf", prioritize.WSJF{}, func(a prioritize.Assessment) *prioritize.WSJFInput { return a.WSJF }),
		prioritize.On("rice", prioritize.RICE{}, func(a prioritize.Assessment) *prioritize.RICEInput { return a.RICE }),
	}
	prioritizetest.TestMethod(t, parts[0], randomAssessment)
	prioritizetest.TestMethod(t, prioritize.Chain[prioritize.Assessment](parts), randomAssessment)
	prioritizetest.TestMethod(t, prioritize.Blend[prioritize.Assessment]{
		{Part: parts[0], Weight: decimal.NewFromInt(2), Normalization: prioritize.ByRank},
		{Part: parts[1], Weight: decimal.New(5, -1)},
		{Part: parts[2], Weight: decimal.NewFromInt(1), Normalization: prioritize.ByRank},
	}, randomAssessment)
}

// recorder collects what a [testing.T] would report.
type recorder struct{ reports []string }

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.reports = append(r.reports, fmt.Sprintf(format, args...))
}

// item is what the broken methods score.
type item struct {
	Value, Size decimal.Decimal
	Tags        []string
}

func randomItem(rng *rand.Rand) item {
	digit := func() decimal.Decimal { return decimal.NewFromInt(1 + rng.Int64N(9)) }
	return item{Value: digit(), Size: digit(), Tags: []string{"b", "a"}}
}

func ratio(in item) prioritize.Score {
	return prioritize.Value(in.Value).Div(prioritize.Value(in.Size))
}

// method is any method, put together from what its laws are about.
type method struct {
	score   func(inputs []item) ([]prioritize.Score, error)
	ties    []func(item) prioritize.Score
	terms   func(in item) []prioritize.Term
	factors []prioritize.Factor[item]
}

func (m method) Score(inputs []item) ([]prioritize.Score, error) {
	if m.score == nil {
		return prioritize.Each(inputs, func(in item) (prioritize.Score, error) { return ratio(in), nil })
	}
	return m.score(inputs)
}

func (m method) TieKeys() []func(item) prioritize.Score { return m.ties }

func (m method) Terms(in item) []prioritize.Term {
	if m.terms == nil {
		return nil
	}
	return m.terms(in)
}

func (m method) Factors() []prioritize.Factor[item] { return m.factors }

// alone is a method that scores one item otherwise than the set.
type alone struct {
	method
	one func(in item) (prioritize.Score, error)
}

func (m alone) ScoreItem(in item) (prioritize.Score, error) { return m.one(in) }

// rough is a method with an approximation.
type rough struct{ method }

func (m rough) Approximate(v []float64) float64 { return v[0] / v[1] * 1.001 }

func value() prioritize.Factor[item] {
	return prioritize.Factor[item]{
		Name: "value", Direction: 1, Scales: true, LinearFractional: true,
		Get: func(in item) (decimal.Decimal, bool) { return in.Value, true },
		With: func(in item, v decimal.Decimal) item {
			in.Value = v
			return in
		},
	}
}

func size() prioritize.Factor[item] {
	return prioritize.Factor[item]{
		Name: "size", Direction: -1, Scales: true, LinearFractional: true,
		Get: func(in item) (decimal.Decimal, bool) { return in.Size, true },
		With: func(in item, v decimal.Decimal) item {
			in.Size = v
			return in
		},
	}
}

func factor(change func(f *prioritize.Factor[item])) method {
	f := value()
	change(&f)
	return method{factors: []prioritize.Factor[item]{f, size()}}
}

// each scores by a formula that also sees where the item is.
func each(f func(i int, in item) prioritize.Score) method {
	return method{score: func(inputs []item) ([]prioritize.Score, error) {
		scores := make([]prioritize.Score, len(inputs))
		for i, in := range inputs {
			scores[i] = f(i, in)
		}
		return scores, nil
	}}
}

// Every law is broken once on purpose, and must be the one that is reported.
func TestBrokenMethods(t *testing.T) {
	calls, upside := int64(0), size()
	upside.Direction = 1
	square := func(in item) (prioritize.Score, error) {
		v := prioritize.Value(in.Value)
		return v.Mul(v), nil
	}
	broken := map[string]prioritize.Method[item]{
		"accepts": method{score: func([]item) ([]prioritize.Score, error) { return nil, errors.New("not today") }},
		"accepts an impossible score": each(func(int, item) prioritize.Score {
			return prioritize.Integer(1).Div(prioritize.Integer(0))
		}),
		"one score each": method{score: func(in []item) ([]prioritize.Score, error) {
			return make([]prioritize.Score, len(in)+1), nil
		}},
		"unscored with a reason": each(func(_ int, in item) prioritize.Score {
			if in.Value.Equal(in.Size) {
				return prioritize.Score{}
			}
			return ratio(in)
		}),
		"determinism": each(func(int, item) prioritize.Score {
			calls++
			return prioritize.Integer(calls)
		}),
		"no mutation": each(func(_ int, in item) prioritize.Score {
			in.Tags[0] = "z"
			return ratio(in)
		}),
		"no mutation by terms": method{terms: func(in item) []prioritize.Term {
			in.Tags[0] = "z"
			return nil
		}},
		"permutation": each(func(i int, in item) prioritize.Score {
			return ratio(in).Add(prioritize.Integer(int64(i)))
		}),
		"equal inputs tie": each(func(i int, in item) prioritize.Score { return ratio(in).InClass(int32(i)) }),
		"equal inputs tie by tie keys": method{ties: []func(item) prioritize.Score{func(item) prioritize.Score {
			calls++
			return prioritize.Integer(calls)
		}}},
		"item by item": alone{one: square},
		"terms": method{terms: func(in item) []prioritize.Term {
			return []prioritize.Term{{Name: "value", Effect: prioritize.Adds, Contribution: prioritize.Value(in.Value)}}
		}},
		"terms leave out a factor": method{terms: func(in item) []prioritize.Term {
			return []prioritize.Term{{Name: "value", Effect: prioritize.Multiplies, Value: prioritize.Value(in.Value)}}
		}},
		"terms without a name": method{terms: func(item) []prioritize.Term { return make([]prioritize.Term, 1) }},
		"value access": factor(func(f *prioritize.Factor[item]) {
			f.With = func(in item, _ decimal.Decimal) item { return in }
		}),
		"value left out": method{
			score: func(inputs []item) ([]prioritize.Score, error) { // missing as 0
				return prioritize.Each(inputs, func(in item) (prioritize.Score, error) { return ratio(in), nil })
			},
			factors: []prioritize.Factor[item]{func() prioritize.Factor[item] {
				f := value()
				f.Get = func(in item) (decimal.Decimal, bool) { return in.Value, !in.Value.IsZero() }
				f.Without = func(in item) item { return f.With(in, decimal.Zero) }
				return f
			}()},
		},
		"value direction": factor(func(f *prioritize.Factor[item]) { f.Direction = -1 }),
		"size direction":  method{factors: []prioritize.Factor[item]{upside}},
		"value scaling":   scaling{},
		"value shape":     shape{},
		"approximation":   rough{method{factors: []prioritize.Factor[item]{value(), size()}}},
	}
	for law, m := range broken {
		t.Run(law, func(t *testing.T) {
			var r recorder
			prioritizetest.TestMethod(&r, m, randomItem)
			require.NotEmpty(t, r.reports)
			want := law
			for _, suffix := range []string{" an impossible score", " by terms", " by tie keys", " without a name", " leave out a factor"} {
				want = strings.TrimSuffix(want, suffix)
			}
			require.Contains(t, strings.Join(r.reports, "\n"), "prioritizetest: "+want+": ")
		})
	}
}

// scaling claims that values may be in any unit, but adds something in its own.
type scaling struct{ method }

func (scaling) Score(inputs []item) ([]prioritize.Score, error) {
	return prioritize.Each(inputs, func(in item) (prioritize.Score, error) {
		return prioritize.Value(in.Value).Add(prioritize.Value(in.Size)), nil
	})
}

func (scaling) Factors() []prioritize.Factor[item] { return []prioritize.Factor[item]{value()} }

// shape claims that a square is linear fractional.
type shape struct{ method }

func (m shape) Score(inputs []item) ([]prioritize.Score, error) {
	return prioritize.Each(inputs, m.ScoreItem)
}

func (shape) ScoreItem(in item) (prioritize.Score, error) {
	v := prioritize.Value(in.Value)
	return v.Mul(v), nil
}

func (shape) Factors() []prioritize.Factor[item] { return []prioritize.Factor[item]{value()} }

// What is not broken is not reported.
func TestSoundMethod(t *testing.T) {
	sound := alone{
		method: method{
			factors: []prioritize.Factor[item]{value(), size()},
			ties:    []func(item) prioritize.Score{func(in item) prioritize.Score { return prioritize.Value(in.Value) }},
			terms: func(in item) []prioritize.Term {
				return []prioritize.Term{
					{Name: "value", Effect: prioritize.Adds, Value: prioritize.Value(in.Value), Contribution: ratio(in)},
					{Name: "size", Effect: prioritize.Divides, Value: prioritize.Value(in.Size)},
				}
			},
		},
		one: func(in item) (prioritize.Score, error) { return ratio(in), nil },
	}
	prioritizetest.TestMethod(t, sound, randomItem)
}

func TestBadGenerator(t *testing.T) {
	var r recorder
	calls := int64(0)
	prioritizetest.TestMethod(&r, method{}, func(*rand.Rand) item {
		calls++
		return item{Value: decimal.NewFromInt(calls), Size: decimal.NewFromInt(1)}
	})
	require.Len(t, r.reports, 1)
	require.Contains(t, r.reports[0], "generate gives other inputs")
	r = recorder{}
	prioritizetest.TestMethod[item](&r, nil, randomItem)
	prioritizetest.TestMethod(&r, method{}, nil)
	require.Len(t, r.reports, 2)
}

// What is reported says what is wrong: each broken method by the text of its first report, and nothing else is
// reported of it.
func TestReports(t *testing.T) {
	one := prioritize.Integer(1)
	set := func(score func(n int) (int, error)) method { // scores and error by how many inputs there are
		return method{score: func(inputs []item) ([]prioritize.Score, error) {
			n, err := score(len(inputs))
			if err != nil {
				return nil, err
			}
			scores := make([]prioritize.Score, n)
			for i := range scores {
				scores[i] = one
			}
			return scores, nil
		}}
	}
	adds := func(n int64, class int32) prioritize.Term {
		v := prioritize.Integer(n).InClass(class)
		return prioritize.Term{Name: "a", Effect: prioritize.Adds, Value: v, Contribution: v}
	}
	term := func(effect prioritize.TermEffect, n int64) prioritize.Term {
		return prioritize.Term{Name: "a", Effect: effect, Value: prioritize.Integer(n)}
	}
	constant := func(score int64, terms ...prioritize.Term) method {
		m := each(func(int, item) prioritize.Score { return prioritize.Integer(score) })
		m.terms = func(item) []prioritize.Term { return terms }
		return m
	}
	shared := map[string]decimal.Decimal{}
	tests := map[string]struct {
		method prioritize.Method[item]
		want   []string // the beginnings of the reports, in order
	}{
		"one score less for more inputs": {set(func(n int) (int, error) { return min(n, 40), nil }), []string{
			"equal inputs tie: 40 scores for 41 inputs",
		}},
		"read though left out": {factor(func(f *prioritize.Factor[item]) {
			f.Without = func(in item) item { return in }
		}), []string{"value left out: it is still read"}},
		"put into the input": {factor(func(f *prioritize.Factor[item]) {
			f.Get = func(in item) (decimal.Decimal, bool) {
				if v, ok := shared[in.Size.String()]; ok {
					return v, true
				}
				return in.Value, true
			}
			f.With = func(in item, v decimal.Decimal) item {
				shared[in.Size.String()] = v
				return in
			}
			f.Direction, f.Scales, f.LinearFractional = 0, false, false
		}), []string{"value access: putting a number into a copy of input 0 changes the input"}},
		"not read after it was put in": {factor(func(f *prioritize.Factor[item]) {
			f.Get = func(in item) (decimal.Decimal, bool) { return in.Value, in.Tags != nil }
			f.With = func(in item, v decimal.Decimal) item {
				in.Value, in.Tags = v, nil
				return in
			}
		}), []string{"value access: "}},
		"terms without a name": {constant(1, prioritize.Term{Effect: prioritize.Adds, Value: one, Contribution: one}), []string{
			"terms: a term of input 0 has no name",
		}},
		"terms that add up to something else": {constant(1, adds(2, 0)), []string{"terms: the contributions to 1 add up to 2"}},
		"a factor too many":                   {constant(3, adds(3, 0), term(prioritize.Multiplies, 2)), []string{"terms: input 0 scores 3, and its terms make 6"}},
		"a divisor too many":                  {constant(1, term(prioritize.Divides, 2)), []string{"terms: input 0 scores 1, and its terms make 0.5"}},
		"sound: a sum":                        {constant(3, adds(1, 0), adds(2, 0)), nil},
		"sound: a product":                    {constant(6, term(prioritize.Multiplies, 2), term(prioritize.Multiplies, 3)), nil},
		"sound: a sum times a factor":         {constant(0, adds(0, 0), term(prioritize.Multiplies, 2)), nil},
		"sound: a quotient of nothing":        {constant(1, term(prioritize.Divides, 1)), nil},
		"sound: only an order":                {constant(1, term(prioritize.Orders, 7)), nil},
		"sound: an order and a factor":        {constant(2, term(prioritize.Orders, 7), term(prioritize.Multiplies, 2)), nil},
		"sound: an order and a divisor":       {constant(1, term(prioritize.Orders, 7), term(prioritize.Divides, 1)), nil},
		"an order and a divisor too many": {
			constant(1, term(prioritize.Orders, 7), term(prioritize.Divides, 2)), []string{"terms: input 0 scores 1, and its terms make 0.5"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var r recorder
			prioritizetest.TestMethod(&r, test.method, randomItem)
			require.Len(t, r.reports, len(test.want), "%q", r.reports)
			for i, want := range test.want {
				require.True(t, strings.HasPrefix(r.reports[i], "prioritizetest: "+want), "%q", r.reports)
			}
		})
	}
}

// Inputs that have no number or no score are passed over, and those after them are looked at.
func TestPassedOver(t *testing.T) {
	none := prioritize.Unscored("too small")
	is := func(in item, n int64) bool { return in.Value.Equal(decimal.NewFromInt(n)) }
	skips := func(f func(in item) prioritize.Score) method {
		return each(func(_ int, in item) prioritize.Score {
			if is(in, 1) || is(in, 2) || is(in, 3) {
				return none
			}
			return f(in)
		})
	}
	sound := skips(ratio)
	v := value()
	v.LinearFractional = false // below 4 there is no score
	s := size()
	sound.factors = []prioritize.Factor[item]{v, s}
	sound.terms = func(in item) []prioritize.Term {
		return []prioritize.Term{
			{Name: "value", Effect: prioritize.Multiplies, Value: prioritize.Value(in.Value)},
			{Name: "size", Effect: prioritize.Divides, Value: prioritize.Value(in.Size)},
		}
	}
	sound.factors[0].Scales, sound.factors[0].Direction = false, 0
	var r recorder
	prioritizetest.TestMethod(&r, sound, randomItem)
	require.Empty(t, r.reports)

	for law, change := range map[string]func(m *method){
		"terms": func(m *method) { m.terms = func(item) []prioritize.Term { return make([]prioritize.Term, 1) } },
		"size access": func(m *method) {
			m.factors[1].Get = func(in item) (decimal.Decimal, bool) { return in.Size, !is(in, 1) }
			m.factors[1].With = func(in item, _ decimal.Decimal) item { return in }
		},
		"size direction": func(m *method) { m.factors[1].Direction = 1 },
	} {
		broken := sound
		broken.factors = []prioritize.Factor[item]{v, size()}
		broken.factors[0].Direction, broken.factors[0].Scales = 0, false
		change(&broken)
		var r recorder
		prioritizetest.TestMethod(&r, broken, randomItem)
		require.Contains(t, strings.Join(r.reports, "\n"), "prioritizetest: "+law+": ")
	}
}

// The sets are of several sizes, from one item on, each of them several times.
func TestSizes(t *testing.T) {
	sizes := map[int]int{}
	counting := method{score: func(inputs []item) ([]prioritize.Score, error) {
		sizes[len(inputs)]++
		return nil, errors.New("only counted")
	}}
	var r recorder
	prioritizetest.TestMethod(&r, counting, randomItem)
	require.Equal(t, map[int]int{1: 10, 2: 10, 3: 10, 5: 10, 9: 10, 40: 10}, sizes)
}

// Each scoring of a set may fail, and is reported by the law that it is for.
func TestEachScoring(t *testing.T) {
	for i, law := range []string{"accepts", "determinism", "permutation", "equal inputs tie", "ranks"} {
		for _, isRefused := range []bool{true, false} {
			calls := -1
			broken := method{score: func(inputs []item) ([]prioritize.Score, error) {
				scores, err := prioritize.Each(inputs, func(in item) (prioritize.Score, error) { return ratio(in), nil })
				if len(inputs) < 40 {
					return scores, err
				}
				switch calls++; {
				case calls != i:
					return scores, err
				case isRefused:
					return nil, errors.New("not today")
				default:
					return scores[1:], nil
				}
			}}
			var r recorder
			prioritizetest.TestMethod(&r, broken, randomItem)
			require.Len(t, r.reports, 1, "%q", r.reports)
			want := law
			if law == "accepts" && !isRefused {
				want = "one score each"
			}
			require.True(t, strings.HasPrefix(r.reports[0], "prioritizetest: "+want+": "), "%q", r.reports)
			if isRefused {
				require.Contains(t, r.reports[0], "not today")
			} else if law != "ranks" {
				require.Regexp(t, ` scores for 4[01] inputs$`, r.reports[0])
			}
		}
	}
}

// Where the first sets are refused, the later ones are looked at.
func TestRefusedSetsArePassedOver(t *testing.T) {
	for _, isRefused := range []bool{true, false} {
		broken := method{score: func(inputs []item) ([]prioritize.Score, error) {
			switch {
			case len(inputs) > 3:
				return each(func(i int, _ item) prioritize.Score { return prioritize.Integer(int64(i)) }).Score(inputs)
			case isRefused:
				return nil, errors.New("too few")
			default:
				return nil, nil
			}
		}}
		var r recorder
		prioritizetest.TestMethod(&r, broken, randomItem)
		require.Contains(t, strings.Join(r.reports, "\n"), "prioritizetest: permutation: ")
	}
}

// Other units are from a tenth to four times those of the input.
func TestUnits(t *testing.T) {
	f := value()
	f.Direction, f.LinearFractional = 0, false
	put := f.With
	count := 0
	f.With = func(in item, v decimal.Decimal) item {
		if !v.Equal(in.Value) && !v.Equal(in.Value.Add(decimal.NewFromInt(1))) {
			count++
			unit := v.Div(in.Value)
			require.True(t, unit.GreaterThanOrEqual(decimal.New(1, -1)) && unit.LessThanOrEqual(decimal.NewFromInt(4)), unit)
		}
		return put(in, v)
	}
	var r recorder
	prioritizetest.TestMethod(&r, method{factors: []prioritize.Factor[item]{f}}, randomItem)
	require.Empty(t, r.reports)
	require.Positive(t, count)
}

// Of a number with a limit no more is asked than the limit, and of a shape no more than there are scores.
func TestLimitsOfFactors(t *testing.T) {
	most := value()
	most.Most = decimal.NewNullDecimal(decimal.NewFromInt(9))
	refuses := func(m method) alone {
		one := func(in item) (prioritize.Score, error) {
			if in.Value.GreaterThan(decimal.NewFromInt(9)) {
				return prioritize.Score{}, errors.New("above 9")
			}
			return ratio(in), nil
		}
		m.score = func(inputs []item) ([]prioritize.Score, error) { return prioritize.Each(inputs, one) }
		return alone{m, one}
	}
	most.Scales = false
	var r recorder
	prioritizetest.TestMethod(&r, refuses(method{factors: []prioritize.Factor[item]{most}}), randomItem)
	require.Empty(t, r.reports)
	most.Most, most.Direction = decimal.NullDecimal{}, 0
	prioritizetest.TestMethod(&r, refuses(method{factors: []prioritize.Factor[item]{most}}), randomItem)
	require.Equal(t, []string{"prioritizetest: value shape: 10 is refused: above 9"}, r.reports)

	constant := func(in item) (prioritize.Score, error) { return prioritize.Integer(1), nil }
	flat := alone{each(func(int, item) prioritize.Score { return prioritize.Integer(1) }), constant}
	flat.factors = []prioritize.Factor[item]{value()}
	r = recorder{}
	prioritizetest.TestMethod(&r, flat, randomItem)
	require.Empty(t, r.reports, "all scores are equal")
	for name, from := range map[string]int64{"the higher two": 2, "the middle two": 4} {
		step := func(in item) (prioritize.Score, error) {
			if in.Value.LessThan(decimal.NewFromInt(from)) {
				return prioritize.Value(in.Value), nil
			}
			return prioritize.Integer(from), nil
		}
		m := alone{each(func(_ int, in item) prioritize.Score { s, _ := step(in); return s }), step}
		f := value()
		f.Scales = false
		m.factors = []prioritize.Factor[item]{f}
		var r recorder
		prioritizetest.TestMethod(&r, m, randomItem)
		require.Len(t, r.reports, 1, name)
		require.Contains(t, r.reports[0], "prioritizetest: value shape: the scores of ")
	}
}

// Four values and their scores show a shape unless all four scores are equal.
func TestFourScores(t *testing.T) {
	nine := func(*rand.Rand) item { return item{Value: decimal.NewFromInt(9), Size: decimal.NewFromInt(1)} }
	for pattern := range 16 { // the scores of 10, 5, 2.5 and 1.25
		one := func(in item) (prioritize.Score, error) {
			for i, v := range []string{"10", "5", "2.5", "1.25"} {
				if in.Value.Equal(decimal.RequireFromString(v)) {
					return prioritize.Integer(int64(1 + pattern>>i&1)), nil
				}
			}
			return prioritize.Integer(7), nil
		}
		m := alone{each(func(_ int, in item) prioritize.Score { s, _ := one(in); return s }), one}
		f := value()
		f.Direction, f.Scales = 0, false
		m.factors = []prioritize.Factor[item]{f}
		var r recorder
		prioritizetest.TestMethod(&r, m, nine)
		if pattern == 0 || pattern == 15 {
			require.Empty(t, r.reports, pattern)
			continue
		}
		require.Len(t, r.reports, 1, pattern)
		require.Contains(t, r.reports[0], "prioritizetest: value shape: the scores of ")
	}
}

// A number that an input does not have is not put into it; the inputs after it are looked at.
func TestNumbersThatAreNotThere(t *testing.T) {
	isOther := func(in item) bool { return in.Size.Equal(decimal.NewFromInt(1)) }
	one := func(in item) (prioritize.Score, error) {
		if v := prioritize.Value(in.Value); isOther(in) {
			return v.Mul(v), nil
		}
		return ratio(in), nil
	}
	f := value()
	f.Scales = false
	f.Get = func(in item) (decimal.Decimal, bool) { return in.Value, !isOther(in) }
	m := alone{each(func(_ int, in item) prioritize.Score { s, _ := one(in); return s }), one}
	m.factors = []prioritize.Factor[item]{f}
	var r recorder
	prioritizetest.TestMethod(&r, m, randomItem)
	require.Empty(t, r.reports)

	isAfter := false
	m.score = func(inputs []item) ([]prioritize.Score, error) {
		isAfter = false
		return prioritize.Each(inputs, one)
	}
	m.factors[0].Get = func(in item) (decimal.Decimal, bool) {
		isAfter = isAfter || isOther(in)
		return in.Value, !isOther(in)
	}
	m.factors[0].With = func(in item, v decimal.Decimal) item {
		if !isAfter {
			in.Value = v
		}
		return in
	}
	prioritizetest.TestMethod(&r, m, randomItem)
	require.NotEmpty(t, r.reports)
	require.True(t, strings.HasPrefix(r.reports[0], "prioritizetest: value access: "), "%q", r.reports)
	require.NotContains(t, strings.Join(r.reports[1:], "\n"), "access")
}

// The number that an input has may be put into it again.
func TestSameNumberPutIn(t *testing.T) {
	var r recorder
	prioritizetest.TestMethod(&r, factor(func(f *prioritize.Factor[item]) {
		f.Direction, f.Scales, f.LinearFractional = 0, false, false
		f.With = func(in item, v decimal.Decimal) item {
			if in.Value.Equal(v) {
				v = decimal.Zero
			}
			in.Value = v
			return in
		}
	}), randomItem)
	require.Len(t, r.reports, 1)
	require.Regexp(t, `^prioritizetest: value access: [1-9] is put in and 0 is read \(true\)$`, r.reports[0])
}

// What stands before an item does not hide what stands after it: here the last item passes others that are raised, and
// the first has no score.
func TestLaterItems(t *testing.T) {
	last := func(first int) method {
		m := method{score: func(inputs []item) ([]prioritize.Score, error) {
			scores := make([]prioritize.Score, len(inputs))
			sum := prioritize.Integer(int64(10 - 10*len(inputs)))
			for i, in := range inputs {
				if scores[i] = prioritize.Value(in.Value); i == len(inputs)-1 {
					scores[i] = sum.Add(scores[i])
				}
				sum = sum.Add(prioritize.Value(in.Value)).Add(prioritize.Value(in.Value))
				if i < first {
					scores[i] = prioritize.Unscored("too early")
				}
			}
			return scores, nil
		}}
		f := value()
		f.Scales, f.LinearFractional = false, false
		m.factors = []prioritize.Factor[item]{f}
		m.terms = func(item) []prioritize.Term { return make([]prioritize.Term, 1) }
		return m
	}
	for first := range 2 {
		var r recorder
		prioritizetest.TestMethod(&r, last(first), randomItem)
		all := strings.Join(r.reports, "\n")
		require.Contains(t, all, "prioritizetest: value direction: from ")
		require.Contains(t, all, "prioritizetest: terms: a term of input "+fmt.Sprint(first)+" has no name")
	}
}

// An item without a score is not compared with others, nor a shape looked for that begins without one.
func TestUnscoredIsNotCompared(t *testing.T) {
	m := method{score: func(inputs []item) ([]prioritize.Score, error) { // the last has a score once others have enough
		scores, sum := make([]prioritize.Score, len(inputs)), decimal.Zero
		for i, in := range inputs {
			scores[i], sum = prioritize.Value(in.Value), sum.Add(in.Value)
		}
		if i := len(inputs) - 1; sum.GreaterThan(decimal.NewFromInt(int64(5 * len(inputs)))) {
			scores[i] = prioritize.Integer(1_000)
		} else {
			scores[i] = prioritize.Unscored("too early")
		}
		return scores, nil
	}}
	f := value()
	f.Scales = false
	m.factors = []prioritize.Factor[item]{f}
	var r recorder
	prioritizetest.TestMethod(&r, m, randomItem)
	require.NotContains(t, strings.Join(r.reports, "\n"), "direction")

	one := func(in item) (prioritize.Score, error) {
		if in.Value.GreaterThan(decimal.NewFromInt(9)) {
			return prioritize.Unscored("too much"), nil
		}
		return prioritize.Value(in.Value.Mul(in.Value)), nil
	}
	nine := func(*rand.Rand) item { return item{Value: decimal.NewFromInt(9), Size: decimal.NewFromInt(1)} }
	f.Direction = 0
	square := alone{each(func(_ int, in item) prioritize.Score { s, _ := one(in); return s }), one}
	square.factors = []prioritize.Factor[item]{f}
	r = recorder{}
	prioritizetest.TestMethod(&r, square, nine)
	require.Empty(t, r.reports)
}

// helped counts how often it was told of a helper.
type helped struct {
	recorder
	count int
}

func (h *helped) Helper() { h.count++ }

// A report is of the line that calls.
func TestHelper(t *testing.T) {
	var sound, broken helped
	prioritizetest.TestMethod(&sound, method{}, randomItem)
	require.Equal(t, 1, sound.count)
	prioritizetest.TestMethod(&broken, set(), randomItem)
	require.Greater(t, broken.count, 1)
}

// set refuses everything.
func set() method {
	return method{score: func([]item) ([]prioritize.Score, error) { return nil, errors.New("no") }}
}

// A law is reported once, with its first example.
func TestOneReportALaw(t *testing.T) {
	var r recorder
	byPlace := each(func(i int, _ item) prioritize.Score { return prioritize.Integer(int64(i)) })
	prioritizetest.TestMethod(&r, byPlace, randomItem)
	require.Len(t, r.reports, 2, "%q", r.reports)
}

func ExampleTestMethod() {
	var t recorder // in a test, the *testing.T
	forgetful := prioritize.Formula[item](func(in item) (prioritize.Score, error) {
		if in.Value.Equal(in.Size) {
			return prioritize.Score{}, nil
		}
		return ratio(in), nil
	})
	prioritizetest.TestMethod(&t, forgetful, randomItem)
	fmt.Println(t.reports[0])
	// Output: prioritizetest: unscored with a reason: input 1 gets no score and no reason
}
