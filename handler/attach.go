package handler

import (
	"errors"
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type fileView struct {
	ID        string `json:"id"`
	Kind      string `json:"kind"`
	Mime      string `json:"mime"`
	Bytes     int    `json:"bytes"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Pages     int    `json:"pages,omitempty"`
	URL       string `json:"url"`
	CreatedAt int64  `json:"created_at"`
}

type attachmentKindView struct {
	Key      string     `json:"key"`
	Title    string     `json:"title"`
	Hint     string     `json:"hint"`
	Required bool       `json:"required"`
	MaxFiles int        `json:"max_files"`
	MaxPages int        `json:"max_pages,omitempty"`
	Accept   []string   `json:"accept"`
	MaxBytes int        `json:"max_bytes"`
	MinBytes int        `json:"min_bytes"`
	Width    int        `json:"width,omitempty"`
	Height   int        `json:"height,omitempty"`
	Files    []fileView `json:"files"`
	// Reading says that an identity card is being read, Warnings what to look at again in it.
	Reading  bool             `json:"reading"`
	Warnings []enroll.Problem `json:"warnings"`
}

type proofKindView struct {
	Code      string `json:"code"`
	Text      string `json:"text"`
	CodeLabel string `json:"code_label"`
	Expires   bool   `json:"expires"`
}

type proofView struct {
	Kinds      []proofKindView  `json:"kinds"`
	Kind       string           `json:"kind"`
	Code       string           `json:"code"`
	ValidUntil string           `json:"valid_until"`
	Warnings   []enroll.Problem `json:"warnings"`
}

type attachmentsView struct {
	Kinds    []attachmentKindView `json:"kinds"`
	Proof    proofView            `json:"proof"`
	Problems []enroll.Problem     `json:"problems"`
	Complete bool                 `json:"complete"`
}

func fileURL(v *service.Visit, id string) string { return base(v) + "/attachments/" + id + "/file" }

func viewAttachments(v *service.Visit, a service.Attachments) attachmentsView {
	view := attachmentsView{
		Kinds: []attachmentKindView{}, Problems: append([]enroll.Problem{}, a.Problems...), Complete: len(a.Problems) == 0,
		Proof: proofView{Kinds: []proofKindView{}, Kind: a.Proof.Kind, Code: a.Proof.Code, ValidUntil: a.Proof.ValidUntil, Warnings: append([]enroll.Problem{}, a.ProofWarnings...)},
	}
	for _, k := range enroll.ProofKinds {
		view.Proof.Kinds = append(view.Proof.Kinds, proofKindView{k.Code, k.Text, k.CodeLabel, k.Expires})
	}
	for _, k := range a.Kinds {
		kind := viewKind(k)
		kind.Reading, kind.Warnings = a.Cards[k.Key].Pending, append(kind.Warnings, a.Cards[k.Key].Warnings...)
		for _, f := range a.Files {
			if f.Kind == k.Key {
				kind.Files = append(kind.Files, viewFile(f, fileURL(v, f.ID)))
			}
		}
		view.Kinds = append(view.Kinds, kind)
	}
	return view
}

func viewFile(f enroll.Attachment, url string) fileView {
	return fileView{f.ID, f.Kind, f.Mime, f.Bytes, f.Width, f.Height, f.Pages, url, f.CreatedAt.UnixMilli()}
}

// viewKind is what a kind of attachment asks, without the files that are there.
func viewKind(k enroll.AttachmentKind) attachmentKindView {
	return attachmentKindView{
		Key: k.Key, Title: k.Title, Hint: k.Hint, Required: k.Required, MaxFiles: k.MaxFiles, MaxPages: k.MaxPages, Accept: k.Accept,
		MaxBytes: k.MaxBytes, MinBytes: k.MinBytes, Width: k.Width, Height: k.Height, Files: []fileView{}, Warnings: []enroll.Problem{},
	}
}

func (h *Handler) attachments(c *gin.Context, v *service.Visit) (any, error) {
	a, err := h.svc.Attachments(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	return viewAttachments(v, a), nil
}

func (h *Handler) attach(c *gin.Context, v *service.Visit) (any, error) {
	body, err := uploaded(c, "file")
	if err != nil {
		return nil, err
	}
	if err := h.svc.Attach(c.Request.Context(), v, c.Param("kind"), body); err != nil {
		return nil, err
	}
	return h.attachments(c, v)
}

// uploaded reads the one file of a multipart body into memory, never to disk;
// its name is not looked at. A file beyond the bound is cut one byte after it,
// so that the service sees that it is too large.
func uploaded(c *gin.Context, field string) ([]byte, error) {
	form, err := c.Request.MultipartReader()
	if err != nil {
		return nil, enroll.Fail("upload_missing").Because(err)
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, enroll.Fail("upload_missing")
		}
		if err != nil {
			return nil, unreadable(err)
		}
		if part.FormName() != field {
			continue
		}
		body, err := io.ReadAll(io.LimitReader(part, enroll.UploadBytes+1))
		if err != nil {
			return nil, unreadable(err)
		}
		return body, nil
	}
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return enroll.Fail("upload_missing").Because(err)
}

func (h *Handler) detach(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.Detach(c.Request.Context(), v, c.Param("file")); err != nil {
		return nil, err
	}
	return h.attachments(c, v)
}

func (h *Handler) writeProof(c *gin.Context, v *service.Visit) (any, error) {
	var p enroll.Proof
	if err := bind(c, &p); err != nil {
		return nil, err
	}
	if err := h.svc.WriteProof(c.Request.Context(), v, p); err != nil {
		return nil, err
	}
	return h.attachments(c, v)
}

func (h *Handler) finishAttachments(c *gin.Context, v *service.Visit) (any, error) {
	if err := h.svc.FinishAttachments(c.Request.Context(), v); err != nil {
		return nil, err
	}
	return h.me(c, v)
}

func (h *Handler) openAttachment(c *gin.Context, v *service.Visit) (any, error) {
	file, body, err := h.svc.OpenAttachment(c.Request.Context(), v, c.Param("file"))
	if err != nil {
		return nil, err
	}
	sendFile(c, file.Mime, body)
	return nil, nil
}

// sendFile sends what a student uploaded so that no browser can run it: fixed
// type, no sniffing, a policy that allows nothing, and a PDF as a download.
func sendFile(c *gin.Context, mime string, body []byte) {
	c.Header("Content-Security-Policy", "default-src 'none'; sandbox")
	c.Header("Cache-Control", "no-store")
	disposition := "inline"
	if mime == enroll.MimePDF {
		disposition = `attachment; filename="document.pdf"`
	}
	c.Header("Content-Disposition", disposition)
	c.Data(http.StatusOK, mime, body)
}
