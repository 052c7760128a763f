package exchange

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/shopspring/decimal"
)

// target is a format that is written.
type target struct {
	name  Format
	write func(d *Document) (string, error)
}

// targets returns the formats that are written.
func targets() []target {
	return []target{
		{JiraCSV, writeJira},
		{LinearCSV, writeLinear},
		{TableCSV, writePlain},
		{GitHubJSON, writeGitHub},
		{BeadsJSONL, writeBeads},
		{BacklogMD, writeBacklogMD},
		{MarkdownTasks, writeMarkdown},
	}
}

// Targets returns the formats that [Document.Write] writes.
func Targets() []Format {
	var names []Format
	for _, one := range targets() {
		names = append(names, one.name)
	}
	return names
}

// Write writes the document in a format of [Targets], and returns what that format cannot hold: a loss for each
// field, custom value and link that is not the same when it is read back. The column of a loss is the name of the field in
// JSON, or of the custom value. In tables, a cell that a spreadsheet would calculate (it begins with = + - or @) gets an
// apostrophe, which [Read] takes off again.
//
// The error is an [ErrInvalid] if the format is none of these, or what w returned.
func (d *Document) Write(w io.Writer, format Format) ([]Loss, error) {
	for _, one := range targets() {
		if one.name != format {
			continue
		}
		text, err := one.write(d)
		if err != nil {
			return nil, err
		}
		losses, err := d.missing(text, format)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write([]byte(text)); err != nil {
			return nil, fmt.Errorf("exchange: %w", err)
		}
		return losses, nil
	}
	var names []string
	for _, name := range Targets() {
		names = append(names, string(name))
	}
	return nil, &Error{Problem: "format is " + quote(string(format)), Want: "one of " + strings.Join(names, ", "), class: ErrInvalid}
}

// missing reads back what was written, and returns what is not the same.
func (d *Document) missing(text string, format Format) ([]Loss, error) {
	if len(d.Items) == 0 {
		return nil, nil
	}
	back, err := Read(strings.NewReader(text), Options{
		Format: format, MaxBytes: int64(len(text)) + 1, MaxItems: 2*len(d.Items) + 1, MaxCells: len(text) + 1, MaxColumns: len(text) + 1, MaxLinks: len(text) + 1,
		DecimalMark: DecimalPoint,
	})
	if errors.Is(err, ErrBroken) { // nothing of it can be read
		back = &Document{}
	} else if err != nil {
		return nil, err
	}
	c := comparison{format: format, losses: []Loss{}}
	c.match(d.Items, back.Items)
	for i := range d.Items {
		c.item(&d.Items[i])
	}
	c.links(d.Links, back.Links)
	c.periods("sprints", d.Sprints, back.Sprints)
	c.periods("releases", d.Releases, back.Releases)
	return c.losses, nil
}

// comparison collects what is missing in a document that was read back.
type comparison struct {
	format Format
	found  map[string]*Item // by the key of the item that was written
	losses []Loss
}

// match finds the items that were read back: by their keys or, in a format without, by titles that one item has.
func (c *comparison) match(written, back []Item) {
	keys := make(map[string]*Item, len(back))
	titles := make(map[string]*Item, len(back))
	for i := range back {
		keys[back[i].Key] = &back[i]
		if _, twice := titles[back[i].Title]; twice {
			titles[back[i].Title] = nil
		} else {
			titles[back[i].Title] = &back[i]
		}
	}
	c.found = make(map[string]*Item, len(written))
	for i := range written {
		if item := &written[i]; keys[item.Key] != nil {
			c.found[item.Key] = keys[item.Key]
		} else if same := titles[cmp.Or(item.Title, item.Key)]; same != nil {
			c.found[item.Key] = same
		}
	}
}

// key returns what the key of an item is after it was read back.
func (c *comparison) key(key string) string {
	if found := c.found[key]; found != nil {
		return found.Key
	}
	return key
}

