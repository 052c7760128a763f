package host_test

import (
	"context"
	"errors"
	"iter"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
)

// snapshots are in memory.
type snapshots struct {
	mutex sync.Mutex
	data  map[string][]byte
	seqs  []uint64
	fail  error
}

func (s *snapshots) Save(_ context.Context, product string, seq uint64, data []byte) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.fail != nil {
		return s.fail
	}
	if s.data == nil {
		s.data = make(map[string][]byte)
	}
	s.data[product] = data
	s.seqs = append(s.seqs, seq)
	return nil
}

func (s *snapshots) Load(_ context.Context, product string) ([]byte, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.data[product], s.fail
}

// counted counts the events that are read.
type counted struct {
	host.MemoryLog
	read int
}

func (l *counted) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return func(yield func(backlog.Event, error) bool) {
		for event, err := range l.MemoryLog.Read(ctx, product, after) {
			l.read++
			if !yield(event, err) {
				return
			}
		}
	}
}

// Snapshots are saved after every so many events, and loading reads what came after the last one.
func TestSnapshots(t *testing.T) {
	log, kept := &counted{}, &snapshots{}
	options := host.Options{Snapshots: kept, SnapshotEvery: 10, SnapshotFailed: func(_ string, err error) { require.NoError(t, err) }}
	p := host.New(log, options)
	for n := range 25 {
		require.NoError(t, execute(p, "a", add(n)...))
	}
	require.Equal(t, []uint64{10, 20}, kept.seqs)
	require.NoError(t, execute(p, "a", add(100, 101, 102, 103, 104, 105, 106)...))
	require.Equal(t, []uint64{10, 20, 32}, kept.seqs)
	require.NoError(t, execute(p, "a", add(200, 201)...))

	log.read = 0
	again := host.New(log, options)
	require.Equal(t, stateOf(t, p, "a"), stateOf(t, again, "a"))
	require.Equal(t, 3, log.read, "the last event of the snapshot and the two after it")
	require.Equal(t, stateIn(t, log, "a"), stateOf(t, again, "a"))
}

// A product that is read only gets its snapshot when it is loaded.
func TestSnapshotAfterLoading(t *testing.T) {
	log, kept := &host.MemoryLog{}, &snapshots{}
	require.NoError(t, execute(host.New(log, host.Options{}), "a", add(1, 2, 3, 4, 5)...))
	titles(t, host.New(log, host.Options{Snapshots: kept, SnapshotEvery: 5}), "a")
	require.Equal(t, []uint64{5}, kept.seqs)
}

// A snapshot that cannot be used costs time and nothing else.
func TestSnapshotsThatFail(t *testing.T) {
	log := &host.MemoryLog{}
	require.NoError(t, execute(host.New(log, host.Options{}), "a", add(1, 2, 3)...))
	ahead := &host.MemoryLog{}
	require.NoError(t, execute(host.New(ahead, host.Options{}), "a", add(1, 2, 3, 4)...))
	elsewhere := &host.MemoryLog{}
	_, err := host.New(elsewhere, host.Options{}).Execute(background, "a", add(1, 2, 4), otto, start.Add(1), backlog.DecideOptions{})
	require.NoError(t, err)

	for name, kept := range map[string]*snapshots{
		"not readable":         {fail: errors.New("disk")},
		"no snapshot":          {data: map[string][]byte{"a": []byte("{")}},
		"another version":      {data: map[string][]byte{"a": []byte(`{"version":99,"seq":3}`)}},
		"ahead of the log":     {data: map[string][]byte{"a": []byte(stateIn(t, ahead, "a"))}},
		"of another past":      {data: map[string][]byte{"a": []byte(stateIn(t, elsewhere, "a"))}},
		"of an empty backlog":  {data: map[string][]byte{"a": []byte(`{"version":1,"seq":0}`)}},
		"there but of nothing": {data: map[string][]byte{"a": {}}},
	} {
		t.Run(name, func(t *testing.T) {
			failed := 0
			p := host.New(log, host.Options{Snapshots: kept, SnapshotEvery: 1, SnapshotFailed: func(product string, err error) {
				require.Equal(t, "a", product)
				require.Error(t, err)
				failed++
			}})
			require.Equal(t, stateIn(t, log, "a"), stateOf(t, p, "a"))
			if len(kept.data["a"]) > 0 && name == "ahead of the log" {
				require.Positive(t, failed)
			}
			if kept.fail == nil { // what is saved then is good
				require.Equal(t, stateIn(t, log, "a"), string(kept.data["a"]))
			}
			ignoring := host.New(log, host.Options{Snapshots: kept, SnapshotEvery: 1})
			require.Equal(t, stateIn(t, log, "a"), stateOf(t, ignoring, "a"))
		})
	}
}
