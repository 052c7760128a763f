package exchange_test

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"runtime"
	"strconv"
	"strings"
	"testing"
	utf16text "unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// growth is the size in bytes of the cases of TestGrowth. The command .ci/growth runs each at one size and at four times it,
// and counts the steps.
var growth = flag.Int("growth", 4096, "size of the cases of TestGrowth")

// hostile are files that are meant to take long, of about n bytes each.
func hostile(n int) map[string]string {
	files := make(map[string]string)
	for _, some := range []map[string]string{hostileQuotes(n), hostileCells(n), hostileJSON(n), hostileGraphs(n), hostileText(n)} {
		maps.Copy(files, some)
	}
	return files
}

const hostileHeader = "Issue key,Summary,Description,Labels,Parent,Inward issue link (Blocks),Created,Story Points\n"

// hostileQuotes are tables that are hard to take apart.
func hostileQuotes(n int) map[string]string {
	return map[string]string{
		"a quote that never closes":   hostileHeader + "A-1,\"" + strings.Repeat("x", n),
		"and lines behind it":         hostileHeader + strings.Repeat("A-1,\"x\n", n/8),
		"quotes and letters":          hostileHeader + strings.Repeat("\"a\n", n/4),
		"doubled quotes":              hostileHeader + "A-1,\"" + strings.Repeat("\"\"", n/2),
		"three quotes a line":         hostileHeader + strings.Repeat("\"\"\"\n", n/4),
		"four quotes a line, and one": hostileHeader + strings.Repeat("a,\"\"\"\"\n\"b\n", n/10),
		"wrapped, and not":            "\"Issue key,Summary,x\";;;\n" + strings.Repeat("\"A-1,First\";;;\n", n/20) + "\"",
		"commas":                      hostileHeader + strings.Repeat(",", n),
		"commas in the header":        "Issue key,Summary" + strings.Repeat(",", n),
		"columns":                     "Issue key,Summary" + many(",C%", n/32),
		"semicolons":                  "sep=" + strings.Repeat(";", n),
		"titles in a tree":            "Work Item Type,State" + numbered(",Title %", 2000) + "\n" + numbered("Bug,New"+strings.Repeat(",", 500)+"T %\n", n/510),
		"line feeds":                  hostileHeader + strings.Repeat("\n", n) + "A-1,First\n",
		"carriage returns":            hostileHeader + strings.Repeat("\r", n) + "A-1,First\n",
		"wide rows":                   hostileHeader + strings.Repeat("A,B"+strings.Repeat(",x", 500)+"\n", n/1000),
		"custom columns":              "Issue key,Summary" + numbered(",C %", min(16_000, n/16)) + "\n" + numbered("A-%,T"+strings.Repeat(",x", min(8000, n/32))+"\n", n/16_000+1),
		"one of a tree":               "Work Item Type,State,Title 1\n" + strings.Repeat("Bug,New,x\n", n/10),
	}
}

