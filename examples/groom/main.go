// Command groom reads a backlog from a file and says what comes first, or what stands in the way.
//
//	groom [-by METHOD] [-weights NAME=NUMBER,...] [-budget NUMBER] [-now DATE]
//		[-dialects FILE] [-partial] [-format table|json] FILE
//
// What FILE holds is told by its name:
//
//   - .csv: a scoring sheet. Its first line names the columns: title, perhaps story and criteria, and
//     the columns of one or more prioritisation methods. The items are ranked by METHOD, or by the
//     first method whose columns are all there. A blank cell means "not given": the item is listed as
//     unscored, never counted as zero. What is wrong with stories and criteria is listed in the table,
//     where other stories are named by the number of their row.
//   - .txt: a user story a line. Each is taken apart into role, goal and benefit, and what is wrong
//     with it, alone or beside the others, is found. Blank lines are skipped.
//   - .feature: a feature in Gherkin. Its scenarios are listed, and what is wrong with them. A language
//     other than English needs -dialects, the official gherkin-languages.json. With -partial a file
//     with syntax errors is no bad input: what could be read is listed, and then the errors.
//   - .jsonl: an issue of a tracker a line, with id, title, status, priority, issue_type and
//     dependencies. They become a backlog: epics are features, all others stories. What is ready is
//     listed in order (by priority, then as in the file) with what finishing it frees, what is blocked
//     with its open blockers, each cycle of blockers, the critical path, and what is wrong with how
//     the work is broken down. See [Issue] for the fields and what they mean. The critical path is the
//     longest chain of open issues of which each needs the one before; links that would close a cycle
//     are no part of it, nor of what is freed.
//
// # Methods
//
// Each column is a number unless it says otherwise; NAME stands for any name, and there can be several
// columns of that kind. Letter case does not matter.
//
//	wsjf                user_business_value, time_criticality, risk_reduction, job_size
//	rice                reach, impact, confidence (above 0, at most 1), effort
//	moscow              moscow (must, should, could or won't)
//	cd3                 cost_of_delay, duration
//	ice, ice_mean       impact, confidence, ease: their product, or their mean
//	kano                must_be, one_dimensional, attractive, indifferent: how many people put the item
//	                    in this class; and if need be reverse, questionable, 0 without the column
//	opportunity         importance, satisfaction (from 0 to 10)
//	opportunity_survey  respondents, important, satisfied (whole numbers)
//	value_effort        value, effort
//	wiegers             benefit, penalty, cost, risk
//	relative_weighting  benefit, penalty, cost
//	eisenhower          urgent, important (yes or no)
//	weighted            ratings.NAME for each criterion
//	votes               votes.NAME for each stakeholder; blank for one who gives the item nothing
//	theme_screening     marks.NAME for each criterion (+, 0 or -)
//	buy_feature         price, and offers.NAME for each player; blank for one who offers nothing
//	urgency             any of priority (H, M or L), project, tags (words), annotations (how many),
//	                    entry, due, scheduled (dates), active, waiting, blocked, blocking (yes or no);
//	                    blank for what is not known or not so. Dates need -now.
//
// With -weights criteria (of weighted), stakeholders (of votes) and columns (of wiegers and
// relative_weighting) count differently, as in "-weights speed=2,looks=0.5"; without a weight they
// count once. With -budget each stakeholder has so many points, and each player so much money; without
// it 100. With -now, a date or an instant, urgency is judged as of then.
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
// marker and goal together are the wish as it was written, a part that is not there is empty, a
// severity is defect, warning or hint, and a message names other stories by their lines; for a
// .feature file
//
//	{"scenarios": [{"name": "...", "line": 3, "steps": ["Given ..."]}],
//	 "findings": [{"rule": "...", "severity": "...", "line": 3, "column": 3, "message": "...", "mend": "..."}],
//	 "errors": [{"line": 7, "column": 1, "message": "..."}]}
//
// where errors are there with -partial only, and mend says what would mend it; and for a .jsonl file
//
//	{"items": 116, "ready": ["id"], "blocked": [{"id": "...", "by": ["id"]}], "cycles": [["id", "id"]],
//	 "critical_path": ["id", "id"]}
//
// where in a cycle each id needs the next, and the last needs the first, and in the critical path each
// id needs the one before.
//
// # Errors
//
// The exit status is 0 on success, 1 when the output cannot be written, and 2 on bad input or usage.
// Then nothing is on standard output, and on standard error there is a line for each problem,
//
//	FILE:LINE:COLUMN: what is wrong, want what was expected
//
// Lines and columns count from 1; columns in bytes, but in characters in a .feature file. A byte order
// mark is not counted. In a .csv file the column is where the cell starts, in a .jsonl file where the
// value does. What concerns the file as a whole is reported at 1:1.
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

	"github.com/backlogkit/backlogkit/story/gherkin"
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
	dialects, doc := c.readDialects()
	var found report
	if len(doc.problems) == 0 {
		doc = &document{name: c.file}
		found = c.read(doc, dialects)
	}
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
type call struct {
	file, by, format string
	options          options
	dialects         string // a file
	partial          bool
}

