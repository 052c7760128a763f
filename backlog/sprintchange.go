package backlog

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// PlanSprint adds a sprint. Stories come into it with [CommitStories].
//
// The product owner and developers of the sprint's team may do it. Errors: [field.Error]; [ErrExists];
// [ErrRule] by [RuleSprintLength] or [RuleSprintOverlap].
type PlanSprint struct {
	Sprint Sprint `json:"sprint"` // status, stories, returned, notes and velocity are left unset
}

// Kind returns "plan_sprint".
func (PlanSprint) Kind() string { return "plan_sprint" }

func (c PlanSprint) own() Change {
	c.Sprint = c.Sprint.Clone()
	return c
}

func (PlanSprint) permission(*View) Permission { return MayRunSprints }

func (c PlanSprint) teams(*View) []story.Team { return []story.Team{c.Sprint.Team} }

// maxSprint is how long a sprint may be: one month or less (Scrum Guide, 2020).
const maxSprint = 31 * 24 * time.Hour

func (c PlanSprint) gate(b *View) []*RefusedError { return b.wantTime(&c.Sprint) }

// wantTime refuses, by the rules, a sprint that is too long, or lies in the time of another.
func (b *View) wantTime(s *Sprint) (against []*RefusedError) {
	if s.Start.IsZero() || s.End.IsZero() {
		return nil
	}
	if s.End.Sub(s.Start) > maxSprint {
		against = append(against, breach(RuleSprintLength, ByRule, "the sprint is longer than a month", "a month at most"))
	}
	for _, other := range b.overlaps(s) {
		against = append(against, breach(RuleSprintOverlap, ByRule,
			fmt.Sprintf("sprint %q of the team lies in the same time", other.sprint.Name), "another time",
		).over(sprintItems(other.sprint.ID)))
	}
	return named(s.ID.String(), against)
}

func (c PlanSprint) check(b *View) error {
	if _, taken := b.sprints.byID[c.Sprint.ID]; taken {
		return exists("sprint", c.Sprint.ID)
	}
	s := c.Sprint
	if s.Status != 0 || len(s.Stories) > 0 || len(s.Returned) > 0 || len(s.Notes) > 0 || !s.Velocity.IsZero() {
		return fieldError("sprint", s.Name, "no status, stories, notes or velocity: a new sprint is planned and empty")
	}
	return s.Validate()
}

func (c PlanSprint) apply(b *View, _ time.Time, _ string) {
	sprint := c.Sprint
	sprint.Status = SprintPlanned
	sprintTable.add(b, sprint)
}

// EditSprint changes the name, goal, time or capacity of a sprint that is planned or active. Its stories
// stay.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError]; [field.Error];
// [ErrRule] where the sprint is over, or by [RuleSprintLength], [RuleSprintOverlap], and of an active one
// [RuleSprintGoal] and [RuleSprintEarly].
type EditSprint struct {
	Sprint   SprintID         `json:"sprint"`
	Name     *string          `json:"name,omitempty"`
	Goal     *string          `json:"goal,omitempty"`
	Start    *time.Time       `json:"start,omitempty"`
	End      *time.Time       `json:"end,omitempty"`
	Capacity *decimal.Decimal `json:"capacity,omitempty"` // in points
}

// Kind returns "edit_sprint".
func (EditSprint) Kind() string { return "edit_sprint" }

func (c EditSprint) own() Change {
	c.Name, c.Goal, c.Start, c.End = copied(c.Name), copied(c.Goal), copied(c.Start), copied(c.End)
	c.Capacity = copied(c.Capacity)
	return c
}

func (EditSprint) permission(*View) Permission { return MayRunSprints }

func (c EditSprint) teams(b *View) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c EditSprint) edited(sprint Sprint) Sprint {
	edit(&sprint.Name, c.Name)
	edit(&sprint.Goal, c.Goal)
	edit(&sprint.Start, c.Start)
	edit(&sprint.End, c.End)
	edit(&sprint.Capacity, c.Capacity)
	return sprint
}

func (c EditSprint) gate(b *View) []*RefusedError {
	entry, ok := b.sprints.byID[c.Sprint]
	if !ok {
		return nil
	}
	if refused := b.wantSprint(c.Sprint, SprintPlanned, SprintActive); refused != nil {
		return refusals(refused)
	}
	edited := c.edited(entry.sprint)
	var against []*RefusedError
	if c.Start != nil || c.End != nil {
		against = b.wantTime(&edited)
	}
	if c.Goal != nil && edited.Status == SprintActive {
		against = append(against, wantSprintGoal(&edited))
	}
	return refusals(against...)
}

