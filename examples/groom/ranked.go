package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// scale is how many digits after the point a score is shown with.
const scale = 2

// rankedSheet is a sheet in the order of a method.
type rankedSheet struct {
	method  string
	sheet   *sheet
	ranking *prioritize.Ranking[int] // of row indices
}

// rankedItem and unscoredItem are the items in the JSON of a sheet.
type (
	rankedItem struct {
		Position int    `json:"position"`
		Title    string `json:"title"`
		Score    string `json:"score"`
		Tied     bool   `json:"tied"`
		Terms    string `json:"terms"`
	}
	unscoredItem struct {
		Title  string `json:"title"`
		Reason string `json:"reason"`
	}
)

func (r *rankedSheet) items() []rankedItem {
	items := make([]rankedItem, 0, r.ranking.Len())
	for row := range r.ranking.All() {
		items = append(items, rankedItem{
			Position: row.Position,
			Title:    r.sheet.title(row.Key),
			Score:    r.score(row.Key, row.Score),
			Tied:     row.Tied,
			Terms:    r.ranking.Sentence(row.Key, scale),
		})
	}
	return items
}

func (r *rankedSheet) unscored() []unscoredItem {
	items := []unscoredItem{}
	for _, missing := range r.ranking.Unscored() {
		items = append(items, unscoredItem{r.sheet.title(missing.Key), missing.Reason})
	}
	return items
}

// score is the score of a row, rounded; or its class, where it has no number: "must".
func (r *rankedSheet) score(key int, score prioritize.Score) string {
	if terms := r.ranking.Terms(key); len(terms) == 1 && isClass(terms[0]) {
		return terms[0].Text
	}
	return score.At(scale).StringFixed(scale)
}

// isClass reports a term that puts items in an order by a word alone.
func isClass(t prioritize.Term) bool {
	return t.Effect == prioritize.Orders && t.Text != "" && !t.Value.IsScored()
}

func (r *rankedSheet) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Method   string         `json:"method"`
		Ranking  []rankedItem   `json:"ranking"`
		Unscored []unscoredItem `json:"unscored"`
		Findings []sheetFinding `json:"findings"`
	}{r.method, r.items(), r.unscored(), r.sheet.found()})
}

func (r *rankedSheet) WriteTable(out *bytes.Buffer) {
	unscored := r.unscored()
	fmt.Fprintf(out, "%s ranked by %s, %d unscored\n",
		command.Counted(r.ranking.Len(), "item", "items"), r.method, len(unscored))
	rows := [][]any{{"#", "Title", "Score", "Tied", "Terms"}}
	for _, item := range r.items() {
		tied := ""
		if item.Tied {
			tied = "="
		}
		rows = append(rows, []any{item.Position, item.Title, item.Score, tied, item.Terms})
	}
	command.Section(out, "Ranking", rows)
	r.writeTies(out)
	if len(unscored) > 0 {
		rows = nil
		for _, item := range unscored {
			rows = append(rows, []any{item.Title, item.Reason})
		}
		command.Section(out, "Unscored", rows)
	}
	if rows := r.sheet.findings(); len(rows) > 0 {
		command.Section(out, "Findings", rows)
	}
}

// writeTies writes which items have exactly equal scores.
func (r *rankedSheet) writeTies(out *bytes.Buffer) {
	var rows [][]any
	for _, tie := range r.ranking.Ties() {
		first, _ := r.ranking.Lookup(tie[0])
		titles := make([]string, len(tie))
		for i, key := range tie {
			titles[i] = r.sheet.title(key)
		}
		rows = append(rows, []any{r.score(tie[0], first.Score), strings.Join(titles, ", ")})
	}
	if len(rows) > 0 {
		command.Section(out, "Ties, in the order of the method's tie rule, then of the file", rows)
	}
}
