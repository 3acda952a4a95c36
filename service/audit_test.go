package service_test

import (
	"context"
	"testing"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/test/world"
)

// TestAuditLogShowsWhatWasDoneToIt: a changed line, a missing one and a missing end are all found.
func TestAuditLogShowsWhatWasDoneToIt(t *testing.T) {
	for name, harm := range map[string]string{
		"nothing":       ``,
		"changed":       `UPDATE audit SET detail = 'other' WHERE seq = 2`,
		"missing":       `DELETE FROM audit WHERE seq = 2`,
		"end missing":   `DELETE FROM audit WHERE seq >= 2`,
		"forged after":  `INSERT INTO audit (id, at, action, seq) VALUES ('019b0000-0000-7000-8000-000000000001', 1, 'login', 900)`,
		"forged before": `INSERT INTO audit (id, at, action, seq) VALUES ('019b0000-0000-7000-8000-000000000001', 1, 'login', 0)`,
		"forged new":    `INSERT INTO audit (id, at, action) VALUES ('019b0000-0000-7000-8000-000000000001', 1, 'login')`,
		"chained again": `UPDATE audit SET account = 'other', mac = chain WHERE seq = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			w, ctx := world.New(t), context.Background()
			d := w.Duty(t, enroll.RoleAdmin)
			for _, what := range []string{"face", "phone", "number"} {
				if err := w.Service.Look(ctx, d, "r1", what); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Service.ChainAudit(ctx); err != nil {
				t.Fatal(err)
			}
			if harm != "" {
				w.Exec(t, harm)
			}
			lines, broken, err := w.Service.VerifyAudit(ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string][2]int64{"nothing": {4, 0}, "forged after": {4, 900}, "forged before": {4, 1}, "forged new": {3, 4}}
			expected, ok := want[name]
			if !ok {
				expected = [2]int64{1, 2}
			}
			if lines != expected[0] || broken != expected[1] {
				t.Errorf("%d lines whole, broken at %d", lines, broken)
			}
		})
	}
}

// TestAuditLogIsFound by who, what and to whom, page by page, the newest first.
func TestAuditLogIsFound(t *testing.T) {
	w, ctx := world.New(t), context.Background()
	d, other := w.Duty(t, enroll.RoleAdmin), w.Duty(t, enroll.RoleRegistrar)
	for _, r := range []string{"r1", "r2", "r3"} {
		if err := w.Service.Look(ctx, d, r, "face"); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Service.Look(ctx, other, "r1", "face"); err != nil {
		t.Fatal(err)
	}
	q := store.AuditQuery{Account: d.Staff.Account, Action: "look", Limit: 2}
	page, err := w.Service.AuditLog(ctx, q)
	if err != nil || len(page) != 2 || page[0].Object != "r3" {
		t.Fatal(page, err)
	}
	q.After = page[1].ID
	if page, err = w.Service.AuditLog(ctx, q); err != nil || len(page) != 1 || page[0].Object != "r1" {
		t.Error(page, err)
	}
	if page, err = w.Service.AuditLog(ctx, store.AuditQuery{Object: "r1", Limit: 9}); err != nil || len(page) != 2 {
		t.Error(page, err)
	}
	if page, err = w.Service.AuditLog(ctx, store.AuditQuery{From: w.Clock.Now().AddDate(0, 0, 1), Limit: 9}); err != nil || len(page) != 0 {
		t.Error(page, err)
	}
}
