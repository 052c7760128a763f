package backlog

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// RecordID names a record that [View.Offers] is asked about: one id is set. The zero value is the product.
type RecordID struct {
	Goal      roadmap.GoalID      `json:"goal,omitzero"`
	Feature   roadmap.FeatureID   `json:"feature,omitzero"`
	Story     story.ID            `json:"story,omitzero"`
	Sprint    SprintID            `json:"sprint,omitzero"`
	Release   roadmap.ReleaseID   `json:"release,omitzero"`
	Increment roadmap.IncrementID `json:"increment,omitzero"`

	Horizon  roadmap.HorizonID  `json:"horizon,omitzero"`
	Epic     roadmap.EpicID     `json:"epic,omitzero"`
	Theme    roadmap.ThemeID    `json:"theme,omitzero"`
	Activity roadmap.ActivityID `json:"activity,omitzero"`

	Insight    roadmap.InsightID    `json:"insight,omitzero"`
	Proposal   roadmap.ProposalID   `json:"proposal,omitzero"`
	Question   QuestionID           `json:"question,omitzero"`
	Risk       roadmap.RiskID       `json:"risk,omitzero"`
	Impediment roadmap.ImpedimentID `json:"impediment,omitzero"`
}

// Offer is a change that could be made to a record: what a user interface shows, be it to choose from, be it greyed
// out with the reason.
type Offer struct {
	Change Change
	// Missing are the fields that the user has to give, by their names in the JSON of the change: "reason",
	// "goal.title". The change holds placeholders in them, with which it was judged. What else it holds are the values
	// that the record has.
	Missing []string
	Refused error // why it is not allowed, as [View.Can] returns it; nil where it is
}

// MarshalJSON writes the kind of the change, the change, what is missing, and why it is refused as text.
func (o Offer) MarshalJSON() ([]byte, error) {
	kind, change, err := EncodeChange(o.Change)
	if err != nil {
		return nil, err
	}
	refused := ""
	if o.Refused != nil {
		refused = o.Refused.Error()
	}
	return json.Marshal(struct {
		Kind    string          `json:"kind"`
		Change  json.RawMessage `json:"change"`
		Missing []string        `json:"missing"`
		Refused string          `json:"refused,omitzero"`
	}{kind, change, append([]string{}, o.Missing...), refused})
}

// Offers lists what could be done to a record at an instant, and what of it an actor may not do, and why: one
// change of each kind, in about the order of the package comment, [SetStoryStatus] once for each state and the changes
// of a story's sprint once for each sprint. Of several changes of one kind, such as for each criterion, it is the
// first that is allowed, or else the first. For the product it is what begins a record of its own.
//
// What takes a second item is not among them: dependencies, relations, [OrderStories]. A record that is not there,
// or a RecordID with two ids, has none. The cost is that of asking for some forty changes, and a look at each sprint.
func (b *View) Offers(of RecordID, by Actor, at time.Time) []Offer {
	var offers []Offer
	index := make(map[string]int)
	for _, one := range b.candidates(of, by, later(at, b.at)) {
		kind := one.Change.Kind()
		i, met := index[kind]
		if met = met && isOncePerItem(one.Change); met && offers[i].Refused == nil {
			continue
		}
		one.Refused = b.Can(one.Change, by, at)
		switch {
		case !met:
			index[kind] = len(offers)
			offers = append(offers, one)
		case one.Refused == nil:
			offers[i] = one
		}
	}
	return offers
}

// candidates returns what could be done to a record, whoever asks.
func (b *View) candidates(of RecordID, by Actor, at time.Time) []Offer {
	switch of {
	case RecordID{}:
		return b.productChanges(by, at)
	case RecordID{Goal: of.Goal}:
		if entry := b.goals.byID[of.Goal]; entry != nil {
			return b.goalChanges(&entry.goal)
		}
	case RecordID{Feature: of.Feature}:
		if entry := b.features.byID[of.Feature]; entry != nil {
			return b.featureChanges(entry, at)
		}
	case RecordID{Story: of.Story}:
		if entry := b.stories[of.Story]; entry != nil {
			return b.storyChanges(entry, at)
		}
	case RecordID{Sprint: of.Sprint}:
		if entry := b.sprints.byID[of.Sprint]; entry != nil {
			return sprintChanges(&entry.sprint)
		}
	case RecordID{Release: of.Release}:
		if entry := b.releases.byID[of.Release]; entry != nil {
			return releaseChanges(&entry.release)
		}
	case RecordID{Increment: of.Increment}:
		if entry := b.increments.byID[of.Increment]; entry != nil {
			return b.incrementChanges(&entry.increment, by)
		}
	}
	return b.partChanges(of)
}

