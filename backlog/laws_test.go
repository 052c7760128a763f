package backlog_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// histories is how many random histories each law is tried on. CI asks for many more.
var histories = flag.Int("histories", 100, "random histories to try each law on")

// lenient is a backlog whose stories get further by chance than they would by default.
func lenient() backlog.Options { return backlog.Options{Ready: []backlog.Check{}} }

// wander lets random actors make random changes and returns what was let through.
func wander(t testing.TB, seed uint64, steps int, watch func(*backlog.Backlog, backlog.Change, error)) (*backlog.Backlog, []backlog.Event) {
	return wanderBy(t, optionsOf(seed), seed, steps, watch)
}

// wanderBy is wander by other options.
func wanderBy(
	t testing.TB, options backlog.Options, seed uint64, steps int, watch func(*backlog.Backlog, backlog.Change, error),
) (*backlog.Backlog, []backlog.Event) {
	d := newDice(seed)
	b, err := backlog.New(options)
	require.NoError(t, err)
	var events []backlog.Event
	opening := d.opening()
	for step := range steps + len(opening) {
		change, actor, at := d.change(), d.actor(), start.Add(time.Duration(step)*time.Second)
		if step < len(opening) {
			change, actor = opening[step], backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
		} else if d.IntN(40) == 0 {
			event := events[d.IntN(len(events))]
			before, err := backlog.ReplayTo(options, backlog.Recorded(events), event.Seq-1)
			require.NoError(t, err)
			change, err = before.Reverse(event)
			require.NoError(t, err)
		}
		can := b.Can(change, actor, at)
		event, err := b.Execute(change, actor, at)
		isEarly := can != nil && strings.Contains(can.Error(), "an instant not before") // Can asks at the last event's
		require.True(t, (can == nil) == (err == nil) || isEarly, "Can and Execute disagree: %v, %v", can, err)
		if err == nil {
			events = append(events, event)
		} else {
			requireReadable(t, err)
		}
		if watch != nil {
			watch(b, change, err)
		}
	}
	return b, events
}

func optionsOf(seed uint64) backlog.Options {
	options := lenient()
	options.HoldFeaturesOnly = seed%3 != 0
	options.Rules.FinishWaiting = backlog.RuleOff
	if seed%2 == 0 {
		options.Rules.OneGoal = backlog.RuleOff
	}
	options.Limits = []backlog.Limit{
		{State: story.InProgress, Most: 2},
		{State: story.InProgress, Team: "red", Most: 1},
		{State: story.InReview, Most: 1},
		{Each: backlog.EachPerson, Most: 1},
		{Each: backlog.EachFeature, Most: 1},
		{Label: "schema", Most: 1},
		{Each: backlog.EachTeam, State: story.Ready, Most: 1},
		{State: story.Draft, Most: smallWorld},
		{Class: story.Expedite, Most: 1},
	}
	if seed%5 == 0 {
		options.Rules.WorkInProgress = backlog.RuleRefuse
	}
	return options
}

// An error leaves everything as it was, and whatever happens, no invariant breaks.
func TestErrorsChangeNothing(t *testing.T) {
	t.Parallel()

	const enough = 300 // for every kind of change to come up
	kinds := map[string]int{}
	all := len(sourceKinds(t))
	for seed := range uint64(4 * *histories) {
		if seed >= uint64(*histories) && (len(kinds) == all || *histories < enough) { // chance has its way with some kinds
			break
		}
		before := ""
		wander(t, seed, 100, func(b *backlog.Backlog, change backlog.Change, err error) {
			after := snapshot(t, b)
			if err != nil {
				if before != "" {
					require.Equal(t, before, after, "%s: %v", change.Kind(), err)
				}
			} else {
				kinds[change.Kind()]++
			}
			before = after
		})
	}
	if *histories >= enough {
		requireAllKinds(t, kinds)
	}
}

