package host_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
	"github.com/backlogkit/backlogkit/story"
)

var (
	start      = time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	otto       = backlog.As("Otto", backlog.ProductOwner)
	dana       = backlog.As("Dana", backlog.Developer)
	background = context.Background()
)

func storyID(n int) story.ID {
	return story.ID(uuid.NewSHA1(uuid.NameSpaceOID, fmt.Appendf(nil, "story %d", n)))
}

func add(ns ...int) []backlog.Change {
	var changes []backlog.Change
	for _, n := range ns {
		changes = append(changes, backlog.AddStory{Story: story.Story{ID: storyID(n), Title: fmt.Sprintf("Story %d", n)}})
	}
	return changes
}

func execute(p *host.Products, product string, changes ...backlog.Change) error {
	_, err := p.Execute(background, product, changes, otto, start, backlog.DecideOptions{})
	return err
}

// stateOf returns the snapshot of a product as its host has it.
func stateOf(t testing.TB, p *host.Products, product string) string {
	t.Helper()
	var data []byte
	require.NoError(t, p.View(background, product, func(v *backlog.View) (err error) {
		data, err = v.Snapshot()
		return err
	}))
	return string(data)
}

// stateIn returns the snapshot of a product as a log has it.
func stateIn(t testing.TB, log host.Log, product string) string {
	t.Helper()
	b, err := backlog.Replay(backlog.Options{}, log.Read(background, product, 0))
	require.NoError(t, err)
	data, err := b.Snapshot()
	require.NoError(t, err)
	return string(data)
}

func titles(t testing.TB, p *host.Products, product string) (titles []string) {
	t.Helper()
	require.NoError(t, p.View(background, product, func(v *backlog.View) error {
		for s := range v.Stories() {
			titles = append(titles, s.Title)
		}
		return nil
	}))
	return titles
}

func TestExecute(t *testing.T) {
	log := &host.MemoryLog{}
	p := host.New(log, host.Options{})
	events, err := p.Execute(background, "a", add(1, 2), otto, start, backlog.DecideOptions{Note: "why"})
	require.NoError(t, err)
	require.Len(t, events, 2)
	require.EqualValues(t, 2, events[1].Seq)
	require.Equal(t, "why", events[1].Note)
	require.Equal(t, []string{"Story 1", "Story 2"}, titles(t, p, "a"))
	require.Empty(t, titles(t, p, "b"))
	require.Equal(t, stateIn(t, log, "a"), stateOf(t, p, "a"))

	_, err = p.Execute(background, "a", nil, otto, start, backlog.DecideOptions{})
	require.NoError(t, err)

	// What the backlog refuses comes as it is, and nothing of the batch is there.
	require.ErrorIs(t, execute(p, "a", append(add(3), add(1)...)...), backlog.ErrExists)
	var batch *backlog.BatchError
	require.ErrorAs(t, execute(p, "a", append(add(3), add(1)...)...), &batch)
	require.Equal(t, 1, batch.Index)
	_, err = p.Execute(background, "a", []backlog.Change{backlog.MoveStories{Stories: []story.ID{storyID(2)}, To: backlog.First()}},
		dana, start, backlog.DecideOptions{})
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
	require.Equal(t, []string{"Story 1", "Story 2"}, titles(t, p, "a"))
}

// The instant of an event is never before the last event's, whatever the host's clock reads.
func TestLaterInstant(t *testing.T) {
	p := host.New(&host.MemoryLog{}, host.Options{})
	first, err := p.Execute(background, "a", add(1), otto, start, backlog.DecideOptions{})
	require.NoError(t, err)
	second, err := p.Execute(background, "a", add(2), otto, start.Add(-time.Hour), backlog.DecideOptions{})
	require.NoError(t, err)
	require.Equal(t, first[0].At, second[0].At)
	_, err = p.Execute(background, "a", add(3), otto, time.Time{}, backlog.DecideOptions{})
	require.ErrorContains(t, err, "an instant")
}

