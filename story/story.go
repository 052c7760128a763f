package story

import (
	"fmt"

	"github.com/backlogkit/backlogkit/story/field"
)

// Team is a team by its name, which is its identity. The zero value is no team.
type Team string

// Validate returns a [*field.Error] if t cannot be the name of a team, see [field.CheckTitle].
func (t Team) Validate() error { return field.CheckTitle("story", "team", string(t)) }

// The bounds of what a story may hold. Larger input is an error, never a cut.
const (
	MaxCriteria = 1_000 // criteria of one story or feature
	MaxTasks    = 1_000 // tasks of one story
)

// Story is a piece of value for somebody, small enough for one sprint of one team.
//
// It is a plain value: a copy shares nothing that could change.
type Story struct {
	ID        ID              `json:"id"`
	Title     string          `json:"title"`
	Narrative Narrative       `json:"narrative,omitzero"` // who wants what, and why
	Feature   FeatureID       `json:"feature,omitzero"`   // the feature it is part of
	Parent    ID              `json:"parent,omitzero"`    // the story that was split into it and others
	Team      Team            `json:"team,omitzero"`      // whose backlog it is in
	Criteria  List[Criterion] `json:"criteria,omitzero"`
	Estimate  Estimate        `json:"estimate,omitzero"`
	Status    Status          `json:"status,omitzero"`
	Tasks     List[Task]      `json:"tasks,omitzero"`
	Details   Const[Details]  `json:"details,omitzero"` // what trackers record besides
}

// Key returns the key by which people name the story, empty if it has none.
func (s Story) Key() string { return s.Details.Value().Key }

// Equal reports whether s and other hold the same: estimates as numbers, instants as instants.
func (s Story) Equal(other Story) bool {
	return s.ID == other.ID && s.Title == other.Title && s.Narrative == other.Narrative &&
		s.Feature == other.Feature && s.Parent == other.Parent && s.Team == other.Team && s.Status == other.Status &&
		s.Estimate.Equal(other.Estimate) &&
		s.Criteria.EqualFunc(other.Criteria, Criterion.Equal) &&
		s.Tasks.EqualFunc(other.Tasks, func(x, y Task) bool { return x == y }) &&
		s.Details.EqualFunc(other.Details, Details.Equal)
}

// Judged returns how many criteria are met, unmet, and not yet judged.
func (s Story) Judged() (met, unmet, unjudged int) {
	for _, criterion := range s.Criteria.All() {
		switch criterion.Verdict {
		case Met:
			met++
		case Unmet:
			unmet++
		default:
			unjudged++
		}
	}
	return met, unmet, unjudged
}

// OpenTasks returns the tasks that are not done, in their order.
func (s Story) OpenTasks() []Task {
	var open []Task
	for _, task := range s.Tasks.All() {
		if !task.Done {
			open = append(open, task)
		}
	}
	return open
}

// Validate reports everything that is wrong with s in itself, in field order; each problem is a
// [*field.Error]. The backlog checks whether the feature exists and the status is one of the workflow's.
// The narrative may be empty: a draft may have only a title.
func (s Story) Validate() error {
	return field.Join(
		field.CheckID("story", "id", s.ID),
		field.CheckTitle("story", "title", s.Title),
		checkNarrative(s.Narrative),
		field.CheckName("story", "team", string(s.Team)),
		checkParts("criteria", s.Criteria, MaxCriteria, func(c Criterion) CriterionID { return c.ID }),
		s.Estimate.Validate(),
		field.CheckName("story", "status", string(s.Status)),
		checkParts("tasks", s.Tasks, MaxTasks, func(t Task) TaskID { return t.ID }),
		checkDetails(s.Details),
	)
}

func checkParts[P interface{ Validate() error }, E any](name string, list List[P], limit int, id func(P) Identity[E]) error {
	if isSound(list.items, id) {
		return nil
	}
	return field.CheckList("story", name, list.All(), limit, id)
}

// isSound reports whether the items of a short list are valid, each with an id of its own.
func isSound[P interface{ Validate() error }, E any](items []P, id func(P) Identity[E]) bool {
	const short = 8
	for i, item := range items {
		if i >= short || item.Validate() != nil {
			return false
		}
		for _, other := range items[:i] {
			if id(other) == id(item) {
				return false
			}
		}
	}
	return true
}

func checkDetails(details Const[Details]) error {
	if details.IsZero() {
		return nil
	}
	return field.Within("details", details.Value().Validate())
}

// checkNarrative accepts a narrative with a role and a goal of a fair length, or none at all.
func checkNarrative(n Narrative) error {
	if n.IsZero() || n.isPlain() {
		return nil
	}
	problems := []error{
		n.Validate(),
		field.CheckText("story", "narrative.role", n.Role),
		field.CheckLen("story", "narrative.conditions", n.Conditions.Len(), MaxConditions),
	}
	for i, text := range n.Conditions.All() {
		path := fmt.Sprintf("narrative.conditions[%d]", i)
		problems = append(problems, field.CheckGiven("story", path, text, "a clause"), field.CheckText("story", path, text))
	}
	return field.Join(append(problems,
		field.CheckText("story", "narrative.goal", n.Goal),
		field.CheckText("story", "narrative.benefit", n.Benefit),
	)...)
}

// isPlain reports whether n is a narrative with nothing special about it, which is quick to see.
func (n Narrative) isPlain() bool {
	return n.Language == "" && n.Conditions.IsZero() && field.CheckRequired("story", "", n.Role, "") == nil &&
		field.CheckRequired("story", "", n.Goal, "") == nil && field.CheckText("story", "", n.Benefit) == nil
}

// Task is a step of the work on a [Story], in the team's words. It has no value of its own.
type Task struct {
	ID       TaskID `json:"id"`
	Title    string `json:"title"`
	Assignee string `json:"assignee,omitzero"` // who works on it, as the host names people
	Done     bool   `json:"done,omitzero"`
}

// Validate reports everything that is wrong with t.
func (t Task) Validate() error {
	return field.Join(
		field.CheckID("story", "id", t.ID),
		field.CheckTitle("story", "title", t.Title),
		field.CheckName("story", "assignee", t.Assignee),
	)
}
