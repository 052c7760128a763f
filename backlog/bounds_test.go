package backlog_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// As many as the bound are taken, and one more is refused with the bound in the text.
func TestBoundsOfParts(t *testing.T) {
	full := newStory(1)
	tasks := make([]story.Task, story.MaxTasks)
	for i := range tasks {
		tasks[i] = story.Task{ID: taskID(i), Title: "task"}
	}
	full.Tasks, full.Status = story.ListOf(tasks[1:]...), story.Draft
	measured := roadmap.Goal{ID: goalID(1), Title: "goal", Status: roadmap.GoalPlanned, Metric: newMetric()}
	for i := range roadmap.MaxMeasurements - 1 {
		measured.Measurements = append(measured.Measurements, roadmap.Measurement{At: start.Add(time.Duration(i-roadmap.MaxMeasurements) * time.Minute), Value: decimal.NewFromInt(1)})
	}
	l := newLog(t, backlog.Options{})
	l.do(pm, backlog.SetVision{Vision: roadmap.Vision{Text: "a vision"}},
		backlog.ImportItems{Source: "tracker", Stories: []story.Story{full}, Goals: []roadmap.Goal{measured}})
	l.do(po, backlog.AddStory{Story: story.Story{ID: storyID(2), Title: "many parts"}})
	for i := range 999 {
		l.do(pm, backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(i), Title: "look around"}})
	}
	parts := func(n int) backlog.Change {
		change := backlog.SplitStory{Story: storyID(2)}
		for i := range n {
			change.Into = append(change.Into, story.Story{ID: storyID(10 + i), Title: fmt.Sprint("part ", i)})
		}
		return change
	}
	links := func(n int) backlog.Change {
		change := backlog.ImportItems{Source: "tracker"}
		for range n {
			change.GoneDependencies = append(change.GoneDependencies, backlog.Dependency{
				Item: backlog.StoryItem(storyID(1)), Needs: backlog.StoryItem(storyID(2)),
			})
		}
		return change
	}
	for name, test := range map[string]struct {
		last, more backlog.Change
		says       string
	}{
		"tasks": {
			backlog.AddTask{Story: storyID(1), Task: tasks[0]},
			backlog.AddTask{Story: storyID(1), Task: story.Task{ID: taskID(2_000), Title: "task"}},
			`tasks is "1001", want at most 1000`,
		},
		"measurements": {
			backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(2)},
			backlog.MeasureGoal{Goal: goalID(1), Value: decimal.NewFromInt(3)},
			`goal.measurements is "10001", want at most 10000 of them`,
		},
		"activities": {
			backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(2_000), Title: "the last"}},
			backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(2_001), Title: "one more"}},
			`activities is "1001", want at most 1000`,
		},
		"links of an import": {links(backlog.MaxImportLinks), links(backlog.MaxImportLinks + 1), `import is "10001 links", want at most 10000`},
		"parts of a split":   {parts(1_000), parts(1_001), `into is "1001", want 2 to 1000 stories`},
	} {
		b := l.Clone()
		if name == "links of an import" { // none of these is there to be taken back
			require.NotContains(t, fmt.Sprint(b.Can(test.last, zoe, b.At())), "links")
		} else {
			require.NoError(t, b.Can(test.last, zoe, b.At()), name)
		}
		if name != "parts of a split" && name != "links of an import" {
			_, err := b.Execute(test.last, zoe, b.At())
			require.NoError(t, err, name)
		}
		err := b.Can(test.more, zoe, b.At())
		require.ErrorIs(t, err, field.ErrInvalid, name)
		require.ErrorContains(t, err, test.says, name)
	}
	edit := backlog.EditActivity{Activity: activityID(1), Title: backlog.Set("pay")}
	b := l.Clone()
	_, err := b.Execute(backlog.AddActivity{Activity: roadmap.Activity{ID: activityID(2_000), Title: "the last"}}, zoe, b.At())
	require.NoError(t, err)
	require.NoError(t, b.Can(edit, zoe, b.At()), "what is there can be edited")
}
