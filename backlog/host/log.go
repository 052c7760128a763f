package host

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/backlogkit/backlogkit/backlog"
)

// ErrMoved is returned by [Log.Append] when the last event of the log is not the one that the events
// were decided on, and by [Products] when that happened more often than [Options.Retries] allows.
var ErrMoved = errors.New("the log has moved")

// AppendError is returned by [Products] for an append that failed otherwise than with [ErrMoved], as by a
// timeout. The events may be in the log or not. A caller who has to know gives each request a Correlation
// in [backlog.DecideOptions] and looks for it among what [Log.Read] returns after Events[0].Seq-1. Products
// itself looks at the log before it decides again.
type AppendError struct {
	Product string
	Events  []backlog.Event // that were to be appended
	Err     error           // of the log
}

// Error reads `host: product "checkout": append: ` and the error of the log.
func (e *AppendError) Error() string {
	return fmt.Sprintf("host: product %.80q: append: %v", e.Product, e.Err)
}

// Unwrap returns the error of the log.
func (e *AppendError) Unwrap() error { return e.Err }

// Log stores the events of products. The events of a product have the sequence numbers 1, 2, 3 … without
// a gap; products share nothing. Package hosttest has the laws as a test. Several goroutines may call it
// at once, and what is appended while Read goes on may be in it or not. A log may ignore the context.
type Log interface {
	// Append adds events, the first of which has the number after+1, all of them or none. It returns an
	// error wrapping [ErrMoved], and adds nothing, if the last event of the product is not number after
	// (0: there is none), be it because there is a later one or because that one is missing. In SQL: one
	// INSERT under the condition that the greatest number is after, with UNIQUE (product, seq) against
	// writers at the same time. In a file: one line for an Append, not one for each event, so that a crash
	// leaves all of them or a line that Read leaves out; and a lock on the file, against other processes
	// too, from the look at the last event to the end of the write. To append no events changes nothing
	// and is no error.
	//
	// Once Append has returned nil, the events stay. After any error but ErrMoved they may be there or
	// not: Products looks.
	Append(ctx context.Context, product string, after uint64, events []backlog.Event) error

	// Read returns the events of a product after a sequence number, in order, each as it was appended;
	// none for a product that is not there. It may be ranged over again. An error that cuts the
	// sequence short is yielded, and is the last of it.
	Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error]
}

// Snapshots stores what shortens the loading of a backlog. It may lose a snapshot, or return an old one:
// all that depends on it is time. Several goroutines may call it at once.
type Snapshots interface {
	// Save stores a snapshot of a product up to event number seq, instead of an earlier one.
	Save(ctx context.Context, product string, seq uint64, data []byte) error
	// Load returns the latest snapshot of a product, nil if there is none.
	Load(ctx context.Context, product string) ([]byte, error)
}
