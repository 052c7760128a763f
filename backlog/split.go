package backlog

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// SplitStory replaces an open story by smaller ones, which take its place in the order, its feature
// and its team. Every criterion of the parent goes to a child that has one with the same text, or is
// left out with a reason. The parent is dropped, goes to the end of the order, and its dependencies pass
// on: each child needs what the parent needed, and what needed the parent needs every child; each is held
// as long as the parent, by impediments too. Each child has the parent's id as its Parent. In an open
// sprint the children take the place of the parent.
//
// The product owner of the story's team and its developers may do it. Errors: [NotFoundError];
// [ErrExists]; [field.Error], naming the criteria that are neither covered nor left out, or for more
// dependencies to pass on than [MaxPassedOn];
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

func (c SplitStory) gate(b *View) []*RefusedError {
	against := refusals(b.wantOpen(c.Story))
	if entry, ok := b.stories[c.Story]; ok {
		against = append(against, b.wantTakesStories(entry.featureID())...)
	}
	return against
}

func (c SplitStory) moves(b *View) []storyMove {
	moves := b.moved(c.Story, func(s *story.Story) { s.Status = b.options.Workflow.Dropped })
	for _, child := range c.Into {
		if len(moves) > 0 {
			moves = append(moves, storyMove{is: b.childOf(&moves[0].was, child)})
		}
	}
	return moves
}

// childOf returns a story as it comes out of the split of another.
func (b *View) childOf(parent *story.Story, child story.Story) story.Story {
	child.Feature, child.Team, child.Parent = parent.Feature, parent.Team, parent.ID
	child.Status = b.options.Workflow.Initial
	child.Details = passDetails(parent.Details, passSchedule(parent.Details, child.Details))
	return child
}

// passDetails gives a child of a split what it does not have of its own of its parent's class, step, requester
// and segment.
func passDetails(parent, child story.Const[story.Details]) story.Const[story.Details] {
	from, to := parent.Value(), child.Value()
	to.Class, to.Step = cmp.Or(to.Class, from.Class), cmp.Or(to.Step, from.Step)
	to.Requester, to.Segment = cmp.Or(to.Requester, from.Requester), cmp.Or(to.Segment, from.Segment)
	if to.Equal(child.Value()) {
		return child
	}
	return story.ConstOf(to)
}

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
	if links := len(parent.node.needs) + len(parent.node.frees); links*len(c.Into) > MaxPassedOn {
		errs = append(errs, fieldError("into", fmt.Sprint(len(c.Into)),
			fmt.Sprintf("at most %d stories: each takes on %d dependencies", MaxPassedOn/links, links)))
	}
	seen := make(map[story.ID]bool, len(c.Into))
	keys := make(map[string]bool)
	for i, child := range c.Into {
		path := field.Index("into", i)
		if child.Parent == c.Story {
			child.Parent = story.ID{}
		}
		errs = append(errs, field.Within(path, b.checkNewStory(&child)))
		if seen[child.ID] {
			errs = append(errs, fieldError(path+".id", child.ID.String(), "an id of its own"))
		}
		seen[child.ID] = true
		if key := child.Key(); key != "" {
			if keys[key] {
				errs = append(errs, fieldError(path+".details.key", key, "a key of its own"))
			}
			keys[key] = true
		}
		if !child.Feature.IsZero() && child.Feature != parent.featureID() {
			errs = append(errs, fieldError(path+".feature", child.Feature.String(), "the parent's feature, or none"))
		}
		if child.Team != "" && child.Team != parent.story.Team {
			errs = append(errs, fieldError(path+".team", string(child.Team), "the parent's team, or none"))
		}
	}
	return field.Join(append(errs, b.checkPassImpediments(roadmap.AboutStory(c.Story), len(c.Into)-1), c.checkCriteria(parent.story.Criteria))...)
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
	return field.Join(errs...)
}

func (c SplitStory) apply(b *View, _ time.Time, _ string) {
	parent := b.stories[c.Story]
	index, value := b.order.index(parent), parent.value()
	children := make([]story.ID, len(c.Into))
	for i, child := range c.Into {
		storyTable.addAt(b, storyRecord{Story: b.childOf(&value, child)}, index+i)
		children[i] = child.ID
	}
	b.passOn(&parent.node, children)
	heirs := make([]roadmap.Subject, len(children))
	for i, id := range children {
		heirs[i] = roadmap.AboutStory(id)
	}
	b.passImpediments(roadmap.AboutStory(c.Story), false, heirs...)
	if entry := parent.sprint; entry != nil {
		sprint := entry.sprint
		at := slices.Index(sprint.Stories, c.Story)
		sprint.Stories = slices.Concat(sprint.Stories[:at], children, sprint.Stories[at+1:])
		sprintTable.put(b, entry, sprint)
	}
	b.setStoryStatus(c.Story, b.options.Workflow.Dropped, nil)
	storyTable.move(b, parent, b.order.length-1)
}

// passOn gives the dependencies of a story to others that come in its place. They close no cycle: each of
// them is where the story was.
func (b *View) passOn(parent *node, children []story.ID) {
	needs, frees := sortedNeeds(parent), slices.SortedFunc(slices.Values(parent.frees), (*node).compare)
	for _, one := range slices.Clone(needs) {
		for _, id := range children {
			b.link(&b.stories[id].node, one)
		}
		b.unlink(parent, one.node)
	}
	for _, other := range frees {
		need := other.needs[other.needIndex(parent)]
		for _, id := range children {
			need.node = &b.stories[id].node
			b.link(other, need)
		}
		b.unlink(other, parent)
	}
}

// without returns the stories of a sprint but for one of them.
func without(ids []story.ID, id story.ID) []story.ID {
	at := slices.Index(ids, id)
	return slices.Delete(slices.Clone(ids), at, at+1)
}

// leaveSprint takes a story out of the open sprint that it is in, if any.
func (b *View) leaveSprint(entry *storyEntry) {
	if entry.sprint == nil {
		return
	}
	sprint := entry.sprint.sprint
	sprint.Stories = without(sprint.Stories, entry.story.ID)
	if sprint.Status == SprintActive { // what was begun and not finished stays on record
		sprint.Returned = append(slices.Clip(sprint.Returned), entry.story.ID)
	}
	sprintTable.put(b, entry.sprint, sprint)
}
