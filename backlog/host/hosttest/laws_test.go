package hosttest_test

import (
	"context"
	"fmt"
	"iter"
	"testing"

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
}

func (l wrong) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	return l.appends(ctx, product, after, events)
}

func (l wrong) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return l.reads(ctx, product, after)
}

func (l wrong) Reopen() (host.Log, error) { return l.reopens() }

func broken(t *testing.T, breakIt func(l *wrong)) []string {
	t.Helper()
	var names []string
	for _, law := range hosttest.Laws() {
		m := &host.MemoryLog{}
		l := &wrong{appends: m.Append, reads: m.Read}
		l.reopens = func() (host.Log, error) { return l, nil }
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
			all := map[string][]backlog.Event{}
			l.appends = func(_ context.Context, product string, after uint64, events []backlog.Event) error {
				if after < uint64(len(all[product])) {
					all[product] = all[product][:after]
				}
				all[product] = append(all[product], events...)
				return nil
			}
			l.reads = func(_ context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
				return backlog.Recorded(all[product][min(after, uint64(len(all[product]))):])
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
