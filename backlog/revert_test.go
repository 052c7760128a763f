package backlog_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// zoe may decide everything, and no change of the dice is about her.
var zoe = backlog.As("Zoe", backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.BusinessOwner)

// state is the canonical snapshot without the version: undoing is an event too.
func state(t testing.TB, b *backlog.Backlog) string {
	t.Helper()
	var all map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(snapshot(t, b)), &all))
	delete(all, "seq")
	delete(all, "at")
	delete(all, "claims") // which are not given back
	data, err := json.Marshal(all)
	require.NoError(t, err)
	return string(data)
}

// throughJSON is an event as a log gives it back.
func throughJSON(t testing.TB, event backlog.Event) backlog.Event {
	t.Helper()
	data, err := json.Marshal(event)
	require.NoError(t, err)
	read, err := backlog.DecodeEvent(data, nil)
	require.NoError(t, err)
	return read
}

// The latest event can always be taken back, whatever its kind, and then all is as it was before;
// taking that back gives all as it was after; and a replica that follows the events agrees.
func TestUndoThenRedoIsIdentity(t *testing.T) {
	t.Parallel()

	kinds := map[string]bool{}
	for seed := range uint64(*histories / 10) {
		_, events := wander(t, seed, 60, nil)
		before, err := backlog.New(optionsOf(seed))
		require.NoError(t, err)
		for _, event := range events {
			kinds[event.Change.Kind()] = true
			was, derivedBefore := state(t, before), derived(before)
			b := before.Clone()
			require.NoError(t, b.Apply(event))
			is, derivedAfter := state(t, b), derived(b)
			replica := b.Clone()

			revert, err := before.Reverse(event)
			require.NoError(t, err)
			require.Equal(t, was, state(t, before), "Reverse leaves the past alone")
			if event.Change.Kind() == "release_claim" { // see TestClaim
				require.ErrorIs(t, b.Can(revert, zoe, event.At), backlog.ErrRule)
				before = b
				continue
			}
			atUndo := b.Clone()
			undo, err := b.Execute(revert, zoe, event.At)
			require.NoError(t, err, event.Change.Kind())
			require.Equal(t, was, state(t, b), event.Change.Kind())
			require.Equal(t, derivedBefore, derived(b), event.Change.Kind())

			again, err := atUndo.Reverse(throughJSON(t, undo))
			require.NoError(t, err)
			redo, err := b.Execute(again, zoe, event.At)
			require.NoError(t, err, event.Change.Kind())
			require.Equal(t, is, state(t, b), event.Change.Kind())
			require.Equal(t, derivedAfter, derived(b), event.Change.Kind())

			for _, one := range []backlog.Event{undo, redo} {
				require.NoError(t, replica.Apply(throughJSON(t, one)))
			}
			require.Equal(t, snapshot(t, b), snapshot(t, replica))
			require.NoError(t, before.Apply(event))
		}
	}
	require.Greater(t, len(kinds), 45)
}

// An event of long ago can be taken back, or there is a reason why not; if it can, taking that back is
// identity too, and whatever happens, the backlog is one that could be restored.
func TestUndoOfLongAgo(t *testing.T) {
	t.Parallel()

	undone, refused := 0, 0
	for seed := range uint64(*histories / 3) {
		d := newDice(seed + 1_000_000)
		b, events := wander(t, seed, 60, nil)
		for range 5 {
			event := events[d.IntN(len(events))]
			before, err := backlog.ReplayTo(optionsOf(seed), backlog.Recorded(events), event.Seq-1)
			require.NoError(t, err)
			revert, err := before.Reverse(event)
			require.NoError(t, err)
			bytes, was, wasDerived := snapshot(t, b), state(t, b), derived(b)
			atUndo := b.Clone()
			can := b.Can(revert, zoe, b.At())
			require.Equal(t, bytes, snapshot(t, b))
			require.Equal(t, wasDerived, derived(b))
			undo, err := b.Execute(revert, zoe, b.At())
			require.Equal(t, can == nil, err == nil)
			if err != nil {
				refused++
				require.Equal(t, bytes, snapshot(t, b))
				require.True(t, errors.Is(err, backlog.ErrRule) || errors.Is(err, backlog.ErrNotDone) || errors.Is(err, backlog.ErrNotFound) ||
					errors.Is(err, backlog.ErrExists) || errors.Is(err, backlog.ErrCycle) || errors.Is(err, field.ErrInvalid), err)
				continue
			}
			undone++
			restored, err := backlog.Restore(optionsOf(seed), []byte(snapshot(t, b)))
			require.NoError(t, err)
			require.Equal(t, derived(restored), derived(b))

			again, err := atUndo.Reverse(undo)
			require.NoError(t, err)
			_, err = b.Execute(again, zoe, b.At())
			if refusal := (*backlog.RefusedError)(nil); errors.As(err, &refusal) {
				// What is needed was dropped before something needed it, or an import was not asked.
				require.True(t, refusal.Rule == backlog.RuleDropNeeded || slices.ContainsFunc(events, func(e backlog.Event) bool {
					return e.Change.Kind() == "import_items"
				}), err)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, was, state(t, b))
			require.Equal(t, wasDerived, derived(b))
		}
	}
	require.Positive(t, undone)
	require.Positive(t, refused)
}

