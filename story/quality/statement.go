package quality

import (
	"fmt"
	"slices"
	"sync"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// CheckCriterion finds why an acceptance criterion in plain words can't be tested.
//
// "testable.quantity", a warning: an amount without a number, like "fast" or "many", in a criterion
// that has no number or measure at all; one for each. "testable.outcome", a warning: nothing in it
// can be measured or seen from outside, neither a number or measure nor a word of Words.Observable,
// among which a modal counts only with more than vague words behind it: "must be intuitive" is no outcome. An empty criterion is a defect of that rule.
//
// Finding.Story is 0 and Field "text"; places are bytes of text. A criterion with Given, When and
// Then is no statement: its outcome is its Then. No marked data exists for this; by its make a
// statement with an observable word and no outcome is missed.
func CheckCriterion(text string, words Words) []Finding { return outcomeListsOf(words).check(text) }

// outcomeLists is the vocabulary by which criteria are read.
type outcomeLists struct {
	lang                                            *lexicon.Language
	quantities, measures, observable, hollow, vague phrases
}

func newOutcomeLists(w Words) *outcomeLists {
	l := lexicon.Of(string(w.Language))
	return &outcomeLists{
		lang:       l,
		quantities: newPhrases(l, w.Quantities),
		measures:   newPhrases(l, w.Measures),
		observable: newPhrases(l, w.Observable),
		hollow:     newPhrases(l, lexicon.Phrases(l.Rules.Hollow)),
		vague:      newPhrases(l, w.Vague),
	}
}

// builtInOutcome are the words of the languages that stories are read in, with their lists: to build these takes a
// hundred times as long as to read a criterion by them.
var builtInOutcome = sync.OnceValue(func() map[story.Language]ownOutcome {
	all := make(map[story.Language]ownOutcome)
	for _, language := range story.Languages() {
		words := WordsOf(language)
		all[language] = ownOutcome{words, newOutcomeLists(words)}
	}
	return all
})

type ownOutcome struct {
	words Words
	lists *outcomeLists
}

// outcomeListsOf returns the lists of the language if the words are its own, or else new ones.
func outcomeListsOf(words Words) *outcomeLists {
	own, ok := builtInOutcome()[words.Language]
	if !ok {
		own = builtInOutcome()[story.English]
	}
	if slices.Equal(words.Quantities, own.words.Quantities) && slices.Equal(words.Measures, own.words.Measures) &&
		slices.Equal(words.Observable, own.words.Observable) && slices.Equal(words.Vague, own.words.Vague) {
		return own.lists
	}
	return newOutcomeLists(words)
}

func (o *outcomeLists) check(text string) []Finding {
	const rule = "testable.outcome"
	if _, ok := nextToken(o.lang, text, 0); !ok {
		return []Finding{{
			Rule: rule, Severity: field.Defect, Field: "text", End: len(text),
			Message: "the criterion is empty", Mend: "say what must be seen for it to be met",
		}}
	}
	if o.isMeasured(text) {
		return nil
	}
	var found []Finding
	o.quantities.in(text, 0, len(text), func(start, end int) bool {
		found = append(found, Finding{
			Rule: "testable.quantity", Severity: field.Warning, Field: "text", Start: start, End: end,
			Message: fmt.Sprintf("%q is no amount", text[start:end]), Mend: "give a number with its unit",
		})
		return true
	})
	if !o.isObservable(text) {
		found = append(found, Finding{
			Rule: rule, Severity: field.Warning, Field: "text", End: len(text),
			Message: "nothing in it can be measured or seen", Mend: "say what is shown, sent, stored or refused",
		})
	}
	return found
}

// isObservable reports what can be seen from outside. "Should" alone is nothing: not if only words follow that say no
// more than it or are vague, as in "should be user friendly".
func (o *outcomeLists) isObservable(text string) bool {
	any, modal := false, -1
	o.observable.in(text, 0, len(text), func(start, end int) bool {
		any = !o.hollow.has(text[start:end])
		if !any && modal < 0 {
			modal = start
		}
		return !any
	})
	if any || modal < 0 {
		return any
	}
	for t, ok := nextToken(o.lang, text, modal); ok; t, ok = nextToken(o.lang, text, t.end) {
		if _, says := o.hollow.at(text, t); says || t.term == lexicon.List || t.term == lexicon.Article {
			continue
		}
		end, isVague := o.vague.at(text, t)
		if !isVague {
			return true
		}
		t.end = end
	}
	return false
}

// isMeasured reports a number or a measure.
func (o *outcomeLists) isMeasured(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	return o.measures.has(text)
}
