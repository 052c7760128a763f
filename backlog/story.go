package backlog

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

var storyTable = &table[story.ID, storyRecord, storyEntry]{
	name: "stories", noun: "story",
	rows:  func(b *View) storage[story.ID, storyEntry] { return (*storyRows)(b) },
	key:   func(r storyRecord) story.ID { return r.ID },
	value: (*storyEntry).record,
	trail: func(b *View) *trail[storyRecord, storyEntry] { return &b.replaced },
	fresh: (*View).newStoryEntry,
	set:   (*View).setStory,
	check: (*View).checkStoryRecord,
	stays: (*View).storyStays,
	same:  sameStory,
	parts: storyRecordParts,
}

// checkStoryRecord wants a record that is valid, refers to what is there and takes nobody's tasks.
func (b *View) checkStoryRecord(entry *storyEntry, record storyRecord) error {
	category, known := b.options.Workflow.Category(record.Status)
	err := field.Join(record.Validate(), b.checkParent(record.Feature), b.checkStep("details.step", record.Details.Value().Step),
		record.Acceptance.validate(category == story.Completed))
	err = field.Join(err, checkAssessment(record.Assessment), b.checkKey(record.Key(), StoryItem(record.ID)))
	if !known {
		err = field.Join(err, fieldError("status", string(record.Status), "a state of the workflow"))
	}
	for _, task := range record.Tasks.All() {
		if holder, taken := b.tasks[task.ID]; taken && holder != entry {
			err = field.Join(err, exists("task", task.ID))
		}
	}
	return err
}

func (b *View) storyStays(entry *storyEntry) (reason, needs string) {
	if n := &entry.node; len(n.needs)+len(n.frees)+len(entry.story.relations) > 0 {
		return fmt.Sprintf("story %q has dependencies or relations", entry.story.Title), "these taken back first"
	}
	if claim := b.claims.byStory[entry.story.ID]; claim != nil {
		return fmt.Sprintf("story %q is claimed by %q", entry.story.Title, claim.claim.By), "release_claim first"
	}
	if reason, needs := b.isTalkedAbout(roadmap.AboutStory(entry.story.ID)); reason != "" {
		return reason, needs
	}
	for _, other := range b.sprints.list {
		if slices.Contains(other.sprint.Stories, entry.story.ID) || slices.Contains(other.sprint.Returned, entry.story.ID) {
			return fmt.Sprintf("story %q is or was in sprint %q", entry.story.Title, other.sprint.Name), "the sprint taken back first"
		}
	}
	return "", ""
}

// AddStory adds a story at the end of the backlog, in the workflow's initial state. What others
// decide comes later: its estimate, status, tasks and verdicts are left unset.
//
// The product owner may do it. Errors: [field.Error]; [ErrExists]; [NotFoundError] for its
// feature and its step; [ErrRule] by [RuleFeatureOpen] and [RuleReleasePlanned].
type AddStory struct {
	Story story.Story `json:"story"`
}

// Kind returns "add_story".
func (AddStory) Kind() string { return "add_story" }

func (AddStory) permission(*View) Permission { return MayWriteStories }

func (c AddStory) teams(*View) []story.Team { return []story.Team{c.Story.Team} }

func (c AddStory) gate(b *View) []*RefusedError { return b.wantTakesStories(c.Story.Feature) }

func (c AddStory) moves(b *View) []storyMove {
	s := c.Story
	s.Status = b.options.Workflow.Initial
	return []storyMove{{is: s}}
}

func (c AddStory) check(b *View) error { return b.checkNewStory(&c.Story) }

func (c AddStory) apply(b *View, _ time.Time, _ string) {
	record := storyRecord{Story: c.Story}
	record.Status = b.options.Workflow.Initial
	storyTable.add(b, record)
}

// checkNewStory wants a valid story with an id and a feature that fit, and with nothing in it that
// needs an authority of its own.
func (b *View) checkNewStory(s *story.Story) error {
	if _, taken := b.stories[s.ID]; taken {
		return exists("story", s.ID)
	}
	if err := checkStoryDraft(s); err != nil {
		return err
	}
	if s.Details.IsZero() {
		return b.checkParent(s.Feature)
	}
	return field.Join(b.checkNewDetails(s.Details.Value()), b.checkKey(s.Key(), StoryItem(s.ID)), b.checkParent(s.Feature),
		b.checkStep("details.step", s.Details.Value().Step))
}

