package render_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	require.NoError(t, err)
	return at
}

// randomGraph makes stories and features that need each other, some of them dropped, and returns what
// is expected to be drawn: the class of each linked item, and the arrows, by title.
func randomGraph(t *testing.T, rng *rand.Rand) (b *backlog.Backlog, classes map[string]string, arrows []string) {
	t.Helper()
	b = empty(t)
	n := 2 + rng.IntN(6)
	items := make([]backlog.ItemID, n)
	for i := range n {
		if items[i] = storyItem(i); rng.IntN(4) == 0 {
			items[i] = featureItem(i)
			do(t, b, backlog.AddFeature{Feature: roadmap.Feature{ID: items[i].Feature, Title: fmt.Sprint("T", i)}})
			continue
		}
		do(t, b, backlog.AddStory{Story: story.Story{ID: items[i].Story, Title: fmt.Sprint("T", i)}})
		do(t, b, backlog.EstimateStory{Story: items[i].Story, Estimate: story.Points(int64(rng.IntN(5)))})
	}
	classes = map[string]string{}
	for i := range n {
		if k := rng.IntN(n); k > i && items[i].Feature.IsZero() && items[k].Story.IsZero() {
			do(t, b, backlog.AssignStoryFeature{Story: items[i].Story, Feature: items[k].Feature})
		}
	}
	for i := range n {
		for k := range i {
			if rng.IntN(3) == 0 {
				if _, err := b.Execute(needs(items[i], items[k]), everybody, start); err != nil {
					require.ErrorIs(t, err, backlog.ErrCycle)
					continue
				}
				arrows = append(arrows, fmt.Sprintf("T%d T%d", k, i))
				classes[fmt.Sprint("T", i)], classes[fmt.Sprint("T", k)] = "open", "open"
			}
		}
	}
	for i, item := range items {
		if rng.IntN(4) > 0 || classes[fmt.Sprint("T", i)] == "" {
			continue
		}
		classes[fmt.Sprint("T", i)] = "dropped"
		if item.Story.IsZero() {
			do(t, b, backlog.DropFeature{Feature: item.Feature, Reason: "a"})
		} else {
			do(t, b, backlog.DropStory{Story: item.Story, Reason: "a"})
		}
	}
	path, linked := b.CriticalPath().Items, false
	for i := 1; i < len(path); i++ {
		linked = linked || slices.Contains(arrows, title(b, path[i-1])+" "+title(b, path[i]))
	}
	for i, item := range path {
		if !linked {
			break
		}
		classes[title(b, item)] = "critical"
		if arrow := title(b, path[max(0, i-1)]) + " " + title(b, item); i > 0 && !slices.Contains(arrows, arrow) {
			arrows = append(arrows, arrow) // by what they are part of
		}
	}
	return b, classes, arrows
}

var (
	nodeLine = regexp.MustCompile(`(?m)^    (n\d+)\[+"(T\d+)<br/>[^"]+"\]+:::(\w+)$`)
	edgeLine = regexp.MustCompile(`(?m)^    (n\d+) -[-.]-?> (n\d+)$`)
	dotNode  = regexp.MustCompile(`(?m)^    (n\d+) \[(?:shape=folder, )?label="(T\d+)\\n`)
	dotEdge  = regexp.MustCompile(`(?m)^    (n\d+) -> (n\d+)( \[color="#b3412e", penwidth=3(?:, style=dashed)?\])?$`)
)

// TestGraphTwin compares what is drawn with what was linked.
func TestGraphTwin(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 6))
	for range 500 {
		b, classes, arrows := randomGraph(t, rng)
		text := render.DependencyFlowchart(b.View())
		names, drawn := map[string]string{}, map[string]string{}
		for _, m := range nodeLine.FindAllStringSubmatch(text, -1) {
			names[m[1]], drawn[m[2]] = m[2], m[3]
		}
		require.Equal(t, classes, drawn, text)
		var found []string
		for _, m := range edgeLine.FindAllStringSubmatch(text, -1) {
			found = append(found, names[m[1]]+" "+names[m[2]])
		}
		require.ElementsMatch(t, arrows, found, text)
		require.NotContains(t, text, "not drawn")
		requireSameInDOT(t, b, found)
	}
}

// requireSameInDOT holds that the DOT draws the same arrows in the same order, and marks those of the
// critical path, which come first.
func requireSameInDOT(t *testing.T, b *backlog.Backlog, want []string) {
	t.Helper()
	text := render.DependencyDOT(b.View())
	names := map[string]string{}
	for _, m := range dotNode.FindAllStringSubmatch(text, -1) {
		names[m[1]] = m[2]
	}
	var found, marked []string
	for _, m := range dotEdge.FindAllStringSubmatch(text, -1) {
		arrow := names[m[1]] + " " + names[m[2]]
		found = append(found, arrow)
		if m[3] != "" {
			marked = append(marked, arrow)
		}
	}
	require.Equal(t, want, found)
	path := b.CriticalPath().Items
	if len(marked) == 0 {
		return
	}
	require.Len(t, marked, len(path)-1)
	for i, arrow := range marked {
		require.True(t, strings.HasPrefix(arrow, title(b, path[i])+" "), "%s %v", arrow, path)
		require.True(t, strings.HasSuffix(arrow, " "+title(b, path[i+1])), "%s %v", arrow, path)
	}
}

func title(b *backlog.Backlog, item backlog.ItemID) string {
	if s, ok := b.Story(item.Story); ok {
		return s.Title
	}
	feature, _ := b.Feature(item.Feature)
	return feature.Title
}
