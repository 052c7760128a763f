package playground

import (
	"fmt"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// showStoryMap shows the stories by feature and release. An export has no activities and steps of its own: its goals
// stand for the ones and its features for the others.
func (a *answer) showStoryMap() {
	b, err := mapped(a.backlog)
	if err != nil {
		a.Summary = err.Error()
		return
	}
	v := b.View()
	m := v.StoryMap()
	a.Summary = fmt.Sprintf("%s below %s, %s below none.", counted(v.Len()-len(m.Unmapped), "story", "stories"),
		counted(len(m.Columns), "feature", "features"), counted(len(m.Unmapped), "story", "stories"))
	a.picture("storymap", "Story map", "Goals, their features, and below each its stories by release.", render.StoryMapSVG("Story map", v))
	a.Blocks = append(a.Blocks, Block{Type: "text", Title: "As Markdown", Name: "storymap.md", Text: render.StoryMapMarkdown(v)})
}

// noGoal is the activity of the features without a goal.
var noGoal = roadmap.ActivityID{15: 1}

// mapped returns a copy of a backlog with a story map. What is done has to be in it too, so it is events that are applied, and
// no changes that are decided.
func mapped(from *backlog.Backlog) (*backlog.Backlog, error) {
	b := from.Clone()
	steps := make(map[roadmap.ActivityID][]roadmap.Step)
	for f := range b.Features() {
		activity := roadmap.ActivityID(f.Goal)
		if f.Goal.IsZero() {
			activity = noGoal
		}
		steps[activity] = append(steps[activity], roadmap.Step{ID: roadmap.StepID(f.ID), Title: f.Title})
	}
	var changes []backlog.Change
	add := func(id roadmap.ActivityID, title string) {
		if len(steps[id]) > 0 {
			changes = append(changes, backlog.AddActivity{Activity: roadmap.Activity{ID: id, Title: title, Steps: story.ListOf(steps[id]...)}})
		}
	}
	for g := range b.Goals() {
		add(roadmap.ActivityID(g.ID), g.Title)
	}
	add(noGoal, "Features")
	for s := range b.Stories() {
		if !s.Feature.IsZero() {
			changes = append(changes, backlog.AssignStoryStep{Story: s.ID, Step: roadmap.StepID(s.Feature)})
		}
	}
	for _, change := range changes {
		event := backlog.Event{Seq: b.Seq() + 1, At: b.At(), By: backlog.As("playground"), As: backlog.ProductManager, Change: change}
		if err := b.Apply(event); err != nil {
			return nil, err
		}
	}
	return b, nil
}
