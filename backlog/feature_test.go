package backlog_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/roadmap"
)

// Features are where a plain list would have them, wherever they are moved to and however often to the same place.
func TestOrderOfFeatures(t *testing.T) {
	const n = 60
	r := rand.New(rand.NewPCG(4, 4))
	for name, to := range map[string]func() int{
		"first":    func() int { return 0 },
		"second":   func() int { return 1 },
		"middle":   func() int { return n / 2 },
		"last one": func() int { return n - 1 },
		"next":     func() int { return n - 2 },
		"a few":    func() int { return 20 + r.IntN(3) },
		"anywhere": func() int { return r.IntN(n) },
	} {
		t.Run(name, func(t *testing.T) {
			g := newGrown(t)
			var want []roadmap.FeatureID
			for i := range n {
				g.execute(backlog.AddFeature{Feature: newFeature(i)})
				want = append(want, featureID(i))
			}
			for i := range 1_000 {
				from, at := r.IntN(n), to()
				id := want[from]
				want = slices.Insert(slices.Delete(want, from, from+1), at, id)
				g.execute(backlog.MoveFeature{Feature: id, To: at})
				if i%90 == 0 { // some of them together, into another order
					some := r.Perm(n)[:1+r.IntN(6)]
					places := slices.Sorted(slices.Values(some))
					ids := make([]roadmap.FeatureID, len(some))
					for j, place := range some {
						ids[j] = want[place]
					}
					for j, place := range places {
						want[place] = ids[j]
					}
					g.execute(backlog.OrderFeatures{Features: ids})
				}
				var got []roadmap.FeatureID
				for feature := range g.Features() {
					got = append(got, feature.ID)
				}
				require.Equal(t, want, got)
			}
		})
	}
}