func (c EditSprint) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.sprints.byID[c.Sprint]
	if !ok || c.Start == nil || entry.sprint.Status != SprintActive {
		return nil
	}
	edited := c.edited(entry.sprint)
	return refusals(wantSprintBegun(&edited, at))
}

func (c EditSprint) check(b *View) error {
	if err := b.checkSprint(c.Sprint); err != nil {
		return err
	}
	return field.Join(checkEdit(c.Name, c.Goal, c.Start, c.End, c.Capacity), c.edited(b.sprints.byID[c.Sprint].sprint).Validate())
}

func (c EditSprint) apply(b *View, _ time.Time, _ string) {
	b.changeSprint(c.Sprint, func(sprint *Sprint) { *sprint = c.edited(*sprint) })
}

// wantSprintGoal refuses, by the rule, a sprint without a goal.
func wantSprintGoal(s *Sprint) *RefusedError {
	if strings.TrimSpace(s.Goal) != "" {
		return nil
	}
	refused := breach(RuleSprintGoal, ByRule, "the sprint has no goal", "a sprint goal")
	refused.ID = s.ID.String()
	return refused
}

// wantSprintStories refuses, by the rule, a sprint without a story.
func wantSprintStories(s *Sprint) *RefusedError {
	if len(s.Stories) > 0 {
		return nil
	}
	refused := breach(RuleSprintStories, ByRule, "the sprint is empty", "at least one story")
	refused.ID = s.ID.String()
	return refused
}

// wantSprintBegun refuses, by the rule, a sprint that begins after an instant.
func wantSprintBegun(s *Sprint, at time.Time) *RefusedError {
	if !at.Before(s.Start) {
		return nil
	}
	refused := breach(RuleSprintEarly, ByRule, "the sprint begins later", "an instant not before "+s.Start.Format(time.RFC3339))
	refused.ID = s.ID.String()
	return refused
}

// NoteSprint adds a note to a sprint: what its retrospective found. Notes are data, nothing follows
// from them.
//
// The scrum master, the product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [field.Error] for a blank note, or one too many.
type NoteSprint struct {
	Sprint SprintID `json:"sprint"`
	Note   string   `json:"note"`
}

// Kind returns "note_sprint".
func (NoteSprint) Kind() string { return "note_sprint" }

func (NoteSprint) permission(*View) Permission { return MayNoteSprints }

func (c NoteSprint) teams(b *View) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c NoteSprint) check(b *View) error {
	entry, ok := b.sprints.byID[c.Sprint]
	if !ok {
		return notFound("sprint", c.Sprint)
	}
	if n := len(entry.sprint.Notes); n >= MaxNotes {
		return tooMany("sprint.notes", n+1, MaxNotes)
	}
	return checkNote("note", c.Note)
}

func (c NoteSprint) apply(b *View, _ time.Time, _ string) {
	b.changeSprint(c.Sprint, func(sprint *Sprint) { sprint.Notes = append(slices.Clip(sprint.Notes), c.Note) })
}

func checkNote(path, note string) error {
	return field.CheckRequired("backlog", path, note, "a note")
}

// CommitStories brings stories into a planned sprint, or widens the scope of an active one. A planned
// sprint needs no reason, an active one does; it is kept in the event.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [field.Error] for a story named twice, one of another team or one that is in a sprint;
// [ErrNotReady] naming what a story lacks; [ErrRule] where the sprint is over or a story is accepted or
// dropped, or by [RuleReason], [RuleExclusive] or [RuleParentAlive].
type CommitStories struct {
	Sprint  SprintID   `json:"sprint"`
	Stories []story.ID `json:"stories"`
	Reason  string     `json:"reason,omitzero"`
}

// Kind returns "commit_stories".
func (CommitStories) Kind() string { return "commit_stories" }

func (c CommitStories) own() Change {
	c.Stories = slices.Clone(c.Stories)
	return c
}

func (CommitStories) permission(*View) Permission { return MayRunSprints }

func (c CommitStories) teams(b *View) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c CommitStories) gate(b *View) []*RefusedError {
	if refused := b.wantSprint(c.Sprint, SprintPlanned, SprintActive); refused != nil {
		return refusals(refused)
	}
	against := refusals(b.wantScopeReason(c.Sprint, c.Reason))
	p := b.planFor(b.sprints.byID[c.Sprint], c.Stories)
	for _, id := range c.Stories {
		if entry, ok := b.stories[id]; ok {
			against = append(against, refusals(b.wantOpen(id), b.wantReady(entry, p), b.wantNoRival(entry, p.inTime), b.wantAlive(entry))...)
		}
	}
	return against
}

