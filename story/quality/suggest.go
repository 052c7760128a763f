package quality

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// Suggest returns the sentence of a story in its usual form, where that changes nothing but commas,
// articles, a full stop and the word "that"; false if it would change more, or nothing. It never guesses: an article
// is put only before what surely names one person, "buyer" and not "HR" or "staff", and changed where the sound is sure.
func Suggest(r narrative.Reading) (text string, ok bool) {
	l := lexicon.Of(string(r.Language))
	n, err := narrative.Parse(r.Text)
	if err != nil {
		return "", false
	}
	text = withoutComma(l, n)
	if l.Reasons == nil {
		if text, ok = withArticle(l, r.Role.Marker, n.Role, text); !ok {
			return "", false
		}
	}
	if text == r.Text || text+"." == r.Text || !slices.Equal(kept(l, r.Text), kept(l, text)) {
		return "", false
	}
	return text, true
}

// withArticle is a canonical sentence with the article that is surely right, else with the one that was written, if any; false if
// that may be wrong.
func withArticle(l *lexicon.Language, marker, role, text string) (string, bool) {
	written := lexicon.Fold(marker[strings.LastIndexByte(marker, ' ')+1:])
	rest, isCanonical := strings.CutPrefix(text, l.As)
	for _, lead := range [...]string{"an ", "a ", ""} {
		if behind, ok := strings.CutPrefix(rest, lead+role); ok {
			rest = role + behind
			break
		}
	}
	article, isSure := l.CertainArticle(role)
	switch {
	case !isCanonical, !strings.HasPrefix(rest, role):
		return "", false
	case l.Term(written) != lexicon.Article:
		if !isSure || !l.NamesOne(role) {
			article = ""
		}
	case written == "the":
		article = written
	case !isSure && article != written:
		return "", false
	case article == "":
		article = written // "a sales manager", but also "a users"
	}
	if article != "" {
		article += " "
	}
	return l.As + article + rest, true
}

// withoutComma is the sentence of a narrative; where the language has no comma before a purpose, without that one if it
// is understood.
func withoutComma(l *lexicon.Language, n story.Narrative) string {
	text := n.String()
	i := strings.LastIndex(text, ", ")
	if !l.Flows || n.Benefit == "" || !strings.HasSuffix(text, n.Benefit) || i < 0 {
		return text
	}
	flowing := text[:i] + text[i+1:]
	if again, err := narrative.Parse(flowing); err != nil || again != n {
		return text
	}
	return flowing
}

// kept are the words that a suggestion must not change, in their order.
func kept(l *lexicon.Language, text string) []string {
	var words []string
	for t, ok := nextToken(l, text, 0); ok; t, ok = nextToken(l, text, t.end) {
		if t.term != lexicon.Article && t.term != lexicon.That {
			words = append(words, t.word)
		}
	}
	return words
}
