package backlog_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// No path leads past a rule. Over random histories of every kind of change, with every rule set to refuse,
// nothing that is let through breaks one that was not broken before; with every rule set to record, whatever
// breaks one has a finding that names it. What is broken is found by looking at the state before and after,
// whatever the change was. The past that an import brings is asked no rule, but has its findings.
func TestNoPathLeadsPastARule(t *testing.T) {
	t.Parallel()

	for _, mode := range []backlog.RuleMode{backlog.RuleRefuse, backlog.RuleRecord} {
		broken := map[string]int{}
		for seed := range uint64(min(*histories, 400)) {
			options := optionsOf(seed)
			options.Rules, options.Done = backlog.Rules{}.Others(mode), []backlog.Check{}
			if seed%2 == 0 { // from any state to any, so that much is begun and finished
				options.Workflow = anyToAny()
			}
			before, err := backlog.New(options)
			require.NoError(t, err)
			seen := map[uint64]breaches{}
			_, events := wanderBy(t, options, seed, 100, func(b *backlog.Backlog, change backlog.Change, err error) {
				if err == nil {
					seen[b.Seq()] = breachesOf(before, b, change)
					before = b.Clone()
				}
			})
			for _, event := range events {
				_, isRevert := event.Change.(backlog.Revert)
				for _, one := range event.Findings { // of what it brings about, not of what was
					require.NotEmpty(t, one.Rule, "seed %d, event %d: %s", seed, event.Seq, jsonOf(t, event))
					if isRevert && slices.Contains([]string{"vision_first", "one_goal", "one_sprint", "exclusive"}, one.Rule) {
						require.Contains(t, seen[event.Seq], one.Rule, "seed %d, event %d: %s", seed, event.Seq, jsonOf(t, event))
					}
				}
				for rule, what := range seen[event.Seq] {
					broken[rule]++
					if revert, ok := event.Change.(backlog.Revert); ok && (isOfImport(t, revert) || revert.Seq == event.Seq-1) {
						continue // what was before the last event, was
					}
					if event.Change.Kind() == "import_items" && isOfThePast(rule, what) {
						continue
					}
					isFound := slices.ContainsFunc(event.Findings, func(f backlog.Finding) bool { return f.Rule == rule })
					require.True(t, isFound, "mode %v, seed %d, event %d: %v breaks %s: %s\n%s", mode, seed, event.Seq,
						event.Change.Kind(), rule, what, jsonOf(t, event))
				}
			}
		}
		t.Log(mode, broken)
		if mode == backlog.RuleRecord && *histories >= 300 { // fewer need not break each
			every := backlog.Rules{}.Others(mode)
			for rule := backlog.Rule(1); every.Mode(rule) != 0; rule++ {
				// They are about who acts, which states do not show: see TestClaimsInterleaved and TestConsulted.
				if rule != backlog.RuleClaimed && rule != backlog.RuleConsulted {
					require.Positive(t, broken[rule.String()], "no history breaks %v", rule)
				}
			}
		}
	}
}

// isOfThePast reports whether an import may break a rule without a finding: it is asked what waits for acceptance
// once the items are there, and of an accepted or shipped past nothing for having come.
func isOfThePast(rule, what string) bool {
	return rule == "sprint_reviewed" || strings.HasPrefix(what, "story of ")
}

// anyToAny is the default workflow with a transition from any state to any other.
func anyToAny() story.Workflow {
	w := story.DefaultWorkflow()
	w.Transitions = nil
	for _, from := range w.States {
		for _, to := range w.States {
			if from != to {
				w.Transitions = append(w.Transitions, story.Transition{From: from.Name, To: to.Name})
			}
		}
	}
	return w
}

func isOfImport(t *testing.T, change backlog.Change) bool {
	return strings.Contains(jsonOf(t, change), `"kind":"import_items"`)
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	data, err := json.Marshal(value)
	require.NoError(t, err)
	return string(data)
}

// breaches are the rules that were broken, with what broke them.
type breaches map[string]string

func (b breaches) add(rule string, what ...any) { b[rule] = fmt.Sprint(what...) }

// breachesOf is what a change broke, as far as it was not broken before.
func breachesOf(before, after *backlog.Backlog, change backlog.Change) breaches {
	found := breaches{}
	was := statesOf(before)
	for key := range statesOf(after) {
		if rule, what, _ := strings.Cut(key, " "); !was[key] {
			found.add(rule, what)
		}
	}
	storyBreaches(before, after, found)
	featureBreaches(before, after, found)
	planBreaches(before, after, found)
	if withoutReason(before, change) {
		found.add("reason", change.Kind())
	}
	return found
}

