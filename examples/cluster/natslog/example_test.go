package natslog_test

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/cluster/natslog"
)

// What a host of a cluster does. It needs three servers, so it is compiled and not run.
func Example() {
	ctx, changes := context.Background(), []backlog.Change{}
	person := backlog.As("Otto", backlog.ProductOwner)
	check := func(err error) {
		if err != nil {
			panic(err)
		}
	}

	conn, err := nats.Connect("nats://a:4222,nats://b:4222,nats://c:4222", nats.MaxReconnects(-1), nats.ReconnectBufSize(-1))
	check(err)
	log, err := natslog.Open(ctx, conn, natslog.Options{}) // a stream of three replicas, a subject for each product
	check(err)
	snapshots, err := log.Snapshots(ctx)
	check(err)
	products := host.New(log, host.Options{Snapshots: snapshots})
	events, err := products.Execute(ctx, "shop", changes, person, time.Now(), backlog.DecideOptions{})
	check(err)
	replica := natslog.NewReplica(nil) // reads without asking a server
	go func() { check(replica.Follow(ctx, log)) }()
	check(replica.Wait(ctx, "shop", events[len(events)-1].Seq))
	check(replica.View("shop", func(v *backlog.View) error { _, err := fmt.Println(v.Len()); return err }))
}
