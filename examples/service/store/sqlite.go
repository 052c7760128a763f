package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// openSQLite opens a file. What is committed is on the disk (synchronous=FULL), readers do not wait for the
// writer (WAL), and a writer waits for another one.
func openSQLite(file string) (*Store, error) {
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(file)+
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	return &Store{db: db, dialect: dialect{
		schema: "sqlite.sql",
		insert: `INSERT INTO events (product, seq, data, request)
			SELECT $1, $2 + key + 1, value, CASE WHEN key = 0 THEN $4 END FROM json_each($3)
			WHERE $2 = (SELECT coalesce(max(seq), 0) FROM events WHERE product = $1)`,
		heads: `SELECT product, max(seq) FROM events WHERE product IN (SELECT value FROM json_each($1)) GROUP BY product`,
		list: func(texts []string) (any, error) {
			data, err := json.Marshal(texts)
			return string(data), err
		},
		taken: func(err error) string {
			var broken *sqlite.Error
			switch {
			case !errors.As(err, &broken):
				return ""
			case broken.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
				return "events"
			case broken.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
				return "requests"
			}
			return ""
		},
	}}, nil
}
