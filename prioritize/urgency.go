package prioritize

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize/internal/fault"
)

// UrgencyInput holds what [Urgency] scores one task by. Everything is optional; a task of
// which nothing is known has an urgency of 0.
type UrgencyInput struct {
	Priority    string    `json:"priority,omitzero"` // "H", "M", "L", or another one with a coefficient
	Project     string    `json:"project,omitzero"`
	Tags        []string  `json:"tags,omitzero"`        // "next" is a special one
	Annotations int       `json:"annotations,omitzero"` // how many notes it has, >= 0
	Entry       time.Time `json:"entry,omitzero"`       // when it was entered
	Due         time.Time `json:"due,omitzero"`
	Scheduled   time.Time `json:"scheduled,omitzero"` // when work on it can begin
	Active      bool      `json:"active,omitzero"`    // work on it has begun
	Waiting     bool      `json:"waiting,omitzero"`
	Blocked     bool      `json:"blocked,omitzero"`  // by another task
	Blocking    bool      `json:"blocking,omitzero"` // another task
}

// Validate returns a [*FieldError] for each impossible value, joined, or nil. Which priorities
// there are is known to [Urgency] only.
func (in UrgencyInput) Validate() error {
	if in.Annotations < 0 {
		return joinFields(&FieldError{
			Field: "annotations", Value: fmt.Sprint(in.Annotations), Want: ">= 0",
		})
	}
	return nil
}

func (in UrgencyInput) clone() UrgencyInput {
	in.Tags = slices.Clone(in.Tags)
	return in
}

// Urgency is the sum of coefficient × factor over what is known about a task, highest first;
// factors are from 0 to 1. Equal sums are a tie.
//
//	due          0.2 from 14 days ahead, rising evenly to 1 at 7 days overdue
//	age          days since entry / AgeMax, whole days, at most 1
//	tags         0.8 for one, 0.9 for two, 1 for three or more
//	annotations  likewise
//	scheduled    1 when that is past
//	others       1 when it is so
//
// Source: Taskwarrior, "Urgency" and task/src/Task.cpp, version 2.6. Its coefficients for keywords
// and for user-defined attributes other than priority have no counterpart here.
type Urgency struct {
	// Now is the instant at which to judge. It must be set when a task has an Entry, Due or
	// Scheduled.
	Now time.Time
	// Coefficients replace those of [Urgency.DefaultCoefficients] one by one, and add to them:
	// user.tag.NAME for a tag, user.project.NAME for projects whose name begins so,
	// uda.priority.NAME for a priority.
	Coefficients map[string]decimal.Decimal
	// AgeMax is the age in days from which on age counts in full: 365 when 0.
	AgeMax int64
}

const (
	defaultAgeMax  = 365
	tagPrefix      = "user.tag."
	projectPrefix  = "user.project."
	priorityPrefix = "uda.priority."
)

// DefaultCoefficients returns the coefficients of Taskwarrior, by its names for them.
func (Urgency) DefaultCoefficients() map[string]decimal.Decimal {
	tenths := map[string]int64{
		"user.tag.next": 150, "due": 120, "blocking": 80, "uda.priority.H": 60, "scheduled": 50,
		"active": 40, "uda.priority.M": 39, "age": 20, "uda.priority.L": 18, "annotations": 10,
		"tags": 10, "project": 10, "waiting": -30, "blocked": -50,
	}
	coefficients := make(map[string]decimal.Decimal, len(tenths))
	for name, n := range tenths {
		coefficients[name] = decimal.New(n, -1)
	}
	return coefficients
}

// Validate returns a [*FieldError] for each coefficient that has an unknown name or is out of
// bounds, and for a negative AgeMax, joined.
func (m Urgency) Validate() error {
	defaults := m.DefaultCoefficients()
	problems := checkMap("coefficients", m.Coefficients, checkBounds)
	for _, name := range slices.Sorted(maps.Keys(m.Coefficients)) {
		_, known := defaults[name]
		if !known && !hasAnyPrefix(name, tagPrefix, projectPrefix, priorityPrefix) {
			problems = append(problems, &FieldError{
				Field: "coefficients", Value: name,
				Want: "a name of Taskwarrior's such as due, user.tag.next or uda.priority.H",
			})
		}
	}
	if m.AgeMax < 0 {
		problems = append(problems, &FieldError{Field: "age max", Value: fmt.Sprint(m.AgeMax), Want: ">= 0"})
	}
	return joinFields(problems...)
}

