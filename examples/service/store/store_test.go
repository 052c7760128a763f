package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
	"github.com/backlogkit/backlogkit/examples/service/store"
	"github.com/backlogkit/backlogkit/examples/service/store/storetest"
	"github.com/backlogkit/backlogkit/story"
)

func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }

var (
	at   = time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)
	otto = backlog.As("Otto", backlog.ProductOwner)
)

// reopener is a store that the laws of a log close and open again.
type reopener struct {
	*store.Store
	place string
}

func (r reopener) Reopen() (host.Log, error) {
	if err := r.Close(); err != nil {
		return nil, err
	}
	again, err := store.Open(context.Background(), r.place)
	return reopener{again, r.place}, err
}

func open(t *testing.T, place string) *store.Store {
	s, err := store.Open(context.Background(), place)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// onEach runs a test on SQLite and on PostgreSQL; place returns that of a new database.
func onEach(t *testing.T, test func(t *testing.T, place func(t *testing.T) string)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, func(t *testing.T) string { return filepath.Join(t.TempDir(), "a % ? # name.db") })
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, func(t *testing.T) string { return storetest.Postgres(t) })
	})
}

func TestLaws(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		hosttest.TestLog(t, func(t *testing.T) host.Log {
			where := place(t)
			return reopener{open(t, where), where}
		})
	})
}

func add() []backlog.Change {
	return []backlog.Change{backlog.AddStory{Story: story.Story{ID: story.ID(uuid.New()), Title: "Pay with a card"}}}
}

// Two servers, each with a connection and a cache of its own, add at once: all is there, once.
func TestTwoServers(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		const writers, each = 4, 25
		where, ctx := place(t), context.Background()
		var group sync.WaitGroup
		for range writers {
			products := host.New(open(t, where), host.Options{Retries: 1000})
			group.Go(func() {
				for range each {
					if _, err := products.Execute(ctx, "shop", add(), otto, at, backlog.DecideOptions{}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		s := open(t, where)
		require.NoError(t, host.New(s, host.Options{}).View(ctx, "shop", func(v *backlog.View) error {
			require.Equal(t, writers*each, v.Len())
			return nil
		}))
		heads, err := s.Heads(ctx, []string{"shop", "none"})
		require.NoError(t, err)
		require.Equal(t, map[string]uint64{"shop": writers * each}, heads)
	})
}

// A request that is made twice at once happens once, and one with the same key that is another is refused.
func TestRequestOnce(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		where, ctx := place(t), context.Background()
		options := backlog.DecideOptions{Correlation: store.Correlation("Otto", "key", []byte("body"))}
		var group sync.WaitGroup
		for range 4 {
			products := host.New(open(t, where), host.Options{Retries: 1000})
			group.Go(func() {
				_, err := products.Execute(ctx, "shop", append(add(), add()...), otto, at, options)
				if err != nil && !errors.Is(err, store.ErrRepeated) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		s := open(t, where)
		events, err := s.Request(ctx, "shop", options.Correlation)
		require.NoError(t, err)
		require.Len(t, events, 2)
		heads, err := s.Heads(ctx, []string{"shop"})
		require.NoError(t, err)
		require.Equal(t, uint64(2), heads["shop"])

		_, err = s.Request(ctx, "shop", store.Correlation("Otto", "key", []byte("other")))
		require.ErrorIs(t, err, store.ErrRepeated)
		events, err = s.Request(ctx, "shop", store.Correlation("Dana", "key", []byte("body")))
		require.NoError(t, err)
		require.Empty(t, events)
	})
}

func TestSnapshots(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		s, ctx := open(t, place(t)), context.Background()
		data, err := s.Load(ctx, "shop")
		require.NoError(t, err)
		require.Nil(t, data)
		require.NoError(t, s.Save(ctx, "shop", 5, []byte("five")))
		require.NoError(t, s.Save(ctx, "shop", 3, []byte("three"))) // from a slower server
		data, err = s.Load(ctx, "shop")
		require.NoError(t, err)
		require.Equal(t, "five", string(data))
	})
}

func TestTokens(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		s, ctx := open(t, place(t)), context.Background()
		token, err := s.Issue(ctx, "Otto", at, time.Hour)
		require.NoError(t, err)
		session, err := s.Derive(ctx, token, at, 24*time.Hour)
		require.NoError(t, err)
		nested, err := s.Derive(ctx, session, at, time.Minute)
		require.NoError(t, err)
		for _, valid := range []string{token, session, nested} {
			person, err := s.Person(ctx, valid, at)
			require.NoError(t, err)
			require.Equal(t, "Otto", person)
		}
		_, err = s.Person(ctx, session, at.Add(time.Hour)) // no longer than the token it is from
		require.ErrorIs(t, err, store.ErrNoToken)
		_, err = s.Derive(ctx, "nobody's", at, time.Hour)
		require.ErrorIs(t, err, store.ErrNoToken)

		require.NoError(t, s.Sweep(ctx, at.Add(2*time.Minute)))
		_, err = s.Person(ctx, nested, at)
		require.ErrorIs(t, err, store.ErrNoToken)
		require.NoError(t, s.Revoke(ctx, token))
		_, err = s.Person(ctx, session, at)
		require.ErrorIs(t, err, store.ErrNoToken)
	})
}
