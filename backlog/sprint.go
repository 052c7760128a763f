package backlog

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
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
	Stories  []story.ID      `json:"stories,omitempty"`  // in the order of commitment; once closed, those accepted
	Returned []story.ID      `json:"returned,omitempty"` // rejected or dropped while it was active, or not accepted at its end, in this order
	Velocity decimal.Decimal `json:"velocity"`           // points accepted, once closed or cancelled
	Notes    []string        `json:"notes,omitempty"`    // of the retrospective
}

// SprintStatus is where a [Sprint] is in its life: [SprintPlanned], [SprintActive], [SprintClosed] or
// [SprintCancelled]. The zero value means unset and is invalid to store.
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
	s.Stories, s.Returned, s.Notes = slices.Clone(s.Stories), slices.Clone(s.Returned), slices.Clone(s.Notes)
	return s
}

func checkCapacity(points decimal.Decimal) error {
	const path = "sprint.capacity"
	if err := field.CheckNumber("backlog", path, points); err != nil || points.Sign() >= 0 {
		return err
	}
	return fieldError(path, points.String(), "0 points or more")
}

// Validate reports everything that is wrong with s in itself.
func (s Sprint) Validate() error {
	var errs []error
	if s.ID.IsZero() {
		errs = append(errs, fieldError("sprint.id", "", "a UUID made by the caller"))
	}
	errs = append(errs,
		field.CheckTitle("backlog", "sprint.name", s.Name),
		field.CheckText("backlog", "sprint.goal", s.Goal),
		field.CheckInstant("backlog", "sprint.start", s.Start),
		field.CheckInstant("backlog", "sprint.end", s.End),
		checkCapacity(s.Capacity),
		field.CheckNumber("backlog", "sprint.velocity", s.Velocity),
	)
	if s.Team != "" {
		errs = append(errs, field.CheckTitle("backlog", "sprint.team", string(s.Team)))
	}
	if !s.Start.IsZero() && !s.End.IsZero() && !s.End.After(s.Start) {
		errs = append(errs, fieldError("sprint.end", s.End.Format(time.RFC3339),
			"an instant after its start, "+s.Start.Format(time.RFC3339)))
	}
	if len(s.Notes) > MaxNotes {
		return field.Join(append(errs, tooMany("sprint.notes", len(s.Notes), MaxNotes))...)
	}
	for i, note := range s.Notes {
		errs = append(errs, checkNote(fmt.Sprintf("sprint.notes[%d]", i), note))
	}
	if s.Status != 0 && !s.Status.IsValid() {
		errs = append(errs, fieldError("sprint.status", s.Status.String(), "one of "+strings.Join(sprintTexts[1:], ", ")))
	}
	return field.Join(errs...)
}

type sprintEntry struct{ sprint Sprint }

var sprintTable = &table[SprintID, Sprint, sprintEntry]{
	name: "sprints", noun: "sprint",
	rows:  func(b *View) storage[SprintID, sprintEntry] { return &b.sprints },
	key:   func(s Sprint) SprintID { return s.ID },
	value: func(e *sprintEntry) Sprint { return e.sprint },
	set:   (*View).setSprint,
	check: (*View).checkSprintRecord,
	stays: func(*View, *sprintEntry) (reason, needs string) { return "", "" },
}

// setSprint replaces the value of a sprint. While it is open its stories know that they are in it.
func (b *View) setSprint(entry *sprintEntry, sprint Sprint) {
	was, is := trimSame(membersOf(&entry.sprint), membersOf(&sprint))
	b.touchMembers(was, is)
	if entry.sprint.Status.IsOpen() {
		b.clock(entry, false)
		for _, id := range was {
			b.stories[id].sprint = nil
		}
	}
	entry.sprint = sprint
	if sprint.Status.IsOpen() {
		b.clock(entry, true)
		for _, id := range is {
			b.stories[id].sprint = entry
		}
	}
}

// membersOf returns the stories of a sprint while it is open, nil afterwards.
func membersOf(s *Sprint) []story.ID {
	if !s.Status.IsOpen() {
		return nil
	}
	return s.Stories
}

