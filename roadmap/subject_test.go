package roadmap_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Subjects are in one order: by their kind, then bytewise by id. Their texts name both.
func TestSubjectOrder(t *testing.T) {
	inOrder := []roadmap.Subject{
		roadmap.AboutGoal(roadmap.GoalID{8}), roadmap.AboutGoal(roadmap.GoalID{9}),
		roadmap.AboutIncrement(roadmap.IncrementID{6}), roadmap.AboutIncrement(roadmap.IncrementID{7}),
		roadmap.AboutFeature(roadmap.FeatureID{4}), roadmap.AboutFeature(roadmap.FeatureID{5}),
		roadmap.AboutStory(story.ID{1}), roadmap.AboutStory(story.ID{2}),
	}
	for i, a := range inOrder {
		require.NoError(t, a.Validate())
		require.False(t, a.IsZero())
		id := map[int]fmt.Stringer{0: a.Goal, 1: a.Increment, 2: a.Feature, 3: a.Story}[i/2]
		require.Equal(t, []string{"goal", "increment", "feature", "story"}[i/2]+` "`+id.String()+`"`, a.String())
		for j, b := range inOrder {
			require.Equal(t, max(-1, min(1, i-j)), a.Compare(b), "%v and %v", a, b)
		}
	}
	require.Equal(t, "nothing", roadmap.Subject{}.String())
}
