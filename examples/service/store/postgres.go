package store

import (
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

const uniqueViolation = "23505" // PostgreSQL's code

func openPostgres(address string) (*Store, error) {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	return &Store{db: db, dialect: dialect{
		schema: "postgres.sql",
		insert: `INSERT INTO events (product, seq, data, request)
			SELECT $1::text, $2::bigint + n, data, CASE WHEN n = 1 THEN $4::text END
			FROM unnest($3::text[]) WITH ORDINALITY AS e (data, n)
			WHERE $2::bigint = (SELECT coalesce(max(seq), 0) FROM events WHERE product = $1::text)`,
		heads: `SELECT product, max(seq) FROM events WHERE product = ANY ($1::text[]) GROUP BY product`,
		lock:  ` FOR UPDATE`,
		list:  func(texts []string) (any, error) { return texts, nil },
		taken: func(err error) string {
			var broken *pgconn.PgError
			switch {
			case !errors.As(err, &broken) || broken.Code != uniqueViolation:
				return ""
			case strings.HasSuffix(broken.ConstraintName, "_pkey"):
				return "events"
			}
			return "requests"
		},
	}}, nil
}
