package prioritize_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func wsjf(value, time, risk, size string) prioritize.WSJFInput {
	return prioritize.WSJFInput{
		UserBusinessValue: dec(value), TimeCriticality: dec(time), RiskReduction: dec(risk), JobSize: dec(size),
	}
}

// numbered gives each input its index as key.
func numbered[A any](inputs []A) []prioritize.Candidate[int, A] {
	candidates := make([]prioritize.Candidate[int, A], len(inputs))
	for i, in := range inputs {
		candidates[i] = prioritize.Candidate[int, A]{Key: i, Input: in}
	}
	return candidates
}

// plain is a method that takes numbers as they are.
var plain = prioritize.Formula[decimal.Decimal](func(d decimal.Decimal) (prioritize.Score, error) {
	return prioritize.Value(d), nil
})

// set hides from Rank that a method could score item by item.
type set[A any] struct{ prioritize.Method[A] }

// plainOrder is the dumb twin of Rank: rationals, a stable sort, and nothing else. Each key is a list of
// numbers in the order of items; a higher one comes first.
func plainOrder(n int, keys ...func(i int) *big.Rat) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		for _, key := range keys {
			if c := key(j).Cmp(key(i)); c != 0 {
				return c
			}
		}
		return 0
	})
	return order
}

// requireTwin ranks WSJF inputs and compares order and ties with the twin.
func requireTwin(t *testing.T, inputs []prioritize.WSJFInput) {
	t.Helper()
	ranking, err := prioritize.Rank(prioritize.WSJF{}, numbered(inputs))
	require.NoError(t, err)
	costs, scores := make([]*big.Rat, len(inputs)), make([]*big.Rat, len(inputs))
	for i, in := range inputs {
		costs[i] = new(big.Rat).Add(in.UserBusinessValue.Rat(), in.TimeCriticality.Rat())
		costs[i].Add(costs[i], in.RiskReduction.Rat())
		scores[i] = new(big.Rat).Quo(costs[i], in.JobSize.Rat())
	}
	score := func(i int) *big.Rat { return scores[i] }
	order := plainOrder(len(inputs), score, func(i int) *big.Rat { return costs[i] })
	require.Equal(t, order, ranking.Keys())
	for row := range ranking.All() {
		at := row.Position - 1
		require.Zero(t, row.Score.Rat().Cmp(score(row.Key)))
		ties := at > 0 && score(order[at-1]).Cmp(score(row.Key)) == 0
		require.Equal(t, ties, row.Rank < row.Position)
		require.Equal(t, ties || at+1 < len(order) && score(order[at+1]).Cmp(score(row.Key)) == 0, row.Tied)
	}
}

// nearTies draws inputs whose quotients are equal or differ by as little as their digits allow.
func nearTies(rng *rand.Rand, n int) []prioritize.WSJFInput {
	inputs := make([]prioritize.WSJFInput, n)
	kind := rng.IntN(6)
	if rng.IntN(50) == 0 {
		kind = 6 // a thousand digits take their time
	}
	for i := range inputs {
		small := func(from int64) decimal.Decimal { return decimal.New(from+rng.Int64N(20), 0) }
		in := prioritize.WSJFInput{
			UserBusinessValue: small(0), TimeCriticality: small(0), RiskReduction: small(0), JobSize: small(1),
		}
		switch kind {
		case 1: // the same fraction in other digits
			k := decimal.New(1+rng.Int64N(1000), rng.Int32N(9)-4)
			in = prioritize.WSJFInput{UserBusinessValue: k.Mul(dec("3")), TimeCriticality: k, JobSize: k.Mul(dec("5"))}
		case 2: // consecutive fractions of 18 digits, which no float64 tells apart
			d := 999_999_999_999_999_000 + rng.Int64N(4)
			in = prioritize.WSJFInput{UserBusinessValue: decimal.New(d-1, 0), JobSize: decimal.New(d, 0)}
		case 3: // around 64 bits, and far beyond the point
			in.UserBusinessValue = decimal.New(9_223_372_036_854_775_800+rng.Int64N(8), 0)
			in.JobSize = decimal.New(1, 0).Add(decimal.New(rng.Int64N(3), -30))
		case 4: // money
			in.UserBusinessValue = decimal.New(rng.Int64N(1_000_000), -2)
			in.JobSize = decimal.New(1+rng.Int64N(1000), -1)
		case 5: // nothing delayed, or one thing
			none := decimal.New(0, rng.Int32N(3)-1)
			in = prioritize.WSJFInput{
				UserBusinessValue: none, TimeCriticality: none, RiskReduction: decimal.New(rng.Int64N(2), 0), JobSize: small(1),
			}
		case 6: // extreme exponents
			e := rng.Int32N(2)*1990 - 995
			in.UserBusinessValue = decimal.New(1+rng.Int64N(3), e)
			in.TimeCriticality, in.RiskReduction = decimal.New(rng.Int64N(2), e-5), decimal.Zero
			in.JobSize = decimal.New(1+rng.Int64N(3), e+rng.Int32N(2))
		}
		inputs[i] = in
	}
	return inputs
}

