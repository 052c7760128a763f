package backlog

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Responsibilities is who has what part in the decisions (RACI), by the permission that a decision needs. It is
// one of the rules in [Options]; a table that is nil there is that of [DefaultResponsibilities].
type Responsibilities struct {
	Responsible Authority `json:"responsible"` // who decides: first who is accountable, then who else does it
	Consulted   Authority `json:"consulted"`   // who is asked before
	Informed    Authority `json:"informed"`    // who is told afterwards

	// Notice is how long those who are to be consulted on a decision have before it is made. Of what is not in it,
	// nobody has to be asked. See [RuleConsulted].
	Notice map[Permission]time.Duration `json:"notice,omitempty"`
	// Lasts is for how long a consultation counts, from its answer or, without one, from when it was asked: at least
	// the notice. What is not in it counts for good.
	Lasts map[Permission]time.Duration `json:"lasts,omitempty"`
}

// DefaultResponsibilities is the table for a product with a product manager and product owners, with
// [DefaultAuthority] for those who decide, and without a notice. Each call returns maps of its own.
func DefaultResponsibilities() Responsibilities {
	r := Responsibilities{Responsible: DefaultAuthority(), Consulted: make(Authority), Informed: make(Authority)}
	set := func(to Authority, roles []Role, permissions ...Permission) {
		for _, permission := range permissions {
			to[permission] = slices.Clone(roles)
		}
	}
	set(r.Consulted, []Role{ProductOwner, Stakeholder}, MaySetVision, MaySetGoals, MayChangeRoadmap, MayShipReleases)
	set(r.Consulted, []Role{ProductOwner, Developer, Stakeholder}, MayDefineFeatures, MayOrderFeatures, MayAcceptFeatures)
	set(r.Consulted, []Role{ProductManager, Developer, Stakeholder}, MayWriteStories, MayOrderStories, MayAssessStories, MayCancelSprints)
	set(r.Consulted, []Role{ProductManager, Stakeholder}, MaySplitStories, MayWriteObjectives)
	set(r.Consulted, []Role{ProductOwner}, MayEstimateStories, MayManageTasks, MayWorkOnStories, MayImport)
	set(r.Consulted, []Role{ProductManager, ProductOwner, Developer}, MayRateObjectives)
	set(r.Consulted, []Role{Developer, Stakeholder}, MayPlanReleases, MayManageRisks)
	set(r.Informed, []Role{Developer}, MaySetVision, MaySetGoals, MayChangeRoadmap)
	set(r.Informed, []Role{ProductManager, Stakeholder}, MayAcceptStories, MayRunSprints, MayNoteSprints, MayManageImpediments)
	set(r.Informed, []Role{ProductOwner, Developer}, MayAssignRoles)
	set(r.Consulted, []Role{Developer}, MayWaiveRules)
	set(r.Informed, []Role{Stakeholder}, MayWaiveRules)
	return r
}

// Clone returns a copy that shares nothing with r.
func (r Responsibilities) Clone() Responsibilities {
	r.Responsible, r.Consulted, r.Informed = r.Responsible.clone(), r.Consulted.clone(), r.Informed.clone()
	r.Notice, r.Lasts = maps.Clone(r.Notice), maps.Clone(r.Lasts)
	return r
}

func (a Authority) clone() Authority {
	copied := maps.Clone(a)
	for permission, roles := range copied {
		copied[permission] = slices.Clone(roles)
	}
	return copied
}

// orDefault returns r with the default for each table that is nil.
func (r Responsibilities) orDefault() Responsibilities {
	standard := DefaultResponsibilities()
	if r.Responsible == nil {
		r.Responsible = standard.Responsible
	}
	if r.Consulted == nil {
		r.Consulted = standard.Consulted
	}
	if r.Informed == nil {
		r.Informed = standard.Informed
	}
	return r.Clone()
}