// statesOf are the rules that a state breaks, whatever led to it, with the items that do.
func statesOf(b *backlog.Backlog) map[string]bool {
	states := map[string]bool{}
	add := func(format string, args ...any) { states[fmt.Sprintf(format, args...)] = true }
	_, seen := b.Vision()
	for x := range b.Goals() {
		if !seen {
			add("vision_first %v", x.ID)
		}
		for y := range b.Goals() {
			if x.ID != y.ID && x.Status == roadmap.GoalActive && y.Status == roadmap.GoalActive {
				add("one_goal %v %v", x.ID, y.ID)
			}
		}
	}
	for x := range b.Sprints() {
		if x.Status.IsOpen() && !x.Start.IsZero() && !x.End.IsZero() && x.End.Sub(x.Start) > 31*24*time.Hour {
			add("sprint_length %v", x.ID)
		}
		for y := range b.Sprints() {
			if x.ID == y.ID || x.Team != y.Team {
				continue
			}
			if x.Status == backlog.SprintActive && y.Status == backlog.SprintActive {
				add("one_sprint %v %v", x.ID, y.ID)
			}
			isDated := !x.Start.IsZero() && !x.End.IsZero() && !y.Start.IsZero() && !y.End.IsZero()
			if x.Status.IsOpen() && y.Status.IsOpen() && isDated && x.Start.Before(y.End) && y.Start.Before(x.End) {
				add("sprint_overlap %v %v", x.ID, y.ID)
			}
		}
	}
	for x := range b.Increments() {
		for y := range b.Increments() {
			xs, ys := x.Iterations, y.Iterations
			if x.ID != y.ID && len(xs)*len(ys) > 0 && xs[0].From.Before(ys[len(ys)-1].To) && ys[0].From.Before(xs[len(xs)-1].To) {
				add("increment_overlap %v %v", x.ID, y.ID)
			}
		}
	}
	for relation := range b.Relations() {
		for x := range b.Stories() {
			for y := range b.Stories() {
				isPair := comesOf(b, x, relation.Story) && comesOf(b, y, relation.Other) && x.ID != y.ID
				if relation.How == backlog.Excludes && isPair && isTaken(b, x.ID) && isTaken(b, y.ID) {
					add("exclusive %v %v", x.ID, y.ID)
				}
			}
		}
	}
	for feature := range b.Features() {
		if epic, ok := b.Epic(feature.Epic); ok && epic.Level == roadmap.LevelEpic {
			add("level_skipped %v %v", feature.ID, epic.ID)
		}
	}
	for _, load := range b.WorkInProgress() {
		for n := load.Most + 1; n <= load.Count; n++ {
			load.Count = n
			add("work_in_progress %v", load)
		}
	}
	return states
}

// comesOf reports whether a story is another, or was split from it, directly or not.
func comesOf(b *backlog.Backlog, s story.Story, id story.ID) bool {
	for ok := true; ok; s, ok = b.Story(s.Parent) {
		if s.ID == id {
			return true
		}
	}
	return false
}

// isTaken reports whether a story is in an open sprint or accepted.
func isTaken(b *backlog.Backlog, id story.ID) bool {
	s, _ := b.Story(id)
	_, committed := b.SprintOf(id)
	return committed || categoryOf(b, s) == story.Completed
}

func categoryOf(b *backlog.Backlog, s story.Story) story.Category {
	category, _ := b.Workflow().Category(s.Status)
	return category
}

func storyBreaches(before, after *backlog.Backlog, found breaches) {
	for s := range after.Stories() {
		old, _ := before.Story(s.ID)
		was, is := categoryOf(before, old), categoryOf(after, s)
		begun, finished := is == story.Doing && was != story.Doing && was != story.Completed, is == story.Completed && was != is
		waits := len(after.OpenNeeds(backlog.StoryItem(s.ID))) > 0
		if begun && waits {
			found.add("start_waiting", s.ID)
		}
		if finished && waits {
			found.add("finish_waiting", s.ID)
		}
		inSprint, _ := before.SprintOf(s.ID)
		left := was == story.Doing && is == story.Doing && inSprint.Status == backlog.SprintActive
		if (begun || left) && isBesideSprint(after, s) {
			found.add("sprint_scope", s.ID)
		}
		if finished && s.Criteria.IsZero() {
			found.add("criteria_present", s.ID)
		}
		if finished && !allMet(s.Criteria) {
			found.add("criteria_met", s.ID)
		}
		_, committedBefore := before.SprintOf(s.ID)
		_, committed := after.SprintOf(s.ID)
		if (begun || finished || committed && !committedBefore) && s.Parent == old.Parent && !isAlive(after, s) {
			found.add("parent_alive", s.ID)
		}
		isOwner := func(other backlog.ItemID) bool { return other == backlog.FeatureItem(s.Feature) } // it needs its stories anyway
		if is == story.Removed && was.IsOpen() && isNeeded(after, backlog.StoryItem(s.ID), isOwner) {
			found.add("drop_needed", s.ID)
		}
	}
}

