package backlog

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
)

// sprintTimes holds the open sprints of a team: those under way, and by month those that lie in it, so that
// a look for what overlaps does not go through all.
type sprintTimes struct {
	active map[*sprintEntry]bool
	months map[int][]*sprintEntry // in order of their start
	long   []*sprintEntry         // of more than longSprint months, in order of their start
}

const (
	longSprint  = 12
	maxOverlaps = 10 // sprints that an answer names
)

// month counts months since the year 0.
func month(t time.Time) int { return t.UTC().Year()*12 + int(t.UTC().Month()) - 1 }

// sprintTimes returns those of a team, and makes them if need be.
func (b *View) sprintTimes(team story.Team) *sprintTimes {
	times := b.openSprints[team]
	if times == nil {
		times = &sprintTimes{active: make(map[*sprintEntry]bool), months: make(map[int][]*sprintEntry)}
		if b.openSprints == nil {
			b.openSprints = make(map[story.Team]*sprintTimes)
		}
		b.openSprints[team] = times
	}
	return times
}

// clock notes an open sprint, or that it is one no longer.
func (b *View) clock(entry *sprintEntry, open bool) {
	s := &entry.sprint
	times := b.sprintTimes(s.Team)
	if open && s.Status == SprintActive {
		times.active[entry] = true
	} else {
		delete(times.active, entry)
	}
	if s.Start.IsZero() || s.End.IsZero() {
		return
	}
	first, last := month(s.Start), month(s.End)
	if last-first > longSprint {
		times.long = placeSprint(times.long, entry, open)
		return
	}
	for m := first; m <= last; m++ {
		if times.months[m] = placeSprint(times.months[m], entry, open); len(times.months[m]) == 0 {
			delete(times.months, m)
		}
	}
}

// placeSprint puts a sprint into a list in order of their start, or takes it out.
func placeSprint(list []*sprintEntry, entry *sprintEntry, in bool) []*sprintEntry {
	at, found := slices.BinarySearchFunc(list, entry, (*sprintEntry).byStart)
	switch {
	case in && !found:
		return slices.Insert(list, at, entry)
	case !in && found:
		return slices.Delete(list, at, at+1)
	}
	return list
}

func (e *sprintEntry) byStart(other *sprintEntry) int {
	return cmp.Or(e.sprint.Start.Compare(other.sprint.Start), e.sprint.ID.Compare(other.sprint.ID))
}

// activeSprint returns the sprint of a team that is under way: the first to start, where the rules allow several.
func (b *View) activeSprint(team story.Team) *Sprint {
	times := b.openSprints[team]
	if times == nil || len(times.active) == 0 {
		return nil
	}
	first := slices.MinFunc(slices.Collect(maps.Keys(times.active)), (*sprintEntry).byStart)
	return &first.sprint
}

// overlaps returns the first open sprints of the same team that lie in the time of s, at most maxOverlaps.
func (b *View) overlaps(s *Sprint) (found []*sprintEntry) {
	times := b.openSprints[s.Team]
	if times == nil || s.Start.IsZero() || s.End.IsZero() {
		return nil
	}
	look := func(list []*sprintEntry) {
		for _, entry := range list {
			o := &entry.sprint
			if len(found) == maxOverlaps || !o.Start.Before(s.End) {
				return
			}
			if o.ID != s.ID && s.Start.Before(o.End) && !slices.Contains(found, entry) {
				found = append(found, entry)
			}
		}
	}
	look(times.long)
	if first, last := month(s.Start), month(s.End); last-first > longSprint {
		for _, m := range slices.Sorted(maps.Keys(times.months)) {
			look(times.months[m])
		}
	} else {
		for m := first; m <= last; m++ {
			look(times.months[m])
		}
	}
	slices.SortFunc(found, (*sprintEntry).byStart)
	return found
}
