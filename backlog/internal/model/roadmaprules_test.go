package model_test

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// ofFeature needs a permission, and a feature to be there.
func (r *ruling) ofFeature(may backlog.Permission, id roadmap.FeatureID) *roadmap.Feature {
	r.may = may
	f := r.feature(id)
	r.want(f != nil, backlog.ErrNotFound)
	return f
}

// whileFeature is ofFeature for a change that a feature takes while it is open.
func (r *ruling) whileFeature(may backlog.Permission, id roadmap.FeatureID) *roadmap.Feature {
	f := r.ofFeature(may, id)
	r.breach(backlog.RuleFeatureOpen, f != nil && f.Status != roadmap.FeatureOpen)
	return f
}

func (r *ruling) isShipped(id roadmap.ReleaseID) bool {
	to := r.release(id)
	return to != nil && to.Status == roadmap.ReleaseShipped
}

// newFeature wants what AddFeature wants.
func (r *ruling) newFeature(f roadmap.Feature) {
	r.want(f.Status == 0 && f.Size.IsZero() && f.Spent.IsZero() && f.Outcome.IsZero() && f.KeyResult.IsZero() && unjudged(f.Criteria) &&
		f.Details.Value().Past.IsZero(), field.ErrInvalid)
	r.comes(f.Details.Value().NotBefore)
	f.Status = roadmap.FeatureOpen
	r.fits(f)
	r.want(r.feature(f.ID) == nil, backlog.ErrExists)
	r.want(!r.isTaken(f.Key(), backlog.ItemID{}), backlog.ErrExists)
	r.want(f.Goal.IsZero() || r.goal(f.Goal) != nil, backlog.ErrNotFound)
	r.want(f.Horizon.IsZero() || r.horizon(f.Horizon) != nil, backlog.ErrNotFound)
	r.want(f.Release.IsZero() || r.release(f.Release) != nil, backlog.ErrNotFound)
	r.want(f.Increment.IsZero() || r.increment(f.Increment) != nil, backlog.ErrNotFound)
	r.want(f.Theme.IsZero() || r.theme(f.Theme) != nil, backlog.ErrNotFound)
	r.inEpic(f.Epic)
	r.breach(backlog.RuleReleasePlanned, r.isShipped(f.Release))
	r.goalAlive(f.Goal)
	r.sized(f)
}

// sized judges that a feature is planned for an increment.
func (r *ruling) sized(f roadmap.Feature) {
	r.lacks("ready", "sized", r.strict && !f.Increment.IsZero() && f.Size.IsZero(), backlog.ErrNotReady)
}

// goalAlive judges that a feature comes to a goal.
func (r *ruling) goalAlive(id roadmap.GoalID) {
	g := r.goal(id)
	r.breach(backlog.RuleParentAlive, g != nil && g.Status == roadmap.GoalDropped)
}

