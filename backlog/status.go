package backlog

import (
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// SetStoryStatus moves a story to another state that is neither accepted nor dropped; those are
// decisions of their own, [AcceptStory] and [DropStory], and so is [RejectStory].
//
// Into a proposed state the product owner and developers may move it, into one in progress
// developers; where the workflow has a way back from accepted, who may accept has to be one of them. Errors: [NotFoundError]; [field.Error] for a state that the workflow does not
// have; [ErrIllegalMove]; [ErrNotReady] where a story that was not begun is to become ready and the
// definition of ready is not met; [ErrRule] where it is to be started and waits for something, see [Wait], or where a limit of the
// work in progress is enforced and used up.
type SetStoryStatus struct {
	Story story.ID     `json:"story"`
	To    story.Status `json:"to"`
}

// Kind returns "set_story_status".
func (SetStoryStatus) Kind() string { return "set_story_status" }

func (c SetStoryStatus) permission(b *View) Permission {
	if category, ok := b.options.Workflow.Category(c.To); ok && category == story.Doing {
		return MayWorkOnStories
	}
	return MayRefineStories
}

func (c SetStoryStatus) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c SetStoryStatus) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.lookUp(c.Story)
	if !ok {
		return nil
	}
	workflow := &b.options.Workflow
	to, known := workflow.Category(c.To)
	if !known {
		return nil
	}
	rejects := entry.story.Status == workflow.Review && c.To == workflow.Ready && workflow.Ready != workflow.Initial
	if !to.IsOpen() || rejects || !workflow.Allows(entry.story.Status, c.To) {
		return refusals(b.illegalMove(entry, c.To))
	}
	against := b.wantReopenable(entry)
	if c.To == workflow.Ready && entry.category != story.Doing {
		return append(against, refusals(b.wantReady(entry, b.planFor(entry.sprint, nil)))...)
	}
	if entry.category != story.Doing && to == story.Doing {
		against = append(against, b.againstBegun(entry, at)...)
	}
	return against
}

// againstBegun returns what stands against a story's being begun, whatever state it is in.
func (b *View) againstBegun(entry *storyEntry, at time.Time) []*RefusedError {
	return refusals(b.wantFree(RuleStartWaiting, &entry.node, at), b.wantAlive(entry), b.wantInSprint(entry))
}

// wantInSprint refuses, by the rule, work beside the active sprint of the team.
func (b *View) wantInSprint(entry *storyEntry) *RefusedError {
	if entry.sprint != nil && entry.sprint.sprint.Status == SprintActive {
		return nil
	}
	for _, team := range []story.Team{"", entry.story.Team} {
		if s := b.activeSprint(team); s != nil {
			refused := breach(RuleSprintScope, ByRule, fmt.Sprintf("the story is not in sprint %q, which is active", s.Name), "commit_stories")
			refused.ID = entry.story.ID.String()
			return refused
		}
	}
	return nil
}

// also are needed where an acceptance is taken back.
func (c SetStoryStatus) also(b *View) []authority { return b.takingBack(c.Story) }

// takingBack returns what is needed to take the acceptance of a story back, nothing where it is not accepted.
func (b *View) takingBack(id story.ID) []authority {
	if entry, ok := b.lookUp(id); ok && entry.category == story.Completed {
		return []authority{{MayAcceptStories, b.teamsOf(id)}}
	}
	return nil
}

// wantReopenable refuses to open a story again that was accepted or dropped where that has been built on
// since: its feature accepted, its release shipped, or its sprint closed with it.
func (b *View) wantReopenable(entry *storyEntry) []*RefusedError {
	if entry.category.IsOpen() {
		return nil
	}
	against := b.wantNotAccepted(entry.featureID())
	if entry.category == story.Completed {
		against = append(against, refusals(b.wantUncounted(entry.story.ID))...)
	}
	return against
}

// gateBy refuses to work on what somebody else holds.
func (c SetStoryStatus) gateBy(b *View, at time.Time, by string) []*RefusedError {
	if to, _ := b.options.Workflow.Category(c.To); to != story.Doing {
		return nil
	}
	if entry, ok := b.stories[c.Story]; ok {
		return refusals(b.wantUnclaimed(entry, at, by))
	}
	return nil
}

func (c SetStoryStatus) moves(b *View) []storyMove {
	if entry, ok := b.stories[c.Story]; !ok || !b.options.Workflow.Allows(entry.story.Status, c.To) {
		return nil
	}
	return b.moved(c.Story, func(s *story.Story) { s.Status = c.To })
}

