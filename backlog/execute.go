package backlog

import (
	"errors"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// Execute makes a change on the word of an actor, at an instant not before the last event's, and
// returns the event that records it. It asks the policy, the workflow, the definitions of ready and of done,
// and whether the change fits the backlog, in this order.
//
// Errors: [RefusedError]; [story.FieldError]; what the change's own documentation says. On an error
// nothing has changed.
func (b *Backlog) Execute(change Change, by Actor, at time.Time) (Event, error) {
	return b.execute(change, by, at, ExecuteOptions{})
}

// ExecuteAll makes several changes as one: each is judged with the earlier ones made, and if one is
// refused, none is made.
func (b *Backlog) ExecuteAll(changes []Change, by Actor, at time.Time) ([]Event, error) {
	return b.ExecuteWith(changes, by, at, ExecuteOptions{})
}

// ExecuteOptions are what a caller can ask of [Backlog.ExecuteWith] beyond the changes. The zero
// value asks for nothing.
type ExecuteOptions struct {
	// Expect is the version of the backlog, its [View.Seq], that the caller saw when deciding; nil
	// means any.
	Expect *uint64
	// Note and Correlation are kept in the events: a remark, and what the events belong to in the
	// host's own books, such as a request.
	Note, Correlation string
}

// ExecuteWith is [Backlog.ExecuteAll] with options. Where something happened that the caller did not
// see, it is refused with a [ConflictError] that says what.
func (b *Backlog) ExecuteWith(changes []Change, by Actor, at time.Time, options ExecuteOptions) ([]Event, error) {
	if options.Expect != nil && *options.Expect != b.seq {
		return nil, b.conflict(*options.Expect)
	}
	events := make([]Event, 0, len(changes))
	err := b.attempt(func() error {
		for _, change := range changes {
			event, err := b.execute(change, by, at, options)
			if err != nil {
				return err
			}
			events = append(events, event)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return events, nil
}

func (b *View) execute(change Change, by Actor, at time.Time, options ExecuteOptions) (Event, error) {
	role, err := b.judge(change, by)
	if err := errors.Join(err, b.checkInstant(at), checkMetadata(options.Note, options.Correlation)); err != nil {
		return Event{}, err
	}
	event := Event{
		Seq: b.seq + 1, At: at.UTC().Round(0), By: by, As: role, Change: change,
		Note: options.Note, Correlation: options.Correlation,
	}
	b.commit(&event)
	return event, nil
}

// Can reports why [Backlog.Execute] would refuse a change now, or nil. It changes nothing.
func (b *View) Can(change Change, by Actor) error {
	_, err := b.judge(change, by)
	return err
}

// judge asks everybody who can refuse a change, and returns the role that gives the authority.
func (b *View) judge(change Change, by Actor) (Role, error) {
	if err := errors.Join(checkChange(change), by.Validate()); err != nil {
		return 0, err
	}
	role, err := b.askPolicy(change, by)
	if err != nil {
		return 0, err
	}
	if g, ok := change.(gated); ok {
		if refused := g.gate(b); refused != nil {
			refused.Actor, refused.Change = by.Name, change
			return 0, refused
		}
	}
	return role, change.check(b)
}

// askPolicy makes sure that a policy's no is a [RefusedError] and its yes names a role.
func (b *View) askPolicy(change Change, by Actor) (Role, error) {
	request := Request{Actor: b.known(by), Change: change, Decision: change.decision(b), backlog: b}
	if t, ok := change.(teamed); ok {
		request.Teams = t.teams(b)
	}
	if err := b.forestall(&request, by); err != nil {
		return 0, err
	}
	role, err := b.options.Policy(request)
	var refused *RefusedError
	switch {
	case err != nil && !errors.As(err, &refused):
		return 0, &RefusedError{By: ByPolicy, Actor: by.Name, Change: change, Reason: err.Error()}
	case err == nil && !role.IsValid():
		return 0, &RefusedError{By: ByPolicy, Actor: by.Name, Change: change, Reason: "the policy named no role"}
	}
	return role, err
}

// forestall refuses what no policy may allow, and tells the policy whether the decision was delegated.
func (b *View) forestall(request *Request, by Actor) error {
	refuse := func(reason string, needs string) error {
		return &RefusedError{By: ByPolicy, Actor: by.Name, Change: request.Change, Reason: reason, Needs: []string{needs}}
	}
	further := false // whether it is about what is delegated
	switch c := request.Change.(type) {
	case GrantRole:
		if c.Person == by.Name {
			return refuse("nobody grants a role to themselves", "somebody else who may grant it")
		}
	case Delegate, Undelegate:
		further = true
	case Revert:
		if !c.made {
			return refuse("a record that was read is applied, not executed", "a Revert made by Reverse")
		}
		if c.decides == AssignRoles && c.isAbout(by.Name) {
			return refuse("nobody decides on their own roles", "somebody else who may grant them")
		}
		further = len(c.was.People.Values)+len(c.is.People.Values) > 0
	}
	request.Delegated = !further && b.people[by.Name].isDelegated(request.Decision, request.Teams)
	return nil
}

// teamsOf returns the teams of stories, each once, in the order of the stories. Stories that are
// not there have none.
func (b *View) teamsOf(ids ...story.ID) []story.Team {
	var teams []story.Team
	for _, id := range ids {
		if entry, ok := b.stories[id]; ok && !slices.Contains(teams, entry.story.Team) {
			teams = append(teams, entry.story.Team)
		}
	}
	return teams
}
