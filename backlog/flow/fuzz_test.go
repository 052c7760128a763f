package flow_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/story"
)

// FuzzPast reads a past from JSON: it is refused, or every second of it is in one state.
func FuzzPast(f *testing.F) {
	past, err := json.Marshal(flow.Past{
		States: flow.StatesOf(story.DefaultWorkflow()),
		Items: []flow.StateHistory{{Key: "a", Stays: []flow.Stay{
			{State: story.Ready, From: day(0), To: day(3)}, {State: story.InProgress, From: day(4)},
		}}},
	})
	require.NoError(f, err)
	f.Add(string(past), int64(day(9).Unix()))
	f.Add(`{"states":[{"name":"a","category":"in_progress"}],"items":[{"stays":[{"state":"a","from":"0001-01-01T00:00:01Z"}]}]}`, int64(0))
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		var p flow.Past
		if json.Unmarshal([]byte(text), &p) != nil {
			return
		}
		now := time.Unix(unix%(1<<37), 0)
		times, err := p.TimeInState(flow.WorkTime{}, now)
		if err != nil {
			return
		}
		var inStates, alive int64
		for _, one := range times {
			inStates += one.Seconds
		}
		for _, item := range p.Items {
			for _, stay := range item.Stays {
				end := stay.To
				if end.IsZero() || end.After(now) {
					end = now
				}
				alive += max(0, end.Unix()-stay.From.Unix())
			}
		}
		require.Equal(t, alive, inStates)
		aging, err := p.Aging([]float64{.5}, flow.WorkTime{}, now)
		require.NoError(t, err)
		for _, item := range aging.Items {
			require.GreaterOrEqual(t, item.Age, item.InState)
			require.Positive(t, item.InState)
		}
		_, err = p.StateFlow(flow.WorkTime{}, now.AddDate(0, 0, -9), now)
		require.NoError(t, err)
	})
}
