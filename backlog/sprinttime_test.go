package backlog_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// What overlaps is found by months; a look through all finds the same.
func TestSprintsThatOverlap(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for range 200 {
		g := newGrown(t)
		g.Backlog, _ = backlog.New(backlog.Options{Rules: backlog.Rules{}.Others(backlog.RuleRecord)})
		var planned []backlog.Sprint
		for n := range 12 {
			s := backlog.Sprint{ID: sprintID(n), Name: fmt.Sprint(n), Team: []story.Team{"red", "blue"}[rng.IntN(2)]}
			s.Start = start.AddDate(0, rng.IntN(20), rng.IntN(40))
			s.End = s.Start.AddDate(0, rng.IntN(2)*rng.IntN(30), 1+rng.IntN(30))
			want := 0
			for _, o := range planned {
				if o.Team == s.Team && o.Start.Before(s.End) && s.Start.Before(o.End) {
					want++
				}
			}
			event, err := g.Execute(backlog.PlanSprint{Sprint: s}, uma, later(start, g.At()))
			require.NoError(t, err)
			got := 0
			for _, finding := range event.Findings {
				if finding.Rule == backlog.RuleSprintOverlap.String() {
					got++
				}
			}
			require.Equal(t, min(want, 10), got)
			if planned = append(planned, s); rng.IntN(4) == 0 {
				g.execute(backlog.CancelSprint{Sprint: s.ID, Reason: "no longer"})
				planned = planned[:len(planned)-1]
			}
		}
	}
}
