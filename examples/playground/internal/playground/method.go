package playground

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/examples/internal/catalogue"
	"github.com/backlogkit/backlogkit/examples/internal/command"
	"github.com/backlogkit/backlogkit/prioritize"
)

// method is a way to rank a sheet.
type method struct {
	name, title string
	columns     []string // that it needs; "votes.NAME" is one or more columns, of any name
	optional    []string
	parse       func(*catalogue.Cells) // reads its cells of one row, to see whether they can be read
	run         func(*command.Document, *sheet, []Move) *trial
}

func methods() []method {
	return []method{
		ranked("WSJF", catalogue.WSJF), ranked("RICE", catalogue.RICE), ranked("MoSCoW", catalogue.MoSCoW),
		ranked("CD3", catalogue.CD3), ranked("ICE", catalogue.ICE), ranked("ICE (mean)", catalogue.ICEMean),
		ranked("Kano", catalogue.Kano), ranked("Opportunity", catalogue.Opportunity),
		ranked("Opportunity survey", catalogue.OpportunitySurvey), ranked("Value / effort", catalogue.ValueEffort),
		ranked("Wiegers", catalogue.Wiegers), ranked("Relative weighting", catalogue.RelativeWeighting),
		ranked("Eisenhower", catalogue.Eisenhower), ranked("Weighted criteria", catalogue.Weighted),
		ranked("Votes", catalogue.Votes), ranked("Theme screening", catalogue.ThemeScreening),
		ranked("Buy a feature", catalogue.BuyFeature),
	}
}

func (m method) lacks(s *sheet) []string {
	return slices.DeleteFunc(slices.Clone(m.columns), s.Has)
}

// trial is what came of ranking the sheet by one method. The functions are nil for a method that does not name its factors.
type trial struct {
	method
	ranking *prioritize.Ranking[int] // of row indices
	factors func(row int) []factor
	margins func(row int) []prioritize.Margin[int]
	draw    func() *prioritize.RankStability[int]
}

// factor is a number of an item that can be moved.
type factor struct {
	name        string
	value       decimal.Decimal
	least, most decimal.NullDecimal
	isOpen      bool // least itself is not allowed
}

// ranked makes a method of one of the catalogue.
func ranked[A any](title string, by catalogue.Entry[A]) method {
	m := method{name: by.Name, title: title, parse: func(row *catalogue.Cells) { by.Read(row) }}
	m.columns, m.optional = by.Columns()
	read := func(row *catalogue.Cells) (any, error) {
		in := by.Read(row)
		if v, ok := any(in).(interface{ Validate() error }); ok {
			return in, v.Validate()
		}
		return in, nil
	}
	m.run = func(doc *command.Document, s *sheet, moves []Move) *trial {
		return m.try(doc, s, scorerOf(by.By(s.Sheet, catalogue.Settings{})), read, moves)
	}
	return m
}

// reader reads the input of a method from a row, and what is impossible about it.
type reader func(row *catalogue.Cells) (any, error)

// try ranks the sheet. It returns nil, and blames the document, if that cannot be done.
func (m method) try(doc *command.Document, s *sheet, by numeric, read reader, moves []Move) *trial {
	candidates := make([]prioritize.Candidate[int, any], len(s.Rows))
	for i := range s.Rows {
		candidates[i] = s.candidate(doc, read, i)
	}
	move(by, candidates, moves)
	ranking, err := prioritize.Rank(by, candidates)
	if err != nil {
		s.blame(doc, err)
		return nil
	}
	t := &trial{method: m, ranking: ranking}
	if len(by.Factors()) > 0 {
		measure(t, by, candidates)
	}
	return t
}

// candidate reads a row. With something missing or impossible it is unscored, with the reason, and the rest is ranked.
func (s *sheet) candidate(doc *command.Document, read reader, i int) prioritize.Candidate[int, any] {
	var problems []string
	row := &catalogue.Cells{Sheet: s.Sheet, Row: i, Read: func(_ command.Place, problem string) {
		if problem != "" {
			problems = append(problems, problem)
		}
	}}
	in, err := read(row)
	c := prioritize.Candidate[int, any]{Key: i, Unscored: command.Missing(row.Blank)}
	if len(problems) == 0 {
		for _, err := range command.Problems(err) {
			if problem := s.blameField(doc, i, err); problem != "" {
				problems = append(problems, problem)
			}
		}
	}
	if len(problems) > 0 {
		c.Unscored = strings.Join(problems, "; ")
	}
	if c.Unscored == "" {
		c.Input = in
	}
	return c
}

