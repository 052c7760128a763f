package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// Report is what an import does, for people to read before it is done and for the record.
type Report struct {
	Source    string `json:"source"`
	Items     int    `json:"items"` // of the document
	New       int    `json:"new"`   // stories, features and goals
	Changed   int    `json:"changed"`
	Unchanged int    `json:"unchanged"`
	LeftOut   int    `json:"left_out"` // items that become nothing

	// What becomes what.
	Kinds     []KindReport    `json:"kinds"`
	Statuses  []StatusMapping `json:"statuses"`  // with the state that each becomes
	Estimated int             `json:"estimated"` // items with points
	Points    decimal.Decimal `json:"points"`    // all together
	Sprints   []SprintReport  `json:"sprints"`
	Releases  []NameMapping   `json:"releases"`
	Goals     []string        `json:"goals"` // titles

	Changes    []ItemChange      `json:"changes"`     // of items that are in the backlog already
	Both       []Conflict        `json:"both"`        // fields that both sides changed
	Losses     []ImportLoss      `json:"losses"`      // what of the document does not come into the backlog, or only as data
	Circles    []Circle          `json:"circles"`     // of links, and which was dropped
	SecondRows []Skipped         `json:"second_rows"` // rows of items that an earlier row has
	Breaches   []backlog.Finding `json:"breaches"`    // rules of practice that what is imported breaks
}

// KindReport is what the items of a kind become.
type KindReport struct {
	Name  string     `json:"name"`
	Level string     `json:"level"`         // the text of a [Level], or "none" for what is left out
	Kind  story.Kind `json:"kind,omitzero"` // of a story or a feature
	Count int        `json:"count"`         // of items
	Why   string     `json:"why,omitzero"`  // the level is another than the name would have it
}

// SprintReport is what a sprint of the tracker becomes.
type SprintReport struct {
	Name    string               `json:"name"`
	Status  backlog.SprintStatus `json:"status"`  // planned or active while it holds open stories, closed if not; one that is there keeps its own
	Stories int                  `json:"stories"` // those in it
	IsNew   bool                 `json:"new"`
	Start   time.Time            `json:"start,omitzero"`
	End     time.Time            `json:"end,omitzero"`
}

// ItemChange is what an import changes in an item that is there.
type ItemChange struct {
	Key    string   `json:"key"`
	Fields []string `json:"fields"` // "status", "estimate", or the name of a value; "links" for those to other items
}

// Conflict is a field that the backlog and the tracker both changed since the last import.
type Conflict struct {
	Key      string `json:"key"`
	Field    string `json:"field"`
	Here     string `json:"here"` // the beginning of the value
	File     string `json:"file"`
	TookFile bool   `json:"took_file"` // see [Mapping.PreferFile]
}

// ImportLoss is something of a document that has no field in the backlog.
type ImportLoss struct {
	Row    int    `json:"row"`
	Key    string `json:"key"` // of the item
	What   string `json:"what"`
	Value  string `json:"value"` // the beginning of it
	Reason string `json:"reason"`
	Kept   bool   `json:"kept"` // as a value in the Data of the item: it goes out again, and a later import may find a place for it
}

// Circle is a circle of links: it cannot be, since each item would wait for itself.
type Circle struct {
	Items   []string `json:"items"` // keys, each waiting for the next and the last for the first
	Dropped string   `json:"dropped"`
	Reason  string   `json:"reason"`
}

// newReport returns a report whose lists are not nil.
func newReport(source string, items int) Report {
	return Report{
		Source: source, Items: items, Kinds: []KindReport{}, Statuses: []StatusMapping{}, Sprints: []SprintReport{},
		Releases: []NameMapping{}, Goals: []string{}, Changes: []ItemChange{}, Both: []Conflict{}, Losses: []ImportLoss{}, Circles: []Circle{},
		SecondRows: []Skipped{}, Breaches: []backlog.Finding{},
	}
}

