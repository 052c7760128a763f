package backlog

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Permission is what a change needs, in the words of the table of authority: "may" goes before it.
// Several changes can need the same permission.
type Permission string

// The permissions that the changes of this package need.
const (
	MaySetVision         Permission = "set the vision"
	MaySetGoals          Permission = "set, measure or drop a goal"
	MayChangeRoadmap     Permission = "change the roadmap"
	MayDefineFeatures    Permission = "define or drop a feature"
	MayOrderFeatures     Permission = "order features"
	MayAcceptFeatures    Permission = "accept a feature"
	MayWriteStories      Permission = "add, edit or drop a story"
	MayAssignStories     Permission = "assign a story to somebody"
	MaySplitStories      Permission = "split a story"
	MayOrderStories      Permission = "order stories"
	MayAssessStories     Permission = "assess the value of a story"
	MayEstimateStories   Permission = "estimate a story"
	MayManageTasks       Permission = "add, edit or finish a task"
	MayRefineStories     Permission = "call a story ready or not"
	MayWorkOnStories     Permission = "move a story through the work"
	MayJudgeCriteria     Permission = "judge a criterion"
	MayAcceptStories     Permission = "accept or reject a story"
	MayRunSprints        Permission = "plan, start or close a sprint or change its scope"
	MayCancelSprints     Permission = "cancel a sprint"
	MayNoteSprints       Permission = "keep the notes of a retrospective"
	MayPlanReleases      Permission = "plan or edit a release"
	MayWriteObjectives   Permission = "write the objectives of a team"
	MayRateObjectives    Permission = "record the business value of an objective"
	MayShipReleases      Permission = "release"
	MayImport            Permission = "import a past"
	MayAssignRoles       Permission = "grant or revoke a role"
	MayContribute        Permission = "add an insight, propose, ask or report a risk"
	MayManageRisks       Permission = "rate a risk or decide about it"
	MayManageImpediments Permission = "raise or resolve an impediment"
	MayWaiveRules        Permission = "waive a rule"
)

// Authority is the table of permissions and the roles that hold them. Of several roles that an actor
// holds, the first in the list is the one that the event records.
type Authority map[Permission][]Role

// DefaultAuthority is the table for a product with a product manager and product owners:
//
//	set the vision                                      product manager
//	set, measure or drop a goal                         product manager
//	change the roadmap                                  product manager
//	define or drop a feature                            product manager
//	order features                                      product manager
//	accept a feature                                    product manager
//	add, edit or drop a story                           product owner
//	assign a story to somebody                          product owner, developer
//	split a story                                       product owner, developer
//	order stories                                       product owner
//	assess the value of a story                         product owner
//	estimate a story                                    developer
//	add, edit or finish a task                          developer
//	call a story ready or not                           product owner, developer
//	move a story through the work                       developer
//	judge a criterion                                   product owner, developer
//	accept or reject a story                            product owner
//	plan, start or close a sprint or change its scope   product owner, developer
//	cancel a sprint                                     product owner
//	keep the notes of a retrospective                   scrum master, product owner, developer
//	plan or edit a release                              product manager, product owner
//	write the objectives of a team                      product owner, developer
//	record the business value of an objective           business owner
//	release                                             product manager, developer
//	import a past                                       product manager
//	grant or revoke a role                              product manager
//	add an insight, propose, ask or report a risk       product manager, product owner, developer, scrum master, business owner, stakeholder
//	rate a risk or decide about it                      product manager, product owner, scrum master
//	raise or resolve an impediment                      scrum master, product owner, developer
//	waive a rule                                        product manager, product owner
//
// What it does not name, nobody may do. Each call returns a map of its own, which the caller may change.
func DefaultAuthority() Authority {
	return Authority{
		MaySetVision:         {ProductManager},
		MaySetGoals:          {ProductManager},
		MayChangeRoadmap:     {ProductManager},
		MayDefineFeatures:    {ProductManager},
		MayOrderFeatures:     {ProductManager},
		MayAcceptFeatures:    {ProductManager},
		MayWriteStories:      {ProductOwner},
		MayAssignStories:     {ProductOwner, Developer},
		MaySplitStories:      {ProductOwner, Developer},
		MayOrderStories:      {ProductOwner},
		MayAssessStories:     {ProductOwner},
		MayEstimateStories:   {Developer},
		MayManageTasks:       {Developer},
		MayRefineStories:     {ProductOwner, Developer},
		MayWorkOnStories:     {Developer},
		MayJudgeCriteria:     {ProductOwner, Developer},
		MayAcceptStories:     {ProductOwner},
		MayRunSprints:        {ProductOwner, Developer},
		MayCancelSprints:     {ProductOwner},
		MayNoteSprints:       {ScrumMaster, ProductOwner, Developer},
		MayPlanReleases:      {ProductManager, ProductOwner},
		MayWriteObjectives:   {ProductOwner, Developer},
		MayRateObjectives:    {BusinessOwner},
		MayShipReleases:      {ProductManager, Developer},
		MayImport:            {ProductManager},
		MayAssignRoles:       {ProductManager},
		MayContribute:        {ProductManager, ProductOwner, Developer, ScrumMaster, BusinessOwner, Stakeholder},
		MayManageRisks:       {ProductManager, ProductOwner, ScrumMaster},
		MayManageImpediments: {ScrumMaster, ProductOwner, Developer},
		MayWaiveRules:        {ProductManager, ProductOwner},
	}
}

// ScrumAuthority is the table for a product without a product manager: what would be the product
// manager's falls to the product owner.
func ScrumAuthority() Authority {
	table := DefaultAuthority()
	for permission, roles := range table {
		if i := slices.Index(roles, ProductManager); i >= 0 {
			roles = slices.DeleteFunc(roles, func(role Role) bool { return role == ProductOwner })
			roles[slices.Index(roles, ProductManager)] = ProductOwner
			table[permission] = roles
		}
	}
	return table
}

