package playground

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// readTracker reads what a tracker exported into a backlog of its own.
func readTracker(in *input) {
	doc, err := in.exchanged()
	if err != nil {
		in.refuse(err)
		return
	}
	in.tracked = doc
	for _, one := range doc.Skipped {
		in.blame("error", one.Row, one.Reason, "")
	}
	for _, one := range doc.Losses {
		in.blame("warning", one.Row, fmt.Sprintf("%s is %q: %s", one.Column, shorten(one.Value, 60), one.Reason), "")
	}
	for _, warning := range doc.Warnings {
		warning, _, _ = strings.Cut(warning, ", Options.") // which the page has not
		in.blame("hint", 0, warning, "")
	}
	in.jobsOfDocument()
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		in.refuse(err)
		return
	}
	changes, report, err := doc.Import(b.View(), doc.Mapping())
	if err == nil && len(changes) > 0 {
		var events []backlog.Event
		events, err = b.Decide(changes, backlog.As("playground", backlog.ProductManager), latest(doc), backlog.DecideOptions{})
		if err == nil {
			err = b.Apply(events...)
		}
	}
	if err != nil {
		in.refuse(err)
		return
	}
	in.backlog, in.report = b, report
	in.rankTracker()
}

// rankTracker makes a sheet of an export that has the columns of a method.
func (in *input) rankTracker() {
	table, err := exchange.ReadSheet(strings.NewReader(in.text), exchange.Options{Name: in.name, Format: in.tracked.Format})
	if err != nil || len(exchange.CheckSheet(table).Fits) == 0 {
		return
	}
	probe := &input{name: in.name, text: in.text, lines: in.lines, kind: Sheet}
	readSheet(probe)
	in.sheet = probe.sheet
}

// latest returns the latest instant of a document, for what is to be as of then.
func latest(doc *exchange.Document) time.Time {
	at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range doc.Items {
		one := &doc.Items[i]
		for _, when := range []time.Time{one.Created, one.Updated, one.Started, one.Done} {
			if when.After(at) {
				at = when
			}
		}
	}
	return at.UTC()
}

