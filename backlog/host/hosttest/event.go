package hosttest

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/story"
)

// batchOf returns events after a number, as whoever has that name writes them. Their text is what a log
// must not touch.
func batchOf(after uint64, n int, name string) []backlog.Event {
	events := make([]backlog.Event, n)
	for i := range events {
		events[i] = eventAt(after+uint64(i)+1, name)
	}
	return events
}

func eventAt(seq uint64, name string) backlog.Event {
	texts := []string{
		"plain", "Größe 東京 \u2028 😀", `it's "quoted" \ %s ; -- $1`, "two\nlines\tand a tab", " space around ",
		strings.Repeat("long ", 500),
	}
	var id story.ID
	binary.BigEndian.PutUint64(id[:], seq)
	var change backlog.Change
	switch seq % 3 {
	case 0:
		change = backlog.AddStory{Story: story.Story{ID: id, Title: "a title"}}
	case 1:
		change = backlog.EstimateStory{Story: id, Estimate: story.Points(5)}
	default:
		change = backlog.MoveStories{Stories: []story.ID{id}, To: backlog.First()}
	}
	return backlog.Event{
		Seq: seq, At: time.Date(2027, 1, 4, 9, 0, 0, 123_456_789, time.UTC).Add(time.Duration(seq) * time.Nanosecond),
		By: backlog.As("Ötto", backlog.ProductOwner).WithRole(backlog.Developer, "blue"), As: backlog.ProductOwner,
		Change: change, Note: texts[seq%uint64(len(texts))], Correlation: name,
	}
}

// read returns all of a sequence up to its error.
func read(sequence iter.Seq2[backlog.Event, error]) (events []backlog.Event, err error) {
	for event, failed := range sequence {
		if err != nil {
			return events, fmt.Errorf("the sequence goes on after its error: %w", err)
		}
		if err = failed; err == nil {
			events = append(events, event)
		}
	}
	return events, err
}

// want reads a log after a number, and wants these events.
func want(log host.Log, product string, after uint64, wanted []backlog.Event) error {
	events, err := read(log.Read(context.Background(), product, after))
	if err != nil {
		return fmt.Errorf("read after %d: %w", after, err)
	}
	if err := same(events, wanted); err != nil {
		return fmt.Errorf("read after %d: %w", after, err)
	}
	return nil
}

// same returns how events differ from those wanted, nil if their JSON is equal.
func same(got, wanted []backlog.Event) error {
	for i := range min(len(got), len(wanted)) {
		is, err := json.Marshal(got[i])
		if err != nil {
			return err
		}
		should, err := json.Marshal(wanted[i])
		if err != nil {
			return err
		}
		if !bytes.Equal(is, should) {
			return fmt.Errorf("at place %d is event %.300s, want %.300s", i, is, should)
		}
	}
	if len(got) != len(wanted) {
		return fmt.Errorf("%d events, want %d", len(got), len(wanted))
	}
	return nil
}
