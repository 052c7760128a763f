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
	"github.com/backlogkit/backlogkit/backlog/form"
)

// The frozen histories: events as JSON, and what the backlog came to on the way. They hold the bytes of
// snapshots and reverts still while the code behind them changes. A commit that changes one of these
// files has to say why; `go test ./backlog -run Golden -update marks` writes anew what
// the frozen events come to. A new kind of change gets a history of its own: `-update new` writes those
// that are not there.
var update = flag.String("update", "", `write testdata/golden: "marks" anew of the events there are, or "new" histories`)

// goldenHistory is a history by name and the options that it is replayed with.
type goldenHistory struct {
	name    string
	options backlog.Options
	make    func(testing.TB) []backlog.Event
	every   int // events between two marks
}

func goldenHistories() []goldenHistory {
	var all []goldenHistory
	for seed := range uint64(35) {
		options := optionsOf(seed)
		if seed < 30 { // recorded before these rules
			options.Rules.FeatureOpen, options.Rules.ReleasePlanned = backlog.RuleOff, backlog.RuleOff
		}
		all = append(all, goldenHistory{fmt.Sprintf("random-%02d", seed), options, func(t testing.TB) []backlog.Event {
			const steps = 500
			_, events := wander(t, seed, steps, nil)
			return events
		}, 10})
	}
	return append(all, goldenHistory{"tracker", backlog.Options{}, func(testing.TB) []backlog.Event {
		const events = 3_000 // some 600 stories, more than a chunk of the order holds
		return manyEvents(events)
	}, 500}, goldenHistory{"whole", backlog.Options{}, wholeHistory, 10})
}

func TestGoldenHistories(t *testing.T) {
	t.Parallel()

	met := goldenParts{}
	fields := map[string][]form.Field{}
	for _, kind := range form.Kinds() {
		fields[kind.Kind] = kind.Fields
	}
	for _, history := range goldenHistories() {
		t.Run(history.name, func(t *testing.T) {
			if _, err := os.Stat(goldenPath(history.name + ".events.jsonl.gz")); *update == "new" && os.IsNotExist(err) {
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
				met.add(t, event, fields)
			}
			marks, last := goldenMarks(t, history, events)
			if *update != "" {
				writeGolden(t, history.name+".marks.txt", []byte(marks))
			}
			require.Equal(t, string(readGolden(t, history.name+".marks.txt")), marks)
			if isWhole := history.name == "whole"; isWhole || history.name == "random-00" || history.name == "random-06" {
				for part, text := range noRequest {
					if isWhole {
						require.Contains(t, last, text)
						met[part] = true
					}
				}
				if *update != "" {
					writeGolden(t, history.name+".snapshot.json.gz", []byte(last))
				}
				require.Equal(t, string(readGolden(t, history.name+".snapshot.json.gz")), last)
			}
		})
	}
	for kind := range fields {
		met.require(t, kind, fields[kind])
	}
}

// noRequest are the fields of records that changes set and none carries, by a text in the last snapshot of the
// history that has them all.
var noRequest = map[string]string{
	"roadmap.Risk.status":                 `"status":"accepted"`,
	"backlog.Question.answer":             `"answer":{`,
	"roadmap.Answer.text":                 `{"text":"the bank"`,
	"roadmap.Answer.by":                   `"the bank","by":"Uma"`,
	"roadmap.Answer.at":                   `"the bank","by":"Uma","at":"2027`,
	"roadmap.Impediment.resolution":       `"resolution":{`,
	"roadmap.Increment.votes":             `"votes":[`,
	"roadmap.IncrementObjective.proposed": `"proposed":7`,
	"roadmap.IncrementObjective.actual":   `"actual":6`,
}

// goldenParts are the fields that frozen events set, by the kind of change or the type of the object: a field
// of a type that several kinds have counts once for all of them.
type goldenParts map[string]bool

func (p goldenParts) add(t *testing.T, event backlog.Event, fields map[string][]form.Field) {
	kind, data, err := backlog.EncodeChange(event.Change)
	require.NoError(t, err)
	var change map[string]any
	require.NoError(t, json.Unmarshal(data, &change))
	p[kind] = true
	p.walk(kind, fields[kind], change)
}

func (p goldenParts) walk(of string, fields []form.Field, object map[string]any) {
	for _, one := range fields {
		value, isSet := object[one.Name]
		if !isSet {
			continue
		}
		p[of+"."+one.Name] = true
		list, isList := value.([]any)
		if !isList {
			list = []any{value}
		}
		for _, value := range list {
			if inner, ok := value.(map[string]any); ok {
				p.walk(ofType(of, one), one.Fields, inner)
			}
		}
	}
}

// givenLater are the fields that the change which brings the object is to leave unset: others give them.
var givenLater = map[string]bool{
	"story.Details.step": true, "roadmap.Outcome.measurements": true, "roadmap.Outcome.verdict": true,
	"roadmap.Outcome.note": true, "roadmap.Outcome.by": true, "roadmap.Outcome.at": true,
}

// require wants a kind or type, and each of its fields.
func (p goldenParts) require(t *testing.T, of string, fields []form.Field) {
	require.True(t, len(fields) > 0 || p[of], "no golden history has %s: add a history", of)
	for _, one := range fields {
		if givenLater[of+"."+one.Name] {
			continue
		}
		require.True(t, p[of+"."+one.Name], "no golden history sets %s of %s: add a history", one.Name, of)
		if len(one.Fields) > 0 {
			p.require(t, ofType(of, one), one.Fields)
		}
	}
}

// ofType is the name by which the fields of an object are known.
func ofType(of string, field form.Field) string {
	if field.Of == "" {
		return of + "." + field.Name
	}
	return field.Of
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
			revert, err = b.Reverse(event)
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

func goldenPath(name string) string { return filepath.Join("testdata", "golden", name) }

func readGolden(t *testing.T, name string) []byte {
	data, err := os.ReadFile(goldenPath(name))
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
	require.NoError(t, os.WriteFile(goldenPath(name), data, mode&^0o111))
}
