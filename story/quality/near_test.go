package quality_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/quality"
)

// similarTwin says of each story which one before it is near, by comparing all pairs: without any
// one word of each, or none, they hold the same words, and five or more.
func similarTwin(goals [][]string) map[int]int {
	bag := func(words []string, without string) (map[string]int, int) {
		m, n := map[string]int{"user": 1}, 1
		for _, w := range words {
			m[w]++
			n++
		}
		if without != "" {
			n -= m[without]
			delete(m, without)
		}
		return m, n
	}
	near := func(a, b []string) bool {
		for _, x := range append([]string{"", "user"}, a...) {
			for _, y := range append([]string{"", "user"}, b...) {
				left, n := bag(a, x)
				right, _ := bag(b, y)
				if n >= 5 && fmt.Sprint(left) == fmt.Sprint(right) {
					return true
				}
			}
		}
		return false
	}
	first := map[int]int{}
	for i := range goals {
		again := false
		for j := range i {
			again = again || strings.Join(goals[i], " ") == strings.Join(goals[j], " ")
		}
		for j := 0; j < i && !again; j++ {
			if near(goals[j], goals[i]) {
				first[i] = j
				break
			}
		}
	}
	return first
}

func TestSimilarFindsWhatAllPairsFind(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	hits := 0
	for range 600 {
		goals := make([][]string, 2+random.IntN(6))
		texts := make([]string, len(goals))
		for i := range goals {
			if i > 0 && random.IntN(2) == 0 {
				goals[i] = append(goals[i], goals[random.IntN(i)]...)
				goals[i][random.IntN(len(goals[i]))] = fmt.Sprintf("w%d", random.IntN(6))
			} else {
				for range 4 + random.IntN(4) {
					goals[i] = append(goals[i], fmt.Sprintf("w%d", random.IntN(6)))
				}
			}
			texts[i] = "As a user, I want " + strings.Join(goals[i], " ")
		}
		got := map[int]int{}
		for _, f := range quality.Check(quality.Read(texts...), quality.Similar) {
			var first int
			_, err := fmt.Sscanf(f.Message, "differs from story %d by a word", &first)
			require.NoError(t, err)
			got[f.Story] = first
		}
		require.Equal(t, similarTwin(goals), got, "%q", texts)
		hits += len(got)
	}
	require.Greater(t, hits, 100, "the cases must be worth something")
}

// The work of looking for duplicates grows with the set and no faster, whatever stands in it: steps are counted as
// allocations, one or more for each story and word.
func TestSimilarGrowsWithTheSet(t *testing.T) {
	for name, text := range map[string]func(i int) string{
		"different": func(i int) string {
			return fmt.Sprintf("As a user%d, I want page %d of book %d, so that I read on%d", i, i*7, i*31, i*13)
		},
		"identical": func(int) string { return "As a user, I want to see the page, so that I can read on" },
		"similar":   func(i int) string { return fmt.Sprintf("As a user, I want to see page %d of the great book", i) },
		"German":    func(i int) string { return fmt.Sprintf("Als Nutzer möchte ich Seite %d des großen Buchs sehen", i) },
	} {
		steps := func(n int) float64 {
			texts := make([]string, n)
			for i := range texts {
				texts[i] = text(i)
			}
			set := quality.Read(texts...)
			return testing.AllocsPerRun(1, func() { _ = quality.Check(set, quality.Similar, quality.Identical) })
		}
		require.Less(t, steps(8000), 9*steps(1000), name)
	}
}
