package service

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	"xinsheng/enroll"
)

func kindOf(t testing.TB, key string) enroll.AttachmentKind {
	kind, err := enroll.FindKind(enroll.AttachmentKinds(enroll.Settings{}, enroll.CollegeToBachelor, enroll.IDCard), key)
	if err != nil {
		t.Fatal(err)
	}
	return kind
}

// quarters is white with one dark quarter at the top left, so that every turn can be told apart.
func quarters(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{250, 250, 250, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{20, 20, 20, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func noise(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		m.Pix[i] = byte(r.Uint32())
	}
	return m
}

func asJPEG(m image.Image, quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func asPNG(m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func asGIF(m image.Image) []byte {
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const secretPlace = "GPS 32.0584N 118.7964E SecretPhone"

// withEXIF puts an EXIF segment with an orientation and a place behind the SOI of a JPEG.
func withEXIF(body []byte, orientation uint16) []byte {
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	segment := append(append([]byte("Exif\x00\x00"), append(tiff, 0, 0, 0, 0, 0, 0)...), secretPlace...)
	out := append([]byte{}, body[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(segment)+2))
	return append(append(out, segment...), body[2:]...)
}

// hugePNG says that it has w × h pixels and holds almost none.
func hugePNG(w, h uint32) []byte {
	body := asPNG(quarters(300, 300))
	binary.BigEndian.PutUint32(body[16:], w)
	binary.BigEndian.PutUint32(body[20:], h)
	binary.BigEndian.PutUint32(body[29:], crc32.ChecksumIEEE(body[12:29]))
	return body
}

func hugeJPEG() []byte {
	body := asJPEG(quarters(300, 300), 80)
	sof := bytes.Index(body, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(body[sof+5:], 65500)
	binary.BigEndian.PutUint16(body[sof+7:], 65500)
	return body
}

func paper(inside string) []byte {
	return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + " >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n")
}

// pagesOf is a paper with n pages in a tree that says so.
func pagesOf(n int) string {
	tree := fmt.Sprintf(">>\nendobj\n2 0 obj\n<< /Type /Pages /Count %d >>\nendobj\n", n)
	for i := range n {
		tree += fmt.Sprintf("%d 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n", i+3)
	}
	return tree + "9 0 obj\n<< /Type /PageLabel"
}

func packedPaper(inside string) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	w.Write([]byte(inside))
	w.Close()
	return []byte("%PDF-1.7\n2 0 obj\n<< /Type /Obj#53tm /Filter /FlateDecode >>\nstream\r\n" + z.String() + "\nendstream\nendobj\n%%EOF")
}

func TestUploadRefusals(t *testing.T) {
	good := asJPEG(quarters(480, 640), 80)
	heicHead := append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), make([]byte, 500)...)
	for _, c := range []struct {
		name string
		kind string
		body []byte
		want enroll.Reason
	}{
		{"empty", enroll.IDFront, nil, "upload_empty"},
		{"one byte", enroll.IDFront, []byte("x"), "upload_type"},
		{"over 10 MiB", enroll.ProofFiles, append([]byte("%PDF-1.4"), make([]byte, enroll.UploadBytes)...), "upload_too_large"},
		{"over 500 kB", enroll.IDFront, asJPEG(noise(1200, 900), 90), "upload_too_large"},
		{"photo over 50 kB", enroll.Portrait, asJPEG(noise(480, 640), 60), "upload_too_large"},
		{"photo of another size", enroll.Portrait, asJPEG(quarters(640, 480), 70), "photo_size"},
		{"photo turned by its EXIF", enroll.Portrait, withEXIF(good, 6), "photo_size"},
		{"photo as PNG", enroll.Portrait, asPNG(quarters(480, 640)), "photo_not_jpeg"},
		{"photo as PDF", enroll.Portrait, paper(""), "photo_not_jpeg"},
		{"GIF", enroll.IDFront, asGIF(quarters(300, 300)), "upload_gif"},
		{"GIF with a picture's name inside", enroll.IDFront, append(asGIF(quarters(300, 300)), good...), "upload_gif"},
		{"HEIC", enroll.IDFront, heicHead, "upload_heic"},
		{"AVIF", enroll.IDFront, []byte("\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avifmif1"), "upload_type"},
		{"MP4", enroll.IDFront, []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), "upload_type"},
		{"WebP", enroll.IDFront, []byte("RIFF\x24\x00\x00\x00WEBPVP8 "), "upload_type"},
		{"BMP", enroll.IDFront, []byte("BM\x36\x00\x00\x00"), "upload_type"},
		{"ZIP", enroll.ProofFiles, []byte("PK\x03\x04\x14\x00"), "upload_type"},
		{"SVG", enroll.IDFront, []byte(`<?xml version="1.0"?><svg onload="alert(1)"/>`), "upload_svg"},
		{"SVG behind a BOM", enroll.IDFront, []byte("\xef\xbb\xbf \n<svg/>"), "upload_svg"},
		{"HTML", enroll.IDFront, []byte("<!DOCTYPE html><script>alert(1)</script>"), "upload_html"},
		{"HTML as proof", enroll.ProofFiles, []byte("\n<html><body>学信网</body></html>"), "upload_html"},
		{"PDF as ID photo", enroll.IDFront, paper(""), "upload_type"},
		{"truncated JPEG", enroll.IDFront, good[:len(good)/2], "upload_broken"},
		{"JPEG without its head", enroll.IDFront, good[:3], "upload_broken"},
		{"truncated PNG", enroll.IDFront, asPNG(noise(300, 300))[:5000], "upload_broken"},
		{"PNG with a wrong sum", enroll.IDFront, bytes.Replace(asPNG(quarters(300, 300)), []byte("IDAT"), []byte("IDAU"), 1), "upload_broken"},
		{"PNG bomb", enroll.IDFront, hugePNG(30000, 30000), "upload_pixels"},
		{"PNG line of 4 Gi", enroll.IDFront, hugePNG(0x7fffffff, 1), "upload_pixels"},
		{"JPEG bomb", enroll.IDFront, hugeJPEG(), "upload_pixels"},
		{"stamp-sized", enroll.IDFront, asJPEG(quarters(40, 30), 80), "upload_unreadable"},
		{"PDF with a script", enroll.ProofFiles, paper("/Names << /JavaScript 5 0 R >>"), "upload_pdf_active"},
		{"PDF with a script's key", enroll.ProofFiles, paper("/A << /JS (app.alert\\(1\\)) >>"), "upload_pdf_active"},
		{"PDF with an escaped script", enroll.ProofFiles, paper("/A << /S /Java#53cript >>"), "upload_pdf_active"},
		{"PDF with a packed script", enroll.ProofFiles, packedPaper("<< /S /JavaScript >>"), "upload_pdf_active"},
		{"PDF with a packed escaped key", enroll.ProofFiles, packedPaper("<< /#4aS (x) >>"), "upload_pdf_active"},
		{"PDF that starts a program", enroll.ProofFiles, paper("/A << /S /Launch >>"), "upload_pdf_active"},
		{"PDF with a file inside", enroll.ProofFiles, paper("/Names << /EmbeddedFiles 3 0 R >>"), "upload_pdf_active"},
		{"PDF with an action", enroll.ProofFiles, paper("/OpenAction 4 0 R"), "upload_pdf_active"},
		{"PDF with further actions", enroll.ProofFiles, paper("/AA << >>"), "upload_pdf_active"},
		{"PDF cut short", enroll.ProofFiles, paper("")[:60], "upload_pdf_broken"},
		{"PDF head only", enroll.ProofFiles, []byte("%PDF-1.7"), "upload_pdf_broken"},
		{"good photo", enroll.Portrait, good, ""},
		{"good ID photo as PNG", enroll.IDFront, asPNG(quarters(600, 400)), ""},
		{"good PDF", enroll.ProofFiles, paper("/OpenAction [3 0 R /Fit] /JSON 1"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewPictures(1).Clean(context.Background(), kindOf(t, c.kind), c.body)
			if got := enroll.ReasonOf(err); got != c.want || (err != nil) != (c.want != "") {
				t.Errorf("reason %q (%v), want %q", got, err, c.want)
			}
		})
	}
}

func TestLowerBound(t *testing.T) {
	kind := kindOf(t, enroll.Portrait)
	kind.MinBytes = 10_000
	_, err := NewPictures(1).Clean(context.Background(), kind, asJPEG(quarters(480, 640), 40))
	if enroll.ReasonOf(err) != "upload_too_small" {
		t.Errorf("%v", err)
	}
}

func TestPictureLosesItsMetadata(t *testing.T) {
	hostile := append(withEXIF(asJPEG(quarters(480, 640), 80), 1), "<script>alert(1)</script>"...)
	kept, err := NewPictures(1).Clean(context.Background(), kindOf(t, enroll.Portrait), hostile)
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"Exif", "GPS", "SecretPhone", "<script>"} {
		if bytes.Contains(kept.Body, []byte(trace)) {
			t.Errorf("%q is still there", trace)
		}
	}
	if len(kept.Body) > 50_000 || kept.Width != 480 || kept.Height != 640 || kept.Mime != enroll.MimeJPEG {
		t.Errorf("kept %d bytes, %d×%d, %s", len(kept.Body), kept.Width, kept.Height, kept.Mime)
	}
}

