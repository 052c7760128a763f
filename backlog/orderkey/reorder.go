package orderkey

import (
	"fmt"
	"slices"

	"github.com/backlogkit/backlogkit/backlog/internal/increasing"
	"github.com/backlogkit/backlogkit/story/field"
)

// Reorder returns the new keys of items whose order is another: keys are those that they have, in the
// order that they are to have, and "" for an item without one. The items of a longest run that ascends
// already keep their keys, so that as few as possible get a new one. Where there is no room between two that
// stay, the one with the longer key gets a new one too. The runs are in order. O(n log n).
//
// Errors: an [*IndexError] for each key that is not valid; [ErrRange] for more than [MaxKeys] keys.
func Reorder(keys []string) ([]Run, error) {
	if len(keys) > MaxKeys {
		return nil, fmt.Errorf("%w: %d keys, want at most %d", ErrRange, len(keys), MaxKeys)
	}
	var problems []error
	for i, key := range keys {
		if key == "" {
			continue
		}
		if err := Validate(key); err != nil {
			problems = append(problems, &IndexError{Index: i, Err: err})
		}
	}
	if err := field.Join(problems...); err != nil {
		return nil, err
	}
	gaps := fewest(keys, longest(keys))
	runs := make([]Run, len(gaps))
	for i, g := range gaps {
		a, b := g.ends(keys)
		fresh, err := Spread(a, b, g.to-g.from)
		if err != nil {
			return nil, err
		}
		runs[i] = Run{From: g.from, Keys: fresh}
	}
	return runs, nil
}

// longest returns which keys belong to a longest run that ascends.
func longest(keys []string) []bool {
	var with []int // indexes of the items that have a key
	var sorted []string
	for i, key := range keys {
		if key != "" {
			with, sorted = append(with, i), append(sorted, key)
		}
	}
	slices.Sort(sorted)
	ranks := make([]int, len(with))
	for i, at := range with {
		ranks[i], _ = slices.BinarySearch(sorted, keys[at]) // the same for equal keys, of which one stays
	}
	stays := make([]bool, len(keys))
	for i, marked := range increasing.Longest(ranks) {
		stays[with[i]] = marked
	}
	return stays
}

// gap is items beside each other that get new keys, those from index from to before to.
type gap struct{ from, to int }

// ends returns the keys before and after the items.
func (g gap) ends(keys []string) (a, b string) {
	if g.from > 0 {
		a = keys[g.from-1]
	}
	if g.to < len(keys) {
		b = keys[g.to]
	}
	return a, b
}

// fewest returns the items that get new keys: those that do not stay, and beside them as many of the others
// as make room.
func fewest(keys []string, stays []bool) []gap {
	var gaps []gap
	for i := 0; i < len(keys); i++ {
		if stays[i] {
			continue
		}
		g := gap{i, i}
		for {
			for g.to < len(keys) && !stays[g.to] {
				g.to++
			}
			if last := len(gaps) - 1; last >= 0 && gaps[last].to == g.from { // the item between was given up
				g.from, gaps = gaps[last].from, gaps[:last]
			}
			a, b := g.ends(keys)
			if hasRoom(a, b, g.to-g.from) {
				break
			}
			if len(a) >= len(b) {
				g.from--
			} else {
				stays[g.to] = false
			}
		}
		gaps = append(gaps, g)
		i = g.to
	}
	return gaps
}

// hasRoom reports whether [Spread] has n keys between two that are valid and ascend, which bounds accepts.
func hasRoom(a, b string, n int) bool {
	low, high, _ := bounds(a, b)
	_, length := place(low, high, int64(n)).text()
	return length <= MaxLength
}
