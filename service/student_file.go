package service

import (
	"context"
	"slices"
	"time"

	"xinsheng/enroll"
)

// StudentFile is everything that the college keeps of one student's matter (学生档案).
type StudentFile struct {
	Visit        *Visit
	Number       string
	Steps        []enroll.Step
	Deadlines    enroll.Deadlines
	Sections     []ReviewSection
	Signature    *enroll.Signature
	Returned     []enroll.ReturnItem
	Consents     []enroll.Consent
	Logins       []enroll.Login
	Checks       []enroll.FaceCheck
	AttemptsLeft int
	// LastSMS says when a login code was last sent, and what became of it.
	LastSMS      string
	Archives     []enroll.Archive
	Bill         *enroll.Bill
	Orders       []StudentOrder
	Cases        []enroll.Case
	Applications []enroll.Application
	Corrections  []enroll.Correction
	Approvals    []enroll.Approval
	Messages     []SentMessage
	// Acts are what this member of staff may do as things stand.
	Acts []string
}

// StudentOrder is an order with all that WeChat Pay said about it.
type StudentOrder struct {
	enroll.Order
	Facts []enroll.PaymentFact
}

// StudentFile gathers one student's matter for a member of staff, and notes that they looked.
func (s *Service) StudentFile(ctx context.Context, d *Duty, registration string) (f StudentFile, err error) {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return f, err
	}
	if f.Visit, err = s.staffVisit(ctx, registration); err != nil {
		return f, err
	}
	for _, part := range []func(context.Context, *StudentFile) error{s.fileForm, s.fileChecks, s.fileMoney, s.fileRequests} {
		if err := part(ctx, &f); err != nil {
			return f, err
		}
	}
	if f.Messages, err = s.sentMessages(ctx, registration); err != nil {
		return f, err
	}
	f.Acts = studentActs(d, f, s.Now())
	return f, s.Look(ctx, d, registration, lookFile)
}

// StaffVisit is a student's matter that this member of staff may see.
func (s *Service) StaffVisit(ctx context.Context, d *Duty, registration string) (*Visit, error) {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return nil, err
	}
	return s.staffVisit(ctx, registration)
}

// staffVisit is a student's matter as it would be on the bound phone, without an entry.
func (s *Service) staffVisit(ctx context.Context, registration string) (*Visit, error) {
	v, err := s.matterOf(ctx, registration)
	if err != nil {
		return v, err
	}
	v.Login.Phone = v.Registration.RosterPhone
	if !v.Student.BoundAt.IsZero() {
		v.Login.Phone, v.Login.OpenID = v.Student.Phone, v.Student.OpenID
	}
	v.Archive, err = s.Store.LastArchive(ctx, registration, v.Login.Phone)
	return v, err
}

func (s *Service) fileForm(ctx context.Context, f *StudentFile) (err error) {
	v := f.Visit
	if f.Sections, err = s.reviewSections(ctx, v); err != nil {
		return err
	}
	if f.Steps, err = s.Steps(ctx, v); err != nil {
		return err
	}
	if f.Returned, err = s.Store.ReturnItems(ctx, v.Registration.ID); err != nil {
		return err
	}
	if f.Signature, err = s.Store.Signature(ctx, v.Registration.ID, enroll.TextCommitment); err != nil {
		return err
	}
	f.Deadlines = enroll.DeadlinesOf(v.Intake, v.Registration)
	f.Number, err = s.Store.Number(ctx, v.Registration.ID)
	return err
}

func (s *Service) fileChecks(ctx context.Context, f *StudentFile) (err error) {
	id := f.Visit.Registration.ID
	if f.Consents, err = s.Store.Consents(ctx, id); err != nil {
		return err
	}
	if f.Logins, err = s.Store.LoginsOf(ctx, id); err != nil {
		return err
	}
	if f.Checks, err = s.Store.FaceChecks(ctx, id, time.Time{}); err != nil {
		return err
	}
	if f.AttemptsLeft, err = s.FaceAttemptsLeft(ctx, f.Visit); err != nil {
		return err
	}
	if f.LastSMS, err = s.LastSMS(ctx, f.Visit.Student); err != nil {
		return err
	}
	f.Archives, err = s.Store.ArchivesOf(ctx, id)
	return err
}