// Allowed lists the changes among the [View.Offers] for a story or a feature that an actor may make at an
// instant.
func (b *View) Allowed(item ItemID, by Actor, at time.Time) []Change {
	if item == (ItemID{}) {
		return nil
	}
	var allowed []Change
	for _, one := range b.Offers(RecordID{Story: item.Story, Feature: item.Feature}, by, at) {
		if one.Refused == nil {
			allowed = append(allowed, one.Change)
		}
	}
	return allowed
}

// offer returns a change with the fields that are missing in it.
func offer(change Change, missing ...string) Offer { return Offer{Change: change, Missing: missing} }

// unless returns a field that is missing unless it has a value.
func unless(has bool, path string) []string {
	if has {
		return nil
	}
	return []string{path}
}

// isOncePerItem reports whether one change of a kind stands for all of it.
func isOncePerItem(change Change) bool {
	switch change.(type) {
	case SetStoryStatus, CommitStories, WithdrawStories:
		return false
	default:
		return true
	}
}

// placeholder stands for a text that the user has to give.
const placeholder = "..."

// noCurrency is the code of ISO 4217 for where no currency is involved: a placeholder too.
const noCurrency = "XXX"

func (b *View) featureChanges(entry *featureEntry, at time.Time) []Offer {
	f := &entry.feature
	currency := cmp.Or(f.Spent.Currency, f.Budget.Currency)
	cost := append([]string{"cost.amount"}, unless(currency != "", "cost.currency")...)
	changes := []Offer{
		offer(AssignFeatureHorizon{Feature: f.ID, Horizon: f.Horizon}),
		offer(AssignFeatureRelease{Feature: f.ID, Release: f.Release}),
		offer(AssignFeatureIncrement{Feature: f.ID, Increment: f.Increment}),
		offer(AssignFeatureTheme{Feature: f.ID, Theme: f.Theme}),
		offer(AssignFeatureEpic{Feature: f.ID, Epic: f.Epic}),
		offer(EditFeature{Feature: f.ID, Title: Set(f.Title), Problem: Set(f.Problem), Hypothesis: Set(f.Hypothesis), Measure: Set(f.Measure)}),
		offer(ScheduleFeature{Feature: f.ID, NotBefore: later(f.Details.Value().NotBefore, at)}, unless(!f.Details.Value().NotBefore.IsZero(), "not_before")...),
		offer(SplitFeature{Feature: f.ID, Later: b.newFeature(), Reason: placeholder}, "later.id", "later.title", "reason"),
		offer(AssignFeatureGoal{Feature: f.ID, Goal: f.Goal}),
		offer(MoveFeature{Feature: f.ID, To: b.features.index(entry)}),
		offer(SetFeatureCriteria{Feature: f.ID, Criteria: unjudged(f.Criteria)}),
	}
	for _, criterion := range f.Criteria.All() {
		changes = append(changes, offer(JudgeFeatureCriterion{Feature: f.ID, Criterion: criterion.ID, Verdict: story.Met}, "verdict"))
	}
	measure := unless(!f.Outcome.IsZero(), "metric.name")
	return append(changes,
		offer(AssessFeature{Feature: f.ID, Assessment: orNone(entry.assessment)}),
		offer(SizeFeature{Feature: f.ID, Size: f.Size}, unless(!f.Size.IsZero(), "size")...),
		offer(SetBudget{Feature: f.ID, Budget: f.Budget}, unless(!f.Budget.IsZero(), "budget")...),
		offer(RecordCost{Feature: f.ID, Cost: roadmap.Money{
			Amount: decimal.NewFromInt(1), Currency: cmp.Or(currency, noCurrency),
		}}, cost...),
		offer(SetMoney{
			About: roadmap.AboutFeature(f.ID), From: monthOf(at), To: monthOf(at).AddDate(0, 1, 0),
			Currency: cmp.Or(f.Budget.Currency, noCurrency), Planned: &roadmap.Cashflow{},
		}, append([]string{"planned"}, unless(f.Budget.Currency != "", "currency")...)...),
		offer(AcceptFeature{Feature: f.ID}),
		offer(DropFeature{Feature: f.ID, Reason: placeholder}, "reason"),
		offer(ReopenFeature{Feature: f.ID, Reason: placeholder}, "reason"),
		offer(SetFeatureMeasure{Feature: f.ID, Metric: measureOf(f), To: time.Unix(0, 0).UTC()}, append(measure, "to")...),
		offer(MeasureFeature{Feature: f.ID}, "value"),
		offer(JudgeHypothesis{Feature: f.ID, Verdict: roadmap.Inconclusive}, "verdict"),
		offer(AssignFeatureKeyResult{Feature: f.ID, KeyResult: f.KeyResult}),
		b.question(roadmap.AboutFeature(f.ID), ProductManager),
		b.impediment(roadmap.AboutFeature(f.ID)),
	)
}