// A Revert is asked what it brings about, not what an import broke before: names can be taken back beside two active
// goals without a vision, two active sprints, and stories in them that exclude each other.
func TestUndoAsksOfWhatItBrings(t *testing.T) {
	goal := func(n int) roadmap.Goal {
		return roadmap.Goal{ID: goalID(n), Title: "a goal", Status: roadmap.GoalActive}
	}
	sprint := func(n int) backlog.Sprint {
		return backlog.Sprint{ID: sprintID(n), Name: "a sprint", Goal: "g", Status: backlog.SprintActive, Stories: []story.ID{storyID(n)}}
	}
	l := newLog(t, backlog.Options{})
	l.do(uma, backlog.AddStory{Story: newStory(1)}, backlog.AddStory{Story: newStory(2)}, backlog.ImportItems{
		Source: "tracker", Goals: []roadmap.Goal{goal(1), goal(2)}, Sprints: []backlog.Sprint{sprint(1), sprint(2)},
		Relations: []backlog.Relation{{Story: storyID(1), How: backlog.Excludes, Other: storyID(2)}},
	})
	found := map[string]int{}
	for _, one := range l.events[2].Findings {
		found[one.Rule]++
	}
	require.Equal(t, map[string]int{"vision_first": 2, "one_goal": 2, "one_sprint": 2, "exclusive": 2}, found)
	for _, change := range []backlog.Change{
		backlog.EditStory{Story: storyID(1), Title: backlog.Set("other")},
		backlog.EditGoal{Goal: goalID(1), Title: backlog.Set("other")},
		backlog.EditSprint{Sprint: sprintID(1), Name: backlog.Set("other")},
	} {
		l.do(uma, change)
		at := len(l.events) - 1
		l.do(uma, backlog.AddInsight{Insight: roadmap.Insight{ID: insightID(at), Text: "meanwhile"}})
		l.do(uma, l.reverse(backlog.Options{}, at))
		require.Empty(t, l.events[len(l.events)-1].Findings)
	}
	s, _ := l.Story(storyID(1))
	g, _ := l.Goal(goalID(1))
	p, _ := l.Sprint(sprintID(1))
	require.Equal(t, []string{"Story 1", "a goal", "a sprint"}, []string{s.Title, g.Title, p.Name})
}

// reverse makes the Revert of the event at an index of the log.
func (l *log) reverse(options backlog.Options, index int) backlog.Revert {
	l.t.Helper()
	before, err := backlog.ReplayTo(options, backlog.Recorded(l.events), uint64(index))
	require.NoError(l.t, err)
	revert, err := before.Reverse(l.events[index])
	require.NoError(l.t, err)
	return revert
}

