package playground

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mark is a place in the text, and what is to be said of it.
type Mark struct {
	Line     int    `json:"line"`   // from 1; 0 for the text as a whole
	Column   int    `json:"column"` // from 1, in characters
	Start    int    `json:"start"`  // in units of UTF-16, as a browser counts
	End      int    `json:"end"`
	Severity string `json:"severity"` // "error", "defect", "warning" or "hint"
	Message  string `json:"message"`
	Mend     string `json:"mend,omitzero"` // what would be right
	Rule     string `json:"rule,omitzero"`
}

// place is a mark with its place in bytes of the text.
type place struct {
	start, end int // -1 for the text as a whole
	mark       Mark
}

// marksOf places marks, in the order of the text, in one pass over it.
func marksOf(text string, all []place) []Mark {
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(a.start, b.start) })
	ends := make([]*int, 0, 2*len(all))
	at := make(map[*int]int, 2*len(all))
	marks := make([]Mark, len(all))
	for i, one := range all {
		marks[i] = one.mark
		if one.start < 0 {
			continue
		}
		ends = append(ends, &marks[i].Start, &marks[i].End)
		at[&marks[i].Start], at[&marks[i].End] = min(one.start, len(text)), min(one.end, len(text))
	}
	slices.SortStableFunc(ends, func(a, b *int) int { return cmp.Compare(at[a], at[b]) })
	bytes, units := 0, 0
	for _, end := range ends {
		units += utf16Len(text[bytes:at[end]])
		bytes = at[end]
		*end = units
	}
	line, begin, from := 1, 0, 0
	for i, one := range all {
		if one.start < 0 {
			continue
		}
		start := min(one.start, len(text))
		if n := strings.Count(text[from:start], "\n"); n > 0 {
			line += n
			begin = strings.LastIndexByte(text[:start], '\n') + 1
		}
		from = start
		marks[i].Line, marks[i].Column = line, 1+utf8.RuneCountInString(text[begin:start])
	}
	if len(marks) > maxMarks {
		marks = marks[:maxMarks]
	}
	return marks
}

func utf16Len(text string) (n int) {
	for _, r := range text {
		if n++; r > 0xffff {
			n++
		}
	}
	return n
}

// lines are where the lines of a text begin.
type lines struct {
	text   string
	begins []int
}

func linesOf(text string) lines {
	l := lines{text, []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			l.begins = append(l.begins, i+1)
		}
	}
	return l
}

// line returns where a line begins and ends, without what ends it. Lines are counted from 1; one that is not there is
// the nearest.
func (l lines) line(number int) (begin, end int) {
	i := max(0, min(number, len(l.begins))-1)
	begin, end = l.begins[i], len(l.text)
	if i+1 < len(l.begins) {
		end = l.begins[i+1] - 1
	}
	for end > begin && l.text[end-1] == '\r' {
		end--
	}
	return begin, end
}

// cell returns the cell of comma-separated values at a column in bytes.
func (l lines) cell(number, column int) (begin, end int) {
	from, to := l.line(number)
	begin = min(from+max(column-1, 0), to)
	if begin < to && l.text[begin] == '"' {
		if n := strings.IndexByte(l.text[begin+1:to], '"'); n >= 0 {
			return begin, begin + n + 2
		}
	}
	if n := strings.IndexAny(l.text[begin:to], ",;\t"); n >= 0 {
		return begin, begin + n
	}
	return begin, to
}

// at returns the byte at a column in characters.
func (l lines) at(number, column int) int {
	begin, end := l.line(number)
	for range column - 1 {
		if begin >= end {
			break
		}
		_, size := utf8.DecodeRuneInString(l.text[begin:end])
		begin += size
	}
	return begin
}
