package service

import (
	"bytes"
	"context"

	"xinsheng/enroll"
)

// Pictures turns uploaded files into files that are safe to keep; it decodes
// at most as many pictures at a time as it has slots, so that a crowd of
// students cannot eat the machine's memory.
type Pictures struct{ slots chan struct{} }

// NewPictures allows n pictures to be decoded at a time, usually one for each core.
func NewPictures(n int) *Pictures { return &Pictures{slots: make(chan struct{}, max(1, n))} }

// Upload is a file as it is kept: a JPEG without metadata, upright, or a checked PDF.
type Upload struct {
	Body   []byte
	Mime   string
	Width  int
	Height int
	Pages  int // of a PDF; 0 where it cannot be told
	// Print is the likeness of a person's photo, by which it is known again; none of other files.
	Print []byte
}

// Clean makes an uploaded file fit to be kept as one of a kind, or says which
// of its faults the student can mend. What the browser called the file and its
// type counts for nothing.
func (p *Pictures) Clean(ctx context.Context, kind enroll.AttachmentKind, body []byte) (Upload, error) {
	if len(body) == 0 || len(body) > enroll.UploadBytes {
		return Upload{}, kind.CheckBytes(len(body))
	}
	mime, refusal := fileType(body)
	if refusal != "" {
		return Upload{}, refuse(refusal, kind)
	}
	if !kind.Accepts(mime) {
		return Upload{}, refuse("upload_type", kind)
	}
	if err := kind.CheckBytes(len(body)); err != nil {
		return Upload{}, err
	}
	if mime == enroll.MimePDF {
		pages, err := checkPDF(body)
		return Upload{Body: body, Mime: mime, Pages: pages}, err
	}
	return p.clean(ctx, kind, body)
}

func refuse(reason enroll.Reason, kind enroll.AttachmentKind) error {
	switch {
	case reason != "upload_type":
		return enroll.Fail(reason)
	case len(kind.Accept) == 1 && kind.Accepts(enroll.MimeJPEG):
		return enroll.Fail("photo_not_jpeg")
	}
	return enroll.Fail(reason, kind.AcceptText())
}

// fileType tells what a file is by its first bytes, or why it is refused.
func fileType(body []byte) (mime string, refusal enroll.Reason) {
	switch {
	case bytes.HasPrefix(body, []byte("\xff\xd8\xff")):
		return enroll.MimeJPEG, ""
	case bytes.HasPrefix(body, []byte("\x89PNG\r\n\x1a\n")):
		return enroll.MimePNG, ""
	case bytes.HasPrefix(body, []byte("%PDF-")):
		return enroll.MimePDF, ""
	case bytes.HasPrefix(body, []byte("GIF8")):
		return "", "upload_gif"
	case heic(body):
		return "", "upload_heic"
	}
	return "", markup(body)
}

// heic finds the brands of pictures that iPhones make (ISO/IEC 23008-12).
func heic(body []byte) bool {
	if len(body) < 12 || string(body[4:8]) != "ftyp" {
		return false
	}
	switch string(body[8:12]) {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
		return true
	}
	return false
}

func markup(body []byte) enroll.Reason {
	head := bytes.ToLower(body[:min(len(body), 1024)])
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\x00")
	switch {
	case !bytes.HasPrefix(text, []byte("<")):
		return "upload_type"
	case bytes.Contains(text, []byte("<svg")):
		return "upload_svg"
	}
	return "upload_html"
}