const synopsis = "groom [-by METHOD] [-weights NAME=NUMBER,...] [-budget NUMBER] [-now DATE] " +
	"[-dialects FILE] [-partial] [-format table|json] FILE"

func parseArguments(args []string) (call, error) {
	var c call
	flags := flag.NewFlagSet("groom", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&c.by, "by", "", "")
	flags.Func("weights", "", c.options.setWeights)
	flags.Func("budget", "", c.options.setBudget)
	flags.Func("now", "", c.options.setNow)
	flags.StringVar(&c.dialects, "dialects", "", "")
	flags.BoolVar(&c.partial, "partial", false, "")
	flags.StringVar(&c.format, "format", "table", "")
	if err := flags.Parse(args); err != nil {
		return c, fmt.Errorf("%w, want %s", err, synopsis)
	}
	c.file = flags.Arg(0)
	c.by = strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(c.by))
	names := methodNames()
	switch {
	case flags.NArg() != 1:
		return c, fmt.Errorf("%d files, want one: %s", flags.NArg(), synopsis)
	case c.format != "table" && c.format != "json":
		return c, fmt.Errorf("-format is %q, want table or json", c.format)
	case c.by != "" && !slices.Contains(names, c.by):
		return c, fmt.Errorf("-by is %q, want one of %s", c.by, strings.Join(names, ", "))
	}
	return c, c.checkKind(flags)
}

// checkKind makes sure that the flags that were given are for a file of this kind.
func (c call) checkKind(flags *flag.FlagSet) (err error) {
	kinds := map[string]string{
		"by": ".csv", "weights": ".csv", "budget": ".csv", "now": ".csv",
		"dialects": ".feature", "partial": ".feature",
	}
	flags.Visit(func(f *flag.Flag) {
		if kind := kinds[f.Name]; kind != "" && kind != c.kind() && err == nil {
			err = fmt.Errorf("-%s is given, want it for a %s file only", f.Name, kind)
		}
	})
	return err
}

// kind is what the name of the file says that it holds.
func (c call) kind() string { return strings.ToLower(filepath.Ext(c.file)) }

// report is what was found out about a file. As JSON it is what the package comment promises.
type report interface {
	writeTable(out *bytes.Buffer)
}

// read reads the file. If it is bad input, the document is blamed, and there is no report.
func (c call) read(doc *document, dialects []gherkin.Dialect) report {
	kind := c.kind()
	if !slices.Contains([]string{".csv", ".txt", ".feature", ".jsonl"}, kind) {
		doc.blame(start, "the name ends in %q, want .csv, .txt, .feature or .jsonl", kind)
		return nil
	}
	if !doc.load() {
		return nil
	}
	switch kind {
	case ".csv":
		return readSheet(doc, c.by, c.options)
	case ".txt":
		return readStories(doc)
	case ".feature":
		return readFeature(doc, gherkin.Parser{Dialects: dialects}, c.partial)
	default:
		return readTracker(doc)
	}
}

func writeUsage(out *bytes.Buffer) {
	fmt.Fprintf(out, "usage: %s\n\n"+
		"FILE is a scoring sheet (.csv), a user story a line (.txt), a feature in Gherkin (.feature) or\n"+
		"a tracker's issue a line (.jsonl).\n"+
		"METHOD ranks a sheet that has its columns, but for those in []; the default is the first that can of\n", synopsis)
	for _, m := range methods() {
		columns := slices.Clone(m.columns)
		for _, optional := range m.optional {
			columns = append(columns, "["+optional+"]")
		}
		fmt.Fprintf(out, "  %-18s %s\n", m.name, strings.Join(columns, ", "))
	}
}

func writeJSON(out *bytes.Buffer, v any) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
