package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/examples/service/store/storetest"
	"github.com/backlogkit/backlogkit/story"
)

var (
	loadProducts = flag.Int("load.products", 200, "`PRODUCTS` of ten events each")
	loadRequests = flag.Int("load.requests", 200, "`REQUESTS` of each kind")
	loadProject  = flag.Bool("load.projection", false, "keep the projection too")
	loadClients  = flag.Int("load.clients", 4, "`CLIENTS` at once")
)

// TestLoad measures a service on PostgreSQL that has many products: changes of products that are mostly not in
// memory, of one that is, and a board of 500 stories. It sends a stated number of requests to itself, and checks that
// the memory it needs does not grow with the number of products.
func TestLoad(t *testing.T) {
	place := storetest.Postgres(t)
	const cache = 200
	s := start(t, place, func(l *limits) { l.CallsPerSecond, l.Cache = 1e6, cache })
	begun := time.Now()
	events := s.seed(t, place, *loadProducts)
	t.Logf("%d products, %d events, written in %v", *loadProducts, events, time.Since(begun).Round(time.Second))

	add := func(product string) (method, path string, body any) {
		return http.MethodPost, "/api/products/" + product + "/changes", changes("add_story", newStory("One more"))
	}
	random := func() string { return fmt.Sprintf("load-%d", rand.IntN(*loadProducts)+1) }
	if *loadProject {
		begun = time.Now()
		s.store.Project()
		require.NoError(t, s.store.CatchUp(context.Background()))
		t.Logf("projected in %v", time.Since(begun).Round(time.Millisecond))
	}
	before := heap()
	s.measure("a change of any product", func() (string, string, any) { return add(random()) })
	s.measure("a change of one product", func() (string, string, any) { return add("load-1") })
	s.measure("the board of 500 stories", func() (string, string, any) { return http.MethodGet, "/api/products/big/board?most=500", nil })
	s.measure("its page", func() (string, string, any) { return http.MethodGet, "/p/big/board", nil })
	after := heap()
	t.Logf("memory: %d MB before, %d MB after, with a cache of %d products", before>>20, after>>20, cache)
	require.Less(t, after, before+100<<20)
}

// seed writes products of ten events each, all alike, and one of 500 stories.
func (s *service) seed(t *testing.T, place string, products int) int {
	ctx, log := context.Background(), &host.MemoryLog{}
	pattern := host.New(log, host.Options{})
	do := func(by backlog.Actor, changes ...backlog.Change) {
		_, err := pattern.Execute(ctx, "pattern", changes, by, s.now(), backlog.DecideOptions{})
		require.NoError(t, err)
	}
	do(founder, backlog.GrantRole{Person: "Otto", Role: backlog.ProductOwner}, backlog.GrantRole{Person: "Dana", Role: backlog.Developer})
	for i := range 4 {
		one := story.Story{ID: story.ID(uuid.New()), Title: fmt.Sprintf("Story %d of the load", i)}
		do(backlog.Actor{Name: "Otto"}, backlog.AddStory{Story: one})
		do(backlog.Actor{Name: "Dana"}, backlog.EstimateStory{Story: one.ID, Estimate: story.DecimalPoints(decimal.NewFromInt(3))})
	}
	db, err := sql.Open("pgx", place)
	require.NoError(t, err)
	defer func() { _ = db.Close() }()
	n := 0
	for event, err := range log.Read(ctx, "pattern", 0) {
		require.NoError(t, err)
		data, err := json.Marshal(event)
		require.NoError(t, err)
		_, err = db.Exec(`INSERT INTO events (product, seq, data) SELECT 'load-' || i, $1, $2 FROM generate_series(1, $3) AS i`,
			event.Seq, string(data), products)
		require.NoError(t, err)
		n += products
	}
	_, err = db.Exec(`INSERT INTO members (person, product) SELECT 'Otto', 'load-' || i FROM generate_series(1, $1) AS i`, products)
	require.NoError(t, err)
	_, err = db.Exec(`ANALYZE`)
	require.NoError(t, err)

	require.Equal(t, http.StatusOK, s.ask("demo-otto", http.MethodPost, "/api/products", object{"product": "big"}).code)
	var many []any
	for i := range 500 {
		many = append(many, "add_story", newStory(fmt.Sprintf("Story %d of a large backlog", i)))
	}
	require.Equal(t, http.StatusOK, s.ask("demo-otto", http.MethodPost, "/api/products/big/changes", changes(many...)).code)
	return n
}

// measure sends requests from several clients and logs how long they took.
func (s *service) measure(what string, next func() (method, path string, body any)) {
	each := *loadRequests / *loadClients
	took := make([][]time.Duration, *loadClients)
	var group sync.WaitGroup
	begun := time.Now()
	for client := range took {
		group.Go(func() {
			for range each {
				method, path, body := next()
				sent := time.Now()
				if a := s.ask("demo-otto", method, path, body); a.code != http.StatusOK {
					s.t.Errorf("%s: %d %s", what, a.code, a.body)
					return
				}
				took[client] = append(took[client], time.Since(sent))
			}
		})
	}
	group.Wait()
	all := slices.Sorted(slices.Values(slices.Concat(took...)))
	if len(all) == 0 {
		return
	}
	share := func(p int) time.Duration { return all[min(len(all)*p/100, len(all)-1)].Round(100 * time.Microsecond) }
	s.t.Logf("%s: half within %v, 99 %% within %v, %.0f a second", what, share(50), share(99), float64(len(all))/time.Since(begun).Seconds())
}

// heap returns the memory that is in use after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
