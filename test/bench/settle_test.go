// Package bench measures the two busiest ways through the program beside the
// least that any program would have to do for the same answer (`make bench`).
package bench

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"xinsheng/enroll"
	"xinsheng/store"
	"xinsheng/test/world"
)

const price = 240000

// BenchmarkSettle takes one signed notice of a payment: verified, settled, number and message written.
func BenchmarkSettle(b *testing.B) {
	w, ctx := world.New(b), context.Background()
	notices := paidNotices(b, w, b.N)
	for b.ResetTimer(); len(notices) > 0; notices = notices[1:] {
		if err := w.Service.TakeNotice(ctx, notices[0]); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	var registered int
	if err := w.Database(b).QueryRow(`SELECT COUNT(*) FROM student_number`).Scan(&registered); err != nil || registered != b.N {
		b.Fatalf("%d of %d settled, %v", registered, b.N, err)
	}
}

// BenchmarkSettleFloor verifies and opens the same notice and writes two rows in one transaction.
func BenchmarkSettleFloor(b *testing.B) {
	w, ctx := world.New(b), context.Background()
	notices, db := paidNotices(b, w, b.N), w.Database(b)
	if _, err := db.Exec(`CREATE TABLE floor (id VARCHAR(100) PRIMARY KEY)`); err != nil {
		b.Fatal(err)
	}
	for b.ResetTimer(); len(notices) > 0; notices = notices[1:] {
		fact, err := w.Service.Pay.ParseNotice(ctx, notices[0])
		if err != nil {
			b.Fatal(err)
		}
		tx, err := db.Begin()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tx.Exec(`INSERT INTO floor (id) VALUES (?)`, fact.SourceID); err != nil {
			b.Fatal(err)
		}
		if _, err := tx.Exec(`UPDATE pay_order SET status = 'paid', live_key = NULL WHERE out_trade_no = ?`, fact.OutTradeNo); err != nil {
			b.Fatal(err)
		}
		if err := tx.Commit(); err != nil {
			b.Fatal(err)
		}
	}
}

// paidNotices are the signed notices of n students who have each paid an order.
func paidNotices(b *testing.B, w *world.World, n int) []*http.Request {
	b.Helper()
	ctx, outside := context.Background(), w.Sandbox.World(w.Credentials.AppID)
	first := w.Enrolled(b, "D01")
	notices := make([]*http.Request, n)
	for i := range notices {
		order := debt(b, w, first, i)
		if err := outside.PayOrder("parent", order.OutTradeNo); err != nil {
			b.Fatal(err)
		}
		var err error
		if notices[i], err = outside.NoticeRequest(ctx, order.OutTradeNo, ""); err != nil {
			b.Fatal(err)
		}
	}
	return notices
}

// debt is the order of one more student of the same program, who owes the price.
func debt(b *testing.B, w *world.World, r enroll.Registration, i int) enroll.Order {
	b.Helper()
	ctx, st, now := context.Background(), w.Service.Store, w.Clock.Now()
	number := enroll.IDNumber(fmt.Sprintf("BENCH%06d", i))
	student := enroll.Student{ID: st.NewID(), IDType: "passport", IDNumber: number, Name: "测试"}
	r.ID, r.Student, r.ExamNo = st.NewID(), student.ID, string(number)
	login := enroll.Login{ID: st.NewID(), Student: student.ID, Registration: r.ID, At: now, Phone: "13900000001", FacePassedAt: now}
	bill := enroll.Bill{ID: st.NewID(), Registration: r.ID, TotalFen: price, Items: []enroll.BillItem{{Name: "学费", SchoolYear: "2026-2027", AmountFen: price}}}
	err := st.InTx(ctx, func(tx *store.Store) error {
		if err := tx.AddStudent(ctx, student, now); err != nil {
			return err
		}
		if err := tx.AddRegistration(ctx, r, now); err != nil {
			return err
		}
		if err := tx.AddLogin(ctx, login, "127.0.0.1"); err != nil {
			return err
		}
		if err := tx.SaveBill(ctx, bill, now); err != nil {
			return err
		}
		return tx.Move(ctx, r, enroll.RegistrationEvent{Event: string(enroll.EventSubmit), To: enroll.Payable, By: enroll.ByStudent, At: now})
	})
	if err != nil {
		b.Fatal(err)
	}
	v, err := w.Service.Visit(ctx, login.ID, "127.0.0.1", "测试")
	if err != nil {
		b.Fatal(err)
	}
	checkout, err := w.Service.StartPayment(ctx, v, enroll.Native, "")
	if err != nil {
		b.Fatal(err)
	}
	return checkout.Order
}
