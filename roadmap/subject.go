package roadmap

import (
	"cmp"
	"fmt"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// MaxSubjects is how many things an [Insight], a [Risk] or an [Impediment] may be about.
const MaxSubjects = 100

// Subject is what an insight, a question, a risk, an impediment or a sum of money is about: a goal, an increment, a feature or a story.
// Exactly one id is set; make one with [AboutGoal], [AboutIncrement], [AboutFeature] or [AboutStory].
type Subject struct {
	Goal      GoalID      `json:"goal,omitzero"`
	Increment IncrementID `json:"increment,omitzero"`
	Feature   FeatureID   `json:"feature,omitzero"`
	Story     story.ID    `json:"story,omitzero"`
}

// AboutGoal is a goal as a subject.
func AboutGoal(id GoalID) Subject { return Subject{Goal: id} }

// AboutIncrement is an increment as a subject.
func AboutIncrement(id IncrementID) Subject { return Subject{Increment: id} }

// AboutFeature is a feature as a subject.
func AboutFeature(id FeatureID) Subject { return Subject{Feature: id} }

// AboutStory is a story as a subject.
func AboutStory(id story.ID) Subject { return Subject{Story: id} }

// IsZero reports whether no id is set.
func (s Subject) IsZero() bool { return s == Subject{} }

// String returns `story "6ba7b810-..."` and the like, or "nothing" for the zero value.
func (s Subject) String() string {
	switch {
	case !s.Goal.IsZero():
		return fmt.Sprintf("goal %q", s.Goal)
	case !s.Increment.IsZero():
		return fmt.Sprintf("increment %q", s.Increment)
	case !s.Feature.IsZero():
		return fmt.Sprintf("feature %q", s.Feature)
	case !s.Story.IsZero():
		return fmt.Sprintf("story %q", s.Story)
	}
	return "nothing"
}

// Compare orders subjects: goals, increments, features, then stories, each bytewise by id.
func (s Subject) Compare(other Subject) int {
	return cmp.Or(
		cmp.Compare(s.rank(), other.rank()),
		s.Goal.Compare(other.Goal), s.Increment.Compare(other.Increment),
		s.Feature.Compare(other.Feature), s.Story.Compare(other.Story),
	)
}

// rank is where the kind of subject comes in the order.
func (s Subject) rank() int {
	switch {
	case !s.Goal.IsZero():
		return 1
	case !s.Increment.IsZero():
		return 2
	case !s.Feature.IsZero():
		return 3
	}
	return 4
}

// Validate returns a [*field.Error] unless exactly one id is set.
func (s Subject) Validate() error {
	set := 0
	for _, isZero := range []bool{s.Goal.IsZero(), s.Increment.IsZero(), s.Feature.IsZero(), s.Story.IsZero()} {
		if !isZero {
			set++
		}
	}
	if set == 1 {
		return nil
	}
	return fieldError("about", s.String(), "one goal, increment, feature or story")
}

// checkSubjects wants valid subjects, each once.
func checkSubjects(path string, about story.List[Subject]) error {
	if err := field.CheckLen("roadmap", path, about.Len(), MaxSubjects); err != nil {
		return err
	}
	var errs []error
	met := make(map[Subject]bool, about.Len())
	for i, subject := range about.All() {
		at := field.Index(path, i)
		if err := subject.Validate(); err != nil {
			errs = append(errs, field.Within(at, err))
		} else if met[subject] {
			errs = append(errs, fieldError(at, subject.String(), "each subject once"))
		}
		met[subject] = true
	}
	return field.Join(errs...)
}

// checkData wants named values, as those of [story.Details].
func checkData(path string, data story.List[story.DataValue]) error {
	if err := field.CheckLen("roadmap", path, data.Len(), story.MaxData); err != nil {
		return err
	}
	var errs []error
	for i, value := range data.All() {
		errs = append(errs, field.Within(field.Index(path, i), value.Validate()))
	}
	return field.Join(errs...)
}