// checkStoryDraft wants a valid story with nothing in it that needs an authority of its own.
func checkStoryDraft(s *story.Story) error {
	if err := s.Validate(); err != nil {
		return err
	}
	if !s.Parent.IsZero() {
		return fieldError("parent", s.Parent.String(), "none: split_story gives it")
	}
	if s.Status != "" || !s.Estimate.IsZero() || !s.Tasks.IsZero() {
		return fieldError("story", fmt.Sprintf("status %q, estimate %q, %d tasks", s.Status, s.Estimate, s.Tasks.Len()),
			"none of these: they are given with set_story_status, estimate_story and add_task")
	}
	return checkUnjudged(s.Criteria)
}

// EditStory replaces the title, the narrative and the details of a story. Who works on it is set with
// [AssignStoryAssignee].
//
// The product owner may do it. Errors: [NotFoundError]; [field.Error]; [ErrExists] for the key of another
// item; [ErrRule] once the story is accepted or dropped.
type EditStory struct {
	Story       story.ID                     `json:"story"`
	Title       *string                      `json:"title,omitempty"`
	Narrative   *story.Narrative             `json:"narrative,omitempty"`
	Key         *string                      `json:"key,omitempty"`
	ItemKind    *story.Kind                  `json:"item_kind,omitempty"`
	Labels      *story.List[string]          `json:"labels,omitempty"`
	Description *string                      `json:"description,omitempty"`
	Requester   *string                      `json:"requester,omitempty"`
	Segment     *string                      `json:"segment,omitempty"`
	Class       *story.Class                 `json:"class,omitempty"`
	Due         *time.Time                   `json:"due,omitempty"`
	Data        *story.List[story.DataValue] `json:"data,omitempty"`
}

// Kind returns "edit_story".
func (EditStory) Kind() string { return "edit_story" }

func (c EditStory) own() Change {
	c.Title = copied(c.Title)
	c.Narrative = copied(c.Narrative)
	c.Key, c.ItemKind, c.Labels = copied(c.Key), copied(c.ItemKind), copied(c.Labels)
	c.Description, c.Due, c.Data = copied(c.Description), copied(c.Due), copied(c.Data)
	c.Requester, c.Segment, c.Class = copied(c.Requester), copied(c.Segment), copied(c.Class)
	return c
}

func (EditStory) permission(*View) Permission { return MayWriteStories }

func (c EditStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c EditStory) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c EditStory) moves(b *View) []storyMove { return b.moved(c.Story, c.edit) }

func (c EditStory) check(b *View) error {
	entry, err := b.find(c.Story)
	if err != nil {
		return err
	}
	edited := story.Story{ID: c.Story, Title: entry.story.Title} // and what else may not be valid any more
	if c.editsDetails() {
		edited.Details = entry.story.Details
	}
	c.edit(&edited)
	return field.Join(checkEdit(c.Title, c.Narrative, c.Key, c.ItemKind, c.Labels, c.Description,
		c.Requester, c.Segment, c.Class, c.Due, c.Data),
		edited.Validate(), b.checkKey(edited.Key(), StoryItem(c.Story)))
}

func (c EditStory) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, c.edit)
}

func (c EditStory) edit(s *story.Story) {
	edit(&s.Title, c.Title)
	edit(&s.Narrative, c.Narrative)
	if !c.editsDetails() {
		return
	}
	details := s.Details.Value()
	edit(&details.Key, c.Key)
	edit(&details.Kind, c.ItemKind)
	edit(&details.Labels, c.Labels)
	edit(&details.Description, c.Description)
	edit(&details.Requester, c.Requester)
	edit(&details.Segment, c.Segment)
	edit(&details.Class, c.Class)
	edit(&details.Due, c.Due)
	edit(&details.Data, c.Data)
	s.Details = story.ConstOf(details)
}

// editsDetails reports whether there is a value for one of the fields of [story.Details].
func (c EditStory) editsDetails() bool {
	return c.Key != nil || c.ItemKind != nil || c.Labels != nil || c.Description != nil || c.Requester != nil ||
		c.Segment != nil || c.Class != nil || c.Due != nil || c.Data != nil
}

// AssignStoryFeature sets the feature that a story is part of; the zero id clears it.
//
// The product owner may do it. Errors: [NotFoundError]; [CycleError] where items would wait for each
// other, by what they need and by what they are part of; [ErrRule] by [RuleFeatureOpen] and
// [RuleReleasePlanned].
type AssignStoryFeature struct {
	Story   story.ID          `json:"story"`
	Feature roadmap.FeatureID `json:"feature,omitzero"`
}

// Kind returns "assign_story_feature".
func (AssignStoryFeature) Kind() string { return "assign_story_feature" }

