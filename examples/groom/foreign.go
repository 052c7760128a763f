package main

import (
	"errors"
	"fmt"
	"slices"
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
	name  string
	lacks func(*prioritize.Sheet) []string // factors without a column
	rank  func(odd *command.Document, s *prioritize.Sheet) (*rankedSheet, error)
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
		name: e.Name,
		lacks: func(s *prioritize.Sheet) (missing []string) {
			_, err := prioritize.Candidates(&prioritize.Sheet{Columns: s.Columns}, by)
			for _, err := range command.Problems(err) {
				var field *prioritize.FieldError
				if errors.As(err, &field) {
					factor := strings.TrimPrefix(strings.TrimPrefix(field.Want, "one column for "), "one for ")
					missing = append(missing, factor)
				}
			}
			return missing
		},
		rank: func(odd *command.Document, s *prioritize.Sheet) (*rankedSheet, error) {
			candidates, titles, err := readable(odd, s, by)
			if err != nil {
				return nil, err
			}
			ranking, err := prioritize.Rank(by, candidates)
			if err != nil {
				return nil, err
			}
			return &rankedSheet{method: e.Name, sheet: titled(titles), ranking: ranking}, nil
		},
	}
}

// passedOver returns the columns that neither name the items nor hold a factor, quoted.
func (m foreignMethod) passedOver(s *prioritize.Sheet) (left []string) {
	const most = 100 // of columns that are looked at
	for i, column := range s.Columns[:min(len(s.Columns), most)] {
		rest := prioritize.Sheet{Columns: slices.Delete(slices.Clone(s.Columns), i, i+1)}
		if !catalogue.IsTitle(column) && len(m.lacks(&rest)) == 0 {
			left = append(left, command.Quote(column))
		}
	}
	return left
}

// readable returns a candidate for each row. One that cannot be read is odd, and unscored.
func readable[A any](odd *command.Document, s *prioritize.Sheet, by prioritize.Method[A]) (all []prioritize.Candidate[int, A], titles []string, err error) {
	rows := make([]int, len(s.Rows)) // of the sheet, by the row of the original
	for i := range rows {
		rows[i] = i
	}
	rest := *s
	unread := make(map[int]string)
	read, err := prioritize.Candidates(&rest, by)
	if err != nil {
		for _, err := range command.Problems(err) {
			var item *prioritize.ItemError
			if !errors.As(err, &item) {
				return nil, nil, err
			}
			unread[item.Index] = plain(item.Err)
			odd.Blame(command.Place{Line: s.Numbers[item.Index], Column: 1}, "%s; it is unscored", plain(err))
		}
		rest.Rows = slices.Clone(s.Rows)
		for i := range unread {
			rest.Rows[i] = make([]string, len(s.Columns))
			for k, column := range s.Columns { // the title stays
				if catalogue.IsTitle(column) && k < len(s.Rows[i]) {
					rest.Rows[i][k] = s.Rows[i][k]
				}
			}
		}
		if read, err = prioritize.Candidates(&rest, by); err != nil {
			return nil, nil, err
		}
	}
	for i, one := range read {
		if reason, bad := unread[i]; bad {
			one.Unscored = reason
		}
		all = append(all, prioritize.Candidate[int, A]{Key: i, Input: one.Input, Unscored: one.Unscored})
		titles = append(titles, one.Key)
	}
	return all, titles, nil
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
// whose factors all have a column.
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
		if left := m.passedOver(s); len(left) > 0 {
			odd.Blame(command.Start(), "%s passed over: %s", command.Counted(len(left), "column is", "columns are"), strings.Join(left, ", "))
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
