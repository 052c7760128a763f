package model_test

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// recordRules rules on themes, epics, the story map, impediments and money.
func (r *ruling) recordRules(change backlog.Change) bool {
	return r.themeRules(change) || r.epicRules(change) || r.activityRules(change) || r.impedimentRules(change) || r.moneyRules(change)
}

func (m *model) theme(id roadmap.ThemeID) *roadmap.Theme {
	t, _ := find(m.Themes, func(t roadmap.Theme) bool { return t.ID == id })
	return t
}

// themeRules rules on themes.
func (r *ruling) themeRules(change backlog.Change) bool {
	r.may = backlog.MayChangeRoadmap
	switch c := change.(type) {
	case backlog.AddTheme:
		r.fits(c.Theme)
		r.want(r.theme(c.Theme.ID) == nil, backlog.ErrExists)
		r.Themes = append(r.Themes, c.Theme)
		r.sharesFit()
	case backlog.EditTheme:
		t := r.theme(c.Theme)
		if !r.want(t != nil, backlog.ErrNotFound) {
			return true
		}
		r.edits(c.Title, c.Share)
		put(&t.Title, c.Title)
		put(&t.Share, c.Share)
		r.fits(*t)
		r.sharesFit()
	case backlog.RemoveTheme:
		r.want(r.theme(c.Theme) != nil, backlog.ErrNotFound)
		follows := func(f roadmap.Feature) bool { return f.Theme == c.Theme }
		keeps := func(one roadmap.Increment) bool {
			return slices.ContainsFunc(one.Allocations, func(a roadmap.Allocation) bool { return a.Theme == c.Theme })
		}
		if r.theme(c.Theme) != nil {
			r.want(!slices.ContainsFunc(r.Features, follows) && !slices.ContainsFunc(r.Increments, keeps), field.ErrInvalid)
		}
		r.Themes = slices.DeleteFunc(r.Themes, func(t roadmap.Theme) bool { return t.ID == c.Theme })
	case backlog.AssignFeatureTheme:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		r.want(c.Theme.IsZero() || r.theme(c.Theme) != nil, backlog.ErrNotFound)
		if f != nil {
			f.Theme = c.Theme
		}
	default:
		r.may = ""
		return false
	}
	return true
}

// sharesFit wants the shares of all themes to be 100 % at most.
func (r *ruling) sharesFit() {
	sum := decimal.Zero
	for _, t := range r.Themes {
		sum = sum.Add(t.Share)
	}
	r.want(!sum.GreaterThan(decimal.NewFromInt(100)), field.ErrInvalid)
}

func (m *model) epic(id roadmap.EpicID) *roadmap.Epic {
	e, _ := find(m.Epics, func(e roadmap.Epic) bool { return e.ID == id })
	return e
}

// isPart wants the parent of an epic to be one.
func (r *ruling) isPart(e roadmap.Epic) {
	r.fits(e)
	if e.Parent.IsZero() {
		return
	}
	if parent := r.epic(e.Parent); r.want(parent != nil, backlog.ErrNotFound) {
		r.want(parent.Level == roadmap.LevelEpic, field.ErrInvalid)
	}
}

// inEpic judges that a feature comes into an epic.
func (r *ruling) inEpic(id roadmap.EpicID) {
	e := r.epic(id)
	r.want(id.IsZero() || e != nil, backlog.ErrNotFound)
	r.breach(backlog.RuleLevelSkipped, e != nil && e.Level == roadmap.LevelEpic)
}

// epicRules rules on epics and capabilities.
func (r *ruling) epicRules(change backlog.Change) bool {
	r.may = backlog.MayDefineFeatures
	switch c := change.(type) {
	case backlog.AddEpic:
		r.isPart(c.Epic)
		r.want(r.epic(c.Epic.ID) == nil, backlog.ErrExists)
		r.Epics = append(r.Epics, c.Epic)
	case backlog.EditEpic:
		e := r.epic(c.Epic)
		if !r.want(e != nil, backlog.ErrNotFound) {
			return true
		}
		r.edits(c.Title, c.Hypothesis, c.Parent)
		put(&e.Title, c.Title)
		put(&e.Hypothesis, c.Hypothesis)
		put(&e.Parent, c.Parent)
		r.isPart(*e)
	case backlog.RemoveEpic:
		if r.want(r.epic(c.Epic) != nil, backlog.ErrNotFound) {
			r.want(!slices.ContainsFunc(r.Epics, func(e roadmap.Epic) bool { return e.Parent == c.Epic }), field.ErrInvalid)
			r.want(!slices.ContainsFunc(r.Features, func(f roadmap.Feature) bool { return f.Epic == c.Epic }), field.ErrInvalid)
		}
		r.Epics = slices.DeleteFunc(r.Epics, func(e roadmap.Epic) bool { return e.ID == c.Epic })
	case backlog.AssignFeatureEpic:
		f := r.ofFeature(backlog.MayDefineFeatures, c.Feature)
		r.inEpic(c.Epic)
		if f != nil {
			f.Epic = c.Epic
		}
	default:
		r.may = ""
		return false
	}
	return true
}

