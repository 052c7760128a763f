package exchange_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// hostile are files that are meant to take long, of about n bytes each.
func hostile(n int) map[string]string {
	header := "Issue key,Summary,Description,Labels,Parent,Inward issue link (Blocks),Created,Story Points\n"
	return map[string]string{
		"a quote that never closes":   header + "A-1,\"" + strings.Repeat("x", n),
		"and lines behind it":         header + strings.Repeat("A-1,\"x\n", n/8),
		"quotes and letters":          header + strings.Repeat("\"a\n", n/4),
		"doubled quotes":              header + "A-1,\"" + strings.Repeat("\"\"", n/2),
		"three quotes a line":         header + strings.Repeat("\"\"\"\n", n/4),
		"four quotes a line, and one": header + strings.Repeat("a,\"\"\"\"\n\"b\n", n/10),
		"commas":                      header + strings.Repeat(",", n),
		"commas in the header":        "Issue key,Summary" + strings.Repeat(",", n),
		"line feeds":                  header + strings.Repeat("\n", n) + "A-1,First\n",
		"one key":                     header + strings.Repeat("A-1,First\n", n/10),
		"one title":                   "title,effort\n" + strings.Repeat("First,1\n", n/8),
		"keys without titles":         header + strings.Repeat("A-1\nA-2\n", n/8),
		"many labels":                 header + "A-1,First,," + strings.Repeat("a ", n/2) + "\n",
		"many links":                  header + "A-1,First,,,,\"" + strings.Repeat("A-1,", n/4) + "\"\n",
		"one long title":              header + "A-1," + strings.Repeat("x ", n/2) + "\n",
		"many criteria":               header + "A-1,First,\"h3. Acceptance Criteria\n" + strings.Repeat("* a\n", n/4) + "\"\n",
		"a continued criterion":       header + "A-1,First,\"h3. Acceptance Criteria\n* a\n" + strings.Repeat("  a\n", n/4) + "\"\n",
		"many statuses":               "Issue key,Status\n" + many("A-%,S%\n", n/16),
		"many kinds":                  "Issue key,Issue Type\n" + many("A-%,S%\n", n/16),
		"digits":                      header + "A-1,First,,,,," + strings.Repeat("1", n) + "," + strings.Repeat("2", n) + "\n",
		"wrapped, and not":            "\"Issue key,Summary,x\";;;\n" + strings.Repeat("\"A-1,First\";;;\n", n/20) + "\"",
		"invalid UTF-8":               header + "A-1," + strings.Repeat("\xff", n) + "\n",
		"brackets":                    strings.Repeat("[", n),
		"braces":                      strings.Repeat("{\"a\":", n/4),
		"spaces":                      strings.Repeat(" ", n),
		"sep":                         "sep=" + strings.Repeat(";", n),
		"escapes":                     `[{"number":1,"title":"` + strings.Repeat(`\u0041`, n/6) + `","state":"OPEN"}]`,
		"escapes in names":            `{"id":"a","title":"b","status":"open","` + strings.Repeat(`\\`, n/2) + `":1}`,
		"labels in JSON":              `{"id":"a","title":"b","status":"open","labels":[` + strings.TrimSuffix(many(`"%",`, n/32), ",") + `]}`,
		"milestones":                  "[" + strings.TrimSuffix(many(`{"number":1,"title":"t","state":"OPEN","milestone":{"title":"%","dueOn":"2025-01-01T00:00:00Z"}},`, n/140), ",") + "]",
		"one record of a sprint":      "Issue key,Summary,Issue id,Sprint\nA-1,a,1,\"Sprint@1[name=" + strings.Repeat(",x", n/2) + "]\"\n",
		"one of a tree":               "Work Item Type,State,Title 1\n" + strings.Repeat("Bug,New,x\n", n/10),
	}
}

// many returns lines in which % is a number.
func many(line string, n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.ReplaceAll(line, "%", string(rune('0'+i%10))+strings.Repeat("x", i%50)+string(rune('a'+i/500%26))))
	}
	return out.String()
}

// A hostile file gets an answer or an error in time near linear in its size, and the error is short. The time is far
// above what it takes, since no test fails on a slow machine.
func TestHostile(t *testing.T) {
	n := 1 << 21
	if testing.Short() {
		n = 1 << 17
	}
	for name, text := range hostile(n) {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			doc, err := exchange.Read(strings.NewReader(text), exchange.Options{})
			if took := time.Since(begin); took > time.Second {
				t.Logf("%s for %d bytes", took, len(text))
			}
			if err != nil {
				require.Less(t, len(err.Error()), 1000)
				return
			}
			requireCells(t, doc)
			require.LessOrEqual(t, len(doc.Warnings), 101)
			for _, warning := range doc.Warnings {
				require.Less(t, len(warning), 1000)
			}
		})
	}
}

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
