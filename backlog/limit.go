package backlog

import (
	"fmt"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Limit bounds the work in progress: how many stories may be in one state at a time. It is one of
// the rules in [Options], and what [View.WorkInProgress] reports on.
type Limit struct {
	State story.Status // of category in progress
	Team  story.Team   // whose stories count; unset means those of all teams together
	Most  int          // >= 0
}

// WorkInProgress is how far a [Limit] is used up.
type WorkInProgress struct {
	Limit
	Count int // stories in the state
}

// IsOver reports whether more stories are in the state than the limit allows.
func (w WorkInProgress) IsOver() bool { return w.Count > w.Most }

// bounds reports whether the limit counts stories of that state and team.
func (l Limit) bounds(state story.Status, team story.Team) bool {
	return l.State == state && (l.Team == "" || l.Team == team)
}

func (o Options) validateLimits() error {
	var errs []error
	for i, limit := range o.Limits {
		field := fmt.Sprintf("limits[%d]", i)
		if category, _ := o.Workflow.Category(limit.State); category != story.Doing {
			errs = append(errs, fieldError(field+".state", string(limit.State), "a state of category "+story.Doing.String()))
		}
		errs = append(errs, checkTeam(field+".team", limit.Team))
		if limit.Most < 0 {
			errs = append(errs, fieldError(field+".most", fmt.Sprint(limit.Most), "0 stories or more"))
		}
		for _, other := range o.Limits[:i] {
			if other.State == limit.State && other.Team == limit.Team {
				errs = append(errs, fieldError(field, string(limit.State), "one limit for a state and team"))
			}
		}
	}
	return field.Join(errs...)
}

// WorkInProgress returns each limit of the options with how much is in progress under it, in their order.
// O(1) for each limit.
func (b *View) WorkInProgress() []WorkInProgress {
	loads := make([]WorkInProgress, len(b.options.Limits))
	for i, limit := range b.options.Limits {
		loads[i] = WorkInProgress{limit, b.loads[i]}
	}
	return loads
}

// weigh adds a story to the loads, or takes it away.
func (b *View) weigh(s *story.Story, times int) {
	for i, limit := range b.options.Limits {
		if limit.bounds(s.Status, s.Team) {
			b.loads[i] += times
		}
	}
}

// wantRoom refuses a story that would come to a state and team where a limit is used up.
func (b *View) wantRoom(s *story.Story, state story.Status, team story.Team) *RefusedError {
	for i, limit := range b.options.Limits {
		if limit.bounds(state, team) && !limit.bounds(s.Status, s.Team) && b.loads[i] >= limit.Most {
			return b.overload(i)
		}
	}
	return nil
}

func (b *View) overload(limit int) *RefusedError {
	one := b.options.Limits[limit]
	whose := ""
	if one.Team != "" {
		whose = fmt.Sprintf(" of team %q", one.Team)
	}
	return breach(RuleWorkInProgress, ByRule, fmt.Sprintf("%s holds %d of at most %d%s", one.State, b.loads[limit], one.Most, whose), "another story moved on")
}
