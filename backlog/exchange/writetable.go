package exchange

import (
	"strings"
	"time"
)

// written is a column of a table that is written: its header, and the cells of an item, of which there may be
// many. It stands in the table as many times as the item with most cells needs it.
type written struct {
	header string
	cells  func(item *Item) []string
}

// one is a column with one cell an item.
func one(header string, cell func(item *Item) string) written {
	return written{header, func(item *Item) []string {
		if text := cell(item); text != "" {
			return []string{text}
		}
		return nil
	}}
}

// writeTable writes comma-separated values. Columns without a cell are left out, unless always has their header.
func writeTable(items []Item, columns []written, always ...string) string {
	counts := make([]int, len(columns))
	for c, column := range columns {
		for _, name := range always {
			if column.header == name {
				counts[c] = 1
			}
		}
		for i := range items {
			counts[c] = max(counts[c], len(column.cells(&items[i])))
		}
	}
	var out strings.Builder
	row := tableRow{out: &out}
	for c, column := range columns {
		for range counts[c] {
			row.cell(column.header)
		}
	}
	row.end()
	for i := range items {
		for c, column := range columns {
			cells := column.cells(&items[i])
			for n := range counts[c] {
				if n < len(cells) {
					row.cell(cells[n])
				} else {
					row.cell("")
				}
			}
		}
		row.end()
	}
	return out.String()
}

// tableRow writes the cells of a row.
type tableRow struct {
	out     *strings.Builder
	isBegun bool
}

func (r *tableRow) cell(text string) {
	if r.isBegun {
		r.out.WriteByte(',')
	}
	r.isBegun = true
	text = defuse(text)
	if !strings.ContainsAny(text, ",;\t\"\r\n'") && strings.TrimSpace(text) == text {
		r.out.WriteString(text)
		return
	}
	r.out.WriteByte('"')
	r.out.WriteString(strings.ReplaceAll(text, `"`, `""`))
	r.out.WriteByte('"')
}

func (r *tableRow) end() {
	r.out.WriteString("\r\n")
	r.isBegun = false
}

// dateText is an instant as every reader understands it, or empty for none.
func dateText(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339Nano)
}

// customColumns returns a column for each name of a custom value, in the order in which they come. The header is made
// of the name.
func customColumns(items []Item, header func(name string) string) []written {
	var columns []written
	known := make(map[string]bool)
	for i := range items {
		for _, value := range items[i].Custom {
			if known[value.Name] {
				continue
			}
			known[value.Name] = true
			columns = append(columns, written{header(value.Name), valuesNamed(value.Name)})
		}
	}
	return columns
}

func valuesNamed(name string) func(*Item) []string {
	return func(item *Item) []string {
		var cells []string
		for _, value := range item.Custom {
			if value.Name == name {
				cells = append(cells, value.Text)
			}
		}
		return cells
	}
}

// scoreColumns returns a column for each factor.
func scoreColumns(items []Item, header func(name string) string) []written {
	var columns []written
	known := make(map[string]bool)
	for i := range items {
		for _, factor := range items[i].Scores {
			if name := factor.Name; !known[name] {
				known[name] = true
				columns = append(columns, written{header(name), func(item *Item) []string {
					var cells []string
					for _, one := range item.Scores {
						if one.Name == name {
							cells = append(cells, one.Value.String())
						}
					}
					return cells
				}})
			}
		}
	}
	return columns
}

// dateOf returns the cell of a date of one of the periods: that of the last of the names that an item has.
func dateOf(periods []Period, names func(*Item) []string, date func(Period) time.Time) func(*Item) string {
	texts := make(map[string]string, len(periods))
	for _, one := range periods {
		texts[one.Name] = dateText(date(one))
	}
	return func(item *Item) string { return texts[last(names(item))] }
}

// releaseDate returns the cell of the date of a release.
func (d *Document) releaseDate() func(*Item) string {
	return dateOf(d.Releases, func(i *Item) []string { return i.Releases }, func(p Period) time.Time { return p.End })
}

// sprintColumns returns columns with the dates of sprints.
func (d *Document) sprintColumns(start, end string) []written {
	names := func(i *Item) []string { return i.Sprints }
	return []written{
		one(start, dateOf(d.Sprints, names, func(p Period) time.Time { return p.Start })),
		one(end, dateOf(d.Sprints, names, func(p Period) time.Time { return p.End })),
	}
}

// linksOf are the links as a table holds them: in the row of an item, the keys of the others, by kind of link.
type linksOf map[linkColumn]map[string][]string // by key of the item

// linkColumn is a kind of link as the row of an item has it.
type linkColumn struct {
	word    string
	meaning Meaning
	inward  bool // the link leads to the item of the row
}

// linkColumns puts each link but those to parents into the row of one of its ends that is an item: where it comes
// from, unless onlyInward has its meaning. The order is that of the links.
func (d *Document) linkColumns(place func(Link) linkColumn) (order []linkColumn, links linksOf) {
	keys := make(map[string]bool, len(d.Items))
	parents := make(map[string]string, len(d.Items))
	for i := range d.Items {
		keys[d.Items[i].Key] = true
		parents[d.Items[i].Key] = d.Items[i].Parent
	}
	links = make(linksOf)
	for _, link := range d.Links {
		if link.Meaning == PartOf && parents[link.From] == link.To {
			continue
		}
		column := place(link)
		at, other := link.From, link.To
		if column.inward {
			at, other = other, at
		}
		if !keys[at] {
			at, other, column.inward = other, at, !column.inward
		}
		if links[column] == nil {
			links[column] = make(map[string][]string)
			order = append(order, column)
		}
		links[column][at] = append(links[column][at], other)
	}
	return order, links
}