// hostileCells are tables of strange cells.
func hostileCells(n int) map[string]string {
	row := func(before, cell string, times int) string {
		return hostileHeader + "A-1,First" + before + `"` + strings.Repeat(cell, times) + "\"\n"
	}
	return map[string]string{
		"one key":                hostileHeader + strings.Repeat("A-1,First\n", n/10),
		"one title":              "title,effort\n" + strings.Repeat("First,1\n", n/8),
		"keys without titles":    hostileHeader + strings.Repeat("A-1\nA-2\n", n/8),
		"labels":                 row(",,", "a ", n/2),
		"long title":             hostileHeader + "A-1," + strings.Repeat("x ", n/2) + "\n",
		"criteria":               row(",", "h3. Acceptance Criteria\n"+strings.Repeat("* a\n", 1000), n/4000),
		"a continued criterion":  hostileHeader + "A-1,First,\"h3. Acceptance Criteria\n* a\n" + strings.Repeat("  a\n", n/4) + "\"\n",
		"markup that stays open": row(",", "{code}[x|", n/9),
		"statuses":               "Issue key,Status\n" + many("A-%,S%\n", n/16),
		"kinds":                  "Issue key,Issue Type\n" + many("A-%,S%\n", n/16),
		"priorities":             "Issue key,Summary,Priority\n" + numbered("A-%,T,P %\n", n/16),
		"digits":                 hostileHeader + "A-1,First,,,,," + strings.Repeat("1", n/2) + "," + strings.Repeat("2", n/2) + "\n",
		"exponents":              hostileHeader + strings.Repeat("A-1,First,,,,,,1e999999999\n", n/27),
		"numbers of many digits": hostileHeader + numbered("A-%,T,,,,,,"+strings.Repeat("9", 2000)+"\n", n/2000),
		"separators in numbers":  row(",,,,,", "1,", n/2),
		"a long date":            row(",,,,", "2025-03-27 ", n/11),
		"fractions of a second":  row(",,,,", "2025-03-27T14:05:06."+strings.Repeat("1", n), 1),
		"ambiguous dates":        "Issue key,Summary,Created\n" + numbered("A-%,T,3/4/2025 1:02\n", n/26),
		"odd dates":              "Issue key,Summary,Created\n" + numbered("A-%,T,Smarch % 13th\n", n/28),
		"a record of a sprint":   "Issue key,Summary,Issue id,Sprint\nA-1,a,1,\"Sprint@1[name=" + strings.Repeat(",x", n/2) + "]\"\n",
		"formulas":               hostileHeader + numbered("A-%,"+strings.Repeat("=", 100)+"\n", n/110),
		"a scored sheet":         "title,reach,impact,confidence,effort,RICE Score\n" + numbered("T %,1,Massive,80 %,~1.5K,99\n", n/32),
	}
}

// hostileJSON are documents of JSON, nested and wide.
func hostileJSON(n int) map[string]string {
	bead := `{"id":"a","title":"b","status":"open",`
	files := map[string]string{
		"escapes":                `[{"number":1,"title":"` + strings.Repeat(`\u0041`, n/6) + `","state":"OPEN"}]`,
		"halves of pairs":        `[{"number":1,"title":"` + strings.Repeat(`\ud800`, n/6) + `","state":"OPEN"}]`,
		"escapes in names":       bead + `"` + strings.Repeat(`\\`, n/2) + `":1}`,
		"names":                  bead + strings.TrimSuffix(numbered(`"x%":1,`, n/12), ",") + "}",
		"long paths":             bead + strings.Repeat(`"`+strings.Repeat("x", 1000)+`":{`, n/1005),
		"labels in JSON":         bead + `"labels":[` + strings.TrimSuffix(many(`"%",`, n/32), ",") + `]}`,
		"long number":            bead + `"priority":` + strings.Repeat("1", n) + "}",
		"a string without end":   bead + `"description":"` + strings.Repeat("x", n),
		"milestones":             "[" + strings.TrimSuffix(many(`{"number":1,"title":"t","state":"OPEN","milestone":{"title":"%","dueOn":"2025-01-01T00:00:00Z"}},`, n/140), ",") + "]",
		"lines that are no JSON": bead + "\"x\":1}\n" + strings.Repeat("{\n", n/2),
		"dots in ids":            numbered(`{"id":"a`+strings.Repeat(".1", 500)+`.%","title":"b","status":"open"}`+"\n", n/1050),
		"ids of dots":            `{"id":"a` + strings.Repeat(".1", n/2) + `","title":"b","status":"open"}`,
		"commas of Taskwarrior":  `[{"uuid":"a","description":"b","status":"pending","entry":"20250101T000000Z","depends":"` + strings.Repeat("a,", n/2) + `"}]`,
	}
	for name, opening := range map[string]string{
		"lists": "[", "objects": `{"a":`, "lists of objects": `[{"a":`, "subtasks": `{"id":1,"title":"t","subtasks":[`, "parents": `{"number":1,"title":"t","parent":`,
	} {
		depth := n / len(opening)
		files["deep "+name] = strings.Repeat(opening, depth)
		files["deep "+name+" in an issue"] = bead + `"x":` + strings.Repeat(opening, depth)
	}
	files["deep and closed"] = bead + `"x":` + strings.Repeat("[", n/2) + strings.Repeat("]", n/2) + "}"
	files["deep again and again"] = bead + `"x":[` + strings.TrimSuffix(strings.Repeat(strings.Repeat("[", 90)+"1"+strings.Repeat("]", 90)+",", n/182), ",") + "]}"
	return files
}

