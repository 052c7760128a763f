package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

// storyLine is one line of a .txt file: a user story, or what was meant to be one.
type storyLine struct {
	Line       int              `json:"line"`
	Text       string           `json:"text"`
	Story      bool             `json:"story"`
	Role       string           `json:"role"`
	Conditions story.Conditions `json:"conditions"` // when it is wanted: "after I log in"
	Marker     string           `json:"marker"`     // what announces the goal: "I want to"
	Goal       string           `json:"goal"`
	Benefit    string           `json:"benefit"`
	Language   story.Language   `json:"language"`
	Certainty  int              `json:"certainty"`  // of the language, in percent
	Suggestion string           `json:"suggestion"` // the sentence in its usual form
	INVEST     []letter         `json:"invest"`
	Criteria   []criterion      `json:"criteria"`
	Findings   []finding        `json:"findings"`
}

// letter is one of the letters of INVEST, with the rules that found something. Without a finding its severity is "".
type letter struct {
	Letter   string   `json:"letter"`
	Name     string   `json:"name"`
	Severity string   `json:"severity"`
	Rules    []string `json:"rules"`
}

// criterion is a line behind a story that begins with a bullet.
type criterion struct {
	Line     int       `json:"line"`
	Text     string    `json:"text"`
	Findings []finding `json:"findings"`
}

