package hosttest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/story/field"
)

// Law is one thing that every [host.Log] must keep.
type Law struct {
	Name string
	// Check returns how an empty log breaks the law, or nil.
	Check func(log host.Log) error
	// NeedsReopen marks a law that is checked of a [Reopener] only.
	NeedsReopen bool
	// NeedsSecond marks a law that is checked of a [Sharer] only.
	NeedsSecond bool
}

// Reopener is a log that can be closed and opened again. Reopen returns the log anew, with nothing but
// what it has stored.
type Reopener interface {
	host.Log
	Reopen() (host.Log, error)
}

// Sharer is a log that several handles can have open at once, as several processes have: a second
// connection to the database, a second open file. OpenAgain returns another handle on what the log
// stores, and leaves the first one open. It must share with it no memory and no mutex, only what is
// stored, or the laws find nothing.
type Sharer interface {
	host.Log
	OpenAgain() (host.Log, error)
}

// TestLog runs the laws as subtests. open returns an empty log, and another one for each law.
func TestLog(t *testing.T, open func(t *testing.T) host.Log) {
	t.Helper()
	for _, law := range Laws() {
		t.Run(law.Name, func(t *testing.T) {
			log := open(t)
			if _, ok := log.(Reopener); law.NeedsReopen && !ok {
				t.Skip("the log has no method Reopen")
			}
			if _, ok := log.(Sharer); law.NeedsSecond && !ok {
				t.Skip("the log has no method OpenAgain")
			}
			if err := law.Check(log); err != nil {
				t.Error(err)
			}
		})
	}
}

// Laws returns the laws of a log, which [TestLog] checks one by one.
func Laws() []Law {
	return []Law{
		{Name: "an unknown product is empty", Check: unknownIsEmpty},
		{Name: "events are read as they were appended", Check: readAsAppended},
		{Name: "reading begins after a number", Check: readFromMiddle},
		{Name: "reading can stop and begin again", Check: readAgain},
		{Name: "an append that is behind is refused", Check: refusedBehind},
		{Name: "an append that leaves a gap is refused", Check: refusedGap},
		{Name: "no update is lost", Check: noLostUpdate},
		{Name: "products are apart", Check: productsApart},
		{Name: "an empty append changes nothing", Check: emptyAppend},
		{Name: "a context that is done leaves all or nothing", Check: contextDone},
		{Name: "what was appended stays", Check: durable, NeedsReopen: true},
		{Name: "goroutines lose no update", Check: raceOfOne},
		{Name: "two handles are one log", Check: twoHandles, NeedsSecond: true},
		{Name: "handles at the same time lose no update", Check: raceOfHandles, NeedsSecond: true},
	}
}

const product = "checkout"

// errNone is named where an error was wanted and there was none.
var errNone = errors.New("none")

func unknownIsEmpty(log host.Log) error {
	for _, after := range []uint64{0, 1, 1 << 40} {
		if err := want(log, product, after, nil); err != nil {
			return err
		}
	}
	return nil
}

func readAsAppended(log host.Log) error {
	var all []backlog.Event
	for _, size := range []int{1, 2, 3, 1, 200} {
		batch := batchOf(uint64(len(all)), size, "")
		if err := add(log, product, uint64(len(all)), batch); err != nil {
			return err
		}
		all = append(all, batch...)
		if err := want(log, product, 0, all); err != nil {
			return err
		}
	}
	return nil
}

func readFromMiddle(log host.Log) error {
	all := batchOf(0, 7, "")
	if err := add(log, product, 0, all); err != nil {
		return err
	}
	for after := range all {
		if err := want(log, product, uint64(after), all[after:]); err != nil {
			return err
		}
	}
	for _, after := range []uint64{7, 8, 1 << 40} {
		if err := want(log, product, after, nil); err != nil {
			return err
		}
	}
	return nil
}

func readAgain(log host.Log) error {
	all := batchOf(0, 5, "")
	if err := add(log, product, 0, all); err != nil {
		return err
	}
	events := log.Read(context.Background(), product, 1)
	for stop := 1; stop < len(all); stop++ {
		met := 0
		for event, err := range events {
			if err != nil {
				return fmt.Errorf("a sequence that is ranged over again: %w", err)
			}
			if wanted := uint64(met + 2); event.Seq != wanted {
				return fmt.Errorf("a sequence that is ranged over again has event %d instead of %d", event.Seq, wanted)
			}
			if met++; met == stop {
				break
			}
		}
		if met < stop {
			return fmt.Errorf("a sequence that is ranged over again ends after %d events", met)
		}
	}
	return want(log, product, 0, all)
}

