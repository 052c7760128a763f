// Command experiment sets the methods of a Friday afternoon side by side: which of them would turn
// the backlog round, what for, and how little it would take.
//
//	go run ./examples/experiment [-out FOLDER] [-by METHOD] [-strict] [FILE.csv]
//
// FILE.csv is a scoring sheet. Its first line names the columns: title, and those of one or more
// methods; -h lists the methods with their columns. A blank cell means "not given": the method cannot
// score the item, and says so. Without a file it is a sample, sample.csv in this folder. A sheet with
// other columns is read as people write them, "Effort (person-months)", "80%": see
// [prioritize.Candidates]. What is passed over then is named on standard error, or with -strict is bad input.
//
// Every method that has its columns ranks the items. Then you read
//
//   - how far the methods agree, each with each: 1 for the same order, -1 for the opposite one, about 0
//     where one says nothing about the other;
//   - which items move most from one method to another, and what made their scores in both;
//   - for the first five by one of the methods, METHOD or the first that works with numbers, how far each
//     number can move before the item passes the one ahead or falls behind the next, and how often
//     it keeps its place when all numbers are uncertain.
//
// The picture FOLDER/ranks.svg shows the rank of every item by every method; open it in a browser.
// FOLDER is examples/experiment/out if not given, and there is no picture if it is empty, -out "".
//
// # A method of your own
//
// Write it into mine, in the file own.go, as these five lines, and it has its row in the matrix and its
// column in the picture:
//
//	ranked(catalogue.New("cheap_thrill",
//		prioritize.Formula[prioritize.ValueEffortInput](func(in prioritize.ValueEffortInput) (prioritize.Score, error) {
//			return prioritize.Quotient(in.Value, in.Effort.Mul(in.Effort))
//		}),
//		catalogue.Numbers(prioritize.ValueEffort{}))),
//
// The first line is its name, the last says which cell each of its inputs is in. There is one such method
// already. For break-evens and draws it takes a method that names its factors: see
// prioritize.Factored.
//
// Three methods of the library are missing: AHP, BradleyTerry and Elo work on comparisons of two items,
// which are no columns. Urgency is missing because it depends on the time of day.
//
// # Errors
//
// The exit status is 0 on success, 1 when something cannot be written, and 2 on bad input or usage. Then
// nothing is on standard output, there is no new picture, and on standard error is a line for each problem,
//
//	FILE:LINE:COLUMN: what is wrong, want what was expected
//
// as from the example groom.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

//go:embed sample.csv
var sample string

// run is the command: its arguments, where it writes, and its exit status. Nothing is written to stdout
// unless all of it can be.
func run(args []string, stdout, stderr io.Writer) int {
	return command.Run("experiment", stdout, stderr, func() (command.Report, command.Flags, error) {
		c, flags, err := parseArguments(args)
		if err != nil {
			return nil, flags, err
		}
		report, err := c.experiment(stderr)
		return report, flags, err
	})
}

// maxBytes is how large a sheet can be.
const maxBytes = 1 << 24

// load returns the sheet, which is translated if its header is in the words of others. What is lost thereby is odd.
func (c call) load() (doc, odd *command.Document) {
	odd = &command.Document{Name: c.file}
	if c.file == "" {
		return &command.Document{Name: "sample.csv", Text: sample}, odd
	}
	doc = command.LoadUpTo(maxBytes, c.file, "an item a line below a header")
	known := []string{titleColumn, "story", "criteria"}
	for _, m := range methods() {
		known = append(known, m.columns...)
		known = append(known, m.optional...)
	}
	if catalogue.IsForeign(doc.Text, titleColumn, known) && len(doc.Text) <= maxBytes {
		doc = catalogue.Translate(c.file, odd, known)
	}
	return doc, odd
}

func (c call) experiment(stderr io.Writer) (*report, error) {
	doc, odd := c.load()
	r := readReport(doc, c.by)
	if err := odd.Err(); err != nil && doc.OK() {
		if c.strict {
			return nil, err
		}
		_, _ = fmt.Fprintln(stderr, err)
	}
	if err := doc.Err(); err != nil || c.folder == "" {
		return r, err
	}
	r.picture = filepath.Join(c.folder, "ranks.svg")
	if err := writeFile(r.picture, r.chart().svg()); err != nil {
		return nil, &command.WriteError{Err: err}
	}
	return r, nil
}

// writeFile writes a file as a whole or not at all.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	part := name + ".part"
	err := os.WriteFile(part, data, 0o644)
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		_ = os.Remove(part)
	}
	return err
}

// call is what the arguments ask for.
type call struct {
	file, by, folder string
	strict           bool
}

const synopsis = "experiment [-out FOLDER] [-by METHOD] [-strict] [FILE.csv]"

func parseArguments(args []string) (call, command.Flags, error) {
	var c call
	flags, err := command.ParseFlags(args, synopsis, func(set *flag.FlagSet) {
		set.StringVar(&c.by, "by", "", "")
		set.StringVar(&c.folder, "out", "examples/experiment/out", "")
		set.BoolVar(&c.strict, "strict", false, "")
	})
	flags.Help = help()
	if err != nil {
		return c, flags, err
	}
	c.file = flags.File
	names := methodNames()
	switch n := len(flags.Args); {
	case n > 1:
		err = fmt.Errorf("%d files, want at most one: %s", n, synopsis)
	case n == 1 && strings.ToLower(filepath.Ext(c.file)) != ".csv":
		err = fmt.Errorf("the file is %q, want a name that ends in .csv", c.file)
	case c.by != "" && !slices.Contains(names, c.by):
		err = fmt.Errorf("-by is %q, want one of %s", c.by, strings.Join(names, ", "))
	}
	return c, flags, err
}

// help is what -help says below the synopsis.
func help() string {
	var text strings.Builder
	text.WriteString("The methods and their columns:\n")
	for _, m := range methods() {
		fmt.Fprintf(&text, "  %-18s  %s\n", m.name, strings.Join(m.columns, ", "))
	}
	return text.String()
}
