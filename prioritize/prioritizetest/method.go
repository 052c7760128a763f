package prioritizetest

import (
	"fmt"
	"math/rand/v2"
	"reflect"

	"github.com/backlogkit/backlogkit/prioritize"
)

// T is what the laws need of a [testing.T].
type T interface {
	Helper()
	Errorf(format string, args ...any)
}

// rounds is how many random sets each law is checked on.
const rounds = 60

// TestMethod reports, as an error of t, each law that the method breaks, with the first example found.
// generate returns a random input that the method accepts; it must depend on nothing but rng.
func TestMethod[A any](t T, m prioritize.Method[A], generate func(rng *rand.Rand) A) {
	t.Helper()
	if m == nil || generate == nil {
		t.Errorf("prioritizetest: want a method and a generator, not nil")
		return
	}
	c := &checker[A]{t: t, m: m, generate: generate, broken: map[string]bool{}}
	for round := range uint64(rounds) {
		c.seed, c.size = round, []int{1, 2, 3, 5, 9, 40}[round%6]
		c.rng = rand.New(rand.NewPCG(round, 1))
		if !reflect.DeepEqual(c.inputs(), c.inputs()) {
			c.fail("generate", "generate gives other inputs for the same numbers")
			return
		}
		scores, err := m.Score(c.inputs())
		if err != nil {
			c.fail("accepts", "inputs that generate gave are refused: %v", err)
			continue
		}
		if len(scores) != c.size {
			c.fail("one score each", "%d scores for %d inputs", len(scores), c.size)
			continue
		}
		c.checkSet(scores)
		c.checkFactors(scores)
	}
}

// checker looks at one random set at a time.
type checker[A any] struct {
	t        T
	m        prioritize.Method[A]
	generate func(rng *rand.Rand) A
	broken   map[string]bool // laws that have been reported

	seed uint64
	size int
	rng  *rand.Rand // for choices about the set, not for the set itself
}

// fail reports the first break of a law.
func (c *checker[A]) fail(law, format string, args ...any) {
	c.t.Helper()
	if !c.broken[law] {
		c.broken[law] = true
		c.t.Errorf("prioritizetest: %s: %s", law, fmt.Sprintf(format, args...))
	}
}

// inputs makes the set anew, so that one copy can be compared with another after use.
func (c *checker[A]) inputs() []A {
	rng := rand.New(rand.NewPCG(c.seed, 0))
	inputs := make([]A, c.size)
	for i := range inputs {
		inputs[i] = c.generate(rng)
	}
	return inputs
}

// score scores other inputs, which must be accepted too.
func (c *checker[A]) score(law string, inputs []A) []prioritize.Score {
	scores, err := c.m.Score(inputs)
	if err != nil {
		c.fail(law, "refused: %v", err)
		return nil
	}
	if len(scores) != len(inputs) {
		c.fail(law, "%d scores for %d inputs", len(scores), len(inputs))
		return nil
	}
	return scores
}

func (c *checker[A]) checkSet(scores []prioritize.Score) {
	for i, s := range scores {
		switch {
		case s.Err() != nil:
			c.fail("accepts", "input %d gets an impossible score: %v", i, s.Err())
		case !s.IsScored() && (s.Reason() == "" || s.Reason() == prioritize.Score{}.Reason()):
			c.fail("unscored with a reason", "input %d gets no score and no reason", i)
		}
	}
	c.checkRepeat(scores)
	c.checkPermutation(scores)
	c.checkTwins()
	c.checkItems(scores)
	c.checkRank()
	c.checkTerms(scores)
}

func (c *checker[A]) checkRepeat(scores []prioritize.Score) {
	inputs := c.inputs()
	again := c.score("determinism", inputs)
	if !reflect.DeepEqual(inputs, c.inputs()) {
		c.fail("no mutation", "scoring changes its inputs")
	}
	for i := range again {
		if !same(again[i], scores[i]) {
			c.fail("determinism", "input %d scores %s, then %s", i, scores[i], again[i])
		}
	}
}

func (c *checker[A]) checkPermutation(scores []prioritize.Score) {
	inputs, order := c.inputs(), c.rng.Perm(c.size)
	shuffled := make([]A, c.size)
	for i, from := range order {
		shuffled[i] = inputs[from]
	}
	for i, s := range c.score("permutation", shuffled) {
		if !same(s, scores[order[i]]) {
			c.fail("permutation", "an input scores %s in one place and %s in another", scores[order[i]], s)
		}
	}
}

