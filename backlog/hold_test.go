package backlog_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// twinWait is what an item waits for by the table of the package comment, from what other queries return.
func twinWait(b *backlog.Backlog, item backlog.ItemID, hold bool, at time.Time) backlog.Wait {
	var wait backlog.Wait
	until := func(end time.Time) {
		if end.After(at) && end.After(wait.Until) {
			wait.Until = end
		}
	}
	s, isStory := b.Story(item.Story)
	f, _ := b.Feature(item.Feature)
	until(s.Details.Value().NotBefore)
	until(f.Details.Value().NotBefore)
	for one := range b.Needs(item) {
		other, ok := b.Story(one.Needs.Story)
		category, _ := b.Workflow().Category(other.Status)
		feature, _ := b.Feature(one.Needs.Feature)
		accepted, _ := b.Acceptance(one.Needs.Story)
		if !ok {
			accepted, _ = b.FeatureAcceptance(one.Needs.Feature)
		}
		switch {
		case ok && !isStory && other.Feature == item.Feature: // which finishes it
		case ok && category.IsOpen(), !ok && feature.Status == roadmap.FeatureOpen:
			wait.Items = append(wait.Items, one.Needs)
		case one.Lag > 0 && !accepted.At.IsZero():
			until(accepted.At.Add(time.Duration(one.Lag)))
		}
	}
	for one := range b.Impediments() {
		for _, about := range one.About.All() {
			if one.IsOpen() && item != (backlog.ItemID{}) && about.Story == item.Story && about.Feature == item.Feature {
				wait.Impediments = append(wait.Impediments, one.ID)
			}
		}
	}
	if isStory && hold && !s.Feature.IsZero() {
		above := twinWait(b, backlog.FeatureItem(s.Feature), hold, at)
		wait.Items, wait.Impediments = append(wait.Items, above.Items...), append(wait.Impediments, above.Impediments...)
		until(above.Until)
	}
	slices.SortFunc(wait.Items, backlog.ItemID.Compare)
	wait.Items = slices.Compact(wait.Items)
	slices.SortFunc(wait.Impediments, func(x, y roadmap.ImpedimentID) int {
		one, _ := b.Impediment(x)
		other, _ := b.Impediment(y)
		return cmp.Or(one.At.Compare(other.At), x.Compare(y))
	})
	wait.Impediments = slices.Compact(wait.Impediments)
	return wait
}

// What waits at an instant is one definition, whatever happened before.
func TestWaitAtAnInstant(t *testing.T) {
	t.Parallel()

	met := map[bool]int{}
	for seed := range uint64(*histories / 2) {
		hold := !optionsOf(seed).HoldFeaturesOnly
		b, _ := wander(t, seed, 80, nil)
		for _, at := range []time.Time{b.At(), start.Add(100 * time.Second), start.Add(time.Hour)} {
			startable := map[story.ID]bool{}
			for s := range b.Startable(at) {
				startable[s.ID] = true
			}
			waits := map[story.ID]backlog.Wait{}
			for s, wait := range b.Waiting(at) {
				waits[s.ID] = wait
			}
			for s := range b.Stories() {
				want := twinWait(b, backlog.StoryItem(s.ID), hold, at)
				require.Equal(t, want.String(), b.WaitOf(backlog.StoryItem(s.ID), at).String())
				category, _ := b.Workflow().Category(s.Status)
				wait, waiting := waits[s.ID]
				require.Equal(t, category.IsOpen() && !want.IsZero(), waiting)
				require.Equal(t, category.IsOpen() && want.IsZero() && alive(b, s), startable[s.ID])
				if waiting {
					require.Equal(t, want, wait)
				}
				met[!want.Until.IsZero()]++
			}
			for f := range b.Features() {
				item := backlog.FeatureItem(f.ID)
				require.Equal(t, twinWait(b, item, hold, at).String(), b.WaitOf(item, at).String())
			}
		}
	}
	require.Greater(t, met[true], *histories/20)
	require.Greater(t, met[false], *histories/20)
}