func (c CommitStories) check(b *View) error {
	sprint, ok := b.sprints.byID[c.Sprint]
	if !ok {
		return notFound("sprint", c.Sprint)
	}
	if !sprint.sprint.Status.IsOpen() {
		return fieldError("sprint", c.Sprint.String(), "a sprint that is planned or active")
	}
	if err := b.checkStories(c.Stories); err != nil {
		return err
	}
	var errs []error
	for i, id := range c.Stories {
		entry := b.stories[id]
		path := field.Index("stories", i)
		if entry.sprint != nil {
			errs = append(errs, fieldError(path, id.String(),
				fmt.Sprintf("a story in no sprint, it is in %q", entry.sprint.sprint.Name)))
		}
		if team := sprint.sprint.Team; team != "" && entry.story.Team != team {
			errs = append(errs, fieldError(path, id.String(), fmt.Sprintf("a story of team %q", team)))
		}
	}
	return field.Join(append(errs, field.CheckText("backlog", "reason", c.Reason))...)
}

// wantScopeReason refuses, by the rule, what changes the scope of a sprint that is under way without a
// reason.
func (b *View) wantScopeReason(id SprintID, reason string) *RefusedError {
	if entry, ok := b.sprints.byID[id]; !ok || entry.sprint.Status != SprintActive {
		return nil
	}
	return wantReason(reason)
}

func (c CommitStories) apply(b *View, _ time.Time, _ string) {
	b.changeSprint(c.Sprint, func(sprint *Sprint) {
		sprint.Stories = append(slices.Clip(sprint.Stories), c.Stories...)
	})
}

// WithdrawStories takes stories out of an open sprint, back to the backlog. A planned sprint needs
// no reason, an active one does.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [field.Error] for a story that is not in the sprint; [ErrRule] where the sprint is over, or by [RuleReason] or
// [RuleSprintScope].
type WithdrawStories struct {
	Sprint  SprintID   `json:"sprint"`
	Stories []story.ID `json:"stories"`
	Reason  string     `json:"reason,omitzero"`
}

// Kind returns "withdraw_stories".
func (WithdrawStories) Kind() string { return "withdraw_stories" }

func (c WithdrawStories) own() Change {
	c.Stories = slices.Clone(c.Stories)
	return c
}

func (WithdrawStories) permission(*View) Permission { return MayRunSprints }

func (c WithdrawStories) teams(b *View) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c WithdrawStories) gate(b *View) []*RefusedError {
	against := refusals(b.wantSprint(c.Sprint, SprintPlanned, SprintActive), b.wantScopeReason(c.Sprint, c.Reason))
	for _, id := range c.Stories {
		entry, ok := b.stories[id]
		if !ok || entry.category != story.Doing || entry.sprint == nil || entry.sprint.sprint.ID != c.Sprint || entry.sprint.sprint.Status != SprintActive {
			continue
		}
		refused := breach(RuleSprintScope, ByRule, fmt.Sprintf("story %q is in progress", entry.story.Title), "a story that is not, or reject_story")
		refused.ID = id.String()
		against = append(against, refused)
	}
	return against
}

func (c WithdrawStories) check(b *View) error {
	sprint, ok := b.sprints.byID[c.Sprint]
	if !ok {
		return notFound("sprint", c.Sprint)
	}
	if err := b.checkStories(c.Stories); err != nil {
		return err
	}
	for i, id := range c.Stories {
		if b.stories[id].sprint != sprint {
			return fieldError(fmt.Sprintf("stories[%d]", i), id.String(), "a story in the sprint")
		}
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c WithdrawStories) apply(b *View, _ time.Time, _ string) {
	if len(c.Stories) == 1 {
		b.changeSprint(c.Sprint, func(sprint *Sprint) { sprint.Stories = without(sprint.Stories, c.Stories[0]) })
		return
	}
	leave := make(map[story.ID]bool, len(c.Stories))
	for _, id := range c.Stories {
		leave[id] = true
	}
	b.changeSprint(c.Sprint, func(sprint *Sprint) {
		sprint.Stories = slices.DeleteFunc(slices.Clone(sprint.Stories), func(id story.ID) bool { return leave[id] })
	})
}

// StartSprint begins a planned sprint.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [ErrRule] where it is not planned, or by [RuleSprintGoal], [RuleSprintStories], [RuleOneSprint] or
// [RuleSprintEarly].
type StartSprint struct {
	Sprint SprintID `json:"sprint"`
}

// Kind returns "start_sprint".
func (StartSprint) Kind() string { return "start_sprint" }

func (StartSprint) permission(*View) Permission { return MayRunSprints }

func (c StartSprint) teams(b *View) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c StartSprint) gate(b *View) []*RefusedError {
	entry, ok := b.sprints.byID[c.Sprint]
	if !ok {
		return nil
	}
	if refused := b.wantSprint(c.Sprint, SprintPlanned); refused != nil {
		return refusals(refused)
	}
	against := refusals(wantSprintGoal(&entry.sprint))
	against = append(against, refusals(wantSprintStories(&entry.sprint))...)
	against = append(against, b.wantNoOtherSprint(entry)...)
	return named(c.Sprint.String(), against)
}

