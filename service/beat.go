package service

import (
	"context"
	"os"
	"time"

	"xinsheng/enroll"
)

// workerRule is one worker behind the pages, with what it does and how often it goes round.
type workerRule struct {
	worker, name string
	every        time.Duration
}

// workerRules lists the workers whose rounds are watched.
var workerRules = []workerRule{
	{"outbox", "发送消息", outboxTick}, {"sweeper", "核对支付结果", sweepTick}, {"jobs", "执行任务", jobTick}, {"audit", "串联操作日志", auditTick},
	{"push", "群发通知", pushTick}, {"receipts", "收送达回执", pushTick}, {"reminders", "自动提醒", reminderTick}, {"digest", "每日待办", digestTick},
	{"followers", "刷新关注状态", followerTick}, {"retention", "清理到期数据", retentionEvery}, {"files", "清理无主文件", orphanEvery},
}

// A worker tells at most once in beatEvery, and is late after three rounds and beatLate.
const (
	beatEvery = 5 * time.Second
	beatLate  = time.Minute
)

// beat tells all replicas that a worker has gone round, and how that ended.
func (s *Service) beat(ctx context.Context, worker string, fault error) {
	if ctx.Err() != nil || fault == nil && !s.Glances.due(worker, beatEvery) {
		return
	}
	host, _ := os.Hostname()
	fields := map[string]any{"at": s.Now().UnixMilli(), "host": host}
	if fault != nil {
		fields["failed"], fields["why"] = s.Now().UnixMilli(), clip(fault.Error(), 200)
	}
	if err := s.KV.HSet(ctx, "beat:"+worker, fields).Err(); err != nil {
		s.Log.Warn("a worker could not tell that it lives", "worker", worker, "error", err)
	}
}

// Worker is when a worker last went round on any replica, and when a round last failed.
type Worker struct {
	Name     string
	Every    time.Duration
	Light    enroll.Light
	At       time.Time
	Host     string
	FailedAt time.Time
	Why      string
}

// Workers tells of every worker when it last went round (最近运行).
func (s *Service) Workers(ctx context.Context) ([]Worker, error) {
	list := make([]Worker, len(workerRules))
	for i, rule := range workerRules {
		var kept struct {
			At     int64  `redis:"at"`
			Host   string `redis:"host"`
			Failed int64  `redis:"failed"`
			Why    string `redis:"why"`
		}
		if err := s.KV.HGetAll(ctx, "beat:"+rule.worker).Scan(&kept); err != nil {
			return nil, err
		}
		w := Worker{Name: rule.name, Every: rule.every, Light: enroll.LightOff, Host: kept.Host}
		if kept.At > 0 {
			w.At = time.UnixMilli(kept.At)
			late := 3*rule.every + beatLate
			w.Light = enroll.AgeLight(s.Now().Sub(w.At), late, 2*late)
		}
		if kept.Failed > 0 {
			w.FailedAt, w.Why = time.UnixMilli(kept.Failed), kept.Why
			if kept.Failed == kept.At {
				w.Light = w.Light.Worse(enroll.LightWarn)
			}
		}
		list[i] = w
	}
	return list, nil
}
