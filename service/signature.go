package service

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/draw"
	"image/png"
	"strings"

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
	inkDarkness     = 0xa000
	inkOpaqueEnough = 0x6000
)

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
