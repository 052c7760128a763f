package host

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
)

// product is one backlog in memory. Its state is always that of the log up to some event: what was
// decided is applied after it was appended, so an append of which nobody knows how it ended takes nothing
// back and leaves nothing behind.
type product struct {
	name  string
	users int           // guarded by the cache
	place *list.Element // in the cache, while nobody uses it

	writing sync.Mutex // held from the look at the log to the end of the call
	saved   uint64     // the event up to which a snapshot was last saved or tried
	moved   bool       // the last append found another event in the log than the backlog's last

	reading sync.RWMutex     // held for writing while the backlog changes, and never while the log is waited for
	backlog *backlog.Backlog // nil before it is loaded
	suspect bool             // the log may have more events although nobody else appends
}

// hold replaces the backlog.
func (one *product) hold(b *backlog.Backlog) {
	one.reading.Lock()
	defer one.reading.Unlock()
	one.backlog, one.suspect = b, false
}

// read calls f with the backlog, or returns false if there is none.
func (one *product) read(f func(*backlog.View) error) (done bool, err error) {
	one.reading.RLock()
	defer one.reading.RUnlock()
	if one.backlog == nil {
		return false, nil
	}
	return true, f(one.backlog.View())
}

// write calls f while nobody reads. If f does not return true, as when it panics, the backlog is dropped.
func (one *product) write(f func(*backlog.Backlog) bool) {
	one.reading.Lock()
	defer one.reading.Unlock()
	sound := false
	defer func() {
		if !sound {
			one.backlog = nil
		}
	}()
	sound = f(one.backlog)
}

// state returns the number of the last event and whether the log must be looked at.
func (one *product) state() (seq uint64, loaded, suspect bool) {
	one.reading.RLock()
	defer one.reading.RUnlock()
	if one.backlog == nil {
		return 0, false, true
	}
	return one.backlog.Seq(), true, one.suspect
}

// refresh makes sure, for a reader, that the backlog has what is in the log.
func (p *Products) refresh(ctx context.Context, one *product) error {
	seq, loaded, suspect := one.state()
	if loaded && !suspect {
		if p.options.SingleWriter {
			return ctx.Err()
		}
		isBehind := false
		for _, err := range p.log.Read(ctx, one.name, seq) {
			if err != nil {
				return p.loadError(one, "read", err)
			}
			isBehind = true
			break
		}
		if !isBehind {
			return nil
		}
	}
	one.writing.Lock()
	defer one.writing.Unlock()
	return p.catchUp(ctx, one)
}

// catchUp loads the backlog, or makes what is new in the log part of it.
func (p *Products) catchUp(ctx context.Context, one *product) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	seq, loaded, suspect := one.state()
	if !loaded {
		return p.load(ctx, one)
	}
	if p.options.SingleWriter && !suspect {
		return nil
	}
	var news []backlog.Event // read first: nobody waits for the log meanwhile
	for event, err := range p.log.Read(ctx, one.name, seq) {
		if err != nil {
			return p.loadError(one, "read", err)
		}
		news = append(news, event)
	}
	if len(news) == 0 && one.moved { // the log is shorter than what it accepted
		return p.load(ctx, one)
	}
	if len(news) > 0 || suspect {
		one.write(func(b *backlog.Backlog) bool {
			one.suspect = false
			return b.Apply(news...) == nil
		})
	}
	one.moved = false
	if _, loaded, _ := one.state(); !loaded { // what is new does not fit what was known: read it all again
		return p.load(ctx, one)
	}
	p.saveIfDue(ctx, one)
	return nil
}

// attempt decides and appends once. It sets moved if that may be tried again.
func (p *Products) attempt(ctx context.Context, one *product, c choice) ([]backlog.Event, error) {
	var changes []backlog.Change
	_, err := one.read(func(v *backlog.View) (err error) {
		changes, err = c.changes(v)
		return err
	})
	if err != nil {
		return nil, err
	}
	var events []backlog.Event
	one.write(func(b *backlog.Backlog) bool {
		events, err = b.Decide(changes, c.by, later(c.at, b.At()), c.options)
		return true
	})
	if err != nil || len(events) == 0 {
		return nil, err
	}
	if err := p.log.Append(ctx, one.name, events[0].Seq-1, events); err != nil {
		one.moved = errors.Is(err, ErrMoved)
		one.write(func(*backlog.Backlog) bool { one.suspect = true; return true })
		if one.moved {
			return nil, fmt.Errorf("host: product %.80q: append: %w", one.name, err)
		}
		return nil, &AppendError{one.name, events, err}
	}
	one.write(func(b *backlog.Backlog) bool {
		err = b.Apply(events...)
		return err == nil
	})
	if err != nil { // they are in the log, and what was just decided fits
		return events, fmt.Errorf("host: product %.80q: %w", one.name, err)
	}
	p.saveIfDue(ctx, one)
	return events, nil
}

// later returns the later of two instants. A zero one stays, for Decide to refuse.
func later(clock, last time.Time) time.Time {
	if !clock.IsZero() && clock.Before(last) {
		return last
	}
	return clock
}

// load makes the backlog from the last snapshot and the log, or from the log alone.
func (p *Products) load(ctx context.Context, one *product) error {
	one.hold(nil)
	one.moved = false
	options := p.options.Backlog(one.name)
	b, err := p.restore(ctx, one.name, options)
	if err != nil && p.options.SnapshotFailed != nil {
		p.options.SnapshotFailed(one.name, err)
	}
	one.saved = 0
	if err == nil && b != nil {
		one.saved = b.Seq()
		err = applyAll(b, p.log.Read(ctx, one.name, b.Seq()))
	} else {
		b, err = backlog.Replay(options, p.log.Read(ctx, one.name, 0))
	}
	if err != nil {
		return p.loadError(one, "load", err)
	}
	one.hold(b)
	p.saveIfDue(ctx, one)
	return nil
}

func (p *Products) loadError(one *product, what string, err error) error {
	return &loadError{fmt.Errorf("host: product %.80q: %s: %w", one.name, what, err)}
}

// loadError is an error of the log or of the options of a product, whatever its class: no request is at fault.
type loadError struct{ error }

func (e *loadError) Unwrap() error { return e.error }
