package backlog

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Limit bounds how many stories may be in a state, or in progress, at a time: of all stories, or of those
// of a team, a person, a feature, a class of service or with a label, or of all of these together that are set. A label with a
// limit of 1 makes a group of stories of which one is in progress at a time. A limit with Each stands for as
// many limits as there are teams, people or features. Limits are a rule in [Options], and what
// [View.WorkInProgress] reports on.
type Limit struct {
	State   story.Status      `json:"state,omitzero"` // one of a story that is open; unset means all of category in progress
	Team    story.Team        `json:"team,omitzero"`
	Person  string            `json:"person,omitzero"` // who the stories are assigned to
	Feature roadmap.FeatureID `json:"feature,omitzero"`
	Label   string            `json:"label,omitzero"`
	Class   story.Class       `json:"class,omitzero"` // of service; [story.Standard] counts those without one, too
	Each    LimitEach         `json:"each,omitzero"`
	Most    int               `json:"most"` // >= 0
}

// LimitEach is for what a [Limit] holds apart: [EachTeam], [EachPerson] or [EachFeature]. The zero value is one
// limit for all that it counts. Stories of no team, no person or no feature count for none.
type LimitEach uint8

// What a limit can bound each of.
const (
	EachTeam LimitEach = iota + 1
	EachPerson
	EachFeature
)

var limitEaches = field.EnumOf[LimitEach]("backlog", "limit each", "team", "person", "feature")

// IsValid reports whether e is one of the three.
func (e LimitEach) IsValid() bool { return limitEaches.IsValid(e) }

// String returns the text form: "team".
func (e LimitEach) String() string { return limitEaches.String(e) }

// MarshalText returns the text form.
func (e LimitEach) MarshalText() ([]byte, error) { return limitEaches.MarshalText(e) }

// UnmarshalText reads the text form; e stays as it was on an error.
func (e *LimitEach) UnmarshalText(text []byte) error { return limitEaches.UnmarshalText(e, text) }

// WorkInProgress is how far a [Limit] is used up.
type WorkInProgress struct {
	Limit
	Count int `json:"count"` // stories that it counts
}

// IsOver reports whether there are more stories than the limit allows.
func (w WorkInProgress) IsOver() bool { return w.Count > w.Most }

// String returns what a limit counts: `in_progress of team "red"`.
func (l Limit) String() string {
	text := string(l.State)
	if l.State == "" {
		text = "the work in progress"
	}
	if l.Team != "" {
		text += fmt.Sprintf(" of team %q", l.Team)
	}
	if l.Person != "" {
		text += fmt.Sprintf(" of %q", l.Person)
	}
	if !l.Feature.IsZero() {
		text += fmt.Sprintf(" of feature %q", l.Feature)
	}
	if l.Label != "" {
		text += fmt.Sprintf(" with label %q", l.Label)
	}
	if l.Class != "" {
		text += fmt.Sprintf(" of class %q", l.Class)
	}
	if l.Each != 0 {
		text += fmt.Sprintf(" of each %v", l.Each)
	}
	return text
}

// limitKey is whose stories a limit counts on their own: nobody's where it counts all together.
type limitKey struct {
	name    string // of a team or person
	feature roadmap.FeatureID
}

func (k limitKey) compare(other limitKey) int {
	return cmp.Or(cmp.Compare(k.name, other.name), k.feature.Compare(other.feature))
}

// of returns the limit for one of those that l bounds each of.
func (l Limit) of(key limitKey) Limit {
	switch l.Each {
	case EachTeam:
		l.Team = story.Team(key.name)
	case EachPerson:
		l.Person = key.name
	case EachFeature:
		l.Feature = key.feature
	}
	l.Each = 0
	return l
}

// counts reports whether a limit counts a story whose state is of a category, and for whom.
func (l Limit) counts(s *story.Story, category story.Category) (key limitKey, counts bool) {
	switch {
	case l.State == "" && category != story.Doing, l.State != "" && l.State != s.Status,
		l.Team != "" && l.Team != s.Team, !l.Feature.IsZero() && l.Feature != s.Feature:
		return key, false
	case l.Person == "" && l.Label == "" && l.Class == "" && l.Each == 0:
		return key, true
	}
	details := s.Details.Value()
	if l.Person != "" && l.Person != details.Assignee || l.Label != "" && !hasLabel(details, l.Label) ||
		l.Class != "" && l.Class != cmp.Or(details.Class, story.Standard) {
		return key, false
	}
	switch l.Each {
	case EachTeam:
		key.name = string(s.Team)
	case EachPerson:
		key.name = details.Assignee
	case EachFeature:
		key.feature = s.Feature
	default:
		return key, true
	}
	return key, key != limitKey{}
}

func hasLabel(details story.Details, label string) bool {
	for _, one := range details.Labels.All() {
		if one == label {
			return true
		}
	}
	return false
}

