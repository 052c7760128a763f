package exchange

import "strings"

// backlogMDFormat is that of Backlog.md: a task is Markdown below front matter. A file can hold several, one behind
// the other.
func backlogMDFormat() format {
	return format{
		name: BacklogMD,
		detect: func(f *file) Certainty {
			text := strings.TrimLeft(f.head, " \t\r\n")
			if lines := splitLines(text[:min(len(text), 1<<16)]); startsFrontMatter(lines) {
				return Certain
			}
			return 0
		},
		read: readBacklogMD,
	}
}

// backlogMDNames are the keys of the front matter.
var backlogMDNames = map[string]Column{
	"id":                                   {Field: FieldKey},
	"title":                                {Field: FieldTitle},
	"type|kind":                            {Field: FieldKind},
	"status":                               {Field: FieldStatus},
	"priority":                             {Field: FieldPriority},
	"assignee|assignees":                   {Field: FieldAssignee},
	"labels|tags":                          {Field: FieldLabels},
	"milestone":                            {Field: FieldReleases},
	"parent_task_id|parent|parent_id":      {Field: FieldParent},
	"dependencies|depends_on|blocked_by":   {Field: FieldLink, Meaning: Needs, Word: "dependencies"},
	"created_date|created|created_at|date": {Field: FieldCreated},
	"updated_date|updated|updated_at":      {Field: FieldUpdated},
	"completed_date|completed_at":          {Field: FieldDone},
	"due_date|due":                         {Field: FieldDue},
	"points|estimate":                      {Field: FieldPoints},
}

// backlogMDReader reads the tasks of a file.
type backlogMDReader struct {
	source *source
	names  map[string]Column
	ids    map[string]string // as they are written, by the form in which they are compared
	id     string            // of the task at hand
	title  string
}

