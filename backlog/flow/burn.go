package flow

import (
	"iter"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/internal/days"
	"github.com/backlogkit/backlogkit/story"
)

// BurnDay is how much there is to do and how much of it is done at the end of a day, in points or items.
type BurnDay struct {
	Day   time.Time       `json:"day"`
	Scope decimal.Decimal `json:"scope"`
	Done  decimal.Decimal `json:"done"`
}

// Left returns what is not done, Scope less Done: a point of a burn-down chart.
func (d BurnDay) Left() decimal.Decimal { return d.Scope.Sub(d.Done) }

// maxBurnDays bounds a chart: a sprint nobody closed need not run for a thousand years.
const maxBurnDays = 3_660

// BurnUp returns the points in a sprint and those of them that are accepted at the end of each working
// day. The first day is that of the sprint's start or, where it is unset, of its planning; the last one
// that of its end, or of the last event, working day or not. What happens on a day off is in the numbers
// of the next day. There are at most ten years of days.
//
// It costs a replay and, for each event, a look at the stories of the sprint. Errors: those of
// [backlog.Replay]; [backlog.ErrNotFound] for a sprint that is not there after the last event.
func BurnUp(
	options backlog.Options, events iter.Seq2[backlog.Event, error], id backlog.SprintID, w WorkTime,
) ([]BurnDay, error) {
	b, err := backlog.New(options)
	if err != nil {
		return nil, err
	}
	burn := burnUp{WorkTime: w, view: b.View(), workflow: b.Workflow()}
	for event, err := range events {
		if err == nil {
			err = b.Apply(event)
		}
		if err != nil {
			return nil, err
		}
		if sprint, ok := b.Sprint(id); ok {
			burn.add(sprint, w.date(event.At))
		}
	}
	if _, ok := b.Sprint(id); !ok {
		return nil, &backlog.NotFoundError{Entity: "sprint", ID: id.String()}
	}
	return burn.worked(), nil
}

// burnUp collects the days of a sprint.
type burnUp struct {
	WorkTime
	view     *backlog.View
	workflow story.Workflow

	days  []BurnDay
	first time.Time // the day to begin with
	open  bool      // whether the sprint was open after the last event
	over  bool      // whether it has ended
	scope decimal.Decimal
	done  decimal.Decimal
}

// add adds what a sprint is like after an event. What happens before the first day counts for the first.
func (u *burnUp) add(sprint backlog.Sprint, day time.Time) {
	if u.over {
		return
	}
	if u.first.IsZero() {
		u.first = day
		if !sprint.Start.IsZero() {
			u.first = u.date(sprint.Start)
		}
	}
	u.repeat(day)
	u.over = u.open && !sprint.Status.IsOpen()
	u.open = sprint.Status.IsOpen()
	if !u.over { // what a sprint ends with is what it had before the event that ended it
		u.scope, u.done = u.points(sprint)
	}
	if day.Before(u.first) {
		day = u.first
	}
	today := BurnDay{Day: day, Scope: u.scope, Done: u.done}
	if n := len(u.days); n > 0 && u.days[n-1].Day.Equal(day) {
		u.days[n-1] = today
	} else if n < maxBurnDays {
		u.days = append(u.days, today)
	}
}

// repeat repeats the last day until the one before day.
func (u *burnUp) repeat(day time.Time) {
	for len(u.days) > 0 && len(u.days) < maxBurnDays {
		last := u.days[len(u.days)-1]
		next := days.Add(last.Day, 1)
		if !next.Before(day) {
			return
		}
		u.days = append(u.days, BurnDay{Day: next, Scope: last.Scope, Done: last.Done})
	}
}

// worked leaves out the days off, but for the last day.
func (u *burnUp) worked() []BurnDay {
	last := len(u.days) - 1
	kept := u.days[:0]
	for i, day := range u.days {
		if i == last || u.isWorking(day.Day) {
			kept = append(kept, day)
		}
	}
	return kept
}

// points adds up the stories that are in a sprint.
func (u *burnUp) points(sprint backlog.Sprint) (scope, done decimal.Decimal) {
	for _, id := range sprint.Stories {
		member, _ := u.view.Story(id)
		points, _ := member.Estimate.Points()
		scope = scope.Add(points)
		if category, _ := u.workflow.Category(member.Status); category == story.Completed {
			done = done.Add(points)
		}
	}
	return scope, done
}