func TestPictureStandsUpright(t *testing.T) {
	// Where the dark quarter comes to lie for each orientation of a 400 × 300 picture.
	dark := map[uint16]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}}
	for orientation, corner := range dark {
		kept, err := NewPictures(1).Clean(context.Background(), kindOf(t, enroll.IDFront), withEXIF(asJPEG(quarters(400, 300), 90), orientation))
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(kept.Body))
		if err != nil {
			t.Fatal(err)
		}
		w, h := m.Bounds().Dx(), m.Bounds().Dy()
		if (orientation >= 5) != (h > w) {
			t.Errorf("orientation %d: %d×%d", orientation, w, h)
		}
		for _, at := range []image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
			r, _, _, _ := m.At(w/4+at.X*w/2, h/4+at.Y*h/2).RGBA()
			if (r < 0x8000) != (at == corner) {
				t.Errorf("orientation %d: brightness %x at %v", orientation, r, at)
			}
		}
	}
}

func TestCertificatePhotoFitsAfterReencoding(t *testing.T) {
	m := noise(480, 640)
	for i := range m.Pix {
		m.Pix[i] = m.Pix[i]/6 + 100
	}
	for quality := 90; quality > 5; quality -= 5 {
		body := asJPEG(m, quality)
		if len(body) > 50_000 {
			continue
		}
		kept, err := NewPictures(1).Clean(context.Background(), kindOf(t, enroll.Portrait), body)
		if err != nil || len(kept.Body) > 50_000 {
			t.Errorf("quality %d: %d bytes became %d (%v)", quality, len(body), len(kept.Body), err)
		}
		return
	}
	t.Fatal("no quality made the picture small enough")
}

