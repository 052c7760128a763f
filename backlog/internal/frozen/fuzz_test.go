package frozen_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/backlogkit/backlogkit/backlog"
)

// respelled is the same event in other bytes, which the fast reader leaves to the slow one: with an escape in its kind.
func respelled(event []byte) []byte {
	return kinds.ReplaceAllFunc(event, func(kind []byte) []byte {
		last := len(kind) - 1
		return fmt.Appendf(kind[:last:last], `\u%04x`, kind[last])
	})
}

var kinds = regexp.MustCompile(`"kind"\s*:\s*"[a-z]`)

// withNull is the same snapshot in other bytes, which the fast reader leaves to the slow one: with a null for a list that
// it does not have.
func withNull(snapshot []byte) []byte {
	for _, list := range []string{"goals", "releases", "relations", "claims", "stories"} {
		if !bytes.Contains(snapshot, []byte(list)) && bytes.HasPrefix(snapshot, []byte(`{"`)) {
			return slices.Concat([]byte(`{"`+list+`":null,`), snapshot[1:])
		}
	}
	return snapshot
}

// seeds are a small backlog, and events that come next, many of which it accepts: changes of some histories, and what
// takes back its own.
func seeds(f *testing.F) (*backlog.Backlog, [][]byte) {
	var all [][]byte
	own := histories(f, "random-00")[0].events[:40]
	b, err := backlog.New(backlog.Options{})
	must(f, err)
	next := func(change backlog.Change) {
		all = append(all, asJSON(f, backlog.Event{Seq: uint64(len(own) + 1), At: own[len(own)-1].At, By: zoe, As: backlog.ProductOwner, Change: change}))
	}
	for _, event := range own {
		revert, err := b.Reverse(event)
		must(f, err)
		next(revert)
		must(f, b.Apply(event))
	}
	for _, h := range histories(f, "whole", "random-01", "random-33") {
		for i, event := range h.events {
			if h.name == "whole" || i > 30 && i%3 == 0 { // the beginning is that of each
				next(event.Change)
			}
		}
	}
	return b, all
}

// FuzzEvent feeds bytes to the decoder, and what it reads to a backlog: an error or an event, never a panic; the fast reader
// and the slow one agree; what is applied is applied whole, and its snapshot restores to the same.
func FuzzEvent(f *testing.F) {
	b, all := seeds(f)
	for _, data := range all {
		f.Add(data)
	}
	clone, before := b.Clone(), snapshot(f, b)
	f.Fuzz(func(t *testing.T, data []byte) {
		var event, again backlog.Event
		err, errAgain := json.Unmarshal(data, &event), json.Unmarshal(respelled(data), &again)
		if (err == nil) != (errAgain == nil) || !reflect.DeepEqual(event, again) {
			t.Fatalf("%v, respelled %v:\n%+v\n%+v", err, errAgain, event, again)
		}
		if err != nil {
			return
		}
		err = clone.Apply(event)
		after := snapshot(t, clone)
		if err != nil && after == before {
			return // the clone serves the next input, too
		}
		clone = b.Clone()
		if err != nil {
			t.Fatalf("half applied: %v\n%s", err, after)
		}
		restored, err := backlog.Restore(backlog.Options{}, []byte(after))
		must(t, err)
		equal(t, after, snapshot(t, restored))
	})
}

// FuzzRestore feeds bytes to Restore: an error, or a backlog whose snapshot restores to the same, read by the fast reader
// or the slow one.
func FuzzRestore(f *testing.F) {
	b, _ := seeds(f)
	f.Add([]byte(snapshot(f, b)))
	f.Add([]byte(`{"version":1,"seq":3}`))
	f.Add([]byte(`{"version":1,"stories":[{"id":"","title":"x"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := backlog.Restore(backlog.Options{}, data)
		other, errAgain := backlog.Restore(backlog.Options{}, withNull(data))
		if (err == nil) != (errAgain == nil) {
			t.Fatalf("%v, with a null %v", err, errAgain)
		}
		if err != nil {
			return
		}
		written := snapshot(t, b)
		equal(t, written, snapshot(t, other))
		again, err := backlog.Restore(backlog.Options{}, []byte(written))
		must(t, err)
		equal(t, written, snapshot(t, again))
	})
}
