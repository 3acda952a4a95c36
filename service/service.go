// Package service is what people do: one file per verb, each of which loads,
// checks, and changes things in one transaction together with its event and
// its outbox row. Nothing outside is called inside a transaction.
package service

import (
	"context"
	"log/slog"
	"reflect"
	"time"

	"xinsheng/enroll"
	"xinsheng/identity"
	"xinsheng/store"
	"xinsheng/wechat/oa"
	"xinsheng/wechat/pay"
)

// Service does what people ask for; all its parts are concrete and wired in cmd.
type Service struct {
	Store    *store.Store
	KV       *store.KV
	Files    *store.Files
	OA       *oa.Client
	Pay      *pay.Client
	Identity *identity.Client
	Pictures *Pictures
	// Passwords hashes the passwords of staff.
	Passwords *Passwords
	// Background sends login codes after the answer.
	Background *Background
	// Cards reads identity cards after the answer: a slow reader holds back no login code.
	Cards  *Background
	Paper  *Paper
	Now    func() time.Time
	Log    *slog.Logger
	Config Config
	// Receipts gathers WeChat's reports on messages of pushes.
	Receipts *Receipts
	// OutsideTime asks for the time of WeChat's server; nil where nobody can be asked.
	OutsideTime func(context.Context) (time.Time, error)
	// Glances keeps what the staff site looks at again and again.
	Glances *Glances
}

// Config is what the service knows of the place where it runs.
type Config struct {
	// PublicURL is the address that students and WeChat see, without a slash at the end.
	PublicURL string `koanf:"public_url"`
	// SMSCode is the SMS template of the login code, with its variables.
	SMSCode string `koanf:"sms_code"`
	// SMSCodeAbroad is the same for phones abroad (国际/港澳台短信模板); SMSCode where it is empty.
	SMSCodeAbroad string `koanf:"sms_code_abroad"`
	// Limits bounds what one phone, person or address may ask for.
	Limits Limits `koanf:"limits"`
	// Push bounds notices to many.
	Push PushConfig `koanf:"push"`
	// SandboxPhone is where the sandbox's phone opens the site; empty in production.
	SandboxPhone string `koanf:"-"`
	// Build is what this program was built from.
	Build Build `koanf:"-"`
}

// Build is the commit that a program was built from, and when that was made.
type Build struct{ Version, At string }

// Limits are the figures of reliability §3.3; zero values take those defaults.
type Limits struct {
	CodeLife        time.Duration `koanf:"code_life"`
	CodeAttempts    int           `koanf:"code_attempts"`
	DeskCodeLife    time.Duration `koanf:"desk_code_life"`
	Resend          time.Duration `koanf:"resend"`
	PerPhoneHour    int           `koanf:"per_phone_hour"`
	PerPhoneDay     int           `koanf:"per_phone_day"`
	PerIdentityHour int           `koanf:"per_identity_hour"`
	PerIdentityDay  int           `koanf:"per_identity_day"`
	PerAddressSoft  int           `koanf:"per_address_soft"`
	PerAddressHour  int           `koanf:"per_address_hour"`
	PerDay          int           `koanf:"per_day"`
	SessionIdle     time.Duration `koanf:"session_idle"`
	SessionLife     time.Duration `koanf:"session_life"`
	// LoginFailures within LoginPause, or LoginFailuresDay within 24 hours, close the door to one document.
	LoginFailures    int           `koanf:"login_failures"`
	LoginPause       time.Duration `koanf:"login_pause"`
	LoginFailuresDay int           `koanf:"login_failures_day"`
	// FaceKept is how long an archived photo is kept after the decision on it.
	FaceKept time.Duration `koanf:"face_kept"`
}

// WithDefaults fills what is left zero with the figures of reliability §3.3.
func (l Limits) WithDefaults() Limits {
	set := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	setInt := func(d *int, v int) {
		if *d == 0 {
			*d = v
		}
	}
	set(&l.CodeLife, 5*time.Minute)
	set(&l.DeskCodeLife, 15*time.Minute)
	set(&l.Resend, time.Minute)
	set(&l.LoginPause, 10*time.Minute)
	set(&l.SessionIdle, 30*time.Minute)
	set(&l.SessionLife, 12*time.Hour)
	set(&l.FaceKept, 30*24*time.Hour)
	setInt(&l.CodeAttempts, 5)
	setInt(&l.LoginFailures, 5)
	setInt(&l.LoginFailuresDay, 50)
	setInt(&l.PerPhoneHour, 5)
	setInt(&l.PerPhoneDay, 10)
	setInt(&l.PerIdentityHour, 5)
	setInt(&l.PerIdentityDay, 10)
	setInt(&l.PerAddressSoft, 25)
	setInt(&l.PerAddressHour, 100)
	setInt(&l.PerDay, 20000)
	return l
}

// Validate lists every limit that would shut everybody out.
func (l Limits) Validate() []string {
	var wrong []string
	figures := reflect.ValueOf(l)
	for i := range figures.NumField() {
		if figures.Field(i).Int() < 0 {
			wrong = append(wrong, "limits."+figures.Type().Field(i).Tag.Get("koanf")+" should not be below 0")
		}
	}
	return wrong
}

// Visit is one request of a logged-in student: who, in which matter, by which rules.
type Visit struct {
	Login        enroll.Login
	Student      enroll.Student
	Registration enroll.Registration
	Intake       enroll.Intake
	Program      enroll.Program
	Point        enroll.Point
	// Verified says that this login may see what was stored earlier (design §2, who may see what).
	Verified bool
	Archive  *enroll.Archive
	// Assist is set where a member of staff does it for the student at the counter (代办).
	Assist *Assisting
	// Address and Device describe where the request comes from, for consents and limits.
	Address string
	Device  string
}

// CurrentIntake is the intake that the public pages speak of: the one that is
// open, else the one that opens next, else the last one; intake_none without any.
func (s *Service) CurrentIntake(ctx context.Context) (enroll.Intake, error) {
	intakes, err := s.Store.Intakes(ctx)
	if err != nil {
		return enroll.Intake{}, err
	}
	now := s.Now()
	var next, last *enroll.Intake
	for i := range intakes {
		switch in := &intakes[i]; in.Phase(now) {
		case enroll.During:
			return *in, nil
		case enroll.Before:
			if next == nil || in.OpensAt.Before(next.OpensAt) {
				next = in
			}
		case enroll.After:
			if last == nil || in.ClosesAt.After(last.ClosesAt) {
				last = in
			}
		}
	}
	switch {
	case next != nil:
		return *next, nil
	case last != nil:
		return *last, nil
	}
	return enroll.Intake{}, enroll.Fail("intake_none")
}

// transition moves a registration by the state table inside tx and writes the
// event; a row marked Completes lands in registered where complete says so.
// It is the only caller of Store.Move.
func (s *Service) transition(ctx context.Context, tx *store.Store, r enroll.Registration, event enroll.Event, complete bool, by enroll.RegistrationEvent) (enroll.Status, error) {
	row, err := enroll.Next(r.Status, event)
	if err != nil {
		return "", err
	}
	to := row.To
	if to == enroll.Earlier {
		to = r.Earlier
	}
	if row.Completes && complete {
		to = enroll.Registered
	}
	if event == enroll.EventSettle && row.Completes && !complete {
		to = r.Status
	}
	by.Event, by.To, by.At = string(event), to, s.Now()
	if by.By == "" {
		by.By = row.By
	}
	if err := tx.Move(ctx, r, by); err != nil || !event.BarsMoney() {
		return to, err
	}
	return to, s.refuseLiveOrder(ctx, tx, r.ID)
}
