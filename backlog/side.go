package backlog

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// side is one of two states of a backlog, as far as they differ: what a [Revert] records of the
// state before and after an event, and what [Diff] puts into words.
type side struct {
	Vision       *roadmap.Vision                                 `json:"vision,omitempty"` // nil where it is the same
	Horizons     records[roadmap.HorizonID, roadmap.Horizon]     `json:"horizons,omitzero"`
	Goals        records[roadmap.GoalID, roadmap.Goal]           `json:"goals,omitzero"`
	Stage        *roadmap.Stage                                  `json:"stage,omitempty"` // nil where it is the same
	Releases     records[roadmap.ReleaseID, roadmap.Release]     `json:"releases,omitzero"`
	Increments   records[roadmap.IncrementID, roadmap.Increment] `json:"increments,omitzero"`
	Features     records[roadmap.FeatureID, featureRecord]       `json:"features,omitzero"`
	Stories      records[story.ID, storyRecord]                  `json:"stories,omitzero"`
	Sprints      records[SprintID, Sprint]                       `json:"sprints,omitzero"`
	People       records[string, Person]                         `json:"people,omitzero"`
	Dependencies []Dependency                                    `json:"dependencies,omitempty"` // on this side only
	Relations    []Relation                                      `json:"relations,omitempty"`    // on this side only
}

// records are those of one kind that differ.
type records[K comparable, V any] struct {
	Values []V         `json:"values,omitempty"` // as they are on this side, in their order
	Places []placed[K] `json:"places,omitempty"` // of those that moved or are on this side only, ascending
}

// placed says at which index of its list a record is.
type placed[K comparable] struct {
	ID K   `json:"id"`
	At int `json:"at"`
}

func horizonKey(h *roadmap.Horizon) roadmap.HorizonID       { return h.ID }
func goalKey(g *roadmap.Goal) roadmap.GoalID                { return g.ID }
func releaseKey(r *roadmap.Release) roadmap.ReleaseID       { return r.ID }
func incrementKey(i *roadmap.Increment) roadmap.IncrementID { return i.ID }
func featureKey(f *featureRecord) roadmap.FeatureID         { return f.ID }
func storyKey(s *storyRecord) story.ID                      { return s.ID }
func sprintKey(s *Sprint) SprintID                          { return s.ID }
func personKey(p *Person) string                            { return p.Name }

// sides returns how two states differ. O(n log n) at most, and O(n) where few stories moved.
func sides(a, b snapshot) (was, is side) {
	if !sameJSON(&a.Vision, &b.Vision) {
		was.Vision, is.Vision = &a.Vision, &b.Vision
	}
	was.Horizons, is.Horizons = unlike(a.Horizons, b.Horizons, horizonKey, sameJSON[roadmap.Horizon])
	was.Goals, is.Goals = unlike(a.Goals, b.Goals, goalKey, sameJSON[roadmap.Goal])
	if a.Stage != b.Stage {
		was.Stage, is.Stage = &a.Stage, &b.Stage
	}
	was.Releases, is.Releases = unlike(a.Releases, b.Releases, releaseKey, sameJSON[roadmap.Release])
	was.Increments, is.Increments = unlike(a.Increments, b.Increments, incrementKey, sameJSON[roadmap.Increment])
	was.Features, is.Features = unlike(a.Features, b.Features, featureKey, sameJSON[featureRecord])
	was.Stories, is.Stories = unlike(a.Stories, b.Stories, storyKey, sameStory)
	was.Sprints, is.Sprints = unlike(a.Sprints, b.Sprints, sprintKey, sameJSON[Sprint])
	was.People, is.People = unlike(a.People, b.People, personKey, sameJSON[Person])
	was.Dependencies, is.Dependencies = onlyIn(a.Dependencies, b.Dependencies), onlyIn(b.Dependencies, a.Dependencies)
	was.Relations, is.Relations = onlyIn(a.Relations, b.Relations), onlyIn(b.Relations, a.Relations)
	return was, is
}

// unlike returns the records of two lists that differ, and the fewest that moved: those outside a
// longest run that keeps its order.
func unlike[K comparable, V any](a, b []V, key func(*V) K, same func(x, y *V) bool) (was, is records[K, V]) {
	begin := 0 // of what is not the same record at the same index
	for begin < len(a) && begin < len(b) && key(&a[begin]) == key(&b[begin]) {
		begin++
	}
	indexes := make(map[K]int, len(a)-begin) // in a, of the rest
	for i := begin; i < len(a); i++ {
		indexes[key(&a[i])] = i
	}
	var common, from []int // indexes in b and a of the rest that is in both
	partner := func(i int) (int, bool) {
		if i < begin {
			return i, true
		}
		at, ok := indexes[key(&b[i])]
		return at, ok
	}
	met := make(map[K]bool, len(indexes))
	changed := []int{} // indexes in a
	for i := range b {
		at, ok := partner(i)
		if !ok {
			is.Values = append(is.Values, b[i])
			is.Places = append(is.Places, placed[K]{key(&b[i]), i})
			continue
		}
		if !same(&a[at], &b[i]) {
			is.Values = append(is.Values, b[i])
			changed = append(changed, at)
		}
		if i >= begin {
			met[key(&b[i])] = true
			common, from = append(common, i), append(from, at)
		}
	}
	for i, stays := range longestIncreasing(from) {
		if !stays {
			id := key(&b[common[i]])
			is.Places = append(is.Places, placed[K]{id, common[i]})
			was.Places = append(was.Places, placed[K]{id, from[i]})
		}
	}
	for i := begin; i < len(a); i++ {
		if id := key(&a[i]); !met[id] {
			changed = append(changed, i)
			was.Places = append(was.Places, placed[K]{id, i})
		}
	}
	slices.Sort(changed)
	for _, i := range changed {
		was.Values = append(was.Values, a[i])
	}
	byIndex := func(x, y placed[K]) int { return x.At - y.At }
	slices.SortFunc(was.Places, byIndex)
	slices.SortFunc(is.Places, byIndex)
	return was, is
}

// sameStory compares stories without writing them out, which few of many need.
func sameStory(x, y *storyRecord) bool {
	return x.Equal(y.Story) &&
		(x.Assessment == y.Assessment || sameJSON(x.Assessment, y.Assessment)) &&
		(x.Acceptance == y.Acceptance || sameJSON(x.Acceptance, y.Acceptance))
}

// sameJSON compares values by what a snapshot holds of them.
func sameJSON[V any](x, y *V) bool {
	one, err := json.Marshal(x)
	other, otherErr := json.Marshal(y)
	return err == nil && otherErr == nil && bytes.Equal(one, other)
}

// onlyIn returns the links in a that are not in b.
func onlyIn[E comparable](a, b []E) []E {
	begin := 0
	for begin < len(a) && begin < len(b) && a[begin] == b[begin] {
		begin++
	}
	if begin == len(a) {
		return nil
	}
	known := make(map[E]bool, len(b)-begin)
	for _, one := range b[begin:] {
		known[one] = true
	}
	var only []E
	for _, one := range a[begin:] {
		if !known[one] {
			only = append(only, one)
		}
	}
	return only
}
