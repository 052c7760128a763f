package lexicon_test

import (
	"math/rand/v2"
	"slices"
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

// A word that two terms of a language list would lose one of them in silence.
func TestWordsHaveOneTerm(t *testing.T) {
	for _, l := range lexicon.All() {
		listed := make(map[string]string) // with which words
		for _, words := range l.Terms {
			for _, word := range strings.Fields(words) {
				if with, ok := listed[word]; ok {
					t.Errorf("%s: %q is listed both in %.40q and in %.40q, want one of them", l.Tag, word, with, words)
				}
				listed[word] = words
			}
		}
		for _, words := range l.Classes {
			all := strings.Fields(words)
			slices.Sort(all)
			require.Len(t, slices.Compact(slices.Clone(all)), len(all), "%s: a word is listed twice in %s", l.Tag, all)
		}
	}
}

// Each phrase of the table of a language is found where what it needs follows, whatever else its words are listed as.
func TestPhrasesAreFound(t *testing.T) {
	for _, l := range lexicon.All() {
		subject := strings.Fields(l.Terms[lexicon.Subject])[0]
		clause := subject + " xxx"
		verb := strings.TrimSpace(l.Linker + " xxx" + first(l.Infinitives))
		follows := map[lexicon.Guard]string{
			0: clause, lexicon.BeforeInfinitive: verb, lexicon.BeforePast: "xxx" + first(l.Participles), lexicon.BeforeVerb: clause,
			lexicon.InvertedInfinitive: verb,
		}
		read := func(text string) (lexicon.Scanner, lexicon.Word) {
			text = elided(text)
			s := lexicon.Scanner{Text: text, Lang: l}
			w, _ := s.Next()
			return s, w
		}
		for _, o := range l.Openers {
			for _, phrase := range lexicon.Phrases(o.Phrases) {
				behind, ok := follows[o.If]
				if !ok {
					behind = clause
				}
				text := phrase + " " + behind
				s, w := read(text)
				c := lexicon.ClauseMarker(s, w)
				require.Equal(t, o.Kind, c.Kind, "%s: %q opens no such condition", l.Tag, text)
				require.GreaterOrEqual(t, c.To, len(elided(phrase)), "%s: %q", l.Tag, text)
			}
		}
		for _, phrase := range allForms(l.Roles) {
			s, w := read(phrase + " xxx")
			m, ok := l.RoleAt(&s, w)
			require.True(t, ok && m.To == len(elided(phrase)), "%s: %q", l.Tag, phrase)
		}
		for _, r := range l.Reasons {
			for _, phrase := range allForms(r.Phrases) {
				behind := clause
				if r.Kind == lexicon.ByInfinitive {
					behind = verb
				}
				s, w := read(phrase + " " + behind)
				found := lexicon.ReasonMarker(s, lexicon.Word{}, w)
				require.True(t, found.Grade > 0 && found.To == len(elided(phrase)), "%s: %q", l.Tag, phrase+" "+behind)
			}
		}
		for _, g := range l.Goals {
			for _, phrase := range allForms(g.Phrases) {
				s, w := read(phrase + " xxx")
				m, kind := l.GoalAt(s, w, true)
				if g.Own {
					m, kind = l.OwnGoalAt(s, w)
				}
				require.True(t, kind == g.Kind && m.To == len(elided(phrase)), "%s: %q is of kind %d, want %d", l.Tag, phrase, kind, g.Kind)
			}
		}
	}
}

// elided is a text without the space behind a word that has lost its last letter.
func elided(text string) string { return strings.ReplaceAll(text, "' ", "'") }

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func allForms(phrases string) []string {
	var all []string
	for _, phrase := range lexicon.Phrases(phrases) {
		all = append(all, forms(phrase)...)
	}
	return all
}

// forms are the phrases that one with "/" stands for, without what may be left out.
func forms(phrase string) []string {
	all := []string{""}
	for _, word := range strings.Fields(phrase) {
		if word[0] == '[' {
			continue
		}
		var next []string
		for _, form := range strings.Split(word, "/") {
			for _, before := range all {
				next = append(next, strings.TrimSpace(before+" "+form))
			}
		}
		all = next
	}
	return all
}

// The short ways for words of letters find what the long ways do.
func TestShortWays(t *testing.T) {
	random := rand.New(rand.NewPCG(18, 19))
	pieces := []string{
		" ", " ", " ", "a", "I", "so", "that", "when", "user", "pay", "organisation", "administrators", "want", ",", ".", ";", "'", "’", "é", "«", "»",
		"-", "(", ")", "\"", "\n", "\t", "1", "\xff", "qu'", "&", "abcdefgh", "abcdefg", "Z", "@", "[", "`", "{", "\u00a0", "—",
	}
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		l := lexicon.All()[random.IntN(len(lexicon.All()))]
		short, long := lexicon.Scanner{Text: text, Lang: l}, lexicon.Scanner{Text: text, Lang: l}
		n, unmarked := 0, lexicon.Scanner{Text: text, Lang: l}
		last, skipped := unmarked.SkipUnmarked()
		for {
			w, ok := short.Next()
			again, more := long.NextOfAny()
			require.Equal(t, ok, more, "%q", text)
			require.Equal(t, again, w, "%q", text)
			require.Equal(t, long.Pos, short.Pos, "%q", text)
			if !ok {
				break
			}
			n++
			if skipped && w.End <= unmarked.Pos {
				require.False(t, l.Has(w, lexicon.Opens|lexicon.BeginsReason), "%q", text)
				require.True(t, w.End < unmarked.Pos || w.From == last.From && w.To == last.To, "%q", text)
			}
		}
		for _, most := range []int{0, 1, n - 1, n, n + 1} {
			require.False(t, lexicon.AtMost(text, most) && n > most, "%q has %d words", text, n)
		}
		require.Equal(t, strings.IndexFunc(text, func(r rune) bool { return r >= 0x80 }) < 0, lexicon.IsASCII(text), "%q", text)
	}
	require.True(t, lexicon.AtMost("one two three", 3))
}
