package backlog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Permission is what a change needs, in the words of the table of authority: "may" goes before it.
// Several changes can need the same permission.
type Permission string

// The permissions that the changes of this package need.
const (
	MaySetVision       Permission = "set the vision"
	MaySetGoals        Permission = "set, measure or drop a goal"
	MayChangeRoadmap   Permission = "change the roadmap"
	MayDefineFeatures  Permission = "define or drop a feature"
	MayOrderFeatures   Permission = "order features"
	MayAcceptFeatures  Permission = "accept a feature"
	MayWriteStories    Permission = "add, edit or drop a story"
	MayAssignStories   Permission = "assign a story to somebody"
	MaySplitStories    Permission = "split a story"
	MayOrderStories    Permission = "order stories"
	MayAssessStories   Permission = "assess the value of a story"
	MayEstimateStories Permission = "estimate a story"
	MayManageTasks     Permission = "add, edit or finish a task"
	MayRefineStories   Permission = "call a story ready or not"
	MayWorkOnStories   Permission = "move a story through the work"
	MayJudgeCriteria   Permission = "judge a criterion"
	MayAcceptStories   Permission = "accept or reject a story"
	MayRunSprints      Permission = "plan, start or close a sprint or change its scope"
	MayCancelSprints   Permission = "cancel a sprint"
	MayNoteSprints     Permission = "keep the notes of a retrospective"
	MayPlanReleases    Permission = "plan or edit a release"
	MayWriteObjectives Permission = "write the objectives of a team"
	MayRateObjectives  Permission = "record the business value of an objective"
	MayShipReleases    Permission = "release"
	MayImport          Permission = "import a past"
	MayAssignRoles     Permission = "grant or revoke a role"
)

// Authority is the table of permissions and the roles that hold them. Of several roles that an actor
// holds, the first in the list is the one that the event records.
type Authority map[Permission][]Role

// DefaultAuthority is the table for a product with a product manager and product owners. What it
// does not name, nobody may do. Each call returns a map of its own, which the caller may change.
func DefaultAuthority() Authority {
	return Authority{
		MaySetVision:       {ProductManager},
		MaySetGoals:        {ProductManager},
		MayChangeRoadmap:   {ProductManager},
		MayDefineFeatures:  {ProductManager},
		MayOrderFeatures:   {ProductManager},
		MayAcceptFeatures:  {ProductManager},
		MayWriteStories:    {ProductOwner},
		MayAssignStories:   {ProductOwner, Developer},
		MaySplitStories:    {ProductOwner, Developer},
		MayOrderStories:    {ProductOwner},
		MayAssessStories:   {ProductOwner},
		MayEstimateStories: {Developer},
		MayManageTasks:     {Developer},
		MayRefineStories:   {ProductOwner, Developer},
		MayWorkOnStories:   {Developer},
		MayJudgeCriteria:   {ProductOwner, Developer},
		MayAcceptStories:   {ProductOwner},
		MayRunSprints:      {ProductOwner, Developer},
		MayCancelSprints:   {ProductOwner},
		MayNoteSprints:     {ScrumMaster, ProductOwner, Developer},
		MayPlanReleases:    {ProductManager, ProductOwner},
		MayWriteObjectives: {ProductOwner, Developer},
		MayRateObjectives:  {BusinessOwner},
		MayShipReleases:    {ProductManager, Developer},
		MayImport:          {ProductManager},
		MayAssignRoles:     {ProductManager},
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
// to acts in the first of the roles, that of who is accountable.
func (a Authority) Policy() Policy {
	return func(request PolicyRequest) (Role, error) {
		roles := a[request.Permission]
		for _, role := range roles {
			if request.Actor.Holds(role, request.Teams) {
				return role, nil
			}
		}
		if request.Delegated && len(roles) > 0 {
			return roles[0], nil
		}
		return "", request.Refuse(roles...)
	}
}

// Policy decides whether an actor may make a change, and in which role. It must depend on nothing
// but the request. It refuses with the error of [PolicyRequest.Refuse]; any other error
// is passed on as the reason.
type Policy func(PolicyRequest) (Role, error)

// PolicyRequest is what a [Policy] decides on. It can read what the change touches, and change nothing.
type PolicyRequest struct {
	Actor      Actor // with the roles that the host handed in and those that were granted
	Change     Change
	Permission Permission
	Teams      []story.Team // the teams whose stories or sprints the change touches, each once

	// Delegated reports that somebody who holds the permission delegated it to the actor, for these
	// teams. It is false where the permission is to be delegated further.
	Delegated bool

	view *View
}

// NewPolicyRequest returns what the policy of v is asked when by wants to make change, but for
// Delegated: for a unit test of a policy, or for a policy that asks another one.
func NewPolicyRequest(v *View, change Change, by Actor) PolicyRequest {
	request := newPolicyRequest(v, change, by)
	request.Actor = request.Actor.own()
	return request
}

// newPolicyRequest is NewPolicyRequest with what may be by's own list of roles.
func newPolicyRequest(v *View, change Change, by Actor) PolicyRequest {
	request := PolicyRequest{Actor: v.known(by), Change: change, Permission: change.permission(v), view: v}
	if t, ok := change.(teamed); ok {
		request.Teams = t.teams(v)
	}
	return request
}

// Story returns a story as it is before the change. The bool is false if there is none, as in a
// PolicyRequest that was not made by [NewPolicyRequest].
func (r PolicyRequest) Story(id story.ID) (story.Story, bool) {
	if r.view == nil {
		return story.Story{}, false
	}
	return r.view.Story(id)
}

// Feature returns a feature as it is before the change. The bool is false if there is none, as in a
// PolicyRequest that was not made by [NewPolicyRequest].
func (r PolicyRequest) Feature(id roadmap.FeatureID) (roadmap.Feature, bool) {
	if r.view == nil {
		return roadmap.Feature{}, false
	}
	return r.view.Feature(id)
}

// Refuse returns the error with which a policy refuses the request. It names the roles that hold the permission, and
// the teams for which they would have to hold it.
func (r PolicyRequest) Refuse(roles ...Role) error {
	refused := &RefusedError{By: ByPolicy, Actor: r.Actor.Name, Change: r.Change, Reason: "may not " + string(r.Permission)}
	for _, role := range roles {
		refused.Needs = append(refused.Needs, r.need(role))
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
		if slices.ContainsFunc(r.Actor.Roles, func(g Grant) bool { return g.Role == role }) {
			return role.String() + " of all teams"
		}
		return role.String()
	}
	const shown = 3
	if more := len(names) - shown; more > 0 {
		names = append(names[:shown], fmt.Sprintf("%d more teams", more))
	}
	return role.String() + " of " + strings.Join(names, " and ")
}
