package backlog

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Options are the rules of a backlog. The zero value is the default. They are not part of the events:
// a replay needs the same options again.
type Options struct {
	Policy   Policy         // who may do what; nil means Responsibilities.Responsible.Policy()
	Workflow story.Workflow // the states of a story; the zero value means story.DefaultWorkflow()
	Ready    []Check        // the definition of ready; nil means DefaultReady()
	Done     []Check        // the definition of done; nil means DefaultDone()

	// FeatureReady is the definition of ready for features: what one has to meet to be planned into an increment.
	FeatureReady []CheckOf[roadmap.Feature]

	// FeatureDone and ReleaseDone are the definitions of done for features and for releases, beside what
	// [AcceptFeature] and [ShipRelease] want by themselves.
	FeatureDone []CheckOf[roadmap.Feature]
	ReleaseDone []CheckOf[roadmap.Release]

	// Rules are the rules of practice and what a breach of each does.
	Rules Rules
	// HoldFeaturesOnly makes what a feature needs hold the feature only: its stories can be started
	// without it. By default they wait for it too.
	HoldFeaturesOnly bool

	// Limits bound the work in progress and what waits for it. [RuleWorkInProgress] decides what going beyond
	// them does, on whatever way.
	Limits []Limit

	// Responsibilities are who decides, is consulted and is informed; the zero value means
	// [DefaultResponsibilities].
	Responsibilities Responsibilities

	// RiskScale names the levels that risks are rated on; the zero value means five of each, from rare to almost certain
	// and from negligible to severe.
	RiskScale RiskScale

	// Upgrade, unless it is nil, brings snapshots of older versions up to date for [Restore].
	Upgrade Upgrade
}

// Backlog is the root of a product: a [View], whose queries are promoted, with the methods that change
// it, [Backlog.Decide], [Backlog.Apply] and [Backlog.Execute]. Make one with [New], [Replay] or
// [Restore].
//
// Several goroutines may call queries at once. A call of one of the three must be alone: Decide too,
// since it makes the changes and takes them back.
type Backlog struct{ view }

// view makes the queries of [View] those of [Backlog] without a field that anybody can reach.
type view = View

// View returns b without the methods that change it. It is not a copy: later changes of b show in it.
func (b *Backlog) View() *View { return &b.view }

// View answers every question about a backlog and changes nothing. [Backlog.View] returns it.
type View struct {
	options Options
	isOwn   bool      // the policy is this package's: it changes nothing that it is handed
	seq     uint64    // of the last event
	at      time.Time // of the last event

	vision      roadmap.Vision
	stage       roadmap.Stage
	goals       store[roadmap.GoalID, goalEntry]
	horizons    store[roadmap.HorizonID, horizonEntry]
	releases    store[roadmap.ReleaseID, releaseEntry]
	increments  store[roadmap.IncrementID, incrementEntry]
	features    store[roadmap.FeatureID, featureEntry]
	sprints     store[SprintID, sprintEntry]
	openSprints map[story.Team]*sprintTimes
	people      people
	themes      store[roadmap.ThemeID, themeEntry]
	epics       store[roadmap.EpicID, epicEntry]
	activities  store[roadmap.ActivityID, activityEntry]
	insights    store[roadmap.InsightID, insightEntry]
	proposals   store[roadmap.ProposalID, proposalEntry]
	questions   store[QuestionID, questionEntry]
	risks       store[roadmap.RiskID, riskEntry]
	impediments store[roadmap.ImpedimentID, impedimentEntry]

	claims claims
	lanes  lanes
	begins map[story.Status]story.Status // see beginnings; it stays as it is

	stories   map[story.ID]*storyEntry
	tasks     map[story.TaskID]*storyEntry
	parts     map[story.ID]map[story.ID]bool    // the stories that were split from one; nil while there are none
	steps     map[roadmap.StepID]*activityEntry // of the story map; nil while there are none
	keys      map[string]ItemID                 // what people name by a key; nil while nothing has one
	order     order
	total     tally                                  // of all stories
	asked     map[roadmap.Subject]int                // open questions about it; nil while there are none
	loads     []load                                 // what each of options.Limits counts
	spare     []storyEntry                           // see newStoryEntry
	free      []*storyEntry                          // likewise
	gone      []*storyEntry                          // see freeStoryEntry
	standings map[standing]*keptStanding             // of all stories so far
	impeding  map[roadmap.Subject][]*impedimentEntry // the impediments about it, resolved ones too; nil while there were none

	watch func(id story.ID, from, to story.Status, category story.Category) // see Transitions

	waiving   []Waiver // what the decision that is being made waives
	recording bool     // whether undo is kept
	undo      []func() // takes back what was done since recording began, last first
	replaced  trail[storyRecord, storyEntry]
	forgotten []forgotten
	recall    func()      // see remember
	draft     storyRecord // see changeStory
	touched   *touches    // what is recorded, where Reverse asks for it

	recent    recent
	by        Actor        // who was found valid last, see admit
	writing   bool         // whether a call that must be alone is under way
	lastFound *storyEntry  // see lookUp
	lastType  reflect.Type // see admitChange

	rooms []Event // see room

	trying bool // whether what is made is taken back in any case: then no event is remembered
}

