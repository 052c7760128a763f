package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// SheetCheck is what a sheet can be used for.
type SheetCheck struct {
	Fits    []Fit         `json:"fits"`    // the methods that some of its columns are for, those with the least missing first
	Changes []ScoreChange `json:"changes"` // scores that it has worked out and that are others here, 1,000 at most
}

// Fit is how well a sheet fits a method.
type Fit struct {
	Method  string   `json:"method"`  // "rice"
	Missing []string `json:"missing"` // factors without a column; none if the method can score
}

// ScoreChange is a score in a sheet that is another by its own factors.
type ScoreChange struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	File   string `json:"file"`
	Here   string `json:"here"` // rounded as the file's is
}

// sheetMethod is a method that a sheet may be for.
type sheetMethod struct {
	name    string
	factors []sheetFactor
	scores  []string // headers of scores that are worked out, folded
	score   func(*prioritize.Sheet) []prioritize.Score
}

// sheetFactor is a factor with its names, folded.
type sheetFactor struct {
	name  string
	names []string
}

// sheetMethods are the methods that a sheet is looked at for.
func sheetMethods() []sheetMethod {
	return []sheetMethod{
		methodOf("rice", prioritize.RICE{}),
		methodOf("wsjf", prioritize.WSJF{}),
		methodOf("ice", prioritize.ICE{}),
		methodOf("cd3", prioritize.CD3{}),
		methodOf("wiegers", prioritize.Wiegers{}),
		methodOf("opportunity", prioritize.Opportunity{}),
		methodOf("value_effort", prioritize.ValueEffort{}),
		{name: moscow, factors: []sheetFactor{{moscow, []string{moscow}}}},
	}
}

const moscow = "moscow"

// isOfMoSCoW reports whether package prioritize takes a column with a header for categories of MoSCoW.
func isOfMoSCoW(header string) bool {
	_, err := prioritize.Candidates(&prioritize.Sheet{Columns: []string{header}}, prioritize.MoSCoW{})
	return err == nil
}

// methodOf returns a method whose factors are named by package prioritize.
func methodOf[A any, M interface {
	prioritize.Method[A]
	prioritize.Factored[A]
}](name string, m M) sheetMethod {
	method := sheetMethod{name: name, scores: []string{name, name + "score"}}
	for _, factor := range m.Factors() {
		method.factors = append(method.factors, namedFactor(factor.Name, factor.Also))
	}
	method.score = func(s *prioritize.Sheet) []prioritize.Score {
		candidates, err := prioritize.Candidates[A](s, m)
		if err != nil {
			return nil
		}
		scores := make([]prioritize.Score, len(candidates))
		for i, candidate := range candidates {
			if candidate.Unscored != "" {
				continue
			}
			if one, err := m.Score([]A{candidate.Input}); err == nil {
				scores[i] = one[0]
			}
		}
		return scores
	}
	return method
}

func namedFactor(name string, also []string) sheetFactor {
	factor := sheetFactor{name: name}
	for _, other := range append([]string{name}, also...) {
		factor.names = append(factor.names, fold(other))
	}
	return factor
}

// factorNames are the folded headers of numbers to prioritise by: factors, and scores that are worked out.
var factorNames = func() map[string]bool {
	names := make(map[string]bool)
	for _, method := range sheetMethods() {
		for _, factor := range method.factors {
			for _, name := range factor.names {
				names[name] = name != moscow
			}
		}
		for _, name := range method.scores {
			names[name] = true
		}
	}
	return names
}()

// isFactor reports whether a header names a number to prioritise by, with or without a unit in brackets.
func isFactor(header string) bool {
	return factorNames[fold(header)] || factorNames[fold(bareHeader(header))]
}

