package story_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story"
)

func TestWorkflowRefusals(t *testing.T) {
	const states = "one of draft, ready, in_progress, in_review, accepted, dropped"
	workflow := func(change func(*story.Workflow)) story.Workflow { return after(story.DefaultWorkflow(), change) }
	renamed := func(from, to story.Status) story.Workflow {
		return workflow(func(w *story.Workflow) { w.Renamed = map[story.Status]story.Status{from: to} })
	}
	testRefusals(t, map[string]refusal{
		"the default":     {story.DefaultWorkflow(), ""},
		"a free one":      {story.FreeWorkflow("To Do", "Doing", "Testing", "Done"), ""},
		"nothing dropped": {workflow(func(w *story.Workflow) { w.Dropped = "" }), ""},
		"state without a name": {
			workflow(func(w *story.Workflow) { w.States = append(w.States, story.State{Category: story.Doing}) }),
			`story: states[6].name is "", want 1 to 500 bytes of text on one line`,
		},
		"state without a category": {
			workflow(func(w *story.Workflow) { w.States = append(w.States, story.State{Name: "lost"}) }),
			`story: states[6].category is "", want one of proposed, in_progress, completed, removed`,
		},
		"state named twice": {
			workflow(func(w *story.Workflow) {
				w.States = append(w.States, story.State{Name: "draft", Category: story.Proposed})
			}),
			`story: states[6].name is "draft", want a name of its own`,
		},
		"transition from nowhere": {
			workflow(func(w *story.Workflow) { w.Transitions[3].From = "lost" }), `story: moves[3].from is "lost", want ` + states,
		},
		"transition to nowhere": {
			workflow(func(w *story.Workflow) { w.Transitions[3].To = "lost" }), `story: moves[3].to is "lost", want ` + states,
		},
		"initial":             {workflow(func(w *story.Workflow) { w.Initial = "in_progress" }), `story: initial is "in_progress", want a state of category proposed`},
		"ready":               {workflow(func(w *story.Workflow) { w.Ready = "dropped" }), `story: ready is "dropped", want a state of category proposed`},
		"review":              {workflow(func(w *story.Workflow) { w.Review = "" }), `story: review is "", want a state of category in_progress`},
		"accepted":            {workflow(func(w *story.Workflow) { w.Accepted = "draft" }), `story: accepted is "draft", want a state of category completed`},
		"dropped":             {workflow(func(w *story.Workflow) { w.Dropped = "draft" }), `story: dropped is "draft", want a state of category removed`},
		"renamed":             {renamed("open", "draft"), ""},
		"renamed to no state": {renamed("open", "lost"), `story: renamed is "lost", want ` + states},
		"a state renamed":     {renamed("ready", "draft"), `story: renamed is "ready", want a name that no state has now`},
		"nothing renamed":     {renamed(" ", "draft"), `story: renamed is " ", want a name that no state has now`},
	})
}

// Category, Allows and Next tell of the states and transitions of the workflow and of no others.
func TestWorkflowLooksUp(t *testing.T) {
	w := story.DefaultWorkflow()
	for _, state := range w.States {
		category, ok := w.Category(state.Name)
		require.True(t, ok)
		require.Equal(t, state.Category, category)
		for _, other := range w.States {
			allowed := slices.Contains(w.Transitions, story.Transition{From: state.Name, To: other.Name})
			require.Equal(t, allowed, w.Allows(state.Name, other.Name))
			require.Equal(t, allowed, slices.Contains(w.Next(state.Name), other.Name))
		}
	}
	category, ok := w.Category("lost")
	require.False(t, ok)
	require.Zero(t, category)
	require.Empty(t, w.Next("lost"))
	require.Equal(t, story.Status("lost"), w.Current("lost"))
}

// A copy shares nothing: changing it leaves the workflow as it was.
func TestWorkflowClone(t *testing.T) {
	w := story.DefaultWorkflow()
	w.Renamed = map[story.Status]story.Status{"open": "draft"}
	copied := w.Clone()
	require.Equal(t, w, copied)
	copied.States[0].Name, copied.Transitions[0].To, copied.Initial = "x", "x", "x"
	maps.DeleteFunc(copied.Renamed, func(story.Status, story.Status) bool { return true })
	require.Equal(t, story.DefaultWorkflow().States, w.States)
	require.Equal(t, story.DefaultWorkflow().Transitions, w.Transitions)
	require.Equal(t, story.Draft, w.Initial)
	require.Equal(t, story.Draft, w.Current("open"))
}

// Any state of a free workflow leads to any other: the first is proposed, the last completed.
func TestFreeWorkflow(t *testing.T) {
	for n := range 6 {
		names := []story.Status{"a", "b", "c", "d", "e"}[:n]
		w := story.FreeWorkflow(names...)
		require.Equal(t, n >= 3, w.Validate() == nil)
		require.Len(t, w.States, n)
		require.Len(t, w.Transitions, n*max(n-1, 0))
		if n < 3 {
			continue
		}
		require.Equal(t, []story.Status{"a", "a", names[n-2], names[n-1], ""}, []story.Status{w.Initial, w.Ready, w.Review, w.Accepted, w.Dropped})
		for i, name := range names {
			want := story.Doing
			switch i {
			case 0:
				want = story.Proposed
			case n - 1:
				want = story.Completed
			}
			category, _ := w.Category(name)
			require.Equal(t, want, category)
			require.Len(t, w.Next(name), n-1)
			require.NotContains(t, w.Next(name), name)
		}
	}
}

func TestCategoryIsOpen(t *testing.T) {
	open := []story.Category{story.Proposed, story.Doing}
	for category := range story.Removed + 2 {
		require.Equal(t, slices.Contains(open, category), category.IsOpen(), category)
	}
}
