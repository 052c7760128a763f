package backlog_test

import (
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
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
			By: by, As: roleOf(by), Change: change,
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
				_, err := backlog.Replay(backlog.Options{}, backlog.Recorded(events))
				require.NoError(b, err)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/event")
		})
	}
}

// BenchmarkOpen is what somebody waits for who opens a product: its events read from JSON and replayed, or its
// snapshot restored.
func BenchmarkOpen(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		events := manyEvents(n)
		lines := make([][]byte, n)
		for i, event := range events {
			lines[i], _ = json.Marshal(event)
		}
		whole, err := backlog.Replay(backlog.Options{}, backlog.Recorded(events))
		require.NoError(b, err)
		data, err := whole.Snapshot()
		require.NoError(b, err)
		b.Run(fmt.Sprintf("events/%d", n), func(b *testing.B) {
			for b.Loop() {
				_, err := backlog.Replay(backlog.Options{}, func(yield func(backlog.Event, error) bool) {
					for _, line := range lines {
						if !yield(backlog.DecodeEvent(line, nil)) {
							return
						}
					}
				})
				require.NoError(b, err)
			}
		})
		b.Run(fmt.Sprintf("snapshot/%d", n), func(b *testing.B) {
			for b.Loop() {
				_, err := backlog.Restore(backlog.Options{}, data)
				require.NoError(b, err)
			}
		})
	}
}

// BenchmarkBoard is the board of a backlog, 20 stories a column.
func BenchmarkBoard(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		l := bigLog(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				l.Board(backlog.BoardOptions{Most: 20})
			}
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

// BenchmarkDecide is a change decided and applied, alone and as one of a batch, by its kind and by the size of the
// backlog: ns/change.
func BenchmarkDecide(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		l := bigLog(b, n)
		for _, kind := range commonChanges(l, n) {
			for _, size := range []int{1, 10, 100} {
				b.Run(fmt.Sprintf("%s/%d/%d", kind.name, size, n), func(b *testing.B) {
					b.ReportAllocs()
					changes := make([]backlog.Change, size)
					for b.Loop() {
						for i := range changes {
							changes[i] = kind.next()
						}
						events, err := l.Decide(changes, zoe, l.At(), backlog.DecideOptions{})
						require.NoError(b, err)
						require.NoError(b, l.Apply(events...))
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(size), "ns/change")
				})
			}
		}
	}
}

type commonChange struct {
	name string
	next func() backlog.Change
}

// commonChanges make changes of the kinds that a log has most of, to a backlog of n stories, which they estimate.
func commonChanges(l *log, n int) []commonChange {
	d, next, at := newDice(2), 10_000_000, 0
	var free []story.ID
	for i := range n {
		if len(l.OpenNeeds(backlog.StoryItem(storyID(i)))) == 0 {
			free = append(free, storyID(i))
		}
		_, err := l.Execute(backlog.EstimateStory{Story: storyID(i), Estimate: story.Points(3)}, dev, l.At())
		require.NoError(l.t, err)
	}
	return []commonChange{
		{"estimate", func() backlog.Change {
			return backlog.EstimateStory{Story: storyID(d.IntN(n)), Estimate: story.Points(int64(1 + d.IntN(8)))}
		}},
		{"move", func() backlog.Change {
			return backlog.MoveStories{Stories: []story.ID{storyID(d.IntN(n))}, To: backlog.At(d.IntN(n))}
		}},
		{"status", func() backlog.Change { // of what waits for nothing, to and fro
			to := story.Ready
			if at/len(free)%2 == 1 {
				to = story.Draft
			}
			id := free[at%len(free)]
			at++
			return backlog.SetStoryStatus{Story: id, To: to}
		}},
		{"assess", func() backlog.Change {
			return backlog.AssessStory{Story: storyID(d.IntN(n)), Assessment: prioritize.Assessment{WSJF: &prioritize.WSJFInput{
				UserBusinessValue: decimal.NewFromInt(5), TimeCriticality: decimal.NewFromInt(3),
				RiskReduction: decimal.NewFromInt(2), JobSize: decimal.NewFromInt(8),
			}}}
		}},
		{"title", func() backlog.Change {
			return backlog.EditStory{Story: storyID(d.IntN(n)), Title: backlog.Set("another title")}
		}},
		{"add", func() backlog.Change {
			next++
			return backlog.AddStory{Story: newStory(next)}
		}},
	}
}

