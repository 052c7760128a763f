package exchange_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// One table, written in many ways.
func TestDialects(t *testing.T) {
	const table = "Issue key,Summary,Description\nA-1,\"Crème, brûlée\",\"Line one\nline \"\"two\"\"\"\nA-2,Second,\n"
	crlf := strings.ReplaceAll(table, "\n", "\r\n")
	wrapped := ""
	for _, record := range []string{"Issue key,Summary,Description", "A-1,\"Crème, brûlée\",\"Line one\nline \"\"two\"\"\"", "A-2,Second,"} {
		wrapped += `"` + strings.ReplaceAll(record, `"`, `""`) + "\";;;;;;\n"
	}
	for name, text := range map[string]string{
		"plain":               table,
		"byte order mark":     "\uFEFF" + table,
		"two of them":         "\uFEFF\uFEFF" + table,
		"CRLF":                crlf,
		"CRLF in cells only":  strings.Replace(table, "one\n", "one\r\n", 1),
		"CR":                  strings.ReplaceAll(table, "\n", "\r"),
		"semicolons":          strings.NewReplacer("key,S", "key;S", "y,D", "y;D", "1,", "1;", `",`, `";`, "2,", "2;", "d,", "d;").Replace(table),
		"sep":                 "sep=;\n" + strings.NewReplacer("key,S", "key;S", "y,D", "y;D", "1,", "1;", `",`, `";`, "2,", "2;", "d,", "d;").Replace(table),
		"sep, comma":          "sep=,\r\n" + crlf,
		"empty first line":    "\n" + table,
		"blank first lines":   "\r\n,,\r\n" + crlf,
		"title above":         "Export of the shop,,\n" + table,
		"title above, narrow": "Export of the shop\n\n" + table,
		"Windows-1252":        latin(table),
		"UTF-16":              utf16LE(table),
		"wrapped":             wrapped,
		"wrapped, CRLF":       strings.ReplaceAll(wrapped, ";;\n", ";;\r\n"),
		"blank rows":          strings.Replace(table, "A-2", ",,\n\n , \t,\nA-2", 1),
		"no last line feed":   strings.TrimSuffix(table, ",\n"),
		"ragged":              strings.Replace(table, "Second,", "Second", 1),
		"empty last columns":  strings.NewReplacer("Description", "Description,,", "\"\"\"\n", "\"\"\",,\n", "Second,", "Second,,,").Replace(table),
		"space before quotes": strings.Replace(table, `,"Cr`, `, "Cr`, 1),
		"space behind quotes": strings.Replace(table, `ée",`, `ée" ,`, 1),
		"invisible in header": strings.Replace(table, "Summary", "\u00A0Summary\u200B", 1),
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, text, exchange.Options{})
			require.Equal(t, exchange.JiraCSV, doc.Format)
			require.Equal(t, exchange.Certain, doc.Certainty)
			require.Len(t, doc.Items, 2)
			require.Empty(t, doc.Losses)
			require.Equal(t, "A-1", doc.Items[0].Key)
			require.Equal(t, "Crème, brûlée", doc.Items[0].Title)
			require.Equal(t, "Line one\nline \"two\"", doc.Items[0].Description)
			require.Equal(t, "Second", doc.Items[1].Title)
			require.Equal(t, 5, doc.Cells)
			require.Zero(t, doc.Custom)
		})
	}
}

// latin returns the text in Windows-1252.
func latin(text string) string {
	var out []byte
	for _, r := range text {
		out = append(out, byte(r))
	}
	return string(out)
}

