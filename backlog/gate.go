package backlog

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// DecideOptions are the options of [Backlog.Decide]. The zero value expects nothing and notes nothing.
type DecideOptions struct {
	// Expect is the version of the backlog, its [View.Seq], that the caller saw when deciding; nil
	// means any.
	Expect *uint64
	// ExpectOf narrows Expect to items: what happened since is a conflict only if it touched one of them,
	// as [Event.Touches] has it, or is not remembered. Nil means everything.
	ExpectOf *Items
	// Claim is the token of a claim that the actor has to hold, the sequence number of its [ClaimStory]; 0 for
	// none. So somebody whose claim has run out changes nothing under the hands of who holds the story by now.
	Claim uint64
	// Waive lets the changes pass although rules or checks of a definition stand against them, each with the reason,
	// which is kept in the findings of the event. The actor needs [MayWaiveRules], for the teams of the change. What is no
	// rule, such as authority, the workflow and the structure, cannot be waived.
	Waive []Waiver
	// Note and Correlation are kept in the events: a remark, and what the events belong to in the
	// host's own books, such as the id of a request. By the Correlation a host finds its events in a log
	// whose Append timed out.
	Note, Correlation string
}

// Decide returns the events that would record the changes, made by an actor at an instant that is not
// before the last event's, and leaves b as it was. The host appends the events to its log and then
// calls [Backlog.Apply] with them. Each change is judged as if the earlier ones were made: Decide makes
// them and takes them back, so it must be alone, as a write must. It asks the policy, the workflow, the
// definitions of ready and of done, the rules, and whether the change fits the backlog, in this order.
//
// Errors: [*ConflictError] if something happened after the version that the caller expects; [*ClaimError] if
// the actor does not hold the claim that options name; [*RefusedError]; [field.Error]; and those in the documentation of the change. Of several changes, the error is a
// [*BatchError] that gives the index of the one that was refused, and there is no event of any.
// No changes are no events and no error. The cost is that of the changes, O(log n) for a usual one in a backlog of n
// stories: since it is looked at twice, Decide and Apply take up to half as long again as [Backlog.Execute] of one
// change, and about twice as long of a batch, which is made, taken back and made again.
func (b *Backlog) Decide(changes []Change, by Actor, at time.Time, options DecideOptions) ([]Event, error) {
	b.writing = true
	defer b.endWrite()
	if options.Expect != nil && *options.Expect != b.seq {
		if err := b.conflictOver(*options.Expect, options.ExpectOf); err != nil {
			return nil, err
		}
	}
	if len(changes) == 0 {
		return nil, nil
	}
	d := b.newDecision(by, at, options)
	if len(changes) == 1 { // what is only looked at need not be taken back
		one := b.room()
		if err := b.decide(&d, changes[0], &one[0], false); err != nil {
			return nil, err
		}
		return one, nil
	}
	events := make([]Event, len(changes))
	if err := b.tryAll(&d, changes, events); !errors.Is(err, errTried) {
		return nil, err
	}
	return events, nil
}

// tryAll sets the events of several changes, each made before the next is looked at, and takes back what was made.
// It returns errTried, or why one of them cannot be made.
func (b *View) tryAll(d *decision, changes []Change, events []Event) error {
	b.trying = true
	defer b.stopTrying()
	return b.attempt(func() error {
		for i, change := range changes {
			isLast := i == len(changes)-1
			if err := b.decide(d, change, &events[i], !isLast); err != nil {
				return &BatchError{Index: i, Kind: kindOf(change), Err: err}
			}
		}
		return errTried
	})
}

// Execute is [Backlog.Decide] and [Backlog.Apply] of one change, for a host that stores the event
// afterwards or not at all. It returns the event.
func (b *Backlog) Execute(change Change, by Actor, at time.Time) (Event, error) {
	b.writing = true
	defer b.endWrite()
	var event Event
	d := b.newDecision(by, at, DecideOptions{})
	if err := b.decide(&d, change, &event, true); err != nil {
		return Event{}, err
	}
	return event, nil
}

// decision is what changes that are decided as one have in common.
type decision struct {
	by      Actor
	at      time.Time
	options DecideOptions
	unsound error // what is wrong with the actor
	wrong   error // and with the rest
}

func (b *View) newDecision(by Actor, at time.Time, options DecideOptions) decision {
	return decision{
		by: by, at: at, options: options, unsound: b.admit(&by),
		wrong: field.Join(b.checkInstant(at), checkMetadata(options.Note, options.Correlation)),
	}
}

