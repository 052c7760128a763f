package render

import (
	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// TreeMarkdown returns the whole backlog as a Markdown page, from the vision down to the tasks: each goal with
// its features, each feature with its stories, each story with its tasks; then the features without a goal
// and the stories without a feature. An entry has its status, a story its estimate, and what has stories
// their progress. Dropped items are included. It costs O(n log n).
func TreeMarkdown(b *backlog.View) string {
	p := newPage("Backlog", b)
	if b.Len() > 0 {
		p.paragraph("Progress: " + storiesText(b.TotalProgress()) + ".")
	}
	t := newTree(b)
	for goal := range b.Goals() {
		p.headed(goals, 2, inMarkdown(goal.Title), goalFacts(b, goal)...)
		p.treeFeatures(t, t.features[goal.ID])
	}
	if rest := t.features[roadmap.GoalID{}]; len(rest) > 0 {
		p.section(2, "Features without a goal")
		p.treeFeatures(t, rest)
	}
	if rest := t.stories[roadmap.FeatureID{}]; len(rest) > 0 {
		p.section(2, "Stories without a feature")
		p.treeStories(t, rest)
	}
	return p.end()
}

// tree holds what is below what, in order.
type tree struct {
	backlog  *backlog.View
	workflow story.Workflow
	features map[roadmap.GoalID][]roadmap.Feature
	stories  map[roadmap.FeatureID][]story.Story
}

func newTree(b *backlog.View) tree {
	t := tree{
		backlog: b, workflow: b.Workflow(),
		features: make(map[roadmap.GoalID][]roadmap.Feature),
		stories:  make(map[roadmap.FeatureID][]story.Story),
	}
	for feature := range b.Features() {
		t.features[feature.Goal] = append(t.features[feature.Goal], feature)
	}
	for s := range b.Stories() {
		t.stories[s.Feature] = append(t.stories[s.Feature], s)
	}
	return t
}

func (p *page) treeFeatures(t tree, list []roadmap.Feature) {
	for _, feature := range list {
		progress, _ := t.backlog.FeatureProgress(feature.ID)
		p.headed(features, 3, inMarkdown(feature.Title), feature.Status.String(), storiesText(progress))
		p.treeStories(t, t.stories[feature.ID])
	}
}

func (p *page) treeStories(t tree, list []story.Story) {
	for _, s := range list {
		p.entry(stories, 0, categoryOf(t.workflow, s) == story.Completed, s.Title, inMarkdown(string(s.Status)), sizeText(s))
		for _, task := range s.Tasks.All() {
			p.entry(tasks, 1, task.Done, task.Title, inMarkdown(task.Assignee))
		}
	}
}

func categoryOf(w story.Workflow, s story.Story) story.Category {
	category, _ := w.Category(s.Status)
	return category
}

// sizeText returns the estimate of a story in words.
func sizeText(s story.Story) string {
	points, ok := s.Estimate.Points()
	switch text := points.String(); {
	case !ok:
		return "not estimated"
	case text == "1":
		return "1 point"
	default:
		return text + " points"
	}
}
