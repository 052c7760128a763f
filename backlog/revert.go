package backlog

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Revert takes an event back: what it changed is again as it was before, field by field, so that a title
// can be taken back though a task was added since. It is a change like any other, with an event of its own,
// and can be taken back in turn. [Backlog.Reverse] makes one; it holds what the event touched, before and after, so
// that its record needs no other.
//
// The rules and the definitions of ready and of done are asked of what comes back as if it came by a change of
// its own, unless nothing happened since the event.
//
// Whoever may take the decision of the event, for the same teams, may take it back; what it does to
// roles, mandates, objectives, acceptances, shipped releases and sprints that are over needs their permissions
// whatever the event is said to be, since nothing proves what the backlog was like before. Errors: [ErrNotAllowed] where the
// Revert was not made by Reverse; [ErrRule] where a field that the event changed was changed since, or
// what it added was or is needed by now, where an acceptance was built on since (the sprint closed, the feature
// accepted, the release shipped), or where the backlog's rules stand against it: a second active goal or
// sprint, a story that another one excludes, a limit of the work in progress; [ErrNotReady]; [ErrNotDone]; [CycleError].
type Revert struct {
	Seq uint64 // the event that is taken back

	kind    string // of its change
	decides Permission
	scope   []story.Team // whose stories or sprints it touched
	was, is side
	made    uint64 // the event that Reverse made it for; 0 where it was read: a record is applied, not decided
}

// revertJSON is the JSON form of a [Revert].
type revertJSON struct {
	Seq      uint64       `json:"seq"`
	Kind     string       `json:"kind"`
	Decision Permission   `json:"permission"`
	Teams    []story.Team `json:"teams,omitempty"`
	Was      side         `json:"was"`
	Is       side         `json:"is"`
}

// Reverse returns the change that takes an event back. It is asked of the backlog as it was right before that:
//
//	before, err := backlog.ReplayTo(options, events, event.Seq-1)
//	revert, err := before.Reverse(event)
//	undone, err := b.Execute(revert, actor, at)
//
// Whether it can be taken back now is for [Backlog.Execute] or [View.Can] to say. Errors: those of
// [Backlog.Apply]. B is as it was afterwards. O(1) in the size of the backlog, but for an event that
// adds or moves stories or features: then a look at the ids of all.
func (b *Backlog) Reverse(event Event) (Revert, error) {
	touched := &touches{keys: make(map[string]map[any]bool), orders: make(map[string]bool)}
	var is []any
	err := b.attempt(func() error {
		b.touched = touched
		defer func() { b.touched = nil }()
		if err := b.Apply(event); err != nil {
			return err
		}
		is = b.look(touched)
		return errTried
	})
	if !errors.Is(err, errTried) {
		return Revert{}, err
	}
	revert := Revert{Seq: event.Seq, kind: event.Change.Kind(), made: event.Seq, decides: event.Change.permission(&b.view)}
	revert.was, revert.is = sides(b.look(touched), is)
	revert.was = withoutEnded(revert.was, revert.is)
	if t, ok := event.Change.(teamed); ok {
		revert.scope = t.teams(&b.view)
	}
	return revert, nil
}

// errTried ends an attempt that is only made to see whether it would succeed.
var errTried = errors.New("tried")

// Kind returns "revert".
func (Revert) Kind() string { return "revert" }

// MarshalJSON writes the sequence number, and what the event touched as it was and as it came to be.
func (c Revert) MarshalJSON() ([]byte, error) {
	return json.Marshal(revertJSON{c.Seq, c.kind, c.decides, c.scope, c.was, c.is})
}

// UnmarshalJSON reads what [Revert.MarshalJSON] wrote; c stays as it was on an error. What was read is
// a record: it can be applied, not executed.
func (c *Revert) UnmarshalJSON(data []byte) error {
	var raw revertJSON
	if err := decodeStrict(data, &raw); err != nil {
		return err
	}
	*c = Revert{Seq: raw.Seq, kind: raw.Kind, decides: raw.Decision, scope: raw.Teams, was: raw.Was, is: raw.Is}
	return nil
}

func (c Revert) permission(*View) Permission { return c.decides }

// teams are those of the event and, where it is about teams, those whose the stories and sprints are by now.
func (c Revert) teams(b *View) []story.Team {
	if len(c.scope) == 0 {
		return nil
	}
	teams := slices.Clone(c.scope)
	add := func(team story.Team) {
		if !slices.Contains(teams, team) {
			teams = append(teams, team)
		}
	}
	for _, record := range storyTable.of(c.is).Values {
		if entry, ok := b.stories[record.ID]; ok {
			add(entry.story.Team)
		}
	}
	for _, record := range sprintTable.of(c.is).Values {
		if entry, ok := b.sprints.byID[record.ID]; ok {
			add(entry.sprint.Team)
		}
	}
	return teams
}

// check leaves all but the form to try.
func (c Revert) check(b *View) error {
	switch {
	case c.kind == "":
		return fieldError("revert", "", "one that Reverse made")
	case c.Seq == 0 || c.Seq > b.seq:
		return fieldError("seq", fmt.Sprint(c.Seq), "the number of an event that happened")
	case c.kind == ReleaseClaim{}.Kind():
		return c.refuse("a claim that came to an end is not given back", "a claim of its own")
	}
	return c.checkClaims()
}

