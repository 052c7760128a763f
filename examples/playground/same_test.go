package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/playground/internal/playground"
)

// requests returns what is asked of the library in node, in Chromium and here: each view of each sample, files of it,
// numbers that are moved, and what is odd.
func requests(t testing.TB) []string {
	t.Helper()
	var all []string
	add := func(r playground.Request) {
		text, err := json.Marshal(r)
		require.NoError(t, err)
		all = append(all, string(text))
	}
	for sample, names := range views {
		text, err := os.ReadFile(filepath.Join("static", "samples", sample))
		require.NoError(t, err)
		for _, view := range names {
			add(playground.Request{Name: sample, Text: string(text), View: view})
			if view == "sure" { // hundreds of rankings
				continue
			}
			add(playground.Request{Name: sample, Text: string(text), View: view, As: "markdown"})
			add(playground.Request{Name: sample, Text: string(text), View: view, As: "csv"})
		}
		if sample == "library.csv" {
			for _, method := range []string{"wsjf", "rice", "moscow", "opportunity", "value_effort"} {
				add(playground.Request{Text: string(text), Method: method, Item: 5, Moves: []playground.Move{{Row: 5, Factor: "job_size", Value: "1.5"}}})
			}
			add(playground.Request{Text: string(text), Method: "rice", View: "sure", As: "json"})
		}
		if sample == "tracker.csv" {
			add(playground.Request{Name: sample, Text: string(text), As: "linear-csv"})
		}
		add(playground.Request{Text: string(text), Kind: playground.Stories})
		add(playground.Request{Text: string(text), Kind: playground.Feature})
		add(playground.Request{Text: string(text), Kind: playground.Sheet})
		add(playground.Request{Text: string(text), Kind: playground.Tracker})
	}
	add(playground.Request{Text: "title,reach,impact,confidence,effort\n𝛼 “é”,1e3,2,80%,0\nb,x,1,0.5,1\n"})
	return append(all, `{"text": 1}`, `{"kind": "poem", "text": "x"}`, `{"text": ""}`)
}

func native(all []string) []string {
	session := new(playground.Session)
	responses := make([]string, len(all))
	for i, request := range all {
		responses[i] = string(session.Answer([]byte(request)))
	}
	return responses
}

// The program in the page answers with the same bytes as a native one: here in node.
func TestSameInNode(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "needs node (Debian: apt-get install nodejs)")
	}
	pages, err := built()
	require.NoError(t, err)
	folder := t.TempDir()
	require.NoError(t, pages.write(folder, io.Discard))
	all := requests(t)
	file := filepath.Join(folder, "requests")
	require.NoError(t, os.WriteFile(file, []byte(strings.Join(all, "\n")), 0o600))
	out, err := exec.CommandContext(context.Background(), node, filepath.Join("testdata", "node.js"), folder, file).Output()
	require.NoError(t, err)
	want, got := native(all), bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	require.Len(t, got, len(want))
	for i := range want {
		var text string
		require.NoError(t, json.Unmarshal(got[i], &text))
		require.Equal(t, want[i], text, "%.300s", all[i])
	}
}

// All that is sent is at most 3.0 MB, compressed.
func TestSize(t *testing.T) {
	pages, err := built()
	require.NoError(t, err)
	total := 0
	for name := range pages {
		total += pages.sent(name)
	}
	t.Logf("%d bytes", total)
	require.LessOrEqual(t, total, 3_000_000)
}
