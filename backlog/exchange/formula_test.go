package exchange_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// What a spreadsheet would calculate has an apostrophe before it in every table that is written, wherever it stands, and none
// when it is read back.
func TestNoFormulasInTables(t *testing.T) {
	for _, formula := range []string{
		"=1+1", "=HYPERLINK(\"http://example.com\",\"x\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＋1+1", "－2+3", "＠SUM(A1)", "'=1+1", "''=x", "- a list",
	} {
		for _, lead := range []string{"", "\t", "\r", "\n", " ", "\u00A0", "\uFEFF", "\u200B", "\x00"} {
			text := lead + formula
			doc := &exchange.Document{Items: []exchange.Item{{
				Key: "A-1", Title: text, Kind: text, Status: text, Resolution: text, Priority: text, Assignee: text, Description: text, Parent: text,
				Labels: []string{text}, Sprints: []string{text}, Releases: []string{text}, Criteria: []string{text}, ID: text,
				Custom: []exchange.Value{{Name: text, Type: exchange.Text, Text: text}, {Name: "other", Type: exchange.Text, Text: text}},
			}}, Links: []exchange.Link{{From: "A-1", To: text, Word: text, Meaning: exchange.Needs}}}
			for _, format := range []exchange.Format{exchange.JiraCSV, exchange.LinearCSV, exchange.TableCSV} {
				var out bytes.Buffer
				_, err := doc.Write(&out, format)
				require.NoError(t, err)
				r := csv.NewReader(bytes.NewReader(out.Bytes()))
				r.FieldsPerRecord = -1
				records, err := r.ReadAll()
				require.NoError(t, err)
				for _, record := range records {
					for _, cell := range record {
						first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, " \t\r\n\x00\u00A0\uFEFF\u200B"))
						require.False(t, cell != "" && strings.ContainsRune("=+-@＝＋－＠", first), "%q in %s", cell, format)
						require.False(t, cell != "" && strings.ContainsRune("=+-@＝＋－＠\t\r\n", rune(cell[0])), "%q in %s", cell, format)
					}
				}
				back, err := exchange.Read(bytes.NewReader(out.Bytes()), exchange.Options{Format: format})
				require.NoError(t, err)
				again := &bytes.Buffer{}
				_, err = back.Write(again, format)
				require.NoError(t, err)
				once, err := exchange.Read(bytes.NewReader(again.Bytes()), exchange.Options{Format: format})
				require.NoError(t, err)
				require.Equal(t, back.Items, once.Items, "%q in %s", text, format)
				if clean := strings.Trim(text, " \t\r\n\x00\u00A0\uFEFF\u200B"); clean == text {
					require.Equal(t, text, back.Items[0].Title, format)
					require.Equal(t, text, back.Items[0].Description, format)
				}
			}
		}
	}
}