func (c SetStoryStatus) check(b *View) error {
	entry, err := b.find(c.Story)
	if err != nil {
		return err
	}
	if category, ok := b.options.Workflow.Category(c.To); !ok || !category.IsOpen() {
		return fieldError("to", string(c.To), "a proposed or in_progress state of the workflow")
	}
	if entry.story.Status == c.To {
		return fieldError("to", string(c.To), "another state than the story has")
	}
	return nil
}

func (c SetStoryStatus) apply(b *View, _ time.Time, _ string) {
	b.setStoryStatus(c.Story, c.To, nil)
}

// AcceptStory accepts the work on a story as done: every criterion is judged met, and the definition
// of done is met.
//
// The product owner of the story's team may do it. Errors: [NotFoundError]; [ErrIllegalMove] where
// the workflow has no such transition, by default when it is not in review; [ErrRule] by [RuleFinishWaiting],
// [RuleExclusive], [RuleCriteriaPresent] or [RuleParentAlive], and of what was dropped [RuleFeatureOpen] or
// [RuleReleasePlanned]; [ErrNotDone], naming everything that is missing, criteria by [RuleCriteriaMet].
type AcceptStory struct {
	Story story.ID `json:"story"`
}

// Kind returns "accept_story".
func (AcceptStory) Kind() string { return "accept_story" }

func (AcceptStory) permission(*View) Permission { return MayAcceptStories }

func (c AcceptStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c AcceptStory) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.stories[c.Story]
	if !ok {
		return nil
	}
	if accepted := b.options.Workflow.Accepted; !b.options.Workflow.Allows(entry.story.Status, accepted) {
		return refusals(b.illegalMove(entry, accepted))
	}
	if entry.category == story.Removed {
		return append(b.wantReopenable(entry), b.againstDone(entry, at)...)
	}
	return b.againstDone(entry, at)
}

// againstDone returns what stands against a story's being done at an instant, whatever state it is in.
func (b *View) againstDone(entry *storyEntry, at time.Time) []*RefusedError {
	against := refusals(b.wantNoRival(entry, nil), b.wantFree(RuleFinishWaiting, &entry.node, at), b.wantAlive(entry))
	if entry.story.Criteria.IsZero() {
		against = append(against, breach(RuleCriteriaPresent, ByDone, "the story has no acceptance criterion", "at least one criterion, judged met"))
	}
	if open := unmetCriteria(entry.story.Criteria); len(open) > 0 {
		against = append(against, breach(RuleCriteriaMet, ByDone, "the story is not done", open...))
	}
	return append(against, b.wantDone(entry)...)
}

// wantDone refuses a story that does not meet the definition of done.
func (b *View) wantDone(entry *storyEntry) []*RefusedError {
	results := b.missing(b.options.Done, entry, b.planFor(entry.sprint, nil))
	if len(results) == 0 {
		return nil
	}
	return refusals(unmet(ByDone, entry.story.ID.String(), "the story is not done", results))
}

// wantAlive refuses, by the rule, a story whose feature or goal was dropped.
func (b *View) wantAlive(entry *storyEntry) *RefusedError {
	var what string
	switch feature := entry.feature; {
	case feature == nil:
		return nil
	case feature.feature.Status == roadmap.FeatureDropped:
		what = fmt.Sprintf("feature %q", feature.feature.Title)
	case feature.goal != nil && feature.goal.goal.Status == roadmap.GoalDropped:
		what = fmt.Sprintf("goal %q", feature.goal.goal.Title)
	default:
		return nil
	}
	refused := breach(RuleParentAlive, ByRule, what+" was dropped", "another feature for the story, or that it is dropped too")
	refused.ID = entry.story.ID.String()
	return refused
}

// wantFree refuses, by a rule, an item that waits for something at an instant.
func (b *View) wantFree(rule Rule, n *node, at time.Time) *RefusedError {
	if !b.waitsAt(n, at) {
		return nil
	}
	wait := b.waitOf(n, at)
	refused := breach(rule, ByRule, fmt.Sprintf("the %s waits %s", n.noun(), wait.reason()), b.needsOf(wait)...)
	refused.ID = n.id()
	refused.Items = itemsIn(wait.Items, func(item ItemID) ItemID { return item })
	return refused
}

func (c AcceptStory) check(b *View) error {
	_, err := b.find(c.Story)
	return err
}

func (c AcceptStory) apply(b *View, at time.Time, by string) {
	b.setStoryStatus(c.Story, b.options.Workflow.Accepted, &Acceptance{by, at})
}

// RejectStory sends a reviewed story back: the work does not meet its criteria. The story returns to
// the ready state and leaves its sprint.
//
// The product owner of the story's team may do it; the reason, which [RuleReason] wants, is kept in the event.
// Errors: [NotFoundError]; [field.Error]; [ErrIllegalMove] where the story is not in review.
type RejectStory struct {
	Story  story.ID `json:"story"`
	Reason string   `json:"reason"`
}

