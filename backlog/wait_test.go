package backlog_test

import (
	"encoding/json"
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

var (
	sItem = func(n int) backlog.ItemID { return backlog.StoryItem(storyID(n)) }
	fItem = func(n int) backlog.ItemID { return backlog.FeatureItem(featureID(n)) }
)

func needs(item, needed backlog.ItemID) backlog.Change {
	return backlog.AddDependency{Dependency: backlog.Dependency{Item: item, Needs: needed}}
}

func part(s, feature int) backlog.Change {
	return backlog.AssignStoryFeature{Story: storyID(s), Feature: featureID(feature)}
}

func newFeature(n int) roadmap.Feature { return roadmap.Feature{ID: featureID(n), Title: "feature"} }

// parts is a backlog with features 1 and 2, and stories 1 to 3 that are part of neither.
func parts(t testing.TB, options backlog.Options) *log {
	l := newLog(t, options)
	for n := 1; n <= 2; n++ {
		l.do(pm, backlog.AddFeature{Feature: newFeature(n)})
	}
	for n := 1; n <= 3; n++ {
		l.do(po, backlog.AddStory{Story: newStory(n)})
	}
	return l
}

var uma = backlog.As("Uma", backlog.ProductManager, backlog.ProductOwner, backlog.Developer)

// Being part of something counts as needing does, on every path into the backlog and with every option.
func TestCirclesThroughParts(t *testing.T) {
	tests := map[string]struct {
		changes []backlog.Change // in any order: the last one to come closes the circle
		items   []backlog.ItemID
		links   []backlog.CycleLink
	}{
		"stories need each other's features": {
			[]backlog.Change{part(1, 1), part(2, 2), needs(sItem(2), fItem(1)), needs(sItem(1), fItem(2))},
			[]backlog.ItemID{sItem(1), fItem(2), sItem(2), fItem(1)},
			[]backlog.CycleLink{backlog.LinkNeeds, backlog.LinkHasPart, backlog.LinkNeeds, backlog.LinkHasPart},
		},
		"a story of what is needed needs back": {
			[]backlog.Change{part(2, 2), needs(sItem(2), sItem(1)), needs(sItem(1), fItem(2))},
			[]backlog.ItemID{sItem(1), fItem(2), sItem(2)},
			[]backlog.CycleLink{backlog.LinkNeeds, backlog.LinkHasPart, backlog.LinkNeeds},
		},
		"a story needs its own feature": {
			[]backlog.Change{part(1, 1), needs(sItem(1), fItem(1))},
			[]backlog.ItemID{sItem(1), fItem(1)},
			[]backlog.CycleLink{backlog.LinkNeeds, backlog.LinkHasPart},
		},
		"features need each other's stories": {
			[]backlog.Change{part(1, 1), part(2, 2), needs(fItem(2), sItem(1)), needs(fItem(1), sItem(2))},
			[]backlog.ItemID{fItem(1), sItem(2), fItem(2), sItem(1)},
			[]backlog.CycleLink{backlog.LinkNeeds, backlog.LinkPartOf, backlog.LinkNeeds, backlog.LinkPartOf},
		},
		"a feature needs itself": {
			[]backlog.Change{needs(fItem(1), fItem(1))}, []backlog.ItemID{fItem(1)}, []backlog.CycleLink{backlog.LinkNeeds},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, free := range []bool{false, true} {
				options := backlog.Options{HoldFeaturesOnly: free}
				for last := range test.changes {
					l := parts(t, options)
					order := slices.Concat(test.changes[:last], test.changes[last+1:])
					l.do(uma, order...)
					before := snapshot(t, l.Backlog)
					_, err := l.Execute(test.changes[last], uma, l.At())
					requireCircle(t, err, test.items, test.links)
					at := backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: uma, As: backlog.ProductOwner, Change: test.changes[last]}
					requireCircle(t, l.Apply(at), test.items, test.links)
					require.Equal(t, before, snapshot(t, l.Backlog))
					requireCircle(t, restoreWith(options, before, test.changes[last]), test.items, test.links)
				}
			}
		})
	}
}

