package flow

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/backlogkit/backlogkit/story/field"
)

// Expectation is a service level expectation: so large a share of the items is done within so many days
// of being begun, and how often that held. Days are working days, both counted, 1 at least.
type Expectation struct {
	Share     float64 `json:"share"`
	Days      int     `json:"days"`      // within which that share of all items done by now was done; 0 without items
	Items     int     `json:"items"`     // that were done by now
	Forecasts int     `json:"forecasts"` // items for which the expectation could be stated when they were begun
	Held      int     `json:"held"`      // of those, that were done within its days
}

// Rate returns Held / Forecasts; the bool is false if there are none.
func (e Expectation) Rate() (float64, bool) {
	if e.Forecasts == 0 {
		return 0, false
	}
	return float64(e.Held) / float64(e.Forecasts), true
}

// minExpectation is how many items have to be done before an expectation is stated.
const minExpectation = 10

// ServiceLevel returns within how many days a share of the items is done, such as .85, and how often that
// would have held: at each instant at which an item was begun, the expectation is stated from the items
// done by then, if there are ten, and compared with the days which that item took. An item that is not
// done and already older has broken it; one that is younger is left out. It costs O(n log n) of the items,
// and O(days).
//
// Errors: those of [Item.Validate]; a [*field.Error] unless 0 < share <= 1, or if the items are more than a
// hundred years apart.
func ServiceLevel(items []Item, share float64, w WorkTime, now time.Time) (Expectation, error) {
	if err := field.Join(validate(items), checkShare("share", share)); err != nil {
		return Expectation{}, err
	}
	begun, done, m, err := w.ended(items, now)
	if err != nil {
		return Expectation{}, err
	}
	e := Expectation{Share: share, Items: len(done)}
	past := make(ranks, maxDays+2)
	n := 0
	for _, item := range begun {
		start := item.started()
		for n < len(done) && !done[n].Done.After(start) {
			past.add(m.daysBetween(done[n].started(), done[n].Done))
			n++
		}
		if n < minExpectation {
			continue
		}
		end, isDone := item.Done, !item.Done.IsZero() && !item.Done.After(now)
		if !isDone {
			end = now
		}
		days, within := m.daysBetween(start, end), past.at(nearestRank(share, n))
		switch {
		case days > within:
			e.Forecasts++
		case isDone:
			e.Forecasts++
			e.Held++
		}
	}
	for ; n < len(done); n++ {
		past.add(m.daysBetween(done[n].started(), done[n].Done))
	}
	if n > 0 {
		e.Days = past.at(nearestRank(share, n))
	}
	return e, nil
}

// ended returns the items that were begun by now in the order in which they were, those of them that were
// done in the order in which they were, and a meter for all.
func (w WorkTime) ended(items []Item, now time.Time) (begun, done []Item, m *meter, err error) {
	first := now
	for _, item := range items {
		start := item.started()
		if start.IsZero() || start.After(now) {
			continue
		}
		begun = append(begun, item)
		if start.Before(first) {
			first = start
		}
		if !item.Done.IsZero() && !item.Done.After(now) {
			done = append(done, item)
		}
	}
	slices.SortStableFunc(begun, func(a, b Item) int { return a.started().Compare(b.started()) })
	slices.SortStableFunc(done, func(a, b Item) int { return a.Done.Compare(b.Done) })
	m, err = w.meter(first, now)
	return begun, done, m, err
}

// CycleTime is how long an item took.
type CycleTime struct {
	Key  string    `json:"key"`
	Done time.Time `json:"done"`
	Days int       `json:"days"` // working days from begun to done, both counted, 1 at least
}

// CycleTimes returns how long each item took that was done by now, in the order in which they were done,
// with instants in the zone of w. It costs O(n log n) of the items, and O(days). Errors: [field.Error] for
// an item that is not valid.
func CycleTimes(items []Item, w WorkTime, now time.Time) ([]CycleTime, error) {
	if err := validate(items); err != nil {
		return nil, err
	}
	_, done, m, err := w.ended(items, now)
	if err != nil {
		return nil, err
	}
	times := make([]CycleTime, len(done))
	for i, item := range done {
		times[i] = CycleTime{Key: item.Key, Done: w.in(item.Done), Days: m.daysBetween(item.started(), item.Done)}
	}
	return times, nil
}

// ranks counts values from 1 on: which is the k-th smallest? (Fenwick, A New Data Structure for Cumulative
// Frequency Tables, 1994.)
type ranks []int

func (r ranks) add(value int) {
	for i := value; i < len(r); i += i & -i {
		r[i]++
	}
}

func (r ranks) at(k int) int {
	value := 0
	for step := 1 << 16; step > 0; step /= 2 {
		if next := value + step; next < len(r) && r[next] < k {
			value, k = next, k-r[next]
		}
	}
	return value + 1
}

// nearestRank returns the smallest rank of n with rank / n >= share. Rounding may lift the product above a whole
// number, so it begins one below.
func nearestRank(share float64, n int) int {
	rank := max(int(math.Ceil(share*float64(n)))-1, 1)
	for float64(rank)/float64(n) < share {
		rank++
	}
	return rank
}

func checkShare(path string, share float64) error {
	if share > 0 && share <= 1 {
		return nil
	}
	return field.New("flow", path, strconv.FormatFloat(share, 'g', -1, 64), "above 0 and at most 1")
}
