package backlog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// NextOptions narrow what [View.NextFor] returns. The zero value takes of all stories.
type NextOptions struct {
	Teams  []story.Team // whose stories; nil means everybody's, "" those of no team
	Labels []string     // a story has one of these at least; nil means that it need not
	Skills []string     // what the actor can do: a story takes no others, see [SkillLabel]; nil means anything
}

// NextFor returns the story that an actor should begin next at an instant: the first in the order of the
// backlog that can be begun ([View.Startable], in a state from which the workflow leads into the work), or was
// begun under a claim that has run out; that nobody holds; that is assigned to the actor or to nobody; that the
// policy lets the actor claim; and that no limit of the work in progress stands against, whatever the rule does
// about those. The bool is false if there is none. It claims nothing: [ClaimStory] does.
//
// It looks at the stories of all teams side by side in the order of the backlog, O(log n) a team, until one fits.
// What it passes over costs a few nanoseconds each: those without the labels or with other skills, and those that a
// limit of a label or a feature stands against. With 1 story in 1,000 that fits it looks at 1,000, and at 32 more a team. Where a limit of a team or of
// all is reached it looks at all claims, too.
func (b *View) NextFor(by Actor, options NextOptions, at time.Time) (story.Story, bool) {
	if options.Labels != nil && len(options.Labels) == 0 {
		return story.Story{}, false
	}
	search := nextSearch{View: b, by: by, options: options, at: at, now: at.Unix()}
	search.labels, search.skills = labelMask(options.Labels), labelMask(options.Skills)
	search.through(b.lanesOf(options.Teams, by.Name))
	if search.isFull {
		search.lookBegun()
	}
	if search.best == nil {
		return story.Story{}, false
	}
	return search.best.value(), true
}

// nextSearch looks for the first story that fits, lane by lane.
type nextSearch struct {
	*View
	by             Actor
	options        NextOptions
	at             time.Time
	now            int64
	labels, skills uint64
	best           *storyEntry
	isFull         bool // a limit has ended the look through a lane
}

// lanesOf returns the lanes of some teams, of all where they are nil, and of a person.
func (b *View) lanesOf(teams []story.Team, person string) []*lane {
	if len(b.lanes.late) > 0 { // a func of the host's looks while changes are tried
		b.settleLanes()
	}
	all := make([]*lane, 0, len(b.lanes.shared)+1)
	if teams == nil {
		all = append(all, b.lanes.shared...)
	}
	for _, team := range teams {
		all = append(all, b.lanes.byKey[laneKey{team: team}])
	}
	all = append(all, b.lanes.byKey[laneKey{person: person}])
	return slices.DeleteFunc(all, func(one *lane) bool { return one == nil })
}

// laneCursor is how far a search has come in a lane.
type laneCursor struct {
	lane        *lane
	chunk, item int
	place       uint64 // of that item, see storyEntry.rank
}

// laneStride is how many items a search looks at in a lane before it turns to the one that is behind.
const laneStride = 32

// through looks through lanes side by side in the order of the backlog, up to the first story that fits.
func (s *nextSearch) through(lanes []*lane) {
	cursors := make([]laneCursor, 0, len(lanes)) // by place
	for _, one := range lanes {
		if c := (laneCursor{lane: one}); c.settle(s.now) {
			cursors = append(cursors, c)
		}
	}
	slices.SortStableFunc(cursors, laneCursor.compare)
	for len(cursors) > 0 && (s.best == nil || cursors[0].place < s.best.rank()) {
		c := cursors[0]
		if !s.look(&c) {
			cursors = cursors[1:]
			continue
		}
		at, _ := slices.BinarySearchFunc(cursors[1:], c, laneCursor.compare)
		copy(cursors, cursors[1:at+1])
		cursors[at] = c
	}
}

func (c laneCursor) compare(other laneCursor) int { return cmp.Compare(c.place, other.place) }

// settle moves a cursor at the end of a chunk to the next with an item that is free at a second, and reports
// whether there is one.
func (c *laneCursor) settle(now int64) bool {
	if c.item == 0 || c.item == len(c.lane.chunks[c.chunk].items) {
		if c.item > 0 {
			c.chunk, c.item = c.chunk+1, 0
		}
		if c.chunk = c.lane.first.next(c.chunk, now); c.chunk < 0 {
			return false
		}
	}
	c.place = c.lane.chunks[c.chunk].items[c.item].entry.rank()
	return true
}

// look goes through the next items of a lane, and reports whether more of it is to be looked at.
func (s *nextSearch) look(c *laneCursor) bool {
	items := c.lane.chunks[c.chunk].items
	end := min(c.item+laneStride, len(items))
	for ; c.item < end; c.item++ {
		item := &items[c.item]
		if item.from > s.now {
			continue
		}
		marks := item.has()
		if s.labels != 0 && marks.labels&s.labels == 0 || s.options.Skills != nil && marks.skills&^s.skills != 0 {
			continue
		}
		fits, whole := s.fits(item.entry)
		if fits && (s.best == nil || s.best.rank() > item.entry.rank()) {
			s.best = item.entry
		}
		if fits || whole {
			return false
		}
	}
	return c.settle(s.now)
}

