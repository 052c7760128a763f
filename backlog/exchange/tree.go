package exchange

import (
	"encoding/json"
	"fmt"
	"iter"
	"strings"
)

// treeFormats are the formats in JSON.
func treeFormats() []format {
	return []format{trelloFormat(), taskMasterFormat(), taskwarriorFormat(), gitHubFormat(), gitLabFormat(), beadsFormat()}
}

// tree adds the leaves of JSON objects to a source, in the column of their path.
type tree struct {
	source *source
	names  map[string]Column // by folded path
	places map[string]int    // the columns of the paths that were met
	leaves []treePlace       // likewise, by the number of the path of a leaf
}

// treePlace is where leaves of one path go. Columns are counted from 1; 0 is one that was not asked for.
type treePlace struct {
	column, implied int
	isCustom        bool // no name fits, and it leads into nothing
}

// newTree makes a tree of a table like [Columns.Names], of paths: "createdAt|created_at", "labels[].name".
func newTree(s *source, names map[string]Column) *tree {
	t := &tree{source: s, names: make(map[string]Column, 2*len(names)), places: make(map[string]int)}
	addNames(t.names, names)
	s.exactNumbers = true
	return t
}

// column returns the column of a path. A path that no name fits is custom.
func (t *tree) column(path string) int {
	place, known := t.places[path]
	if !known {
		name := path
		if name == "" {
			name = "value"
		}
		place = t.source.column(name, t.names[fold(path)])
		t.places[path] = place
	}
	return place
}

// place returns where a leaf goes.
func (t *tree) place(l leaf) *treePlace {
	for len(t.leaves) <= l.id {
		t.leaves = append(t.leaves, treePlace{})
	}
	place := &t.leaves[l.id]
	if place.column == 0 {
		_, known := t.names[fold(l.path)]
		place.isCustom = !known && !strings.ContainsAny(l.path, ".[")
		place.column = t.column(l.path) + 1
	}
	return place
}

// imply adds a leaf that repeats others.
func (t *tree) imply(l leaf) {
	place := t.place(l)
	if place.implied == 0 {
		place.implied = t.source.column(l.path, Column{Field: FieldImplied}) + 1
	}
	t.source.add(place.implied-1, l.value)
}

// add adds the leaves of valid JSON to the row. A leaf that special takes, if that is not nil, is its matter.
func (t *tree) add(text string, special func(leaf) bool) error {
	return t.source.leaves(text, func(l leaf) error {
		if special == nil || !special(l) {
			t.source.add(t.place(l).column-1, l.value)
		}
		return t.source.err
	})
}

// addRecord adds the leaves of a entry of its own. What is no object costs the row, and so does what is deeper
// than the limit.
func (t *tree) addEntry(one entry, special func(leaf) bool) error {
	s := t.source
	s.row(one.number)
	first := len(s.cells)
	problem := one.problem
	if problem == "" {
		err := t.add(one.text, special)
		if err == nil || depthOf(one.text) <= s.options.MaxDepth {
			return err
		}
		s.cells = s.cells[:first]
		problem = fmt.Sprintf("lists and objects more than %d deep", s.options.MaxDepth)
	}
	s.add(s.column("line", Column{}), one.text)
	s.skip(problem)
	return s.err
}

// entry is one object of a file of many.
type entry struct {
	number  int    // of its line, or its place in the list
	text    string // valid JSON of an object, unless there is a problem
	problem string
}

// entries returns the objects of a file: those of a list, one a line, or one behind the other. If the first line is an
// object of its own, each line stands for itself, so that an odd one costs no other.
func (f *file) entries() iter.Seq[entry] {
	text := strings.TrimSpace(f.text)
	if strings.HasPrefix(text, "[") && isJSON(text) {
		return inOrder(elements(text))
	}
	line, _, _ := strings.Cut(text, "\n")
	if line = strings.TrimSuffix(strings.TrimSpace(line), ","); line != "[" && !isJSON(line) && isJSON(firstValue(text)) {
		return inOrder(values(text))
	}
	return func(yield func(entry) bool) {
		number, broken := 0, 0
		for line := range strings.Lines(f.text) {
			number++
			line = strings.TrimSpace(line)
			if line == "" || line == "[" || line == "]" {
				continue
			}
			line = strings.TrimSuffix(line, ",") // in a list that is not valid as a whole
			one := entry{number: number, text: line}
			switch {
			case !isJSON(line):
				one.problem = "not an object in JSON"
				if broken++; broken <= maxExplained {
					one.problem += ": " + jsonProblem(line)
				}
			case line[0] != '{':
				one.problem = "JSON, but no object"
			}
			if !yield(one) {
				return
			}
		}
	}
}

// maxExplained is of how many broken lines it is told what is wrong.
const maxExplained = 1000

// inOrder counts values from 1.
func inOrder(all iter.Seq[string]) iter.Seq[entry] {
	return func(yield func(entry) bool) {
		number := 0
		for text := range all {
			number++
			one := entry{number: number, text: text}
			switch {
			case !isJSON(text):
				one.problem = "not an object in JSON: " + jsonProblem(text)
			case text[0] != '{':
				one.problem = "JSON, but no object"
			}
			if !yield(one) {
				return
			}
		}
	}
}

// jsonProblem returns what is wrong with text that is not valid JSON.
func jsonProblem(text string) string {
	var any json.RawMessage
	if err := json.Unmarshal([]byte(text), &any); err != nil {
		return shorten(err.Error())
	}
	return "unknown"
}

// object returns the text of a file that is one object, or an error that is an [ErrBroken].
func (f *file) object(format Format) (string, error) {
	text := strings.TrimSpace(f.text)
	if !strings.HasPrefix(text, "{") || !isJSON(text) {
		return "", &Error{
			Problem: fmt.Sprintf("%s that is not valid: %s", format, jsonProblem(text)),
			Want:    "an object in JSON", class: ErrBroken,
		}
	}
	if depthOf(text) > f.options.MaxDepth {
		return "", &Error{
			Problem: fmt.Sprintf("lists and objects more than %d deep", f.options.MaxDepth),
			Want:    "a flatter document, or Options.MaxDepth raised", class: ErrTooLarge,
		}
	}
	return text, nil
}

// addMember adds the leaves of a member of an object, under its name.
func (t *tree) addMember(name, raw string) error {
	return t.source.leaves(raw, func(l leaf) error {
		path := name
		switch {
		case strings.HasPrefix(l.path, "["):
			path += l.path
		case l.path != "":
			path += "." + l.path
		}
		t.source.add(t.column(path), l.value)
		return t.source.err
	})
}