// monthOf returns the begin of the month of an instant.
func monthOf(at time.Time) time.Time {
	return time.Date(at.UTC().Year(), at.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
}

func (b *View) storyChanges(entry *storyEntry, at time.Time) []Offer {
	s := entry.value()
	id, details := s.ID, s.Details.Value()
	changes := []Offer{
		offer(EditStory{Story: id, Title: Set(s.Title), Narrative: Set(s.Narrative)}),
		offer(ScheduleStory{Story: id, NotBefore: later(details.NotBefore, at)}, unless(!details.NotBefore.IsZero(), "not_before")...),
		offer(AssignStoryFeature{Story: id, Feature: s.Feature}),
		offer(AssignStoryTeam{Story: id, Team: s.Team}),
		offer(AssignStoryAssignee{Story: id, Assignee: details.Assignee}),
		offer(AssignStoryStep{Story: id, Step: details.Step}),
		offer(b.evenSplit(&s), "into"),
		offer(EstimateStory{Story: id, Estimate: s.Estimate}, unless(!s.Estimate.IsZero(), "estimate")...),
		offer(AssessStory{Story: id, Assessment: orNone(entry.story.assessment)}),
	}
	for _, state := range b.options.Workflow.States {
		changes = append(changes, offer(SetStoryStatus{Story: id, To: state.Name}))
	}
	changes = append(changes,
		offer(ClaimStory{Story: id, Until: at.Add(time.Hour)}, "until"), offer(RenewClaim{Story: id, Until: at.Add(time.Hour)}, "until"),
		offer(ReleaseClaim{Story: id}),
		offer(AcceptStory{Story: id}), offer(RejectStory{Story: id, Reason: placeholder}, "reason"),
		offer(DropStory{Story: id, Reason: placeholder}, "reason"),
		offer(AddCriterion{Story: id, Criterion: story.Criterion{
			ID:   freeID(func(id story.CriterionID) bool { return criterionIndex(s.Criteria, id) < 0 }),
			Text: placeholder,
		}}, "criterion.id", "criterion.text"),
	)
	for _, criterion := range s.Criteria.All() {
		changes = append(changes, offer(EditCriterion{Story: id, Criterion: criterion.ID, Text: Set(criterion.Text)}))
	}
	for _, criterion := range s.Criteria.All() {
		changes = append(changes, offer(RemoveCriterion{Story: id, Criterion: criterion.ID}))
	}
	for _, criterion := range s.Criteria.All() {
		changes = append(changes, offer(JudgeCriterion{Story: id, Criterion: criterion.ID, Verdict: story.Met}, "verdict"))
	}
	freeTask := freeID(func(id story.TaskID) bool { return b.tasks[id] == nil })
	changes = append(changes, offer(AddTask{Story: id, Task: story.Task{ID: freeTask, Title: placeholder}}, "task.id", "task.title"))
	changes = append(changes, taskChanges(s.Tasks)...)
	changes = append(changes, offer(MoveStories{Stories: []story.ID{id}, To: At(b.order.index(entry))}))
	for _, sprint := range b.sprints.list {
		if !sprint.sprint.Status.IsOpen() {
			continue
		}
		reason := unless(sprint.sprint.Status != SprintActive, "reason")
		changes = append(changes,
			offer(CommitStories{Sprint: sprint.sprint.ID, Stories: []story.ID{id}, Reason: placeholder}, reason...),
			offer(WithdrawStories{Sprint: sprint.sprint.ID, Stories: []story.ID{id}, Reason: placeholder}, reason...))
	}
	return append(changes, b.question(roadmap.AboutStory(id), ProductOwner), b.impediment(roadmap.AboutStory(id)))
}

// question is a question about something to a role.
func (b *View) question(about roadmap.Subject, to Role) Offer {
	free := freeID(func(id QuestionID) bool { return b.questions.byID[id] == nil })
	return offer(AskQuestion{Question{ID: free, About: about, Text: placeholder, To: to}}, "question.id", "question.text")
}

// impediment is an impediment that holds something, or nothing.
func (b *View) impediment(about ...roadmap.Subject) Offer {
	free := freeID(func(id roadmap.ImpedimentID) bool { return b.impediments.byID[id] == nil })
	return offer(RaiseImpediment{roadmap.Impediment{ID: free, Title: placeholder, About: story.ListOf(about...)}}, "impediment.id", "impediment.title")
}

// newFeature is a feature that is not there yet.
func (b *View) newFeature() roadmap.Feature {
	free := freeID(func(id roadmap.FeatureID) bool {
		return b.features.byID[id] == nil && b.proposals.byID[roadmap.ProposalID(id)] == nil
	})
	return roadmap.Feature{ID: free, Title: placeholder}
}

// measureOf returns how a feature's hypothesis is checked, or a placeholder.
func measureOf(f *roadmap.Feature) roadmap.Metric {
	if !f.Outcome.IsZero() {
		return f.Outcome.Value().Metric
	}
	return roadmap.Metric{Name: placeholder, Target: roadmap.Absolute(decimal.NewFromInt(1))}
}

// taskChanges are what can be done to tasks, each first to those that it makes a difference to.
func taskChanges(tasks story.List[story.Task]) []Offer {
	var changes []Offer
	for _, task := range tasks.All() {
		changes = append(changes, offer(EditTask{Task: task.ID, Title: Set(task.Title), Assignee: Set(task.Assignee)}))
	}
	for _, task := range tasks.All() {
		if task.Done {
			changes = append(changes, offer(ReopenTask{Task: task.ID}))
		} else {
			changes = append(changes, offer(FinishTask{Task: task.ID}))
		}
	}
	for _, task := range tasks.All() {
		changes = append(changes, offer(RemoveTask{Task: task.ID}))
	}
	return changes
}

// evenSplit is a split of a story into two with the same criteria.
func (b *View) evenSplit(s *story.Story) SplitStory {
	split := SplitStory{Story: s.ID, Into: make([]story.Story, 0, 2)}
	for range 2 {
		child := story.Story{Title: s.Title, Criteria: unjudged(s.Criteria)}
		child.ID = freeID(func(id story.ID) bool {
			return b.stories[id] == nil && !slices.ContainsFunc(split.Into, func(s story.Story) bool { return s.ID == id })
		})
		split.Into = append(split.Into, child)
	}
	return split
}

// unjudged returns criteria without their verdicts.
func unjudged(criteria story.List[story.Criterion]) story.List[story.Criterion] {
	texts := make([]story.Criterion, criteria.Len())
	for i, criterion := range criteria.All() {
		texts[i] = story.Criterion{ID: criterion.ID, Text: criterion.Text}
	}
	return story.ListOf(texts...)
}

func orNone(assessment *prioritize.Assessment) prioritize.Assessment {
	if assessment == nil {
		return prioritize.Assessment{}
	}
	return assessment.Clone()
}

// freeID returns an id that is not taken, as a placeholder: the last one, or one before it.
func freeID[E any](isFree func(story.Identity[E]) bool) story.Identity[E] {
	last := uuid.Max
	for {
		if id := story.Identity[E](last); isFree(id) {
			return id
		}
		for i := len(last) - 1; i >= 0; i-- {
			last[i]--
			if last[i] != 0xff {
				break
			}
		}
	}
}
