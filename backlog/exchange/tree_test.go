package exchange_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// filledLeaves counts the scalars of decoded JSON that are not null or blank text: a dumb twin of the counting that
// reading does.
func filledLeaves(value any) (n int) {
	switch value := value.(type) {
	case map[string]any:
		for _, one := range value {
			n += filledLeaves(one)
		}
	case []any:
		for _, one := range value {
			n += filledLeaves(one)
		}
	case string:
		if strings.TrimSpace(value) != "" {
			n = 1
		}
	case nil:
	default:
		n = 1
	}
	return n
}

// jsonShapes are names that mean something in some format, so that random documents meet every branch.
var jsonShapes = map[exchange.Format]struct {
	names  string // of what a record has
	around string // %s is the list of records
}{
	exchange.BeadsJSONL: {`id title status issue_type priority dependencies issue_id depends_on_id type labels created_at closed_at deps blocked_by blocks
		parent _type metadata acceptance_criteria estimated_minutes`, `%s`},
	exchange.GitHubJSON: {`number title state stateReason labels name assignees login milestone createdAt closedAt parent subIssues nodes blockedBy
		blocking closed body totalCount`, `%s`},
	exchange.Taskwarrior: {`uuid description status entry end depends tags priority wait annotations urgency parent`, `%s`},
	exchange.TaskMaster: {
		`id title status dependencies subtasks details priority testStrategy tasks metadata`,
		`{"master":{"metadata":{"created":"2025-01-01","tasks":[1]},"tasks":%[1]s},"web":{"tasks":%[1]s,"tasks":[{"id":1,"title":"x"},2]},"version":3}`,
	},
	exchange.TrelloJSON: {
		`id name desc idShort shortLink idList closed dueComplete due labels color idLabels idMembers customFieldItems idCustomField
		value text idValue checklists checkItems idCard dateLastActivity`,
		`{"id":"b","prefs":{"a":1},"lists":[{"id":"1","name":"Doing"},{"id":"2","name":"Done","closed":true}],"labels":[{"id":"1","color":"red"}],` +
			`"members":[{"id":"1","fullName":"Ann"}],"customFields":[{"id":"1","name":"Points"}],"actions":[{"data":{"card":{"id":"1"}}},7],` +
			`"cards":%[1]s,"checklists":%[1]s}`,
	},
}

// randomJSON returns a value that is at most so deep.
func randomJSON(rng *rand.Rand, names []string, depth int) any {
	switch n := rng.IntN(9); {
	case n < 2 && depth > 0:
		return randomObject(rng, names, depth)
	case n == 2 && depth > 0:
		list := []any{}
		for range rng.IntN(4) {
			list = append(list, randomJSON(rng, names, depth-1))
		}
		return list
	case n == 3:
		return nil
	case n == 4:
		return rng.IntN(2) == 0
	default:
		return []any{"1", "2", "1.2", 1, 2, 3.5, "", " ", "done", "open", "2025-03-01", "3/4/2025", "a\nb\"\\ü", "As a user I pay (3)", 0.0, 1e9}[rng.IntN(16)]
	}
}

func randomObject(rng *rand.Rand, names []string, depth int) map[string]any {
	object := map[string]any{}
	for range rng.IntN(8) {
		object[names[rng.IntN(len(names))]] = randomJSON(rng, names, depth-1)
	}
	return object
}

// In every format in JSON, of whatever shape, each leaf ends in one place.
func TestLawOfLeaves(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 6))
	for format, shape := range jsonShapes {
		names := strings.Fields(shape.names)
		for range 400 {
			records := []any{}
			for range 1 + rng.IntN(5) {
				records = append(records, randomObject(rng, names, 4))
			}
			list, err := json.Marshal(records)
			require.NoError(t, err)
			text := fmt.Sprintf(shape.around, list)
			doc, err := exchange.Read(strings.NewReader(text), exchange.Options{Format: format})
			if err != nil {
				require.ErrorIs(t, err, exchange.ErrBroken, text)
				continue
			}
			requireCells(t, doc)
			require.Equal(t, leavesOf(t, text), doc.Cells, "%s: %s", format, text)
			again, err := exchange.Read(strings.NewReader(text), exchange.Options{Format: format})
			require.NoError(t, err)
			require.Equal(t, doc, again)
		}
	}
}