// featureRules rules on features.
func (r *ruling) featureRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.AddFeature:
		r.may = backlog.MayDefineFeatures
		r.newFeature(c.Feature)
		c.Feature.Status = roadmap.FeatureOpen
		r.Features = append(r.Features, c.Feature)
	case backlog.EditFeature:
		f := r.whileFeature(backlog.MayDefineFeatures, c.Feature)
		if f == nil {
			r.vague = true
			return true
		}
		r.edits(c.Title, c.Problem, c.Hypothesis, c.Measure, c.Key, c.ItemKind, c.Labels, c.Description, c.Assignee, c.Requester, c.Segment, c.Class, c.Due, c.Data)
		put(&f.Title, c.Title)
		put(&f.Problem, c.Problem)
		put(&f.Hypothesis, c.Hypothesis)
		put(&f.Measure, c.Measure)
		details(&f.Details, func(d *story.Details) {
			put(&d.Key, c.Key)
			put(&d.Kind, c.ItemKind)
			put(&d.Labels, c.Labels)
			put(&d.Description, c.Description)
			put(&d.Assignee, c.Assignee)
			put(&d.Requester, c.Requester)
			put(&d.Segment, c.Segment)
			put(&d.Class, c.Class)
			put(&d.Due, c.Due)
			put(&d.Data, c.Data)
		})
		r.fits(*f)
		r.want(!r.isTaken(f.Key(), backlog.FeatureItem(c.Feature)), backlog.ErrExists)
	case backlog.ScheduleFeature:
		f := r.whileFeature(backlog.MayDefineFeatures, c.Feature)
		r.comes(c.NotBefore)
		if f != nil {
			details(&f.Details, func(d *story.Details) { d.NotBefore = c.NotBefore })
		}
	case backlog.AssignFeatureGoal:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		r.want(c.Goal.IsZero() || r.goal(c.Goal) != nil, backlog.ErrNotFound)
		if f == nil || f.Goal != c.Goal {
			r.goalAlive(c.Goal)
		}
		if f != nil && f.Goal != c.Goal {
			f.Goal, f.KeyResult = c.Goal, roadmap.KeyResultID{}
		}
	case backlog.AssignFeatureKeyResult:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		if f != nil {
			r.want(c.KeyResult.IsZero() || r.hasKeyResult(f.Goal, c.KeyResult), backlog.ErrNotFound)
			f.KeyResult = c.KeyResult
		}
	case backlog.AssignFeatureHorizon:
		f := r.ofFeature(backlog.MayChangeRoadmap, c.Feature)
		r.want(c.Horizon.IsZero() || r.horizon(c.Horizon) != nil, backlog.ErrNotFound)
		r.insights(c.Insights)
		if f != nil {
			f.Horizon = c.Horizon
		}
	case backlog.AssignFeatureIncrement:
		f := r.ofFeature(backlog.MayChangeRoadmap, c.Feature)
		r.want(c.Increment.IsZero() || r.increment(c.Increment) != nil, backlog.ErrNotFound)
		if f != nil {
			f.Increment = c.Increment
			r.sized(*f)
		}
	case backlog.AssignFeatureRelease:
		f := r.ofFeature(backlog.MayPlanReleases, c.Feature)
		r.want(c.Release.IsZero() || r.release(c.Release) != nil, backlog.ErrNotFound)
		if f != nil {
			r.breach(backlog.RuleReleasePlanned, r.isShipped(f.Release) || r.isShipped(c.Release))
			f.Release = c.Release
		}
	case backlog.MoveFeature:
		f := r.ofFeature(backlog.MayOrderFeatures, c.Feature)
		if f == nil {
			r.vague = true
			return true
		}
		if r.want(c.To >= 0 && c.To < len(r.Features), field.ErrInvalid) {
			one := *f
			r.Features = slices.DeleteFunc(r.Features, func(x roadmap.Feature) bool { return x.ID == c.Feature })
			r.Features = slices.Insert(r.Features, c.To, one)
		}
	case backlog.OrderFeatures:
		r.may = backlog.MayOrderFeatures
		r.want(len(c.Features) > 0, field.ErrInvalid)
		r.want(len(c.Scores) == 0 || len(c.Scores) == len(c.Features), field.ErrInvalid)
		for i, id := range c.Features {
			r.want(!slices.Contains(c.Features[:i], id), field.ErrInvalid)
			r.want(r.feature(id) != nil, backlog.ErrNotFound)
		}
		if len(r.bad) == 0 {
			was, next := slices.Clone(r.Features), 0
			for i, f := range was {
				if slices.Contains(c.Features, f.ID) {
					one, _ := find(was, func(x roadmap.Feature) bool { return x.ID == c.Features[next] })
					r.Features[i] = *one
					next++
				}
			}
		}
	default:
		return r.featureWork(change)
	}
	return true
}

func (m *model) hasKeyResult(goal roadmap.GoalID, id roadmap.KeyResultID) bool {
	g := m.goal(goal)
	return g != nil && slices.ContainsFunc(g.KeyResults.Slice(), func(k roadmap.KeyResult) bool { return k.ID == id })
}

