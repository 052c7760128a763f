package model_test

import (
	"flag"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
)

var (
	histories = flag.Int("histories", 80, "random histories to compare with the model")
	seed      = flag.Uint64("seed", 0, "of the first history; the others follow")
	failures  = flag.Int("failures", 1, "failures that differ to look for")
)

const steps = 120

// generate returns a random step: most often one that the model lets through.
func (d dice) generate(m *model) step {
	d.rules = m.rules
	s := step{How: execute, By: d.actor(), After: time.Duration(oneOf(d, 0, 1, 1, 5, 20, -1)) * time.Second}
	if d.IntN(4) > 0 && s.After < 0 {
		s.After = time.Second
	}
	at := m.At.Add(max(s.After, 0))
	if m.Seq == 0 {
		at = start
	}
	room := new(model)
	pick := func() backlog.Change {
		for range oneOf(d, 0, 6, 6, 6, 6) { // some are as they come
			kind := d.kind()
			for range 16 {
				c := d.change(kind)
				r := m.judgeIn(room, c, s.By, at, s.Waive...)
				isIdle := len(s.Waive) > 0 && !slices.ContainsFunc(r.found, func(text string) bool { return strings.Contains(text, "waived") })
				if len(r.bad) == 0 && (!r.open && !isIdle || d.IntN(4) == 0) {
					return c
				}
			}
		}
		return d.change(d.kind())
	}
	switch n := d.IntN(100); {
	case n < 63:
	case n < 64 && d.IntN(2) == 0:
		s.How = rename
	case n < 72:
		s.How = decide
	case n < 76:
		s.How = crash
	case n < 77:
		s.How = lose
	case n < 82:
		s.How = conflict
	case n < 84:
		s.How = restore
	case n < 86:
		s.How = clone
	case n < 87:
		s.How = forge
	case n < 92:
		s.How = stray
	case n < 94:
		s.How = panics
	default:
		s.How, s.Back = revert, oneOf(d, 0, 0, 1, 2, 5, 9)
	}
	switch s.How {
	case execute, stray:
		s.Changes = []backlog.Change{pick()}
	case decide, crash, lose, conflict, panics:
		if s.How != panics && d.IntN(3) == 0 {
			s.Waive = d.waivers()
		}
		for range oneOf(d, 2, 2, 3) {
			s.Changes = append(s.Changes, pick())
		}
		if s.How == decide && d.IntN(2) == 0 {
			s.Changes = s.Changes[:1]
			s.Claim = oneOf(d, d.newStory(d.id()).ID)
		}
		s.Back = d.IntN(3)
	case forge:
		s.Back = d.IntN(steps)
	case revert:
		if d.IntN(2) == 0 {
			s.By = backlog.As("God", backlog.ProductManager, backlog.ProductOwner, backlog.Developer, backlog.ScrumMaster, backlog.BusinessOwner)
		}
	default: // nothing of its own
	}
	return s
}

// live makes a random history, and returns its steps and what is wrong with it.
func live(seed uint64) (made []step, wrong string, seen map[string]int) {
	w, d := newWorld(seed), newDice(seed)
	for range steps {
		s := d.generate(w.m)
		made = append(made, s)
		if wrong = w.do(s); wrong != "" {
			return made, wrong, w.seen
		}
	}
	return made, w.finish(), w.seen
}

// again makes the steps of a history once more, and returns those up to what is wrong.
func again(seed uint64, made []step) ([]step, string) {
	w := newWorld(seed)
	for i, s := range made {
		if wrong := w.do(s); wrong != "" {
			return made[:i+1], wrong
		}
	}
	return made, w.finish()
}

// kindOf names a failure: the kinds of change of its last step, and how it begins.
func kindOf(made []step, wrong string) string {
	if wrong == "" || len(made) == 0 {
		return wrong
	}
	last := made[len(made)-1]
	kinds := ""
	if len(last.Changes) > 0 {
		kinds = last.Changes[0].Kind()
	}
	if colon := strings.IndexByte(wrong, ':'); colon > 0 && !strings.HasPrefix(wrong, "accepted") {
		wrong = wrong[:colon]
	}
	return kinds + " " + wrong[:min(len(wrong), 60)]
}

// TestHistories compares random histories with the model. A seed on the command line reproduces one:
// go test ./backlog/internal/model -seed 42 -histories 1.
func TestHistories(t *testing.T) {
	n := *histories
	if testing.Short() {
		n /= 3
	}
	var next atomic.Int64
	var lock sync.Mutex
	seen, failed := map[string]int{}, map[string]bool{}
	var group sync.WaitGroup
	known := func() map[string]bool {
		lock.Lock()
		defer lock.Unlock()
		return maps.Clone(failed)
	}
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(n) && len(known()) < *failures; i = next.Add(1) - 1 {
				number := *seed + uint64(i)
				made, wrong, counts := live(number)
				lock.Lock()
				for kind, count := range counts {
					seen[kind] += count
				}
				name := kindOf(made, wrong)
				isNew := wrong != "" && !failed[name] && len(failed) < *failures
				if isNew {
					failed[name] = true
				}
				lock.Unlock()
				if isNew && *failures > 1 {
					fmt.Printf("seed %d, step %d: %s\n  %s\n", number, len(made), wrong, made[len(made)-1])
				}
				if isNew && *failures == 1 {
					made = shrink(made, func(fewer []step) bool {
						upTo, still := again(number, fewer)
						return still != "" && kindOf(upTo, still) == name
					})
					t.Errorf("seed %d: %s", number, text(number, made))
				}
			}
		})
	}
	group.Wait()
	if t.Failed() || n < 100 {
		return
	}
	for _, kind := range slices.Concat(kinds, []string{"waiver", "refusal of who was not consulted", "rename of the states"}) {
		if seen[kind] == 0 && n >= 300 {
			t.Errorf("no history has a %s", kind)
		}
	}
	if testing.Verbose() {
		for _, kind := range slices.Sorted(maps.Keys(seen)) {
			t.Logf("%6d %s", seen[kind], kind)
		}
	}
}

// text prints a history with what is wrong with it.
func text(seed uint64, made []step) string {
	var b strings.Builder
	_, wrong := again(seed, made)
	fmt.Fprintf(&b, "%s\n", wrong)
	for _, s := range made {
		fmt.Fprintf(&b, "  %s\n", s)
	}
	return b.String()
}

// A history is made smaller as far as it goes on failing.
func TestShrink(t *testing.T) {
	made, wrong, _ := live(1)
	require.Empty(t, wrong)
	drops := func(fewer []step) bool {
		return slices.ContainsFunc(fewer, func(s step) bool {
			return slices.ContainsFunc(s.Changes, func(c backlog.Change) bool { return strings.HasPrefix(c.Kind(), "drop_") })
		})
	}
	if drops(made) {
		fewer := shrink(made, drops)
		require.Len(t, fewer, 1)
		require.Len(t, fewer[0].Changes, 1)
		require.True(t, reflect.ValueOf(fewer[0].Changes[0]).IsZero(), fewer[0])
	}
}
