package backlog

import (
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/forecast"
	"github.com/backlogkit/backlogkit/story"
)

// FlowItems tells from the events when each story came, was begun and was done, in the order in which
// they came: what the flow metrics and forecasts of package forecast need. Begun is when it first
// went into progress, done when it was last accepted. Dropped stories that were never accepted are
// left out; keys are story ids. Errors: those of [Replay].
func FlowItems(options Options, events iter.Seq[Event]) ([]forecast.Item, error) {
	b, err := New(options)
	if err != nil {
		return nil, err
	}
	var now time.Time
	var order []story.ID
	items := make(map[story.ID]*forecast.Item)
	dropped := make(map[story.ID]bool)
	b.watch = func(s *story.Story, _, is story.Category) {
		item := items[s.ID]
		if item == nil {
			item = &forecast.Item{Key: s.ID.String(), Created: now}
			items[s.ID] = item
			order = append(order, s.ID)
		}
		if is == story.Doing && item.Started.IsZero() {
			item.Started = now
		}
		item.Done = time.Time{}
		if is == story.Completed {
			item.Done = now
		}
		dropped[s.ID] = is == story.Removed
	}
	for event := range events {
		now = event.At.UTC()
		if err := b.Apply(event); err != nil {
			return nil, err
		}
	}
	result := make([]forecast.Item, 0, len(order))
	for _, id := range order {
		if !dropped[id] {
			result = append(result, *items[id])
		}
	}
	return result, nil
}

// BurnUp tells from the events how a sprint went: at the end of each day, in UTC, from its start or,
// where that is unset, the day it was planned, how many points were in it and how many of them were
// accepted. The last day is the one it ended on, or that of the last event. The burn-down is scope
// less done. Errors: those of [Replay]; [NotFoundError] for a sprint that is not there.
func BurnUp(options Options, events iter.Seq[Event], id SprintID) ([]forecast.Burn, error) {
	b, err := New(options)
	if err != nil {
		return nil, err
	}
	var burn []forecast.Burn
	var first time.Time // the day to begin with
	over := false
	for event := range events {
		day := event.At.UTC().Truncate(24 * time.Hour)
		before, known := b.sprints.byID[id]
		if known && !over {
			burn = upTo(burn, first, day)
		}
		var wasOpen bool
		if known {
			wasOpen = before.sprint.Status.IsOpen()
		}
		// What is accepted counts on the day it was, also where the sprint ends on that day.
		scope, done := b.sprintPoints(id)
		if err := b.Apply(event); err != nil {
			return nil, err
		}
		entry, ok := b.sprints.byID[id]
		if !ok || over {
			continue
		}
		if !known {
			first = day
			if start := entry.sprint.Start; !start.IsZero() {
				first = start.UTC().Truncate(24 * time.Hour)
			}
		}
		if over = wasOpen && !entry.sprint.Status.IsOpen(); !over {
			scope, done = b.sprintPoints(id)
		}
		burn = setDay(burn, first, day, scope, done)
	}
	if _, ok := b.sprints.byID[id]; !ok {
		return nil, notFound("sprint", id)
	}
	return burn, nil
}

// upTo repeats the last day until the one before day.
func upTo(burn []forecast.Burn, first, day time.Time) []forecast.Burn {
	for len(burn) > 0 && len(burn) < maxBurnDays {
		last := burn[len(burn)-1]
		if next := last.Day.AddDate(0, 0, 1); next.Before(day) && !next.Before(first) {
			burn = append(burn, forecast.Burn{Day: next, Scope: last.Scope, Done: last.Done})
			continue
		}
		break
	}
	return burn
}

// maxBurnDays bounds a chart: a sprint nobody closed need not run for a thousand years.
const maxBurnDays = 3_660

// setDay says how it is at the end of a day, that of the last entry or a later one. What happens
// before the first day counts for the first.
func setDay(burn []forecast.Burn, first, day time.Time, scope, done decimal.Decimal) []forecast.Burn {
	if day.Before(first) {
		day = first
	}
	today := forecast.Burn{Day: day, Scope: scope, Done: done}
	if n := len(burn); n > 0 && burn[n-1].Day.Equal(day) {
		burn[n-1] = today
		return burn
	}
	if len(burn) >= maxBurnDays {
		return burn
	}
	return append(burn, today)
}

// sprintPoints sums up the stories that are in a sprint now.
func (b *View) sprintPoints(id SprintID) (scope, done decimal.Decimal) {
	entry, ok := b.sprints.byID[id]
	if !ok {
		return scope, done
	}
	for _, storyID := range entry.sprint.Stories {
		member := b.stories[storyID]
		points, _ := member.story.Estimate.Points()
		scope = scope.Add(points)
		if member.category == story.Completed {
			done = done.Add(points)
		}
	}
	return scope, done
}

// Velocities are the points that a team's closed sprints came to, oldest first, to forecast from.
// With the zero Team it takes all sprints. Cancelled sprints are left out.
func (b *View) Velocities(team story.Team) forecast.History {
	var history forecast.History
	for _, entry := range b.sprints.list {
		if entry.sprint.Status == SprintClosed && (team == "" || entry.sprint.Team == team) {
			history = append(history, entry.sprint.Velocity)
		}
	}
	return history
}
