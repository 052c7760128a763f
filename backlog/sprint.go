package backlog

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// SprintID is the id of a [Sprint].
type SprintID = story.Identity[Sprint]

// Sprint is a fixed period in which a team works on the stories that it committed itself to.
//
// It is a plain value. Its slices are shared by a copy; [Sprint.Clone] makes an independent one.
type Sprint struct {
	ID       SprintID        `json:"id"`
	Name     string          `json:"name"`
	Goal     string          `json:"goal,omitzero"` // what it is for; required to start it
	Team     story.Team      `json:"team,omitzero"` // whose it is; unset means everybody's
	Start    time.Time       `json:"start,omitzero"`
	End      time.Time       `json:"end,omitzero"`
	Capacity decimal.Decimal `json:"capacity"` // in points, >= 0
	Status   SprintStatus    `json:"status,omitzero"`
	Stories  []story.ID      `json:"stories,omitempty"` // in the order of commitment; once closed, those accepted
	Returned []story.ID      `json:"returned,omitempty"`
	Velocity decimal.Decimal `json:"velocity"` // points accepted, once closed or cancelled
}

// SprintStatus is where a [Sprint] is in its life. The zero value means unset and is invalid to
// store.
type SprintStatus uint8

// The states of a sprint.
const (
	SprintPlanned   SprintStatus = iota + 1
	SprintActive                 // being worked on
	SprintClosed                 // over
	SprintCancelled              // ended early, since its goal became obsolete
)

var sprintTexts = [...]string{"", "planned", "active", "closed", "cancelled"}

// IsValid reports whether s is one of the states.
func (s SprintStatus) IsValid() bool { return s > 0 && int(s) < len(sprintTexts) }

// IsOpen reports whether the sprint is planned or active.
func (s SprintStatus) IsOpen() bool { return s == SprintPlanned || s == SprintActive }

// String returns the text form.
func (s SprintStatus) String() string {
	if !s.IsValid() {
		return fmt.Sprintf("status %d", uint8(s))
	}
	return sprintTexts[s]
}

// MarshalText returns the text form.
func (s SprintStatus) MarshalText() ([]byte, error) {
	if !s.IsValid() {
		return nil, fieldError("sprint.status", s.String(), "one of "+strings.Join(sprintTexts[1:], ", "))
	}
	return []byte(sprintTexts[s]), nil
}

// UnmarshalText reads the text form; s stays as it was on an error.
func (s *SprintStatus) UnmarshalText(text []byte) error {
	i := slices.Index(sprintTexts[:], string(text))
	if i <= 0 {
		return fieldError("sprint.status", fmt.Sprintf("%.40s", text), "one of "+strings.Join(sprintTexts[1:], ", "))
	}
	*s = SprintStatus(i)
	return nil
}

// Clone returns a copy that shares nothing with s.
func (s Sprint) Clone() Sprint {
	s.Stories, s.Returned = slices.Clone(s.Stories), slices.Clone(s.Returned)
	return s
}

// Validate reports everything that is wrong with s in itself.
func (s Sprint) Validate() error {
	var errs []error
	if s.ID.IsZero() {
		errs = append(errs, fieldError("sprint.id", "", "a UUID made by the caller"))
	}
	errs = append(errs,
		story.CheckTitle("backlog", "sprint.name", s.Name),
		story.CheckText("backlog", "sprint.goal", s.Goal),
		story.CheckNumber("backlog", "sprint.capacity", s.Capacity),
		story.CheckNumber("backlog", "sprint.velocity", s.Velocity),
	)
	if s.Team != "" {
		errs = append(errs, story.CheckTitle("backlog", "sprint.team", string(s.Team)))
	}
	if s.Capacity.Sign() < 0 {
		errs = append(errs, fieldError("sprint.capacity", "a negative number", "0 points or more"))
	}
	if !s.Start.IsZero() && !s.End.IsZero() && !s.End.After(s.Start) {
		errs = append(errs, fieldError("sprint.end", s.End.Format(time.RFC3339),
			"an instant after its start, "+s.Start.Format(time.RFC3339)))
	}
	if s.Status != 0 && !s.Status.IsValid() {
		errs = append(errs, fieldError("sprint.status", s.Status.String(), "one of "+strings.Join(sprintTexts[1:], ", ")))
	}
	return errors.Join(errs...)
}