// checkTwins puts one input into the set twice.
func (c *checker[A]) checkTwins() {
	at := c.rng.IntN(c.size)
	inputs := append(c.inputs(), c.inputs()[at])
	scores := c.score("equal inputs tie", inputs)
	if scores == nil {
		return
	}
	if !same(scores[at], scores[c.size]) {
		c.fail("equal inputs tie", "one scores %s, the other %s", scores[at], scores[c.size])
	}
	if rule, ok := c.m.(prioritize.TieRule[A]); ok {
		for i, key := range rule.TieKeys() {
			if !same(key(inputs[at]), key(inputs[c.size])) {
				c.fail("equal inputs tie", "tie key %d differs for equal inputs", i)
			}
		}
	}
}

func (c *checker[A]) checkItems(scores []prioritize.Score) {
	one, ok := c.m.(prioritize.ItemMethod[A])
	if !ok {
		return
	}
	for i, in := range c.inputs() {
		if s, err := one.ScoreItem(in); err != nil || !same(s, scores[i]) {
			c.fail("item by item", "an input scores %s in the set and %s (%v) alone", scores[i], s, err)
		}
	}
}

func (c *checker[A]) checkRank() {
	candidates := make([]prioritize.Candidate[int, A], 0, c.size+1)
	for i, in := range c.inputs() {
		candidates = append(candidates, prioritize.Candidate[int, A]{Key: i, Input: in})
	}
	candidates = append(candidates, prioritize.Candidate[int, A]{Key: c.size, Unscored: "not looked at"})
	ranking, err := prioritize.Rank(c.m, candidates)
	if err != nil {
		c.fail("ranks", "%v", err)
		return
	}
	seen := map[int]bool{}
	keys := ranking.KeysWithUnscored()
	for _, key := range keys {
		seen[key] = true
	}
	if len(seen) != len(candidates) || len(keys) != len(candidates) {
		c.fail("ranks", "%d of %d inputs are in the ranking", len(seen), len(candidates))
	}
	if _, ok := ranking.Lookup(c.size); ok {
		c.fail("ranks", "an item without input is scored")
	}
}

// checkTerms works out the scores from their terms, and adds up the contributions where all of a score is in
// them.
func (c *checker[A]) checkTerms(scores []prioritize.Score) {
	inputs := c.inputs()
	var terms func(i int) []prioritize.Term
	switch m := c.m.(type) {
	case prioritize.Explainer[A]:
		terms = func(i int) []prioritize.Term { return m.Terms(inputs[i]) }
	case prioritize.SetExplainer[A]:
		var err error
		if terms, err = m.TermsOf(inputs); err != nil {
			c.fail("terms", "%v", err)
			return
		}
	default:
		return
	}
	for i, s := range scores {
		if !s.IsScored() {
			continue
		}
		sum, complete := prioritize.Integer(0).InClass(s.Class()), false
		for _, term := range terms(i) {
			if term.Name == "" {
				c.fail("terms", "a term of input %d has no name", i)
			}
			if term.Effect == prioritize.Adds {
				sum, complete = sum.Add(term.Contribution), true
			}
		}
		if complete && sum.IsScored() && !sum.Equal(s) {
			c.fail("terms", "the contributions to %s add up to %s", s, sum)
		}
		if made, ok := evaluate(terms(i)); ok && !made.Equal(s.InClass(0)) {
			c.fail("terms", "input %d scores %s, and its terms make %s", i, s, made)
		}
	}
	if !reflect.DeepEqual(inputs, c.inputs()) {
		c.fail("no mutation", "explaining changes the inputs")
	}
}

// evaluate returns the score that terms make: the sum of those that add, times each that multiplies, divided
// by the sum of those that divide. It is false where there are none, or they only
// order, or have no numbers.
func evaluate(terms []prioritize.Term) (prioritize.Score, bool) {
	sum, product, divisor := prioritize.Integer(0), prioritize.Integer(1), prioritize.Integer(0)
	var adds, multiplies, divides, orders bool
	for _, t := range terms {
		value := t.Value
		if t.Weight.IsScored() {
			value = t.Weight.Mul(value)
		}
		switch t.Effect {
		case prioritize.Adds:
			sum, adds = sum.Add(value), true
		case prioritize.Multiplies:
			product, multiplies = product.Mul(value), true
		case prioritize.Divides:
			divisor, divides = divisor.Add(value), true
		case prioritize.Orders:
			orders = true
		}
	}
	if len(terms) == 0 || !adds && !multiplies && !divides && orders {
		return prioritize.Score{}, false
	}
	made := sum
	if multiplies {
		if made = product; adds {
			made = sum.Mul(product)
		}
	}
	if divides {
		if !adds && !multiplies {
			made = prioritize.Integer(1)
		}
		made = made.Div(divisor)
	}
	return made.InClass(0), made.IsScored()
}

// same reports whether two scores are equal, or missing for the same reason.
func same(a, b prioritize.Score) bool {
	return a.Equal(b) && a.Reason() == b.Reason()
}
