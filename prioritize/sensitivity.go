package prioritize

import (
	"fmt"
	"math"

	"github.com/shopspring/decimal"
)

// Margin is how far one factor of one item can move before the item changes places with a
// neighbour, all else being equal.
type Margin[K comparable] struct {
	Key    K               `json:"key"`
	Factor string          `json:"factor"`
	Value  decimal.Decimal `json:"value"`          // what it is now
	Up     *BreakEven[K]   `json:"up,omitempty"`   // to the item just ahead; nil for the first
	Down   *BreakEven[K]   `json:"down,omitempty"` // to the item just behind; nil for the last
}

// BreakEven is the break-even with one neighbour.
type BreakEven[K comparable] struct {
	Neighbour K `json:"neighbour"`
	// Never reports whether no value allowed for the factor gets there, or, where it is searched for, no multiple
	// of the step. At and Change are then unscored.
	Never bool `json:"never"`
	// At is the value nearest to the present one at which the item is level with the neighbour or has
	// passed it: beyond it in closed form, where At is an exact fraction that makes the scores equal; from
	// it on when searched for, where At is a multiple of the step.
	At     Score `json:"at,omitzero"`
	Change Score `json:"change,omitzero"` // At less the present value; 0 for neighbours that tie
	Exact  bool  `json:"exact"`           // whether At is in closed form
}

// SensitivityOptions bound the search where there is no closed form. The zero value is the default.
type SensitivityOptions struct {
	// Step is the distance of the values tried, all multiples of it; 0.01 when zero.
	Step decimal.Decimal
}

// maxSteps bounds the search in one direction: 2^40 steps away, no crossing is found any more.
const maxSteps = 40

// Sensitivity returns the margin of each factor of an item that its input does not leave out. The
// candidates must be those that the ranking was made of by this method.
//
// In closed form, the break-even is solved exactly: for methods that score item by item, in factors that
// are [Factor.LinearFractional]. Elsewhere it is searched for by doubling and halving the move, scoring the
// whole set each time, which finds the nearest value where the score is monotone in the factor. A
// neighbour in another class is never passed but by a search.
//
// A key that is not in the ranking, or was not scored, is an [ErrUnknown].
// Cost: O(1) for each factor in closed form; about 120 times that of scoring the set in a search.
func Sensitivity[K comparable, A any, M interface {
	Method[A]
	Factored[A]
}](
	m M, candidates []Candidate[K, A], ranking *Ranking[K], key K, opts SensitivityOptions,
) ([]Margin[K], error) {
	row, ok := ranking.Lookup(key)
	if !ok {
		return nil, fmt.Errorf("prioritize: key %q: %w: want one that was scored", fmt.Sprint(key), ErrUnknown)
	}
	if len(candidates) != ranking.size() || candidates[row.Index].Key != key {
		return nil, &FieldError{Field: "candidates", Value: "others", Want: "those that the ranking was made of"}
	}
	step := opts.Step
	if step.IsZero() {
		step = decimal.New(1, -2)
	}
	if err := checkPositive("step", step); err != nil {
		return nil, err
	}
	var margins []Margin[K]
	for _, f := range m.Factors() {
		value, ok := f.Get(candidates[row.Index].Input)
		if !ok {
			continue
		}
		p := probe[K, A]{m: m, candidates: candidates, item: row, factor: f, value: value, step: step}
		p.one, _ = any(m).(ItemMethod[A])
		margin := Margin[K]{Key: key, Factor: f.Name, Value: value}
		if ahead, ok := ranking.Row(row.Position - 1); ok {
			margin.Up = p.cross(ahead, 1)
		}
		if behind, ok := ranking.Row(row.Position + 1); ok {
			margin.Down = p.cross(behind, -1)
		}
		margins = append(margins, margin)
	}
	return margins, nil
}

// probe asks what would be if one factor of one item had another value.
type probe[K comparable, A any] struct {
	m          Method[A]
	one        ItemMethod[A] // nil when the method needs the set
	candidates []Candidate[K, A]
	item       RankedItem[K]
	factor     Factor[A]
	value      decimal.Decimal
	step       decimal.Decimal
}

// cross finds the break-even with a neighbour: ahead when side is 1, behind when it is -1.
func (p *probe[K, A]) cross(neighbour RankedItem[K], side int) *BreakEven[K] {
	c := &BreakEven[K]{Neighbour: neighbour.Key, Exact: true}
	if p.item.Score.Equal(neighbour.Score) {
		c.At, c.Change = Value(p.value), Integer(0)
		return c
	}
	at, never, ok := Score{}, false, false
	if p.one != nil && p.factor.LinearFractional {
		at, never, ok = p.solve(neighbour.Score)
	}
	if !ok {
		c.Exact = false
		at, never = p.search(neighbour, side)
	}
	if c.Never = never; !never {
		c.At, c.Change = at, at.Sub(Value(p.value))
	}
	return c
}

