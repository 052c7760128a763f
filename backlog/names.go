package backlog

import (
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// namer is a change that names all that it touches. Some of the others need a lookup, see reaches, and the rest is
// made and taken back to see it, see [View.watchTouches]; a law compares them. A kind that does neither is recorded
// all the same, at the cost of a trial.
type namer interface{ names() Items }

func (SetVision) names() Items                { return Items{Vision: true} }
func (SetStage) names() Items                 { return Items{Stage: true} }
func (c AddGoal) names() Items                { return goalItems(c.Goal.ID) }
func (c EditGoal) names() Items               { return goalItems(c.Goal) }
func (c MoveGoal) names() Items               { return goalItems(c.Goal) }
func (c PursueGoal) names() Items             { return goalItems(c.Goal) }
func (c MeasureGoal) names() Items            { return goalItems(c.Goal) }
func (c WithdrawMeasurement) names() Items    { return goalItems(c.Goal) }
func (c FulfilGoal) names() Items             { return goalItems(c.Goal) }
func (c AddHorizon) names() Items             { return horizonItems(c.Horizon.ID) }
func (c EditHorizon) names() Items            { return horizonItems(c.Horizon) }
func (c RemoveHorizon) names() Items          { return horizonItems(c.Horizon) }
func (c PlanRelease) names() Items            { return releaseItems(c.Release.ID) }
func (c EditRelease) names() Items            { return releaseItems(c.Release) }
func (c PlanIncrement) names() Items          { return incrementItems(c.Increment.ID) }
func (c EditIncrement) names() Items          { return incrementItems(c.Increment) }
func (c VoteConfidence) names() Items         { return incrementItems(c.Increment) }
func (c SetObjectives) names() Items          { return incrementItems(c.Increment) }
func (c RateObjective) names() Items          { return incrementItems(c.Increment) }
func (c AddFeature) names() Items             { return ordered(featureItems(c.Feature.ID)) }
func (c MoveFeature) names() Items            { return ordered(featureItems(c.Feature)) }
func (c OrderFeatures) names() Items          { return ordered(featureItems(c.Features...)) }
func (c ReopenFeature) names() Items          { return featureItems(c.Feature) }
func (c EditFeature) names() Items            { return featureItems(c.Feature) }
func (c ScheduleFeature) names() Items        { return featureItems(c.Feature) }
func (c AssignFeatureGoal) names() Items      { return featureItems(c.Feature) }
func (c AssignFeatureHorizon) names() Items   { return featureItems(c.Feature) }
func (c AssignFeatureRelease) names() Items   { return featureItems(c.Feature) }
func (c AssignFeatureIncrement) names() Items { return featureItems(c.Feature) }
func (c SetFeatureCriteria) names() Items     { return featureItems(c.Feature) }
func (c JudgeFeatureCriterion) names() Items  { return featureItems(c.Feature) }
func (c AssessFeature) names() Items          { return featureItems(c.Feature) }
func (c SizeFeature) names() Items            { return featureItems(c.Feature) }
func (c AcceptFeature) names() Items          { return featureItems(c.Feature) }
func (c SetBudget) names() Items              { return featureItems(c.Feature) }
func (c RecordCost) names() Items             { return featureItems(c.Feature) }
func (c AddStory) names() Items               { return ordered(storyItems(c.Story.ID)) }
func (c MoveStories) names() Items            { return ordered(storyItems(c.Stories...)) }
func (c OrderStories) names() Items           { return ordered(storyItems(c.Stories...)) }
func (c EditStory) names() Items              { return storyItems(c.Story) }
func (c AssignStoryFeature) names() Items     { return storyItems(c.Story) }
func (c ClaimStory) names() Items             { return storyItems(c.Story) }
func (c RenewClaim) names() Items             { return storyItems(c.Story) }
func (c ReleaseClaim) names() Items           { return storyItems(c.Story) }
func (c ScheduleStory) names() Items          { return storyItems(c.Story) }
func (c AssignStoryTeam) names() Items        { return storyItems(c.Story) }
func (c AssignStoryAssignee) names() Items    { return storyItems(c.Story) }
func (c EstimateStory) names() Items          { return storyItems(c.Story) }
func (c AssessStory) names() Items            { return storyItems(c.Story) }
func (c SetStoryStatus) names() Items         { return storyItems(c.Story) }
func (c AddCriterion) names() Items           { return storyItems(c.Story) }
func (c EditCriterion) names() Items          { return storyItems(c.Story) }
func (c RemoveCriterion) names() Items        { return storyItems(c.Story) }
func (c JudgeCriterion) names() Items         { return storyItems(c.Story) }
func (c AcceptStory) names() Items            { return storyItems(c.Story) }
func (c AddTask) names() Items                { return storyItems(c.Story) }
func (c RelateStories) names() Items          { return storyItems(c.Story, c.Other) }
func (c UnrelateStories) names() Items        { return storyItems(c.Story, c.Other) }
func (c AddDependency) names() Items          { return bothItems(c.Item, c.Needs) }
func (c RemoveDependency) names() Items       { return bothItems(c.Item, c.Needs) }
func (c SetKeyResults) names() Items          { return goalItems(c.Goal) }
func (c MeasureKeyResult) names() Items       { return goalItems(c.Goal) }
func (c AssignFeatureKeyResult) names() Items { return featureItems(c.Feature) }
func (c SetFeatureMeasure) names() Items      { return featureItems(c.Feature) }
func (c MeasureFeature) names() Items         { return featureItems(c.Feature) }
func (c JudgeHypothesis) names() Items        { return featureItems(c.Feature) }
func (c AddInsight) names() Items             { return Items{Insights: []roadmap.InsightID{c.Insight.ID}} }

func (c EditInsight) names() Items        { return Items{Insights: []roadmap.InsightID{c.Insight}} }
func (c ProposeStory) names() Items       { return proposalItems(c.proposal().ID) }
func (c ProposeFeature) names() Items     { return proposalItems(c.proposal().ID) }
func (c MergeProposal) names() Items      { return proposalItems(c.Proposal) }
func (c DeclineProposal) names() Items    { return proposalItems(c.Proposal) }
func (c AskQuestion) names() Items        { return Items{Questions: []QuestionID{c.Question.ID}} }
func (c AnswerQuestion) names() Items     { return Items{Questions: []QuestionID{c.Question}} }
func (c AddRisk) names() Items            { return Items{Risks: []roadmap.RiskID{c.Risk.ID}} }
func (c EditRisk) names() Items           { return Items{Risks: []roadmap.RiskID{c.Risk}} }
func (c AddActivity) names() Items        { return activityItems(c.Activity.ID, true) }
func (c EditActivity) names() Items       { return activityItems(c.Activity, false) }
func (c MoveActivity) names() Items       { return activityItems(c.Activity, true) }
func (c RemoveActivity) names() Items     { return activityItems(c.Activity, true) }
func (c AssignStoryStep) names() Items    { return storyItems(c.Story) }
func (c AddEpic) names() Items            { return epicItems(c.Epic.ID) }
func (c EditEpic) names() Items           { return epicItems(c.Epic) }
func (c RemoveEpic) names() Items         { return epicItems(c.Epic) }
func (c AssignFeatureEpic) names() Items  { return featureItems(c.Feature) }
func (c AddTheme) names() Items           { return themeItems(c.Theme.ID) }
func (c EditTheme) names() Items          { return themeItems(c.Theme) }
func (c RemoveTheme) names() Items        { return themeItems(c.Theme) }
func (c AssignFeatureTheme) names() Items { return featureItems(c.Feature) }
func (c SetMoney) names() Items {
	if !c.About.Goal.IsZero() {
		return goalItems(c.About.Goal)
	}
	return featureItems(c.About.Feature)
}
func (c RaiseImpediment) names() Items   { return impedimentItems(c.Impediment.ID) }
func (c EditImpediment) names() Items    { return impedimentItems(c.Impediment) }
func (c ResolveImpediment) names() Items { return impedimentItems(c.Impediment) }
func (c PlanSprint) names() Items        { return sprintItems(c.Sprint.ID) }
func (c EditSprint) names() Items        { return sprintItems(c.Sprint) }
func (c NoteSprint) names() Items        { return sprintItems(c.Sprint) }
func (c StartSprint) names() Items       { return sprintItems(c.Sprint) }
func (c CommitStories) names() Items     { return sprintItems(c.Sprint, c.Stories...) }
func (c WithdrawStories) names() Items   { return sprintItems(c.Sprint, c.Stories...) }

func goalItems(id roadmap.GoalID) Items       { return Items{Goals: []roadmap.GoalID{id}} }
func horizonItems(id roadmap.HorizonID) Items { return Items{Horizons: []roadmap.HorizonID{id}} }
func releaseItems(id roadmap.ReleaseID) Items { return Items{Releases: []roadmap.ReleaseID{id}} }
func incrementItems(id roadmap.IncrementID) Items {
	return Items{Increments: []roadmap.IncrementID{id}}
}
func featureItems(ids ...roadmap.FeatureID) Items { return Items{Features: ascending(ids)} }

func proposalItems(id roadmap.ProposalID) Items { return Items{Proposals: []roadmap.ProposalID{id}} }

func activityItems(id roadmap.ActivityID, isMoved bool) Items {
	return Items{Activities: []roadmap.ActivityID{id}, StoryMap: isMoved}
}

func epicItems(id roadmap.EpicID) Items   { return Items{Epics: []roadmap.EpicID{id}} }
func themeItems(id roadmap.ThemeID) Items { return Items{Themes: []roadmap.ThemeID{id}} }

func impedimentItems(id roadmap.ImpedimentID) Items {
	return Items{Impediments: []roadmap.ImpedimentID{id}}
}

func storyItems(ids ...story.ID) Items { return Items{Stories: ascending(ids)} }

func sprintItems(id SprintID, stories ...story.ID) Items {
	return Items{Sprints: []SprintID{id}, Stories: ascending(stories)}
}

func bothItems(one, other ItemID) Items {
	return itemsIn([]ItemID{one, other}, func(item ItemID) ItemID { return item })
}

// itemsIn returns the stories and features that a list names.
func itemsIn[E any](list []E, of func(E) ItemID) Items {
	var items Items
	for _, one := range list {
		item := of(one)
		if item.Story.IsZero() {
			items.Features = append(items.Features, item.Feature)
		} else {
			items.Stories = append(items.Stories, item.Story)
		}
	}
	items.Stories, items.Features = ascending(items.Stories), ascending(items.Features)
	return items
}

// ordered adds that the order of the listed stories or features is another.
func ordered(items Items) Items {
	items.StoryOrder, items.FeatureOrder = len(items.Features) == 0, len(items.Features) > 0
	return items
}

// ascending returns ids in their order, each once; none are nil.
func ascending[E any](ids []story.Identity[E]) []story.Identity[E] {
	ids = append([]story.Identity[E](nil), ids...)
	slices.SortStableFunc(ids, story.Identity[E].Compare)
	return slices.Compact(ids)
}
