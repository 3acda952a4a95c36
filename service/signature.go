package service

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strings"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
)

// A signature's bounds: the picture's, and the least that looks like a name (笔迹).
const (
	signatureBytes  = 1 << 20
	signatureSide   = 4000
	leastInk        = 120
	leastInkWidth   = 24
	leastInkHeight  = 12
	pngDataURL      = "data:image/png;base64,"
	jpegDataURL     = "data:image/jpeg;base64,"
	leastPhotoSide  = 120
	photoSide       = 800
	inkDarkness     = 0xa000
	inkOpaqueEnough = 0x6000
)

// Signing is how somebody signs: with strokes drawn on a pad (PNG), or, for who
// cannot draw on a screen, with a photo of the handwritten name (JPEG) and the name typed; a picture is a data URL.
type Signing struct {
	Signature string
	TypedName string
}

func (g Signing) photographed() bool { return strings.HasPrefix(g.Signature, jpegDataURL) }

// typed is the name that counts: a drawn signature needs none.
func (g Signing) typed() string {
	if g.photographed() {
		return enroll.CleanName(g.TypedName)
	}
	return ""
}

// signed reads what somebody signed with.
func (s *Service) signed(ctx context.Context, v *Visit, sign Signing) (image.Image, error) {
	if !sign.photographed() {
		return s.signature(ctx, sign.Signature)
	}
	// What the login took as this person's name (a rare sign left out or written as ?) is one here too.
	if enroll.MatchName(norm.NFKC.String(sign.TypedName), norm.NFKC.String(v.Registration.Name)) == enroll.NameDiffers {
		return nil, enroll.FailField("typed_name", "signature_name")
	}
	if err := s.Pictures.enter(ctx); err != nil {
		return nil, err
	}
	defer s.Pictures.leave()
	return readSignaturePhoto(strings.TrimPrefix(sign.Signature, jpegDataURL))
}

func (s *Service) signature(ctx context.Context, dataURL string) (image.Image, error) {
	if err := s.Pictures.enter(ctx); err != nil {
		return nil, err
	}
	defer s.Pictures.leave()
	return readSignature(dataURL)
}

// readSignaturePhoto decodes a photo of a handwritten name and makes it as small as a paper needs it.
func readSignaturePhoto(encoded string) (image.Image, error) {
	if len(encoded) > signatureBytes*4/3 {
		return nil, enroll.Fail("signature_photo")
	}
	body, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, enroll.Fail("signature_photo").Because(err)
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(body))
	if err != nil || max(config.Width, config.Height) > signatureSide || min(config.Width, config.Height) < leastPhotoSide {
		return nil, enroll.Fail("signature_photo").Because(err)
	}
	taken, err := jpeg.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, enroll.Fail("signature_photo").Because(err)
	}
	photo := upright(taken, orientation(body))
	size := photo.Bounds().Size()
	share := min(1, float64(photoSide)/float64(max(size.X, size.Y)))
	small := image.NewRGBA(image.Rect(0, 0, int(float64(size.X)*share), int(float64(size.Y)*share)))
	xdraw.BiLinear.Scale(small, small.Bounds(), photo, photo.Bounds(), xdraw.Src, nil)
	return small, nil
}

// readSignature decodes what the signature pad drew, crops it to its strokes,
// and refuses an empty pad and a mere dot.
func readSignature(dataURL string) (image.Image, error) {
	encoded, ok := strings.CutPrefix(dataURL, pngDataURL)
	if !ok || encoded == "" {
		return nil, enroll.Fail("signature_missing")
	}
	if len(encoded) > signatureBytes*4/3 {
		return nil, enroll.Fail("signature_picture")
	}
	body, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, enroll.Fail("signature_picture").Because(err)
	}
	config, err := png.DecodeConfig(bytes.NewReader(body))
	if err != nil || config.Width > signatureSide || config.Height > signatureSide {
		return nil, enroll.Fail("signature_picture").Because(err)
	}
	drawn, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, enroll.Fail("signature_picture").Because(err)
	}
	return strokes(drawn)
}

func strokes(drawn image.Image) (image.Image, error) {
	var box image.Rectangle
	dots := 0
	area := drawn.Bounds()
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if inked(drawn, x, y) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
				dots++
			}
		}
	}
	if dots == 0 {
		return nil, enroll.Fail("signature_missing")
	}
	if dots < leastInk || box.Dx() < leastInkWidth || box.Dy() < leastInkHeight {
		return nil, enroll.Fail("signature_too_small")
	}
	box = box.Inset(-8)
	clean := image.NewRGBA(image.Rectangle{Max: box.Size()})
	draw.Draw(clean, clean.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(clean, clean.Bounds(), drawn, box.Min, draw.Over)
	return clean, nil
}

func inked(m image.Image, x, y int) bool {
	r, g, b, a := m.At(x, y).RGBA()
	// Colours come multiplied by their opacity: on white paper the rest is white.
	rest := 0xffff - a
	return a > inkOpaqueEnough && (r+g+b)/3+rest < inkDarkness
}

func pngBytes(m image.Image) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}
