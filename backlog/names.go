package backlog

import (
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// names returns, for the kinds of change that name all that they touch, what that is. Some of the others need a
// lookup, see reaches, and the rest is made and taken back to see it, see [View.watchTouches]; a law compares
// them. A kind that is in neither table is recorded all the same, at the cost of a trial.
var names = map[string]func(Change) Items{
	SetVision{}.Kind(): naming(func(SetVision) Items { return Items{Vision: true} }),
	SetStage{}.Kind():  naming(func(SetStage) Items { return Items{Stage: true} }),

	AddGoal{}.Kind():             naming(func(c AddGoal) Items { return goalItems(c.Goal.ID) }),
	EditGoal{}.Kind():            naming(func(c EditGoal) Items { return goalItems(c.Goal) }),
	MoveGoal{}.Kind():            naming(func(c MoveGoal) Items { return goalItems(c.Goal) }),
	PursueGoal{}.Kind():          naming(func(c PursueGoal) Items { return goalItems(c.Goal) }),
	MeasureGoal{}.Kind():         naming(func(c MeasureGoal) Items { return goalItems(c.Goal) }),
	WithdrawMeasurement{}.Kind(): naming(func(c WithdrawMeasurement) Items { return goalItems(c.Goal) }),
	FulfilGoal{}.Kind():          naming(func(c FulfilGoal) Items { return goalItems(c.Goal) }),

	AddHorizon{}.Kind():    naming(func(c AddHorizon) Items { return horizonItems(c.Horizon.ID) }),
	EditHorizon{}.Kind():   naming(func(c EditHorizon) Items { return horizonItems(c.Horizon) }),
	RemoveHorizon{}.Kind(): naming(func(c RemoveHorizon) Items { return horizonItems(c.Horizon) }),

	PlanRelease{}.Kind(): naming(func(c PlanRelease) Items { return releaseItems(c.Release.ID) }),
	EditRelease{}.Kind(): naming(func(c EditRelease) Items { return releaseItems(c.Release) }),

	PlanIncrement{}.Kind():  naming(func(c PlanIncrement) Items { return incrementItems(c.Increment.ID) }),
	EditIncrement{}.Kind():  naming(func(c EditIncrement) Items { return incrementItems(c.Increment) }),
	VoteConfidence{}.Kind(): naming(func(c VoteConfidence) Items { return incrementItems(c.Increment) }),
	SetObjectives{}.Kind():  naming(func(c SetObjectives) Items { return incrementItems(c.Increment) }),
	RateObjective{}.Kind():  naming(func(c RateObjective) Items { return incrementItems(c.Increment) }),

	AddFeature{}.Kind():             naming(func(c AddFeature) Items { return ordered(featureItems(c.Feature.ID)) }),
	MoveFeature{}.Kind():            naming(func(c MoveFeature) Items { return ordered(featureItems(c.Feature)) }),
	OrderFeatures{}.Kind():          naming(func(c OrderFeatures) Items { return ordered(featureItems(c.Features...)) }),
	ReopenFeature{}.Kind():          naming(func(c ReopenFeature) Items { return featureItems(c.Feature) }),
	EditFeature{}.Kind():            naming(func(c EditFeature) Items { return featureItems(c.Feature) }),
	ScheduleFeature{}.Kind():        naming(func(c ScheduleFeature) Items { return featureItems(c.Feature) }),
	AssignFeatureGoal{}.Kind():      naming(func(c AssignFeatureGoal) Items { return featureItems(c.Feature) }),
	AssignFeatureHorizon{}.Kind():   naming(func(c AssignFeatureHorizon) Items { return featureItems(c.Feature) }),
	AssignFeatureRelease{}.Kind():   naming(func(c AssignFeatureRelease) Items { return featureItems(c.Feature) }),
	AssignFeatureIncrement{}.Kind(): naming(func(c AssignFeatureIncrement) Items { return featureItems(c.Feature) }),
	SetFeatureCriteria{}.Kind():     naming(func(c SetFeatureCriteria) Items { return featureItems(c.Feature) }),
	JudgeFeatureCriterion{}.Kind():  naming(func(c JudgeFeatureCriterion) Items { return featureItems(c.Feature) }),
	AssessFeature{}.Kind():          naming(func(c AssessFeature) Items { return featureItems(c.Feature) }),
	SizeFeature{}.Kind():            naming(func(c SizeFeature) Items { return featureItems(c.Feature) }),
	AcceptFeature{}.Kind():          naming(func(c AcceptFeature) Items { return featureItems(c.Feature) }),
	SetBudget{}.Kind():              naming(func(c SetBudget) Items { return featureItems(c.Feature) }),
	RecordCost{}.Kind():             naming(func(c RecordCost) Items { return featureItems(c.Feature) }),

	AddStory{}.Kind():            naming(func(c AddStory) Items { return ordered(storyItems(c.Story.ID)) }),
	MoveStories{}.Kind():         naming(func(c MoveStories) Items { return ordered(storyItems(c.Stories...)) }),
	OrderStories{}.Kind():        naming(func(c OrderStories) Items { return ordered(storyItems(c.Stories...)) }),
	EditStory{}.Kind():           naming(func(c EditStory) Items { return storyItems(c.Story) }),
	AssignStoryFeature{}.Kind():  naming(func(c AssignStoryFeature) Items { return storyItems(c.Story) }),
	ClaimStory{}.Kind():          naming(func(c ClaimStory) Items { return storyItems(c.Story) }),
	RenewClaim{}.Kind():          naming(func(c RenewClaim) Items { return storyItems(c.Story) }),
	ReleaseClaim{}.Kind():        naming(func(c ReleaseClaim) Items { return storyItems(c.Story) }),
	ScheduleStory{}.Kind():       naming(func(c ScheduleStory) Items { return storyItems(c.Story) }),
	AssignStoryTeam{}.Kind():     naming(func(c AssignStoryTeam) Items { return storyItems(c.Story) }),
	AssignStoryAssignee{}.Kind(): naming(func(c AssignStoryAssignee) Items { return storyItems(c.Story) }),
	EstimateStory{}.Kind():       naming(func(c EstimateStory) Items { return storyItems(c.Story) }),
	AssessStory{}.Kind():         naming(func(c AssessStory) Items { return storyItems(c.Story) }),
	SetStoryStatus{}.Kind():      naming(func(c SetStoryStatus) Items { return storyItems(c.Story) }),
	AddCriterion{}.Kind():        naming(func(c AddCriterion) Items { return storyItems(c.Story) }),
	EditCriterion{}.Kind():       naming(func(c EditCriterion) Items { return storyItems(c.Story) }),
	RemoveCriterion{}.Kind():     naming(func(c RemoveCriterion) Items { return storyItems(c.Story) }),
	JudgeCriterion{}.Kind():      naming(func(c JudgeCriterion) Items { return storyItems(c.Story) }),
	AcceptStory{}.Kind():         naming(func(c AcceptStory) Items { return storyItems(c.Story) }),
	AddTask{}.Kind():             naming(func(c AddTask) Items { return storyItems(c.Story) }),
	RelateStories{}.Kind():       naming(func(c RelateStories) Items { return storyItems(c.Story, c.Other) }),
	UnrelateStories{}.Kind():     naming(func(c UnrelateStories) Items { return storyItems(c.Story, c.Other) }),
	AddDependency{}.Kind():       naming(func(c AddDependency) Items { return bothItems(c.Item, c.Needs) }),
	RemoveDependency{}.Kind():    naming(func(c RemoveDependency) Items { return bothItems(c.Item, c.Needs) }),

	SetKeyResults{}.Kind():          naming(func(c SetKeyResults) Items { return goalItems(c.Goal) }),
	MeasureKeyResult{}.Kind():       naming(func(c MeasureKeyResult) Items { return goalItems(c.Goal) }),
	AssignFeatureKeyResult{}.Kind(): naming(func(c AssignFeatureKeyResult) Items { return featureItems(c.Feature) }),
	SetFeatureMeasure{}.Kind():      naming(func(c SetFeatureMeasure) Items { return featureItems(c.Feature) }),
	MeasureFeature{}.Kind():         naming(func(c MeasureFeature) Items { return featureItems(c.Feature) }),
	JudgeHypothesis{}.Kind():        naming(func(c JudgeHypothesis) Items { return featureItems(c.Feature) }),

	AddInsight{}.Kind():      naming(func(c AddInsight) Items { return Items{Insights: []roadmap.InsightID{c.Insight.ID}} }),
	EditInsight{}.Kind():     naming(func(c EditInsight) Items { return Items{Insights: []roadmap.InsightID{c.Insight}} }),
	ProposeStory{}.Kind():    naming(func(c ProposeStory) Items { return proposalItems(c.proposal().ID) }),
	ProposeFeature{}.Kind():  naming(func(c ProposeFeature) Items { return proposalItems(c.proposal().ID) }),
	MergeProposal{}.Kind():   naming(func(c MergeProposal) Items { return proposalItems(c.Proposal) }),
	DeclineProposal{}.Kind(): naming(func(c DeclineProposal) Items { return proposalItems(c.Proposal) }),
	AskQuestion{}.Kind():     naming(func(c AskQuestion) Items { return Items{Questions: []QuestionID{c.Question.ID}} }),
	AnswerQuestion{}.Kind():  naming(func(c AnswerQuestion) Items { return Items{Questions: []QuestionID{c.Question}} }),
	AddRisk{}.Kind():         naming(func(c AddRisk) Items { return Items{Risks: []roadmap.RiskID{c.Risk.ID}} }),
	EditRisk{}.Kind():        naming(func(c EditRisk) Items { return Items{Risks: []roadmap.RiskID{c.Risk}} }),

	AddActivity{}.Kind():        naming(func(c AddActivity) Items { return activityItems(c.Activity.ID, true) }),
	EditActivity{}.Kind():       naming(func(c EditActivity) Items { return activityItems(c.Activity, false) }),
	MoveActivity{}.Kind():       naming(func(c MoveActivity) Items { return activityItems(c.Activity, true) }),
	RemoveActivity{}.Kind():     naming(func(c RemoveActivity) Items { return activityItems(c.Activity, true) }),
	AssignStoryStep{}.Kind():    naming(func(c AssignStoryStep) Items { return storyItems(c.Story) }),
	AddEpic{}.Kind():            naming(func(c AddEpic) Items { return epicItems(c.Epic.ID) }),
	EditEpic{}.Kind():           naming(func(c EditEpic) Items { return epicItems(c.Epic) }),
	RemoveEpic{}.Kind():         naming(func(c RemoveEpic) Items { return epicItems(c.Epic) }),
	AssignFeatureEpic{}.Kind():  naming(func(c AssignFeatureEpic) Items { return featureItems(c.Feature) }),
	AddTheme{}.Kind():           naming(func(c AddTheme) Items { return themeItems(c.Theme.ID) }),
	EditTheme{}.Kind():          naming(func(c EditTheme) Items { return themeItems(c.Theme) }),
	RemoveTheme{}.Kind():        naming(func(c RemoveTheme) Items { return themeItems(c.Theme) }),
	AssignFeatureTheme{}.Kind(): naming(func(c AssignFeatureTheme) Items { return featureItems(c.Feature) }),
	SetMoney{}.Kind(): naming(func(c SetMoney) Items {
		if !c.About.Goal.IsZero() {
			return goalItems(c.About.Goal)
		}
		return featureItems(c.About.Feature)
	}),
	RaiseImpediment{}.Kind():   naming(func(c RaiseImpediment) Items { return impedimentItems(c.Impediment.ID) }),
	EditImpediment{}.Kind():    naming(func(c EditImpediment) Items { return impedimentItems(c.Impediment) }),
	ResolveImpediment{}.Kind(): naming(func(c ResolveImpediment) Items { return impedimentItems(c.Impediment) }),

	PlanSprint{}.Kind():      naming(func(c PlanSprint) Items { return sprintItems(c.Sprint.ID) }),
	EditSprint{}.Kind():      naming(func(c EditSprint) Items { return sprintItems(c.Sprint) }),
	NoteSprint{}.Kind():      naming(func(c NoteSprint) Items { return sprintItems(c.Sprint) }),
	StartSprint{}.Kind():     naming(func(c StartSprint) Items { return sprintItems(c.Sprint) }),
	CommitStories{}.Kind():   naming(func(c CommitStories) Items { return sprintItems(c.Sprint, c.Stories...) }),
	WithdrawStories{}.Kind(): naming(func(c WithdrawStories) Items { return sprintItems(c.Sprint, c.Stories...) }),
}

// naming makes a func of one kind one of any.
func naming[C Change](items func(C) Items) func(Change) Items {
	return func(change Change) Items { return items(change.(C)) }
}

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
	slices.SortFunc(ids, story.Identity[E].Compare)
	return slices.Compact(ids)
}
