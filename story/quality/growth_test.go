package quality_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/quality"
)

// growth is how large the cases of TestGrowth are, in pieces of a text or stories of a set. The command .ci/growth runs each at one
// size and at four times it, and compares how many statements were executed.
var growth = flag.Int("growth", 1000, "size of the cases of TestGrowth")

func TestGrowth(t *testing.T) {
	for _, piece := range []string{
		"a ", "( ", ") ", "and ", "so that ", "- ", "as soon as ", "\xff", "* ", "’", "-", ". ", "a number of a ", "I ", "e.g. ", "a lot ", "; ", "and edit ",
		"to see and to see ", "und sehen ", "et voir ", "fast ", "at ", "button ", "stopped ", "«", " ", "x, ", "when I pay ", "if ", "no more ",
	} {
		t.Run(fmt.Sprintf("text of %q", piece), func(t *testing.T) {
			for _, begin := range []string{
				"As a user, I want to ", "As a user, I want it, so that I ", "As a ", "Als Nutzer möchte ich sehen ", "En tant que client, je veux voir ", "",
			} {
				text := begin + strings.Repeat(piece, *growth)
				requireSound(t, text, text)
				for _, language := range story.Languages() {
					_ = quality.CheckCriteria(text, quality.WordsOf(language))
				}
			}
		})
	}
	for name, text := range map[string]func(i int) string{
		"different": func(i int) string {
			return fmt.Sprintf("As a user%d, I want to see page%d of book%d, so that I read%d", i, i*7, i*31, i*13)
		},
		"identical":     func(int) string { return "As a user, I want to see the page, so that I can read on" },
		"similar":       func(i int) string { return fmt.Sprintf("As a user, I want to see page %d of the great book", i) },
		"by turns":      func(i int) string { return fmt.Sprintf("As a user, I want to see %d pages of %d great books", i%7, i) },
		"other benefit": func(i int) string { return fmt.Sprintf("As a user, I want to see a page, so that I read%d", i) },
		"other markers": func(i int) string {
			return fmt.Sprintf("As a user, I %s want to see %d", strings.Repeat("really ", i%4), i)
		},
		"no stories": func(i int) string { return fmt.Sprintf("page %d", i) },
		"languages": func(i int) string {
			return []string{"As a user, I want x%d", "Als Nutzer möchte ich x%d", "En tant que client, je veux x%d"}[i%3]
		},
	} {
		t.Run("set of "+name, func(t *testing.T) {
			texts := make([]string, *growth)
			for i := range texts {
				texts[i] = text(i)
			}
			_ = quality.INVEST(quality.Read(texts...))
		})
	}
}