func FuzzUpload(f *testing.F) {
	for _, seed := range [][]byte{
		asJPEG(quarters(480, 640), 80), withEXIF(asJPEG(quarters(300, 300), 80), 6), asPNG(quarters(300, 300)),
		paper("/OpenAction [3 0 R /Fit]"), packedPaper("<< /S /JavaScript >>"), hugePNG(30000, 30000), []byte("<svg/>"),
	} {
		f.Add(seed)
	}
	pictures := NewPictures(2)
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, key := range []string{enroll.Portrait, enroll.IDFront, enroll.ProofFiles} {
			kind := kindOf(t, key)
			kept, err := pictures.Clean(context.Background(), kind, body)
			if err != nil {
				if enroll.ReasonOf(err) == "" {
					t.Fatalf("an error without a reason: %v", err)
				}
				continue
			}
			if len(kept.Body) == 0 || len(kept.Body) > kind.MaxBytes || !kind.Accepts(kept.Mime) && kept.Mime != enroll.MimeJPEG {
				t.Fatalf("kept %d bytes of %s", len(kept.Body), kept.Mime)
			}
		}
	})
}

// streamedPapers is a paper of n pages, each in an object stream of its own as some printers write them.
func streamedPapers(n int) []byte {
	body := []byte("%PDF-1.7\n")
	for i := range n {
		stream := packedPaper(fmt.Sprintf("%d 0 <</Type/Page/Parent 2 0 R>>", i+3))
		body = append(body, stream[len("%PDF-1.7\n"):]...)
	}
	return append(body, paper(fmt.Sprintf(">>\nendobj\n2 0 obj\n<< /Type /Pages /Count %d", n))...)
}

// TestPagesOfPapers counts what stands in the open, what is packed, and what was written anew by a signature or taken out by a change.
func TestPagesOfPapers(t *testing.T) {
	for name, c := range map[string]struct {
		body []byte
		want int
	}{
		"three": {paper(pagesOf(3)), 3}, "packed": {packedPaper(pagesOf(2)), 2}, "none to be told": {paper(""), 0},
		"signed":            {paper(pagesOf(2) + " >>\nendobj\n" + pagesOf(2)), 2},
		"many streams":      {streamedPapers(70), 70},
		"taken out":         {append(paper(pagesOf(9)), paper(">>\nendobj\n2 0 obj\n<< /Type /Pages /Count 3 /Kids [3 0 R 4 0 R 5 0 R]")...), 3},
		"taken out, packed": {append(paper(pagesOf(9)), packedPaper("2 0 <</Type/Pages/Count 3/Kids[3 0 R 20 0 R]>><</Type/Pages/Parent 2 0 R/Count 2>>")...), 3},
	} {
		clean, err := NewPictures(1).Clean(context.Background(), kindOf(t, enroll.ProofFiles), c.body)
		if err != nil || clean.Pages != c.want {
			t.Errorf("%s: %d pages, %v", name, clean.Pages, err)
		}
	}
}