// New returns an empty backlog. Errors: [field.Error] for options that are not valid.
func New(options Options) (*Backlog, error) {
	options.Responsibilities = options.Responsibilities.orDefault()
	isOwn := options.Policy == nil
	if isOwn {
		options.Policy = options.Responsibilities.Responsible.Policy()
	}
	if len(options.Workflow.States) == 0 {
		options.Workflow = story.DefaultWorkflow()
	}
	if options.Ready == nil {
		options.Ready = DefaultReady()
	}
	if options.Done == nil {
		options.Done = DefaultDone()
	}
	options.Workflow, options.Limits = options.Workflow.Clone(), slices.Clone(options.Limits)
	if len(options.RiskScale.Likelihood) == 0 && len(options.RiskScale.Impact) == 0 {
		options.RiskScale = defaultRiskScale()
	}
	options.RiskScale = options.RiskScale.Clone()
	options.Ready, options.Done = slices.Clone(options.Ready), slices.Clone(options.Done)
	options.FeatureDone, options.ReleaseDone = slices.Clone(options.FeatureDone), slices.Clone(options.ReleaseDone)
	options.FeatureReady = slices.Clone(options.FeatureReady)
	err := field.Join(validateChecks("feature_ready", options.FeatureReady), validateChecks("feature_done", options.FeatureDone), validateChecks("release_done", options.ReleaseDone),
		options.Workflow.Validate(), options.validateLimits(), options.Rules.Validate(), options.RiskScale.Validate(),
		options.Responsibilities.Validate())
	for _, checks := range [][]Check{options.Ready, options.Done} {
		for i, check := range checks {
			if check.Name == "" || check.Missing == nil {
				err = field.Join(err, fieldError(fmt.Sprintf("checks[%d]", i), check.Name, "a name and a func"))
			}
		}
	}
	if err != nil {
		return nil, fmt.Errorf("backlog: options: %w", bare(err))
	}
	return &Backlog{view{
		options: options, isOwn: isOwn, begins: beginnings(options.Workflow), features: newFeatures(),
		stories: make(map[story.ID]*storyEntry),
		tasks:   make(map[story.TaskID]*storyEntry),
		loads:   newLoads(options.Limits),
	}}, nil
}

// Seq returns the sequence number of the last event, 0 before the first: the backlog's version.
func (b *View) Seq() uint64 { return b.seq }

// At returns the instant of the last event, the zero time before the first.
func (b *View) At() time.Time { return b.at }

// Workflow returns a copy of the workflow that the backlog goes by.
func (b *View) Workflow() story.Workflow { return b.options.Workflow.Clone() }

// errZero is returned for what would change the zero Backlog, which has no rules to go by.
var errZero = errors.New("backlog: the zero Backlog takes no change; make one with New, Replay or Restore")