// requireCircle wants the error to name a circle, from whichever of its items on.
func requireCircle(t *testing.T, err error, items []backlog.ItemID, links []backlog.CycleLink) {
	t.Helper()
	var cycle *backlog.CycleError
	require.ErrorAs(t, err, &cycle)
	require.ErrorIs(t, err, backlog.ErrCycle)
	require.Len(t, cycle.Items, len(items))
	turn := slices.Index(items, cycle.Items[0])
	require.GreaterOrEqual(t, turn, 0)
	require.Equal(t, slices.Concat(items[turn:], items[:turn]), cycle.Items)
	require.Equal(t, slices.Concat(links[turn:], links[:turn]), cycle.Links)
	require.Len(t, cycle.Titles, len(items))
	for i, item := range cycle.Items {
		noun, _, _ := strings.Cut(item.String(), " ")
		require.ErrorContains(t, err, fmt.Sprintf("%s %q", noun, cycle.Titles[i]))
	}
}

// restoreWith restores a snapshot into which a change was written by hand.
func restoreWith(options backlog.Options, text string, change backlog.Change) error {
	var all map[string]any
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return err
	}
	switch c := change.(type) {
	case backlog.AddDependency:
		old, _ := all["dependencies"].([]any)
		all["dependencies"] = append(old, c.Dependency)
	case backlog.AssignStoryFeature:
		for _, one := range all["stories"].([]any) {
			if record := one.(map[string]any); record["id"] == c.Story.String() {
				record["feature"] = c.Feature.String()
			}
		}
	}
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	_, err = backlog.Restore(options, data)
	return err
}

// What was taken back cannot come back into a circle.
func TestRevertIntoCircle(t *testing.T) {
	for _, first := range []backlog.Change{part(2, 2), needs(sItem(2), sItem(1))} {
		l := parts(t, backlog.Options{})
		back := backlog.Change(backlog.AssignStoryFeature{Story: storyID(2)})
		rest := needs(sItem(2), sItem(1))
		if _, ok := first.(backlog.AddDependency); ok {
			back, rest = backlog.RemoveDependency{Item: sItem(2), Needs: sItem(1)}, part(2, 2)
		}
		l.do(po, first, rest)
		before := l.Clone()
		event, err := l.Execute(back, po, l.At())
		require.NoError(t, err)
		l.do(po, needs(sItem(1), fItem(2)))
		revert, err := before.Reverse(event)
		require.NoError(t, err)
		was := snapshot(t, l.Backlog)
		_, err = l.Execute(revert, po, l.At())
		requireCircle(t, err, []backlog.ItemID{sItem(1), fItem(2), sItem(2)},
			[]backlog.CycleLink{backlog.LinkNeeds, backlog.LinkHasPart, backlog.LinkNeeds})
		require.Equal(t, was, snapshot(t, l.Backlog))
	}
}

func TestCycleErrorText(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(uma, part(1, 1), part(2, 2), needs(sItem(2), sItem(3)), needs(fItem(1), fItem(2)))
	_, err := l.Execute(needs(sItem(3), sItem(1)), po, l.At())
	require.EqualError(t, err, `backlog: cycle: story "Story 3" needs story "Story 1", which is part of feature "feature", `+
		`which needs feature "feature", which waits for story "Story 2", part of it, which needs story "Story 3"`)
	var cycle *backlog.CycleError
	require.ErrorAs(t, err, &cycle)
	data, jsonErr := json.Marshal(cycle.Links)
	require.NoError(t, jsonErr)
	require.JSONEq(t, `["needs","part_of","needs","has_part","needs"]`, string(data))
}

// A feature that needs its own story needs no more than before, for as long as the story is its own.
func TestFeatureNeedsOwnStory(t *testing.T) {
	l := parts(t, backlog.Options{})
	l.do(uma, part(1, 1), part(2, 1), needs(fItem(1), sItem(1)))
	require.Empty(t, l.OpenNeeds(fItem(1)))
	require.Len(t, slices.Collect(l.Startable(l.At())), 3)
	require.ErrorIs(t, l.Can(needs(sItem(1), fItem(1)), po, l.At()), backlog.ErrCycle)
	l.do(po, part(1, 2))
	require.Equal(t, []backlog.ItemID{sItem(1)}, l.OpenNeeds(fItem(1)))
	require.Equal(t, []backlog.ItemID{sItem(1)}, l.OpenNeeds(sItem(2)), "which is held by now")
	l.do(po, part(1, 1))
	require.Empty(t, l.OpenNeeds(sItem(2)))
	l.do(po, needs(sItem(1), sItem(2)))
	require.ErrorIs(t, l.Can(part(1, 2), po, l.At()), backlog.ErrCycle)
}

