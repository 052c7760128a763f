package host

import (
	"context"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
)

// What the zero value of [Options] stands for.
const (
	DefaultCache         = 128
	DefaultRetries       = 8
	DefaultSnapshotEvery = 500
)

// Options are what a host can choose. The zero value is the default.
type Options struct {
	// Backlog returns the options of a product's backlog; nil means the zero value for all. It is called
	// when the product is loaded.
	Backlog func(product string) backlog.Options

	// Snapshots shorten loading; nil means none. A snapshot that cannot be used, since it is of another
	// version or of a log that was longer, is passed over, and the log read from its beginning.
	Snapshots Snapshots
	// SnapshotEvery is the number of events after which a snapshot is saved, DefaultSnapshotEvery if it
	// is not above 0. It is saved within the call that makes it due.
	SnapshotEvery int
	// SnapshotFailed is called with an error of a snapshot, which is no error of the call that met it;
	// nil ignores them.
	SnapshotFailed func(product string, err error)

	// Cache is the number of backlogs that are kept in memory beside those in use, the latest used ones;
	// DefaultCache if it is not above 0.
	Cache int
	// Retries is how many times changes are decided again if the log has moved: DefaultRetries if it is
	// 0, none if it is below.
	Retries int
	// SingleWriter states that nothing but this Products appends to the log, so that a backlog in memory
	// need not be compared with it at each call.
	SingleWriter bool
}

// Products is the backlogs of a log: loaded on demand, changed through the log, and kept for a while.
// Several goroutines may use it at once. Make one with [New].
//
// The funcs handed to its methods run while the product is held. They must not call Products for the same
// product, and must not keep the View.
type Products struct {
	log     Log
	options Options
	cache   cache
}

// New returns the products of a log. It reads nothing yet.
func New(log Log, options Options) *Products {
	if options.Backlog == nil {
		options.Backlog = func(string) backlog.Options { return backlog.Options{} }
	}
	if options.SnapshotEvery <= 0 {
		options.SnapshotEvery = DefaultSnapshotEvery
	}
	if options.Cache <= 0 {
		options.Cache = DefaultCache
	}
	if options.Retries == 0 {
		options.Retries = DefaultRetries
	}
	return &Products{log: log, options: options, cache: cache{most: options.Cache}}
}

// Execute decides changes for an actor at an instant, appends the events to the log, and returns them. All
// of the changes are made or none. The instant of the last event is used where at is earlier: clocks
// differ.
//
// If the log moved meanwhile, the changes are decided again on what it is now; [backlog.DecideOptions]
// with Expect refer to what the caller saw, and what came later is a conflict however often it is tried.
//
// Errors: those of [backlog.Backlog.Decide], as they are; [ErrMoved] if the log moved at each attempt; an
// [*AppendError] if the log failed to append, after which the events may be there or not; what else the log
// returned, wrapped.
func (p *Products) Execute(ctx context.Context, product string, changes []backlog.Change, by backlog.Actor,
	at time.Time, options backlog.DecideOptions,
) ([]backlog.Event, error) {
	choose := func(*backlog.View) ([]backlog.Change, error) { return changes, nil }
	return p.change(ctx, product, choice{choose, by, at, options})
}

// Update is [Products.Execute] of the changes that choose returns for the backlog as it is. Choose is called
// again if the log moved before they were appended. If it returns no changes, there are no events and no
// error; an error of choose is returned as it is, and nothing happens.
func (p *Products) Update(ctx context.Context, product string, by backlog.Actor, at time.Time,
	options backlog.DecideOptions, choose func(*backlog.View) ([]backlog.Change, error),
) ([]backlog.Event, error) {
	return p.change(ctx, product, choice{choose, by, at, options})
}

// choice is what is to be decided on a state that is not yet there.
type choice struct {
	changes func(*backlog.View) ([]backlog.Change, error)
	by      backlog.Actor
	at      time.Time
	options backlog.DecideOptions
}

func (p *Products) change(ctx context.Context, name string, c choice) ([]backlog.Event, error) {
	one := p.cache.acquire(name)
	defer p.cache.release(one)
	one.writing.Lock()
	defer one.writing.Unlock()
	for left := p.options.Retries; ; left-- {
		if err := p.catchUp(ctx, one); err != nil {
			return nil, err
		}
		events, err := p.attempt(ctx, one, c)
		if !one.moved || left <= 0 {
			return events, err
		}
	}
}

// View calls read with the backlog of a product, which has every event that was in the log when View was
// called, and returns its error. Other readers may read at the same time.
//
// Errors: that of read, as it is; what the log returned, wrapped.
func (p *Products) View(ctx context.Context, product string, read func(*backlog.View) error) error {
	one := p.cache.acquire(product)
	defer p.cache.release(one)
	for {
		if err := p.refresh(ctx, one); err != nil {
			return err
		}
		if done, err := one.read(read); done {
			return err
		}
	}
}

// Forget drops the backlog of a product from memory, so that it is loaded when it is next asked for: with
// other options, or from a log that was put back to an earlier state. It waits for those who use it.
func (p *Products) Forget(product string) {
	one := p.cache.acquire(product)
	defer p.cache.release(one)
	one.writing.Lock()
	defer one.writing.Unlock()
	one.hold(nil)
}
