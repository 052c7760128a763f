package backlog_test

import (
	"reflect"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/story"
)

// A policy and a judge of rules that overwrite all they are handed change nothing: not what was asked
// for, not the event, not the backlog.
func TestPoliciesChangeNothing(t *testing.T) {
	table := backlog.DefaultAuthority().Policy()
	spoil := func(options backlog.Options) backlog.Options {
		options.Policy = func(request backlog.PolicyRequest) (backlog.Role, error) {
			role, err := table(request)
			scramble(reflect.ValueOf(&request).Elem())
			return role, err
		}
		options.Rules.Judge = func(refused backlog.RefusedError) backlog.RuleMode {
			scramble(reflect.ValueOf(&refused).Elem())
			return 0
		}
		return options
	}
	options := lenient()
	options.Rules.SprintGoal = backlog.RuleRecord
	done := 0
	for _, test := range decisions() {
		plain, spoiled := product(t, options), product(t, spoil(options))
		actor := backlog.As("Zoe", roleOf(zoe), backlog.ProductOwner, backlog.Developer, backlog.BusinessOwner)
		before, who := asJSON(t, test.change), asJSON(t, actor)
		want, wantErr := plain.Execute(test.change, actor, plain.At())
		got, err := spoiled.Execute(test.change, actor, spoiled.At())
		require.Equal(t, before, asJSON(t, test.change), test.change.Kind())
		require.Equal(t, who, asJSON(t, actor), test.change.Kind())
		require.Equal(t, snapshot(t, plain.Backlog), snapshot(t, spoiled.Backlog), test.change.Kind())
		if wantErr != nil {
			require.EqualError(t, err, wantErr.Error())
			continue
		}
		require.NoError(t, err)
		require.Equal(t, asJSON(t, want), asJSON(t, got), test.change.Kind())
		done++
	}
	require.Greater(t, done, 40)
}

// Every method that reads can be called by several goroutines at once; the race detector looks on.
func TestReadersMayBeMany(t *testing.T) {
	l := product(t, lenient())
	l.do(po, backlog.AddDependency{Dependency: backlog.Dependency{
		Item: backlog.StoryItem(storyID(1)), Needs: backlog.StoryItem(storyID(2)),
	}})
	changes := []backlog.Change{backlog.MoveStories{Stories: []story.ID{storyID(2)}, To: backlog.First()}}
	for _, test := range decisions() {
		changes = append(changes, test.change)
	}
	for i := range 4 {
		for j := range 4 {
			changes = append(changes, backlog.AddDependency{Dependency: backlog.Dependency{
				Item: backlog.StoryItem(storyID(i)), Needs: backlog.StoryItem(storyID(j)),
			}})
		}
	}
	before := snapshot(t, l.Backlog)
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for _, change := range changes {
				_ = l.Can(change, po, l.At())
				_ = l.Can(change, dev, l.At())
			}
			v := reflect.ValueOf(l.View())
			for i := range v.NumMethod() {
				args, ok := arguments(v.Method(i).Type())
				if !ok {
					continue
				}
				for _, result := range v.Method(i).Call(args) {
					if result.Kind() == reflect.Func {
						scrambleSequence(result)
					}
				}
			}
		})
	}
	readers.Wait()
	require.Equal(t, before, snapshot(t, l.Backlog))
}