// PlanSprint adds a sprint. Stories come into it with [CommitStories].
//
// The product owner and developers of the sprint's team may do it. Errors: [story.FieldError];
// [ErrExists].
type PlanSprint struct {
	Sprint Sprint `json:"sprint"` // status, stories, returned and velocity are left unset
}

// Kind returns "plan_sprint".
func (PlanSprint) Kind() string { return "plan_sprint" }

func (PlanSprint) decision(*Backlog) Decision { return RunSprints }

func (c PlanSprint) teams(*Backlog) []story.Team { return []story.Team{c.Sprint.Team} }

func (c PlanSprint) check(b *Backlog) error {
	if _, taken := b.sprints.byID[c.Sprint.ID]; taken {
		return exists("sprint", c.Sprint.ID)
	}
	s := c.Sprint
	if s.Status != 0 || len(s.Stories) > 0 || len(s.Returned) > 0 || !s.Velocity.IsZero() {
		return fieldError("sprint", s.Name, "no status, stories or velocity: a new sprint is planned and empty")
	}
	return s.Validate()
}

func (c PlanSprint) apply(b *Backlog, _ time.Time, _ string) {
	sprint := c.Sprint
	sprint.Status = SprintPlanned
	b.addSprint(sprint, len(b.sprints.list))
}

// CommitStories brings stories into a planned sprint, or widens the scope of an active one.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [story.FieldError] for a story named twice, one of another team or one that is in a sprint;
// [ErrNotReady] naming what a story lacks; [ErrRule] where the sprint is over, a story is accepted or
// dropped, or another one excludes it.
type CommitStories struct {
	Sprint  SprintID   `json:"sprint"`
	Stories []story.ID `json:"stories"`
}

// Kind returns "commit_stories".
func (CommitStories) Kind() string { return "commit_stories" }

func (CommitStories) decision(*Backlog) Decision { return RunSprints }

func (c CommitStories) teams(b *Backlog) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c CommitStories) gate(b *Backlog) *RefusedError {
	if refused := b.wantSprint(c.Sprint, SprintPlanned, SprintActive); refused != nil {
		return refused
	}
	for _, id := range c.Stories {
		if refused := b.wantOpen(id); refused != nil {
			return refused
		}
		if entry, ok := b.stories[id]; ok {
			if refused := cmp.Or(b.wantReady(entry), b.wantNoRival(entry)); refused != nil {
				return refused
			}
		}
	}
	return nil
}

func (c CommitStories) check(b *Backlog) error {
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
		field := fmt.Sprintf("stories[%d]", i)
		if entry.sprint != nil {
			errs = append(errs, fieldError(field, id.String(),
				fmt.Sprintf("a story in no sprint, it is in %q", entry.sprint.sprint.Name)))
		}
		if team := sprint.sprint.Team; team != "" && entry.story.Team != team {
			errs = append(errs, fieldError(field, id.String(), fmt.Sprintf("a story of team %q", team)))
		}
	}
	return errors.Join(errs...)
}

func (c CommitStories) apply(b *Backlog, _ time.Time, _ string) {
	b.changeSprint(c.Sprint, func(sprint *Sprint) {
		sprint.Stories = append(slices.Clip(sprint.Stories), c.Stories...)
	})
}

// WithdrawStories takes stories out of an open sprint, back to the backlog. A planned sprint needs
// no reason, an active one does.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [story.FieldError] for a story that is not in the sprint; [ErrRule] where the sprint is over.
type WithdrawStories struct {
	Sprint  SprintID   `json:"sprint"`
	Stories []story.ID `json:"stories"`
	Reason  string     `json:"reason,omitzero"`
}