// String returns the report as lines of text. Of each list, the first are there, and how many more there are.
func (r Report) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "import from %s: %s, %d new, %d changed, %d as before, %d left out\n",
		r.Source, counted(r.Items, "item", "items"), r.New, r.Changed, r.Unchanged, r.LeftOut)
	lines(&out, "kinds", r.Kinds, func(one KindReport) string {
		text := fmt.Sprintf("%s -> %s", kindName(one.Name), one.Level)
		if one.Kind != "" {
			text += ", " + string(one.Kind)
		}
		text += fmt.Sprintf(" (%d)", one.Count)
		if one.Why != "" {
			text += ": " + one.Why
		}
		return text
	})
	lines(&out, "statuses", r.Statuses, func(one StatusMapping) string {
		question := ""
		if one.Guessed {
			question = "?"
		}
		return fmt.Sprintf("%s, %v -> %s%s (%d)", one.Name, one.Category, statusName(one.Status), question, one.Count)
	})
	if r.Estimated > 0 {
		fmt.Fprintf(&out, "points: %s in %s\n", r.Points, counted(r.Estimated, "item", "items"))
	}
	lines(&out, "sprints", r.Sprints, func(one SprintReport) string {
		state := one.Status.String()
		if !one.IsNew {
			state += ", there already"
		}
		return fmt.Sprintf("%s (%s, %s)", one.Name, state, counted(one.Stories, "story", "stories"))
	})
	lines(&out, "releases", r.Releases, func(one NameMapping) string {
		return fmt.Sprintf("%s -> %s (%d)", one.Name, one.As, one.Count)
	})
	lines(&out, "goals", r.Goals, func(title string) string { return title })
	lines(&out, "changes", r.Changes, func(one ItemChange) string { return one.Key + ": " + fieldWords(one.Fields) })
	lines(&out, "changed on both sides", r.Both, func(one Conflict) string {
		kept := "the backlog's stays"
		if one.TookFile {
			kept = "the file's is taken"
		}
		return fmt.Sprintf("%s: %s is %q here and %q in the file; %s", one.Key, fieldWord(one.Field), one.Here, one.File, kept)
	})
	lines(&out, "without a field here", r.Losses, func(one ImportLoss) string {
		kept := ""
		if one.Kept {
			kept = "; kept as data"
		}
		return fmt.Sprintf("row %d, %s: %s %q: %s%s", one.Row, one.Key, fieldWord(one.What), one.Value, one.Reason, kept)
	})
	lines(&out, "circles", r.Circles, func(one Circle) string {
		return fmt.Sprintf("%s; dropped %s: %s", strings.Join(one.Items, " -> "), one.Dropped, one.Reason)
	})
	lines(&out, "second rows", r.SecondRows, func(one Skipped) string { return fmt.Sprintf("row %d: %s", one.Row, one.Reason) })
	lines(&out, "against rules of practice", byRule(r.Breaches), func(one []backlog.Finding) string {
		return fmt.Sprintf("%s (%d): %s", cmp.Or(one[0].Rule, "definitions"), len(one), one[0].Message)
	})
	return out.String()
}

// lines writes the first of a list under a heading.
func lines[T any](out *strings.Builder, heading string, list []T, text func(T) string) {
	const most = 20
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "%s:\n", heading)
	for _, one := range list[:min(len(list), most)] {
		out.WriteString("  " + oneLine(text(one)) + "\n")
	}
	if more := len(list) - most; more > 0 {
		fmt.Fprintf(out, "  and %d more\n", more)
	}
}

// byRule groups findings by their rule, in the order of the first of each.
func byRule(all []backlog.Finding) (groups [][]backlog.Finding) {
	places := make(map[string]int)
	for _, one := range all {
		count(&groups, places, one.Rule, nil, func(group *[]backlog.Finding) { *group = append(*group, one) })
	}
	return groups
}

// fieldWords returns the names of fields in words, each once.
func fieldWords(names []string) string {
	var words []string
	for _, name := range names {
		if word := fieldWord(name); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// fieldWord returns the name of a field as people call it: a value that is kept under a name of its own is one of the tracker.
func fieldWord(name string) string {
	kept, isKept := strings.CutPrefix(name, dataPrefix)
	switch {
	case name == "not_before":
		return "not before"
	case !isKept:
		return name
	case name == dataLink, name == dataInward:
		return "links"
	case name == dataTask:
		return "tasks"
	}
	if custom, ok := strings.CutPrefix(name, dataCustom); ok {
		return custom
	}
	return "the tracker's " + kept
}

func kindName(kind string) string {
	if kind == "" {
		return "no kind"
	}
	return kind
}

func statusName(status story.Status) string {
	if status == "" {
		return "nothing"
	}
	return string(status)
}
