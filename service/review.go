package service

import (
	"context"
	"errors"

	"xinsheng/enroll"
)

// Review is all that a student hands in, with what is still missing (核对并提交).
type Review struct {
	Sections []ReviewSection
	// CommitmentNeeded says that the letter of commitment comes before handing in.
	CommitmentNeeded bool
	Signed           bool
	// Bill is what will be owed; empty where no price fits.
	Bill []enroll.BillItem
}

// ReviewSection is one part of the form with the page that changes it.
type ReviewSection struct {
	Key      string
	Title    string
	Route    string
	Sheet    []enroll.SheetRow
	Files    []ReviewFiles
	Problems []enroll.Problem
}

// ReviewFiles are the uploaded files of one kind.
type ReviewFiles struct {
	Title string
	Files []enroll.Attachment
}

// Complete says that nothing is missing any more.
func (r Review) Complete() bool {
	for _, section := range r.Sections {
		if len(section.Problems) > 0 {
			return false
		}
	}
	return true
}

// Review gathers the whole form for a last look.
func (s *Service) Review(ctx context.Context, v *Visit) (Review, error) {
	if err := s.mayRead(ctx, v, enroll.StepReview); err != nil {
		return Review{}, err
	}
	sections, err := s.reviewSections(ctx, v)
	if err != nil {
		return Review{}, err
	}
	items, err := s.quote(ctx, v)
	if err != nil && !errors.Is(err, enroll.Fail("tuition_missing")) {
		return Review{}, err
	}
	return Review{
		Sections: sections, CommitmentNeeded: v.Program.Level.NeedsProof(), Signed: !v.Registration.SignedAt.IsZero(), Bill: items,
	}, nil
}

func (s *Service) reviewSections(ctx context.Context, v *Visit) ([]ReviewSection, error) {
	form, err := s.filledForm(ctx, v)
	if err != nil {
		return nil, err
	}
	var sections []ReviewSection
	for _, f := range form {
		section := ReviewSection{
			Key: string(f.Key), Title: f.Title, Route: "/form/" + string(f.Key), Sheet: f.Sheet(), Problems: f.Problems,
		}
		if f.Draft.Version == 0 && len(f.Problems) == 0 {
			section.Problems = []enroll.Problem{{Field: string(f.Key), Reason: "section_unsaved", Args: []any{f.Title}}}
		}
		sections = append(sections, section)
	}
	attachments, err := s.attachments(ctx, v)
	if err != nil {
		return nil, err
	}
	return append(sections, reviewAttachments(attachments)), nil
}

func reviewAttachments(a Attachments) ReviewSection {
	section := ReviewSection{Key: "attachments", Title: "附件上传", Route: "/form/attachments", Problems: a.Problems}
	for _, kind := range a.Kinds {
		files := ReviewFiles{Title: kind.Title}
		for _, f := range a.Files {
			if f.Kind == kind.Key {
				files.Files = append(files.Files, f)
			}
		}
		if len(files.Files) > 0 || kind.Required {
			section.Files = append(section.Files, files)
		}
	}
	if kind, ok := enroll.FindProofKind(a.Proof.Kind); ok {
		section.Sheet = append(section.Sheet, enroll.SheetRow{Label: "学历证明类型", Value: kind.Text}, enroll.SheetRow{Label: kind.CodeLabel, Value: a.Proof.Code})
		if kind.Expires {
			section.Sheet = append(section.Sheet, enroll.SheetRow{Label: "有效期至", Value: a.Proof.ValidUntil})
		}
	}
	return section
}
