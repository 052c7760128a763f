package backlog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// claimants are workers who try to hold a story or two, and what a simple twin knows of it.
type claimants struct {
	t      testing.TB
	b      *backlog.Backlog
	dice   *rand.Rand
	now    time.Time
	held   map[story.ID]backlog.Claim // by the twin
	tokens [3]uint64                  // the last that each was given
	refuse int
	made   int
}

func (c *claimants) who(n int) backlog.Actor {
	return backlog.As([]string{"Ada", "Bo", "Cy"}[n], backlog.Developer)
}

// step makes one step of one of them, and wants it allowed if and only if the twin allows it.
func (c *claimants) step() {
	n, id := c.dice.IntN(len(c.tokens)), storyID(c.dice.IntN(2))
	if c.dice.IntN(3) == 0 {
		c.now = c.now.Add(time.Duration(c.dice.IntN(4)) * time.Second)
	}
	until := c.now.Add(time.Duration(c.dice.IntN(6)-1) * time.Second)
	held, ok := c.held[id]
	ok = ok && c.now.Before(held.Until)
	isMine := ok && held.By == c.who(n).Name
	var change backlog.Change
	var want bool
	options := backlog.DecideOptions{}
	switch c.dice.IntN(5) {
	case 0, 1:
		change, want = backlog.ClaimStory{Story: id, Until: until}, !ok && until.After(c.now)
	case 2:
		change, want = backlog.RenewClaim{Story: id, Until: until}, isMine && until.After(c.now)
	case 3:
		change, want = backlog.ReleaseClaim{Story: id}, isMine
	default: // an act that names the token of this worker, however old
		options.Claim = c.tokens[n]
		change = backlog.AddTask{Story: id, Task: story.Task{ID: taskID(int(c.b.Seq()) + 1_000), Title: "a step"}}
		for _, one := range c.held {
			want = want || one.Token == options.Claim && one.By == c.who(n).Name && c.now.Before(one.Until)
		}
		want = want || options.Claim == 0
	}
	events, err := c.b.Decide([]backlog.Change{change}, c.who(n), c.now, options)
	if !want {
		c.refuse++
		if err == nil || !errors.Is(err, backlog.ErrClaim) && !errors.Is(err, field.ErrInvalid) {
			require.Fail(c.t, "accepted", "%T by %s: %v", change, c.who(n).Name, err)
		}
		return
	}
	if err != nil {
		require.NoError(c.t, err, "%T by %s", change, c.who(n).Name)
	}
	c.made++
	if _, isTask := change.(backlog.AddTask); isTask {
		return // which is judged, and need not be kept
	}
	if err := c.b.Apply(events...); err != nil {
		require.NoError(c.t, err)
	}
	switch change.(type) {
	case backlog.ClaimStory:
		require.Greater(c.t, events[0].Seq, held.Token)
		c.tokens[n] = events[0].Seq
		c.held[id] = backlog.Claim{Story: id, By: c.who(n).Name, Until: until, Token: events[0].Seq}
	case backlog.RenewClaim:
		held.Until = until
		c.held[id] = held
	case backlog.ReleaseClaim:
		delete(c.held, id)
	}
	got, isHeld := c.b.ClaimOf(id, c.now)
	if one := c.held[id]; isHeld != c.now.Before(one.Until) || isHeld && got != one {
		require.Equal(c.t, one, got)
	}
}

// Whoever comes in between: never two holders, and no stale token is accepted.
func TestClaimsInterleaved(t *testing.T) {
	t.Parallel()

	const steps = 8
	interleavings := 400 * *histories // 10^6 of 2,500
	if testing.Short() {
		interleavings = 5_000
	}
	b, err := backlog.New(backlog.Options{})
	require.NoError(t, err)
	for n := range 2 {
		_, err := b.Execute(backlog.AddStory{Story: newStory(n)}, po, start)
		require.NoError(t, err)
	}
	c := &claimants{t: t, b: b, dice: rand.New(rand.NewPCG(12, 0)), now: start, held: map[story.ID]backlog.Claim{}}
	for range interleavings {
		c.now = c.now.Add(time.Duration(c.dice.IntN(8)) * time.Second)
		for range steps {
			c.step()
		}
	}
	require.Greater(t, c.made, interleavings)
	require.Greater(t, c.refuse, interleavings)
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, b)))
	require.NoError(t, err)
	for id := range 2 {
		was, _ := b.ClaimOf(storyID(id), c.now)
		is, _ := restored.ClaimOf(storyID(id), c.now)
		require.Equal(t, was, is)
	}
}

