package service

import (
	"context"
	"fmt"
	"time"
)

// An object is an orphan when no row names it a day after it was kept; the
// sweep looks for them every six hours.
const (
	orphanAge     = 24 * time.Hour
	orphanEvery   = 6 * time.Hour
	orphanHandful = 200
)

// RunFileSweep deletes orphans until ctx ends: objects whose row was never
// committed, or whose deletion failed after the row was gone.
func (s *Service) RunFileSweep(ctx context.Context) error {
	tick := time.NewTicker(orphanEvery)
	defer tick.Stop()
	for {
		n, err := s.SweepFiles(ctx)
		s.beat(ctx, "files", err)
		if err != nil {
			s.Log.Error("sweep of files failed", "error", err)
		} else if n > 0 {
			s.Log.Info("orphaned objects deleted", "count", n)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// SweepFiles deletes the orphans that stand now and counts them. The age is
// that of the file on disk, so it goes by the machine's clock.
func (s *Service) SweepFiles(ctx context.Context) (deleted int, err error) {
	err = s.Files.Each(ctx, time.Now().Add(-orphanAge), func(names []string) error {
		for len(names) > 0 {
			n := min(orphanHandful, len(names))
			gone, err := s.sweepHandful(ctx, names[:n])
			if err != nil {
				return err
			}
			deleted, names = deleted+gone, names[n:]
		}
		return nil
	})
	return deleted, err
}

func (s *Service) sweepHandful(ctx context.Context, names []string) (deleted int, err error) {
	kept, err := s.Store.KeptObjects(ctx, names)
	if err != nil {
		return 0, fmt.Errorf("which objects are kept: %w", err)
	}
	for _, name := range names {
		if kept[name] {
			continue
		}
		if err := s.Files.Delete(ctx, name); err != nil {
			return deleted, err
		}
		deleted++
	}
	return deleted, nil
}
