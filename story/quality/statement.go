package quality

import (
	"fmt"

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
func CheckCriterion(text string, words Words) []Finding {
	const rule = "testable.outcome"
	l := lexicon.Of(string(words.Language))
	if _, ok := nextToken(l, text, 0); !ok {
		return []Finding{{
			Rule: rule, Severity: field.Defect, Field: "text", End: len(text),
			Message: "the criterion is empty", Mend: "say what must be seen for it to be met",
		}}
	}
	if isMeasured(text, words) {
		return nil
	}
	var found []Finding
	newPhrases(l, words.Quantities).in(text, 0, len(text), func(start, end int) bool {
		found = append(found, Finding{
			Rule: "testable.quantity", Severity: field.Warning, Field: "text", Start: start, End: end,
			Message: fmt.Sprintf("%q is no amount", text[start:end]), Mend: "give a number with its unit",
		})
		return true
	})
	if !isObservable(l, text, words) {
		found = append(found, Finding{
			Rule: rule, Severity: field.Warning, Field: "text", End: len(text),
			Message: "nothing in it can be measured or seen", Mend: "say what is shown, sent, stored or refused",
		})
	}
	return found
}

// isObservable reports what can be seen from outside. "Should" alone is nothing: not if only words follow that say no
// more than it or are vague, as in "should be user friendly".
func isObservable(l *lexicon.Language, text string, words Words) bool {
	hollow, vague := newPhrases(l, lexicon.Phrases(l.Rules.Hollow)), newPhrases(l, words.Vague)
	any, modal := false, -1
	newPhrases(l, words.Observable).in(text, 0, len(text), func(start, end int) bool {
		any = !hollow.has(text[start:end])
		if !any && modal < 0 {
			modal = start
		}
		return !any
	})
	if any || modal < 0 {
		return any
	}
	for t, ok := nextToken(l, text, modal); ok; t, ok = nextToken(l, text, t.end) {
		if _, says := hollow.at(text, t); says || t.term == lexicon.List || t.term == lexicon.Article {
			continue
		}
		end, isVague := vague.at(text, t)
		if !isVague {
			return true
		}
		t.end = end
	}
	return false
}

// isMeasured reports a number or a measure.
func isMeasured(text string, words Words) bool {
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	return newPhrases(lexicon.Of(string(words.Language)), words.Measures).has(text)
}
