package hosttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/story/field"
)

const (
	racers  = 4
	batches = 12     // of each
	most    = 10_000 // attempts of each
)

// raceOfOne lets several goroutines append by one handle at the same time.
func raceOfOne(log host.Log) error {
	return race(slices.Repeat([]host.Log{log}, racers))
}

// raceOfHandles lets several goroutines with a handle each append at the same time.
func raceOfHandles(log host.Log) error {
	logs, err := openAgain(log, racers)
	if len(logs) < racers {
		return err
	}
	return race(logs)
}

// openAgain returns n handles, the first being log itself; none of a log that is no [Sharer].
func openAgain(log host.Log, n int) ([]host.Log, error) {
	sharer, ok := log.(Sharer)
	if !ok {
		return nil, nil
	}
	logs := []host.Log{log}
	for len(logs) < n {
		another, err := sharer.OpenAgain()
		if err != nil {
			return nil, fmt.Errorf("open again: %w", err)
		}
		logs = append(logs, another)
	}
	return logs, nil
}

// race lets a goroutine append by each of the logs, look and append again where another was faster, and
// wants the events of all that were told that theirs are there, each batch whole.
func race(logs []host.Log) error {
	told := make([][]uint64, len(logs)) // the number before each batch that was appended
	errs := make([]error, len(logs))
	var running sync.WaitGroup
	for i, log := range logs {
		running.Go(func() { told[i], errs[i] = keepAppending(log, strconv.Itoa(i)) })
	}
	running.Wait()
	if err := field.Join(errs...); err != nil {
		return err
	}
	events, err := read(logs[0].Read(context.Background(), product, 0))
	if err != nil {
		return err
	}
	wanted := make([]backlog.Event, 0, len(events))
	for {
		after := uint64(len(wanted))
		writer := slices.IndexFunc(told, func(numbers []uint64) bool { return len(numbers) > 0 && numbers[0] == after })
		if writer < 0 {
			break
		}
		told[writer] = told[writer][1:]
		wanted = append(wanted, batchOf(after, sizeOf(after), strconv.Itoa(writer))...)
	}
	for writer, numbers := range told {
		if len(numbers) > 0 {
			return fmt.Errorf("writers at the same time: writer %d appended after %d, and so did another", writer, numbers[0])
		}
	}
	for i, log := range logs {
		if err := want(log, product, 0, wanted); err != nil {
			return fmt.Errorf("writers at the same time: handle %d: %w", i, err)
		}
	}
	return nil
}

// keepAppending appends batches until the log has taken enough, and returns the numbers before them.
func keepAppending(log host.Log, name string) (told []uint64, err error) {
	seen := uint64(0)
	for range most {
		err := log.Append(context.Background(), product, seen, batchOf(seen, sizeOf(seen), name))
		switch {
		case err == nil:
			told = append(told, seen)
			if len(told) == batches {
				return told, nil
			}
			seen += uint64(sizeOf(seen))
			continue
		case !errors.Is(err, host.ErrMoved):
			return told, fmt.Errorf("writers at the same time: append after %d: %w", seen, err)
		}
		for event, err := range log.Read(context.Background(), product, seen) {
			if err != nil {
				return told, fmt.Errorf("writers at the same time: read after %d: %w", seen, err)
			}
			seen = event.Seq
		}
	}
	return told, fmt.Errorf("writers at the same time: %d appends were refused, %d not", most-len(told), len(told))
}

// sizeOf returns how many events are appended after a number: one to three.
func sizeOf(after uint64) int { return int(after%3) + 1 }
