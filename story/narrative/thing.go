package narrative

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// head is the noun that a role is about.
func (p *parser) head(role Part) lexicon.Word {
	return lexicon.HeadNoun(p.scanTo(role.Start, role.End))
}

// isThing reports whether a role is nobody: the noun it is about is the name of a thing.
func (p *parser) isThing(head lexicon.Word) bool {
	l := p.lang
	noun := p.text[head.From:head.To]
	isThing := l.Has(head, lexicon.Thing)
	if at := strings.LastIndexByte(noun, '-') + 1; at > 0 {
		noun = noun[at:]
		isThing = l.Is(noun, lexicon.Thing)
	}
	singular := strings.TrimSuffix(noun, "s")
	return isThing || len(singular) < len(noun) && l.Is(singular, lexicon.Thing) ||
		l.NamesThing(singular) && !l.Is(singular, lexicon.Body)
}
