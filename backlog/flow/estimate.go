package flow

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// EstimateHistory is how a story was estimated over time, and how the last estimate held.
type EstimateHistory struct {
	Story     story.ID        `json:"story"`
	Estimates []EstimateEntry `json:"estimates"` // in the order of the events
	Days      int             `json:"days"`      // that it took, its cycle time; 0 while it is not done
	// Held is the days that it took, of those that as many points usually take: below 1 it took less, above 1
	// longer. What is usual is the median of the days per point of all stories that are done, the lower of two.
	// Its Total is zero while the story is not done or has no points.
	Held roadmap.Progress `json:"held"`
}

// EstimateEntry is an estimate that was given to a story.
type EstimateEntry struct {
	At       time.Time      `json:"at"`
	By       string         `json:"by"`
	Estimate story.Estimate `json:"estimate"`
}

// EstimateHistories replays events and returns the history of the estimates of each story that was estimated,
// by the first estimate. An estimate that was taken back stays in its history. The errors are those of
// [FromEvents]. It costs no more than the replay.
func EstimateHistories(options backlog.Options, events iter.Seq2[backlog.Event, error], w WorkTime) ([]EstimateHistory, error) {
	histories, index := []EstimateHistory{}, make(map[string]int)
	items, err := FromEvents(options, func(yield func(backlog.Event, error) bool) {
		for event, err := range events {
			if c, ok := event.Change.(backlog.EstimateStory); ok {
				key := c.Story.String()
				at, known := index[key]
				if !known {
					at = len(histories)
					index[key] = at
					histories = append(histories, EstimateHistory{Story: c.Story})
				}
				histories[at].Estimates = append(histories[at].Estimates, EstimateEntry{event.At, event.By.Name, c.Estimate})
			}
			if !yield(event, err) {
				return
			}
		}
	})
	if err != nil {
		return nil, err
	}
	var done []Item // with points
	for _, item := range items {
		days, ok := item.CycleTime(w)
		if at, known := index[item.Key]; known && ok {
			histories[at].Days = days
		}
		if ok && item.Points.Sign() > 0 {
			done = append(done, item)
		}
	}
	if len(done) == 0 {
		return histories, nil
	}
	days := func(item Item) decimal.Decimal {
		n, _ := item.CycleTime(w)
		return decimal.NewFromInt(int64(n))
	}
	slices.SortStableFunc(done, func(x, y Item) int {
		return cmp.Or(days(x).Mul(y.Points).Cmp(days(y).Mul(x.Points)), cmp.Compare(x.Key, y.Key))
	})
	usual := done[(len(done)-1)/2]
	for _, item := range done {
		if at, known := index[item.Key]; known {
			histories[at].Held = roadmap.Progress{Done: days(item).Mul(usual.Points), Total: days(usual).Mul(item.Points)}
		}
	}
	return histories, nil
}
