package backlog

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
	"github.com/backlogkit/backlogkit/story/gherkin"
	"github.com/backlogkit/backlogkit/story/quality"
)

// Check is one point of a definition of ready or of done: a name, and a func that returns what is
// missing, or "" if the point is met. It must depend on nothing but the subject.
type Check struct {
	Name    string
	Missing func(CheckedStory) string
}

// CheckedStory is what a [Check] looks at.
type CheckedStory struct {
	Story   story.Story // a copy
	Waiting []ItemID    // what the story waits for, by id
	// Unplanned is what of Waiting is not planned for the sprint of the story, the one that it is in or is
	// to come into, or an earlier one: all of it, if there is no such sprint.
	Unplanned []ItemID
	// HeldUntil is the instant until which the story is held, if that sprint is over by then; zero if not.
	HeldUntil   time.Time
	Questions   int                  // open ones about the story
	Impediments []roadmap.Impediment // open ones that hold the story or its feature, as they were raised

	view *View
}

// Title returns the title of one of Waiting, for a text to show. It is empty for an item that is not there.
func (s CheckedStory) Title(item ItemID) string {
	if s.view == nil {
		return ""
	}
	if n := s.view.node(item); n != nil {
		return n.title()
	}
	return ""
}

// CheckResult is what a [Check] found.
type CheckResult struct {
	Name    string `json:"name"`
	Missing string `json:"missing,omitzero"` // what would meet it; empty where it is met
}

// IsMet reports whether nothing is missing.
func (r CheckResult) IsMet() bool { return r.Missing == "" }

// DefaultReady is the default definition of ready: the narrative has a role and a goal, the benefit is
// clear, there is a criterion, the team has estimated, the story fits one sprint, what it
// waits for is planned for the same sprint or an earlier one, no impediment holds it, and the sprint ends after
// what holds it until an instant. Enablers, defects, spikes and chores need no narrative, and the description of a defect, the steps
// that show it, stands for a criterion. The names of the checks are narrative, value, criteria, estimate, small and
// independent. Each call returns a slice of its own, to append to or to take from.
func DefaultReady() []Check {
	criterion := CriterionCheck()
	return []Check{
		Check{"narrative", func(s CheckedStory) string {
			if s.Story.Narrative.Role == "" || s.Story.Narrative.Goal == "" {
				return "a narrative: who wants what"
			}
			return ""
		}}.Except(story.Enabler, story.Defect, story.Spike, story.Chore),
		Check{"value", func(s CheckedStory) string {
			if s.Story.Narrative.Benefit == "" {
				return "a benefit: so that ..."
			}
			return ""
		}}.Except(story.Enabler, story.Defect, story.Spike, story.Chore),
		{criterion.Name, func(s CheckedStory) string {
			details := s.Story.Details.Value()
			switch missing := criterion.Missing(s); {
			case missing == "" || details.Kind != story.Defect:
				return missing
			case details.Description == "":
				return "the steps that show the defect, or an acceptance criterion"
			}
			return ""
		}},
		{"estimate", func(s CheckedStory) string {
			if s.Story.Estimate.IsZero() {
				return "an estimate by the team"
			}
			return ""
		}},
		SmallCheck(decimal.NewFromInt(DefaultLimit)),
		{"independent", func(s CheckedStory) string {
			if len(s.Impediments) > 0 {
				return fmt.Sprintf("impediment %q resolved (%d to wait for)", s.Impediments[0].Title, len(s.Impediments))
			} else if len(s.Unplanned) == 0 && !s.HeldUntil.IsZero() {
				return "a sprint that ends after " + s.HeldUntil.UTC().Format(time.RFC3339Nano) + ", until when it is held"
			} else if len(s.Unplanned) == 0 {
				return ""
			}
			first := s.Unplanned[0]
			return fmt.Sprintf("%s finished, or planned for the same sprint or an earlier one (%d to wait for)",
				titled(first, s.Title(first)), len(s.Unplanned))
		}},
	}
}

