package enroll

import "time"

// Audit is one line of the audit log (操作日志): who of the college did what to
// whom, when and from where. It is written in the transaction of the act and
// never changed; Detail holds no personal data.
type Audit struct {
	ID      string
	At      time.Time
	Staff   string
	Account string
	Role    Role
	// Action is a stable word, as login, look, roster_import, review_pass.
	Action string
	// Object is the id of what was acted on: a registration, an intake, a job, an account.
	Object  string
	Detail  string
	Address string
}
