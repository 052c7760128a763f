package backlog_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

// The frozen histories: events as JSON, and what the backlog came to on the way. They hold the bytes of
// snapshots and reverts still while the code behind them changes. A commit that changes one of these
// files has to say why; `go test ./backlog -run Golden -update marks` writes anew what
// the frozen events come to, and `-update all` the events too.
var update = flag.String("update", "", `write testdata/golden anew: "marks" of the events there are, or "all"`)

// goldenHistory is a history by name and the options that it is replayed with.
type goldenHistory struct {
	name    string
	options backlog.Options
	make    func(testing.TB) []backlog.Event
	every   int // events between two marks
}

func goldenHistories() []goldenHistory {
	var all []goldenHistory
	for seed := range uint64(30) {
		options := optionsOf(seed)
		options.Rules.FeatureOpen, options.Rules.ReleasePlanned = backlog.RuleOff, backlog.RuleOff // recorded before these rules
		all = append(all, goldenHistory{fmt.Sprintf("random-%02d", seed), options, func(t testing.TB) []backlog.Event {
			const steps = 500
			_, events := wander(t, seed, steps, nil)
			return events
		}, 10})
	}
	return append(all, goldenHistory{"tracker", backlog.Options{}, func(testing.TB) []backlog.Event {
		const events = 3_000 // some 600 stories, more than a chunk of the order holds
		return manyEvents(events)
	}, 500})
}

func TestGoldenHistories(t *testing.T) {
	t.Parallel()

	kinds := map[string]bool{}
	for _, history := range goldenHistories() {
		t.Run(history.name, func(t *testing.T) {
			if *update == "all" {
				var lines bytes.Buffer
				for _, event := range history.make(t) {
					data, err := json.Marshal(event)
					require.NoError(t, err)
					lines.Write(append(data, '\n'))
				}
				writeGolden(t, history.name+".events.jsonl.gz", lines.Bytes())
			}
			events := goldenEvents(t, history.name)
			for _, event := range events {
				kinds[event.Change.Kind()] = true
			}
			marks, last := goldenMarks(t, history, events)
			if *update != "" {
				writeGolden(t, history.name+".marks.txt", []byte(marks))
			}
			require.Equal(t, string(readGolden(t, history.name+".marks.txt")), marks)
			if history.name == "random-00" || history.name == "random-06" {
				if *update != "" {
					writeGolden(t, history.name+".snapshot.json.gz", []byte(last))
				}
				require.Equal(t, string(readGolden(t, history.name+".snapshot.json.gz")), last)
			}
		})
	}
	const frozen = 71 // kinds of change there were; what came later gets histories of its own
	require.GreaterOrEqual(t, len(kinds), frozen)
}

// canonical is JSON with the keys in alphabetical order: in which order they are written is no part
// of an event.
func canonical(t *testing.T, data []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var all any
	require.NoError(t, decoder.Decode(&all))
	sorted, err := json.Marshal(all)
	require.NoError(t, err)
	return string(sorted)
}

// goldenEvents reads a frozen log, and wants every event to be written as it was read.
func goldenEvents(t *testing.T, name string) []backlog.Event {
	var events []backlog.Event
	lines := bufio.NewScanner(bytes.NewReader(readGolden(t, name+".events.jsonl.gz")))
	const longest = 1 << 20
	lines.Buffer(nil, longest)
	for lines.Scan() {
		event, err := backlog.DecodeEvent(lines.Bytes(), nil)
		require.NoError(t, err)
		again, err := json.Marshal(event)
		require.NoError(t, err)
		require.Equal(t, canonical(t, lines.Bytes()), canonical(t, again))
		events = append(events, event)
	}
	require.NoError(t, lines.Err())
	return events
}

// goldenMarks replays events and returns, for every so many of them, the hashes of the snapshot, of
// the JSON of the Revert of each event since the last mark, and of the snapshot after the last of
// these is executed; and the last snapshot whole. On the way it wants a clone, a restored snapshot and
// a replay up to there to be the same.
func goldenMarks(t *testing.T, history goldenHistory, events []backlog.Event) (marks, last string) {
	var text strings.Builder
	b, err := backlog.New(history.options)
	require.NoError(t, err)
	reverts := sha256.New()
	for i, event := range events {
		isMark := (i+1)%history.every == 0 || i == len(events)-1
		var revert backlog.Revert
		if isMark || history.every <= 10 {
			revert, err = backlog.Reverse(b, event)
			require.NoError(t, err)
			data, err := json.Marshal(revert)
			require.NoError(t, err)
			reverts.Write([]byte(canonical(t, data)))
		}
		require.NoError(t, b.Apply(event))
		if !isMark {
			continue
		}
		last = snapshot(t, b)
		clone := b.Clone()
		require.Equal(t, last, snapshot(t, clone))
		restored, err := backlog.Restore(history.options, []byte(last))
		require.NoError(t, err)
		require.Equal(t, last, snapshot(t, restored))
		early, err := backlog.ReplayTo(history.options, backlog.Recorded(events), event.Seq)
		require.NoError(t, err)
		require.Equal(t, last, snapshot(t, early))
		for _, one := range []*backlog.Backlog{clone, restored, early} {
			require.Equal(t, derived(b), derived(one))
		}
		_, err = clone.Execute(revert, zoe, event.At)
		require.NoError(t, err)
		fmt.Fprintf(&text, "%d %.16x %.16x %.16x\n", event.Seq,
			sha256.Sum256([]byte(last)), reverts.Sum(nil), sha256.Sum256([]byte(snapshot(t, clone))))
	}
	return text.String(), last
}

func readGolden(t *testing.T, name string) []byte {
	data, err := os.ReadFile(filepath.Join("testdata", "golden", name))
	require.NoError(t, err)
	if !strings.HasSuffix(name, ".gz") {
		return data
	}
	unzip, err := gzip.NewReader(bytes.NewReader(data))
	require.NoError(t, err)
	var all bytes.Buffer
	_, err = all.ReadFrom(unzip)
	require.NoError(t, err)
	return all.Bytes()
}

func writeGolden(t *testing.T, name string, data []byte) {
	if strings.HasSuffix(name, ".gz") {
		var zipped bytes.Buffer
		zip, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
		require.NoError(t, err)
		_, err = zip.Write(data)
		require.NoError(t, err)
		require.NoError(t, zip.Close())
		data = zipped.Bytes()
	}
	const mode = 0o755
	require.NoError(t, os.MkdirAll(filepath.Join("testdata", "golden"), mode))
	require.NoError(t, os.WriteFile(filepath.Join("testdata", "golden", name), data, mode&^0o111))
}
