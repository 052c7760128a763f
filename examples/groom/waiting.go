package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/backlogkit/backlogkit/backlog/exchange"
	"github.com/backlogkit/backlogkit/examples/internal/command"
)

// maxParents is how far up the parents of an issue are looked at.
const maxParents = 50

// above returns the parents of an issue that are open, the nearest first.
func (i *Issue) above() []*Issue {
	var all []*Issue
	one := i.parent
	for range maxParents {
		if one == nil || one == i {
			break
		}
		if one.IsOpen() {
			all = append(all, one)
		}
		one = one.parent
	}
	return all
}

// isWithin reports whether the issue is part of another one, or that one itself.
func (i *Issue) isWithin(whole *Issue) bool {
	one := i
	for range maxParents + 1 {
		if one == nil || one == whole {
			break
		}
		one = one.parent
	}
	return one == whole && one != nil
}

// openNeeds returns the open issues that an issue needs itself.
func (i *Issue) openNeeds() []*Issue {
	var open []*Issue
	for _, needed := range i.needs {
		if needed.IsOpen() {
			open = append(open, needed)
		}
	}
	return open
}

// waitsFor returns the open issues that an issue waits for, itself or through a parent, in order. What a parent needs of
// its own parts keeps none of these waiting. Of what more than steps look-ups would find, the first is returned.
func (i *Issue) waitsFor(steps *int) []*Issue {
	open := i.openNeeds()
	for _, parent := range i.above() {
		for _, needed := range parent.openNeeds() {
			if *steps++; *steps > maxSearch && len(open) > 0 {
				break
			}
			if !needed.isWithin(parent) {
				open = append(open, needed)
			}
		}
	}
	slices.SortFunc(open, func(a, b *Issue) int { return cmp.Compare(a.position, b.position) })
	return slices.Compact(open)
}

// heldBy returns why nobody may start an issue that waits for no other; it is empty if somebody may.
func (i *Issue) heldBy(now time.Time) string {
	if reason := i.heldItself(now); reason != "" {
		return reason
	}
	for _, parent := range i.above() {
		if reason := parent.heldItself(now); reason != "" {
			return "part of " + parent.Key + ": " + reason
		}
	}
	switch {
	case i.onlyIf != nil:
		return "only if " + i.onlyIf.Key + " fails"
	case i.parts > 0 && (i.IsEpic() || i.Level < exchange.LevelStory):
		return "its parts come first: " + command.Counted(i.parts, "is open", "are open")
	}
	return ""
}

// heldItself returns what the issue itself says about that.
func (i *Issue) heldItself(now time.Time) string {
	switch until := i.DeferredUntil; {
	case i.Held:
		return "status " + strings.ToLower(i.Status)
	case !until.IsZero() && until.After(now):
		return "deferred until " + until.Format(time.RFC3339)
	case i.isPinned():
		return "pinned"
	}
	return ""
}

func (i *Issue) isPinned() bool {
	return slices.ContainsFunc(i.Custom, func(v exchange.Value) bool {
		return v.Name == "pinned" && v.Type == exchange.Flag && v.Text == "true"
	})
}

// latest returns the latest instant at which something happened to an issue.
func latest(issues []*Issue) (at time.Time) {
	for _, issue := range issues {
		for _, one := range []time.Time{issue.Created, issue.Updated, issue.Started, issue.Done} {
			if one.After(at) {
				at = one
			}
		}
	}
	return at
}
