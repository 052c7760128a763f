package backlog

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// AddCriterion adds an acceptance criterion to a story.
//
// The product owner may do it. Errors: [NotFoundError]; [ErrExists]; [field.Error], also for a
// criterion that brings a verdict with it; [ErrRule] once the story is accepted or dropped.
type AddCriterion struct {
	Story     story.ID        `json:"story"`
	Criterion story.Criterion `json:"criterion"`
}

// Kind returns "add_criterion".
func (AddCriterion) Kind() string { return "add_criterion" }

func (AddCriterion) permission(*View) Permission { return MayWriteStories }

func (c AddCriterion) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c AddCriterion) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c AddCriterion) check(b *View) error {
	entry, err := b.findUnsettled(c.Story)
	if err != nil {
		return err
	}
	if criterionIndex(entry.story.Criteria, c.Criterion.ID) >= 0 {
		return exists("criterion", c.Criterion.ID)
	}
	if entry.story.Criteria.Len() >= story.MaxCriteria {
		return tooMany("criteria", entry.story.Criteria.Len()+1, story.MaxCriteria)
	}
	if err := c.Criterion.Validate(); err != nil {
		return err
	}
	return checkUnjudged(story.ListOf(c.Criterion))
}

func (c AddCriterion) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, func(s *story.Story) {
		s.Criteria = story.ListOf(append(s.Criteria.Slice(), c.Criterion)...)
	})
}

// EditCriterion replaces the text of a criterion. A verdict on the old text is forgotten.
//
// The product owner may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule] once the story
// is accepted or dropped.
type EditCriterion struct {
	Story     story.ID          `json:"story"`
	Criterion story.CriterionID `json:"criterion"`
	Text      *string           `json:"text,omitempty"`
}

// Kind returns "edit_criterion".
func (EditCriterion) Kind() string { return "edit_criterion" }

func (c EditCriterion) own() Change {
	c.Text = copied(c.Text)
	return c
}

func (EditCriterion) permission(*View) Permission { return MayWriteStories }

func (c EditCriterion) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c EditCriterion) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c EditCriterion) check(b *View) error {
	entry, err := b.findUnsettled(c.Story)
	if err != nil {
		return err
	}
	at := criterionIndex(entry.story.Criteria, c.Criterion)
	if at < 0 {
		return notFound("criterion", c.Criterion)
	}
	return field.Join(checkEdit(c.Text), c.edited(entry.story.Criteria.Slice()[at]).Validate())
}

// edited returns the criterion with another text, which nobody has judged yet.
func (c EditCriterion) edited(criterion story.Criterion) story.Criterion {
	edit(&criterion.Text, c.Text)
	return story.Criterion{ID: criterion.ID, Text: criterion.Text}
}

func (c EditCriterion) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, func(s *story.Story) {
		criteria := s.Criteria.Slice()
		at := criterionIndex(s.Criteria, c.Criterion)
		criteria[at] = c.edited(criteria[at])
		s.Criteria = story.ListOf(criteria...)
	})
}

// RemoveCriterion takes a criterion off a story.
//
// The product owner may do it. Errors: [NotFoundError]; [ErrRule] once the story is accepted or
// dropped.
type RemoveCriterion struct {
	Story     story.ID          `json:"story"`
	Criterion story.CriterionID `json:"criterion"`
}

// Kind returns "remove_criterion".
func (RemoveCriterion) Kind() string { return "remove_criterion" }

func (RemoveCriterion) permission(*View) Permission { return MayWriteStories }

func (c RemoveCriterion) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c RemoveCriterion) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c RemoveCriterion) check(b *View) error {
	entry, err := b.findUnsettled(c.Story)
	if err != nil {
		return err
	}
	if criterionIndex(entry.story.Criteria, c.Criterion) < 0 {
		return notFound("criterion", c.Criterion)
	}
	return nil
}

func (c RemoveCriterion) apply(b *View, _ time.Time, _ string) {
	b.changeStory(c.Story, func(s *story.Story) {
		at := criterionIndex(s.Criteria, c.Criterion)
		s.Criteria = story.ListOf(slices.Delete(s.Criteria.Slice(), at, at+1)...)
	})
}

