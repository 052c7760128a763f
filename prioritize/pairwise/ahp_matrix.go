package pairwise

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Matrix compares elements, criteria or alternatives, in pairs.
type Matrix struct {
	Elements []string `json:"elements"`
	// Rows[i][j] is how many times as important, or as good, element i is as element j, by custom
	// from 1/9 to 9. One half of the matrix, and the diagonal, may be left out: they follow from
	// the other half.
	Rows [][]Ratio `json:"rows"`
}

// The bounds of a matrix. No two elements can be compared that are further apart than that.
const (
	maxElements  = 100
	maxMagnitude = 1_000_000_000
)

// Judgement is how many times as important A is as B. By custom the ratio is from 1/9 to 9: 1
// equally, 3 moderately more, 5 strongly, 7 very strongly, 9 extremely.
type Judgement struct {
	A     string `json:"a"`
	B     string `json:"b"`
	Ratio Ratio  `json:"ratio"`
}

// NewMatrix enters judgements into a matrix, in any order and either direction. Names that are
// not among the elements ([prioritize.ErrUnknown]) and pairs that are judged twice ([prioritize.ErrDuplicate]) are
// errors, joined with those of [Matrix.Validate].
func NewMatrix(elements []string, judgements []Judgement) (Matrix, error) {
	m := Matrix{Elements: slices.Clone(elements)}
	if err := m.checkElements(""); err != nil {
		return Matrix{}, err
	}
	place := make(map[string]int, len(elements))
	for i, e := range elements {
		place[e] = i
		m.Rows = append(m.Rows, make([]Ratio, len(elements)))
	}
	var errs []error
	for n, judgement := range judgements {
		i, ok1 := place[judgement.A]
		j, ok2 := place[judgement.B]
		switch {
		case !ok1 || !ok2:
			for _, name := range []string{judgement.A, judgement.B} {
				if _, ok := place[name]; !ok {
					errs = append(errs, fmt.Errorf("prioritize: judgement %d: %q: %w, want one of the elements",
						n, name, prioritize.ErrUnknown))
				}
			}
		case !m.Rows[i][j].IsZero() || !m.Rows[j][i].IsZero():
			errs = append(errs, fmt.Errorf("prioritize: judgement %d: %s: %w, want one judgement a pair",
				n, m.pair(i, j), prioritize.ErrDuplicate))
		default:
			m.Rows[i][j] = judgement.Ratio
		}
	}
	if err := fault.Join(append(errs, m.Validate())...); err != nil {
		return Matrix{}, err
	}
	return m, nil
}

// Validate returns everything that is wrong with the matrix, joined: names that are missing or come
// twice, more than 100 elements, rows of another length, a diagonal that is not 1, pairs that are
// not compared, ratios that are not from 1/10^9 to 10^9, and pairs whose two ratios are not each
// other's reciprocal. Their product may be from 0.95 to 1.05, for the sake of reciprocals that were
// rounded to two digits.
func (m Matrix) Validate() error { return m.validate("") }

// validate is Validate with a prefix for the names of fields.
func (m Matrix) validate(prefix string) error {
	if err := m.checkElements(prefix); err != nil {
		return err
	}
	want := fmt.Sprintf("%d, one an element", len(m.Elements))
	if len(m.Rows) != len(m.Elements) {
		return &prioritize.FieldError{Field: prefix + "rows", Value: fmt.Sprint(len(m.Rows)), Want: want}
	}
	var problems []error
	for i, row := range m.Rows {
		if len(row) != len(m.Elements) {
			problems = append(problems, &prioritize.FieldError{
				Field: prefix + entry("row", m.Elements[i]), Value: fmt.Sprintf("%d entries", len(row)), Want: want,
			})
		}
	}
	if len(problems) > 0 {
		return fault.Join(problems...)
	}
	for i := range m.Elements {
		if own := m.Rows[i][i]; !own.IsZero() && !own.Score().Equal(prioritize.Integer(1)) {
			problems = append(problems, &prioritize.FieldError{Field: prefix + m.pair(i, i), Value: own.String(), Want: "1"})
		}
		for j := range i {
			problems = append(problems, m.checkPair(prefix, j, i))
		}
	}
	return fault.Join(problems...)
}

// pair names the judgement in row i and column j.
func (m Matrix) pair(i, j int) string {
	return fmt.Sprintf("%q over %q", m.Elements[i], m.Elements[j])
}

func (m Matrix) checkElements(prefix string) error {
	if n := len(m.Elements); n == 0 || n > maxElements {
		return &prioritize.FieldError{
			Field: prefix + "elements", Value: fmt.Sprint(n), Want: fmt.Sprintf("from 1 to %d", maxElements),
		}
	}
	var errs []error
	for i, name := range m.Elements {
		switch first := slices.Index(m.Elements, name); {
		case name == "":
			errs = append(errs, &prioritize.FieldError{Field: fmt.Sprintf("%selements[%d]", prefix, i), Want: "a name"})
		case first < i:
			errs = append(errs, fmt.Errorf("prioritize: element %d (%q): %w: element %d has it already",
				i, name, prioritize.ErrDuplicate, first))
		}
	}
	return fault.Join(errs...)
}

