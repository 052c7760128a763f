package main

import (
	"encoding/csv"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// otherNames are the names that others have for the columns, in lower case, of letters and digits only.
var otherNames = map[string][]string{
	idColumn:    {"id", "key", "issuekey", "itemid", "storyid", "featureid", "number", "no"},
	sizeColumn:  {"size", "jobsize", "duration", "effort", "estimate", "storypoints", "points", "sp", "js", "cost", "sizepts"},
	delayColumn: {"costofdelay", "cod", "value", "businessvalue", "bv"},
	needsColumn: {"needs", "dependson", "dependencies", "blockedby", "predecessors", "predecessorid", "requires"},
}

// load reads the file. A header in the words of others is translated; what is lost thereby is odd, or, if strict, the file is
// taken as it is, for the reader of our own words to refuse.
func load(file string, strict bool) (doc, odd *command.Document) {
	doc, odd = command.Load(file, "a header, and an item a line"), &command.Document{Name: file}
	if !doc.OK() || !catalogue.IsForeign(doc.Text, needsColumn, []string{idColumn, sizeColumn, delayColumn, needsColumn}) {
		return doc, odd
	}
	s, err := exchange.ReadSheet(strings.NewReader(doc.Text), exchange.Options{Name: file})
	if err != nil {
		return doc, odd // the reader of our own words tells what is wrong
	}
	text, left, ok := translate(s)
	if !ok || strict && len(left) > 0 {
		return doc, odd
	}
	for _, note := range s.Notes {
		odd.Blame(command.Start(), "%s", note)
	}
	if len(left) > 0 {
		odd.Blame(command.Start(), "%s passed over: %s", command.Counted(len(left), "column is", "columns are"), strings.Join(left, ", "))
	}
	return &command.Document{Name: file, Text: text}, odd
}

// translate writes a sheet with our columns, and returns those that it passed over, quoted. It is not ok if one of ours
// but that of needs has no counterpart.
func translate(s *prioritize.Sheet) (text string, left []string, ok bool) {
	places := make(map[string]int)
	for _, column := range []string{idColumn, sizeColumn, delayColumn, needsColumn} {
		place := -1
		for _, name := range otherNames[column] {
			if place < 0 {
				place = slices.IndexFunc(s.Columns, func(one string) bool { return plainName(one) == name })
			}
		}
		if places[column] = place; place < 0 && column != needsColumn {
			return "", nil, false
		}
	}
	for i, column := range s.Columns {
		isUsed := false
		for _, place := range places {
			isUsed = isUsed || place == i
		}
		if !isUsed && !catalogue.IsTitle(column) {
			left = append(left, command.Quote(column))
		}
	}
	var out strings.Builder
	w := csv.NewWriter(&out)
	_ = w.Write([]string{idColumn, sizeColumn, delayColumn, needsColumn})
	for _, row := range s.Rows {
		cell := func(column string) string {
			if place := places[column]; place >= 0 && place < len(row) {
				return row[place]
			}
			return ""
		}
		needs := strings.Join(strings.FieldsFunc(cell(needsColumn), func(r rune) bool { return strings.ContainsRune(",;| ", r) }), " ")
		_ = w.Write([]string{cell(idColumn), cell(sizeColumn), cell(delayColumn), needs})
	}
	w.Flush()
	return out.String(), left, true
}

// plainName returns a header in lower case, of letters and digits only, without what stands in brackets.
func plainName(header string) string {
	header, _, _ = strings.Cut(strings.ToLower(header), "(")
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, header)
}
