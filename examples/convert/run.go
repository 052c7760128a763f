package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

const synopsis = "convert [-to FORMAT] [-format table|json] [-strict] [-import] [-from FORMAT] [-zone NAME] [-dates day|month] " +
	"[-decimal point|comma] [-dialects FILE] FILE"

// options are the flags of the command.
type options struct {
	read     exchange.Options
	to       string
	strict   bool
	rehearse bool
	dialects string // a file
}

// run is the command: its arguments, where it writes, how often it reports that it goes on, and its exit status.
func run(args []string, stdout, stderr io.Writer, every time.Duration) int {
	return command.Run("convert", stdout, stderr, func() (command.Report, command.Flags, error) {
		var o options
		flags, err := command.ParseFile(flagsFirst(args), synopsis, o.add)
		if err != nil {
			return nil, flags, err
		}
		if o.read.Dialects, err = command.LoadDialects(o.dialects); err != nil {
			return nil, flags, err
		}
		report, err := convert(flags.File, o, stderr, every)
		if o.to != "" {
			flags.Format = "table" // the output is the document itself
		}
		return report, flags, err
	})
}

// flagsFirst moves a file that stands before the flags behind them.
func flagsFirst(args []string) []string {
	if len(args) > 1 && !strings.HasPrefix(args[0], "-") && strings.HasPrefix(args[1], "-") {
		return append(append([]string(nil), args[1:]...), args[0])
	}
	return args
}

func (o *options) add(set *flag.FlagSet) {
	set.StringVar(&o.to, "to", "", "")
	set.BoolVar(&o.strict, "strict", false, "")
	set.BoolVar(&o.rehearse, "import", false, "")
	set.StringVar(&o.dialects, "dialects", "", "")
	set.Func("from", "", func(text string) error {
		o.read.Format = exchange.Format(text)
		return nil
	})
	command.AddZone(set, &o.read.Location)
	set.Func("dates", "", func(text string) error {
		switch text {
		case "day":
			o.read.DateOrder = exchange.DayFirst
		case "month":
			o.read.DateOrder = exchange.MonthFirst
		default:
			return errors.New("want day or month")
		}
		return nil
	})
	set.Func("decimal", "", func(text string) error {
		switch text {
		case "point":
			o.read.DecimalMark = exchange.DecimalPoint
		case "comma":
			o.read.DecimalMark = exchange.DecimalComma
		default:
			return errors.New("want point or comma")
		}
		return nil
	})
}

func convert(file string, o options, stderr io.Writer, every time.Duration) (command.Report, error) {
	problems := &command.Document{Name: file}
	var doc *exchange.Document
	var err error
	command.Watch(stderr, every, "reading "+file, func() { doc, err = command.ReadFile(file, o.read, exchange.Read) })
	if err != nil {
		command.BlameExchange(problems, err)
		return nil, problems.Err()
	}
	if o.strict {
		if odd := command.Oddities(file, doc, true); !odd.OK() {
			return nil, odd.Err()
		}
	}
	if o.to != "" {
		return writeAs(problems, doc, o, stderr)
	}
	if doc.Format == exchange.TableCSV {
		for _, note := range scoring(file, o.read) {
			if !slices.Contains(doc.Warnings, note) {
				doc.Warnings = append(doc.Warnings, note)
			}
		}
	}
	r := &report{Document: doc}
	if len(doc.Items) > mostRehearsed && !o.rehearse {
		return r, nil
	}
	command.Watch(stderr, every, "rehearsing an import", func() { r.Import, err = rehearse(doc) })
	if err != nil {
		return nil, err
	}
	if o.strict && len(r.Import.Circles) > 0 {
		for _, one := range r.Import.Circles {
			problems.Blame(command.Start(), "%s would be dropped: %s", command.Quote(one.Dropped), one.Reason)
		}
		return nil, problems.Err()
	}
	return r, nil
}

// rehearse returns the report of an import into a new backlog.
func rehearse(doc *exchange.Document) (*exchange.Report, error) {
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		return nil, err
	}
	_, imported, err := doc.Import(b.View(), doc.Mapping())
	return &imported, err
}

// mostRehearsed is how many items are imported without being asked for: an import takes some times as long as reading.
const mostRehearsed = 10_000

// scoring returns notes on a table as a sheet to score by.
func scoring(file string, o exchange.Options) (notes []string) {
	sheet, err := command.ReadFile(file, o, exchange.ReadSheet)
	if err != nil {
		return nil // it is a list of items, and no sheet
	}
	check := exchange.CheckSheet(sheet)
	if len(check.Fits) == 0 || len(check.Fits[0].Missing) > 0 {
		notes = append(notes, check.String())
	}
	return append(notes, command.SheetNotes(sheet)...)
}

// writeAs writes the document in the format of -to. What it cannot hold is listed on standard error, or, with
// -strict, is a problem.
func writeAs(problems *command.Document, doc *exchange.Document, o options, stderr io.Writer) (command.Report, error) {
	var out bytes.Buffer
	losses, err := doc.Write(&out, target(o.to))
	if err != nil {
		var bad *exchange.Error
		if errors.As(err, &bad) {
			return nil, fmt.Errorf("-to: %s, want %s", bad.Problem, bad.Want)
		}
		return nil, err
	}
	if len(losses) > 0 && o.strict {
		for _, loss := range losses {
			problems.Blame(command.Place{Line: max(loss.Row, 1), Column: 1}, "%s", lossText(loss))
		}
		return nil, problems.Err()
	}
	for _, loss := range losses[:min(len(losses), mostTold)] {
		_, _ = fmt.Fprintf(stderr, "%s:%d:1: %s\n", problems.Name, max(loss.Row, 1), lossText(loss))
	}
	if more := len(losses) - mostTold; more > 0 {
		_, _ = fmt.Fprintf(stderr, "%s: and %s\n", problems.Name, command.Counted(more, "more loss", "more losses"))
	}
	return verbatim(out.String()), nil
}

// mostTold is how many losses are listed on standard error.
const mostTold = 1000

func lossText(loss exchange.Loss) string {
	return command.Printable(fmt.Sprintf("%s is %s: %s", loss.Column, command.Quote(loss.Value), loss.Reason))
}

// target returns the format of a name or its first part: "jira" for "jira-csv".
func target(name string) exchange.Format {
	for _, format := range exchange.Targets() {
		if strings.HasPrefix(string(format), name+"-") {
			return format
		}
	}
	return exchange.Format(name)
}

// verbatim is output as it is.
type verbatim string

func (v verbatim) WriteTable(out *bytes.Buffer) { out.WriteString(string(v)) }
