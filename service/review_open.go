package service

import (
	"context"
	"fmt"
	"time"

	"xinsheng/enroll"
)

// OpenReview is one item of the desk with everything that a decision needs.
type OpenReview struct {
	QueuedReview
	Matter      *Visit
	Pictures    []ReviewPicture
	Compare     []enroll.CompareRow
	Sections    []ReviewSection
	Application *FiledApplication
	Proof       *ReviewProof
	Correction  *enroll.Correction
	// Hints are what a reviewer should know besides.
	Hints   []string
	History []TimelineEvent
	Reasons []enroll.ReviewReason
	// Outcome tells what passing leads to.
	Outcome string
	// Asked is the act that waits for a second person, or nil.
	Asked *enroll.Approval
}

// ReviewProof is a proof of earlier studies with where it is checked.
type ReviewProof struct {
	enroll.Proof
	KindName  string
	CodeLabel string
	Site      string
	// Expiry is expired, soon or "".
	Expiry string
	Checks []enroll.ProofCheck
}

// OpenReview gathers an item for the desk; looking at it is recorded.
func (s *Service) OpenReview(ctx context.Context, d *Duty, kind enroll.ReviewKind, id string) (*OpenReview, error) {
	item, err := s.waitingItem(ctx, d, kind, id)
	if err != nil {
		return nil, err
	}
	o := &OpenReview{}
	if o.Matter, err = s.matterOf(ctx, item.Registration); err != nil {
		return nil, err
	}
	calendar, err := s.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	v := o.Matter
	due := calendar.AfterWorkdays(item.Since, v.Intake.Settings.ReviewDays(kind))
	o.QueuedReview = QueuedReview{item, due, calendar.Lateness(due, s.Now()), v.Point, v.Program, v.Intake.Settings.AsksFirst(kind)}
	for _, reason := range v.Intake.Settings.ReasonLibrary() {
		if reason.Kind == kind {
			o.Reasons = append(o.Reasons, reason)
		}
	}
	if err := s.fillReview(ctx, o); err != nil {
		return nil, err
	}
	return o, s.lookOnce(ctx, d, item.Registration, "审核台："+kind.Name())
}

func (s *Service) fillReview(ctx context.Context, o *OpenReview) (err error) {
	if o.Pictures, err = s.reviewPictures(ctx, o); err != nil {
		return err
	}
	card, hints, err := s.cardOf(ctx, o.Matter)
	if err != nil {
		return err
	}
	o.Hints = append(o.Hints, hints...)
	if o.Compare, err = s.compareSources(ctx, o.Matter, card); err != nil {
		return err
	}
	if o.History, err = s.reviewHistory(ctx, o.Registration); err != nil {
		return err
	}
	return s.fillKind(ctx, o)
}

// fillKind adds what only this kind has, with what passing leads to.
func (s *Service) fillKind(ctx context.Context, o *OpenReview) error {
	switch o.Kind {
	case enroll.ReviewFace:
		return s.fillFace(ctx, o)
	case enroll.ReviewForm:
		return s.fillForm(ctx, o)
	case enroll.ReviewApplication:
		return s.fillApplication(ctx, o)
	case enroll.ReviewProof:
		return s.fillProof(ctx, o)
	case enroll.ReviewCorrection, enroll.ReviewName:
		return s.fillCorrection(ctx, o)
	}
	return nil
}

func (s *Service) fillFace(ctx context.Context, o *OpenReview) error {
	a, err := s.Store.Archive(ctx, o.ID)
	if err != nil {
		return err
	}
	shared, err := s.PhoneShared(ctx, a.Phone)
	if err != nil {
		return err
	}
	if shared {
		o.Hints = append(o.Hints, fmt.Sprintf("有 %d 名以上学生用过这个手机号，请留意是否由他人代办。", enroll.SharedPhone))
	}
	switch a.NameCheck {
	case "mismatch":
		o.Hints = append(o.Hints, "姓名与证件号码核对不一致，请仔细核对证件。")
	case "unknown":
		o.Hints = append(o.Hints, "姓名与证件号码没有核对结果，请按证件照片核对。")
	}
	checks, err := s.Store.FaceChecks(ctx, o.Registration, time.Time{})
	if n := len(checks); n > 0 {
		last := checks[n-1]
		o.Hints = append(o.Hints, fmt.Sprintf("人脸识别做过 %d 次，最近一次相似度 %.0f。", n, last.Sim))
	}
	o.Outcome = "照片审核通过，绑定手机号 " + a.Phone.String()
	return err
}

