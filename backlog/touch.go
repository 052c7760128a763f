package backlog

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Items is a set of what a backlog holds: what an event touched, or what a caller looked at. The lists are
// ascending, each item once; tasks, criteria and claims count as their story.
type Items struct {
	Stories     []story.ID             `json:"stories,omitempty"`
	Features    []roadmap.FeatureID    `json:"features,omitempty"`
	Goals       []roadmap.GoalID       `json:"goals,omitempty"`
	Horizons    []roadmap.HorizonID    `json:"horizons,omitempty"`
	Releases    []roadmap.ReleaseID    `json:"releases,omitempty"`
	Increments  []roadmap.IncrementID  `json:"increments,omitempty"`
	Sprints     []SprintID             `json:"sprints,omitempty"`
	People      []string               `json:"people,omitempty"`
	Insights    []roadmap.InsightID    `json:"insights,omitempty"`
	Proposals   []roadmap.ProposalID   `json:"proposals,omitempty"`
	Questions   []QuestionID           `json:"questions,omitempty"`
	Risks       []roadmap.RiskID       `json:"risks,omitempty"`
	Themes      []roadmap.ThemeID      `json:"themes,omitempty"`
	Epics       []roadmap.EpicID       `json:"epics,omitempty"`
	Activities  []roadmap.ActivityID   `json:"activities,omitempty"`
	Impediments []roadmap.ImpedimentID `json:"impediments,omitempty"`

	Vision       bool `json:"vision,omitzero"`
	Stage        bool `json:"stage,omitzero"`
	StoryOrder   bool `json:"story_order,omitzero"`
	FeatureOrder bool `json:"feature_order,omitzero"`
	StoryMap     bool `json:"story_map,omitzero"` // the order of its activities
}

// Overlaps reports whether something is in both sets. O(n + m).
func (s Items) Overlaps(other Items) bool {
	return s.Vision && other.Vision || s.Stage && other.Stage ||
		s.StoryOrder && other.StoryOrder || s.FeatureOrder && other.FeatureOrder || s.StoryMap && other.StoryMap ||
		meet(s.Stories, other.Stories) || meet(s.Features, other.Features) || meet(s.Goals, other.Goals) ||
		meet(s.Horizons, other.Horizons) || meet(s.Releases, other.Releases) ||
		meet(s.Increments, other.Increments) || meet(s.Sprints, other.Sprints) || meet(s.People, other.People) ||
		meet(s.Insights, other.Insights) || meet(s.Proposals, other.Proposals) ||
		meet(s.Questions, other.Questions) || meet(s.Risks, other.Risks) ||
		meet(s.Themes, other.Themes) || meet(s.Epics, other.Epics) || meet(s.Activities, other.Activities) ||
		meet(s.Impediments, other.Impediments)
}

// meet reports whether two lists, in whatever order, have an element in common.
func meet[E comparable](x, y []E) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) <= 1 { // the usual case
		return len(x) == 1 && slices.Contains(y, x[0])
	}
	known := make(map[E]bool, len(x))
	for _, one := range x {
		known[one] = true
	}
	return slices.ContainsFunc(y, func(one E) bool { return known[one] })
}

// equal reports whether two sets have the same lists.
func (s Items) equal(other Items) bool {
	return s.Vision == other.Vision && s.Stage == other.Stage &&
		s.StoryOrder == other.StoryOrder && s.FeatureOrder == other.FeatureOrder && s.StoryMap == other.StoryMap &&
		slices.Equal(s.Stories, other.Stories) && slices.Equal(s.Features, other.Features) &&
		slices.Equal(s.Goals, other.Goals) && slices.Equal(s.Horizons, other.Horizons) &&
		slices.Equal(s.Releases, other.Releases) && slices.Equal(s.Increments, other.Increments) &&
		slices.Equal(s.Sprints, other.Sprints) && slices.Equal(s.People, other.People) &&
		slices.Equal(s.Insights, other.Insights) && slices.Equal(s.Proposals, other.Proposals) &&
		slices.Equal(s.Questions, other.Questions) && slices.Equal(s.Risks, other.Risks) &&
		slices.Equal(s.Themes, other.Themes) && slices.Equal(s.Epics, other.Epics) && slices.Equal(s.Activities, other.Activities) &&
		slices.Equal(s.Impediments, other.Impediments)
}

// orNil returns s, or nil if nothing is in it.
func (s Items) orNil() *Items {
	if s.equal(Items{}) {
		return nil
	}
	return &s
}

// own returns a copy that shares nothing with s, in which empty lists are nil.
func (s Items) own() Items {
	s.Stories, s.Features, s.Goals = cloned(s.Stories), cloned(s.Features), cloned(s.Goals)
	s.Horizons, s.Releases, s.Increments = cloned(s.Horizons), cloned(s.Releases), cloned(s.Increments)
	s.Sprints, s.People = cloned(s.Sprints), cloned(s.People)
	s.Insights, s.Proposals = cloned(s.Insights), cloned(s.Proposals)
	s.Questions, s.Risks, s.Impediments = cloned(s.Questions), cloned(s.Risks), cloned(s.Impediments)
	s.Themes, s.Epics, s.Activities = cloned(s.Themes), cloned(s.Epics), cloned(s.Activities)
	return s
}

func cloned[E any](list []E) []E { return append([]E(nil), list...) }

// Touches returns the items that the event touched: those whose record it made, changed or took away,
// both ends of each dependency and relation, and the stories that came into a sprint or left it. What was
// moved in an order is there too if the change names it.
//
// What the change does not name, such as the stories that closing a sprint sends back, is recorded in the
// event by [Backlog.Decide], and [Backlog.Apply] refuses a record that does not match what happens. Of an event that was
// recorded without it, the bool is false.
func (e Event) Touches() (Items, bool) {
	if e.touched != nil {
		return e.touched.own(), true
	}
	if named, ok := e.Change.(namer); ok {
		return named.names(), true
	}
	return Items{}, false
}