func (o Options) validateLimits() error {
	var errs []error
	for i, limit := range o.Limits {
		path := field.Index("limits", i)
		category, _ := o.Workflow.Category(limit.State)
		if limit.State != "" && !category.IsOpen() {
			errs = append(errs, fieldError(path+".state", string(limit.State), "a state of the workflow that is open, or none"))
		}
		errs = append(errs, checkTeam(path+".team", limit.Team), field.CheckName("backlog", path+".person", limit.Person),
			field.CheckName("backlog", path+".label", limit.Label), field.Within(path, limit.Class.Validate()))
		taken := limit.Each == EachTeam && limit.Team != "" || limit.Each == EachPerson && limit.Person != "" ||
			limit.Each == EachFeature && !limit.Feature.IsZero()
		if limit.Each != 0 && (!limit.Each.IsValid() || taken) {
			errs = append(errs, fieldError(path+".each", limit.Each.String(), "team, person or feature, of which the limit names none"))
		}
		if limit.Most < 0 {
			errs = append(errs, fieldError(path+".most", fmt.Sprint(limit.Most), "0 stories or more"))
		}
		for _, other := range o.Limits[:i] {
			if other.Most = limit.Most; other == limit {
				errs = append(errs, fieldError(path, limit.String(), "one limit of this"))
			}
		}
	}
	return field.Join(errs...)
}

// load is how many stories a limit counts.
type load struct {
	count int              // of all together
	each  map[limitKey]int // where it bounds each of something; no zeros
}

func (l *load) of(key limitKey) int {
	if l.each == nil {
		return l.count
	}
	return l.each[key]
}

func (l *load) add(key limitKey, n int) {
	if l.each == nil {
		l.count += n
	} else if l.each[key] += n; l.each[key] == 0 {
		delete(l.each, key)
	}
}

// newLoads returns the loads of limits that count nothing yet.
func newLoads(limits []Limit) []load {
	loads := make([]load, len(limits))
	for i, limit := range limits {
		if limit.Each != 0 {
			loads[i].each = make(map[limitKey]int)
		}
	}
	return loads
}

// loadsNow returns a copy of the loads.
func (b *View) loadsNow() []load {
	loads := slices.Clone(b.loads)
	for i := range loads {
		loads[i].each = maps.Clone(loads[i].each)
	}
	return loads
}

// WorkInProgress returns each limit of the options with how many stories it counts, in their order. A limit
// with Each is there once for each team, person or feature that it counts a story of, in their order, by name
// or id. O(what is returned).
func (b *View) WorkInProgress() []WorkInProgress {
	loads := make([]WorkInProgress, 0, len(b.loads))
	for i, limit := range b.options.Limits {
		if limit.Each == 0 {
			loads = append(loads, WorkInProgress{limit, b.loads[i].count})
			continue
		}
		for _, key := range slices.SortedStableFunc(maps.Keys(b.loads[i].each), limitKey.compare) {
			loads = append(loads, WorkInProgress{limit.of(key), b.loads[i].each[key]})
		}
	}
	return loads
}

// weighEntry is weigh for a story as it is kept.
func (b *View) weighEntry(entry *storyEntry, times int) {
	if len(b.options.Limits) > 0 {
		s := entry.value()
		b.weigh(&s, entry.category, times)
	}
}

// weigh adds a story to the loads, or takes it away.
func (b *View) weigh(s *story.Story, category story.Category, times int) {
	for i := range b.options.Limits {
		if key, counts := b.options.Limits[i].counts(s, category); counts {
			b.loads[i].add(key, times)
		}
	}
}

// storyMove is a story as it is, the zero value if it is new, and as a change makes it.
type storyMove struct{ was, is story.Story }

// moving is a change that may bring stories under a limit.
type moving interface {
	// moves returns the stories that a change makes another in what limits look at.
	moves(b *View) []storyMove
}

// moved returns what a change makes of a story, for moving.
func (b *View) moved(id story.ID, change func(*story.Story)) []storyMove {
	entry, ok := b.stories[id]
	if !ok {
		return nil
	}
	was := entry.value()
	is := was
	change(&is)
	return []storyMove{{was, is}}
}

// wantRoom refuses a change that makes more stories count for a limit than it allows.
func (b *View) wantRoom(change Change) (against []*RefusedError) {
	if len(b.options.Limits) == 0 {
		return nil
	}
	m, ok := change.(moving)
	if !ok {
		return nil
	}
	moves := m.moves(b)
	for i, limit := range b.options.Limits {
		added := make(map[limitKey]int)
		count := func(s *story.Story, times int) {
			category, _ := b.options.Workflow.Category(s.Status)
			if key, counts := limit.counts(s, category); counts {
				added[key] += times
			}
		}
		for j := range moves {
			count(&moves[j].was, -1)
			count(&moves[j].is, 1)
		}
		for _, key := range slices.SortedStableFunc(maps.Keys(added), limitKey.compare) {
			if n := b.loads[i].of(key); added[key] > 0 && n+added[key] > limit.Most {
				against = append(against, overload(limit.of(key), n))
			}
		}
	}
	return against
}

// overSince refuses what a change has brought beyond a limit that was made to see it.
func (b *View) overSince(was []load) (against []*RefusedError) {
	for i, limit := range b.options.Limits {
		now := &b.loads[i]
		keys := []limitKey{{}}
		if now.each != nil {
			keys = slices.SortedStableFunc(maps.Keys(now.each), limitKey.compare)
		}
		for _, key := range keys {
			if n := now.of(key); n > limit.Most && n > was[i].of(key) {
				against = append(against, overload(limit.of(key), n))
			}
		}
	}
	return against
}

func overload(limit Limit, count int) *RefusedError {
	return breach(RuleWorkInProgress, ByRule, fmt.Sprintf("%v holds %d of at most %d", limit, count, limit.Most), "another story moved on")
}