func refusedBehind(log host.Log) error {
	all := batchOf(0, 4, "")
	if err := add(log, product, 0, all); err != nil {
		return err
	}
	for after := range uint64(len(all)) {
		for _, size := range []int{1, 3, 6} { // one, up to the end or beyond it
			if err := refuse(log, after, batchOf(after, size, "late"), all); err != nil {
				return err
			}
		}
		if err := refuse(log, after, all[after:], all); err != nil { // the same again
			return err
		}
	}
	return nil
}

func refusedGap(log host.Log) error {
	if err := refuse(log, 1, batchOf(1, 1, ""), nil); err != nil {
		return err
	}
	all := batchOf(0, 2, "")
	if err := add(log, product, 0, all); err != nil {
		return err
	}
	for _, after := range []uint64{3, 4, 1 << 40} {
		if err := refuse(log, after, batchOf(after, 2, ""), all); err != nil {
			return err
		}
	}
	return nil
}

func productsApart(log host.Log) error {
	names := []string{
		"", "a", "A", "a ", " a", "a/b", "a%", "a_", "a'b", `a"b`, `a\b`, "a\x00b", "ä", "a\u0308", "1", "01", "../a", "東京",
	}
	pasts := make([][]backlog.Event, len(names))
	for i, name := range names {
		pasts[i] = batchOf(0, 1+i%3, name)
		if err := add(log, name, 0, pasts[i]); err != nil {
			return fmt.Errorf("product %q: %w", name, err)
		}
	}
	for i, name := range names {
		if err := want(log, name, 0, pasts[i]); err != nil {
			return fmt.Errorf("product %q: %w", name, err)
		}
	}
	return nil
}

func emptyAppend(log host.Log) error {
	all := batchOf(0, 2, "")
	for _, past := range [][]backlog.Event{nil, all} {
		if err := add(log, product, 0, past); err != nil {
			return err
		}
		for _, none := range [][]backlog.Event{nil, {}} {
			if err := add(log, product, uint64(len(past)), none); err != nil {
				return fmt.Errorf("of no events: %w", err)
			}
		}
		if err := want(log, product, 0, past); err != nil {
			return err
		}
	}
	return nil
}

func contextDone(log host.Log) error {
	done, cancel := context.WithCancel(context.Background())
	cancel()
	all := batchOf(0, 3, "")
	if err := add(log, product, 0, all); err != nil {
		return err
	}
	more := batchOf(3, 3, "")
	failed := log.Append(done, product, 3, more)
	if whole := slices.Concat(all, more); failed == nil || want(log, product, 0, whole) == nil {
		all = whole
	}
	if err := want(log, product, 0, all); err != nil {
		return fmt.Errorf("after an append whose context was done: %w", field.Join(err, failed))
	}
	events, err := read(log.Read(done, product, 0))
	if err == nil {
		err = same(events, all)
	} else {
		err = same(events, all[:min(len(events), len(all))])
	}
	if err != nil {
		return fmt.Errorf("of a sequence whose context was done, without an error: %w", err)
	}
	return nil
}

func durable(log host.Log) error {
	var all []backlog.Event
	for round := range 3 {
		batch := batchOf(uint64(len(all)), 1+round, "")
		if err := add(log, product, uint64(len(all)), batch); err != nil {
			return err
		}
		all = append(all, batch...)
		var err error
		reopener, ok := log.(Reopener)
		if !ok {
			return nil
		}
		if log, err = reopener.Reopen(); err != nil {
			return fmt.Errorf("reopen: %w", err)
		}
		if err := want(log, product, 0, all); err != nil {
			return fmt.Errorf("after it was reopened: %w", err)
		}
		if err := refuse(log, 0, batchOf(0, 1, "late"), all); err != nil {
			return fmt.Errorf("after it was reopened: %w", err)
		}
	}
	return nil
}

// add appends what must be accepted.
func add(log host.Log, product string, after uint64, events []backlog.Event) error {
	if err := log.Append(context.Background(), product, after, events); err != nil {
		return fmt.Errorf("append of %d events after %d, the last one: %w", len(events), after, err)
	}
	return nil
}

// refuse appends what must be refused, and wants the log as it was.
func refuse(log host.Log, after uint64, events, all []backlog.Event) error {
	err := log.Append(context.Background(), product, after, events)
	if !errors.Is(err, host.ErrMoved) {
		return fmt.Errorf("append of %d events after %d, where the last is %d: want an error wrapping %w, got %w",
			len(events), after, len(all), host.ErrMoved, cmp.Or(err, errNone))
	}
	if err := want(log, product, 0, all); err != nil {
		return fmt.Errorf("an append that was refused: %w", err)
	}
	return nil
}
