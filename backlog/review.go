package backlog

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// SprintReview is what a team may show of a sprint, and what it may not: work that does not meet the
// definition of done is neither shown nor released (Scrum Guide, 2020).
type SprintReview struct {
	Show []story.ID     `json:"show"` // in the order of commitment
	Hide []SkippedStory `json:"hide"` // in the order of commitment, with what is missing
}

// SprintReview returns what may be shown of a sprint: what is accepted, and what waits for acceptance
// with every criterion and the definition of done met. The bool is false if there is no such sprint.
func (b *View) SprintReview(id SprintID) (SprintReview, bool) {
	entry, ok := b.sprints.byID[id]
	if !ok {
		return SprintReview{}, false
	}
	review := SprintReview{Show: []story.ID{}, Hide: []SkippedStory{}}
	for _, storyID := range entry.sprint.Stories {
		member := b.stories[storyID]
		if missing := b.unfinished(member); missing != "" {
			review.Hide = append(review.Hide, SkippedStory{storyID, missing})
		} else {
			review.Show = append(review.Show, storyID)
		}
	}
	return review, true
}

// unfinished returns what a story lacks to be shown, or "".
func (b *View) unfinished(entry *storyEntry) string {
	if entry.category == story.Completed {
		return ""
	}
	if entry.story.Status != b.options.Workflow.Review {
		return fmt.Sprintf("it is %s", entry.story.Status)
	}
	if unmet := unmetCriteria(entry.story.Criteria); len(unmet) > 0 {
		return "it needs " + unmet[0]
	}
	if missing := b.missing(b.options.Done, entry, b.planFor(entry.sprint, nil)); len(missing) > 0 {
		return "it needs " + missing[0].Missing
	}
	return ""
}

// SprintLoad is what a sprint takes on.
type SprintLoad struct {
	Points   decimal.Decimal `json:"points"` // of its stories
	Capacity decimal.Decimal `json:"capacity"`
	People   []PersonLoad    `json:"people"` // by name; tasks that nobody took are under ""
}

// PersonLoad is how many tasks of a sprint somebody took.
type PersonLoad struct {
	Person string `json:"person"`
	Open   int    `json:"open"`
	Done   int    `json:"done"`
}

// IsOver reports whether the sprint takes on more than its capacity. Nothing is refused for it.
func (l SprintLoad) IsOver() bool { return l.Points.Cmp(l.Capacity) > 0 }

// SprintLoad returns what a sprint takes on. The bool is false if there is no such sprint.
func (b *View) SprintLoad(id SprintID) (SprintLoad, bool) {
	entry, ok := b.sprints.byID[id]
	if !ok {
		return SprintLoad{}, false
	}
	load := SprintLoad{Capacity: entry.sprint.Capacity, People: []PersonLoad{}}
	people := make(map[string]*PersonLoad)
	for _, storyID := range entry.sprint.Stories {
		member := &b.stories[storyID].story
		points, _ := member.Estimate.Points()
		load.Points = load.Points.Add(points)
		for _, task := range member.Tasks.All() {
			if people[task.Assignee] == nil {
				people[task.Assignee] = &PersonLoad{Person: task.Assignee}
			}
			if task.Done {
				people[task.Assignee].Done++
			} else {
				people[task.Assignee].Open++
			}
		}
	}
	for _, person := range people {
		load.People = append(load.People, *person)
	}
	slices.SortStableFunc(load.People, func(x, y PersonLoad) int { return cmp.Compare(x.Person, y.Person) })
	return load, true
}