func TestRankAgreesWithRationals(t *testing.T) {
	rounds := 100_000
	if testing.Short() {
		rounds = 5_000
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range rounds {
		requireTwin(t, nearTies(rng, 2+rng.IntN(3)))
	}
}

// Sets above the size where keys are sorted by digits.
func TestRankAgreesWithRationalsOnLargeSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 40 {
		inputs := nearTies(rng, 100+rng.IntN(500))
		for rng.IntN(2) > 0 {
			inputs = append(inputs, nearTies(rng, 300)...)
		}
		requireTwin(t, inputs)
	}
}

// Fractions in pairs that differ by less than their floats are wrong, by up to three units in the last
// place. In most rounds one is so far away that some bits of the floats are not sorted by.
func TestRankAgreesWithRationalsWhereFloatsDoNot(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 32))
	for round := range 120 {
		inputs := make([]prioritize.WSJFInput, 200)
		for i := range inputs {
			k := 100_000_000_000_000_000 + rng.Int64N(30_000_000_000_000_000)
			pair := 7 * k / 1_000_000_000 * int64(i/2)
			inputs[i] = prioritize.WSJFInput{
				UserBusinessValue: decimal.New(7*k+pair+rng.Int64N(3), 0), JobSize: decimal.New(5*k, 0),
			}
		}
		if far := round % 12; far > 0 {
			inputs[rng.IntN(200)].TimeCriticality = decimal.New(100_000_000_000<<far, 0)
		}
		requireTwin(t, inputs)
	}
}

// Order is by class, then fraction, whichever way scores are stored, and what is unscored stays out.
func TestRankClasses(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		scores := make([]prioritize.Score, 1+rng.IntN(700))
		for i := range scores {
			switch scores[i] = prioritize.Value(randomDecimalNear(rng)); rng.IntN(4) {
			case 0:
				scores[i] = prioritize.Unscored("no idea")
			case 1:
				scores[i] = scores[i].InClass(rng.Int32N(4) - 2)
			case 2:
				scores[i] = scores[i].InClass([]int32{-1 << 31, 1<<31 - 1, 70_000}[rng.IntN(3)])
			}
		}
		var as prioritize.Formula[prioritize.Score] = func(s prioritize.Score) (prioritize.Score, error) { return s, nil }
		ranking, err := prioritize.Rank(as, numbered(scores))
		require.NoError(t, err)
		var want, unscored []int
		for i, s := range scores {
			if s.IsScored() {
				want = append(want, i)
			} else {
				unscored = append(unscored, i)
			}
		}
		slices.SortStableFunc(want, func(i, j int) int { return scores[j].Compare(scores[i]) })
		require.Equal(t, append(want, unscored...), ranking.KeysWithUnscored())
		require.Equal(t, append([]int{}, want...), ranking.Keys())
		require.Equal(t, len(unscored), len(ranking.Unscored()))
		at := 0
		for row := range ranking.All() {
			require.True(t, row.Score.Equal(scores[row.Key]))
			require.Equal(t, scores[row.Key].Class(), row.Score.Class())
			again, ok := ranking.Lookup(row.Key)
			require.True(t, ok)
			require.Equal(t, row.Position, again.Position)
			require.Equal(t, row.Rank, again.Rank)
			at++
			require.Equal(t, at, row.Position)
		}
		require.Equal(t, ranking.Len(), at)
	}
}

