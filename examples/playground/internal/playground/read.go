package playground

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// Kind is what a text is.
type Kind string

// The kinds.
const (
	Sheet   Kind = "sheet"   // items with numbers to rank them by
	Stories Kind = "stories" // a user story a line
	Feature Kind = "feature" // Gherkin
	Tracker Kind = "tracker" // what a tracker exported
)

// kind is how a text of a kind is read.
type kind struct {
	name  Kind
	title string
	read  func(*input)
}

func kinds() []kind {
	return []kind{
		{Sheet, "a sheet of numbers", readSheet},
		{Stories, "user stories", readStories},
		{Feature, "a feature file", readFeature},
		{Tracker, "a tracker's export", readTracker},
	}
}

func kindNamed(name Kind) *kind {
	for _, k := range kinds() {
		if k.name == name {
			return &k
		}
	}
	return nil
}

func kindNames() string {
	var names []string
	for _, k := range kinds() {
		names = append(names, string(k.name))
	}
	return strings.Join(names, ", ")
}

// input is a text and what was read from it.
type input struct {
	name, text string
	lines      lines
	kind       Kind
	why        string
	marks      []place // what is wrong with the text, or odd about it
	nothing    string  // why there is nothing to show

	sheet   *sheet
	jobs    []job // to put in order; of a sheet or a tracker
	jobsAre string
	stories []unit
	feature *feature
	tracked *exchange.Document
	report  exchange.Report
	backlog *backlog.Backlog
	scores  *prioritize.Sheet // of a tracker's export, if it can be ranked
}

// read reads a text, after it found out what it is unless that is given.
func read(name, text string, given Kind) *input {
	in := &input{name: name, text: text, lines: linesOf(text), kind: given, why: "as you chose"}
	if strings.TrimSpace(text) == "" {
		in.nothing = "There is nothing yet: paste a sheet, stories, a feature file or what a tracker exported, drop a file, or take a sample."
		return in
	}
	if given == "" {
		in.kind, in.why = detect(name, text)
	}
	kindNamed(in.kind).read(in)
	return in
}

// detect finds out what a text is, and how that was found.
func detect(name, text string) (Kind, string) {
	if strings.EqualFold(path.Ext(name), ".feature") {
		return Feature, "the name ends in .feature"
	}
	found, certainty := exchange.Detect([]byte(text[:min(len(text), 1<<20)]), name)
	first := firstLine(text)
	switch {
	case found == exchange.FeatureFile:
		return Feature, "it begins as Gherkin does"
	case narrative.Read(first).IsStory() || found == exchange.StoryList:
		return Stories, "the first line is a user story"
	case found == exchange.TableCSV:
		return Sheet, "it is a table"
	case found != "":
		return Tracker, "it looks like " + string(found) + ", " + certainty.String()
	case strings.HasPrefix(first, "{"), strings.HasPrefix(first, "["):
		return Tracker, "it begins as JSON does"
	case strings.ContainsAny(first, ",;\t"):
		return Sheet, "the first line has several cells"
	}
	return Stories, "it is no table, and of no format that is known"
}

func firstLine(text string) string {
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// blame marks a line, or the text as a whole if the line is 0.
func (in *input) blame(severity string, line int, message, mend string) {
	one := place{start: -1, end: -1, mark: Mark{Severity: severity, Message: message, Mend: mend}}
	if line > 0 {
		one.start, one.end = in.lines.line(line)
	}
	in.marks = append(in.marks, one)
}

// refuse marks what package exchange found wrong with the text as a whole.
func (in *input) refuse(err error) {
	var bad *exchange.Error
	if errors.As(err, &bad) {
		in.blame("error", bad.Row, bad.Problem, bad.Want)
		in.nothing = bad.Error()
		return
	}
	in.blame("error", 0, err.Error(), "")
	in.nothing = err.Error()
}

func (in *input) exchanged() (*exchange.Document, error) {
	return exchange.Read(bytes.NewReader([]byte(in.text)), exchange.Options{Name: in.name})
}

// views returns what can be shown of the input, the first being what is shown unless another one is asked for.
func (in *input) views() []view {
	if in.nothing != "" {
		return nil
	}
	var all []view
	add := func(is bool, views ...view) {
		if is {
			all = append(all, views...)
		}
	}
	add(in.kind == Tracker, view{"backlog", "Backlog", (*answer).showBacklog})
	add(in.sheet != nil && len(in.sheet.fits) > 0,
		view{"rank", "Ranking", (*answer).showRank},
		view{"compare", "Methods compared", (*answer).showCompare},
		view{"sure", "How sure", (*answer).showSure})
	add(in.kind == Stories, view{"stories", "Stories", (*answer).showStories})
	add(in.kind == Feature, view{"feature", "Scenarios", (*answer).showFeature})
	add(len(in.jobs) > 0, view{"sequence", "Sequence", (*answer).showSequence})
	add(slices.ContainsFunc(in.jobs, func(j job) bool { return len(j.needs) > 0 }),
		view{"needs", "Dependencies", (*answer).showNeeds})
	add(in.kind == Tracker,
		view{"forecast", "Forecast", (*answer).showForecast},
		view{"flow", "Flow", (*answer).showFlow},
		view{"roadmap", "Roadmap", (*answer).showRoadmap},
		view{"storymap", "Story map", (*answer).showStoryMap})
	return all
}
