package backlog

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// SplitStory replaces an open story by smaller ones, which take its place in the order, its feature
// and its team. Every criterion of the parent goes to a child that has one with the same text, or is
// left out with a reason. The parent is dropped; its dependencies are not inherited.
//
// The product owner of the story's team and its developers may do it. Errors: [NotFoundError];
// [ErrExists]; [field.Error], naming the criteria that are neither covered nor left out;
// [ErrRule] where the story is accepted or dropped.
type SplitStory struct {
	Story   story.ID           `json:"story"`
	Into    []story.Story      `json:"into"` // at least two, as for AddStory
	Without []DroppedCriterion `json:"without,omitempty"`
}

// DroppedCriterion is a criterion that is given up when a story is split, and why.
type DroppedCriterion struct {
	Criterion story.CriterionID `json:"criterion"`
	Reason    string            `json:"reason"`
}

// Kind returns "split_story".
func (SplitStory) Kind() string { return "split_story" }

func (c SplitStory) own() Change {
	c.Into, c.Without = slices.Clone(c.Into), slices.Clone(c.Without)
	return c
}

func (SplitStory) permission(*View) Permission { return MaySplitStories }

func (c SplitStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c SplitStory) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c SplitStory) check(b *View) error {
	parent, err := b.find(c.Story)
	if err == nil {
		err = b.checkDroppable(c.Story)
	}
	if err != nil {
		return err
	}
	const most = 1_000
	if len(c.Into) < 2 || len(c.Into) > most {
		return fieldError("into", fmt.Sprint(len(c.Into)), fmt.Sprintf("2 to %d stories", most))
	}
	var errs []error
	seen := make(map[story.ID]bool, len(c.Into))
	for i, child := range c.Into {
		path := field.Index("into", i)
		errs = append(errs, field.Within(path, b.checkNewStory(child)))
		if seen[child.ID] {
			errs = append(errs, fieldError(path+".id", child.ID.String(), "an id of its own"))
		}
		seen[child.ID] = true
		if !child.Feature.IsZero() && child.Feature != parent.story.Feature {
			errs = append(errs, fieldError(path+".feature", child.Feature.String(), "the parent's feature, or none"))
		}
		if child.Team != "" && child.Team != parent.story.Team {
			errs = append(errs, fieldError(path+".team", string(child.Team), "the parent's team, or none"))
		}
	}
	return errors.Join(append(errs, c.checkCriteria(parent.story.Criteria))...)
}

// checkCriteria wants every criterion of the parent covered or left out with a reason.
func (c SplitStory) checkCriteria(criteria story.List[story.Criterion]) error {
	var errs []error
	omitted := make(map[story.CriterionID]bool, len(c.Without))
	for i, omission := range c.Without {
		path := field.Index("without", i)
		if criterionIndex(criteria, omission.Criterion) < 0 {
			errs = append(errs, fieldError(path+".criterion", omission.Criterion.String(), "a criterion of the parent"))
		}
		errs = append(errs, field.CheckReason("backlog", path+".reason", omission.Reason))
		omitted[omission.Criterion] = true
	}
	covered := make(map[string]bool)
	for _, child := range c.Into {
		for _, criterion := range child.Criteria.All() {
			covered[criterion.Text] = true
		}
	}
	for _, criterion := range criteria.All() {
		if !covered[criterion.Text] && !omitted[criterion.ID] {
			errs = append(errs, fieldError("into", criterion.Text, "this criterion in a child, or left out with a reason"))
		}
	}
	return errors.Join(errs...)
}

func (c SplitStory) apply(b *View, _ time.Time, _ string) {
	parent := b.stories[c.Story]
	index := b.order.index(parent)
	for i, child := range c.Into {
		child.Feature, child.Team = parent.story.Feature, parent.story.Team
		child.Status = b.options.Workflow.Initial
		storyTable.addAt(b, storyRecord{Story: child}, index+i)
	}
	b.leaveSprint(parent)
	b.setStoryStatus(c.Story, b.options.Workflow.Dropped, nil)
	storyTable.arrange(b, []*storyEntry{parent}, []int{b.order.length - 1})
}

// leaveSprint takes a story out of the open sprint that it is in, if any.
func (b *View) leaveSprint(entry *storyEntry) {
	if entry.sprint == nil {
		return
	}
	sprint := entry.sprint.sprint
	at := slices.Index(sprint.Stories, entry.story.ID)
	sprint.Stories = slices.Delete(slices.Clone(sprint.Stories), at, at+1)
	if sprint.Status == SprintActive { // what was begun and not finished stays on record
		sprint.Returned = append(slices.Clip(sprint.Returned), entry.story.ID)
	}
	sprintTable.put(b, entry.sprint, sprint)
}