// A method that is handed the set ranks as one that is asked item by item.
func TestRankBySetOrItem(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	candidates := numbered(nearTies(rng, 400))
	candidates[3].Unscored, candidates[17].Unscored = "not estimated", "no time"
	one, err := prioritize.Rank(prioritize.WSJF{}, candidates)
	require.NoError(t, err)
	all, err := prioritize.Rank(set[prioritize.WSJFInput]{prioritize.WSJF{}}, candidates)
	require.NoError(t, err)
	require.Equal(t, []prioritize.UnscoredItem[int]{
		{Key: 3, Reason: "not estimated", Index: 3}, {Key: 17, Reason: "no time", Index: 17},
	}, all.Unscored())
	require.Equal(t, one.Unscored(), all.Unscored())
	require.Len(t, all.Keys(), len(candidates)-2)
	require.Equal(t, append(all.Keys(), 3, 17), all.KeysWithUnscored())
	for row := range all.All() {
		other, ok := one.Lookup(row.Key)
		require.True(t, ok)
		require.True(t, other.Score.Equal(row.Score))
		require.Equal(t, other.Rank, row.Rank)
	}
}

func TestRankTies(t *testing.T) {
	numbers := []decimal.Decimal{dec("2"), dec("1"), dec("2.0"), dec("3"), dec("1.00"), dec("2")}
	ranking, err := prioritize.Rank(plain, numbered(numbers))
	require.NoError(t, err)
	require.Equal(t, []int{3, 0, 2, 5, 1, 4}, ranking.Keys())
	require.Equal(t, [][]int{{0, 2, 5}, {1, 4}}, ranking.Ties())
	var ranks []int
	for row := range ranking.All() {
		ranks = append(ranks, row.Rank)
	}
	require.Equal(t, []int{1, 2, 2, 2, 5, 5}, ranks)

	type candidate = prioritize.Candidate[int, decimal.Decimal]
	ranking, err = prioritize.RankBy(plain, numbered(numbers), prioritize.RankOptions[int, decimal.Decimal]{
		Tie: func(a, b candidate) int { return b.Key - a.Key },
	})
	require.NoError(t, err)
	require.Equal(t, []int{3, 5, 2, 0, 4, 1}, ranking.Keys())
	require.Equal(t, [][]int{{5, 2, 0}, {4, 1}}, ranking.Ties(), "a broken tie is still a tie")
}

// The caller's rule is asked only about what the method's own rule leaves tied.
func TestRankTieRuleBeforeCallers(t *testing.T) {
	candidates := numbered([]prioritize.WSJFInput{
		wsjf("1", "0", "0", "1"), wsjf("2", "0", "0", "2"), wsjf("0", "2", "0", "2"), wsjf("3", "0", "0", "3"),
	})
	type candidate = prioritize.Candidate[int, prioritize.WSJFInput]
	ranking, err := prioritize.RankBy(prioritize.WSJF{}, candidates, prioritize.RankOptions[int, prioritize.WSJFInput]{
		Tie: func(a, b candidate) int { return b.Key - a.Key },
	})
	require.NoError(t, err)
	require.Equal(t, []int{3, 2, 1, 0}, ranking.Keys())
	require.Equal(t, [][]int{{3, 2, 1, 0}}, ranking.Ties())
}

func TestRankErrors(t *testing.T) {
	candidates := []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "a", Input: wsjf("8", "5", "3", "0")},
		{Key: "b", Input: wsjf("8", "5", "3", "2")},
		{Key: "a", Input: wsjf("-1", "5", "-3", "2")},
		{Key: "c", Input: wsjf("-1", "0", "0", "-1"), Unscored: "looked at later"},
		{Key: "b", Input: wsjf("1", "1", "1", "1")},
		{Key: "a", Input: wsjf("1", "1", "1", "1")},
	}
	for name, m := range map[string]prioritize.Method[prioritize.WSJFInput]{
		"item by item": prioritize.WSJF{}, "as a set": set[prioritize.WSJFInput]{prioritize.WSJF{}},
	} {
		t.Run(name, func(t *testing.T) {
			ranking, err := prioritize.Rank(m, candidates)
			require.Nil(t, ranking)
			require.ErrorIs(t, err, prioritize.ErrDuplicate)
			require.ErrorIs(t, err, prioritize.ErrInvalid)
			require.Equal(t, `prioritize: item 2 ("a"): duplicate key: item 0 has it already
prioritize: item 4 ("b"): duplicate key: item 1 has it already
prioritize: item 5 ("a"): duplicate key: item 0 has it already
prioritize: item 0 ("a"): job_size is "0", want > 0
prioritize: item 2 ("a"): user_business_value is "-1", want >= 0
prioritize: item 2 ("a"): risk_reduction is "-3", want >= 0`, err.Error())
		})
	}
}