func (m *model) activity(id roadmap.ActivityID) (*roadmap.Activity, int) {
	return find(m.Activities, func(a roadmap.Activity) bool { return a.ID == id })
}

// isStep reports whether an activity other than one has a step.
func (m *model) isStep(id roadmap.StepID, but roadmap.ActivityID) bool {
	return slices.ContainsFunc(m.Activities, func(a roadmap.Activity) bool {
		return a.ID != but && slices.ContainsFunc(a.Steps.Slice(), func(s roadmap.Step) bool { return s.ID == id })
	})
}

// onMap wants an activity to be valid, and its steps to be of no other.
func (r *ruling) onMap(a roadmap.Activity) {
	r.fits(a)
	for _, step := range a.Steps.All() {
		r.want(!r.isStep(step.ID, a.ID), backlog.ErrExists)
	}
}

// keepsSteps wants every step below which a story lies to be on the map still.
func (r *ruling) keepsSteps() {
	for _, s := range r.Stories {
		step := s.Details.Value().Step
		r.want(step.IsZero() || r.isStep(step, roadmap.ActivityID{}), field.ErrInvalid)
	}
}

// activityRules rules on the story map.
func (r *ruling) activityRules(change backlog.Change) bool {
	r.may = backlog.MayChangeRoadmap
	switch c := change.(type) {
	case backlog.AddActivity:
		r.onMap(c.Activity)
		a, _ := r.activity(c.Activity.ID)
		r.want(a == nil, backlog.ErrExists)
		r.Activities = append(r.Activities, c.Activity)
	case backlog.EditActivity:
		a, _ := r.activity(c.Activity)
		if !r.want(a != nil, backlog.ErrNotFound) {
			return true
		}
		r.edits(c.Title, c.Steps)
		put(&a.Title, c.Title)
		put(&a.Steps, c.Steps)
		r.onMap(*a)
		r.keepsSteps()
	case backlog.MoveActivity:
		a, at := r.activity(c.Activity)
		if r.want(a != nil, backlog.ErrNotFound) && r.want(c.To >= 0 && c.To < len(r.Activities), field.ErrInvalid) {
			one := *a
			r.Activities = slices.Insert(slices.Delete(r.Activities, at, at+1), c.To, one)
		}
	case backlog.RemoveActivity:
		if a, at := r.activity(c.Activity); r.want(a != nil, backlog.ErrNotFound) {
			r.Activities = slices.Delete(r.Activities, at, at+1)
			r.keepsSteps()
		}
	case backlog.AssignStoryStep:
		s, ok := r.whileOpen(backlog.MayWriteStories, c.Story)
		r.want(c.Step.IsZero() || r.isStep(c.Step, roadmap.ActivityID{}), backlog.ErrNotFound)
		if ok {
			details(&s.Details, func(d *story.Details) { d.Step = c.Step })
		}
	default:
		r.may = ""
		return false
	}
	return true
}

func (m *model) impediment(id roadmap.ImpedimentID) *roadmap.Impediment {
	i, _ := find(m.Impediments, func(i roadmap.Impediment) bool { return i.ID == id })
	return i
}

// hasSubject reports whether a list has a subject.
func hasSubject(list story.List[roadmap.Subject], about roadmap.Subject) bool {
	return slices.Contains(list.Slice(), about)
}