// Kind returns "reject_story".
func (RejectStory) Kind() string { return "reject_story" }

func (RejectStory) permission(*View) Permission { return MayAcceptStories }

func (c RejectStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c RejectStory) gate(b *View) []*RefusedError {
	entry, ok := b.stories[c.Story]
	workflow := b.options.Workflow
	if !ok || entry.story.Status == workflow.Review {
		return refusals(wantReason(c.Reason))
	}
	refused := b.illegalMove(entry, workflow.Ready) // which may be a move, but is no rejection then
	refused.Reason = fmt.Sprintf("a story in %s cannot be rejected, only one in %s", entry.story.Status, workflow.Review)
	return refusals(refused, wantReason(c.Reason))
}

func (c RejectStory) moves(b *View) []storyMove {
	return b.moved(c.Story, func(s *story.Story) { s.Status = b.options.Workflow.Ready })
}

func (c RejectStory) check(b *View) error {
	if _, err := b.find(c.Story); err != nil {
		return err
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c RejectStory) apply(b *View, _ time.Time, _ string) {
	b.leaveSprint(b.stories[c.Story])
	b.setStoryStatus(c.Story, b.options.Workflow.Ready, nil)
}

// DropStory gives a story up. It stays on record and leaves its sprint. What open items need is dropped
// with them only: in one batch ([Backlog.Decide]) after a [DropStory] or a [RemoveDependency] for each.
//
// The product owner of the story's team may do it; where the workflow has a way from accepted to dropped, who may accept
// has to be one of them. The reason, which [RuleReason] wants, is kept in the event.
// Errors: [NotFoundError]; [field.Error]; [ErrIllegalMove] where the workflow has no such transition, by default when it is
// accepted or dropped; [ErrRule] by [RuleDropNeeded] and, of what is accepted, [RuleFeatureOpen] and [RuleReleasePlanned], or where
// it counts in a sprint that is over.
type DropStory struct {
	Story  story.ID `json:"story"`
	Reason string   `json:"reason"`
}

// Kind returns "drop_story".
func (DropStory) Kind() string { return "drop_story" }

func (DropStory) permission(*View) Permission { return MayWriteStories }

// also are needed where an acceptance is taken back.
func (c DropStory) also(b *View) []authority { return b.takingBack(c.Story) }

func (c DropStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c DropStory) gate(b *View) []*RefusedError {
	dropped := b.options.Workflow.Dropped
	entry, ok := b.stories[c.Story]
	switch {
	case !ok:
		return refusals(wantReason(c.Reason))
	case dropped != "" && !b.options.Workflow.Allows(entry.story.Status, dropped):
		return refusals(b.illegalMove(entry, dropped), wantReason(c.Reason))
	case entry.category == story.Completed:
		return append(b.wantReopenable(entry), refusals(wantReason(c.Reason))...)
	case !entry.node.open:
		return refusals(wantReason(c.Reason))
	default:
		return refusals(wantReason(c.Reason), b.wantStoryUnneeded(entry))
	}
}

func (c DropStory) check(b *View) error {
	if _, err := b.find(c.Story); err != nil {
		return err
	}
	return field.Join(b.checkDroppable(c.Story), field.CheckText("backlog", "reason", c.Reason))
}

// checkDroppable wants a workflow with a state for what is dropped.
func (b *View) checkDroppable(id story.ID) error {
	if b.options.Workflow.Dropped != "" {
		return nil
	}
	return fieldError("story", id.String(), "a workflow with a state for what is dropped")
}

func (c DropStory) apply(b *View, _ time.Time, _ string) {
	b.leaveSprint(b.stories[c.Story])
	b.setStoryStatus(c.Story, b.options.Workflow.Dropped, nil)
}

// illegalMove returns which moves would be legal, in the words of the changes that make them.
func (b *View) illegalMove(entry *storyEntry, to story.Status) *RefusedError {
	workflow := b.options.Workflow
	from := entry.story.Status
	refused := &RefusedError{By: ByWorkflow, ID: entry.story.ID.String(), Reason: fmt.Sprintf("no move from %s to %s", from, to)}
	for _, next := range workflow.Next(from) {
		category, _ := workflow.Category(next)
		switch {
		case category == story.Completed:
			refused.Needs = append(refused.Needs, "accept_story")
		case category == story.Removed:
			refused.Needs = append(refused.Needs, "drop_story")
		case from == workflow.Review && next == workflow.Ready:
			refused.Needs = append(refused.Needs, "reject_story")
		default:
			refused.Needs = append(refused.Needs, "a move to "+string(next))
		}
	}
	return refused
}