// Nothing that waits is begun, whatever happened before.
func TestNothingIsBegunThatWaits(t *testing.T) {
	t.Parallel()

	begun, refused := 0, 0
	for seed := range uint64(*histories / 2) {
		hold := !optionsOf(seed).HoldFeaturesOnly
		b, _ := wander(t, seed, 60, nil)
		d := newDice(seed + 3_000_000)
		for range 40 {
			id, at := storyID(d.id()), b.At().Add(time.Duration(d.IntN(40))*time.Second)
			s, _ := b.Story(id)
			category, _ := b.Workflow().Category(s.Status)
			waits := !twinWait(b, backlog.StoryItem(id), hold, at).IsZero()
			_, err := b.Execute(backlog.SetStoryStatus{Story: id, To: story.InProgress}, uma, at)
			var refusal *backlog.RefusedError
			switch {
			case category != story.Proposed:
			case err == nil:
				require.False(t, waits)
				begun++
			case errors.As(err, &refusal) && refusal.Rule == backlog.RuleStartWaiting:
				require.True(t, waits)
				refused++
			}
			_, _ = b.Execute(d.change(), d.actor(), b.At())
		}
	}
	require.Positive(t, begun)
	require.Positive(t, refused)
}

func TestHoldUntil(t *testing.T) {
	l := product(t, backlog.Options{Ready: []backlog.Check{}})
	march := start.AddDate(0, 2, 0)
	l.do(po, backlog.ScheduleStory{Story: storyID(1), NotBefore: march})
	one := backlog.StoryItem(storyID(1))
	require.Equal(t, backlog.Wait{Until: march}, l.WaitOf(one, march.Add(-1)))
	require.True(t, l.WaitOf(one, march).IsZero())
	require.Len(t, slices.Collect(l.Startable(march.Add(-1))), 2)
	require.Len(t, slices.Collect(l.Startable(march)), 3)
	require.Contains(t, l.SprintFill("red", decimal.NewFromInt(3), march.Add(-1)).Skipped[0].Reason, "held until")

	l.do(dev, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready})
	begin := backlog.SetStoryStatus{Story: storyID(1), To: story.InProgress}
	_, err := l.Execute(begin, dev, march.Add(-1))
	var refused *backlog.RefusedError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, backlog.RuleStartWaiting, refused.Rule)
	require.EqualError(t, err, `backlog: set_story_status by "Dana" refused by the rule start_waiting: the story waits for its time; `+
		`that needs an instant not before 2027-03-04T09:00:00Z`)
	_, err = l.Execute(begin, dev, march)
	require.NoError(t, err)

	for _, change := range []backlog.Change{
		backlog.ScheduleStory{Story: storyID(2), NotBefore: march.Add(-1)},
		backlog.ScheduleFeature{Feature: featureID(1), NotBefore: march.Add(-1)},
		backlog.AddStory{Story: story.Story{ID: storyID(9), Title: "late", Details: story.ConstOf(story.Details{NotBefore: start})}},
	} {
		_, err = l.Execute(change, uma, l.At())
		require.ErrorIs(t, err, field.ErrInvalid, change.Kind())
		require.ErrorContains(t, err, "not_before")
		require.ErrorContains(t, l.Apply(backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: uma, As: backlog.ProductOwner, Change: change}), "not_before")
	}
}

// A feature that is held holds its stories, and a split passes on how long.
func TestHoldIsPassedOn(t *testing.T) {
	for _, only := range []bool{false, true} {
		l := product(t, backlog.Options{HoldFeaturesOnly: only})
		march := start.AddDate(0, 2, 0)
		l.do(pm, backlog.ScheduleFeature{Feature: featureID(1), NotBefore: march})
		require.Len(t, slices.Collect(l.Startable(l.At())), map[bool]int{true: 3}[only])
		require.Equal(t, march, l.WaitOf(backlog.FeatureItem(featureID(1)), l.At()).Until)
		l.do(pm, backlog.ScheduleFeature{Feature: featureID(1)})
		require.Len(t, slices.Collect(l.Startable(l.At())), 3)
	}
	l := product(t, backlog.Options{})
	march := start.AddDate(0, 2, 0)
	l.do(po, backlog.ScheduleStory{Story: storyID(1), NotBefore: march})
	child, other := newStory(8), newStory(9)
	child.Criteria = shows(8, 1)
	other.Details = story.ConstOf(story.Details{NotBefore: march.AddDate(0, 1, 0)})
	l.do(po, backlog.SplitStory{Story: storyID(1), Into: []story.Story{child, other}})
	require.Equal(t, march, l.WaitOf(backlog.StoryItem(storyID(8)), l.At()).Until)
	require.Equal(t, march.AddDate(0, 1, 0), l.WaitOf(backlog.StoryItem(storyID(9)), l.At()).Until)
}