// impedes returns the open impediments that hold an item or the feature of a story, as they were raised.
func (m *model) impedes(item backlog.ItemID) (ids []roadmap.ImpedimentID) {
	about := []roadmap.Subject{{Story: item.Story, Feature: item.Feature}}
	if s := m.story(item.Story); s != nil && !s.Feature.IsZero() && !m.options.HoldFeaturesOnly {
		about = append(about, roadmap.AboutFeature(s.Feature))
	}
	all := slices.Clone(m.Impediments)
	slices.SortStableFunc(all, func(x, y roadmap.Impediment) int {
		if by := x.At.Compare(y.At); by != 0 {
			return by
		}
		return x.ID.Compare(y.ID)
	})
	for _, i := range all {
		if i.Resolution == (roadmap.Answer{}) && slices.ContainsFunc(about, func(s roadmap.Subject) bool { return hasSubject(i.About, s) }) {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// ofSubjects needs a permission for the teams of the stories among subjects.
func (r *ruling) ofSubjects(about story.List[roadmap.Subject]) {
	for _, one := range about.All() {
		if s := r.story(one.Story); s != nil {
			r.teams = append(r.teams, s.Team)
		}
	}
}

// impedimentRules rules on impediments.
func (r *ruling) impedimentRules(change backlog.Change) bool {
	r.may = backlog.MayManageImpediments
	switch c := change.(type) {
	case backlog.RaiseImpediment:
		i := c.Impediment
		r.ofSubjects(i.About)
		r.want(i.By == "" && i.At.IsZero() && i.Resolution == roadmap.Answer{}, field.ErrInvalid)
		i.By, i.At = r.by, r.at.UTC()
		r.fits(i)
		r.want(r.impediment(i.ID) == nil, backlog.ErrExists)
		r.about(i.About)
		r.Impediments = append(r.Impediments, i)
	case backlog.EditImpediment:
		if c.About != nil {
			r.ofSubjects(*c.About)
		}
		i := r.impediment(c.Impediment)
		if !r.want(i != nil, backlog.ErrNotFound) {
			return true
		}
		r.ofSubjects(i.About)
		r.edits(c.Title, c.Owner, c.Note, c.About, c.Data)
		put(&i.Title, c.Title)
		put(&i.Owner, c.Owner)
		put(&i.Note, c.Note)
		put(&i.About, c.About)
		put(&i.Data, c.Data)
		r.fits(*i)
		r.about(i.About)
	case backlog.ResolveImpediment:
		r.want(!blank(c.Resolution), field.ErrInvalid)
		if i := r.impediment(c.Impediment); r.want(i != nil, backlog.ErrNotFound) {
			r.ofSubjects(i.About)
			r.want(i.Resolution == roadmap.Answer{}, field.ErrInvalid)
			i.Resolution = roadmap.Answer{Text: c.Resolution, By: r.by, At: r.at.UTC()}
		}
	default:
		r.may = ""
		return false
	}
	return true
}

// pass makes the open impediments of a story those of what it was split into.
func (m *model) pass(parent story.ID, into []story.ID) {
	for n, i := range m.Impediments {
		if i.Resolution != (roadmap.Answer{}) || !hasSubject(i.About, roadmap.AboutStory(parent)) {
			continue
		}
		about := slices.DeleteFunc(i.About.Slice(), func(s roadmap.Subject) bool { return s.Story == parent })
		for _, id := range into {
			about = append(about, roadmap.AboutStory(id))
		}
		m.Impediments[n].About = story.ListOf(about...)
	}
}

// moneyRules rules on revenue and cost by period.
func (r *ruling) moneyRules(change backlog.Change) bool {
	c, ok := change.(backlog.SetMoney)
	if !ok {
		return false
	}
	r.may = backlog.MayDefineFeatures
	if !c.About.Goal.IsZero() {
		r.may = backlog.MaySetGoals
	}
	r.want(!c.About.Goal.IsZero() || !c.About.Feature.IsZero(), field.ErrInvalid)
	r.want(r.isSubject(c.About), backlog.ErrNotFound)
	r.edits(c.Planned, c.Actual)
	one := roadmap.MoneyPeriod{From: c.From.UTC(), To: c.To.UTC(), Currency: c.Currency}
	r.fits(one)
	set := func(money *story.List[roadmap.MoneyPeriod]) {
		same := func(p roadmap.MoneyPeriod) bool {
			return p.From.Equal(one.From) && p.To.Equal(one.To) && p.Currency == one.Currency
		}
		var all []roadmap.MoneyPeriod
		for _, p := range money.All() {
			if same(p) {
				one = p
			} else {
				all = append(all, p)
			}
		}
		put(&one.Planned, c.Planned)
		put(&one.Actual, c.Actual)
		if !one.Planned.IsZero() || !one.Actual.IsZero() {
			all = append(all, one)
		}
		slices.SortFunc(all, roadmap.MoneyPeriod.Compare)
		*money = story.ListOf(all...)
	}
	if g := r.goal(c.About.Goal); g != nil {
		set(&g.Money)
		r.fits(*g)
	} else if f := r.feature(c.About.Feature); f != nil {
		set(&f.Money)
		r.fits(*f)
	}
	return true
}

// limits judges the limits of the work in progress: a change brings no more stories under one than it allows.
func (r *ruling) limits(before *model) {
	for _, limit := range r.options.Limits {
		was, is := before.load(limit), r.load(limit)
		for key, n := range is {
			r.breach(backlog.RuleWorkInProgress, n > limit.Most && n > was[key])
		}
	}
}

// load counts the stories of a limit of a team, a state or each person.
func (m *model) load(limit backlog.Limit) map[string]int {
	counts := map[string]int{}
	for _, s := range m.Stories {
		who := s.Details.Value().Assignee
		if limit.Each == 0 {
			who = "all"
		}
		fits := limit.State == s.Status || limit.State == "" && m.flow.isBegun(s.Status)
		if fits && who != "" && (limit.Team == "" || limit.Team == s.Team) {
			counts[who]++
		}
	}
	return counts
}

// month is the n-th of the months for which there is money.
func month(n int) (from, to time.Time) {
	from = time.Date(2027, time.Month(1+n), 1, 0, 0, 0, 0, time.UTC)
	return from, from.AddDate(0, 1, 0)
}
