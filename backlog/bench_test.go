package backlog_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// manyEvents is a log of n events as a tracker would have it: stories added, estimated, moved,
// linked, worked on.
func manyEvents(n int) []backlog.Event {
	d := newDice(1)
	events := make([]backlog.Event, 0, n)
	add := func(by backlog.Actor, change backlog.Change) {
		events = append(events, backlog.Event{
			Seq: uint64(len(events) + 1), At: start.Add(time.Duration(len(events)) * time.Second),
			By: by, As: by.Roles[0].Role, Change: change,
		})
	}
	const features = 100
	for i := range features {
		add(pm, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(i), Title: "feature"}})
	}
	for stories := 0; len(events) < n; stories++ {
		s := newStory(stories)
		s.Feature = featureID(stories % features)
		add(po, backlog.AddStory{Story: s})
		add(dev, backlog.EstimateStory{Story: s.ID, Estimate: story.Points(int64(1 + stories%8))})
		add(po, backlog.SetStoryStatus{Story: s.ID, To: story.Ready})
		add(po, backlog.MoveStories{Stories: []story.ID{s.ID}, To: backlog.At(d.IntN(stories + 1))})
		if stories > 0 {
			add(po, backlog.AddDependency{Dependency: backlog.Dependency{
				Item: backlog.StoryItem(s.ID), Needs: backlog.StoryItem(storyID(d.IntN(stories))),
			}})
		}
	}
	return events[:n]
}

// BenchmarkReplay shows that replay is linear: the time an event takes, by the number of events.
func BenchmarkReplay(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		events := manyEvents(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := backlog.Replay(backlog.Options{}, slices.Values(events))
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/event")
		})
	}
}

// BenchmarkMove is one story moved to a random place, by the size of the backlog.
func BenchmarkMove(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		l := bigLog(b, n)
		d := newDice(2)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := l.Execute(backlog.MoveStories{
					Stories: []story.ID{storyID(d.IntN(n))}, To: backlog.At(d.IntN(n)),
				}, po, l.At())
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkReady is the first 20 stories that can be worked on, by the size of the backlog.
func BenchmarkReady(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		l := bigLog(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				got := 0
				for range l.Ready() {
					if got++; got == 20 {
						break
					}
				}
			}
		})
	}
}

// bigLog is a backlog of n stories with 0.6 links a story.
func bigLog(b *testing.B, n int) *log {
	d := newDice(1)
	l := newLog(b, backlog.Options{})
	for i := range n {
		_, err := l.Execute(backlog.AddStory{Story: newStory(i)}, po, start)
		require.NoError(b, err)
	}
	for range n * 6 / 10 {
		x := 1 + d.IntN(n-1)
		_, _ = l.Execute(backlog.AddDependency{Dependency: backlog.Dependency{
			Item: backlog.StoryItem(storyID(x)), Needs: backlog.StoryItem(storyID(d.IntN(x))),
		}}, po, start) // the same link twice is refused, and that is fine
	}
	return l
}
