package backlog

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Allowed lists what an actor could do to a story or a feature at an instant, for a user interface to
// offer: one change of each kind that [View.Can] would let through, in the order of the package comment,
// [SetStoryStatus] once for each state and the changes of a sprint once for each sprint. A change
// holds the item's own values where it has some and placeholders where it does not, such as a reason,
// or the first criterion or task that the change fits; the host puts in what its user wants, and asks
// again.
//
// What takes a second item is not among them: dependencies, relations, [OrderStories]. An item that
// is not there has none. The cost is that of asking for some twenty changes, and a look at each
// sprint.
func (b *View) Allowed(item ItemID, by Actor, at time.Time) []Change {
	var candidates []Change
	switch n := b.node(item); {
	case n == nil:
		return nil
	case n.story != nil:
		candidates = b.storyChanges(n.story, later(at, b.at))
	default:
		candidates = b.featureChanges(n.feature, later(at, b.at))
	}
	var allowed []Change
	for _, change := range candidates {
		if isOncePerItem(change) && slices.ContainsFunc(allowed, func(c Change) bool { return c.Kind() == change.Kind() }) {
			continue
		}
		if b.Can(change, by, at) == nil {
			allowed = append(allowed, change)
		}
	}
	return allowed
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

func (b *View) featureChanges(entry *featureEntry, at time.Time) []Change {
	f := &entry.feature
	changes := []Change{
		AssignFeatureHorizon{Feature: f.ID, Horizon: f.Horizon},
		AssignFeatureRelease{Feature: f.ID, Release: f.Release},
		AssignFeatureIncrement{Feature: f.ID, Increment: f.Increment},
		AssignFeatureTheme{Feature: f.ID, Theme: f.Theme},
		AssignFeatureEpic{Feature: f.ID, Epic: f.Epic},
		EditFeature{Feature: f.ID, Title: Set(f.Title), Problem: Set(f.Problem), Hypothesis: Set(f.Hypothesis), Measure: Set(f.Measure)},
		ScheduleFeature{Feature: f.ID, NotBefore: later(f.Details.Value().NotBefore, at)},
		AssignFeatureGoal{Feature: f.ID, Goal: f.Goal},
		MoveFeature{Feature: f.ID, To: slices.Index(b.features.list, entry)},
		SetFeatureCriteria{Feature: f.ID, Criteria: unjudged(f.Criteria)},
	}
	for _, criterion := range f.Criteria.All() {
		changes = append(changes, JudgeFeatureCriterion{Feature: f.ID, Criterion: criterion.ID, Verdict: story.Met})
	}
	return append(changes,
		AssessFeature{Feature: f.ID, Assessment: orNone(entry.assessment)},
		SizeFeature{Feature: f.ID, Size: f.Size},
		SetBudget{Feature: f.ID, Budget: f.Budget},
		RecordCost{Feature: f.ID, Cost: roadmap.Money{
			Amount: decimal.NewFromInt(1), Currency: cmp.Or(f.Spent.Currency, f.Budget.Currency, noCurrency),
		}},
		SetMoney{
			About: roadmap.AboutFeature(f.ID), From: monthOf(at), To: monthOf(at).AddDate(0, 1, 0),
			Currency: cmp.Or(f.Budget.Currency, noCurrency), Planned: &roadmap.Cashflow{},
		},
		AcceptFeature{Feature: f.ID},
		DropFeature{Feature: f.ID, Reason: placeholder},
		SetFeatureMeasure{Feature: f.ID, Metric: measureOf(f), To: time.Unix(0, 0).UTC()},
		MeasureFeature{Feature: f.ID},
		JudgeHypothesis{Feature: f.ID, Verdict: roadmap.Inconclusive},
		AssignFeatureKeyResult{Feature: f.ID, KeyResult: f.KeyResult},
		b.question(roadmap.AboutFeature(f.ID), ProductManager),
	)
}

// monthOf returns the begin of the month of an instant.
func monthOf(at time.Time) time.Time {
	return time.Date(at.UTC().Year(), at.UTC().Month(), 1, 0, 0, 0, 0, time.UTC)
}

func (b *View) storyChanges(entry *storyEntry, at time.Time) []Change {
	s := &entry.story
	id := s.ID
	changes := []Change{
		EditStory{Story: id, Title: Set(s.Title), Narrative: Set(s.Narrative)},
		ScheduleStory{Story: id, NotBefore: later(s.Details.Value().NotBefore, at)},
		AssignStoryFeature{Story: id, Feature: s.Feature},
		AssignStoryTeam{Story: id, Team: s.Team},
		AssignStoryAssignee{Story: id, Assignee: s.Details.Value().Assignee},
		AssignStoryStep{Story: id, Step: s.Details.Value().Step},
		b.evenSplit(s),
		EstimateStory{Story: id, Estimate: s.Estimate},
		AssessStory{Story: id, Assessment: orNone(entry.assessment)},
	}
	for _, state := range b.options.Workflow.States {
		changes = append(changes, SetStoryStatus{Story: id, To: state.Name})
	}
	changes = append(changes,
		ClaimStory{Story: id, Until: at.Add(time.Hour)}, RenewClaim{Story: id, Until: at.Add(time.Hour)}, ReleaseClaim{Story: id},
		AcceptStory{Story: id}, RejectStory{Story: id, Reason: placeholder}, DropStory{Story: id, Reason: placeholder},
		AddCriterion{Story: id, Criterion: story.Criterion{
			ID:   freeID(func(id story.CriterionID) bool { return criterionIndex(s.Criteria, id) < 0 }),
			Text: placeholder,
		}},
	)
	for _, criterion := range s.Criteria.All() {
		changes = append(changes, EditCriterion{Story: id, Criterion: criterion.ID, Text: Set(criterion.Text)})
	}
	for _, criterion := range s.Criteria.All() {
		changes = append(changes, RemoveCriterion{Story: id, Criterion: criterion.ID})
	}
	for _, criterion := range s.Criteria.All() {
		changes = append(changes, JudgeCriterion{Story: id, Criterion: criterion.ID, Verdict: story.Met})
	}
	freeTask := freeID(func(id story.TaskID) bool { return b.tasks[id] == nil })
	changes = append(changes, AddTask{Story: id, Task: story.Task{ID: freeTask, Title: placeholder}})
	changes = append(changes, taskChanges(s.Tasks)...)
	changes = append(changes, MoveStories{Stories: []story.ID{id}, To: At(b.order.index(entry))})
	for _, sprint := range b.sprints.list {
		if !sprint.sprint.Status.IsOpen() {
			continue
		}
		changes = append(changes,
			CommitStories{Sprint: sprint.sprint.ID, Stories: []story.ID{id}, Reason: placeholder},
			WithdrawStories{Sprint: sprint.sprint.ID, Stories: []story.ID{id}, Reason: placeholder})
	}
	return append(changes, b.question(roadmap.AboutStory(id), ProductOwner))
}

// question is a question about something to a role.
func (b *View) question(about roadmap.Subject, to Role) AskQuestion {
	free := freeID(func(id QuestionID) bool { return b.questions.byID[id] == nil })
	return AskQuestion{Question{ID: free, About: about, Text: placeholder, To: to}}
}

// measureOf returns how a feature's hypothesis is checked, or a placeholder.
func measureOf(f *roadmap.Feature) roadmap.Metric {
	if !f.Outcome.IsZero() {
		return f.Outcome.Value().Metric
	}
	return roadmap.Metric{Name: placeholder, Target: roadmap.Absolute(decimal.NewFromInt(1))}
}

// taskChanges are what can be done to tasks, each first to those that it makes a difference to.
func taskChanges(tasks story.List[story.Task]) []Change {
	var changes []Change
	for _, task := range tasks.All() {
		changes = append(changes, EditTask{Task: task.ID, Title: Set(task.Title), Assignee: Set(task.Assignee)})
	}
	for _, task := range tasks.All() {
		if task.Done {
			changes = append(changes, ReopenTask{Task: task.ID})
		} else {
			changes = append(changes, FinishTask{Task: task.ID})
		}
	}
	for _, task := range tasks.All() {
		changes = append(changes, RemoveTask{Task: task.ID})
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
