// Command service keeps product backlogs in a database and shows them in the browser.
//
//	go run .                                    # http://127.0.0.1:8080, in the file backlog.db
//	go run . -db postgres://user@host/database  # on PostgreSQL; any number of servers may share it
//	go run . -import export.csv                 # what a tracker exported becomes the product export
//	go run . -projection                        # keeps the stories as rows of a table too, for readers who have SQL
//	go run . -issue Ana                         # prints a token for Ana, with which she signs in
//	go run . -revoke Ana                        # ends all of Ana's tokens and sessions
//
// An empty database gets a demo product, with people whom the first page names.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/examples/service/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "service:", err)
		os.Exit(codeOf(err))
	}
}

// errUsage is what is wrong with the arguments.
var errUsage = errors.New("see -help")

// codeOf returns the exit code: 2 for arguments and files that cannot be read, 1 for what went wrong later.
func codeOf(err error) int {
	var refused *problem
	if errors.Is(err, errUsage) || errors.Is(err, fs.ErrNotExist) || errors.As(err, &refused) {
		return 2
	}
	return 1
}

const tokenLife = 90 * 24 * time.Hour

func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("service", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:8080", "serve on `HOST:PORT`")
	place := flags.String("db", "backlog.db", "keep everything in this `FILE`, or on a PostgreSQL server (postgres://…)")
	file := flags.String("import", "", "bring in what a tracker exported to this `FILE`, as a product called after it")
	project := flags.Bool("projection", false, "keep the stories as rows of a table, with ranks, for readers who have SQL")
	issue := flags.String("issue", "", "print a new token for this `PERSON` and end")
	revoke := flags.String("revoke", "", "end all tokens of this `PERSON` and end")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w; %w", err, errUsage)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; %w", flags.Arg(0), errUsage)
	}
	db, err := store.Open(ctx, *place)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	switch {
	case *revoke != "":
		return db.RevokeAll(ctx, *revoke)
	case *issue != "":
		if err := backlog.As(*issue).Validate(); err != nil || *issue == founder.Name {
			return fmt.Errorf("%q cannot be the name of a person; %w", *issue, errUsage)
		}
		token, err := db.Issue(ctx, *issue, time.Now(), tokenLife)
		if err == nil {
			_, err = fmt.Fprintln(stdout, token)
		}
		return err
	}
	if *project {
		db.Project()
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	if address, ok := listener.Addr().(*net.TCPAddr); ok && !address.IP.IsLoopback() {
		log.Warn("whoever reaches this address can sign in as the people of the demo, while they have tokens; -revoke ends them", "address", address.String())
	}
	s := newServer(ctx, db, log, defaultLimits())
	if err = s.makeDemo(ctx); err == nil && *file != "" {
		var product, report string
		if product, report, err = s.importAtStart(ctx, *file); err == nil {
			log.Info("imported", "file", *file, "product", product)
			_, err = fmt.Fprintf(stderr, "%s\n", report)
		}
	}
	if err == nil {
		_, err = fmt.Fprintf(stdout, "http://%s\n", listener.Addr())
	}
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if *project {
		go func() {
			if err := db.CatchUp(ctx); err != nil && ctx.Err() == nil {
				log.Error("projection", "error", err)
			}
		}()
	}
	return s.serve(ctx, listener)
}

// shutdownTime is how long requests that are under way when the service ends may take.
const shutdownTime = 10 * time.Second

// serve answers until ctx is done. What is under way then is answered.
func (s *server) serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.handler(), ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: s.limits.Read, ReadTimeout: s.limits.Read, WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10,
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	go s.hub.run(background)
	go s.sweep(background)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.log.Info("stopping")
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	return server.Shutdown(patience)
}

// sweep forgets expired tokens once an hour.
func (s *server) sweep(ctx context.Context) {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	for {
		if err := s.store.Sweep(ctx, s.now()); err != nil && ctx.Err() == nil {
			s.log.Error("sweep", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
