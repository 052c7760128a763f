package exchange

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story/gherkin"
)

// Options hold what a file does not contain. The zero value is the default.
type Options struct {
	Name   string // of the file: it helps to find the format, nothing is opened
	Format Format // of the file; found out if empty

	// Columns are formats of the caller's own. They are tried before the built-in ones.
	Columns []Columns

	// Dialects are languages of feature files beside those that are built in, see [gherkin.Dialects].
	Dialects []gherkin.Dialect

	Location    *time.Location // of dates without a zone; UTC if nil
	DateOrder   DateOrder      // of dates such as 3/4/2025; what the file as a whole decides, or else [MonthFirst]
	DecimalMark DecimalMark    // of numbers such as 1.200; what the file as a whole decides, or else [DecimalPoint]

	// The limits on what is read. 0 is the default; a file beyond one is an [ErrTooLarge].
	MaxBytes   int64 // 256 MiB
	MaxItems   int   // a million rows that are not blank
	MaxColumns int   // 16,384, of a table; in JSON, different paths to values
	MaxCells   int   // 10 million filled ones
	MaxLinks   int   // half a million beside those to parents; a cell may name many
	MaxDepth   int   // 100, of lists and objects in JSON
}

func (o Options) withDefaults() Options {
	o.Location = cmp.Or(o.Location, time.UTC)
	o.MaxBytes = cmp.Or(o.MaxBytes, 256<<20)
	o.MaxItems = cmp.Or(o.MaxItems, 1_000_000)
	o.MaxColumns = cmp.Or(o.MaxColumns, 16_384)
	o.MaxCells = cmp.Or(o.MaxCells, 10_000_000)
	o.MaxLinks = cmp.Or(o.MaxLinks, 500_000)
	o.MaxDepth = cmp.Or(o.MaxDepth, 100)
	return o
}

func (o Options) validate() error {
	switch {
	case o.DateOrder > MonthFirst:
		return &Error{Problem: "date order is " + o.DateOrder.String(), Want: "DayFirst or MonthFirst", class: ErrInvalid}
	case o.DecimalMark > DecimalComma:
		return &Error{Problem: "decimal mark is " + o.DecimalMark.String(), Want: "DecimalPoint or DecimalComma", class: ErrInvalid}
	case slices.ContainsFunc(o.Columns, func(c Columns) bool { return c.Format == "" || len(c.Signature) == 0 }):
		return &Error{Problem: "columns without a format or a signature", Want: "both", class: ErrInvalid}
	case o.MaxBytes < 0 || o.MaxItems < 0 || o.MaxColumns < 0 || o.MaxCells < 0 || o.MaxLinks < 0 || o.MaxDepth < 0:
		return &Error{Problem: "a limit is below 0", Want: "0 for the default, or more", class: ErrInvalid}
	}
	return nil
}

// Read takes a file apart. The whole file is held in memory, since it decides as a whole on dates and numbers;
// strings of the document refer to it.
//
// A row that is odd costs that row, by name; a cell that cannot be read costs that cell. It returns an
// error that is an [ErrFormat] if the file is of no format that is read, an [ErrTooLarge] if it is beyond a limit, an
// [ErrBroken] if nothing in it can be used, an [ErrInvalid] for an option that does not exist, or what r returned.
// O(n log n) for a file of n bytes.
func Read(r io.Reader, options Options) (*Document, error) {
	s, name, err := readSource(r, &options)
	if err != nil {
		return nil, err
	}
	doc, err := build(s)
	if err != nil {
		return nil, err
	}
	doc.Format, doc.Certainty = name, s.certainty
	if len(doc.Items) == 0 {
		return nil, noItems(doc)
	}
	return doc, nil
}

// readSource takes the rows of a file apart, in the format that it is in. The options get their defaults.
func readSource(r io.Reader, options *Options) (*source, Format, error) {
	if err := options.validate(); err != nil {
		return nil, "", err
	}
	*options = options.withDefaults()
	text, err := readText(r, options.MaxBytes)
	if err != nil {
		return nil, "", err
	}
	f := newFile(text, options)
	one, certainty, err := f.choose()
	if err != nil {
		return nil, "", err
	}
	s := newSource(options)
	s.certainty = certainty
	if err := one.read(f, s); err != nil {
		return nil, "", err
	}
	return s, one.name, s.err
}

// choose returns the format that the options name, or the one that the file looks like.
func (f *file) choose() (format, Certainty, error) {
	if strings.TrimSpace(f.text) == "" {
		return format{}, 0, &Error{Problem: "the file is empty", Want: "an export of a tracker", class: ErrBroken}
	}
	if name := f.options.Format; name != "" {
		for _, one := range formats(f.options) {
			if one.name == name {
				return one, Certain, nil
			}
		}
		return format{}, 0, &Error{Problem: "format is " + quote(string(name)), Want: "one of " + formatNames(), class: ErrInvalid}
	}
	one, certainty := f.detect()
	if certainty == 0 {
		return format{}, 0, &Error{Problem: "this is " + f.looks(), Want: "one of " + formatNames(), class: ErrFormat}
	}
	return one, certainty, nil
}

func formatNames() string {
	var names []string
	for _, name := range Formats() {
		names = append(names, string(name))
	}
	return strings.Join(names, ", ")
}

// looks describes a file of no known format.
func (f *file) looks() string {
	start := strings.TrimSpace(f.head[:min(len(f.head), 4096)])
	switch {
	case strings.HasPrefix(start, "PK\x03\x04"):
		return "an archive or an office document, not text"
	case strings.HasPrefix(start, "%PDF"):
		return "a PDF, not text"
	case strings.IndexByte(start, 0) >= 0:
		return "binary, not text"
	case strings.HasPrefix(start, "{"), strings.HasPrefix(start, "["):
		return "JSON that looks like no tracker's: " + quote(start)
	case strings.HasPrefix(start, "<"):
		return "a page of markup: " + quote(start)
	}
	if p := f.peek(); len(p.records) > 0 && len(filled(p.records[0].cells)) > 1 {
		return "a table without a column of titles: its headers are " + quoteList(p.records[0].cells)
	}
	if !f.isWorded() {
		return "lines of numbers, without titles: " + quote(start)
	}
	return "text that looks like no tracker's: " + quote(start)
}

func noItems(doc *Document) error {
	e := &Error{Problem: fmt.Sprintf("%s without an item", doc.Format), Want: "at least one", class: ErrBroken}
	if len(doc.Skipped) > 0 {
		e.Row, e.Problem = doc.Skipped[0].Row, doc.Skipped[0].Reason
		e.Problem += fmt.Sprintf("; %s skipped", counted(len(doc.Skipped), "row is", "rows are"))
	}
	return e
}

// readText reads all of r, up to a limit, as UTF-8. A reader that reports to hold more is not read.
func readText(r io.Reader, limit int64) (string, error) {
	tooLarge := &Error{
		Problem: fmt.Sprintf("more than %d bytes", limit),
		Want:    "a smaller file, or Options.MaxBytes raised", class: ErrTooLarge,
	}
	var text strings.Builder
	if sized, ok := r.(interface{ Len() int }); ok {
		if int64(sized.Len()) > limit {
			return "", tooLarge
		}
		text.Grow(sized.Len())
	}
	chunk := make([]byte, 64<<10)
	for {
		n, err := r.Read(chunk)
		if int64(text.Len()+n) > limit {
			return "", tooLarge
		}
		text.Write(chunk[:n])
		if errors.Is(err, io.EOF) {
			return decode(text.String()), nil
		}
		if err != nil {
			return "", fmt.Errorf("exchange: %w", err)
		}
	}
}