// featureWork rules on what becomes of features.
func (r *ruling) featureWork(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.SetFeatureCriteria:
		f := r.whileFeature(backlog.MayDefineFeatures, c.Feature)
		r.want(unjudged(c.Criteria), field.ErrInvalid)
		if f != nil {
			f.Criteria = c.Criteria
			r.fits(*f)
		}
	case backlog.JudgeFeatureCriterion:
		f := r.whileFeature(backlog.MayAcceptFeatures, c.Feature)
		r.want(c.Verdict == story.Unjudged || c.Verdict.IsValid(), field.ErrInvalid)
		if f != nil {
			list := f.Criteria.Slice()
			one, _ := find(list, func(x story.Criterion) bool { return x.ID == c.Criterion })
			if r.want(one != nil, backlog.ErrNotFound) {
				*one = judged(*one, c.Verdict, c.Note, r.by, r.at)
				f.Criteria = story.ListOf(list...)
			}
		}
	case backlog.AssessFeature:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		r.assess(backlog.FeatureItem(c.Feature), f != nil, c.Insights, assessed{As: c.Assessment})
	case backlog.SizeFeature:
		if f := r.whileFeature(backlog.MayEstimateStories, c.Feature); f != nil {
			f.Size = c.Size
			r.fits(*f)
		}
	case backlog.SetBudget:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		if f != nil {
			r.want(f.Spent.IsZero() || c.Budget.IsZero() || f.Spent.Currency == c.Budget.Currency, field.ErrInvalid)
			f.Budget = c.Budget
			r.fits(*f)
		}
		r.vague = f == nil
	case backlog.RecordCost:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		r.vague = f == nil
		if f != nil {
			r.want(!c.Cost.IsZero(), field.ErrInvalid)
			r.want(f.Spent.Currency == "" || f.Spent.Currency == c.Cost.Currency, field.ErrInvalid)
			r.want(f.Budget.Currency == "" || f.Budget.Currency == c.Cost.Currency, field.ErrInvalid)
			r.fits(roadmap.Money{Amount: c.Cost.Amount.Abs(), Currency: c.Cost.Currency})
			f.Spent = roadmap.Money{Amount: f.Spent.Amount.Add(c.Cost.Amount), Currency: c.Cost.Currency}
			r.want(f.Spent.Amount.Sign() >= 0, field.ErrInvalid)
		}
	case backlog.AcceptFeature:
		f := r.ofFeature(backlog.MayAcceptFeatures, c.Feature)
		if f == nil {
			return true
		}
		r.want(f.Status == roadmap.FeatureOpen, backlog.ErrRule)
		done := 0
		for _, s := range r.Stories {
			if s.Feature == c.Feature {
				r.want(!r.flow.isOpen(s.Status), backlog.ErrNotDone)
				if r.flow.isDone(s.Status) {
					done++
				}
			}
		}
		r.want(done > 0, backlog.ErrNotDone)
		r.breachAs(backlog.RuleCriteriaMet, slices.ContainsFunc(f.Criteria.Slice(), func(x story.Criterion) bool { return x.Verdict != story.Met }), backlog.ErrNotDone)
		r.breach(backlog.RuleFinishWaiting, !r.wait(backlog.FeatureItem(c.Feature), r.at).IsZero())
		r.lacks("done", "described", r.strict && f.Problem == "", backlog.ErrNotDone)
		f.Status = roadmap.FeatureAccepted
		r.acceptItem(backlog.FeatureItem(c.Feature))
	case backlog.DropFeature:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		if f != nil {
			r.want(f.Status == roadmap.FeatureOpen, backlog.ErrRule)
			r.breach(backlog.RuleDropNeeded, r.neededOutside(r.parts(c.Feature)))
			f.Status = roadmap.FeatureDropped
		}
	case backlog.ReopenFeature:
		f := r.ofFeature(backlog.MayAcceptFeatures, c.Feature)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		if f != nil {
			r.want(f.Status != roadmap.FeatureOpen, backlog.ErrRule)
			if f.Status == roadmap.FeatureDropped {
				r.may = backlog.MayDefineFeatures
			}
			r.breach(backlog.RuleReleasePlanned, r.isShipped(f.Release))
			f.Status = roadmap.FeatureOpen
			r.unaccept(backlog.FeatureItem(c.Feature))
		}
	default:
		return r.outcomes(change)
	}
	return true
}

