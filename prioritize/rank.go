package prioritize

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// Candidate is one item to be ranked: its key and the input of the method.
type Candidate[K comparable, A any] struct {
	// Key is unique among the candidates. An interface type must hold comparable values only, as
	// in a map.
	Key   K
	Input A
	// Unscored is the reason why there is no input, or empty. A candidate with a reason is listed as
	// unscored.
	Unscored string
}

// RankOptions are what a caller may add to the order of a method. The zero value adds nothing.
type RankOptions[K comparable, A any] struct {
	// Tie decides between candidates that the method leaves tied: negative when a comes first,
	// positive when b does. They stay reported as tied. Where it gives 0, or is nil, input order decides.
	Tie func(a, b Candidate[K, A]) int
}

// Rank puts candidates in the order of a method: by class, then by score from the highest, compared
// exactly; then by the tie rule that the method's source has, if any; then in input order.
//
// Impossible values are an error for the whole call: an [*ItemError] for each item that has some, joined
// in input order, after one for each key that an earlier candidate has ([ErrDuplicate]). No candidates at
// all are a [*FieldError]. What cannot be scored is listed apart.
//
// The ranking reads the candidates while it is in use; do not change them meanwhile.
//
// Cost: O(n log n) at worst, near O(n) in practice.
func Rank[K comparable, A any](m Method[A], candidates []Candidate[K, A]) (*Ranking[K], error) {
	return RankBy(m, candidates, RankOptions[K, A]{})
}

// RankBy is [Rank] with the caller's tie rule.
func RankBy[K comparable, A any](
	m Method[A], candidates []Candidate[K, A], opts RankOptions[K, A],
) (*Ranking[K], error) {
	switch n := len(candidates); {
	case n == 0:
		return nil, &FieldError{Field: "candidates", Value: "none", Want: "at least one"}
	case n >= math.MaxInt32:
		return nil, &FieldError{Field: "candidates", Value: fmt.Sprint(n), Want: "fewer than 2147483647"}
	}
	r := &ranker[K]{
		Ranking: &Ranking[K]{key: func(item int32) K { return candidates[item].Key }},
		sorter:  sorters.Get().(*sorter),
	}
	defer func() {
		r.sorter.col = nil
		sorters.Put(r.sorter)
	}()
	duplicates := r.enter(len(candidates))
	scores, err := scoreAll(m, candidates)
	if err := fault.Join(duplicates, err); err != nil {
		return nil, err
	}
	r.scores = scores
	r.arrange()
	for _, key := range tieKeys(m) {
		r.refine(func(item int32) Score { return key(&candidates[item].Input) })
	}
	if opts.Tie != nil {
		r.resolve(func(i, j int32) int { return opts.Tie(candidates[i], candidates[j]) })
	}
	r.terms = termsOf(m, candidates)
	return r.Ranking, nil
}

// tieKeys are the keys of the method's tie rule, in a form that need only be right for equal scores.
func tieKeys[A any](m Method[A]) []func(*A) Score {
	if rule, ok := m.(interface{ quickTieKeys(m any) []func(*A) Score }); ok {
		if keys := rule.quickTieKeys(m); keys != nil {
			return keys
		}
	}
	var keys []func(*A) Score
	if rule, ok := m.(TieRule[A]); ok {
		for _, key := range rule.TieKeys() {
			keys = append(keys, func(in *A) Score { return key(*in) })
		}
	}
	return keys
}

// ranker is a ranking in the making.
type ranker[K comparable] struct {
	*Ranking[K]
	sorter *sorter
	open   bitset // positions that nothing has separated from the one before
}

// enter reads n keys and returns an error for each that comes again.
func (r *ranker[K]) enter(n int) error {
	x := newIndex(n, r.key, r.sorter)
	var errs []*ItemError
	x.duplicates(func(first, again int32) {
		errs = append(errs, &ItemError{
			Index: int(again), Key: fmt.Sprint(r.key(again)),
			Err: fmt.Errorf("%w: item %d has it already", ErrDuplicate, first),
		})
	})
	slices.SortFunc(errs, func(a, b *ItemError) int { return cmp.Compare(a.Index, b.Index) })
	return joinErrors(errs)
}

// arrange orders what is scored, keeps apart what is not, and marks the ties.
func (r *ranker[K]) arrange() {
	n := r.scores.n
	r.order = make([]int32, 0, n)
	for i := range int32(n) {
		if r.scores.isScored(i) {
			r.order = append(r.order, i)
		} else {
			r.unscored = append(r.unscored, i)
		}
	}
	r.sorter.col = r.scores
	r.tied = r.sorter.sort(r.order)
	r.open = r.tied
}

// resolve sorts each open group by the caller's rule.
func (r *ranker[K]) resolve(compare func(i, j int32) int) {
	r.open.groups(len(r.order), func(start, end int) {
		slices.SortStableFunc(r.order[start:end], compare)
	})
}