// itemFields are the fields of an item with one value, as text.
var itemFields = []struct {
	name string
	text func(*Item) string
}{
	{"id", func(i *Item) string { return i.ID }},
	{"kind", func(i *Item) string { return i.Kind }},
	{"level", func(i *Item) string { return i.Level.String() }},
	{"title", func(i *Item) string { return i.Title }},
	{"description", func(i *Item) string { return i.Description }},
	{"status", func(i *Item) string { return i.Status }},
	{"category", func(i *Item) string { return i.Category.String() }},
	{"resolution", func(i *Item) string { return i.Resolution }},
	{"points", func(i *Item) string { return decimalText(i.Points) }},
	{"estimated", func(i *Item) string { return decimalText(i.Estimated) }},
	{"remaining", func(i *Item) string { return decimalText(i.Remaining) }},
	{"spent", func(i *Item) string { return decimalText(i.Spent) }},
	{"priority", func(i *Item) string { return i.Priority }},
	{"assignee", func(i *Item) string { return i.Assignee }},
	{"parent", func(i *Item) string { return i.Parent }},
	{"created", func(i *Item) string { return dateText(i.Created.UTC()) }},
	{"updated", func(i *Item) string { return dateText(i.Updated.UTC()) }},
	{"started", func(i *Item) string { return dateText(i.Started.UTC()) }},
	{"done", func(i *Item) string { return dateText(i.Done.UTC()) }},
	{"due", func(i *Item) string { return dateText(i.Due.UTC()) }},
	{"deferred_until", func(i *Item) string { return dateText(i.DeferredUntil.UTC()) }},
}

// itemLists are the fields of an item with many.
var itemLists = []struct {
	name string
	list func(*Item) []string
}{
	{"labels", func(i *Item) []string { return i.Labels }},
	{"sprints", func(i *Item) []string { return i.Sprints }},
	{"releases", func(i *Item) []string { return i.Releases }},
	{"criteria", func(i *Item) []string { return i.Criteria }},
	{"scores", func(i *Item) []string {
		var all []string
		for _, factor := range i.Scores {
			all = append(all, factor.Name+"="+factor.Value.String())
		}
		return all
	}},
}

func decimalText(d decimal.NullDecimal) string {
	if !d.Valid {
		return ""
	}
	return d.Decimal.String()
}

// item compares one item with what was read back.
func (c *comparison) item(item *Item) {
	found := c.found[item.Key]
	if found == nil {
		found = &Item{Level: item.Level, Category: item.Category}
	}
	if found.Key != item.Key {
		c.lose(item, "key", item.Key, found.Key)
	}
	for _, field := range itemFields {
		want, got := field.text(item), field.text(found)
		if want != got && want != "" && (field.name != "parent" || c.key(want) != got) {
			c.lose(item, field.name, want, got)
		}
	}
	for _, field := range itemLists {
		got := countOf(field.list(found))
		for _, value := range field.list(item) {
			if got[value]--; got[value] < 0 {
				c.lose(item, field.name, value, "")
			}
		}
	}
	values := make(map[Value]int)
	for _, value := range found.Custom {
		values[Value{Name: customName(value.Name), Text: value.Text}]++
	}
	for _, value := range item.Custom {
		id := Value{Name: customName(value.Name), Text: value.Text}
		if values[id]--; values[id] < 0 {
			c.lose(item, value.Name, value.Text, "")
		}
	}
}

// customName returns the name of a custom value without the names of the objects and lists around it.
func customName(path string) string {
	return strings.TrimSuffix(strings.TrimPrefix(path, "metadata."), "[]")
}

func countOf(list []string) map[string]int {
	counts := make(map[string]int, len(list))
	for _, value := range list {
		counts[value]++
	}
	return counts
}

// links compares the links, whatever they are called.
func (c *comparison) links(want, got []Link) {
	known := make(map[linkID]bool, len(got))
	for _, link := range got {
		known[link.id()] = true
	}
	for _, link := range want {
		same := link
		same.From, same.To = c.key(link.From), c.key(link.To)
		if !known[same.id()] {
			c.losses = append(c.losses, Loss{
				link.Row, "links", link.From + " " + link.Word + " " + link.To, fmt.Sprintf("%s has no place for it", c.format),
			})
		}
	}
}

// periods compares when sprints and releases are.
func (c *comparison) periods(of string, want, got []Period) {
	known := make(map[string]Period, len(got))
	for _, one := range got {
		known[one.Name] = one
	}
	for _, one := range want {
		other, isThere := known[one.Name]
		isSame := isThere && one.Start.Equal(other.Start) && one.End.Equal(other.End)
		if isDated := !one.Start.IsZero() || !one.End.IsZero(); isDated && !isSame {
			text := one.Name + ": " + filledOf("start", dateText(one.Start), "end", dateText(one.End))
			c.losses = append(c.losses, Loss{0, of, text, fmt.Sprintf("%s has no place for it", c.format)})
		}
	}
}

func (c *comparison) lose(item *Item, field, want, got string) {
	reason := fmt.Sprintf("%s has no place for it", c.format)
	if got != "" {
		reason = fmt.Sprintf("%s has %s for it", c.format, quote(got))
	}
	c.losses = append(c.losses, Loss{item.Row, field, want, reason})
}
