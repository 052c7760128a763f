package host

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"sync"

	"github.com/backlogkit/backlogkit/backlog"
)

// MemoryLog is a [Log] in memory, for tests and first steps. It keeps the JSON of the events, as a log in
// a database does. The zero value is empty and ready to use; it must not be copied after first use.
type MemoryLog struct {
	mutex    sync.RWMutex
	products map[string][][]byte
}

// Append implements [Log]. It writes nothing if the context is done.
func (l *MemoryLog) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(events) == 0 {
		return nil
	}
	encoded := make([][]byte, len(events))
	for i, event := range events {
		data, err := json.Marshal(event)
		if err != nil {
			return err
		}
		encoded[i] = data
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if last := uint64(len(l.products[product])); last != after {
		return fmt.Errorf("host: %w: the last event is %d, not %d", ErrMoved, last, after)
	}
	if l.products == nil {
		l.products = make(map[string][][]byte)
	}
	l.products[product] = append(l.products[product], encoded...)
	return nil
}

// Read implements [Log].
func (l *MemoryLog) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return func(yield func(backlog.Event, error) bool) {
		l.mutex.RLock()
		all := l.products[product] // what is in it stays as it is
		l.mutex.RUnlock()
		for _, data := range all[min(after, uint64(len(all))):] {
			var event backlog.Event
			err := ctx.Err()
			if err == nil {
				err = json.Unmarshal(data, &event)
			}
			if !yield(event, err) || err != nil {
				return
			}
		}
	}
}