// hostileGraphs are files of links.
func hostileGraphs(n int) map[string]string {
	header := "Issue key,Summary,Parent,Inward issue link (Blocks)\n"
	all := strings.TrimSuffix(numbered("A-%,", min(900, n/64)), ",")
	var chain, turns strings.Builder
	for i := range n / 24 {
		fmt.Fprintf(&chain, "A-%d,T %d,A-%d,\n", i, i, i-1)
		fmt.Fprintf(&turns, "A-%d,T %d,,A-%d\n", i, i, (i+1)%max(1, n/24))
	}
	return map[string]string{
		"links of one item":   hostileHeader + "A-1,First,,,,\"" + strings.Repeat("A-1,", n/4) + "\"\n",
		"everything by all":   header + numbered("A-%,T,,\""+all+"\"\n", max(1, n/max(1, len(all)))),
		"a chain of parents":  header + chain.String(),
		"parents in a circle": header + "A--1,T,A-0,\n" + chain.String(),
		"links in a circle":   header + turns.String(),
		"links out of it":     header + numbered("A-%,T,X-%,\"Y-%,Z-%\"\n", n/48),
	}
}

// hostileText are texts of other formats and in other encodings.
func hostileText(n int) map[string]string {
	table := hostileHeader + numbered("A-%,First\n", n/32)
	utf16 := func(units []uint16) string {
		text := []byte{0xff, 0xfe}
		for _, one := range units {
			text = append(text, byte(one), byte(one>>8))
		}
		return string(text)
	}
	lone := make([]uint16, n/2)
	for i := range lone {
		lone[i] = 0xd800
	}
	mark := "\ufeff"
	return map[string]string{
		"spaces":                 strings.Repeat(" ", n),
		"NULs":                   hostileHeader + "A-1," + strings.Repeat("\x00", n) + "\n",
		"nothing but NULs":       strings.Repeat("\x00", n),
		"invalid UTF-8":          hostileHeader + "A-1," + strings.Repeat("\xff", n) + "\n",
		"marks":                  strings.Repeat(mark, n/3) + hostileHeader + "A-1,First\n",
		"marks in cells":         hostileHeader + numbered("A-%,"+strings.Repeat(mark, 100)+"x\n", n/310),
		"UTF-16":                 utf16(utf16text.Encode([]rune(table))),
		"halves in UTF-16":       utf16(lone),
		"UTF-16 behind UTF-8":    mark + hostileHeader + utf16(utf16text.Encode([]rune(table))),
		"both kinds of UTF-16":   "\xfe\xff" + utf16(utf16text.Encode([]rune(table))),
		"front matter":           "---\nid: task-1\ntitle: x\n" + strings.Repeat("labels: [a, b\n", n/14),
		"a deep outline":         "- [ ] a\n" + deepOutline(n),
		"projects of todo.txt":   "(A) 2025-01-01 a +b @c\n" + strings.Repeat("x 2025-01-02 2025-01-01 a"+strings.Repeat(" +b", 1000)+"\n", n/3030),
		"scenarios":              "Feature: a\n" + numbered("Scenario: %\nGiven a\n", n/28),
		"tags":                   strings.Repeat("@a ", n/3) + "\nFeature: a\nScenario: b\nGiven c\n",
		"a table in a feature":   "Feature: a\nScenario: b\nGiven c\n" + strings.Repeat("|"+strings.Repeat("x|", 500)+"\n", n/1002),
		"stories":                numbered("As a user, I want to do % so that it is done\n", n/48),
		"a story without an end": "As a user, I want " + strings.Repeat("to do it and as a user I want, so that ", n/39),
	}
}

// deepOutline is list items of which each stands deeper than the one before, up to 200 deep, again and again.
func deepOutline(n int) string {
	var out strings.Builder
	for i := 0; out.Len() < n; i++ {
		out.WriteString(strings.Repeat("  ", i%200) + "- [ ] a\n")
	}
	return out.String()
}

// numbered returns lines in which % is the number of the line.
func numbered(line string, n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.ReplaceAll(line, "%", strconv.Itoa(i)))
	}
	return out.String()
}

