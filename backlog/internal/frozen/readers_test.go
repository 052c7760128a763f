package frozen_test

import (
	"sync"
	"testing"

	"github.com/backlogkit/backlogkit/backlog"
)

// Every method that reads can be called by several goroutines at once, and gives each the same; the race detector looks on.
func TestReadersMayBeMany(t *testing.T) {
	for _, h := range histories(t, "whole", "random-06", "random-31") {
		b, err := backlog.Replay(backlog.Options{}, backlog.Recorded(h.events))
		must(t, err)
		before, want := snapshot(t, b), queries(b.View())
		var readers sync.WaitGroup
		var results [3]string
		for i := range results {
			readers.Go(func() {
				for _, event := range h.events {
					_ = b.Can(event.Change, zoe, b.At())
					_ = b.Can(event.Change, event.By, b.At())
				}
				results[i] = queries(b.View())
			})
		}
		readers.Wait()
		for _, result := range results {
			equal(t, want, result)
		}
		equal(t, before, snapshot(t, b))
	}
}

// A clone is another's from then on, though it shares memory and events with the first: both are read and go on at the
// same time, and come to the same.
func TestClonesAreApart(t *testing.T) {
	for _, h := range histories(t, "whole", "random-00", "random-07", "random-33", "tracker") {
		const clones = 6
		var (
			group        sync.WaitGroup
			before, ends [clones]string
			wants        [clones]string
			errs         [clones]error
		)
		b, err := backlog.New(backlog.Options{})
		must(t, err)
		next := 0
		for i, event := range h.events {
			must(t, b.Apply(event))
			if next == clones || (i+1)%(len(h.events)/clones) != 0 {
				continue
			}
			k, clone, rest := next, b.Clone(), h.events[i+1:]
			next++
			wants[k] = snapshot(t, b)
			group.Go(func() {
				data, err := clone.Snapshot()
				before[k] = string(data)
				if err == nil {
					_ = queries(clone.View())
					err = clone.Apply(rest...)
				}
				if err == nil {
					data, err = clone.Snapshot()
					ends[k] = string(data)
				}
				errs[k] = err
			})
		}
		group.Wait()
		for k := range next {
			must(t, errs[k])
			equal(t, wants[k], before[k])
			equal(t, snapshot(t, b), ends[k])
		}
	}
}
