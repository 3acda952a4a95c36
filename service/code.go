package service

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
	"xinsheng/store"
)

// CodeRequest is what a student types to have a code sent.
type CodeRequest struct {
	IDType, IDNumber, Phone string
	CaptchaID, Captcha      string
	Address                 string
}

// Challenge is a code on its way, or so it looks: the answer is the same on and off the roster.
type Challenge struct {
	ID        string
	ResendIn  time.Duration
	ExpiresIn time.Duration
	Message   string
}

// RequestCode sends a login code (短信验证码) to a phone if the document is on
// an applied roster. Answer and time are the same if it is not: the SMS leaves
// after the answer is made, and everything before is done in both cases.
func (s *Service) RequestCode(ctx context.Context, q CodeRequest) (Challenge, error) {
	who, err := parseCaller(q)
	if err != nil {
		return Challenge{}, err
	}
	if err := s.mayPass(ctx, enroll.GateCode); err != nil {
		return Challenge{}, err
	}
	intake, err := s.doorOpen(ctx)
	if err != nil {
		return Challenge{}, err
	}
	if err := intake.Settings.CheckPhone(who.Phone); err != nil {
		return Challenge{}, err
	}
	release, err := s.holdCaller(ctx, who)
	if err != nil {
		return Challenge{}, err
	}
	defer release()
	suspicious, err := s.mayAskCode(ctx, who)
	if err != nil {
		return Challenge{}, err
	}
	if suspicious && intake.Settings.Captcha {
		if err := s.checkCaptcha(ctx, q.CaptchaID, q.Captcha); err != nil {
			return Challenge{}, err
		}
	}
	return s.challenge(ctx, who, intake)
}

// holdCaller lets one request at a time count the codes of a person and of a phone.
func (s *Service) holdCaller(ctx context.Context, who caller) (release func(), err error) {
	var releases []func()
	release = func() {
		for _, r := range releases {
			r()
		}
	}
	for _, name := range []string{"identity:" + s.blindDocument(who), "phone:" + s.blind("phone", who.Phone.Raw())} {
		r, held, err := s.hold(ctx, name)
		if err != nil || !held {
			release()
			return nil, joined(err, tooEarly(time.Second))
		}
		releases = append(releases, r)
	}
	return release, nil
}

func parseCaller(q CodeRequest) (caller, error) {
	document, ok := enroll.Document(q.IDType)
	if !ok {
		return caller{}, enroll.FailField("id_type", "id_type_unsupported")
	}
	number, err := enroll.ParseIDNumber(document.Type, norm.NFKC.String(q.IDNumber))
	if err != nil {
		return caller{}, err
	}
	phone, err := enroll.ParsePhone(norm.NFKC.String(q.Phone))
	return caller{IDType: document.Type, IDNumber: number, Phone: phone, Address: q.Address}, err
}

func (s *Service) blindDocument(who caller) string {
	return s.blind("identity", string(who.IDType)+"|"+who.IDNumber.Raw())
}

// doorOpen refuses codes while nobody at all could log in: before the only
// window. Later the answer may not depend on the person, so everybody gets one.
func (s *Service) doorOpen(ctx context.Context) (enroll.Intake, error) {
	intake, err := s.CurrentIntake(ctx)
	if err != nil {
		return intake, err
	}
	all, err := s.Store.Intakes(ctx)
	if err != nil {
		return intake, err
	}
	for _, i := range all {
		if i.Phase(s.Now()) != enroll.Before {
			return intake, nil
		}
	}
	return intake, enroll.Fail("window_before", enroll.Minute(intake.OpensAt))
}

// challenge makes code and challenge, writes the attempt down, and lets the SMS go where there is somebody to get it.
func (s *Service) challenge(ctx context.Context, who caller, intake enroll.Intake) (Challenge, error) {
	id := rand.Text()
	code, err := newCode()
	if err != nil {
		return Challenge{}, err
	}
	expected, err := s.expected(ctx, who)
	if err != nil {
		return Challenge{}, err
	}
	digest, outcome := "-", "none"
	if expected {
		digest, outcome = s.digest(id, code), "sent"
	}
	attempt, err := s.addCodeAttempt(ctx, who, outcome)
	if err != nil {
		return Challenge{}, err
	}
	if err := s.keepChallenge(ctx, id, who, digest); err != nil {
		return Challenge{}, err
	}
	if expected {
		s.Background.Go(sendTime, func(ctx context.Context) { _ = s.sendCode(ctx, attempt, who.Phone, code) })
	}
	l := s.Config.Limits
	return Challenge{ID: id, ResendIn: l.Resend, ExpiresIn: l.CodeLife, Message: s.codeMessage(intake)}, nil
}