// JudgeCriterion records whether a criterion of a story holds, with the actor's name and the
// instant. Unset takes an earlier verdict back.
//
// The product owner and developers may do it. Errors: [NotFoundError]; [field.Error]; [ErrRule]
// once the story is accepted or dropped.
type JudgeCriterion struct {
	Story     story.ID          `json:"story"`
	Criterion story.CriterionID `json:"criterion"`
	Verdict   story.Verdict     `json:"verdict,omitzero"`
	Note      string            `json:"note,omitzero"`
}

// Kind returns "judge_criterion".
func (JudgeCriterion) Kind() string { return "judge_criterion" }

func (JudgeCriterion) permission(*View) Permission { return MayJudgeCriteria }

func (c JudgeCriterion) teams(b *View) []story.Team { return b.teamsOf(c.Story) }

func (c JudgeCriterion) gate(b *View) []*RefusedError { return refusals(b.wantOpen(c.Story)) }

func (c JudgeCriterion) check(b *View) error {
	entry, err := b.findUnsettled(c.Story)
	if err != nil {
		return err
	}
	return checkVerdict(entry.story.Criteria, c.Criterion, c.Verdict, c.Note)
}

func (c JudgeCriterion) apply(b *View, at time.Time, by string) {
	b.changeStory(c.Story, func(s *story.Story) {
		s.Criteria = judged(s.Criteria, c.Criterion, c.Verdict, c.Note, by, at)
	})
}

// findUnsettled is find for a story whose criteria can still change: those of an accepted one were met,
// and stay so.
func (b *View) findUnsettled(id story.ID) (*storyEntry, error) {
	entry, err := b.find(id)
	if err == nil && entry.category == story.Completed {
		return nil, fieldError("story", id.String(), "a story that is not accepted")
	}
	return entry, err
}

// criterionIndex is where a criterion is in a list, or -1.
func criterionIndex(criteria story.List[story.Criterion], id story.CriterionID) int {
	for i, criterion := range criteria.All() {
		if criterion.ID == id {
			return i
		}
	}
	return -1
}

// checkUnjudged wants criteria that bring no verdict with them: somebody has to give it here.
func checkUnjudged(criteria story.List[story.Criterion]) error {
	for i, criterion := range criteria.All() {
		if criterion.Verdict != story.Unjudged {
			return fieldError(fmt.Sprintf("criteria[%d].verdict", i), criterion.Verdict.String(),
				"none: a verdict is given with judge_criterion")
		}
		if criterion.Note != "" {
			return fieldError(fmt.Sprintf("criteria[%d].note", i), criterion.Note, "none: it is given with the verdict, by judge_criterion")
		}
	}
	return nil
}

func checkVerdict(
	criteria story.List[story.Criterion], id story.CriterionID, verdict story.Verdict, note string,
) error {
	if criterionIndex(criteria, id) < 0 {
		return notFound("criterion", id)
	}
	if _, err := verdict.MarshalText(); err != nil {
		return err
	}
	return field.CheckText("backlog", "note", note)
}

// judged returns criteria with a verdict on one of them.
func judged(
	list story.List[story.Criterion], id story.CriterionID, verdict story.Verdict, note, by string, at time.Time,
) story.List[story.Criterion] {
	criteria := list.Slice()
	criterion := &criteria[criterionIndex(list, id)]
	*criterion = story.Criterion{ID: id, Text: criterion.Text}
	if verdict != story.Unjudged {
		criterion.Verdict, criterion.Note, criterion.By, criterion.At = verdict, note, by, at
	}
	return story.ListOf(criteria...)
}

// unmetCriteria returns what is missing while not every criterion is judged met.
func unmetCriteria(criteria story.List[story.Criterion]) []string {
	var missing []string
	for _, criterion := range criteria.All() {
		if criterion.Verdict != story.Met {
			missing = append(missing, fmt.Sprintf("criterion %q met, it is %v", criterion.Text, verdictText(criterion)))
		}
	}
	return missing
}

func tooMany(path string, have, most int) error {
	return field.CheckLen("backlog", path, have, most)
}

func checkCriteria(criteria story.List[story.Criterion]) error {
	return field.CheckList("backlog", "criteria", criteria.All(), story.MaxCriteria,
		func(c story.Criterion) story.CriterionID { return c.ID })
}

// verdictText returns the verdict on a criterion in words.
func verdictText(c story.Criterion) string { return cmp.Or(c.Verdict.String(), "unjudged") }
