package natslog_test

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/cluster/natslog"
	"github.com/backlogkit/backlogkit/examples/cluster/servers"
)

var long = flag.Duration("long", 45*time.Second, "how long clients append while servers are killed or cut off, for each of the histories")

// past is what a client knows of a product: how many events, and a sum of them and of their order.
type past struct {
	length uint64
	sum    uint64
}

// and returns the past with one more event.
func (p past) and(event backlog.Event) past {
	h := fnv.New64a()
	_, _ = fmt.Fprintln(h, p.length, p.sum, event.Seq, event.Correlation)
	return past{p.length + 1, h.Sum64()}
}

// input is what a client asks for: to append events to a past, or what the past is.
type input struct {
	product string
	on      past
	events  []backlog.Event // none: a read
}

// output is what it is told.
type output struct {
	past  past
	moved bool
}

// model is a product: a past that grows by what is appended to it, and to nothing else.
var model = porcupine.Model{
	Init:  func() any { return past{} },
	Equal: func(a, b any) bool { return a == b },
	Step: func(state, in, out any) (bool, any) {
		now, asked, told := state.(past), in.(input), out.(output)
		switch {
		case len(asked.events) == 0:
			return told.past == now, now
		case told.moved:
			return true, now
		}
		return asked.on == now, told.past
	},
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		var parts [][]porcupine.Operation
		of := map[string]int{}
		for _, op := range history {
			product := op.Input.(input).product
			if _, ok := of[product]; !ok {
				of[product] = len(parts)
				parts = append(parts, nil)
			}
			parts[of[product]] = append(parts[of[product]], op)
		}
		return parts
	},
}

// client appends to products and reads them, and writes down what it asked for, when, and what it was told.
type client struct {
	id      int
	log     *natslog.Log
	began   time.Time
	knows   map[string]past
	history []porcupine.Operation
	unknown []porcupine.Operation // appends of which nobody knows
	failed  int                   // reads
}

var products = []string{"checkout", "search", "Größe 東京", ""}

func (c *client) run(ctx context.Context, random *rand.Rand) {
	c.knows = map[string]past{}
	for n := 0; ctx.Err() == nil; n++ {
		product := products[random.IntN(len(products))]
		if random.IntN(4) == 0 {
			c.read(ctx, product)
		} else {
			c.append(ctx, product, n, 1+random.IntN(3))
		}
		time.Sleep(time.Duration(random.IntN(int(20 * time.Millisecond))))
	}
}

func (c *client) append(ctx context.Context, product string, n, size int) {
	on := c.knows[product]
	after := on
	events := make([]backlog.Event, size)
	for i := range events {
		events[i] = visions(after.length, fmt.Sprintf("%d of %d by client %d", n, i, c.id))[0]
		events[i].Correlation = fmt.Sprintf("%d-%d-%d", c.id, n, i)
		after = after.and(events[i])
	}
	op := porcupine.Operation{ClientId: c.id, Input: input{product, on, events}, Call: int64(time.Since(c.began))}
	err := c.log.Append(context.WithoutCancel(ctx), product, on.length, events)
	op.Return = int64(time.Since(c.began))
	op.Output = output{past: after, moved: err != nil}
	switch {
	case err == nil:
		c.knows[product] = after
		c.history = append(c.history, op)
	case errors.Is(err, host.ErrMoved):
		c.history = append(c.history, op)
		c.read(ctx, product)
	default:
		c.unknown = append(c.unknown, op)
		c.read(ctx, product)
	}
}

func (c *client) read(ctx context.Context, product string) {
	op := porcupine.Operation{ClientId: c.id, Input: input{product: product}, Call: int64(time.Since(c.began))}
	now := c.knows[product]
	for event, err := range c.log.Read(context.WithoutCancel(ctx), product, now.length) {
		if err != nil {
			c.failed++
			return
		}
		now = now.and(event)
	}
	c.knows[product] = now
	op.Return, op.Output = int64(time.Since(c.began)), output{past: now}
	c.history = append(c.history, op)
}

// outcome is what a run left.
type outcome struct {
	clients []*client
	told    int // appends that were acknowledged
	whole   []porcupine.Operation
	held    []string // by each server: the bytes of all messages
}

