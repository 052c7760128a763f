package backlog_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func words(found []backlog.Difference) []string {
	lines := make([]string, len(found))
	for i, one := range found {
		lines[i] = one.String()
	}
	return lines
}

// What happened between two states, in words.
func TestDiff(t *testing.T) {
	l := product(t, backlog.Options{})
	for n := 4; n <= 8; n++ {
		l.do(po, backlog.AddStory{Story: newStory(n)})
	}
	l.do(dev, backlog.EstimateStory{Story: storyID(4), Estimate: story.Points(3)},
		backlog.SetStoryStatus{Story: storyID(4), To: story.Ready})
	before := l.Clone()
	require.Empty(t, backlog.Diff(before.View(), l.Backlog.View()))

	l.do(pm,
		backlog.SetVision{Vision: roadmap.Vision{Text: "Everybody saves."}},
		backlog.EditFeature{Feature: featureID(1), Title: "spending", Problem: "money runs out"},
		backlog.PlaceFeature{Feature: featureID(1), Horizon: horizonID(1)},
		backlog.PursueGoal{Goal: goalID(1)},
		backlog.GrantRole{Person: "Rita", Role: backlog.ProductOwner, Team: "red"})
	l.do(po,
		backlog.MoveStories{Stories: []story.ID{storyID(8)}, To: backlog.At(2)},
		backlog.AddStory{Story: newStory(9)},
		backlog.DropStory{Story: storyID(5), Reason: "no"},
		backlog.AssignTeam{Story: storyID(6), Team: "blue"},
		backlog.AddCriterion{Story: storyID(7), Criterion: story.Criterion{ID: criterionID(77), Text: "is fast"}},
		backlog.RemoveCriterion{Story: storyID(7), Criterion: criterionID(7)},
		backlog.AddDependency{Dependency: backlog.Dependency{Item: backlog.StoryItem(storyID(7)), Needs: backlog.StoryItem(storyID(6))}},
		backlog.RelateStories{Relation: backlog.Relation{Story: storyID(7), How: backlog.Duplicates, Other: storyID(9)}},
		backlog.Delegate{Person: "Dana", Permission: backlog.MayOrderStories})
	l.do(dev, backlog.FinishTask{Task: taskID(1)}, backlog.EstimateStory{Story: storyID(9), Estimate: story.Points(5)},
		backlog.EstimateStory{Story: storyID(4), Estimate: story.Points(5)})
	l.finish(4)
	found := backlog.Diff(before.View(), l.Backlog.View())
	require.Equal(t, []string{
		"vision: text Everybody knows what they spend. -> Everybody saves.",
		`goal "Reduce checkout time": status planned -> active`,
		`feature "spending": title expense tracking -> spending`,
		`feature "spending": problem none -> money runs out`,
		`feature "spending": horizon none -> now`,
		`story "Story 1": task "Connect the screen to user data" open -> done`,
		`story "Story 8": moved 7 -> 2`,
		`story "Story 4": criterion "shows 4" unjudged -> met by Dana`,
		`story "Story 4": estimate 3 -> 5`,
		`story "Story 4": accepted by Otto`,
		`story "Story 5": dropped`,
		`story "Story 6": team none -> blue`,
		`story "Story 7": criterion "is fast" added`,
		`story "Story 7": criterion "shows 7" removed`,
		`story "Story 7": need "Story 6" added`,
		`story "Story 7": relation "duplicates Story 9" added`,
		`story "Story 9": added`,
		`story "Story 9": estimate none -> 5`,
		`person "Dana": delegation "order stories" added`,
		`person "Rita": role "product owner of \"red\"" added`,
	}, words(found))
	require.Equal(t, backlog.Difference{
		Subject: "story", ID: storyID(8).String(), Title: "Story 8", Aspect: backlog.AspectMoved, From: "7", To: "2",
	}, found[6])
}

// Two states differ in words if and only if they differ, and the moves are as few as can be.
func TestDiffIsComplete(t *testing.T) {
	for seed := range uint64(*histories / 3) {
		var earlier []*backlog.Backlog
		b, _ := wander(t, seed, 60, func(b *backlog.Backlog, _ backlog.Change, err error) {
			if err == nil && b.Seq()%9 == 0 {
				earlier = append(earlier, b.Clone())
			}
		})
		for _, a := range append(earlier, b.Clone()) {
			for _, pair := range [][2]*backlog.Backlog{{a, b}, {b, a}} {
				found := backlog.Diff(pair[0].View(), pair[1].View())
				require.Equal(t, state(t, a) == state(t, b), len(found) == 0, words(found))
				moved := 0
				for _, one := range found {
					if one.Subject == "story" && one.Aspect == backlog.AspectMoved {
						moved++
					}
				}
				require.Equal(t, fewestMoves(pair[0], pair[1]), moved)
			}
		}
	}
}

// fewestMoves is the dumb twin: of all subsets of the stories that both have, the largest that keeps
// its order stays.
func fewestMoves(a, b *backlog.Backlog) int {
	var at []int
	for s := range b.Stories() {
		if index, ok := a.Index(s.ID); ok {
			at = append(at, index)
		}
	}
	best := make([]int, len(at)) // by the last that stays, how many stay
	most := 0
	for i := range at {
		for j := range i {
			if at[j] < at[i] {
				best[i] = max(best[i], best[j])
			}
		}
		best[i]++
		most = max(most, best[i])
	}
	return len(at) - most
}

func ExampleDiff() {
	b, otto, at := exampleBacklog("Pay with a saved card", "Pay by invoice", "See what was paid")
	before := b.Clone()
	paid, _ := b.StoryAt(2)
	dana := backlog.As("Dana", backlog.Developer)
	if _, err := b.Execute(backlog.MoveStories{Stories: []story.ID{paid.ID}, To: backlog.First()}, otto, at); err != nil {
		panic(err)
	}
	if _, err := b.Execute(backlog.EstimateStory{Story: paid.ID, Estimate: story.Points(3)}, dana, at); err != nil {
		panic(err)
	}
	for _, difference := range backlog.Diff(before.View(), b.View()) {
		fmt.Println(difference)
	}
	// Output:
	// story "See what was paid": moved 2 -> 0
	// story "See what was paid": estimate none -> 3
}