// knot is a small backlog with random features, needs and states, and the same as plain values.
type knot struct {
	*log
	features, stories int
	needs             map[[2]backlog.ItemID]bool
	feature           map[backlog.ItemID]backlog.ItemID // of a story
	open              map[backlog.ItemID]bool
	points            map[backlog.ItemID]int64
	free              bool
}

// tie makes a knot, and wants each change that would close a circle refused, with a shortest one, and no other.
func tie(t *testing.T, seed uint64) *knot {
	d := newDice(seed)
	k := &knot{
		features: 3, stories: 6, free: seed%3 == 0,
		needs: map[[2]backlog.ItemID]bool{}, feature: map[backlog.ItemID]backlog.ItemID{},
		open: map[backlog.ItemID]bool{}, points: map[backlog.ItemID]int64{},
	}
	k.log = newLog(t, backlog.Options{
		HoldFeaturesOnly: k.free, Ready: []backlog.Check{}, Rules: backlog.Rules{
			DropNeeded: backlog.RuleMode(seed % 2 * uint64(backlog.RuleOff)), FeatureOpen: backlog.RuleOff,
		},
	})
	for n := range k.features {
		k.do(pm, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(n), Title: "feature"}})
		k.open[fItem(n)] = true
	}
	for n := range k.stories {
		k.points[sItem(n)] = int64(d.IntN(5))
		k.do(po, backlog.AddStory{Story: newStory(n)})
		k.do(dev, backlog.EstimateStory{Story: storyID(n), Estimate: story.Points(k.points[sItem(n)])})
		k.open[sItem(n)] = true
	}
	item := func() backlog.ItemID {
		if d.IntN(3) == 0 {
			return fItem(d.IntN(k.features))
		}
		return sItem(d.IntN(k.stories))
	}
	for range 8 + d.IntN(20) {
		switch d.IntN(8) {
		case 0, 1, 2:
			k.assign(d.IntN(k.stories), d.IntN(k.features+1))
		case 3:
			x := item()
			if k.open[x] && d.IntN(3) == 0 {
				k.drop(x)
			}
		default:
			k.link(item(), item())
		}
	}
	return k
}

func (k *knot) link(x, y backlog.ItemID) {
	_, err := k.Execute(needs(x, y), uma, k.At())
	if k.needs[[2]backlog.ItemID{x, y}] {
		require.ErrorIs(k.t, err, backlog.ErrExists)
		return
	}
	k.needs[[2]backlog.ItemID{x, y}] = true
	if k.requireRefusal(err, x) {
		delete(k.needs, [2]backlog.ItemID{x, y})
	}
}

func (k *knot) assign(s, f int) {
	change := backlog.AssignStoryFeature{Story: storyID(s)}
	old, had := k.feature[sItem(s)]
	if delete(k.feature, sItem(s)); f < k.features {
		change.Feature, k.feature[sItem(s)] = featureID(f), fItem(f)
	}
	_, err := k.Execute(change, uma, k.At())
	if k.requireRefusal(err, sItem(s)) {
		if delete(k.feature, sItem(s)); had {
			k.feature[sItem(s)] = old
		}
	}
}

func (k *knot) drop(x backlog.ItemID) {
	var change backlog.Change = backlog.DropStory{Story: x.Story, Reason: "no"}
	if x.Story.IsZero() {
		change = backlog.DropFeature{Feature: x.Feature, Reason: "no"}
	}
	if _, err := k.Execute(change, uma, k.At()); err == nil {
		k.open[x] = false
	}
}

// places are the points of the graph: a story, and start and finish of a feature.
type place struct {
	item  backlog.ItemID
	start bool
}

// steps are the links of the graph of the plain values, with how many items each goes on.
func (k *knot) steps() map[[2]place]int {
	steps := map[[2]place]int{}
	begin := func(x backlog.ItemID) place { return place{x, x.Story.IsZero()} }
	for pair, there := range k.needs {
		if there && k.feature[pair[1]] != pair[0] {
			steps[[2]place{begin(pair[0]), {pair[1], false}}] = 1
		}
	}
	for s, f := range k.feature {
		steps[[2]place{{s, false}, {f, true}}] = 1
		steps[[2]place{{f, false}, {s, false}}] = 1
	}
	for n := range k.features {
		steps[[2]place{{fItem(n), false}, {fItem(n), true}}] = 0
	}
	return steps
}

