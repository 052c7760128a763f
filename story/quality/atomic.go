package quality

import (
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// Conjunctions finds goals with several actions, which may be several stories:
// "atomic.conjunctions", a hint, one for each further action. Without a dictionary of verbs an
// action is distinguished from a thing by its place: next to the first word of a goal that begins with an
// action ("to edit and delete ads"), or before an article ("to view a page and rate it").
//
// Measured against people's marking of 666 stories, where 32 have more than one primary action:
// precision 22/23 = 96 %, recall 22/32 = 69 %. It was made with these; of others expect less. AQUSA,
// which reports any "and", has 66 reports there.
func Conjunctions(set Set) []Finding {
	joins, articles := newPhrases(set.Words.Conjunctions), newPhrases(set.Words.Articles)
	infinitives := newPhrases(set.Words.Infinitives)
	return Each(func(r narrative.Reading, _ Words) []Finding {
		if !endsWith(r.Goal.Marker, infinitives) {
			return nil
		}
		var found []Finding
		text := r.Text[:r.Goal.End]
		report := func(start, end int) {
			found = append(found, Finding{
				Rule: "atomic.conjunctions", Severity: field.Hint, Field: "goal", Start: start, End: end,
				Message: quoted(text[start:end]) + " seems to be an action of its own",
				Mend:    "split the story if each action is worth something alone",
			})
		}
		action, _ := nextToken(text, r.Goal.Start)
		if second, ok := nextToken(text, action.end); ok {
			switch between := strings.Trim(text[action.end:second.start], " "); {
			case between == "," && mayAct(second.word) && goesOn(text, second.end, joins),
				between == "/":
				report(action.start, second.end)
			case strings.Contains(action.word, "/"):
				report(action.start, action.end)
			}
		}
		clause := r.Goal.Start + subordinate(text[r.Goal.Start:])
		joins.in(text, r.Goal.Start, r.Goal.End, func(start, end int) bool {
			if verb, ok := nextToken(text, end); ok && mayAct(verb.word) && start <= clause {
				if _, isThing := articles.at(text, verb); !isThing &&
					(start == action.end+1 || isBefore(text, verb, articles)) {
					report(start, verb.end)
				}
			}
			return true
		})
		return found
	})(set)
}

// mayAct reports whether a word behind "and" can be what somebody wants to do: not "or not", "and why",
// "and updating".
func mayAct(word string) bool {
	switch lexicon.TermOf(word) {
	case lexicon.Not, lexicon.Who, lexicon.That, lexicon.When, lexicon.After, lexicon.In, lexicon.As, lexicon.Pronoun,
		lexicon.Article, lexicon.Subject, lexicon.Am, lexicon.So:
		return false
	default:
		return word != "such" && !lexicon.IsParticiple(word, "ing") && !lexicon.IsParticiple(word, "ly")
	}
}

// subordinate is where a clause or an infinitive within a goal begins, or the end: an "and" behind it joins
// what is not wanted by itself, as in "be sure that nobody submits and skews" and "invite somebody to sign up
// and become a member".
func subordinate(goal string) int {
	s := lexicon.Scanner{Text: goal}
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		if w.Term == lexicon.Who || w.Term == lexicon.That || w.Term == lexicon.When || w.Term == lexicon.To && verbFollows(s) {
			return w.From
		}
	}
	return len(goal)
}

// verbFollows reports whether what follows "to" is not a thing with its article.
func verbFollows(s lexicon.Scanner) bool {
	next, ok := s.Next()
	return ok && next.Term == lexicon.Other
}

// goesOn reports whether one of the phrases follows within the next words: "create, modify, and delete".
func goesOn(text string, at int, p phrases) bool {
	for range 6 {
		t, ok := nextToken(text, at)
		if !ok {
			return false
		}
		if _, ok := p.at(text, t); ok {
			return true
		}
		at = t.end
	}
	return false
}

// isBefore reports whether one of the phrases follows t.
func isBefore(text string, t token, p phrases) bool {
	next, ok := nextToken(text, t.end)
	if !ok {
		return false
	}
	_, ok = p.at(text, next)
	return ok
}

// endsWith reports whether the last word of the text is one of the phrases.
func endsWith(text string, p phrases) bool {
	_, ok := p.at(text, lastToken(text, 0))
	return ok
}

// lastToken is the last word of the text from a place on.
func lastToken(text string, from int) token {
	var last token
	for t, ok := nextToken(text, from); ok; t, ok = nextToken(text, t.end) {
		last = t
	}
	return last
}
