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
