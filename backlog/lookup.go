package backlog

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/story"
)

// SprintOf returns the open sprint that a story is in; the bool is false if it is in none, or not there. O(1)
// but for the copy.
func (b *View) SprintOf(id story.ID) (Sprint, bool) {
	entry, ok := b.stories[id]
	if !ok || entry.sprint == nil {
		return Sprint{}, false
	}
	return entry.sprint.sprint.Clone(), true
}

// NeededBy returns an iterator over the dependencies of others on an item, by the id of what needs it:
// all of them, also of what is finished or waits for something else besides. [View.Frees] returns what
// finishing the item would free.
func (b *View) NeededBy(item ItemID) iter.Seq[Dependency] {
	return func(yield func(Dependency) bool) {
		n := b.node(item)
		if n == nil {
			return
		}
		dependants := slices.SortedFunc(slices.Values(n.frees), func(x, y *node) int { return x.item().Compare(y.item()) })
		for _, one := range dependants {
			if !yield(one.dependency(one.needs[one.needIndex(n)])) {
				return
			}
		}
	}
}

// StoriesIn returns an iterator over the stories in a state of the workflow, in the order of the backlog. O(stories).
func (b *View) StoriesIn(status story.Status) iter.Seq[story.Story] {
	return b.storiesWhere(func(entry *storyEntry) bool { return entry.story.Status == status })
}

// StoriesOfTeam returns an iterator over the stories of a team, in the order of the backlog; those of no
// team for "". O(stories).
func (b *View) StoriesOfTeam(team story.Team) iter.Seq[story.Story] {
	return b.storiesWhere(func(entry *storyEntry) bool { return entry.story.Team == team })
}

func (b *View) storiesWhere(holds func(*storyEntry) bool) iter.Seq[story.Story] {
	return func(yield func(story.Story) bool) {
		for entry := range b.order.all() {
			if holds(entry) && !yield(entry.value()) {
				return
			}
		}
	}
}

// BoardOptions choose the stories of a [Board]. The zero value is all of them.
type BoardOptions struct {
	Teams  []story.Team // whose stories; nil means everybody's, "" those of no team
	Sprint SprintID     // whose stories; zero means those in a sprint or not
	Most   int          // how many stories a column lists; 0 means all

	// What a story has to have; unset means anything.
	Assignee, Requester, Segment string
	Kind                         story.Kind
	Class                        story.Class // of service; [story.Standard] takes those without one, too
	DueBefore                    time.Time   // before which it is due
}

// take reports whether a story is one of those.
func (o BoardOptions) take(s *story.Story) bool {
	details := s.Details.Value()
	return (o.Teams == nil || slices.Contains(o.Teams, s.Team)) &&
		(o.Assignee == "" || o.Assignee == details.Assignee) &&
		(o.Requester == "" || o.Requester == details.Requester) &&
		(o.Segment == "" || o.Segment == details.Segment) &&
		(o.Kind == "" || o.Kind == details.Kind) &&
		(o.Class == "" || o.Class == cmp.Or(details.Class, story.Standard)) &&
		(o.DueBefore.IsZero() || !details.Due.IsZero() && details.Due.Before(o.DueBefore))
}

// Overdue returns the stories and features that are open and were due before an instant: the longest overdue
// first, and of those due at once the features first, each in its order. O(n log n).
func (b *View) Overdue(at time.Time) []ItemID {
	type late struct {
		item ItemID
		due  time.Time
	}
	var all []late
	add := func(item ItemID, details story.Const[story.Details]) {
		if due := details.Value().Due; !due.IsZero() && due.Before(at) {
			all = append(all, late{item, due})
		}
	}
	for _, entry := range b.features.list {
		if isOpenFeature(entry.feature) {
			add(FeatureItem(entry.feature.ID), entry.feature.Details)
		}
	}
	for entry := range b.order.all() {
		if entry.category.IsOpen() {
			add(StoryItem(entry.story.ID), entry.story.Details)
		}
	}
	slices.SortStableFunc(all, func(x, y late) int { return x.due.Compare(y.due) })
	items := make([]ItemID, len(all))
	for i, one := range all {
		items[i] = one.item
	}
	return items
}

// Board is stories by their state.
type Board struct {
	Columns []BoardColumn `json:"columns"` // one for each state of the workflow that is not removed, in its order
}

// BoardColumn is the stories of a [Board] that are in one state.
type BoardColumn struct {
	State    story.Status    `json:"state"`
	Category story.Category  `json:"category"`
	Stories  []story.Story   `json:"stories"` // in the order of the backlog, as many as are listed
	Count    int             `json:"count"`   // of all
	Points   decimal.Decimal `json:"points"`  // of all; stories without points count 0
	// Limits are those that bound stories of the board in this state, with all that counts for them, be it
	// on the board or not.
	Limits []WorkInProgress `json:"limits"`
}

// Board returns stories by their state, with the limits of the work in progress. O(stories), or those of
// the sprint.
func (b *View) Board(options BoardOptions) Board {
	board := Board{Columns: []BoardColumn{}}
	columns := make(map[story.Status]int)
	for _, state := range b.options.Workflow.States {
		if state.Category == story.Removed {
			continue
		}
		columns[state.Name] = len(board.Columns)
		board.Columns = append(board.Columns, BoardColumn{
			State: state.Name, Category: state.Category, Stories: []story.Story{}, Limits: b.boardLimits(state, options.Teams),
		})
	}
	for entry := range b.boardStories(options.Sprint) {
		at, shown := columns[entry.story.Status]
		if !shown {
			continue
		}
		value := entry.value()
		if !options.take(&value) {
			continue
		}
		column := &board.Columns[at]
		points, _ := entry.story.Estimate.Points()
		column.Count, column.Points = column.Count+1, column.Points.Add(points)
		if options.Most <= 0 || len(column.Stories) < options.Most {
			column.Stories = append(column.Stories, value)
		}
	}
	return board
}

// boardStories returns the stories of a sprint, or all of them, in the order of the backlog.
func (b *View) boardStories(id SprintID) iter.Seq[*storyEntry] {
	if id.IsZero() {
		return b.order.all()
	}
	var entries []*storyEntry
	if sprint, ok := b.sprints.byID[id]; ok {
		for _, id := range sprint.sprint.Stories {
			entries = append(entries, b.stories[id])
		}
	}
	entries, _ = byIndex(storyTable.rows(b), entries)
	return slices.Values(entries)
}

// boardLimits returns the limits that bound a state for some of the teams, nil being all.
func (b *View) boardLimits(state story.State, teams []story.Team) []WorkInProgress {
	limits := []WorkInProgress{}
	for _, one := range b.WorkInProgress() {
		isHere := one.State == state.Name || one.State == "" && state.Category == story.Doing
		if isHere && (one.Team == "" || teams == nil || slices.Contains(teams, one.Team)) {
			limits = append(limits, one)
		}
	}
	return limits
}