// trimSame returns two lists without what both begin and end with. Most of it is compared by the block.
func trimSame(a, b []story.ID) ([]story.ID, []story.ID) {
	const block = 64
	for len(a) >= block && len(b) >= block && *(*[block]story.ID)(a) == *(*[block]story.ID)(b) {
		a, b = a[block:], b[block:]
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) >= block && len(b) >= block && *(*[block]story.ID)(a[len(a)-block:]) == *(*[block]story.ID)(b[len(b)-block:]) {
		a, b = a[:len(a)-block], b[:len(b)-block]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// touchMembers notes the stories that are in one of two lists only.
func (b *View) touchMembers(was, is []story.ID) {
	if b.touched == nil {
		return
	}
	in := make(map[story.ID]int)
	for bit, ids := range [][]story.ID{was, is} {
		for _, id := range ids {
			in[id] |= 1 << bit
		}
	}
	for id, sides := range in {
		if sides != 3 {
			b.touch(storyTable.name, id, false)
		}
	}
}

// checkSprintRecord wants a valid sprint of stories that are there and, while it is open, in no other
// open one.
func (b *View) checkSprintRecord(entry *sprintEntry, sprint Sprint) error {
	errs := []error{sprint.Validate(), checkStatus(sprint.Status)}
	if len(sprint.Stories) > 0 {
		if err := b.checkStories(sprint.Stories); err != nil {
			return field.Join(append(errs, err)...)
		}
	}
	for _, id := range sprint.Stories {
		if held := b.stories[id].sprint; sprint.Status.IsOpen() && held != nil && held != entry {
			errs = append(errs, fieldError("stories", id.String(), "a story in one open sprint"))
		}
	}
	for _, id := range sprint.Returned {
		_, err := b.find(id)
		errs = append(errs, err)
	}
	return field.Join(errs...)
}

// endSprint sorts the stories of a sprint into those accepted and those that go back.
func (b *View) endSprint(id SprintID, status SprintStatus, keepReview bool) {
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
	sprintTable.put(b, entry, sprint)
	for _, storyID := range returned {
		if b.goesBack(b.stories[storyID], keepReview) {
			b.setStoryStatus(storyID, b.options.Workflow.Ready, nil)
		}
	}
}

// endMoves returns the stories of a sprint that go back to the ready state when it ends.
func (b *View) endMoves(id SprintID, keepReview bool) (moves []storyMove) {
	entry, ok := b.sprints.byID[id]
	if !ok || !entry.sprint.Status.IsOpen() {
		return nil
	}
	for _, storyID := range entry.sprint.Stories {
		if b.goesBack(b.stories[storyID], keepReview) {
			moves = append(moves, b.moved(storyID, func(s *story.Story) { s.Status = b.options.Workflow.Ready })...)
		}
	}
	return moves
}

// goesBack reports whether a story goes back to the ready state when its sprint ends.
func (b *View) goesBack(entry *storyEntry, keepReview bool) bool {
	return entry.category == story.Doing && (!keepReview || entry.story.Status != b.options.Workflow.Review)
}

// wantReviewed refuses, by the rule, to close a sprint while some of its stories wait for acceptance.
func (b *View) wantReviewed(stories []story.ID) (against []*RefusedError) {
	for _, storyID := range stories {
		if one := b.stories[storyID]; one != nil && one.story.Status == b.options.Workflow.Review {
			refused := breach(RuleSprintReviewed, ByRule, fmt.Sprintf("story %q waits for acceptance", one.story.Title), "a story that is accepted or rejected")
			refused.ID = storyID.String()
			against = append(against, refused)
		}
	}
	return against
}

func (b *View) checkSprint(id SprintID) error {
	if entry, ok := b.sprints.byID[id]; !ok {
		return notFound("sprint", id)
	} else if !entry.sprint.Status.IsOpen() {
		return fieldError("sprint", id.String(), "a sprint that is planned or active")
	}
	return nil
}

// wantSprint refuses a sprint that is in none of the states.
func (b *View) wantSprint(id SprintID, states ...SprintStatus) *RefusedError {
	entry, ok := b.sprints.byID[id]
	if !ok || slices.Contains(states, entry.sprint.Status) {
		return nil
	}
	refused := &RefusedError{By: ByRule, ID: id.String(), Reason: "the sprint is " + entry.sprint.Status.String()}
	for _, state := range states {
		refused.Needs = append(refused.Needs, "a sprint that is "+state.String())
	}
	return refused
}

func (b *View) teamsOfSprint(id SprintID) []story.Team {
	if entry, ok := b.sprints.byID[id]; ok {
		return []story.Team{entry.sprint.Team}
	}
	return nil
}

func (b *View) changeSprint(id SprintID, change func(*Sprint)) {
	entry := b.sprints.byID[id]
	sprint := entry.sprint
	change(&sprint)
	sprintTable.put(b, entry, sprint)
}

// Sprints returns an iterator over the sprints in the order in which they were planned.
func (b *View) Sprints() iter.Seq[Sprint] {
	return func(yield func(Sprint) bool) {
		for _, entry := range b.sprints.list {
			if !yield(entry.sprint.Clone()) {
				return
			}
		}
	}
}

// Sprint returns a sprint by its id.
func (b *View) Sprint(id SprintID) (Sprint, bool) {
	entry, ok := b.sprints.byID[id]
	if !ok {
		return Sprint{}, false
	}
	return entry.sprint.Clone(), true
}
