// Agile plays a whole increment of two teams, from an insight to the report for leadership, on data that is
// made up. It needs no arguments and no files:
//
//	go run ./examples/agile
//
// increment.go makes the decisions, each by whom it belongs to; the events of all of them are in
// testdata/events.jsonl, as a host would keep them.
package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
)

func main() {
	report, _, err := run()
	if err == nil {
		_, err = os.Stdout.Write(report)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "agile:", err)
		os.Exit(1)
	}
}

// run plays the increment and returns its pages and its events, one a line.
func run() (pages, events []byte, err error) {
	p, err := newIncrement()
	if err != nil {
		return nil, nil, err
	}
	var out bytes.Buffer
	out.WriteString(render.StoryMapMarkdown(p.View()))
	out.WriteString("\n# How the increment was planned\n\n")
	for _, load := range p.planned.Loads {
		fmt.Fprintf(&out, "- iteration %d, team %s: %v of %v points\n", load.Iteration+1, load.Team, load.Points, load.Capacity)
	}
	for _, use := range p.planned.Used {
		fmt.Fprintf(&out, "- kept for enablers: %v points, used: %v, stories displaced: %d\n", use.Kept, use.Points, len(p.planned.Displaced))
	}
	for _, need := range p.planned.Needs {
		fmt.Fprintf(&out, "- team %s needs of team %s, conflict: %v\n", need.Team, need.Of, need.IsConflict())
	}
	increment, _ := p.Increment(springID)
	confidence, _ := increment.Confidence()
	fmt.Fprintf(&out, "- confidence: %v of 5, passes: %v\n", confidence.Mean.Done.DivRound(confidence.Mean.Total, 1), confidence.Passes())
	fmt.Fprintf(&out, "- predictability at the end: %v\n\n", increment.Predictability())
	voices := p.Voices(roadmap.AboutIncrement(springID))
	fmt.Fprintf(&out, "%d insight, %d question, %d risk were on record about it.\n\n", len(voices.Insights), len(voices.Questions), len(voices.Risks))
	out.WriteString(render.Report(p.begin.View(), p.View(), render.ReportOptions{At: p.now, Events: p.events}))
	lines, err := p.lines()
	return out.Bytes(), lines, err
}
