package backlog

import (
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Finding is a flaw in how the product is broken down, or a breach of a rule that was recorded or waived:
// nothing is refused for it, somebody should look at it.
type Finding struct {
	Rule    string `json:"rule"`            // "finish_waiting", "story without feature", "equal titles"; "ready" or "done" of a definition, and of a check that was waived "ready: estimate"
	ID      string `json:"id,omitzero"`     // of the goal, feature, story or sprint
	Message string `json:"message"`         // one line, with the title
	Waived  string `json:"waived,omitzero"` // the reason of a [Waiver], where there was one
}

// Findings looks for flaws from the goals down to the stories, each level in its order: goals without
// a metric, key results that no feature serves, features without a goal or without stories, stories without a feature, without criteria,
// above the limit of [DefaultReady] or with a fixed date that is not given, equal titles, open tasks under accepted or dropped stories; then open proposals, open questions, and
// risks and impediments without an owner.
// O(n).
func (b *View) Findings() []Finding {
	var found []Finding
	add := func(rule string, id fmt.Stringer, format string, args ...any) {
		found = append(found, Finding{Rule: rule, ID: id.String(), Message: fmt.Sprintf(format, args...)})
	}
	for _, entry := range b.goals.list {
		if goal := entry.goal; goal.Status.IsOpen() && goal.Metric.IsZero() {
			add("goal without metric", goal.ID, "goal %q has no metric: nobody can tell when it is reached", goal.Title)
		}
	}
	for _, one := range b.KeyResultCoverage() {
		if goal := b.goals.byID[one.Goal].goal; len(one.Features) == 0 {
			add("key result without work", goal.ID, "nobody works on a key result of goal %q: no feature serves it", goal.Title)
		}
	}
	for _, entry := range b.features.list {
		feature := entry.feature
		if !isOpenFeature(feature) {
			continue
		}
		if entry.goal == nil {
			add("feature without goal", feature.ID, "feature %q serves no goal", feature.Title)
		}
		if len(entry.stories) == 0 {
			add("feature without stories", feature.ID, "feature %q is not broken into stories", feature.Title)
		}
	}
	titles := make(map[string]int, len(b.stories))
	for entry := range b.order.all() {
		if entry.category.IsOpen() {
			titles[entry.story.Title]++
		}
	}
	small := SmallCheck(decimal.NewFromInt(DefaultLimit))
	left := make(map[story.Team]*storyEntry) // of each team the highest that could be started and is not
	for entry := range b.order.all() {
		s := entry.value()
		if higher := left[s.Team]; entry.category == story.Doing && higher != nil {
			add("started past", s.ID, "story %q was started past %q, which comes first and could be", s.Title, higher.story.Title)
		} else if higher == nil && b.couldStart(entry) {
			left[s.Team] = entry
		}
		if !entry.category.IsOpen() {
			if open := s.OpenTasks(); len(open) > 0 {
				add("open task", s.ID, "story %q is %s, but its task %q is open", s.Title, s.Status, open[0].Title)
			}
			continue
		}
		if entry.feature == nil {
			add("story without feature", s.ID, "story %q is part of no feature", s.Title)
		}
		if s.Criteria.IsZero() {
			add("story without criteria", s.ID, "story %q has no acceptance criteria", s.Title)
		}
		if missing := small.Missing(CheckedStory{Story: s}); missing != "" {
			add("large story", s.ID, "story %q needs %s", s.Title, missing)
		}
		if details := s.Details.Value(); details.Class == story.FixedDate && details.Due.IsZero() {
			add("fixed date without date", s.ID, "story %q is to be done by a date, and has none", s.Title)
		}
		if n := titles[s.Title]; n > 1 {
			add("equal titles", s.ID, "%d stories are called %q", n, s.Title)
			titles[s.Title] = 0
		}
		for _, relation := range entry.story.relations {
			if relation.How == Duplicates && relation.Story == s.ID {
				add("duplicate", s.ID, "story %q duplicates %q", s.Title, b.stories[relation.Other].story.Title)
			}
		}
		found = append(found, taskFindings(s)...)
	}
	return append(found, b.voiceFindings()...)
}

// couldStart reports whether a story is ready and not started, and waits for nothing at the last event's instant.
func (b *View) couldStart(entry *storyEntry) bool {
	return entry.story.Status == b.options.Workflow.Ready && entry.isAlive() && !b.waitsAt(&entry.node, b.at)
}

// voiceFindings looks for what somebody said and nobody has taken up.
func (b *View) voiceFindings() []Finding {
	var found []Finding
	for _, entry := range b.proposals.list {
		if p := &entry.proposal; p.Status == roadmap.ProposalOpen {
			found = append(found, Finding{Rule: "open proposal", ID: p.ID.String(), Message: fmt.Sprintf("proposal %q of %s waits for a decision", p.Title(), p.By)})
		}
	}
	for _, entry := range b.questions.list {
		if q := &entry.question; q.IsOpen() {
			found = append(found, Finding{Rule: "open question", ID: q.ID.String(), Message: fmt.Sprintf("a question of %s about %s waits for the %v", q.By, b.titleOf(q.About), q.To)})
		}
	}
	for _, entry := range b.risks.list {
		if r := &entry.risk; r.Owner == "" && r.Status != roadmap.RiskResolved {
			found = append(found, Finding{Rule: "risk without owner", ID: r.ID.String(), Message: fmt.Sprintf("nobody sees to risk %q", r.Title)})
		}
	}
	for _, entry := range b.impediments.list {
		if i := &entry.impediment; i.Owner == "" && i.IsOpen() {
			found = append(found, Finding{Rule: "impediment without owner", ID: i.ID.String(), Message: fmt.Sprintf("nobody sees to impediment %q", i.Title)})
		}
	}
	return found
}

// taskFindings looks for tasks of one story with equal titles.
func taskFindings(s story.Story) []Finding {
	var found []Finding
	count := make(map[string]int, s.Tasks.Len())
	for _, task := range s.Tasks.All() {
		if count[task.Title]++; count[task.Title] == 2 {
			found = append(found, Finding{
				Rule: "equal titles", ID: s.ID.String(), Message: fmt.Sprintf("story %q lists task %q twice or more", s.Title, task.Title),
			})
		}
	}
	return found
}
