package host

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/backlogkit/backlogkit/backlog"
)

// errUnknownEvent is the error of a snapshot whose last event is not in the log.
var errUnknownEvent = errors.New("its last event is not in the log")

// restore returns the backlog of the last snapshot, nil if there is none. The log must have its last
// event: a log that was put back to an earlier state has gone another way since.
func (p *Products) restore(ctx context.Context, name string, options backlog.Options) (*backlog.Backlog, error) {
	if p.options.Snapshots == nil {
		return nil, nil
	}
	data, err := p.options.Snapshots.Load(ctx, name)
	if err != nil || len(data) == 0 {
		return nil, err
	}
	b, err := backlog.Restore(options, data)
	if err != nil || b.Seq() == 0 {
		return nil, err
	}
	for event, err := range p.log.Read(ctx, name, b.Seq()-1) {
		if err != nil {
			return nil, err
		}
		if event.Seq == b.Seq() && event.At.Equal(b.At()) {
			return b, nil
		}
		break
	}
	return nil, fmt.Errorf("host: product %.80q: snapshot at event %d: %w", name, b.Seq(), errUnknownEvent)
}

// saveIfDue saves a snapshot after every so many events. One that could not be saved is tried again after
// as many more.
func (p *Products) saveIfDue(ctx context.Context, one *product) {
	if p.options.Snapshots == nil {
		return
	}
	var data []byte
	var seq uint64
	_, err := one.read(func(v *backlog.View) (err error) {
		if seq = v.Seq(); seq >= one.saved+uint64(p.options.SnapshotEvery) {
			data, err = v.Snapshot()
			one.saved = seq
		}
		return err
	})
	if err == nil && data != nil {
		err = p.options.Snapshots.Save(ctx, one.name, seq, data)
	}
	if err != nil && p.options.SnapshotFailed != nil {
		p.options.SnapshotFailed(one.name, err)
	}
}

// applyAll makes events part of a backlog one by one.
func applyAll(b *backlog.Backlog, events iter.Seq2[backlog.Event, error]) error {
	for event, err := range events {
		if err == nil {
			err = b.Apply(event)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