// SmallCheck is met by a story of at most so many points, and by one without an estimate: that is
// another check's concern. With a limit that [field.CheckNumber] refuses, it is no check, and [New] returns
// an error.
func SmallCheck(limit decimal.Decimal) Check {
	if field.CheckNumber("backlog", "limit", limit) != nil {
		return Check{Name: "small"}
	}
	return Check{"small", func(s CheckedStory) string {
		points, _ := s.Story.Estimate.Points()
		if points.Cmp(limit) <= 0 {
			return ""
		}
		return fmt.Sprintf("at most %v points, or a split; it has %v", limit, points)
	}}
}

// TestableCheck is met by a story with at least one criterion that can be tested: a scenario with
// When and Then, or a statement in which [quality.CheckCriterion] misses nothing. It is no part of
// [DefaultReady], which asks for a criterion only: word lists err, and a gate should not.
func TestableCheck(words quality.Words) Check {
	return Check{"testable", func(s CheckedStory) string {
		for _, criterion := range s.Story.Criteria.All() {
			if isTestable(criterion.Text, words) {
				return ""
			}
		}
		return "a criterion with When and Then, or with an outcome that can be seen or measured"
	}}
}

func isTestable(text string, words quality.Words) bool {
	scenario, err := gherkin.ParseScenario(text)
	if err != nil {
		return len(quality.CheckCriterion(text, words)) == 0
	}
	acts, expects := false, false
	for _, step := range scenario.Steps {
		acts = acts || step.KeywordType == gherkin.Action
		expects = expects || step.KeywordType == gherkin.Outcome
	}
	return acts && expects
}

// DefaultDone is the default definition of done: no task is open. That every criterion was judged
// met is no part of it, since [AcceptStory] asks for that by itself. The name of its one check is tasks.
func DefaultDone() []Check {
	return []Check{
		{"tasks", func(s CheckedStory) string {
			open := s.Story.OpenTasks()
			if len(open) == 0 {
				return ""
			}
			return fmt.Sprintf("task %q finished (%d open)", open[0].Title, len(open))
		}},
	}
}

// Readiness asks the definition of ready about a story: one result for each check, in its order.
// It is false for a story that is not there.
func (b *View) Readiness(id story.ID) ([]CheckResult, bool) {
	entry, ok := b.stories[id]
	if !ok {
		return nil, false
	}
	return b.ask(b.options.Ready, entry, b.planFor(entry.sprint, nil)), true
}

// Doneness asks the definition of done about a story, as [View.Readiness] does.
func (b *View) Doneness(id story.ID) ([]CheckResult, bool) {
	entry, ok := b.stories[id]
	if !ok {
		return nil, false
	}
	return b.ask(b.options.Done, entry, b.planFor(entry.sprint, nil)), true
}

// ask asks the points of a definition about a story.
func (b *View) ask(checks []Check, entry *storyEntry, p *planning) []CheckResult {
	results := make([]CheckResult, 0, len(checks))
	b.askStory(checks, entry, p, func(one CheckResult) { results = append(results, one) })
	return results
}

// missing returns what a story does not meet of a definition.
func (b *View) missing(checks []Check, entry *storyEntry, p *planning) (results []CheckResult) {
	b.askStory(checks, entry, p, func(one CheckResult) {
		if !one.IsMet() {
			results = append(results, one)
		}
	})
	return results
}

func (b *View) askStory(checks []Check, entry *storyEntry, p *planning, take func(CheckResult)) {
	waits := b.openNeeds(&entry.node)
	unplanned := p.unplanned(waits)
	impediments := b.impedimentsOf(&entry.node, true)
	until := b.heldUntil(&entry.node)
	if p.end.IsZero() || until.Before(p.end) {
		until = time.Time{}
	}
	subject := CheckedStory{
		Story: entry.value(), HeldUntil: until, Questions: b.asked[roadmap.AboutStory(entry.story.ID)], view: b,
	}
	for _, check := range checks {
		subject.Waiting, subject.Unplanned = itemsOf(waits), itemsOf(unplanned) // slices of its own
		subject.Impediments = impedimentsIn(impediments)
		take(CheckResult{check.Name, check.Missing(subject)})
	}
}

// wantReady refuses a story that does not meet the definition of ready.
func (b *View) wantReady(entry *storyEntry, p *planning) *RefusedError {
	results := b.missing(b.options.Ready, entry, p)
	if len(results) == 0 {
		return nil
	}
	return unmet(ByReady, entry.story.ID.String(), fmt.Sprintf("story %q is not ready", entry.story.Title), results)
}
