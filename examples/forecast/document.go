package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxBytes    = 1 << 28 // of a file: larger ones are refused, not cut
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
	if d.isFull() {
		d.more++
		return
	}
	d.problems = append(d.problems, problem{at, fmt.Sprintf(format, args...)})
}

// isFull reports whether further problems are only counted: there is no need to find their places.
func (d *document) isFull() bool { return len(d.problems) == maxProblems }

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

// load reads the file, and reports whether it could be read, has a fair size, is not empty and is UTF-8.
func (d *document) load() bool {
	text, err := readText(d.name)
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
		d.blame(start, "the file is empty, want a line an issue or a day")
	case !utf8.ValidString(text):
		d.blameEncoding()
	default:
		return true
	}
	return false
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
	for number, line := range d.lines() {
		for i, r := range line {
			if r != utf8.RuneError {
				continue
			}
			if _, size := utf8.DecodeRuneInString(line[i:]); size == 1 {
				d.blame(place{number, i + 1}, "byte 0x%02x is not UTF-8, want text in UTF-8", line[i])
				break
			}
		}
	}
}

// lines walks the lines with their numbers, without the line feeds.
func (d *document) lines() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		number := 0
		for line := range strings.Lines(d.text) {
			number++
			if !yield(number, strings.TrimSuffix(line, "\n")) {
				return
			}
		}
	}
}

// quote writes a value for a message.
func quote(s string) string { return fmt.Sprintf("%q", shorten(s)) }

// shorten cuts what is too long for a message.
func shorten(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	end := most
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}
