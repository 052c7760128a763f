package diff

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

func (d *differ) stories() kind[story.ID, story.Story] {
	return kind[story.ID, story.Story]{
		subject: "story",
		count:   max(d.a.Len(), d.b.Len()),
		key:     func(s *story.Story) story.ID { return s.ID },
		name:    storyTitle,
		same: func(old, now *story.Story) bool {
			category, _ := d.workflow.Category(now.Status)
			return !d.linked[backlog.StoryItem(now.ID)] && old.Equal(*now) &&
				same(d, now.ID, (*backlog.View).Assessment) &&
				(category != story.Completed || same(d, now.ID, (*backlog.View).Acceptance))
		},
		fresh: func(s *story.Story) {
			s.Status, s.Estimate, s.Tasks = d.workflow.Initial, story.Estimate{}, story.List[story.Task]{}
			criteria := make([]story.Criterion, s.Criteria.Len())
			for i, criterion := range s.Criteria.All() {
				criteria[i] = story.Criterion{ID: criterion.ID, Text: criterion.Text}
			}
			s.Criteria = story.ListOf(criteria...)
		},
		fields: d.story,
	}
}

func (d *differ) story(old, now *story.Story) {
	feature := func(id story.FeatureID) string {
		return named(d, id, (*backlog.View).Feature, featureTitle)
	}
	parent := func(id story.ID) string {
		return named(d, id, (*backlog.View).Story, storyTitle)
	}
	d.field(AspectTitle, old.Title, now.Title)
	d.field(AspectNarrative, old.Narrative.String(), now.Narrative.String())
	d.field(AspectFeature, feature(old.Feature), feature(now.Feature))
	d.field(AspectParent, parent(old.Parent), parent(now.Parent))
	d.field(AspectTeam, string(old.Team), string(now.Team))
	d.parts(AspectCriterion, criterionParts(old.Criteria), criterionParts(now.Criteria))
	d.field(AspectEstimate, old.Estimate.String(), now.Estimate.String())
	assessed(d, now.ID, (*backlog.View).Assessment)
	if old.Status != now.Status {
		category, _ := d.workflow.Category(now.Status)
		acceptance, accepted := d.b.Acceptance(now.ID)
		switch {
		case category == story.Completed && accepted:
			d.add(Difference{Aspect: AspectAccepted, From: string(old.Status), To: acceptance.By})
		case category == story.Removed:
			d.add(Difference{Aspect: AspectDropped})
		default:
			d.field(AspectStatus, string(old.Status), string(now.Status))
		}
	}
	d.parts(AspectTask, taskParts(old.Tasks), taskParts(now.Tasks))
	d.tracked(old.Details.Value(), now.Details.Value())
	d.needs(backlog.StoryItem(now.ID))
	d.parts(AspectRelation, d.relationParts(d.a, now.ID), d.relationParts(d.b, now.ID))
	d.field(AspectClaim, claim(d.a, now.ID), claim(d.b, now.ID))
}

// claims iterates over the claims there are, those that ran out too.
func claims(v *backlog.View) iter.Seq[backlog.Claim] {
	return func(yield func(backlog.Claim) bool) {
		for one := range v.Claims(time.Time{}) {
			one.Until = one.Until.UTC() // equal instants are one value
			if !yield(one) {
				return
			}
		}
	}
}

// claim returns the claim on a story, empty if there is none; one that ran out stays until the next.
func claim(v *backlog.View, id story.ID) string {
	one, held := v.ClaimOf(id, time.Time{})
	if !held {
		return ""
	}
	return fmt.Sprintf("%s until %s (claim %d)", one.By, one.Until.UTC().Format(time.RFC3339Nano), one.Token)
}

func (d *differ) features() kind[roadmap.FeatureID, roadmap.Feature] {
	return kind[roadmap.FeatureID, roadmap.Feature]{
		subject: "feature",
		key:     func(f *roadmap.Feature) roadmap.FeatureID { return f.ID },
		name:    featureTitle,
		same: func(old, now *roadmap.Feature) bool {
			return !d.linked[backlog.FeatureItem(now.ID)] && old.Equal(*now) &&
				same(d, now.ID, (*backlog.View).FeatureAssessment) && same(d, now.ID, (*backlog.View).FeatureAcceptance)
		},
		fresh:  func(f *roadmap.Feature) { f.Status = roadmap.FeatureOpen },
		fields: d.feature,
	}
}

