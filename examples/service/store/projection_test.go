package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/host/hosttest"
	"github.com/backlogkit/backlogkit/examples/service/store"
	"github.com/backlogkit/backlogkit/story"
)

// projecting is a store with the projection that the laws of a log close and open again.
type projecting struct{ reopener }

func (p projecting) Reopen() (host.Log, error) {
	again, err := p.reopener.Reopen()
	if err != nil {
		return nil, err
	}
	next := projecting{again.(reopener)}
	next.Project()
	return next, nil
}

func openProjecting(t *testing.T, where string) *store.Store {
	s := open(t, where)
	s.Project()
	require.NoError(t, s.CatchUp(context.Background()))
	return s
}

func TestLawsWithProjection(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		hosttest.TestLog(t, func(t *testing.T) host.Log {
			where := place(t)
			return projecting{reopener{openProjecting(t, where), where}}
		})
	})
}

// row is what a reader of SQL sees of a story.
type row struct{ Story, Rank, Title, Status, Team, Points, Assignee string }

// readSQL opens the database without the library's store.
func readSQL(t *testing.T, where string) *sql.DB {
	driver := "sqlite"
	if strings.HasPrefix(where, "postgres:") {
		driver = "pgx"
	} else {
		where = "file:" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(where) + "?_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open(driver, where)
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func storiesOf(t *testing.T, db *sql.DB, product string) []row {
	found, err := db.Query(`SELECT story, rank, title, status, team, coalesce(CAST(points AS TEXT), ''), assignee FROM stories
		WHERE product = $1 ORDER BY rank`, product)
	require.NoError(t, err)
	defer func() { _ = found.Close() }()
	rows := []row{}
	for found.Next() {
		var r row
		require.NoError(t, found.Scan(&r.Story, &r.Rank, &r.Title, &r.Status, &r.Team, &r.Points, &r.Assignee))
		rows = append(rows, r)
	}
	require.NoError(t, found.Err())
	return rows
}

// requireProjected wants the table to be the backlog: the same stories in the same order.
func requireProjected(t *testing.T, db *sql.DB, products *host.Products, product string) {
	t.Helper()
	require.NoError(t, products.View(context.Background(), product, func(v *backlog.View) error {
		rows, i := storiesOf(t, db, product), 0
		require.Len(t, rows, v.Len())
		for one := range v.Stories() {
			points := ""
			if d, ok := one.Estimate.Points(); ok {
				points = d.String()
			}
			want := row{one.ID.String(), rows[i].Rank, strings.ReplaceAll(one.Title, "\x00", "\ufffd"), string(one.Status), string(one.Team), points, one.Details.Value().Assignee}
			require.Equal(t, want, rows[i])
			if i > 0 {
				require.Less(t, rows[i-1].Rank, rows[i].Rank)
			}
			i++
		}
		return nil
	}))
}

// Whatever happens to a product, through two servers in turn, one of them new now and then: the table is what the backlog is.
func TestProjectionIsTheBacklog(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		where, ctx, rng := place(t), context.Background(), rand.New(rand.NewPCG(17, 1))
		db := readSQL(t, where)
		var hosts []*host.Products
		for range 2 {
			hosts = append(hosts, host.New(openProjecting(t, where), host.Options{}))
		}
		dana, made := backlog.As("Dana", backlog.Developer), 0
		for step := range 150 {
			if step%40 == 39 {
				hosts[rng.IntN(2)] = host.New(openProjecting(t, where), host.Options{})
			}
			products, by := hosts[rng.IntN(2)], otto
			_, err := products.Update(ctx, "shop", by, at, backlog.DecideOptions{}, func(v *backlog.View) ([]backlog.Change, error) {
				pick := func() story.Story {
					one, _ := v.StoryAt(rng.IntN(v.Len()))
					return one
				}
				if v.Len() < 5 || rng.IntN(4) == 0 {
					made++
					title := fmt.Sprintf(`Story %d "%s" ü`, made, strings.Repeat("x", rng.IntN(3)))
					return []backlog.Change{backlog.AddStory{Story: story.Story{ID: story.ID(uuid.New()), Title: title}}}, nil
				}
				one, other := pick(), pick()
				switch rng.IntN(4) {
				case 0:
					return []backlog.Change{backlog.MoveStories{Stories: []story.ID{one.ID}, To: backlog.First()}}, nil
				case 1:
					return []backlog.Change{backlog.MoveStories{Stories: []story.ID{one.ID}, To: backlog.After(other.ID)}}, nil
				case 2:
					return []backlog.Change{backlog.AssignStoryTeam{Story: one.ID, Team: story.Team(fmt.Sprintf("team-%d", rng.IntN(3)))}}, nil
				}
				return []backlog.Change{backlog.DropStory{Story: one.ID, Reason: "no"}}, nil
			})
			_ = err               // some are refused, such as dropping what is dropped
			if rng.IntN(5) == 0 { // takes a story away, or brings one back
				var last uint64
				require.NoError(t, products.View(ctx, "shop", func(v *backlog.View) error { last = v.Seq(); return nil }))
				_, _ = products.Revert(ctx, "shop", last, by, at, backlog.DecideOptions{})
			}
			if step%3 == 0 {
				_, _ = products.Update(ctx, "shop", dana, at, backlog.DecideOptions{}, func(v *backlog.View) ([]backlog.Change, error) {
					one, _ := v.StoryAt(rng.IntN(v.Len()))
					return []backlog.Change{backlog.EstimateStory{Story: one.ID, Estimate: story.DecimalPoints(decimal.New(rng.Int64N(80), -1))}}, nil
				})
			}
			requireProjected(t, db, products, "shop")
		}
		require.Greater(t, made, 20)
		before := storiesOf(t, db, "shop")
		_, err := hosts[0].Execute(ctx, "shop", []backlog.Change{backlog.MoveStories{Stories: []story.ID{mustID(t, before[len(before)-1].Story)}, To: backlog.First()}}, otto, at, backlog.DecideOptions{})
		require.NoError(t, err)
		ranks, changed := map[string]string{}, 0
		for _, r := range before {
			ranks[r.Story] = r.Rank
		}
		for _, r := range storiesOf(t, db, "shop") {
			if ranks[r.Story] != r.Rank {
				changed++
			}
		}
		require.Equal(t, 1, changed, "a story that moves gets another rank, and the others keep theirs")
	})
}