func (c Revert) apply(b *View, at time.Time, by string) { _ = c.try(b, at, by) } // not called: it is a trial

// refuse returns why the event cannot be taken back.
func (c Revert) refuse(reason string, needs ...string) *RefusedError {
	return &RefusedError{By: ByRule, Change: c, Reason: reason, Needs: needs}
}

// wantRules looks, once the event is taken back, for rules that stand against it.
func (c Revert) wantRules(b *View, at time.Time, was []load) (against []*RefusedError) {
	switch {
	case c.decides == MayImport: // the rules are not asked of the past, nor of taking it back
		return nil
	case c.Seq == b.seq: // nothing happened since: all is as it was before, and that was
		return nil
	}
	against = append(c.wantItemsBecoming(b, at), c.wantPlansBecoming(b, at)...)
	if b.vision.IsZero() && visionValue.of(c.is) != nil && len(b.goals.list) > 0 {
		against = append(against, breach(RuleVisionFirst, ByRule, "a goal leads to a vision", "a vision"))
	}
	for _, record := range featureTable.of(c.is).Values {
		entry, ok := b.features.byID[record.ID]
		if ok && entry.feature.Release != record.Release {
			against = append(against, b.wantPlanned(record.Release), b.wantPlanned(entry.feature.Release))
		}
		if ok && entry.feature.Epic != record.Epic {
			against = append(against, b.wantLevels(entry.feature.Epic))
		}
	}
	for back, now := range changedRecords(sprintTable, c) {
		against = append(against, c.wantSprintOf(b, &now, &back)...)
	}
	for _, record := range storyTable.of(c.was).Values {
		against = append(against, c.wantSprintTeam(b.stories[record.ID]))
	}
	against = append(against, c.wantOpenStories(b)...)
	against = append(against, c.wantUnneeded(b)...)
	for _, relation := range relationLinks.of(c.was) {
		against = append(against, RelateStories{relation}.gate(b)...)
	}
	against = append(against, c.wantSettled(b)...)
	return once(refusals(append(against, b.overSince(was)...)...))
}

// once returns refusals without those that repeat an earlier one.
func once(against []*RefusedError) (all []*RefusedError) {
	for _, one := range against {
		isThere := slices.ContainsFunc(all, func(other *RefusedError) bool {
			return other.Rule == one.Rule && other.Rule != 0 && other.ID == one.ID && other.Reason == one.Reason
		})
		if !isThere {
			all = append(all, one)
		}
	}
	return all
}

// wantUnneeded refuses to drop again what open items need.
func (c Revert) wantUnneeded(b *View) (against []*RefusedError) {
	was := make(map[any]string) // what is put back, with its state until now
	for _, record := range storyTable.of(c.is).Values {
		was[record.ID] = string(record.Status)
	}
	for _, record := range featureTable.of(c.is).Values {
		was[record.ID] = record.Status.String()
	}
	for _, record := range goalTable.of(c.is).Values {
		was[record.ID] = record.Status.String()
	}
	for _, record := range storyTable.of(c.was).Values {
		if entry := b.stories[record.ID]; entry.category == story.Removed && was[record.ID] != string(record.Status) {
			against = append(against, b.wantStoryUnneeded(entry))
		}
	}
	for _, record := range featureTable.of(c.was).Values {
		if record.Status == roadmap.FeatureDropped && was[record.ID] != record.Status.String() {
			against = append(against, b.wantFeatureUnneeded(b.features.byID[record.ID]))
		}
	}
	for _, record := range goalTable.of(c.was).Values {
		if record.Status == roadmap.GoalDropped && was[record.ID] != record.Status.String() {
			against = append(against, b.wantGoalUnneeded(b.goals.byID[record.ID]))
		}
	}
	return against
}

// wantSprintOf refuses a sprint with stories that cannot be in it.
func (c Revert) wantSprintOf(b *View, now, back *Sprint) (against []*RefusedError) {
	if !back.Status.IsOpen() {
		return nil
	}
	p := b.planFor(b.sprints.byID[back.ID], nil)
	for _, id := range back.Stories {
		entry := b.stories[id]
		isNew := !now.Status.IsOpen() || !slices.Contains(now.Stories, id)
		if isNew && entry.category == story.Removed {
			against = append(against, c.refuse(fmt.Sprintf("story %q, which was in the sprint, is %s", entry.story.Title, entry.story.Status)))
		} else if isNew && entry.category.IsOpen() {
			against = append(against, b.wantReady(entry, p))
		}
		against = append(against, c.wantSprintTeam(entry))
	}
	return against
}

// wantSprintTeam refuses a story in a sprint of another team.
func (c Revert) wantSprintTeam(entry *storyEntry) *RefusedError {
	if entry.sprint == nil {
		return nil
	}
	if team := entry.sprint.sprint.Team; team != "" && team != entry.story.Team {
		return c.refuse(fmt.Sprintf("story %q would be in a sprint of team %q", entry.story.Title, team))
	}
	return nil
}

// changedSince refuses to take back what was overwritten: a field of a record, or all of it.
func (c Revert) changedSince(what string, id any, field string) error {
	text := fmt.Sprintf("%s %q was changed since", what, fmt.Sprint(id))
	if field != "" {
		text = fmt.Sprintf("%s of %s %q was changed since", field, what, fmt.Sprint(id))
	}
	return c.refuse(text, "what came later taken back first")
}
