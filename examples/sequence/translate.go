package main

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// columns are ours, in order.
var columns = []string{idColumn, sizeColumn, delayColumn, needsColumn}

// otherNames are the names that others have for the columns, in lower case, of letters and digits only.
var otherNames = map[string][]string{
	idColumn:    {"id", "key", "issuekey", "itemid", "storyid", "featureid", "number", "no"},
	sizeColumn:  {"size", "jobsize", "duration", "effort", "estimate", "storypoints", "points", "sp", "js", "cost", "sizepts"},
	delayColumn: {"costofdelay", "cod", "value", "businessvalue", "bv"},
	needsColumn: {"needs", "dependson", "dependencies", "blockedby", "predecessors", "predecessorid", "requires"},
}

// load reads the file. A header in the words of others is translated; what is lost thereby is odd. If strict, or if a column is
// missing, the file is taken as it is, for the reader of our own words to refuse.
func load(file string, strict bool) (doc, odd *command.Document) {
	doc, odd = command.Load(file, "a header, and an item a line"), &command.Document{Name: file}
	if !catalogue.IsForeign(string(command.Head(file)), needsColumn, columns) {
		return doc, odd
	}
	s, err := command.ReadFile(file, exchange.Options{}, exchange.ReadSheet)
	if err != nil {
		return doc, odd
	}
	places, missing := placesIn(s)
	left := passedOver(s, places)
	switch {
	case doc.OK() && (len(missing) > 0 || strict && len(left) > 0):
		return doc, odd
	case len(missing) > 0: // in another encoding
		doc = &command.Document{Name: file}
		doc.Blame(command.Start(), "no column for %s, want %s, or what others call them", strings.Join(missing, ", "), wantedColumns)
		return doc, odd
	}
	for _, note := range s.Notes {
		odd.Blame(command.Start(), "%s", note)
	}
	if len(left) > 0 {
		odd.Blame(command.Start(), "%s", catalogue.PassedOver(left))
	}
	return command.SheetTable(file, s, columns, func(row int, column string) string {
		place, known := places[column]
		if !known || place >= len(s.Rows[row]) {
			return ""
		}
		text := s.Rows[row][place]
		if column == needsColumn {
			text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;| ", r) }), " ")
		}
		return text
	}), odd
}

// placesIn returns where a sheet has our columns, and those but that of needs that it lacks.
func placesIn(s *prioritize.Sheet) (places map[string]int, missing []string) {
	places = make(map[string]int)
	for _, column := range columns {
		place := -1
		for _, name := range otherNames[column] {
			if place < 0 {
				place = slices.IndexFunc(s.Columns, func(one string) bool { return plainName(one) == name })
			}
		}
		if place >= 0 {
			places[column] = place
		} else if column != needsColumn {
			missing = append(missing, column)
		}
	}
	return places, missing
}

// passedOver returns the columns that are not used, quoted.
func passedOver(s *prioritize.Sheet, places map[string]int) (left []string) {
	used := make(map[int]bool)
	for _, place := range places {
		used[place] = true
	}
	for i, column := range s.Columns {
		if !used[i] && !catalogue.IsTitle(column) {
			left = append(left, command.Quote(column))
		}
	}
	return left
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
