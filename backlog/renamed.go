package backlog

import (
	"maps"
	"slices"

	"github.com/backlogkit/backlogkit/story"
)

// current returns a change in which the states of the workflow have the names that they have now, see
// [story.Workflow.Renamed]. It shares nothing with change that it changes.
func (b *View) current(change Change) Change {
	workflow := &b.options.Workflow
	if len(workflow.Renamed) == 0 {
		return change
	}
	switch c := change.(type) {
	case SetStoryStatus:
		c.To = workflow.Current(c.To)
		return c
	case ImportItems:
		c.Stories = slices.Clone(c.Stories)
		for i := range c.Stories {
			c.Stories[i].Status = workflow.Current(c.Stories[i].Status)
		}
		return c
	case Revert:
		c.was, c.is = b.currentSide(c.was), b.currentSide(c.is)
		return c
	}
	return change
}

func (b *View) currentSide(s side) side {
	all, ok := s[storyTable.name].(records[story.ID, storyRecord])
	if !ok {
		return s
	}
	s = maps.Clone(s)
	all.Values = slices.Clone(all.Values)
	b.currentRows(all.Values)
	s[storyTable.name] = all
	return s
}

// currentRows gives the states of stories, if that is what the rows of a section are, the names that they have now.
func (b *View) currentRows(all any) any {
	if records, ok := all.([]storyRecord); ok && len(b.options.Workflow.Renamed) > 0 {
		for i := range records {
			records[i].Status = b.options.Workflow.Current(records[i].Status)
		}
	}
	return all
}
