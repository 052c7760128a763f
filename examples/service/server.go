package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/service/store"
)

// server answers requests for the products of a store.
type server struct {
	store    *store.Store
	products *host.Products
	hub      *hub
	log      *slog.Logger
	metrics  *metrics
	limits   limits
	callers  *buckets // by person
	networks *buckets // by network address, of those who are not signed in
	imports  *slots   // by person
	now      func() time.Time
	closing  <-chan struct{} // closed when the server is to stop
	// description returns the OpenAPI document, made once.
	description func() ([]byte, error)
}

// newServer returns a server that ends its streams when ctx is done.
func newServer(ctx context.Context, db *store.Store, log *slog.Logger, limits limits) *server {
	s := &server{
		store: db, log: log, limits: limits, now: time.Now, closing: ctx.Done(),
		callers: newBuckets(limits.CallsPerSecond), networks: newBuckets(limits.StrangersPerSecond),
		imports: newSlots(limits.Imports),
	}
	s.description = sync.OnceValues(func() ([]byte, error) { return describeRoutes(routes()) })
	s.hub = newHub(db.Heads)
	s.metrics = newMetrics(s)
	s.products = host.New(wakingLog{db, s.hub}, host.Options{
		Snapshots: db, Cache: limits.Cache,
		SnapshotFailed: func(product string, err error) { log.Error("snapshot", "product", product, "error", err) },
	})
	return s
}

// wakingLog tells the hub of what was appended.
type wakingLog struct {
	*store.Store
	hub *hub
}

func (l wakingLog) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	err := l.Store.Append(ctx, product, after, events)
	if err == nil && len(events) > 0 {
		l.hub.moved(product, after+uint64(len(events)))
	}
	return err
}

// handler returns the whole service.
func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range routes() {
		mux.Handle(route.method+" "+route.path, s.serveRoute(route))
	}
	mux.HandleFunc("GET /healthz", s.health)
	mux.Handle("GET /metrics", s.metrics.handler())
	mux.Handle("/mcp", s.agents())
	s.addPages(mux)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, errNoSuchPlace) })
	// A browser sends the cookie of a session along with whatever another site makes it ask; such requests are
	// refused by the headers that browsers add.
	return s.observe(mux, http.NewCrossOriginProtection().Handler(mux))
}

func (s *server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.store.Ping(ctx); err != nil {
		s.log.Error("health", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

type contextKey string

const requestID contextKey = "request"

// observe gives each request an id and the headers of every answer, and logs and counts it.
func (s *server) observe(mux *http.ServeMux, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := s.now()
		id := rand.Text()[:12]
		r = r.WithContext(context.WithValue(r.Context(), requestID, id))
		header := w.Header()
		header.Set("X-Request-Id", id)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
			"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		header.Set("Cache-Control", "no-store")
		most := s.limits.BodyBytes
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/import") {
			most = importBytes
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		seen := &status{ResponseWriter: w}
		defer func() {
			if seen.code == 0 {
				seen.code = http.StatusOK
			}
			// The pattern and not the path: paths are the caller's, and without end.
			_, pattern := mux.Handler(r)
			took := s.now().Sub(begun)
			s.metrics.request(pattern, seen.code, took)
			s.log.Info("request", "id", id, "method", r.Method, "path", r.URL.Path, "status", seen.code, "ms", took.Milliseconds())
		}()
		next.ServeHTTP(seen, r)
	})
}

// status remembers the status of an answer.
type status struct {
	http.ResponseWriter
	code int
}

func (w *status) WriteHeader(code int) {
	if w.code == 0 {
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

func (w *status) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush is for streams that look for it.
func (w *status) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

const cookieName = "session"

// caller returns who makes a request, and the token that shows it. The token comes as a bearer token or
// in the cookie of a session: no name that a request states counts.
func (s *server) caller(r *http.Request) (person, token string, err error) {
	token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !isBearer {
		cookie, err := r.Cookie(cookieName)
		if err != nil {
			return "", "", errStranger
		}
		token = cookie.Value
	}
	if person, err = s.store.Person(r.Context(), token, s.now()); errors.Is(err, store.ErrNoToken) {
		err = errStranger
	}
	if err == nil && !s.callers.allow(person, s.now()) {
		err = errTooMany
	}
	return person, token, err
}

// strangerMay counts a request of somebody who is not signed in, and reports whether it may be made.
func (s *server) strangerMay(r *http.Request) bool {
	address, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && s.networks.allow(address, s.now())
}

// view calls read with a product that the person has part in. To others it is not there.
func (s *server) view(ctx context.Context, product, person string, read func(*backlog.View) error) error {
	return s.products.View(ctx, product, func(v *backlog.View) error {
		if !isMember(v, person) {
			return errNoSuchProduct
		}
		return read(v)
	})
}

// isMember reports whether somebody holds a role or a permission on record.
func isMember(v *backlog.View, person string) bool {
	p, ok := v.Person(person)
	return ok && len(p.Roles)+len(p.Mandates) > 0
}

// execute makes changes as a person, with the roles that the product has on record for them and no others.
func (s *server) execute(ctx context.Context, product, person string, changes []backlog.Change, options backlog.DecideOptions) ([]backlog.Event, error) {
	if err := s.view(ctx, product, person, func(*backlog.View) error { return nil }); err != nil {
		return nil, err
	}
	if options.Correlation == "" {
		options.Correlation, _ = ctx.Value(requestID).(string)
	}
	return s.products.Execute(ctx, product, changes, backlog.Actor{Name: person}, s.now(), options)
}
