package command

import (
	"encoding/json"
	"errors"
	"iter"
	"strings"

	"github.com/backlogkit/backlogkit/story"
)

// MaxIssue is how many bytes an issue may take.
const MaxIssue = 1 << 24

// IssueLine is where an issue of a tracker stands: a JSON object on a line of its own.
type IssueLine struct {
	Number int
	doc    *Document
	data   string
}

// Fields are those of a JSON object. They are only looked into when they matter.
type Fields map[string]json.RawMessage

// Path leads to a value in an issue: names of fields and indices of lists.
type Path []any

// Issues walks the lines that are not blank. Where one is no JSON object the document is blamed, and the
// fields are nil.
func (d *Document) Issues() iter.Seq2[IssueLine, Fields] {
	return func(yield func(IssueLine, Fields) bool) {
		for number, line := range d.Lines() {
			if strings.TrimSpace(line) == "" {
				continue
			}
			issue := IssueLine{number, d, line}
			if !yield(issue, issue.fields()) {
				return
			}
		}
	}
}

func (i IssueLine) fields() (fields Fields) {
	if len(i.data) > MaxIssue {
		i.doc.Blame(Place{i.Number, 1}, "%d bytes on a line, want at most %d", len(i.data), MaxIssue)
		return nil
	}
	var broken *json.SyntaxError
	switch err := json.Unmarshal([]byte(i.data), &fields); {
	case errors.As(err, &broken):
		i.doc.Blame(Place{i.Number, max(int(broken.Offset), 1)}, "%v, want a JSON object on this line", err)
		return nil
	case err != nil || fields == nil:
		i.doc.Blame(Place{i.Number, 1}, "%s is no issue, want a JSON object on this line", Shorten(i.data, MaxValue))
		return nil
	}
	return fields
}

// Blame blames the document for the value that a path leads to, or for the innermost one on the way
// where it ends early. O(n) for an issue of n bytes.
func (i IssueLine) Blame(to Path, format string, args ...any) {
	at := Place{i.Number, 1}
	if !i.doc.isFull() {
		at.Column += locate(i.data, to)
	}
	i.doc.Blame(at, format, args...)
}

// Field reads the field at the end of a path from the fields that it is one of. The zero value stands
// for one that is absent or null, and for one of another kind than wanted: then the document is blamed,
// and it is not ok.
func Field[T any](i IssueLine, fields Fields, to Path, wanted string) (value T, ok bool) {
	name, _ := to[len(to)-1].(string)
	raw, there := fields[name]
	if !there {
		return value, true
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		var none T
		i.Blame(to, "%s is %s, want %s", name, Shorten(string(raw), MaxValue), wanted)
		return none, false
	}
	return value, true
}

// Keyword is a word that means something (a status, a type, a method) as it is compared: in lower case,
// with "_" for each hyphen and space.
func Keyword(text string) string {
	return strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(text))
}

// StatusCategory says what the status of an issue means, once it is a [Keyword]. A tracker has many
// words for work that is yet to be done, so every status that is not known means that.
func StatusCategory(status string) story.Category {
	switch Keyword(status) {
	case "in_progress", "in_review", "review":
		return story.Doing
	case "closed", "done", "completed", "resolved":
		return story.Completed
	case "tombstone", "deleted", "cancelled", "canceled", "dropped", "wontfix":
		return story.Removed
	default:
		return story.Proposed
	}
}

// locate returns the offset of the value that a path leads to in valid JSON, or of the innermost value on
// the way where it ends early. Of fields of the same name it is the last, as when they are decoded.
func locate(data string, to Path) int {
	at := len(data) - len(skipSpace(data))
	for _, step := range to {
		offset, ok := enter(data[at:], step)
		if !ok {
			break
		}
		at += offset
	}
	return at
}

// enter returns the offset of the value of a field or index in the object or list that data begins with.
func enter(data string, step any) (offset int, ok bool) {
	dec := json.NewDecoder(strings.NewReader(data))
	opening, err := dec.Token()
	if _, isDelim := opening.(json.Delim); !isDelim || err != nil {
		return 0, false
	}
	for i := 0; dec.More(); i++ {
		key := any(i)
		if opening == json.Delim('{') {
			if key, err = dec.Token(); err != nil {
				return offset, ok
			}
		}
		if key == step {
			rest := skipSpace(data[dec.InputOffset():])
			offset, ok = len(data)-len(rest), true
		}
		if dec.Decode(new(skipped)) != nil {
			return offset, ok
		}
	}
	return offset, ok
}

// skipSpace skips all that can stand before a value.
func skipSpace(data string) string { return strings.TrimLeft(data, " \t\r\n:,") }

// skipped is a value that is passed over.
type skipped struct{}

// UnmarshalJSON takes anything.
func (*skipped) UnmarshalJSON([]byte) error { return nil }
