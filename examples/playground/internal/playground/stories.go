package playground

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

// unit is a story, a criterion of the story above it, or what was meant to be one, with its place in the text.
type unit struct {
	start, end int
	line       int
	of         int // of a criterion: the index of its story; -1 otherwise
}

func (in *input) textOf(u unit) string { return in.text[u.start:u.end] }

// readStories reads a story a line, or one on several lines between blank ones, with its criteria in bullets behind it.
func readStories(in *input) {
	var paragraph []unit
	flush := func() {
		in.stories = append(in.stories, joined(in, paragraph)...)
		paragraph = nil
	}
	for number := range len(in.lines.begins) {
		begin, end := in.lines.line(number + 1)
		text := in.text[begin:end]
		begin += len(text) - len(strings.TrimLeft(text, " \t\uFEFF"))
		if text = strings.TrimSpace(in.text[begin:max(begin, end)]); text == "" {
			flush()
			continue
		}
		paragraph = append(paragraph, unit{begin, begin + len(text), number + 1, -1})
	}
	flush()
	above := -1
	for i, u := range in.stories {
		if i > 0 && u.line > in.stories[i-1].line+1+strings.Count(in.textOf(in.stories[i-1]), "\n") {
			above = -1
		}
		isStory := narrative.Read(in.textOf(u)).IsStory()
		switch {
		case isStory:
			above = i
		case above >= 0 && isBullet(in.textOf(u)):
			in.stories[i].of = above
		default:
			above = -1
		}
	}
	if len(in.stories) == 0 {
		in.nothing = "There is no line with a story."
	}
}

// joined makes one unit of a card: a story on several lines, none of which is one alone.
func joined(in *input, paragraph []unit) []unit {
	const most = 8 // lines of a card
	isStory := func(u unit) bool { return narrative.Read(in.textOf(u)).IsStory() }
	if n := len(paragraph); n > 1 && n <= most && !slices.ContainsFunc(paragraph, isStory) {
		card := unit{paragraph[0].start, paragraph[n-1].end, paragraph[0].line, -1}
		if isStory(card) {
			return []unit{card}
		}
	}
	return paragraph
}

func isBullet(line string) bool {
	return strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "• ")
}

// showStories shows what is to be mended about the stories, and how each was understood.
func (a *answer) showStories() {
	var texts []string
	var of []int // the unit of each text
	for i, u := range a.stories {
		if u.of < 0 {
			texts, of = append(texts, a.textOf(u)), append(of, i)
		}
	}
	set := quality.Read(texts...)
	findings := make([]int, len(a.stories))
	mark := func(u unit, f quality.Finding) {
		if f.Start >= f.End { // what is missing is nowhere
			f.Start, f.End = 0, u.end-u.start
		}
		a.marks = append(a.marks, place{u.start + f.Start, u.start + f.End, Mark{
			Severity: f.Severity.String(), Message: f.Message, Mend: f.Mend, Rule: f.Rule,
		}})
	}
	for _, f := range quality.Check(set) {
		for _, other := range f.Others { // people know a story by its line
			f.Message = strings.Replace(f.Message, fmt.Sprintf("story %d", other), fmt.Sprintf("line %d", a.stories[of[other]].line), 1)
		}
		mark(a.stories[of[f.Story]], f)
		findings[of[f.Story]]++
	}
	criteria := make([]int, len(a.stories))
	for _, u := range a.stories {
		if u.of < 0 {
			continue
		}
		criteria[u.of]++
		language, _ := narrative.LanguageOf(a.textOf(a.stories[u.of]))
		for _, f := range quality.CheckCriteria(a.textOf(u), quality.WordsOf(language)) {
			mark(u, f)
			findings[u.of]++
		}
	}
	clean, stories := 0, 0
	letters := quality.INVEST(set)
	b := Block{
		Type: "table", Title: "How each story was understood", Total: len(texts),
		Note: "INVEST: − where a rule found a flaw, ? where it has a hint.",
		Head: columns("#Line", "Who", "What", "Why", "INVEST", "#Criteria", "#Findings"),
	}
	var better []string
	for i, reading := range set.Stories {
		u := a.stories[of[i]]
		if reading.IsStory() {
			stories++
		}
		if findings[of[i]] == 0 {
			clean++
		}
		if text, ok := quality.Suggest(reading); ok && len(better) < a.rows {
			better = append(better, fmt.Sprintf("Line %d: %s", u.line, text))
		}
		if i >= a.rows {
			continue
		}
		row := Row{Line: u.line, Cells: []string{
			strconv.Itoa(u.line), reading.Role.Plain(), reading.Goal.Plain(), reading.Benefit.Plain(),
			investText(letters[i]), strconv.Itoa(criteria[of[i]]), strconv.Itoa(findings[of[i]]),
		}}
		if !reading.IsStory() {
			row.Cells[2], row.Tone = "no story: "+strings.Join(strings.Fields(a.textOf(u)), " "), "bad"
		}
		b.Rows = append(b.Rows, row)
	}
	a.Summary = fmt.Sprintf("%s in %s, %d of them without a finding; %s.", counted(stories, "user story", "user stories"),
		counted(len(texts), "line", "lines"), clean, counted(len(a.marks), "finding", "findings"))
	a.Blocks = append(a.Blocks, b)
	a.notes("In the usual form", better...)
}

func investText(letters [6]quality.Letter) string {
	var all []string
	for _, l := range letters {
		mark := "+"
		if len(l.Findings) > 0 {
			mark = "−"
			if l.Severity == field.Hint {
				mark = "?"
			}
		}
		all = append(all, l.Letter+mark)
	}
	return strings.Join(all, " ")
}
