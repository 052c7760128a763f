package playground

import (
	"fmt"
	"strings"
)

// Block is one part of what is shown. Its type says which fields it has.
type Block struct {
	Type  string `json:"type"` // "table", "picture", "sliders", "tree", "notes" or "text"
	Title string `json:"title"`
	Note  string `json:"note,omitzero"` // what it means, in a sentence

	Head  []Column `json:"head,omitzero"` // of a table
	Rows  []Row    `json:"rows,omitzero"`
	Total int      `json:"total,omitzero"` // rows there are, shown or not

	Name string `json:"name,omitzero"` // of a picture or a text as a file
	SVG  string `json:"svg,omitzero"`

	Item    int      `json:"item,omitzero"` // of sliders: the row that they move
	Items   []Option `json:"items,omitzero"`
	Sliders []Slider `json:"sliders,omitzero"`

	Nodes []Node   `json:"nodes,omitzero"` // of a tree
	Lines []string `json:"lines,omitzero"` // of notes
	Text  string   `json:"text,omitzero"`
}

// Column is the head of a column.
type Column struct {
	Title    string `json:"title"`
	IsNumber bool   `json:"number,omitzero"`
}

// Row is a row of a table.
type Row struct {
	Cells []string `json:"cells"`
	Item  int      `json:"item,omitzero"` // the row of the sheet it is about, from 1
	Line  int      `json:"line,omitzero"` // of the text, from 1
	Tone  string   `json:"tone,omitzero"` // "up", "down", "bad" or "soft"
}

// Node is an entry of a tree.
type Node struct {
	Text  string `json:"text"`
	Note  string `json:"note,omitzero"`
	Done  bool   `json:"done,omitzero"`
	Nodes []Node `json:"nodes,omitzero"`
}

// Slider moves one number.
type Slider struct {
	Factor  string `json:"factor"`
	Title   string `json:"title"`
	Least   string `json:"least"`
	Most    string `json:"most"`
	Step    string `json:"step"`
	Value   string `json:"value"` // now
	Given   string `json:"given"` // in the sheet
	Up      string `json:"up"`    // what it takes to pass the item ahead
	Down    string `json:"down"`  // to fall behind the next
	UpAt    string `json:"up_at,omitzero"`
	DownAt  string `json:"down_at,omitzero"`
	IsMoved bool   `json:"moved,omitzero"`
}

func columns(titles ...string) []Column {
	all := make([]Column, len(titles))
	for i, title := range titles {
		text, isNumber := strings.CutPrefix(title, "#")
		all[i] = Column{text, isNumber}
	}
	return all
}

// table adds a table of so many rows, of which the first are made.
func (a *answer) table(title, note string, head []Column, total int, row func(i int) Row) {
	b := Block{Type: "table", Title: title, Note: note, Head: head, Total: total}
	for i := range min(total, a.rows) {
		b.Rows = append(b.Rows, row(i))
	}
	a.Blocks = append(a.Blocks, b)
}

func (a *answer) picture(name, title, note, svg string) {
	a.Blocks = append(a.Blocks, Block{Type: "picture", Name: name, Title: title, Note: note, SVG: svg})
}

func (a *answer) notes(title string, lines ...string) {
	if len(lines) > 0 {
		a.Blocks = append(a.Blocks, Block{Type: "notes", Title: title, Lines: lines})
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
