package service

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Every retentionEvery the worker looks for what has been kept long enough, a
// handful of rows at a time.
const (
	retentionEvery   = time.Hour
	retentionHandful = 100
	// traceLife is how long it is remembered what several students share: one admission and some more.
	traceLife = 400 * 24 * time.Hour
)

// RunRetention deletes what may be kept no longer, until ctx ends.
func (s *Service) RunRetention(ctx context.Context) error {
	tick := time.NewTicker(retentionEvery)
	defer tick.Stop()
	for {
		if n, err := s.DropFacePhotos(ctx); err != nil {
			s.Log.Error("retention of face photos failed", "error", err)
		} else if n > 0 {
			s.Log.Info("face photos deleted after their decision", "count", n)
		}
		if n, err := s.DropExpiredFiles(ctx); err != nil {
			s.Log.Error("retention of large files failed", "error", err)
		} else if n > 0 {
			s.Log.Info("parts of large files deleted after their week", "count", n)
		}
		if n, err := s.DropStaleRosters(ctx); err != nil {
			s.Log.Error("retention of roster imports failed", "error", err)
		} else if n > 0 {
			s.Log.Info("roster imports given up, which nobody confirmed", "count", n)
		}
		dropJobFolders(time.Now())
		if err := s.Store.DropHelpNotes(ctx, s.Now().Add(-helpLife)); err != nil {
			s.Log.Error("retention of help codes failed", "error", err)
		}
		if err := s.Store.DropDeskCodes(ctx, s.Now().Add(-deskCodeKept)); err != nil {
			s.Log.Error("retention of desk codes failed", "error", err)
		}
		if err := s.Store.DropTraces(ctx, s.Now().Add(-traceLife)); err != nil {
			s.Log.Error("retention of traces failed", "error", err)
		}
		err := s.CloseIdleStaff(ctx)
		s.beat(ctx, "retention", err)
		if err != nil {
			s.Log.Error("idle accounts could not be closed", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// DropFacePhotos deletes the archived photos whose decision is old enough
// (domain §6: 30 days) and counts them; who decided what, and when, stays. The
// row forgets the object first: one that cannot be deleted now is an orphan,
// which the sweep of files takes.
func (s *Service) DropFacePhotos(ctx context.Context) (dropped int, err error) {
	for {
		old, err := s.Store.ArchivesDecidedBefore(ctx, s.Now().Add(-s.Config.Limits.FaceKept), retentionHandful)
		if err != nil || len(old) == 0 {
			return dropped, err
		}
		for _, a := range old {
			err := s.dropFacePhoto(ctx, a)
			if enroll.ReasonOf(err) == "changed" {
				return dropped, nil // another replica is at it
			}
			if err != nil {
				return dropped, fmt.Errorf("archive %s: %w", a.ID, err)
			}
			dropped++
		}
	}
}

// dropFacePhoto forgets one picture and says so in the timeline, as proof of the deletion.
func (s *Service) dropFacePhoto(ctx context.Context, a enroll.Archive) error {
	err := s.Store.InTx(ctx, func(tx *store.Store) error {
		if err := tx.DropArchiveObject(ctx, a); err != nil {
			return err
		}
		r, err := tx.Registration(ctx, a.Registration)
		if err != nil {
			return err
		}
		return tx.AddEvent(ctx, enroll.RegistrationEvent{
			Registration: r.ID, At: s.Now(), Event: eventFaceDropped, From: r.Status, To: r.Status, By: enroll.BySystem,
		})
	})
	if err == nil {
		s.forget(ctx, a.Object)
	}
	return err
}
