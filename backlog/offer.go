package backlog

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// What could be done to the records above stories and features, and to the product itself: see [View.Offers].

// productChanges are what begins a record of its own, and what there is one of.
func (b *View) productChanges(by Actor, at time.Time) []Offer {
	vision := b.vision
	vision.Text = cmp.Or(vision.Text, placeholder)
	goal := freeID(func(id roadmap.GoalID) bool { return b.goals.byID[id] == nil })
	horizon := freeID(func(id roadmap.HorizonID) bool { return b.horizons.byID[id] == nil })
	release := freeID(func(id roadmap.ReleaseID) bool { return b.releases.byID[id] == nil })
	increment := freeID(func(id roadmap.IncrementID) bool { return b.increments.byID[id] == nil })
	insight := freeID(func(id roadmap.InsightID) bool { return b.insights.byID[id] == nil })
	risk := freeID(func(id roadmap.RiskID) bool { return b.risks.byID[id] == nil })
	epic := freeID(func(id roadmap.EpicID) bool { return b.epics.byID[id] == nil })
	theme := freeID(func(id roadmap.ThemeID) bool { return b.themes.byID[id] == nil })
	activity := freeID(func(id roadmap.ActivityID) bool { return b.activities.byID[id] == nil })
	changes := []Offer{
		offer(SetVision{vision}, unless(!b.vision.IsZero(), "vision.text")...),
		offer(AddGoal{roadmap.Goal{ID: goal, Title: placeholder}}, "goal.id", "goal.title"),
		offer(AddHorizon{roadmap.Horizon{ID: horizon, Name: placeholder}}, "horizon.id", "horizon.name"),
		offer(SetStage{b.stage}, unless(b.stage != 0, "stage")...),
		offer(PlanRelease{roadmap.Release{ID: release, Name: placeholder}}, "release.id", "release.name"),
		offer(PlanIncrement{roadmap.Increment{ID: increment, Name: placeholder}}, "increment.id", "increment.name"),
		offer(AddFeature{b.newFeature()}, "feature.id", "feature.title"),
	}
	if len(b.features.list) > 0 {
		order := make([]roadmap.FeatureID, len(b.features.list))
		for i, entry := range b.features.list {
			order[i] = entry.feature.ID
		}
		changes = append(changes, offer(OrderFeatures{Features: order}))
	}
	newStory := story.Story{Title: placeholder, ID: freeID(func(id story.ID) bool {
		return b.stories[id] == nil && b.proposals.byID[roadmap.ProposalID(id)] == nil
	})}
	sprint := Sprint{ID: freeID(func(id SprintID) bool { return b.sprints.byID[id] == nil }), Name: placeholder}
	teams := b.teamsFor(by)
	for _, team := range teams {
		newStory.Team = team
		changes = append(changes, offer(AddStory{newStory}, "story.id", "story.title"))
	}
	for _, team := range teams {
		sprint.Team = team
		changes = append(changes, offer(PlanSprint{sprint}, "sprint.id", "sprint.name"))
	}
	changes = append(changes,
		offer(AddInsight{roadmap.Insight{ID: insight, Text: placeholder}}, "insight.id", "insight.text"),
		offer(ProposeStory{Story: newStory}, "story.id", "story.title"),
		offer(ProposeFeature{Feature: b.newFeature()}, "feature.id", "feature.title"),
		offer(AddRisk{roadmap.Risk{ID: risk, Title: placeholder}}, "risk.id", "risk.title"),
		b.impediment(),
		offer(AddEpic{roadmap.Epic{ID: epic, Title: placeholder, Level: roadmap.LevelEpic}}, "epic.id", "epic.title", "epic.level"),
		offer(AddTheme{roadmap.Theme{ID: theme, Title: placeholder}}, "theme.id", "theme.title"),
		offer(AddActivity{roadmap.Activity{ID: activity, Title: placeholder}}, "activity.id", "activity.title"),
		offer(GrantRole{Person: placeholder, Role: Developer}, "person", "role"),
	)
	for _, permission := range slices.Sorted(maps.Keys(DefaultAuthority())) {
		changes = append(changes, offer(Delegate{Person: placeholder, Permission: permission}, "person", "permission"))
	}
	imported := newStory
	imported.Status, imported.Details = b.options.Workflow.Initial, story.ConstOf(story.Details{Past: story.Past{Created: at}})
	return append(changes, offer(ImportItems{Source: placeholder, Stories: []story.Story{imported}}, "source", "stories"))
}