// solve finds the value at which the score is the target, in closed form. Linear fractional functions
// keep cross ratios, so three samples determine the value for any score. It is not ok where the samples
// cannot be taken or do not behave as such a function must.
func (p *probe[K, A]) solve(target Score) (at Score, never, ok bool) {
	if p.item.Score.class != target.class {
		return Score{}, true, true
	}
	x, y, ok := p.samples()
	if !ok {
		return Score{}, false, false
	}
	if y[0].Equal(y[1]) && y[1].Equal(y[2]) {
		return Score{}, true, true
	}
	if y[0].Equal(y[1]) || y[1].Equal(y[2]) || y[0].Equal(y[2]) {
		return Score{}, false, false
	}
	at = x[2]
	if !target.Equal(y[2]) {
		// (at - x1)/(at - x2) = q, from the cross ratios of x and y being the same.
		q := target.Sub(y[1]).Mul(y[0].Sub(y[2])).Div(target.Sub(y[2]).Mul(y[0].Sub(y[1])))
		q = q.Mul(x[0].Sub(x[1])).Div(x[0].Sub(x[2]))
		if q.Equal(Integer(1)) {
			return Score{}, true, true
		}
		at = x[1].Sub(q.Mul(x[2])).Div(Integer(1).Sub(q))
	}
	at = at.InClass(0)
	if at.Err() != nil {
		return Score{}, false, false
	}
	return at, !p.factor.allows(at), true
}

// samples scores the item at three allowed values of the factor.
func (p *probe[K, A]) samples() (x, y [3]Score, ok bool) {
	half := decimal.New(5, -1)
	values := [3]decimal.Decimal{p.value, p.value.Mul(half), p.value.Mul(half).Mul(half)}
	if p.value.IsZero() {
		one := decimal.NewFromInt(1)
		if p.factor.Most.Valid && !p.factor.allows(Integer(1)) {
			one = p.factor.Most.Decimal
		}
		values[1], values[2] = one, one.Mul(half)
	}
	for i, v := range values {
		s, err := p.one.ScoreItem(p.factor.With(p.candidates[p.item.Index].Input, v))
		if err != nil || !s.IsScored() || !p.factor.allows(Value(v)) {
			return x, y, false
		}
		x[i], y[i] = Value(v), s
	}
	return x, y, true
}

// search finds the nearest multiple of the step at which the item is not behind (side 1) or not ahead
// (side -1) of the neighbour any more.
func (p *probe[K, A]) search(neighbour RankedItem[K], side int) (at Score, never bool) {
	directions := []int{1, -1}
	if p.factor.Direction != 0 {
		directions = []int{p.factor.Direction * side}
	}
	best := uint64(math.MaxUint64)
	for _, direction := range directions {
		if steps, ok := p.steps(neighbour, side, direction); ok && steps < best {
			best, at = steps, Value(p.move(steps, direction))
		}
	}
	return at, best == math.MaxUint64
}

// steps returns after how many steps in a direction the item gets there.
func (p *probe[K, A]) steps(neighbour RankedItem[K], side, direction int) (uint64, bool) {
	at := func(steps uint64) (there, valid bool) {
		return p.reaches(p.move(steps, direction), neighbour, side)
	}
	low, high, found := uint64(0), uint64(1), false
	for range maxSteps {
		var valid bool
		if found, valid = at(high); found || !valid {
			break
		}
		low, high = high, 2*high
	}
	// The end of what is valid may lie between low and high, and beyond it nothing is there, so the last
	// value that is valid has to be tried first.
	if !found {
		last := lastOf(low, high, func(steps uint64) bool {
			_, valid := at(steps)
			return valid
		})
		if found, _ = at(last); last == low || !found {
			return 0, false
		}
		high = last
	}
	return lastOf(low, high, func(steps uint64) bool {
		there, _ := at(steps)
		return !there
	}) + 1, true
}

// lastOf returns the greatest number below high of which is holds, which it does of low, and of all
// from there up to some number.
func lastOf(low, high uint64, is func(uint64) bool) uint64 {
	for low+1 < high {
		if middle := low + (high-low)/2; is(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// move returns the value a number of steps away, counted from the multiple of the step that is next to
// the present value on the side away from where it goes.
func (p *probe[K, A]) move(steps uint64, direction int) decimal.Decimal {
	start, rest := p.value.QuoRem(p.step, 0)
	if rest.Sign()*direction < 0 {
		start = start.Sub(decimal.NewFromInt(int64(direction)))
	}
	by := decimal.NewFromInt(int64(steps) * int64(direction))
	return start.Add(by).Mul(p.step)
}

// reaches scores the item with another value and compares it with the neighbour. A value is valid when it
// is allowed for the factor and there is a score for it: a cost of 0 may be allowed, and leave nothing
// to divide by.
func (p *probe[K, A]) reaches(value decimal.Decimal, neighbour RankedItem[K], side int) (there, valid bool) {
	if !p.factor.allows(Value(value)) {
		return false, false
	}
	own, other, ok := p.rescore(value, neighbour)
	return ok && own.Compare(other)*side >= 0, ok
}

func (p *probe[K, A]) rescore(value decimal.Decimal, neighbour RankedItem[K]) (own, other Score, ok bool) {
	input := p.factor.With(p.candidates[p.item.Index].Input, value)
	if p.one != nil {
		own, err := p.one.ScoreItem(input)
		return own, neighbour.Score, err == nil && own.IsScored()
	}
	inputs, at := inputsOf(p.candidates)
	mine, theirs := 0, 0
	for i, item := range at {
		switch item {
		case p.item.Index:
			mine = i
		case neighbour.Index:
			theirs = i
		}
	}
	inputs[mine] = input
	scores, err := p.m.Score(inputs)
	if err != nil || len(scores) != len(inputs) || !scores[mine].IsScored() || !scores[theirs].IsScored() {
		return Score{}, Score{}, false
	}
	return scores[mine], scores[theirs], true
}