// room returns room for an event that nobody else has, out of as many as fill 2 KB, made at once.
func (b *View) room() []Event {
	if len(b.rooms) == 0 {
		b.rooms = make([]Event, 13)
	}
	one := b.rooms[:1:1]
	b.rooms = b.rooms[1:]
	return one
}

// decide sets an event, the zero one before, to that of one change to b as it is, and makes it part of b if keep is set.
func (b *View) decide(d *decision, change Change, event *Event, keep bool) error {
	change = b.current(change)
	role, err := b.roleFor(change, d.by, d.unsound, d.at)
	if err == nil && len(d.options.Waive) > 0 {
		err = b.askWaivers(d.options.Waive, change, d.by, d.at)
		b.waiving = d.options.Waive
		defer func() { b.waiving = nil }()
	}
	event.Seq, event.At, event.By, event.As, event.Change = b.seq+1, d.at.UTC().Round(0), d.by, role, ownChange(change)
	event.Note, event.Correlation = d.options.Note, d.options.Correlation
	switch {
	case err != nil:
	case d.wrong != nil:
		err = b.fit(event, true, false)
	default:
		if err = b.wantToken(d.options.Claim, change, d.by.Name, d.at); err == nil {
			err = b.fitTouches(event, true, keep)
		}
	}
	if d.wrong != nil {
		err = field.Join(err, d.wrong)
	}
	return err
}