// outcomes rules on whether the benefit of a feature came.
func (r *ruling) outcomes(change backlog.Change) bool {
	set := func(f *roadmap.Feature, change func(*roadmap.Outcome)) {
		outcome := f.Outcome.Value()
		change(&outcome)
		f.Outcome = story.ConstOf(outcome)
		r.fits(*f)
	}
	switch c := change.(type) {
	case backlog.SetFeatureMeasure:
		f := r.whileFeature(backlog.MayDefineFeatures, c.Feature)
		r.fits(c.Metric)
		r.want(c.From.IsZero() || c.From.Before(c.To), field.ErrInvalid)
		if f != nil {
			set(f, func(o *roadmap.Outcome) {
				*o = roadmap.Outcome{Metric: c.Metric, From: c.From, To: c.To}
			})
		}
	case backlog.MeasureFeature:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		if f != nil && r.want(!f.Outcome.IsZero(), field.ErrInvalid) {
			set(f, func(o *roadmap.Outcome) {
				o.Measurements = story.ListOf(measured(o.Measurements.Slice(), c.At, r.at, roadmap.Measurement{Value: c.Value})...)
			})
		}
	case backlog.JudgeHypothesis:
		f := r.ofFeature(backlog.MayAcceptFeatures, c.Feature)
		r.want(c.Verdict.IsValid(), field.ErrInvalid)
		if f != nil && r.want(!f.Outcome.IsZero(), field.ErrInvalid) {
			r.want(c.Verdict == roadmap.Inconclusive || !f.Outcome.Value().Measurements.IsZero(), field.ErrInvalid)
			set(f, func(o *roadmap.Outcome) { o.Verdict, o.Note, o.By, o.At = c.Verdict, c.Note, r.by, r.at.UTC() })
		}
	default:
		return false
	}
	return true
}

// measured puts a measurement behind those of its instant and before.
func measured(list []roadmap.Measurement, taken, now time.Time, one roadmap.Measurement) []roadmap.Measurement {
	one.At = taken.UTC()
	if taken.IsZero() {
		one.At = now.UTC()
	}
	at := 0
	for i, other := range list {
		if !other.At.After(one.At) {
			at = i + 1
		}
	}
	return slices.Insert(slices.Clone(list), at, one)
}

// ofGoal needs the permission to set goals, and a goal to be there.
func (r *ruling) ofGoal(id roadmap.GoalID) *roadmap.Goal {
	r.may = backlog.MaySetGoals
	g := r.goal(id)
	r.want(g != nil, backlog.ErrNotFound)
	return g
}

// misses reports whether what was measured of a goal by an instant does not reach its target.
func misses(g roadmap.Goal, at time.Time) bool {
	if g.Metric.IsZero() {
		return false
	}
	p := g.AsOf(at).Progress()
	if p.Total.IsZero() {
		return false
	}
	return p.Done.Div(p.Total).LessThan(p.Total.Div(p.Total))
}

