package quality_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/narrative"
	"github.com/backlogkit/backlogkit/story/quality"
)

// requireSound holds of any text: findings lie in it and name a rule, a severity and what to do.
func requireSound(t *testing.T, texts ...string) {
	t.Helper()
	set := quality.Read(texts...)
	all := quality.Check(set)
	require.Equal(t, all, quality.Check(set), "the same twice")
	last := 0
	for _, f := range all {
		isSound := f.Story >= last && f.Story < len(texts) && 0 <= f.Start && f.Start <= f.End && f.End <= len(texts[f.Story]) &&
			slices.Contains([]string{"role", "goal", "benefit", "text"}, f.Field) &&
			slices.Contains([]field.Severity{field.Hint, field.Warning, field.Defect}, f.Severity)
		if !isSound {
			t.Fatalf("%+v in %q, after one of story %d", f, texts, last)
		}
		last = f.Story
	}
}

// mostFuzzed is how many bytes of text are tried: what a story has, and more; longer ones take the time of many
// others, and the growth tests have them.
const mostFuzzed = 1000

func FuzzCheck(f *testing.F) {
	f.Add("As a user, I want to edit and delete it (all) - fast.", "As a user, I want it")
	words := quality.WordsOf(story.English)
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > mostFuzzed {
			return
		}
		requireSound(t, a, b, a)
		for _, found := range quality.CheckCriterion(a, words) {
			require.LessOrEqual(t, found.End, len(a))
		}
	})
}

// A host may read its stories itself, and be wrong about places.
func TestReadingsMadeByHand(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	place := func() int { return random.IntN(40) - 5 }
	for range 2000 {
		r := narrative.Reading{Text: "As a user, I want to (see and edit it"}
		for _, p := range []*narrative.Part{&r.Role, &r.RoleClause, &r.Goal, &r.Benefit, &r.Rest} {
			*p = narrative.Part{
				Text: "x", Start: place(), End: place(), Marker: "to", MarkerStart: place(), MarkerEnd: place(),
			}
		}
		r.Problems = []narrative.Problem{{Kind: narrative.NoRole, Start: place(), End: place()}, {Kind: 99}}
		set := quality.Set{Stories: []narrative.Reading{r, r, {}}}
		for _, f := range quality.Check(set) {
			require.LessOrEqual(t, 0, f.Start)
			require.LessOrEqual(t, f.Start, f.End)
			require.LessOrEqual(t, f.End, len(set.Stories[f.Story].Text))
		}
	}
}
