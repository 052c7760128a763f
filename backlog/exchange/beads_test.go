package exchange_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/story"
)

// byKey returns the item of a key.
func byKey(t *testing.T, doc *exchange.Document, key string) exchange.Item {
	t.Helper()
	for _, item := range doc.Items {
		if item.Key == key {
			return item
		}
	}
	require.Fail(t, "no item "+key)
	return exchange.Item{}
}

// arrows are the links of a meaning, "from>to".
func arrows(doc *exchange.Document, meaning exchange.Meaning) []string {
	all := []string{}
	for _, link := range doc.Links {
		if link.Meaning == meaning {
			all = append(all, link.From+">"+link.To)
		}
	}
	return all
}

// values are the custom values, "name=text".
func values(of []exchange.Value) []string {
	all := []string{}
	for _, value := range of {
		all = append(all, value.Name+"="+value.Text)
	}
	return all
}

func readBeads(t *testing.T, lines ...string) *exchange.Document {
	t.Helper()
	doc := read(t, strings.Join(lines, "\n"), exchange.Options{Name: "issues.jsonl"})
	require.Equal(t, exchange.BeadsJSONL, doc.Format)
	return doc
}

func TestBeadsFields(t *testing.T) {
	doc := readBeads(t, `{"id":"app-7","title":"A title that ends in a break\n","description":"Why","design":"How","acceptance_criteria":"- one\n- two",`+
		`"notes":"seen","status":"in_progress","priority":0,"issue_type":"feature","assignee":"ann","estimated_minutes":90,`+
		`"created_at":"2025-11-24T13:58:03.123456789+01:00","updated_at":"2025-11-25T00:00:00Z","started_at":"2025-11-24T14:00:00Z",`+
		`"due_at":"2025-12-01","defer_until":"2025-11-30T00:00:00Z","external_ref":"gh-12","labels":["api","front, end"],"pinned":true,`+
		`"metadata":"{\"a\":1}","empty":"","nothing":null,"list":[],"comments":[{"id":1,"text":"hm"}]}`)
	item := doc.Items[0]
	require.Equal(t, "A title that ends in a break", item.Title)
	require.Equal(t, "Why", item.Description)
	require.Equal(t, []string{"one", "two"}, item.Criteria)
	require.Equal(t, story.Doing, item.Category)
	require.Equal(t, 1, item.Urgency)
	require.Equal(t, exchange.LevelFeature, item.Level)
	require.Equal(t, "5400", item.Estimated.Decimal.String())
	require.Equal(t, []string{"api", "front, end"}, item.Labels)
	require.Equal(t, "2025-12-01", item.Due.Format("2006-01-02"))
	require.Equal(t, "2025-11-30", item.DeferredUntil.Format("2006-01-02"))
	require.Equal(t, []string{
		"design=How", "notes=seen", "external_ref=gh-12", "pinned=true", `metadata={"a":1}`, "comments[].id=1", "comments[].text=hm",
	}, values(item.Custom))
	require.Equal(t, exchange.Flag, item.Custom[3].Type)
	require.Equal(t, exchange.Number, item.Custom[5].Type)
	require.Equal(t, 23, doc.Cells)
	require.Empty(t, doc.Losses)
}

