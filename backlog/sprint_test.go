package backlog_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// What is wrong with a sprint in itself is named with its field.
func TestSprintValidate(t *testing.T) {
	good := backlog.Sprint{
		ID: sprintID(1), Name: "Sprint 1", Goal: "a goal", Team: "red", Start: start, End: start.AddDate(0, 0, 14),
		Capacity: decimal.NewFromInt(8), Notes: slices.Repeat([]string{"less at a time"}, backlog.MaxNotes),
		Status: backlog.SprintClosed,
	}
	require.NoError(t, good.Validate())
	for path, change := range map[string]func(*backlog.Sprint){
		"sprint.id":       func(s *backlog.Sprint) { s.ID = backlog.SprintID{} },
		"sprint.name":     func(s *backlog.Sprint) { s.Name = "" },
		"sprint.goal":     func(s *backlog.Sprint) { s.Goal = "\xff" },
		"sprint.team":     func(s *backlog.Sprint) { s.Team = "\xff" },
		"sprint.end":      func(s *backlog.Sprint) { s.End = s.Start },
		"sprint.capacity": func(s *backlog.Sprint) { s.Capacity = decimal.NewFromInt(-1) },
		"sprint.notes":    func(s *backlog.Sprint) { s.Notes = append(s.Notes, s.Notes[0]) },
		"sprint.status":   func(s *backlog.Sprint) { s.Status = 9 },
	} {
		one := good.Clone()
		change(&one)
		err := one.Validate()
		require.ErrorIs(t, err, field.ErrInvalid, path)
		require.ErrorContains(t, err, "backlog: "+path+" is ", path)
	}
}

// A new sprint brings nothing that only its course gives it.
func TestPlannedSprintIsEmpty(t *testing.T) {
	l := product(t, backlog.Options{})
	for name, sprint := range map[string]backlog.Sprint{
		"a status": {Status: backlog.SprintPlanned},
		"stories":  {Stories: []story.ID{storyID(1)}},
		"returned": {Returned: []story.ID{storyID(1)}},
		"notes":    {Notes: []string{"less at a time"}},
		"velocity": {Velocity: decimal.NewFromInt(1)},
	} {
		sprint.ID, sprint.Name = sprintID(9), "Sprint 9"
		err := l.Can(backlog.PlanSprint{Sprint: sprint}, po, l.At())
		require.ErrorContains(t, err, "no status, stories, notes or velocity: a new sprint is planned and empty", name)
	}
}

// What both begin and end with is left out of two lists, however long it is, and nothing else.
func TestTrimSame(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	list := func(n, from int) (ids []story.ID) {
		for i := range n {
			ids = append(ids, storyID(from+i))
		}
		return ids
	}
	lengths := []int{0, 1, 2, 63, 64, 65, 127, 128, 129, 200}
	for range 400 {
		pick := func() int { return lengths[random.IntN(len(lengths))] }
		head, tail := list(pick(), 0), list(pick(), 1_000)
		a := slices.Concat(head, list(pick(), 2_000), tail)
		b := slices.Concat(head, list(pick(), 3_000), tail)
		x, y := a, b
		for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
			x, y = x[1:], y[1:]
		}
		for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
			x, y = x[:len(x)-1], y[:len(y)-1]
		}
		gotA, gotB := backlog.TrimSame(a, b)
		require.True(t, slices.Equal(x, gotA) && slices.Equal(y, gotB), "%d and %d", len(a), len(b))
	}
}

// Another active sprint of the team is named; of several it is how many.
func TestOneSprintTexts(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.addReady(1, 1)
	l.addSprint(9, "")
	l.do(po, commit(9, 1))
	for n, says := range []string{
		"", `sprint "Sprint 1" of the team is active; that needs the end of "Sprint 1"`, "2 sprints of the team are active; that needs the end of each",
	} {
		if n > 0 {
			l.do(pm, backlog.ImportItems{Source: "tracker", Sprints: []backlog.Sprint{
				{ID: sprintID(n), Name: fmt.Sprint("Sprint ", n), Goal: "a goal", Status: backlog.SprintActive},
			}})
		}
		err := l.Can(backlog.StartSprint{Sprint: sprintID(9)}, po, l.At())
		if says == "" {
			require.NoError(t, err)
			continue
		}
		require.ErrorIs(t, err, backlog.ErrRule)
		require.ErrorContains(t, err, says)
	}
}

// A sprint that is over is changed by no record either.
func TestNoRecordOfSprintThatIsOver(t *testing.T) {
	l := newLog(t, backlog.Options{})
	l.addReady(1, 1)
	l.addSprint(1, "")
	l.do(po, commit(1, 1), backlog.StartSprint{Sprint: sprintID(1)}, backlog.CloseSprint{Sprint: sprintID(1)})
	for _, change := range []backlog.Change{
		backlog.EditSprint{Sprint: sprintID(1), Goal: backlog.Set("another")},
		backlog.StartSprint{Sprint: sprintID(1)},
		backlog.CloseSprint{Sprint: sprintID(1)},
		backlog.CancelSprint{Sprint: sprintID(1), Reason: "obsolete"},
	} {
		event := backlog.Event{Seq: l.Seq() + 1, At: l.At(), By: po, As: backlog.ProductOwner, Change: change}
		require.ErrorContains(t, l.Clone().Apply(event), "a sprint that is planned or active", change.Kind())
	}
}

// A story is planned in time by the end of its sprint where both sprints have one.
func TestPlannedByTheEnd(t *testing.T) {
	l := newLog(t, backlog.Options{})
	for n, team := range []story.Team{"blue", "red"} {
		l.addReady(n+1, 1)
		l.do(po, backlog.AssignStoryTeam{Story: storyID(n + 1), Team: team})
	}
	l.addSprint(1, "blue", 0, 20)
	l.addSprint(2, "red", 0, 14)
	l.addSprint(3, "red", 16, 30)
	l.do(po, needs(sItem(2), sItem(1)), commit(1, 1))
	require.ErrorIs(t, l.Can(commit(2, 2), po, l.At()), backlog.ErrNotReady)
	require.NoError(t, l.Can(commit(3, 2), po, l.At()))
}

// A refusal names the sprints it is about, in its JSON too, and the sprint that was to change.
func TestRefusalNamesSprints(t *testing.T) {
	l := newLog(t, backlog.Options{Rules: backlog.Rules{SprintOverlap: backlog.RuleRefuse}})
	l.addSprint(1, "red", 0, 14)
	sprint := backlog.Sprint{ID: sprintID(2), Name: "Sprint 2", Team: "red", Start: start, End: start.AddDate(0, 0, 7)}
	var refused *backlog.RefusedError
	require.ErrorAs(t, l.Can(backlog.PlanSprint{Sprint: sprint}, po, l.At()), &refused)
	require.Equal(t, backlog.RuleSprintOverlap, refused.Rule)
	require.Equal(t, sprintID(2).String(), refused.ID)
	require.Equal(t, backlog.Items{Sprints: []backlog.SprintID{sprintID(1)}}, refused.Items)
	data, err := json.Marshal(refused)
	require.NoError(t, err)
	require.Contains(t, string(data), fmt.Sprintf(`"items":{"sprints":[%q]}`, sprintID(1)))
}
