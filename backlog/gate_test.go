package backlog_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// wrapped is a decorator of changes as Go programs write them.
type wrapped struct{ backlog.Change }

// What only embeds a change passes nowhere: the gate would look at the wrapping.
func TestWrappedChange(t *testing.T) {
	l := product(t, backlog.Options{})
	before := snapshot(t, l.Backlog)
	all := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
	for _, test := range decisions() {
		for _, change := range []backlog.Change{wrapped{test.change}, struct{ backlog.Change }{test.change}, &wrapped{test.change}} {
			_, err := l.Execute(change, all, l.At())
			require.ErrorIs(t, err, field.ErrInvalid, test.change.Kind())
			_, err = l.Decide([]backlog.Change{change, change}, all, l.At(), backlog.DecideOptions{})
			require.ErrorIs(t, err, field.ErrInvalid)
			require.ErrorIs(t, l.Can(change, all, l.At()), field.ErrInvalid)
			event := backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: all, Change: change}
			require.ErrorIs(t, l.Apply(event), field.ErrInvalid)
			_, err = event.MarshalJSON()
			require.ErrorIs(t, err, field.ErrInvalid)
		}
	}
	require.Equal(t, before, snapshot(t, l.Backlog))
}

// A panic in a host's policy or check takes back what was tried, and nothing is recorded from then on.
func TestPanicInHost(t *testing.T) {
	asked := 0
	policy := func(r backlog.PolicyRequest) (backlog.Role, error) {
		if asked++; asked == 5 {
			panic("a host's own")
		}
		return backlog.ScrumMaster, nil
	}
	l := newLog(t, backlog.Options{Policy: policy})
	l.do(po, backlog.AddStory{Story: newStory(1)})
	before := snapshot(t, l.Backlog)
	edit := backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}
	require.PanicsWithValue(t, "a host's own", func() {
		_, _ = l.Decide([]backlog.Change{edit, edit, edit, edit}, po, l.At(), backlog.DecideOptions{})
	})
	require.Equal(t, before, snapshot(t, l.Backlog))
	l.do(po, edit)
	_, err := l.Decide([]backlog.Change{edit, edit}, po, l.At(), backlog.DecideOptions{})
	require.NoError(t, err)
	s, _ := l.Story(storyID(1))
	require.Equal(t, "More", s.Title)
}

// A policy's own refusal is completed, whatever it left out, and not changed itself.
func TestOwnRefusal(t *testing.T) {
	own := &backlog.RefusedError{Reason: "it is Friday"}
	l := newLog(t, backlog.Options{Policy: func(backlog.PolicyRequest) (backlog.Role, error) { return "", own }})
	_, err := l.Execute(backlog.AddStory{Story: newStory(1)}, po, start)
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
	require.EqualError(t, err, `backlog: add_story by "Otto" refused by the policy: it is Friday`)
	require.Nil(t, own.Change)
	require.NotPanics(t, func() { _ = own.Error() })
}

// A policy is asked about the instant of the change, in UTC; a question that is asked earlier than the
// last event, about that event's.
func TestPolicyIsAskedAtAnInstant(t *testing.T) {
	var asked time.Time
	options := backlog.Options{Policy: func(r backlog.PolicyRequest) (backlog.Role, error) {
		asked = r.At
		return backlog.ProductOwner, nil
	}}
	b, err := backlog.New(options)
	require.NoError(t, err)
	add := backlog.AddStory{Story: newStory(1)}
	require.NoError(t, b.Can(add, po, time.Time{}))
	require.True(t, asked.IsZero())

	abroad := start.In(time.FixedZone("abroad", 3600))
	require.NoError(t, b.Can(add, po, abroad))
	require.Equal(t, start, asked)
	require.NotEmpty(t, mustDecide(t, b, add, abroad))
	require.Equal(t, start, asked)
	require.NoError(t, b.Apply(mustDecide(t, b, add, abroad)...))

	edit := backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}
	for _, at := range []time.Time{{}, start.Add(-time.Hour), start, start.Add(time.Hour)} {
		want := start
		if at.After(start) {
			want = at
		}
		require.NoError(t, b.Can(edit, po, at))
		require.Equal(t, want, asked)
		require.NotEmpty(t, b.Allowed(backlog.StoryItem(storyID(1)), po, at))
		require.Equal(t, want, asked)
	}
	require.ErrorIs(t, b.Can(edit, po, time.Date(12_000, 1, 1, 0, 0, 0, 0, time.UTC)), field.ErrInvalid)
	require.Equal(t, abroad.UTC(), b.PolicyRequest(edit, po, abroad).At)
}

func mustDecide(t *testing.T, b *backlog.Backlog, change backlog.Change, at time.Time) []backlog.Event {
	t.Helper()
	events, err := b.Decide([]backlog.Change{change}, po, at, backlog.DecideOptions{})
	require.NoError(t, err)
	return events
}

