package hosttest

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
)

// ErrFault is the error of a [FaultyLog] that fails.
var ErrFault = errors.New("hosttest: a fault on purpose")

// Fault is how one call of a [FaultyLog] fails. The zero value means no fault.
type Fault uint8

// The faults.
const (
	Fails    Fault = iota + 1 // nothing is written or read; ErrFault
	TimesOut                  // all is written, or half of it read; ErrFault
	Forgets                   // nothing is written, and no error; a read does not fail
)

// String returns "none", "fails", "times out" or "forgets".
func (f Fault) String() string {
	names := [...]string{"none", "fails", "times out", "forgets"}
	if int(f) >= len(names) {
		return fmt.Sprintf("Fault(%d)", uint8(f))
	}
	return names[f]
}

// FaultyLog is a log that fails when it is asked to.
type FaultyLog struct {
	Log host.Log
	// Next returns the fault of a call that is about to be made. It may append to Log itself: that comes first,
	// as if another process had been faster.
	Next func(isAppend bool) Fault
}

// Append implements [host.Log].
func (l *FaultyLog) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	switch l.Next(true) {
	case Fails:
		return ErrFault
	case TimesOut:
		if err := l.Log.Append(ctx, product, after, events); err != nil {
			return err
		}
		return ErrFault
	case Forgets:
		return nil
	default:
		return l.Log.Append(ctx, product, after, events)
	}
}

// Read implements [host.Log].
func (l *FaultyLog) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return func(yield func(backlog.Event, error) bool) {
		fault, left := l.Next(false), 0 // how many events come before the fault
		if fault == TimesOut {
			events, _ := read(l.Log.Read(ctx, product, after))
			left = len(events) / 2
		}
		isFaulty := fault == Fails || fault == TimesOut
		for event, err := range l.Log.Read(ctx, product, after) {
			if isFaulty && left == 0 {
				break
			}
			left--
			if !yield(event, err) || err != nil {
				return
			}
		}
		if isFaulty {
			yield(backlog.Event{}, ErrFault)
		}
	}
}
