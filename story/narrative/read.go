package narrative

import (
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
)

// Read reads a story as people write it, in the language that [LanguageOf] finds.
//
// In English it understands "As a", "As an", "As the" and a bare "As"; "I want to", "I need", "I would like to",
// "I'd like", "I can", "I am able to", "I must be able to" and what is like them, "it would help if I could", with "we" as with
// "I", refused ("I don't want"), narrowed ("I only want") or stated ("I see"); "so that", "so",
// "in order to", "because", "since". The benefit may come first or in the middle. Before the
// sentence there may be a bullet, a number or a title; between the parts commas, line breaks or
// nothing; around the words emphasis and quotes of any kind.
//
// A clause with a verb of its own before "As a", before "I want", behind "to be able" or behind the goal is a condition:
// "after I log in", "whenever I can't pay", "having paid", "should I be late". One that a verb or a noun of the goal takes
// stays with it: "know when it ships", "a list where I can choose". Before "I want" a phrase may be
// one too: "on my phone".
//
// In German, French and Spanish it understands the same parts: "Als Käufer*in möchte ich …, damit …", "En tant
// qu'acheteur, j'aimerais … afin de …", "Como compradora, quiero … para …", with the wishes, abilities, benefits and
// conditions of each, and a role behind the wish, "möchte ich als Käufer", which is one noun there.
//
// It does not guess. "As a follow-up to the migration, we need new tests" has no role, since a
// follow-up is nobody who could want something; "As a user" alone has no goal. What is missing is
// in Problems. Any bytes can be read; the cost is O(len(text)).
func Read(text string) Reading {
	return readIn(lexicon.Detect(text), text)
}

// IsStory reports whether [Reading.IsStory] of [Read] does, and takes less time where it does not.
func IsStory(text string) bool {
	l := lexicon.Detect(text)
	p := parser{text: text, lang: l, isStory: true, r: Reading{Text: text, Language: story.Language(l.Tag)}}
	p.read()
	return p.r.IsStory()
}

// ReadIn is [Read] for a text whose language is known. One that is not among [story.Languages] is read as English.
func ReadIn(language story.Language, text string) Reading {
	return readIn(lexicon.Of(string(language)), text)
}

func readIn(l *lexicon.Language, text string) Reading {
	p := parser{text: text, lang: l, r: Reading{Text: text, Language: story.Language(l.Tag)}}
	p.read()
	return p.r
}

// parser fills a reading from left to right.
type parser struct {
	text  string
	lang  *lexicon.Language
	r     Reading
	front Part // a benefit before the goal

	isStory bool   // what is no story is of no interest
	clauses bool   // there may be one between role and goal
	own     bool   // the role has the subject of the goal before it: "Ich als Käufer möchte"
	waits   bool   // the goal is an ability that conditions stand before
	aside   wanted // the goal behind a clause that the role stands in: "When, as a user, I pay, I want"
	resumes int    // where the goal goes on behind a clause, 0 if not known
}

func (p *parser) read() {
	if start, end := lexicon.FindBad(p.text); end > 0 {
		p.problem(BadText, start, end)
	}
	if p.lang.Goals != nil {
		if goal, ok := p.embedded(); ok {
			p.readGoal(goal)
			return
		}
	}
	role, found := p.opening()
	if p.aside.kind > 0 {
		p.readGoal(p.aside)
		return
	}
	if p.isStory && !found {
		return
	}
	p.own = found && p.lang.BringsSubject(p.text, role)
	goal := p.findGoal(role.End, found)
	if found {
		p.readRole(role, goal)
	} else {
		p.problem(NoRole, role.Start, role.Start)
		if goal.kind > 0 {
			p.readFront(goal.Start)
		}
	}
	if goal.kind == 0 {
		p.problem(NoGoal, goal.Start, goal.Start)
		p.r.Benefit = p.front
		if p.front.IsZero() {
			p.problem(NoBenefit, goal.Start, goal.Start)
		}
		return
	}
	p.readGoal(goal)
}

// scan is a scanner of the text from a place on.
func (p *parser) scan(from int) lexicon.Scanner {
	return lexicon.Scanner{Text: p.text, Lang: p.lang, Pos: from}
}

// scanTo is a scanner of the text between two places.
func (p *parser) scanTo(from, end int) lexicon.Scanner {
	return lexicon.Scanner{Text: p.text[:end], Lang: p.lang, Pos: from}
}

func (p *parser) problem(kind ProblemKind, start, end int) {
	p.r.Problems = append(p.r.Problems, Problem{Kind: kind, Start: start, End: end})
}

// part is text[start:end] without what surrounds it; the zero part when nothing is left.
func (p *parser) part(start, end int, m lexicon.Marker) Part {
	start, end = lexicon.Trim(p.text, start, end)
	if lexicon.IsBare(p.text[start:end]) {
		return Part{}
	}
	return Part{
		Text: p.text[start:end], Start: start, End: end,
		Marker: lexicon.PlainWords(p.text[m.From:m.To]), MarkerStart: m.From, MarkerEnd: m.To,
	}
}
