package command

import (
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

// Document is a file that was read, and what is wrong with it so far.
type Document struct {
	Name     string
	Text     string // UTF-8, without byte order mark
	problems []problem
	more     int // problems beyond maxProblems

	isTable  bool // it was taken apart, into these
	rows     []Row
	unclosed []int // rows with a quote that has no end
}

// Place is where something stands: line and column from 1, the column in bytes.
type Place struct{ Line, Column int }

// Start is the place of what concerns the file as a whole.
func Start() Place { return Place{1, 1} }

// problem is one thing wrong with a document.
type problem struct {
	at   Place
	text string // `size is "-3", want >= 0`
}

// withoutOptions returns what the library says without what it ends with about its options, which no command has.
func withoutOptions(text string) string {
	if !strings.HasSuffix(text, " raised") && !strings.HasSuffix(text, " chooses the other") {
		return text
	}
	at := max(strings.LastIndex(text, ", Options."), strings.LastIndex(text, ", or Options."))
	if at < 0 {
		return text
	}
	return text[:at]
}

// Blame records a problem, or one for each line of the text: an error can have several that were joined.
func (d *Document) Blame(at Place, format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		if d.isFull() {
			d.more++
			continue
		}
		d.problems = append(d.problems, problem{at, withoutOptions(line)})
	}
}

// Add adds the problems of another document of the same file.
func (d *Document) Add(other *Document) {
	for _, p := range other.problems {
		d.Blame(p.at, "%s", p.text)
	}
	d.more += other.more
}

// isFull reports whether further problems are only counted: there is no need to find their places.
func (d *Document) isFull() bool { return len(d.problems) == maxProblems }

// OK reports whether no problem has been found.
func (d *Document) OK() bool { return len(d.problems) == 0 }

// DocumentError is all that is wrong with a document.
type DocumentError struct{ lines []string }

// Error returns a line for each problem, in the order of the document, all of it [Printable].
func (e *DocumentError) Error() string { return strings.Join(e.lines, "\n") }

// Err returns a [*DocumentError] if there are problems.
func (d *Document) Err() error {
	if d.OK() {
		return nil
	}
	slices.SortStableFunc(d.problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column))
	})
	e := new(DocumentError)
	for _, p := range d.problems {
		e.lines = append(e.lines, Printable(fmt.Sprintf("%s:%d:%d: %s", d.Name, p.at.Line, p.at.Column, p.text)))
	}
	if d.more > 0 {
		e.lines = append(e.lines,
			fmt.Sprintf("%s: and %s", d.Name, Counted(d.more, "more problem", "more problems")))
	}
	return e
}

// All returns the problems found so far that are told, each with its place, in the order in which they were found.
func (d *Document) All() iter.Seq2[Place, string] {
	return func(yield func(Place, string) bool) {
		for _, p := range d.problems {
			if !yield(p.at, p.text) {
				return
			}
		}
	}
}

// More returns how many problems there are beyond those of [Document.All].
func (d *Document) More() int { return d.more }

// Load reads a file. The document has a problem if the file cannot be read, is larger than 256 MiB, is
// not UTF-8, or is empty, where something is wanted.
func Load(name, wanted string) *Document { return LoadUpTo(maxBytes, name, wanted) }

// LoadUpTo is [Load] with a limit of its own, in bytes.
func LoadUpTo(limit int, name, wanted string) *Document { return load(limit, name, wanted, nil) }

// LoadDecoded is [Load] for a file that may be in another encoding than UTF-8: decode returns its text.
func LoadDecoded(name, wanted string, decode func([]byte) (string, error)) *Document {
	return load(maxBytes, name, wanted, decode)
}

func load(limit int, name, wanted string, decode func([]byte) (string, error)) *Document {
	d := &Document{Name: name}
	text, err := readText(name, limit)
	if decode != nil && err == nil && len(text) <= limit {
		var problem error
		if text, problem = decode([]byte(text)); problem != nil {
			d.Blame(Start(), "%v", problem)
			return d
		}
	}
	d.Text = strings.TrimPrefix(text, "\uFEFF")
	var failed *fs.PathError
	switch {
	case errors.As(err, &failed):
		d.Blame(Start(), "cannot be read: %v, want a file", failed.Err)
	case err != nil:
		d.Blame(Start(), "cannot be read: %v, want a file", err)
	case len(text) > limit:
		d.Blame(Start(), "more than %d bytes, want a smaller file", limit)
	case strings.TrimSpace(d.Text) == "":
		d.Blame(Start(), "the file is empty, want %s", wanted)
	case !utf8.ValidString(text):
		d.blameEncoding()
	}
	return d
}

func readText(name string, limit int) (string, error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	var text strings.Builder
	_, err = io.Copy(&text, io.LimitReader(file, int64(limit)+1))
	return text.String(), err
}

// blameEncoding names the first byte of each line that is not UTF-8.
func (d *Document) blameEncoding() {
	for number, line := range d.Lines() {
		for i, r := range line {
			if r != utf8.RuneError {
				continue
			}
			if _, size := utf8.DecodeRuneInString(line[i:]); size == 1 {
				d.Blame(Place{number, i + 1}, "byte 0x%02x is not UTF-8, want text in UTF-8", line[i])
				break
			}
		}
	}
}

// Lines walks the lines with their numbers, without the line feeds.
func (d *Document) Lines() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		number := 0
		for line := range strings.Lines(d.Text) {
			number++
			if !yield(number, strings.TrimSuffix(line, "\n")) {
				return
			}
		}
	}
}

// MaxValue is how many bytes of a value a message shows.
const MaxValue = 60

// Quote writes a value for a message, cut if it is too long for one.
func Quote(s string) string { return fmt.Sprintf("%q", Shorten(s, MaxValue)) }

// Shorten cuts what is longer than that many bytes, between characters: "abc...".
func Shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "..."
}
