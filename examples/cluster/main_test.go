package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/examples/cluster/servers"
)

func TestMain(m *testing.M) {
	servers.Main()
	os.Exit(m.Run())
}

// The demonstration, with processes that are killed: it prints the same lines at each run, but for the numbers.
func TestRun(t *testing.T) {
	var out bytes.Buffer
	picture := filepath.Join(t.TempDir(), "run.svg")
	require.NoError(t, run(t.Context(), []string{"-processes", "-phase", "2s", "-products", "6", "-writers", "6", "-svg", picture}, &out), out.String())
	t.Log(out.String())
	lines := regexp.MustCompile(`[0-9a-f]{32}|[0-9.]+`).ReplaceAllString(out.String(), "#")
	lines = regexp.MustCompile(`server [ABC]`).ReplaceAllString(lines, "server #")
	lines = regexp.MustCompile(` +`).ReplaceAllString(lines, " ")
	want := `
What happened
 # s server # leads the stream; the load begins
 # s server # is killed
 # s server # leads the stream
 # s server # starts again
 # s the load ends
`
	require.Contains(t, lines, want)
	require.Contains(t, out.String(), "         0  acknowledged decisions that are not there, or not once")
	require.Contains(t, out.String(), "The snapshots are equal, byte for byte.")
	require.True(t, strings.HasSuffix(out.String(), "Nothing was lost.\n"))
	svg, err := os.ReadFile(picture)
	require.NoError(t, err)
	require.Contains(t, string(svg), "is killed</text>")
}

// What is lost, or there twice, or held otherwise by one of the servers, ends in an error and says so.
func TestReportOfALoss(t *testing.T) {
	whole := func() []held {
		return []held{
			{who: "server A", messages: 1, events: 2, ids: map[string]int{"a": 2}, snapshots: map[string][]byte{"p": []byte("x")}, sum: strings.Repeat("0", 64), took: 1},
			{who: "server B", messages: 1, events: 2, snapshots: map[string][]byte{"p": []byte("x")}, sum: strings.Repeat("0", 64)},
		}
	}
	report := func(copies []held, made ...decision) (string, error) {
		var out bytes.Buffer
		d := &demo{settings: settings{noKill: true}, out: &out, marks: []mark{{0, ""}, {2, ""}}, decisions: made}
		for i := range d.nodes {
			d.nodes[i] = &node{}
		}
		err := d.report(copies)
		return out.String(), err
	}
	_, err := report(whole(), decision{correlation: "a", events: 2})
	require.NoError(t, err)
	for _, n := range []int{0, 1, 4} {
		copies := whole()
		copies[0].ids["a"] = n
		text, err := report(copies, decision{correlation: "a", events: 2})
		require.ErrorIs(t, err, errLost)
		require.Contains(t, text, "         1  acknowledged decisions that are not there, or not once")
	}
	other := whole()
	other[1].snapshots["p"] = []byte("y")
	text, err := report(other, decision{correlation: "a", events: 2})
	require.ErrorIs(t, err, errLost)
	require.Contains(t, text, "DIFFER")
	_, err = report(whole(), decision{correlation: "a", err: context.DeadlineExceeded})
	require.ErrorIs(t, err, errLost, "nothing was acknowledged")
}

func TestFlags(t *testing.T) {
	for _, args := range [][]string{{"what"}, {"-products", "0"}, {"-writers", "-1"}, {"-phase", "0s"}, {"-none"}} {
		require.Error(t, run(t.Context(), args, &bytes.Buffer{}), args)
	}
}
