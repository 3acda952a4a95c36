package service

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"slices"
	"testing"

	"golang.org/x/image/draw"
)

// found says that one picture is found by another, and is taken for the same.
func found(a, b image.Image) bool {
	bands := likenessBandsOf(likeness(b))
	return slices.ContainsFunc(likenessBandsOf(likeness(a)), func(band string) bool { return slices.Contains(bands, band) }) && alike(likeness(a), likeness(b))
}

func recompressed(t *testing.T, picture image.Image, quality int) image.Image {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	decoded, err := jpeg.Decode(&out)
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

// A picture is known again after it was recompressed or made smaller, and another one is not taken for it.
func TestLikeness(t *testing.T) {
	file, err := os.Open("../test/journey/portrait.jpg")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	portrait, err := jpeg.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	size := portrait.Bounds().Size()
	for _, quality := range []int{92, 80, 60, 40} {
		smaller := image.NewRGBA(image.Rect(0, 0, size.X*quality/100, size.Y*quality/100))
		draw.CatmullRom.Scale(smaller, smaller.Bounds(), portrait, portrait.Bounds(), draw.Src, nil)
		if !found(portrait, recompressed(t, portrait, quality)) || !found(portrait, recompressed(t, smaller, quality)) {
			t.Errorf("not known again at %d", quality)
		}
	}
	other := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(other, other.Bounds(), portrait, image.Pt(size.X/12, size.Y/15), draw.Src)
	if found(portrait, other) {
		t.Error("the face elsewhere in the picture is taken for the same picture")
	}
	if plain := image.NewGray(image.Rect(0, 0, 480, 640)); likeness(plain) != nil || alike(likeness(plain), likeness(plain)) {
		t.Error("plain pictures are alike")
	}
}

func BenchmarkLikeness(b *testing.B) {
	picture := image.NewYCbCr(image.Rect(0, 0, 480, 640), image.YCbCrSubsampleRatio420)
	for b.Loop() {
		likeness(picture)
	}
}