func TestLag(t *testing.T) {
	l := newLog(t, backlog.Options{Ready: []backlog.Check{}})
	l.do(po, backlog.AddStory{Story: newStory(1)}, backlog.AddStory{Story: newStory(2)})
	const lag = backlog.Lag(72 * time.Hour)
	l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(2), Needs: sItem(1), Lag: lag}})
	require.Equal(t, []backlog.ItemID{sItem(1)}, l.WaitOf(sItem(2), l.At()).Items)
	require.Empty(t, l.Frees(sItem(1), l.At()), "it is not enough to finish it")
	l.do(po, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready})
	l.finish(1)
	done, _ := l.Acceptance(storyID(1))
	free := done.At.Add(72 * time.Hour)
	require.Equal(t, backlog.Wait{Until: free}, l.WaitOf(sItem(2), l.At()))
	require.Empty(t, slices.Collect(l.Startable(free.Add(-1))))
	require.Len(t, slices.Collect(l.Startable(free)), 1)
	restored, err := backlog.Restore(backlog.Options{Ready: []backlog.Check{}}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	require.Equal(t, backlog.Wait{Until: free}, restored.WaitOf(sItem(2), l.At()))
	l.do(po, backlog.RemoveDependency{Item: sItem(2), Needs: sItem(1)})
	require.True(t, l.WaitOf(sItem(2), l.At()).IsZero())

	_, err = l.Execute(backlog.AddDependency{Dependency: backlog.Dependency{Item: sItem(2), Needs: sItem(1), Lag: -1}}, po, l.At())
	require.ErrorContains(t, err, "lag")
	var read backlog.Dependency
	data, err := json.Marshal(backlog.Dependency{Item: sItem(2), Needs: sItem(1), Lag: lag})
	require.NoError(t, err)
	require.Contains(t, string(data), `"lag":"72h0m0s"`)
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, lag, read.Lag)
	for _, bad := range []string{`"soon"`, `"` + string(make([]byte, 0)) + `1"`, `3`} {
		require.Error(t, json.Unmarshal([]byte(`{"lag":`+bad+`}`), &read))
	}
	require.Equal(t, lag, read.Lag)
}

// A story is not planned for a sprint that is over before it can be started.
func TestHeldIsPlannedLater(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.do(po, backlog.AddStory{Story: newStory(1)})
	l.do(dev, backlog.EstimateStory{Story: storyID(1), Estimate: story.Points(3)})
	for n := range 2 {
		l.do(po, backlog.PlanSprint{Sprint: backlog.Sprint{
			ID: sprintID(n), Name: "sprint", Start: start.AddDate(0, 0, 14*n), End: start.AddDate(0, 0, 14*(n+1)),
		}})
	}
	l.do(po, backlog.ScheduleStory{Story: storyID(1), NotBefore: start.AddDate(0, 0, 20)})
	commit := func(n int) backlog.Change {
		return backlog.CommitStories{Sprint: sprintID(n), Stories: []story.ID{storyID(1)}}
	}
	require.ErrorIs(t, l.Can(commit(0), po, l.At()), backlog.ErrNotReady)
	require.ErrorContains(t, l.Can(commit(0), po, l.At()), "a sprint that ends after 2027-01-24T09:00:00Z")
	require.NoError(t, l.Can(commit(1), po, l.At()))
	l.do(po, backlog.SetStoryStatus{Story: storyID(1), To: story.Ready}) // it is refined all the same
}