// teamsFor returns all teams together, as "", and those for which an actor has roles, each once.
func (b *View) teamsFor(by Actor) []story.Team {
	teams := []story.Team{""}
	for grant := range b.known(by).Roles() {
		if !slices.Contains(teams, grant.Team) {
			teams = append(teams, grant.Team)
		}
	}
	return teams
}

// partChanges returns what could be done to the records that there are few kinds of changes of.
func (b *View) partChanges(of RecordID) []Offer {
	switch of {
	case RecordID{Horizon: of.Horizon}:
		if entry := b.horizons.byID[of.Horizon]; entry != nil {
			return []Offer{offer(EditHorizon{Horizon: of.Horizon, Name: Set(entry.horizon.Name)}), offer(RemoveHorizon{of.Horizon})}
		}
	case RecordID{Epic: of.Epic}:
		if entry := b.epics.byID[of.Epic]; entry != nil {
			return []Offer{offer(EditEpic{Epic: of.Epic, Title: Set(entry.epic.Title)}), offer(RemoveEpic{of.Epic})}
		}
	case RecordID{Theme: of.Theme}:
		if entry := b.themes.byID[of.Theme]; entry != nil {
			return []Offer{offer(EditTheme{Theme: of.Theme, Title: Set(entry.theme.Title)}), offer(RemoveTheme{of.Theme})}
		}
	case RecordID{Activity: of.Activity}:
		if entry := b.activities.byID[of.Activity]; entry != nil {
			return []Offer{
				offer(EditActivity{Activity: of.Activity, Title: Set(entry.activity.Title)}),
				offer(MoveActivity{Activity: of.Activity, To: b.activities.index(entry)}), offer(RemoveActivity{of.Activity}),
			}
		}
	case RecordID{Insight: of.Insight}:
		if entry := b.insights.byID[of.Insight]; entry != nil {
			return []Offer{offer(EditInsight{Insight: of.Insight, Text: Set(entry.insight.Text)})}
		}
	case RecordID{Proposal: of.Proposal}:
		if entry := b.proposals.byID[of.Proposal]; entry != nil {
			return b.proposalChanges(&entry.proposal)
		}
	case RecordID{Question: of.Question}:
		if b.questions.byID[of.Question] != nil {
			return []Offer{offer(AnswerQuestion{of.Question, placeholder}, "answer")}
		}
	case RecordID{Risk: of.Risk}:
		if entry := b.risks.byID[of.Risk]; entry != nil {
			return []Offer{offer(EditRisk{Risk: of.Risk, Title: Set(entry.risk.Title)})}
		}
	case RecordID{Impediment: of.Impediment}:
		if entry := b.impediments.byID[of.Impediment]; entry != nil {
			return []Offer{
				offer(EditImpediment{Impediment: of.Impediment, Title: Set(entry.impediment.Title)}),
				offer(ResolveImpediment{of.Impediment, placeholder}, "resolution"),
			}
		}
	}
	return nil
}

// proposalChanges returns what could be done to a proposal. It is merged into the first item of its kind.
func (b *View) proposalChanges(proposal *roadmap.Proposal) []Offer {
	id := proposal.ID
	changes := []Offer{offer(TakeProposal{Proposal: id}), offer(DeclineProposal{id, placeholder}, "reason")}
	var into ItemID
	switch {
	case proposal.Story.ID.IsZero() && b.features.len() > 0:
		into = FeatureItem(b.features.list[0].feature.ID)
	case !proposal.Story.ID.IsZero() && b.order.length > 0:
		into = StoryItem(b.order.at(0).story.ID)
	}
	return append(changes, offer(MergeProposal{Proposal: id, Into: into}, "into"))
}

