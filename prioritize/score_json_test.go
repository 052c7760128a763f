package prioritize_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/prioritize"
)

// What is written comes back equal, of every size, in every class, scored or not.
func TestScoreJSON(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 17))
	check := func(s prioritize.Score) {
		t.Helper()
		data, err := json.Marshal(s)
		require.NoError(t, err)
		var back prioritize.Score
		require.NoError(t, json.Unmarshal(data, &back))
		require.True(t, s.Equal(back), "%s became %s", s, back)
		require.Equal(t, s.Reason(), back.Reason())
		require.Equal(t, s.Class(), back.Class())
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.Equal(t, string(data), string(again))
	}
	for range 3000 {
		s := prioritize.Value(randomDecimalNear(rng)).InClass(rng.Int32N(5) - 2)
		check(s)
		if d := randomDecimalNear(rng); d.Sign() > 0 {
			check(s.Div(prioritize.Value(d)))
		}
	}
	check(prioritize.Score{})
	check(prioritize.Unscored("confidence is missing").InClass(3))
	data, err := json.Marshal([]prioritize.Score{prioritize.Integer(13).Div(prioritize.Integer(3)).InClass(1), prioritize.Unscored("late")})
	require.NoError(t, err)
	require.JSONEq(t, `[{"value":"4.333333","exact":"13/3","class":1},{"reason":"late"}]`, string(data))
}

func TestHostileScoreJSON(t *testing.T) {
	long := strings.Repeat("9", 10_000_000)
	for _, text := range []string{
		`{"exact":"1"}`, `{"exact":"1/0"}`, `{"exact":"1/-2"}`, `{"exact":"/"}`, `{"exact":"-/1"}`, `{"exact":"1e9/1"}`, `{"exact":"1_0/1"}`,
		`{"exact":"0x1/1"}`, `{"exact":"1/2/3"}`, `{"exact":" 1/2"}`, `{"exact":"` + long + `/1"}`, `{"exact":"1/` + long + `"}`, `[]`, `"1/2"`,
		`{"class":3000000000}`, `{"exact":"` + long[:40_000] + `/7"}`,
	} {
		begun := time.Now()
		s := prioritize.Integer(7)
		err := json.Unmarshal([]byte(text), &s)
		require.Error(t, err, "%.60s", text)
		require.Less(t, len(err.Error()), 500)
		require.True(t, s.Equal(prioritize.Integer(7)), "%.60s changed what was there", text)
		require.Less(t, time.Since(begun), 5*time.Second)
	}
}
