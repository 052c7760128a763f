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

// A refusal, or a wish that leaves out all else, is neither the same as the wish nor near it.
func TestOppositesAreNotTheSame(t *testing.T) {
	for text, others := range map[string][]string{
		"As a guest, I want to see stars of my town": {
			"As a guest, I don't want to see stars of my town", "As a guest, I never want to see stars of my town",
			"As a guest, I can't see stars of my town", "As a guest, I must not see stars of my town",
			"As a guest, I only want to see stars of my town",
		},
		"En tant que client, je veux voir les étoiles demain":  {"En tant que client, je ne veux pas voir les étoiles demain"},
		"Como cliente, quiero ver las estrellas de la ciudad":  {"Como cliente, no quiero ver las estrellas de la ciudad"},
		"Como cliente, quiero pagar las estrellas de la calle": {"Como cliente, solo quiero pagar las estrellas de la calle"},
	} {
		for _, other := range others {
			set := quality.Read(text, other)
			require.Empty(t, append(quality.Identical(set), quality.Similar(set)...), other)
		}
	}
	require.Len(t, quality.Identical(quality.Read("As a guest, I don't want stars", "As a guest, I do not want stars")), 1)
}

// A verb is no part of the user interface.
func TestInterfaceNamesActions(t *testing.T) {
	for text, want := range map[string]string{
		"As a guest, I want to click a star":     `"click" is an action on the user interface`,
		"As a guest, I want to toggle stars":     `"toggle" is an action on the user interface`,
		"As a guest, I want a toggle":            `"toggle" is a part of the user interface`,
		"Als Gast möchte ich auf Sterne klicken": `"klicken" is an action on the user interface`,
	} {
		require.Equal(t, want, quality.Interface(quality.Read(text))[0].Message, text)
	}
}

func TestSimilarSaysHow(t *testing.T) {
	for other, want := range map[string]string{
		"As a guest, I want to move 2 stars before I pay":      "has the words of story 0 in another order or form",
		"As a guest, I want to pay before I move two stars":    "has the words of story 0 in another order or form",
		"As a guest, I want to move two tables before I pay":   "differs from story 0 by a word",
		"As a guest, I want to move two stars before I pay it": "differs from story 0 by a word",
	} {
		require.Equal(t, want, quality.Similar(quality.Read("As a guest, I want to move two stars before I pay", other))[0].Message, other)
	}
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
			_, err := fmt.Sscanf(strings.Replace(f.Message, "has the words of", "differs from", 1), "differs from story %d", &first)
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
