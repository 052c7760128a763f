// Command forecast reads what was done in the past and says when the rest will be done.
//
//	forecast [-asof DATE] [-open N] [-changed DATE] [-seasons] [-keep-far] [-blank-zero] [-zone NAME] [-out DIR]
//	         [-strict] [-format table|json] FILE
//
// What FILE holds is told by its name:
//
//   - .jsonl, .json, .md, or .csv with the header of a tracker: what a tracker exports, in any of the
//     formats of package exchange, such as an issue a line. What is done is the history, what is open is
//     forecast; epics, and what was given up, are left out.
//   - .csv: lines of date,count: how many items were done on a day, "2027-03-01,4". The date may be in any
//     form that package exchange reads, also an instant on that day or a week, "2027-W09", and separators be
//     semicolons or tabs. A first line may name the columns: then they are found by what is below their
//     names, and the output names those that are not needed. Days that are not there count as days on
//     which nothing was done, those of a line that cannot be read as not recorded: see Errors. The file
//     does not say what is open: -open does.
//   - .txt: a number a line: how many items were done in each week, oldest first. The last week ends on
//     DATE; without one the output has no dates.
//
// DATE is the day that the forecast is made on, counted as a whole; what happened later did not happen
// yet. The default is the last date in the file, or the last with a count. N is how many items are open, if not
// those of the file. All days are those of UTC, or of the zone named by -zone, "Europe/Berlin", in which dates
// without a zone are too. A date far from all others (1970-01-01 among those of last year) is left out and named;
// with -keep-far it stays. A blank count in a .csv file is 0 with -blank-zero, and otherwise one that cannot be
// read.
//
// # What it does
//
// The history is cut into periods that end on DATE: weeks, where there are at least 20 of them, or
// else days. Where the dates of a .csv file are a multiple of seven or more days apart, its periods
// are that long. Work is done from Monday to Friday, unless something was done at a weekend. More
// than 500 periods are not looked at, but for the calibration. The output names what was chosen.
//
// From the periods come how many of them the open items take, with dates, and how many items the next
// ones bring. Both are calibrated: see [forecast.Calibrated]. How such forecasts did is in the
// output for all periods of the file, by question, number of periods and chance, beside the simple
// model, which takes each period to come for one drawn from the past. With -changed what was done in periods
// that ended before a DATE counts for a tenth, since the way of working changed; with -seasons the
// seasons of the year are learnt.
//
// There is a backtest of the simple model too: each period of the past is forecast from the ones before
// it, from the eleventh on, or where there are fewer than 20, from the middle on. It says how often such
// forecasts held, and their Brier score: 0 is clairvoyance, .25 a coin. The amount for the backtest
// of "when" is what is open, but at most a quarter of what the history holds, so that there is something
// to compare with.
//
// With -out it draws SVGs into DIR: burnup.svg, if there are dates; forecast.svg, if something is open;
// calibration.svg, if there are past forecasts; and for what a tracker exports flow.svg, the cumulative flow,
// arrivals.svg, and if it has when work was begun cycletime.svg, aging.svg and statetime.svg.
//
// # Output
//
// The table is for people. The JSON is a contract; see [Report].
//
// # Errors
//
// The exit status is 0 on success, 1 when the output or a picture cannot be written, and 2 on bad input
// or usage. Then nothing is on standard output and nothing is drawn, and on standard error there is a
// line for each problem,
//
//	FILE:LINE:COLUMN: what is wrong, want what was expected
//
// Lines and columns count from 1, columns in bytes; a byte order mark is not counted. What concerns
// the file as a whole is reported at 1:1.
//
// A line of a tracker's file that is no issue costs that line, and an issue that was done before it came
// is left out of lead times; there is a line for each on standard error. It is bad input if
// nothing is left, or with -strict.
//
// So it is with counts: a count that is blank, no whole number, or there twice for one date in two ways costs its
// line, and what was done then is not recorded, which is not 0: the period is left out of the history, as if it had
// not been. Of a line of which the date cannot be read, that is what is missing between the dates before and after
// it.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command: its arguments, where it writes, and its exit status. Nothing is written to stdout
// or drawn unless all of it can be.
func run(args []string, stdout, stderr io.Writer) int {
	return command.Run("forecast", stdout, stderr, func() (command.Report, command.Flags, error) {
		c, flags, err := parseArguments(args)
		if err != nil {
			return nil, flags, err
		}
		report, err := c.predict(stderr)
		return report, flags, err
	})
}

// call is what the arguments ask for.
type call struct {
	file, out string
	asOf      time.Time // zero for the last date in the file
	open      int       // -1 for what the file says
	strict    bool      // what is odd is bad input
	changed   time.Time // when the way of working changed; zero for never
	seasons   bool
	keepFar   bool // dates far from all others stay
	blankZero bool // a blank count is 0
	zone      *time.Location
}

