package backlog

import (
	"time"

	"github.com/backlogkit/backlogkit/prioritize"
	"github.com/backlogkit/backlogkit/story"
)

// The parts of what a backlog has most of.

var storyRecordParts = append(
	within(func(r *storyRecord) *story.Story { return &r.Story }, storyParts),
	otherPart("assessment", func(r *storyRecord) **prioritize.Assessment { return &r.Assessment }, isNil[prioritize.Assessment]),
	otherPart("acceptance", func(r *storyRecord) **Acceptance { return &r.Acceptance }, isNil[Acceptance]),
)

var storyParts = parts[story.Story]{
	idPart("id", func(s *story.Story) *story.ID { return &s.ID }).always(),
	textPart("title", func(s *story.Story) *string { return &s.Title }).always(),
	structPart("narrative", func(s *story.Story) *story.Narrative { return &s.Narrative }, story.Narrative.IsZero, narrativeParts),
	idPart("feature", func(s *story.Story) *story.FeatureID { return &s.Feature }),
	idPart("parent", func(s *story.Story) *story.ID { return &s.Parent }),
	textPart("team", func(s *story.Story) *story.Team { return &s.Team }),
	listPart("criteria", func(s *story.Story) *story.List[story.Criterion] { return &s.Criteria }, criterionParts),
	valuePart("estimate", func(s *story.Story) *story.Estimate { return &s.Estimate }, story.Estimate.IsZero),
	textPart("status", func(s *story.Story) *story.Status { return &s.Status }),
	listPart("tasks", func(s *story.Story) *story.List[story.Task] { return &s.Tasks }, taskParts),
	otherPart("details", func(s *story.Story) *story.Const[story.Details] { return &s.Details }, story.Const[story.Details].IsZero),
}

var narrativeParts = parts[story.Narrative]{
	textPart("role", func(n *story.Narrative) *string { return &n.Role }),
	otherPart("conditions", func(n *story.Narrative) *story.Conditions { return &n.Conditions }, story.Conditions.IsZero),
	textPart("goal", func(n *story.Narrative) *string { return &n.Goal }),
	textPart("benefit", func(n *story.Narrative) *string { return &n.Benefit }),
	textPart("language", func(n *story.Narrative) *story.Language { return &n.Language }),
}

var criterionParts = parts[story.Criterion]{
	idPart("id", func(c *story.Criterion) *story.CriterionID { return &c.ID }).always(),
	textPart("text", func(c *story.Criterion) *string { return &c.Text }).always(),
	valuePart("verdict", func(c *story.Criterion) *story.Verdict { return &c.Verdict }, isUnset[story.Verdict]),
	textPart("by", func(c *story.Criterion) *string { return &c.By }),
	timePart("at", func(c *story.Criterion) *time.Time { return &c.At }),
	textPart("note", func(c *story.Criterion) *string { return &c.Note }),
}

var taskParts = parts[story.Task]{
	idPart("id", func(t *story.Task) *story.TaskID { return &t.ID }).always(),
	textPart("title", func(t *story.Task) *string { return &t.Title }).always(),
	textPart("assignee", func(t *story.Task) *string { return &t.Assignee }),
	boolPart("done", func(t *story.Task) *bool { return &t.Done }),
}

var dependencyParts = parts[Dependency]{
	structPart("item", func(d *Dependency) *ItemID { return &d.Item }, isUnset[ItemID], itemParts).always(),
	structPart("needs", func(d *Dependency) *ItemID { return &d.Needs }, isUnset[ItemID], itemParts).always(),
	valuePart("lag", func(d *Dependency) *Lag { return &d.Lag }, isUnset[Lag]),
	textPart("reason", func(d *Dependency) *string { return &d.Reason }),
}

var itemParts = parts[ItemID]{
	idPart("story", func(i *ItemID) *story.ID { return &i.Story }),
	idPart("feature", func(i *ItemID) *story.FeatureID { return &i.Feature }),
}

// scans read the changes that a log has most of, likewise to scanEvent.
var scans = map[string]func(data []byte) (Change, bool){
	AddStory{}.Kind():       scanChange(addStoryParts),
	EstimateStory{}.Kind():  scanChange(estimateStoryParts),
	SetStoryStatus{}.Kind(): scanChange(setStoryStatusParts),
	AddDependency{}.Kind():  scanChange(addDependencyParts),
}

func scanChange[C Change](of parts[C]) func([]byte) (Change, bool) {
	return func(data []byte) (Change, bool) {
		var change C
		s := scanner{data: data, ok: true}
		of.read(&s, &change)
		s.space()
		return change, s.ok && s.at == len(data)
	}
}

var addStoryParts = parts[AddStory]{
	structPart("story", func(c *AddStory) *story.Story { return &c.Story }, nil, storyParts).always(),
}

var estimateStoryParts = parts[EstimateStory]{
	idPart("story", func(c *EstimateStory) *story.ID { return &c.Story }).always(),
	valuePart("estimate", func(c *EstimateStory) *story.Estimate { return &c.Estimate }, story.Estimate.IsZero),
}

var setStoryStatusParts = parts[SetStoryStatus]{
	idPart("story", func(c *SetStoryStatus) *story.ID { return &c.Story }).always(),
	textPart("to", func(c *SetStoryStatus) *story.Status { return &c.To }).always(),
}

var addDependencyParts = within(func(c *AddDependency) *Dependency { return &c.Dependency }, dependencyParts)

func isUnset[V comparable](value V) bool {
	var none V
	return value == none
}

func isNil[V any](value *V) bool { return value == nil }
