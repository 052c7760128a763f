package quality

import (
	"sync"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// Words is the vocabulary of a language that the rules use. An entry is a word or several, in lower case,
// separated by single spaces. A host may change the lists of [WordsOf] or hand in others; a rule
// whose list is empty finds nothing.
type Words struct {
	Language story.Language // how words are told apart and compared; none is English

	Conjunctions []string // join two actions: and, or
	Articles     []string // begin the object of an action: a, the, my
	Infinitives  []string // end a marker that an action follows: to, can
	Wants        []string // announce a goal: I want, I can
	Reasons      []string // announce a benefit: so that, in order to
	Vague        []string // understood differently by everybody: easy, properly
	Quantities   []string // amounts without a number: fast, many
	Measures     []string // make an amount checkable: at least, within
	Observable   []string // what can be seen from outside: shows, is rejected
	Pronouns     []string // point at something said before: it, this
	Builders     []string // make the product, don't use it: developer
	Solutions    []string // how it is built, not what for: database, cache
	Interface    []string // parts of the user interface: button, dropdown
	Everybody    []string // roles that are anybody: user, system
	Connectives  []string // can't end a part: and, or, the
}

// WordsOf returns the lists for a language, a fresh copy at each call; those for English if it is not one of
// [story.Languages].
func WordsOf(language story.Language) Words {
	r := lexicon.Of(string(language)).Rules
	return Words{
		Language:     language,
		Conjunctions: lexicon.Phrases(r.Conjunctions),
		Articles:     lexicon.Phrases(r.Articles),
		Infinitives:  lexicon.Phrases(r.Infinitives),
		Wants:        lexicon.Phrases(r.Wants),
		Reasons:      lexicon.Phrases(r.Reasons),
		Vague:        lexicon.Phrases(r.Vague),
		Quantities:   lexicon.Phrases(r.Quantities),
		Measures:     lexicon.Phrases(r.Measures),
		Observable:   lexicon.Phrases(r.Observable),
		Pronouns:     lexicon.Phrases(r.Pronouns),
		Builders:     lexicon.Phrases(r.Builders),
		Solutions:    lexicon.Phrases(r.Solutions),
		Interface:    lexicon.Phrases(r.Interface),
		Everybody:    lexicon.Phrases(r.Everybody),
		Connectives:  lexicon.Phrases(r.Connectives),
	}
}

// lists is the vocabulary of a language as it is looked for.
type lists struct {
	lang                                                *lexicon.Language
	conjunctions, articles, infinitives, wants, reasons phrases
	vague, pronouns, builders, solutions, surface       phrases
	everybody, connectives                              phrases
}

func newLists(w Words) *lists {
	l := lexicon.Of(string(w.Language))
	return &lists{
		lang:         l,
		conjunctions: newPhrases(l, w.Conjunctions),
		articles:     newPhrases(l, w.Articles),
		infinitives:  newPhrases(l, w.Infinitives),
		wants:        newPhrases(l, w.Wants),
		reasons:      newPhrases(l, w.Reasons),
		vague:        newPhrases(l, w.Vague),
		pronouns:     newPhrases(l, w.Pronouns),
		builders:     newPhrases(l, w.Builders),
		solutions:    newPhrases(l, w.Solutions),
		surface:      newPhrases(l, w.Interface),
		everybody:    newPhrases(l, w.Everybody),
		connectives:  newPhrases(l, w.Connectives),
	}
}

// builtIn are the lists of the languages that stories are read in.
var builtIn = sync.OnceValue(func() map[story.Language]*lists {
	all := make(map[story.Language]*lists)
	for _, language := range story.Languages() {
		all[language] = newLists(WordsOf(language))
	}
	return all
})
