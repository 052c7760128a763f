package model_test

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// find returns the one of a list that fits, and its index.
func find[E any](list []E, fits func(E) bool) (*E, int) {
	if i := slices.IndexFunc(list, fits); i >= 0 {
		return &list[i], i
	}
	return nil, -1
}

func (m *model) story(id story.ID) *story.Story {
	s, _ := find(m.Stories, func(s story.Story) bool { return s.ID == id })
	return s
}

func (m *model) feature(id roadmap.FeatureID) *roadmap.Feature {
	f, _ := find(m.Features, func(f roadmap.Feature) bool { return f.ID == id })
	return f
}

func (m *model) goal(id roadmap.GoalID) *roadmap.Goal {
	g, _ := find(m.Goals, func(g roadmap.Goal) bool { return g.ID == id })
	return g
}

func (m *model) horizon(id roadmap.HorizonID) *roadmap.Horizon {
	h, _ := find(m.Horizons, func(h roadmap.Horizon) bool { return h.ID == id })
	return h
}

func (m *model) release(id roadmap.ReleaseID) *roadmap.Release {
	r, _ := find(m.Releases, func(r roadmap.Release) bool { return r.ID == id })
	return r
}

func (m *model) increment(id roadmap.IncrementID) *roadmap.Increment {
	r, _ := find(m.Increments, func(r roadmap.Increment) bool { return r.ID == id })
	return r
}

func (m *model) sprint(id backlog.SprintID) *backlog.Sprint {
	s, _ := find(m.Sprints, func(s backlog.Sprint) bool { return s.ID == id })
	return s
}

// sprintOf is the open sprint that a story is in.
func (m *model) sprintOf(id story.ID) *backlog.Sprint {
	s, _ := find(m.Sprints, func(s backlog.Sprint) bool { return s.Status.IsOpen() && slices.Contains(s.Stories, id) })
	return s
}

func (m *model) acceptedAt(item backlog.ItemID) (time.Time, bool) {
	if a, _ := find(m.Accepted, func(a accepted) bool { return a.Item == item }); a != nil {
		return a.By.At, true
	}
	return time.Time{}, false
}

// there reports whether an item is.
func (m *model) there(item backlog.ItemID) bool {
	return m.story(item.Story) != nil || m.feature(item.Feature) != nil
}

func (m *model) isSubject(s roadmap.Subject) bool {
	return m.goal(s.Goal) != nil || m.increment(s.Increment) != nil || m.feature(s.Feature) != nil || m.story(s.Story) != nil
}

// open reports whether an item is neither accepted nor dropped.
func (m *model) open(item backlog.ItemID) bool {
	if s := m.story(item.Story); s != nil {
		return m.flow.isOpen(s.Status)
	}
	f := m.feature(item.Feature)
	return f != nil && f.Status == roadmap.FeatureOpen
}

// holding returns the dependencies that hold an item, its own or those of its feature.
func (m *model) holding(item backlog.ItemID) (all []backlog.Dependency) {
	s := m.story(item.Story)
	for _, need := range m.Needs {
		switch {
		case need.Item == item && item.Feature.IsZero():
			all = append(all, need)
		case need.Item == item, s != nil && !m.options.HoldFeaturesOnly && !s.Feature.IsZero() && need.Item == backlog.FeatureItem(s.Feature):
			// What is part of the feature finishes it and holds neither it nor its stories.
			if part := m.story(need.Needs.Story); part == nil || part.Feature != need.Item.Feature {
				all = append(all, need)
			}
		}
	}
	return all
}

// wait returns what an item waits for at an instant.
func (m *model) wait(item backlog.ItemID, at time.Time) (wait backlog.Wait) {
	until := func(t time.Time) {
		if t.After(at) && t.After(wait.Until) {
			wait.Until = t
		}
	}
	if s := m.story(item.Story); s != nil {
		until(s.Details.Value().NotBefore)
		if f := m.feature(s.Feature); f != nil && !m.options.HoldFeaturesOnly {
			until(f.Details.Value().NotBefore)
		}
	}
	if f := m.feature(item.Feature); f != nil {
		until(f.Details.Value().NotBefore)
	}
	for _, need := range m.holding(item) {
		if m.open(need.Needs) && !slices.Contains(wait.Items, need.Needs) {
			wait.Items = append(wait.Items, need.Needs)
		}
		if done, ok := m.acceptedAt(need.Needs); ok {
			until(done.Add(time.Duration(need.Lag)))
		}
	}
	slices.SortFunc(wait.Items, backlog.ItemID.Compare)
	wait.Impediments = m.impedes(item)
	return wait
}