// What a claim keeps others from, and when it no longer does.
func TestClaim(t *testing.T) {
	l := product(t, backlog.Options{Ready: []backlog.Check{}})
	ida, ben := backlog.As("Ida", backlog.Developer), backlog.As("Ben", backlog.Developer)
	l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready})
	until := l.At().Add(time.Hour)
	claim, err := l.Execute(backlog.ClaimStory{Story: storyID(1), Until: until}, ida, l.At())
	require.NoError(t, err)
	begin := backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress}
	require.ErrorIs(t, l.Can(begin, ben, l.At()), backlog.ErrRule)
	require.ErrorContains(t, l.Can(begin, ben, l.At()), "rule claimed")
	require.NoError(t, l.Can(begin, ben, until), "it has run out")
	require.NoError(t, l.Can(begin, ida, l.At()))

	_, err = l.Execute(backlog.ClaimStory{Story: storyID(1), Until: until}, ben, l.At())
	var failed *backlog.ClaimError
	require.ErrorAs(t, err, &failed)
	require.Equal(t, "Ida", failed.Held.By)
	require.ErrorContains(t, err, `"Ida" holds the story until 2027-01-04T`)
	require.ErrorContains(t, l.Can(backlog.RenewClaim{Story: storyID(1), Until: until}, ida, until), "it ran out at")
	require.ErrorIs(t, l.Can(backlog.ClaimStory{Story: storyID(2), Until: l.At()}, ida, l.At()), field.ErrInvalid)
	require.ErrorIs(t, l.Can(backlog.ReleaseClaim{Story: storyID(1)}, ben, l.At()), backlog.ErrClaim)
	require.ErrorIs(t, l.Can(backlog.ReleaseClaim{Story: storyID(1), Of: "Ida"}, stakeholder, l.At()), backlog.ErrNotAllowed)

	act := func(by backlog.Actor, token uint64, at time.Time) error {
		_, err := l.Decide([]backlog.Change{backlog.FinishTask{Task: taskID(1)}}, by, at, backlog.DecideOptions{Claim: token})
		return err
	}
	require.NoError(t, act(ida, claim.Seq, l.At()))
	require.ErrorIs(t, act(ben, claim.Seq, l.At()), backlog.ErrClaim)
	require.ErrorContains(t, act(ida, claim.Seq, until), "it ran out")
	before := l.Clone()
	release, err := l.Execute(backlog.ReleaseClaim{Story: storyID(1), Of: "Ida"}, po, l.At())
	require.NoError(t, err)
	require.ErrorContains(t, act(ida, claim.Seq, l.At()), "no such claim is left")
	other, err := l.Execute(backlog.ClaimStory{Story: storyID(1), Until: until}, ben, l.At())
	require.NoError(t, err)
	require.Greater(t, other.Seq, claim.Seq)
	require.EqualError(t, act(ida, claim.Seq, l.At()), fmt.Sprintf(
		"backlog: claim %d does not hold: \"Ben\" holds the story until %s (claim %d)", claim.Seq, until.Format(time.RFC3339), other.Seq))
	revert, err := before.Reverse(release)
	require.NoError(t, err)
	require.ErrorContains(t, l.Can(revert, po, l.At()), "not given back")

	l.do(ben, begin, backlog.SetStoryStatus{Story: storyID(1), To: story.InReview}, backlog.FinishTask{Task: taskID(1)},
		backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(1), Verdict: story.Met})
	before = l.Clone()
	accepted, err := l.Execute(backlog.AcceptStory{Story: storyID(1)}, po, l.At())
	require.NoError(t, err)
	_, holds := l.ClaimOf(storyID(1), l.At())
	require.False(t, holds, "the work is done")
	revert, err = before.Reverse(accepted)
	require.NoError(t, err)
	l.do(po, revert)
	_, holds = l.ClaimOf(storyID(1), l.At())
	require.False(t, holds, "a claim is not given back")
	require.ErrorIs(t, l.Apply(backlog.Event{
		Seq: l.Seq() + 1, At: l.At(), By: ida, As: backlog.Developer, Change: backlog.RenewClaim{Story: storyID(1), Until: until},
	}), backlog.ErrClaim, "in a log, too")
}