func shorten(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// showBacklog shows what became of the export.
func (a *answer) showBacklog() {
	doc, v := a.tracked, a.backlog.View()
	total := v.TotalProgress()
	a.Summary = fmt.Sprintf("%s of %s in %s: %s, %s accepted.", counted(len(doc.Items), "item", "items"), counted(doc.Rows, "row", "rows"), doc.Format,
		counted(v.Len(), "story", "stories"), total.Stories.Done.String())
	carried := fmt.Sprintf("%d of %d cells are in fields, %d kept as values of their own, %d could not be carried.",
		doc.Carried, doc.Cells, doc.Custom, len(doc.Losses))
	a.table("What became of it", carried, columns("In the tracker", "#Items", "In the backlog"), len(a.report.Kinds)+len(a.report.Statuses), func(i int) Row {
		if i < len(a.report.Kinds) {
			k := a.report.Kinds[i]
			return Row{Cells: []string{"kind “" + k.Name + "”", strconv.Itoa(k.Count), k.Level}}
		}
		s := a.report.Statuses[i-len(a.report.Kinds)]
		text := string(s.Status)
		if s.Guessed {
			text += " (guessed: the word is unknown)"
		}
		return Row{Cells: []string{"status “" + s.Name + "”", strconv.Itoa(s.Count), text}}
	})
	a.startable(v)
	a.breaches()
	var circles []string
	for _, one := range a.report.Circles {
		circles = append(circles, strings.Join(one.Items, " → ")+": "+one.Reason)
	}
	a.notes("Circles of links", circles...)
}

// breaches shows what rules of practice the past breaks; what is said of many items, once.
func (a *answer) breaches() {
	times := make(map[string]int)
	var messages []string
	for _, f := range a.report.Breaches {
		if times[f.Message]++; times[f.Message] == 1 {
			messages = append(messages, f.Message)
		}
	}
	if len(messages) > 0 {
		a.table("Rules of practice that the past breaks", "They are findings on record, not errors.", columns("Finding", "#Times"), len(messages), func(i int) Row {
			return Row{Cells: []string{messages[i], strconv.Itoa(times[messages[i]])}}
		})
	}
}

// startable shows what can be started now, and what waits for what.
func (a *answer) startable(v *backlog.View) {
	at := latest(a.tracked)
	var rows []Row
	for s := range v.Startable(at) {
		rows = append(rows, Row{Cells: []string{s.Key(), s.Title, "can be started"}})
	}
	for s, wait := range v.Waiting(at) {
		state := wait.String()
		if needs := v.OpenNeeds(backlog.StoryItem(s.ID)); len(needs) > 0 {
			var names []string
			for _, need := range needs {
				names = append(names, nameOf(v, need))
			}
			state = "waits for " + strings.Join(names, ", ")
		}
		rows = append(rows, Row{Cells: []string{s.Key(), s.Title, state}, Tone: "soft"})
	}
	a.table("What is next", "", columns("Key", "Story", "State"), len(rows), func(i int) Row { return rows[i] })
}

func nameOf(v *backlog.View, item backlog.ItemID) string {
	if s, ok := v.Story(item.Story); ok {
		return s.Key() + " " + s.Title
	}
	f, _ := v.Feature(item.Feature)
	return f.Title
}

// showRoadmap shows releases, and the tree from goals to stories.
func (a *answer) showRoadmap() {
	v := a.backlog.View()
	a.Summary = "Progress: " + progressText(v.TotalProgress()) + "."
	releases := make(map[roadmap.ReleaseID]roadmap.Release)
	var rows []Row
	for r := range v.Releases() {
		releases[r.ID] = r
		date := "–"
		if !r.Date.IsZero() {
			date = r.Date.Format(time.DateOnly)
		}
		rows = append(rows, Row{Cells: []string{r.Name, r.Status.String(), date}})
	}
	if len(rows) > 0 {
		a.table("Releases", "", columns("Release", "Status", "Date"), len(rows), func(i int) Row { return rows[i] })
	}
	b := Block{Type: "tree", Title: "From goals to stories"}
	features := make(map[roadmap.GoalID][]Node)
	for f := range v.Features() {
		progress, _ := v.FeatureProgress(f.ID)
		n := Node{Text: f.Title, Note: progressText(progress)}
		if r, ok := releases[f.Release]; ok {
			n.Note += "; in " + r.Name
		}
		for s := range v.StoriesOf(f.ID) {
			n.Nodes = append(n.Nodes, storyNode(v, s))
		}
		features[f.Goal] = append(features[f.Goal], n)
	}
	for g := range v.Goals() {
		progress, _ := v.GoalProgress(g.ID)
		b.Nodes = append(b.Nodes, Node{Text: g.Title, Note: progressText(progress), Nodes: features[g.ID]})
	}
	if rest := features[roadmap.GoalID{}]; len(rest) > 0 {
		b.Nodes = append(b.Nodes, Node{Text: "Features without a goal", Nodes: rest})
	}
	var rest []Node
	for s := range v.Stories() {
		if s.Feature.IsZero() {
			rest = append(rest, storyNode(v, s))
		}
	}
	if len(rest) > 0 {
		b.Nodes = append(b.Nodes, Node{Text: "Stories without a feature", Nodes: rest})
	}
	a.Blocks = append(a.Blocks, b, Block{Type: "text", Title: "As Markdown", Name: "roadmap.md", Text: render.RoadmapMarkdown(v) + "\n" + render.TreeMarkdown(v)})
}

func storyNode(v *backlog.View, s story.Story) Node {
	category, _ := v.Workflow().Category(s.Status)
	note := string(s.Status)
	if text := s.Estimate.String(); text != "" {
		note += ", " + text + " points"
	}
	return Node{Text: s.Title, Note: note, Done: category == story.Completed}
}

func progressText(p backlog.Progress) string {
	text := fmt.Sprintf("%s of %s stories accepted", p.Stories.Done, p.Stories.Total)
	if p.Points.Total.IsPositive() {
		text += fmt.Sprintf(", %s of %s points", p.Points.Done, p.Points.Total)
	}
	return text
}

// targets are the formats of trackers that the backlog can be downloaded in.
func (a *answer) targets() []Option {
	if a.tracked == nil {
		return nil
	}
	var all []Option
	for _, f := range exchange.Targets() {
		all = append(all, Option{Name: string(f), Title: "all items as " + string(f)})
	}
	return all
}

// writeTarget writes the export in the format of another tracker.
func (a *answer) writeTarget(format string) (text string, losses int, err error) {
	var out bytes.Buffer
	lost, err := a.tracked.Write(&out, exchange.Format(format))
	return out.String(), len(lost), err
}
