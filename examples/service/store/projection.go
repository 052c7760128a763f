package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/backlogkit/backlogkit/backlog"
	"github.com/backlogkit/backlogkit/backlog/host"
	"github.com/backlogkit/backlogkit/backlog/orderkey"
	"github.com/backlogkit/backlogkit/story"
)

// The projection is the table "stories": the stories of each product as rows, for readers who have SQL and not this
// library. ORDER BY rank gives the order of the backlog; a story that moves gets another rank and the others keep theirs
// (package orderkey). It is written in the transaction of the events, and so neither ahead of the log nor behind it.

// Project turns the projection on; call it before the first append. Every server that appends to the database has to have
// it on, or what that one appends is not in the table until the next change of the product or [Store.CatchUp]. What it costs is
// a second backlog in memory for each of the products that changed last, and time linear in the stories of a product for
// each of its changes.
func (s *Store) Project() { s.projection = &projection{of: map[string]*projected{}} }

// CatchUp brings the rows of all products that are behind up to date. Others may append meanwhile.
func (s *Store) CatchUp(ctx context.Context) error {
	for {
		behind := map[string]uint64{}
		err := s.each(ctx, func(rows *sql.Rows) (bool, error) {
			var product string
			var seq uint64
			err := rows.Scan(&product, &seq)
			behind[unescape.Replace(product)] = seq
			return err == nil, err
		}, `SELECT e.product, max(e.seq) FROM events e LEFT JOIN projections p ON p.product = e.product
			GROUP BY e.product, p.seq HAVING p.seq IS NULL OR max(e.seq) > p.seq LIMIT 100`)
		if err != nil || len(behind) == 0 {
			return err
		}
		for product, seq := range behind {
			if err := s.projectTo(ctx, product, seq); err != nil {
				return fmt.Errorf("store: project %q: %w", product, err)
			}
		}
	}
}

