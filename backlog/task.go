package backlog

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// AddTask adds a task to a story.
//
// Developers may do it. Errors: [NotFoundError]; [ErrExists], in any story; [field.Error];
// [ErrRule] once the story is accepted or dropped.
type AddTask struct {
	Story story.ID   `json:"story"`
	Task  story.Task `json:"task"`
}

// Kind returns "add_task".
func (AddTask) Kind() string { return "add_task" }

func (AddTask) permission(*View) Permission { return MayManageTasks }

func (c AddTask) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c AddTask) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c AddTask) check(b *View) error {
	entry, err := b.find(c.Story)
	if err != nil {
		return err
	}
	if _, taken := b.tasks[c.Task.ID]; taken {
		return exists("task", c.Task.ID)
	}
	if entry.story.Tasks.Len() >= story.MaxTasks {
		return tooMany("tasks", entry.story.Tasks.Len()+1, story.MaxTasks)
	}
	return c.Task.Validate()
}

func (c AddTask) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, func(s *story.Story) { s.Tasks = story.ListOf(append(s.Tasks.Slice(), c.Task)...) })
}

// EditTask changes the title and the assignee of a task.
//
// Developers may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] once the story is
// accepted or dropped.
type EditTask struct {
	Task     story.TaskID `json:"task"`
	Title    *string      `json:"title,omitempty"`
	Assignee *string      `json:"assignee,omitempty"`
}

// Kind returns "edit_task".
func (EditTask) Kind() string { return "edit_task" }

func (c EditTask) own() Change {
	c.Title = copied(c.Title)
	c.Assignee = copied(c.Assignee)
	return c
}

func (EditTask) permission(*View) Permission { return MayManageTasks }

func (c EditTask) teams(b *View) []story.Team { return b.teamsOfTask(c.Task) }

func (c EditTask) gate(b *View) []*RefusedError { return refusals(b.wantOpenTask(c.Task)) }

func (c EditTask) check(b *View) error {
	if err := b.checkTask(c.Task); err != nil {
		return err
	}
	tasks := b.tasks[c.Task].story.Tasks
	task := tasks.Slice()[taskIndex(tasks, c.Task)]
	c.edit(&task)
	return field.Join(checkEdit(c.Title, c.Assignee), task.Validate())
}

func (c EditTask) apply(b *View, _ time.Time, _ string) {
	b.changeTask(c.Task, c.edit)
}

func (c EditTask) edit(task *story.Task) {
	edit(&task.Title, c.Title)
	edit(&task.Assignee, c.Assignee)
}

// FinishTask marks a task as done.
//
// Developers may do it. Errors: [NotFoundError]; [ErrRule] once the story is accepted or dropped.
type FinishTask struct {
	Task story.TaskID `json:"task"`
}

// Kind returns "finish_task".
func (FinishTask) Kind() string { return "finish_task" }

func (FinishTask) permission(*View) Permission { return MayManageTasks }

func (c FinishTask) teams(b *View) []story.Team { return b.teamsOfTask(c.Task) }

func (c FinishTask) gate(b *View) []*RefusedError { return refusals(b.wantOpenTask(c.Task)) }

func (c FinishTask) check(b *View) error { return b.checkTask(c.Task) }

func (c FinishTask) apply(b *View, _ time.Time, _ string) {
	b.changeTask(c.Task, func(task *story.Task) { task.Done = true })
}

// ReopenTask marks a task as not done.
//
// Developers may do it. Errors: [NotFoundError]; [ErrRule] once the story is accepted or dropped.
type ReopenTask struct {
	Task story.TaskID `json:"task"`
}

// Kind returns "reopen_task".
func (ReopenTask) Kind() string { return "reopen_task" }

func (ReopenTask) permission(*View) Permission { return MayManageTasks }

func (c ReopenTask) teams(b *View) []story.Team { return b.teamsOfTask(c.Task) }

func (c ReopenTask) gate(b *View) []*RefusedError { return refusals(b.wantOpenTask(c.Task)) }

func (c ReopenTask) check(b *View) error { return b.checkTask(c.Task) }

func (c ReopenTask) apply(b *View, _ time.Time, _ string) {
	b.changeTask(c.Task, func(task *story.Task) { task.Done = false })
}

// RemoveTask takes a task off its story.
//
// Developers may do it. Errors: [NotFoundError]; [ErrRule] once the story is accepted or dropped.
type RemoveTask struct {
	Task story.TaskID `json:"task"`
}

// Kind returns "remove_task".
func (RemoveTask) Kind() string { return "remove_task" }

func (RemoveTask) permission(*View) Permission { return MayManageTasks }

func (c RemoveTask) teams(b *View) []story.Team { return b.teamsOfTask(c.Task) }

func (c RemoveTask) gate(b *View) []*RefusedError { return refusals(b.wantOpenTask(c.Task)) }

func (c RemoveTask) check(b *View) error { return b.checkTask(c.Task) }

func (c RemoveTask) apply(b *View, _ time.Time, _ string) {
	b.changeStory(b.tasks[c.Task].story.ID, func(s *story.Story) {
		at := taskIndex(s.Tasks, c.Task)
		s.Tasks = story.ListOf(slices.Delete(s.Tasks.Slice(), at, at+1)...)
	})
}

// taskIndex is where a task is in a list, or -1.
func taskIndex(tasks story.List[story.Task], id story.TaskID) int {
	for i, task := range tasks.All() {
		if task.ID == id {
			return i
		}
	}
	return -1
}

func (b *View) checkTask(id story.TaskID) error {
	if _, ok := b.tasks[id]; !ok {
		return notFound("task", id)
	}
	return nil
}

func (b *View) teamsOfTask(id story.TaskID) []story.Team {
	if entry, ok := b.tasks[id]; ok {
		return []story.Team{entry.story.Team}
	}
	return nil
}

func (b *View) wantOpenTask(id story.TaskID) *RefusedError {
	if entry, ok := b.tasks[id]; ok {
		return b.wantOpen(entry.story.ID)
	}
	return nil
}

func (b *View) changeTask(id story.TaskID, change func(*story.Task)) {
	b.changeStory(b.tasks[id].story.ID, func(s *story.Story) {
		tasks := s.Tasks.Slice()
		change(&tasks[taskIndex(s.Tasks, id)])
		s.Tasks = story.ListOf(tasks...)
	})
}
