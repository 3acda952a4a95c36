package service

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xinsheng/enroll"
)

// ReviewPicture is a picture or paper that lies beside an item; its bytes come by key.
type ReviewPicture struct {
	Key   string
	Title string
	Mime  string
	// Object names its bytes; empty where there is none, as where no admission picture was imported.
	Object string
	// Note says what happened instead where there are no bytes.
	Note string
}

// The keys of pictures that are no attachments.
const (
	pictureArchive   = "archive"
	pictureRoster    = "roster"
	pictureSignature = "signature"
	picturePaper     = "paper"
)

// reviewAttachmentKinds are the attachments that lie beside an item of a kind, in this order.
var reviewAttachmentKinds = map[enroll.ReviewKind][]string{
	enroll.ReviewFace:        {enroll.Portrait, enroll.IDFront},
	enroll.ReviewForm:        {enroll.Portrait, enroll.IDFront, enroll.IDBack, enroll.ProofFiles, enroll.NameChange, enroll.OtherFiles},
	enroll.ReviewProof:       {enroll.ProofFiles, enroll.NameChange, enroll.IDFront, enroll.ProofEvidence},
	enroll.ReviewApplication: {enroll.IDFront},
	enroll.ReviewCorrection:  {enroll.IDFront, enroll.IDBack},
	enroll.ReviewName:        {enroll.IDFront, enroll.IDBack},
}

// reviewPictures lists what lies beside an item: for a person's likeness the
// live photo and the admission's picture too, also where one is missing.
func (s *Service) reviewPictures(ctx context.Context, o *OpenReview) ([]ReviewPicture, error) {
	pictures, err := s.ownPictures(ctx, o)
	if err != nil {
		return nil, err
	}
	files, err := s.Store.Attachments(ctx, o.Registration)
	if err != nil {
		return nil, err
	}
	kinds := attachmentKinds(o.Matter)
	for _, key := range reviewAttachmentKinds[o.Kind] {
		pictures = append(pictures, attached(files, kinds, key)...)
	}
	return pictures, nil
}

// ownPictures are those that are no attachments of the form.
func (s *Service) ownPictures(ctx context.Context, o *OpenReview) ([]ReviewPicture, error) {
	switch o.Kind {
	case enroll.ReviewFace, enroll.ReviewForm:
		return s.likenesses(ctx, o.Matter.Registration)
	case enroll.ReviewApplication:
		return s.applicationPictures(ctx, o.ID)
	case enroll.ReviewCorrection, enroll.ReviewName:
		c, err := s.Store.Correction(ctx, o.ID)
		if err != nil || c.Picture == "" {
			return nil, err
		}
		return []ReviewPicture{{Key: picturePaper, Title: "证明材料", Mime: c.Mime, Object: c.Picture}}, nil
	}
	return nil, nil
}

func attached(files []enroll.Attachment, kinds []enroll.AttachmentKind, key string) []ReviewPicture {
	title := "核验截图"
	if kind, err := enroll.FindKind(kinds, key); err == nil {
		title = kind.Title
	}
	var pictures []ReviewPicture
	for _, f := range files {
		if f.Kind == key {
			title := title
			if f.Pages > 1 {
				title = fmt.Sprintf("%s（%d 页）", title, f.Pages)
			}
			pictures = append(pictures, ReviewPicture{Key: f.ID, Title: title, Mime: f.Mime, Object: f.Object})
		}
	}
	return pictures
}

// likenesses are the live photo (存档照片) and the admission's picture (录取照片).
func (s *Service) likenesses(ctx context.Context, r enroll.Registration) ([]ReviewPicture, error) {
	live := ReviewPicture{Key: pictureArchive, Title: "现场照片", Mime: enroll.MimeJPEG}
	archives, err := s.Store.ArchivesOf(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	if live.Note, err = s.faceNote(ctx, r, archives); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(archives, func(a enroll.Archive) bool { return a.Object != "" }); i >= 0 {
		live.Object = archives[i].Object
	}
	admission := ReviewPicture{Key: pictureRoster, Title: "录取照片", Mime: enroll.MimeJPEG, Note: "没有导入录取照片"}
	photo, err := s.Store.RosterPhoto(ctx, r.ID)
	if err != nil && enroll.CodeOf(err) != enroll.NotFound {
		return nil, err
	}
	admission.Object = photo.Object
	return []ReviewPicture{live, admission}, nil
}

// faceNote says how the identity was checked where no live photo is kept: one
// that the face service let pass is not stored, and others are dropped in time.
func (s *Service) faceNote(ctx context.Context, r enroll.Registration, archives []enroll.Archive) (string, error) {
	switch {
	case r.Face == enroll.FacePassed:
		checks, err := s.Store.FaceChecks(ctx, r.ID, time.Time{})
		for _, check := range slices.Backward(checks) {
			if check.Outcome == enroll.OutcomePass {
				return fmt.Sprintf("%s 人脸识别通过，相似度 %.0f；照片不留存", enroll.Minute(check.At), check.Sim), err
			}
		}
		return "人脸识别通过；照片不留存", err
	case r.Face == enroll.FaceApproved && len(archives) > 0:
		return enroll.Minute(archives[0].DecidedAt) + " 身份核验通过，没有留存照片", nil
	}
	return r.Face.Name(), nil
}

func (s *Service) applicationPictures(ctx context.Context, id string) ([]ReviewPicture, error) {
	a, err := s.Application(ctx, id)
	if err != nil {
		return nil, err
	}
	var pictures []ReviewPicture
	for _, f := range a.Files {
		pictures = append(pictures, ReviewPicture{Key: f.ID, Title: "证明材料", Mime: f.Mime, Object: f.Object})
	}
	if a.Signature != "" {
		title := "个人签名"
		if a.TypedName != "" {
			title = "个人签名（手写签名的照片，输入姓名：" + a.TypedName + "）"
		}
		pictures = append(pictures, ReviewPicture{Key: pictureSignature, Title: title, Mime: enroll.MimePNG, Object: a.Signature})
	}
	return pictures, nil
}

// ReviewPicture gives the bytes of a picture that lies beside an item; the look is recorded with the item's.
func (s *Service) ReviewPicture(ctx context.Context, d *Duty, kind enroll.ReviewKind, id, key string) (ReviewPicture, []byte, error) {
	item, err := s.waitingItem(ctx, d, kind, id)
	if err != nil {
		return ReviewPicture{}, nil, err
	}
	o := &OpenReview{QueuedReview: QueuedReview{ReviewItem: item}}
	if o.Matter, err = s.matterOf(ctx, item.Registration); err != nil {
		return ReviewPicture{}, nil, err
	}
	pictures, err := s.reviewPictures(ctx, o)
	if err != nil {
		return ReviewPicture{}, nil, err
	}
	i := slices.IndexFunc(pictures, func(p ReviewPicture) bool { return p.Key == key && p.Object != "" })
	if i < 0 {
		return ReviewPicture{}, nil, enroll.Fail("not_found")
	}
	if err := s.lookOnce(ctx, d, item.Registration, "审核台："+kind.Name()); err != nil {
		return ReviewPicture{}, nil, err
	}
	body, err := s.Files.Get(ctx, pictures[i].Object)
	return pictures[i], body, err
}
