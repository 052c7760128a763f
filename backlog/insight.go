package backlog

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

type insightEntry struct{ insight roadmap.Insight }

var insightTable = &table[roadmap.InsightID, roadmap.Insight, insightEntry]{
	name: "insights", noun: "insight",
	rows:  func(b *View) storage[roadmap.InsightID, insightEntry] { return &b.insights },
	key:   func(i roadmap.Insight) roadmap.InsightID { return i.ID },
	value: func(e *insightEntry) roadmap.Insight { return e.insight },
	set:   func(_ *View, e *insightEntry, to roadmap.Insight) { e.insight = to },
	check: func(b *View, _ *insightEntry, insight roadmap.Insight) error { return b.checkInsight(insight) },
	stays: func(b *View, e *insightEntry) (reason, needs string) {
		for _, one := range b.proposals.list {
			if slices.Contains(one.proposal.Insights.Slice(), e.insight.ID) {
				return fmt.Sprintf("proposal %q rests on the insight", one.proposal.Title()), "the proposal taken back first"
			}
		}
		return "", ""
	},
}

// AddInsight puts on record what somebody learned of users, customers or the market. It moves nothing: an
// assessment, a proposal or a place on the roadmap may name the insights on which it rests.
//
// Everybody with a role may do it. Errors: [field.Error]; [ErrExists]; [NotFoundError] for what it is about.
type AddInsight struct {
	Insight roadmap.Insight `json:"insight"` // its instant may be left unset, which means now
}

// Kind returns "add_insight".
func (AddInsight) Kind() string { return "add_insight" }

func (AddInsight) permission(*View) Permission { return MayContribute }

func (c AddInsight) check(b *View) error {
	if b.insights.byID[c.Insight.ID] != nil {
		return exists("insight", c.Insight.ID)
	}
	return b.checkInsight(c.Insight)
}

func (c AddInsight) apply(b *View, at time.Time, _ string) {
	insight := c.Insight
	if insight.At.IsZero() {
		insight.At = at
	}
	insightTable.add(b, insight)
}

// EditInsight changes what is known of an insight, such as what it bears on.
//
// Everybody with a role may do it. Errors: [NotFoundError], also for what it is about; [field.Error].
type EditInsight struct {
	Insight  roadmap.InsightID            `json:"insight"`
	Text     *string                      `json:"text,omitempty"`
	Segment  *string                      `json:"segment,omitempty"`
	People   *int                         `json:"people,omitempty"`
	Strength *int                         `json:"strength,omitempty"`
	About    *story.List[roadmap.Subject] `json:"about,omitempty"`
	Data     *story.List[story.DataValue] `json:"data,omitempty"`
}

// Kind returns "edit_insight".
func (EditInsight) Kind() string { return "edit_insight" }

func (c EditInsight) own() Change {
	c.Text, c.Segment, c.People, c.Strength = copied(c.Text), copied(c.Segment), copied(c.People), copied(c.Strength)
	c.About, c.Data = copied(c.About), copied(c.Data)
	return c
}

func (EditInsight) permission(*View) Permission { return MayContribute }

func (c EditInsight) edited(insight roadmap.Insight) roadmap.Insight {
	edit(&insight.Text, c.Text)
	edit(&insight.Segment, c.Segment)
	edit(&insight.People, c.People)
	edit(&insight.Strength, c.Strength)
	edit(&insight.About, c.About)
	edit(&insight.Data, c.Data)
	return insight
}

func (c EditInsight) check(b *View) error {
	entry := b.insights.byID[c.Insight]
	if entry == nil {
		return notFound("insight", c.Insight)
	}
	return field.Join(checkEdit(c.Text, c.Segment, c.People, c.Strength, c.About, c.Data),
		b.checkInsight(c.edited(entry.insight)))
}

func (c EditInsight) apply(b *View, _ time.Time, _ string) {
	entry := b.insights.byID[c.Insight]
	insightTable.put(b, entry, c.edited(entry.insight))
}

// checkInsight wants an insight that is valid and about what is there.
func (b *View) checkInsight(insight roadmap.Insight) error {
	return field.Join(insight.Validate(), b.checkSubjects(insight.About))
}

// checkInsights wants insights that are there, each once.
func (b *View) checkInsights(ids story.List[roadmap.InsightID]) error {
	if err := field.CheckLen("backlog", "insights", ids.Len(), roadmap.MaxInsights); err != nil {
		return err
	}
	var errs []error
	met := make(map[roadmap.InsightID]bool, ids.Len())
	for i, id := range ids.All() {
		if b.insights.byID[id] == nil {
			errs = append(errs, notFound("insight", id))
		} else if met[id] {
			errs = append(errs, fieldError(field.Index("insights", i), id.String(), "each insight once"))
		}
		met[id] = true
	}
	return field.Join(errs...)
}

// checkSubjects wants what is talked about to be there.
func (b *View) checkSubjects(about story.List[roadmap.Subject]) error {
	var errs []error
	for _, subject := range about.All() {
		errs = append(errs, b.checkSubject(subject))
	}
	return field.Join(errs...)
}

// checkSubject wants what is talked about to be there. What is no subject, its Validate reports.
func (b *View) checkSubject(about roadmap.Subject) error {
	switch {
	case !about.Goal.IsZero():
		return b.checkGoal(about.Goal)
	case !about.Increment.IsZero():
		return b.checkIncrement(about.Increment)
	case !about.Feature.IsZero():
		return b.checkFeature(about.Feature)
	case !about.Story.IsZero():
		_, err := b.find(about.Story)
		return err
	}
	return nil
}

// Insights returns an iterator over the insights in the order in which they were added.
func (b *View) Insights() iter.Seq[roadmap.Insight] { return insightTable.every(b) }

// Insight returns an insight by its id.
func (b *View) Insight(id roadmap.InsightID) (roadmap.Insight, bool) { return insightTable.find(b, id) }