// Kind returns "withdraw_stories".
func (WithdrawStories) Kind() string { return "withdraw_stories" }

func (WithdrawStories) decision(*Backlog) Decision { return RunSprints }

func (c WithdrawStories) teams(b *Backlog) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c WithdrawStories) gate(b *Backlog) *RefusedError {
	return b.wantSprint(c.Sprint, SprintPlanned, SprintActive)
}

func (c WithdrawStories) check(b *Backlog) error {
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
	if sprint.sprint.Status == SprintActive {
		return story.CheckReason("backlog", "reason", c.Reason)
	}
	return story.CheckText("backlog", "reason", c.Reason)
}

func (c WithdrawStories) apply(b *Backlog, _ time.Time, _ string) {
	b.changeSprint(c.Sprint, func(sprint *Sprint) {
		sprint.Stories = slices.DeleteFunc(slices.Clone(sprint.Stories), func(id story.ID) bool {
			return slices.Contains(c.Stories, id)
		})
	})
}

// StartSprint begins a planned sprint.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [ErrRule] where it is not planned, has no goal or no story, or another sprint of its team is
// active.
type StartSprint struct {
	Sprint SprintID `json:"sprint"`
}

// Kind returns "start_sprint".
func (StartSprint) Kind() string { return "start_sprint" }

func (StartSprint) decision(*Backlog) Decision { return RunSprints }

func (c StartSprint) teams(b *Backlog) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c StartSprint) gate(b *Backlog) *RefusedError {
	entry, ok := b.sprints.byID[c.Sprint]
	if !ok {
		return nil
	}
	if refused := b.wantSprint(c.Sprint, SprintPlanned); refused != nil {
		return refused
	}
	var needs []string
	if strings.TrimSpace(entry.sprint.Goal) == "" {
		needs = append(needs, "a sprint goal")
	}
	if len(entry.sprint.Stories) == 0 {
		needs = append(needs, "at least one story")
	}
	for _, other := range b.sprints.list {
		if other.sprint.Status == SprintActive && other.sprint.Team == entry.sprint.Team {
			needs = append(needs, fmt.Sprintf("the end of %q", other.sprint.Name))
		}
	}
	if len(needs) == 0 {
		return nil
	}
	return &RefusedError{By: ByRule, Reason: "the sprint cannot start", Needs: needs}
}

func (c StartSprint) check(b *Backlog) error { return b.checkSprint(c.Sprint) }

func (c StartSprint) apply(b *Backlog, _ time.Time, _ string) {
	b.changeSprint(c.Sprint, func(sprint *Sprint) { sprint.Status = SprintActive })
}

// CloseSprint ends an active sprint. What was accepted makes its velocity; what was not returns to
// the backlog, and if it was in progress, to the ready state. Nothing is carried over by itself.
//
// The product owner and developers of the sprint's team may do it. Errors: [NotFoundError];
// [ErrRule] where it is not active.
type CloseSprint struct {
	Sprint SprintID `json:"sprint"`
}

// Kind returns "close_sprint".
func (CloseSprint) Kind() string { return "close_sprint" }

func (CloseSprint) decision(*Backlog) Decision { return RunSprints }

func (c CloseSprint) teams(b *Backlog) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c CloseSprint) gate(b *Backlog) *RefusedError { return b.wantSprint(c.Sprint, SprintActive) }

func (c CloseSprint) check(b *Backlog) error { return b.checkSprint(c.Sprint) }

func (c CloseSprint) apply(b *Backlog, _ time.Time, _ string) { b.endSprint(c.Sprint, SprintClosed) }

