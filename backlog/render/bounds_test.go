package render_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// mermaidTakes is the number of characters that Mermaid refuses to exceed by default.
const mermaidTakes = 50_000

func empty(t testing.TB) *backlog.Backlog {
	t.Helper()
	b, err := backlog.New(backlog.Options{Rules: backlog.Rules{}.Others(backlog.RuleRecord)})
	require.NoError(t, err)
	return b
}

// addStories adds so many stories with the longest labels there are.
func addStories(t testing.TB, b *backlog.Backlog, n int) {
	t.Helper()
	for i := range n {
		id := story.ID(number(i))
		do(
			t, b, backlog.AddStory{Story: story.Story{ID: id, Title: strings.Repeat(`"`, 80)}},
			backlog.EstimateStory{Story: id, Estimate: story.DecimalPoints(decimal.RequireFromString("9999.125"))},
		)
	}
}

var markedEdge = regexp.MustCompile(`-> n\d+ \[`)

func TestLargeGraph(t *testing.T) {
	const n, span = 300, 5
	b := empty(t)
	addStories(t, b, n)
	links := 0
	for i := range n {
		for k := max(0, i-span); k < i; k++ {
			do(t, b, needs(storyItem(i), storyItem(k)))
			links++
		}
	}
	text := render.DependencyFlowchart(b.View())
	require.Less(t, len(text), mermaidTakes)
	require.Equal(t, render.MaxNodes, strings.Count(text, ":::critical"))
	require.Equal(t, render.MaxEdges, strings.Count(text, "-->"))
	require.Contains(t, text, "linkStyle 0,1,")
	require.Contains(t, text, fmt.Sprintf("not drawn: %d stories, %d dependencies", n-render.MaxNodes, links-render.MaxEdges))

	dot := render.DependencyDOT(b.View())
	require.Equal(t, render.MaxEdges, strings.Count(dot, "->"))
	require.Len(t, markedEdge.FindAllString(dot, -1), render.MaxNodes-1, "the critical path comes first")
	require.Contains(t, dot, fmt.Sprintf("not drawn: %d stories, %d dependencies", n-render.MaxNodes, links-render.MaxEdges))
}

// Features that find no room are counted as such.
func TestLargeGraphOfFeatures(t *testing.T) {
	b := empty(t)
	for i := range render.MaxNodes + 2 {
		do(t, b, backlog.AddFeature{Feature: roadmap.Feature{ID: roadmap.FeatureID(number(i)), Title: "a"}})
		if i > 0 {
			do(t, b, needs(featureItem(i), featureItem(0)))
		}
	}
	require.Contains(t, render.DependencyFlowchart(b.View()), "not drawn: 2 features, 2 dependencies")
}

func TestLargeRoadmap(t *testing.T) {
	const periods, each = 30, 10
	b := empty(t)
	title := strings.Repeat(`"`, 80)
	for i := range periods {
		id := roadmap.HorizonID(number(i))
		do(t, b, backlog.AddHorizon{Horizon: roadmap.Horizon{
			ID: id, Name: title, From: start.AddDate(0, i, 0), To: start.AddDate(0, i+1, 0),
		}})
		for k := range each {
			do(t, b, backlog.AddFeature{Feature: roadmap.Feature{
				ID: roadmap.FeatureID(number(i*each + k)), Title: title, Horizon: id,
			}})
		}
	}
	do(t, b, backlog.PlanRelease{Release: roadmap.Release{ID: roadmap.ReleaseID(number(1)), Name: "v1", Date: start}})
	timeline := render.RoadmapTimeline(b.View())
	require.Less(t, len(timeline), mermaidTakes)
	drawn := strings.Count(timeline, "section") + strings.Count(timeline, "            : ")
	require.Equal(t, render.MaxNodes, drawn)
	left := "    title Roadmap without 11 horizons, 119 features\n"
	require.Contains(t, timeline, left)
	gantt := render.RoadmapGantt(b.View())
	require.Less(t, len(gantt), mermaidTakes)
	require.Contains(t, gantt, "    title Roadmap without 11 horizons, 1 release, 119 features\n")
}

func TestLargePages(t *testing.T) {
	b := empty(t)
	var changes []backlog.Change
	for i := range render.MaxEntries + 7 {
		changes = append(changes, backlog.AddStory{Story: story.Story{ID: story.ID(number(i)), Title: "a"}})
	}
	changes = append(changes, backlog.AddTask{Story: story.ID(number(render.MaxEntries)), Task: story.Task{
		ID: story.TaskID(number(1)), Title: "a",
	}})
	events, err := b.Decide(changes, everybody, start, backlog.DecideOptions{})
	require.NoError(t, err)
	require.NoError(t, b.Apply(events...))
	page := render.TreeMarkdown(b.View())
	require.Equal(t, render.MaxEntries, strings.Count(page, "\n- "))
	require.Contains(t, page, "\n\nLeft out, since this page ends after 5000 entries: 7 stories, 1 task.\n")
}

// An empty backlog is rendered, too.
func TestNothing(t *testing.T) {
	b := empty(t)
	require.Equal(t, "# Roadmap\n", render.RoadmapMarkdown(b.View()))
	require.Equal(t, "# Backlog\n", render.TreeMarkdown(b.View()))
	require.Equal(t, "timeline\n    title Roadmap\n", render.RoadmapTimeline(b.View()))
	require.Equal(t, "gantt\n    title Roadmap\n    dateFormat YYYY-MM-DD\n", render.RoadmapGantt(b.View()))
	require.NotContains(t, render.DependencyFlowchart(b.View()), "-->")
	require.NotContains(t, render.DependencyDOT(b.View()), "label")
}

var periodBar = regexp.MustCompile(`, (\d{4}-\d\d-\d\d), (\d{4}-\d\d-\d\d)\n`)

// A bar covers the days on which its horizon has an instant.
func TestGanttDays(t *testing.T) {
	tests := map[string]struct {
		from, to string
		want     []string
	}{
		"from midnight to midnight": {"2027-01-01T00:00:00Z", "2027-02-01T00:00:00Z", []string{"2027-01-01", "2027-02-01"}},
		"within a day":              {"2027-01-01T09:00:00Z", "2027-01-01T10:00:00Z", []string{"2027-01-01", "2027-01-02"}},
		"in its own location":       {"2027-01-01T00:00:00+13:00", "2027-02-01T00:00:00+13:00", []string{"2027-01-01", "2027-02-01"}},
		"a bit of the last day":     {"2027-01-01T00:00:00Z", "2027-02-01T00:00:00.000000001Z", []string{"2027-01-01", "2027-02-02"}},
		"the first year":            {"0001-02-01T00:00:00Z", "0001-03-01T00:00:00Z", []string{"0001-02-01", "0001-03-01"}},
		"the last day there is":     {"9999-12-31T00:00:00Z", "9999-12-31T12:00:00Z", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			b := empty(t)
			id := roadmap.HorizonID(number(1))
			do(
				t, b, backlog.AddHorizon{Horizon: roadmap.Horizon{ID: id, Name: "x", From: instant(t, test.from), To: instant(t, test.to)}},
				backlog.AddFeature{Feature: roadmap.Feature{ID: roadmap.FeatureID(number(1)), Title: "a", Horizon: id}},
			)
			found := periodBar.FindStringSubmatch(render.RoadmapGantt(b.View()))
			if test.want == nil {
				require.Nil(t, found)
				require.Contains(t, render.RoadmapGantt(b.View()), "without 1 horizon, 1 feature")
				return
			}
			require.Equal(t, test.want, found[1:])
		})
	}
}