func (b *View) goalChanges(goal *roadmap.Goal) []Offer {
	id := goal.ID
	changes := []Offer{
		offer(EditGoal{Goal: id, Title: Set(goal.Title)}),
		offer(PursueGoal{id}),
		offer(MeasureGoal{Goal: id}, "value"),
	}
	if n := len(goal.Measurements); n > 0 {
		changes = append(changes, offer(WithdrawMeasurement{id, goal.Measurements[n-1].At, placeholder}, "reason"))
	}
	changes = append(changes,
		offer(MoveGoal{id, b.goals.index(b.goals.byID[id])}),
		offer(FulfilGoal{id}),
		offer(DropGoal{id, placeholder}, "reason"),
		offer(SetKeyResults{Goal: id, KeyResults: goal.KeyResults}, unless(!goal.KeyResults.IsZero(), "key_results")...))
	for _, one := range goal.KeyResults.All() {
		changes = append(changes, offer(MeasureKeyResult{Goal: id, KeyResult: one.ID}, "value"))
	}
	return append(changes, b.question(roadmap.AboutGoal(id), ProductManager), b.impediment(roadmap.AboutGoal(id)))
}

func releaseChanges(release *roadmap.Release) []Offer {
	return []Offer{
		offer(EditRelease{Release: release.ID, Name: Set(release.Name), Notes: Set(release.Notes)}),
		offer(ShipRelease{release.ID}),
	}
}

func (b *View) incrementChanges(increment *roadmap.Increment, by Actor) []Offer {
	const neither = 3 // of the votes from 1 to 5
	id := increment.ID
	changes := []Offer{
		offer(EditIncrement{Increment: id, Name: Set(increment.Name)}),
		offer(VoteConfidence{Increment: id, Votes: []int{neither}}, "votes"),
	}
	for _, team := range b.teamsFor(by) {
		own := []roadmap.IncrementObjective{}
		for _, one := range increment.Objectives {
			if one.Team == team {
				own = append(own, roadmap.IncrementObjective{Title: one.Title, Team: team, Committed: one.Committed})
			}
		}
		changes = append(changes, offer(SetObjectives{Increment: id, Team: team, Objectives: own}, unless(len(own) > 0, "objectives")...))
	}
	for i, one := range increment.Objectives {
		changes = append(changes, offer(RateObjective{Increment: id, Objective: i, Planned: Set(max(one.Planned, 1))}, "planned"))
	}
	for i, one := range increment.Objectives {
		changes = append(changes, offer(RateObjective{Increment: id, Objective: i, Proposed: Set(max(one.Proposed, 1))}, "proposed"))
	}
	return append(changes, b.question(roadmap.AboutIncrement(id), ProductManager), b.impediment(roadmap.AboutIncrement(id)))
}

func sprintChanges(sprint *Sprint) []Offer {
	id := sprint.ID
	changes := []Offer{
		offer(EditSprint{Sprint: id, Name: Set(sprint.Name), Goal: Set(sprint.Goal), Capacity: Set(sprint.Capacity)}),
		offer(NoteSprint{id, placeholder}, "note"),
		offer(StartSprint{id}),
		offer(CloseSprint{Sprint: id}),
		offer(CancelSprint{Sprint: id, Reason: placeholder}, "reason"),
	}
	if len(sprint.Stories) > 0 {
		reason := unless(sprint.Status != SprintActive, "reason")
		changes = append(changes, offer(WithdrawStories{id, slices.Clone(sprint.Stories[:1]), placeholder}, append(reason, "stories")...))
	}
	return changes
}