// Two hosts over one log see each other's events, and who decides on an old state decides again.
func TestTwoHosts(t *testing.T) {
	log := &host.MemoryLog{}
	one, two := host.New(log, host.Options{}), host.New(log, host.Options{})
	require.NoError(t, execute(one, "a", add(1)...))
	require.NoError(t, execute(two, "a", add(2)...))
	require.Equal(t, []string{"Story 1", "Story 2"}, titles(t, one, "a"))

	calls := 0
	_, err := one.Update(background, "a", otto, start, backlog.DecideOptions{}, func(v *backlog.View) ([]backlog.Change, error) {
		if calls++; calls <= 2 {
			require.NoError(t, execute(two, "a", add(10+calls)...))
		}
		return add(100 + v.Len()), nil
	})

	require.NoError(t, err)
	require.Equal(t, 3, calls)
	require.Equal(t, []string{"Story 1", "Story 2", "Story 11", "Story 12", "Story 104"}, titles(t, two, "a"))
	require.Equal(t, stateIn(t, log, "a"), stateOf(t, one, "a"))
}

// A log that moves at every attempt ends the call after the stated number.
func TestRetries(t *testing.T) {
	for retries, want := range map[int]int{-1: 1, 0: 1 + host.DefaultRetries, 1: 2, 3: 4} {
		log := &host.MemoryLog{}
		one, two := host.New(log, host.Options{Retries: retries}), host.New(log, host.Options{})
		calls := 0
		_, err := one.Update(background, "a", otto, start, backlog.DecideOptions{}, func(*backlog.View) ([]backlog.Change, error) {
			calls++
			return add(0), execute(two, "a", add(calls)...)
		})

		require.ErrorIs(t, err, host.ErrMoved)
		require.Equal(t, want, calls)
		require.Equal(t, stateIn(t, log, "a"), stateOf(t, one, "a"))
		require.NoError(t, execute(one, "a", add(0)...))
	}
}

// What the caller expected is what the caller saw: it is not decided again on something else.
func TestExpect(t *testing.T) {
	log := &host.MemoryLog{}
	one, two := host.New(log, host.Options{}), host.New(log, host.Options{})
	require.NoError(t, execute(one, "a", add(1)...))
	seen := uint64(1)
	require.NoError(t, execute(two, "a", add(2)...))
	expecting := func(p *host.Products, n int) error {
		_, err := p.Execute(background, "a", add(n), otto, start, backlog.DecideOptions{Expect: &seen})
		return err
	}
	var conflict *backlog.ConflictError
	require.ErrorAs(t, expecting(one, 3), &conflict)
	require.Len(t, conflict.Since, 1)
	seen = 2 // one has it from the log before it judges
	require.NoError(t, expecting(one, 3))

	// The same where the log moves between the decision and the append.
	faster := &hosttest.FaultyLog{Log: log}
	faster.Next = func(isAppend bool) hosttest.Fault {
		if isAppend {
			require.NoError(t, execute(two, "a", add(50)...))
		}
		return 0
	}
	seen = 3
	require.ErrorIs(t, expecting(host.New(faster, host.Options{}), 4), backlog.ErrConflict)
	require.Equal(t, []string{"Story 1", "Story 2", "Story 3", "Story 50"}, titles(t, one, "a"))
}

// Two people who edit two stories do not conflict, in two processes either; two who edit one do.
func TestExpectOf(t *testing.T) {
	log := &host.MemoryLog{}
	one, two := host.New(log, host.Options{}), host.New(log, host.Options{})
	require.NoError(t, execute(one, "a", add(1, 2)...))
	seen := uint64(2)
	title := "Another title"
	edit := func(p *host.Products, n int) error {
		_, err := p.Execute(background, "a", []backlog.Change{backlog.EditStory{Story: storyID(n), Title: &title}}, otto, start,
			backlog.DecideOptions{Expect: &seen, ExpectOf: &backlog.Items{Stories: []story.ID{storyID(n)}}})
		return err
	}
	require.NoError(t, edit(one, 1))
	require.NoError(t, edit(two, 2))
	require.ErrorIs(t, edit(one, 2), backlog.ErrConflict)
	require.ErrorIs(t, edit(two, 1), backlog.ErrConflict)
}

// An error of choose, or of read, comes back as it is.
func TestErrorsOfFuncs(t *testing.T) {
	errNothing := errors.New("nothing to do")
	p := host.New(&host.MemoryLog{}, host.Options{})
	events, err := p.Update(background, "a", otto, start, backlog.DecideOptions{}, func(*backlog.View) ([]backlog.Change, error) { return add(1), errNothing })
	require.Equal(t, errNothing, err)
	require.Empty(t, events)
	require.Equal(t, errNothing, p.View(background, "a", func(*backlog.View) error { return errNothing }))
	require.Empty(t, titles(t, p, "a"))
}

