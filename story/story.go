package story

import (
	"errors"
	"fmt"
	"slices"
)

// Team is a team by its name, which is its identity. The zero value means "no team".
type Team string

// Story is a piece of value for somebody, small enough for one sprint of one team.
//
// It is a plain value. Its slices are shared by a copy; [Story.Clone] makes an independent one.
type Story struct {
	ID        ID          `json:"id"`
	Title     string      `json:"title"`
	Narrative Narrative   `json:"narrative,omitzero"` // who wants what, and why
	Feature   FeatureID   `json:"feature,omitzero"`   // the feature it is part of
	Team      Team        `json:"team,omitzero"`      // whose backlog it is in
	Criteria  []Criterion `json:"criteria,omitempty"`
	Estimate  Estimate    `json:"estimate,omitzero"`
	Status    Status      `json:"status,omitzero"`
	Tasks     []Task      `json:"tasks,omitempty"`
}

// Clone returns a copy that shares nothing with s.
func (s Story) Clone() Story {
	s.Criteria = slices.Clone(s.Criteria)
	s.Tasks = slices.Clone(s.Tasks)
	return s
}

// Equal reports whether s and other hold the same: estimates as numbers, instants as instants.
func (s Story) Equal(other Story) bool {
	return s.ID == other.ID && s.Title == other.Title && s.Narrative == other.Narrative &&
		s.Feature == other.Feature && s.Team == other.Team && s.Status == other.Status &&
		s.Estimate.Equal(other.Estimate) &&
		slices.EqualFunc(s.Criteria, other.Criteria, Criterion.Equal) &&
		slices.Equal(s.Tasks, other.Tasks)
}

// Equal reports whether c and other hold the same.
func (c Criterion) Equal(other Criterion) bool {
	sameInstant := c.At.Equal(other.At)
	c.At = other.At
	return sameInstant && c == other
}

// Judged returns how many criteria were found met, found unmet, and not yet judged.
func (s Story) Judged() (met, unmet, unjudged int) {
	for _, criterion := range s.Criteria {
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
	for _, task := range s.Tasks {
		if !task.Done {
			open = append(open, task)
		}
	}
	return open
}

// Validate reports everything that is wrong with s in itself, in field order. Whether its feature
// exists or its status is one of the workflow's is for the backlog to say. An empty narrative is
// fine: a draft may have a title only.
func (s Story) Validate() error {
	var errs []error
	if s.ID.IsZero() {
		errs = append(errs, missingID("id"))
	}
	errs = append(errs, CheckTitle("story", "title", s.Title))
	errs = append(errs, checkNarrative(s.Narrative))
	if s.Team != "" {
		errs = append(errs, CheckTitle("story", "team", string(s.Team)))
	}
	errs = append(errs, CheckCriteria("story", s.Criteria), s.Estimate.Validate())
	if s.Status != "" {
		errs = append(errs, CheckTitle("story", "status", string(s.Status)))
	}
	errs = append(errs, checkTasks(s.Tasks))
	return errors.Join(errs...)
}

// checkNarrative wants texts of a fair length that together say something, or nothing at all.
func checkNarrative(n Narrative) error {
	if n.IsZero() {
		return nil
	}
	return errors.Join(
		n.Validate(),
		CheckText("story", "narrative.role", n.Role),
		CheckText("story", "narrative.goal", n.Goal),
		CheckText("story", "narrative.benefit", n.Benefit),
	)
}

// CheckCriteria reports everything that is wrong with a list of criteria: each one, how many they
// are, and an id that occurs twice.
func CheckCriteria(pkg string, criteria []Criterion) error {
	if len(criteria) > MaxCriteria {
		return tooMany(pkg, "criteria", len(criteria), MaxCriteria)
	}
	var errs []error
	seen := make(map[CriterionID]bool, len(criteria))
	for i, criterion := range criteria {
		field := fmt.Sprintf("criteria[%d]", i)
		errs = append(errs, Within(field, criterion.Validate()))
		if seen[criterion.ID] {
			errs = append(errs, &FieldError{pkg, field + ".id", criterion.ID.String(), "an id of its own"})
		}
		seen[criterion.ID] = true
	}
	return errors.Join(errs...)
}

func checkTasks(tasks []Task) error {
	if len(tasks) > MaxTasks {
		return tooMany("story", "tasks", len(tasks), MaxTasks)
	}
	var errs []error
	seen := make(map[TaskID]bool, len(tasks))
	for i, task := range tasks {
		field := fmt.Sprintf("tasks[%d]", i)
		errs = append(errs, Within(field, task.Validate()))
		if seen[task.ID] {
			errs = append(errs, &FieldError{"story", field + ".id", task.ID.String(), "an id of its own"})
		}
		seen[task.ID] = true
	}
	return errors.Join(errs...)
}

func tooMany(pkg, field string, have, most int) error {
	return &FieldError{pkg, field, fmt.Sprint(have), fmt.Sprintf("at most %d of them", most)}
}