// Policy returns the policy that looks a permission up in the table. Whom the permission was delegated
// to acts in the first of the roles, that of who is accountable, and who answers a question in the role that
// it was put to. For [MayContribute], and for an impediment that holds no story, a role for any team will do.
func (a Authority) Policy() Policy {
	return func(request PolicyRequest) (Role, error) { return a.role(&request) }
}

// role is the policy.
func (a Authority) role(request *PolicyRequest) (Role, error) {
	roles, actor := a[request.Permission], request.Actor
	isOfNoTeam := request.Permission == MayManageImpediments && len(request.Teams) == 0
	if request.Permission == MayContribute || isOfNoTeam { // who has a say for one team may speak
		actor = actor.ofAllTeams()
	}
	for _, role := range roles {
		if actor.Holds(role, request.Teams) {
			return role, nil
		}
	}
	if request.Delegated && len(roles) > 0 {
		return roles[0], nil
	}
	if request.Asked != "" {
		return request.Asked, nil
	}
	return "", request.Refuse("", roles...)
}

// Policy decides whether an actor may make a change, and in which role. It must depend on nothing
// but the request. It refuses with the error of [PolicyRequest.Refuse]; any other error becomes the
// Reason and the Err of the [RefusedError] that the caller gets.
//
// A policy is asked before anything else about the change, so the change may name a story or feature
// that is not there. An actor who is refused gets a [NotFoundError] instead if the policy would allow
// the change to somebody with the same roles for all teams.
type Policy func(PolicyRequest) (Role, error)

// PolicyRequest is what a [Policy] decides on. It can read what the change touches, and change nothing.
type PolicyRequest struct {
	Actor      Actor // with the roles that the host handed in and those that were granted
	Change     Change
	Permission Permission
	Teams      []story.Team // the teams whose stories or sprints the change touches, each once

	// At is the instant that the change is to be made at, in UTC: the one that [Backlog.Decide],
	// [View.Can] or [View.Allowed] was called with. A policy that needs the time takes it from here, not
	// from a clock. It is the zero time only where Can or Allowed is asked without an instant before the
	// first event.
	At time.Time

	// Delegated reports that somebody who holds the permission delegated it to the actor, for these
	// teams. It is false where the permission is to be delegated further.
	Delegated bool

	// Asked is the role in which the actor was asked the question that the change answers, empty for
	// everybody else and other changes.
	Asked Role

	view *View
	whom string // the question was put to, in words
}

// PolicyRequest returns what the policy is asked when by wants to make change at an instant: for a unit test
// of a policy. The instant is taken as it is, whatever the last event. Delegated is left false; set it to
// test a delegation.
func (b *View) PolicyRequest(change Change, by Actor, at time.Time) PolicyRequest {
	var request PolicyRequest
	request.set(b, b.current(change), by, at)
	return request
}

// set makes r what [View.PolicyRequest] returns.
func (r *PolicyRequest) set(b *View, change Change, by Actor, at time.Time) {
	r.Actor, r.Change, r.Permission, r.At, r.view = b.known(by), change, change.permission(b), at.UTC().Round(0), b
	if t, ok := change.(teamed); ok {
		r.Teams = t.teams(b)
	}
	if c, ok := change.(AnswerQuestion); ok {
		r.Asked, r.whom = r.asked(c.Question)
	}
}

// Story returns a story as it is before the change. The bool is false if there is none, as in a
// PolicyRequest that was not made by [View.PolicyRequest].
func (r PolicyRequest) Story(id story.ID) (story.Story, bool) {
	if r.view == nil {
		return story.Story{}, false
	}
	return r.view.Story(id)
}

// Feature returns a feature as it is before the change. The bool is false if there is none, as in a
// PolicyRequest that was not made by [View.PolicyRequest].
func (r PolicyRequest) Feature(id roadmap.FeatureID) (roadmap.Feature, bool) {
	if r.view == nil {
		return roadmap.Feature{}, false
	}
	return r.view.Feature(id)
}

// Refuse returns the error with which a policy refuses the request, a [*RefusedError] that is
// [ErrNotAllowed]. The reason is a clause such as "it is Friday"; "" stands for "may not" and the
// permission. The roles are those that would be allowed; the error names them with the teams for which
// the actor would have to hold them.
func (r PolicyRequest) Refuse(reason string, roles ...Role) error {
	refused := &RefusedError{
		By: ByPolicy, Actor: r.Actor.Name, Change: r.Change, Reason: cmp.Or(reason, "may not "+string(r.Permission)),
	}
	for _, role := range roles {
		refused.Needs = append(refused.Needs, r.need(role))
	}
	if r.whom != "" && !slices.Contains(refused.Needs, r.whom) {
		refused.Needs = append(refused.Needs, r.whom)
	}
	return refused
}

// need returns a role in words, with the teams for which the actor does not hold it.
func (r PolicyRequest) need(role Role) string {
	var names []string
	whole := len(r.Teams) == 0 // whether no team's role is enough
	for _, team := range r.Teams {
		switch {
		case team == "":
			whole = true
		case !r.Actor.Holds(role, []story.Team{team}):
			names = append(names, strconv.Quote(string(team)))
		}
	}
	if whole {
		if slices.ContainsFunc(r.Actor.grants(), func(g Grant) bool { return g.Role == role }) {
			return role.String() + " of all teams"
		}
		return role.String()
	}
	const shown = 3
	if more := len(names) - shown; more > 1 {
		names = append(names[:shown], fmt.Sprintf("%d more teams", more))
	}
	return role.String() + " of " + strings.Join(names, " and ")
}
