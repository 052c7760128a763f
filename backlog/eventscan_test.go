package backlog_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

// What the fast reader of events takes, the slow one takes too, and for the same event: over frozen events, as they
// are, with space between their parts, and with bytes changed, left out or put in.
func TestScanEventAgrees(t *testing.T) {
	t.Parallel()

	random := rand.New(rand.NewPCG(7, 11))
	const puts = "{}[]:,\"\\ \n\t\x00\xff0123456789.-eE+nullsqvrtAZ_\u00e9"
	scanned, tried := 0, 0
	agree := func(data []byte) {
		tried++
		event, ok := backlog.ScanEvent(data)
		if !ok {
			return
		}
		scanned++
		again, err := backlog.ReadEvent(data)
		require.NoError(t, err, "%s", data)
		require.Equal(t, again, event, "%s", data)
	}
	for _, name := range []string{"random-00", "random-07", "tracker"} {
		for _, line := range bytes.Split(bytes.TrimSpace(readGolden(t, name+".events.jsonl.gz")), []byte("\n")) {
			agree(line)
			var spaced bytes.Buffer
			require.NoError(t, json.Indent(&spaced, line, " ", "\t"))
			agree(spaced.Bytes())
			for range 20 {
				odd := slices.Clone(line)
				for range 1 + random.IntN(2) {
					at, put := random.IntN(len(odd)), puts[random.IntN(len(puts))]
					switch random.IntN(3) {
					case 0:
						odd[at] = put
					case 1:
						odd = slices.Delete(odd, at, at+1)
					default:
						odd = slices.Insert(odd, at, put)
					}
				}
				agree(odd)
			}
		}
	}
	require.Greater(t, scanned, tried/8) // with a letter of a title changed, say
}

// What is rare or wrong is left to the slow reader.
func TestScanEventLeaves(t *testing.T) {
	const good = `{"version":1,"seq":3,"at":"2027-01-04T09:00:00Z","by":{"name":"Paula","roles":[{"role":"product_owner"}]},` +
		`"as":"product_owner","kind":"drop_goal","change":{"goal":"01000000-0000-0000-0000-000000000001","reason":"x"}}`
	_, ok := backlog.ScanEvent([]byte(good))
	require.True(t, ok)
	for _, swap := range [][2]string{
		{`"version":1`, `"version":2`},
		{`"version":1`, `"version":01`},
		{`"version":1,`, ``},
		{`"seq":3`, `"seq":3.0`},
		{`"seq":3`, `"seq":-3`},
		{`"seq":3`, `"seq":99999999999999999999`},
		{`"seq":3`, `"Seq":3`},
		{`"seq":3`, `"seq":3,"seq":3`},
		{`"seq":3`, `"seq":`},
		{`2027-01-04T09:00:00Z`, `2027-01-04`},
		{`2027-01-04T09:00:00Z`, `0001-01-01T00:00:00Z`},
		{`"name":"Paula",`, ``},
		{`"Paula"`, `""`},
		{`"Paula"`, `null`},
		{`"Paula"`, `"P\u0061ula"`},
		{`"Paula"`, "\"P\xffula\""},
		{`"Paula"`, "\"P\nula\""},
		{`"Paula"`, `"Paula","name":"Otto"`},
		{`[{"role":"product_owner"}]`, `[]`},
		{`[{"role":"product_owner"}]`, `null`},
		{`{"role":"product_owner"}`, `{"role":"product_owner","role":"developer"}`},
		{`{"role":"product_owner"}`, `{"role":"Product Owner"}`},
		{`{"role":"product_owner"}`, `{"role":"product_owner","other":1}`},
		{`"as":"product_owner"`, `"as":"?"`},
		{`"as":"product_owner"`, `"as":"product_owner","other":1`},
		{`drop_goal`, `no_kind`},
		{`{"goal"`, `["goal"`},
		{`"reason":"x"`, `"reason":"x","reason":"x"`},
		{`"reason":"x"`, `"Reason":"x"`},
		{`"reason":"x"`, `"other":"x"`},
		{`"reason":"x"}}`, `"reason":"x"}`},
		{`"reason":"x"}}`, `"reason":"x"}}}`},
		{`"reason":"x"}}`, `"reason":"x"},}`},
		{`"reason":"x"}}`, `"reason":"x"},"findings":[]}`},
	} {
		odd := bytes.Replace([]byte(good), []byte(swap[0]), []byte(swap[1]), 1)
		require.NotEqual(t, good, string(odd))
		_, ok := backlog.ScanEvent(odd)
		require.False(t, ok, "%s", odd)
	}
}
