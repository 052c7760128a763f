package pairwise_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/pairwise"
)

func TestParseRatio(t *testing.T) {
	for text, want := range map[string]string{
		"3": "3", "1/3": "1/3", "2 / 6": "1/3", "0.25": "0.25", "1e2": "100", "1.5/0.5": "3", "2/1e-3": "2000",
		"1e-901/0." + strings.Repeat("0", 900) + "5": "0.2",
	} {
		r, err := pairwise.ParseRatio(text)
		require.NoError(t, err, text)
		require.Equal(t, want, r.Score().String(), text)
		require.True(t, r.Score().Mul(r.Inverse().Score()).Equal(prioritize.Integer(1)))
		requireRoundTrip(t, r)
	}
	for _, text := range []string{
		"", "0", "-1", "1/0", "0/1", "-1/-1", "NaN", "Inf", "one", "1/2/3", "/", "1e2000", strings.Repeat("9", 200), strings.Repeat("1", 1000),
	} {
		r, err := pairwise.ParseRatio(text)
		require.ErrorIs(t, err, prioritize.ErrInvalid, text)
		require.True(t, r.IsZero())
		require.Less(t, len(err.Error()), 400)
	}
	_, err := pairwise.ParseRatio("NaN")
	requireProblems(t, err, `prioritize: ratio is "NaN", want a ratio > 0 such as "3", "1/3" or "0.25"`)
	_, err = pairwise.NewRatio(dec("0"), dec("-1"))
	requireProblems(t, err, `prioritize: numerator is "0", want > 0`, `prioritize: denominator is "-1", want > 0`)
	require.Panics(t, func() { pairwise.MustRatio("none") })
}

func TestRatioZero(t *testing.T) {
	var r pairwise.Ratio
	require.True(t, r.IsZero())
	require.True(t, r.Inverse().IsZero())
	require.Empty(t, r.String())
	require.Equal(t, "not compared", r.Score().Reason())
	requireRoundTrip(t, r)
	r = pairwise.MustRatio("2")
	require.Error(t, r.UnmarshalText([]byte("x")))
	require.Equal(t, "2", r.String(), "a failed decode changes nothing")
}

func FuzzParseRatio(f *testing.F) {
	for _, seed := range []string{"3", "1/3", "0.25", "1e999/1e-999", "NaN", "1/", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := pairwise.ParseRatio(s)
		if err != nil {
			require.ErrorIs(t, err, prioritize.ErrInvalid)
			return
		}
		require.Positive(t, r.Score().Sign())
		again, err := pairwise.ParseRatio(r.String())
		require.NoError(t, err, "%q from %q", r.String(), s)
		require.True(t, r.Score().Equal(again.Score()))
	})
}

func ExampleParseRatio() {
	r, err := pairwise.ParseRatio("1/3")
	fmt.Println(r, r.Inverse().Score(), err)
	// Output: 1/3 3 <nil>
}
