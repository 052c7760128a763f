package natslog_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/cluster/natslog"
	"github.com/backlogkit/backlogkit/examples/cluster/servers"
	"github.com/backlogkit/backlogkit/roadmap"
)

var many = flag.Int("many", 3000, "how many products TestManyProducts makes")

// What a product costs that is there and not used: memory of a server, bytes on its disk; and what a decision on one
// of many takes.
func TestManyProducts(t *testing.T) {
	c := start(t, servers.Options{NoSync: true})
	conn := connect(t, c, 0)
	log, err := natslog.Open(t.Context(), conn, natslog.Options{})
	require.NoError(t, err)
	js, err := jetstream.New(conn, jetstream.WithPublishAsyncMaxPending(512))
	require.NoError(t, err)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for n := range *many {
		data, err := json.Marshal(visions(0, fmt.Sprintf("The vision of product number %d", n)))
		require.NoError(t, err)
		_, err = js.PublishAsync(fmt.Sprintf("BACKLOG.pproduct-%d", n), data, jetstream.WithStallWait(time.Minute))
		require.NoError(t, err)
	}
	<-js.PublishAsyncComplete()
	state, err := c.Settle(t.Context(), conn, "BACKLOG")
	require.NoError(t, err)
	require.Equal(t, uint64(*many), state.Msgs)
	grown := int(heap()) - int(before)

	var took time.Duration
	const decisions = 50
	for n := range decisions {
		products := host.New(log, host.Options{})
		began := time.Now()
		_, err := products.Execute(t.Context(), fmt.Sprintf("product-%d", n**many/decisions),
			[]backlog.Change{backlog.SetVision{Vision: roadmap.Vision{Text: "another"}}}, paula, at, backlog.DecideOptions{})
		require.NoError(t, err)
		took += time.Since(began)
	}
	t.Logf("%d products: %d bytes of memory and %d on the disk of each server a product; %.1f ms to load one and decide on it",
		*many, grown/servers.Size / *many, int(state.Bytes) / *many, float64(took.Microseconds())/1000/decisions)
}
