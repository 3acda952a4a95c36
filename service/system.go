package service

import (
	"context"
	"os"
	"runtime"
	"time"

	"xinsheng/enroll"
	"xinsheng/store"
)

// System is how the program itself runs (运行状态).
type System struct {
	At time.Time
	// Version is the commit that was built, with a mark where it was changed; Built is when that commit was made.
	Version, Built, Go, Host string
	Database                 store.Database
	DatabaseTook             time.Duration
	// KV says where short-lived state lives, Files where files do.
	KV, Files string
	KVTook    time.Duration
	Backlog   store.Backlog
	// Stuck is what will not go out unless a person sends it again, the oldest first.
	Stuck   []Stuck
	Workers []Worker
}

// System gathers how this replica and what it leans on are (运行状态).
func (s *Service) System(ctx context.Context) (y System, err error) {
	y = System{At: s.Now(), Go: runtime.Version(), Version: s.Config.Build.Version, Built: s.Config.Build.At}
	y.Host, _ = os.Hostname()
	begun := time.Now()
	if y.Database, err = s.Store.Database(ctx); err != nil {
		return y, err
	}
	y.DatabaseTook = time.Since(begun)
	begun = time.Now()
	if err := s.KV.Ping(ctx).Err(); err != nil {
		return y, err
	}
	y.KVTook = time.Since(begun)
	y.KV = "Redis"
	if s.KV.Embedded() {
		y.KV = "进程内（重启后需重新登录，只适合试用和小规模）"
	}
	y.Files = s.Files.Place()
	if y.Backlog, err = s.Store.Backlog(ctx); err != nil {
		return y, err
	}
	if y.Stuck, err = s.StuckOutbox(ctx); err != nil {
		return y, err
	}
	y.Workers, err = s.Workers(ctx)
	return y, err
}

// CheckUp looks at every part of the configuration, as the command doctor does, and keeps that somebody asked.
func (s *Service) CheckUp(ctx context.Context, d *Duty) ([]Diagnosis, error) {
	found := s.Doctor(ctx)
	return found, s.audit(ctx, s.Store, d, "check", "", "")
}

// Light is the light of what was found.
func (g Diagnosis) Light() enroll.Light {
	switch {
	case g.Off:
		return enroll.LightOff
	case g.Fault != "":
		return enroll.LightBad
	}
	return enroll.LightGood
}
