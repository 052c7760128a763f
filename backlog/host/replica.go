package host

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/backlogkit/backlogkit/backlog"
)

// Replica is the backlogs of a log that sends its events: a consumer of a stream, a replication slot, a
// state machine. The host hands it the events in their order with [Replica.Apply]; it answers from memory,
// without a look at the log. What it has may be behind the log, never beside it: replicas that have the
// same events of a product have the same snapshot of it, byte for byte.
//
// A decision is made with [Products], which appends to the log; the replica has it when it was delivered, and
// [backlog.View.Seq] is how far it is. Several goroutines may use it at once. Make one with [NewReplica].
type Replica struct {
	options  func(product string) backlog.Options
	mutex    sync.RWMutex
	backlogs map[string]*backlog.Backlog
}

// NewReplica returns a replica without products. Options returns those of a product's backlog; nil means the
// zero value for all.
func NewReplica(options func(product string) backlog.Options) *Replica {
	if options == nil {
		options = func(string) backlog.Options { return backlog.Options{} }
	}
	return &Replica{options: options, backlogs: map[string]*backlog.Backlog{}}
}

// Apply makes events of a product part of its backlog, all of them or none. Those that it has already are
// passed over, so it does no harm to deliver events again.
//
// Errors: those of [backlog.Backlog.Apply], [backlog.ErrSequence] for a gap among them.
func (r *Replica) Apply(product string, events ...backlog.Event) error {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	b := r.backlogs[product]
	if b == nil {
		var err error
		if b, err = backlog.New(r.options(product)); err != nil {
			return err
		}
	}
	for len(events) > 0 && events[0].Seq <= b.Seq() {
		events = events[1:]
	}
	if len(events) == 0 {
		return nil
	}
	if err := b.Apply(events...); err != nil {
		return fmt.Errorf("host: product %.80q: %w", product, err)
	}
	r.backlogs[product] = b
	return nil
}

// Restore replaces what the replica has of a product by a snapshot, unless it has as many events already. The
// events after it are to be applied next.
//
// Errors: those of [backlog.Restore].
func (r *Replica) Restore(product string, snapshot []byte) error {
	b, err := backlog.Restore(r.options(product), snapshot)
	if err != nil {
		return fmt.Errorf("host: product %.80q: %w", product, err)
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if held := r.backlogs[product]; held == nil || held.Seq() < b.Seq() {
		r.backlogs[product] = b
	}
	return nil
}

// View calls read with the backlog of a product as the replica has it, an empty one if it has none, and
// returns its error. Read must not call the replica, and must not keep the View. While it runs nothing is
// applied.
func (r *Replica) View(product string, read func(*backlog.View) error) error {
	r.mutex.RLock()
	defer r.mutex.RUnlock()
	b := r.backlogs[product]
	if b == nil {
		var err error
		if b, err = backlog.New(r.options(product)); err != nil {
			return err
		}
	}
	return read(b.View())
}

// Products returns the products that the replica has events of, in the order of their names.
func (r *Replica) Products() iter.Seq[string] {
	r.mutex.RLock()
	defer r.mutex.RUnlock()
	return slices.Values(slices.Sorted(maps.Keys(r.backlogs)))
}
