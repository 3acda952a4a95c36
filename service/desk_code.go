package service

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

const (
	eventDeskCode = "desk_code"
	// deskCodeKept is how long used and expired codes are kept for the hourly limit.
	deskCodeKept = 24 * time.Hour
)

// DeskCode is a one-time code to be read out to a student (登录码).
type DeskCode struct {
	Code      string
	ExpiresAt time.Time
}

// IssueDeskCode makes a one-time code with which a student who gets no SMS logs
// in, after somebody of the college has seen the document: good once, for some
// minutes, for this person with this phone. It proves no phone: to whoever
// enters by it the bound phone alone opens nothing.
func (s *Service) IssueDeskCode(ctx context.Context, registration, typed string, d Decision) (issued DeskCode, err error) {
	err = s.Store.InTx(ctx, func(tx *store.Store) error {
		r, err := tx.Registration(ctx, registration)
		if err != nil {
			return err
		}
		in := s.within(tx)
		if issued, err = in.issueDeskCode(ctx, r, typed, d); err != nil {
			return err
		}
		return in.audit(ctx, tx, &Duty{Staff: enroll.Staff{Account: d.By}}, "student_"+actCode, r.ID, "")
	})
	return issued, err
}

// StaffDeskCode is IssueDeskCode on the staff site (发放登录码); the phone is shown masked to all who read of it later.
func (s *Service) StaffDeskCode(ctx context.Context, d *Duty, registration, typed, reason string) (issued DeskCode, err error) {
	err = s.staffAct(ctx, d, registration, actCode, func(tx *Service, r enroll.Registration) error {
		issued, err = tx.issueDeskCode(ctx, r, typed, d.Decision(reason))
		return err
	})
	return issued, err
}

func (s *Service) issueDeskCode(ctx context.Context, r enroll.Registration, typed string, d Decision) (DeskCode, error) {
	if err := reasonGiven(d.Reason); err != nil {
		return DeskCode{}, err
	}
	phone, err := enroll.ParsePhone(norm.NFKC.String(typed))
	if err != nil {
		return DeskCode{}, err
	}
	if err := s.mayIssueCode(ctx, r, phone); err != nil {
		return DeskCode{}, err
	}
	student, err := s.Store.Student(ctx, r.Student)
	if err != nil {
		return DeskCode{}, err
	}
	n, err := rand.Int(rand.Reader, big.NewInt(100_000_000))
	if err != nil {
		return DeskCode{}, err
	}
	now, code := s.Now(), fmt.Sprintf("%08d", n)
	row := store.DeskCode{
		ID: s.Store.NewID(), Registration: r.ID, IDType: student.IDType, IDNumber: student.IDNumber, Phone: phone,
		At: now, ExpiresAt: now.Add(s.Config.Limits.DeskCodeLife), IssuedBy: d.By,
	}
	row.Digest = s.digest(row.ID, code)
	if err := s.Store.AddDeskCode(ctx, row); err != nil {
		return DeskCode{}, err
	}
	d.Reason = phone.String() + "：" + strings.TrimSpace(d.Reason)
	return DeskCode{code, row.ExpiresAt}, s.addStaffEvent(ctx, r, eventDeskCode, d)
}

// mayIssueCode refuses a code for a matter or with a phone that cannot be entered, and more codes an hour than SMS would go out.
func (s *Service) mayIssueCode(ctx context.Context, r enroll.Registration, phone enroll.Phone) error {
	intake, err := s.Store.Intake(ctx, r.Intake)
	if err != nil {
		return err
	}
	if m := (matter{r, intake}); !mayEnter(m, s.Now()) {
		return windowError(m, s.Now())
	}
	if err := intake.Settings.CheckPhone(phone); err != nil {
		return err
	}
	l := s.Config.Limits
	issued, err := s.Store.DeskCodesOf(ctx, r.ID, s.Now().Add(-deskCodeKept))
	if err != nil {
		return err
	}
	return withinRates(issued, s.Now(), l.PerIdentityHour, l.PerIdentityDay, "", "desk_code_limit")
}

// DeskLogin is what somebody types who got a code from staff instead of an SMS.
type DeskLogin struct {
	IDType, IDNumber, Phone, Name, Code string
	OpenID, Address, Device, DeviceID   string
}

// LoginByDesk lets a student in with the code that staff gave; tries are
// counted as those of an SMS code are. A person without such a code, and a
// wrong code, hear the same.
func (s *Service) LoginByDesk(ctx context.Context, q DeskLogin) (v *Visit, challenge string, err error) {
	name, err := enroll.ParseName(norm.NFKC.String(q.Name))
	if err != nil {
		return nil, "", err
	}
	who, err := parseCaller(CodeRequest{IDType: q.IDType, IDNumber: q.IDNumber, Phone: q.Phone, Address: q.Address})
	if err != nil {
		return nil, "", err
	}
	if err := s.notLocked(ctx, who); err != nil {
		return nil, "", err
	}
	id, err := s.proveDeskCode(ctx, who, enroll.ParseDeskCode(norm.NFKC.String(q.Code)))
	if err != nil {
		return nil, "", err
	}
	v, err = s.enter(ctx, who, name, LoginRequest{Challenge: id, desk: true, OpenID: q.OpenID, Address: q.Address, Device: q.Device, DeviceID: q.DeviceID})
	return v, id, err
}

// proveDeskCode gives the id of the code that was proven. Only where a code
// waits does a wrong try count against the person: strangers lock nobody out.
func (s *Service) proveDeskCode(ctx context.Context, who caller, code string) (string, error) {
	wrong := enroll.FailField("desk_code", "desk_code_wrong")
	if err := s.mayGuess(ctx, who.Address); err != nil {
		return "", err
	}
	id, digest, err := s.Store.TryDeskCode(ctx, who.IDType, who.IDNumber, who.Phone, s.Config.Limits.CodeAttempts, s.Now())
	if enroll.CodeOf(err) == enroll.NotFound {
		return "", joined(s.missed(ctx, who.Address), wrong)
	}
	if err != nil {
		return "", err
	}
	if subtle.ConstantTimeCompare([]byte(digest), []byte(s.digest(id, code))) == 1 {
		return id, nil
	}
	return "", joined(s.addLoginAttempt(ctx, s.Store, who, "code_wrong"), wrong)
}

// joined is a refusal, or the failure on the way to it.
func joined(failure, refusal error) error {
	if failure != nil {
		return failure
	}
	return refusal
}

// useUp ends the code of an entry, so that it lets nobody in a second time.
func (s *Service) useUp(ctx context.Context, q LoginRequest) error {
	if q.desk {
		err := s.Store.UseDeskCode(ctx, q.Challenge, s.Now())
		if enroll.ReasonOf(err) == "changed" {
			err = enroll.FailField("desk_code", "desk_code_wrong")
		}
		return err
	}
	used, err := s.KV.Del(ctx, challengeKey(q.Challenge)).Result()
	if err == nil && used == 0 {
		err = enroll.FailField("code", "code_expired")
	}
	return err
}
