package exchange

import (
	"fmt"
	"strings"
)

// todoFormat is todo.txt: "x 2025-03-02 2025-03-01 Call the bank +Garage @phone due:2025-03-05", "(A) …".
func todoFormat() format {
	return format{
		name: TodoTXT,
		detect: func(f *file) Certainty {
			found, all := f.share(isTodoLine)
			switch {
			case f.name == "todo.txt" || f.name == "done.txt":
				return Certain
			case found*2 >= all && found > 0 && !f.hasSuffix(".csv", ".md", ".tsv"):
				return Likely
			}
			return 0
		},
		read: readTodo,
	}
}

// isTodoLine reports whether a line has marks that only todo.txt has.
func isTodoLine(line string) bool {
	if len(line) > 1000 {
		return false
	}
	if rest, ok := strings.CutPrefix(line, "x "); ok && isDay(rest) {
		return true
	}
	if isDay(line) && strings.IndexByte(line, ',') < 0 || len(line) > 4 && line[0] == '(' && line[1] >= 'A' && line[1] <= 'Z' && line[2:4] == ") " {
		return true
	}
	for word := range strings.FieldsSeq(line) {
		if isTodoTag(word) {
			return true
		}
	}
	return false
}

// isDay reports whether a text begins with a date such as 2025-03-01 and a space.
func isDay(text string) bool {
	const day = "2025-03-01 "
	if len(text) < len(day) {
		return false
	}
	for i := range len(day) {
		if isDigit := text[i] >= '0' && text[i] <= '9'; isDigit != (day[i] >= '0' && day[i] <= '9') || !isDigit && text[i] != day[i] {
			return false
		}
	}
	return true
}

// isTodoTag reports whether a word is a +project or a @context.
func isTodoTag(word string) bool {
	return len(word) > 1 && (word[0] == '+' || word[0] == '@') && (word[1] >= 'A' && word[1] <= 'Z' || word[1] >= 'a' && word[1] <= 'z' || word[1] >= 0x80)
}

// todoNames are the names of "name:value".
var todoNames = map[string]Column{
	"id":                    {Field: FieldKey},
	"due":                   {Field: FieldDue},
	"t|threshold|start":     {Field: FieldDeferred},
	"pri":                   {Field: FieldPriority},
	"p|dep|after|blockedby": {Field: FieldLink, Meaning: Needs, Split: ","},
	"sup|parent":            {Field: FieldParent},
}

// maxTodo is how long a line can be that is taken apart, in bytes.
const maxTodo = 100_000

func readTodo(f *file, s *source) error {
	names := make(map[string]Column)
	addNames(names, todoNames)
	done := s.column("done", Column{Field: FieldCategory})
	number := 0
	for line := range strings.Lines(f.text) {
		number++
		line = trim(line)
		s.row(number)
		if len(line) > maxTodo {
			s.add(s.column("text", Column{Field: FieldTitle}), line)
			s.skip(fmt.Sprintf("a line of more than %d bytes", maxTodo))
			continue
		}
		if rest, ok := strings.CutPrefix(line, "x "); ok {
			s.add(done, "done")
			line = todoDate(s, strings.TrimLeft(rest, " "), "completed", FieldDone)
		}
		if len(line) > 4 && line[0] == '(' && line[1] >= 'A' && line[1] <= 'Z' && line[2:4] == ") " {
			s.add(s.column("priority", Column{Field: FieldPriority}), line[1:2])
			line = strings.TrimLeft(line[4:], " ")
		}
		line = todoDate(s, line, "created", FieldCreated)
		todoText(s, line, names)
		if s.err != nil {
			return s.err
		}
	}
	return nil
}

// todoDate adds the date that a line begins with, and returns the rest.
func todoDate(s *source, line, name string, field Field) string {
	if !isDay(line) {
		return line
	}
	day, rest, _ := strings.Cut(line, " ")
	s.add(s.column(name, Column{Field: field}), day)
	return strings.TrimLeft(rest, " ")
}

// todoText adds the text of a task. Its "name:value" words and the tags at its end are cells of their own; tags inside
// of it are part of the sentence, and labels too.
func todoText(s *source, line string, names map[string]Column) {
	label := s.column("label", Column{Field: FieldLabels})
	var title, inside []string
	for word := range strings.FieldsSeq(line) {
		name, value, ok := strings.Cut(word, ":")
		switch {
		case ok && isTodoName(name) && value != "" && !strings.HasPrefix(value, "//"):
			s.add(s.column(name, names[fold(name)]), value)
		default:
			title = append(title, word)
		}
	}
	end := len(title)
	for end > 1 && isTodoTag(title[end-1]) {
		end--
	}
	for _, word := range title[:end] {
		if isTodoTag(word) {
			inside = append(inside, word[1:])
		}
	}
	s.add(s.column("text", Column{Field: FieldTitle}), strings.Join(title[:end], " "))
	for _, tag := range inside {
		s.derive(label, tag)
	}
	for _, tag := range title[end:] {
		s.add(label, tag[1:])
	}
}

func isTodoName(name string) bool {
	return name != "" && len(name) <= 30 && strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz_-") == ""
}