// A func that panics leaves no lock held and nothing changed.
func TestPanics(t *testing.T) {
	policy := func(r backlog.PolicyRequest) (backlog.Role, error) {
		if r.Actor.Name == "Dana" {
			panic("policy")
		}
		return backlog.DefaultAuthority().Policy()(r)
	}
	log := &host.MemoryLog{}
	p := host.New(log, host.Options{SingleWriter: true, Backlog: func(string) backlog.Options { return backlog.Options{Policy: policy} }})
	require.NoError(t, execute(p, "a", add(1)...))
	require.Panics(t, func() { _ = p.View(background, "a", func(*backlog.View) error { panic("read") }) })
	require.Panics(t, func() {
		_, _ = p.Update(background, "a", otto, start, backlog.DecideOptions{}, func(*backlog.View) ([]backlog.Change, error) { panic("choose") })
	})
	require.Panics(t, func() { _, _ = p.Execute(background, "a", add(2), dana, start, backlog.DecideOptions{}) })
	require.NoError(t, execute(p, "a", add(3)...))
	require.Equal(t, stateIn(t, log, "a"), stateOf(t, p, "a"))
}

// After a panic within a decision the product is loaded anew; one that only reads costs nothing.
func TestPanicIsLoadedAnew(t *testing.T) {
	policy := func(backlog.PolicyRequest) (backlog.Role, error) { panic("policy") }
	log := &counter{lengths: map[string]uint64{"a": 3}}
	p := host.New(log, host.Options{SingleWriter: true, Backlog: func(string) backlog.Options { return backlog.Options{Policy: policy} }})
	require.Len(t, titles(t, p, "a"), 3)
	require.Panics(t, func() { _ = p.View(background, "a", func(*backlog.View) error { panic("read") }) })
	require.Len(t, titles(t, p, "a"), 3)
	require.Equal(t, 1, log.loads)
	require.Panics(t, func() { _ = execute(p, "a", add(9)...) })
	require.Len(t, titles(t, p, "a"), 3)
	require.Equal(t, 2, log.loads)
}

func TestContextDone(t *testing.T) {
	done, cancel := context.WithCancel(background)
	cancel()
	for _, single := range []bool{false, true} {
		p := host.New(&host.MemoryLog{}, host.Options{SingleWriter: single})
		require.NoError(t, execute(p, "a", add(1)...))
		_, err := p.Execute(done, "a", add(2), otto, start, backlog.DecideOptions{})
		require.ErrorIs(t, err, context.Canceled)
		if single {
			require.ErrorIs(t, p.View(done, "a", func(*backlog.View) error { return nil }), context.Canceled)
		}
		require.ErrorIs(t, p.View(done, "b", func(*backlog.View) error { return nil }), context.Canceled)
		require.Equal(t, []string{"Story 1"}, titles(t, p, "a"))
	}
}

// Each product goes by its own rules, and by new ones once it is forgotten.
func TestOptionsOfProducts(t *testing.T) {
	allowed := map[string]bool{"open": true}
	options := func(product string) backlog.Options {
		if !allowed[product] {
			return backlog.Options{}
		}
		return backlog.Options{Policy: func(backlog.PolicyRequest) (backlog.Role, error) { return backlog.Developer, nil }}
	}
	p := host.New(&host.MemoryLog{}, host.Options{Backlog: options})
	try := func(product string, n int) error {
		_, err := p.Execute(background, product, add(n), backlog.As("Nemo"), start, backlog.DecideOptions{})
		return err
	}
	require.NoError(t, try("open", 1))
	require.ErrorIs(t, try("closed", 1), backlog.ErrNotAllowed)
	allowed["closed"] = true
	require.ErrorIs(t, try("closed", 1), backlog.ErrNotAllowed)
	p.Forget("closed")
	require.NoError(t, try("closed", 1))
}