// What stands against taking something back is said.
func TestUndoRefused(t *testing.T) {
	l := product(t, backlog.Options{})
	at := func(change backlog.Change, by backlog.Actor) int { l.do(by, change); return len(l.events) - 1 }
	edited := at(backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}, po)
	added := at(backlog.AddStory{Story: newStory(9)}, po)
	fulfilled := func() int {
		l.do(pm, backlog.PursueGoal{Goal: goalID(1)})
		return at(backlog.FulfilGoal{Goal: goalID(1)}, pm)
	}()
	removed := func() int {
		link := backlog.Dependency{Item: backlog.StoryItem(storyID(1)), Needs: backlog.StoryItem(storyID(2))}
		l.do(po, backlog.AddDependency{Dependency: link})
		return at(backlog.RemoveDependency{Item: link.Item, Needs: link.Needs}, po)
	}()
	revert := func(index int) backlog.Revert { return l.reverse(backlog.Options{}, index) }
	require.NoError(t, l.Can(revert(edited), po, l.At()))
	require.ErrorIs(t, l.Can(revert(edited), dev, l.At()), backlog.ErrNotAllowed, "who may not do it may not undo it")
	require.ErrorIs(t, l.Can(revert(edited), backlog.As("Rob").WithRole(backlog.ProductOwner, "blue"), l.At()), backlog.ErrNotAllowed)
	require.NoError(t, l.Can(revert(edited), backlog.As("Rita").WithRole(backlog.ProductOwner, "red"), l.At()))

	l.do(po,
		backlog.EditStory{Story: storyID(1), Title: backlog.Set("Still more")},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.StoryItem(storyID(9)), Needs: backlog.StoryItem(storyID(1))}},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.StoryItem(storyID(2)), Needs: backlog.StoryItem(storyID(1))}})
	l.do(pm, backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(2), Title: "The next one"}}, backlog.PursueGoal{Goal: goalID(2)},
		backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(2), Title: "More"}},
		backlog.AssignFeatureRelease{Feature: featureID(2), Release: releaseID(1)})
	inUse := at(backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(5), Title: "In use"}}, pm)
	part := newStory(55)
	part.Feature = featureID(5)
	l.do(po, backlog.AddStory{Story: part})
	first := func(kind string) int {
		return slices.IndexFunc(l.events, func(event backlog.Event) bool { return event.Change.Kind() == kind })
	}
	for name, test := range map[string]struct {
		index int
		by    backlog.Actor
		is    error
		says  string
	}{
		"changed since":    {edited, po, backlog.ErrRule, "story \"" + storyID(1).String() + "\" was changed since"},
		"needed by now":    {added, po, backlog.ErrRule, `story "Story 9" has dependencies or relations`},
		"a second goal":    {fulfilled, pm, backlog.ErrRule, `goal "The next one" is active`},
		"a cycle":          {removed, po, backlog.ErrCycle, `story "Story 2"`},
		"the vision":       {0, pm, backlog.ErrRule, "a goal leads to a vision"},
		"a feature in use": {inUse, pm, backlog.ErrRule, `feature "In use" has stories`},
		"a release in use": {first("plan_release"), pm, backlog.ErrRule, "the release"},
	} {
		t.Run(name, func(t *testing.T) {
			err := l.Can(revert(test.index), test.by, l.At())
			require.ErrorIs(t, err, test.is)
			require.ErrorContains(t, err, test.says)
		})
	}
	require.ErrorContains(t, l.Can(backlog.Revert{Seq: 1}, zoe, l.At()), "made by Reverse")
	_, err := l.Reverse(l.events[0])
	require.ErrorIs(t, err, backlog.ErrSequence, "that is not the backlog before the event")
}

// What a release that is out brought stays in it.
func TestUndoOfWhatShipped(t *testing.T) {
	l := product(t, backlog.Options{Rules: backlog.Rules{ReleaseAccepted: backlog.RuleOff}})
	for n := 1; n <= 3; n++ {
		l.do(po, backlog.DropStory{Story: storyID(n), Reason: "no"})
	}
	l.do(pm, backlog.AssignFeatureRelease{Feature: featureID(1), Release: releaseID(1)})
	scheduled := l.reverse(backlog.Options{}, len(l.events)-1)
	require.NoError(t, l.Can(scheduled, pm, l.At()))
	l.do(pm, backlog.ShipRelease{Release: releaseID(1)})
	require.ErrorContains(t, l.Can(scheduled, pm, l.At()), `release "1.0" is shipped`)
}

// A record that was read can be applied, and gets nobody past the gate.
func TestRevertReadIsNotExecuted(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")})
	revert := l.reverse(backlog.Options{}, len(l.events)-1)
	event := throughJSON(t, backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: po, As: backlog.ProductOwner, Change: revert})
	_, err := l.Execute(event.Change, po, l.At())
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
	require.NoError(t, l.Apply(event))
	s, _ := l.Story(storyID(1))
	require.Equal(t, "Story 1", s.Title)
}

// Nobody comes by a role of their own by taking its loss back, nor by what was delegated to them.
func TestRevertDoesNotEscalate(t *testing.T) {
	l := product(t, backlog.Options{})
	mia := backlog.As("Mia", backlog.ProductManager)
	l.do(pm, backlog.GrantRole{Person: "Mia", Role: backlog.ProductOwner}, backlog.RevokeRole{Person: "Mia", Role: backlog.ProductOwner})
	revoked := l.reverse(backlog.Options{}, len(l.events)-1)
	require.ErrorIs(t, l.Can(revoked, mia, l.At()), backlog.ErrNotAllowed)
	require.NoError(t, l.Can(revoked, pm, l.At()))

	l.do(po, backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories},
		backlog.Delegate{Person: "Stan", Permission: backlog.MayOrderStories},
		backlog.MoveStories{Stories: []story.ID{storyID(1)}, To: backlog.Last()})
	moved, stan := l.reverse(backlog.Options{}, len(l.events)-1), l.reverse(backlog.Options{}, len(l.events)-2)
	require.NoError(t, l.Can(moved, dev, l.At()), "ordering was delegated, so is undoing it")
	require.ErrorIs(t, l.Can(stan, dev, l.At()), backlog.ErrNotAllowed)
	require.NoError(t, l.Can(stan, po, l.At()))
}

