package hosttest_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
)

func TestMemoryLog(t *testing.T) {
	hosttest.TestLog(t, func(*testing.T) host.Log { return &host.MemoryLog{} })
}

// reopened is a log that outlives its handles.
type reopened struct{ *host.MemoryLog }

func (l reopened) Reopen() (host.Log, error) { return l, nil }

// What has one handle and cannot be opened again is asked for neither.
func TestLawsAskForWhatThereIs(t *testing.T) {
	for _, law := range hosttest.Laws() {
		require.NoError(t, law.Check(&host.MemoryLog{}), law.Name)
	}
}

func TestFileLog(t *testing.T) {
	hosttest.TestLog(t, func(t *testing.T) host.Log { return fileLog{t.TempDir()} })
}

// What a crash leaves of an append is not read, and the next append takes its place.
func TestFileLogAfterCrash(t *testing.T) {
	log := fileLog{t.TempDir()}
	appendOne := func(after uint64) {
		event := backlog.Event{Seq: after + 1, At: start, By: otto, As: backlog.ProductOwner, Change: backlog.SetStage{}}
		require.NoError(t, log.Append(context.Background(), "a", after, []backlog.Event{event}))
	}
	appendOne(0)
	file, err := os.OpenFile(log.path("a"), os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = file.WriteString(`[{"version":1,"seq":2,`)
	require.NoError(t, errors.Join(err, file.Close()))
	appendOne(1)
	n := 0
	for event, err := range log.Read(context.Background(), "a", 0) {
		require.NoError(t, err)
		n++
		require.EqualValues(t, n, event.Seq)
	}
	require.Equal(t, 2, n)
}

func TestReopener(t *testing.T) {
	hosttest.TestLog(t, func(*testing.T) host.Log { return reopened{&host.MemoryLog{}} })
}

// A faulty log without faults is a log.
func TestFaultyLogWithoutFaults(t *testing.T) {
	hosttest.TestLog(t, func(*testing.T) host.Log {
		return &hosttest.FaultyLog{Log: &host.MemoryLog{}, Next: func(bool) hosttest.Fault { return 0 }}
	})
}

// wrong is a log with one thing wrong about it.
type wrong struct {
	appends func(ctx context.Context, product string, after uint64, events []backlog.Event) error
	reads   func(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error]
	reopens func() (host.Log, error)
	again   func() (host.Log, error)
}

func (l wrong) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	return l.appends(ctx, product, after, events)
}

func (l wrong) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return l.reads(ctx, product, after)
}

func (l wrong) Reopen() (host.Log, error) { return l.reopens() }

func (l wrong) OpenAgain() (host.Log, error) { return l.again() }

// eachAlone is a store whose handles look and write under a mutex of their own: as one process that was
// started twice on a file.
type eachAlone struct {
	store map[string][]backlog.Event
	alone *sync.Mutex // guards the store, for a step at a time
}

func (s eachAlone) handle() host.Log {
	var mutex sync.Mutex
	again := func() (host.Log, error) { return s.handle(), nil }
	return wrong{
		appends: func(_ context.Context, product string, after uint64, events []backlog.Event) error {
			mutex.Lock()
			defer mutex.Unlock()
			s.alone.Lock()
			last := uint64(len(s.store[product]))
			s.alone.Unlock()
			if last != after {
				return host.ErrMoved
			}
			time.Sleep(50 * time.Microsecond) // as a disk takes
			s.alone.Lock()
			defer s.alone.Unlock()
			s.store[product] = append(s.store[product], events...)
			return nil
		},
		reads: func(_ context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
			s.alone.Lock()
			defer s.alone.Unlock()
			all := s.store[product]
			return backlog.Recorded(slices.Clone(all[min(after, uint64(len(all))):]))
		},
		reopens: again, again: again,
	}
}

func broken(t *testing.T, breakIt func(l *wrong)) []string {
	t.Helper()
	var names []string
	for _, law := range hosttest.Laws() {
		m := &host.MemoryLog{}
		l := &wrong{appends: m.Append, reads: m.Read}
		l.reopens = func() (host.Log, error) { return l, nil }
		l.again = l.reopens
		breakIt(l)
		if err := law.Check(*l); err != nil {
			names = append(names, law.Name)
		}
	}
	return names
}

