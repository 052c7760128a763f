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
	english := lexicon.English()
	for _, phrase := range lexicon.Phrases(english.Rules.Reasons) {
		s := lexicon.Scanner{Text: phrase + " page can open", Lang: english}
		w, _ := s.Next()
		require.NotZero(t, lexicon.ReasonMarker(s, lexicon.Word{}, w).Grade, phrase)
	}
	for _, phrase := range lexicon.Phrases(english.Rules.Wants) {
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

// What opens a clause is found by the quick test too.
func TestClauseMarkersAreFound(t *testing.T) {
	for _, opener := range []string{
		"when", "whenever", "if", "unless", "while", "whilst", "although", "though", "wherever", "whereas", "after", "before",
		"until", "till", "once", "where", "as soon as", "as long as", "as", "every time", "each time", "any time", "anytime",
		"everytime", "in case", "the moment", "the instant", "the first time", "having", "not having", "being", "provided that",
		"assuming that", "supposing that", "now that", "even if", "only when", "right after", "two days before", "10 minutes after",
	} {
		for _, opener := range []string{opener, strings.ToUpper(opener)} {
			text := opener + " I pay"
			s := lexicon.Scanner{Text: text, Lang: lexicon.English()}
			w, _ := s.Next()
			c := lexicon.ClauseMarker(s, w)
			require.NotZero(t, c.Kind, opener)
			require.Equal(t, opener, text[c.From:c.To])
			found := false
			for _, word := range strings.Fields(opener) {
				found = found || lexicon.English().Is(word, lexicon.Opens)
			}
			require.True(t, found, opener)
		}
	}
	require.False(t, lexicon.English().Is("", lexicon.Opens))
}