// blameField blames a cell for an impossible value, and returns what is wrong. A blank cell is not to blame.
func (s *sheet) blameField(doc *command.Document, row int, err error) string {
	var field *prioritize.FieldError
	if !errors.As(err, &field) {
		doc.Blame(s.Rows[row].At[0], "%s", plain(err))
		return plain(err)
	}
	column := command.ColumnOf(field.Field)
	text, at, ok := s.Cell(row, column)
	if ok && text == "" {
		return ""
	}
	if !ok {
		at, text = s.Rows[row].At[0], field.Value
	}
	s.Blame(doc, at, "%s is %s, want %s", command.OnLine(column), command.Quote(text), field.Want)
	return command.OnLine(column) + " is " + command.Quote(text) + ", want " + field.Want
}

// blame blames the document for what a method found wrong with all rows together.
func (s *sheet) blame(doc *command.Document, err error) {
	for _, err := range command.Problems(err) {
		var item *prioritize.ItemError
		if errors.As(err, &item) && item.Index >= 0 && item.Index < len(s.Rows) {
			s.blameField(doc, item.Index, item.Err)
		} else {
			doc.Blame(command.Start(), "%s", plain(err))
		}
	}
}

func plain(err error) string { return command.OnLine(strings.TrimPrefix(err.Error(), "prioritize: ")) }

// move gives numbers other values, unless they are impossible.
func move(m numeric, candidates []prioritize.Candidate[int, any], moves []Move) {
	for _, one := range moves {
		value, err := prioritize.ParseDecimal("value", one.Value)
		if err != nil || one.Row < 1 || one.Row > len(candidates) || candidates[one.Row-1].Unscored != "" {
			continue
		}
		for _, f := range m.Factors() {
			if f.Name != one.Factor {
				continue
			}
			moved := f.With(candidates[one.Row-1].Input, value)
			if prioritize.Validate(m, moved) == nil {
				candidates[one.Row-1].Input = moved
			}
		}
	}
}

// maxSearched is how many items there may be for what costs a hundred rankings.
const maxSearched = 500

func measure(t *trial, m numeric, candidates []prioritize.Candidate[int, any]) {
	factors := m.Factors()
	isClosed := !slices.ContainsFunc(factors, func(f prioritize.Factor[any]) bool { return !f.LinearFractional })
	t.factors = func(row int) []factor {
		var all []factor
		for _, f := range factors {
			if value, ok := f.Get(candidates[row].Input); ok && candidates[row].Unscored == "" {
				all = append(all, factor{f.Name, value, f.Least, f.Most, f.Open})
			}
		}
		return all
	}
	t.margins = func(row int) []prioritize.Margin[int] {
		if !isClosed && len(candidates) > maxSearched {
			return nil
		}
		margins, _ := prioritize.Sensitivity(m, candidates, t.ranking, row, prioritize.SensitivityOptions{})
		return margins
	}
	t.draw = func() *prioritize.RankStability[int] {
		stability, _ := prioritize.Stability(m, candidates, prioritize.StabilityOptions[int, any]{
			Spreads: func(c prioritize.Candidate[int, any]) (all []prioritize.Spread) {
				for _, f := range factors {
					if value, ok := f.Get(c.Input); ok {
						all = append(all, spread(f.Name, value, f.Least, f.Most))
					}
				}
				return all
			},
			Draws:  max(10, min(200, 20_000/max(1, len(candidates)))),
			Source: rand.NewPCG(1, 2),
		})
		return stability
	}
}

// uncertainty is how far each number may be off in the draws, in percent of it.
const uncertainty = 20

func spread(name string, value decimal.Decimal, least, most decimal.NullDecimal) prioritize.Spread {
	off := value.Abs().Mul(decimal.New(uncertainty, -2))
	low, high := value.Sub(off), value.Add(off)
	if least.Valid {
		low = decimal.Max(low, least.Decimal)
	}
	if most.Valid {
		high = decimal.Min(high, most.Decimal)
	}
	return prioritize.Spread{Factor: name, Low: low, High: high}
}

// standing returns the ranks that each row fills, "3" or with ties "3–5"; nothing for what is not scored.
func (t *trial) standing() map[int]string {
	all := make(map[int]string, t.ranking.Len())
	last := make(map[int]int)
	for _, tie := range t.ranking.Ties() {
		for _, key := range tie {
			last[key] = len(tie) - 1
		}
	}
	for row := range t.ranking.All() {
		all[row.Key] = rankText(row.Rank, row.Rank+last[row.Key])
	}
	return all
}

func rankText(first, last int) string {
	if first == last {
		return decimal.NewFromInt(int64(first)).String()
	}
	return rankText(first, first) + "–" + rankText(last, last)
}