// items returns what was touched as a set.
func (t *touches) items() Items {
	stories, features := keysOf[story.ID](t, storyTable.name), keysOf[roadmap.FeatureID](t, featureTable.name)
	add := func(item ItemID) {
		if item.Story.IsZero() {
			features[item.Feature] = true
		} else {
			stories[item.Story] = true
		}
	}
	for link := range keysOf[Dependency](t, dependencySection) {
		add(link.Item)
		add(link.Needs)
	}
	maps.Copy(stories, keysOf[story.ID](t, claimTable.name))
	for link := range keysOf[Relation](t, relationSection) {
		stories[link.Story], stories[link.Other] = true, true
	}
	return Items{
		Stories: sortedKeys(stories), Features: sortedKeys(features),
		Goals: sortedKeys(keysOf[roadmap.GoalID](t, goalTable.name)), Horizons: sortedKeys(keysOf[roadmap.HorizonID](t, horizonTable.name)),
		Releases:    sortedKeys(keysOf[roadmap.ReleaseID](t, releaseTable.name)),
		Increments:  sortedKeys(keysOf[roadmap.IncrementID](t, incrementTable.name)),
		Sprints:     sortedKeys(keysOf[SprintID](t, sprintTable.name)),
		People:      slices.Sorted(maps.Keys(keysOf[string](t, personTable.name))),
		Insights:    sortedKeys(keysOf[roadmap.InsightID](t, insightTable.name)),
		Proposals:   sortedKeys(keysOf[roadmap.ProposalID](t, proposalTable.name)),
		Questions:   sortedKeys(keysOf[QuestionID](t, questionTable.name)),
		Risks:       sortedKeys(keysOf[roadmap.RiskID](t, riskTable.name)),
		Impediments: sortedKeys(keysOf[roadmap.ImpedimentID](t, impedimentTable.name)),
		Themes:      sortedKeys(keysOf[roadmap.ThemeID](t, themeTable.name)),
		Epics:       sortedKeys(keysOf[roadmap.EpicID](t, epicTable.name)),
		Activities:  sortedKeys(keysOf[roadmap.ActivityID](t, activityTable.name)),
		Vision:      t.keys[visionValue.name] != nil, Stage: t.keys[stageValue.name] != nil,
		StoryOrder: t.orders[storyTable.name], FeatureOrder: t.orders[featureTable.name],
		StoryMap: t.orders[activityTable.name],
	}
}

// keysOf returns the keys that were touched of a section.
func keysOf[K comparable](t *touches, name string) map[K]bool {
	keys := make(map[K]bool, len(t.keys[name]))
	for key := range t.keys[name] {
		keys[key.(K)] = true
	}
	return keys
}

// sortedBy returns values in an order, equal ones as they came; all itself where it has one at most. It sorts their
// numbers: that is less code for each type than slices.SortFunc has, and moves large values once.
func sortedBy[E any](all []E, compare func(x, y E) int) []E {
	if len(all) < 2 {
		return all
	}
	order := make([]int32, len(all))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return cmp.Or(compare(all[i], all[j]), int(i-j)) })
	sorted := make([]E, len(all))
	for i, from := range order {
		sorted[i] = all[from]
	}
	return sorted
}

func sortedKeys[E any](keys map[story.Identity[E]]bool) []story.Identity[E] {
	return slices.SortedFunc(maps.Keys(keys), story.Identity[E].Compare)
}

// watchTouches is [View.fit] with a look at what the event touches: a judged event records it, one that has
// a record must have the same.
func (b *View) watchTouches(event *Event, judged, keep bool) error {
	seen := &touches{keys: make(map[string]map[any]bool), orders: make(map[string]bool)}
	err := b.attempt(func() error {
		outer := b.touched
		if err := b.fitSeen(seen, event, judged); err != nil {
			return err
		}
		outer.add(seen)
		items := seen.items()
		switch {
		case judged:
			event.touched = &items
		case !event.touched.equal(items):
			return wrongTouches()
		}
		if !keep {
			return errTried
		}
		if !b.trying {
			b.recent.at(event.Seq).event.touched = &items
		}
		return nil
	})
	if errors.Is(err, errTried) {
		return nil
	}
	return err
}

// fitSeen is [View.fit] of an event that is kept, with what it touches noted in seen.
func (b *View) fitSeen(seen *touches, event *Event, judged bool) error {
	outer := b.touched
	defer func() { b.touched = outer }()
	b.touched = seen
	return b.fit(event, judged, true)
}

// add makes what was touched in one part of an attempt part of what was touched in all of it.
func (t *touches) add(other *touches) {
	if t == nil {
		return
	}
	for name, keys := range other.keys {
		if t.keys[name] == nil {
			t.keys[name] = make(map[any]bool, len(keys))
		}
		maps.Copy(t.keys[name], keys)
	}
	maps.Copy(t.orders, other.orders)
}

// conflictOver returns a conflict if something happened since a version that the caller saw, nil if nothing
// of it touched the items, nil items being all. What is not remembered, or not recorded, may have.
func (b *View) conflictOver(expected uint64, items *Items) error {
	conflict := b.conflict(expected)
	if items == nil || expected > b.seq || uint64(len(conflict.Since)) < b.seq-expected {
		return conflict
	}
	conflict.Since = slices.DeleteFunc(conflict.Since, func(event Event) bool {
		touched, known := event.Touches()
		return known && !touched.Overlaps(*items)
	})
	if len(conflict.Since) == 0 {
		return nil
	}
	return conflict
}
