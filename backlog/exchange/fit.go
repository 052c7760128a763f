package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
)

// factorNames are the headers of factors, by the name that package prioritize has for each. Units in brackets
// do not matter.
var factorNames = words[string]{}.
	add("user_business_value", `user-business-value business-value bv user-value ubv business-value-bv customer-business-value`).
	add("time_criticality", `time-criticality tc time-critical timecriticality urgency-of-time`).
	add("risk_reduction", `risk-reduction rr rroe rr-oe risk-reduction-enablement risk-reduction-opportunity-enablement
		risk-reduction-and-opportunity-enablement risk-reduction-/-enablement risk-opportunity`).
	add("job_size", `job-size js jobsize size job-duration size-pts size-points`).
	add("reach", `reach alcance portata reichweite`).
	add("impact", `impact impacto impatto`).
	add("confidence", `confidence confianza confiança fiducia conf`).
	add("effort", `effort esfuerzo esforço sforzo aufwand efforts`).
	add("ease", `ease facilidad facilità`).
	add("cost_of_delay", `cost-of-delay cod costofdelay`).
	add("duration", `duration`).
	add("value", `value valor valore wert customer-value`).
	add("benefit", `benefit relative-benefit`).
	add("penalty", `penalty relative-penalty`).
	add("cost", `cost relative-cost`).
	add("risk", `risk relative-risk`).
	add("importance", `importance`).
	add("satisfaction", `satisfaction`).
	add("moscow", `moscow moscow-priority moscow-category`).
	add("rice_score", `rice rice-score ricescore`).
	add("wsjf_score", `wsjf wsjf-score wsjfscore`).
	add("ice_score", `ice ice-score icescore`)

// methods are what a sheet is looked at for: the factors of each, as package prioritize names them.
var methods = []struct {
	name    string
	factors []string
}{
	{"rice", []string{"reach", "impact", "confidence", "effort"}},
	{"wsjf", []string{"user_business_value", "time_criticality", "risk_reduction", "job_size"}},
	{"ice", []string{"impact", "confidence", "ease"}},
	{"cd3", []string{"cost_of_delay", "duration"}},
	{"wiegers", []string{"benefit", "penalty", "cost", "risk"}},
	{"opportunity", []string{"importance", "satisfaction"}},
	{"value_effort", []string{"value", "effort"}},
	{"moscow", []string{"moscow"}},
}

// factorOf returns the factor that a header names, or the header in the form of one: "Team lead" is "team_lead".
func factorOf(header string, field Field) string {
	switch field {
	case FieldTitle:
		return "title"
	case FieldKey:
		return "id"
	}
	if name, known := factorNamed(header); known {
		return name
	}
	if field == FieldPriority && strings.Contains(fold(header), "moscow") {
		return "moscow"
	}
	var words []string
	for word := range strings.FieldsFuncSeq(bareHeader(header), func(r rune) bool { return strings.ContainsRune(" _-/\t\n\u00A0", r) }) {
		words = append(words, strings.ToLower(word))
	}
	return strings.Join(words, "_")
}

// factorNamed returns the factor that a header names, with or without a unit in brackets.
func factorNamed(header string) (string, bool) {
	name, known := factorNames[fold(header)]
	if !known {
		name, known = factorNames[fold(bareHeader(header))]
	}
	return name, known
}

// isFactor reports whether a header names a factor that is a number.
func isFactor(header string) bool {
	name, known := factorNamed(header)
	return known && name != "moscow"
}

// fits returns the methods that a column is for, those with the least missing first. A method that misses more than
// half of its factors is not among them.
func fits(s *Sheet) []Fit {
	known := make(map[string]bool)
	for i, column := range s.Columns {
		if hasNumbers(s, i) || column.Factor == "moscow" {
			known[column.Factor] = true
		}
	}
	all := []Fit{}
	for _, method := range methods {
		fit := Fit{Method: method.name, Missing: []string{}}
		for _, factor := range method.factors {
			if !known[factor] {
				fit.Missing = append(fit.Missing, factor)
			}
		}
		if 2*len(fit.Missing) <= len(method.factors) && len(fit.Missing) < len(method.factors) {
			all = append(all, fit)
		}
	}
	slices.SortStableFunc(all, func(a, b Fit) int { return cmp.Compare(len(a.Missing), len(b.Missing)) })
	return all
}

