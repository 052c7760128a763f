package prioritize_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// randomDecimalNear draws decimals of every size the package ranks, among them pairs that differ only far
// behind the point, zeros, and coefficients on both sides of 64 bits.
func randomDecimalNear(rng *rand.Rand) decimal.Decimal {
	switch rng.IntN(9) {
	case 8: // all bits set
		n := new(big.Int).Lsh(big.NewInt(1), 60+uint(rng.IntN(200)))
		n.Sub(n, big.NewInt(1))
		return decimal.NewFromBigInt(n.Mul(n, big.NewInt(1-2*rng.Int64N(2))), 0)
	case 0:
		return decimal.New(rng.Int64N(21)-10, 0)
	case 1:
		return decimal.New(rng.Int64N(2001)-1000, rng.Int32N(7)-3)
	case 2:
		return decimal.New(math.MaxInt64-rng.Int64N(3), -rng.Int32N(40))
	case 3:
		return decimal.New(1_000_000_000_000_000_000+rng.Int64N(3)-1, rng.Int32N(3)-20)
	case 4:
		n, _ := new(big.Int).SetString(strings.Repeat("9", 1+rng.IntN(99)), 10)
		return decimal.NewFromBigInt(n.Sub(n, big.NewInt(rng.Int64N(2))), rng.Int32N(2001)-1000)
	case 5:
		return decimal.New(-1-rng.Int64N(9), rng.Int32N(2001)-1000)
	}
	return decimal.New(1+rng.Int64N(5), -rng.Int32N(2))
}

// A quotient is that of the values, of whatever size they are.
func TestQuotientOfAnySize(t *testing.T) {
	for _, num := range []string{"0", "7", "-7", "1e30", "-1e-30", "123456789012345678901234567890", "1e1000"} {
		for _, den := range []string{"3", "0.7", "1e30", "1e-30", "98765432109876543210987654321"} {
			got, err := prioritize.Quotient(dec(num), dec(den))
			require.NoError(t, err)
			require.True(t, got.IsScored())
			require.Equal(t, 0, got.Rat().Cmp(new(big.Rat).Quo(dec(num).Rat(), dec(den).Rat())), "%s / %s", num, den)
		}
	}
}

func TestScoreArithmeticAgreesWithRationals(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		a, b := randomDecimalNear(rng), randomDecimalNear(rng)
		s, u := prioritize.Value(a), prioritize.Value(b)
		ra, rb := a.Rat(), b.Rat()
		require.Zero(t, s.Rat().Cmp(ra), "%s", a)
		require.Equal(t, ra.Cmp(rb), s.Compare(u), "%s %s", a, b)
		require.Equal(t, -ra.Cmp(rb), u.Compare(s))
		require.Equal(t, ra.Sign(), s.Sign())
		require.Zero(t, s.Add(u).Rat().Cmp(new(big.Rat).Add(ra, rb)), "%s + %s", a, b)
		require.Zero(t, s.Sub(u).Rat().Cmp(new(big.Rat).Sub(ra, rb)), "%s - %s", a, b)
		require.Zero(t, s.Mul(u).Rat().Cmp(new(big.Rat).Mul(ra, rb)), "%s × %s", a, b)
		if rb.Sign() != 0 {
			quotient := new(big.Rat).Quo(ra, rb)
			require.Zero(t, s.Div(u).Rat().Cmp(quotient), "%s / %s", a, b)
			require.Equal(t, quotient.Cmp(ra), s.Div(u).Compare(s))
		}
	}
}

func TestScoreAt(t *testing.T) {
	tests := map[string]struct {
		score prioritize.Score
		scale int32
		want  string
	}{
		"exact":                     {prioritize.Value(dec("5.2")), 2, "5.2"},
		"down":                      {prioritize.Integer(16).Div(prioritize.Integer(13)), 4, "1.2308"},
		"half goes up":              {prioritize.Value(dec("2.345")), 2, "2.35"},
		"below half":                {prioritize.Value(dec("2.34499")), 2, "2.34"},
		"once, not digit by digit":  {prioritize.Value(dec("2.4449")), 1, "2.4"},
		"half away from zero":       {prioritize.Value(dec("-2.5")), 0, "-3"},
		"tens":                      {prioritize.Integer(15), -1, "20"},
		"beyond 64 bits":            {prioritize.Value(dec("123456789012345678901234567890.5")), 0, "123456789012345678901234567891"},
		"unscored":                  {prioritize.Unscored("no idea"), 2, "0"},
		"scale out of bounds":       {prioritize.Integer(1), math.MaxInt32, "1"},
		"scale out of bounds below": {prioritize.Integer(1), math.MinInt32, "0"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.True(t, dec(tt.want).Equal(tt.score.At(tt.scale)), tt.score.At(tt.scale).StringFixed(6))
		})
	}
}

