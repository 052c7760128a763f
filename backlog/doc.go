// Package backlog is the root of a product: one [Backlog] holds its vision, goals, features and stories,
// their order and dependencies, sprints, releases and assessments, and decides who may change what.
//
//	b, err := backlog.New(backlog.Options{})
//	ana := backlog.As("Ana", backlog.ProductManager, backlog.ProductOwner)
//	goal := roadmap.Goal{ID: roadmap.GoalID(uuid.New()), Title: "Half of all orders in one step"}
//	feature := roadmap.Feature{ID: roadmap.FeatureID(uuid.New()), Title: "Saved cards", Goal: goal.ID}
//	pay := story.Story{ID: story.ID(uuid.New()), Title: "Pay with a saved card", Feature: feature.ID}
//	for _, change := range []backlog.Change{
//		backlog.SetVision{Vision: roadmap.Vision{Text: "Nobody waits at the checkout."}},
//		backlog.AddGoal{Goal: goal}, backlog.AddFeature{Feature: feature}, backlog.AddStory{Story: pay},
//	} {
//		event, err := b.Execute(change, ana, time.Now())
//		if err != nil {
//			return err
//		}
//		events = append(events, event) // to be stored
//	}
//
// The ids are UUIDs that the caller makes, here with github.com/google/uuid.
//
// A [Change] is a plain struct such as [AcceptStory]. [Backlog.Execute] asks, in this order: may this
// actor make this change (the [Policy])? Does the workflow have the transition? Are the definitions of
// ready and of done met? Do the [Rules] allow it? Does it fit the rest of the backlog? If not, it
// returns an error with the reason and with what would be needed, and nothing has changed. If so, it
// makes the change and returns an [Event] for the host to store.
//
// [Replay] makes the same backlog from its events again, [ReplayTo] an earlier state of it.
// [View.Snapshot] and [Restore] shorten the way. [Backlog.Reverse] returns the change that takes an event back.
// The packages below this one read a backlog: diff compares two, flow measures the past, forecast
// looks ahead, render prints, exchange reads and writes the files of trackers.
//
// The package does no I/O and reads no clock: instants and ids are arguments. What a query returns is
// a copy: nothing that a caller does to it reaches the backlog.
//
// # The queries
//
// A [View] answers questions and changes nothing. A Backlog is a View with [Backlog.Decide],
// [Backlog.Apply] and [Backlog.Execute]. Queries of one thing return false if it is not there.
//
//	what is there?                 Vision Stage Goal Feature Story Sprint Release Increment Horizon Person
//	                               Theme Epic Activity
//	what are they all?             Goals Features Stories Sprints Releases Increments Horizons People Len
//	                               Themes Epics Activities
//	what belongs to this?          FeaturesOf FeaturesOfEpic StoriesOf StoriesOfTeam SprintOf
//	what do users do with it?      StoryMap
//	what is in this state?         StoriesIn Board
//	what is this for?              Trace TraceStory
//	where in the order is it?      Index StoryAt Untangle
//	which one do people mean?      StoryByKey FeatureByKey
//	what waits for nothing?        Startable
//	what comes next for whom?      NextFor
//	who holds it?                  ClaimOf Claims
//	is it ready, is it done?       Readiness Doneness FeatureReadiness FeatureDoneness
//	what does this wait for?       WaitOf Waiting OpenNeeds Needs Dependencies
//	what holds work up?            ImpedimentsOf Impediment Impediments
//	what waits for this?           NeededBy Frees Unblocks
//	what takes longest?            CriticalPath
//	how do stories relate?         RelationsOf Relations
//	what is late?                  Overdue
//	who may, and what?             Can Allowed Offers PolicyRequest
//	whom to ask, whom to tell?     Responsibilities
//	who accepted it, and when?     Acceptance FeatureAcceptance
//	what is it worth?              Assessment FeatureAssessment
//	how far are we?                FeatureProgress EpicProgress GoalProgress TotalProgress
//	what did it cost, and earn?    Budgets ThemeBudgets MoneyOf
//	what fits a sprint?            SprintFill BestSprintFill AllocatedFill SprintLoad WorkInProgress
//	what can a review show?        SprintReview
//	can the release ship?          ReleaseReadiness
//	what must leave the release?   ReleaseCuts
//	how is the increment planned?  IncrementOverview
//	who works on which result?     KeyResultCoverage Orphans
//	did the benefit come?          OutcomesDue
//	who said what about it?        Voices Insight Insights Proposal Proposals Question Questions
//	how long do answers take?      AnswerTimes
//	what may go wrong?             Risk Risks RiskScale
//	what looks wrong?              Findings
//	what would an import break?    Breaches
//	what changed since?            Seq At Snapshot Clone
//	by which workflow?             Workflow
//
// For "what changed since?", compare Seq with the version that was seen, and the two states with package
// diff; a caller who hands the version to [DecideOptions] gets the events since in a [ConflictError].
//
// For a preview ("what would this change?"), execute the changes on a [View.Clone] and compare the two
// with diff.Between: see the Example there.
//
// Stories lists the accepted and dropped ones too. The open ones are those of which
// Workflow().Category(s.Status) is open:
//
//	for s := range b.Stories() {
//		if category, _ := workflow.Category(s.Status); category.IsOpen() { ... }
//	}
//
// Startable does not ask whether a story is ready, and lists drafts too.
//
// [Event.Touches] returns what an event touched, for caches and for [DecideOptions.ExpectOf]: two people who
// edit two stories do not conflict. A request is a kind and JSON until [DecodeChange] has read it; package
// form has what each kind needs, for forms.
//
// # Who may do what
//
// The default policy follows common practice. The product manager sets the vision, goals and
// roadmap, defines, orders and accepts features. The product owner writes, orders, accepts and
// rejects stories and alone can cancel a sprint. Developers estimate, split and break stories into
// tasks. Stakeholders are consulted. See [DefaultAuthority] for the table and [ScrumAuthority] for a
// product without a product manager. One person may hold several roles, each for all teams or for one.
// The host hands the roles in with the [Actor], or has them granted on record with [GrantRole]. Whoever
// holds a permission may lend it with [Delegate].
//
// # For hosts
//
// A host is the program around a backlog. It keeps the events in a log of its own. It changes a backlog
// in three steps:
//
//	events, err := b.Decide(changes, by, at, backlog.DecideOptions{Expect: &seen}) // leaves b as it was
//	err = log.Append(events)                                                       // the host's own
//	err = b.Apply(events...)                                                       // makes them part of b
//
// Package host does this over any log, with retries, snapshots and many products.
//
// If Append fails, b is as it was. The host may decide again.
//
// If Append times out, the events may be in the log or not. The host reads the log after [View.Seq] and
// applies what it finds. To see whether its own events are among them, it sets [DecideOptions.Correlation]
// to an id of the request beforehand, and looks for that. If they are not there, it decides again.
//
// If Append finds a later event in the log, another process was faster. The log must refuse the append.
// The host reads and applies the new events, and decides again.
//
// If Apply fails after Append, b and the log differ. The host discards b and replays the log.
//
// An event may not be earlier than the one before it, and the clocks of two servers differ. A host uses
// the later of its clock and [View.At].
//
// Several goroutines may query a backlog at once. Decide, Apply and Execute must be alone. A sync.RWMutex
// is enough: Decide takes the write lock, too. A reader that takes long works on a [View.Clone].
//
// Do not change a backlog while iterating over it. Collect first:
//
//	for _, s := range slices.Collect(b.Startable(at)) {
//		_, err = b.Execute(backlog.CommitStories{Sprint: sprint, Stories: []story.ID{s.ID}}, po, at)
//	}
//
// Events hold names of people, and nothing is deleted from a log. A host that may have to forget a person
// makes the name of an [Actor] an opaque id, and keeps the person's real name where it can delete it. If
// names are in the log already, hide them with an [Upgrade] in [DecodeEvent], or rewrite the log. Replace a
// name by the same other name everywhere: in the actor, in [GrantRole], [RevokeRole], [Delegate] and
// [Undelegate], and in assignees. Look at notes and reasons, too: they are free text. Then discard the
// snapshots that were made before.
//
// # What waits
//
// An item is a story or a feature. An item is open until it is accepted or dropped.
//
// An item cannot be started
//   - while an item that it needs is open; a feature does not wait for stories of its own
//   - while an impediment that it is held by is open, see [RaiseImpediment]
//   - before its NotBefore, see [ScheduleStory]
//   - before the lag of a dependency is over, counted from the acceptance of what is needed
//   - if it is a story, while its feature cannot be started, unless [Options.HoldFeaturesOnly] is set
//
// An item cannot be finished while it cannot be started, and a feature not while a story of it is open.
//
// A story cannot be planned for a sprint if what it waits for is planned for no sprint or for one that
// ends later, while an impediment holds it, or if the sprint does not end after the instant until which the story is
// held, as far as both are known. A feature counts as planned when its open stories are.
//
// An item cannot be dropped while an open item outside needs it, or needs a story of the feature.
//
// The first two are [RuleStartWaiting] and [RuleFinishWaiting]. The third is a check of [DefaultReady]. The
// last is [RuleDropNeeded]. [View.WaitOf] returns what an item waits for; all queries go by the same answer.
//
// Items cannot wait for each other in a circle. A change that would make them is refused with a
// [CycleError], whatever the options, and in Apply too. So there is always an order in which all that is
// open can be finished once the impediments are resolved, unless a feature or goal was dropped.
//
// # The rules
//
// Which changes a rule can refuse, beside a [Revert], which is asked what the changes that it undoes would be:
//
//	RuleVisionFirst        AddGoal
//	RuleOneGoal            PursueGoal
//	RuleStartWaiting       ClaimStory SetStoryStatus
//	RuleFinishWaiting      AcceptFeature AcceptStory
//	RuleExclusive          AcceptStory CommitStories RelateStories
//	RuleWorkInProgress     AddStory AssignStoryAssignee AssignStoryFeature AssignStoryTeam CancelSprint CloseSprint
//	                       EditStory RejectStory SetStoryStatus SplitFeature SplitStory TakeProposal
//	RuleCriteriaMet        AcceptFeature AcceptStory
//	RuleSprintGoal         EditSprint StartSprint
//	RuleSprintStories      StartSprint
//	RuleOneSprint          StartSprint
//	RuleReason             CancelSprint CommitStories DeclineProposal DropFeature DropGoal DropStory RejectStory
//	                       ReopenFeature SplitFeature WithdrawMeasurement WithdrawStories
//	RuleCriteriaPresent    AcceptStory
//	RuleParentAlive        AcceptStory AddFeature AssignFeatureGoal ClaimStory CommitStories SetStoryStatus
//	                       SplitFeature TakeProposal
//	RuleReleaseAccepted    ShipRelease
//	RuleSprintLength       EditSprint PlanSprint
//	RuleSprintOverlap      EditSprint PlanSprint
//	RuleSprintEarly        EditSprint StartSprint
//	RuleIncrementOverlap   EditIncrement PlanIncrement
//	RuleGoalReached        FulfilGoal
//	RuleDropNeeded         DropFeature DropGoal DropStory
//	RuleFeatureOpen        AcceptStory AddStory AssignStoryFeature DropStory EditFeature
//	                       JudgeFeatureCriterion ScheduleFeature SetFeatureCriteria SetFeatureMeasure
//	                       SetStoryStatus SizeFeature SplitFeature SplitStory TakeProposal
//	RuleReleasePlanned     AcceptStory AddFeature AddStory AssignFeatureRelease AssignStoryFeature
//	                       DropStory EditRelease ReopenFeature SetStoryStatus SplitFeature SplitStory
//	                       TakeProposal
//	RuleSprintScope        SetStoryStatus WithdrawStories
//	RuleLevelSkipped       AddFeature AssignFeatureEpic SplitFeature TakeProposal
//	RuleConsulted          every change whose permission has a notice
//	RuleSprintReviewed     CloseSprint
//	RuleClaimed            SetStoryStatus
//
// An [ImportItems] is refused by none: what it breaks is among its findings, whatever the rule, but for those of
// [RuleReason], [RuleConsulted] and [RuleClaimed].
//
// # The changes
//
//	vision and goals   SetVision AddGoal EditGoal MoveGoal PursueGoal MeasureGoal WithdrawMeasurement
//	                   FulfilGoal DropGoal
//	roadmap            AddHorizon EditHorizon RemoveHorizon AssignFeatureHorizon SetStage
//	releases           PlanRelease EditRelease AssignFeatureRelease ShipRelease
//	increments         PlanIncrement EditIncrement AssignFeatureIncrement VoteConfidence SetObjectives
//	                   RateObjective
//	features           AddFeature EditFeature ScheduleFeature SplitFeature AssignFeatureGoal MoveFeature OrderFeatures
//	                   SetFeatureCriteria JudgeFeatureCriterion AssessFeature SizeFeature SetBudget RecordCost
//	                   SetMoney AcceptFeature DropFeature ReopenFeature
//	stories            AddStory EditStory ScheduleStory AssignStoryFeature AssignStoryTeam AssignStoryAssignee SplitStory
//	                   EstimateStory AssessStory SetStoryStatus ClaimStory RenewClaim ReleaseClaim
//	                   AcceptStory RejectStory DropStory
//	criteria           AddCriterion EditCriterion RemoveCriterion JudgeCriterion
//	tasks              AddTask EditTask FinishTask ReopenTask RemoveTask
//	dependencies       AddDependency RemoveDependency RelateStories UnrelateStories
//	order              MoveStories OrderStories
//	story map          AddActivity EditActivity MoveActivity RemoveActivity AssignStoryStep
//	strategy           AddTheme EditTheme RemoveTheme AssignFeatureTheme
//	levels             AddEpic EditEpic RemoveEpic AssignFeatureEpic
//	sprints            PlanSprint EditSprint CommitStories WithdrawStories StartSprint CloseSprint CancelSprint
//	                   NoteSprint
//	outcomes           SetKeyResults MeasureKeyResult AssignFeatureKeyResult SetFeatureMeasure MeasureFeature
//	                   JudgeHypothesis
//	voices             AddInsight EditInsight ProposeStory ProposeFeature TakeProposal MergeProposal
//	                   DeclineProposal AskQuestion AnswerQuestion
//	risks              AddRisk EditRisk
//	impediments        RaiseImpediment EditImpediment ResolveImpediment
//	people             GrantRole RevokeRole Delegate Undelegate
//	history            ImportItems Revert, which Backlog.Reverse makes
package backlog
