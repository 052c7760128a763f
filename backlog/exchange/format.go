package exchange

import (
	"fmt"
	"slices"
	"strings"
)

// Format is a kind of file.
type Format string

// The formats that are read.
const (
	JiraCSV       Format = "jira-csv"
	LinearCSV     Format = "linear-csv"
	AzureCSV      Format = "azure-csv"
	GitLabCSV     Format = "gitlab-csv"
	AsanaCSV      Format = "asana-csv"
	ShortcutCSV   Format = "shortcut-csv"
	RedmineCSV    Format = "redmine-csv"
	TableCSV      Format = "csv" // any table with a column of titles: score sheets, lists of stories
	GitHubJSON    Format = "github-json"
	GitLabJSON    Format = "gitlab-json"
	TrelloJSON    Format = "trello-json"
	BeadsJSONL    Format = "beads-jsonl"
	TaskMaster    Format = "task-master-json"
	BacklogMD     Format = "backlog-md"
	Taskwarrior   Format = "taskwarrior-json"
	TodoTXT       Format = "todo-txt"
	StoryList     Format = "stories-txt" // a user story a line
	FeatureFile   Format = "gherkin"
	MarkdownTasks Format = "markdown" // headings and lists with boxes to tick
)

// Certainty is how sure [Detect] is.
type Certainty uint8

// The certainties. The zero value is a format that a file is not of.
const (
	Possible Certainty = iota + 1 // it can be read so
	Likely                        // much speaks for it
	Certain                       // nothing else looks like it, or the caller named the format
)

var certaintyTexts = [...]string{Possible: "possible", Likely: "likely", Certain: "certain"}

// IsValid reports whether c is one of the three certainties.
func (c Certainty) IsValid() bool { return c >= Possible && c <= Certain }

// String returns the text form: "possible", "likely" or "certain".
func (c Certainty) String() string {
	if !c.IsValid() {
		return fmt.Sprintf("Certainty(%d)", uint8(c))
	}
	return certaintyTexts[c]
}

// MarshalText returns the text form.
func (c Certainty) MarshalText() ([]byte, error) {
	if !c.IsValid() {
		return nil, unknownText("certainty", c.String(), certaintyTexts[1:])
	}
	return []byte(certaintyTexts[c]), nil
}

// UnmarshalText reads the text form; c stays as it was on an error.
func (c *Certainty) UnmarshalText(text []byte) error {
	i, err := indexText("certainty", text, certaintyTexts[1:])
	if err == nil {
		*c = Certainty(i + 1)
	}
	return err
}

// format is how one kind of file is recognised and taken apart.
type format struct {
	name Format

	// detect reports how sure it is that the file is of this format, from its head; 0 is not at all.
	detect func(f *file) Certainty

	// read adds a row for each item. It must hand over every filled cell, see [source].
	read func(f *file, s *source) error
}

// file is what formats look at.
type file struct {
	name string // in lower case, without folders; may be empty
	text string // UTF-8 without a byte order mark; only the head of it in [Detect]
	head string // the first bytes, cut anywhere

	options *Options
	peeked  *peek           // made by [file.peek]
	outline map[string]bool // made by [file.has]
}

// formats returns all formats, those of the caller first: of two that are equally sure, the first is taken.
func formats(options *Options) []format {
	var all []format
	for i := range options.Columns {
		all = append(all, newTable(options.Columns[i]).format())
	}
	return slices.Concat(all, treeFormats(), textFormats(), tableFormats())
}

// Formats returns the formats that are read, without those of the caller's own.
func Formats() []Format {
	var names []Format
	for _, f := range formats(&Options{}) {
		names = append(names, f.name)
	}
	return names
}

// maxHead is how much of a file is looked at to find its format; a header can be of thousands of columns.
const maxHead = 1 << 20

// Detect returns the format of a file that begins with head, with its certainty. The name may be empty.
// The certainty is 0 if the file looks like none of [Formats]. A megabyte of head is enough.
func Detect(head []byte, name string) (Format, Certainty) {
	options := Options{Name: name}.withDefaults()
	f := newFile(decode(string(head[:min(len(head), maxHead)])), &options)
	found, certainty := f.detect()
	return found.name, certainty
}

func newFile(text string, options *Options) *file {
	name := strings.ToLower(options.Name)
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	return &file{name: name, text: text, head: text[:min(len(text), maxHead)], options: options}
}

// detect returns the first of the formats that are surest.
func (f *file) detect() (best format, certainty Certainty) {
	for _, one := range formats(f.options) {
		if c := one.detect(f); c > certainty {
			best, certainty = one, c
		}
	}
	return best, certainty
}

// hasSuffix reports whether the name of the file ends in one of the suffixes: ".csv".
func (f *file) hasSuffix(suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix(f.name, suffix) })
}