// many returns lines in which % is a number.
func many(line string, n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.ReplaceAll(line, "%", string(rune('0'+i%10))+strings.Repeat("x", i%50)+string(rune('a'+i/500%26))))
	}
	return out.String()
}

// A hostile file gets an answer or an error, and the error is short. What is read can be imported.
func TestHostile(t *testing.T) {
	n := 1 << 17
	if testing.Short() {
		n = 1 << 14
	}
	for name, text := range hostile(n) {
		t.Run(name, func(t *testing.T) {
			doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
			if err != nil {
				require.Less(t, len(err.Error()), 1000)
				return
			}
			requireCells(t, doc)
			require.LessOrEqual(t, len(doc.Warnings), 101)
			for _, warning := range doc.Warnings {
				require.Less(t, len(warning), 1000)
			}
			_, _, err = doc.Import(newBacklog(t).View(), doc.Mapping())
			require.NoError(t, err)
		})
	}
}

// Each case ends at any size; "bash .ci/growth -size 4096 backlog/exchange" counts the steps.
func TestGrowth(t *testing.T) {
	for name, text := range hostile(*growth) {
		t.Run(name, func(t *testing.T) {
			_, _ = exchange.Read(strings.NewReader(text), exchange.Options{})
		})
	}
}

// Reading takes memory near linear in the size of the file, whatever it is.
func TestGrowthOfMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred files")
	}
	const size, factor = 1 << 15, 4
	small, large := hostile(size), hostile(factor*size)
	for name := range small {
		times := float64(len(large[name])) / float64(len(small[name]))
		before, after := allocated(small[name]), allocated(large[name])
		require.Less(t, after, 1.5*times*before+1<<20, "%s: %.0f bytes for %d, %.0f for %d", name, before, len(small[name]), after, len(large[name]))
	}
}

// allocated returns how many bytes reading a text allocates.
func allocated(text string) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = exchange.Read(strings.NewReader(text), exchange.Options{})
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// endless is a reader that repeats a text for ever, and counts what was read.
type endless struct {
	text string
	read int
}

func (e *endless) Read(into []byte) (int, error) {
	n := 0
	for n < len(into) {
		n += copy(into[n:], e.text[(e.read+n)%len(e.text):])
	}
	e.read += n
	return n, nil
}

// A file without an end is read up to the limit, and one that states to be larger than that not at all.
func TestEndless(t *testing.T) {
	const most = 1 << 20
	for _, text := range []string{"\n", "A-1,First\n", "{", "[[", "\x00", "\"", "=", " "} {
		r := &endless{text: text}
		_, err := exchange.Read(r, exchange.Options{MaxBytes: most})
		require.ErrorIs(t, err, exchange.ErrTooLarge, text)
		require.LessOrEqual(t, r.read, 2*most)
	}
	sized := struct {
		io.Reader
		size
	}{&endless{text: "\n"}, 2 << 30}
	_, err := exchange.Read(sized, exchange.Options{})
	require.ErrorIs(t, err, exchange.ErrTooLarge)
	require.Zero(t, sized.Reader.(*endless).read)
}

// size is how much there is to read.
type size int

func (s size) Len() int { return int(s) }

func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"Issue key,Summary\nA-1,First\n", "title;effort\n\"A\";1,5\n", "sep=;\nID;Title\n1;x\n", "\"Issue key,Summary,a\";;\n\"A-1,\"\"x\"\",b\";;\n",
		"ID,Work Item Type,Title 1,Title 2,State\n1,Epic,a,,New\n2,Bug,,b,New\n", "#,Tracker,Subject,Related issues\n1,Bug,x,Blocks #2\n",
		"Issue key,Created,Resolved,Story Points\nA-1,3/4/25,27/3/2025 1:05,\"1.200,5\"\n", "\xff\xfea\x00,\x00b\x00\n\x00",
		"Issue key,\"Sum\nA-1,\"x\n\"A-2\",y\"\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
		if err != nil {
			return
		}
		requireCells(t, doc)
		keys := make(map[string]bool)
		for _, item := range doc.Items {
			require.False(t, keys[item.Key], "each item has a key of its own")
			keys[item.Key] = true
		}
	})
}
