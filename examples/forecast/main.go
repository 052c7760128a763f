// Command forecast reads what was done in the past and says when the rest will be done.
//
//	forecast [-asof DATE] [-open N] [-out DIR] [-format table|json] FILE
//
// What FILE holds is told by its name:
//
//   - .jsonl: an issue of a tracker a line, with id, status, issue_type, created_at, started_at and
//     closed_at. See [Issue] for what they mean. What is closed is the history, what is open is
//     forecast.
//   - .csv: lines of date,count: how many items were done on a day, "2027-03-01,4". A first line that
//     names the columns may be there. Days that are not there count as days on which nothing was
//     done. The file does not say what is open: -open does.
//
// DATE is the day that the forecast is made on, counted as a whole; what happened later did not happen
// yet. The default is the last date in the file. N is how many items are open, if not those of the
// file. All days are those of UTC.
//
// # What it does
//
// The history is cut into periods that end on DATE: weeks, where there are at least 20 of them, or
// else days. Where the dates of a .csv file are a multiple of seven or more days apart, its periods
// are that long. Work is done from Monday to Friday, unless something was done at a weekend. More
// than 500 periods are not looked at. The output names what was chosen.
//
// From the periods come how many of them the open items take, with dates; how many items the next
// ones bring; and a backtest: each period of the past is forecast from the ones before it, from the
// eleventh on, or where there are fewer than 20, from the middle on. It says how often such forecasts
// held, and their Brier score: 0 is clairvoyance, .25 a coin. The amount for the backtest of "when"
// is what is open, but at most a quarter of what the history holds, so that there is something to
// compare with.
//
// With -out it draws SVGs into DIR: burnup.svg; forecast.svg, if something is open; and for a .jsonl
// file flow.svg, the cumulative flow.
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
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// The exit statuses.
const (
	success  = 0
	failure  = 1 // the output could not be written
	badInput = 2
)

// run is the command: its arguments, where it writes, and its exit status. Nothing is written to stdout
// or drawn unless all of it can be.
func run(args []string, stdout, stderr io.Writer) int {
	var out, complaints bytes.Buffer
	status := predict(args, &out, &complaints)
	if status == success {
		if _, err := stdout.Write(out.Bytes()); err != nil {
			fmt.Fprintln(&complaints, "forecast:", err)
			status = failure
		}
	}
	_, _ = stderr.Write(complaints.Bytes())
	return status
}

func predict(args []string, out, complaints *bytes.Buffer) int {
	c, err := parseArguments(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(complaints, "usage: %s\n\n"+
			"FILE is a tracker's issue a line (.jsonl), or lines of date,count (.csv).\n", synopsis)
		return success
	case err != nil:
		fmt.Fprintln(complaints, "forecast:", err)
		return badInput
	}
	doc := &document{name: c.file}
	report, pictures := c.read(doc)
	if len(doc.problems) > 0 {
		doc.writeProblems(complaints)
		return badInput
	}
	if c.out != "" {
		if report.Pictures, err = draw(c.out, pictures); err != nil {
			fmt.Fprintln(complaints, "forecast:", err)
			return failure
		}
	}
	if c.format == "table" {
		report.writeTable(out)
		return success
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err = enc.Encode(report); err != nil {
		fmt.Fprintln(complaints, "forecast:", err)
		return failure
	}
	return success
}

// call is what the arguments ask for.
type call struct {
	file, out, format string
	asOf              time.Time // zero for the last date in the file
	open              int       // -1 for what the file says
}

const (
	synopsis = "forecast [-asof DATE] [-open N] [-out DIR] [-format table|json] FILE"
	maxOpen  = 100_000
)

func parseArguments(args []string) (call, error) {
	var c call
	var asOf string
	flags := flag.NewFlagSet("forecast", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&asOf, "asof", "", "")
	flags.IntVar(&c.open, "open", -1, "")
	flags.StringVar(&c.out, "out", "", "")
	flags.StringVar(&c.format, "format", "table", "")
	if err := flags.Parse(args); err != nil {
		return c, fmt.Errorf("%w, want %s", err, synopsis)
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	c.file = flags.Arg(0)
	var err error
	if given["asof"] {
		c.asOf, err = time.Parse(time.DateOnly, asOf)
	}
	switch {
	case flags.NArg() != 1:
		return c, fmt.Errorf("%d files, want one: %s", flags.NArg(), synopsis)
	case c.format != "table" && c.format != "json":
		return c, fmt.Errorf("-format is %q, want table or json", c.format)
	case err != nil:
		return c, fmt.Errorf("-asof is %q, want a date such as 2027-03-01", asOf)
	case given["open"] && (c.open < 0 || c.open > maxOpen):
		return c, fmt.Errorf("-open is %d, want 0 to %d", c.open, maxOpen)
	case given["out"] && c.out == "":
		return c, errors.New(`-out is "", want a folder`)
	}
	return c, nil
}

// read reads the file and forecasts. If it is bad input, the document is blamed, and there is no report.
func (c call) read(doc *document) (*Report, []picture) {
	kind := strings.ToLower(filepath.Ext(c.file))
	if kind != ".csv" && kind != ".jsonl" {
		doc.blame(start, "the name ends in %q, want .csv or .jsonl", kind)
		return nil, nil
	}
	if !doc.load() {
		return nil, nil
	}
	var w *work
	if kind == ".csv" {
		w = readCounts(doc, c.asOf)
	} else {
		w = readTracker(doc, c.asOf)
	}
	if len(doc.problems) > 0 {
		return nil, nil
	}
	if c.open >= 0 {
		w.open, w.knowsOpen = c.open, true
	}
	return w.forecast(doc)
}
