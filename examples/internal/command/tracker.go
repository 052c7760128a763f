package command

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/prioritize"
)

// IsTracker reports whether a file is what a tracker exports: by its name or, for a table, by its header.
func IsTracker(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".json", ".md":
		return true
	case ".csv":
		found, certainty := exchange.Detect(Head(name), name)
		return certainty == exchange.Certain && found != exchange.TableCSV
	}
	return false
}

// LoadTracker reads what a tracker exported, in any format of package exchange; dates without a zone are in the one given. If it
// cannot be read, or nothing in it can be used, the problems tell, and the document is nil.
func LoadTracker(name string, zone *time.Location) (doc *exchange.Document, problems *Document) {
	problems = &Document{Name: name}
	options := exchange.Options{Name: name, Location: zone}
	if found, _ := exchange.Detect(Head(name), name); found == "" && strings.EqualFold(filepath.Ext(name), ".jsonl") {
		options.Format = exchange.BeadsJSONL // the first lines may not tell
	}
	doc, err := ReadFile(name, options, exchange.Read)
	if err != nil {
		BlameExchange(problems, err)
		return nil, problems
	}
	return doc, problems
}

// BlameExchange blames a document for an error of package exchange, or of the file.
func BlameExchange(problems *Document, err error) {
	var bad *exchange.Error
	var failed *fs.PathError
	switch {
	case errors.As(err, &bad):
		text := bad.Problem
		if bad.Want != "" {
			text += ", want " + bad.Want
		}
		problems.Blame(Place{max(bad.Row, 1), 1}, "%s", text)
	case errors.As(err, &failed):
		problems.Blame(Start(), "cannot be read: %v, want a file", failed.Err)
	default:
		problems.Blame(Start(), "cannot be read: %v, want a file", err)
	}
}

// Head returns the beginning of a file, or what there is of it.
func Head(name string) []byte {
	file, err := os.Open(name)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	head, _ := io.ReadAll(io.LimitReader(file, 1<<20))
	return head
}

// ReadFile reads a file by a reader of package exchange, which gets to know its name and its size.
func ReadFile[T any](name string, options exchange.Options, as func(io.Reader, exchange.Options) (*T, error)) (*T, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("it is a directory")
	}
	options.Name = name
	return as(sizedReader{file, int(info.Size())}, options)
}

// SheetNotes returns what is to be said of a score sheet: what was in doubt when it was read, and where the scores that it has
// worked out are others by its own factors.
func SheetNotes(s *prioritize.Sheet) []string {
	notes := slices.Clone(s.Notes)
	changes := exchange.CheckSheet(s).Changes
	for _, one := range changes[:min(len(changes), maxNotes)] {
		notes = append(notes, fmt.Sprintf("row %d: %s is %s, but %s by the factors of the row", one.Row, one.Column, one.File, one.Here))
	}
	if more := len(changes) - maxNotes; more > 0 {
		notes = append(notes, Counted(more, "more score differs", "more scores differ"))
	}
	return notes
}

// maxNotes is how many wrong scores are named.
const maxNotes = 20

// sizedReader is a reader that reports how much there is to read, so that there is one allocation for it.
type sizedReader struct {
	io.Reader
	size int
}

func (r sizedReader) Len() int { return r.size }

// Oddities returns what is odd about a document of a tracker: rows that were skipped, what is in doubt, and
// how many links lead out of the file. With all of them, cells that could not be carried and each such link are named too.
func Oddities(name string, doc *exchange.Document, all bool) *Document {
	odd := &Document{Name: name}
	skipped := make(map[int]bool)
	for _, one := range doc.Skipped {
		skipped[one.Row] = true
		odd.Blame(Place{max(one.Row, 1), 1}, "%s; the row is left out", one.Reason)
	}
	for _, loss := range doc.Losses {
		if all && !skipped[loss.Row] {
			odd.Blame(Place{max(loss.Row, 1), 1}, "%s is %s: %s", loss.Column, Quote(loss.Value), loss.Reason)
		}
	}
	keys := make(map[string]bool, len(doc.Items))
	for i := range doc.Items {
		keys[doc.Items[i].Key] = true
	}
	dangling, example := 0, exchange.Link{}
	for _, link := range doc.Links {
		if keys[link.From] && keys[link.To] {
			continue
		}
		if all {
			odd.Blame(Place{max(link.Row, 1), 1}, "%s %s %s, want ids of items in this file", Quote(link.From), Shorten(link.Word, MaxValue), Quote(link.To))
		}
		if dangling++; dangling == 1 {
			example = link
		}
	}
	if dangling > 0 && !all {
		odd.Blame(Place{max(example.Row, 1), 1}, "%s out of the file, such as that of %s to %s",
			Counted(dangling, "link leads", "links lead"), Quote(example.From), Quote(example.To))
	}
	for _, warning := range doc.Warnings {
		if !strings.Contains(warning, " without a title") { // that leaves nothing in doubt
			odd.Blame(Start(), "%s", warning)
		}
	}
	if all && doc.Dates.Ambiguous > 0 {
		odd.Blame(Start(), "%s", fmt.Sprint(Counted(doc.Dates.Ambiguous, "date is ambiguous", "dates are ambiguous")))
	}
	return odd
}
