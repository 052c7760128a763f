package backlog

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What [Diff] says of stories and features.

// touched lists what differs about items of one kind: in their order later, then what is gone.
func touched[K comparable, V any](
	was, is records[K, V], key func(*V) K, more []K, index func(*View, K) (int, bool), a, b *View,
) []K {
	met := make(map[K]bool)
	var ids []K
	meet := func(id K) {
		if !met[id] {
			met[id] = true
			ids = append(ids, id)
		}
	}
	for _, side := range []records[K, V]{was, is} {
		for i := range side.Values {
			meet(key(&side.Values[i]))
		}
		for _, place := range side.Places {
			meet(place.ID)
		}
	}
	for _, id := range more {
		meet(id)
	}
	position := func(id K) (gone, at int) {
		at, ok := index(b, id)
		if !ok {
			gone = 1
			at, _ = index(a, id)
		}
		return gone, at
	}
	slices.SortFunc(ids, func(x, y K) int {
		goneX, atX := position(x)
		goneY, atY := position(y)
		return cmp.Or(goneX-goneY, atX-atY)
	})
	return ids
}

// moves maps what is elsewhere than it was to where it was.
func moves[K comparable, V any](was records[K, V]) map[K]int {
	from := make(map[K]int, len(was.Places))
	for _, place := range was.Places {
		from[place.ID] = place.At
	}
	return from
}

func (d *differ) stories(was, is side) {
	var linked []story.ID
	for _, one := range slices.Concat(dependencyLinks.of(was), dependencyLinks.of(is)) {
		if !one.Item.Story.IsZero() {
			linked = append(linked, one.Item.Story)
		}
	}
	for _, one := range slices.Concat(relationLinks.of(was), relationLinks.of(is)) {
		linked = append(linked, one.Story)
	}
	from := moves(storyTable.of(was))
	for _, id := range touched(storyTable.of(was), storyTable.of(is), storyTable.key, linked, (*View).Index, d.a, d.b) {
		old, now := d.a.stories[id], d.b.stories[id]
		if now == nil {
			d.about("story", id.String(), old.story.Title)
			d.add(Difference{Aspect: AspectGone})
			continue
		}
		d.about("story", id.String(), now.story.Title)
		if old == nil {
			d.add(Difference{Aspect: AspectAdded})
			old = d.fresh(now)
		} else if at, moved := from[id]; moved {
			d.add(Difference{Aspect: AspectMoved, From: fmt.Sprint(at), To: fmt.Sprint(d.b.order.index(now))})
		}
		d.story(old, now)
		if x, y := old.record(), now.record(); !sameStory(&x, &y) {
			d.details()
		}
	}
}

// fresh is a story as it may have been added: the rest came later.
func (d *differ) fresh(now *storyEntry) *storyEntry {
	old := &storyEntry{story: now.story}
	old.story.Status, old.story.Estimate, old.story.Tasks = d.b.options.Workflow.Initial, story.Estimate{}, story.List[story.Task]{}
	old.story.Criteria = unjudged(now.story.Criteria)
	return old
}

func (d *differ) story(old, now *storyEntry) {
	x, y := &old.story, &now.story
	d.field(AspectTitle, x.Title, y.Title)
	d.field(AspectNarrative, narrative(x.Narrative), narrative(y.Narrative))
	d.field(AspectFeature, d.featureTitle(x.Feature), d.featureTitle(y.Feature))
	d.field(AspectTeam, string(x.Team), string(y.Team))
	d.parts(AspectCriterion, criterionParts(x.Criteria), criterionParts(y.Criteria))
	d.field(AspectEstimate, x.Estimate.String(), y.Estimate.String())
	d.assessment(old.assessment, now.assessment)
	if x.Status != y.Status {
		switch {
		case now.category == story.Completed && now.acceptance != nil:
			d.add(Difference{Aspect: AspectAccepted, From: string(x.Status), To: now.acceptance.By})
		case now.category == story.Removed:
			d.add(Difference{Aspect: AspectDropped})
		default:
			d.field(AspectStatus, string(x.Status), string(y.Status))
		}
	}
	d.parts(AspectTask, taskParts(x.Tasks), taskParts(y.Tasks))
	d.parts(AspectNeed, d.needParts(&old.node), d.needParts(&now.node))
	d.parts(AspectRelation, d.relationParts(old), d.relationParts(now))
}

