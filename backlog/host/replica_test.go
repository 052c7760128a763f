package host_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/story"
)

// A replica is handed what the log sends. That it is sent twice does no harm.
func ExampleReplica() {
	log, replica := &host.MemoryLog{}, host.NewReplica(nil)
	products := host.New(log, host.Options{})
	ctx, now := context.Background(), time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)

	events, err := products.Execute(ctx, "checkout", add(1, 2), otto, now, backlog.DecideOptions{})
	if err != nil {
		panic(err)
	}
	for range 2 { // a consumer of the log calls this
		if err := replica.Apply("checkout", events...); err != nil {
			panic(err)
		}
	}
	err = replica.View("checkout", func(v *backlog.View) error {
		fmt.Println(v.Len(), "stories at event", v.Seq())
		return nil
	})
	fmt.Println(slices.Collect(replica.Products()), err)
	// Output:
	// 2 stories at event 2
	// [checkout] <nil>
}

func snapshotOf(t testing.TB, r *host.Replica, product string) (data string) {
	t.Helper()
	require.NoError(t, r.View(product, func(v *backlog.View) error {
		snapshot, err := v.Snapshot()
		data = string(snapshot)
		return err
	}))
	return data
}

// Events that come again, in pieces of any size, leave every replica with the same bytes, and with those
// that Products has.
func TestReplicasAreEqual(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	log := &host.MemoryLog{}
	products := host.New(log, host.Options{})
	for n := range 40 {
		name := []string{"a", "b"}[n%2]
		require.NoError(t, execute(products, name, add(n, n+1000)...))
		require.NoError(t, execute(products, name, backlog.MoveStories{Stories: []story.ID{storyID(n)}, To: backlog.First()}))
	}
	for range 20 {
		replica := host.NewReplica(nil)
		for _, name := range []string{"b", "a"} {
			var all []backlog.Event
			for event, err := range log.Read(context.Background(), name, 0) {
				require.NoError(t, err)
				all = append(all, event)
			}
			for done := 0; done < len(all); {
				from := random.IntN(done + 1)
				to := min(done+random.IntN(6), len(all))
				if to < from {
					continue
				}
				before := snapshotOf(t, replica, name)
				if to+2 < len(all) {
					require.ErrorIs(t, replica.Apply(name, all[to+1:]...), backlog.ErrSequence, "a gap")
					require.Equal(t, before, snapshotOf(t, replica, name))
				}
				require.NoError(t, replica.Apply(name, all[from:to]...))
				done = max(done, to)
				if random.IntN(10) == 0 { // a replica that begins anew
					anew := host.NewReplica(nil)
					for name := range replica.Products() {
						require.NoError(t, anew.Restore(name, []byte(snapshotOf(t, replica, name))))
					}
					replica = anew
				}
			}
			require.Equal(t, stateOf(t, products, name), snapshotOf(t, replica, name))
		}
		require.Equal(t, []string{"a", "b"}, slices.Collect(replica.Products()))
	}
}

func TestReplicaRestoresForwardOnly(t *testing.T) {
	log, replica := &host.MemoryLog{}, host.NewReplica(nil)
	products := host.New(log, host.Options{})
	require.NoError(t, execute(products, "a", add(1)...))
	early := stateOf(t, products, "a")
	require.NoError(t, execute(products, "a", add(2)...))
	late := stateOf(t, products, "a")
	require.NoError(t, replica.Restore("a", []byte(late)))
	require.NoError(t, replica.Restore("a", []byte(early)))
	require.Equal(t, late, snapshotOf(t, replica, "a"))
	require.Error(t, replica.Restore("a", []byte("{}")))
	require.Equal(t, late, snapshotOf(t, replica, "a"))
	require.True(t, json.Valid([]byte(snapshotOf(t, replica, "nobody's"))))
	require.Equal(t, []string{"a"}, slices.Collect(replica.Products()))
}

// A product without events is none that the replica has.
func TestReplicaOfNothing(t *testing.T) {
	r := host.NewReplica(nil)
	require.NoError(t, r.Apply("a"))
	require.NoError(t, r.View("b", func(v *backlog.View) error {
		require.Zero(t, v.Seq())
		return nil
	}))
	require.Empty(t, slices.Collect(r.Products()))
}