var unescape = strings.NewReplacer(`\\`, `\`, `\0`, "\x00")

// projectTo brings the rows of a product up to an event that is in the log.
func (s *Store) projectTo(ctx context.Context, product string, seq uint64) error {
	p, err := s.projection.take(ctx, s, product, seq)
	if err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		head, err := s.lockProjection(ctx, tx, product)
		if err != nil || head >= seq { // another server was here
			return err
		}
		return p.write(ctx, tx, product, head)
	})
}

// appendProjected is [Store.Append] with the projection; insert adds the events. Events that no backlog takes, which
// [host.Products] never appends, leave the rows behind: a table for readers does not keep anything out of the log.
func (s *Store) appendProjected(ctx context.Context, product string, after uint64, events []backlog.Event, insert func(execer) error) error {
	p, err := s.projection.take(ctx, s, product, after)
	if err == nil {
		err = p.backlog.Apply(events...)
	}
	if err != nil {
		return insert(s.db)
	}
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		if err := insert(tx); err != nil {
			return err
		}
		head, err := s.lockProjection(ctx, tx, product)
		if err != nil {
			return err
		}
		return p.write(ctx, tx, product, head)
	})
	if err == nil {
		s.projection.keep(product, p)
	}
	return err
}

// execer is a database or a transaction in it.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func (s *Store) inTransaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// lockProjection returns up to which event the rows of a product are, and keeps other writers from them until the
// transaction ends.
func (s *Store) lockProjection(ctx context.Context, tx *sql.Tx, product string) (seq uint64, err error) {
	_, err = tx.ExecContext(ctx, `INSERT INTO projections (product, seq) VALUES ($1, 0) ON CONFLICT DO NOTHING`, name(product))
	if err == nil {
		err = tx.QueryRowContext(ctx, `SELECT seq FROM projections WHERE product = $1`+s.lock, name(product)).Scan(&seq)
	}
	return seq, err
}

// projection holds what was written last.
type projection struct {
	sync.Mutex
	of map[string]*projected
}

// maxProjected bounds how many products are held.
const maxProjected = 200

// projected is a product, and the rows that it has in the table.
type projected struct {
	backlog *backlog.Backlog
	rows    []storyRow
	seq     uint64 // of the rows
}

// storyRow is a row: the rank, and what a reader may want to know of a story. Points are empty without an estimate.
type storyRow struct {
	id                                                        story.ID
	rank, key, title, status, team, feature, points, assignee string
}

// take returns a product as it was after an event. It is the caller's: whoever asks meanwhile makes another one.
func (p *projection) take(ctx context.Context, s *Store, product string, seq uint64) (*projected, error) {
	p.Lock()
	kept := p.of[product]
	delete(p.of, product)
	p.Unlock()
	if kept == nil || kept.backlog.Seq() > seq {
		data, err := s.Load(ctx, product)
		if err != nil {
			return nil, err
		}
		kept = new(projected)
		if len(data) > 0 {
			kept.backlog, err = backlog.Restore(backlog.Options{}, data)
		}
		if kept.backlog == nil || err != nil || kept.backlog.Seq() > seq {
			if kept.backlog, err = backlog.New(backlog.Options{}); err != nil {
				return nil, err
			}
		}
	}
	for event, err := range s.Read(ctx, product, kept.backlog.Seq()) {
		if err != nil {
			return nil, err
		}
		if event.Seq > seq {
			break
		}
		if err := kept.backlog.Apply(event); err != nil {
			return nil, err
		}
	}
	if kept.backlog.Seq() != seq {
		return nil, fmt.Errorf("store: the log has no event %d: %w", seq, host.ErrMoved)
	}
	return kept, nil
}

func (p *projection) keep(product string, kept *projected) {
	p.Lock()
	defer p.Unlock()
	for other := range p.of {
		if len(p.of) < maxProjected {
			break
		}
		delete(p.of, other)
	}
	p.of[product] = kept
}

// write makes the rows, which are those of an event, what the backlog is now. It writes those that differ.
func (p *projected) write(ctx context.Context, tx *sql.Tx, product string, head uint64) error {
	if p.seq != head || head == 0 {
		rows, err := readRows(ctx, tx, product)
		if err != nil {
			return err
		}
		p.rows = rows
	}
	old := make(map[story.ID]storyRow, len(p.rows))
	for _, row := range p.rows {
		old[row.id] = row
	}
	rows, err := rowsOf(p.backlog.View(), old)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if was, ok := old[row.id]; !ok || was != row {
			if err := row.write(ctx, tx, product); err != nil {
				return err
			}
		}
		delete(old, row.id)
	}
	for id := range old {
		if _, err := tx.ExecContext(ctx, `DELETE FROM stories WHERE product = $1 AND story = $2`, name(product), id.String()); err != nil {
			return err
		}
	}
	p.rows, p.seq = rows, p.backlog.Seq()
	_, err = tx.ExecContext(ctx, `UPDATE projections SET seq = $2 WHERE product = $1`, name(product), p.seq)
	return err
}

// rowsOf returns the rows of a product in the order of its backlog, with the ranks that they had, as far as the order
// leaves them.
func rowsOf(v *backlog.View, old map[story.ID]storyRow) ([]storyRow, error) {
	var rows []storyRow
	var ranks []string
	text := func(text string) string { return strings.ReplaceAll(text, "\x00", "\ufffd") } // see name
	for one := range v.Stories() {
		row := storyRow{
			id: one.ID, key: text(one.Key()), title: text(one.Title), status: text(string(one.Status)), team: text(string(one.Team)),
			assignee: text(one.Details.Value().Assignee),
		}
		if points, ok := one.Estimate.Points(); ok {
			row.points = points.String()
		}
		if !one.Feature.IsZero() {
			row.feature = one.Feature.String()
		}
		rows, ranks = append(rows, row), append(ranks, old[one.ID].rank)
	}
	runs, err := orderkey.Reorder(ranks)
	if err != nil { // somebody wrote ranks of their own
		clear(ranks)
		runs, err = orderkey.Reorder(ranks)
	}
	for _, run := range runs {
		copy(ranks[run.From:], run.Keys)
	}
	for i := range rows {
		rows[i].rank = ranks[i]
	}
	return rows, err
}

func (r storyRow) write(ctx context.Context, tx *sql.Tx, product string) error {
	points := sql.NullString{String: r.points, Valid: r.points != ""}
	_, err := tx.ExecContext(ctx, `INSERT INTO stories (product, story, rank, key, title, status, team, feature, points, assignee)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (product, story) DO UPDATE SET
		rank = excluded.rank, key = excluded.key, title = excluded.title, status = excluded.status, team = excluded.team,
		feature = excluded.feature, points = excluded.points, assignee = excluded.assignee`,
		name(product), r.id.String(), r.rank, r.key, r.title, r.status, r.team, r.feature, points, r.assignee)
	return err
}

func readRows(ctx context.Context, tx *sql.Tx, product string) (rows []storyRow, err error) {
	found, err := tx.QueryContext(ctx, `SELECT story, rank, key, title, status, team, feature, CAST(points AS TEXT), assignee
		FROM stories WHERE product = $1 ORDER BY rank`, name(product))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, found.Close()) }()
	for found.Next() {
		var id string
		var points sql.NullString
		var r storyRow
		if err := found.Scan(&id, &r.rank, &r.key, &r.title, &r.status, &r.team, &r.feature, &points, &r.assignee); err != nil {
			return nil, err
		}
		if r.id, err = story.ParseID(id); err != nil {
			return nil, err
		}
		r.points = points.String
		rows = append(rows, r)
	}
	return rows, found.Err()
}
