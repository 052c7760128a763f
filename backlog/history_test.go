package backlog_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story/field"
)

// decideAndApply is what a host does that stores the events in between.
func decideAndApply(
	b *backlog.Backlog, changes []backlog.Change, by backlog.Actor, at time.Time, options backlog.DecideOptions,
) ([]backlog.Event, error) {
	events, err := b.Decide(changes, by, at, options)
	if err != nil {
		return nil, err
	}
	return events, b.Apply(events...)
}

// Whoever saw an older version is refused, and told what happened since.
func TestConflict(t *testing.T) {
	l := product(t, backlog.Options{})
	seen := l.Seq()
	edit := []backlog.Change{backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}}
	options := backlog.DecideOptions{Expect: &seen}
	_, err := decideAndApply(l.Backlog, edit, po, l.At(), options)
	require.NoError(t, err)

	before := snapshot(t, l.Backlog)
	_, err = decideAndApply(l.Backlog, edit, po, l.At(), options)
	require.ErrorIs(t, err, backlog.ErrConflict)
	require.EqualError(t, err, fmt.Sprintf(
		"backlog: conflict: version %d was expected, it is %d: since then edit_story by %q", seen, seen+1, "Otto"))
	require.Equal(t, before, snapshot(t, l.Backlog))

	for range 200 {
		l.do(po, edit...)
	}
	for expected, remembered := range map[uint64]int{0: 64, seen: 64, l.Seq() - 64: 64, l.Seq() - 5: 5, l.Seq() + 9: 0} {
		_, err := decideAndApply(l.Backlog, edit, po, l.At(), backlog.DecideOptions{Expect: &expected})
		var conflict *backlog.ConflictError
		require.ErrorAs(t, err, &conflict)
		require.Len(t, conflict.Since, remembered)
		for i, event := range conflict.Since {
			require.Equal(t, l.Seq()-uint64(remembered-1-i), event.Seq)
		}
	}

	restored, err := backlog.Restore(backlog.Options{}, []byte(snapshot(t, l.Backlog)))
	require.NoError(t, err)
	_, err = decideAndApply(restored, edit, po, l.At(), options)
	require.EqualError(t, err, fmt.Sprintf("backlog: conflict: version %d was expected, it is %d", seen, seen+201))
}

// What a failed batch did is forgotten with it.
func TestConflictAfterFailedBatch(t *testing.T) {
	l := product(t, backlog.Options{})
	for range 100 {
		l.do(po, backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")})
	}
	seen := l.Seq() - 64 // as far back as anything is remembered
	conflict := func() error {
		_, err := decideAndApply(l.Backlog, nil, po, l.At(), backlog.DecideOptions{Expect: &seen})
		return err
	}
	want := conflict()
	_, err := decideAndApply(l.Backlog, []backlog.Change{
		backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}, backlog.EditStory{Story: storyID(99), Title: backlog.Set("More")},
	}, po, l.At(), backlog.DecideOptions{})
	require.ErrorIs(t, err, backlog.ErrNotFound)
	require.Equal(t, want, conflict())
}

func TestMetadata(t *testing.T) {
	l := product(t, backlog.Options{})
	edit := []backlog.Change{backlog.EditStory{Story: storyID(1), Title: backlog.Set("More")}}
	options := backlog.DecideOptions{Note: "as discussed", Correlation: "request 7"}
	events, err := decideAndApply(l.Backlog, edit, po, l.At(), options)
	require.NoError(t, err)
	data, err := json.Marshal(events[0])
	require.NoError(t, err)
	require.Contains(t, string(data), `"note":"as discussed","correlation":"request 7"`)
	var read backlog.Event
	require.NoError(t, json.Unmarshal(data, &read))
	require.Equal(t, events[0], read)

	for _, options := range []backlog.DecideOptions{{Note: "\x00"}, {Correlation: "two\nlines"}} {
		_, err := decideAndApply(l.Backlog, edit, po, l.At(), options)
		require.ErrorIs(t, err, field.ErrInvalid)
		event := backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: po, Change: edit[0], Note: options.Note, Correlation: options.Correlation}
		require.ErrorIs(t, l.Apply(event), field.ErrInvalid)
	}
}

