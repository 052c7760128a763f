package render_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/backlog/render"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// busy is the product of a Monday with more of everything that a report has a word for, and as it is a month later.
func busy(t *testing.T) (since, now *backlog.View) {
	t.Helper()
	b, err := backlog.New(backlog.Options{
		Ready: []backlog.Check{}, Done: []backlog.Check{}, Rules: backlog.Rules{}.Others(backlog.RuleRecord),
		Limits: []backlog.Limit{
			{Most: 5}, {State: story.InProgress, Team: "blue", Most: 2}, {State: story.InReview, Team: "red", Most: 1},
		},
	})
	require.NoError(t, err)
	at := start
	run := func(changes ...backlog.Change) {
		t.Helper()
		for _, change := range changes {
			_, err := b.Execute(change, everybody, at)
			require.NoError(t, err)
		}
	}
	goal := func(n int) roadmap.GoalID { return roadmap.GoalID(number(n)) }
	feature := func(n int) roadmap.FeatureID { return roadmap.FeatureID(number(n)) }
	s := func(n int) story.ID { return story.ID(number(n)) }
	for i, title := range []string{"Fast", "Cheap", "Safe", "Loud", "Calm"} {
		run(backlog.AddGoal{Goal: roadmap.Goal{ID: goal(i + 1), Title: title, Start: start, Due: on(3, 1+i)}})
	}
	run(
		backlog.PursueGoal{Goal: goal(1)}, backlog.PursueGoal{Goal: goal(2)}, backlog.FulfilGoal{Goal: goal(2)},
		backlog.DropGoal{Goal: goal(3), Reason: "not now"},
		backlog.AddHorizon{Horizon: roadmap.Horizon{ID: roadmap.HorizonID(number(1)), Name: "Winter", From: on(1, 1), To: on(3, 1)}},
	)
	teams := []story.Team{"blue", "red", ""}
	for i := range 9 {
		run(
			backlog.AddFeature{Feature: roadmap.Feature{
				ID: feature(i + 1), Title: fmt.Sprint("Feature ", i+1), Goal: goal(1 + i%4),
				Details: story.ConstOf(story.Details{Due: on(1, 5+i), Requester: "Rita", Segment: "shops"}),
			}},
			backlog.AddStory{Story: story.Story{
				ID: s(i + 1), Title: fmt.Sprint("Story ", i+1), Feature: feature(i + 1), Team: teams[i%3],
				Details: story.ConstOf(story.Details{Due: on(1, 5+i), Assignee: "Dana"}),
			}},
			backlog.EstimateStory{Story: s(i + 1), Estimate: story.Points(int64(i))},
		)
	}
	before := b.Clone()
	at = start.AddDate(0, 1, 0)
	for i, to := range []story.Status{story.InReview, story.InReview, story.InReview, story.InProgress, story.InProgress, story.InProgress, story.Accepted} {
		for _, status := range []story.Status{story.Ready, story.InProgress, story.InReview} {
			run(backlog.SetStoryStatus{Story: s(i + 1), To: status})
			if status == to {
				break
			}
		}
		if to == story.Accepted {
			run(backlog.AcceptStory{Story: s(i + 1)})
		}
	}
	run(
		backlog.AssignFeatureHorizon{Feature: feature(7), Horizon: roadmap.HorizonID(number(1))},
		backlog.AssignFeatureHorizon{Feature: feature(8), Horizon: roadmap.HorizonID(number(1))},
		backlog.AcceptFeature{Feature: feature(7)}, backlog.DropFeature{Feature: feature(9), Reason: "nobody wants it"},
		needs(storyItem(9), storyItem(8)), needs(storyItem(9), storyItem(5)), needs(storyItem(8), storyItem(4)), needs(storyItem(4), storyItem(3)),
		needs(featureItem(8), featureItem(7)), needs(featureItem(2), featureItem(9)),
		backlog.ScheduleStory{Story: s(8), NotBefore: on(12, 24)}, backlog.ScheduleStory{Story: s(3), NotBefore: on(11, 11)},
	)
	for i, owner := range []string{"Otto", "", "", "Uma", "Ida", "Ida"} {
		run(backlog.AddRisk{Risk: roadmap.Risk{
			ID: roadmap.RiskID(number(i + 1)), Title: fmt.Sprint("Risk ", i+1), Owner: owner, Likelihood: i, Impact: []int{2, 3, 0, 3, 1, 5}[i],
		}})
		run(backlog.RaiseImpediment{Impediment: roadmap.Impediment{
			ID: roadmap.ImpedimentID(number(i + 1)), Title: fmt.Sprint("Impediment ", i+1), Owner: owner,
			About: story.ListOf(roadmap.AboutStory(s(1 + i%4))),
		}})
	}
	resolved := roadmap.RiskResolved
	run(
		backlog.EditRisk{Risk: roadmap.RiskID(number(6)), Status: &resolved},
		backlog.ResolveImpediment{Impediment: roadmap.ImpedimentID(number(2)), Resolution: "it came"},
	)
	for i, role := range []backlog.Role{backlog.ProductOwner, backlog.Developer, backlog.ScrumMaster, backlog.ProductManager, backlog.ProductOwner} {
		about := roadmap.AboutStory(s(1 + i%2))
		if i == 3 {
			about = roadmap.AboutGoal(goal(1))
		}
		run(backlog.AskQuestion{Question: backlog.Question{
			ID: backlog.QuestionID(number(i + 1)), About: about, Text: fmt.Sprintf("Question %d?", i+1), To: role,
		}})
	}
	at = at.Add(3 * time.Hour)
	run(
		backlog.AnswerQuestion{Question: backlog.QuestionID(number(5)), Answer: "yes"},
		backlog.ProposeFeature{Feature: roadmap.Feature{ID: feature(20), Title: "Club accounts"}},
		backlog.ProposeStory{Story: story.Story{ID: s(21), Title: "Cards for clubs"}},
	)
	return before.View(), b.View()
}