// Replay equals live, also through JSON; so does a snapshot with the later events on top; and a
// clone is equal and independent.
func TestReplayEqualsLive(t *testing.T) {
	t.Parallel()

	for seed := range uint64(*histories) {
		live, events := wander(t, seed, 80, nil)
		want := snapshot(t, live)

		data, err := json.Marshal(events)
		require.NoError(t, err)
		var read []backlog.Event
		require.NoError(t, json.Unmarshal(data, &read))
		replayed, err := backlog.Replay(optionsOf(seed), backlog.Recorded(read))
		require.NoError(t, err)
		require.Equal(t, want, snapshot(t, replayed))

		half := len(read) / 2
		early, err := backlog.Replay(optionsOf(seed), backlog.Recorded(read[:half]))
		require.NoError(t, err)
		restored, err := backlog.Restore(optionsOf(seed), []byte(snapshot(t, early)))
		require.NoError(t, err)
		clone := early.Clone()
		for _, event := range read[half:] {
			require.NoError(t, restored.Apply(event))
			require.NoError(t, clone.Apply(event))
		}
		require.Equal(t, want, snapshot(t, restored))
		require.Equal(t, want, snapshot(t, clone))
		require.Equal(t, derived(live), derived(restored))
		require.Equal(t, derived(live), derived(clone))
	}
}

// derived collects what a backlog keeps up to date beside its state.
func derived(b *backlog.Backlog) map[string]any {
	ready, blocked := []string{}, []string{}
	for _, at := range []time.Time{start.Add(time.Minute), start.Add(time.Hour)} {
		for s := range b.Startable(at) {
			ready = append(ready, s.ID.String())
		}
		for s, by := range b.Waiting(at) {
			blocked = append(blocked, s.ID.String())
			blocked = append(blocked, by.String())
		}
	}
	all := map[string]any{"ready": ready, "blocked": blocked, "total": progressText(b.TotalProgress()), "loads": b.WorkInProgress()}
	for feature := range b.Features() {
		progress, _ := b.FeatureProgress(feature.ID)
		all["feature "+feature.ID.String()] = progressText(progress)
	}
	for goal := range b.Goals() {
		progress, _ := b.GoalProgress(goal.ID)
		all["goal "+goal.ID.String()] = progressText(progress)
	}
	return all
}

// The dumb twin of what is derived: everything counted again from the plain values.
func TestDerivedEqualsCounted(t *testing.T) {
	t.Parallel()

	for seed := range uint64(*histories / 2) {
		hold := !optionsOf(seed).HoldFeaturesOnly
		wander(t, seed, 60, func(b *backlog.Backlog, _ backlog.Change, err error) {
			if err != nil {
				return
			}
			var want, got []story.ID
			index := 0
			require.Equal(t, twinLoads(b, optionsOf(seed).Limits), b.WorkInProgress())
			for s := range b.Stories() {
				require.False(t, hasCycle(b), "somebody waits for themselves")
				category, _ := b.Workflow().Category(s.Status)
				if category.IsOpen() && twinWait(b, backlog.StoryItem(s.ID), hold, b.At()).IsZero() && alive(b, s) {
					want = append(want, s.ID)
				}
				at, ok := b.Index(s.ID)
				require.True(t, ok)
				require.Equal(t, index, at)
				there, ok := b.StoryAt(index)
				require.True(t, ok)
				require.True(t, there.Equal(s))
				if s.Status == story.Accepted && s.Details.Value().Past.IsZero() { // the past was not asked
					_, unmet, unjudged := s.Judged()
					require.Zero(t, unmet+unjudged, "accepted with a criterion not met")
				}
				index++
			}
			require.Equal(t, b.Len(), index, "the order is a permutation")
			requireTallies(t, b)
			for s := range b.Startable(b.At()) {
				got = append(got, s.ID)
			}
			require.Equal(t, want, got)
			require.False(t, hasCycle(b), "somebody waits for themselves")
		})
	}
}

