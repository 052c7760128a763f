package render

import (
	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// RoadmapMarkdown returns the roadmap as a Markdown page: the vision, the goals, the horizons with their
// features in order, the features without a horizon, and the releases. Dropped goals and features are left
// out. It costs O(n log n).
func RoadmapMarkdown(b *backlog.View) string {
	p := newPage("Roadmap", b)
	p.roadmapGoals(b)
	board := newBoard(b)
	for horizon := range b.Horizons() {
		if p.headed(horizons, 2, inMarkdown(horizon.Name), period(horizon)) {
			p.features(b, board, horizon.ID)
		} else {
			p.omitted[features] += len(board.placed[horizon.ID])
		}
	}
	if len(board.placed[roadmap.HorizonID{}]) > 0 {
		p.section(2, "In no horizon")
		p.features(b, board, roadmap.HorizonID{})
	}
	p.releases(b)
	return p.end()
}

func (p *page) roadmapGoals(b *backlog.View) {
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

func (p *page) features(b *backlog.View, all board, id roadmap.HorizonID) {
	for _, feature := range all.placed[id] {
		facts := []string{feature.Status.String()}
		if title := all.goals[feature.Goal]; title != "" {
			facts = append(facts, "for "+inMarkdown(title))
		}
		if name := all.releases[feature.Release]; name != "" {
			facts = append(facts, "in "+inMarkdown(name))
		}
		progress, _ := b.FeatureProgress(feature.ID)
		facts = append(facts, storiesText(progress))
		p.entry(features, 0, feature.Status == roadmap.FeatureAccepted, feature.Title, facts...)
	}
}

func (p *page) releases(b *backlog.View) {
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
		facts = append(facts, counted(len(readiness.Features), features), storiesText(readiness.Progress))
		if n := len(readiness.Blockers); n > 0 {
			facts = append(facts, "waits for "+counted(n, items)+" outside")
		}
		p.entry(releases, 0, release.Status == roadmap.ReleaseShipped, release.Name, facts...)
	}
}

// board holds the features that are not dropped, by horizon, in their order, and the names of their goals
// and releases.
type board struct {
	placed   map[roadmap.HorizonID][]roadmap.Feature
	goals    map[roadmap.GoalID]string
	releases map[roadmap.ReleaseID]string
}

func newBoard(b *backlog.View) board {
	all := board{
		placed:   make(map[roadmap.HorizonID][]roadmap.Feature),
		goals:    make(map[roadmap.GoalID]string),
		releases: make(map[roadmap.ReleaseID]string),
	}
	for feature := range b.Features() {
		if feature.Status != roadmap.FeatureDropped {
			all.placed[feature.Horizon] = append(all.placed[feature.Horizon], feature)
		}
	}
	for goal := range b.Goals() {
		all.goals[goal.ID] = goal.Title
	}
	for release := range b.Releases() {
		all.releases[release.ID] = release.Name
	}
	return all
}

// period returns the dates of a horizon.
func period(h roadmap.Horizon) string {
	if !h.IsDated() {
		return ""
	}
	return "from " + day(h.From) + " to before " + day(h.To)
}
