// Package store keeps things: facts in SQL, short-lived state in KV, files as
// encrypted objects, and the keys for all of it. Nothing here decides; the
// rules stand in enroll and the order of doing in service.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"xinsheng/enroll"
)

// Store is the one door to the database; inside InTx it is bound to the transaction.
type Store struct {
	write   *sqlx.DB
	read    *sqlx.DB
	tx      *sqlx.Tx
	dialect dialect
	keys    *Keys
	newID   func() string
}

// Config says which database to open.
type Config struct {
	// Driver is sqlite (embedded default) or mysql (MySQL 8, MariaDB 10.6+).
	Driver string `koanf:"driver"`
	// DSN is the file of SQLite, or user:password@tcp(host:3306)/name.
	DSN enroll.Secret `koanf:"dsn"`
	// Migrate is auto (embedded default) or explicit (by `xinsheng migrate`).
	Migrate string `koanf:"migrate"`
}

// Open opens the database and proves that it answers; it runs no migrations.
func Open(ctx context.Context, cfg Config, keys *Keys) (*Store, error) {
	d, err := dialectOf(cfg.Driver)
	if err != nil {
		return nil, err
	}
	write, read, err := d.open(cfg.DSN.Raw())
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	s := &Store{write: write, read: read, dialect: d, keys: keys, newID: newUUID}
	if err := write.PingContext(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("reach database: %w", err)
	}
	return s, nil
}

// Close gives the connections back.
func (s *Store) Close() error {
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(err, s.read.Close())
	}
	return err
}

// Ping asks the database for a row, since a lone connection check stays silent when a cluster lost its quorum.
func (s *Store) Ping(ctx context.Context) error {
	var n int
	return s.write.GetContext(ctx, &n, `SELECT COUNT(*) FROM intake`)
}

// NewID makes a time-ordered id (UUIDv7) for a row before it is inserted.
func (s *Store) NewID() string { return s.newID() }

// Keys is the key ring that seals this store's personal data.
func (s *Store) Keys() *Keys { return s.keys }

func newUUID() string { return uuid.Must(uuid.NewV7()).String() }

// txTries is how often a whole transaction is tried when the database asks for another go.
const txTries = 6

// InTx runs fn in one transaction and commits it; on deadlock or busy the
// whole fn runs again, so fn touches nothing but its store. A connection lost
// at commit is not tried again: the outcome is unknown and the caller reads anew.
func (s *Store) InTx(ctx context.Context, fn func(*Store) error) error {
	if s.tx != nil {
		return fn(s)
	}
	var err error
	for try := range txTries {
		if err = s.once(ctx, fn); err == nil || !s.dialect.retryable(err) {
			return err
		}
		pause := time.Duration(5+rand.IntN(20<<try)) * time.Millisecond
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
	return fmt.Errorf("transaction gave up after %d tries: %w", txTries, err)
}

func (s *Store) once(ctx context.Context, fn func(*Store) error) error {
	tx, err := s.write.BeginTxx(ctx, &sql.TxOptions{Isolation: s.dialect.isolation()})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	inner := *s
	inner.tx = tx
	if err := fn(&inner); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func (s *Store) reader() sqlx.QueryerContext {
	if s.tx != nil {
		return s.tx
	}
	return s.read
}

func (s *Store) writer() sqlx.ExtContext {
	if s.tx != nil {
		return s.tx
	}
	return s.write
}

// get reads one row into dest; no row is not_found.
func (s *Store) get(ctx context.Context, dest any, query string, args ...any) error {
	err := sqlx.GetContext(ctx, s.reader(), dest, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return enroll.Fail("not_found")
	}
	return err
}

// list reads all rows into dest, a pointer to a slice.
func (s *Store) list(ctx context.Context, dest any, query string, args ...any) error {
	return sqlx.SelectContext(ctx, s.reader(), dest, query, args...)
}

// listIn reads rows by a query with IN (?) over a slice argument.
func (s *Store) listIn(ctx context.Context, dest any, query string, args ...any) error {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return err
	}
	return s.list(ctx, dest, query, args...)
}

// exec changes rows and says how many it matched.
func (s *Store) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := s.writer().ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// execIn changes rows by a statement with IN (?) over a slice argument.
func (s *Store) execIn(ctx context.Context, query string, args ...any) (int64, error) {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return 0, err
	}
	return s.exec(ctx, query, args...)
}

// insert writes one row from a struct with db tags; a row that stands already is a conflict, see IsTaken.
func (s *Store) insert(ctx context.Context, table string, row any) error {
	_, err := sqlx.NamedExecContext(ctx, s.writer(), insertQuery(table, row), row)
	return err
}

// insertAll writes many rows of one table in one statement.
func insertAll[Row any](ctx context.Context, s *Store, table string, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := sqlx.NamedExecContext(ctx, s.writer(), insertQuery(table, rows[0]), rows)
	return err
}

// insertNew writes those of many rows of one table in one statement that do not stand yet.
func insertNew[Row any](ctx context.Context, s *Store, table string, rows []Row) error {
	if len(rows) == 0 {
		return nil
	}
	_, err := sqlx.NamedExecContext(ctx, s.writer(), s.dialect.orIgnore(insertQuery(table, rows[0])), rows)
	return err
}

// guard changes exactly one row or fails with the reason changed: somebody else was first.
func (s *Store) guard(ctx context.Context, query string, args ...any) error {
	n, err := s.exec(ctx, query, args...)
	if err != nil {
		return err
	}
	if n != 1 {
		return enroll.Fail("changed")
	}
	return nil
}

// IsTaken says that an insert met a row that stands already (unique key).
func (s *Store) IsTaken(err error) bool { return s.dialect.taken(err) }

// millis is how a time is kept: milliseconds UTC, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
