// Package command is what the example commands have in common: flags, a document that is read with all
// that is wrong with it, a table, the exit status, and progress while long work runs.
//
// A command that uses it keeps this contract. The exit status is 0 on success, 1 when the output cannot
// be written, and 2 on bad input or usage. Then nothing is on standard output, and on standard error
// there is a line for each problem, FILE:LINE:COLUMN: what is wrong, want what was expected. Lines and
// columns count from 1, columns in bytes; a byte order mark is not counted. What concerns the file as a
// whole is reported at 1:1. Tables and problems show text from the file with question marks for what a
// terminal might obey, see [Printable]; JSON has the text as it is.
//
// A command parses its arguments with [ParseFile], reads the file with [Load], and blames the document
// for what is wrong with it; [Document.Rows] and [Sheet] are for what many of them read, and [LoadTracker] for what trackers export.
// What it found out is a [Report]. [Run] does the rest:
//
//	func run(args []string, stdout, stderr io.Writer) int {
//		return command.Run("count", stdout, stderr, func() (command.Report, command.Flags, error) {
//			flags, err := command.ParseFile(args, "count [-format table|json] FILE", nil)
//			if err != nil {
//				return nil, flags, err
//			}
//			doc := command.Load(flags.File, "a line an item")
//			return countLines(doc), flags, doc.Err()
//		})
//	}
package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
)

// The exit statuses.
const (
	Success  = 0
	Failure  = 1 // the output could not be written
	BadInput = 2
)

// Report is what a command found out. As JSON it is what [json.Marshal] makes of it.
type Report interface {
	// WriteTable writes it for people.
	WriteTable(out *bytes.Buffer)
}

// WriteError says that something else than the report could not be written: a picture. It is no fault
// of the input.
type WriteError struct{ Err error }

func (e *WriteError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// Run does what a command is for, and returns its exit status. Nothing is written to stdout unless all
// of it can be.
func Run(name string, stdout, stderr io.Writer, do func() (Report, Flags, error)) int {
	report, flags, err := do()
	var bad *DocumentError
	var unwritten *WriteError
	switch {
	case errors.Is(err, flag.ErrHelp):
		flags.writeUsage(stderr)
		return Success
	case errors.As(err, &bad):
		_, _ = fmt.Fprintln(stderr, bad)
		return BadInput
	case errors.As(err, &unwritten):
		complain(stderr, name, unwritten.Err)
		return Failure
	case err != nil:
		complain(stderr, name, err)
		return BadInput
	}
	if err := write(stdout, report, flags.Format); err != nil {
		complain(stderr, name, err)
		return Failure
	}
	return Success
}

// complain writes a line for each error that is joined in err.
func complain(stderr io.Writer, name string, err error) {
	for _, one := range Problems(err) {
		_, _ = fmt.Fprintf(stderr, "%s: %s\n", name, OnLine(one.Error()))
	}
}

func write(stdout io.Writer, report Report, format string) error {
	var out bytes.Buffer
	if format != jsonFormat {
		report.WriteTable(&out)
	} else {
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(report); err != nil {
			return err
		}
	}
	_, err := stdout.Write(out.Bytes())
	return err
}
