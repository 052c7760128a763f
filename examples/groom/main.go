// Command groom reads a backlog from a file and says what comes first, or what stands in the way.
//
//	groom [-by METHOD] [-weights NAME=NUMBER,...] [-budget NUMBER] [-now DATE]
//		[-dialects FILE] [-partial] [-strict] [-format table|json] FILE
//
// What FILE holds is told by its name:
//
//   - .csv: a scoring sheet. Its first line names the columns: title, perhaps story and criteria, and
//     the columns of one or more prioritisation methods. A sheet with other columns is read as people
//     write them, "Effort (person-months)", "80%": see [prioritize.Candidates]. The items are ranked by METHOD, or by the
//     first method whose columns are all there. A blank cell means "not given": the item is listed as
//     unscored, never counted as zero. What is wrong with stories and criteria, a criterion a line of
//     the cell, is listed in the table, where other stories are named by the number of their row. That
//     criteria are vague is a hint.
//   - .txt: a user story a line, or a card of several lines between blank ones. Each is taken apart into
//     role, conditions, goal and benefit, and what is wrong
//     with it, alone or beside the others, is found. It is in English, German, French or Spanish, found from its words. Lines
//     with a bullet right behind it are its criteria. Blank lines are skipped.
//   - .feature: a feature in Gherkin. Its scenarios are listed, and what is wrong with them. A language
//     other than English, German, French and Spanish needs -dialects, the official gherkin-languages.json. With -partial a file
//     with syntax errors is no bad input: what could be read is listed, and then the errors.
//   - .jsonl, .json, .md, or .csv with the header of a tracker: what a tracker exports, in any of the formats of package
//     exchange, such as an issue a line. The items become a backlog: epics are features, all others
//     stories. What is ready is listed in order (by priority, then as in the file) with what finishing
//     it frees, what is blocked with the open issues that it or a parent of it waits for, what is held
//     with the reason, each cycle of blockers, the critical path, and what is wrong with how the work
//     is broken down. Open issues that are user stories are taken apart and judged as those of a .txt file, and so are
//     their criteria. The critical path is the longest chain of open issues of which each needs the
//     one before; links that would close a cycle are no part of it.
//
// An open issue that waits for none is held if its status is one of work that nobody may start (blocked,
// on hold, deferred, pinned, future), if it is deferred until later than -now, if that is so of a parent,
// if it is only to be done in case another fails (conditional-blocks), or if it is an epic beside parts
// of it that are open. Without -now it is the latest instant at which something happened in the file.
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
//	 "unscored": [{"title": "...", "reason": "job_size is missing"}],
//	 "findings": [{"title": "...", "rule": "...", "severity": "...", "message": "..."}]}
//
// where score is a decimal rounded half-up to two places, and tied means that another item has
// exactly the same score before rounding. By moscow, kano and eisenhower an item has a class and no
// number: then score is that class ("must", "attractive", "schedule"). For a .txt file
//
//	[{"line": 1, "text": "...", "story": true, "role": "...", "conditions": ["after I log in"],
//	  "marker": "I want to", "goal": "...", "benefit": "...", "language": "en", "certainty": 97,
//	  "suggestion": "...", "invest": [{"letter": "I", "name": "independent", "severity": "", "rules": []}],
//	  "criteria": [{"line": 2, "text": "...", "findings": []}],
//	  "findings": [{"rule": "...", "severity": "...", "message": "..."}]}]
//
// where text is the line without the space around it, story says whether it is a user story at all,
// marker and goal together are the wish as it was written, certainty is that of the language in percent, suggestion is
// the sentence in its usual form where only commas and articles change, severity in invest is that of the worst finding
// of the rules, a part that is not there is empty, a
// severity is defect, warning or hint, and a message names other stories by their lines; for a
// .feature file
//
//	{"scenarios": [{"name": "...", "line": 3, "steps": ["Given ..."]}],
//	 "findings": [{"rule": "...", "severity": "...", "line": 3, "column": 3, "message": "...", "mend": "..."}],
//	 "errors": [{"line": 7, "column": 1, "message": "..."}]}
//
// where errors are there with -partial only, and mend says what would mend it; and for a tracker's file
//
//	{"items": 116, "ready": ["id"], "blocked": [{"id": "...", "by": ["id"]}],
//	 "held": [{"id": "...", "reason": "..."}], "cycles": [["id", "id"]], "critical_path": ["id", "id"],
//	 "stories": [{"id": "...", "line": 1, "text": "...", ...}]}
//
// where stories are the open issues that are user stories by their titles or else their descriptions, each as a line of a
// .txt file; in a cycle each id needs the next, and the last needs the first, and in the critical path each
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
// mark is not counted. In a .csv file the column is where the cell starts; in that of a tracker it
// is 1. What concerns the file as a whole is reported at 1:1.
//
// A line of a tracker's file that is no issue costs that line: it is left out, and so is a link out of
// the file, with a line for each on standard error. It is bad input if nothing is left, or with -strict.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/story/gherkin"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the command: its arguments, where it writes, and its exit status. Nothing is written to stdout
// unless all of it can be.
func run(args []string, stdout, stderr io.Writer) int {
	return command.Run("groom", stdout, stderr, func() (command.Report, command.Flags, error) {
		c, flags, err := parseArguments(args)
		if err != nil {
			return nil, flags, err
		}
		report, err := c.groom(stderr)
		return report, flags, err
	})
}

