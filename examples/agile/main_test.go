package main

import (
	"bufio"
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

var update = flag.Bool("update", false, "write the pages and the events to testdata")

// Every run plays the same increment, and its events make the same backlog again.
func TestIncrement(t *testing.T) {
	pages, events, err := run()
	require.NoError(t, err)
	for name, got := range map[string][]byte{"testdata/pages.md": pages, "testdata/events.jsonl": events} {
		if *update {
			require.NoError(t, os.WriteFile(name, got, 0o644))
		}
		want, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), name)
	}
	var read []backlog.Event
	lines := bufio.NewScanner(bytes.NewReader(events))
	for lines.Scan() {
		event, err := backlog.DecodeEvent(lines.Bytes(), nil)
		require.NoError(t, err)
		read = append(read, event)
	}
	again, err := backlog.Replay(backlog.Options{}, backlog.Recorded(read))
	require.NoError(t, err)
	p, err := newIncrement()
	require.NoError(t, err)
	live, err := p.Snapshot()
	require.NoError(t, err)
	rebuilt, err := again.Snapshot()
	require.NoError(t, err)
	require.Equal(t, string(live), string(rebuilt))
}
