package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"
)

// ErrNoToken is returned for a token that is not known, was revoked, or has expired.
var ErrNoToken = errors.New("store: no such token")

// Issue makes a token for a person that is valid for so long.
func (s *Store) Issue(ctx context.Context, person string, at time.Time, life time.Duration) (token string, err error) {
	token = rand.Text()
	return token, s.Admit(ctx, person, token, at.Add(life))
}

// Admit makes a token known that was chosen elsewhere, or changes until when it is valid.
func (s *Store) Admit(ctx context.Context, person, token string, expires time.Time) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO tokens (hash, person, expires) VALUES ($1, $2, $3)
		ON CONFLICT (hash) DO UPDATE SET expires = excluded.expires`, hash(token), person, expires.Unix())
	return err
}

// Derive makes a token from another one, such as that of a session. It ends with that one.
func (s *Store) Derive(ctx context.Context, token string, at time.Time, life time.Duration) (string, error) {
	derived := rand.Text()
	result, err := s.db.ExecContext(ctx, `INSERT INTO tokens (hash, person, parent, expires)
		SELECT $1, person, coalesce(parent, hash), CASE WHEN expires < $2 THEN expires ELSE $2 END FROM tokens WHERE hash = $3 AND expires > $4`,
		hash(derived), at.Add(life).Unix(), hash(token), at.Unix())
	if err != nil {
		return "", err
	}
	if added, err := result.RowsAffected(); err != nil || added == 0 {
		return "", errors.Join(ErrNoToken, err)
	}
	return derived, nil
}

// Person returns whose a token is.
func (s *Store) Person(ctx context.Context, token string, at time.Time) (string, error) {
	var person string
	err := s.db.QueryRowContext(ctx, `SELECT person FROM tokens WHERE hash = $1 AND expires > $2`, hash(token), at.Unix()).Scan(&person)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrNoToken
	}
	return person, err
}

// Revoke ends a token and what was made from it.
func (s *Store) Revoke(ctx context.Context, token string) error {
	return s.revoke(ctx, `hash = $1`, hash(token))
}

// RevokeAll ends all tokens of a person.
func (s *Store) RevokeAll(ctx context.Context, person string) error {
	return s.revoke(ctx, `person = $1`, person)
}

// Sweep forgets the tokens that have expired.
func (s *Store) Sweep(ctx context.Context, at time.Time) error {
	return s.revoke(ctx, `expires <= $1`, at.Unix())
}

func (s *Store) revoke(ctx context.Context, condition string, arg any) error {
	_, err := s.db.ExecContext(ctx,
		`DELETE FROM tokens WHERE `+condition+` OR parent IN (SELECT hash FROM tokens WHERE `+condition+`)`, arg)
	return err
}

// hash is enough for tokens of 128 random bits: there is nothing to guess.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
