package flow

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog/internal/exact"
	"github.com/backlogkit/backlogkit/story"
)

// StateTime is how long items are in a state.
type StateTime struct {
	State
	Seconds int64 `json:"seconds"` // of all items together, up to now
	Left    int   `json:"left"`    // items that were there and are not now
	Now     int   `json:"now"`     // items that are there now
	Returns int   `json:"returns"` // stays after the first of an item: work that came back
	P50     int64 `json:"p50"`     // seconds that half of those that left were there, all stays together
	P85     int64 `json:"p85"`     // the same of 85 %
	P95     int64 `json:"p95"`     // and of 95 %
	Oldest  int64 `json:"oldest"`  // seconds for which the one that is there longest has been there
}

// TimeInState returns, for each state of p in order, how long items were in it by now. Time is counted by
// the second, in working time. The last states, in which items stay for good, get what there is of it too.
// It costs O(n log n) of the stays, and O(days).
//
// Errors: those of [Past.Validate]; a [*field.Error] if the past is longer than a hundred years.
func (p Past) TimeInState(w WorkTime, now time.Time) ([]StateTime, error) {
	r, err := p.read(w, now)
	if err != nil {
		return nil, err
	}
	times := make([]StateTime, len(p.States))
	for i, s := range p.States {
		times[i].State = s
	}
	left := make([][]int64, len(p.States))
	for _, item := range p.Items {
		spent := make(map[int]int64, 4)
		for i, s := range r.stays(item) {
			end, _ := r.end(s)
			if _, again := spent[i]; again {
				times[i].Returns++
			}
			spent[i] += r.between(s.From, end)
		}
		state, stay, isIn := r.state(item)
		for i, seconds := range spent {
			times[i].Seconds += seconds
			if isIn && p.States[i].Name == state.Name {
				times[i].Now++
				times[i].Oldest = max(times[i].Oldest, r.between(stay.From, now))
			} else {
				left[i] = append(left[i], seconds)
			}
		}
	}
	for i, seconds := range left {
		t := &times[i]
		slices.Sort(seconds)
		t.Left = len(seconds)
		t.P50, t.P85, t.P95 = percentile(seconds, .5), percentile(seconds, .85), percentile(seconds, .95)
	}
	return times, nil
}

// Bottleneck returns the time of the state, waiting or in progress, in which items spent most time; the
// first of equals. The bool is false if they spent none.
func Bottleneck(times []StateTime) (StateTime, bool) {
	var most StateTime
	for _, t := range times {
		if t.counts() && t.Seconds > most.Seconds {
			most = t
		}
	}
	return most, most.Seconds > 0
}

// percentile is [PercentileOf] of sorted values, 0 for none.
func percentile[E any](sorted []E, share float64) (value E) {
	if len(sorted) > 0 {
		value = sorted[nearestRank(share, len(sorted))-1]
	}
	return value
}

// Queued is an item that waits in a state.
type Queued struct {
	Key     string    `json:"key"`
	Since   time.Time `json:"since"`
	Seconds int64     `json:"seconds"` // of working time since then
}

// Queue returns the items that are in a state now, the one that has waited longest first, ties in the
// order of p: with the state in which stories wait for acceptance, what waits for the product owner.
// Cost and errors are those of [Past.TimeInState]; a state that p does not have holds nothing.
func (p Past) Queue(state story.Status, w WorkTime, now time.Time) ([]Queued, error) {
	r, err := p.read(w, now)
	if err != nil {
		return nil, err
	}
	queue := []Queued{}
	for _, item := range p.Items {
		if in, stay, ok := r.state(item); ok && in.Name == state {
			queue = append(queue, Queued{Key: item.Key, Since: stay.From, Seconds: r.between(stay.From, now)})
		}
	}
	slices.SortStableFunc(queue, func(a, b Queued) int { return cmp.Or(a.Since.Compare(b.Since)) })
	return queue, nil
}

// Efficiency is how much of the time that finished work took somebody worked on it.
type Efficiency struct {
	Items   int   `json:"items"`           // that are finished
	Working int64 `json:"working_seconds"` // in states in progress that are not waiting
	Waiting int64 `json:"waiting_seconds"` // in waiting states
}

// Share returns the flow efficiency, Working / (Working + Waiting), rounded half up to places; the bool is
// false if no time was spent.
func (e Efficiency) Share(places int32) (decimal.Decimal, bool) {
	all := e.Working + e.Waiting
	if all == 0 {
		return decimal.Decimal{}, false
	}
	return exact.Quotient(decimal.NewFromInt(e.Working), decimal.NewFromInt(all), places), true
}

// FlowEfficiency returns the time that items which are completed now were worked on, and the time they
// waited. States that are neither in progress nor waiting, such as that of a draft, do not count: work
// begins with the first queue. (Modig and Åhlström, This is Lean, 2012, call it flow efficiency; it is the
// process cycle efficiency of lean production.) What counts as waiting is in p.States.
// Cost and errors are those of [Past.TimeInState].
func (p Past) FlowEfficiency(w WorkTime, now time.Time) (Efficiency, error) {
	r, err := p.read(w, now)
	if err != nil {
		return Efficiency{}, err
	}
	var e Efficiency
	for _, item := range p.Items {
		if state, _, ok := r.state(item); !ok || state.Category != story.Completed {
			continue
		}
		e.Items++
		for i, s := range r.stays(item) {
			end, _ := r.end(s)
			switch state := r.States[i]; {
			case state.Waiting:
				e.Waiting += r.between(s.From, end)
			case state.Category == story.Doing:
				e.Working += r.between(s.From, end)
			}
		}
	}
	return e, nil
}
