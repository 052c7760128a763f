package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxBytes    = 1 << 24 // of a file: larger ones are refused, not cut
	maxProblems = 20      // that are told; of any more there is only the number
)

// document is a file that was read, and what is wrong with it so far.
type document struct {
	name     string
	text     string // UTF-8, without byte order mark
	problems []problem
	more     int // problems beyond maxProblems
}

// place is where something stands: line and column from 1, the column in bytes.
type place struct{ line, column int }

// start is the place of what concerns the file as a whole.
var start = place{1, 1}

// problem is one thing wrong with a document.
type problem struct {
	at   place
	text string // "job_size is \"-3\", want > 0"
}

// blame records a problem.
func (d *document) blame(at place, format string, args ...any) {
	if len(d.problems) == maxProblems {
		d.more++
		return
	}
	d.problems = append(d.problems, problem{at, fmt.Sprintf(format, args...)})
}

// writeProblems writes the problems in the order of the document, a line each.
func (d *document) writeProblems(out *bytes.Buffer) {
	slices.SortStableFunc(d.problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.at.line, b.at.line), cmp.Compare(a.at.column, b.at.column))
	})
	for _, p := range d.problems {
		fmt.Fprintf(out, "%s:%d:%d: %s\n", d.name, p.at.line, p.at.column, p.text)
	}
	if d.more > 0 {
		fmt.Fprintf(out, "%s: and %s\n", d.name, counted(d.more, "more problem", "more problems"))
	}
}

// load reads a file. The document is to blame when it cannot be read, is too large, empty or not UTF-8.
func load(name string) *document {
	d := &document{name: name}
	text, err := readText(name)
	d.text = strings.TrimPrefix(text, "\uFEFF")
	var failed *fs.PathError
	switch {
	case errors.As(err, &failed):
		d.blame(start, "cannot be read: %v, want a file", failed.Err)
	case err != nil:
		d.blame(start, "cannot be read: %v, want a file", err)
	case len(text) > maxBytes:
		d.blame(start, "more than %d bytes, want a smaller file", maxBytes)
	case strings.TrimSpace(d.text) == "":
		d.blame(start, "the file is empty, want an item a line below a header")
	case !utf8.ValidString(d.text):
		d.blameEncoding()
	}
	return d
}

func readText(name string) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	var text strings.Builder
	_, err = io.Copy(&text, io.LimitReader(file, maxBytes+1))
	return text.String(), err
}

// blameEncoding names the first byte of each line that is not UTF-8.
func (d *document) blameEncoding() {
	number := 0
	for line := range strings.Lines(d.text) {
		number++
		for at := 0; at < len(line); {
			r, size := utf8.DecodeRuneInString(line[at:])
			if r == utf8.RuneError && size == 1 {
				d.blame(place{number, at + 1}, "byte 0x%02x is not UTF-8, want text in UTF-8", line[at])
				break
			}
			at += size
		}
	}
}