func (AssignStoryFeature) permission(*View) Permission { return MayWriteStories }

func (c AssignStoryFeature) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c AssignStoryFeature) gate(b *View) []*RefusedError {
	entry, ok := b.stories[c.Story]
	if !ok || entry.featureID() == c.Feature {
		return nil
	}
	return slices.Concat(b.wantLetsGo(entry), b.wantTakesStories(c.Feature))
}

func (c AssignStoryFeature) moves(b *View) []storyMove { return b.moved(c.Story, c.edit) }

func (c AssignStoryFeature) check(b *View) error {
	entry, err := b.find(c.Story)
	if err != nil {
		return err
	}
	if err := b.checkParent(c.Feature); err != nil {
		return err
	}
	return checkFeatureOf(entry, b.features.byID[c.Feature])
}

func (c AssignStoryFeature) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, c.edit)
}

func (c AssignStoryFeature) edit(s *story.Story) { s.Feature = c.Feature }

// AssignStoryTeam puts a story into the backlog of a team, or with the zero Team of none.
//
// A product owner of both teams may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule]
// while the story is in a sprint of another team, or where the new team's limit of the work in
// progress is enforced and used up.
type AssignStoryTeam struct {
	Story story.ID   `json:"story"`
	Team  story.Team `json:"team,omitzero"`
}

// Kind returns "assign_story_team".
func (AssignStoryTeam) Kind() string { return "assign_story_team" }

func (AssignStoryTeam) permission(*View) Permission { return MayWriteStories }

func (c AssignStoryTeam) teams(b *View) []story.Team {
	return append(slices.Clip(b.teamsOf(c.Story)), c.Team)
}

func (c AssignStoryTeam) moves(b *View) []storyMove { return b.moved(c.Story, c.edit) }

func (c AssignStoryTeam) check(b *View) error {
	entry, err := b.find(c.Story)
	if err != nil {
		return err
	}
	if c.Team != "" {
		if err := field.CheckTitle("backlog", "team", string(c.Team)); err != nil {
			return err
		}
	}
	if entry.sprint != nil && entry.sprint.sprint.Team != "" && entry.sprint.sprint.Team != c.Team {
		return fmt.Errorf("backlog: story %q is in a sprint of team %q: %w", c.Story, entry.sprint.sprint.Team, ErrRule)
	}
	return nil
}

func (c AssignStoryTeam) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, c.edit)
}

func (c AssignStoryTeam) edit(s *story.Story) { s.Team = c.Team }

// EstimateStory sets the estimate of a story; the zero Estimate clears it.
//
// Developers may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] once the story is
// accepted or dropped.
type EstimateStory struct {
	Story    story.ID       `json:"story"`
	Estimate story.Estimate `json:"estimate,omitzero"`
}

// Kind returns "estimate_story".
func (EstimateStory) Kind() string { return "estimate_story" }

func (EstimateStory) permission(*View) Permission { return MayEstimateStories }

func (c EstimateStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c EstimateStory) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c EstimateStory) check(b *View) error {
	if _, err := b.find(c.Story); err != nil {
		return err
	}
	return c.Estimate.Validate()
}

func (c EstimateStory) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, func(s *story.Story) { s.Estimate = c.Estimate })
}

// AssessStory records what is known of the value and size of a story, for a prioritisation method
// to rank by. It moves nothing: [OrderStories] does.
//
// The product owner may do it. Errors: [NotFoundError], for an insight too; [field.Error].
type AssessStory struct {
	Story      story.ID              `json:"story"`
	Assessment prioritize.Assessment `json:"assessment"`
	// Insights are those on which the assessment rests: the trail, kept in the event.
	Insights story.List[roadmap.InsightID] `json:"insights,omitzero"`
}

// Kind returns "assess_story".
func (AssessStory) Kind() string { return "assess_story" }

func (c AssessStory) own() Change {
	c.Assessment = c.Assessment.Clone()
	return c
}

func (AssessStory) permission(*View) Permission { return MayAssessStories }

func (c AssessStory) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c AssessStory) check(b *View) error {
	if _, err := b.find(c.Story); err != nil {
		return err
	}
	return field.Join(checkAssessment(&c.Assessment), b.checkInsights(c.Insights))
}

func (c AssessStory) apply(b *View, _ time.Time, _ string) {
	assessment := c.Assessment
	entry, _ := b.lookUp(c.Story)
	record := entry.record()
	record.Assessment = &assessment
	storyTable.put(b, entry, record)
}

