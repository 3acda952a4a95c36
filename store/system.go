package store

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"
)

// Database is what the database says of itself.
type Database struct {
	Driver, Version string
	// Applied is the last migration that was run, Pending how many this program wants on top.
	Applied int64
	Pending int
}

// Database asks the database for its version and its migrations.
func (s *Store) Database(ctx context.Context) (d Database, err error) {
	d.Driver = string(s.dialect)
	ask := `SELECT sqlite_version()`
	if s.dialect == mysqlDialect {
		ask = `SELECT VERSION()`
	}
	if err := s.get(ctx, &d.Version, ask); err != nil {
		return d, err
	}
	provider, err := s.provider()
	if err != nil {
		return d, err
	}
	status, err := provider.Status(ctx)
	if err != nil {
		return d, fmt.Errorf("read migrations: %w", err)
	}
	for _, m := range status {
		if m.State == goose.StatePending {
			d.Pending++
			continue
		}
		d.Applied = max(d.Applied, m.Source.Version)
	}
	return d, nil
}
