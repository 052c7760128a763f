// Command playground makes a static page on which every method of backlogkit can be tried in a browser tab: the library,
// compiled to WebAssembly, runs in the page, and nothing that is put into it leaves it.
//
//	go run .                         # builds the page and serves it on http://127.0.0.1:8081
//	go run . -addr 127.0.0.1:9000
//	go run . -out site               # writes it as files for any web server, and prints their sizes
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintln(os.Stderr, "playground:", err)
		if errors.Is(err, errUsage) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

// errUsage is what is wrong with the arguments.
var errUsage = errors.New("see -help")

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("playground", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:8081", "serve on `HOST:PORT`")
	out := flags.String("out", "", "write the page into this `FOLDER`, and serve nothing")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w; %w", err, errUsage)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; %w", flags.Arg(0), errUsage)
	}
	var listener net.Listener
	if *out == "" { // a port that is taken is not worth a build
		var err error
		if listener, err = net.Listen("tcp", *addr); err != nil {
			return err
		}
		defer func() { _ = listener.Close() }()
	}
	pages, err := build(ctx)
	if err != nil {
		return err
	}
	if *out != "" {
		return pages.write(*out, stdout)
	}
	server := &http.Server{Handler: pages, ReadHeaderTimeout: 10 * time.Second}
	_, _ = fmt.Fprintf(stdout, "http://%s\n", listener.Addr())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return server.Shutdown(last)
	}
}
