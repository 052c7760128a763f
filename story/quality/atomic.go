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
	return set.each(func(r narrative.Reading, l *lists) []Finding {
		var found []Finding
		report := func(start, end int) {
			found = append(found, Finding{
				Rule: "atomic.conjunctions", Severity: field.Hint, Field: "goal", Start: start, End: end,
				Message: quoted(r.Text[start:end]) + " seems to be an action of its own",
				Mend:    "split the story if each action is worth something alone",
			})
		}
		switch {
		case l.lang.Linker != "":
			l.endingActions(r, report)
		case l.lang.Infinitives != nil:
			l.markedActions(r, report)
		default:
			l.placedActions(r, report)
		}
		return found
	})
}

// placedActions finds actions by their place, in a language whose verbs look like its nouns.
func (l *lists) placedActions(r narrative.Reading, report func(start, end int)) {
	if !l.infinitives.endWith(r.Goal.Marker) {
		return
	}
	text := r.Text[:r.Goal.End]
	action, _ := nextToken(l.lang, text, r.Goal.Start)
	last := action // of those next to each other
	if second, ok := nextToken(l.lang, text, action.end); ok {
		switch between := strings.Trim(text[action.end:second.start], " "); {
		case between == "," && mayAct(l.lang, second) && l.conjunctions.follows(text, second.end),
			between == "/":
			report(action.start, second.end)
			last = l.listed(text, second, report)
		case strings.Contains(action.word, "/"):
			report(action.start, action.end)
		}
	}
	clause := subordinate(l.lang, text, r.Goal.Start)
	l.conjunctions.in(text, r.Goal.Start, r.Goal.End, func(start, end int) bool {
		if verb, ok := nextToken(l.lang, text, end); ok && mayAct(l.lang, verb) && start <= clause {
			if _, isThing := l.articles.at(text, verb); !isThing &&
				(strings.Trim(text[last.end:max(start, last.end)], " ,") == "" && start > last.end || l.articles.isNext(text, verb)) {
				report(start, verb.end)
			}
		}
		return true
	})
}

// listed reports the further actions of a list behind its second, "edit" and "sort" in "to add, edit, sort and delete", and
// returns the last before the "and".
func (l *lists) listed(text string, last token, report func(start, end int)) token {
	for {
		next, ok := nextToken(l.lang, text, last.end)
		if _, joins := l.conjunctions.at(text, next); !ok || joins || strings.Trim(text[last.end:next.start], " ") != "," ||
			!mayAct(l.lang, next) || !l.conjunctions.follows(text, next.end) {
			return last
		}
		report(next.start, next.end)
		last = next
	}
}

// markedActions finds actions in a language whose infinitives show that they are: "créer et supprimer".
func (l *lists) markedActions(r narrative.Reading, report func(start, end int)) {
	text := r.Text[:r.Goal.End]
	if _, ok := l.infinitive(text, r.Goal.Start); !ok {
		return
	}
	clause := subordinate(l.lang, text, r.Goal.Start)
	l.conjunctions.in(text, r.Goal.Start, r.Goal.End, func(start, end int) bool {
		if verb, ok := l.infinitive(text, end); ok && start <= clause {
			report(start, verb.end)
		}
		return true
	})
}

// infinitive is the verb that text[from:] begins with, but for pronouns and adverbs before it.
func (l *lists) infinitive(text string, from int) (verb token, ok bool) {
	const most = 4
	for range most {
		if verb, ok = nextToken(l.lang, text, from); !ok {
			return verb, false
		}
		if !l.lang.Is(verb.word, lexicon.Clitic) {
			return verb, l.isVerb(text, verb)
		}
		from = verb.end
	}
	return verb, false
}

func (l *lists) isVerb(text string, t token) bool {
	return t.end > t.start && text[t.start:t.end][0] >= 'a' && l.lang.IsInfinitive(t.word)
}

// endingActions finds actions in a language whose verbs end a clause: "Karten anlegen und Karten löschen". Behind
// an article or a preposition such a word is an adjective: "mit neuen und alten Kunden".
func (l *lists) endingActions(r narrative.Reading, report func(start, end int)) {
	text := r.Text[:r.Goal.End]
	last := lastToken(l.lang, text, r.Goal.Start)
	clause := subordinate(l.lang, text, r.Goal.Start)
	var before, verb token
	for t, ok := nextToken(l.lang, text, r.Goal.Start); ok && t.start < clause; t, ok = nextToken(l.lang, text, t.end) {
		isAdjective := before.term == lexicon.Article || before.term == lexicon.After || before.term == lexicon.In || before.term == lexicon.Pronoun
		if t.term == lexicon.List && t.end < last.start && l.isVerb(text, verb) && !isAdjective && l.isVerb(text, last) {
			report(t.start, last.end)
			return
		}
		before, verb = verb, t
	}
}

// mayAct reports whether a word behind "and" can be what somebody wants to do: not "or not", "and why",
// "and updating".
func mayAct(l *lexicon.Language, t token) bool {
	switch t.term {
	case lexicon.Not, lexicon.Who, lexicon.That, lexicon.When, lexicon.After, lexicon.In, lexicon.As, lexicon.Pronoun,
		lexicon.Article, lexicon.Subject, lexicon.Am, lexicon.So:
		return false
	default:
		return t.word != "such" && !l.IsGerund(t.word) && !l.IsAdverb(t.word)
	}
}

// subordinate is where a clause or an infinitive within a goal begins, or the end: an "and" behind it joins
// what is not wanted by itself, as in "be sure that nobody submits and skews" and "invite somebody to sign up
// and become a member".
func subordinate(l *lexicon.Language, text string, from int) int {
	s := lexicon.Scanner{Text: text, Lang: l, Pos: from}
	for w, ok := s.Next(); ok; w, ok = s.Next() {
		if w.Term == lexicon.Who || w.Term == lexicon.That || w.Term == lexicon.When || w.Term == lexicon.To && verbFollows(s) ||
			w.Term == lexicon.After && infinitiveFollows(s) {
			return w.From
		}
	}
	return len(text)
}

// verbFollows reports whether what follows "to" is not a thing with its article.
func verbFollows(s lexicon.Scanner) bool {
	next, ok := s.Next()
	return ok && next.Term == lexicon.Other
}

// infinitiveFollows reports whether the next word is the verb of another: "inviter à payer".
func infinitiveFollows(s lexicon.Scanner) bool {
	next, _ := s.Peek()
	return s.Lang.IsInfinitive(lexicon.Fold(s.Text[next.From:next.To]))
}

// follows reports whether one of the phrases follows within the next words: "create, modify, and delete".
func (p phrases) follows(text string, at int) bool {
	for range 6 {
		t, ok := nextToken(p.lang, text, at)
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

// isNext reports whether one of the phrases follows t.
func (p phrases) isNext(text string, t token) bool {
	next, ok := nextToken(p.lang, text, t.end)
	if !ok {
		return false
	}
	_, ok = p.at(text, next)
	return ok
}

// endWith reports whether the last word of the text is one of the phrases.
func (p phrases) endWith(text string) bool {
	_, ok := p.at(text, lastToken(p.lang, text, 0))
	return ok
}

// lastToken is the last word of the text from a place on.
func lastToken(l *lexicon.Language, text string, from int) token {
	var last token
	if space := strings.LastIndexByte(strings.TrimRight(text, " "), ' '); space > from {
		if t, ok := nextToken(l, text, space); ok {
			last, from = t, t.end
		}
	}
	for t, ok := nextToken(l, text, from); ok; t, ok = nextToken(l, text, t.end) {
		last = t
	}
	return last
}
