// Package backlog is the root of a product: one [Backlog] holds its vision, goals, features and stories,
// their order and dependencies, sprints, releases and assessments, and decides who may change what.
//
//	b, err := backlog.New(backlog.Options{})
//	po := backlog.As("Ana", backlog.ProductOwner)
//	event, err := b.Execute(backlog.AcceptStory{Story: id}, po, at)
//
// A [Change] is a plain struct such as [AcceptStory]. [Backlog.Execute] asks, in this order: may this
// actor make this change (the [Policy])? Does the workflow have the transition? Are the definitions of
// ready and of done met? Do the [Rules] allow it? Does it fit the rest of the backlog? If not, it
// returns an error with the reason and with what would be needed, and nothing has changed. If so, it
// makes the change and returns an [Event] for the host to store.
//
// [Replay] makes the same backlog from its events again, [ReplayTo] an earlier state of it.
// [View.Snapshot] and [Restore] shorten the way. [Reverse] returns the change that takes an event back.
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
//	what are they all?             Goals Features Stories Sprints Releases Increments Horizons People Len
//	what belongs to this?          FeaturesOf StoriesOf StoriesOfTeam SprintOf
//	what is in this state?         StoriesIn Board
//	what is this for?              Trace TraceStory
//	where in the order is it?      Index StoryAt Untangle
//	which one do people mean?      StoryByKey FeatureByKey
//	what can be started?           Startable
//	what comes next for whom?      NextFor
//	who holds it?                  ClaimOf Claims
//	is it ready, is it done?       Readiness Doneness
//	what does this wait for?       WaitOf Waiting OpenNeeds Needs Dependencies
//	what waits for this?           NeededBy Frees Unblocks
//	what takes longest?            CriticalPath
//	how do stories relate?         RelationsOf Relations
//	who may, and what?             Can Allowed
//	who accepted it, and when?     Acceptance FeatureAcceptance
//	what is it worth?              Assessment FeatureAssessment
//	how far are we?                FeatureProgress GoalProgress TotalProgress
//	what did it cost?              Budgets
//	what fits a sprint?            SprintFill BestSprintFill SprintLoad WorkInProgress
//	what can a review show?        SprintReview
//	can the release ship?          ReleaseReadiness
//	what must leave the release?   ReleaseCuts
//	how is the increment planned?  IncrementOverview
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
// [Event.Touches] returns what an event touched, for caches and for [DecideOptions.ExpectOf]: two people who
// edit two stories do not conflict. A request is a kind and JSON until [DecodeChange] has read it; [Kinds]
// lists what each kind needs, for forms.
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
// A host is the program around a backlog. It keeps the events in a log of its own and changes a backlog
// in three steps:
//
//	events, err := b.Decide(changes, by, at, backlog.DecideOptions{Expect: &seen}) // leaves b as it was
//	err = log.Append(events)                                                       // the host's own
//	err = b.Apply(events...)                                                       // makes them part of b
//
// If the append fails, nothing has happened: b is as before, and the host may decide again. If it is
// not clear whether the append has failed, as after a timeout, the host reads the log from [View.Seq] on
// and applies what it finds before it decides again. A log has to refuse a sequence number that it
// holds already; then several processes can append to it, and the one that comes second reads, applies
// and decides again. If Apply fails after an append, b and the log are not of one past: the host
// discards b and replays.
//
// Clocks of two servers differ, and an event may not be earlier than the last. A host uses the later of
// its own clock and [View.At].
//
// Several goroutines may query a backlog at once. Decide, Apply and Execute must be alone: a
// sync.RWMutex is enough. [View.Clone] makes an independent copy for a reader that takes long.
//
// Iterators read the backlog as they go. Collect before changing what is iterated over:
//
//	for _, s := range slices.Collect(b.Startable(at)) {
//		_, err = b.Execute(backlog.CommitStories{Sprint: sprint, Stories: []story.ID{s.ID}}, po, at)
//	}
//
// Events name people, and a log is only appended to. A host that may have to forget a person uses
// an opaque id as the name of an [Actor] and keeps the names of people elsewhere, where it can delete
// them. If names are in the log already, rewrite them there, or hide them on reading with an [Upgrade]
// in [DecodeEvent]: Apply asks no policy, so another name replays as well, as long as one name becomes the
// same other one everywhere: in the actor, in [GrantRole], [RevokeRole], [Delegate] and [Undelegate], and as
// the assignee of tasks. Notes and reasons are free text and may hold names too. Discard the snapshots
// that were made before.
//
// # What waits
//
// An item is a story or a feature. It is open until it is accepted or dropped.
//
//	can't be started     both         while an item that it needs is open, a feature's own stories left out
//	                     both         before its NotBefore
//	                     both         before the lag after the acceptance of what it needs is over
//	                     a story      while its feature can't, unless Options.HoldFeaturesOnly
//	can't be finished    both         while they can't be started
//	                     a feature    while a story of it is open, too
//	can't be planned     a story      for a sprint while what it waits for is planned for none, or for one
//	                                  that ends later; a feature is planned when its open stories are
//	                     a story      for a sprint that ends before what holds it until an instant does
//	can't be dropped     both         while an open item outside needs it, or a story of the feature
//
// The rows are the rules [RuleStartWaiting] and [RuleFinishWaiting], a check of [DefaultReady], and
// [RuleDropNeeded].
//
// This is what [View.Startable], [View.Waiting], [View.WaitOf], [View.OpenNeeds], [View.Frees], [View.Unblocks],
// [View.CriticalPath], [View.Untangle], [View.SprintFill] and [View.IncrementOverview] go by. A change that would make items wait for each other,
// by what they need and by what they are part of, is refused with a [CycleError], in a log too and with all
// options: as long as no feature or goal is dropped, what is open can be finished in some order.
//
// # The changes
//
//	vision and goals   SetVision AddGoal EditGoal PursueGoal MeasureGoal WithdrawMeasurement
//	                   FulfilGoal DropGoal
//	roadmap            AddHorizon EditHorizon RemoveHorizon AssignFeatureHorizon SetStage
//	releases           PlanRelease EditRelease AssignFeatureRelease ShipRelease
//	increments         PlanIncrement EditIncrement AssignFeatureIncrement VoteConfidence SetObjectives
//	                   RateObjective
//	features           AddFeature EditFeature ScheduleFeature AssignFeatureGoal MoveFeature OrderFeatures
//	                   SetFeatureCriteria JudgeFeatureCriterion AssessFeature SizeFeature SetBudget RecordCost
//	                   AcceptFeature DropFeature ReopenFeature
//	stories            AddStory EditStory ScheduleStory AssignStoryFeature AssignStoryTeam AssignStoryAssignee SplitStory
//	                   EstimateStory AssessStory SetStoryStatus ClaimStory RenewClaim ReleaseClaim
//	                   AcceptStory RejectStory DropStory
//	criteria           AddCriterion EditCriterion RemoveCriterion JudgeCriterion
//	tasks              AddTask EditTask FinishTask ReopenTask RemoveTask
//	dependencies       AddDependency RemoveDependency RelateStories UnrelateStories
//	order              MoveStories OrderStories
//	sprints            PlanSprint EditSprint CommitStories WithdrawStories StartSprint CloseSprint CancelSprint
//	                   NoteSprint
//	voices             AddInsight EditInsight ProposeStory ProposeFeature TakeProposal MergeProposal
//	                   DeclineProposal AskQuestion AnswerQuestion
//	risks              AddRisk EditRisk
//	people             GrantRole RevokeRole Delegate Undelegate
//	history            ImportItems Revert, which Reverse makes
package backlog
