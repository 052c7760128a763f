package quality

import (
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// Conjunctions finds goals with several actions, which may be several stories:
// "atomic.conjunctions", a hint, one for each further action. Without a dictionary of verbs an
// action is distinguished from a thing by its place: next to the first word of a goal that begins with an
// action ("to edit and delete ads"), or before an article ("to view a page and rate it").
//
// Measured against people's marking of 666 stories, where 32 have more than one primary action:
// precision 22/31 = 71 %, recall 22/32 = 69 %. AQUSA, which reports any "and", has 66 reports there.
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
				Message: fmt.Sprintf("%.60q seems to be an action of its own", text[start:end]),
				Mend:    "split the story if each action is worth something alone",
			})
		}
		action, _ := nextToken(text, r.Goal.Start)
		if second, ok := nextToken(text, action.end); ok {
			if strings.Contains(action.word, "/") || strings.Trim(text[action.end:second.start], " ") != "" {
				report(action.start, second.end)
			}
		}
		joins.in(text, r.Goal.Start, r.Goal.End, func(start, end int) bool {
			if verb, ok := nextToken(text, end); ok {
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