// run lets clients append while disturb breaks the cluster, mends it, and looks at what is there.
func run(t *testing.T, c *servers.Cluster, during time.Duration, broken bool, disturb func(ctx context.Context)) outcome {
	t.Helper()
	options := natslog.Options{Patience: 4 * time.Second, Attempt: time.Second}
	_, err := natslog.Open(t.Context(), connect(t, c, 0), natslog.Options{})
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), during)
	defer cancel()

	var out outcome
	var running, following sync.WaitGroup
	began := time.Now()
	for id := range 2 * servers.Size {
		log, err := natslog.New(connect(t, c, id%servers.Size), options)
		require.NoError(t, err)
		if broken {
			log.Break()
		}
		one := &client{id: id, log: log, began: began}
		out.clients = append(out.clients, one)
		running.Go(func() { one.run(ctx, rand.New(rand.NewPCG(uint64(id), uint64(during)))) })
	}
	untilRead, stop := context.WithCancel(t.Context())
	defer stop()
	replicas := make([]*natslog.Replica, servers.Size)
	for i := range replicas {
		replicas[i] = natslog.NewReplica(nil)
		log, err := natslog.New(connect(t, c, i), options)
		require.NoError(t, err)
		following.Go(func() {
			err := replicas[i].Follow(untilRead, log)
			if !broken && !errors.Is(err, context.Canceled) {
				t.Errorf("replica %d: %v", i, err)
			}
		})
	}
	disturb(ctx)
	running.Wait()
	for i := range servers.Size {
		c.Mend(i)
		if !c.IsRunning(i) {
			require.NoError(t, c.Restart(i))
		}
	}
	patient, end := context.WithTimeout(t.Context(), time.Minute)
	defer end()
	_, err = c.Settle(patient, connect(t, c, 0), "BACKLOG")
	require.NoError(t, err)

	there := map[string]bool{}
	lengths := map[string]uint64{}
	for i := range servers.Size {
		c.Isolate(i)
		held := host.NewReplica(nil)
		conn, err := c.ConnectAlone(i)
		require.NoError(t, err)
		log, err := natslog.New(conn, options)
		require.NoError(t, err)
		var bytes []byte
		require.NoError(t, log.Held(patient, func(product string, events []backlog.Event, message uint64) error {
			data, err := json.Marshal(events)
			bytes = fmt.Appendf(bytes, "%d %q %s\n", message, product, data)
			for _, event := range events {
				there[event.Correlation] = true
			}
			if !broken {
				lengths[product] = events[len(events)-1].Seq
				return errors.Join(err, held.Apply(product, events...))
			}
			return err
		}))
		conn.Close()
		c.Mend(i)
		out.held = append(out.held, string(bytes))
		for _, product := range slices.Sorted(held.Products()) { // those who followed have the same, byte for byte
			for _, replica := range replicas {
				require.NoError(t, replica.Wait(patient, product, lengths[product]))
				require.Equal(t, snapshot(t, held, product), snapshot(t, replica.Replica, product))
			}
		}
	}
	stop()
	following.Wait()

	for _, one := range out.clients {
		out.whole = append(out.whole, one.history...)
		for _, op := range one.history {
			if asked := op.Input.(input); len(asked.events) > 0 && !op.Output.(output).moved {
				out.told++
				for _, event := range asked.events {
					require.True(t, there[event.Correlation], "%s was acknowledged and is lost", event.Correlation)
				}
			}
		}
		for _, op := range one.unknown { // it happened some time after it was asked for, or never
			if there[op.Input.(input).events[0].Correlation] {
				op.Return = int64(time.Hour)
				op.Output = output{past: op.Output.(output).past}
				out.whole = append(out.whole, op)
			}
		}
	}
	return out
}

func snapshot(t *testing.T, r *host.Replica, product string) (data string) {
	t.Helper()
	require.NoError(t, r.View(product, func(v *backlog.View) error {
		snapshot, err := v.Snapshot()
		data = string(snapshot)
		return err
	}))
	return data
}

