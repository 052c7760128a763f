// Package command is what the example commands have in common: flags, a document that is read with all
// that is wrong with it, a table, the exit status, and progress while long work runs.
//
// A command that uses it keeps this contract. The exit status is 0 on success, 1 when the output cannot
// be written, and 2 on bad input or usage. Then nothing is on standard output, and on standard error
// there is a line for each problem, FILE:LINE:COLUMN: what is wrong, want what was expected. Lines and
// columns count from 1, columns in bytes; a byte order mark is not counted. What concerns the file as a
// whole is reported at 1:1.
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

// Report is what a command found out.
type Report interface {
	// JSON returns what it is as JSON.
	JSON() any
	// WriteTable writes it for people.
	WriteTable(out *bytes.Buffer)
}

// Run does what a command is for, and returns its exit status. Nothing is written to stdout unless all
// of it can be.
func Run(name string, stdout, stderr io.Writer, do func() (Report, Flags, error)) int {
	report, flags, err := do()
	var bad *DocumentError
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, _ = fmt.Fprintln(stderr, "usage:", flags.synopsis)
		return Success
	case errors.As(err, &bad):
		_, _ = fmt.Fprintln(stderr, bad)
		return BadInput
	case err != nil:
		_, _ = fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return BadInput
	}
	if err := write(stdout, report, flags.Format); err != nil {
		_, _ = fmt.Fprintf(stderr, "%s: %v\n", name, err)
		return Failure
	}
	return Success
}

func write(stdout io.Writer, report Report, format string) error {
	var out bytes.Buffer
	if format == tableFormat {
		report.WriteTable(&out)
	} else {
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(report.JSON()); err != nil {
			return err
		}
	}
	_, err := stdout.Write(out.Bytes())
	return err
}
