// Package frozen_test replays the frozen histories of backlog, on every Go and every processor. It is apart from the other
// tests of backlog so that it compiles quickly: .ci/run compiles it for each of them, and with the race detector. For the
// same reason it does without testify, which brings net/http.
package frozen_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/backlogkit/backlogkit/backlog"
)

// golden is where backlog.TestGoldenHistories keeps them; it writes them, too.
const golden = "../../testdata/golden"

// history is a frozen history.
type history struct {
	name   string
	lines  [][]byte
	events []backlog.Event
}

// histories reads those of the names, or all, which in a short run are three.
func histories(t testing.TB, names ...string) []history {
	t.Helper()
	if len(names) == 0 && testing.Short() {
		names = []string{"whole", "random-33", "tracker"}
	}
	if len(names) == 0 {
		paths, err := filepath.Glob(filepath.Join(golden, "*.events.jsonl.gz"))
		must(t, err)
		for _, path := range paths {
			names = append(names, strings.TrimSuffix(filepath.Base(path), ".events.jsonl.gz"))
		}
	}
	var all []history
	for _, name := range names {
		h := history{name: name, lines: bytes.Split(bytes.TrimSpace(read(t, name+".events.jsonl.gz")), []byte("\n"))}
		for _, line := range h.lines {
			event, err := backlog.DecodeEvent(line, nil)
			must(t, err)
			h.events = append(h.events, event)
		}
		all = append(all, h)
	}
	if len(all) == 0 {
		t.Fatal("there is no frozen history")
	}
	return all
}

// Frozen events are written as they were read, and the snapshots on the way, and what would take events back, are those
// that were frozen with them.
func TestGoldenMarks(t *testing.T) {
	for _, h := range histories(t) {
		var want []string
		for line := range strings.Lines(string(read(t, h.name+".marks.txt"))) {
			want = append(want, strings.Join(strings.Fields(line)[:3], " ")) // the fourth is of a revert under other options
		}
		b, err := backlog.New(backlog.Options{})
		must(t, err)
		reverts := sha256.New()
		for i, event := range h.events {
			equal(t, canonical(t, h.lines[i]), canonical(t, asJSON(t, event)))
			seq, _, _ := strings.Cut(want[0], " ")
			isMark := seq == fmt.Sprint(event.Seq)
			if isMark || h.name != "tracker" { // of which each that is marked is taken back
				revert, err := b.Reverse(event)
				must(t, err)
				reverts.Write([]byte(canonical(t, asJSON(t, revert))))
			}
			must(t, b.Apply(event))
			if isMark {
				equal(t, want[0], fmt.Sprintf("%d %.16x %.16x", event.Seq, sha256.Sum256([]byte(snapshot(t, b))), reverts.Sum(nil)))
				want = want[1:]
			}
		}
		if len(want) > 0 {
			t.Fatal("no event has the mark", want[0])
		}
	}
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(golden, name))
	must(t, err)
	if !strings.HasSuffix(name, ".gz") {
		return data
	}
	unzip, err := gzip.NewReader(bytes.NewReader(data))
	must(t, err)
	var all bytes.Buffer
	_, err = all.ReadFrom(unzip)
	must(t, err)
	return all.Bytes()
}

func snapshot(t testing.TB, b *backlog.Backlog) string {
	t.Helper()
	data, err := b.Snapshot()
	must(t, err)
	return string(data)
}

func asJSON(t testing.TB, value any) []byte {
	t.Helper()
	data, err := json.Marshal(value)
	must(t, err)
	return data
}

// canonical is JSON with the keys in alphabetical order: in which order they are written is no part of an event.
func canonical(t testing.TB, data []byte) string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var all any
	must(t, decoder.Decode(&all))
	return string(asJSON(t, all))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// equal fails with the place where two texts part.
func equal(t testing.TB, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	around := func(text string) string { return text[max(0, at-80):min(len(text), at+80)] }
	t.Fatalf("they differ at byte %d: want\n%s\ngot\n%s", at, around(want), around(got))
}