// isBesideSprint reports whether a story is in no active sprint, and its team has one.
func isBesideSprint(b *backlog.Backlog, s story.Story) bool {
	if sprint, _ := b.SprintOf(s.ID); sprint.Status == backlog.SprintActive {
		return false
	}
	for sprint := range b.Sprints() {
		if sprint.Status == backlog.SprintActive && (sprint.Team == "" || sprint.Team == s.Team) {
			return true
		}
	}
	return false
}

func allMet(criteria story.List[story.Criterion]) bool {
	for _, criterion := range criteria.All() {
		if criterion.Verdict != story.Met {
			return false
		}
	}
	return true
}

func isAlive(b *backlog.Backlog, s story.Story) bool {
	feature, ok := b.Feature(s.Feature)
	goal, hasGoal := b.Goal(feature.Goal)
	return !ok || feature.Status != roadmap.FeatureDropped && (!hasGoal || goal.Status != roadmap.GoalDropped)
}

// isNeeded reports whether an open item needs another one, those inside left out.
func isNeeded(b *backlog.Backlog, item backlog.ItemID, isInside func(backlog.ItemID) bool) bool {
	for one := range b.NeededBy(item) {
		if isOpenItem(b, one.Item) && !isInside(one.Item) {
			return true
		}
	}
	return false
}

func isOpenItem(b *backlog.Backlog, item backlog.ItemID) bool {
	if feature, ok := b.Feature(item.Feature); ok {
		return feature.Status == roadmap.FeatureOpen
	}
	s, _ := b.Story(item.Story)
	return categoryOf(b, s).IsOpen()
}

func featureBreaches(before, after *backlog.Backlog, found breaches) {
	for f := range after.Features() {
		old, there := before.Feature(f.ID)
		item := backlog.FeatureItem(f.ID)
		finished := f.Status == roadmap.FeatureAccepted && old.Status != f.Status
		if finished && len(after.OpenNeeds(item)) > 0 {
			found.add("finish_waiting", f.ID)
		}
		if finished && !allMet(f.Criteria) {
			found.add("criteria_met", f.ID)
		}
		isOwn := func(other backlog.ItemID) bool {
			s, ok := after.Story(other.Story)
			return other == item || ok && s.Feature == f.ID
		}
		if f.Status == roadmap.FeatureDropped && old.Status == roadmap.FeatureOpen && isFeatureNeeded(after, f.ID, isOwn) {
			found.add("drop_needed", f.ID)
		}
		settled := there && f.Status != roadmap.FeatureOpen && f.Status == old.Status
		if settled && (f.Title != old.Title || !f.Size.Equal(old.Size) || !f.Criteria.EqualFunc(old.Criteria, story.Criterion.Equal)) {
			found.add("feature_open", "edited ", f.ID)
		}
		for s := range after.StoriesOf(f.ID) {
			old, _ := before.Story(s.ID)
			if settled && old.Feature != f.ID {
				found.add("feature_open", "story of ", f.ID)
			}
			if settled && f.Status == roadmap.FeatureAccepted && categoryOf(after, s).IsOpen() && !categoryOf(before, old).IsOpen() {
				found.add("feature_open", "open story of ", f.ID)
			}
			release, _ := before.Release(f.Release)
			if there && release.Status == roadmap.ReleaseShipped && old.Feature != f.ID {
				found.add("release_planned", "story of ", f.ID)
			}
		}
		for _, id := range []roadmap.ReleaseID{f.Release, old.Release} {
			release, ok := before.Release(id)
			if ok && release.Status == roadmap.ReleaseShipped && f.Release != old.Release && stillShipped(after, id) {
				found.add("release_planned", f.ID)
			}
		}
	}
}

func stillShipped(b *backlog.Backlog, id roadmap.ReleaseID) bool {
	release, ok := b.Release(id)
	return ok && release.Status == roadmap.ReleaseShipped
}

