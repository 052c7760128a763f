package render

import (
	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// RoadmapMarkdown writes the roadmap as a page: the vision, the goals, the horizons with their
// features in order, what is in no horizon yet, and the releases. Dropped goals and features are not
// part of it. It costs O(n log n).
func RoadmapMarkdown(b *backlog.Backlog) string {
	p := newPage("Roadmap", b)
	p.roadmapGoals(b)
	board := newBoard(b)
	for horizon := range b.Horizons() {
		if p.headed(horizons, 2, inMarkdown(horizon.Name), period(horizon)) {
			p.features(b, board.placed[horizon.ID])
		} else {
			p.omitted[features] += len(board.placed[horizon.ID])
		}
	}
	if later := board.placed[roadmap.HorizonID{}]; len(later) > 0 {
		p.section(2, "In no horizon")
		p.features(b, later)
	}
	p.releases(b)
	return p.end()
}

func (p *page) roadmapGoals(b *backlog.Backlog) {
	headed := false
	for goal := range b.Goals() {
		if goal.Status == roadmap.GoalDropped {
			continue
		}
		if !headed {
			p.section(2, "Goals")
			headed = true
		}
		p.entry(goals, 0, goal.Status == roadmap.GoalFulfilled, goal.Title, goalFacts(b, goal)...)
	}
}

func (p *page) features(b *backlog.Backlog, list []roadmap.Feature) {
	releaseNames := map[roadmap.ReleaseID]string{}
	for release := range b.Releases() {
		releaseNames[release.ID] = release.Name
	}
	for _, feature := range list {
		facts := []string{feature.Status.String()}
		if goal, ok := b.Goal(feature.Goal); ok {
			facts = append(facts, "for "+inMarkdown(goal.Title))
		}
		if name, ok := releaseNames[feature.Release]; ok {
			facts = append(facts, "in "+inMarkdown(name))
		}
		progress, _ := b.Progress(feature.ID)
		facts = append(facts, storiesText(progress))
		p.entry(features, 0, feature.Status == roadmap.FeatureAccepted, feature.Title, facts...)
	}
}

func (p *page) releases(b *backlog.Backlog) {
	headed := false
	for release := range b.Releases() {
		if !headed {
			p.section(2, "Releases")
			headed = true
		}
		facts := []string{release.Status.String()}
		if !release.Date.IsZero() {
			facts = append(facts, day(release.Date))
		}
		readiness, _ := b.ReleaseReadiness(release.ID)
		facts = append(facts, features.counted(len(readiness.Features)), storiesText(readiness.Progress))
		if n := len(readiness.Blockers); n > 0 {
			facts = append(facts, "waits for "+counted(n, "item", "items")+" outside")
		}
		p.entry(releases, 0, release.Status == roadmap.ReleaseShipped, release.Name, facts...)
	}
}

// board is the features that are not dropped, by horizon, in their order.
type board struct {
	placed map[roadmap.HorizonID][]roadmap.Feature
}

func newBoard(b *backlog.Backlog) board {
	all := board{make(map[roadmap.HorizonID][]roadmap.Feature)}
	for feature := range b.Features() {
		if feature.Status != roadmap.FeatureDropped {
			all.placed[feature.Horizon] = append(all.placed[feature.Horizon], feature)
		}
	}
	return all
}

// period says when a horizon with dates is.
func period(h roadmap.Horizon) string {
	if !h.IsDated() {
		return ""
	}
	return "from " + day(h.From) + " to before " + day(h.To)
}
