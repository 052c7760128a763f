package natslog

import (
	"context"
	"fmt"
	"sync"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
)

// Replica is a [host.Replica] that follows a log, and on which one can wait. Make one with [NewReplica].
type Replica struct {
	*host.Replica
	mutex   sync.Mutex
	last    map[string]uint64 // event of each product
	waiting map[string]*waiting
}

// waiting is what those wait for who want more events of a product.
type waiting struct {
	more chan struct{} // closed when there are some
	n    int
}

// NewReplica returns a replica without products, see [host.NewReplica].
func NewReplica(options func(product string) backlog.Options) *Replica {
	return &Replica{Replica: host.NewReplica(options), last: map[string]uint64{}, waiting: map[string]*waiting{}}
}

// Follow makes part of the replica what is in the log and what comes, see [Log.Follow].
func (r *Replica) Follow(ctx context.Context, log *Log) error {
	return log.Follow(ctx, 0, func(product string, events []backlog.Event, _ uint64) error {
		if err := r.Apply(product, events...); err != nil {
			return err
		}
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.last[product] = events[len(events)-1].Seq
		if w := r.waiting[product]; w != nil {
			close(w.more)
			delete(r.waiting, product)
		}
		return nil
	})
}

// Wait waits until the replica has event number seq of a product, or the context is done. Whoever made a decision waits for
// its last event and then reads what it made.
func (r *Replica) Wait(ctx context.Context, product string, seq uint64) error {
	for {
		r.mutex.Lock()
		if r.last[product] >= seq {
			r.mutex.Unlock()
			return nil
		}
		w := r.waiting[product]
		if w == nil {
			w = &waiting{more: make(chan struct{})}
			r.waiting[product] = w
		}
		w.n++
		r.mutex.Unlock()
		select {
		case <-w.more:
		case <-ctx.Done():
			r.giveUp(product, w)
			return fmt.Errorf("natslog: product %.80q: wait for event %d: %w", product, seq, context.Cause(ctx))
		}
	}
}

// giveUp ends one wait.
func (r *Replica) giveUp(product string, w *waiting) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if w.n--; w.n == 0 && r.waiting[product] == w {
		delete(r.waiting, product)
	}
}
