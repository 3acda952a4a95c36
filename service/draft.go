package service

import (
	"bytes"
	"context"
	"encoding/json"

	"xinsheng/enroll"
	"xinsheng/store"
)

// Filled is one section of the form with what the student wrote into it so far.
type Filled struct {
	enroll.FormSection
	Draft    enroll.Section
	Content  enroll.Content
	Problems []enroll.Problem
}

// Complete says that a section was saved and nothing is missing or wrong in it.
func (f Filled) Complete() bool { return f.Draft.Version > 0 && len(f.Problems) == 0 }

// Sheet is the section as people read it, for review and print.
func (f Filled) Sheet() []enroll.SheetRow { return f.FormSection.Sheet(f.Content) }

func (s *Service) applicant(v *Visit) enroll.Applicant {
	phone := v.Login.Phone
	if !v.Student.BoundAt.IsZero() {
		phone = v.Student.Phone
	}
	return enroll.Applicant{
		Registration: v.Registration, Student: v.Student, Program: v.Program, Point: v.Point,
		Settings: v.Intake.Settings, Phone: phone, Now: s.Now(),
	}
}

// Form is what this student is asked (新生入学登记表), with the roster's facts in it.
func (s *Service) Form(ctx context.Context, v *Visit) ([]enroll.FormSection, error) {
	if err := s.mayRead(ctx, v, enroll.StepBasic); err != nil {
		return nil, err
	}
	return enroll.Form(s.applicant(v)), nil
}

// Section is one section with its draft.
func (s *Service) Section(ctx context.Context, v *Visit, key enroll.SectionKey) (Filled, error) {
	form, err := s.openSection(ctx, v, key)
	if err != nil {
		return Filled{}, err
	}
	draft, err := s.Store.Section(ctx, v.Registration.ID, string(key))
	if err != nil {
		return Filled{}, err
	}
	return s.filled(v, form, draft)
}

// openSection finds a section that this student may open now.
func (s *Service) openSection(ctx context.Context, v *Visit, key enroll.SectionKey) (enroll.FormSection, error) {
	form, err := enroll.FindSection(enroll.Form(s.applicant(v)), key)
	if err != nil {
		return form, err
	}
	return form, s.mayRead(ctx, v, key.Step())
}

func (s *Service) filled(v *Visit, form enroll.FormSection, draft enroll.Section) (Filled, error) {
	f := Filled{FormSection: form, Draft: draft}
	if draft.Version == 0 {
		f.Content = suggested(form.Key, v.Registration)
	} else {
		var err error
		if f.Content, err = form.Read(draft.Content); err != nil {
			return f, err
		}
	}
	f.Problems = form.Problems(s.applicant(v), f.Content)
	return f, nil
}

// suggested is what the roster already knows of a section that was never saved.
func suggested(key enroll.SectionKey, r enroll.Registration) enroll.Content {
	c := enroll.Content{}
	if key != enroll.SectionBasic {
		return c
	}
	if code := enroll.PoliticsCode(r.Politics); code != "" {
		c["politics"] = code
	}
	if r.Postcode != "" {
		c["postcode"] = r.Postcode
	}
	return c
}

// filledForm gives every section with its draft, in the order of the form.
func (s *Service) filledForm(ctx context.Context, v *Visit) ([]Filled, error) {
	drafts, err := s.Store.Sections(ctx, v.Registration.ID)
	if err != nil {
		return nil, err
	}
	var form []Filled
	for _, section := range enroll.Form(s.applicant(v)) {
		f, err := s.filled(v, section, drafts[string(section.Key)])
		if err != nil {
			return nil, err
		}
		form = append(form, f)
	}
	return form, nil
}

func (s *Service) sectionsComplete(ctx context.Context, v *Visit) (basic, family, education bool, err error) {
	form, err := s.filledForm(ctx, v)
	if err != nil {
		return false, false, false, err
	}
	return form[0].Complete(), form[1].Complete(), form[2].Complete(), nil
}

// SaveSection keeps what the student wrote, complete or not, over the version
// that the page has seen. Where another device saved a newer one it is
// draft_conflict with that one, unless force puts this one over it. The same
// content sent again is no conflict: its answer was lost on the way.
func (s *Service) SaveSection(ctx context.Context, v *Visit, key enroll.SectionKey, version int, body []byte, force bool) (Filled, error) {
	form, err := s.openSection(ctx, v, key)
	if err != nil {
		return Filled{}, err
	}
	content, err := form.Read(body)
	if err != nil {
		return Filled{}, err
	}
	kept, err := json.Marshal(content)
	if err != nil {
		return Filled{}, err
	}
	draft := enroll.Section{
		Registration: v.Registration.ID, Key: string(key), Content: kept, Version: version, Login: v.Login.ID, Device: v.Device,
	}
	if err := s.mayChange(ctx, v, string(key)); err != nil {
		return Filled{}, err
	}
	saved := draft
	err = s.changeForm(ctx, v, string(key), func(tx *store.Store) error {
		saved, err = s.saveDraft(ctx, tx, draft, force)
		return err
	})
	if err != nil {
		return Filled{}, err
	}
	return s.filled(v, form, saved)
}

// saveDraft saves inside tx and gives the draft as it stands then.
func (s *Service) saveDraft(ctx context.Context, tx *store.Store, draft enroll.Section, force bool) (enroll.Section, error) {
	stands, err := tx.Section(ctx, draft.Registration, draft.Key)
	if err != nil {
		return draft, err
	}
	if stands.Version != draft.Version {
		if bytes.Equal(stands.Content, draft.Content) {
			return stands, nil
		}
		if !force {
			return draft, newer(stands)
		}
	}
	draft.Version = stands.Version
	if err := tx.SaveSection(ctx, draft, s.Now()); err != nil {
		return draft, err
	}
	return tx.Section(ctx, draft.Registration, draft.Key)
}

// newer tells the page of the draft that another device saved meanwhile.
func newer(d enroll.Section) error {
	return enroll.Fail("draft_conflict", d.Device+"，"+enroll.Minute(d.SavedAt)).
		With("version", d.Version).With("saved_at", d.SavedAt.UnixMilli()).With("device", d.Device).
		With("content", json.RawMessage(d.Content))
}

// FinishSection says that the student is through with a section; what is
// missing or wrong is form_incomplete with the problems.
func (s *Service) FinishSection(ctx context.Context, v *Visit, key enroll.SectionKey) error {
	f, err := s.Section(ctx, v, key)
	if err != nil {
		return err
	}
	if !f.Complete() {
		return enroll.Incomplete(f.Problems)
	}
	return nil
}