// hasCycle takes away what needs nothing that is left, until nothing is left or nothing can be taken.
func hasCycle(b *backlog.Backlog) bool {
	left := map[backlog.ItemID]bool{}
	for s := range b.Stories() {
		left[backlog.StoryItem(s.ID)] = true
	}
	for f := range b.Features() {
		left[backlog.FeatureItem(f.ID)] = true
	}
	for taken := true; taken; {
		taken = false
		for item := range left {
			free := true
			for one := range b.Needs(item) {
				free = free && !left[one.Needs]
			}
			if free {
				delete(left, item)
				taken = true
			}
		}
	}
	return len(left) > 0
}

func alive(b *backlog.Backlog, s story.Story) bool {
	trace, _ := b.TraceStory(s.ID)
	if s.Feature.IsZero() {
		return true
	}
	return trace.Feature.Status.String() != "dropped" && trace.Goal.Status.String() != "dropped"
}

// Several changes as one: all are made, as if one by one, or none.
func TestDecideSeveral(t *testing.T) {
	t.Parallel()

	made, refused := 0, 0
	for seed := range uint64(*histories) {
		b, _ := wander(t, seed, 60, nil)
		d := newDice(seed + 1_000_000)
		for range 5 {
			var changes []backlog.Change
			for range 1 + d.IntN(3) {
				changes = append(changes, d.change())
			}
			before := snapshot(t, b)
			wasDerived := derived(b)
			one := b.Clone()
			at := b.At().Add(time.Second)
			actor := backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)
			var first error
			var failed int
			for i, change := range changes {
				if _, err := one.Execute(change, actor, at); err != nil {
					first, failed = err, i
					break
				}
			}
			events, err := b.Decide(changes, actor, at, backlog.DecideOptions{})
			require.Equal(t, before, snapshot(t, b), "Decide leaves the backlog as it was")
			require.Equal(t, wasDerived, derived(b))
			if first != nil {
				refused++
				require.Error(t, err)
				var batch *backlog.BatchError
				if len(changes) > 1 {
					require.ErrorAs(t, err, &batch)
					require.Equal(t, failed, batch.Index)
					require.Equal(t, changes[failed].Kind(), batch.Kind)
					err = batch.Err
				}
				require.Equal(t, first.Error(), err.Error())
				require.Equal(t, before, snapshot(t, b))
				require.Equal(t, wasDerived, derived(b))
				continue
			}
			made++
			require.NoError(t, err)
			require.Len(t, events, len(changes))
			require.NoError(t, b.Apply(events...))
			require.Equal(t, snapshot(t, one), snapshot(t, b))
		}
	}
	require.Positive(t, made)
	require.Positive(t, refused)
}

// A refused cycle names one that is there, is shortest, and starts with the refused dependency.
func TestCycles(t *testing.T) {
	found := 0
	for seed := range uint64(*histories) {
		l := newLog(t, backlog.Options{})
		d := newDice(seed)
		const n = 7
		for i := range n {
			l.do(po, backlog.AddStory{Story: newStory(i)})
		}
		var needs [n][n]bool
		for range 25 {
			x, y := d.IntN(n), d.IntN(n)
			_, err := l.Execute(backlog.AddDependency{Dependency: backlog.Dependency{
				Item: backlog.StoryItem(storyID(x)), Needs: backlog.StoryItem(storyID(y)),
			}}, po, start.Add(time.Hour))
			way := distance(needs, y, x)
			switch {
			case needs[x][y]:
				require.ErrorIs(t, err, backlog.ErrExists)
			case way >= 0:
				found++
				var cycle *backlog.CycleError
				require.ErrorAs(t, err, &cycle)
				require.ErrorIs(t, err, backlog.ErrCycle)
				require.Len(t, cycle.Items, way+1)
				require.Equal(t, backlog.StoryItem(storyID(x)), cycle.Items[0])
			default:
				require.NoError(t, err)
				needs[x][y] = true
			}
			if d.IntN(4) == 0 {
				x, y := d.IntN(n), d.IntN(n)
				_, err := l.Execute(backlog.RemoveDependency{
					Item: backlog.StoryItem(storyID(x)), Needs: backlog.StoryItem(storyID(y)),
				}, po, start.Add(time.Hour))
				require.Equal(t, needs[x][y], err == nil)
				needs[x][y] = false
			}
		}
	}
	require.Positive(t, found)
}