// wantNoOtherSprint refuses, by the rule, a sprint beside active ones of its team.
func (b *View) wantNoOtherSprint(entry *sprintEntry) []*RefusedError {
	var names []string
	var ids []SprintID
	for other := range b.openSprints[entry.sprint.Team].active {
		if other != entry {
			names, ids = append(names, other.sprint.Name), append(ids, other.sprint.ID)
		}
	}
	switch len(ids) {
	case 0:
		return nil
	case 1:
		return refusals(breach(RuleOneSprint, ByRule,
			fmt.Sprintf("sprint %q of the team is active", names[0]), fmt.Sprintf("the end of %q", names[0])).over(sprintItems(ids[0])))
	default:
		return refusals(breach(RuleOneSprint, ByRule, fmt.Sprintf("%d sprints of the team are active", len(ids)), "the end of each"))
	}
}

func (c StartSprint) gateAt(b *View, at time.Time) []*RefusedError {
	entry, ok := b.sprints.byID[c.Sprint]
	if !ok {
		return nil
	}
	return refusals(wantSprintBegun(&entry.sprint, at))
}

func (c StartSprint) check(b *View) error { return b.checkSprint(c.Sprint) }

func (c StartSprint) apply(b *View, _ time.Time, _ string) {
	b.changeSprint(c.Sprint, func(sprint *Sprint) { sprint.Status = SprintActive })
}

// CloseSprint ends an active sprint. What was accepted makes its velocity; what was not returns to
// the backlog, and if it was in progress, to the ready state: with KeepReview, what waits for acceptance goes
// on waiting for it, in no sprint. Nothing is carried over by itself.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [ErrRule] where it is not active, or by [RuleSprintReviewed].
type CloseSprint struct {
	Sprint     SprintID `json:"sprint"`
	KeepReview bool     `json:"keep_review,omitzero"`
}

// Kind returns "close_sprint".
func (CloseSprint) Kind() string { return "close_sprint" }

func (CloseSprint) permission(*View) Permission { return MayRunSprints }

func (c CloseSprint) teams(b *View) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c CloseSprint) gate(b *View) []*RefusedError {
	if refused := b.wantSprint(c.Sprint, SprintActive); refused != nil {
		return refusals(refused)
	}
	if entry, ok := b.sprints.byID[c.Sprint]; ok {
		return b.wantReviewed(entry.sprint.Stories)
	}
	return nil
}

func (c CloseSprint) moves(b *View) []storyMove { return b.endMoves(c.Sprint, c.KeepReview) }

func (c CloseSprint) check(b *View) error { return b.checkSprint(c.Sprint) }

func (c CloseSprint) apply(b *View, _ time.Time, _ string) {
	b.endSprint(c.Sprint, SprintClosed, c.KeepReview)
}

// CancelSprint ends a sprint early because its goal became obsolete; its stories go as with
// [CloseSprint].
//
// Only the product owner of the sprint's team may do it (Scrum Guide, 2020); the reason, which
// [RuleReason] wants, is kept in the event. Errors: [NotFoundError]; [field.Error]; [ErrRule] where it is over.
type CancelSprint struct {
	Sprint     SprintID `json:"sprint"`
	Reason     string   `json:"reason"`
	KeepReview bool     `json:"keep_review,omitzero"`
}

// Kind returns "cancel_sprint".
func (CancelSprint) Kind() string { return "cancel_sprint" }

func (CancelSprint) permission(*View) Permission { return MayCancelSprints }

func (c CancelSprint) teams(b *View) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c CancelSprint) gate(b *View) []*RefusedError {
	return refusals(b.wantSprint(c.Sprint, SprintPlanned, SprintActive), wantReason(c.Reason))
}

func (c CancelSprint) moves(b *View) []storyMove { return b.endMoves(c.Sprint, c.KeepReview) }

func (c CancelSprint) check(b *View) error {
	if err := b.checkSprint(c.Sprint); err != nil {
		return err
	}
	return field.CheckText("backlog", "reason", c.Reason)
}

func (c CancelSprint) apply(b *View, _ time.Time, _ string) {
	b.endSprint(c.Sprint, SprintCancelled, c.KeepReview)
}