// Validate reports roles that are none, a notice below zero, and what lasts without a notice or not as long.
func (r Responsibilities) Validate() error {
	var errs []error
	for _, one := range []struct {
		path  string
		table Authority
	}{{"responsible", r.Responsible}, {"consulted", r.Consulted}, {"informed", r.Informed}} {
		for _, permission := range slices.Sorted(maps.Keys(one.table)) {
			for i, role := range one.table[permission] {
				if role.check("") != nil { // most are right, and a path is a text to make
					errs = append(errs, role.check(field.Index(fmt.Sprintf("responsibilities.%s[%q]", one.path, permission), i)))
				}
			}
		}
	}
	for _, permission := range slices.Sorted(maps.Keys(r.Notice)) {
		if notice := r.Notice[permission]; notice < 0 {
			errs = append(errs, fieldError(fmt.Sprintf("responsibilities.notice[%q]", permission), notice.String(), "0 or more"))
		}
	}
	for _, permission := range slices.Sorted(maps.Keys(r.Lasts)) {
		notice, isWanted := r.Notice[permission]
		lasts := r.Lasts[permission]
		var want string
		switch {
		case !isWanted:
			want = "none, or a notice too"
		case lasts < notice:
			want = "at least the notice, " + notice.String()
		default:
			continue
		}
		errs = append(errs, fieldError(fmt.Sprintf("responsibilities.lasts[%q]", permission), lasts.String(), want))
	}
	return field.Join(errs...)
}

// Responsibilities returns a copy of the table of responsibilities that the backlog goes by. Which of its rows a
// change falls under, [View.PolicyRequest] returns as the Permission.
func (b *View) Responsibilities() Responsibilities { return b.options.Responsibilities.Clone() }

// wantConsulted refuses, by the rule, a decision on which a role is to be consulted that was not asked in time. A
// question counts that is put to the role, names the decision and is about what the change is about, or about
// something that this is part of, see [View.consulted]. A change that is about no goal, increment, feature or story
// wants any question that names the decision. O(questions + what the change is about).
func (b *View) wantConsulted(event *Event, at time.Time) (against []*RefusedError) {
	if len(b.options.Responsibilities.Notice) == 0 {
		return nil
	}
	for _, permission := range b.decisionsOf(event.Change) {
		notice, isWanted := b.options.Responsibilities.Notice[permission]
		if !isWanted {
			continue
		}
		roles := b.options.Responsibilities.Consulted[permission]
		heard := make([]map[roadmap.Subject]bool, len(roles))
		for i, role := range roles {
			heard[i] = b.consulted(role, permission, event.By.Name, at)
		}
		for _, subject := range b.subjectsOf(event.Change) {
			for i, role := range roles {
				if b.isCovered(subject, heard[i]) {
					continue
				}
				refused := breach(RuleConsulted, ByRule, fmt.Sprintf("the %v was not consulted", role),
					fmt.Sprintf("a question to the %v that names the decision %q, answered or asked %v before%s", role, permission, notice, b.lasting(permission)))
				refused.ID = subjectID(subject)
				against = append(against, refused)
			}
		}
	}
	return against
}

// decisionsOf returns the permissions that a change needs as far as it decides something: an import is of the
// past, an answer decides nothing, and what is lent is decided by whoever has it then.
func (b *View) decisionsOf(change Change) []Permission {
	kind := change.Kind()
	if c, ok := change.(Revert); ok {
		kind = c.kind
	}
	switch kind {
	case ImportItems{}.Kind(), AnswerQuestion{}.Kind(), Delegate{}.Kind(), Undelegate{}.Kind():
		return nil
	}
	all := []Permission{change.permission(b)}
	if c, ok := change.(twofold); ok {
		for _, one := range c.also(b) {
			if !slices.Contains(all, one.permission) {
				all = append(all, one.permission)
			}
		}
	}
	return all
}

// lasting says in a refusal for how long a consultation counts.
func (b *View) lasting(permission Permission) string {
	if lasts, isBounded := b.options.Responsibilities.Lasts[permission]; isBounded {
		return fmt.Sprintf(", not more than %v ago", lasts)
	}
	return ""
}

