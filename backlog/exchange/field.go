package exchange

// Field is what a column of a file holds. The zero value is a custom value.
type Field uint8

// The fields of an [Item], what makes a link, and what is implied by other cells.
const (
	FieldCustom Field = iota
	FieldKey
	FieldID
	FieldKind
	FieldTitle // see [Column.Depth]
	FieldDescription
	FieldStatus
	FieldCategory   // the tracker's own category of the status; also true and false for done and not
	FieldResolution // why it was closed
	FieldPoints
	FieldEstimated // a time; a plain number is in seconds, see [Column.Unit]
	FieldRemaining
	FieldSpent
	FieldPriority
	FieldLabels
	FieldAssignee
	FieldParent
	FieldSprints
	FieldReleases
	FieldCreated
	FieldUpdated
	FieldStarted
	FieldDone
	FieldDue
	FieldDeferred
	FieldCriteria // acceptance criteria, one a line
	FieldFactor   // a number to prioritise by
	FieldLink     // the item at the other end; see [Column.Meaning]
	FieldImplied  // repeats what other cells hold: carried by them
)

// isDate reports whether the cells of the field are instants.
func (f Field) isDate() bool { return f >= FieldCreated && f <= FieldDeferred }

// isNumber reports whether the cells of the field are numbers.
func (f Field) isNumber() bool {
	return f == FieldPoints || f == FieldFactor || f.isTime()
}

// isTime reports whether the cells of the field are durations.
func (f Field) isTime() bool { return f >= FieldEstimated && f <= FieldSpent }

// Column is what a column holds, and how.
type Column struct {
	Field   Field
	Split   string  // what separates several values in a cell, any of these characters: ",;"
	Depth   int     // of a title in a tree that takes several columns: 1 is the top; 0 elsewhere
	Unit    string  // of a time that is a plain number: "s", the default, "m" or "h"
	UTC     bool    // of a date without a zone: it is in UTC, whatever [Options] name
	Meaning Meaning // of a link: what the row's item has to do with the one that the cell names
	Inward  bool    // of a link: it is the other way round, from the item that the cell names to that of the row
	Word    string  // of a link: how the tracker calls it; the header if it is empty

	bound       bound
	statusSince bool // of a custom date: it is when the item came into its status
	givenUp     bool // of a date of completion: it is that of what was given up
	worded      bool // of a link: the cell has the word too, "Blocks #45, Related to #7"
	isWhole     bool // of criteria: the cell is one, however many lines it has
}

// Columns is the table of a format of comma-separated values, for formats of one's own and for the built-in
// ones. Headers are compared without regard to letter case, underscores, hyphens, apostrophes and repeated spaces.
type Columns struct {
	Format Format

	// Signature are the headers that a file must have to be of this format. "id|key" is either.
	Signature []string

	// Names are the headers of each kind of column: "issue key|work item key". A header may stand in a file many times.
	Names map[string]Column

	// Wrappers stand before a name in brackets: "custom field" for "Custom field (Due date)". Such a column is the
	// one in the brackets if Wrapped has it, and a custom value of that name if not.
	Wrappers []string
	Wrapped  map[string]Column

	// Inward and Outward stand before the name of a kind of link in brackets: "outward issue link" for
	// "Outward issue link (Blocks)".
	Inward, Outward []string

	never         string   // a header, folded, that no file of the format has
	titles        []string // the headers of titles, the best first, instead of a signature
	firstPriority int      // the number of the most urgent priority, if the format has one
	doneByDate    bool     // what has a date of completion is done, whatever its status
}
