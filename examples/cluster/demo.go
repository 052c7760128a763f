package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/backlogkit/backlogkit/examples/cluster/servers"
)

// stream is the name of the log's.
const stream = "BACKLOG"

// demo is one run.
type demo struct {
	settings settings
	out      io.Writer
	cluster  *servers.Cluster
	nodes    [servers.Size]*node

	began     time.Time // of the load
	marks     []mark
	decisions []decision
	cpu       time.Duration   // of this process, during the load; 0 where servers are processes of their own
	behind    []time.Duration // by how much a host's own replica is behind what it was told
}

// mark is something that happened to the cluster.
type mark struct {
	at   time.Duration // since the load began
	what string
}

func newDemo(ctx context.Context, s settings, dir string, out io.Writer) (*demo, error) {
	cluster, err := servers.Start(ctx, servers.Options{Dir: dir, Processes: s.processes, NoSync: s.noSync})
	if err != nil {
		return nil, err
	}
	d := &demo{settings: s, out: out, cluster: cluster}
	for i := range d.nodes {
		conn, err := cluster.Connect(i)
		if err == nil {
			d.nodes[i], err = newNode(ctx, conn)
		}
		if err != nil {
			return nil, errors.Join(err, d.close())
		}
	}
	return d, nil
}

func (d *demo) close() error {
	for _, n := range d.nodes {
		if n != nil {
			n.conn.Close()
		}
	}
	return d.cluster.Stop()
}

// printf prints a line at once: the run takes a while. An error of standard output ends nothing.
func (d *demo) printf(format string, args ...any) { _, _ = fmt.Fprintf(d.out, format, args...) }

// mark writes down what happened, and prints it.
func (d *demo) mark(format string, args ...any) {
	m := mark{time.Since(d.began), fmt.Sprintf(format, args...)}
	d.marks = append(d.marks, m)
	d.printf("  %5.1f s  %s\n", m.at.Seconds(), m.what)
}

// show runs the load, breaks the cluster meanwhile, and reports.
func (d *demo) show(ctx context.Context) error {
	where := "in this process"
	if d.settings.processes {
		where = "in processes of their own"
	}
	d.printf("Three servers %s keep one stream, each the whole of it. %d products, a subject each.\n", where, d.settings.products)
	d.printf("Three hosts decide on all products, %d people at once, and each follows the stream.\n\nWhat happened\n", d.settings.writers)

	following, stop := context.WithCancel(ctx)
	defer stop()
	var followers sync.WaitGroup
	errs := make([]error, len(d.nodes))
	for i, n := range d.nodes {
		followers.Go(func() { errs[i] = n.replica.Follow(following, n.log) })
	}
	err := d.load(ctx)
	if err != nil {
		return err
	}
	patient, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	state, err := d.cluster.Settle(patient, d.nodes[0].conn, stream)
	if err != nil {
		return err
	}
	copies, err := d.copies(patient)
	stop()
	followers.Wait()
	for i := range errs {
		if errs[i] != nil && !errors.Is(errs[i], context.Canceled) {
			err = errors.Join(err, fmt.Errorf("host %d stopped to follow: %w", i+1, errs[i]))
		}
	}
	if err != nil {
		return err
	}
	if d.settings.picture != "" {
		if err := os.WriteFile(d.settings.picture, []byte(d.picture()), 0o644); err != nil {
			return err
		}
	}
	copies[0].bytes = int(state.Bytes)
	return d.report(copies)
}

// load has people make decisions, and meanwhile kills the server that leads and starts it again.
func (d *demo) load(ctx context.Context) error {
	first, err := d.leader(ctx, "")
	if err != nil {
		return err
	}
	loading, stop := context.WithCancel(ctx)
	defer stop()
	d.began = time.Now()
	before := processor()
	d.mark("server %s leads the stream; the load begins", first)
	made := make([][]decision, d.settings.writers)
	var writers sync.WaitGroup
	for i := range made {
		n := d.nodes[i%len(d.nodes)]
		writers.Go(func() { made[i] = n.write(loading, fmt.Sprintf("person-%d", i), d.settings.products, d.began) })
	}
	var failed error
	writers.Go(func() { d.behind, failed = d.nodes[0].watch(loading, "watched") })
	err = d.breakIt(ctx, first)
	d.mark("the load ends")
	stop()
	writers.Wait()
	d.decisions = slices.Concat(made...)
	if !d.settings.processes {
		d.cpu = processor() - before
	}
	return errors.Join(err, failed)
}

func (d *demo) breakIt(ctx context.Context, first string) error {
	if d.settings.noKill {
		return sleep(ctx, d.settings.phase)
	}
	if err := sleep(ctx, d.settings.phase); err != nil {
		return err
	}
	victim := d.cluster.Index(first)
	d.mark("server %s is killed", first)
	killed := time.Now()
	if err := d.cluster.Kill(victim); err != nil {
		return err
	}
	second, err := d.leader(ctx, first)
	if err != nil {
		return err
	}
	d.mark("server %s leads the stream", second)
	if err := sleep(ctx, max(2*d.settings.phase, 12*time.Second)-time.Since(killed)); err != nil {
		return err
	}
	d.mark("server %s starts again", first)
	if err := d.cluster.Restart(victim); err != nil {
		return err
	}
	return sleep(ctx, d.settings.phase)
}

// leader waits until a server leads the stream that is not the one named, and returns its name.
func (d *demo) leader(ctx context.Context, not string) (string, error) {
	patient, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		for _, n := range d.nodes {
			attempt, stop := context.WithTimeout(patient, 300*time.Millisecond)
			name, err := servers.Leader(attempt, n.conn, stream)
			stop()
			if err == nil && name != not {
				return name, nil
			}
		}
		if err := sleep(patient, 50*time.Millisecond); err != nil {
			return "", fmt.Errorf("no server leads the stream: %w", err)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// processor returns how long this process has used one.
func processor() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
