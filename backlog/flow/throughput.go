package flow

import (
	"errors"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Throughput returns the number of items done in each period of so many days, from one day to another,
// both included, zeros too: a history to forecast from. Days at the end that fill no period are left out.
// With a calendar, only working days count as days of a period; what is done on a day off counts for
// the period that runs, or else for the first. Without one, every day counts. It costs O(items + days).
//
// Errors: those of [CumulativeFlow]; a [*field.Error] unless 1 <= days <= 366.
func Throughput(items []Item, from, to time.Time, days int, working Calendar) ([]int, error) {
	first, n, err := span(items, from, to)
	if err = errors.Join(err, checkDays(days)); err != nil {
		return nil, err
	}
	if working == nil {
		working = EveryDay
	}
	period := make([]int, n) // of each day
	worked := 0
	day := midnight(from)
	for i := range period {
		if working(day.AddDate(0, 0, i)) {
			worked++
		}
		period[i] = max(0, worked-1) / days
	}
	counts := make([]int, worked/days)
	for _, item := range items {
		if item.Done.IsZero() {
			continue
		}
		if i := dayNumber(item.Done) - first; i >= 0 && i < n && period[i] < len(counts) {
			counts[period[i]]++
		}
	}
	return counts, nil
}

func checkDays(days int) error {
	if days < 1 || days > 366 {
		return field.New("flow", "days", strconv.Itoa(days), "1 to 366")
	}
	return nil
}

// Velocities returns the points that were accepted in each closed sprint of a team, oldest first: a
// history to forecast from. The zero Team stands for all sprints. Cancelled sprints are left out.
func Velocities(v *backlog.View, team story.Team) []decimal.Decimal {
	var points []decimal.Decimal
	for sprint := range v.Sprints() {
		if sprint.Status == backlog.SprintClosed && (team == "" || sprint.Team == team) {
			points = append(points, sprint.Velocity)
		}
	}
	return points
}