// leavesOf counts the leaves of a document in which names can stand twice, which a decoder would drop.
func leavesOf(t *testing.T, text string) (n int) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(strings.ReplaceAll(text, `],"tasks":[{"id":1,`, `],"tasks2":[{"id":1,`)))
	var value any
	require.NoError(t, decoder.Decode(&value))
	return filledLeaves(value)
}

// What is hostile costs an error or an answer, in time near linear in its size: this takes forever otherwise.
func TestHostileJSON(t *testing.T) {
	size := 1 << 18
	if testing.Short() {
		size = 1 << 15
	}
	beads := `{"id":"a","title":"A","issue_type":"task",`
	for name, text := range map[string]string{
		"deep list":       strings.Repeat("[", size),
		"deep line":       beads + `"x":` + strings.Repeat("[", size) + strings.Repeat("]", size) + "}",
		"deep objects":    beads + `"x":` + strings.Repeat(`{"a":`, size/5) + "1" + strings.Repeat("}", size/5) + "}",
		"a long string":   beads + `"x":"` + strings.Repeat("y", size) + `"}`,
		"escapes":         beads + `"x":"` + strings.Repeat(`\n`, size/2) + `"}`,
		"many leaves":     beads + `"x":[` + strings.Repeat("1,", size/2) + "1]}",
		"many names":      beads + manyNames(size/10) + `"y":1}`,
		"a long name":     beads + `"` + strings.Repeat("y", size) + `":1}`,
		"many lines":      strings.Repeat(beads+`"x":1}`+"\n", size/64),
		"broken lines":    beads + `"x":1}` + "\n" + strings.Repeat("{\n", size/2),
		"open strings":    beads + `"x":1}` + "\n" + strings.Repeat("\"\n", size/2),
		"many links":      beads + `"blocked_by":[` + strings.Repeat(`"a","b",`, size/8) + `"c"]}`,
		"a dotted id":     `{"title":"A","issue_type":"x","id":"` + strings.Repeat("a.", size/2) + `"}`,
		"dependencies":    beads + `"dependencies":[` + strings.Repeat(`{"depends_on_id":"b"},`, size/22) + `{}]}`,
		"deep subtasks":   `{"tasks":[` + strings.Repeat(`{"title":"a","subtasks":[`, 40) + strings.Repeat("]}", 40) + `]}`,
		"many subtasks":   `{"tasks":[{"id":1,"title":"a","subtasks":[` + strings.Repeat(`{"id":2,"title":"b"},`, size/21) + `{}]}]}`,
		"many cards":      `{"lists":[],"prefs":{},"cards":[` + strings.Repeat(`{"id":"1","name":"(3) b"},`, size/26) + `{}],"actions":[` + strings.Repeat(`{"data":{"card":{"id":"1"}}},`, 1000) + `{}]}`,
		"front matter":    "---\nid: a\n---\n" + strings.Repeat("---\nid: a\n", size/10),
		"rules":           "---\nid: a\n---\n" + strings.Repeat("---\na: b\n", size/9),
		"headings":        "---\nid: a\n---\n" + strings.Repeat("## b\n", size/5),
		"deep entries":    deepEntries(1000),
		"many entries":    strings.Repeat("- [ ] a\n", size/8),
		"todo":            strings.Repeat("(A) a +b\n", size/9),
		"features":        strings.Repeat("Feature: a\n", size/11),
		"broken features": "Feature: a\nScenario: b\n" + strings.Repeat("c\n", size/2),
		"stories":         strings.Repeat("As a user, I pay\n", size/17),
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
			if err == nil {
				requireCells(t, doc)
			} else {
				require.Less(t, len(err.Error()), 2000)
			}
		})
	}
}

func manyNames(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, `"n%d":1,`, i)
	}
	return text.String()
}

func deepEntries(n int) string {
	var text strings.Builder
	for i := range n {
		text.WriteString(strings.Repeat(" ", i) + "- [ ] a\n")
	}
	return text.String()
}