// hasNumbers reports whether some cell of the column is a number.
func hasNumbers(s *Sheet, column int) bool {
	return slices.ContainsFunc(s.Rows, func(row SheetRow) bool {
		_, reason := parseNumber(row.Cells[column])
		return row.Cells[column] != "" && reason == ""
	})
}

// Fit returns how well the sheet fits any method, in one sentence.
func (s *Sheet) Fit() string {
	var can, cannot []string
	for _, fit := range s.Fits {
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
	default:
		return "nothing to score by: no column is a factor of a method"
	}
}

// maxChanges is how many changed scores are listed.
const maxChanges = 1000

// compare lists the scores that the file has worked out and that are others by its own factors.
func (s *Sheet) compare() {
	for _, one := range []struct {
		score string
		here  func(*Sheet, int) (prioritize.Score, bool)
	}{{"rice_score", (*Sheet).rice}, {"ice_score", (*Sheet).ice}, {"wsjf_score", (*Sheet).wsjf}, {"cost_of_delay", (*Sheet).costOfDelay}} {
		for i := range s.Rows {
			text, ok := s.Cell(i, one.score)
			score, isScored := one.here(s, i)
			file, err := decimal.NewFromString(text)
			if !ok || !isScored || err != nil || len(s.Changes) == maxChanges {
				continue
			}
			scale := max(-file.Exponent(), 0)
			if here := score.At(scale); !here.Equal(file) {
				s.Changes = append(s.Changes, ScoreChange{s.Rows[i].Row, s.named(one.score), text, here.String()})
			}
		}
	}
}

// named returns the header of a factor's column.
func (s *Sheet) named(factor string) string {
	for _, column := range s.Columns {
		if column.Factor == factor {
			return column.Name
		}
	}
	return factor
}

// numbers returns the numbers that a row has for factors, or false if one is missing.
func (s *Sheet) numbers(row int, factors ...string) ([]decimal.Decimal, bool) {
	all := make([]decimal.Decimal, len(factors))
	for i, factor := range factors {
		text, ok := s.Cell(row, factor)
		number, err := decimal.NewFromString(text)
		if !ok || err != nil {
			return nil, false
		}
		all[i] = number
	}
	return all, true
}

func (s *Sheet) rice(row int) (prioritize.Score, bool) {
	n, ok := s.numbers(row, "reach", "impact", "confidence", "effort")
	if !ok {
		return prioritize.Score{}, false
	}
	score, err := prioritize.RICE{}.ScoreItem(prioritize.RICEInput{
		Reach: n[0], Impact: n[1], Confidence: decimal.NewNullDecimal(n[2]), Effort: n[3],
	})
	return score, err == nil && score.IsScored()
}

func (s *Sheet) ice(row int) (prioritize.Score, bool) {
	n, ok := s.numbers(row, "impact", "confidence", "ease")
	if !ok {
		return prioritize.Score{}, false
	}
	score, err := prioritize.ICE{}.ScoreItem(prioritize.ICEInput{Impact: n[0], Confidence: n[1], Ease: n[2]})
	return score, err == nil && score.IsScored()
}

func (s *Sheet) wsjf(row int) (prioritize.Score, bool) {
	n, ok := s.numbers(row, "user_business_value", "time_criticality", "risk_reduction", "job_size")
	if !ok {
		return prioritize.Score{}, false
	}
	score, err := prioritize.Quotient(n[0].Add(n[1]).Add(n[2]), n[3])
	return score, err == nil && score.IsScored()
}

func (s *Sheet) costOfDelay(row int) (prioritize.Score, bool) {
	n, ok := s.numbers(row, "user_business_value", "time_criticality", "risk_reduction")
	if !ok {
		return prioritize.Score{}, false
	}
	return prioritize.Value(n[0].Add(n[1]).Add(n[2])), true
}
