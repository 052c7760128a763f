package field_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/story/field"
)

// What CheckInstant accepts, JSON holds: it is written, and read back as the same instant.
func TestCheckInstant(t *testing.T) {
	zone := func(seconds int) *time.Location { return time.FixedZone("", seconds) }
	day := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	refused := []time.Time{
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(0, 6, 1, 0, 0, 0, 0, time.UTC), time.Unix(1_780_000_000_000, 0), time.Unix(math.MaxInt64, 0),
		day.In(zone(24 * 3600)), day.In(zone(-24 * 3600)), day.In(zone(53*60 + 28)),
		time.Date(9999, 12, 31, 23, 0, 0, 0, zone(-3600*2)), time.Date(10000, 1, 1, 0, 30, 0, 0, zone(3600)),
		time.Date(1, 1, 1, 0, 30, 0, 0, zone(3600)),
	}
	for _, at := range refused {
		require.ErrorIs(t, field.CheckInstant("host", "at", at), field.ErrInvalid, at.String())
	}
	require.NoError(t, field.CheckInstant("host", "at", time.Time{}))
	require.NoError(t, field.CheckInstant("host", "at", time.Time{}.In(zone(-3600))), "no instant, wherever")
	for _, edge := range []time.Time{
		time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
		day.In(zone(24*3600 - 60)), day.In(zone(60 - 24*3600)),
	} {
		require.NoError(t, field.CheckInstant("host", "at", edge), edge.String())
	}
	require.EqualError(t, field.CheckInstant("host", "at", refused[0]),
		`host: at is "10000-01-01T00:00:00Z", want an instant in the years 1 to 9999, in a zone of whole minutes below 24 hours from UTC`)
	d := rand.New(rand.NewPCG(1, 2))
	accepted := 0
	for range 20_000 {
		at := time.Unix(d.Int64N(1<<40)-1<<39, d.Int64N(1e9)).In(zone(d.IntN(60*3600) - 30*3600))
		if d.IntN(2) == 0 {
			at = at.In(zone(60 * (d.IntN(60*60) - 30*60)))
		}
		if field.CheckInstant("host", "at", at) != nil {
			continue
		}
		accepted++
		data, err := json.Marshal(at)
		require.NoError(t, err)
		var back time.Time
		require.NoError(t, json.Unmarshal(data, &back))
		require.True(t, at.Equal(back))
	}
	require.Greater(t, accepted, 1000)
}