func TestBeadsStatuses(t *testing.T) {
	doc := readBeads(t,
		`{"id":"a","title":"A","status":"tombstone","deleted_at":"2025-01-02T00:00:00Z"}`,
		`{"id":"b","title":"B","status":"pinned"}`,
		`{"id":"c","title":"C","status":"deferred"}`,
		`{"id":"d","title":"D","status":"blocked"}`,
		`{"id":"e","title":"E","status":"hooked"}`,
		`{"id":"f","title":"F","status":"closed","close_reason":"Won't fix"}`,
		`{"id":"g","title":"G","status":"closed","close_reason":"implemented","created_at":"2025-03-02T00:00:00Z","closed_at":"2025-03-01T00:00:00Z"}`,
		`{"id":"h","title":"H"}`)
	require.Equal(t, story.Removed, doc.Items[0].Category)
	require.True(t, doc.Items[1].Held && doc.Items[2].Held && doc.Items[3].Held && !doc.Items[4].Held)
	require.Equal(t, story.Doing, doc.Items[4].Category)
	require.Equal(t, story.Removed, doc.Items[5].Category)
	require.Equal(t, story.Completed, doc.Items[6].Category)
	require.True(t, doc.Items[6].Done.Before(doc.Items[6].Created), "as the file has it")
	require.Equal(t, story.Proposed, doc.Items[7].Category)
	require.Zero(t, doc.Dates.Unread)
}

// Priorities begin with 0 also where no issue has that.
func TestBeadsPriority(t *testing.T) {
	doc := readBeads(t, `{"id":"a","title":"A","priority":1}`, `{"id":"b","title":"B","priority":4}`)
	require.Equal(t, 2, doc.Items[0].Urgency)
	require.Equal(t, 5, doc.Items[1].Urgency)
}

// A program in Go writes its zero time where there is none.
func TestBeadsZeroTime(t *testing.T) {
	doc := readBeads(t, `{"id":"a","title":"A","status":"open","closed_at":"0001-01-01T00:00:00Z"}`)
	require.True(t, doc.Items[0].Done.IsZero())
	require.Zero(t, doc.Dates.Unread)
	require.Empty(t, doc.Losses)
}

func TestBeadsLinks(t *testing.T) {
	doc := readBeads(t,
		`{"id":"x","title":"X","dependencies":[`+
			`{"issue_id":"x","depends_on_id":"n1","type":"blocks","created_at":"2025-01-01T00:00:00Z"},`+
			`{"issue_id":"x","depends_on_id":"n2","type":"blocked-by"},{"type":"depends-on","depends_on_id":"n3"},`+
			`{"depends_on_id":"n4","type":"conditional-blocks"},{"depends_on_id":"n5","type":"waits_for"},{"depends_on_id":"n6"},`+
			`{"issue_id":"x","depends_on_id":"r1","type":"related"},{"depends_on_id":"r2","type":"discovered-from"},`+
			`{"depends_on_id":"r3","type":"something new"},{"depends_on_id":"d1","type":"duplicates"},`+
			`{"issue_id":"x","depends_on_id":"e","type":"parent-child"},{"issue_id":"y","depends_on_id":"x","type":"blocks"},`+
			`{"issue_id":"z","depends_on_id":"e","type":"subtask-of"},{"depends_on_id":"external:other:cap","type":"blocks"},`+
			`{"depends_on_id":"x","type":"blocks"},{"issue_id":"x","depends_on_id":"n1","type":"blocks"},{"type":"blocks"}]}`,
		`{"id":"y","title":"Y","deps":["x"],"blocked_by":["n1"],"blocks":["z"],"parent":"e"}`,
		`{"id":"z","title":"Z","dependencies":["y"]}`,
		`{"id":"e","title":"E","issue_type":"epic"}`)
	require.Equal(t, []string{
		"x>n1", "x>n2", "x>n3", "x>n4", "x>n5", "x>n6", "x>external:other:cap", "x>x", "y>x", "y>n1", "z>y",
	}, arrows(doc, exchange.Needs))
	require.Equal(t, []string{"x>r1", "x>r2", "x>r3"}, arrows(doc, exchange.Relates))
	require.Equal(t, []string{"x>d1"}, arrows(doc, exchange.Duplicates))
	require.Equal(t, []string{"x>e", "y>e", "z>e"}, arrows(doc, exchange.PartOf))
	require.Equal(t, "conditional-blocks", doc.Links[6].Word)
	require.Empty(t, doc.Losses)
}

