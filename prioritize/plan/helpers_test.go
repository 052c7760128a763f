package plan_test

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func weight(text string) decimal.NullDecimal { return decimal.NewNullDecimal(dec(text)) }

// requireProblems checks that err is made up of exactly these messages, one a line.
func requireProblems(t *testing.T, err error, want ...string) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, want, strings.Split(err.Error(), "\n"))
}

// requireRat checks an exact score against a rational.
func requireRat(t *testing.T, want *big.Rat, got prioritize.Score) {
	t.Helper()
	require.True(t, got.IsScored(), "unscored: %s", got.Reason())
	require.Equal(t, want.RatString(), got.Rat().RatString())
}

func rat(d decimal.Decimal) *big.Rat { return d.Rat() }

// small is a random decimal from 0 to 20 with up to two digits after the point.
func small(rng *rand.Rand) decimal.Decimal {
	scale := rng.Int32N(3)
	return decimal.New(rng.Int64N(2000), -scale).DivRound(decimal.NewFromInt(100), 2)
}

// smallPositive is the same, but for 0.
func smallPositive(rng *rand.Rand) decimal.Decimal { return small(rng).Add(decimal.New(1, -2)) }