// finding is one thing wrong with a story. Its severity is defect, warning or hint.
type finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`

	others []int // indexes of the stories that the message names
}

// storyList is a .txt file.
type storyList []storyLine

func readStories(doc *command.Document) command.Report {
	list := storyList{}
	lines := []string{""} // so that each has its number as its index
	for _, line := range doc.Lines() {
		lines = append(lines, strings.TrimSpace(line))
	}
	joinCards(lines)
	criteria := takeCriteria(lines)
	for number, one := range review(lines) {
		if lines[number] == "" {
			continue
		}
		list = append(list, newStoryLine(number, lines[number], one, criteria[number]))
	}
	return list
}

// newStoryLine is a text that was reviewed, in its place, with the criteria behind it.
func newStoryLine(number int, text string, one reviewed, criteria []criterion) storyLine {
	language, certainty := narrative.LanguageOf(text)
	return storyLine{
		Line: number, Text: text, Story: one.reading.IsStory(),
		Role: one.reading.Role.Plain(), Conditions: one.reading.Narrative().Conditions,
		Marker: one.reading.Goal.Marker, Goal: one.reading.Goal.Plain(),
		Benefit:    one.reading.Benefit.Plain(),
		Language:   language,
		Certainty:  certainty,
		Suggestion: one.suggestion,
		INVEST:     one.letters,
		Criteria:   judge(criteria, language),
		Findings:   one.findings,
	}
}

// joinCards makes one line of each card: a story on several lines between blank ones, none of which is a
// story alone unless it is the first and only the benefit follows. It stands in the first of them, and the others are blank.
func joinCards(lines []string) {
	const most = 8 // lines of a card
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && lines[to] != "" {
			to++
		}
		if n := to - from; n > 1 && n <= most && isCard(lines[from:to]) {
			lines[from] = strings.Join(lines[from:to], "\n")
			clear(lines[from+1 : to])
		}
		from = to + 1
	}
}

// isCard reports whether lines are one story: none is alone, or the first is and the others only say what for.
func isCard(lines []string) bool {
	card := narrative.Read(strings.Join(lines, "\n"))
	if !card.IsStory() || slices.ContainsFunc(lines[1:], narrative.IsStory) {
		return false
	}
	first := narrative.Read(lines[0])
	return !first.IsStory() ||
		first.Benefit.IsZero() && !card.Benefit.IsZero() && card.Rest.IsZero() && !slices.ContainsFunc(lines[1:], isBullet)
}

// takeCriteria takes the lines with a bullet that stand right behind a story and are none themselves: its criteria, by
// the line of the story. They are blank then.
func takeCriteria(lines []string) map[int][]criterion {
	taken := make(map[int][]criterion)
	above := 0
	for number, line := range lines {
		switch {
		case line == "":
			above = 0
		case above > 0 && isBullet(line) && !narrative.IsStory(line):
			taken[above] = append(taken[above], criterion{Line: number, Text: line})
			lines[number] = ""
		case narrative.IsStory(line):
			above = number
		default:
			above = 0
		}
	}
	return taken
}

func isBullet(line string) bool {
	for _, bullet := range []string{"- ", "* ", "• "} {
		if strings.HasPrefix(line, bullet) {
			return true
		}
	}
	return false
}

// judge finds why the criteria of a story cannot be tested, in the words of its language.
func judge(all []criterion, language story.Language) []criterion {
	if len(all) == 0 {
		return []criterion{}
	}
	words := quality.WordsOf(language)
	for i := range all {
		all[i].Findings = []finding{}
		for _, f := range quality.CheckCriteria(all[i].Text, words) {
			all[i].Findings = append(all[i].Findings, finding{Rule: f.Rule, Severity: f.Severity.String(), Message: f.Message + ": " + f.Mend})
		}
	}
	return all
}

// reviewed is a story taken apart, and what is wrong with it.
type reviewed struct {
	reading    narrative.Reading
	findings   []finding
	letters    []letter
	suggestion string
}

// review reads stories that belong together, and returns one review each, in their order. Findings
// that name another story of the set do so by its index.
func review(texts []string) []reviewed {
	set := quality.Read(texts...)
	all := make([]reviewed, len(texts))
	letters := quality.INVEST(set)
	for i, reading := range set.Stories {
		all[i] = reviewed{reading: reading, findings: []finding{}}
		all[i].suggestion, _ = quality.Suggest(reading)
		for _, l := range letters[i] {
			one := letter{Letter: l.Letter, Name: l.Name, Rules: []string{}}
			if len(l.Findings) > 0 {
				one.Severity = l.Severity.String()
			}
			for _, f := range l.Findings {
				one.Rules = append(one.Rules, f.Rule)
			}
			all[i].letters = append(all[i].letters, one)
		}
	}
	for _, f := range quality.Check(set) {
		one := &all[f.Story]
		one.findings = append(one.findings, finding{f.Rule, f.Severity.String(), f.Message + ": " + f.Mend, f.Others})
	}
	return all
}

func (l storyList) WriteTable(out *bytes.Buffer) {
	stories, findings := 0, 0
	for _, line := range l {
		if line.Story {
			stories++
		}
		findings += len(line.Findings)
	}
	fmt.Fprintf(out, "%s, %s, %s\n", command.Counted(len(l), "line", "lines"),
		command.Counted(stories, "user story", "user stories"), command.Counted(findings, "finding", "findings"))
	for _, line := range l {
		var rows [][]any
		add := func(name, text string) {
			if text = command.OnLine(text); text != "" {
				rows = append(rows, []any{name, text})
			}
		}
		add("role", line.Role)
		for _, condition := range line.Conditions.All() {
			add("condition", condition)
		}
		add("goal", line.Marker+" "+line.Goal)
		add("benefit", line.Benefit)
		add("better", line.Suggestion)
		for _, f := range line.Findings {
			rows = append(rows, []any{f.Severity, f.Message})
		}
		for _, c := range line.Criteria {
			add("criterion", c.Text)
			for _, f := range c.Findings {
				rows = append(rows, []any{f.Severity, f.Message})
			}
		}
		if line.Story {
			add("INVEST", invest(line.INVEST))
			if line.Language != story.English {
				add("language", fmt.Sprintf("%s, %d %% certain", line.Language, line.Certainty))
			}
		}
		command.Section(out, fmt.Sprintf("%d: %s", line.Line, command.OnLine(line.Text)), rows)
	}
	if findings > 0 {
		command.Section(out, "All findings, by rule", l.byRule("Lines", func(i int) string { return fmt.Sprint(l[i].Line) }))
	}
}

// invest is the letters in a line: those with a finding worse than a hint have a minus, those with a hint a "?".
func invest(letters []letter) string {
	var all []string
	for _, l := range letters {
		mark := "+"
		switch l.Severity {
		case field.Hint.String():
			mark = "?"
		case field.Warning.String(), field.Defect.String():
			mark = "-"
		}
		all = append(all, l.Letter+mark)
	}
	return strings.Join(all, " ")
}

// byRule says in how many lines, and in which by their names, each rule has found something; the most frequent first.
func (l storyList) byRule(title string, name func(i int) string) [][]any {
	type rule struct{ name, severity string }
	lines := make(map[rule][]string)
	for i, line := range l {
		for _, f := range line.Findings {
			one := rule{f.Rule, f.Severity}
			number := name(i)
			if found := lines[one]; len(found) == 0 || found[len(found)-1] != number {
				lines[one] = append(found, number)
			}
		}
	}
	rules := slices.SortedFunc(maps.Keys(lines), func(a, b rule) int {
		return cmp.Or(cmp.Compare(len(lines[b]), len(lines[a])), cmp.Compare(a.name, b.name), cmp.Compare(a.severity, b.severity))
	})
	rows := [][]any{{"Rule", "Severity", "Count", title}}
	for _, one := range rules {
		found := lines[one]
		rows = append(rows, []any{one.name, one.severity, len(found), listed(found)})
	}
	return rows
}

// listed is the first few of many.
func listed(names []string) string {
	const most = 20
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + " ..."
}
