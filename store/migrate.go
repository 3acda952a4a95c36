package store

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the tables up to this program's version; replicas that start
// together wait for each other.
func (s *Store) Migrate(ctx context.Context) (applied int, err error) {
	provider, err := s.provider()
	if err != nil {
		return 0, err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return len(results), nil
}

// Pending says how many migrations this program wants that the database lacks.
func (s *Store) Pending(ctx context.Context) (int, error) {
	provider, err := s.provider()
	if err != nil {
		return 0, err
	}
	status, err := provider.Status(ctx)
	if err != nil {
		return 0, fmt.Errorf("read migrations: %w", err)
	}
	pending := 0
	for _, m := range status {
		if m.State == goose.StatePending {
			pending++
		}
	}
	return pending, nil
}

func (s *Store) provider() (*goose.Provider, error) {
	dialect, files, err := s.dialect.migrations()
	if err != nil {
		return nil, err
	}
	var options []goose.ProviderOption
	if s.dialect == mysqlDialect {
		locker, err := lock.NewMySQLTableLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithLocker(locker))
	}
	return goose.NewProvider(dialect, s.write.DB, files, options...)
}