func readBacklogMD(f *file, s *source) error {
	s.dottedKeys = true
	r := &backlogMDReader{source: s, names: make(map[string]Column), ids: make(map[string]string)}
	addNames(r.names, backlogMDNames)
	lines := splitLines(f.text)
	var starts []int
	for i := range lines {
		if startsFrontMatter(lines[i:]) && (len(starts) == 0 || i > r.frontEnd(lines, starts[len(starts)-1])) {
			starts = append(starts, i)
			r.noteID(lines[i+1 : r.frontEnd(lines, i)])
		}
	}
	if len(starts) == 0 {
		return &Error{Problem: "no front matter with an id or a title", Want: `"---", "id: …", "title: …", "---"`, class: ErrBroken}
	}
	s.whole()
	s.add(s.column("text before", Column{}), strings.Join(lines[:starts[0]], "\n"))
	for n, start := range starts {
		end := len(lines)
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		s.row(start + 1)
		r.id, r.title = "", ""
		front := r.frontEnd(lines, start)
		r.front(lines[start+1 : front])
		r.body(lines[min(front+1, end):end])
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

func splitLines(text string) []string {
	return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

// maxFront is how many lines front matter may have.
const maxFront = 500

// startsFrontMatter reports whether the lines begin with front matter that names an id or a title.
func startsFrontMatter(lines []string) bool {
	if len(lines) == 0 || strings.TrimRight(lines[0], " \t") != "---" {
		return false
	}
	hasName := false
	for i, line := range lines[1:min(len(lines), maxFront)] {
		switch line = strings.TrimRight(line, " \t"); {
		case line == "---":
			return hasName
		case i == 0 && !strings.Contains(line, ":"): // a rule between paragraphs
			return false
		case strings.HasPrefix(line, "id:"), strings.HasPrefix(line, "title:"):
			hasName = true
		}
	}
	return false
}

// frontEnd returns the index of the line that ends the front matter that starts at an index.
func (r *backlogMDReader) frontEnd(lines []string, start int) int {
	for i := start + 1; i < len(lines); i++ {
		if strings.TrimRight(lines[i], " \t") == "---" {
			return i
		}
	}
	return len(lines)
}

// noteID notes the id of a task, so that others can name it in another case or by its number.
func (r *backlogMDReader) noteID(front []string) {
	for _, line := range front {
		if text, ok := strings.CutPrefix(line, "id:"); ok {
			id := unquoteYAML(text)
			r.ids[strings.ToLower(id)] = id
			if number := strings.TrimLeft(strings.ToLower(id), "abcdefghijklmnopqrstuvwxyz"); strings.HasPrefix(number, "-") {
				if _, taken := r.ids[number[1:]]; !taken {
					r.ids[number[1:]] = id
				}
			}
			return
		}
	}
}

// front reads the lines of front matter.
func (r *backlogMDReader) front(lines []string) {
	for i := 0; i < len(lines); {
		key, value, ok := strings.Cut(lines[i], ":")
		i++
		if !ok || key == "" || key != strings.TrimSpace(key) {
			r.source.add(r.source.column("front matter", Column{}), lines[i-1])
			continue
		}
		value = strings.TrimSpace(value)
		first := i
		for i < len(lines) && (strings.HasPrefix(lines[i], " ") || strings.HasPrefix(lines[i], "\t") || strings.HasPrefix(lines[i], "- ") || lines[i] == "") {
			i++
		}
		for _, one := range yamlValues(value, lines[first:i]) {
			r.add(key, one)
		}
	}
}

// add adds one value of a key.
func (r *backlogMDReader) add(key, value string) {
	column := r.names[fold(key)]
	switch {
	case column.Field == FieldKey:
		r.id = value
	case column.Field == FieldTitle:
		r.title = value
	case column.Field == FieldLink, column.Field == FieldParent:
		if id, known := r.ids[strings.ToLower(strings.TrimSpace(value))]; known {
			value = id
		}
	case fold(key) == "subtasks":
		r.source.link(r.source.column(key, Column{Field: FieldLink, Meaning: PartOf, Word: key}), value, r.id)
		column.Field = FieldImplied
	}
	r.source.add(r.source.column(key, column), value)
}

// yamlValues returns the values of a key: of the text behind it, and of the indented lines below it.
func yamlValues(text string, below []string) []string {
	isBlock := strings.HasPrefix(text, "|") || strings.HasPrefix(text, ">")
	switch {
	case isBlock:
		joint := " "
		if text[0] == '|' {
			joint = "\n"
		}
		for i := range below {
			below[i] = strings.TrimSpace(below[i])
		}
		return []string{strings.TrimSpace(strings.Join(below, joint))}
	case strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]"):
		return yamlList(text[1 : len(text)-1])
	}
	var values []string
	if text != "" && text != "null" && text != "~" {
		values = append(values, text)
	}
	for _, line := range below {
		line = strings.TrimSpace(line)
		one, isEntry := strings.CutPrefix(line, "- ")
		switch {
		case line == "" || line == "-":
		case isEntry:
			values = append(values, strings.TrimSpace(one))
		case len(values) > 0 && len(values[len(values)-1]) < maxHead: // a text that goes on
			values[len(values)-1] += " " + line
		default:
			values = append(values, line)
		}
	}
	for i, value := range values {
		values[i] = unquoteYAML(value)
	}
	return values
}

// yamlList returns the values between the brackets of a list.
func yamlList(text string) (values []string) {
	start, quote := 0, byte(0)
	for i := 0; i <= len(text); i++ {
		switch {
		case i == len(text) || quote == 0 && text[i] == ',':
			values = append(values, unquoteYAML(text[start:i]))
			start = i + 1
		case quote == 0 && (text[i] == '"' || text[i] == '\'') && strings.TrimSpace(text[start:i]) == "":
			quote = text[i]
		case text[i] == quote:
			quote = 0
		}
	}
	return values
}

// unquoteYAML returns a scalar without quotes.
func unquoteYAML(text string) string {
	text = strings.TrimSpace(text)
	if len(text) < 2 || text[0] != text[len(text)-1] {
		return text
	}
	switch text[0] {
	case '\'':
		return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
	case '"':
		if value := unquoteJSON(text); value != "" {
			return value
		}
		return text[1 : len(text)-1]
	}
	return text
}

// body reads the sections below front matter. What stands before the first is the description, if it is not the title once more.
func (r *backlogMDReader) body(lines []string) {
	name, inCode := "", false
	var section []string
	flush := func() {
		text := trim(strings.Join(section, "\n"))
		section = nil
		column := Column{}
		switch {
		case name == "":
			r.preface(text)
			return
		case fold(name) == "description":
			column = Column{Field: FieldDescription}
		case criteriaHeadings[fold(name)]:
			column = Column{Field: FieldCriteria}
		}
		r.source.add(r.source.column(name, column), text)
	}
	for _, line := range lines {
		bare := strings.TrimSpace(line)
		if strings.HasPrefix(bare, "```") {
			inCode = !inCode
		}
		heading, isHeading := strings.CutPrefix(bare, "## ")
		switch {
		case isHeading && !inCode:
			flush()
			name = strings.TrimSpace(heading)
		case strings.HasPrefix(bare, "<!--") && strings.HasSuffix(bare, "-->") && isMarker(bare):
		default:
			section = append(section, line)
		}
	}
	flush()
}

// isMarker reports whether a comment marks the beginning or the end of a section.
func isMarker(comment string) bool {
	return strings.Contains(comment, ":BEGIN") || strings.Contains(comment, ":END")
}

// preface adds what stands above the first section.
func (r *backlogMDReader) preface(text string) {
	first, rest, _ := strings.Cut(text, "\n")
	if heading, ok := strings.CutPrefix(strings.TrimSpace(first), "# "); ok && r.title != "" && strings.HasSuffix(heading, r.title) {
		r.source.add(r.source.column("# title", Column{Field: FieldImplied}), first)
		text = rest
	}
	r.source.add(r.source.column("description", Column{Field: FieldDescription}), text)
}
