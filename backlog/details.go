package backlog

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// AssignStoryAssignee gives a story to whom is to work on it, or with the empty name to nobody.
//
// The product owner and developers may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] once the
// story is accepted or dropped.
type AssignStoryAssignee struct {
	Story    story.ID `json:"story"`
	Assignee string   `json:"assignee,omitzero"`
}

// Kind returns "assign_story_assignee".
func (AssignStoryAssignee) Kind() string { return "assign_story_assignee" }

func (AssignStoryAssignee) permission(*View) Permission { return MayAssignStories }

func (c AssignStoryAssignee) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c AssignStoryAssignee) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c AssignStoryAssignee) moves(b *View) []storyMove { return b.moved(c.Story, c.edit) }

func (c AssignStoryAssignee) check(b *View) error {
	if _, err := b.find(c.Story); err != nil {
		return err
	}
	return field.CheckName("backlog", "assignee", c.Assignee)
}

func (c AssignStoryAssignee) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, c.edit)
}

func (c AssignStoryAssignee) edit(s *story.Story) {
	details := s.Details.Value()
	details.Assignee = c.Assignee
	s.Details = story.ConstOf(details)
}

// StoryByKey returns the story that people name by a key, and false if there is none.
func (b *View) StoryByKey(key string) (story.Story, bool) { return b.Story(b.keys[key].Story) }

// FeatureByKey returns the feature that people name by a key, and false if there is none.
func (b *View) FeatureByKey(key string) (roadmap.Feature, bool) {
	return b.Feature(b.keys[key].Feature)
}

// checkKey wants a key that no other item has, or none.
func (b *View) checkKey(key string, item ItemID) error {
	if holder, taken := b.keys[key]; taken && holder != item {
		return fmt.Errorf("backlog: key %q of %v %w", key, holder, ErrExists)
	}
	return nil
}

// checkNewDetails refuses a past on what is new, and to hold it until an instant that has passed.
func (b *View) checkNewDetails(details story.Details) error {
	return field.Join(checkNoPast(details), b.checkNotBefore("details.not_before", details.NotBefore))
}

// checkNoPast refuses a past on what is new.
func checkNoPast(details story.Details) error {
	if details.Past.IsZero() {
		return nil
	}
	return fieldError("details.past", details.Past.Created.String(), "none: import_items brings the past in")
}

// indexKey keeps the way from a key to its item.
func (b *View) indexKey(item ItemID, old, now story.Const[story.Details]) {
	if old == now {
		return
	}
	was, is := old.Value().Key, now.Value().Key
	if was == is {
		return
	}
	if was != "" {
		delete(b.keys, was)
	}
	if is != "" {
		if b.keys == nil {
			b.keys = make(map[string]ItemID)
		}
		b.keys[is] = item
	}
}