// TestDecideAllocates bounds what a change allocates from the request to the backlog, beside the event,
// which comes out of a slab: the copies of what a caller could write to. Of a batch, what is tried and taken back allocates next to nothing.
func TestDecideAllocates(t *testing.T) {
	l := newLog(t, backlog.Options{})
	const n, rounds, size = 1_000, 50, 10
	for i := range n {
		l.do(po, backlog.AddStory{Story: newStory(i)})
	}
	most := map[string][2]float64{ // alone, and one of ten
		"estimate": {0, 1}, "move": {2, 5}, "status": {0, 1}, "assess": {8, 9}, "title": {4, 5}, "add": {1, 4},
	}
	for _, kind := range commonChanges(l, n) {
		for i, size := range []int{1, size} {
			got := math.Inf(1)
			for range 3 { // the collector empties what is kept for use again
				batches := make([][]backlog.Change, rounds+1) // made before, since making them allocates too
				for j := range batches {
					for range size {
						batches[j] = append(batches[j], kind.next())
					}
				}
				j := 0
				got = min(got, testing.AllocsPerRun(rounds, func() {
					events, err := l.Decide(batches[j], zoe, l.At(), backlog.DecideOptions{})
					require.NoError(t, err)
					require.NoError(t, l.Apply(events...))
					j++
				})/float64(size))
			}
			require.LessOrEqual(t, got, most[kind.name][i], "%s, one of %d", kind.name, size)
		}
	}
}

// BenchmarkNextFor is the next story for somebody, by the size of the backlog: of all, of a team, and of those with a
// label and for skills that 1 startable story in 1,000 has.
func BenchmarkNextFor(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		l := newLog(b, backlog.Options{Ready: []backlog.Check{}})
		for i := range n {
			s := newStory(i)
			s.Team = story.Team(fmt.Sprint("team ", i%20))
			labels := []string{"plain", "skill:go"}
			if i%1_000 == 999 {
				labels = []string{"rare", "skill:rust"}
			}
			s.Details = story.ConstOf(story.Details{Labels: story.ListOf(labels...)})
			for _, change := range []backlog.Change{backlog.AddStory{Story: s}, backlog.SetStoryStatus{Story: s.ID, To: story.Ready}} {
				_, err := l.Execute(change, zoe, start)
				require.NoError(b, err)
			}
		}
		for name, options := range map[string]backlog.NextOptions{
			"all": {}, "team": {Teams: []story.Team{"team 19"}}, "label": {Labels: []string{"rare"}}, "skills": {Skills: []string{"rust"}},
		} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_, ok := l.NextFor(zoe, options, l.At())
					require.True(b, ok)
				}
			})
		}
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
				for range l.Startable(l.At()) {
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

// BenchmarkStories walks all stories in their order; x-slice is how many times as long it takes as
// walking a slice of the same structs.
func BenchmarkStories(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		l := bigLog(b, n)
		plain := slices.Collect(l.Stories())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var bytes int
			for b.Loop() {
				for s := range l.Stories() {
					bytes += len(s.Title) + textBytes(s)
				}
			}
			walk := b.Elapsed() / time.Duration(b.N)
			begin := time.Now()
			const rounds = 5
			for range rounds {
				for _, s := range plain {
					bytes += len(s.Title) + textBytes(s)
				}
			}
			require.Positive(b, bytes)
			b.ReportMetric(float64(walk)/float64(time.Since(begin)/rounds), "x-slice")
			b.ReportMetric(float64(walk)/float64(n), "ns/story")
		})
	}
}

// textBytes is the length of the criteria of a story.
func textBytes(s story.Story) (bytes int) {
	for _, criterion := range s.Criteria.All() {
		bytes += len(criterion.Text)
	}
	return bytes
}

// plainState is what a snapshot of bigLog holds, as structs and slices without any rules.
type plainState struct {
	Stories      []plainStory
	Dependencies []backlog.Dependency
}

type plainStory struct {
	ID        story.ID          `json:"id"`
	Title     string            `json:"title"`
	Narrative story.Narrative   `json:"narrative,omitzero"`
	Feature   story.FeatureID   `json:"feature,omitzero"`
	Team      story.Team        `json:"team,omitzero"`
	Criteria  []story.Criterion `json:"criteria,omitempty"`
	Estimate  story.Estimate    `json:"estimate,omitzero"`
	Status    story.Status      `json:"status,omitzero"`
	Tasks     []story.Task      `json:"tasks,omitempty"`
}

func plainStateOf(l *log) plainState {
	var plain plainState
	for s := range l.Stories() {
		plain.Stories = append(plain.Stories, plainStory{
			s.ID, s.Title, s.Narrative, s.Feature, s.Team, s.Criteria.Slice(), s.Estimate, s.Status, s.Tasks.Slice(),
		})
		plain.Dependencies = slices.AppendSeq(plain.Dependencies, l.Needs(backlog.StoryItem(s.ID)))
	}
	return plain
}

// BenchmarkSnapshot compares with what encoding/json takes to marshal the same data; x-json is the
// ratio.
func BenchmarkSnapshot(b *testing.B) {
	l := bigLog(b, 100_000)
	plain := plainStateOf(l)
	b.ReportAllocs()
	against(b, "x-json", func() {
		_, err := json.Marshal(plain)
		require.NoError(b, err)
	}, func() {
		_, err := l.Snapshot()
		require.NoError(b, err)
	})
}

