package pairwise_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

type candidates[A any] = []prioritize.Candidate[string, A]

// published is one case of a source: items, their scores rounded to scale digits, and their order.
type published[A any] struct {
	source string
	method prioritize.Method[A]
	items  candidates[A]
	scale  int32
	scores map[string]string
	order  []string // not checked when nil
}

func (c published[A]) run(t *testing.T) {
	t.Helper()
	r, err := prioritize.Rank(c.method, c.items)
	require.NoError(t, err)
	for name, want := range c.scores {
		row, ok := r.Lookup(name)
		require.True(t, ok, name)
		require.Equal(t, want, row.Score.At(c.scale).StringFixed(c.scale), "%s of %s", name, c.source)
	}
	if c.order != nil {
		require.Equal(t, c.order, r.Keys(), c.source)
	}
}

func runPublished[A any](t *testing.T, cases map[string]published[A]) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, c.run)
	}
}

// requireProblems checks that err is made up of exactly these messages, one a line.
func requireProblems(t *testing.T, err error, want ...string) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, want, strings.Split(err.Error(), "\n"))
}

// requireRoundTrip checks that an input comes back from JSON as it was.
func requireRoundTrip[A any](t *testing.T, in A) {
	t.Helper()
	data, err := json.Marshal(in)
	require.NoError(t, err)
	var back A
	require.NoError(t, json.Unmarshal(data, &back))
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.Equal(t, string(data), string(again))
	require.NotContains(t, string(data), "null")
}

// small is a random decimal from 0 to 20 with up to two digits after the point.
func small(rng *rand.Rand) decimal.Decimal {
	scale := rng.Int32N(3)
	return decimal.New(rng.Int64N(2000), -scale).DivRound(decimal.NewFromInt(100), 2)
}

// smallPositive is the same, but for 0.
func smallPositive(rng *rand.Rand) decimal.Decimal { return small(rng).Add(decimal.New(1, -2)) }