// CancelSprint ends a sprint early because its goal became obsolete; its stories go as with
// [CloseSprint].
//
// Only the product owner of the sprint's team may do it (Scrum Guide, 2020); the reason is required
// and kept in the event. Errors: [NotFoundError]; [story.FieldError]; [ErrRule] where it is over.
type CancelSprint struct {
	Sprint SprintID `json:"sprint"`
	Reason string   `json:"reason"`
}

// Kind returns "cancel_sprint".
func (CancelSprint) Kind() string { return "cancel_sprint" }

func (CancelSprint) decision(*Backlog) Decision { return CancelSprints }

func (c CancelSprint) teams(b *Backlog) []story.Team { return b.teamsOfSprint(c.Sprint) }

func (c CancelSprint) gate(b *Backlog) *RefusedError {
	return b.wantSprint(c.Sprint, SprintPlanned, SprintActive)
}

func (c CancelSprint) check(b *Backlog) error {
	if err := b.checkSprint(c.Sprint); err != nil {
		return err
	}
	return story.CheckReason("backlog", "reason", c.Reason)
}

func (c CancelSprint) apply(b *Backlog, _ time.Time, _ string) {
	b.endSprint(c.Sprint, SprintCancelled)
}

// endSprint sorts the stories of a sprint into those accepted and those that go back.
func (b *Backlog) endSprint(id SprintID, status SprintStatus) {
	entry := b.sprints.byID[id]
	sprint := entry.sprint
	var accepted, returned []story.ID
	for _, storyID := range sprint.Stories {
		s := b.stories[storyID]
		if s.category == story.Completed {
			accepted = append(accepted, storyID)
			points, _ := s.story.Estimate.Points()
			sprint.Velocity = sprint.Velocity.Add(points)
		} else {
			returned = append(returned, storyID)
		}
	}
	sprint.Status, sprint.Stories = status, accepted
	sprint.Returned = append(slices.Clip(sprint.Returned), returned...)
	b.putSprint(entry, sprint)
	for _, storyID := range returned {
		if b.stories[storyID].category == story.Doing {
			b.changeStory(storyID, func(s *story.Story) { s.Status = b.options.Workflow.Ready })
		}
	}
}

func (b *Backlog) checkSprint(id SprintID) error {
	if entry, ok := b.sprints.byID[id]; !ok {
		return notFound("sprint", id)
	} else if !entry.sprint.Status.IsOpen() {
		return fieldError("sprint", id.String(), "a sprint that is planned or active")
	}
	return nil
}

// wantSprint refuses a sprint that is in none of the states.
func (b *Backlog) wantSprint(id SprintID, states ...SprintStatus) *RefusedError {
	entry, ok := b.sprints.byID[id]
	if !ok || slices.Contains(states, entry.sprint.Status) {
		return nil
	}
	refused := &RefusedError{By: ByRule, Reason: "the sprint is " + entry.sprint.Status.String()}
	for _, state := range states {
		refused.Needs = append(refused.Needs, "a sprint that is "+state.String())
	}
	return refused
}

func (b *Backlog) teamsOfSprint(id SprintID) []story.Team {
	if entry, ok := b.sprints.byID[id]; ok {
		return []story.Team{entry.sprint.Team}
	}
	return nil
}

func (b *Backlog) changeSprint(id SprintID, change func(*Sprint)) {
	entry := b.sprints.byID[id]
	sprint := entry.sprint
	change(&sprint)
	b.putSprint(entry, sprint)
}

// Sprints walks the sprints in the order in which they were planned.
func (b *Backlog) Sprints() iter.Seq[Sprint] {
	return func(yield func(Sprint) bool) {
		for _, entry := range b.sprints.list {
			if !yield(entry.sprint.Clone()) {
				return
			}
		}
	}
}

// Sprint returns a sprint by its id.
func (b *Backlog) Sprint(id SprintID) (Sprint, bool) {
	entry, ok := b.sprints.byID[id]
	if !ok {
		return Sprint{}, false
	}
	return entry.sprint.Clone(), true
}
