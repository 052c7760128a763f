package host_test

import (
	"context"
	"encoding/binary"
	"flag"
	"fmt"
	"iter"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/story"
)

// counter is a log that keeps the number of events of each product and makes them anew when they are
// read, so that what a test measures is the host.
type counter struct {
	lengths map[string]uint64
	loads   int
}

func (l *counter) Append(_ context.Context, product string, after uint64, events []backlog.Event) error {
	if l.lengths[product] != after {
		return host.ErrMoved
	}
	l.lengths[product] += uint64(len(events))
	return nil
}

func (l *counter) Read(_ context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return func(yield func(backlog.Event, error) bool) {
		if after == 0 {
			l.loads++
		}
		for seq := after + 1; seq <= l.lengths[product]; seq++ {
			event := backlog.Event{Seq: seq, At: start, By: otto, As: backlog.ProductOwner, Change: plain(seq)}
			if !yield(event, nil) {
				return
			}
		}
	}
}

func plain(seq uint64) backlog.Change {
	var id story.ID
	binary.BigEndian.PutUint64(id[:], seq)
	return backlog.AddStory{Story: story.Story{ID: id, Title: "A story"}}
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

var products = flag.Int("products", 20_000, "products of a host that holds a hundred of them")

// A host with many products holds as many as its cache has room for.
func TestBoundedByCache(t *testing.T) {
	products, each, room := *products, 10, 100
	if testing.Short() {
		products = 2_000
	}
	log := &counter{lengths: make(map[string]uint64, products)}
	names := make([]string, products)
	for i := range names {
		names[i] = fmt.Sprint("product ", i)
		log.lengths[names[i]] = 0
	}
	p := host.New(log, host.Options{Cache: room, SingleWriter: true})
	before := heap()
	var most uint64
	for i, name := range names {
		var changes []backlog.Change
		for seq := range uint64(each) {
			changes = append(changes, plain(seq+1))
		}
		require.NoError(t, execute(p, name, changes...))
		if i%(products/10) == products/10-1 {
			now := heap()
			most = max(most, now-min(now, before))
		}
	}
	const perBacklog = 100 << 10 // of ten stories
	t.Logf("%d products, %d events, a cache of %d: at most %d KiB", products, products*each, room, most>>10)
	require.Less(t, most, uint64(room*perBacklog))
	require.Equal(t, products, log.loads)

	log.loads = 0 // the latest used are there, the others are not
	for i := products - room; i < products; i++ {
		require.Len(t, titles(t, p, names[i]), each)
	}
	require.Zero(t, log.loads)
	require.Len(t, titles(t, p, names[0]), each)
	require.Equal(t, 1, log.loads)
	require.Len(t, titles(t, p, names[products-room]), each) // which was used least recently
	require.Equal(t, 2, log.loads)
}

// What is in use stays, however small the cache is.
func TestCacheKeepsWhatIsInUse(t *testing.T) {
	log := &counter{lengths: map[string]uint64{"a": 1, "b": 1, "c": 1}}
	p := host.New(log, host.Options{Cache: 1, SingleWriter: true})
	require.NoError(t, p.View(background, "a", func(*backlog.View) error {
		return p.View(background, "b", func(*backlog.View) error {
			_ = titles(t, p, "c")
			return nil
		})
	}))
	require.Equal(t, 3, log.loads)
	_ = titles(t, p, "a")
	require.Equal(t, 3, log.loads, "a was used last")
	_ = titles(t, p, "c")
	require.Equal(t, 4, log.loads)
}
