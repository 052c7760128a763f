package natslog_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
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
	c := start(t, servers.Options{NoSync: true})
	var law, opened atomic.Int64
	hosttest.TestLog(t, func(t *testing.T) host.Log {
		options := natslog.Options{Name: fmt.Sprintf("LAW%d", law.Add(1))}
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

// Each product is in one of the streams, and found there by every host that divides them alike.
func TestShards(t *testing.T) {
	c := start(t, servers.Options{NoSync: true})
	var one, two natslog.Shards
	for i := range 3 {
		for k, shards := range []*natslog.Shards{&one, &two} {
			log, err := natslog.Open(t.Context(), connect(t, c, k), natslog.Options{Name: fmt.Sprint("SHARD", i)})
			require.NoError(t, err)
			*shards = append(*shards, log)
		}
	}
	used := map[*natslog.Log]bool{}
	for n := range 20 {
		product := fmt.Sprint("product ", n)
		used[one.Of(product)] = true
		require.NoError(t, one.Append(t.Context(), product, 0, visions(0, product)))
		require.ErrorIs(t, two.Append(t.Context(), product, 0, visions(0, "another")), host.ErrMoved)
		require.NoError(t, two.Append(t.Context(), product, 1, visions(1, "another")))
		var texts []string
		for event, err := range one.Read(t.Context(), product, 0) {
			require.NoError(t, err)
			texts = append(texts, event.Change.(backlog.SetVision).Vision.Text)
		}
		require.Equal(t, []string{product, "another"}, texts)
	}
	require.Len(t, used, 3)
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

// Snapshots of products of any name are apart.
func TestSnapshots(t *testing.T) {
	c := start(t, servers.Options{NoSync: true})
	log, err := natslog.Open(t.Context(), connect(t, c, 0), natslog.Options{})
	require.NoError(t, err)
	snapshots, err := log.Snapshots(t.Context())
	require.NoError(t, err)
	for _, product := range []string{"", "a", "A", "a.b", "a b", "Größe 東京", "=61", "*", ">", "\x00"} {
		data, err := snapshots.Load(t.Context(), product)
		require.NoError(t, err)
		require.Nil(t, data)
		require.NoError(t, snapshots.Save(t.Context(), product, 1, []byte("of "+product)))
		data, err = snapshots.Load(t.Context(), product)
		require.NoError(t, err)
		require.Equal(t, "of "+product, string(data))
	}
	require.Error(t, snapshots.Save(t.Context(), "a", 1, make([]byte, servers.MaxPayload+1)))

	// A host that begins anew has the rest from the log.
	options := host.Options{Snapshots: snapshots, SnapshotEvery: 10, SnapshotFailed: func(_ string, err error) { t.Error(err) }}
	for n := range 25 {
		products := host.New(log, options)
		change := backlog.SetVision{Vision: roadmap.Vision{Text: fmt.Sprint(n)}}
		_, err := products.Execute(t.Context(), "shop", []backlog.Change{change}, paula, at, backlog.DecideOptions{})
		require.NoError(t, err)
	}
	data, err := snapshots.Load(t.Context(), "shop")
	require.NoError(t, err)
	saved, err := backlog.Restore(backlog.Options{}, data)
	require.NoError(t, err)
	require.Equal(t, uint64(20), saved.Seq())
}

// An append whose answers are lost is sent again, and is there once. The proxy of the client holds the answers back.
func TestLostAnswers(t *testing.T) {
	c := start(t, servers.Options{NoSync: true})
	way, err := servers.NewWay(c.URL(0))
	require.NoError(t, err)
	defer way.Close()
	conn, err := nats.Connect(way.URL(), nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond), nats.ReconnectBufSize(-1), nats.IgnoreDiscoveredServers())
	require.NoError(t, err)
	defer conn.Close()
	log, err := natslog.Open(t.Context(), conn, natslog.Options{Attempt: 300 * time.Millisecond})
	require.NoError(t, err)
	other, err := natslog.Open(t.Context(), connect(t, c, 1), natslog.Options{})
	require.NoError(t, err)
	length := func() (n uint64) {
		for event, err := range other.Read(t.Context(), "a", 0) {
			require.NoError(t, err)
			n = event.Seq
		}
		return n
	}
	require.NoError(t, log.Append(t.Context(), "a", 0, visions(0, "one", "two"))) // from now on it knows the place
	for n := uint64(1); ; n++ {
		way.LoseAnswers()
		done := make(chan error)
		go func() { done <- log.Append(t.Context(), "a", 2*n, visions(2*n, "one", "two")) }()
		require.Eventually(t, func() bool { return length() == 2*n+2 }, 10*time.Second, 5*time.Millisecond)
		isMoved := n == 3
		if isMoved { // meanwhile another host goes on
			require.NoError(t, other.Append(t.Context(), "a", 2*n+2, visions(2*n+2, "three", "four")))
		}
		time.Sleep(400 * time.Millisecond) // at least one attempt is over
		way.Mend()
		require.NoError(t, <-done)
		if isMoved {
			break
		}
		require.Equal(t, 2*n+2, length())
	}
	require.Equal(t, uint64(10), length())
}

// Several wait for the same event and for others; one gives up.
func TestReplicaWait(t *testing.T) {
	c := start(t, servers.Options{NoSync: true})
	log, err := natslog.Open(t.Context(), connect(t, c, 0), natslog.Options{})
	require.NoError(t, err)
	replica := natslog.NewReplica(nil)
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = replica.Follow(ctx, log) })
	require.NoError(t, replica.Wait(ctx, "a", 0))
	done, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	require.ErrorIs(t, replica.Wait(done, "a", 1), context.DeadlineExceeded)
	var waiting sync.WaitGroup
	for seq := range uint64(3) {
		for range 4 {
			waiting.Go(func() {
				err := replica.Wait(ctx, "a", seq+1)
				_ = replica.View("a", func(v *backlog.View) error {
					if err != nil || v.Seq() <= seq {
						t.Errorf("waited for %d, has %d: %v", seq+1, v.Seq(), err)
					}
					return nil
				})
			})
		}
	}
	for seq := range uint64(3) {
		require.NoError(t, log.Append(ctx, "b", seq, visions(seq, "another product")))
		require.NoError(t, log.Append(ctx, "a", seq, visions(seq, "a vision")))
	}
	waiting.Wait()
	stop()
	running.Wait()
}