// check wants a history that products could have, one request after the other, and the same on every server.
func (o outcome) check(t *testing.T, withReads bool) {
	t.Helper()
	history := o.whole
	if !withReads {
		t.Logf("with reads, which a server that is cut off may answer with what it had: %v", porcupine.CheckOperationsTimeout(model, history, time.Minute))
		history = slices.DeleteFunc(slices.Clone(history), func(op porcupine.Operation) bool { return len(op.Input.(input).events) == 0 })
	}
	result := porcupine.CheckOperationsTimeout(model, history, time.Minute)
	require.Equal(t, porcupine.Ok, result)
	for i := range o.held {
		require.Equal(t, o.held[0], o.held[i])
	}
	o.checkReads(t)
	unknown, failed := 0, 0
	for _, one := range o.clients {
		unknown, failed = unknown+len(one.unknown), failed+one.failed
	}
	t.Logf("%d requests, %d appends acknowledged, %d without an answer, %d reads without one", len(o.whole), o.told, unknown, failed)
	require.Greater(t, o.told, 100)
}

// checkReads wants every past that was read, and every past that was built on, to be one that the product had.
func (o outcome) checkReads(t *testing.T) {
	t.Helper()
	had := map[string]map[past]bool{}
	for _, op := range o.whole {
		asked := op.Input.(input)
		if had[asked.product] == nil {
			had[asked.product] = map[past]bool{{}: true}
		}
		if told := op.Output.(output); len(asked.events) > 0 && !told.moved {
			had[asked.product][told.past] = true
		}
	}
	for _, op := range o.whole {
		if asked := op.Input.(input); len(asked.events) == 0 {
			require.True(t, had[asked.product][op.Output.(output).past], "%+v was read and never was", op)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// leader returns which server leads the stream.
func leader(ctx context.Context, c *servers.Cluster) int {
	for ctx.Err() == nil {
		for i := range servers.Size {
			conn, err := c.ConnectAlone(i)
			if err != nil {
				continue
			}
			attempt, cancel := context.WithTimeout(ctx, time.Second)
			name, err := servers.Leader(attempt, conn, "BACKLOG")
			cancel()
			conn.Close()
			if err == nil {
				return c.Index(name)
			}
		}
		pause(ctx, 200*time.Millisecond)
	}
	return 0
}

// Servers are processes and are killed, the leader as often as another, and all three at once.
func TestHistoryThroughKills(t *testing.T) {
	t.Parallel()
	c := start(t, servers.Options{Processes: true})
	run(t, c, *long, false, func(ctx context.Context) {
		random := rand.New(rand.NewPCG(1, 1))
		for round := 0; ctx.Err() == nil; round++ {
			pause(ctx, 3*time.Second)
			first := leader(ctx, c)
			if round%2 == 1 {
				first = random.IntN(servers.Size)
			}
			second := (first + 1) % servers.Size
			require.NoError(t, c.Kill(first))
			pause(ctx, 6*time.Second)
			if round%3 == 2 {
				third := (first + 2) % servers.Size
				require.NoError(t, errors.Join(c.Kill(second), c.Kill(third)))
				pause(ctx, 2*time.Second)
				require.NoError(t, errors.Join(c.Restart(second), c.Restart(third)))
			}
			require.NoError(t, c.Restart(first))
			pause(ctx, 4*time.Second)
		}
	}).check(t, true)
}

// The leader is cut off from the others, whose connections to it end, or fall silent, or of which some do; so is
// another server. Clients stay connected to it.
func TestHistoryThroughPartitions(t *testing.T) {
	t.Parallel()
	c := start(t, servers.Options{NoSync: true})
	cuts := []func(int){c.Silence, c.Isolate, c.Impair}
	run(t, c, *long, false, func(ctx context.Context) {
		for round := 0; ctx.Err() == nil; round++ {
			pause(ctx, 2*time.Second)
			who := leader(ctx, c)
			if round%4 == 3 {
				who = (who + 1) % servers.Size
			}
			cuts[round%len(cuts)](who)
			pause(ctx, 11*time.Second)
			c.Mend(who)
		}
	}).check(t, false)
}

// Without the condition updates are lost, and the check says so.
func TestHistoryOfABrokenLog(t *testing.T) {
	t.Parallel()
	c := start(t, servers.Options{NoSync: true})
	out := run(t, c, 2*time.Second, true, func(context.Context) {})
	require.Equal(t, porcupine.Illegal, porcupine.CheckOperationsTimeout(model, out.whole, time.Minute))
}
