package prioritize_test

import (
	"encoding"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// parse reads the text form of an enumeration.
func parse[E any, P interface {
	*E
	encoding.TextUnmarshaler
}](text string) (value E, err error) {
	err = P(&value).UnmarshalText([]byte(text))
	return value, err
}

// requireWords checks the text forms of an enumeration, whose values are 1 and up, and that nothing else
// has one.
func requireWords[E interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
}](t *testing.T, parse func(*E, []byte) error, texts ...string) {
	t.Helper()
	for i, want := range texts {
		value := E(i + 1)
		require.Equal(t, want, value.String())
		text, err := value.MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		for _, spelling := range []string{want, strings.ToUpper(want), " " + strings.ReplaceAll(want, "-", "_")} {
			var read E
			require.NoError(t, parse(&read, []byte(spelling)))
			require.Equal(t, value, read)
		}
	}
	for _, value := range []E{0, E(len(texts) + 1), 255} {
		_, err := value.MarshalText()
		require.ErrorIs(t, err, prioritize.ErrInvalid)
		require.Contains(t, value.String(), fmt.Sprintf("(%d)", uint8(value)))
	}
	for _, text := range []string{"", "NaN", "1"} {
		value := E(1)
		require.ErrorIs(t, parse(&value, []byte(text)), prioritize.ErrInvalid)
		require.Equal(t, E(1), value, "a failed decode changes nothing")
	}
}

func TestWords(t *testing.T) {
	requireWords(t, (*prioritize.OpportunityBand).UnmarshalText, "extreme", "solid", "worthy", "unattractive")
	requireWords(t, (*prioritize.Quadrant).UnmarshalText, "quick win", "big bet", "fill-in", "money pit")
	requireWords(t, (*prioritize.EisenhowerAction).UnmarshalText, "do", "schedule", "delegate", "eliminate")
	requireWords(t, (*prioritize.MoSCoWCategory).UnmarshalText, "must", "should", "could", "wont")
	requireWords(t, (*prioritize.Normalization).UnmarshalText, "min-max", "share of max", "share of sum", "by rank")
	requireWords(t, (*prioritize.TermEffect).UnmarshalText, "adds", "multiplies", "divides", "orders")
	requireWords(t, (*prioritize.KanoAnswer).UnmarshalText, "like", "must-be", "neutral", "live-with", "dislike")
	requireWords(t, (*prioritize.KanoClass).UnmarshalText,
		"must-be", "one-dimensional", "attractive", "indifferent", "reverse", "questionable")
}
