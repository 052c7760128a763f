package backlog_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// Each lookup against a look through everything, over random histories.
func TestLookups(t *testing.T) {
	t.Parallel()

	for seed := range uint64(min(*histories, 100)) {
		b, _ := wander(t, seed, 80, nil)
		all := slices.Collect(b.Stories())
		where := func(holds func(story.Story) bool) []story.Story {
			return slices.DeleteFunc(slices.Clone(all), func(s story.Story) bool { return !holds(s) })
		}
		for _, team := range []story.Team{"", "red", "blue", "unheard of"} {
			want := where(func(s story.Story) bool { return s.Team == team })
			requireSame(t, want, slices.Collect(b.StoriesOfTeam(team)))
		}
		for _, state := range b.Workflow().States {
			want := where(func(s story.Story) bool { return s.Status == state.Name })
			requireSame(t, want, slices.Collect(b.StoriesIn(state.Name)))
		}
		for n := range smallWorld + 3 {
			requireSprintOf(t, b, storyID(n))
			requireNeededBy(t, b, backlog.StoryItem(storyID(n)))
			requireNeededBy(t, b, backlog.FeatureItem(featureID(n)))
		}
		for _, teams := range [][]story.Team{nil, {}, {""}, {"red"}, {"red", "blue"}} {
			requireBoard(t, b, backlog.BoardOptions{Teams: teams}, all)
			for sprint := range b.Sprints() {
				in := where(func(s story.Story) bool { return slices.Contains(sprint.Stories, s.ID) })
				requireBoard(t, b, backlog.BoardOptions{Teams: teams, Sprint: sprint.ID, Most: 1}, in)
			}
		}
		requireBoard(t, b, backlog.BoardOptions{Sprint: sprintID(99)}, nil)
	}
}

func requireSame(t *testing.T, want, got []story.Story) {
	t.Helper()
	require.True(t, slices.EqualFunc(want, got, story.Story.Equal))
}

func requireSprintOf(t *testing.T, b *backlog.Backlog, id story.ID) {
	t.Helper()
	var want backlog.SprintID
	for sprint := range b.Sprints() {
		if sprint.Status.IsOpen() && slices.Contains(sprint.Stories, id) {
			want = sprint.ID
		}
	}
	sprint, ok := b.SprintOf(id)
	require.Equal(t, want, sprint.ID)
	require.Equal(t, !want.IsZero(), ok)
}

func requireNeededBy(t *testing.T, b *backlog.Backlog, item backlog.ItemID) {
	t.Helper()
	var want []backlog.Dependency
	for d := range b.Dependencies() {
		if d.Needs == item {
			want = append(want, d)
		}
	}
	slices.SortFunc(want, func(x, y backlog.Dependency) int { return x.Item.Compare(y.Item) })
	require.Equal(t, want, slices.Collect(b.NeededBy(item)))
}

func requireBoard(t *testing.T, b *backlog.Backlog, options backlog.BoardOptions, all []story.Story) {
	t.Helper()
	columns := b.Board(options).Columns
	at := 0
	for _, state := range b.Workflow().States {
		if state.Category == story.Removed {
			continue
		}
		column := columns[at]
		at++
		require.Equal(t, state, story.State{Name: column.State, Category: column.Category})
		points, want := decimal.Zero, []story.Story{}
		for _, s := range all {
			if s.Status == state.Name && (options.Teams == nil || slices.Contains(options.Teams, s.Team)) {
				p, _ := s.Estimate.Points()
				points, want = points.Add(p), append(want, s)
			}
		}
		require.Equal(t, len(want), column.Count)
		require.True(t, points.Equal(column.Points))
		if options.Most > 0 {
			want = want[:min(len(want), options.Most)]
		}
		requireSame(t, want, column.Stories)
		for _, limit := range b.WorkInProgress() {
			shown := options.Teams == nil || limit.Team == "" || slices.Contains(options.Teams, limit.Team)
			counts := limit.State == state.Name || limit.State == "" && state.Category == story.Doing
			require.Equal(t, shown && counts, slices.Contains(column.Limits, limit))
		}
	}
	require.Len(t, columns, at)
}

// A board of one team, with what its limit still has room for.
func ExampleView_Board() {
	b, err := backlog.New(backlog.Options{Limits: []backlog.Limit{{State: story.InProgress, Most: 2}}})
	if err != nil {
		panic(err)
	}
	everybody := backlog.As("Uma", backlog.ProductOwner, backlog.Developer)
	changes := []backlog.Change{}
	for n := 1; n <= 3; n++ {
		changes = append(changes,
			backlog.AddStory{Story: newStory(n)},
			backlog.EstimateStory{Story: storyID(n), Estimate: story.Points(3)},
			backlog.SetStoryStatus{Story: storyID(n), To: story.Ready})
	}
	changes = append(changes, backlog.SetStoryStatus{Story: storyID(2), To: story.InProgress})
	for _, change := range changes {
		if _, err := b.Execute(change, everybody, start); err != nil {
			panic(err)
		}
	}

	for _, column := range b.Board(backlog.BoardOptions{}).Columns {
		fmt.Print(column.State, ": ", column.Count, " with ", column.Points, " points")
		for _, limit := range column.Limits {
			fmt.Print(", room for ", limit.Most-limit.Count)
		}
		for _, s := range column.Stories {
			fmt.Print("; ", s.Title)
		}
		fmt.Println()
	}
	// Output:
	// draft: 0 with 0 points
	// ready: 2 with 6 points; Story 1; Story 3
	// in_progress: 1 with 3 points, room for 1; Story 2
	// in_review: 0 with 0 points
	// accepted: 0 with 0 points
}

// Everything that needs an item, for whoever wants to drop it.
func ExampleView_NeededBy() {
	b, otto, at := exampleBacklog("Connect the screen", "Add a screen", "Add a filter")
	connect, _ := b.StoryAt(0)
	for index := 1; index <= 2; index++ {
		needing, _ := b.StoryAt(index)
		need := backlog.Dependency{Item: backlog.StoryItem(needing.ID), Needs: backlog.StoryItem(connect.ID)}
		if _, err := b.Execute(backlog.AddDependency{Dependency: need}, otto, at); err != nil {
			panic(err)
		}
	}
	var titles []string
	for need := range b.NeededBy(backlog.StoryItem(connect.ID)) {
		s, _ := b.Story(need.Item.Story)
		titles = append(titles, s.Title)
	}
	slices.Sort(titles)
	fmt.Println(titles)
	// Output:
	// [Add a filter Add a screen]
}
