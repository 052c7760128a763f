// Command groom reads a backlog from a file and says what comes first, or what stands in the way.
//
//	groom [-by METHOD] [-format table|json] FILE
//
// What FILE holds is told by its name:
//
//   - .csv: a scoring sheet. Its first line names the columns: title, perhaps story and criteria, and
//     the columns of one or more prioritisation methods. The items are ranked by METHOD, or by the
//     first method whose columns are all there; groom -h lists the methods with their columns. A
//     blank cell means "not given": the item is listed as unscored, never counted as zero.
//   - .txt: a user story a line. Each is taken apart into role, goal and benefit, and what is wrong
//     with it is found. Blank lines are skipped.
//   - .jsonl: an issue of a tracker a line, with id, title, status, priority, issue_type and
//     dependencies. They become a backlog: epics are features, all others stories. What is ready is
//     listed in order (by priority, then as in the file), what is blocked with its open blockers,
//     and each cycle of blockers. See [Issue] for the fields and what they mean.
//
// # Output
//
// The table is for people. The JSON is a contract. For a .csv file it is
//
//	{"method": "wsjf",
//	 "ranking": [{"position": 1, "title": "...", "score": "5.20", "tied": false, "terms": "..."}],
//	 "unscored": [{"title": "...", "reason": "job_size is missing"}]}
//
// where score is a decimal rounded half-up to two places, and tied means that another item has
// exactly the same score before rounding; for a .txt file
//
//	[{"line": 1, "text": "...", "story": true, "role": "...", "marker": "I want to", "goal": "...",
//	  "benefit": "...", "findings": [{"rule": "...", "severity": "...", "message": "..."}]}]
//
// where text is the line without the space around it, story says whether it is a user story at all,
// marker and goal together are the wish as it was written, and a part that is not there is empty; and for a .jsonl file
//
//	{"items": 116, "ready": ["id"], "blocked": [{"id": "...", "by": ["id"]}], "cycles": [["id", "id"]]}
//
// where in a cycle each id needs the next, and the last needs the first.
//
// # Errors
//
// The exit status is 0 on success, 1 when the output cannot be written, and 2 on bad input or usage.
// Then nothing is on standard output, and on standard error there is a line for each problem,
//
//	FILE:LINE:COLUMN: what is wrong, want what was expected
//
// Lines and columns count from 1, columns in bytes; a byte order mark is not counted. In a .csv file
// the column is where the cell starts, in a .jsonl file where the value does. What concerns the file
// as a whole is reported at 1:1.
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
	"slices"
	"strings"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// The exit statuses.
const (
	success  = 0
	failure  = 1 // the output could not be written
	badInput = 2
)

// run is the command: its arguments, where it writes, and its exit status. Nothing is written to stdout
// unless all of it can be.
func run(args []string, stdout, stderr io.Writer) int {
	var out, complaints bytes.Buffer
	status := groom(args, &out, &complaints)
	if status == success {
		if _, err := stdout.Write(out.Bytes()); err != nil {
			fmt.Fprintln(&complaints, "groom:", err)
			status = failure
		}
	}
	_, _ = stderr.Write(complaints.Bytes())
	return status
}

func groom(args []string, out, complaints *bytes.Buffer) int {
	c, err := parseArguments(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		writeUsage(complaints)
		return success
	case err != nil:
		fmt.Fprintln(complaints, "groom:", err)
		return badInput
	}
	doc := &document{name: c.file}
	found := c.read(doc)
	if len(doc.problems) > 0 {
		doc.writeProblems(complaints)
		return badInput
	}
	if c.format == "table" {
		found.writeTable(out)
		return success
	}
	if err := writeJSON(out, found); err != nil {
		fmt.Fprintln(complaints, "groom:", err)
		return failure
	}
	return success
}

// call is what the arguments ask for.
type call struct{ file, by, format string }

const synopsis = "groom [-by METHOD] [-format table|json] FILE"

func parseArguments(args []string) (call, error) {
	var c call
	flags := flag.NewFlagSet("groom", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.by, "by", "", "")
	flags.StringVar(&c.format, "format", "table", "")
	if err := flags.Parse(args); err != nil {
		return c, fmt.Errorf("%w, want %s", err, synopsis)
	}
	c.file = flags.Arg(0)
	names := methodNames()
	switch {
	case flags.NArg() != 1:
		return c, fmt.Errorf("%d files, want one: %s", flags.NArg(), synopsis)
	case c.format != "table" && c.format != "json":
		return c, fmt.Errorf("-format is %q, want table or json", c.format)
	case c.by != "" && !slices.Contains(names, c.by):
		return c, fmt.Errorf("-by is %q, want one of %s", c.by, strings.Join(names, ", "))
	case c.by != "" && c.kind() != ".csv":
		return c, fmt.Errorf("-by is %q, want it for a .csv file only", c.by)
	}
	return c, nil
}

// kind is what the name of the file says that it holds.
func (c call) kind() string { return strings.ToLower(filepath.Ext(c.file)) }

// report is what was found out about a file. As JSON it is what the package comment promises.
type report interface {
	writeTable(out *bytes.Buffer)
}

// read reads the file. If it is bad input, the document is blamed, and there is no report.
func (c call) read(doc *document) report {
	kind := c.kind()
	if !slices.Contains([]string{".csv", ".txt", ".jsonl"}, kind) {
		doc.blame(start, "the name ends in %q, want .csv, .txt or .jsonl", kind)
		return nil
	}
	if !doc.load() {
		return nil
	}
	switch kind {
	case ".csv":
		return readSheet(doc, c.by)
	case ".txt":
		return readStories(doc)
	default:
		return readTracker(doc)
	}
}

func writeUsage(out *bytes.Buffer) {
	fmt.Fprintf(out, "usage: %s\n\n"+
		"FILE is a scoring sheet (.csv), a user story a line (.txt) or a tracker's issue a line (.jsonl).\n"+
		"METHOD ranks a sheet that has its columns; the default is the first that can of\n", synopsis)
	for _, m := range methods() {
		fmt.Fprintf(out, "  %-12s %s\n", m.name, strings.Join(m.columns, ", "))
	}
}

func writeJSON(out *bytes.Buffer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