// lookBegun goes through the stories that were begun under a claim: they need no room. It is for lanes that end where
// a limit is reached.
func (s *nextSearch) lookBegun() {
	for id := range s.claims.byStory {
		entry := s.stories[id]
		assignee := entry.story.Details.Value().Assignee
		if entry.lane == nil || entry.category != story.Doing || assignee != "" && assignee != s.by.Name {
			continue
		}
		if fits, _ := s.fits(entry); fits && (s.best == nil || s.best.rank() > entry.rank()) {
			s.best = entry
		}
	}
}

// fits reports whether a story does, and if not, whether none of its lane can.
func (s *nextSearch) fits(entry *storyEntry) (fits, whole bool) {
	if s.freeFrom(entry).After(s.at) {
		return false, false
	}
	details := entry.story.Details.Value()
	if s.options.Teams != nil && !slices.Contains(s.options.Teams, entry.story.Team) {
		return false, false
	}
	if s.options.Labels != nil && !slices.ContainsFunc(s.options.Labels, func(label string) bool { return hasLabel(details, label) }) {
		return false, false
	}
	for _, label := range details.Labels.All() {
		skill, is := strings.CutPrefix(label, SkillLabel)
		if is && s.options.Skills != nil && !slices.Contains(s.options.Skills, skill) {
			return false, false
		}
	}
	if room, lane := s.hasRoom(entry, details); !room {
		whole = lane && details.Assignee == ""
		s.isFull = s.isFull || whole
		return false, whole
	}
	if _, err := s.askPolicy(ClaimStory{Story: entry.story.ID, Until: s.at}, s.by, s.at); err != nil {
		return false, s.isOwn && details.Assignee == ""
	}
	return true, false
}

// hasRoom reports whether the limits have room for a story that an actor begins, and if not, whether they have
// none for its whole team.
func (s *nextSearch) hasRoom(entry *storyEntry, details story.Details) (room, whole bool) {
	if len(s.View.options.Limits) == 0 || entry.category == story.Doing {
		return true, false
	}
	is := entry.value()
	begun := is
	begun.Status = s.begins[begun.Status]
	if details.Assignee == "" {
		details.Assignee = s.by.Name
		begun.Details = story.ConstOf(details)
	}
	for i, limit := range s.View.options.Limits {
		key, counts := limit.counts(&begun, story.Doing)
		if !counts || s.loads[i].of(key) < limit.Most {
			continue
		}
		if was, counted := limit.counts(&is, entry.category); counted && was == key {
			continue
		}
		isOfLane := limit.Label == "" && limit.Class == "" && limit.Feature.IsZero() && limit.Each != EachFeature
		return false, isOfLane && (limit.State == "" || len(s.begins) == 1)
	}
	return true, false
}

// beginnings returns, for each proposed state from which the workflow leads into the work, the first state that
// it leads to.
func beginnings(workflow story.Workflow) map[story.Status]story.Status {
	begins := make(map[story.Status]story.Status)
	for _, state := range workflow.States {
		if state.Category != story.Proposed {
			continue
		}
		for _, next := range workflow.States {
			if next.Category == story.Doing && next.Name != workflow.Review && workflow.Allows(state.Name, next.Name) {
				begins[state.Name] = next.Name
				break
			}
		}
	}
	return begins
}

// isNext reports whether a story is one that NextFor returns, unless it is held or waits for its time.
func (b *View) isNext(entry *storyEntry) bool {
	if entry.category == story.Proposed {
		return entry.story.begins
	}
	claim := b.claims.byStory[entry.story.ID] // without a token while it is being taken out
	return claim != nil && claim.claim.Token != 0 && entry.category == story.Doing && entry.story.Status != b.options.Workflow.Review
}

// freeFrom returns the instant from which on a story is neither held nor waits for its time.
func (b *View) freeFrom(entry *storyEntry) time.Time {
	held, _ := b.claimOf(entry.story.ID)
	return later(b.heldUntil(&entry.node), held.Until)
}

// labelMask returns a bit for each label, the same for some.
func labelMask(labels []string) uint64 {
	var mask uint64
	for _, label := range labels {
		mask |= labelBit(label)
	}
	return mask
}

// labelBit returns one bit for a label, by FNV-1a.
func labelBit(label string) uint64 {
	hash := uint64(14695981039346656037)
	for i := range len(label) {
		hash = (hash ^ uint64(label[i])) * 1099511628211
	}
	return 1 << (hash >> 58)
}