func (b *View) isZero() bool { return b.stories == nil }

// Vision returns the vision, and false before it is set.
func (b *View) Vision() (roadmap.Vision, bool) { return b.vision, !b.vision.IsZero() }

// Goals returns an iterator over the goals in the order in which they were added.
func (b *View) Goals() iter.Seq[roadmap.Goal] {
	return func(yield func(roadmap.Goal) bool) {
		for _, entry := range b.goals.list {
			if !yield(entry.goal.Clone()) {
				return
			}
		}
	}
}

// Goal returns a goal by its id.
func (b *View) Goal(id roadmap.GoalID) (roadmap.Goal, bool) {
	entry, ok := b.goals.byID[id]
	if !ok {
		return roadmap.Goal{}, false
	}
	return entry.goal.Clone(), true
}

// Horizons returns an iterator over the horizons of the roadmap in their order.
func (b *View) Horizons() iter.Seq[roadmap.Horizon] { return horizonTable.every(b) }

// Horizon returns a horizon by its id.
func (b *View) Horizon(id roadmap.HorizonID) (roadmap.Horizon, bool) { return horizonTable.find(b, id) }

// Features returns an iterator over the features in their order, the program backlog.
func (b *View) Features() iter.Seq[roadmap.Feature] {
	return func(yield func(roadmap.Feature) bool) {
		for _, entry := range b.features.list {
			if !yield(entry.feature) {
				return
			}
		}
	}
}

// Feature returns a feature by its id.
func (b *View) Feature(id roadmap.FeatureID) (roadmap.Feature, bool) {
	entry, ok := b.features.byID[id]
	if !ok {
		return roadmap.Feature{}, false
	}
	return entry.feature, true
}

// Stories returns an iterator over all stories in their order, dropped and accepted ones too.
func (b *View) Stories() iter.Seq[story.Story] {
	return func(yield func(story.Story) bool) {
		var s story.Story
		for i := 0; i < len(b.order.chunks); i++ { // as order.all, without a call for each story
			for c, at := b.order.chunks[i], 0; at < len(c.entries); at++ {
				if b.order.entry(c.entries[at]).copyTo(&s); !yield(s) {
					return
				}
			}
		}
	}
}

// Story returns a story by its id.
func (b *View) Story(id story.ID) (story.Story, bool) {
	entry, ok := b.stories[id]
	if !ok {
		return story.Story{}, false
	}
	return entry.value(), true
}

// Len returns the number of stories.
func (b *View) Len() int { return len(b.stories) }

// StoriesOf returns an iterator over the stories of a feature in their order. O(n log n) in their number.
func (b *View) StoriesOf(id roadmap.FeatureID) iter.Seq[story.Story] {
	return func(yield func(story.Story) bool) {
		entry, ok := b.features.byID[id]
		if !ok {
			return
		}
		for _, child := range b.inOrder(entry.stories) {
			if !yield(child.value()) {
				return
			}
		}
	}
}

// FeaturesOf returns an iterator over the features that serve a goal in their order. O(features).
func (b *View) FeaturesOf(id roadmap.GoalID) iter.Seq[roadmap.Feature] {
	return func(yield func(roadmap.Feature) bool) {
		for _, entry := range b.features.list {
			if entry.feature.Goal == id && !yield(entry.feature) {
				return
			}
		}
	}
}

// Assessment returns what was said about the value and size of a story, for a prioritisation
// method to rank by, and false where nothing was.
func (b *View) Assessment(id story.ID) (prioritize.Assessment, bool) {
	entry, ok := b.stories[id]
	if !ok || entry.story.assessment == nil {
		return prioritize.Assessment{}, false
	}
	return entry.story.assessment.Clone(), true
}

// FeatureAssessment is [View.Assessment] for a feature.
func (b *View) FeatureAssessment(id roadmap.FeatureID) (prioritize.Assessment, bool) {
	entry, ok := b.features.byID[id]
	if !ok || entry.assessment == nil {
		return prioritize.Assessment{}, false
	}
	return entry.assessment.Clone(), true
}