// roadmapRules rules on the vision, goals, horizons, releases and increments.
func (r *ruling) roadmapRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.SetVision:
		r.may = backlog.MaySetVision
		r.fits(c.Vision)
		r.Vision = c.Vision
	case backlog.SetStage:
		r.may = backlog.MayChangeRoadmap
		r.want(c.Stage == 0 || c.Stage.IsValid(), field.ErrInvalid)
		r.Stage = c.Stage
	case backlog.AddHorizon:
		r.may = backlog.MayChangeRoadmap
		r.fits(c.Horizon)
		r.want(r.horizon(c.Horizon.ID) == nil, backlog.ErrExists)
		r.Horizons = append(r.Horizons, c.Horizon)
		r.apart(c.Horizon)
	case backlog.EditHorizon:
		r.may = backlog.MayChangeRoadmap
		h := r.horizon(c.Horizon)
		if !r.want(h != nil, backlog.ErrNotFound) {
			r.vague = true
			return true
		}
		r.edits(c.Name, c.From, c.To)
		put(&h.Name, c.Name)
		put(&h.From, c.From)
		put(&h.To, c.To)
		r.fits(*h)
		r.apart(*h)
	case backlog.RemoveHorizon:
		r.may = backlog.MayChangeRoadmap
		r.want(r.horizon(c.Horizon) != nil, backlog.ErrNotFound)
		r.want(!slices.ContainsFunc(r.Features, func(f roadmap.Feature) bool { return f.Horizon == c.Horizon && !c.Horizon.IsZero() }), field.ErrInvalid)
		r.Horizons = slices.DeleteFunc(r.Horizons, func(h roadmap.Horizon) bool { return h.ID == c.Horizon })
	case backlog.PlanRelease:
		r.may = backlog.MayPlanReleases
		r.want(c.Release.Status == 0, field.ErrInvalid)
		c.Release.Status = roadmap.ReleasePlanned
		r.fits(c.Release)
		r.want(r.release(c.Release.ID) == nil, backlog.ErrExists)
		r.Releases = append(r.Releases, c.Release)
	case backlog.EditRelease:
		r.may = backlog.MayPlanReleases
		to := r.release(c.Release)
		if !r.want(to != nil, backlog.ErrNotFound) {
			r.vague = true
			return true
		}
		r.breach(backlog.RuleReleasePlanned, to.Status == roadmap.ReleaseShipped)
		r.edits(c.Name, c.Notes, c.Date, c.Checklist)
		put(&to.Name, c.Name)
		put(&to.Notes, c.Notes)
		put(&to.Date, c.Date)
		put(&to.Checklist, c.Checklist)
		r.fits(*to)
	case backlog.ShipRelease:
		r.ship(c.Release)
	default:
		return r.goalRules(change)
	}
	return true
}

// apart wants the dated horizons not to overlap.
func (r *ruling) apart(h roadmap.Horizon) {
	r.want(!slices.ContainsFunc(r.Horizons, func(x roadmap.Horizon) bool {
		return x.ID != h.ID && !x.From.IsZero() && !h.From.IsZero() && x.From.Before(h.To) && h.From.Before(x.To)
	}), field.ErrInvalid)
}

func (r *ruling) ship(id roadmap.ReleaseID) {
	r.may = backlog.MayShipReleases
	to := r.release(id)
	if !r.want(to != nil, backlog.ErrNotFound) {
		r.vague = true
		return
	}
	r.want(to.Status == roadmap.ReleasePlanned, backlog.ErrRule)
	scope := 0
	for _, f := range r.Features {
		if f.Release != id || f.Status == roadmap.FeatureDropped {
			continue
		}
		scope++
		r.breachAs(backlog.RuleReleaseAccepted, f.Status != roadmap.FeatureAccepted, backlog.ErrNotDone)
		r.want(len(r.parts(f.ID)) == 1, backlog.ErrNotDone)
	}
	r.want(scope > 0, backlog.ErrNotDone)
	r.lacks("done", "described", r.strict && to.Notes == "", backlog.ErrNotDone)
	to.Status, to.Date = roadmap.ReleaseShipped, r.at.UTC()
}