// circle is the number of items of a shortest cycle through a point, -1 for none, by Floyd and Warshall.
func (k *knot) circle(through place) int {
	var all []place
	for n := range k.features {
		all = append(all, place{fItem(n), false}, place{fItem(n), true})
	}
	for n := range k.stories {
		all = append(all, place{sItem(n), false})
	}
	way := k.steps()
	for _, mid := range all {
		for _, x := range all {
			first, ok := way[[2]place{x, mid}]
			if !ok {
				continue
			}
			for _, y := range all {
				second, ok := way[[2]place{mid, y}]
				if old, known := way[[2]place{x, y}]; ok && (!known || first+second < old) {
					way[[2]place{x, y}] = first + second
				}
			}
		}
	}
	if length, ok := way[[2]place{through, through}]; ok {
		return length
	}
	return -1
}

// requireRefusal wants an error if and only if there is a circle by now, and reports whether there is.
func (k *knot) requireRefusal(err error, x backlog.ItemID) bool {
	k.t.Helper()
	length := k.circle(place{x, x.Story.IsZero()})
	if length < 0 {
		require.NoError(k.t, err)
		return false
	}
	var cycle *backlog.CycleError
	require.ErrorAs(k.t, err, &cycle)
	require.Len(k.t, cycle.Items, length, "%v", err)
	require.Equal(k.t, x, cycle.Items[0])
	for i, item := range cycle.Items {
		next := cycle.Items[(i+1)%length]
		switch cycle.Links[i] {
		case backlog.LinkNeeds:
			require.True(k.t, k.needs[[2]backlog.ItemID{item, next}])
		case backlog.LinkPartOf:
			require.Equal(k.t, next, k.feature[item])
		case backlog.LinkHasPart:
			require.Equal(k.t, item, k.feature[next])
		}
	}
	return true
}

// waitsFor is what an item waits for, as the table of the package comment has it; with parts, what has to be
// finished before it is finished too.
func (k *knot) waitsFor(x backlog.ItemID, withParts bool) []backlog.ItemID {
	found := map[backlog.ItemID]bool{}
	for pair := range k.needs {
		needed := pair[1]
		holds := pair[0] == x || !k.free && k.feature[x] == pair[0] && k.feature[x] != (backlog.ItemID{})
		if holds && k.open[needed] && k.feature[needed] != pair[0] {
			found[needed] = true
		}
	}
	for s, f := range k.feature {
		if withParts && f == x && k.open[s] {
			found[s] = true
		}
	}
	var all []backlog.ItemID
	for item := range found {
		all = append(all, item)
	}
	slices.SortFunc(all, backlog.ItemID.Compare)
	return all
}

func (k *knot) isAlive(x backlog.ItemID) bool {
	f, ok := k.feature[x]
	return !ok || k.open[f]
}

func (k *knot) items() []backlog.ItemID {
	var all []backlog.ItemID
	for n := range k.stories {
		all = append(all, sItem(n))
	}
	for n := range k.features {
		all = append(all, fItem(n))
	}
	return all
}

// reach is what an item waits for, directly or through others.
func (k *knot) reach(x backlog.ItemID) map[backlog.ItemID]bool {
	met := map[backlog.ItemID]bool{}
	for todo := []backlog.ItemID{x}; len(todo) > 0; todo = todo[1:] {
		for _, one := range k.waitsFor(todo[0], true) {
			if !met[one] {
				met[one] = true
				todo = append(todo, one)
			}
		}
	}
	return met
}

func (k *knot) longestTo(x backlog.ItemID) int64 {
	var longest int64
	for _, one := range k.waitsFor(x, true) {
		longest = max(longest, k.longestTo(one))
	}
	return longest + k.points[x]
}