// twinNext is NextFor by its definition, over everything.
func twinNext(b *backlog.Backlog, by backlog.Actor, options backlog.NextOptions, at time.Time) (story.ID, bool) {
	for s := range b.Stories() {
		details := s.Details.Value()
		category, _ := b.Workflow().Category(s.Status)
		_, held := b.ClaimOf(s.ID, at)
		begun := false
		for claim := range b.Claims(time.Time{}) {
			begun = begun || claim.Story == s.ID && category == story.Doing && s.Status != story.InReview
		}
		startable := false
		for one := range b.Startable(at) {
			startable = startable || one.ID == s.ID
		}
		labels, skills := options.Labels == nil, true
		for _, label := range details.Labels.All() {
			for _, one := range options.Labels {
				labels = labels || one == label
			}
			if options.Skills != nil && label == backlog.SkillLabel+"go" {
				skills = len(options.Skills) > 0
			}
		}
		team := options.Teams == nil
		for _, one := range options.Teams {
			team = team || one == s.Team
		}
		room := true
		if category == story.Proposed {
			limits := map[backlog.Limit]int{}
			for _, one := range b.WorkInProgress() {
				limits[one.Limit] = one.Count
			}
			for limit, count := range limits {
				isOf := (limit.State == "" || limit.State == story.InProgress) && (limit.Team == "" || limit.Team == s.Team) &&
					(limit.Person == "" || limit.Person == details.Assignee || details.Assignee == "" && limit.Person == by.Name) &&
					(limit.Feature.IsZero() || limit.Feature == s.Feature)
				for _, label := range []string{limit.Label} {
					if label != "" {
						found := false
						for _, one := range details.Labels.All() {
							found = found || one == label
						}
						isOf = isOf && found
					}
				}
				room = room && (!isOf || count < limit.Most)
			}
		}
		if startable && (s.Status == story.Ready || begun) && !held && labels && skills && team && room &&
			(details.Assignee == "" || details.Assignee == by.Name) &&
			!errors.Is(b.Can(backlog.ClaimStory{Story: s.ID, Until: at.Add(time.Hour)}, by, at), backlog.ErrNotAllowed) {
			return s.ID, true
		}
	}
	return story.ID{}, false
}

// The story that comes next is the first that fits by definition, whatever happened before.
func TestNextForEqualsTwin(t *testing.T) {
	t.Parallel()

	found := 0
	for seed := range uint64(*histories / 2) {
		b, _ := wander(t, seed, 80, nil)
		d := newDice(seed + 4_000_000)
		for range 20 {
			if d.IntN(2) == 0 {
				_, _ = b.Execute(d.change(), uma, later(b.At(), start.Add(2*time.Minute)))
			}
			options := backlog.NextOptions{}
			if d.IntN(2) == 0 {
				options.Teams = [][]story.Team{{"red"}, {"", "blue"}, {}}[d.IntN(3)]
			}
			if d.IntN(3) == 0 {
				options.Labels = [][]string{{"schema"}, {"web", "none"}, {}}[d.IntN(3)]
			}
			if d.IntN(3) == 0 {
				options.Skills = [][]string{{"go"}, {}}[d.IntN(2)]
			}
			by := []backlog.Actor{dev, uma, backlog.As("Ina").WithRole(backlog.Developer, "red"), stakeholder}[d.IntN(4)]
			at := []time.Time{b.At(), b.At().Add(time.Minute), start.Add(time.Hour)}[d.IntN(3)]
			want, ok := twinNext(b, by, options, at)
			next, isFound := b.NextFor(by, options, at)
			require.Equal(t, ok, isFound, "seed %d, %v at %v: %+v %v limits %v", seed, by.Name, at, options, next.ID, b.WorkInProgress())
			require.Equal(t, want, next.ID)
			if ok {
				found++
				restored := b.Clone()
				again, _ := restored.NextFor(by, options, at)
				require.Equal(t, want, again.ID)
			}
		}
	}
	require.Greater(t, found, *histories/10)
}