func TestRankRefuses(t *testing.T) {
	_, err := prioritize.Rank(plain, []prioritize.Candidate[int, decimal.Decimal]{})
	require.EqualError(t, err, `prioritize: candidates is "none", want at least one`)
	_, err = prioritize.Rank[int, decimal.Decimal](nil, numbered([]decimal.Decimal{dec("1")}))
	require.EqualError(t, err, `prioritize: method is "nil", want one to rank by`)
	long := decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 100_000_000), 0) // 30 million digits
	_, err = prioritize.Rank(plain, numbered([]decimal.Decimal{long, long.Neg()}))
	require.ErrorContains(t, err, `value is "about 30103000 digits, exponent 0", want at most 100 digits`)
}

// A method that loses count, or leaves a score out, is found out.
func TestRankBrokenMethods(t *testing.T) {
	numbers := numbered([]decimal.Decimal{dec("1"), dec("2")})
	_, err := prioritize.Rank(methodFunc(func([]decimal.Decimal) ([]prioritize.Score, error) {
		return make([]prioritize.Score, 1), nil
	}), numbers)
	require.ErrorContains(t, err, "1 scores, want 2")
	ranking, err := prioritize.Rank(methodFunc(func(in []decimal.Decimal) ([]prioritize.Score, error) {
		return make([]prioritize.Score, len(in)), nil
	}), numbers)
	require.NoError(t, err)
	require.Zero(t, ranking.Len())
	require.Equal(t, "not scored", ranking.Unscored()[0].Reason)
	broken := errors.New("out of order")
	_, err = prioritize.Rank(methodFunc(func([]decimal.Decimal) ([]prioritize.Score, error) { return nil, broken }), numbers)
	require.ErrorIs(t, err, broken)
	_, err = prioritize.Rank(methodFunc(func(in []decimal.Decimal) ([]prioritize.Score, error) {
		return []prioritize.Score{prioritize.Integer(1), prioritize.Integer(1).Div(prioritize.Integer(0))}, nil
	}), numbers)
	require.ErrorContains(t, err, `item 1 ("1")`)
}

type methodFunc func([]decimal.Decimal) ([]prioritize.Score, error)

func (f methodFunc) Score(in []decimal.Decimal) ([]prioritize.Score, error) { return f(in) }

func TestRankingLookups(t *testing.T) {
	candidates := numbered([]prioritize.WSJFInput{wsjf("1", "1", "1", "1"), {}, wsjf("5", "1", "1", "1")})
	candidates[1].Unscored = "not estimated"
	ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
	require.NoError(t, err)
	for _, key := range []int{1, 7, -1} {
		_, ok := ranking.Lookup(key)
		require.False(t, ok)
		require.Nil(t, ranking.Terms(key))
	}
	for _, position := range []int{-1, 0, 3} {
		_, ok := ranking.Row(position)
		require.False(t, ok)
	}
	require.Equal(t, "unscored: not estimated", ranking.Sentence(1, 2))
	require.Empty(t, ranking.Sentence(7, 2))
	require.Equal(t, "(5 + 1 + 1) / 1 = 7", ranking.Sentence(2, 2))
	for range ranking.All() {
		break // a walk may end early
	}
}

// Rankings share the room that they are made in and nothing that they keep, and many may read one at once.
func TestRankingManyReaders(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	candidates := numbered(nearTies(rng, 300))
	first, err := prioritize.Rank(prioritize.WSJF{}, candidates)
	require.NoError(t, err)
	keys := first.Keys()
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			other, err := prioritize.Rank(prioritize.WSJF{}, numbered(nearTies(rand.New(rand.NewPCG(43, 44)), 500)))
			assert.NoError(t, err)
			for at, key := range keys {
				row, ok := first.Lookup(key)
				assert.True(t, ok && row.Position == at+1)
				assert.NotEmpty(t, first.Terms(key))
			}
			_, err = prioritize.Compare(first, other)
			assert.ErrorIs(t, err, prioritize.ErrUnknown)
		})
	}
	readers.Wait()
	require.Equal(t, keys, first.Keys())
}

func TestRankingZeroValue(t *testing.T) {
	var r prioritize.Ranking[string]
	require.Zero(t, r.Len())
	require.Empty(t, r.Keys())
	require.Empty(t, r.Ties())
	require.Empty(t, r.Unscored())
	_, ok := r.Lookup("a")
	require.False(t, ok)
	require.Empty(t, r.Sentence("a", 2))
	for range r.All() {
		t.Fatal("nothing to walk")
	}
	c, err := prioritize.Compare(&r, &r)
	require.NoError(t, err)
	_, ok = c.TauB()
	require.False(t, ok)
}