func (s *Service) fileMoney(ctx context.Context, f *StudentFile) error {
	id := f.Visit.Registration.ID
	var err error
	if f.Cases, err = s.Store.CasesOf(ctx, id); err != nil {
		return err
	}
	bill, err := s.Store.Bill(ctx, id)
	if enroll.CodeOf(err) == enroll.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	f.Bill = &bill
	orders, err := s.Store.Orders(ctx, bill.ID)
	for _, o := range orders {
		facts, err := s.Store.Facts(ctx, o.OutTradeNo)
		if err != nil {
			return err
		}
		f.Orders = append(f.Orders, StudentOrder{o, facts})
	}
	return err
}

func (s *Service) fileRequests(ctx context.Context, f *StudentFile) (err error) {
	id := f.Visit.Registration.ID
	if f.Applications, err = s.Store.Applications(ctx, id); err != nil {
		return err
	}
	if f.Corrections, err = s.Store.Corrections(ctx, id); err != nil {
		return err
	}
	f.Approvals, err = s.Store.ApprovalsOf(ctx, id)
	return err
}

// What a member of staff may do in a student's matter, by the names of their routes.
const (
	actExtend    = "extend"
	actAttempts  = "attempts"
	actBind      = "bind"
	actUnbind    = "unbind"
	actUnlock    = "unlock"
	actCode      = "code"
	actCorrect   = "correct"
	actNumber    = "number"
	actApprove   = "approve"
	actSendBack  = "send_back"
	actLapse     = "lapse"
	actReinstate = "reinstate"
	actCancel    = "cancel"
	actAssist    = "assist"
)

// studentActs are what may be done now: by role, by the state table, and by what there is to do.
func studentActs(d *Duty, f StudentFile, now time.Time) []string {
	r := f.Visit.Registration
	var acts []string
	add := func(name string, may bool) {
		if may {
			acts = append(acts, name)
		}
	}
	follows := func(event enroll.Event) bool {
		_, err := enroll.Next(r.Status, event)
		return err == nil
	}
	if d.Staff.Role.May(enroll.MayDecide) {
		add(actApprove, follows(enroll.EventApprove))
		add(actSendBack, follows(enroll.EventSendBack))
		add(actExtend, mayExtend(r) == nil)
		add(actAttempts, r.Status.OnTheWay() && r.Status != enroll.Registered)
		add(actBind, true)
		add(actUnbind, !f.Visit.Student.BoundAt.IsZero())
		add(actUnlock, true)
		add(actCorrect, !r.Status.Final())
		add(actLapse, follows(enroll.EventLapse) && !now.Before(lapsesAt(f.Visit.Intake, r)))
		add(actReinstate, follows(enroll.EventReinstate))
		add(actCancel, follows(enroll.EventCancel))
	}
	add(actCode, d.Staff.Role.May(enroll.MayAssist) && mayEnter(matter{r, f.Visit.Intake}, now))
	add(actNumber, mayNumber(d) && r.Status == enroll.Registered && f.Number == "")
	add(actAssist, d.Staff.Role.May(enroll.MayAssist) && r.Status.Assistable())
	return acts
}

// StaffPicture is a file of a student's matter that staff open, with what the audit log says of it.
type StaffPicture struct {
	Mime string
	Body []byte
}

// StudentAttachment opens an uploaded file for a member of staff, and notes that they looked.
func (s *Service) StudentAttachment(ctx context.Context, d *Duty, registration, id string) (p StaffPicture, err error) {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return p, err
	}
	file, err := s.Store.Attachment(ctx, registration, id)
	if err != nil {
		return p, err
	}
	if p.Body, err = s.Files.Get(ctx, file.Object); err != nil {
		return p, err
	}
	p.Mime = file.Mime
	return p, s.Look(ctx, d, registration, "attachment "+file.Kind)
}

// StudentFace opens an archived photo for a member of staff, and notes that they looked; one that was dropped is not_found.
func (s *Service) StudentFace(ctx context.Context, d *Duty, registration, id string) (p StaffPicture, err error) {
	if _, err := s.StaffRegistration(ctx, d, registration); err != nil {
		return p, err
	}
	archives, err := s.Store.ArchivesOf(ctx, registration)
	if err != nil {
		return p, err
	}
	i := slices.IndexFunc(archives, func(a enroll.Archive) bool { return a.ID == id && a.Object != "" })
	if i < 0 {
		return p, enroll.Fail("not_found")
	}
	if p.Body, err = s.Files.Get(ctx, archives[i].Object); err != nil {
		return p, err
	}
	p.Mime = enroll.MimeJPEG
	return p, s.Look(ctx, d, registration, lookFace)
}
