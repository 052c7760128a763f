package flow

import (
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/internal/days"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Periods is how the past is cut into equal periods: so many working days each, one after the other.
// Days off belong to the period before them, those ahead of the first working day to the first period.
type Periods struct {
	WorkTime
	Days  int       // working days of a period, 1 to 366
	Start time.Time // on the day of which the first period begins; see Throughput for what unset stands for
}

// Weeks returns the weeks from Monday to Sunday in a time zone; nil is UTC.
func Weeks(loc *time.Location) Periods { return Periods{WorkTime: WorkTime{Location: loc}, Days: 7} }

// Throughput returns the number of stories accepted in each whole period that ended by now, oldest first
// and zeros too: a history to forecast from. Where p.Start is unset, the first period begins with the
// first Monday on or after the day of the first acceptance. It costs O(stories + days).
//
// Errors: a [*field.Error] unless 1 <= p.Days <= 366, or if more than a hundred years would be counted.
func Throughput(v *backlog.View, p Periods, now time.Time) ([]decimal.Decimal, error) {
	var items []Item
	for s := range v.Stories() {
		if acceptance, ok := v.Acceptance(s.ID); ok {
			items = append(items, Item{Done: acceptance.At})
		}
	}
	return ThroughputOf(items, p, now)
}

// ThroughputOf is [Throughput] of items; where p.Start is unset, the first period begins with the first
// Monday on or after the day on which the first item came. Errors: those of [Item.Validate], too.
func ThroughputOf(items []Item, p Periods, now time.Time) ([]decimal.Decimal, error) {
	rates, err := Rates(items, p, now)
	if err != nil {
		return nil, err
	}
	counts := make([]decimal.Decimal, len(rates))
	for i, rate := range rates {
		counts[i] = decimal.NewFromInt(int64(rate.Done))
	}
	return counts, nil
}

// Rate holds what came and what went in a period: arrivals and departures.
type Rate struct {
	From       time.Time       `json:"from"`
	To         time.Time       `json:"to"` // the first day after it
	Arrived    int             `json:"arrived"`
	Begun      int             `json:"begun"`
	Done       int             `json:"done"`
	Points     decimal.Decimal `json:"points,omitzero"` // of what was done
	Waiting    int             `json:"waiting"`         // that had come and were not begun at the end of the period
	InProgress int             `json:"in_progress"`     // that were begun and not done at its end: the flow load
}

// Rates returns what came and went in each whole period that ended by now, as [ThroughputOf] cuts them.
// It costs O(items + days). Errors: those of ThroughputOf.
func Rates(items []Item, p Periods, now time.Time) ([]Rate, error) {
	if err := field.Join(validate(items), field.CheckWhole("flow", "days", p.Days, 1, 366)); err != nil {
		return nil, err
	}
	first := p.first(items)
	today := p.date(now)
	if first.IsZero() || !first.Before(today) {
		return []Rate{}, nil
	}
	if days.Number(today)-days.Number(first) > maxDays {
		return nil, field.New("flow", "now", now.Format(time.RFC3339),
			"from "+first.Format(time.DateOnly)+" to a hundred years later")
	}
	rates, period := p.cut(first, today)
	count := func(t time.Time, add func(*Rate)) { // what came before the first period is in its numbers at the end
		i := days.Number(p.in(t)) - days.Number(first)
		if !t.IsZero() && i < len(period) && period[max(0, i)] < len(rates) {
			add(&rates[period[max(0, i)]])
		}
	}
	for _, item := range items {
		isIn := func(t time.Time) int {
			if days.Number(p.in(t)) >= days.Number(first) {
				return 1
			}
			return 0
		}
		count(item.created(), func(r *Rate) { r.Arrived += isIn(item.created()); r.Waiting++ })
		count(item.started(), func(r *Rate) { r.Begun += isIn(item.started()); r.Waiting--; r.InProgress++ })
		count(item.Done, func(r *Rate) {
			r.InProgress--
			if r.Done += isIn(item.Done); isIn(item.Done) == 1 && !item.Points.IsZero() {
				r.Points = r.Points.Add(item.Points)
			}
		})
	}
	for i := 1; i < len(rates); i++ {
		rates[i].Waiting += rates[i-1].Waiting
		rates[i].InProgress += rates[i-1].InProgress
	}
	return rates, nil
}

// first returns the day on which the first period begins, zero for no items.
func (p Periods) first(items []Item) time.Time {
	if !p.Start.IsZero() {
		return p.date(p.Start)
	}
	var earliest time.Time
	for _, item := range items {
		if at := item.created(); earliest.IsZero() || at.Before(earliest) {
			earliest = at
		}
	}
	if earliest.IsZero() {
		return earliest
	}
	day := p.date(earliest)
	return days.Add(day, int(time.Monday-day.Weekday()+7)%7)
}

// cut returns the whole periods between two days, the later one not counted, and the index of the period
// that each day is in.
func (p Periods) cut(first, today time.Time) (rates []Rate, period []int) {
	period = make([]int, days.Number(today)-days.Number(first))
	worked := 0
	rates = []Rate{}
	for i := range period {
		day := days.Add(first, i)
		if p.isWorking(day) {
			if worked%p.Days == 0 {
				rates = append(rates, Rate{From: day})
			}
			worked++
		}
		period[i] = max(0, worked-1) / p.Days
		if len(rates) > 0 {
			rates[len(rates)-1].To = days.Add(day, 1)
		}
	}
	rates = rates[:worked/p.Days]
	if len(rates) > 0 {
		rates[0].From = first
	}
	return rates, period
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
