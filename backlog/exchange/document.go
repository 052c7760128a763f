package exchange

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// Document is what a file holds, whatever tracker it is from.
type Document struct {
	Format    Format    `json:"format"`
	Certainty Certainty `json:"certainty"`
	Items     []Item    `json:"items"`
	Links     []Link    `json:"links"`              // each once, also where both ends name it; parents too
	Values    []Value   `json:"values"`             // of the file as a whole: the settings of a board
	Sprints   []Period  `json:"sprints,omitempty"`  // that the file has dates of, by the names that items have them
	Releases  []Period  `json:"releases,omitempty"` // likewise
	Losses    []Loss    `json:"losses"`             // one a cell, by row

	Rows    int `json:"rows"`    // that are not blank, without the header
	Cells   int `json:"cells"`   // that are not blank
	Carried int `json:"carried"` // cells in fields and links
	Custom  int `json:"custom"`  // cells in custom values

	Skipped  []Skipped     `json:"skipped_rows"`  // rows that became no item; their cells are losses
	Repeated []Skipped     `json:"repeated_rows"` // rows of items that an earlier row has
	Statuses []StatusCount `json:"statuses"`      // in the order of the file
	Kinds    []KindCount   `json:"kinds"`         // in the order of the file
	Dates    DateCounts    `json:"dates"`
	Warnings []string      `json:"warnings"` // for people: what was ambiguous, unknown, or left out
}

// Item is a piece of work as a tracker describes it. What the file does not give is the zero value.
type Item struct {
	Row int    `json:"row"`          // the record of a table as a spreadsheet counts, the line, or the number in a list, from 1
	Key string `json:"key"`          // by which people know it and links name it; made up from the row if there is none
	ID  string `json:"id,omitempty"` // the tracker's internal id, where it is another

	Kind        string `json:"kind,omitempty"` // the tracker's word
	Level       Level  `json:"level"`
	Title       string `json:"title"` // on one line
	Description string `json:"description,omitempty"`

	Status     string         `json:"status,omitempty"` // the tracker's word
	Category   story.Category `json:"category"`         // completed is delivered, removed is given up
	Held       bool           `json:"held,omitempty"`   // by its status nobody may start it: blocked, on hold, deferred …
	Resolution string         `json:"resolution,omitempty"`

	Points    decimal.NullDecimal `json:"points"`
	Estimated decimal.NullDecimal `json:"estimated"` // seconds
	Remaining decimal.NullDecimal `json:"remaining"` // seconds
	Spent     decimal.NullDecimal `json:"spent"`     // seconds

	Priority string   `json:"priority,omitempty"` // the tracker's word
	Urgency  int      `json:"urgency,omitempty"`  // what it means: 1, the most urgent, to 5; 0 if it is unknown
	Labels   []string `json:"labels,omitempty"`
	Assignee string   `json:"assignee,omitempty"`
	Parent   string   `json:"parent,omitempty"` // its key, or what the file names instead where that is not in the file
	Sprints  []string `json:"sprints,omitempty"`
	Releases []string `json:"releases,omitempty"`

	Created       time.Time `json:"created,omitzero"`
	Updated       time.Time `json:"updated,omitzero"`
	Started       time.Time `json:"started,omitzero"`
	Done          time.Time `json:"done,omitzero"` // delivered or given up
	Due           time.Time `json:"due,omitzero"`
	DeferredUntil time.Time `json:"deferred_until,omitzero"`

	Criteria []string `json:"criteria,omitempty"` // acceptance criteria, of a column or below a heading of the description
	Scores   []Factor `json:"scores,omitempty"`   // factors of prioritisation methods
	Custom   []Value  `json:"values,omitempty"`   // everything else, in the order of the file
}

// Factor is a number to prioritise by, under the name of its column.
type Factor struct {
	Name  string          `json:"name"`
	Value decimal.Decimal `json:"value"`
}

// Link is a relation between two items, named by their keys. One end need not be in the file: an export is a part.
type Link struct {
	Row     int     `json:"row"` // where it was met first
	From    string  `json:"from"`
	To      string  `json:"to"`
	Word    string  `json:"word"` // how the tracker calls it: "Blocks"
	Meaning Meaning `json:"meaning"`
}

// Loss is a cell that became neither a field nor a custom value.
type Loss struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// Skipped is a row that became no item.
type Skipped struct {
	Row    int    `json:"row"`
	Reason string `json:"reason"`
}

// StatusCount is how many items are in a status, and what it was taken for. A status is listed once for
// each category that it was taken for: a resolution or the tracker's own category can change it.
type StatusCount struct {
	Name     string         `json:"name"`
	Category story.Category `json:"category"`
	Count    int            `json:"count"`
	Guessed  bool           `json:"guessed,omitempty"` // the word is unknown, and the tracker gives no category
}

// KindCount is how many items are of a kind, and what it was taken for.
type KindCount struct {
	Name  string `json:"name"`
	Level Level  `json:"level"`
	Count int    `json:"count"`
}

// DateCounts counts the cells of columns that hold dates.
type DateCounts struct {
	Read      int `json:"read"`
	Unread    int `json:"unread"`    // each is a loss
	Ambiguous int `json:"ambiguous"` // of those read: day and month could be the other way round
}
