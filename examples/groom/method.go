package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// method is a way to rank a sheet.
type method struct {
	name    string
	columns []string                             // that it needs
	parse   func(*cells)                         // reads its cells of one row, to see whether they can be read
	rank    func(*document, *sheet) *rankedSheet // nil if it blamed the document
}

// methods returns every method that a sheet can be ranked by, the default first. A further method is
// a further entry: its name, what ranks by it, and which cell each of its inputs is in.
func methods() []method {
	return []method{
		rankedBy("wsjf", prioritize.WSJF{}, func(row *cells) prioritize.WSJFInput {
			return prioritize.WSJFInput{
				UserBusinessValue: row.number("user_business_value"),
				TimeCriticality:   row.number("time_criticality"),
				RiskReduction:     row.number("risk_reduction"),
				JobSize:           row.number("job_size"),
			}
		}),
		rankedBy("rice", prioritize.RICE{}, func(row *cells) prioritize.RICEInput {
			return prioritize.RICEInput{
				Reach:      row.number("reach"),
				Impact:     row.number("impact"),
				Confidence: decimal.NewNullDecimal(row.number("confidence")),
				Effort:     row.number("effort"),
			}
		}),
		rankedBy("moscow", prioritize.MoSCoW{}, func(row *cells) prioritize.MoSCoWInput {
			return prioritize.MoSCoWInput{Category: cell(row, "moscow", prioritize.ParseMoSCoW)}
		}),
	}
}

func methodNames() []string {
	var names []string
	for _, m := range methods() {
		names = append(names, m.name)
	}
	return names
}

// validated is an input that can say which of its values are impossible.
type validated interface{ Validate() error }

// rankedBy makes a method of one of the library's. Which columns it needs is told by what read asks
// for.
func rankedBy[A validated](name string, by prioritize.Method[A], read func(*cells) A) method {
	asking := &cells{}
	read(asking)
	return method{
		name:    name,
		columns: asking.blank,
		parse:   func(row *cells) { read(row) },
		rank: func(doc *document, s *sheet) *rankedSheet {
			candidates := make([]prioritize.Candidate[int, A], len(s.rows))
			for i := range s.rows {
				row := &cells{sheet: s, row: i}
				input := read(row)
				s.blameFields(doc, i, input.Validate())
				candidates[i] = prioritize.Candidate[int, A]{Key: i, Input: input, Unscored: row.missing()}
			}
			if len(doc.problems) > 0 {
				return nil
			}
			ranking, err := prioritize.Rank(by, candidates)
			if err != nil {
				s.blameItems(doc, err)
				return nil
			}
			return &rankedSheet{method: name, sheet: s, ranking: ranking}
		},
	}
}

// blameItems blames the document for what a method found wrong with its rows, or with all of them
// together.
func (s *sheet) blameItems(doc *document, err error) {
	for _, err := range flat(err) {
		var item *prioritize.ItemError
		if errors.As(err, &item) && item.Index >= 0 && item.Index < len(s.rows) {
			s.blameFields(doc, item.Index, item.Err)
		} else {
			doc.blame(start, "%s", plain(err))
		}
	}
}

// blameFields blames the cells of a row for impossible values. A blank cell is not to blame: it has no
// value.
func (s *sheet) blameFields(doc *document, row int, err error) {
	for _, err := range flat(err) {
		var field *prioritize.FieldError
		if !errors.As(err, &field) {
			doc.blame(s.rows[row].at[0], "%s", plain(err))
			continue
		}
		text, at, ok := s.cell(row, field.Field)
		switch {
		case !ok:
			doc.blame(s.rows[row].at[0], "%s", plain(err))
		case text != "":
			s.blame(doc, at, "%s is %s, want %s", field.Field, quote(text), field.Want)
		}
	}
}

func plain(err error) string { return strings.TrimPrefix(err.Error(), "prioritize: ") }

// flat returns the errors that are joined in err, however they were nested.
func flat(err error) []error {
	var all []error
	for todo := []error{err}; len(todo) > 0; {
		next := todo[0]
		todo = todo[1:]
		if joined, ok := next.(interface{ Unwrap() []error }); ok {
			todo = slices.Concat(joined.Unwrap(), todo)
		} else if next != nil {
			all = append(all, next)
		}
	}
	return all
}

// choose returns the method that is asked for by name, or the first whose columns are all there. The
// document is to blame when there is none.
func choose(doc *document, s *sheet, by string) (method, bool) {
	var lacks []string
	for _, m := range methods() {
		if by != "" && m.name != by {
			continue
		}
		missing := s.without(m.columns)
		if len(missing) == 0 {
			return m, true
		}
		lacks = append(lacks, fmt.Sprintf("%s for %s", strings.Join(missing, ", "), m.name))
	}
	doc.blame(start, "not enough columns to rank by, want also %s", strings.Join(lacks, "; or "))
	return method{}, false
}