func (s *Service) fillForm(ctx context.Context, o *OpenReview) (err error) {
	if o.Sections, err = s.reviewSections(ctx, o.Matter); err != nil {
		return err
	}
	assists, err := s.Store.Assists(ctx, o.Registration)
	if err != nil {
		return err
	}
	if len(assists) > 0 {
		o.Hints = append(o.Hints, fmt.Sprintf("登记表由 %s 于 %s 现场代办，原因：%s。", assists[0].Helper(), enroll.Minute(assists[0].At), assists[0].Reason))
	}
	if o.Matter.Registration.Face == enroll.FaceArchived {
		o.Hints = append(o.Hints, "存档照片还没有审核。")
	}
	hints, err := s.educationHints(ctx, o.Matter)
	if err != nil {
		return err
	}
	o.Hints = append(o.Hints, hints...)
	covered, err := s.covered(ctx, s.Store, o.Registration)
	o.Outcome = "审核通过，通知学生缴费"
	if covered {
		o.Outcome = "审核通过，学费已到账，完成注册并生成学号"
	}
	return err
}

func (s *Service) fillApplication(ctx context.Context, o *OpenReview) error {
	a, err := s.Application(ctx, o.ID)
	if err != nil {
		return err
	}
	o.Application = &a
	if a.Filer != "" {
		o.Hints = append(o.Hints, "由 "+a.FiledBy+" 现场代办，须由另一位老师审核通过。")
	}
	switch a.Kind {
	case enroll.ApplyReserve:
		o.Outcome = "保留入学资格至 " + enroll.EndMinute(a.Until)
	case enroll.ApplyGiveUp:
		o.Outcome = "提请第二位老师复核，复核后放弃入学资格"
	case enroll.ApplyResume:
		o.Outcome = "恢复入学，按新批次继续办理"
	case enroll.ApplyLeave:
		o.Outcome = "同意退学退费，转财务核实"
	}
	asked, err := s.Store.ApprovalsOf(ctx, o.Registration)
	for i := range asked {
		if asked[i].State == enroll.ApprovalPending {
			o.Asked = &asked[i]
			o.Hints = append(o.Hints, asked[i].Kind.Name()+"：等待第二位老师复核。")
		}
	}
	return err
}

func (s *Service) fillProof(ctx context.Context, o *OpenReview) error {
	proof, err := s.Store.Proof(ctx, o.Registration)
	if err != nil {
		return err
	}
	kind, _ := enroll.FindProofKind(proof.Kind)
	o.Proof = &ReviewProof{Proof: proof, KindName: kind.Text, CodeLabel: kind.CodeLabel, Site: enroll.ProofSites[proof.Kind], Expiry: proof.Expiry(s.Now())}
	switch o.Proof.Expiry {
	case "expired":
		o.Hints = append(o.Hints, "有效期已过（"+proof.ValidUntil+"），请学生延长有效期或重新申请。")
	case "soon":
		o.Hints = append(o.Hints, "有效期将到（"+proof.ValidUntil+"），请尽快核验。")
	}
	hints, err := s.educationHints(ctx, o.Matter)
	if err != nil {
		return err
	}
	o.Hints = append(o.Hints, hints...)
	if o.Sections, err = s.reviewSections(ctx, o.Matter); err != nil {
		return err
	}
	o.Outcome = "记录核验结果：" + enroll.ProofGenuine.Name()
	o.Proof.Checks, err = s.Store.ProofChecks(ctx, o.Registration)
	return err
}

func (s *Service) fillCorrection(ctx context.Context, o *OpenReview) error {
	c, err := s.Store.Correction(ctx, o.ID)
	if err != nil {
		return err
	}
	o.Correction = &c
	field, err := enroll.FindCorrectionField(c.Field)
	o.Outcome = field.Label + "更正为：" + c.ToText
	if c.Kind == enroll.CorrectPair {
		o.Hints = append(o.Hints, "录取名单里的姓名缺字，学生已用证件上的姓名登录，请核对后确认。")
	}
	if field.Priced() {
		o.Hints = append(o.Hints, "更正后按新的专业或教学点计算学费；已缴费的转财务核对。")
	}
	return err
}

// reviewHistory is what happened in a matter, with the names of who decided, the newest first.
func (s *Service) reviewHistory(ctx context.Context, registration string) ([]TimelineEvent, error) {
	events, err := s.Store.Events(ctx, registration)
	var lines []TimelineEvent
	for i := len(events) - 1; i >= 0 && len(lines) < 20; i-- {
		e := events[i]
		title := enroll.EventTitle(e)
		if title == "" {
			continue
		}
		by := e.By.Name()
		if e.By == enroll.ByRegistrar || e.By == enroll.ByTwo {
			by = s.staffNames(ctx, e.ByID)
		}
		lines = append(lines, TimelineEvent{At: e.At, Title: title, Text: e.Reason, By: by})
	}
	return lines, err
}

// lookWindow is how long one line of the audit log stands for looking at the same thing again, as at its pictures.
const lookWindow = 15 * time.Minute

// lookOnce records that somebody looked, once while the same person goes on looking.
func (s *Service) lookOnce(ctx context.Context, d *Duty, registration, what string) error {
	looked, err := s.Store.Looked(ctx, d.Staff.ID, registration, what, s.Now().Add(-lookWindow))
	if err != nil || looked {
		return err
	}
	return s.Look(ctx, d, registration, what)
}