// One definition of what waits: every query agrees with what the table says of the plain values.
func TestWaitsEqualsTwin(t *testing.T) {
	t.Parallel()

	for seed := range cases(3_000) {
		k := tie(t, seed)
		var startable, waiting []story.ID
		for n := range k.stories {
			x := sItem(n)
			switch waits := k.waitsFor(x, false); {
			case k.open[x] && len(waits) > 0:
				waiting = append(waiting, x.Story)
			case k.open[x] && k.isAlive(x):
				startable = append(startable, x.Story)
			}
		}
		var got []story.ID
		for s := range k.Startable(k.At()) {
			got = append(got, s.ID)
		}
		require.Equal(t, startable, got)
		got = nil
		for s, wait := range k.Waiting(k.At()) {
			got = append(got, s.ID)
			require.Equal(t, k.waitsFor(backlog.StoryItem(s.ID), false), wait.Items)
		}
		require.Equal(t, waiting, got)
		filled := map[backlog.ItemID]bool{}
		for _, id := range k.SprintFill("", decimal.NewFromInt(1000), k.At()).Stories {
			require.True(t, k.isInTime(filled, k.waitsFor(backlog.StoryItem(id), false)))
			filled[backlog.StoryItem(id)] = true
		}
		for _, id := range startable {
			require.True(t, filled[backlog.StoryItem(id)])
		}
		reaches := map[backlog.ItemID]map[backlog.ItemID]bool{}
		for _, x := range k.items() {
			require.Equal(t, k.waitsFor(x, false), k.OpenNeeds(x))
			reaches[x] = k.reach(x)
		}
		k.requireWays(reaches)
		k.requireOrder(reaches)
	}
}

// isInTime reports whether items are among those planned, features by their open stories.
func (k *knot) isInTime(planned map[backlog.ItemID]bool, items []backlog.ItemID) bool {
	for _, item := range items {
		if planned[item] {
			continue
		}
		parts := 0
		for s, f := range k.feature {
			if f == item && k.open[s] {
				parts++
				if !planned[s] {
					return false
				}
			}
		}
		if parts == 0 {
			return false
		}
	}
	return true
}

func (k *knot) requireWays(reaches map[backlog.ItemID]map[backlog.ItemID]bool) {
	var longest int64
	for _, x := range k.items() {
		if !k.open[x] {
			continue
		}
		longest = max(longest, k.longestTo(x))
		count := 0
		var frees []backlog.ItemID
		for _, y := range k.items() {
			if k.open[y] && reaches[y][x] {
				count++
			}
			if k.open[y] && k.isAlive(y) && slices.Equal(k.waitsFor(y, false), []backlog.ItemID{x}) {
				frees = append(frees, y)
			}
		}
		require.Equal(k.t, count, k.Unblocks(x))
		require.Equal(k.t, frees, k.Frees(x, k.At()))
	}
	path := k.CriticalPath()
	require.Equal(k.t, longest, path.Points.IntPart())
	var sum int64
	for i, x := range path.Items {
		sum += k.points[x]
		require.True(k.t, k.open[x])
		if i > 0 {
			require.Contains(k.t, k.waitsFor(x, true), path.Items[i-1])
		}
	}
	require.Equal(k.t, longest, sum)
	for _, x := range k.items() {
		slack, ok := path.Slack(x)
		require.Equal(k.t, k.open[x], ok)
		if !ok {
			continue
		}
		k.points[x] += slack.IntPart()
		most := int64(0)
		for _, y := range k.items() {
			if k.open[y] {
				most = max(most, k.longestTo(y))
			}
		}
		k.points[x] -= slack.IntPart()
		require.Equal(k.t, longest, most, "it can slip by its slack")
	}
}

func (k *knot) requireOrder(reaches map[backlog.ItemID]map[backlog.ItemID]bool) {
	order, _ := k.Untangle()
	for i, later := range order {
		for _, earlier := range order[:i] {
			if x, y := backlog.StoryItem(earlier), backlog.StoryItem(later); k.open[x] && k.open[y] {
				require.False(k.t, reaches[x][y], "%v comes before %v", x, y)
			}
		}
	}
	k.do(po, backlog.OrderStories{Stories: order})
	_, again := k.Untangle()
	require.Empty(k.t, again)
}

