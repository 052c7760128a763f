package hosttest_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
)

// fileLog is a log in a directory, a file for each product. Each append is one line, a JSON array of its
// events: what a crash leaves of a line has no end and is not read, so an append is there whole or not
// at all. A lock is held from the look at the last event to the end of the write, against other processes
// too.
type fileLog struct{ dir string }

func (l fileLog) path(product string) string {
	return filepath.Join(l.dir, hex.EncodeToString([]byte(product))+".jsonl")
}

func (l fileLog) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	if len(events) == 0 {
		return nil
	}
	line, err := json.Marshal(events)
	if err != nil {
		return err
	}
	unlock, err := l.lock(ctx, product)
	if err != nil {
		return err
	}
	defer unlock()
	lines, err := l.lines(product)
	if err != nil {
		return err
	}
	last := uint64(0)
	size := 0
	for _, one := range lines {
		var events []backlog.Event
		if err := json.Unmarshal(one, &events); err != nil {
			return err
		}
		last, size = events[len(events)-1].Seq, size+len(one)
	}
	if last != after {
		return fmt.Errorf("file log: %w: the last event is %d, not %d", host.ErrMoved, last, after)
	}
	file, err := os.OpenFile(l.path(product), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteAt(append(line, '\n'), int64(size)) // over what a crash left
	return errors.Join(err, file.Truncate(int64(size+len(line)+1)), file.Sync(), file.Close())
}

func (l fileLog) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return func(yield func(backlog.Event, error) bool) {
		lines, err := l.lines(product)
		for i := 0; err == nil && i < len(lines); i++ {
			var events []backlog.Event
			if err = ctx.Err(); err == nil {
				err = json.Unmarshal(lines[i], &events)
			}
			for _, event := range events {
				if event.Seq > after && !yield(event, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(backlog.Event{}, err)
		}
	}
}

// lines returns the lines of a product's file that have an end.
func (l fileLog) lines(product string) ([][]byte, error) {
	data, err := os.ReadFile(l.path(product))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	return lines[:len(lines)-1], err
}

// lock waits until nobody else holds the lock of a product. It is a file that whoever makes it holds; a
// host takes the lock of its system instead, which ends with the process.
func (l fileLog) lock(ctx context.Context, product string) (unlock func(), err error) {
	name := l.path(product) + ".lock"
	for {
		file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			return func() { _ = os.Remove(name) }, file.Close()
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Microsecond):
		}
	}
}

// Reopen returns the log anew: it keeps nothing in memory.
func (l fileLog) Reopen() (host.Log, error) { return l, nil }

// OpenAgain returns another handle.
func (l fileLog) OpenAgain() (host.Log, error) { return fileLog{l.dir}, nil }

// A log in files, and the laws that it has to keep. In a test, TestLog runs them.
func ExampleLaws() {
	var _ interface {
		hosttest.Reopener // or "what was appended stays" is not checked
		hosttest.Sharer   // or nothing is checked with two handles
	} = fileLog{}
	for _, law := range hosttest.Laws() {
		dir, err := os.MkdirTemp("", "log")
		if err != nil {
			panic(err)
		}
		if err := law.Check(fileLog{dir}); err != nil {
			fmt.Printf("%s: %v\n", law.Name, err)
		}
		_ = os.RemoveAll(dir)
	}
	fmt.Println("a log")
	// Output: a log
}