func hasAnyPrefix(name string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool {
		return strings.HasPrefix(name, p) && len(name) > len(p)
	})
}

func (m Urgency) coefficients() map[string]decimal.Decimal {
	all := m.DefaultCoefficients()
	maps.Copy(all, m.Coefficients)
	return all
}

// Score returns the urgency of each task, exactly. Negative counts, a priority without a
// coefficient and a date without Now are errors, joined with those of [Urgency.Validate].
func (m Urgency) Score(tasks []UrgencyInput) ([]Score, error) {
	if err := m.Validate(); err != nil {
		return nil, err
	}
	coefficients := m.coefficients()
	return Each(tasks, func(in UrgencyInput) (Score, error) {
		if err := m.check(in, coefficients); err != nil {
			return Score{}, err
		}
		sum := Integer(0)
		for _, t := range m.terms(in, coefficients) {
			sum = sum.Add(t.Contribution)
		}
		return sum, sum.Err()
	})
}

func (m Urgency) check(in UrgencyInput, coefficients map[string]decimal.Decimal) error {
	var priority, now *FieldError
	if _, ok := coefficients[priorityPrefix+in.Priority]; !ok && in.Priority != "" {
		priority = &FieldError{Field: "priority", Value: in.Priority, Want: "H, M, L or one with a coefficient"}
	}
	if m.Now.IsZero() && (!in.Entry.IsZero() || !in.Due.IsZero() || !in.Scheduled.IsZero()) {
		now = &FieldError{Field: "now", Value: "unset", Want: "an instant, for a task with dates"}
	}
	return fault.Join(in.Validate(), joinFields(priority, now))
}

// Terms returns the terms of the score: "6 × 1 + 12 × 0.73 + 1 × 0.8 + 1 × 1 ≈ 16.6".
func (m Urgency) Terms(in UrgencyInput) []Term { return m.terms(in, m.coefficients()) }

func (m Urgency) terms(in UrgencyInput, coefficients map[string]decimal.Decimal) []Term {
	var terms []Term
	add := func(name string, factor Score) {
		if weight := Value(coefficients[name]); weight.Sign() != 0 && factor.Sign() != 0 {
			terms = append(terms, Term{
				Name: name, Effect: Adds, Value: factor, Weight: weight, Contribution: weight.Mul(factor),
			})
		}
	}
	when := func(name string, holds bool) {
		if holds {
			add(name, Integer(1))
		}
	}
	tags := slices.Compact(slices.Sorted(slices.Values(in.Tags)))
	for _, tag := range tags {
		add(tagPrefix+tag, Integer(1))
	}
	when(priorityPrefix+in.Priority, in.Priority != "")
	add("due", m.due(in.Due))
	when("blocking", in.Blocking)
	when("scheduled", !in.Scheduled.IsZero() && in.Scheduled.Before(m.Now))
	when("active", in.Active)
	add("age", m.age(in.Entry))
	add("annotations", several(in.Annotations))
	add("tags", several(len(tags)))
	when("project", in.Project != "")
	for _, name := range slices.Sorted(maps.Keys(coefficients)) {
		project, ok := strings.CutPrefix(name, projectPrefix)
		when(name, ok && strings.HasPrefix(in.Project, project))
	}
	when("waiting", in.Waiting)
	when("blocked", in.Blocked)
	return terms
}

// several is the factor of a number of tags or annotations.
func several(n int) Score {
	return Integer(int64(7 + min(n, 3))).Div(Integer(10)).Mul(Integer(int64(min(n, 1))))
}

const day = 24 * time.Hour

func (m Urgency) due(due time.Time) Score {
	if due.IsZero() {
		return Integer(0)
	}
	// A difference that does not fit a Duration becomes the largest that does, 292 years.
	late := m.Now.Sub(due)
	switch {
	case late >= 7*day:
		return Integer(1)
	case late < -14*day:
		return Integer(1).Div(Integer(5))
	}
	return Integer(int64(late + 14*day)).Div(Integer(int64(21 * day))).
		Mul(Integer(4).Div(Integer(5))).Add(Integer(1).Div(Integer(5)))
}

func (m Urgency) age(entry time.Time) Score {
	if entry.IsZero() {
		return Integer(0)
	}
	limit := m.AgeMax
	if limit == 0 {
		limit = defaultAgeMax
	}
	days := int64(m.Now.Sub(entry) / day)
	return Integer(min(max(days, 0), limit)).Div(Integer(limit))
}