// Apply makes recorded events part of the backlog, all of them or none. It asks no policy, workflow,
// definition or rule, since those were asked when it happened. Each event must have the next sequence
// number, must not be earlier than the last, and must fit the backlog.
//
// Errors: [ErrSequence] for a duplicate or a gap; and those in the documentation of the change.
func (b *Backlog) Apply(events ...Event) error {
	b.writing = true
	defer b.endWrite()
	if len(events) == 1 { // nothing to take back: what does not fit is seen before it is made
		return b.applyOne(&events[0])
	}
	return b.attempt(func() error {
		for i := range events {
			if err := b.applyOne(&events[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// endWrite is called when a call that must be alone returns, or panics.
func (b *View) endWrite() { b.writing = false }

func (b *View) applyOne(event *Event) error {
	if len(b.options.Workflow.Renamed) > 0 {
		renamed := *event
		renamed.Change, event = b.current(event.Change), &renamed
	}
	if err := b.checkEvent(event); err != nil {
		return fmt.Errorf("backlog: event %d: %w", event.Seq, bare(err))
	}
	if err := b.fitTouches(event, false, true); err != nil {
		return fmt.Errorf("backlog: event %d, %s: %w", event.Seq, event.Change.Kind(), bare(err))
	}
	return nil
}

// fit checks whether the change of an event fits b as it is, with the gate if it is judged, which puts
// findings into the event, and makes it part of b if keep is set. Live and replayed events both come through here.
func (b *View) fit(event *Event, judged, keep bool) error {
	if t, ok := event.Change.(trial); ok {
		return b.tryOut(t, event, judged, keep)
	}
	if judged {
		if err := b.rule(b.against(event), event); err != nil {
			if missing := event.Change.check(b); errors.Is(missing, ErrNotFound) { // of what is not there no rule speaks
				return missing
			}
			return err
		}
	}
	if err := event.Change.check(b); err != nil {
		return err
	}
	if h, ok := event.Change.(held); ok {
		if err := h.checkBy(b, b.instantOf(event), event.By.Name); err != nil {
			return err
		}
	}
	if keep {
		b.advance(event).apply(b, b.at, event.By.Name)
	}
	return nil
}

// against returns what stands against the change of an event.
func (b *View) against(event *Event) (all []*RefusedError) {
	if g, ok := event.Change.(gated); ok {
		all = g.gate(b)
	}
	if t, ok := event.Change.(timed); ok {
		all = append(all, t.gateAt(b, b.instantOf(event))...)
	}
	if p, ok := event.Change.(personal); ok {
		all = append(all, p.gateBy(b, b.instantOf(event), event.By.Name)...)
	}
	all = append(all, b.wantConsulted(event, b.instantOf(event))...)
	return append(all, b.wantRoom(event.Change)...)
}

// instantOf returns the instant of an event, that of the last one where it has none: Can may ask without.
func (b *View) instantOf(event *Event) time.Time {
	if event.At.IsZero() {
		return b.at
	}
	return event.At
}

// tryOut is fit for a change that shows whether it fits only when it is made.
func (b *View) tryOut(t trial, event *Event, judged, keep bool) error {
	if err := t.check(b); err != nil {
		return err
	}
	t, err := t.onto(b)
	if err != nil {
		return whose(err, event)
	}
	at := b.instantOf(event)
	if at.IsZero() {
		at = time.Unix(0, 0).UTC()
	}
	var unasked []*RefusedError
	if judged {
		unasked = b.wantConsulted(event, at)
	}
	was := b.loadsNow()
	err = b.attempt(func() error {
		err := t.try(b, at, event.By.Name)
		if err == nil && judged {
			err = b.rule(append(unasked, t.wantRules(b, at, was)...), event)
		}
		if err == nil && !keep {
			err = errTried
		}
		if err == nil {
			b.advance(event)
		}
		return err
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return whose(err, event)
}

// whose sets in a refusal what was refused, and to whom.
func whose(err error, event *Event) error {
	if refused := (*RefusedError)(nil); errors.As(err, &refused) {
		refused.Actor, refused.Change = event.By.Name, event.Change
	}
	return err
}

// BatchError is the error of one of several changes that were to be decided as one.
type BatchError struct {
	Index int    `json:"index"` // of the change in the batch, from 0
	Kind  string `json:"kind"`  // of the change
	Err   error  `json:"-"`     // why it can't be made
}

// Error reads `backlog: changes[1], drop_story: no story "6ba7b810-..."`. The kind is left out where the
// error begins with it.
func (e *BatchError) Error() string {
	kind, text := ", "+e.Kind, bare(e.Err).Error()
	if strings.HasPrefix(text, e.Kind+" ") {
		kind = ""
	}
	return fmt.Sprintf("backlog: changes[%d]%s: %s", e.Index, kind, text)
}

// Unwrap returns the error of the change.
func (e *BatchError) Unwrap() error { return e.Err }

// kindOf returns the kind of a change, also of one that is not there.
func kindOf(change Change) string {
	if checkChange(change) != nil {
		return "no change"
	}
	return change.Kind()
}

// Can returns the error with which [Backlog.Decide] would refuse a change at an instant, nil if it would
// not. An instant before the last event's, such as the zero time, counts as the last event's: a question
// may be asked by a clock that is behind. It changes nothing. For a [Revert] it takes a clone.
func (b *View) Can(change Change, by Actor, at time.Time) error {
	at, change = b.notBefore(at), b.current(change)
	role, err := b.roleFor(change, by, by.Validate(), at)
	if err != nil {
		return err
	}
	if _, ok := change.(trial); ok {
		b = b.Clone().View()
	}
	if !at.IsZero() {
		if err := field.CheckInstant("backlog", "at", at); err != nil {
			return err
		}
	}
	return b.fit(&Event{Seq: b.seq + 1, At: at, By: by, As: role, Change: change}, true, false)
}

// notBefore returns an instant in UTC, or that of the last event if it is later.
func (b *View) notBefore(at time.Time) time.Time {
	if at.Before(b.at) {
		return b.at
	}
	return at.UTC().Round(0)
}

// roleFor returns the role that gives an actor the authority for a change. Unsound is what is wrong with the actor.
func (b *View) roleFor(change Change, by Actor, unsound error, at time.Time) (Role, error) {
	if b.isZero() {
		return "", errZero
	}
	if err := field.Join(b.admitChange(change), unsound); err != nil {
		return "", err
	}
	return b.askPolicy(change, by, at)
}

// askPolicy makes sure that a policy's no is a [*RefusedError] that names the change, that its yes names
// a role, and that who has authority over some team gets ErrNotFound for what is not there.
func (b *View) askPolicy(change Change, by Actor, at time.Time) (Role, error) {
	var request PolicyRequest
	request.set(b, change, by, at)
	if err := b.forestall(&request, by); err != nil {
		return "", err
	}
	role, err := b.askHost(&request)
	if _, ok := change.(Undelegate); ok && err != nil { // who assigns roles can take any mandate back
		role, err = b.askAlso(request, MayAssignRoles, err)
	}
	if c, ok := change.(Revert); ok && err == nil {
		err = b.askUndone(c, request)
	}
	if c, ok := change.(twofold); ok && err == nil {
		err = b.askEach(c.also(b), request, by)
	}
	if err == nil && !role.IsValid() {
		return "", &RefusedError{By: ByPolicy, Actor: by.Name, Change: change, Reason: "the policy named no role"}
	}
	if err == nil {
		return role, nil
	}
	if missing := change.check(b); len(request.Teams) == 0 && errors.Is(missing, ErrNotFound) {
		request.Actor = request.Actor.ofAllTeams()
		if _, no := b.askHost(&request); no == nil {
			return "", missing
		}
	}
	return "", refusedBy(err, by, change)
}

// refusedBy returns the no of a policy, whatever error it is, as a [*RefusedError] that names the change.
func refusedBy(err error, by Actor, change Change) error {
	if err == nil {
		return nil
	}
	var refused *RefusedError
	if !errors.As(err, &refused) {
		return &RefusedError{By: ByPolicy, Actor: by.Name, Change: change, Reason: err.Error(), Err: err}
	}
	whole := *refused // the policy may hand out one value again and again
	whole.By, whole.Actor, whole.Change = cmp.Or(whole.By, ByPolicy), cmp.Or(whole.Actor, by.Name), change
	if _, isBare := err.(*RefusedError); !isBare { //nolint:errorlint // what is around it is kept
		whole.Err = err
	}
	return &whole
}

// askHost asks the policy, which gets copies: what it does to them is not done to the change.
func (b *View) askHost(request *PolicyRequest) (Role, error) {
	if b.isOwn {
		return b.options.Responsibilities.Responsible.role(request)
	}
	own := *request
	own.Change, own.Teams = ownChange(own.Change), slices.Clone(own.Teams)
	return b.options.Policy(own)
}

// askEach asks the policy for all that a change needs besides its own permission.
func (b *View) askEach(also []authority, request PolicyRequest, by Actor) error {
	for _, one := range also {
		request.Permission, request.Teams = one.permission, one.teams
		request.Delegated = b.person(by.Name).isDelegated(one.permission, one.teams, request.At)
		if _, err := b.askHost(&request); err != nil {
			return err
		}
	}
	return nil
}

// askAlso asks the policy for another permission that would do, after it refused the first.
func (b *View) askAlso(request PolicyRequest, other Permission, first error) (Role, error) {
	request.Permission, request.Delegated = other, false
	role, err := b.askHost(&request)
	if err == nil {
		return role, nil
	}
	var refused, also *RefusedError
	if errors.As(first, &refused) && errors.As(err, &also) {
		both := *refused
		both.Needs = slices.Concat(refused.Needs, also.Needs)
		return "", &both
	}
	return "", first
}

// forestall refuses what no policy may allow, and sets in the request whether the permission was delegated.
func (b *View) forestall(request *PolicyRequest, by Actor) error {
	refuse := func(reason string, needs string) error {
		return &RefusedError{By: ByPolicy, Actor: by.Name, Change: request.Change, Reason: reason, Needs: []string{needs}}
	}
	further := false // whether it is about what is delegated
	switch c := request.Change.(type) {
	case GrantRole:
		if strings.EqualFold(c.Person, by.Name) {
			return refuse("nobody grants a role to themselves", "somebody else who may grant it")
		}
	case Delegate:
		if strings.EqualFold(c.Person, by.Name) {
			return refuse("nobody delegates to themselves", "somebody else to delegate to")
		}
		further = true
	case Undelegate:
		further = true
	case Revert:
		if c.made == 0 || c.made != c.Seq {
			return refuse("a record that was read or changed is applied, not executed", "a Revert made by Reverse")
		}
		if slices.Contains(c.undoes(request.view), MayAssignRoles) && c.isAbout(by.Name) {
			return refuse("nobody decides on their own roles", "somebody else who may grant them")
		}
		further = len(personTable.of(c.was).Values)+len(personTable.of(c.is).Values) > 0
	}
	request.Delegated = !further && b.person(by.Name).isDelegated(request.Permission, request.Teams, request.At)
	return nil
}

// teamsOf returns the teams of stories, each once, in the order of the stories. Stories that are
// not there have none. Nobody writes into the list.
func (b *View) teamsOf(ids ...story.ID) []story.Team {
	if len(ids) == 1 {
		if entry, ok := b.lookUp(ids[0]); ok {
			return entry.story.teams
		}
		return nil
	}
	const few = 8
	var teams []story.Team
	var met map[story.Team]bool // once there are many
	for _, id := range ids {
		entry, ok := b.stories[id]
		if !ok || met[entry.story.Team] || met == nil && slices.Contains(teams, entry.story.Team) {
			continue
		}
		teams = append(teams, entry.story.Team)
		if met != nil {
			met[entry.story.Team] = true
		} else if len(teams) > few {
			met = make(map[story.Team]bool)
			for _, team := range teams {
				met[team] = true
			}
		}
	}
	return teams
}
