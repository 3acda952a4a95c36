package service

import (
	"context"

	"xinsheng/enroll"
	"xinsheng/store"
)

// RosterPhotoPicture opens the admission's picture of a registration in the scope of a member of staff, and writes the look down.
func (s *Service) RosterPhotoPicture(ctx context.Context, d *Duty, registration string) ([]byte, error) {
	r, err := s.StaffRegistration(ctx, d, registration)
	if err != nil {
		return nil, err
	}
	photo, err := s.Store.RosterPhoto(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	body, err := s.Files.Get(ctx, photo.Object)
	if err != nil {
		return nil, err
	}
	return body, s.Look(ctx, d, r.ID, "录取照片")
}

// PhotoState is how far an intake is with its photos.
type PhotoState struct {
	All      int
	Pictured int
	// Missing is one page of those who have none.
	Missing []enroll.Registration
}

// PhotoState counts an intake's photos and lists some of those who have none, after the given id.
func (s *Service) PhotoState(ctx context.Context, intake, after string, limit int) (p PhotoState, err error) {
	if p.All, p.Pictured, err = s.Store.PhotoCounts(ctx, intake); err != nil {
		return p, err
	}
	p.Missing, err = s.Store.WithoutPhoto(ctx, intake, after, limit)
	return p, err
}

// PhotoJobs lists a member of staff's own last imports of photos.
func (s *Service) PhotoJobs(ctx context.Context, d *Duty) ([]enroll.Job, error) {
	return s.Store.JobsOfKind(ctx, d.Staff.ID, []enroll.JobKind{jobPhotos}, store.ShownJobs)
}
