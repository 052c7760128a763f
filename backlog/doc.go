// Package backlog is the root of a product: one [Backlog] holds its vision, goals, features,
// stories, their order and dependencies, sprints and assessments, and knows who may change what.
//
// Everything that happens to it is a [Change], a plain struct such as [AcceptStory], through one
// gate:
//
//	b, err := backlog.New(backlog.Options{})
//	po := backlog.As("Ana", backlog.ProductOwner)
//	event, err := b.Execute(backlog.AcceptStory{Story: id}, po, at)
//
// [Backlog.Execute] asks, in this order: may this actor take this decision (the [Policy])? Does the
// workflow know the move? Are the definitions of ready and of done met? Does the change fit the
// rest of the backlog? A no is an error that says which of them said it and what would be needed,
// and nothing has changed. A yes is an [Event], which the caller stores wherever it likes.
//
// The events are the truth. [Replay] makes the same backlog from them again, anywhere; [Backlog.Apply]
// takes one more. Both check structure only: what was allowed when it happened stays so.
// [View.Snapshot] and [Restore] shorten the way. [ReplayTo] gives back any earlier state, package diff
// returns how two states differ, and [Reverse] makes the change that takes an event back. A caller
// who decided on what it saw says so with [DecideOptions.Expect], and learns what happened since;
// [DecodeEvent] reads a log that was begun with an older version.
//
// Reading is by lookups ([View.Story], [View.Feature], [View.Trace], [View.FeatureProgress]) and
// iterators ([View.Stories], [View.Startable], [View.Waiting]); [View.Allowed] lists what somebody
// could do to an item now. What they return is a copy: nothing that a
// caller does to it reaches the backlog.
//
// The package does no I/O and reads no clock: instants and ids are arguments. A Backlog is not safe
// for concurrent use; [View.Clone] makes an independent one for a reader.
//
// # Who may do what
//
// The default policy follows common practice. The product manager sets the vision, goals and
// roadmap, defines, orders and accepts features. The product owner writes, orders, accepts and
// rejects stories and alone can cancel a sprint. Developers estimate, split and break stories into
// tasks. Stakeholders are consulted. See [DefaultAuthority] for the table and [ScrumAuthority] for a
// product without a product manager. One person may hold several roles, each for all teams or one.
// The host hands the roles in with the [Actor], or has them granted on record with [GrantRole]; and
// who may take a decision may let somebody else take it, with [Delegate].
//
// # What waits
//
// An item is a story or a feature. It is open until it is accepted or dropped.
//
//	can't be started     a story      while an item that it needs is open, or one that its feature needs;
//	                                  Options.HoldFeaturesOnly takes the latter out
//	                     a feature    while an item that it needs is open, its own stories left out
//	can't be finished    both         while they can't be started
//	                     a feature    while a story of it is open, too
//
// This is what [View.Startable], [View.Waiting], [View.OpenNeeds], [View.Frees], [View.Unblocks],
// [View.CriticalPath], [View.Untangle], [View.SprintFill], the definition of ready and the rules
// [RuleStartWaiting] and [RuleFinishWaiting] go by. A change that would make items wait for each other,
// by what they need and by what they are part of, is refused with a [CycleError], in a log too, and whatever the options:
// as long as no feature or goal is dropped, what is open can be finished in some order.
//
// # The changes
//
//	vision and goals   SetVision AddGoal EditGoal PursueGoal MeasureGoal FulfilGoal DropGoal
//	roadmap            AddHorizon EditHorizon RemoveHorizon AssignFeatureHorizon SetStage
//	releases           PlanRelease EditRelease AssignFeatureRelease ShipRelease
//	increments         PlanIncrement EditIncrement AssignFeatureIncrement VoteConfidence RateObjective
//	features           AddFeature EditFeature AssignFeatureGoal MoveFeature SetFeatureCriteria
//	                   JudgeFeatureCriterion AssessFeature SizeFeature SetBudget RecordCost
//	                   AcceptFeature DropFeature
//	stories            AddStory EditStory AssignStoryFeature AssignStoryTeam SplitStory EstimateStory AssessStory
//	                   SetStoryStatus AcceptStory RejectStory DropStory
//	criteria           AddCriterion EditCriterion RemoveCriterion JudgeCriterion
//	tasks              AddTask EditTask FinishTask ReopenTask RemoveTask
//	dependencies       AddDependency RemoveDependency RelateStories UnrelateStories
//	order              MoveStories OrderStories
//	sprints            PlanSprint CommitStories WithdrawStories StartSprint CloseSprint CancelSprint
//	                   NoteSprint
//	people             GrantRole RevokeRole Delegate Undelegate
//	history            Revert, which Reverse makes
package backlog
