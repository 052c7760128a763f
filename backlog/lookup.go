package backlog

import (
	"iter"
	"slices"

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
			if holds(entry) && !yield(entry.story) {
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
			State: state.Name, Category: state.Category, Stories: []story.Story{}, Limits: b.boardLimits(state.Name, options.Teams),
		})
	}
	for entry := range b.boardStories(options.Sprint) {
		at, shown := columns[entry.story.Status]
		if !shown || options.Teams != nil && !slices.Contains(options.Teams, entry.story.Team) {
			continue
		}
		column := &board.Columns[at]
		points, _ := entry.story.Estimate.Points()
		column.Count, column.Points = column.Count+1, column.Points.Add(points)
		if options.Most <= 0 || len(column.Stories) < options.Most {
			column.Stories = append(column.Stories, entry.story)
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
func (b *View) boardLimits(state story.Status, teams []story.Team) []WorkInProgress {
	limits := []WorkInProgress{}
	for _, one := range b.WorkInProgress() {
		if one.State == state && (one.Team == "" || teams == nil || slices.Contains(teams, one.Team)) {
			limits = append(limits, one)
		}
	}
	return limits
}