// goalRules rules on goals.
func (r *ruling) goalRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.MoveGoal:
		r.may = backlog.MaySetGoals
		_, at := find(r.Goals, func(g roadmap.Goal) bool { return g.ID == c.Goal })
		if r.want(at >= 0, backlog.ErrNotFound) && r.want(c.To >= 0 && c.To < len(r.Goals), field.ErrInvalid) {
			one := r.Goals[at]
			r.Goals = slices.Insert(slices.Delete(r.Goals, at, at+1), c.To, one)
		}
	case backlog.AddGoal:
		r.may = backlog.MaySetGoals
		r.want(c.Goal.Status == 0, field.ErrInvalid)
		c.Goal.Status = roadmap.GoalPlanned
		r.fits(c.Goal)
		r.want(r.goal(c.Goal.ID) == nil, backlog.ErrExists)
		r.breach(backlog.RuleVisionFirst, r.Vision == roadmap.Vision{})
		for _, k := range c.Goal.KeyResults.All() {
			r.ownKeyResult(c.Goal.ID, k.ID)
		}
		r.Goals = append(r.Goals, c.Goal)
	case backlog.EditGoal:
		g := r.ofGoal(c.Goal)
		if g == nil {
			r.vague = true
			return true
		}
		r.edits(c.Title, c.Metric, c.Start, c.Due)
		put(&g.Title, c.Title)
		put(&g.Metric, c.Metric)
		put(&g.Start, c.Start)
		put(&g.Due, c.Due)
		r.fits(*g)
	case backlog.PursueGoal:
		if g := r.ofGoal(c.Goal); g != nil {
			r.want(g.Status == roadmap.GoalPlanned, backlog.ErrRule)
			r.breach(backlog.RuleOneGoal, slices.ContainsFunc(r.Goals, func(x roadmap.Goal) bool { return x.Status == roadmap.GoalActive }))
			g.Status = roadmap.GoalActive
		}
	case backlog.MeasureGoal:
		if g := r.ofGoal(c.Goal); g != nil && r.want(!g.Metric.IsZero(), field.ErrInvalid) {
			g.Measurements = measured(g.Measurements, c.At, r.at, roadmap.Measurement{Value: c.Value})
			r.fits(*g)
		}
	case backlog.WithdrawMeasurement:
		g := r.ofGoal(c.Goal)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		if g != nil {
			at := -1
			for i, one := range g.Measurements {
				if one.At.Equal(c.At) {
					at = i
				}
			}
			if r.want(at >= 0, backlog.ErrNotFound) {
				g.Measurements = slices.Delete(slices.Clone(g.Measurements), at, at+1)
				r.breach(backlog.RuleGoalReached, g.Status == roadmap.GoalFulfilled && misses(*g, r.at))
			}
		}
	case backlog.FulfilGoal:
		if g := r.ofGoal(c.Goal); g != nil {
			r.want(g.Status == roadmap.GoalActive, backlog.ErrRule)
			r.breach(backlog.RuleGoalReached, misses(*g, r.at))
			g.Status = roadmap.GoalFulfilled
		}
	case backlog.DropGoal:
		g := r.ofGoal(c.Goal)
		r.breachAs(backlog.RuleReason, blank(c.Reason), field.ErrInvalid)
		r.breach(backlog.RuleReason, blank(c.Reason))
		if g != nil {
			r.want(g.Status == roadmap.GoalPlanned || g.Status == roadmap.GoalActive, backlog.ErrRule)
			var items []backlog.ItemID
			for _, f := range r.Features {
				if f.Goal == c.Goal {
					items = append(items, r.parts(f.ID)...)
				}
			}
			r.breach(backlog.RuleDropNeeded, r.neededOutside(items))
			g.Status = roadmap.GoalDropped
		}
	case backlog.SetKeyResults:
		g := r.ofGoal(c.Goal)
		if g == nil {
			r.vague = true
			return true
		}
		g.KeyResults = c.KeyResults
		r.fits(*g)
		for _, k := range c.KeyResults.All() {
			r.ownKeyResult(c.Goal, k.ID)
		}
		for _, f := range r.Features {
			r.want(f.Goal != c.Goal || f.KeyResult.IsZero() || r.hasKeyResult(c.Goal, f.KeyResult), field.ErrInvalid)
		}
	case backlog.MeasureKeyResult:
		if g := r.ofGoal(c.Goal); g != nil {
			list := g.KeyResults.Slice()
			k, _ := find(list, func(k roadmap.KeyResult) bool { return k.ID == c.KeyResult })
			if r.want(k != nil, backlog.ErrNotFound) {
				k.Value = c.Value
				g.KeyResults = story.ListOf(list...)
				r.fits(*g)
			}
		}
	default:
		return r.incrementRules(change)
	}
	return true
}