// lengthOf returns the number of events in a log.
func lengthOf(l *wrong, product string) (n uint64) {
	for _, err := range l.reads(context.Background(), product, 0) {
		if err == nil {
			n++
		}
	}
	return n
}

// Each mistake that is easily made in a log is found, by the law that is named after it.
func TestBrokenLogs(t *testing.T) {
	require.Empty(t, broken(t, func(*wrong) {}))
	tests := map[string]struct {
		law  string
		harm func(l *wrong)
	}{
		"appends without looking": {"no update is lost", func(l *wrong) {
			all, mutex := map[string][]backlog.Event{}, &sync.Mutex{}
			l.appends = func(_ context.Context, product string, after uint64, events []backlog.Event) error {
				mutex.Lock()
				defer mutex.Unlock()
				if after < uint64(len(all[product])) {
					all[product] = all[product][:after]
				}
				all[product] = append(all[product], events...)
				return nil
			}
			l.reads = func(_ context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
				mutex.Lock()
				defer mutex.Unlock()
				return backlog.Recorded(slices.Clone(all[product][min(after, uint64(len(all[product]))):]))
			}
		}},
		"overwrites": {"an append that is behind is refused", func(l *wrong) {
			appends := l.appends
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				return appends(ctx, product, max(after, lengthOf(l, product)), events)
			}
		}},
		"refuses without the sentinel": {"an append that is behind is refused", func(l *wrong) {
			appends := l.appends
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				if err := appends(ctx, product, after, events); err != nil {
					return fmt.Errorf("%v", err) //nolint:errorlint // that is what is wrong
				}
				return nil
			}
		}},
		"has gaps": {"an append that leaves a gap is refused", func(l *wrong) {
			appends := l.appends
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				return appends(ctx, product, min(after, lengthOf(l, product)), events)
			}
		}},
		"keeps one product": {"products are apart", func(l *wrong) {
			appends, reads := l.appends, l.reads
			l.appends = func(ctx context.Context, _ string, after uint64, events []backlog.Event) error {
				return appends(ctx, "", after, events)
			}
			l.reads = func(ctx context.Context, _ string, after uint64) iter.Seq2[backlog.Event, error] {
				return reads(ctx, "", after)
			}
		}},
		"folds names": {"products are apart", func(l *wrong) {
			appends, reads := l.appends, l.reads
			fold := func(name string) string {
				if name == "A" {
					return "a"
				}
				return name
			}
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				return appends(ctx, fold(product), after, events)
			}
			l.reads = func(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
				return reads(ctx, fold(product), after)
			}
		}},
		"reads from the beginning": {"reading begins after a number", func(l *wrong) {
			reads := l.reads
			l.reads = func(ctx context.Context, product string, _ uint64) iter.Seq2[backlog.Event, error] {
				return reads(ctx, product, 0)
			}
		}},
		"reads once": {"reading can stop and begin again", func(l *wrong) {
			reads := l.reads
			l.reads = func(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
				next, _ := iter.Pull2(reads(ctx, product, after))
				return func(yield func(backlog.Event, error) bool) {
					for event, err, ok := next(); ok && yield(event, err); event, err, ok = next() {
					}
				}
			}
		}},
		"cuts the time": {"events are read as they were appended", func(l *wrong) {
			appends := l.appends
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				cut := make([]backlog.Event, len(events))
				for i, event := range events {
					event.At = event.At.Truncate(1000)
					cut[i] = event
				}
				return appends(ctx, product, after, cut)
			}
		}},
		"hides an error": {"a context that is done leaves all or nothing", func(l *wrong) {
			reads := l.reads
			l.reads = func(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
				return func(yield func(backlog.Event, error) bool) {
					for event, err := range reads(ctx, product, after) {
						if err != nil || !yield(event, nil) {
							return
						}
					}
				}
			}
		}},
		"writes one by one": {"a context that is done leaves all or nothing", func(l *wrong) {
			appends := l.appends
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				if ctx.Err() == nil || len(events) == 0 {
					return appends(ctx, product, after, events)
				}
				_ = appends(context.Background(), product, after, events[:1])
				return ctx.Err()
			}
		}},
		"wants events": {"an empty append changes nothing", func(l *wrong) {
			appends := l.appends
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				if len(events) == 0 {
					return host.ErrMoved
				}
				return appends(ctx, product, after, events)
			}
		}},
		"makes products up": {"an unknown product is empty", func(l *wrong) {
			reads := l.reads
			l.reads = func(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
				return func(yield func(backlog.Event, error) bool) {
					if lengthOf(&wrong{reads: reads}, product) == 0 {
						yield(backlog.Event{}, context.Canceled)
						return
					}
					reads(ctx, product, after)(yield)
				}
			}
		}},
		"looks and writes apart": {"goroutines lose no update", func(l *wrong) {
			both := eachAlone{map[string][]backlog.Event{}, &sync.Mutex{}}.handle().(wrong)
			l.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
				one, _ := both.again() // with a mutex that nobody else has
				return one.Append(ctx, product, after, events)
			}
			l.reads = both.reads
		}},
		"has a mutex in each handle": {"handles at the same time lose no update", func(l *wrong) {
			*l = eachAlone{map[string][]backlog.Event{}, &sync.Mutex{}}.handle().(wrong)
		}},
		"remembers how long it was": {"two handles are one log", func(l *wrong) {
			shared := *l
			handle := func() (host.Log, error) {
				h, known, mutex := shared, map[string]uint64{}, &sync.Mutex{}
				h.appends = func(ctx context.Context, product string, after uint64, events []backlog.Event) error {
					mutex.Lock()
					defer mutex.Unlock()
					if n, ok := known[product]; ok && n != after {
						return host.ErrMoved
					}
					err := shared.appends(ctx, product, after, events)
					if err == nil {
						known[product] = after + uint64(len(events))
					}
					return err
				}
				return h, nil
			}
			first, _ := handle()
			*l = first.(wrong)
			l.again = handle
		}},
		"forgets": {"what was appended stays", func(l *wrong) {
			l.reopens = func() (host.Log, error) { return &host.MemoryLog{}, nil }
		}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, broken(t, tt.harm), tt.law)
		})
	}
}