func (m Matrix) checkPair(prefix string, i, j int) error {
	there, back := m.Rows[i][j], m.Rows[j][i]
	if there.IsZero() && back.IsZero() {
		return &prioritize.FieldError{
			Field: prefix + m.pair(i, j), Want: wantRatio + "; an incomplete matrix is not guessed at",
		}
	}
	err := fault.Join(checkMagnitude(prefix+m.pair(i, j), there), checkMagnitude(prefix+m.pair(j, i), back))
	if there.IsZero() || back.IsZero() {
		return err
	}
	product := there.Score().Mul(back.Score())
	if product.Compare(prioritize.Value(decimal.New(95, -2))) >= 0 &&
		product.Compare(prioritize.Value(decimal.New(105, -2))) <= 0 {
		return err
	}
	return fault.Join(err, &prioritize.FieldError{
		Field: prefix + m.pair(j, i), Value: back.String(), Want: "the reciprocal of " + there.String(),
	})
}

func checkMagnitude(field string, r Ratio) error {
	limit := prioritize.Integer(maxMagnitude)
	if s := r.Score(); !r.IsZero() && (s.Compare(limit) > 0 || prioritize.Integer(1).Div(limit).Compare(s) > 0) {
		return &prioritize.FieldError{Field: field, Value: r.String(), Want: "from 1/10^9 to 10^9"}
	}
	return nil
}

// Priorities are the weights that a matrix comes to.
type Priorities struct {
	Weights     []decimal.Decimal `json:"weights"` // of the elements, in their order; their sum is 1 up to rounding
	Consistency Consistency       `json:"consistency"`
}

// Priorities returns the principal eigenvector of the matrix, which is squared, at most 40 times,
// until the eigenvector no longer changes by more than 10^-15 of itself; then rounded, once, to 12
// significant digits, as the eigenvalue is. Errors are those of [Matrix.Validate] and of
// [ConsistencyOf]. O(n³).
//
// Source: Thomas Saaty, The Analytic Hierarchy Process, 1980. The geometric mean of the rows, often
// used instead, gives other figures where judgements are not consistent.
func (m Matrix) Priorities(table RandomIndex) (Priorities, error) {
	weights, consistency, err := m.solve(table)
	if err != nil {
		return Priorities{}, err
	}
	p := Priorities{Consistency: consistency}
	for _, w := range weights {
		p.Weights = append(p.Weights, rounded(w))
	}
	return p, nil
}

func (m Matrix) solve(table RandomIndex) ([]float64, Consistency, error) {
	if err := m.Validate(); err != nil {
		return nil, Consistency{}, err
	}
	rows := m.floats()
	weights := principal(rows)
	lambda := 0.0
	for _, w := range times(rows, weights) {
		lambda += w
	}
	// A reciprocal matrix has an eigenvalue of n at least.
	consistency, err := ConsistencyOf(rounded(max(lambda, float64(len(rows)))), len(rows), table)
	return weights, consistency, err
}

func (m Matrix) floats() [][]float64 {
	rows := make([][]float64, len(m.Elements))
	for i := range rows {
		rows[i] = make([]float64, len(rows))
		for j := range rows[i] {
			switch there, back := m.Rows[i][j], m.Rows[j][i]; {
			case i == j:
				rows[i][j] = 1
			case there.IsZero():
				rows[i][j] = float(back.Inverse().Score())
			default:
				rows[i][j] = float(there.Score())
			}
		}
	}
	return rows
}

// principal returns the eigenvector of the largest eigenvalue of a positive matrix, with sum 1.
func principal(rows [][]float64) []float64 {
	power := rows
	v := normalised(rowSums(power))
	for range 40 {
		power = squared(power)
		next := normalised(rowSums(power))
		change := 0.0
		for i := range v {
			change = max(change, max(next[i]/v[i], v[i]/next[i])-1)
		}
		v = next
		if change <= 1e-15 {
			break
		}
	}
	// A few steps with the matrix itself take back what rounding did to its powers.
	for range 3 {
		v = normalised(times(rows, v))
	}
	return v
}

// squared returns the square of a positive matrix, scaled to a largest entry of 1.
func squared(rows [][]float64) [][]float64 {
	n := len(rows)
	square := make([][]float64, n)
	largest := 0.0
	for i, row := range rows {
		square[i] = make([]float64, n)
		for k, f := range row {
			for j, g := range rows[k] {
				square[i][j] += float64(f * g)
			}
		}
		largest = max(largest, slices.Max(square[i]))
	}
	for _, row := range square {
		for j := range row {
			row[j] /= largest
		}
	}
	return square
}

func times(rows [][]float64, v []float64) []float64 {
	product := make([]float64, len(v))
	for i, row := range rows {
		for j, f := range row {
			product[i] += float64(f * v[j])
		}
	}
	return product
}

func rowSums(rows [][]float64) []float64 {
	sums := make([]float64, len(rows))
	for i, row := range rows {
		for _, f := range row {
			sums[i] += f
		}
	}
	return sums
}

// normalised divides v by its sum.
func normalised(v []float64) []float64 {
	sum := 0.0
	for _, f := range v {
		sum += f
	}
	for i := range v {
		v[i] /= sum
	}
	return v
}
