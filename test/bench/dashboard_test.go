package bench

import (
	"context"
	"fmt"
	"os"
	"testing"

	"xinsheng/enroll"
	"xinsheng/service"
	"xinsheng/test/world"
)

// season is how many registrations a large college has in one intake.
const season = 20_000

// BenchmarkDashboard reads all figures of a large intake anew, without what is
// kept for some seconds; with XINSHENG_TEST_MYSQL it does so on MariaDB.
func BenchmarkDashboard(b *testing.B) {
	ctx, w := context.Background(), world.New(b)
	fillSeason(b, w)
	d := w.Duty(b, enroll.RoleRegistrar)
	for b.Loop() {
		board, err := w.Service.Dashboard(ctx, d, service.DashboardQuery{})
		if err != nil || board.Funnel[0].Count != season {
			b.Fatal(board.Funnel, err)
		}
	}
}

// BenchmarkOpening reads all lights of the opening day anew on the same data.
func BenchmarkOpening(b *testing.B) {
	ctx, w := context.Background(), world.New(b)
	fillSeason(b, w)
	for b.Loop() {
		if _, err := w.Service.Opening(ctx); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAlerts looks through the traces of all students for those that many share.
func BenchmarkAlerts(b *testing.B) {
	ctx, w := context.Background(), world.New(b)
	fillSeason(b, w)
	for b.Loop() {
		if list, err := w.Service.Alerts(ctx, false); err != nil || len(list) == 0 {
			b.Fatal(len(list), err)
		}
	}
}

// fillSeason spreads a crowd over the way: half of them registered and paid,
// each with ten events, three messages and a shared phone for some.
func fillSeason(b *testing.B, w *world.World) {
	b.Helper()
	st, now := w.Service.Store, w.Clock.Now().UnixMilli()
	db := w.Database(b)
	list := w.Crowd(b, season)
	if os.Getenv("XINSHENG_TEST_MYSQL") == "" {
		if _, err := db.Exec("PRAGMA synchronous = OFF"); err != nil {
			b.Fatal(err)
		}
	}
	steps := enroll.StuckSteps[1:11]
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	exec := func(query string, args ...any) {
		if _, err := tx.Exec(query, args...); err != nil {
			b.Fatal(err)
		}
	}
	for i, r := range list {
		status := []enroll.Status{enroll.Registered, enroll.Registered, enroll.Payable, enroll.Open}[i%4]
		exec("UPDATE registration SET status = ?, step = ?, started_at = ?, submitted_at = ? WHERE id = ?", status, steps[i%10], now-int64(i)*30_000, now-int64(i)*30_000, r.ID)
		for n := range 10 {
			to := enroll.Open
			if n == 9 {
				to = status
			}
			exec("INSERT INTO registration_event (id, registration_id, at, event, from_status, to_status, actor) VALUES (?, ?, ?, 'x', 'open', ?, 'student')", st.NewID(), r.ID, now-int64(i)*30_000, to)
		}
		for n := range 6 {
			kind, hash := "picture", fmt.Sprintf("%08d%08d", i, n)
			if n == 0 {
				kind, hash = "phone", fmt.Sprintf("%016d", i/5*5) // five each
			}
			exec("INSERT INTO trace (kind, hash, student_id, registration_id, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?)", kind, []byte(hash), r.Student, r.ID, now, now)
		}
		for n := range 3 {
			exec("INSERT INTO outbox (id, kind, dedupe, registration_id, payload, state, created_at) VALUES (?, 'notify', ?, ?, ?, 'done', ?)", st.NewID(), fmt.Sprint(i, "-", n), r.ID, []byte("x"), now-int64(i)*30_000)
		}
		if status == enroll.Registered {
			no := st.NewID()[4:]
			exec(`INSERT INTO pay_order (id, bill_id, registration_id, out_trade_no, channel, amount_fen, status, description, notify_url, paid_at) VALUES (?, ?, ?, ?, 'jsapi', 240000, 'paid', 'x', 'x', ?)`, st.NewID(), st.NewID(), r.ID, no, now-int64(i)*30_000)
			exec(`INSERT INTO payment_fact (id, source, source_id, out_trade_no, trade_state, amount_fen, received_at, content) VALUES (?, 'notice', ?, ?, 'SUCCESS', 240000, ?, ?)`, st.NewID(), no, no, now-int64(i)*30_000, make([]byte, 600))
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}