// As long as no goal or feature is dropped, whatever is open can be finished in some order, once the impediments are
// resolved.
func TestEverythingCanBeFinished(t *testing.T) {
	t.Parallel()

	tried := 0
	finish := func(b *backlog.Backlog) {
		for feature := range b.Features() {
			if feature.Status == roadmap.FeatureDropped {
				return
			}
		}
		for goal := range b.Goals() {
			if goal.Status == roadmap.GoalDropped {
				return
			}
		}
		tried++
		requireFinish(t, b)
	}
	for seed := range uint64(*histories) {
		b, _ := wander(t, seed, 80, nil)
		finish(b)
		finish(tie(t, seed).Backlog)
	}
	require.Greater(t, tried, *histories/2)
}

// requireFinish finishes what waits for nothing until nothing is open.
func requireFinish(t *testing.T, b *backlog.Backlog) {
	later := b.At()
	apply := func(change backlog.Change) {
		require.NoError(t, b.Apply(backlog.Event{
			Seq: b.Seq() + 1, At: later, By: uma, As: backlog.ProductOwner, Change: change,
		}))
	}
	for impediment := range b.Impediments() {
		if impediment.IsOpen() {
			apply(backlog.ResolveImpediment{Impediment: impediment.ID, Resolution: "it is over"})
		}
	}
	for {
		var next []backlog.Change
		open := 0
		later = later.Add(time.Hour) // what is held until an instant is free by then
		for s := range b.Stories() {
			if category, _ := b.Workflow().Category(s.Status); category.IsOpen() {
				open++
			}
		}
		for s := range b.Startable(later) {
			next = append(next, backlog.AcceptStory{Story: s.ID})
		}
		for feature := range b.Features() {
			if feature.Status != roadmap.FeatureOpen {
				continue
			}
			open++
			done := b.WaitOf(backlog.FeatureItem(feature.ID), later).IsZero()
			for s := range b.StoriesOf(feature.ID) {
				category, _ := b.Workflow().Category(s.Status)
				done = done && !category.IsOpen()
			}
			if done {
				next = append(next, backlog.AcceptFeature{Feature: feature.ID})
			}
		}
		if open == 0 {
			return
		}
		require.NotEmpty(t, next, "something is open, and nothing can be finished")
		for _, change := range next {
			apply(change)
		}
	}
}

// A split passes needs on, both ways, and the children stay where the parent was: in the feature, in the
// sprint, and in what others wait for.
func TestSplitPassesOn(t *testing.T) {
	l := parts(t, backlog.Options{Ready: []backlog.Check{}})
	l.do(uma, part(2, 1), needs(fItem(2), sItem(2)), needs(fItem(1), sItem(2)),
		backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(2), Needs: sItem(1), Reason: "first"}},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(3), Needs: sItem(2), Reason: "then"}},
		backlog.PlanSprint{Sprint: backlog.Sprint{ID: sprintID(1), Name: "Sprint 1", Goal: "more"}},
		backlog.CommitStories{Sprint: sprintID(1), Stories: []story.ID{storyID(1), storyID(2), storyID(3)}},
		backlog.StartSprint{Sprint: sprintID(1)})
	before, was := l.Clone(), snapshot(t, l.Backlog)
	x, y := newStory(8), newStory(9)
	x.Criteria = shows(8, 2)
	event, err := l.Execute(backlog.SplitStory{Story: storyID(2), Into: []story.Story{x, y}}, po, l.At())
	require.NoError(t, err)
	require.Equal(t, []backlog.ItemID{sItem(8), sItem(9)}, l.OpenNeeds(sItem(3)))
	require.Equal(t, []backlog.ItemID{sItem(8), sItem(9)}, l.OpenNeeds(fItem(2)))
	require.Empty(t, l.OpenNeeds(fItem(1)), "they are its own")
	for _, n := range []int{8, 9} {
		for one := range l.Needs(sItem(n)) {
			require.Equal(t, backlog.Dependency{Item: sItem(n), Needs: sItem(1), Reason: "first"}, one)
		}
		s, _ := l.Story(storyID(n))
		require.Equal(t, storyID(2), s.Parent)
		require.Equal(t, featureID(1), s.Feature)
	}
	sprint, _ := l.Sprint(sprintID(1))
	require.Equal(t, []story.ID{storyID(1), storyID(8), storyID(9), storyID(3)}, sprint.Stories)

	revert, err := before.Reverse(event)
	require.NoError(t, err)
	before = l.Clone()
	undone, err := l.Execute(revert, po, l.At())
	require.NoError(t, err)
	_, wasFeatures, _ := strings.Cut(was, `"features"`)
	_, features, _ := strings.Cut(snapshot(t, l.Backlog), `"features"`)
	require.NotEmpty(t, features)
	require.Equal(t, wasFeatures, features)
	redo, err := before.Reverse(undone)
	require.NoError(t, err)
	l.do(po, redo)
	require.Equal(t, []backlog.ItemID{sItem(8), sItem(9)}, l.OpenNeeds(sItem(3)))
}