// Who looks for the next story while a batch is tried, such as a policy, sees the changes that were made so far, and
// nobody sees them afterwards.
func TestNextForWithinBatch(t *testing.T) {
	t.Parallel()

	made, allowed := 0, backlog.DefaultAuthority().Policy()
	for seed := range uint64(*histories / 10) {
		b, _ := wander(t, seed, 80, nil)
		var tried *backlog.Backlog
		looking := false
		look := func(at time.Time) {
			want, ok := twinNext(tried, uma, backlog.NextOptions{}, at)
			next, isFound := tried.NextFor(uma, backlog.NextOptions{}, at)
			require.Equal(t, ok, isFound, "seed %d", seed)
			require.Equal(t, want, next.ID, "seed %d", seed)
		}
		policy := func(request backlog.PolicyRequest) (backlog.Role, error) {
			if looking {
				looking = false // the look asks the policy, too
				look(request.At)
				looking = true
			}
			return allowed(request)
		}
		tried, err := backlog.Restore(backlog.Options{Policy: policy, Ready: []backlog.Check{}}, []byte(snapshot(t, b)))
		require.NoError(t, err)
		d := newDice(seed + 5_000_000)
		for range 20 {
			at := later(tried.At(), start.Add(2*time.Minute))
			changes := []backlog.Change{backlog.MoveStories{Stories: []story.ID{storyID(d.IntN(3))}, To: backlog.First()}}
			for s := range tried.Stories() {
				for _, change := range []backlog.Change{
					backlog.SetStoryStatus{Story: s.ID, To: []story.Status{story.Draft, story.Ready}[d.IntN(2)]},
					backlog.MoveStories{Stories: []story.ID{s.ID}, To: backlog.At(d.IntN(tried.Len()))},
					d.change(),
				} {
					if d.IntN(2) == 0 && tried.Can(change, zoe, at) == nil {
						changes = append(changes, change)
					}
				}
			}
			d.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
			looking = d.IntN(2) == 0
			events, err := tried.Decide(changes, zoe, at, backlog.DecideOptions{})
			looking = false
			look(at)
			if err == nil {
				require.NoError(t, tried.Apply(events...))
				look(at)
				made += len(events)
			}
		}
	}
	require.Greater(t, made, *histories)
}

// A claim ends with its story, also where that is closed by taking back what opened it: nobody's old token holds again.
func TestClaimEndsWithItsStory(t *testing.T) {
	l := product(t, backlog.Options{Ready: []backlog.Check{}})
	l.do(po, backlog.DropStory{Story: storyID(1), Reason: "obsolete"}, backlog.SetStoryStatus{Story: storyID(1), To: story.Draft})
	reopened := len(l.events) - 1
	l.do(dev, backlog.ClaimStory{Story: storyID(1), Until: l.At().Add(24 * time.Hour)})
	token := l.Seq()
	l.do(po, l.reverse(backlog.Options{Ready: []backlog.Check{}}, reopened), backlog.SetStoryStatus{Story: storyID(1), To: story.Draft})
	_, held := l.ClaimOf(storyID(1), l.At())
	require.False(t, held)
	_, err := l.Decide([]backlog.Change{backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(1)}}, dev, l.At(), backlog.DecideOptions{Claim: token})
	require.ErrorIs(t, err, backlog.ErrClaim)

	l.do(po, backlog.DropStory{Story: storyID(1), Reason: "obsolete"})
	var state map[string]any
	require.NoError(t, json.Unmarshal([]byte(snapshot(t, l.Backlog)), &state))
	state["claims"] = []backlog.Claim{{Story: storyID(1), By: "Dan", Until: start.AddDate(0, 1, 0), Token: token}}
	forged, err := json.Marshal(state)
	require.NoError(t, err)
	_, err = backlog.Restore(backlog.Options{}, forged)
	require.ErrorIs(t, err, backlog.ErrInconsistent)
	require.ErrorContains(t, err, "a story that is open")
}
