package render_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func stepID(n int) roadmap.StepID { return roadmap.StepID(number(n)) }

// mapped puts the stories of the product below two steps of one activity; a second has none.
func mapped(t testing.TB, named func(string) string) *backlog.Backlog {
	b := product(t, named)
	do(t, b,
		backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID(number(1)), Title: named("Pay"), Steps: story.ListOf(
			roadmap.Step{ID: stepID(1), Title: named("Choose how")}, roadmap.Step{ID: stepID(2), Title: named("Keep the proof")},
		)}},
		backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID(number(2)), Title: named("Look back")}},
		backlog.AssignStoryStep{Story: story.ID(number(2)), Step: stepID(1)},
		backlog.AssignStoryStep{Story: story.ID(number(3)), Step: stepID(2)},
		backlog.AssignStoryStep{Story: story.ID(number(6)), Step: stepID(2)},
	)
	return b
}

func ExampleStoryMapMarkdown() {
	fmt.Print(render.StoryMapMarkdown(mapped(new(testing.T), asIs).View()))
	// Output:
	// # Story map
	//
	// Vision: Everybody knows where the money goes
	//
	// Statement: product Purse (missing for, who, category, benefit, unlike, differentiation)
	//
	// Stage: growth
	//
	// ## Pay
	//
	// ### Choose how
	//
	// - [ ] Keep a card (draft; 3 points; in v1)
	//
	// ### Keep the proof
	//
	// - [ ] Show a receipt (draft; 8 points; in v1)
	// - [ ] Sort by date (draft; 1 point; in no release)
	//
	// ## Look back
	//
	// ## In no release
	//
	// - [ ] Sort by date (draft; 1 point)
	//
	// ## Below no step
	//
	// - [x] Enter a card (accepted; 5 points)
	// - [ ] Send a receipt (draft; not estimated)
}

func ExampleStoryMapSVG() {
	svg := render.StoryMapSVG("Purse", mapped(new(testing.T), asIs).View())
	for line := range strings.Lines(svg) {
		if text, ok := strings.CutPrefix(line, "<desc>"); ok {
			fmt.Println(text[:len("Story map: 3 columns; 1 story in no release, 2 stories below no step.")])
		}
	}
	// Output: Story map: 3 columns; 1 story in no release, 2 stories below no step.
}

// The picture says in words what it shows, is drawn within its bounds, and no title adds an element to it.
func TestStoryMapSVG(t *testing.T) {
	svg := render.StoryMapSVG("Purse", mapped(t, asIs).View())
	words := requireSVG(t, svg)
	for _, want := range []string{
		"Story map: 3 columns; 1 story in no release, 2 stories below no step.", "Pay, Choose how: Keep a card (draft, v1);",
		"Sort by date (draft, no release);", "Look back: no stories.",
	} {
		require.Contains(t, words, want)
	}
	require.Contains(t, svg, "prefers-color-scheme:dark")
	count := strings.Count(render.StoryMapSVG(harmless, mapped(t, func(string) string { return harmless }).View()), "<")
	for _, title := range hostile() {
		svg := render.StoryMapSVG(title, mapped(t, func(string) string { return title }).View())
		requireSVG(t, svg)
		require.Equal(t, count, strings.Count(svg, "<"), title)
	}

	b := empty(t)
	require.Contains(t, requireSVG(t, render.StoryMapSVG("empty", b.View())), "0 columns")
	require.Equal(t, "# Story map\n", render.StoryMapMarkdown(b.View()))
	for a := range 10 {
		var steps []roadmap.Step
		for i := range 5 {
			steps = append(steps, roadmap.Step{ID: stepID(10*a + i + 1), Title: "s"})
		}
		do(t, b, backlog.AddActivity{Activity: roadmap.Activity{ID: roadmap.ActivityID(number(a + 1)), Title: "a", Steps: story.ListOf(steps...)}})
	}
	addStories(t, b, 100)
	for i := range 100 {
		do(t, b, backlog.AssignStoryStep{Story: story.ID(number(i)), Step: stepID(1)})
	}
	words = requireSVG(t, render.StoryMapSVG("large", b.View()))
	require.Contains(t, words, "88 more")
	require.Contains(t, words, "26 steps not drawn")
}