// Who comes of whom is there, and goes round nowhere, in snapshots that somebody wrote too.
func TestParentsAreSound(t *testing.T) {
	l := parts(t, backlog.Options{})
	s := newStory(7)
	s.Parent = storyID(1)
	require.ErrorContains(t, l.Can(backlog.AddStory{Story: s}, po, l.At()), "split_story gives it")
	for _, parents := range []map[int]int{{1: 1}, {1: 2, 2: 3, 3: 1}, {1: 77}} {
		var all map[string]any
		require.NoError(t, json.Unmarshal([]byte(snapshot(t, l.Backlog)), &all))
		for _, one := range all["stories"].([]any) {
			record := one.(map[string]any)
			for n, parent := range parents {
				if record["id"] == storyID(n).String() {
					record["parent"] = storyID(parent).String()
				}
			}
		}
		data, err := json.Marshal(all)
		require.NoError(t, err)
		_, err = backlog.Restore(backlog.Options{}, data)
		require.ErrorIs(t, err, backlog.ErrInconsistent)
	}
}

// What open items need is dropped only when each of them is decided, which one batch can do.
func TestDropNeeded(t *testing.T) {
	drop := func(n int) backlog.Change { return backlog.DropStory{Story: storyID(n), Reason: "no"} }
	l := parts(t, backlog.Options{})
	l.do(uma, part(3, 1), needs(sItem(2), sItem(1)), needs(fItem(2), sItem(3)))
	err := l.Can(drop(1), po, l.At())
	require.ErrorIs(t, err, backlog.ErrRule)
	require.ErrorContains(t, err, "rule drop_needed: open items need it; "+
		`that needs story "Story 2" dropped, or its need of story "Story 1" removed`)
	for _, batch := range [][]backlog.Change{{drop(2), drop(1)}, {backlog.RemoveDependency{Item: sItem(2), Needs: sItem(1)}, drop(1)}} {
		_, err := l.Decide(batch, po, l.At(), backlog.DecideOptions{})
		require.NoError(t, err)
	}
	feature := backlog.DropFeature{Feature: featureID(1), Reason: "no"}
	require.ErrorContains(t, l.Can(feature, pm, l.At()), `needs feature "feature" dropped, or its need of story "Story 3"`, "it needs a story of the feature")
	_, err = l.Decide([]backlog.Change{backlog.RemoveDependency{Item: fItem(2), Needs: sItem(3)}, feature}, pm, l.At(), backlog.DecideOptions{})
	require.NoError(t, err)

	l.do(pm, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}}, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal"}},
		backlog.AssignFeatureGoal{Feature: featureID(1), Goal: goalID(1)})
	goal := backlog.DropGoal{Goal: goalID(1), Reason: "no"}
	require.ErrorIs(t, l.Can(goal, pm, l.At()), backlog.ErrRule)
	l.do(pm, backlog.AssignFeatureGoal{Feature: featureID(2), Goal: goalID(1)})
	require.NoError(t, l.Can(goal, pm, l.At()), "who needs it goes with it")
}

// Nor is it dropped again by taking back what took it back.
func TestDropNeededByRevert(t *testing.T) {
	l := parts(t, backlog.Options{})
	before := l.Clone()
	event, err := l.Execute(backlog.DropStory{Story: storyID(1), Reason: "no"}, po, l.At())
	require.NoError(t, err)
	back, err := before.Reverse(event)
	require.NoError(t, err)
	before = l.Clone()
	event, err = l.Execute(back, po, l.At())
	require.NoError(t, err)
	again, err := before.Reverse(event)
	require.NoError(t, err)
	require.NoError(t, l.Can(again, po, l.At()))
	l.do(po, needs(sItem(2), sItem(1)))
	require.ErrorContains(t, l.Can(again, po, l.At()), "drop_needed")
}
