package main

import (
	"encoding/json"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

type storyMapAnswer struct {
	Activities []activityAnswer `json:"activities"` // the backbone, from left to right
	Releases   []releaseAnswer  `json:"releases"`   // the rows; the last one, without an id, is what is in no release
	Columns    []mapColumn      `json:"columns"`    // one for each step, and for each activity without steps
	Unmapped   []cardAnswer     `json:"unmapped"`   // below no step
}

type activityAnswer struct {
	ID    roadmap.ActivityID `json:"id"`
	Title string             `json:"title"`
	Steps []stepAnswer       `json:"steps"`
}

type stepAnswer struct {
	ID    roadmap.StepID `json:"id"`
	Title string         `json:"title"`
}

type releaseAnswer struct {
	ID   roadmap.ReleaseID `json:"id,omitzero"`
	Name string            `json:"name"`
}

type mapColumn struct {
	Activity roadmap.ActivityID `json:"activity"`
	Step     roadmap.StepID     `json:"step,omitzero"`
	Cells    [][]cardAnswer     `json:"cells"` // one for each row
}

// maxUnmapped bounds what the map lists of the stories that lie below no step; the board has them all.
const maxUnmapped = 500

func theStoryMap(s *server, v *backlog.View, _ *call) (storyMapAnswer, error) {
	m := v.StoryMap()
	answer := storyMapAnswer{Activities: []activityAnswer{}, Releases: []releaseAnswer{}, Columns: []mapColumn{}}
	for activity := range v.Activities() {
		out := activityAnswer{ID: activity.ID, Title: activity.Title, Steps: []stepAnswer{}}
		for _, step := range activity.Steps.All() {
			out.Steps = append(out.Steps, stepAnswer{step.ID, step.Title})
		}
		answer.Activities = append(answer.Activities, out)
	}
	for _, id := range m.Slices {
		release, _ := v.Release(id)
		answer.Releases = append(answer.Releases, releaseAnswer{id, release.Name})
	}
	answer.Releases = append(answer.Releases, releaseAnswer{Name: "No release"})
	cards := func(ids []story.ID) []cardAnswer {
		out := []cardAnswer{}
		for _, id := range ids {
			one, _ := v.Story(id)
			out = append(out, cardOf(v, one, s.now()))
		}
		return out
	}
	for _, column := range m.Columns {
		out := mapColumn{Activity: column.Activity, Step: column.Step}
		for _, ids := range column.Cells {
			out.Cells = append(out.Cells, cards(ids))
		}
		answer.Columns = append(answer.Columns, out)
	}
	answer.Unmapped = cards(m.Unmapped[:min(len(m.Unmapped), maxUnmapped)])
	return answer, nil
}

type storyMapData struct {
	Map      storyMapAnswer
	Backbone []backboneCell
	Heads    []string // of the columns
	Rows     []mapRow
	Open     []cardAnswer // stories that can be put below a step, or below another one
}

// backboneCell is an activity above its columns.
type backboneCell struct {
	activityAnswer
	Wide int
	Add  string // the JSON by which it gets the steps that it has, for one more
}

type mapRow struct {
	Name  string
	Cells [][]cardAnswer
}

func storyMapPage(s *server, v *backlog.View, c *call) (any, error) {
	found, err := theStoryMap(s, v, c)
	if err != nil {
		return nil, err
	}
	data := storyMapData{Map: found}
	titles := map[roadmap.StepID]string{}
	for _, activity := range found.Activities {
		for _, step := range activity.Steps {
			titles[step.ID] = step.Title
		}
		fixed, err := json.Marshal(object{"activity": activity.ID, "steps": activity.Steps})
		if err != nil {
			return nil, err
		}
		data.Backbone = append(data.Backbone, backboneCell{activity, max(1, len(activity.Steps)), string(fixed)})
	}
	for _, column := range found.Columns {
		data.Heads = append(data.Heads, titles[column.Step])
	}
	for i, release := range found.Releases {
		row := mapRow{Name: release.Name}
		for _, column := range found.Columns {
			row.Cells = append(row.Cells, column.Cells[i])
		}
		data.Rows = append(data.Rows, row)
	}
	for one := range v.Stories() {
		if category, _ := v.Workflow().Category(one.Status); category.IsOpen() && len(data.Open) < maxUnmapped {
			data.Open = append(data.Open, cardAnswer{ID: one.ID, Title: one.Title})
		}
	}
	return data, nil
}
