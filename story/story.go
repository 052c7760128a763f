package story

import (
	"errors"
	"fmt"
)

// Team is a team by its name, which is its identity. The zero value means "no team".
type Team string

// Story is a piece of value for somebody, small enough for one sprint of one team.
//
// It is a plain value: a copy shares nothing that could change.
type Story struct {
	ID        ID              `json:"id"`
	Title     string          `json:"title"`
	Narrative Narrative       `json:"narrative,omitzero"` // who wants what, and why
	Feature   FeatureID       `json:"feature,omitzero"`   // the feature it is part of
	Team      Team            `json:"team,omitzero"`      // whose backlog it is in
	Criteria  List[Criterion] `json:"criteria,omitzero"`
	Estimate  Estimate        `json:"estimate,omitzero"`
	Status    Status          `json:"status,omitzero"`
	Tasks     List[Task]      `json:"tasks,omitzero"`
}

// Equal reports whether s and other hold the same: estimates as numbers, instants as instants.
func (s Story) Equal(other Story) bool {
	return s.ID == other.ID && s.Title == other.Title && s.Narrative == other.Narrative &&
		s.Feature == other.Feature && s.Team == other.Team && s.Status == other.Status &&
		s.Estimate.Equal(other.Estimate) &&
		s.Criteria.EqualFunc(other.Criteria, Criterion.Equal) &&
		s.Tasks.EqualFunc(other.Tasks, func(x, y Task) bool { return x == y })
}

// Equal reports whether c and other hold the same.
func (c Criterion) Equal(other Criterion) bool {
	sameInstant := c.At.Equal(other.At)
	c.At = other.At
	return sameInstant && c == other
}

// Judged returns how many criteria were found met, found unmet, and not yet judged.
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

// Validate reports everything that is wrong with s in itself, in field order. Whether its feature
// exists or its status is one of the workflow's is for the backlog to say. An empty narrative is
// fine: a draft may have a title only.
func (s Story) Validate() error {
	return errors.Join(
		checkID("id", s.ID.IsZero()),
		CheckTitle("story", "title", s.Title),
		checkNarrative(s.Narrative),
		checkName("team", string(s.Team)),
		CheckCriteria("story", s.Criteria),
		s.Estimate.Validate(),
		checkName("status", string(s.Status)),
		checkTasks(s.Tasks),
	)
}

// checkName is [CheckTitle] for a name that may be left out.
func checkName(field, name string) error {
	if name == "" {
		return nil
	}
	return CheckTitle("story", field, name)
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
func CheckCriteria(pkg string, list List[Criterion]) error {
	criteria := list.items
	if len(criteria) > MaxCriteria {
		return tooMany(pkg, "criteria", len(criteria), MaxCriteria)
	}
	var all error
	for i := range criteria {
		if err := criteria[i].Validate(); err != nil {
			all = errors.Join(all, Within(fmt.Sprintf("criteria[%d]", i), err))
		}
		for j := range i {
			if criteria[j].ID == criteria[i].ID {
				all = errors.Join(all, takenID(pkg, fmt.Sprintf("criteria[%d].id", i), criteria[i].ID))
				break
			}
		}
	}
	return all
}

func checkTasks(list List[Task]) error {
	tasks := list.items
	if len(tasks) > MaxTasks {
		return tooMany("story", "tasks", len(tasks), MaxTasks)
	}
	var all error
	for i := range tasks {
		if err := tasks[i].Validate(); err != nil {
			all = errors.Join(all, Within(fmt.Sprintf("tasks[%d]", i), err))
		}
		for j := range i {
			if tasks[j].ID == tasks[i].ID {
				all = errors.Join(all, takenID("story", fmt.Sprintf("tasks[%d].id", i), tasks[i].ID))
				break
			}
		}
	}
	return all
}

func takenID(pkg, field string, id fmt.Stringer) error {
	return &FieldError{pkg, field, id.String(), "an id of its own"}
}

func tooMany(pkg, field string, have, most int) error {
	return &FieldError{pkg, field, fmt.Sprint(have), fmt.Sprintf("at most %d of them", most)}
}
