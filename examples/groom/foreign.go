package main

import (
	"fmt"
	"strings"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// A sheet whose header is not in our own words is read as people write them: "BV", "Effort (person-months)", "80%".
// See [prioritize.Candidates] for the names. What no method reads is passed over, and a row that cannot be read is unscored.

// foreignMethod is a method that such a sheet can be ranked by.
type foreignMethod struct {
	name   string
	lacks  func(*prioritize.Sheet) []string // factors without a column
	reads  func(*prioritize.Sheet) bool     // a row of them at least
	unread func(*prioritize.Sheet) []string // columns that are passed over, quoted
	rank   func(odd *command.Document, s *prioritize.Sheet) (*rankedSheet, error)
}

func foreignMethods(given options) []foreignMethod {
	return []foreignMethod{
		foreignBy(catalogue.WSJF, given), foreignBy(catalogue.RICE, given), foreignBy(catalogue.CD3, given),
		foreignBy(catalogue.ICE, given), foreignBy(catalogue.ICEMean, given), foreignBy(catalogue.Opportunity, given),
		foreignBy(catalogue.Wiegers, given), foreignBy(catalogue.RelativeWeighting, given),
		foreignBy(catalogue.ValueEffort, given), foreignBy(catalogue.MoSCoW, given),
	}
}

func foreignBy[A any](e catalogue.Entry[A], given options) foreignMethod {
	by := e.By(nil, given.Settings)
	return foreignMethod{
		name:   e.Name,
		lacks:  func(s *prioritize.Sheet) []string { return catalogue.Lacks(s.Columns, by) },
		reads:  func(s *prioritize.Sheet) bool { return catalogue.CanRead(s, by) },
		unread: func(s *prioritize.Sheet) []string { return catalogue.Unread(s.Columns, by) },
		rank: func(odd *command.Document, s *prioritize.Sheet) (*rankedSheet, error) {
			read, unread, err := catalogue.Candidates(s, by)
			if err != nil {
				return nil, err
			}
			candidates, titles := make([]prioritize.Candidate[int, A], len(read)), make([]string, len(read))
			for i, one := range read {
				if err := unread[i]; err != nil {
					one.Unscored = plain(err)
					odd.Blame(command.Place{Line: s.Numbers[i], Column: 1}, "%s; it is unscored", plain(err))
				}
				candidates[i] = prioritize.Candidate[int, A]{Key: i, Input: one.Input, Unscored: one.Unscored}
				titles[i] = one.Key
			}
			ranking, err := prioritize.Rank(by, candidates)
			if err != nil {
				return nil, err
			}
			return &rankedSheet{method: e.Name, sheet: titled(titles), ranking: ranking}, nil
		},
	}
}

// titled is a sheet of titles alone.
func titled(titles []string) *sheet {
	s := &sheet{Sheet: command.NewSheet(1)}
	s.Header[0], s.Columns[titleColumn] = titleColumn, 0
	for _, title := range titles {
		s.Rows = append(s.Rows, command.Row{Cells: []string{title}, At: []command.Place{command.Start()}})
	}
	return s
}

// readForeign reads a sheet in the words of others and ranks its rows by the method that is asked for, or by the first
// whose factors all have a column, with cells that it can read.
func readForeign(name, by string, given options) (report command.Report, odd, doc *command.Document) {
	doc, odd = &command.Document{Name: name}, &command.Document{Name: name}
	s, err := command.ReadFile(name, exchange.Options{}, exchange.ReadSheet)
	if err != nil {
		command.BlameExchange(doc, err)
		return nil, odd, doc
	}
	for _, note := range command.SheetNotes(s) {
		odd.Blame(command.Start(), "%s", note)
	}
	var lacks []string
	for _, m := range foreignMethods(given) {
		if by != "" && by != m.name {
			continue
		}
		missing := m.lacks(s)
		if len(missing) > 0 {
			if by != "" || len(missing) <= 2 {
				lacks = append(lacks, fmt.Sprintf("%s for %s", strings.Join(missing, ", "), m.name))
			}
			continue
		}
		if by == "" && !m.reads(s) {
			continue
		}
		if left := m.unread(s); len(left) > 0 {
			odd.Blame(command.Start(), "%s", catalogue.PassedOver(left))
		}
		ranked, err := m.rank(odd, s)
		if err != nil {
			doc.Blame(command.Start(), "%s", plain(err))
			return nil, odd, doc
		}
		return ranked, odd, doc
	}
	if len(lacks) == 0 {
		lacks = []string{"those of one of " + strings.Join(methodNames(), ", ")}
	}
	doc.Blame(command.Start(), "not enough columns to rank by, want also %s", strings.Join(lacks, "; or "))
	return nil, odd, doc
}