// Who accepted is on record as long as it is accepted.
func TestAcceptance(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.addReady(1, 3)
	l.finish(1)
	acceptance, ok := l.Acceptance(storyID(1))
	require.True(t, ok)
	require.Equal(t, backlog.Acceptance{By: "Otto", At: l.At()}, acceptance)
	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	again, _ := restored.Acceptance(storyID(1))
	require.Equal(t, acceptance, again)

	_, err = l.Execute(l.reverse(backlog.Options{}, len(l.events)-1), po, l.At().Add(time.Hour))
	require.NoError(t, err)
	_, ok = l.Acceptance(storyID(1))
	require.False(t, ok)
}

// A forged Revert is refused, or leads to a backlog that can be restored: its sides are taken from
// different events, and its places moved.
func TestForgedReverts(t *testing.T) {
	type sides struct {
		Was map[string]json.RawMessage `json:"was"`
		Is  map[string]json.RawMessage `json:"is"`
	}
	applied, refused := 0, 0
	for seed := range uint64(*histories / 10) {
		d := newDice(seed + 1_000_000)
		b, events := wander(t, seed, 60, nil)
		sideOf := func() map[string]json.RawMessage {
			event := events[d.IntN(len(events))]
			before, err := backlog.ReplayTo(optionsOf(seed), backlog.Recorded(events), event.Seq-1)
			require.NoError(t, err)
			revert, err := before.Reverse(event)
			require.NoError(t, err)
			data, err := json.Marshal(revert)
			require.NoError(t, err)
			var both sides
			require.NoError(t, json.Unmarshal(data, &both))
			if d.IntN(2) == 0 {
				return both.Was
			}
			return both.Is
		}
		for range 10 {
			was, is := sideOf(), sideOf()
			if d.IntN(2) == 0 { // what nothing there contradicts
				is = nil
			}
			forged, err := json.Marshal(map[string]any{"seq": 1, "kind": "forged", "permission": "", "was": was, "is": is})
			require.NoError(t, err)
			forged = []byte(strings.ReplaceAll(string(forged), `"at":1`, fmt.Sprintf(`"at":%d`, d.IntN(9)-4)))
			var revert backlog.Revert
			require.NoError(t, json.Unmarshal(forged, &revert))
			before, wasDerived := snapshot(t, b), derived(b)
			if b.Apply(backlog.Event{Seq: b.Seq() + 1, At: b.At(), By: zoe, As: backlog.ProductOwner, Change: revert}) != nil {
				refused++
				require.Equal(t, before, snapshot(t, b))
				require.Equal(t, wasDerived, derived(b))
				continue
			}
			applied++
			restored, err := backlog.Restore(optionsOf(seed), []byte(snapshot(t, b)))
			require.NoError(t, err)
			require.Equal(t, snapshot(t, b), snapshot(t, restored))
			require.Equal(t, derived(b), derived(restored))
		}
	}
	require.Positive(t, applied)
	require.Positive(t, refused)
}

// What others were split from is not taken back before they are, whatever became of its status.
func TestUndoOfWhatWasSplit(t *testing.T) {
	l := product(t, backlog.Options{})
	l.do(po, backlog.AddStory{Story: newStory(40)})
	added := len(l.events) - 1
	one, other := newStory(41), newStory(42)
	one.Criteria = shows(41, 40)
	l.do(po, backlog.SplitStory{Story: storyID(40), Into: []story.Story{one, other}})
	split := len(l.events) - 1
	l.do(po, backlog.SetStoryStatus{Story: storyID(40), To: story.Draft})
	_, err := l.Execute(l.reverse(backlog.Options{}, added), zoe, l.At())
	require.ErrorIs(t, err, backlog.ErrRule)
	require.ErrorContains(t, err, "was split")
	l.do(zoe, l.reverse(backlog.Options{}, len(l.events)-1))
	l.do(zoe, l.reverse(backlog.Options{}, split))
	l.do(zoe, l.reverse(backlog.Options{}, added))
	_, there := l.Story(storyID(40))
	require.False(t, there)
}
