package gherkin_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// The twins in this file do with patterns, rune by rune, or by sorting what the package does in one
// pass. They are compared on random texts made of the pieces that matter.

func randomText(r *rand.Rand, most int, pieces ...string) string {
	var b strings.Builder
	for range r.IntN(most) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// cellsTwin splits a row after its first "|" as the reference parsers do.
func cellsTwin(text string, column int) (cells []gherkin.Cell) {
	space := func(r rune) bool { return r != '\n' && unicode.IsSpace(r) }
	var cell []rune
	start := column
	all := []rune(text)
	for i := 0; i < len(all); i++ {
		switch {
		case all[i] == '|':
			value := strings.TrimLeftFunc(string(cell), space)
			cells = append(cells, gherkin.Cell{
				Position: gherkin.Position{Line: 2, Column: start + len(cell) - len([]rune(value))},
				Value:    strings.TrimRightFunc(value, space),
			})
			cell, start = nil, column+i+1
		case all[i] == '\\' && i+1 < len(all) && all[i+1] == 'n':
			cell = append(cell, '\n')
			i++
		case all[i] == '\\' && i+1 < len(all) && (all[i+1] == '|' || all[i+1] == '\\'):
			cell = append(cell, all[i+1])
			i++
		default:
			cell = append(cell, all[i])
		}
	}
	return cells
}

func TestCellsTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		text := randomText(r, 15, "|", "|", `\`, "n", " ", "\u00a0", "é", "x")
		s, err := gherkin.ParseScenario("* x\n |" + text)
		require.NoError(t, err)
		got := slices.Concat(s.Steps[0].DataTable.Rows[0].Cells) // nil when there are none
		require.Equal(t, cellsTwin(text, 3), got, "%q", text)
	}
}

func TestTagsTwin(t *testing.T) {
	comment := regexp.MustCompile(`[\s\x{a0}]+#.*`)
	tag := regexp.MustCompile(`@[^@]+`)
	r := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		text := "@" + randomText(r, 12, "@", "@", "#", " ", "\u00a0", "é", "x")
		var want []gherkin.Tag
		bad := false
		rest := comment.ReplaceAllString(text, "")
		for _, at := range tag.FindAllStringIndex(rest, -1) {
			name := strings.TrimRightFunc(rest[at[0]:at[1]], unicode.IsSpace)
			if name == "@" {
				continue
			}
			if bad = len(strings.Fields(name)) > 1 || strings.IndexFunc(name, unicode.IsSpace) > 0; bad {
				break
			}
			column := len([]rune(rest[:at[0]])) + 1
			want = append(want, gherkin.Tag{Position: gherkin.Position{Line: 1, Column: column}, Name: name})
		}
		s, err := gherkin.ParseScenario(text + "\nScenario:")
		require.Equal(t, bad, err != nil, "%q: %v", text, err)
		require.Equal(t, want, s.Tags, "%q", text)
	}
}

func TestLanguageHeaderTwin(t *testing.T) {
	header := regexp.MustCompile(`^\s*#\s*language\s*:\s*([a-zA-Z\-_]+)\s*$`)
	r := rand.New(rand.NewPCG(5, 6))
	for range 10_000 {
		text := randomText(r, 3, " ", "\t") + "#" + randomText(r, 2, " ", "#") + "language" + randomText(r, 2, " ") +
			":" + randomText(r, 5, " ", "e", "n", "-", "_", "1")
		want := ""
		if m := header.FindStringSubmatch(text); m != nil && m[1] != "en" {
			want = m[1]
		}
		_, err := gherkin.Parse(text + "\nFeature:")
		if want == "" {
			require.NoError(t, err, "%q", text)
		} else {
			require.ErrorContains(t, err, `language "`+want+`" is not known`, "%q", text)
		}
	}
}

// The reference parsers sort the keywords so that the longest comes first, and take the first that
// fits.
func TestStepKeywordTwin(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 3_000 {
		var lists [5][]string
		types := map[string]map[gherkin.KeywordType]bool{}
		var sorted []string
		for i, typ := range []gherkin.KeywordType{1, 2, 3, 4, 4} {
			for range 1 + r.IntN(3) {
				keyword := "a" + randomText(r, 3, "a", "b", " ")
				lists[i] = append(lists[i], keyword)
				sorted = append(sorted, keyword)
				if types[keyword] == nil {
					types[keyword] = map[gherkin.KeywordType]bool{}
				}
				types[keyword][typ] = true
			}
		}
		sort.Sort(sort.Reverse(sort.StringSlice(sorted)))
		parser := gherkin.Parser{Language: "xx", Dialects: []gherkin.Dialect{{
			Language: "xx", Given: lists[0], When: lists[1], Then: lists[2], And: lists[3], But: lists[4],
		}}}
		text := "a" + randomText(r, 4, "a", "b", " ")
		s, err := parser.ParseScenario(text)
		find := func(text string) string {
			i := slices.IndexFunc(sorted, func(keyword string) bool { return strings.HasPrefix(text, keyword) })
			if i < 0 {
				return ""
			}
			return sorted[i]
		}
		want := find(text)
		if want == "" {
			require.Error(t, err)
			continue
		}
		for written := ""; written != text; { // until what is written reads the same
			text, written = want+strings.TrimSpace(text[len(want):]), text
			want = find(text)
		}
		require.NoError(t, err)
		require.Equal(t, want, s.Steps[0].Keyword)
		if len(types[want]) > 1 {
			require.Equal(t, gherkin.Unknown, s.Steps[0].KeywordType)
		} else {
			require.True(t, types[want][s.Steps[0].KeywordType])
		}
	}
}
