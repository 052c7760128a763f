package backlog

import "github.com/backlogkit/backlogkit/story"

// reaches returns, for the kinds of change that do not name all that they touch but need one lookup in the
// backlog as it was before them, what that is.
var reaches = map[string]func(*View, Change) Items{
	EditTask{}.Kind():   reaching(func(b *View, c EditTask) Items { return b.itemsOfTask(c.Task) }),
	FinishTask{}.Kind(): reaching(func(b *View, c FinishTask) Items { return b.itemsOfTask(c.Task) }),
	ReopenTask{}.Kind(): reaching(func(b *View, c ReopenTask) Items { return b.itemsOfTask(c.Task) }),
	RemoveTask{}.Kind(): reaching(func(b *View, c RemoveTask) Items { return b.itemsOfTask(c.Task) }),

	RejectStory{}.Kind(): reaching(func(b *View, c RejectStory) Items { return b.itemsWithSprint(c.Story) }),
	DropStory{}.Kind():   reaching(func(b *View, c DropStory) Items { return b.itemsWithSprint(c.Story) }),
}

// reaching makes a func of one kind one of any.
func reaching[C Change](items func(*View, C) Items) func(*View, Change) Items {
	return func(b *View, change Change) Items { return items(b, change.(C)) }
}

// itemsOfTask returns the story of a task, and nothing if there is no such task, which check finds.
func (b *View) itemsOfTask(id story.TaskID) Items {
	entry, ok := b.tasks[id]
	if !ok {
		return Items{}
	}
	return Items{Stories: []story.ID{entry.story.ID}}
}

// itemsWithSprint returns a story and the open sprint that it is in.
func (b *View) itemsWithSprint(id story.ID) Items {
	items := storyItems(id)
	if entry, ok := b.stories[id]; ok && entry.sprint != nil {
		items.Sprints = []SprintID{entry.sprint.sprint.ID}
	}
	return items
}

// fitTouches is [View.fit] with what the event touches: a judged event records it where its change does not
// name it, and one that has a record must have the same.
func (b *View) fitTouches(event *Event, judged, keep bool) error {
	if event.touched == nil && !judged {
		return b.fit(event, judged, keep)
	}
	if _, named := event.Change.(namer); named && event.touched == nil {
		return b.fit(event, judged, keep)
	}
	reach := reaches[event.Change.Kind()]
	if reach == nil {
		return b.watchTouches(event, judged, keep)
	}
	items := reach(b, event.Change)
	if event.touched != nil && !event.touched.equal(items) {
		return wrongTouches()
	}
	if judged {
		event.touched = &items
	}
	return b.fit(event, judged, keep)
}

func wrongTouches() error {
	return fieldError("touched", "another set", "the items that the change touches")
}
