package prioritize

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/bounds"
	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Spread is the range of one uncertain factor of one item. Without Likely, all values from Low to High are
// equally likely; with it, they have the triangular distribution of a three-point estimate.
type Spread struct {
	Factor string // the name that the method gives it: "job_size"
	Low    decimal.Decimal
	High   decimal.Decimal     // >= Low
	Likely decimal.NullDecimal // the most likely value, from Low to High
}

// StabilityOptions are what [Stability] draws.
type StabilityOptions[K comparable, A any] struct {
	// Spreads returns what is uncertain about a candidate; nothing for what is certain.
	Spreads func(c Candidate[K, A]) []Spread
	Draws   int         // how many rankings are drawn, > 0
	Source  rand.Source // where the numbers come from; the same source gives the same result
}

// maxOutcomes bounds items × draws, of 4 bytes each.
const maxOutcomes = 1 << 28

// RankStability holds in how many of the draws of [Stability] each item came out at each rank.
type RankStability[K comparable] struct {
	ranking *Ranking[K]
	draws   int
	place   []int32 // where in a draw the item of a ranking is, or -1
	items   int
	ranks   []int32 // of the items of a draw, draw after draw
}

// Stability ranks the candidates again and again, each time with the uncertain factors drawn anew, all
// independent of each other. Items that the method cannot score stay out of it. In a draw, ranks are
// those of [RankedItem.Rank]; there is no other tie rule.
//
// Numbers are drawn in the order of candidates, spreads and draws, one of 53 bits each, and scored in
// floating point where the method has Approximate, see [Factored]; so items whose scores in a draw differ by less
// than a few units in the last place may swap or tie. No platform computes other bits. Other methods are
// scored exactly, from the shortest decimal of each number drawn, which takes far longer.
//
// Impossible values are an error as in [Rank], and so are a spread that is not in rising order, is about
// an unknown factor or one that the input leaves out, or leaves what the factor allows; all joined.
//
// Cost: draws × (n + n log n at worst), and 4 bytes for each item and draw.
func Stability[K comparable, A any, M interface {
	Method[A]
	Factored[A]
}](m M, candidates []Candidate[K, A], opts StabilityOptions[K, A]) (*RankStability[K], error) {
	ranking, err := Rank[K, A](m, candidates)
	if err != nil {
		return nil, err
	}
	if err := opts.check(ranking.Len()); err != nil {
		return nil, err
	}
	d := &drawer[K, A]{m: m, factors: m.Factors(), candidates: candidates, source: opts.Source}
	d.fast, _ = any(m).(approximator)
	if err := d.prepare(ranking, opts.Spreads); err != nil {
		return nil, err
	}
	s := &RankStability[K]{ranking: ranking, draws: opts.Draws, place: d.place, items: len(d.items)}
	s.ranks = make([]int32, s.items*s.draws)
	for draw := range s.draws {
		if err := d.draw(s.ranks[draw*s.items:][:s.items]); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (o StabilityOptions[K, A]) check(items int) error {
	var problems []*FieldError
	if o.Spreads == nil {
		problems = append(problems, &FieldError{Field: "spreads", Value: "nil", Want: "a function"})
	}
	if o.Source == nil {
		problems = append(problems, &FieldError{Field: "source", Value: "nil", Want: "a source of random numbers"})
	}
	if most := maxOutcomes / max(items, 1); o.Draws < 1 || o.Draws > most {
		problems = append(problems, &FieldError{
			Field: "draws", Value: fmt.Sprint(o.Draws), Want: fmt.Sprintf("in [1, %d]", most),
		})
	}
	return joinErrors(problems)
}

// Draws returns how many rankings were drawn.
func (s *RankStability[K]) Draws() int { return s.draws }

// Ranking returns the ranking of the inputs as they are.
func (s *RankStability[K]) Ranking() *Ranking[K] { return s.ranking }

// Distribution returns in how many draws the item had each rank: the element r is for rank r + 1. It
// ends with the worst rank that the item ever had; it is nil for a key that was not ranked.
func (s *RankStability[K]) Distribution(key K) []int {
	var counts []int
	s.each(key, func(rank int) {
		if rank > len(counts) {
			counts = slices.Grow(counts, rank-len(counts))[:rank]
		}
		counts[rank-1]++
	})
	return counts
}

// First returns the share of draws in which the item was first or tied for it; unscored for a key that
// was not ranked.
func (s *RankStability[K]) First(key K) Score { return s.InTop(key, 1) }

// InTop returns the share of draws in which the item had rank k or better, as an exact fraction.
func (s *RankStability[K]) InTop(key K, k int) Score {
	count, seen := int64(0), int64(0)
	s.each(key, func(rank int) {
		seen++
		if rank <= k {
			count++
		}
	})
	if seen == 0 {
		return Unscored("not ranked")
	}
	return Score{num: count, den: seen}
}

func (s *RankStability[K]) each(key K, f func(rank int)) {
	item, ok := s.ranking.find(key)
	if !ok || s.place[item] < 0 {
		return
	}
	for at := int(s.place[item]); at < len(s.ranks); at += s.items {
		f(int(s.ranks[at]))
	}
}

// interval is a spread as drawn.
type interval struct {
	item, factor int
	low, high    float64
	mode         float64 // where between the two the mode is, from 0 to 1; below 0 for an interval
}

// value turns a number of 53 random bits into one of the spread, by the inverse of its distribution.
func (v *interval) value(bits uint64) float64 {
	u := float64(bits>>11) * 0x1p-53
	switch {
	case v.mode < 0:
	case u < v.mode:
		u = math.Sqrt(u * v.mode)
	default:
		u = 1 - math.Sqrt((1-u)*(1-v.mode))
	}
	return min(float64(u*(v.high-v.low))+v.low, v.high)
}

// spreadError returns what is impossible about a spread of a factor.
func spreadError[A any](f *Factor[A], s Spread) error {
	if err := joinFields(f.check(s.Factor+" low", s.Low), f.check(s.Factor+" high", s.High)); err != nil {
		return err
	}
	if s.Low.GreaterThan(s.High) {
		return &FieldError{
			Field: s.Factor + " low", Value: bounds.Text(s.Low), Want: "at most high, which is " + bounds.Text(s.High),
		}
	}
	if !s.Likely.Valid {
		return nil
	}
	if err := checkBounds(s.Factor+" likely", s.Likely.Decimal); err != nil {
		return err
	}
	if likely := s.Likely.Decimal; likely.LessThan(s.Low) || likely.GreaterThan(s.High) {
		return &FieldError{
			Field: s.Factor + " likely", Value: bounds.Text(likely),
			Want: fmt.Sprintf("in [%s, %s]", bounds.Text(s.Low), bounds.Text(s.High)),
		}
	}
	return nil
}

// interval returns the spread as it is drawn.
func (s Spread) interval(item, factor int) interval {
	low, high := s.Low.InexactFloat64(), s.High.InexactFloat64()
	v := interval{item: item, factor: factor, low: low, high: high, mode: -1}
	if s.Likely.Valid && low < high {
		v.mode = min(max((s.Likely.Decimal.InexactFloat64()-low)/(high-low), 0), 1)
	}
	return v
}

// unknownFactor is an error about a spread that no factor is there for.
func unknownFactor[A any](factors []Factor[A], name string) error {
	names := make([]string, len(factors))
	for i, f := range factors {
		names[i] = f.Name
	}
	return &FieldError{Field: "factor", Value: name, Want: fmt.Sprintf("one of %q that the input has", names)}
}

// prepare collects the scored items and what is uncertain about them, with all that is impossible.
func (d *drawer[K, A]) prepare(r *Ranking[K], spreads func(Candidate[K, A]) []Spread) error {
	d.place = make([]int32, len(d.candidates))
	var errs []error
	positions := r.positions()
	for i, c := range d.candidates {
		d.place[i] = -1
		if positions[i] < 0 {
			continue
		}
		item := len(d.items)
		d.place[i] = int32(item)
		d.items, d.at = append(d.items, c.Input), append(d.at, i)
		d.scores = append(d.scores, approximateScore(r.scores.get(int32(i))))
		for _, s := range spreads(c) {
			at := slices.IndexFunc(d.factors, func(f Factor[A]) bool {
				_, has := f.Get(c.Input)
				return has && f.Name == s.Factor
			})
			err := unknownFactor(d.factors, s.Factor)
			if at >= 0 {
				err = spreadError(&d.factors[at], s)
			}
			if err != nil {
				errs = append(errs, &ItemError{Index: i, Key: fmt.Sprint(c.Key), Err: err})
				continue
			}
			d.spreads = append(d.spreads, s.interval(item, at))
		}
	}
	d.allocate()
	return fault.Join(errs...)
}