// addCodeAttempt counts a code for all limits and gives the id of the attempt.
func (s *Service) addCodeAttempt(ctx context.Context, who caller, outcome string) (string, error) {
	id := s.Store.NewID()
	return id, s.Store.AddAttempt(ctx, store.Attempt{
		ID: id, At: s.Now(), Kind: store.AttemptCode, IDType: who.IDType, IDNumber: who.IDNumber,
		Phone: who.Phone, Address: network(who.Address), Outcome: outcome,
	})
}

func newCode() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%06d", n), nil
}

// digest is how a code is kept: by a key, and good for its challenge only.
func (s *Service) digest(challenge, code string) string { return s.blind("code", challenge+"|"+code) }

// expected says whether a document is on an applied roster with a matter that
// may be entered now, and, where the intake says so, with this phone.
func (s *Service) expected(ctx context.Context, who caller) (bool, error) {
	student, err := s.Store.StudentByDocument(ctx, who.IDType, who.IDNumber)
	if err != nil && enroll.CodeOf(err) != enroll.NotFound {
		return false, err
	}
	matters, err := s.matters(ctx, student.ID)
	if err != nil {
		return false, err
	}
	for _, m := range matters {
		r := m.registration
		foreign := m.intake.Settings.RosterPhone && r.RosterPhone != "" && who.Phone != r.RosterPhone && who.Phone != student.Phone
		if (!foreign || comesBack(r, s.Now())) && mayEnter(m, s.Now()) {
			return true, nil
		}
	}
	return false, nil
}

func challengeKey(id string) string { return "challenge:" + id }

func (s *Service) keepChallenge(ctx context.Context, id string, who caller, digest string) error {
	body, err := json.Marshal(map[string]string{
		"id_type": string(who.IDType), "id_number": who.IDNumber.Raw(), "phone": who.Phone.Raw(),
		"expires": strconv.FormatInt(s.Now().Add(s.Config.Limits.CodeLife).UnixMilli(), 10),
	})
	if err != nil {
		return err
	}
	sealed := s.Store.Keys().Seal("kv", "challenge", id, body)
	pipe := s.KV.TxPipeline()
	pipe.HSet(ctx, challengeKey(id), "code", digest, "who", sealed, "tries", 0)
	pipe.Expire(ctx, challengeKey(id), s.Config.Limits.CodeLife)
	_, err = pipe.Exec(ctx)
	return err
}

// sendTime is how long a code may take to leave, waiting included.
const sendTime = 30 * time.Second

// sendCode sends a code and notes at its attempt what became of it. Only staff
// are told of a failure before login: for who is on no roster nothing is sent.
func (s *Service) sendCode(ctx context.Context, attempt string, phone enroll.Phone, code string) error {
	minutes := strconv.Itoa(int(s.Config.Limits.CodeLife / time.Minute))
	template := s.Config.SMSCode
	if phone.Abroad() != "" {
		template = cmp.Or(s.Config.SMSCodeAbroad, template)
	}
	err := s.Identity.SendSMS(ctx, phone, template, []string{code, minutes})
	s.noteCall(callSMS, smsFault(err))
	outcome := smsTaken
	if err != nil {
		s.Log.Error("login code not sent", "phone", phone, "error", err)
		outcome = string(enroll.ReasonOf(err))
	}
	if noted := s.Store.SetSMS(context.WithoutCancel(ctx), attempt, outcome); noted != nil {
		s.Log.Error("what became of a login code is not kept", "error", noted)
	}
	return err
}

// smsTaken is what an attempt says of an SMS that the vendor took.
const smsTaken = "ok"

// codeMessage tells the same to everybody; after the window it says who may still come in.
func (s *Service) codeMessage(i enroll.Intake) string {
	contact := "老师"
	if len(i.Settings.Contacts.Phones) > 0 {
		contact = strings.Join(i.Settings.Contacts.Phones, "、")
	}
	message := fmt.Sprintf("若证件号码与录取信息一致，验证码已发送；60 秒未收到请核对，或联系%s。", contact)
	switch i.Phase(s.Now()) {
	case enroll.Before:
		return fmt.Sprintf("%s将于 %s 开始注册，往年已办理的同学可以登录。", i.Name, enroll.Minute(i.OpensAt)) + message
	case enroll.After:
		return fmt.Sprintf("%s注册已于 %s 结束，已开始办理或已注册的同学可以登录。", i.Name, enroll.EndMinute(i.ClosesAt)) + message
	}
	return message
}