// CheckSheet returns which methods of package prioritize a sheet fits, what is missing for others that it nearly fits,
// and where a score that it has worked out is not what its own factors give. O(cells).
func CheckSheet(s *prioritize.Sheet) SheetCheck {
	check := SheetCheck{Fits: []Fit{}, Changes: []ScoreChange{}}
	headers := foldedHeaders(s)
	for _, method := range sheetMethods() {
		fit := Fit{Method: method.name, Missing: []string{}}
		for _, factor := range method.factors {
			if !slices.ContainsFunc(headers, func(header string) bool { return header != "" && slices.Contains(factor.names, header) }) {
				fit.Missing = append(fit.Missing, factor.name)
			}
		}
		if 2*len(fit.Missing) <= len(method.factors) && len(fit.Missing) < len(method.factors) {
			check.Fits = append(check.Fits, fit)
		}
		if len(fit.Missing) == 0 {
			check.compare(s, method)
		}
	}
	slices.SortStableFunc(check.Fits, func(a, b Fit) int { return cmp.Compare(len(a.Missing), len(b.Missing)) })
	return check
}

// foldedHeaders returns the headers of the columns that have numbers, or categories of MoSCoW, in half of their filled
// cells or more. The others are blank: a business value can be prose, and a priority a number.
func foldedHeaders(s *prioritize.Sheet) []string {
	headers := make([]string, len(s.Columns))
	for i, column := range s.Columns {
		name := fold(column)
		if !factorNames[name] && !isOfMoSCoW(column) {
			column = bareHeader(column)
			name = fold(column)
		}
		isCategory := !factorNames[name]
		if isCategory {
			if !isOfMoSCoW(column) {
				continue
			}
			name = moscow
		}
		balance := 0
		for row := range s.Rows {
			text := cellAt(s, row, i)
			switch {
			case text == "" || isNone(text):
			case isCategory && isMoSCoW(text), !isCategory && (isReadable(text) || name == "impact"):
				balance++
			default:
				balance--
			}
		}
		if balance >= 0 {
			headers[i] = name
		}
	}
	return headers
}

// isMoSCoW reports whether a cell is a category of MoSCoW, perhaps with a reason behind it.
func isMoSCoW(text string) bool {
	sheet := &prioritize.Sheet{Columns: []string{moscow}, Rows: [][]string{{text}}}
	_, err := prioritize.Candidates(sheet, prioritize.MoSCoW{})
	return err == nil
}

// maxChanges is how many changed scores are listed.
const maxChanges = 1000

// compare lists the scores of a method that are others by the factors of their row.
func (c *SheetCheck) compare(s *prioritize.Sheet, method sheetMethod) {
	at := slices.IndexFunc(s.Columns, func(header string) bool {
		return slices.Contains(method.scores, fold(header)) || slices.Contains(method.scores, fold(bareHeader(header)))
	})
	if at < 0 {
		return
	}
	for i, score := range method.score(s) {
		text := cellAt(s, i, at)
		if len(text) > maxNumber {
			continue
		}
		file, err := decimal.NewFromString(text)
		if err != nil || !score.IsScored() || len(c.Changes) == maxChanges {
			continue
		}
		scale := max(-file.Exponent(), 0)
		if here := score.At(scale); !here.Equal(file) {
			c.Changes = append(c.Changes, ScoreChange{rowNumber(s, i), s.Columns[at], text, here.StringFixed(scale)})
		}
	}
}

// cellAt returns a cell, or "" for one that the row lacks.
func cellAt(s *prioritize.Sheet, row, column int) string {
	if column >= len(s.Rows[row]) {
		return ""
	}
	return s.Rows[row][column]
}

func rowNumber(s *prioritize.Sheet, row int) int {
	if row < len(s.Numbers) {
		return s.Numbers[row]
	}
	return row + 2 // after the header
}

// String returns what the sheet fits in one sentence: "can be scored by rice; ice needs ease".
func (c SheetCheck) String() string {
	var can, cannot []string
	for _, fit := range c.Fits {
		if len(fit.Missing) == 0 {
			can = append(can, fit.Method)
		} else {
			cannot = append(cannot, fmt.Sprintf("%s needs %s", fit.Method, strings.Join(fit.Missing, ", ")))
		}
	}
	switch {
	case len(can) > 0 && len(cannot) > 0:
		return "can be scored by " + strings.Join(can, ", ") + "; " + strings.Join(cannot, "; ")
	case len(can) > 0:
		return "can be scored by " + strings.Join(can, ", ")
	case len(cannot) > 0:
		return "nothing to score by yet: " + strings.Join(cannot, "; ")
	}
	return "nothing to score by: no column is a factor of a method"
}