// A dotted id names its parent, unless a link does: the nearest that is in the file.
func TestBeadsDottedIDs(t *testing.T) {
	doc := readBeads(t,
		`{"id":"a","title":"A","issue_type":"epic"}`, `{"id":"a.1","title":"A1"}`, `{"id":"a.1.2","title":"A12"}`,
		`{"id":"a.7.2","title":"A72"}`, `{"id":"b.1","title":"B1"}`,
		`{"id":"a.3","title":"A3","dependencies":[{"depends_on_id":"a.1","type":"parent-child"}]}`,
		`{"id":"a.4","title":"A4","dependencies":[{"depends_on_id":"gone","type":"parent-child"}]}`)
	require.Equal(t, []string{"a.1>a", "a.1.2>a.1", "a.7.2>a", "a.3>a.1", "a.4>gone"}, arrows(doc, exchange.PartOf))
}

// An odd line costs that line, by its number.
func TestBeadsOddLines(t *testing.T) {
	doc := readBeads(t,
		`{"id":"a","title":"A","status":"open"}`,
		``,
		`{"id":"b","title":"B"`,
		`{"_type":"memory","key":"k","value":"v"}`,
		`{"id":"e1","kind":"field_change","actor":"ann","issue_id":"a"}`,
		`["a"]`,
		`<<<<<<< HEAD`,
		`{"id":"deep","title":`+strings.Repeat("[", 200)+strings.Repeat("]", 200)+`}`,
		`{"title":"no id"}`,
		`{"_type":"issue","id":"c","title":"C"}`,
		`{"id":"a","title":"A","status":"closed"}`)
	require.Len(t, doc.Items, 3)
	require.Equal(t, "no id", doc.Items[1].Key)
	var rows []int
	for _, skipped := range doc.Skipped {
		rows = append(rows, skipped.Row)
	}
	require.Equal(t, []int{3, 4, 5, 6, 7, 8}, rows)
	require.Contains(t, doc.Skipped[0].Reason, "not an object in JSON: ")
	require.Equal(t, `a line of type "memory", not an issue`, doc.Skipped[1].Reason)
	require.Equal(t, "neither a title nor a status: not an issue", doc.Skipped[2].Reason)
	require.Equal(t, "lists and objects more than 100 deep", doc.Skipped[5].Reason)
	require.Equal(t, exchange.Loss{11, "status", "closed", "a second row of the item of row 1, which has another value or none here"},
		doc.Losses[len(doc.Losses)-1])
}

// A list, a list of which one element is odd, and objects on many lines.
func TestBeadsShapes(t *testing.T) {
	one, two := `{"id":"a","title":"A","issue_type":"bug"}`, `{"id":"b","title":"B","issue_type":"bug"}`
	for name, text := range map[string]string{
		"lines":             one + "\r\n" + two,
		"a list":            "[" + one + "," + two + "]",
		"a list of lines":   "[\n" + one + ",\n" + two + "\n]\n",
		"an unclosed list":  "[\n" + one + ",\n" + two + ",\n",
		"objects of lines":  strings.ReplaceAll(one+two, ",", ",\n"),
		"a byte order mark": "\uFEFF" + one + "\n" + two,
	} {
		t.Run(name, func(t *testing.T) {
			doc := readBeads(t, text)
			require.Len(t, doc.Items, 2)
			require.Empty(t, doc.Skipped)
		})
	}
}

func TestBeadsNothingUsable(t *testing.T) {
	_, err := exchange.Read(strings.NewReader(`{"id":"a","title":"A"`+"\n"), exchange.Options{Format: exchange.BeadsJSONL})
	require.ErrorIs(t, err, exchange.ErrBroken)
	_, err = exchange.Read(strings.NewReader(`{"id":"e1","kind":"created","actor":"ann","issue_id":"a"}`), exchange.Options{Name: "events.jsonl"})
	require.ErrorIs(t, err, exchange.ErrFormat)
	require.ErrorContains(t, err, "JSON that looks like no tracker's")
}
