package backlog_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
	"github.com/backlogkit/backlogkit/story/field"
)

// renamedWorkflow is the default workflow with each state named anew.
func renamedWorkflow() story.Workflow {
	w := story.DefaultWorkflow()
	w.Renamed = map[story.Status]story.Status{}
	anew := func(name *story.Status) { *name = "my " + *name }
	for i, state := range w.States {
		w.Renamed[state.Name] = "my " + state.Name
		anew(&w.States[i].Name)
	}
	for i := range w.Transitions {
		anew(&w.Transitions[i].From)
		anew(&w.Transitions[i].To)
	}
	for _, name := range []*story.Status{&w.Initial, &w.Ready, &w.Review, &w.Accepted, &w.Dropped} {
		anew(name)
	}
	return w
}

// A log from before the states were renamed, with all its reverts and imports, makes the same backlog under the new
// names, and so do its snapshots at each step.
func TestRenamedStates(t *testing.T) {
	for _, history := range goldenHistories() {
		events := goldenEvents(t, history.name)
		options := history.options
		options.Limits = nil                // they name states
		if options.Workflow.States != nil { // the names of that one are others
			continue
		}
		was, err := backlog.New(options)
		require.NoError(t, err)
		options.Workflow = renamedWorkflow()
		is, err := backlog.New(options)
		require.NoError(t, err)
		for i, event := range events {
			require.NoError(t, was.Apply(event))
			require.NoError(t, is.Apply(event), "%s: %s", history.name, event.Change.Kind())
			if i%150 != 0 && i != len(events)-1 {
				continue
			}
			old := snapshot(t, was)
			want, err := backlog.Restore(options, []byte(old))
			require.NoError(t, err)
			require.Equal(t, snapshot(t, want), snapshot(t, is))
			for s := range was.Stories() {
				now, ok := is.Story(s.ID)
				require.True(t, ok)
				require.Equal(t, "my "+s.Status, now.Status)
			}
		}
	}
}

// Who still says the old name is understood, and what is recorded has the new one.
func TestRenamedStatesLater(t *testing.T) {
	l := product(t, backlog.Options{Workflow: renamedWorkflow(), Ready: []backlog.Check{}})
	change := backlog.SetStoryStatus{Story: storyID(2), To: story.Ready}
	require.NoError(t, l.Can(change, dev, l.At()))
	event, err := l.Execute(change, dev, l.At())
	require.NoError(t, err)
	require.Equal(t, backlog.SetStoryStatus{Story: storyID(2), To: "my ready"}, event.Change)
	require.Equal(t, story.Ready, change.To)

	begin := backlog.SetStoryStatus{Story: storyID(2), To: story.InProgress}
	require.Equal(t, backlog.MayWorkOnStories, l.PolicyRequest(begin, dev, l.At()).Permission)
	_, err = l.Breaches([]backlog.Change{begin}, l.At())
	require.NoError(t, err)
}

func TestRenamedStatesAreChecked(t *testing.T) {
	for name, renamed := range map[string]map[story.Status]story.Status{
		"still a state": {"my ready": "my draft"}, "to no state": {"ready": "gone"}, "blank": {" ": "my ready"},
	} {
		w := renamedWorkflow()
		w.Renamed = renamed
		err := w.Validate()
		require.ErrorIs(t, err, field.ErrInvalid, name)
		require.ErrorContains(t, err, "renamed")
		_, err = backlog.New(backlog.Options{Workflow: w})
		require.ErrorIs(t, err, field.ErrInvalid, name)
	}
	w := renamedWorkflow()
	cloned := w.Clone()
	w.Renamed["x"] = "y"
	require.NotContains(t, cloned.Renamed, story.Status("x"))
}

// A team begins to say "in testing" for what it called "in review"; its log stays as it is.
func Example_renamedState() {
	options := backlog.Options{Workflow: story.FreeWorkflow("to do", "in review", "done"), Ready: []backlog.Check{}}
	b, err := backlog.New(options)
	if err != nil {
		panic(err)
	}
	ana := backlog.As("Ana", backlog.ProductOwner, backlog.Developer)
	pay := story.ID{1}
	events, err := b.Decide([]backlog.Change{
		backlog.AddStory{Story: story.Story{ID: pay, Title: "Pay"}}, backlog.SetStoryStatus{Story: pay, To: "in review"},
	}, ana, start, backlog.DecideOptions{})
	if err != nil {
		panic(err)
	}
	options.Workflow = story.FreeWorkflow("to do", "in testing", "done")
	options.Workflow.Renamed = map[story.Status]story.Status{"in review": "in testing"}
	b, err = backlog.Replay(options, backlog.Recorded(events))
	if err != nil {
		panic(err)
	}
	s, _ := b.Story(pay)
	fmt.Println(strings.ToUpper(s.Title), "is", s.Status)
	// Output: PAY is in testing
}