// alive reports whether a story is part of nothing that was dropped.
func (m *model) alive(s story.Story) bool {
	f := m.feature(s.Feature)
	if f == nil {
		return true
	}
	g := m.goal(f.Goal)
	return f.Status != roadmap.FeatureDropped && (g == nil || g.Status != roadmap.GoalDropped)
}

func (m *model) startable(at time.Time) (ids []story.ID) {
	for _, s := range m.Stories {
		if m.flow.isOpen(s.Status) && m.wait(backlog.StoryItem(s.ID), at).IsZero() && m.alive(s) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// isCircular reports whether items wait for each other. An item begins when what it needs is finished, a story
// when what its feature needs is; a feature is finished when its stories are, and what of them it needs.
func (m *model) isCircular() bool {
	type step struct {
		item   backlog.ItemID
		begins bool
	}
	after := map[step][]step{}
	add := func(x, y step) { after[x] = append(after[x], y) }
	for _, f := range m.Features {
		item := backlog.FeatureItem(f.ID)
		add(step{item, false}, step{item, true})
	}
	for _, s := range m.Stories {
		item := backlog.StoryItem(s.ID)
		add(step{item, false}, step{item, true})
		if m.feature(s.Feature) != nil {
			add(step{item, true}, step{backlog.FeatureItem(s.Feature), true})
			add(step{backlog.FeatureItem(s.Feature), false}, step{item, false})
		}
	}
	for _, need := range m.Needs {
		part := m.story(need.Needs.Story)
		isOwn := part != nil && !need.Item.Feature.IsZero() && part.Feature == need.Item.Feature
		add(step{need.Item, !isOwn}, step{need.Needs, false})
	}
	for taken := true; taken; { // take away what follows on nothing that is left
		taken = false
		for x, ys := range after {
			if !slices.ContainsFunc(ys, func(y step) bool { return len(after[y]) > 0 }) {
				delete(after, x)
				taken = true
			}
		}
	}
	return len(after) > 0
}

// neededOutside reports whether an open item that is none of these needs one of them.
func (m *model) neededOutside(items []backlog.ItemID) bool {
	return slices.ContainsFunc(m.Needs, func(need backlog.Dependency) bool {
		if part := m.story(need.Needs.Story); part != nil && part.Feature == need.Item.Feature && !need.Item.Feature.IsZero() {
			return false // it is part of what needs it
		}
		return slices.Contains(items, need.Needs) && m.open(need.Item) && !slices.Contains(items, need.Item)
	})
}

// parts returns an open feature with its open stories.
func (m *model) parts(id roadmap.FeatureID) []backlog.ItemID {
	items := []backlog.ItemID{backlog.FeatureItem(id)}
	for _, s := range m.Stories {
		if s.Feature == id && m.flow.isOpen(s.Status) {
			items = append(items, backlog.StoryItem(s.ID))
		}
	}
	return items
}

// excluded reports whether a story that this one excludes is accepted or in an open sprint, or one of others.
func (m *model) excluded(id story.ID, among ...story.ID) bool {
	for _, r := range m.Relations {
		for _, s := range m.Stories {
			isPair := m.comesOf(id, r.Story) && m.comesOf(s.ID, r.Other) || m.comesOf(id, r.Other) && m.comesOf(s.ID, r.Story)
			if r.How == backlog.Excludes && isPair && s.ID != id && (m.taken(s.ID) || slices.Contains(among, s.ID)) {
				return true
			}
		}
	}
	return false
}

// comesOf reports whether a story is another, or was split from it, directly or not.
func (m *model) comesOf(id, other story.ID) bool {
	for s := m.story(id); s != nil; s = m.story(s.Parent) {
		if s.ID == other {
			return true
		}
	}
	return false
}

// taken reports whether a story is accepted or in an open sprint.
func (m *model) taken(id story.ID) bool {
	s := m.story(id)
	return s != nil && (m.flow.isDone(s.Status) || m.sprintOf(id) != nil)
}