// ownKeyResult wants the id of a key result to be that of no other goal's.
func (r *ruling) ownKeyResult(goal roadmap.GoalID, id roadmap.KeyResultID) {
	for _, g := range r.Goals {
		if g.ID != goal && r.hasKeyResult(g.ID, id) {
			r.vague = true // the documentation does not say
		}
	}
}

// incrementRules rules on increments.
func (r *ruling) incrementRules(change backlog.Change) bool {
	switch c := change.(type) {
	case backlog.VoteConfidence:
		r.may = backlog.MayRunSprints
		one := r.increment(c.Increment)
		r.want(one != nil, backlog.ErrNotFound)
		for _, vote := range c.Votes {
			r.want(vote >= 1 && vote <= 5, field.ErrInvalid)
		}
		if one != nil {
			one.Votes = slices.Clone(c.Votes)
		}
	case backlog.SetObjectives:
		r.need = need{backlog.MayWriteObjectives, []story.Team{c.Team}}
		one := r.increment(c.Increment)
		r.want(one != nil, backlog.ErrNotFound)
	case backlog.RateObjective:
		r.may = backlog.MayRateObjectives
		if c.Planned == nil && c.Actual == nil && c.Proposed != nil {
			r.may = backlog.MayChangeRoadmap
		} else if c.Proposed != nil {
			r.also = append(r.also, need{may: backlog.MayChangeRoadmap})
		}
		one := r.increment(c.Increment)
		r.want(one != nil && c.Objective >= 0 && c.Objective < len(one.Objectives), backlog.ErrNotFound)
	case backlog.PlanIncrement:
		r.may = backlog.MayChangeRoadmap
		r.objectives(c.Increment.Objectives)
		r.fits(c.Increment)
		r.want(r.increment(c.Increment.ID) == nil, backlog.ErrExists)
	case backlog.EditIncrement:
		r.may = backlog.MayChangeRoadmap
		if c.Objectives != nil {
			r.objectives(*c.Objectives)
		}
		r.want(r.increment(c.Increment) != nil, backlog.ErrNotFound)
	case backlog.ImportItems:
		r.may = backlog.MayImport
		r.imports(c)
	default:
		return false
	}
	return true
}

// imports needs who may import for the teams of the stories, as they are and as they come, and for all where it is about
// more than stories.
func (r *ruling) imports(c backlog.ImportItems) {
	for _, s := range c.Stories {
		r.teams = append(r.teams, s.Team)
		if was := r.story(s.ID); was != nil {
			r.teams = append(r.teams, was.Team)
		}
	}
	for _, one := range slices.Concat(c.Dependencies, c.GoneDependencies) {
		if s := r.story(one.Item.Story); s != nil {
			r.teams = append(r.teams, s.Team)
		} else if one.Item.Story.IsZero() {
			r.teams = append(r.teams, "")
		}
	}
	if len(c.Features) > 0 {
		r.teams = append(r.teams, "")
	}
}

// objectives needs who may write those of their teams.
func (r *ruling) objectives(list []roadmap.IncrementObjective) {
	for _, o := range list {
		r.also = append(r.also, need{backlog.MayWriteObjectives, []story.Team{o.Team}})
		if o.Planned != 0 {
			r.also = append(r.also, need{may: backlog.MayRateObjectives})
		}
	}
}