// A kind that was renamed, and an envelope that was, are read after an upgrade.
func TestDecodeEvent(t *testing.T) {
	old := []byte(`{"version":0,"number":7,"at":"2027-01-05T09:00:00Z","by":{"name":"Uma"},"as":"product_owner","kind":"close_story","change":{"story":"` +
		storyID(1).String() + `"}}`)
	_, err := backlog.DecodeEvent(old, nil)
	require.ErrorIs(t, err, backlog.ErrVersion)

	upgrade := func(version int, kind string, data []byte) ([]byte, error) {
		if version > 0 {
			return data, nil
		}
		if kind != "close_story" {
			return nil, fmt.Errorf("what is %q?", kind)
		}
		data = bytes.Replace(data, []byte(`"version":0,"number"`), []byte(`"version":1,"seq"`), 1)
		return bytes.Replace(data, []byte("close_story"), []byte("accept_story"), 1), nil
	}
	event, err := backlog.DecodeEvent(old, upgrade)
	require.NoError(t, err)
	require.Equal(t, uint64(7), event.Seq)
	require.Equal(t, backlog.AcceptStory{Story: storyID(1)}, event.Change)

	current, err := json.Marshal(event)
	require.NoError(t, err)
	again, err := backlog.DecodeEvent(current, upgrade)
	require.NoError(t, err)
	require.Equal(t, event, again)

	_, err = backlog.DecodeEvent([]byte(`{"version":0,"seq":3,"kind":"eat_story"}`), upgrade)
	require.EqualError(t, err, `backlog: event 3: upgrade of "eat_story", version 0: what is "eat_story"?`)
	_, err = backlog.DecodeEvent([]byte(`{`), upgrade)
	require.ErrorContains(t, err, "backlog: event: unexpected end")
	_, err = backlog.DecodeEvent(old, func(int, string, []byte) ([]byte, error) { return nil, errors.New("no") })
	require.ErrorContains(t, err, "no")
}

// Every version that there ever was can be had again.
func TestReplayTo(t *testing.T) {
	var versions []string
	live, events := wander(t, 1, 60, func(b *backlog.Backlog, _ backlog.Change, err error) {
		if err == nil {
			versions = append(versions, snapshot(t, b))
		}
	})
	for i, want := range versions {
		b, err := backlog.ReplayTo(optionsOf(1), backlog.Recorded(events), uint64(i+1))
		require.NoError(t, err)
		require.Equal(t, want, snapshot(t, b))
	}
	b, err := backlog.ReplayTo(optionsOf(1), backlog.Recorded(events), 0)
	require.NoError(t, err)
	require.Zero(t, b.Seq())
	_, err = backlog.ReplayTo(optionsOf(1), backlog.Recorded(events), live.Seq()+1)
	require.ErrorIs(t, err, backlog.ErrSequence)
}

// A snapshot of another version is restored after an upgrade.
func TestRestoreUpgraded(t *testing.T) {
	l := product(t, backlog.Options{})
	want := snapshot(t, l.Backlog)
	old := strings.Replace(strings.Replace(want, `"version":1`, `"version":0`, 1), `"stories":`, `"tales":`, 1)
	_, err := backlog.Restore(backlog.Options{}, []byte(old))
	require.ErrorIs(t, err, backlog.ErrVersion)

	upgrade := func(version int, kind string, data []byte) ([]byte, error) {
		require.Equal(t, "snapshot", kind)
		if version > 0 {
			return data, nil
		}
		data = bytes.Replace(data, []byte(`"version":0`), []byte(`"version":1`), 1)
		return bytes.Replace(data, []byte(`"tales":`), []byte(`"stories":`), 1), nil
	}
	for _, data := range []string{old, want} {
		b, err := backlog.Restore(backlog.Options{Upgrade: upgrade}, []byte(data))
		require.NoError(t, err)
		require.Equal(t, want, snapshot(t, b))
	}
	_, err = backlog.Restore(backlog.Options{Upgrade: func(int, string, []byte) ([]byte, error) {
		return nil, fmt.Errorf("too old")
	}}, []byte(old))
	require.ErrorContains(t, err, "too old")
}

// What a batch that does not fit has overwritten of the events that are remembered is there again, and a clone
// remembers what it did.
func TestRememberedEventsAreTakenBack(t *testing.T) {
	l := newLog(t, backlog.Options{})
	seen := func(b *backlog.Backlog, since uint64) []backlog.Event {
		_, err := b.Decide([]backlog.Change{backlog.SetVision{}}, pm, b.At(), backlog.DecideOptions{Expect: &since})
		var conflict *backlog.ConflictError
		require.ErrorAs(t, err, &conflict)
		return conflict.Since
	}
	for _, n := range []int{1, 40, 150} { // before all places are taken, and after
		for i := int(l.Seq()); i < n; i++ {
			l.do(po, backlog.AddStory{Story: newStory(i)})
		}
		before, clone := seen(l.Backlog, 0), l.Clone()
		require.Len(t, before, min(n, 64))
		var batch []backlog.Change
		for i := range 70 {
			batch = append(batch, backlog.AddStory{Story: newStory(1_000 + i)})
		}
		events, err := l.Decide(batch, po, l.At(), backlog.DecideOptions{})
		require.NoError(t, err)
		require.Equal(t, before, seen(l.Backlog, 0))
		last := &events[len(events)-1]
		last.Change = events[0].Change // a story that is there by then
		require.ErrorIs(t, l.Apply(events...), backlog.ErrExists)
		require.Equal(t, before, seen(l.Backlog, 0))
		require.NoError(t, l.Clone().Apply(events[:60]...))
		l.do(po, backlog.AddStory{Story: newStory(n)})
		require.Equal(t, before, seen(clone, 0))
	}
}
