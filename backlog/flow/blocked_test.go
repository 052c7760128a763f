package flow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/flow"
	"github.com/backlogkit/backlogkit/roadmap"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// A tracker's flags, or the impediments of a backlog, are blocks.
func ExamplePast_BlockedTime() {
	march := func(d int) time.Time { return time.Date(2026, 3, d, 9, 0, 0, 0, time.UTC) }
	blocks := []flow.Block{
		{Key: "PAY-1", Cause: "legal", From: march(3), To: march(5)},
		{Key: "PAY-2", Cause: "test server", From: march(10)},
		{Key: "PAY-3", Cause: "test server", From: march(10)},
		{Key: "PAY-3", Cause: "legal", From: march(11), To: march(12)},
	}
	blocked, err := someMoves().BlockedTime(blocks, flow.WorkTime{}, march(12))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(blocked.Items, "items for", blocked.Seconds/3600, "hours,", blocked.Now, "now")
	for _, c := range blocked.Causes {
		fmt.Println(c.Cause, c.Seconds/3600, "hours,", c.Items, "items,", c.Now, "now")
	}
	// Output:
	// 3 items for 144 hours, 2 now
	// test server 96 hours, 2 items, 2 now
	// legal 72 hours, 2 items, 0 now
}

// The blocks of a backlog are its impediments.
func ExampleBlocks() {
	at := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
	b, err := backlog.New(backlog.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	uma := backlog.As("Uma", backlog.ProductOwner)
	for _, change := range []backlog.Change{
		backlog.AddStory{Story: story.Story{ID: story.ID{1}, Title: "Save a card"}},
		backlog.RaiseImpediment{Impediment: roadmap.Impediment{
			ID: roadmap.ImpedimentID{1}, Title: "The lawyers have to agree", About: story.ListOf(roadmap.AboutStory(story.ID{1})),
		}},
	} {
		if _, err := b.Execute(change, uma, at); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, block := range flow.Blocks(b.View()) {
		fmt.Println(block.Cause, "since", block.From.Format(time.DateOnly))
	}
	// Output: The lawyers have to agree since 2027-03-01
}

// Blocked time is that of every hour that counts in which a block lasts, asked one by one.
func TestBlockedTimeEqualsTwin(t *testing.T) {
	for seed := range uint64(120) {
		rng := rand.New(rand.NewPCG(seed, 3))
		p, now := randomPast(rng, 6, 20), day(0).Add(time.Duration(rng.IntN(24*40))*time.Hour)
		var blocks []flow.Block
		for range rng.IntN(12) {
			from := day(0).Add(time.Duration(rng.IntN(24*40)) * time.Hour)
			block := flow.Block{Key: fmt.Sprint("item ", rng.IntN(7)), Cause: []string{"legal", "server"}[rng.IntN(2)], From: from}
			if rng.IntN(3) > 0 {
				block.To = from.Add(time.Duration(rng.IntN(24*9)) * time.Hour)
			}
			blocks = append(blocks, block)
		}
		w := workTimes(t)[seed%4]
		blocked, err := p.BlockedTime(blocks, w, now)
		require.NoError(t, err)
		require.Equal(t, twinBlocked(p, blocks, w, now), [2]int64{blocked.Seconds, int64(blocked.Now)})
		for _, c := range blocked.Causes {
			of := slices.DeleteFunc(slices.Clone(blocks), func(b flow.Block) bool { return b.Cause != c.Cause })
			require.Equal(t, twinBlocked(p, of, w, now), [2]int64{c.Seconds, int64(c.Now)})
			require.LessOrEqual(t, c.Longest, c.Seconds)
		}
	}
}

// twinBlocked returns the blocked seconds, and how many items are blocked now.
func twinBlocked(p flow.Past, blocks []flow.Block, w flow.WorkTime, now time.Time) (found [2]int64) {
	counts := map[story.Status]bool{}
	for _, s := range p.States {
		counts[s.Name] = s.Waiting || s.Category == story.Doing
	}
	isBlocked := func(h flow.StateHistory, at time.Time) bool {
		in := false
		for _, s := range h.Stays {
			in = in || counts[s.State] && !at.Before(s.From) && (s.To.IsZero() || at.Before(s.To))
		}
		return in && slices.ContainsFunc(blocks, func(b flow.Block) bool {
			return b.Key == h.Key && !at.Before(b.From) && (b.To.IsZero() || at.Before(b.To))
		})
	}
	for _, h := range p.Items {
		for at := day(0); at.Before(now); at = at.Add(time.Hour) {
			if isBlocked(h, at) && worked(w, at) {
				found[0] += 3600
			}
		}
		if isBlocked(h, now) {
			found[1]++
		}
	}
	return found
}

func TestBlockedTimeRefuses(t *testing.T) {
	at := day(3)
	for name, block := range map[string]flow.Block{
		"blocks[0].key": {Cause: "x", From: at}, "blocks[0].cause": {Key: "x", From: at}, "blocks[0].from": {Key: "x", Cause: "y"},
		"blocks[0].to": {Key: "x", Cause: "y", From: at, To: at.Add(-time.Hour)},
	} {
		_, err := someMoves().BlockedTime([]flow.Block{block}, flow.WorkTime{}, at)
		require.ErrorIs(t, err, field.ErrInvalid)
		require.ErrorContains(t, err, name)
	}
}
