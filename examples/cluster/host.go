package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/cluster/natslog"
	"github.com/backlogkit/backlogkit/story"
)

// node is a host program: it decides on products, appends to the log, and follows it. There are as many as one
// likes; they know nothing of each other.
type node struct {
	conn     *nats.Conn
	log      *natslog.Log
	products *host.Products   // decides
	replica  *natslog.Replica // follows
	moved    atomic.Int64     // appends that were refused, since another host had been faster
}

func newNode(ctx context.Context, conn *nats.Conn) (*node, error) {
	log, err := natslog.Open(ctx, conn, natslog.Options{})
	if err != nil {
		return nil, err
	}
	snapshots, err := log.Snapshots(ctx)
	if err != nil {
		return nil, err
	}
	n := &node{conn: conn, log: log, replica: natslog.NewReplica(nil)}
	n.products = host.New(counting{log, &n.moved}, host.Options{Snapshots: snapshots, Retries: 100})
	return n, nil
}

// counting counts the appends that were refused.
type counting struct {
	host.Log
	moved *atomic.Int64
}

func (c counting) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	err := c.Log.Append(ctx, product, after, events)
	if errors.Is(err, host.ErrMoved) {
		c.moved.Add(1)
	}
	return err
}

var otto = backlog.As("Otto", backlog.ProductOwner).WithRole(backlog.Developer, "")

// decision is one change of a product, or several at once, and what became of it.
type decision struct {
	product     string
	correlation string // of its events
	events      int
	ended       time.Duration // since the load began
	took        time.Duration // until it was acknowledged
	err         error
}

// write makes decisions until the context is done.
func (n *node) write(ctx context.Context, who string, products int, began time.Time) (made []decision) {
	random := rand.New(rand.NewPCG(uint64(len(made)), uint64(time.Now().UnixNano())))
	whole := context.WithoutCancel(ctx) // what was begun is ended
	for ctx.Err() == nil {
		d := decision{product: productName(random.IntN(products)), correlation: fmt.Sprintf("%s-%d", who, len(made))}
		start := time.Now()
		events, err := n.products.Update(whole, d.product, otto, start, backlog.DecideOptions{Correlation: d.correlation},
			func(v *backlog.View) ([]backlog.Change, error) { return choose(random, v, d.correlation), nil })
		acknowledged := time.Now()
		d.ended, d.took, d.err, d.events = acknowledged.Sub(began), acknowledged.Sub(start), err, len(events)
		made = append(made, d)
	}
	return made
}

func productName(i int) string { return fmt.Sprintf("product-%03d", i) }

// watch returns how long after they were acknowledged the host's own replica had decisions of one person on a product that
// nobody else changes.
func (n *node) watch(ctx context.Context, product string) (behind []time.Duration, err error) {
	for ctx.Err() == nil {
		story := backlog.AddStory{Story: story.Story{ID: story.ID(uuid.New()), Title: "A story that is waited for"}}
		events, err := n.products.Execute(context.WithoutCancel(ctx), product, []backlog.Change{story}, otto, time.Now(), backlog.DecideOptions{})
		if err != nil {
			return behind, err
		}
		acknowledged := time.Now()
		if n.replica.Wait(ctx, product, events[0].Seq) == nil {
			behind = append(behind, time.Since(acknowledged))
		}
		_ = sleep(ctx, 100*time.Millisecond)
	}
	return behind, nil
}

// choose returns a story to add; one in four times, with it, an estimate and the first place: all three or none.
// One in four times it is a move of what is there.
func choose(random *rand.Rand, v *backlog.View, title string) []backlog.Change {
	var last story.ID
	for s := range v.Stories() {
		last = s.ID
		break
	}
	added := story.Story{ID: story.ID(uuid.New()), Title: "Story " + title}
	switch kind := random.IntN(4); {
	case kind == 0 && v.Len() > 1:
		return []backlog.Change{backlog.MoveStories{Stories: []story.ID{last}, To: backlog.Last()}}
	case kind == 1:
		return []backlog.Change{
			backlog.AddStory{Story: added},
			backlog.EstimateStory{Story: added.ID, Estimate: story.Points(3)},
			backlog.MoveStories{Stories: []story.ID{added.ID}, To: backlog.First()},
		}
	}
	return []backlog.Change{backlog.AddStory{Story: added}}
}