// call is what the arguments ask for.
type call struct {
	file, by string
	options  options
	dialects string // a file
	partial  bool
	strict   bool
}

const synopsis = "groom [-by METHOD] [-weights NAME=NUMBER,...] [-budget NUMBER] [-now DATE] " +
	"[-dialects FILE] [-partial] [-strict] [-format table|json] FILE"

func parseArguments(args []string) (call, command.Flags, error) {
	var c call
	flags, err := command.ParseFile(args, synopsis, func(set *flag.FlagSet) {
		set.StringVar(&c.by, "by", "", "")
		set.Func("weights", "", c.options.setWeights)
		set.Func("budget", "", c.options.setBudget)
		set.Func("now", "", c.options.setNow)
		set.StringVar(&c.dialects, "dialects", "", "")
		set.BoolVar(&c.partial, "partial", false, "")
		set.BoolVar(&c.strict, "strict", false, "")
	})
	flags.Help = help()
	if err != nil {
		return c, flags, err
	}
	c.file = flags.File
	c.by = command.Keyword(c.by)
	if names := methodNames(); c.by != "" && !slices.Contains(names, c.by) {
		return c, flags, fmt.Errorf("-by is %q, want one of %s", c.by, strings.Join(names, ", "))
	}
	return c, flags, c.checkKind(flags)
}

// checkKind makes sure that the flags that were given are for a file of this kind.
func (c call) checkKind(flags command.Flags) error {
	for _, one := range []struct{ flag, kind string }{
		{"budget", ".csv"},
		{"by", ".csv"},
		{"dialects", ".feature"},
		{"partial", ".feature"},
		{"weights", ".csv"},
	} {
		if flags.Given(one.flag) && c.kind() != one.kind {
			return fmt.Errorf("-%s is given, want it for a %s file only", one.flag, one.kind)
		}
	}
	if flags.Given("now") && (c.kind() == ".txt" || c.kind() == ".feature") {
		return fmt.Errorf("-now is given, want it for a .csv file or that of a tracker only")
	}
	return nil
}

// kind is what the name of the file says that it holds.
func (c call) kind() string { return strings.ToLower(filepath.Ext(c.file)) }

// outcome returns a report, unless the document is bad input. What is odd about it goes to standard error or, with
// -strict, is bad input.
func (c call) outcome(stderr io.Writer, report command.Report, odd, doc *command.Document) (command.Report, error) {
	if err := doc.Err(); err != nil {
		return nil, err
	}
	if err := odd.Err(); c.strict {
		return report, err
	} else if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
	}
	return report, nil
}

func (c call) groom(stderr io.Writer) (command.Report, error) {
	if command.IsTracker(c.file) {
		report, odd, doc := readTracker(c.file, c.options.Now, c.strict)
		return c.outcome(stderr, report, odd, doc)
	}
	if c.kind() == ".csv" && catalogue.IsForeign(string(command.Head(c.file)), titleColumn, knownColumns()) {
		report, odd, doc := readForeign(c.file, c.by, c.options)
		return c.outcome(stderr, report, odd, doc)
	}
	dialects, err := command.LoadDialects(c.dialects)
	if err != nil {
		return nil, err
	}
	doc := c.load()
	if !doc.OK() {
		return nil, doc.Err()
	}
	report := c.read(doc, dialects)
	return report, doc.Err()
}

func (c call) load() *command.Document {
	if kind := c.kind(); !slices.Contains([]string{".csv", ".txt", ".feature"}, kind) {
		doc := &command.Document{Name: c.file}
		doc.Blame(command.Start(), "the name ends in %q, want .csv, .txt, .feature, .jsonl, .json or .md", kind)
		return doc
	}
	if strings.EqualFold(filepath.Ext(c.file), ".feature") {
		return command.LoadDecoded(c.file, wantedLines, gherkin.Decode)
	}
	return command.Load(c.file, wantedLines)
}

// wantedLines is what an empty file lacks.
const wantedLines = "a line an item"

// read understands the document. If it is bad input, it is blamed, and there is no report.
func (c call) read(doc *command.Document, dialects []gherkin.Dialect) command.Report {
	switch c.kind() {
	case ".csv":
		return readSheet(doc, c.by, c.options)
	case ".txt":
		return readStories(doc)
	default:
		return readFeature(doc, gherkin.Parser{Dialects: dialects}, c.partial)
	}
}

// help is what -help says below the synopsis.
func help() string {
	var text strings.Builder
	text.WriteString("FILE is a scoring sheet (.csv), a user story a line (.txt), a feature in Gherkin (.feature) or\n" +
		"what a tracker exports (.jsonl, .json, .md, .csv).\n" +
		"METHOD ranks a sheet that has its columns, but for those in []; the default is the first that can of\n")
	for _, m := range methods() {
		columns := slices.Clone(m.columns)
		for _, optional := range m.optional {
			columns = append(columns, "["+optional+"]")
		}
		fmt.Fprintf(&text, "  %-18s %s\n", m.name, strings.Join(columns, ", "))
	}
	return text.String()
}
