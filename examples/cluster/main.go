// Command cluster keeps product backlogs in a cluster of NATS servers, kills the one that leads under load, and shows
// what was acknowledged, what every replica holds, and how long it took. It exits with 1 if anything was lost.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/backlogkit/backlogkit/examples/cluster/servers"
)

func main() {
	servers.Main()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

// errUsage is what is wrong with the arguments.
var errUsage = errors.New("see -help")

// settings are the flags.
type settings struct {
	processes bool
	noSync    bool
	noKill    bool
	products  int
	writers   int
	phase     time.Duration
	picture   string
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	var s settings
	flags := flag.NewFlagSet("cluster", flag.ContinueOnError)
	flags.BoolVar(&s.processes, "processes", false, "run each server in a process of its own, and kill that with SIGKILL")
	flags.BoolVar(&s.noSync, "nosync", false, "acknowledge before the disk has it: faster, and a power cut of two servers loses")
	flags.BoolVar(&s.noKill, "nokill", false, "kill nobody: for the throughput")
	flags.IntVar(&s.products, "products", 24, "how many products there are")
	flags.IntVar(&s.writers, "writers", 24, "how many people change them at once")
	flags.DurationVar(&s.phase, "phase", 6*time.Second, "how long the load lasts before the kill and after the return; it is twice as long in between, and at least 12s")
	flags.StringVar(&s.picture, "svg", "", "write a picture of the run to this `file`")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w; %w", err, errUsage)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected %q: there are only flags; %w", flags.Arg(0), errUsage)
	}
	if s.products < 1 || s.writers < 1 || s.phase <= 0 {
		return fmt.Errorf("-products, -writers and -phase have to be above 0; %w", errUsage)
	}
	dir, err := os.MkdirTemp("", "backlog-cluster")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d, err := newDemo(ctx, s, dir, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	return d.show(ctx)
}