// distance is the number of needs from one story to another, -1 where there is no way.
func distance[M ~[7][7]bool](needs M, from, to int) int {
	way := map[int]int{from: 0}
	for todo := []int{from}; len(todo) > 0; todo = todo[1:] {
		for next, linked := range needs[todo[0]] {
			if _, met := way[next]; linked && !met {
				way[next] = way[todo[0]] + 1
				todo = append(todo, next)
			}
		}
	}
	if steps, met := way[to]; met {
		return steps
	}
	return -1
}

// requireTallies counts the stories of each feature and goal again.
func requireTallies(t *testing.T, b *backlog.Backlog) {
	sum := func(features ...roadmap.Feature) string {
		var stories, accepted, unestimated int
		points, done, unbroken := decimal.Zero, decimal.Zero, decimal.Zero
		value, doneValue := decimal.Zero, decimal.Zero
		for _, feature := range features {
			size, _ := feature.Size.Points()
			for s := range b.StoriesOf(feature.ID) {
				if s.Status == story.Dropped {
					continue
				}
				stories++
				estimate, given := s.Estimate.Points()
				points, size = points.Add(estimate), size.Sub(estimate)
				if !given {
					unestimated++
				}
				if known, _ := b.Assessment(s.ID); known.ValueEffort != nil {
					value = value.Add(known.ValueEffort.Value)
					if s.Status == story.Accepted {
						doneValue = doneValue.Add(known.ValueEffort.Value)
					}
				}
				if s.Status == story.Accepted {
					accepted++
					done = done.Add(estimate)
				}
			}
			if size.Sign() > 0 && feature.Status == roadmap.FeatureOpen {
				unbroken = unbroken.Add(size)
			}
		}
		return fmt.Sprint(accepted, "/", stories, " ", done, "/", points, " ", unestimated, " ", unbroken, " ", doneValue, "/", value)
	}
	for feature := range b.Features() {
		progress, _ := b.FeatureProgress(feature.ID)
		require.Equal(t, sum(feature), progressText(progress))
	}
	for goal := range b.Goals() {
		progress, _ := b.GoalProgress(goal.ID)
		require.Equal(t, sum(slices.Collect(b.FeaturesOf(goal.ID))...), progressText(progress))
	}
}

// progressText writes a progress with its numbers as numbers: equal decimals can differ in memory.
func progressText(p backlog.Progress) string {
	return fmt.Sprint(p.Stories.Done, "/", p.Stories.Total, " ", p.Points.Done, "/", p.Points.Total, " ", p.Unestimated, " ", p.NotBrokenDown,
		" ", p.Value.Done, "/", p.Value.Total)
}

// Whatever Apply accepts, from whoever forged it, is a backlog that Restore accepts as it is.
func TestWhatIsAppliedCanBeRestored(t *testing.T) {
	t.Parallel()

	applied := map[string]int{}
	for seed := range uint64(*histories / 3) {
		d := newDice(seed + 2_000_000)
		b, _ := wander(t, seed, 20, nil)
		for range 60 {
			change := d.change()
			event := backlog.Event{Seq: b.Seq() + 1, At: b.At().Add(time.Second), By: nobody, As: backlog.Stakeholder, Change: change}
			before := snapshot(t, b)
			if b.Apply(event) != nil {
				require.Equal(t, before, snapshot(t, b), change.Kind())
				continue
			}
			applied[change.Kind()]++
			after := snapshot(t, b)
			restored, err := backlog.Restore(optionsOf(seed), []byte(after))
			require.NoError(t, err, change.Kind())
			require.Equal(t, after, snapshot(t, restored), change.Kind())
			require.Equal(t, derived(b), derived(restored), change.Kind())
		}
	}
	const most = 60
	require.Greater(t, len(applied), most)
}
