package backlog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
)

// Tables of parts have the fields of their types, in order.
func TestPartTables(t *testing.T) {
	for name, table := range backlog.PartTables {
		require.Equal(t, table[1], table[0], name)
	}
}

// oddTexts are hard to write in JSON or to read.
var oddTexts = []string{
	"", "plain", "é ü 漢字 🙂", `a "quoted" \ text`, "<b> & </b>", "two\nlines\tand\rmore", "\x00\x01\x1f\x7f", "\u2028 \u2029",
	"\xff\xfe", "\xed\xa0\x80", "\u00e9\xc3", "\ufffd", "/", "\u0080\u07ff\uffff",
}

// A text is written as package json writes it.
func TestAppendTextAgrees(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	for i := range 20_000 {
		text := oddTexts[i%len(oddTexts)]
		for range random.IntN(4) {
			other := oddTexts[random.IntN(len(oddTexts))]
			text = text[random.IntN(len(text)+1):] + other[:random.IntN(len(other)+1)]
		}
		want, err := json.Marshal(text)
		require.NoError(t, err)
		require.Equal(t, string(want), string(backlog.AppendText(nil, text)), "%q", text)
	}
}

// oddBacklog has something in each part of a story, with odd texts, and some of all sections that refer to it.
func oddBacklog(t *testing.T) *log {
	l := newLog(t, backlog.Options{})
	l.do(pm, backlog.AddFeature{Feature: roadmap.Feature{ID: featureID(1), Title: "a feature"}})
	for i, text := range oddTexts {
		s := newStory(i)
		s.Title = "title " + strings.TrimSpace(strings.Map(func(r rune) rune {
			if unicode.IsPrint(r) && r != utf8.RuneError {
				return r
			}
			return '?'
		}, text))
		if i%2 > 0 {
			s.Feature, s.Team = featureID(1), "red"
			s.Narrative.Conditions, s.Narrative.Language = story.ConditionsOf("after I log in", "when <b>"), story.English
			s.Details = story.ConstOf(story.Details{
				Key: fmt.Sprint("K-", i), Labels: story.ListOf("a", "b"), Due: start.Add(time.Hour),
				Data: story.ListOf(story.DataValue{Name: "n", Value: "<v>"}),
			})
		}
		s.Criteria = story.ListOf(story.Criterion{ID: criterionID(2 * i), Text: "shows\n<b>\t\"x\" & " + s.Title},
			story.Criterion{ID: criterionID(2*i + 1), Text: "shows more"})
		l.do(po, backlog.AddStory{Story: s})
		l.do(dev, backlog.EstimateStory{Story: s.ID, Estimate: story.Points(int64(40 * i))})
		l.do(dev, backlog.AddTask{Story: s.ID, Task: story.Task{ID: taskID(i), Title: "task", Assignee: "Otto"}})
		if i > 0 {
			l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{
				Item: backlog.StoryItem(s.ID), Needs: backlog.StoryItem(storyID(i - 1)), Reason: "<needed>",
				Lag: backlog.Lag(time.Duration(i%2) * time.Hour),
			}})
		}
	}
	l.do(dev, backlog.FinishTask{Task: taskID(1)})
	l.do(po, backlog.JudgeCriterion{Story: storyID(1), Criterion: criterionID(2), Verdict: story.Met, Note: "seen"})
	return l
}

// Snapshots are written as package json writes them.
func TestSnapshotAgrees(t *testing.T) {
	agree := func(b *backlog.Backlog) {
		want, err := backlog.SnapshotByJSON(b)
		require.NoError(t, err)
		got, err := b.Snapshot()
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
	agree(oddBacklog(t).Backlog)
	for seed := range uint64(10) {
		wander(t, seed, 60, func(b *backlog.Backlog, _ backlog.Change, _ error) { agree(b) })
	}
}

// What the fast reader of snapshots takes, the slow one takes too, and as the same: as they are, with space between
// their parts, and with bytes changed, left out or put in.
func TestScanSnapshotAgrees(t *testing.T) {
	t.Parallel()

	random := rand.New(rand.NewPCG(13, 17))
	const puts = "{}[]:,\"\\ \n\t\x00\xff0123456789.-eE+nullsqvrtAZ_\u00e9"
	scanned, tried := 0, 0
	agree := func(data []byte, all bool) {
		tried++
		head, sections, ok := backlog.ScanSnapshot(data)
		if !ok {
			require.False(t, all, "%s", data)
			return
		}
		scanned++
		headAgain, again, err := backlog.ReadSnapshot(data)
		require.NoError(t, err, "%s", data)
		require.Equal(t, headAgain, head)
		require.Equal(t, again, sections, "%s", data)
	}
	data, err := oddBacklog(t).Snapshot()
	require.NoError(t, err)
	golden := bytes.TrimSpace(readGolden(t, "random-00.snapshot.json.gz"))
	for _, data := range [][]byte{data, golden} {
		agree(data, true)
		var spaced bytes.Buffer
		require.NoError(t, json.Indent(&spaced, data, " ", "\t"))
		agree(spaced.Bytes(), true)
		for range 1_500 {
			odd := slices.Clone(data)
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
			agree(odd, false)
		}
	}
	require.Greater(t, scanned, tried/12)
}
