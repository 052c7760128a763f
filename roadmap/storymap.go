package roadmap

import (
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ActivityID is the id of an [Activity].
type ActivityID = story.Identity[Activity]

// StepID is the id of a [Step]: the same type as story.StepID, by which a story names it.
type StepID = story.StepID

// MaxSteps is how many steps an activity may have.
const MaxSteps = 100

// Activity is something that users do with the product, and the steps in which they do it. The activities,
// with their steps, are the backbone of the story map; the stories lie below the steps.
// It is a plain value: a copy shares nothing that could change.
//
// Source: Jeff Patton, User Story Mapping, 2014.
type Activity struct {
	ID    ActivityID       `json:"id"`
	Title string           `json:"title"` // "Manage the cards"
	Steps story.List[Step] `json:"steps,omitzero"`
}

// Step is one of the things that users do within an [Activity].
type Step struct {
	ID    StepID `json:"id"`
	Title string `json:"title"` // "Save a card"
}

// Validate reports everything that is wrong with a, in field order.
func (a Activity) Validate() error {
	errs := []error{field.CheckID("roadmap", "activity.id", a.ID), field.CheckTitle("roadmap", "activity.title", a.Title)}
	return field.Join(append(errs, field.CheckList("roadmap", "activity.steps", a.Steps.All(), MaxSteps, func(s Step) StepID { return s.ID }))...)
}

// Validate reports everything that is wrong with s.
func (s Step) Validate() error {
	return field.Join(field.CheckID("roadmap", "id", s.ID), field.CheckTitle("roadmap", "title", s.Title))
}

// StoryMap is what a backlog holds by what users do: a column for each step, and in each the stories by the
// release that their features are in. Dropped stories are left out.
type StoryMap struct {
	Columns  []MapColumn `json:"columns"`  // from left to right: activity by activity, step by step
	Slices   []ReleaseID `json:"slices"`   // the releases that hold a story of the map, in their order
	Unsliced []story.ID  `json:"unsliced"` // stories of the map that are in no release
	Unmapped []story.ID  `json:"unmapped"` // stories that lie below no step
}

// MapColumn is one step of a [StoryMap]; an activity without steps has a column without one.
type MapColumn struct {
	Activity ActivityID `json:"activity"`
	Step     StepID     `json:"step,omitzero"`
	// Cells hold the stories below the step in the order of the backlog: a cell for each of the slices, then
	// one for what no slice holds.
	Cells [][]story.ID `json:"cells"`
}
