package flow

import (
	"slices"
	"time"

	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// Aging is how old the work in progress is, beside how old finished work was when it left each state: an
// item that is older than most ever were in its state is late already. (Vacanti, Actionable Agile Metrics
// for Predictability, 2015, chapter on aging.) Ages are working days since an item was begun, both
// counted, 1 at least.
type Aging struct {
	Shares []float64    `json:"shares"`
	States []AgingState `json:"states"` // those in progress, in the order of the board
	Items  []AgingItem  `json:"items"`  // by state, the oldest of each first
}

// AgingState holds the ages at which finished items left a state for the last time.
type AgingState struct {
	Name        story.Status `json:"name"`
	Items       int          `json:"items"`       // finished items that were there
	Percentiles []int        `json:"percentiles"` // days, of each share; empty without items
}

// AgingItem is an item in progress.
type AgingItem struct {
	Key     string       `json:"key"`
	State   story.Status `json:"state"`
	Age     int          `json:"age"`      // days since it was begun
	InState int          `json:"in_state"` // days since it came into its state
	Above   float64      `json:"above"`    // the greatest share whose percentile its age exceeds, 0 for none
}

// Aging returns the age of each item that is in progress now, and of what was finished the percentiles of
// the shares, such as .5, .85 and .95. It costs O(n log n) of the stays, and O(days).
//
// Errors: those of [Past.TimeInState]; a [*field.Error] for each share that is not above 0 and at most 1,
// or for more than 10 of them.
func (p Past) Aging(shares []float64, w WorkTime, now time.Time) (Aging, error) {
	if err := checkShares(shares); err != nil {
		return Aging{}, err
	}
	r, err := p.read(w, now)
	if err != nil {
		return Aging{}, err
	}
	left := r.agesOnLeaving()
	a := Aging{Shares: append([]float64{}, shares...), States: []AgingState{}, Items: []AgingItem{}}
	for i, s := range p.States {
		if s.Category != story.Doing {
			continue
		}
		slices.Sort(left[i])
		state := AgingState{Name: s.Name, Items: len(left[i]), Percentiles: []int{}}
		for _, share := range shares {
			if len(left[i]) > 0 {
				state.Percentiles = append(state.Percentiles, percentile(left[i], share))
			}
		}
		a.States = append(a.States, state)
		a.Items = append(a.Items, r.aging(s, state, shares)...)
	}
	return a, nil
}

// agesOnLeaving returns, for each state, the age of each finished item when it left it for the last time.
func (r *reading) agesOnLeaving() [][]int {
	left := make([][]int, len(r.States))
	for _, item := range r.Items {
		state, _, ok := r.state(item)
		begun, isBegun := r.begun(item)
		if !ok || !isBegun || state.Category != story.Completed {
			continue
		}
		last := make(map[int]int, 4)
		for i, s := range r.stays(item) {
			if r.States[i].Category == story.Doing {
				end, _ := r.end(s)
				last[i] = r.daysBetween(begun, end)
			}
		}
		for i, age := range last {
			left[i] = append(left[i], age)
		}
	}
	return left
}

// aging returns the items that are in a state, the oldest first.
func (r *reading) aging(in State, of AgingState, shares []float64) (items []AgingItem) {
	for _, item := range r.Items {
		state, stay, ok := r.state(item)
		if !ok || state.Name != in.Name {
			continue
		}
		begun, _ := r.begun(item)
		one := AgingItem{
			Key: item.Key, State: in.Name,
			Age: r.daysBetween(begun, r.now), InState: r.daysBetween(stay.From, r.now),
		}
		for i, days := range of.Percentiles {
			if one.Age > days {
				one.Above = max(one.Above, shares[i])
			}
		}
		items = append(items, one)
	}
	slices.SortStableFunc(items, func(a, b AgingItem) int { return b.Age - a.Age })
	return items
}

func checkShares(shares []float64) error {
	if err := field.CheckLen("flow", "shares", len(shares), 10); err != nil {
		return err
	}
	for i, share := range shares {
		if err := checkShare(field.Index("shares", i), share); err != nil {
			return err
		}
	}
	return nil
}