// checkAssessment returns what is wrong with an assessment, if there is one, as errors of the backlog
// with the path to each value: "assessment.wsjf.job_size".
func checkAssessment(a *prioritize.Assessment) error {
	if a == nil {
		return nil
	}
	return field.Map(a.Validate(), func(err error) error {
		var bad *prioritize.FieldError
		if !errors.As(err, &bad) {
			return err
		}
		return fieldError("assessment."+bad.Field, bad.Value, bad.Want)
	})
}

// lookUp returns the record of a story. A write looks for the same one again and again.
func (b *View) lookUp(id story.ID) (*storyEntry, bool) {
	if last := b.lastFound; last != nil && last.story.ID == id {
		return last, true
	}
	entry, ok := b.stories[id]
	if ok && b.writing {
		b.lastFound = entry
	}
	return entry, ok
}

// find returns the record of a story, or a [NotFoundError].
func (b *View) find(id story.ID) (*storyEntry, error) {
	entry, ok := b.lookUp(id)
	if !ok {
		return nil, notFound("story", id)
	}
	return entry, nil
}

// checkStories wants stories that are there, at least one, each once.
func (b *View) checkStories(ids []story.ID) error {
	return checkEach("stories", ids, func(id story.ID) error {
		_, err := b.find(id)
		return err
	})
}

// checkEach wants ids that pass a check, at least one, each once.
func checkEach[E any](path string, ids []story.Identity[E], check func(story.Identity[E]) error) error {
	if len(ids) == 0 {
		return fieldError(path, "", "at least one")
	}
	const most = 100 // of what is wrong is reported
	if len(ids) == 1 {
		return check(ids[0])
	}
	var errs []error
	seen := make(map[story.Identity[E]]bool, len(ids))
	for i, id := range ids {
		if len(errs) == most {
			break
		}
		if err := check(id); err != nil {
			errs = append(errs, err)
		} else if seen[id] {
			errs = append(errs, fieldError(field.Index(path, i), id.String(), "each once"))
		}
		seen[id] = true
	}
	return field.Join(errs...)
}

// checkSplits wants the parent of each of some stories and features to be there, and none to be its own parent,
// directly or not.
func (b *View) checkSplits(stories iter.Seq[*storyEntry], features iter.Seq[*featureEntry]) error {
	err := checkSplit(stories, b.find, func(entry *storyEntry) story.ID { return entry.story.Parent })
	if err != nil {
		return err
	}
	find := func(id roadmap.FeatureID) (*featureEntry, error) { return b.features.byID[id], b.checkFeature(id) }
	return checkSplit(features, find, func(entry *featureEntry) roadmap.FeatureID { return entry.feature.Parent })
}

func checkSplit[E, K any](
	entries iter.Seq[*E], find func(story.Identity[K]) (*E, error), parentOf func(*E) story.Identity[K],
) error {
	sound := make(map[*E]bool) // false while it is being looked at
	for entry := range entries {
		var line []*E
		for at := entry; !parentOf(at).IsZero(); {
			if over, met := sound[at]; met && over {
				break
			} else if met {
				return fieldError("parent", parentOf(at).String(), "one that does not come of this one itself")
			}
			sound[at] = false
			line = append(line, at)
			parent, err := find(parentOf(at))
			if err != nil {
				return err
			}
			at = parent
		}
		for _, one := range line {
			sound[one] = true
		}
	}
	return nil
}

// checkParent wants a feature that is there, or none.
func (b *View) checkParent(id roadmap.FeatureID) error {
	if id.IsZero() {
		return nil
	}
	return b.checkFeature(id)
}

// wantOpen refuses a story that is accepted or dropped: what it was then stays on record.
func (b *View) wantOpen(id story.ID) *RefusedError {
	entry, ok := b.lookUp(id)
	if !ok || entry.category.IsOpen() {
		return nil
	}
	return &RefusedError{
		By: ByRule, ID: id.String(), Reason: fmt.Sprintf("the story is %s", entry.story.Status), Needs: []string{"a story that is open"},
	}
}

// changeStory replaces a story's value by what change makes of a copy. The slices of the copy are
// the record's own: change replaces them and does not write into them. The copy is b's, so that no change makes one.
func (b *View) changeStory(id story.ID, change func(*story.Story)) {
	entry, _ := b.lookUp(id)
	entry.copyTo(&b.draft.Story)
	b.draft.Assessment, b.draft.Acceptance = entry.story.assessment, entry.story.acceptance
	change(&b.draft.Story)
	storyTable.put(b, entry, b.draft)
}