func TestFaultyLog(t *testing.T) {
	var fault hosttest.Fault
	memory := &host.MemoryLog{}
	log := &hosttest.FaultyLog{Log: memory, Next: func(bool) hosttest.Fault { return fault }}
	ctx := context.Background()
	events := func(after uint64) []backlog.Event {
		return []backlog.Event{{Seq: after + 1, At: start, By: otto, As: backlog.ProductOwner, Change: backlog.SetStage{}}}
	}
	length := func(log host.Log) (n uint64, err error) {
		for _, failed := range log.Read(ctx, "a", 0) {
			if failed != nil {
				return n, failed
			}
			n++
		}
		return n, nil
	}
	want := func(wanted uint64) {
		n, err := length(memory)
		require.NoError(t, err)
		require.Equal(t, wanted, n)
	}
	require.NoError(t, log.Append(ctx, "a", 0, events(0)))
	fault = hosttest.Fails
	require.ErrorIs(t, log.Append(ctx, "a", 1, events(1)), hosttest.ErrFault)
	n, err := length(log)
	require.ErrorIs(t, err, hosttest.ErrFault)
	require.Zero(t, n)
	want(1)
	fault = hosttest.Forgets
	require.NoError(t, log.Append(ctx, "a", 1, events(1)))
	want(1)
	fault = hosttest.TimesOut
	require.ErrorIs(t, log.Append(ctx, "a", 1, events(1)), hosttest.ErrFault)
	require.ErrorIs(t, log.Append(ctx, "a", 1, events(1)), host.ErrMoved)
	n, err = length(log)
	require.ErrorIs(t, err, hosttest.ErrFault)
	require.EqualValues(t, 1, n)
	want(2)
	require.Equal(t, "times out, Fault(9)", fmt.Sprintf("%v, %v", fault, hosttest.Fault(9)))
}