// isFeatureNeeded reports whether an open item outside needs a feature, or an open story of it.
func isFeatureNeeded(b *backlog.Backlog, id roadmap.FeatureID, isInside func(backlog.ItemID) bool) bool {
	if isNeeded(b, backlog.FeatureItem(id), isInside) {
		return true
	}
	for s := range b.StoriesOf(id) {
		if categoryOf(b, s).IsOpen() && isNeeded(b, backlog.StoryItem(s.ID), isInside) {
			return true
		}
	}
	return false
}

func planBreaches(before, after *backlog.Backlog, found breaches) {
	for sprint := range after.Sprints() {
		old, _ := before.Sprint(sprint.ID)
		if old.Status == backlog.SprintActive && sprint.Status == backlog.SprintClosed {
			for _, id := range old.Stories {
				if s, _ := before.Story(id); s.Status == before.Workflow().Review {
					found.add("sprint_reviewed", id)
				}
			}
		}
		if sprint.Status != backlog.SprintActive {
			continue
		}
		begun := old.Status != backlog.SprintActive && !old.Status.IsOpen() || old.Status == backlog.SprintPlanned
		if (begun || old.Goal != "") && sprint.Goal == "" {
			found.add("sprint_goal", sprint.ID)
		}
		if old.Status == backlog.SprintPlanned && len(sprint.Stories) == 0 {
			found.add("sprint_stories", sprint.ID)
		}
		if (begun || !old.Start.Equal(sprint.Start)) && after.At().Before(sprint.Start) {
			found.add("sprint_early", sprint.ID)
		}
	}
	for goal := range after.Goals() {
		old, _ := before.Goal(goal.ID)
		reached := func(g roadmap.Goal) bool {
			_, measured := g.AsOf(after.At()).Actual()
			return g.Metric.IsZero() || measured && g.AsOf(after.At()).Progress().IsComplete()
		}
		if goal.Status == roadmap.GoalFulfilled && !reached(goal) && (old.Status != goal.Status || reached(old)) {
			found.add("goal_reached", goal.ID)
		}
		if goal.Status != roadmap.GoalDropped || !old.Status.IsOpen() {
			continue
		}
		isOwn := func(other backlog.ItemID) bool {
			feature, ok := after.Feature(other.Feature)
			if s, isStory := after.Story(other.Story); isStory {
				feature, ok = after.Feature(s.Feature)
			}
			return ok && feature.Goal == goal.ID
		}
		for feature := range after.FeaturesOf(goal.ID) {
			if feature.Status == roadmap.FeatureOpen && isFeatureNeeded(after, feature.ID, isOwn) {
				found.add("drop_needed", goal.ID)
			}
		}
	}
	for release := range after.Releases() {
		old, _ := before.Release(release.ID)
		if release.Status != roadmap.ReleaseShipped {
			continue
		}
		for feature := range after.Features() {
			was, there := before.Feature(feature.ID)
			isNew := old.Status != release.Status || there && was.Status != roadmap.FeatureOpen
			if feature.Release == release.ID && feature.Status == roadmap.FeatureOpen && isNew && old.Status != release.Status {
				found.add("release_accepted", release.ID)
			}
			if feature.Release == release.ID && feature.Status == roadmap.FeatureOpen && old.Status == release.Status && there && was.Status == roadmap.FeatureAccepted {
				found.add("release_planned", "reopened ", feature.ID)
			}
		}
		if old.Status == release.Status && (old.Name != release.Name || old.Notes != release.Notes) {
			found.add("release_planned", release.ID)
		}
	}
}

// withoutReason reports whether a change that wants a reason has none.
func withoutReason(before *backlog.Backlog, change backlog.Change) bool {
	isActive := func(id backlog.SprintID) bool {
		sprint, _ := before.Sprint(id)
		return sprint.Status == backlog.SprintActive
	}
	switch c := change.(type) {
	case backlog.DropStory:
		return c.Reason == ""
	case backlog.DropFeature:
		return c.Reason == ""
	case backlog.DropGoal:
		return c.Reason == ""
	case backlog.RejectStory:
		return c.Reason == ""
	case backlog.CancelSprint:
		return c.Reason == ""
	case backlog.ReopenFeature:
		return c.Reason == ""
	case backlog.WithdrawMeasurement:
		return c.Reason == ""
	case backlog.CommitStories:
		return c.Reason == "" && isActive(c.Sprint)
	case backlog.WithdrawStories:
		return c.Reason == "" && isActive(c.Sprint)
	}
	return false
}
