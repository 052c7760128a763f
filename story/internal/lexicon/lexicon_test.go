package lexicon_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// What stands in a list of phrases is understood by the readers of the sentence as well.
func TestListsAreUnderstood(t *testing.T) {
	for _, word := range lexicon.Articles() {
		require.Equal(t, lexicon.Article, lexicon.TermOf(word), word)
	}
	for _, word := range lexicon.Conjunctions() {
		require.Equal(t, lexicon.List, lexicon.TermOf(word), word)
	}
	for _, phrase := range lexicon.Reasons() {
		s := lexicon.Scanner{Text: phrase + " page can open"}
		w, _ := s.Next()
		require.NotZero(t, lexicon.ReasonMarker(s, lexicon.Word{}, w).Grade, phrase)
	}
	for _, phrase := range lexicon.Wants() {
		r := narrative.Read("As a user, " + phrase + " pay")
		require.Equal(t, phrase, strings.ToLower(r.Goal.Marker))
	}
}

func TestScanner(t *testing.T) {
	for text, want := range map[string][]string{
		"":                              nil,
		" , ":                           nil,
		"As a user,I want":              {"As", "a", "user", "I", "want"},
		"\"edit & delete\" R&D":         {"edit", "&", "delete", "R&D"},
		"user-friendly, and/or (v1.1)!": {"user-friendly", "and/or", "v1.1"},
		"a — b":                         {"a", "b"},
		"1,000 of a,b":                  {"1,000", "of", "a", "b"},
		"I’m 顧客":                        {"I’m", "顧客"},
	} {
		var got []string
		s := lexicon.Scanner{Text: text}
		for w, ok := s.Next(); ok; w, ok = s.Next() {
			require.LessOrEqual(t, w.Start, w.From)
			require.LessOrEqual(t, w.To, w.End)
			got = append(got, text[w.From:w.To])
		}
		require.Equal(t, want, got, text)
	}
	require.Equal(t, "i'm", lexicon.Fold("I’m"))
}