func (d *differ) features(was, is side) {
	var linked []roadmap.FeatureID
	for _, one := range slices.Concat(dependencyLinks.of(was), dependencyLinks.of(is)) {
		if !one.Item.Feature.IsZero() {
			linked = append(linked, one.Item.Feature)
		}
	}
	index := func(b *View, id roadmap.FeatureID) (int, bool) {
		at := slices.Index(b.features.list, b.features.byID[id])
		return at, at >= 0
	}
	from := moves(featureTable.of(was))
	for _, id := range touched(featureTable.of(was), featureTable.of(is), featureTable.key, linked, index, d.a, d.b) {
		old, now := d.a.features.byID[id], d.b.features.byID[id]
		if now == nil {
			d.about("feature", id.String(), old.feature.Title)
			d.add(Difference{Aspect: AspectGone})
			continue
		}
		d.about("feature", id.String(), now.feature.Title)
		if old == nil {
			d.add(Difference{Aspect: AspectAdded})
			fresh := &featureEntry{feature: now.feature}
			fresh.feature.Status = roadmap.FeatureOpen
			old = fresh
		} else if at, moved := from[id]; moved {
			d.add(Difference{Aspect: AspectMoved, From: fmt.Sprint(at), To: fmt.Sprint(slices.Index(d.b.features.list, now))})
		}
		d.feature(old, now)
		if x, y := old.record(), now.record(); !sameJSON(&x, &y) {
			d.details()
		}
	}
}

func (d *differ) feature(old, now *featureEntry) {
	x, y := &old.feature, &now.feature
	d.field(AspectTitle, x.Title, y.Title)
	d.field(AspectGoal, d.goalTitle(x.Goal), d.goalTitle(y.Goal))
	d.field(AspectProblem, x.Problem, y.Problem)
	d.field(AspectHypothesis, x.Hypothesis, y.Hypothesis)
	d.field(AspectMeasure, x.Measure, y.Measure)
	d.parts(AspectCriterion, criterionParts(x.Criteria), criterionParts(y.Criteria))
	d.field(AspectSize, x.Size.String(), y.Size.String())
	d.field(AspectBudget, x.Budget.String(), y.Budget.String())
	d.field(AspectSpent, x.Spent.String(), y.Spent.String())
	d.field(AspectHorizon, d.horizonName(x.Horizon), d.horizonName(y.Horizon))
	d.field(AspectRelease, d.releaseName(x.Release), d.releaseName(y.Release))
	d.field(AspectIncrement, d.incrementName(x.Increment), d.incrementName(y.Increment))
	d.assessment(old.assessment, now.assessment)
	if x.Status != y.Status {
		switch {
		case y.Status == roadmap.FeatureAccepted && now.acceptance != nil:
			d.add(Difference{Aspect: AspectAccepted, From: x.Status.String(), To: now.acceptance.By})
		case y.Status == roadmap.FeatureDropped:
			d.add(Difference{Aspect: AspectDropped})
		default:
			d.field(AspectStatus, x.Status.String(), y.Status.String())
		}
	}
	d.parts(AspectNeed, d.needParts(&old.node), d.needParts(&now.node))
}

func (d *differ) assessment(old, now *prioritize.Assessment) {
	if old == now || sameJSON(old, now) {
		return
	}
	state := func(assessment *prioritize.Assessment, is string) string {
		if assessment == nil {
			return ""
		}
		return is
	}
	d.field(AspectAssessment, state(old, "earlier"), state(now, "later"))
}

func criterionParts(criteria story.List[story.Criterion]) []part {
	all := make([]part, criteria.Len())
	for i, criterion := range criteria.All() {
		state := verdictText(criterion)
		if criterion.By != "" {
			state += " by " + criterion.By
		}
		if criterion.Note != "" {
			state += fmt.Sprintf(" (%s)", criterion.Note)
		}
		all[i] = part{criterion.ID.String(), criterion.Text, state}
	}
	return all
}

func taskParts(tasks story.List[story.Task]) []part {
	all := make([]part, tasks.Len())
	for i, task := range tasks.All() {
		state := "open"
		if task.Done {
			state = "done"
		}
		if task.Assignee != "" {
			state += ", " + task.Assignee
		}
		all[i] = part{task.ID.String(), task.Title, state}
	}
	return all
}

func (d *differ) needParts(n *node) []part {
	all := make([]part, len(n.needs))
	for i, one := range sortedNeeds(n) {
		item := one.node.item()
		all[i] = part{item.String() + one.reason, d.title(item), "needed"}
	}
	return all
}

func (d *differ) relationParts(entry *storyEntry) []part {
	var all []part
	for _, one := range slices.SortedFunc(slices.Values(entry.relations), Relation.compare) {
		if one.Story == entry.story.ID {
			title := d.title(StoryItem(one.Other))
			all = append(all, part{fmt.Sprint(one), one.How.String() + " " + title, "related"})
		}
	}
	return all
}

func narrative(n story.Narrative) string {
	if n.IsZero() {
		return ""
	}
	return n.String()
}

func metric(m roadmap.Metric) string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s from %v to %v %s", m.Name, m.Baseline, m.Target, m.Unit)
}

func actual(goal *roadmap.Goal) string {
	if value, measured := goal.Actual(); measured {
		return fmt.Sprintf("%v (%d measurements)", value, len(goal.Measurements))
	}
	return ""
}

func period(from, to time.Time) string {
	if from.IsZero() && to.IsZero() {
		return ""
	}
	day := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.Format(time.RFC3339Nano)
	}
	return day(from) + " to " + day(to)
}