// Readers of one product meet while a writer waits for the log.
func TestReadersMeet(t *testing.T) {
	memory := &host.MemoryLog{}
	var p *host.Products
	met := 0
	log := &hosttest.FaultyLog{Log: memory, Next: func(isAppend bool) hosttest.Fault {
		if isAppend { // the writer is in the log: a reader is not held up
			require.NoError(t, p.View(background, "a", func(v *backlog.View) error { met++; return nil }))
		}
		return 0
	}}
	p = host.New(log, host.Options{})
	require.NoError(t, execute(p, "a", add(1)...))
	require.Equal(t, 1, met)

	both := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			_ = p.View(background, "a", func(*backlog.View) error {
				select {
				case both <- struct{}{}:
				case <-both:
				}
				return nil
			})
		}()
	}
	readers.Wait()
}

// Many goroutines over two hosts and a few products: no update is lost, and all agree in the end. Run
// with -race.
func TestConcurrent(t *testing.T) {
	log := &host.MemoryLog{}
	hosts := []*host.Products{
		host.New(log, host.Options{Cache: 1, Retries: 1000}),
		host.New(log, host.Options{Retries: 1000, Snapshots: &snapshots{}, SnapshotEvery: 3}),
	}
	const writers, each = 6, 12
	var all sync.WaitGroup
	for w := range writers {
		all.Add(1)
		go func() {
			defer all.Done()
			p := hosts[w%2]
			for i := range each {
				product := fmt.Sprint("product ", i%3)
				if err := execute(p, product, add(w*each+i)...); err != nil {
					t.Error(err)
				}
				if err := p.View(background, product, func(v *backlog.View) error {
					if _, ok := v.Story(storyID(w*each + i)); !ok {
						return errors.New("an update is lost")
					}
					return nil
				}); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	all.Wait()
	total := 0
	for i := range 3 {
		product := fmt.Sprint("product ", i)
		require.Equal(t, stateIn(t, log, product), stateOf(t, hosts[0], product))
		require.Equal(t, stateIn(t, log, product), stateOf(t, hosts[1], product))
		total += len(titles(t, hosts[0], product))
	}
	require.Equal(t, writers*each, total)
}

// In any history of faults, a host agrees with its log after each call that succeeds, and what a call
// returned without an error is in the log unless the log forgot it.
func TestFaults(t *testing.T) {
	histories := 400
	if testing.Short() {
		histories = 100
	}
	for seed := range uint64(histories) {
		rng := rand.New(rand.NewPCG(seed, 0))
		memory, calm := &host.MemoryLog{}, true
		forgot := false
		other := host.New(memory, host.Options{})
		log := &hosttest.FaultyLog{Log: memory}
		log.Next = func(isAppend bool) hosttest.Fault {
			if calm || rng.IntN(3) > 0 {
				return 0
			}
			if seed%2 == 0 && rng.IntN(2) == 0 { // somebody else is faster
				require.NoError(t, execute(other, "a", add(rng.Int())...))
				return 0
			}
			fault := hosttest.Fault(1 + rng.IntN(2))
			if seed%2 == 1 { // a log that forgets what nobody else noticed
				fault = hosttest.Fault(1 + rng.IntN(3))
			}
			forgot = forgot || isAppend && fault == hosttest.Forgets
			return fault
		}
		p := host.New(log, host.Options{
			SingleWriter: seed%4 == 1, Snapshots: &snapshots{}, SnapshotEvery: 2, Cache: 1,
		})
		for step := range 20 {
			calm, forgot = rng.IntN(4) == 0, false
			if rng.IntN(5) == 0 {
				_ = p.View(background, "b", func(*backlog.View) error { return nil }) // takes the place of a
			}
			events, err := p.Execute(background, "a", add(1000+step, 2000+step), otto, start, backlog.DecideOptions{})
			wasCalm := calm
			calm = true
			if err != nil {
				require.False(t, wasCalm, "seed %d: %v", seed, err)
				require.True(t, errors.Is(err, hosttest.ErrFault) || errors.Is(err, host.ErrMoved), err)
			}
			if forgot {
				continue
			}
			if err == nil {
				require.Equal(t, titles(t, other, "a"), titles(t, p, "a"), "seed %d, step %d", seed, step)
				require.Equal(t, stateIn(t, memory, "a"), stateOf(t, p, "a"), "seed %d, step %d", seed, step)
				for event, err := range memory.Read(background, "a", events[0].Seq-1) {
					require.NoError(t, err)
					require.Equal(t, events[0].Change.(backlog.AddStory).Story.ID, event.Change.(backlog.AddStory).Story.ID)
					break
				}
			}
		}
	}
}