func utf16LE(text string) string {
	out := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

// Tabs: a plan is exported so.
func TestTabs(t *testing.T) {
	doc := read(t, "Title\tIssue key\tIssue status\tEpic, old\nFirst, with commas, and more\tA-1\tDone\t\n", exchange.Options{})
	require.Equal(t, "First, with commas, and more", doc.Items[0].Title)
	require.Equal(t, "Done", doc.Items[0].Status)
}

// A quote without an end costs its row, not the file.
func TestUnclosedQuote(t *testing.T) {
	for name, text := range map[string]string{
		"at the end":    "Issue key,Summary,Status\nA-1,\"First,Done\nA-2,Second,To Do\n",
		"before others": "Issue key,Summary,Status\nA-1,\"First,Done\nA-2,\"Second\",To Do\n",
		"inside":        "Issue key,Summary,Status\nA-1,First 3\" pipe,Done\nA-2,Second,To Do\n",
		"in two lines":  "Issue key,Summary,Status\nA-1,\"First\nthe \"big\" one\",Done\nA-2,Second,To Do\n",
		"not doubled":   "Issue key,Summary,Status\nA-1,\"First \"big\" one\",Done\nA-2,Second,To Do\n",
	} {
		t.Run(name, func(t *testing.T) {
			doc := read(t, text, exchange.Options{})
			require.Len(t, doc.Items, 2)
			require.Equal(t, "Done", doc.Items[0].Status)
			require.Equal(t, "Second", doc.Items[1].Title)
			require.Equal(t, strings.HasSuffix(name, "end") || strings.HasPrefix(name, "before"), len(doc.Warnings) == 1)
		})
	}
}

// Cells beyond the header, and below no header, are kept under the number of their column.
func TestWideRows(t *testing.T) {
	doc := read(t, "Issue key,Summary,,\nA-1,First,x,,y\n", exchange.Options{})
	require.Equal(t, []exchange.Value{{Name: "column 3", Type: exchange.Text, Text: "x"}, {Name: "column 5", Type: exchange.Text, Text: "y"}}, doc.Items[0].Custom)
}

// A column may stand in a file many times: all of them count.
func TestRepeatedColumns(t *testing.T) {
	header, row := "Issue key,Summary", "A-1,First"
	for i := range 91 {
		header += ",Sprint,Labels,Comment,Inward issue link (Blocks)"
		row += fmt.Sprintf(",Sprint %d,l%d,\"03/Mar/25 9:05 AM;ana;Comment %d\",B-%d", i, i, i, i)
	}
	doc := read(t, header+"\n"+row+"\n", exchange.Options{})
	item := doc.Items[0]
	require.Len(t, item.Sprints, 91)
	require.Len(t, item.Labels, 91)
	require.Len(t, item.Custom, 91)
	require.Len(t, doc.Links, 91)
	require.Equal(t, exchange.Link{Row: 2, From: "A-1", To: "B-0", Word: "Blocks", Meaning: exchange.Needs}, doc.Links[0])
}

func TestManyColumns(t *testing.T) {
	header, row := "Issue key,Summary", "A-1,First"
	for i := range 2261 {
		header += fmt.Sprintf(",Custom field (A field with quite a long name %d)", i)
		row += ",x"
	}
	doc := read(t, header+"\n"+row+"\n", exchange.Options{})
	require.Len(t, doc.Items[0].Custom, 2261)
}

// A cell may be long.
func TestLongCell(t *testing.T) {
	long := strings.Repeat("word ", 11_222)
	doc := read(t, "Issue key,Summary,Description\nA-1,First,\""+long+"\"\n", exchange.Options{})
	require.Equal(t, strings.TrimSpace(long), doc.Items[0].Description)
}

// A spreadsheet's formula is a title, and an apostrophe that was put before it is none of it.
func TestFormulas(t *testing.T) {
	doc := read(t, "Issue key,Summary\nA-1,=1+1\nA-2,'=1+1\nA-3,+more\nA-4,@all\nA-5,-less\nA-6,'quoted'\nA-7,  spaces  around  \n", exchange.Options{})
	var titles []string
	for _, item := range doc.Items {
		titles = append(titles, item.Title)
	}
	require.Equal(t, []string{"=1+1", "=1+1", "+more", "@all", "-less", "'quoted'", "spaces around"}, titles)
}

func TestSkippedRows(t *testing.T) {
	doc := read(t, "Issue key,Summary,Status,Created\n,,Done,2025-03-27\nA-1,First,Done,soon\n", exchange.Options{})
	require.Equal(t, []exchange.Skipped{{Row: 2, Reason: "neither a key nor a title"}}, doc.Skipped)
	require.Equal(t, 2, doc.Rows)
	require.Equal(t, []exchange.Loss{
		{Row: 2, Column: "Status", Value: "Done", Reason: "neither a key nor a title"},
		{Row: 2, Column: "Created", Value: "2025-03-27", Reason: "neither a key nor a title"},
		{Row: 3, Column: "Created", Value: "soon", Reason: "not a date in any form that is known"},
	}, doc.Losses)
}

// A plan shows an item once for each place in its tree.
func TestSecondRow(t *testing.T) {
	doc := read(t, "Issue key,Summary,Parent\nA-1,First,A-8\nA-1,First,A-9\nA-1,,\n", exchange.Options{})
	require.Len(t, doc.Items, 1)
	require.Equal(t, "A-8", doc.Items[0].Parent)
	require.Len(t, doc.Losses, 1)
	require.Equal(t, "A-9", doc.Losses[0].Value)
	require.Contains(t, doc.Losses[0].Reason, "a second row of the item of row 2")
	require.Len(t, doc.Warnings, 2)
}

// Two rows of a plain table with one key and two titles are two items.
func TestTakenKey(t *testing.T) {
	doc := read(t, "id,title,status\n1,First,done\n1,Second,open\n1,First,done\n", exchange.Options{})
	require.Len(t, doc.Items, 2)
	require.Equal(t, "1", doc.Items[0].Key)
	require.Equal(t, "1 (3)", doc.Items[1].Key)
}

func TestColumnsOfOnesOwn(t *testing.T) {
	own := exchange.Columns{
		Format:    "our-sheet",
		Signature: []string{"Vorhaben|Wunsch", "Dran"},
		Names: map[string]exchange.Column{
			"Vorhaben|Wunsch": {Field: exchange.FieldTitle},
			"Dran":            {Field: exchange.FieldAssignee},
			"Braucht":         {Field: exchange.FieldLink, Meaning: exchange.Needs, Split: "+"},
			"Stunden":         {Field: exchange.FieldEstimated, Unit: "h"},
		},
	}
	doc := read(t, "WUNSCH;dran;Braucht;Stunden\nErst;ana;;1,5\nDann;bob;Erst+Sonst;2\n", exchange.Options{Columns: []exchange.Columns{own}})
	require.Equal(t, exchange.Format("our-sheet"), doc.Format)
	require.Equal(t, "ana", doc.Items[0].Assignee)
	require.Equal(t, "5400", doc.Items[0].Estimated.Decimal.String())
	require.Equal(t, []exchange.Link{
		{Row: 3, From: "Dann", To: "Erst", Word: "Braucht", Meaning: exchange.Needs},
		{Row: 3, From: "Dann", To: "Sonst", Word: "Braucht", Meaning: exchange.Needs},
	}, doc.Links)

	_, err := exchange.Read(strings.NewReader("a,b\n"), exchange.Options{Columns: []exchange.Columns{{Format: "x"}}})
	require.ErrorIs(t, err, exchange.ErrInvalid)
}

func TestRefused(t *testing.T) {
	wide := "Issue key,Summary" + strings.Repeat(",x", 20_000) + "\nA-1,First\n"
	tests := map[string]struct {
		text    string
		options exchange.Options
		class   error
		want    string
	}{
		"empty":         {text: " \n", class: exchange.ErrBroken, want: "the file is empty"},
		"prose":         {text: "Dear all,\n\nhere is what we did.\n", class: exchange.ErrFormat, want: "text that looks like no tracker's"},
		"other table":   {text: "lat,lon\n1,2\n", class: exchange.ErrFormat, want: `a table without a column of titles: its headers are "lat", "lon"`},
		"archive":       {text: "PK\x03\x04....", class: exchange.ErrFormat, want: "an archive or an office document"},
		"PDF":           {text: "%PDF-1.7 ...", class: exchange.ErrFormat, want: "a PDF"},
		"binary":        {text: "a\x00b\x01c", class: exchange.ErrFormat, want: "binary, not text"},
		"page":          {text: "<!DOCTYPE html><p>Sign in", class: exchange.ErrFormat, want: "a page of markup"},
		"header only":   {text: "Issue key,Summary\n", class: exchange.ErrBroken, want: "jira-csv without an item"},
		"no usable row": {text: "Issue key,Summary,Status\n,,Done\n,,Open\n", class: exchange.ErrBroken, want: "row 2: neither a key nor a title; 2 rows are skipped"},
		"columns":       {text: wide, class: exchange.ErrTooLarge, want: "row 1: more than 16384 columns"},
		"bytes":         {text: wide, options: exchange.Options{MaxBytes: 100}, class: exchange.ErrTooLarge, want: "more than 100 bytes"},
		"cells":         {text: column("a", "1", "2", "3"), options: exchange.Options{MaxCells: 4}, class: exchange.ErrTooLarge, want: "more than 4 filled cells"},
		"links": {
			text: "Issue key,Summary,Inward issue link (Blocks)\nA-1,a,\"A-2, A-3, A-4\"\n", options: exchange.Options{MaxLinks: 2},
			class: exchange.ErrTooLarge, want: "row 2: more than 2 links",
		},
		"rows":           {text: column("a", "1", "2", "3"), options: exchange.Options{MaxItems: 2}, class: exchange.ErrTooLarge, want: "row 4: more than 2 rows"},
		"unknown format": {text: wide, options: exchange.Options{Format: "excel"}, class: exchange.ErrInvalid, want: `format is "excel", want one of trello-json`},
		"other format":   {text: column("a", "1"), options: exchange.Options{Format: exchange.JiraCSV}, class: exchange.ErrBroken, want: "no header of jira-csv"},
		"order":          {text: wide, options: exchange.Options{DateOrder: 3}, class: exchange.ErrInvalid, want: "DateOrder(3)"},
		"mark":           {text: wide, options: exchange.Options{DecimalMark: 3}, class: exchange.ErrInvalid, want: "DecimalMark(3)"},
		"limit":          {text: wide, options: exchange.Options{MaxCells: -1}, class: exchange.ErrInvalid, want: "a limit is below 0"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := exchange.Read(strings.NewReader(test.text), test.options)
			require.ErrorIs(t, err, test.class)
			require.ErrorContains(t, err, test.want)
			require.Less(t, len(err.Error()), 600)
			require.Nil(t, doc)
			var details *exchange.Error
			require.ErrorAs(t, err, &details)
		})
	}
	broken := errors.New("the disk is gone")
	_, err := exchange.Read(iotest.ErrReader(broken), exchange.Options{})
	require.ErrorIs(t, err, broken)
	// A limit can be raised.
	doc, err := exchange.Read(strings.NewReader(wide), exchange.Options{MaxColumns: 30_000})
	require.NoError(t, err)
	require.Len(t, doc.Items, 1)
}

func TestDetect(t *testing.T) {
	for text, want := range map[string]exchange.Format{
		"Summary,Issue key,Status\n":                       exchange.JiraCSV,
		"ID,Team,Title,Status,Cycle Number\n":              exchange.LinearCSV,
		"ID,Work Item Type,Title,Assigned To,State,Tags\n": exchange.AzureCSV,
		"Title,Description,Issue ID,URL,State,Author\n":    exchange.GitLabCSV,
		"Task ID,Created At,Completed At,Name\n":           exchange.AsanaCSV,
		"id,name,type,requester,owners,is_completed\n":     exchange.ShortcutCSV,
		"#,Project,Tracker,Status,Subject\n":               exchange.RedmineCSV,
		"title,reach,impact\n":                             exchange.TableCSV,
		"nothing that is known\n":                          "",
	} {
		format, certainty := exchange.Detect([]byte(text), "")
		require.Equal(t, want, format, text)
		require.Equal(t, want != "", certainty != 0)
	}
}
