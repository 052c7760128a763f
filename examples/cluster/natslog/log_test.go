package natslog_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
	"github.com/backlogkit/backlogkit/examples/cluster/natslog"
	"github.com/backlogkit/backlogkit/examples/cluster/servers"
	"github.com/backlogkit/backlogkit/roadmap"
)

func TestMain(m *testing.M) {
	servers.Main()
	os.Exit(m.Run())
}

func start(t *testing.T, options servers.Options) *servers.Cluster {
	t.Helper()
	options.Dir = t.TempDir()
	c, err := servers.Start(t.Context(), options)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, c.Stop()) })
	return c
}

func connect(t *testing.T, c *servers.Cluster, i int) *nats.Conn {
	t.Helper()
	conn, err := c.Connect(i)
	require.NoError(t, err)
	t.Cleanup(conn.Close)
	return conn
}

// handle is a log that can be opened again, by a connection to another server.
type handle struct {
	*natslog.Log
	open func() (host.Log, error)
}

func (h handle) Reopen() (host.Log, error)    { return h.open() }
func (h handle) OpenAgain() (host.Log, error) { return h.open() }

func TestLaws(t *testing.T) {
	c := start(t, servers.Options{})
	var opened atomic.Int64
	hosttest.TestLog(t, func(t *testing.T) host.Log {
		options := natslog.Options{Name: fmt.Sprintf("LAW%d", opened.Add(1))}
		var open func() (host.Log, error)
		open = func() (host.Log, error) {
			log, err := natslog.Open(t.Context(), connect(t, c, int(opened.Add(1))%servers.Size), options)
			return handle{log, open}, err
		}
		log, err := open()
		require.NoError(t, err)
		return log
	})
}

var (
	at    = time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	paula = backlog.As("Paula", backlog.ProductManager)
)

func visions(after uint64, texts ...string) []backlog.Event {
	events := make([]backlog.Event, len(texts))
	for i, text := range texts {
		events[i] = backlog.Event{
			Seq: after + uint64(i) + 1, At: at, By: paula, As: backlog.ProductManager,
			Change: backlog.SetVision{Vision: roadmap.Vision{Text: text}},
		}
	}
	return events
}

func TestTooLarge(t *testing.T) {
	c := start(t, servers.Options{NoSync: true})
	log, err := natslog.Open(t.Context(), connect(t, c, 0), natslog.Options{})
	require.NoError(t, err)
	half := strings.Repeat("x", servers.MaxPayload/2)
	require.ErrorIs(t, log.Append(t.Context(), "a", 0, visions(0, half, half)), natslog.ErrTooLarge)
	require.NoError(t, log.Append(t.Context(), "a", 0, visions(0, half)))
	require.NoError(t, log.Append(t.Context(), "a", 1, visions(1, half)))
	again, err := natslog.Open(t.Context(), connect(t, c, 1), natslog.Options{})
	require.NoError(t, err)
	n := 0
	for event, err := range again.Read(t.Context(), "a", 0) {
		require.NoError(t, err)
		n++
		require.Equal(t, uint64(n), event.Seq)
	}
	require.Equal(t, 2, n)

	// What somebody else wrote to the subject is found out, and nothing is decided on it.
	conn := connect(t, c, 2)
	stray := nats.NewMsg("BACKLOG.pa")
	stray.Data = []byte(`[{"version":1}]`)
	_, err = conn.RequestMsgWithContext(t.Context(), stray)
	require.NoError(t, err)
	require.Error(t, log.Append(t.Context(), "a", 2, visions(2, "on what it knows")))
	require.Error(t, log.Append(context.Background(), "a", 2, visions(2, "on what is there")))
}