func (d *differ) feature(old, now *roadmap.Feature) {
	parent := func(id roadmap.FeatureID) string {
		return named(d, id, (*backlog.View).Feature, featureTitle)
	}
	goal := func(id roadmap.GoalID) string { return named(d, id, (*backlog.View).Goal, goalTitle) }
	horizon := func(id roadmap.HorizonID) string { return named(d, id, (*backlog.View).Horizon, horizonName) }
	release := func(id roadmap.ReleaseID) string { return named(d, id, (*backlog.View).Release, releaseName) }
	increment := func(id roadmap.IncrementID) string {
		return named(d, id, (*backlog.View).Increment, incrementName)
	}
	d.field(AspectTitle, old.Title, now.Title)
	d.field(AspectGoal, goal(old.Goal), goal(now.Goal))
	d.field(AspectParent, parent(old.Parent), parent(now.Parent))
	d.field(AspectKeyResult, d.keyResult(old), d.keyResult(now))
	d.outcome(old.Outcome.Value(), now.Outcome.Value())
	d.field(AspectProblem, old.Problem, now.Problem)
	d.field(AspectHypothesis, old.Hypothesis, now.Hypothesis)
	d.field(AspectMeasure, old.Measure, now.Measure)
	d.parts(AspectCriterion, criterionParts(old.Criteria), criterionParts(now.Criteria))
	d.field(AspectSize, old.Size.String(), now.Size.String())
	d.field(AspectBudget, old.Budget.String(), now.Budget.String())
	d.field(AspectSpent, old.Spent.String(), now.Spent.String())
	d.field(AspectHorizon, horizon(old.Horizon), horizon(now.Horizon))
	d.field(AspectRelease, release(old.Release), release(now.Release))
	d.field(AspectIncrement, increment(old.Increment), increment(now.Increment))
	d.field(AspectEpic, named(d, old.Epic, (*backlog.View).Epic, epicTitle), named(d, now.Epic, (*backlog.View).Epic, epicTitle))
	d.field(AspectTheme, named(d, old.Theme, (*backlog.View).Theme, themeTitle), named(d, now.Theme, (*backlog.View).Theme, themeTitle))
	d.parts(AspectMoney, moneyParts(old.Money), moneyParts(now.Money))
	assessed(d, now.ID, (*backlog.View).FeatureAssessment)
	if old.Status != now.Status {
		acceptance, accepted := d.b.FeatureAcceptance(now.ID)
		switch {
		case now.Status == roadmap.FeatureAccepted && accepted:
			d.add(Difference{Aspect: AspectAccepted, From: old.Status.String(), To: acceptance.By})
		case now.Status == roadmap.FeatureDropped:
			d.add(Difference{Aspect: AspectDropped})
		default:
			d.field(AspectStatus, old.Status.String(), now.Status.String())
		}
	}
	d.tracked(old.Details.Value(), now.Details.Value())
	d.needs(backlog.FeatureItem(now.ID))
}

// same reports whether what both states hold about an id is the same.
func same[K, V any](d *differ, id K, find func(*backlog.View, K) (V, bool)) bool {
	old, was := find(d.a, id)
	now, is := find(d.b, id)
	return was == is && (!is || sameValue(&old, &now))
}

// assessed compares what both states hold about the value of an item, by method of prioritisation.
func assessed[K any](d *differ, id K, find func(*backlog.View, K) (prioritize.Assessment, bool)) {
	parts := func(v *backlog.View) (all []part) {
		assessment, _ := find(v, id)
		data, err := json.Marshal(assessment)
		inputs := make(map[string]json.RawMessage)
		if err != nil || json.Unmarshal(data, &inputs) != nil {
			return nil // of what is valid that does not happen
		}
		for _, name := range slices.Sorted(maps.Keys(inputs)) {
			all = append(all, part{name, name, string(inputs[name])})
		}
		return all
	}
	d.parts(AspectAssessment, parts(d.a), parts(d.b))
}

// needState returns "needed", with the lag if there is one.
func needState(one backlog.Dependency) string {
	if one.Lag == 0 {
		return "needed"
	}
	return "needed with a lag of " + one.Lag.String()
}

func (d *differ) needs(item backlog.ItemID) {
	parts := func(v *backlog.View) (all []part) {
		for one := range v.Needs(item) {
			all = append(all, part{one.Needs.String() + one.Reason, d.title(one.Needs), needState(one)})
		}
		return all
	}
	d.parts(AspectNeed, parts(d.a), parts(d.b))
}

// relationParts returns the relations of which a story was named first.
func (d *differ) relationParts(v *backlog.View, id story.ID) (all []part) {
	for one := range v.RelationsOf(id) {
		if one.Story == id {
			text := one.How.String() + " " + d.title(backlog.StoryItem(one.Other))
			all = append(all, part{fmt.Sprint(one), text, "related"})
		}
	}
	return all
}

func criterionParts(criteria story.List[story.Criterion]) []part {
	all := make([]part, criteria.Len())
	for i, criterion := range criteria.All() {
		state := "unjudged"
		if criterion.Verdict == story.Met || criterion.Verdict == story.Unmet {
			state = criterion.Verdict.String()
		}
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
