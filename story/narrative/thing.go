package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// isThing reports whether a role is nobody: the noun it is about is the name of a thing.
func isThing(l *lexicon.Language, role string) bool {
	noun := role
	if strings.IndexByte(role, ' ') > 0 {
		noun = l.HeadNoun(role)
	}
	noun = lexicon.Fold(noun[strings.LastIndexByte(noun, '-')+1:])
	singular := strings.TrimSuffix(noun, "s")
	if l.Is(noun, lexicon.Thing) || len(singular) < len(noun) && l.Is(singular, lexicon.Thing) {
		return true
	}
	return lexicon.HasEnding(singular, l.Things) && !l.Is(singular, lexicon.Body)
}