// Many keys of every kind, some of them alike, against a map.
func TestRankDuplicates(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	for range 50 {
		n := 1 + rng.IntN(3000)
		candidates := make([]prioritize.Candidate[string, decimal.Decimal], n)
		first, want := map[string]int{}, []int(nil)
		for i := range candidates {
			key := fmt.Sprint(rng.IntN(20 * n))
			candidates[i].Key = key
			if _, ok := first[key]; ok {
				want = append(want, i)
			} else {
				first[key] = i
			}
		}
		_, err := prioritize.Rank(plain, candidates)
		var got []int
		if err == nil {
			require.Empty(t, want)
			continue
		}
		for _, e := range joined(err) {
			var item *prioritize.ItemError
			require.ErrorAs(t, e, &item)
			got = append(got, item.Index)
		}
		require.Equal(t, want, got)
	}
}

// joined returns the errors that are joined in err, at any depth.
func joined(err error) []error {
	many, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var errs []error
	for _, e := range many.Unwrap() {
		errs = append(errs, joined(e)...)
	}
	return errs
}

func ExampleRank() {
	candidates := []prioritize.Candidate[string, prioritize.WSJFInput]{
		{Key: "Fancy falcon", Input: wsjf("8", "5", "8", "5")},
		{Key: "Funky ferret", Input: wsjf("8", "5", "13", "5")},
		{Key: "Shy shrew", Unscored: "not estimated"},
	}
	ranking, err := prioritize.Rank(prioritize.WSJF{}, candidates)
	if err != nil {
		fmt.Println(err)
		return
	}
	for row := range ranking.All() {
		fmt.Println(row.Position, row.Key, row.Score.At(2).StringFixed(2), ranking.Sentence(row.Key, 2))
	}
	for _, missing := range ranking.Unscored() {
		fmt.Println("-", missing.Key, missing.Reason)
	}
	// Output:
	// 1 Funky ferret 5.20 (8 + 5 + 13) / 5 = 5.2
	// 2 Fancy falcon 4.20 (8 + 5 + 8) / 5 = 4.2
	// - Shy shrew not estimated
}

// Equal scores stay reported as a tie; the caller says who goes first all the same.
func ExampleRankBy() {
	type candidate = prioritize.Candidate[string, prioritize.MoSCoWInput]
	candidates := []candidate{
		{Key: "zoom", Input: prioritize.MoSCoWInput{Category: prioritize.Must}},
		{Key: "login", Input: prioritize.MoSCoWInput{Category: prioritize.Must}},
	}
	type options = prioritize.RankOptions[string, prioritize.MoSCoWInput]
	longestFirst := func(a, b candidate) int { return len(b.Key) - len(a.Key) }
	ranking, err := prioritize.RankBy(prioritize.MoSCoW{}, candidates, options{Tie: longestFirst})
	fmt.Println(ranking.Keys(), ranking.Ties(), err)
	// Output: [login zoom] [[login zoom]] <nil>
}

// A method of one's own is a type for what it needs to know and a formula.
func ExampleFormula() {
	type fix struct{ Saved, Days decimal.Decimal }
	perDay := prioritize.Formula[fix](func(f fix) (prioritize.Score, error) {
		return prioritize.Quotient(f.Saved, f.Days)
	})
	ranking, err := prioritize.Rank(perDay, []prioritize.Candidate[string, fix]{
		{Key: "slow", Input: fix{dec("10"), dec("4")}},
		{Key: "quick", Input: fix{dec("8"), dec("2")}},
	})
	fmt.Println(ranking.Keys(), err)
	// Output: [quick slow] <nil>
}

// A method that needs the whole set is a type with a Score method.
func ExampleMethod() {
	shares := methodFunc(func(votes []decimal.Decimal) ([]prioritize.Score, error) {
		total := prioritize.Value(decimal.Sum(decimal.Zero, votes...))
		return prioritize.Each(votes, func(v decimal.Decimal) (prioritize.Score, error) {
			return prioritize.Value(v).Div(total), nil
		})
	})
	ranking, err := prioritize.Rank(shares, numbered([]decimal.Decimal{dec("1"), dec("3")}))
	for row := range ranking.All() {
		fmt.Println(row.Key, row.Score, err)
	}
	// Output:
	// 1 0.75 <nil>
	// 0 0.25 <nil>
}
