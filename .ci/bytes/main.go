// Bytes replays the frozen histories of backlog and prints what they come to: the hashes of the events, of the snapshot, of what changed
// since the beginning and of its pages. .ci/run wants the same lines from every Go and every processor.
package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/diff"
	"github.com/backlogkit/backlogkit/backlog/render"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bytes:", err)
		os.Exit(1)
	}
}

// run prints a line for each file of events.
func run(out io.Writer, files []string) error {
	for _, file := range files {
		line, err := history(file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Fprintf(out, "%s %s\n", strings.TrimSuffix(filepath.Base(file), ".events.jsonl.gz"), line)
	}
	return nil
}

// history replays one file and returns the hashes of what it comes to.
func history(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	unzip, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		return "", err
	}
	empty := b.Clone()
	events := sha256.New()
	lines := bufio.NewScanner(unzip)
	const longest = 1 << 20
	lines.Buffer(nil, longest)
	for lines.Scan() {
		event, err := backlog.DecodeEvent(lines.Bytes(), nil)
		if err != nil {
			return "", err
		}
		if err := b.Apply(event); err != nil {
			return "", err
		}
		data, err := json.Marshal(event)
		if err != nil {
			return "", err
		}
		events.Write(data)
	}
	if err := lines.Err(); err != nil {
		return "", err
	}
	snapshot, err := b.Snapshot()
	if err != nil {
		return "", err
	}
	restored, err := backlog.Restore(backlog.Options{}, snapshot)
	if err != nil {
		return "", err
	}
	changes, err := json.Marshal(diff.Between(empty.View(), restored.View()))
	if err != nil {
		return "", err
	}
	page := render.TreeMarkdown(b.View()) + render.RoadmapMarkdown(b.View()) + render.DependencyDOT(b.View()) +
		render.RoadmapGantt(b.View())
	return fmt.Sprintf("%.16x %.16x %.16x %.16x", events.Sum(nil), sha256.Sum256(snapshot),
		sha256.Sum256(changes), sha256.Sum256([]byte(page))), nil
}