// history returns the events of a history that has every kind of change and every field.
func history(t *testing.T) (events []backlog.Event) {
	t.Helper()
	file, err := os.Open("../testdata/golden/whole.events.jsonl.gz")
	require.NoError(t, err)
	defer func() { require.NoError(t, file.Close()) }()
	unzip, err := gzip.NewReader(file)
	require.NoError(t, err)
	lines := bufio.NewScanner(unzip)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		event, err := backlog.DecodeEvent(lines.Bytes(), nil)
		require.NoError(t, err)
		events = append(events, event)
	}
	require.NoError(t, lines.Err())
	return events
}

// pagesOf writes every page of a product and what changed in it.
func pagesOf(since, now *backlog.View, options render.ReportOptions) map[string]string {
	team := options
	team.Team = "blue"
	return map[string]string{
		"a report": render.Report(since, now, options), "b team report": render.TeamReport(since, now, options),
		"c report of team blue": render.TeamReport(since, now, team), "d risks": render.RiskMarkdown(now),
		"e roadmap": render.RoadmapMarkdown(now), "f tree": render.TreeMarkdown(now), "g story map": render.StoryMapMarkdown(now),
		"h timeline": render.RoadmapTimeline(now), "i gantt": render.RoadmapGantt(now),
		"j flowchart": render.DependencyFlowchart(now), "k dot": render.DependencyDOT(now),
	}
}

var pageNames = []string{
	"a report", "b team report", "c report of team blue", "d risks", "e roadmap", "f tree", "g story map", "h timeline", "i gantt",
	"j flowchart", "k dot",
}

// The pages of a busy product.
func TestPages(t *testing.T) {
	since, now := busy(t)
	completion := forecast.Completion{First: 2, Done: []float64{.4, .6, .9}}
	options := render.ReportOptions{
		At: now.At().Add(90 * time.Minute), Forecasts: somePromises(),
		Ranges: map[roadmap.GoalID]forecast.Completion{roadmap.GoalID(number(1)): completion},
	}
	pages := pagesOf(since, now, options)
	var text strings.Builder
	for _, name := range pageNames {
		fmt.Fprintf(&text, "=== %s ===\n%s", name[2:], pages[name])
	}
	text.WriteString("=== promises ===\n" + render.PromisesMarkdown(somePromises(), options.At))
	text.WriteString("=== no promises ===\n" + render.PromisesMarkdown(nil, options.At))
	mapped := mapped(t, asIs)
	do(t, mapped, backlog.AddActivity{Activity: roadmap.Activity{
		ID: roadmap.ActivityID(number(3)), Title: "Complain", Steps: story.ListOf(roadmap.Step{ID: stepID(3), Title: "Write"}),
	}})
	text.WriteString("=== mapped ===\n" + render.StoryMapMarkdown(mapped.View()) + render.RoadmapGantt(mapped.View()))
	pair := empty(t)
	addStories(t, pair, 2)
	do(t, pair, needs(storyItem(1), storyItem(0)))
	text.WriteString("=== pair ===\n" + render.DependencyFlowchart(pair.View()))
	requireFile(t, "pages.txt", text.String())
}

// What each change of a history with all kinds of changes adds to each of the pages.
func TestPagesOfEveryChange(t *testing.T) {
	events := history(t)
	b, err := backlog.New(backlog.Options{Rules: backlog.Rules{OneGoal: backlog.RuleOff}})
	require.NoError(t, err)
	since := b.Clone().View()
	seen := map[string]map[string]bool{}
	var text strings.Builder
	for i, event := range events {
		require.NoError(t, b.Apply(event))
		pages := pagesOf(since, b.View(), render.ReportOptions{At: b.At().AddDate(0, 0, 45), Events: events})
		for _, name := range pageNames {
			if seen[name] == nil {
				seen[name] = map[string]bool{}
			}
			for line := range strings.Lines(pages[name]) {
				if !seen[name][line] {
					seen[name][line] = true
					fmt.Fprintf(&text, "%d %s: %s", b.Seq(), name[2:], line)
				}
			}
		}
		if i%20 == 19 {
			since = b.Clone().View()
		}
	}
	requireFile(t, "whole.txt", text.String())
}
