package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/cluster/natslog"
	"github.com/backlogkit/backlogkit/examples/cluster/servers"
)

// held is what somebody has of all products.
type held struct {
	who       string
	messages  int
	events    int
	snapshots map[string][]byte // by product
	sum       string            // of all of them
	ids       map[string]int    // how many events there are of each decision; nil for a host
	bytes     int               // of the stream, on a disk
	took      time.Duration     // to read and replay it
}

// copies returns what each server holds, asked alone while it is cut off from the others, and what each host holds that
// has followed.
func (d *demo) copies(ctx context.Context) ([]held, error) {
	var copies []held
	var last held
	seqs := map[string]uint64{}
	for i := range servers.Size {
		d.cluster.Isolate(i)
		one, err := d.ask(ctx, i, seqs)
		d.cluster.Mend(i)
		if err != nil {
			return nil, fmt.Errorf("server %s: %w", d.cluster.Name(i), err)
		}
		copies, last = append(copies, one), one
	}
	for i, n := range d.nodes {
		for product, seq := range seqs {
			if err := n.replica.Wait(ctx, product, seq); err != nil {
				return nil, fmt.Errorf("host %d: %w", i+1, err)
			}
		}
		one, err := snapshots(fmt.Sprintf("host %d", i+1), n.replica.Replica)
		if err != nil {
			return nil, err
		}
		one.messages, one.events = last.messages, last.events
		copies = append(copies, one)
	}
	return copies, nil
}

// ask replays what a server holds, and keeps the last event of each product in seqs.
func (d *demo) ask(ctx context.Context, i int, seqs map[string]uint64) (held, error) {
	conn, err := d.cluster.ConnectAlone(i)
	if err != nil {
		return held{}, err
	}
	defer conn.Close()
	log, err := natslog.New(conn, natslog.Options{})
	if err != nil {
		return held{}, err
	}
	began := time.Now()
	replica, ids := host.NewReplica(nil), map[string]int{}
	messages, all := 0, 0
	err = log.Held(ctx, func(product string, events []backlog.Event, _ uint64) error {
		messages, all = messages+1, all+len(events)
		for _, event := range events {
			ids[event.Correlation]++
			seqs[product] = event.Seq
		}
		return replica.Apply(product, events...)
	})
	one, snapErr := snapshots("server "+d.cluster.Name(i), replica)
	one.messages, one.events, one.ids, one.took = messages, all, ids, time.Since(began)
	return one, errors.Join(err, snapErr)
}

func snapshots(who string, r *host.Replica) (held, error) {
	h, sum := held{who: who, snapshots: map[string][]byte{}}, sha256.New()
	for product := range r.Products() {
		err := r.View(product, func(v *backlog.View) error {
			data, err := v.Snapshot()
			h.snapshots[product] = data
			_, _ = fmt.Fprintf(sum, "%q %d\n%s\n", product, len(data), data)
			return err
		})
		if err != nil {
			return held{}, err
		}
	}
	h.sum = hex.EncodeToString(sum.Sum(nil))
	return h, nil
}

// equals reports whether two have the same, byte for byte.
func (h held) equals(other held) bool {
	if len(h.snapshots) != len(other.snapshots) {
		return false
	}
	for product, data := range h.snapshots {
		if !bytes.Equal(data, other.snapshots[product]) {
			return false
		}
	}
	return true
}
