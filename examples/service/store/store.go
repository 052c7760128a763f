// Package store keeps products in a SQL database: their events, snapshots to load them faster, who is in
// them, and the tokens by which people sign in. It is the log of a [host.Products], on SQLite and on
// PostgreSQL, and any number of servers may use one database.
package store

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
)

// ErrRepeated is returned by [Store.Append] for events of a request that the log has already, see
// [Store.Request].
var ErrRepeated = errors.New("store: the request was made already")

// Store is a database of products. Make one with [Open].
type Store struct {
	db *sql.DB
	dialect
	projection *projection // nil: there is none, see [Store.Project]
}

// dialect is what differs between databases.
type dialect struct {
	schema string
	// insert adds events of a product ($1) after a number ($2), given as a list of JSON ($3), for a request
	// ($4), under the condition that the last event of the product has that number.
	insert string
	// heads returns the number of the last event of each product in a list ($1).
	heads string
	// lock is what a SELECT ends with that keeps others from its rows.
	lock string
	// list makes the argument of a list of texts.
	list func(texts []string) (any, error)
	// taken returns the constraint that an error reports to be broken: "events" for a number, "requests" for
	// a request that is there.
	taken func(err error) string
}

//go:embed *.sql
var schemas embed.FS

// Open opens the database at a place, a file of SQLite or the address of a PostgreSQL server
// (postgres://…), and makes its tables if they are not there.
func Open(ctx context.Context, place string) (*Store, error) {
	open := openSQLite
	if strings.HasPrefix(place, "postgres://") || strings.HasPrefix(place, "postgresql://") {
		open = openPostgres
	}
	s, err := open(place)
	if err != nil {
		return nil, fmt.Errorf("store: open %s: %w", place, err)
	}
	schema, err := schemas.ReadFile(s.schema)
	if err == nil {
		_, err = s.db.ExecContext(ctx, string(schema))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", place, err), s.db.Close())
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// name returns a product's name as the tables have it: PostgreSQL stores no zero byte in a text.
func name(product string) string { return escape.Replace(product) }

var escape = strings.NewReplacer(`\`, `\\`, "\x00", `\0`)

// requestMark begins the correlation of an event that belongs to a request which is made once.
const requestMark = "once:"

// Append implements [host.Log]: one INSERT under the condition that the greatest number is after, and the
// primary key against writers at the same time.
func (s *Store) Append(ctx context.Context, product string, after uint64, events []backlog.Event) error {
	if len(events) == 0 {
		return ctx.Err()
	}
	texts := make([]string, len(events))
	for i, event := range events {
		data, err := json.Marshal(event)
		if err != nil {
			return err
		}
		texts[i] = string(data)
		if err := s.note(ctx, product, event.Change); err != nil {
			return err
		}
	}
	list, err := s.list(texts)
	if err != nil {
		return err
	}
	insert := func(db execer) error {
		return s.added(db.ExecContext(ctx, s.insert, name(product), after, list, requestOf(events[0].Correlation)))
	}
	if s.projection != nil {
		return s.appendProjected(ctx, product, after, events, insert)
	}
	return insert(s.db)
}

// added returns what became of an INSERT of events.
func (s *Store) added(result sql.Result, err error) error {
	if err != nil {
		switch s.taken(err) {
		case "events":
			return fmt.Errorf("%w: %w", host.ErrMoved, err)
		case "requests":
			return fmt.Errorf("%w: %w", ErrRepeated, err)
		}
		return err
	}
	if added, err := result.RowsAffected(); err != nil || added > 0 {
		return err
	}
	return fmt.Errorf("store: the log has other events by now: %w", host.ErrMoved)
}

// note keeps who may have a role in a product. It goes ahead of the event: somebody too many in the table is
// harmless, since the backlog is asked as well.
func (s *Store) note(ctx context.Context, product string, change backlog.Change) error {
	var person string
	switch c := change.(type) {
	case backlog.GrantRole:
		person = c.Person
	case backlog.Delegate:
		person = c.Person
	default:
		return nil
	}
	_, err := s.db.ExecContext(ctx,
		`INSERT INTO members (person, product) VALUES ($1, $2) ON CONFLICT DO NOTHING`, person, name(product))
	return err
}

// Read implements [host.Log].
func (s *Store) Read(ctx context.Context, product string, after uint64) iter.Seq2[backlog.Event, error] {
	return s.events(ctx, `SELECT data FROM events WHERE product = $1 AND seq > $2 ORDER BY seq`, name(product), after)
}

// ReadSome is Read of at most so many events.
func (s *Store) ReadSome(ctx context.Context, product string, after uint64, most int) iter.Seq2[backlog.Event, error] {
	return s.events(ctx, `SELECT data FROM events WHERE product = $1 AND seq > $2 ORDER BY seq LIMIT $3`, name(product), after, most)
}

func (s *Store) events(ctx context.Context, query string, args ...any) iter.Seq2[backlog.Event, error] {
	return func(yield func(backlog.Event, error) bool) {
		err := s.each(ctx, func(rows *sql.Rows) (bool, error) {
			var data []byte
			if err := rows.Scan(&data); err != nil {
				return false, err
			}
			event, err := backlog.DecodeEvent(data, nil)
			return err == nil && yield(event, nil), err
		}, query, args...)
		if err != nil {
			yield(backlog.Event{}, err)
		}
	}
}

// each calls read for each row of a query, until it returns false.
func (s *Store) each(ctx context.Context, read func(*sql.Rows) (bool, error), query string, args ...any) error {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if more, err := read(rows); err != nil || !more {
			return err
		}
	}
	return rows.Err()
}

// Request returns the events that a request made, of which [Correlation] made the correlation, or none. The
// log takes the events of a request once, whatever becomes of the answer to it. With the same key it may have
// been another request: [ErrRepeated].
func (s *Store) Request(ctx context.Context, product, correlation string) ([]backlog.Event, error) {
	var first uint64
	err := s.db.QueryRowContext(ctx, `SELECT seq FROM events WHERE product = $1 AND request = $2`,
		name(product), requestOf(correlation)).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var events []backlog.Event
	for event, err := range s.Read(ctx, product, first-1) {
		if err != nil {
			return nil, err
		}
		if event.Correlation != correlation {
			break
		}
		events = append(events, event)
	}
	if len(events) == 0 {
		return nil, ErrRepeated
	}
	return events, nil
}

// Correlation returns the correlation of the events of a request that is to be made once: by whom, which key
// it has, and what it is.
func Correlation(person, key string, body []byte) string {
	return requestMark + hash(person+"\x00"+key) + ":" + hash(string(body))
}

// requestOf returns the part of a correlation that comes once in a log, or nothing.
func requestOf(correlation string) (request sql.NullString) {
	if key, _, ok := strings.Cut(strings.TrimPrefix(correlation, requestMark), ":"); ok && strings.HasPrefix(correlation, requestMark) {
		request = sql.NullString{String: key, Valid: true}
	}
	return request
}

// Save implements [host.Snapshots].
func (s *Store) Save(ctx context.Context, product string, seq uint64, data []byte) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO snapshots (product, seq, data) VALUES ($1, $2, $3)
		ON CONFLICT (product) DO UPDATE SET seq = excluded.seq, data = excluded.data WHERE excluded.seq > snapshots.seq`,
		name(product), seq, data)
	return err
}

// Load implements [host.Snapshots].
func (s *Store) Load(ctx context.Context, product string) ([]byte, error) {
	var data []byte
	err := s.db.QueryRowContext(ctx, `SELECT data FROM snapshots WHERE product = $1`, name(product)).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return data, err
}

// Heads returns the number of the last event of each of the products that have one.
func (s *Store) Heads(ctx context.Context, products []string) (map[string]uint64, error) {
	list, err := s.list(products)
	if err != nil {
		return nil, err
	}
	heads := make(map[string]uint64, len(products))
	err = s.each(ctx, func(rows *sql.Rows) (bool, error) {
		var product string
		var seq uint64
		err := rows.Scan(&product, &seq)
		heads[product] = seq
		return err == nil, err
	}, s.heads, list)
	return heads, err
}

// ProductsOf returns the products in which somebody was given a role or a permission, by name, after a name
// and at most so many. It may be taken back since: the backlog has that.
func (s *Store) ProductsOf(ctx context.Context, person, after string, most int) ([]string, error) {
	products := []string{}
	err := s.each(ctx, func(rows *sql.Rows) (bool, error) {
		var product string
		err := rows.Scan(&product)
		products = append(products, product)
		return err == nil, err
	}, `SELECT product FROM members WHERE person = $1 AND product > $2 ORDER BY product LIMIT $3`, person, after, most)
	return products, err
}

// IsEmpty reports whether there is no product.
func (s *Store) IsEmpty(ctx context.Context) (bool, error) {
	var any bool
	err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM events)`).Scan(&any)
	return !any, err
}
