package enroll

import (
	"fmt"
	"slices"
)

// AttachmentKind is one kind of file that the form asks for (附件上传) with its bounds.
type AttachmentKind struct {
	Key      string
	Title    string
	Hint     string
	Required bool
	MaxFiles int
	// MaxPages is how many pages all files of the kind may have together, a picture being one; 0 for any number.
	MaxPages int
	// Accept lists the MIME types taken; pictures are kept as JPEG whatever came.
	Accept []string
	PhotoRule
}

// The keys of the kinds of attachments.
const (
	IDFront    = "id_front"
	IDBack     = "id_back"
	Portrait   = "photo"
	ProofFiles = "proof"
	NameChange = "name_change"
	OtherFiles = "other"
)

// The MIME types of attachments.
const (
	MimeJPEG = "image/jpeg"
	MimePNG  = "image/png"
	MimePDF  = "application/pdf"
)

// No upload is larger than UploadBytes, no picture has more than PicturePixels
// (reliability S8), whatever the settings say.
const (
	UploadBytes   = 10 << 20
	PicturePixels = 25_000_000
)

// The bounds where the settings are silent (manual 一.2, fields.md); kB are 1,000 bytes.
var (
	idPhotoRule  = PhotoRule{MaxBytes: 500_000}
	portraitRule = PhotoRule{Width: 480, Height: 640, MaxBytes: 50_000}
	paperRule    = PhotoRule{MaxBytes: 5_000_000}
)

func (r PhotoRule) or(standard PhotoRule) PhotoRule {
	if r.Width == 0 || r.Height == 0 {
		r.Width, r.Height = standard.Width, standard.Height
	}
	if r.MaxBytes == 0 {
		r.MaxBytes = standard.MaxBytes
	}
	return r
}

// AttachmentKinds lists what a student of this level with this document
// uploads, in the order of the page: both sides of the document (a passport has
// one), the certificate photo, and for 专升本 the proof of earlier studies.
func AttachmentKinds(s Settings, level Level, document IDType) []AttachmentKind {
	pictures := []string{MimeJPEG, MimePNG}
	papers := []string{MimeJPEG, MimePNG, MimePDF}
	kinds := documentKinds(document, s.IDPhoto.or(idPhotoRule), pictures)
	kinds = append(kinds, AttachmentKind{
		Portrait, "证件照", "近期正面免冠照片，用于学籍资料存档。可以直接选原图，网页会帮您裁剪和压缩。",
		true, 1, 0, []string{MimeJPEG}, s.Photo.or(portraitRule),
	})
	paper := s.Proof.or(paperRule)
	if level.NeedsProof() {
		kinds = append(kinds,
			AttachmentKind{ProofFiles, "学历证明", "请上传从学信网下载的 PDF，或清晰的照片、截图；多页可分别上传。", true, 5, 5, papers, paper},
			AttachmentKind{NameChange, "姓名变更证明", "学历证明上的姓名与录取姓名不同时才需要。", false, 3, 0, papers, paper})
	}
	return append(kinds, AttachmentKind{OtherFiles, "其他材料", "老师要求补充时再上传。", false, 5, 0, papers, paper})
}

// documentKinds asks for the sides of a document: one picture each.
func documentKinds(document IDType, rule PhotoRule, accept []string) []AttachmentKind {
	const hint = "请把证件放平，四角完整、文字清晰、没有反光。"
	d, _ := Document(string(document))
	kinds := make([]AttachmentKind, len(d.Sides))
	for i, side := range d.Sides {
		kinds[i] = AttachmentKind{[]string{IDFront, IDBack}[i], side, hint, true, 1, 0, accept, rule}
	}
	return kinds
}

// FindKind finds a kind by key, or fails with attachment_kind.
func FindKind(kinds []AttachmentKind, key string) (AttachmentKind, error) {
	i := slices.IndexFunc(kinds, func(k AttachmentKind) bool { return k.Key == key })
	if i < 0 {
		return AttachmentKind{}, Fail("attachment_kind")
	}
	return kinds[i], nil
}

// Accepts says that files of this MIME type may be uploaded.
func (k AttachmentKind) Accepts(mime string) bool { return slices.Contains(k.Accept, mime) }

// AcceptText names the accepted types for people: JPG、PNG 或 PDF.
func (k AttachmentKind) AcceptText() string {
	switch {
	case k.Accepts(MimePDF):
		return "JPG、PNG 照片或 PDF"
	case k.Accepts(MimePNG):
		return "JPG 或 PNG 照片"
	}
	return "JPG 照片"
}

// CheckBytes holds a file's length against the bounds of its kind.
func (k AttachmentKind) CheckBytes(n int) error {
	limit := UploadBytes
	if k.MaxBytes > 0 {
		limit = min(limit, k.MaxBytes)
	}
	switch {
	case n == 0:
		return Fail("upload_empty")
	case n > limit:
		return Fail("upload_too_large", FileSize(n), FileSize(limit))
	case n < k.MinBytes:
		return Fail("upload_too_small", FileSize(n), FileSize(k.MinBytes))
	}
	return nil
}

// CheckSize holds a picture's upright width and height against its kind.
func (k AttachmentKind) CheckSize(width, height int) error {
	if k.Width > 0 && (width != k.Width || height != k.Height) {
		return Fail("photo_size", k.Width, k.Height, width, height)
	}
	return nil
}

// CheckPages holds the pages of a new file together with those of the files of its kind that are there.
func (k AttachmentKind) CheckPages(added Attachment, there []Attachment) error {
	if k.MaxPages == 0 {
		return nil
	}
	pages := max(1, added.Pages)
	for _, a := range there {
		if a.Kind == k.Key {
			pages += max(1, a.Pages)
		}
	}
	if pages > k.MaxPages {
		return Fail("attachment_pages", k.Title, k.MaxPages, max(1, added.Pages))
	}
	return nil
}

// MissingAttachments lists the problems of what is uploaded so far: required kinds without a file.
func MissingAttachments(kinds []AttachmentKind, files []Attachment) []Problem {
	var problems []Problem
	for _, k := range kinds {
		if k.Required && !slices.ContainsFunc(files, func(a Attachment) bool { return a.Kind == k.Key }) {
			problems = append(problems, Problem{Field: k.Key, Reason: "attachment_missing", Args: []any{k.Title}})
		}
	}
	return problems
}

// FileSize writes a length for people, in kB of 1,000 bytes: 48 kB, 2.4 MB.
func FileSize(n int) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%d kB", (n+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
