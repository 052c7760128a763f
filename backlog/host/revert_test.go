package host_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
)

// Somebody takes the first story back, by the number of its event.
func ExampleProducts_Revert() {
	products, ctx := host.New(&host.MemoryLog{}, host.Options{}), context.Background()
	now := time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	for i := range 2 {
		if _, err := products.Execute(ctx, "checkout", add(i+1), otto, now, backlog.DecideOptions{}); err != nil {
			panic(err)
		}
	}

	events, err := products.Revert(ctx, "checkout", 1, otto, now, backlog.DecideOptions{})
	fmt.Println(events[0].Seq, events[0].Change.Kind(), err)
	err = products.View(ctx, "checkout", func(v *backlog.View) error {
		fmt.Println("stories:", v.Len())
		return nil
	})
	fmt.Println(err)
	// Output:
	// 3 revert <nil>
	// stories: 1
	// <nil>
}

func TestRevertErrors(t *testing.T) {
	fails := false
	log := &hosttest.FaultyLog{Log: &host.MemoryLog{}, Next: func(isAppend bool) hosttest.Fault {
		if fails && !isAppend {
			return hosttest.Fails
		}
		return 0
	}}
	products, ctx := host.New(log, host.Options{}), context.Background()
	_, err := products.Execute(ctx, "checkout", add(1), otto, start, backlog.DecideOptions{})
	require.NoError(t, err)

	for _, seq := range []uint64{0, 2, 1 << 60} {
		_, err := products.Revert(ctx, "checkout", seq, otto, start, backlog.DecideOptions{})
		require.ErrorIs(t, err, backlog.ErrNotFound)
	}
	_, err = products.Revert(ctx, "checkout", 1, backlog.As("Stan", backlog.Stakeholder), start, backlog.DecideOptions{})
	require.ErrorIs(t, err, backlog.ErrNotAllowed)
	fails = true
	_, err = products.Revert(ctx, "checkout", 1, otto, start, backlog.DecideOptions{})
	require.ErrorIs(t, err, hosttest.ErrFault)
	fails = false

	_, err = products.Revert(ctx, "checkout", 1, otto, start, backlog.DecideOptions{})
	require.NoError(t, err)
	_, err = products.Revert(ctx, "checkout", 1, otto, start, backlog.DecideOptions{})
	require.True(t, errors.Is(err, backlog.ErrRule), err)
}