// against measures work beside a baseline that runs in turn with it and is not in the figures of the
// benchmark; the metric is the ratio of the two.
func against(b *testing.B, metric string, baseline, work func()) {
	var base time.Duration
	for b.Loop() {
		b.StopTimer()
		begin := time.Now()
		baseline()
		base += time.Since(begin)
		b.StartTimer()
		work()
	}
	b.ReportMetric(float64(b.Elapsed())/float64(base), metric)
}

// BenchmarkRestore compares with what encoding/json takes to unmarshal the same data.
func BenchmarkRestore(b *testing.B) {
	l := bigLog(b, 100_000)
	data := []byte(snapshot(b, l.Backlog))
	plain, err := json.Marshal(plainStateOf(l))
	require.NoError(b, err)
	b.ReportAllocs()
	against(b, "x-json", func() {
		var read plainState
		require.NoError(b, json.Unmarshal(plain, &read))
	}, func() {
		_, err := backlog.Restore(backlog.Options{}, data)
		require.NoError(b, err)
	})
}

// BenchmarkMemory reports what a backlog keeps, in bytes a story, and how much of it is not the titles and criteria,
// measured as lists of their own.
func BenchmarkMemory(b *testing.B) {
	heap := func() uint64 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	type texts struct {
		title    string
		criteria story.List[story.Criterion]
	}
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				all := make([]texts, n)
				before := heap()
				for i := range all {
					s := newStory(i)
					all[i] = texts{s.Title, s.Criteria}
				}
				ofTexts := heap() - before
				runtime.KeepAlive(all)
				before = heap()
				l := bigLog(b, n)
				whole := heap() - before
				b.ReportMetric(float64(whole)/float64(n), "B/story")
				b.ReportMetric(float64(whole-ofTexts)/float64(n), "B/story-without-texts")
				runtime.KeepAlive(l)
			}
		})
	}
}

// BenchmarkRollUp is one estimate changed and the progress of its feature, its goal and the product
// read, by the size of the backlog: the cost follows the depth, not the size.
func BenchmarkRollUp(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		l := newLog(b, backlog.Options{})
		l.do(pm, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}},
			backlog.AddGoal{Goal: roadmap.Goal{ID: goalID(1), Title: "goal"}},
			backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "feature", Goal: goalID(1)}})
		for i := range n {
			s := newStory(i)
			s.Feature = featureID(1)
			_, err := l.Execute(backlog.AddStory{Story: s}, po, l.At())
			require.NoError(b, err)
		}
		d := newDice(2)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := l.Execute(backlog.EstimateStory{
					Story: storyID(d.IntN(n)), Estimate: story.Points(int64(d.IntN(13))),
				}, dev, l.At())
				require.NoError(b, err)
				_, _ = l.FeatureProgress(featureID(1))
				_, _ = l.GoalProgress(goalID(1))
				_ = l.TotalProgress()
			}
		})
	}
}

// plainEvent holds what an event of manyEvents has, without any rules.
type plainEvent struct {
	Version int       `json:"version"`
	Seq     uint64    `json:"seq"`
	At      time.Time `json:"at"`
	By      struct {
		Name  string `json:"name"`
		Roles []struct {
			Role string `json:"role"`
		} `json:"roles"`
	} `json:"by"`
	As     string `json:"as"`
	Kind   string `json:"kind"`
	Change struct {
		Feature  json.RawMessage `json:"feature"`
		Story    json.RawMessage `json:"story"`
		Estimate story.Estimate  `json:"estimate"`
		To       string          `json:"to"`
		Stories  []story.ID      `json:"stories"`
		Item     backlog.ItemID  `json:"item"`
		Needs    backlog.ItemID  `json:"needs"`
	} `json:"change"`
}

// BenchmarkLoad reads a log from JSON, and compares with what encoding/json takes to read the same lines into plain
// structs. What the replay of the events takes comes on top, as replay-ns/event.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		lines := make([][]byte, n)
		events := make([]backlog.Event, n)
		for i, event := range manyEvents(n) {
			lines[i], _ = json.Marshal(event)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			against(b, "x-json", func() {
				for _, line := range lines {
					var event plainEvent
					var s struct {
						ID    story.ID
						Title string
						plainStory
					}
					require.NoError(b, json.Unmarshal(line, &event))
					if len(event.Change.Story) > 0 && event.Change.Story[0] == '{' {
						require.NoError(b, json.Unmarshal(event.Change.Story, &s))
					}
				}
			}, func() {
				for i, line := range lines {
					var err error
					events[i], err = backlog.DecodeEvent(line, nil)
					require.NoError(b, err)
				}
			})
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/event")
			begin := time.Now()
			_, err := backlog.Replay(backlog.Options{}, backlog.Recorded(events))
			require.NoError(b, err)
			b.ReportMetric(float64(time.Since(begin).Nanoseconds())/float64(n), "replay-ns/event")
		})
	}
}
