package backlog

import (
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Trace is the way from a task up to the vision: what the task is for. Where the way ends early, the
// rest is the zero value.
type Trace struct {
	Task    story.Task      `json:"task,omitzero"`
	Story   story.Story     `json:"story"`
	Feature roadmap.Feature `json:"feature,omitzero"`
	// Capability and Epic are what the feature is part of.
	Capability roadmap.Epic   `json:"capability,omitzero"`
	Epic       roadmap.Epic   `json:"epic,omitzero"`
	Goal       roadmap.Goal   `json:"goal,omitzero"`
	Vision     roadmap.Vision `json:"vision,omitzero"`
}

// Trace returns the way from a task up to the vision, and false for a task that is not there.
func (b *View) Trace(id story.TaskID) (Trace, bool) {
	entry, ok := b.tasks[id]
	if !ok {
		return Trace{}, false
	}
	trace, _ := b.TraceStory(entry.story.ID)
	for _, task := range entry.story.Tasks.All() {
		if task.ID == id {
			trace.Task = task
		}
	}
	return trace, true
}

// TraceStory returns the way from a story up to the vision, and false for a story that is not there.
func (b *View) TraceStory(id story.ID) (Trace, bool) {
	entry, ok := b.stories[id]
	if !ok {
		return Trace{}, false
	}
	trace := Trace{Story: entry.value()}
	if entry.feature == nil {
		return trace, true
	}
	trace.Feature = entry.feature.feature
	if above := b.epics.byID[trace.Feature.Epic]; above != nil && above.epic.Level == roadmap.LevelCapability {
		trace.Capability = above.epic
		above = b.epics.byID[above.epic.Parent]
		if above != nil {
			trace.Epic = above.epic
		}
	} else if above != nil {
		trace.Epic = above.epic
	}
	if entry.feature.goal == nil {
		return trace, true
	}
	trace.Goal = entry.feature.goal.goal.Clone()
	trace.Vision = b.vision
	return trace, true
}
