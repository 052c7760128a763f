package backlog_test

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
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