const (
	synopsis = "forecast [-asof DATE] [-open N] [-changed DATE] [-seasons] [-keep-far] [-blank-zero] [-zone NAME] [-out DIR] [-strict] " +
		"[-format table|json] FILE"
	help    = "FILE is what a tracker exports (.jsonl, .json, .md, .csv), lines of date,count (.csv), or a count a week a line (.txt).\n"
	maxOpen = 100_000
)

func parseArguments(args []string) (call, command.Flags, error) {
	c := call{zone: time.UTC}
	var asOf, changed string
	flags, err := command.ParseFile(args, synopsis, func(set *flag.FlagSet) {
		set.StringVar(&asOf, "asof", "", "")
		set.IntVar(&c.open, "open", -1, "")
		set.StringVar(&c.out, "out", "", "")
		set.BoolVar(&c.strict, "strict", false, "")
		set.StringVar(&changed, "changed", "", "")
		set.BoolVar(&c.seasons, "seasons", false, "")
		set.BoolVar(&c.keepFar, "keep-far", false, "")
		set.BoolVar(&c.blankZero, "blank-zero", false, "")
		command.AddZone(set, &c.zone)
	})
	flags.Help = help
	if err != nil {
		return c, flags, err
	}
	c.file = flags.File
	date := func(name, text string, at *time.Time) (err error) {
		if flags.Given(name) {
			if *at, err = catalogue.ParseTime(text); err != nil {
				return fmt.Errorf("-%s is %q, want a date such as 2027-03-01", name, text)
			}
			*at = dayIn(*at, at.Location())
		}
		return err
	}
	err = cmp.Or(date("asof", asOf, &c.asOf), date("changed", changed, &c.changed))
	switch {
	case err != nil:
	case flags.Given("open") && (c.open < 0 || c.open > maxOpen):
		err = fmt.Errorf("-open is %d, want 0 to %d", c.open, maxOpen)
	case flags.Given("out") && c.out == "":
		err = errors.New(`-out is "", want a folder`)
	}
	return c, flags, err
}

// predict reads the file, forecasts, and draws what is to be drawn. What is odd about the file of a tracker goes to
// standard error or, with -strict, is bad input.
func (c call) predict(stderr io.Writer) (*Report, error) {
	report, pictures, doc, odd := c.forecast()
	if err := doc.Err(); err != nil {
		return nil, err
	}
	if err := odd.Err(); err != nil && c.strict {
		return nil, err
	} else if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
	}
	if c.out == "" {
		return report, nil
	}
	names, err := draw(c.out, pictures)
	if err != nil {
		return nil, &command.WriteError{Err: err}
	}
	report.Pictures = names
	return report, nil
}

// read reads the file. What is wrong with it, and what is odd, is in the documents.
func (c call) read() (w *work, doc, odd *command.Document) {
	odd = &command.Document{Name: c.file}
	if command.IsTracker(c.file) {
		var found *exchange.Document
		if found, doc = command.LoadTracker(c.file, c.zone); found == nil {
			return nil, doc, odd
		}
		odd = command.Oddities(c.file, found, c.strict)
		return readTracker(odd, found, c), doc, odd
	}
	switch c.kind() {
	case ".csv":
		doc = command.LoadTable(c.file, "a line an issue or a day")
	case ".txt":
		doc = command.Load(c.file, "a line an issue or a day")
	default:
		doc = &command.Document{Name: c.file}
		doc.Blame(command.Start(), "the name ends in %q, want .csv, .txt, .jsonl, .json or .md", c.kind())
	}
	switch {
	case !doc.OK():
	case c.kind() == ".csv":
		w = readCounts(doc, odd, c)
	default:
		w = readNumbers(doc, odd, c.asOf)
	}
	return w, doc, odd
}

// kind is what the name of the file says that it holds.
func (c call) kind() string { return strings.ToLower(filepath.Ext(c.file)) }

// forecast is a report and its pictures. If there is something wrong with the document, there is no report.
func (c call) forecast() (report *Report, pictures []picture, doc, odd *command.Document) {
	w, doc, odd := c.read()
	if !doc.OK() {
		return nil, nil, doc, odd
	}
	if c.open >= 0 {
		w.open, w.knowsOpen = c.open, true
	}
	w.changed, w.seasons = c.changed, c.seasons
	if w.isUndated && !c.changed.IsZero() {
		doc.Blame(command.Start(), "the file has no dates, want -asof DATE beside -changed")
		return nil, nil, doc, odd
	}
	report, pictures = w.forecast(doc)
	return report, pictures, doc, odd
}