func mustID(t *testing.T, text string) story.ID {
	id, err := story.ParseID(text)
	require.NoError(t, err)
	return id
}

// What a server without the projection appended is caught up with by the next change, and by Project.
func TestProjectionCatchesUp(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		where, ctx := place(t), context.Background()
		db, plain := readSQL(t, where), host.New(open(t, where), host.Options{})
		change := func(products *host.Products, product string) {
			_, err := products.Execute(ctx, product, add(), otto, at, backlog.DecideOptions{})
			require.NoError(t, err)
		}
		change(plain, "shop")
		change(plain, `a "\ product`)
		require.Empty(t, storiesOf(t, db, "shop"))
		projecting := host.New(openProjecting(t, where), host.Options{})
		requireProjected(t, db, plain, "shop")
		require.Len(t, storiesOf(t, db, `a "\\ product`), 1)
		change(plain, "shop")
		require.Len(t, storiesOf(t, db, "shop"), 1)
		change(projecting, "shop")
		require.Len(t, storiesOf(t, db, "shop"), 3)
		_, err := db.Exec(`UPDATE stories SET rank = 'not a rank!' WHERE product = 'shop'`)
		require.NoError(t, err)
		change(plain, "shop")
		change(host.New(openProjecting(t, where), host.Options{}), "shop")
		requireProjected(t, db, plain, "shop")
	})
}

// Rows and events are of one transaction: without the one there is not the other, and writers at once lose nothing.
func TestProjectionIsOneTransaction(t *testing.T) {
	onEach(t, func(t *testing.T, place func(t *testing.T) string) {
		where, ctx := place(t), context.Background()
		db := readSQL(t, where)
		var group sync.WaitGroup
		for range 3 {
			products := host.New(openProjecting(t, where), host.Options{Retries: 1000})
			group.Go(func() {
				for range 10 {
					if _, err := products.Execute(ctx, "shop", add(), otto, at, backlog.DecideOptions{}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		catching := openProjecting(t, where)
		group.Go(func() {
			for range 20 {
				if err := catching.CatchUp(ctx); err != nil {
					t.Error(err)
				}
			}
		})
		group.Wait()
		s := openProjecting(t, where)
		products := host.New(s, host.Options{})
		requireProjected(t, db, products, "shop")
		_, err := db.Exec(`ALTER TABLE stories RENAME TO elsewhere`)
		require.NoError(t, err)
		_, err = products.Execute(ctx, "shop", add(), otto, at, backlog.DecideOptions{})
		require.Error(t, err)
		heads, err := s.Heads(ctx, []string{"shop"})
		require.NoError(t, err)
		require.Equal(t, uint64(30), heads["shop"])
	})
}
