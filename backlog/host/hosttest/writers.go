package hosttest

import (
	"context"
	"errors"
	"fmt"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
)

// writer looks at its log and appends to it, in turns.
type writer struct {
	log   host.Log
	name  string
	seen  uint64
	looks bool // whether the next step is a look
}

// noLostUpdate takes two writers through all ways in which four steps of one and four of the other can
// follow each other.
func noLostUpdate(log host.Log) error { return interleaveAll(log, log) }

// twoHandles is noLostUpdate of two writers with a handle each.
func twoHandles(log host.Log) error {
	logs, err := openAgain(log, 2)
	if len(logs) < 2 {
		return err
	}
	return interleaveAll(logs[0], logs[1])
}

func interleaveAll(first, second host.Log) error {
	const each = 4
	for order := range 1 << (2 * each) {
		steps := make([]int, 2*each)
		ones := 0
		for i := range steps {
			steps[i] = order >> i & 1
			ones += steps[i]
		}
		if ones != each {
			continue
		}
		if err := interleave(first, second, fmt.Sprintf("interleaved %d", order), steps); err != nil {
			return fmt.Errorf("two writers, in the order %v: %w", steps, err)
		}
	}
	return nil
}

// interleave lets writers take steps. An append must succeed if and only if nobody appended since the
// writer looked.
func interleave(first, second host.Log, product string, steps []int) error {
	writers := [2]writer{{log: first, name: "one", looks: true}, {log: second, name: "two", looks: true}}
	var all []backlog.Event
	for _, step := range steps {
		w := &writers[step]
		if w.looks {
			events, err := read(w.log.Read(context.Background(), product, w.seen))
			if err != nil {
				return err
			}
			w.seen += uint64(len(events))
		} else {
			batch := batchOf(w.seen, 1+step, w.name)
			err := w.log.Append(context.Background(), product, w.seen, batch)
			isNext := w.seen == uint64(len(all))
			switch {
			case isNext && err != nil:
				return fmt.Errorf("writer %s appends after %d, the last one: %w", w.name, w.seen, err)
			case !isNext && err == nil:
				return fmt.Errorf("writer %s appended after %d, where the last is %d", w.name, w.seen, len(all))
			case !isNext && !errors.Is(err, host.ErrMoved):
				return fmt.Errorf("writer %s appends after %d, where the last is %d: got error %w, want %w",
					w.name, w.seen, len(all), err, host.ErrMoved)
			}
			if isNext {
				all = append(all, batch...)
				w.seen = uint64(len(all))
			}
		}
		w.looks = !w.looks
		for _, log := range []host.Log{first, second} {
			if err := want(log, product, 0, all); err != nil {
				return err
			}
		}
	}
	return nil
}