func TestScoreString(t *testing.T) {
	for want, s := range map[string]prioritize.Score{
		"5.2":                                    prioritize.Integer(26).Div(prioritize.Integer(5)),
		"16/13":                                  prioritize.Integer(16).Div(prioritize.Integer(13)),
		"-0.125":                                 prioritize.Integer(-1).Div(prioritize.Integer(8)),
		"1000000000000000000000000":              prioritize.Value(decimal.New(1, 24)),
		"unscored: confidence missing":           prioritize.Unscored("confidence missing"),
		"unscored: not scored":                   {},
		"0":                                      prioritize.Integer(0),
		"1/" + "3" + zeros(25):                   prioritize.Value(decimal.New(1, -25)).Div(prioritize.Integer(3)),
		"0." + zeros(29) + "1":                   prioritize.Value(decimal.New(1, -30)),
		"-9223372036854775808":                   prioritize.Integer(math.MinInt64),
		"9223372036854775808":                    prioritize.Integer(math.MinInt64).Neg(),
		"85070591730234615865843651857942052864": prioritize.Integer(math.MinInt64).Mul(prioritize.Integer(math.MinInt64)),
	} {
		require.Equal(t, want, s.String())
	}
}

func zeros(n int) string { return strings.Repeat("0", n) }

// A score that a method forgot must not look like the number 0.
func TestScoreZeroValue(t *testing.T) {
	var s prioritize.Score
	require.False(t, s.IsScored())
	require.Equal(t, "not scored", s.Reason())
	require.NoError(t, s.Err())
	require.Nil(t, s.Rat())
	require.Equal(t, -1, s.Compare(prioritize.Integer(-5)))
	require.True(t, s.Equal(prioritize.Unscored("whatever")))
}

func TestScoreClassComesFirst(t *testing.T) {
	must, should := prioritize.Integer(0).InClass(1), prioritize.Integer(99).InClass(2)
	require.Equal(t, 1, must.Compare(should))
	require.False(t, must.Equal(must.InClass(3)))
	require.EqualValues(t, 2, should.Class())
}

// Impossible and missing numbers pass through arithmetic, the impossible first.
func TestScoreArithmeticPassesOnWhatIsWrong(t *testing.T) {
	one, missing := prioritize.Integer(1), prioritize.Unscored("reach is missing")
	impossible := one.Div(prioritize.Integer(0))
	require.ErrorIs(t, impossible.Err(), prioritize.ErrInvalid)
	require.False(t, impossible.IsScored())
	for name, op := range map[string]func(a, b prioritize.Score) prioritize.Score{
		"add": prioritize.Score.Add, "sub": prioritize.Score.Sub, "mul": prioritize.Score.Mul, "div": prioritize.Score.Div,
	} {
		require.Equal(t, "reach is missing", op(one, missing).Reason(), name)
		require.Equal(t, "reach is missing", op(missing, one).Reason(), name)
		require.Error(t, op(missing, impossible).Err(), name)
		require.Error(t, op(impossible, missing).Err(), name)
	}
}

// What is too large is refused before anything is computed with it.
func TestScoreBounds(t *testing.T) {
	huge, tiny := decimal.New(1, math.MaxInt32), decimal.New(1, math.MinInt32)
	long := decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(100), nil), 0)
	for _, d := range []decimal.Decimal{
		huge, tiny, long, long.Neg(), huge.Neg(), decimal.New(0, math.MaxInt32), decimal.New(1, 1001), decimal.New(1, -1001),
	} {
		require.ErrorIs(t, prioritize.Value(d).Err(), prioritize.ErrInvalid)
		_, err := prioritize.Quotient(d, dec("1"))
		require.ErrorContains(t, err, "numerator")
		_, err = prioritize.Quotient(dec("1"), d)
		require.ErrorContains(t, err, "denominator")
		require.Less(t, len(err.Error()), 300)
	}
	for _, d := range []decimal.Decimal{
		decimal.New(1, 1000), decimal.New(-1, -1000), long.Sub(dec("1")), long.Sub(dec("1")).Shift(-1000),
	} {
		require.NoError(t, prioritize.Value(d).Err())
		require.Zero(t, prioritize.Value(d).Rat().Cmp(d.Rat()))
	}
	grown := prioritize.Value(decimal.New(7, 1000))
	for range 10 {
		grown = grown.Mul(grown)
	}
	require.ErrorIs(t, grown.Err(), prioritize.ErrInvalid)
}

func TestQuotientErrors(t *testing.T) {
	for _, den := range []string{"0", "-2"} {
		_, err := prioritize.Quotient(dec("1"), dec(den))
		var field *prioritize.FieldError
		require.ErrorAs(t, err, &field)
		require.Equal(t, prioritize.FieldError{Field: "denominator", Value: den, Want: "> 0"}, *field)
	}
	zero, err := prioritize.Quotient(dec("0"), dec("5"))
	require.NoError(t, err)
	require.True(t, zero.IsScored() && zero.Sign() == 0)
}

func ExampleScore() {
	a := prioritize.Integer(10).Div(prioritize.Integer(3))
	b := prioritize.Value(decimal.RequireFromString("3.3333"))
	fmt.Println(a, a.At(4), a.Compare(b), a.Equal(a.Add(b).Sub(b)))
	// Output: 10/3 3.3333 1 true
}

func ExampleQuotient() {
	score, err := prioritize.Quotient(decimal.NewFromInt(26), decimal.NewFromInt(5))
	fmt.Println(score, err)
	_, err = prioritize.Quotient(decimal.NewFromInt(26), decimal.Zero)
	fmt.Println(err)
	// Output:
	// 5.2 <nil>
	// prioritize: denominator is "0", want > 0
}
