//go:build faults

package faults

import (
	"database/sql"
	"testing"
)

// account is all that one payment has done to one student, in the database and in the student's WeChat.
type account struct {
	Status   string
	PaidFen  int
	Orders   int
	Paid     int // orders
	Settled  int // times that the registration was moved by money
	Numbers  int
	Messages int // with the number, in the outbox
	Done     int // of them
	Received int // template messages in the chat
	Cases    int // open
}

const price = 240000

// once is a payment that was settled exactly once.
var once = account{Status: "registered", PaidFen: price, Orders: 1, Paid: 1, Settled: 1, Numbers: 1, Messages: 1, Done: 1, Received: 1}

// untouched is a payment of which the program has kept nothing yet.
var untouched = account{Status: "payable", Orders: 1}

func (p *payment) account(t *testing.T, db *sql.DB) account {
	t.Helper()
	a := account{Received: p.received(t)}
	row := db.QueryRow(`SELECT
		(SELECT status FROM registration WHERE id = r.id),
		(SELECT paid_fen FROM bill WHERE registration_id = r.id),
		(SELECT COUNT(*) FROM pay_order WHERE registration_id = r.id),
		(SELECT COUNT(*) FROM pay_order WHERE registration_id = r.id AND status = 'paid'),
		(SELECT COUNT(*) FROM registration_event WHERE registration_id = r.id AND to_status = 'registered'),
		(SELECT COUNT(*) FROM student_number WHERE registration_id = r.id),
		(SELECT COUNT(*) FROM outbox WHERE registration_id = r.id),
		(SELECT COUNT(*) FROM outbox WHERE registration_id = r.id AND kind = 'notify' AND dedupe = ? AND state = 'done'),
		(SELECT COUNT(*) FROM finance_case WHERE closed_at = 0)
		FROM registration r WHERE r.id = ?`, "number_issued:"+p.registration, p.registration)
	if err := row.Scan(&a.Status, &a.PaidFen, &a.Orders, &a.Paid, &a.Settled, &a.Numbers, &a.Messages, &a.Done, &a.Cases); err != nil {
		t.Fatal(err)
	}
	return a
}

// received counts the template messages that reached the student's WeChat.
func (p *payment) received(t *testing.T) int {
	t.Helper()
	u, err := p.outside.User(student)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range u.Chat {
		if m.Kind == "template" {
			n++
		}
	}
	return n
}
