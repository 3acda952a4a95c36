package service

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
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

// Pictures on a plain ground have no band in common for the ground alone.
func TestLikenessBandsTell(t *testing.T) {
	bands := func(seed uint64) []string {
		picture, random := image.NewGray(image.Rect(0, 0, 170, 160)), rand.New(rand.NewPCG(seed, 0))
		draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
		for y := 2; y < likenessSide; y++ {
			for x := 4; x < 13; x++ {
				shade := image.NewUniform(color.Gray{Y: uint8(random.IntN(200))})
				draw.Draw(picture, image.Rect(x*10, y*10, x*10+10, y*10+10), shade, image.Point{}, draw.Src)
			}
		}
		return likenessBandsOf(likeness(picture))
	}
	one, other := bands(1), bands(2)
	if len(one) == 0 || len(other) == 0 {
		t.Fatalf("%d and %d bands", len(one), len(other))
	}
	if slices.ContainsFunc(one, func(band string) bool { return slices.Contains(other, band) }) {
		t.Error("two pictures of nothing alike have a band in common")
	}
}

func BenchmarkLikeness(b *testing.B) {
	picture := image.NewYCbCr(image.Rect(0, 0, 480, 640), image.YCbCrSubsampleRatio420)
	for b.Loop() {
		likeness(picture)
	}
}
