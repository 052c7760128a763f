package exchange_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// linksOf returns the links of a document as "from meaning to".
func linksOf(doc *exchange.Document) (links []string) {
	for _, link := range doc.Links {
		links = append(links, fmt.Sprintf("%s %v %s", link.From, link.Meaning, link.To))
	}
	return links
}

// A relation of Redmine is read with its direction: seen from the other end, with the days between two issues, in any language.
func TestRelationWords(t *testing.T) {
	for want, words := range map[string][]string{
		"1 needs 2":      {"Blocked by", "Follows", "Follows (2 days)", "Bloqué par", "Bloqueada por", "Blockiert durch", "Geblokkeerd door", "Suit", "Segue", "Posterior a"},
		"2 needs 1":      {"Blocks", "Precedes", "Precedes (3 days)", "Bloque", "Bloquea a", "Blockiert", "Précède", "Anterior a", "Bloqueia"},
		"1 duplicates 2": {"Is duplicate of", "Duplicates", "Duplique", "Duplica", "Duplikat von"},
		"2 duplicates 1": {"Has duplicate", "Duplicated by", "Dupliqué par", "Duplicada por", "Dupliziert durch"},
		"1 relates 2":    {"Related to", "Copied to", "Copied from"},
	} {
		for _, word := range words {
			doc := read(t, "#,Tracker,Subject,Related issues\n1,Bug,a,"+word+" #2\n2,Bug,b,\n", exchange.Options{})
			require.Equal(t, []string{want}, linksOf(doc), word)
		}
	}
}

// Titles with separators in them are found in a cell that names several items: the longest first.
func TestLinksByTitle(t *testing.T) {
	doc := read(t, "Task ID,Name,Section/Column,Blocked By (Dependencies)\n"+
		"1,Do this,To do,\n2,\"Do this, then that\",To do,\n3,\"Do this, then that, and rest\",To do,\n4,\"Pay, or not\",To do,\n"+
		"5,Ship,To do,\"Do this, then that,Pay, or not, Do this,Do this, then that, and rest, Do this, and Ship\"\n", exchange.Options{})
	require.Equal(t, []string{"5 needs 2", "5 needs 4", "5 needs 1", "5 needs 3", "5 needs and Ship"}, linksOf(doc))
}

// Keys with nothing but spaces between them are several; words are not.
func TestLinksBySpaces(t *testing.T) {
	doc := read(t, "id,title,needs\n1,a,\n2,b,1\n3,c,2 1\n4,d,#3 99\n5,e,after 3\n", exchange.Options{})
	require.Equal(t, []string{"2 needs 1", "3 needs 2", "3 needs 1", "4 needs 3", "4 needs 99", "5 needs after 3"}, linksOf(doc))
}

// A card links to those in its description, among its attachments and in its checklists, to each once.
func TestTrelloLinks(t *testing.T) {
	doc := read(t, `{"lists":[{"id":"L","name":"Doing"}],"cards":[`+
		`{"id":"1","shortLink":"AAAAAAA1","name":"a","idList":"L","desc":"https://trello.com/c/AAAAAAA2","attachments":[`+
		`{"url":"https://trello.com/c/AAAAAAA3/3-c"},{"url":"https://trello.com/c/AAAAAAA2/2-b"},{"url":"https://example.com/x"}]},`+
		`{"id":"2","shortLink":"AAAAAAA2","name":"b","idList":"L","checklists":[{"name":"x","checkItems":[{"name":"https://trello.com/c/AAAAAAA2"}]}]},`+
		`{"id":"3","shortLink":"AAAAAAA3","name":"c","idList":"L"}],`+
		`"checklists":[{"idCard":"2","checkItems":[{"name":"see https://trello.com/c/AAAAAAA3/3-c"}]}]}`, exchange.Options{})
	require.Equal(t, []string{"AAAAAAA1 relates AAAAAAA2", "AAAAAAA1 relates AAAAAAA3", "AAAAAAA2 relates AAAAAAA3"}, linksOf(doc))
	requireCells(t, doc)
}

// The report has words of people for the names under which an item keeps what has no field.
func TestReportWords(t *testing.T) {
	report := exchange.Report{
		Changes: []exchange.ItemChange{{Key: "A", Fields: []string{"status", "exchange.status", "exchange.link", "links", "not_before", "Team"}}},
		Both:    []exchange.Conflict{{Key: "A", Field: "exchange.points"}},
		Losses:  []exchange.ImportLoss{{Key: "A", What: "exchange.custom.exchange.x"}},
	}
	text := report.String()
	require.Contains(t, text, "A: status, the tracker's status, links, not before, Team\n")
	require.Contains(t, text, "A: the tracker's points is ")
	require.Contains(t, text, "A: exchange.x ")
}