// An error of the policy's own can be found again.
func TestPolicysOwnError(t *testing.T) {
	holiday := errors.New("it is a holiday")
	for name, returned := range map[string]error{
		"plain":               holiday,
		"around a refusal":    fmt.Errorf("%w: %w", holiday, &backlog.RefusedError{Reason: "closed"}),
		"within the refusal":  &backlog.RefusedError{Reason: "closed", Err: holiday},
		"a refusal around it": fmt.Errorf("asked: %w", &backlog.RefusedError{Reason: "closed", Err: holiday}),
	} {
		l := newLog(t, backlog.Options{Policy: func(backlog.PolicyRequest) (backlog.Role, error) { return "", returned }})
		_, err := l.Execute(backlog.AddStory{Story: newStory(1)}, po, start)
		require.IsType(t, &backlog.RefusedError{}, err, name)
		require.ErrorIs(t, err, backlog.ErrNotAllowed, name)
		require.ErrorIs(t, err, holiday, name)
	}
}

// A policy can be tested on its own, with a request as the gate makes it or an empty one.
func TestPolicyRequest(t *testing.T) {
	l := product(t, backlog.Options{})
	policy := backlog.DefaultAuthority().Policy()
	accept := backlog.AcceptStory{Story: storyID(1)}
	request := l.PolicyRequest(accept, po, start)
	require.Equal(t, backlog.MayAcceptStories, request.Permission)
	require.Equal(t, []story.Team{"red"}, request.Teams)
	role, err := policy(request)
	require.NoError(t, err)
	require.Equal(t, backlog.ProductOwner, role)

	_, ok := backlog.PolicyRequest{}.Story(storyID(1))
	require.False(t, ok)
	_, ok = backlog.PolicyRequest{}.Feature(featureID(1))
	require.False(t, ok)
	_, err = policy(backlog.PolicyRequest{})
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
}

// A refusal names the teams; who holds the role for a team is told of what is not there.
func TestRefusalNamesTeams(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.AddStory{Story: newStory(7)})
	blue := backlog.As("Bea").WithRole(backlog.ProductOwner, "blue")
	for name, test := range map[string]struct {
		id   story.ID
		by   backlog.Actor
		want string
		is   error
	}{
		"of another team": {storyID(1), blue, `product owner of "red"`, backlog.ErrNotAllowed},
		"without a team":  {storyID(7), blue, "product owner of all teams", backlog.ErrNotAllowed},
		"by a developer":  {storyID(7), dev, "that needs product owner", backlog.ErrNotAllowed},
		"not there":       {storyID(99), blue, "no story", backlog.ErrNotFound},
		"none of theirs":  {storyID(99), dev, "that needs product owner", backlog.ErrNotAllowed},
	} {
		err := l.Can(backlog.DropStory{Story: test.id, Reason: "obsolete"}, test.by, l.At())
		require.ErrorIs(t, err, test.is, name)
		require.ErrorContains(t, err, test.want, name)
	}
}

// Nobody delegates to themselves, and who assigns roles can take any mandate back.
func TestOwnMandate(t *testing.T) {
	l := product(t, backlog.Options{})
	for _, person := range []string{"Otto", "otto", "OTTO"} {
		_, err := l.Execute(backlog.Delegate{Person: person, Permission: backlog.MayOrderStories}, po, l.At())
		require.ErrorIs(t, err, backlog.ErrNotAllowed)
	}
	l.do(po, backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories})
	_, err := l.Execute(backlog.Undelegate{Person: "Dana", Permission: backlog.MayOrderStories}, dev, l.At())
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
	l.do(pm, backlog.Undelegate{Person: "Dana", Permission: backlog.MayOrderStories})
}

// A mandate ends with the role, on record, of who gave it.
func TestMandateEndsWithRole(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(pm, backlog.GrantRole{Person: "Rita", Role: backlog.ProductOwner, Team: "red"},
		backlog.GrantRole{Person: "Rita", Role: backlog.ProductOwner, Team: "blue"})
	rita := backlog.As("Rita")
	l.do(rita, backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories, Team: "red"},
		backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories, Team: "blue"})
	l.do(pm, backlog.RevokeRole{Person: "Rita", Role: backlog.ProductOwner, Team: "red"})
	dana, ok := l.Person("Dana")
	require.True(t, ok)
	require.Equal(t, []backlog.Mandate{{Permission: backlog.MayOrderStories, Team: "blue", By: "Rita"}}, dana.Mandates)
}

// Names that look like another one are no names.
func TestNames(t *testing.T) {
	for _, name := range []string{"Otto", "Zoë van der Berg", "build-bot[7]", "李小龍", "Отто", "o.tto@example.org", "हिन्दी"} {
		require.NoError(t, backlog.As(name).Validate(), name)
	}
	for _, name := range []string{
		"", "Otto ", " Otto", "Ot  to", "Ot\u200bto", "Otto\u202e", "Ot\u00a0to", "Оtto", "Ottο", "\uff2ftto", "Zoe\u0308", "Otto\ufe0f",
		"\u3164", "O\u034ftto", "O\u00adtto", "\U0001d40ctto",
	} {
		require.Error(t, backlog.As(name).Validate(), "%q", name)
		l := product(t, backlog.Options{})
		_, err := l.Execute(backlog.GrantRole{Person: name, Role: backlog.ProductOwner}, pm, l.At())
		require.Error(t, err, "%q", name)
		require.False(t, errors.Is(err, backlog.ErrNotAllowed))
	}
}
