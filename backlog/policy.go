package backlog

import (
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Decision is what a change decides, in the words of the table of authority. Several changes can
// be the same decision.
type Decision string

// The decisions that somebody has to be accountable for.
const (
	SetTheVision     Decision = "set the vision"
	SetGoals         Decision = "set, measure or drop a goal"
	ChangeRoadmap    Decision = "change the roadmap"
	DefineFeatures   Decision = "define or drop a feature"
	OrderFeatures    Decision = "order features"
	AcceptFeatures   Decision = "accept a feature"
	WriteStories     Decision = "add, edit or drop a story"
	SplitStories     Decision = "split a story"
	OrderTheStories  Decision = "order stories"
	AssessStories    Decision = "assess the value of a story"
	EstimateStories  Decision = "estimate a story"
	ManageTasks      Decision = "add, edit or finish a task"
	RefineStories    Decision = "call a story ready or not"
	WorkOnStories    Decision = "move a story through the work"
	JudgeCriteria    Decision = "judge a criterion"
	AcceptStories    Decision = "accept or reject a story"
	RunSprints       Decision = "plan, start or close a sprint or change its scope"
	CancelSprints    Decision = "cancel a sprint"
	RateObjectives   Decision = "record the business value of an objective"
	ReleaseIncrement Decision = "release"
	AssignRoles      Decision = "grant or revoke a role"
)

// Authority says which roles may take which decision. Of several roles that an actor holds, the
// first in the list is the one that the event records.
type Authority map[Decision][]Role

// DefaultAuthority is the table for a product with a product manager and product owners. What it
// does not name, nobody may do. Each call returns a map of its own, which the caller may change.
func DefaultAuthority() Authority {
	return Authority{
		SetTheVision:     {ProductManager},
		SetGoals:         {ProductManager},
		ChangeRoadmap:    {ProductManager},
		DefineFeatures:   {ProductManager},
		OrderFeatures:    {ProductManager},
		AcceptFeatures:   {ProductManager},
		WriteStories:     {ProductOwner},
		SplitStories:     {ProductOwner, Developer},
		OrderTheStories:  {ProductOwner},
		AssessStories:    {ProductOwner},
		EstimateStories:  {Developer},
		ManageTasks:      {Developer},
		RefineStories:    {ProductOwner, Developer},
		WorkOnStories:    {Developer},
		JudgeCriteria:    {ProductOwner, Developer},
		AcceptStories:    {ProductOwner},
		RunSprints:       {ProductOwner, Developer},
		CancelSprints:    {ProductOwner},
		RateObjectives:   {BusinessOwner},
		ReleaseIncrement: {ProductManager, Developer},
		AssignRoles:      {ProductManager},
	}
}

// ScrumAuthority is the table for a product without a product manager: what would be the product
// manager's falls to the product owner.
func ScrumAuthority() Authority {
	table := DefaultAuthority()
	for decision, roles := range table {
		if i := slices.Index(roles, ProductManager); i >= 0 {
			table[decision][i] = ProductOwner
		}
	}
	return table
}

// Policy is the policy that looks a decision up in the table. Whom the decision was delegated to
// acts in the first of the roles, that of who is accountable.
func (a Authority) Policy() Policy {
	return func(request Request) (Role, error) {
		roles := a[request.Decision]
		for _, role := range roles {
			if request.Actor.Holds(role, request.Teams) {
				return role, nil
			}
		}
		if request.Delegated && len(roles) > 0 {
			return roles[0], nil
		}
		return 0, request.Refuse(roles...)
	}
}

// Policy decides whether an actor may make a change, and in which role. It must depend on nothing
// but the request. A no is best made with [Request.Refuse]; any other error is passed on as the
// reason.
type Policy func(Request) (Role, error)

// Request is what a [Policy] decides on. It can read what the change touches, and change nothing.
type Request struct {
	Actor    Actor // with the roles that the host handed in and those that were granted
	Change   Change
	Decision Decision
	Teams    []story.Team // the teams whose stories or sprints the change touches, each once

	// Delegated says that somebody who may take the decision let the actor take it, for these teams.
	// It is never so where the decision is to be delegated further.
	Delegated bool

	backlog *View
}

// Story returns a story as it is before the change.
func (r Request) Story(id story.ID) (story.Story, bool) { return r.backlog.Story(id) }

// Feature returns a feature as it is before the change.
func (r Request) Feature(id roadmap.FeatureID) (roadmap.Feature, bool) { return r.backlog.Feature(id) }

// Refuse is the error of a policy that says no, naming the roles that may take the decision.
func (r Request) Refuse(roles ...Role) error {
	refused := &RefusedError{By: ByPolicy, Actor: r.Actor.Name, Change: r.Change, Reason: "may not " + string(r.Decision)}
	for _, role := range roles {
		refused.Needs = append(refused.Needs, role.String())
	}
	return refused
}