func subjectID(s roadmap.Subject) string {
	switch {
	case !s.Goal.IsZero():
		return s.Goal.String()
	case !s.Increment.IsZero():
		return s.Increment.String()
	case !s.Feature.IsZero():
		return s.Feature.String()
	}
	return s.Story.String()
}

// consulted returns what a role was consulted about before somebody decides at an instant. A question counts from its
// answer on, if somebody else than who asks or decides gave it, and else once the notice is over.
func (b *View) consulted(role Role, permission Permission, decider string, at time.Time) map[roadmap.Subject]bool {
	notice := b.options.Responsibilities.Notice[permission]
	lasts, isBounded := b.options.Responsibilities.Lasts[permission]
	heard := make(map[roadmap.Subject]bool)
	for _, entry := range b.questions.list {
		q := &entry.question
		if q.To != role || q.Decision != permission {
			continue
		}
		isAnswered := !q.IsOpen() && q.Answer.By != q.By && q.Answer.By != decider
		since := q.At
		if isAnswered {
			since = q.Answer.At
		}
		inTime := isAnswered || !at.Before(q.At.Add(notice))
		if inTime && (!isBounded || !at.After(since.Add(lasts))) {
			heard[q.About] = true
		}
	}
	return heard
}

// isCovered reports whether a subject, or something that it is part of, is among some; of nothing, whether there
// are any.
func (b *View) isCovered(subject roadmap.Subject, some map[roadmap.Subject]bool) bool {
	if subject.IsZero() {
		return len(some) > 0
	}
	if some[subject] {
		return true
	}
	id := subject.Feature
	if entry, ok := b.stories[subject.Story]; ok {
		id = entry.featureID()
	}
	entry := b.features.byID[id]
	return entry != nil && (some[roadmap.AboutFeature(id)] || some[roadmap.AboutGoal(entry.feature.Goal)] ||
		some[roadmap.AboutIncrement(entry.feature.Increment)])
}

// subjectsOf returns what a change is about, of what is there already: a new story counts as its feature, a new
// feature as its goal. There is one at least, the zero value where there is nothing.
func (b *View) subjectsOf(change Change) []roadmap.Subject {
	var items Items
	switch c := change.(type) {
	case AddStory:
		items.Features = []roadmap.FeatureID{c.Story.Feature}
	case TakeProposal:
		if add := b.adding(c.Proposal); add != nil {
			return b.subjectsOf(add)
		}
	case AddFeature:
		items.Goals = []roadmap.GoalID{c.Feature.Goal}
	case SplitStory:
		items.Stories = []story.ID{c.Story}
	case SplitFeature:
		items.Features = []roadmap.FeatureID{c.Feature}
	case DropGoal:
		items.Goals = []roadmap.GoalID{c.Goal}
	case DropFeature:
		items.Features = []roadmap.FeatureID{c.Feature}
	case Revert:
		for _, one := range goalTable.of(c.is).Values {
			items.Goals = append(items.Goals, one.ID)
		}
		for _, one := range incrementTable.of(c.is).Values {
			items.Increments = append(items.Increments, one.ID)
		}
		for _, one := range featureTable.of(c.is).Values {
			items.Features = append(items.Features, one.ID)
		}
		for _, one := range storyTable.of(c.is).Values {
			items.Stories = append(items.Stories, one.ID)
		}
	default:
		if named, ok := change.(namer); ok {
			items = named.names()
		} else if reach := reaches[change.Kind()]; reach != nil {
			items = reach(b, change)
		}
	}
	var subjects []roadmap.Subject
	add := func(subject roadmap.Subject) {
		if !subject.IsZero() && b.checkSubject(subject) == nil {
			subjects = append(subjects, subject)
		}
	}
	for _, id := range items.Goals {
		add(roadmap.AboutGoal(id))
	}
	for _, id := range items.Increments {
		add(roadmap.AboutIncrement(id))
	}
	for _, id := range items.Features {
		add(roadmap.AboutFeature(id))
	}
	for _, id := range items.Stories {
		add(roadmap.AboutStory(id))
	}
	if len(subjects) == 0 {
		subjects = []roadmap.Subject{{}}
	}
	return subjects
}
