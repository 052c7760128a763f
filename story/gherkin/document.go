package gherkin

import "github.com/backlogkit/backlogkit/story/field"

// Position is a place in the text: line and column from 1. Columns count runes.
// The zero value means unknown: a value that was not read from a text.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// Document is one feature file.
type Document struct {
	Feature  *Feature  `json:"feature,omitzero"` // nil when the text holds nothing but comments
	Comments []Comment `json:"comments,omitzero"`
}

// Comment is a line that begins with "#".
// Text is the whole line, indentation included, and Column is therefore 1.
type Comment struct {
	Position
	Text string `json:"text"`
}

// Tag is a label such as "@slow" on a feature, rule, scenario or examples table. Name includes the
// "@".
type Tag struct {
	Position
	Name string `json:"name"`
}

// Feature is the root of a document: what is described, and the scenarios that describe it.
//
// In every titled value Keyword is the word as written, without the colon; empty stands for the
// English one when writing. Description is the free text below the title, lines joined by "\n",
// their indentation kept.
type Feature struct {
	Position
	Language    string      `json:"language"` // code of the dialect, such as "en"
	Tags        []Tag       `json:"tags,omitzero"`
	Keyword     string      `json:"keyword"`
	Name        string      `json:"name"`
	Description string      `json:"description,omitzero"`
	Background  *Background `json:"background,omitzero"`
	Scenarios   []Scenario  `json:"scenarios,omitzero"`
	Rules       []Rule      `json:"rules,omitzero"` // they follow the scenarios
}

// Rule groups the scenarios of one business rule within a feature.
type Rule struct {
	Position
	Tags        []Tag       `json:"tags,omitzero"`
	Keyword     string      `json:"keyword"`
	Name        string      `json:"name"`
	Description string      `json:"description,omitzero"`
	Background  *Background `json:"background,omitzero"`
	Scenarios   []Scenario  `json:"scenarios,omitzero"`
}

// Background holds the steps that come before those of every scenario beside it.
type Background struct {
	Position
	Keyword     string `json:"keyword"`
	Name        string `json:"name"`
	Description string `json:"description,omitzero"`
	Steps       []Step `json:"steps,omitzero"`
}

// Scenario is one example of behaviour. With Examples it is an outline: a template that is run once
// for each of their rows.
type Scenario struct {
	Position
	Tags        []Tag      `json:"tags,omitzero"`
	Keyword     string     `json:"keyword"`
	Outline     bool       `json:"outline,omitzero"` // Keyword is one that promises examples
	Name        string     `json:"name"`
	Description string     `json:"description,omitzero"`
	Steps       []Step     `json:"steps,omitzero"`
	Examples    []Examples `json:"examples,omitzero"`

	// Language and Comments are set on a scenario that was read alone.
	// Within a document they belong to the feature and the document.
	Language string    `json:"language,omitzero"`
	Comments []Comment `json:"comments,omitzero"`
}

// Examples is a table of values for the variables of an outline.
type Examples struct {
	Position
	Tags        []Tag  `json:"tags,omitzero"`
	Keyword     string `json:"keyword"`
	Name        string `json:"name"`
	Description string `json:"description,omitzero"`
	Header      *Row   `json:"header,omitzero"` // names of the variables; nil without a table
	Body        []Row  `json:"body,omitzero"`
}

// Step is one Given, When, Then, And, But or * line with what hangs below it.
type Step struct {
	Position
	Keyword     string      `json:"keyword"` // as written, with the space after it if it has one
	KeywordType KeywordType `json:"keywordType"`
	Text        string      `json:"text"`
	DataTable   *DataTable  `json:"dataTable,omitzero"`
	DocString   *DocString  `json:"docString,omitzero"`
}

// DataTable is a table handed to a step. All rows have the same number of cells.
type DataTable struct {
	Position
	Rows []Row `json:"rows"`
}

// Row is one line of a table.
type Row struct {
	Position
	Cells []Cell `json:"cells"`
}

// Cell is one field of a row, without the space around it and with its escapes (\|, \\ and \n)
// resolved.
type Cell struct {
	Position
	Value string `json:"value"`
}

// DocString is a text of several lines handed to a step.
type DocString struct {
	Position
	Delimiter string `json:"delimiter"`          // """ or ```; empty stands for """ when writing
	MediaType string `json:"mediaType,omitzero"` // what follows the opening delimiter, such as "json"
	Content   string `json:"content"`            // lines joined by "\n", less the delimiter's indentation
}

// KeywordType is what a step is for. The zero value is unset.
type KeywordType uint8

// The types of step keywords. Their text forms are the names in the official trees: "Context".
const (
	Context     KeywordType = iota + 1 // Given
	Action                             // When
	Outcome                            // Then
	Conjunction                        // And, But: the type of the step before
	Unknown                            // *, or a word the language uses for several types
)

var keywordTypes = field.EnumOf[KeywordType]("gherkin", "KeywordType",
	"Context", "Action", "Outcome", "Conjunction", "Unknown")

// String returns the text form.
func (t KeywordType) String() string { return keywordTypes.String(t) }

// MarshalText returns the text form.
func (t KeywordType) MarshalText() ([]byte, error) { return keywordTypes.MarshalText(t) }

// UnmarshalText reads the text form; t stays as it was on an error.
func (t *KeywordType) UnmarshalText(text []byte) error { return keywordTypes.UnmarshalText(t, text) }
