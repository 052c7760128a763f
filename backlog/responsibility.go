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
	r.Notice = maps.Clone(r.Notice)
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

// Validate reports roles that are none, and a notice that is below zero.
func (r Responsibilities) Validate() error {
	var errs []error
	for _, one := range []struct {
		path  string
		table Authority
	}{{"responsible", r.Responsible}, {"consulted", r.Consulted}, {"informed", r.Informed}} {
		for _, permission := range slices.Sorted(maps.Keys(one.table)) {
			for i, role := range one.table[permission] {
				errs = append(errs, role.check(field.Index(fmt.Sprintf("responsibilities.%s[%q]", one.path, permission), i)))
			}
		}
	}
	for _, permission := range slices.Sorted(maps.Keys(r.Notice)) {
		if notice := r.Notice[permission]; notice < 0 {
			errs = append(errs, fieldError(fmt.Sprintf("responsibilities.notice[%q]", permission), notice.String(), "0 or more"))
		}
	}
	return field.Join(errs...)
}

// Responsibilities returns a copy of the table of responsibilities that the backlog goes by. Which of its rows a
// change falls under, [NewPolicyRequest] returns as the Permission.
func (b *View) Responsibilities() Responsibilities { return b.options.Responsibilities.Clone() }

// wantConsulted refuses, by the rule, a decision on which a role is to be consulted that was not asked in time. A
// question counts that is put to the role, names the decision and is about what the change is about, or about
// something that this is part of; it was answered, or waits as long as the notice. A change that is about no
// goal, increment, feature or story wants any question that names the decision.
func (b *View) wantConsulted(change Change, at time.Time) (against []*RefusedError) {
	permission := change.permission(b)
	notice, isWanted := b.options.Responsibilities.Notice[permission]
	if _, isPast := change.(ImportItems); !isWanted || isPast {
		return nil
	}
	for _, subject := range b.subjectsOf(change) {
		for _, role := range b.options.Responsibilities.Consulted[permission] {
			if !b.wasConsulted(role, permission, subject, at.Add(-notice)) {
				refused := breach(RuleConsulted, ByRule, fmt.Sprintf("the %v was not consulted", role),
					fmt.Sprintf("a question to the %v that names the decision, answered or asked %v before", role, notice))
				refused.ID = subjectID(subject)
				against = append(against, refused)
			}
		}
	}
	return against
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

// wasConsulted reports whether a role was asked about a decision, and answered or was asked at an instant at the
// latest.
func (b *View) wasConsulted(role Role, permission Permission, subject roadmap.Subject, latest time.Time) bool {
	return slices.ContainsFunc(b.questions.list, func(entry *questionEntry) bool {
		q := &entry.question
		return q.To == role && q.Decision == permission && (subject.IsZero() || b.isWithin(subject, q.About)) &&
			(!q.IsOpen() || !q.At.After(latest))
	})
}

// subjectsOf returns what a change is about, of what is there already: a new story counts as its feature, a new
// feature as its goal. There is one at least, the zero value where there is nothing.
func (b *View) subjectsOf(change Change) []roadmap.Subject {
	var items Items
	switch c := change.(type) {
	case AddStory:
		items.Features = []roadmap.FeatureID{c.Story.Feature}
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
		if named := names[change.Kind()]; named != nil {
			items = named(change)
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
