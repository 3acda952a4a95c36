package sandbox

import (
	"image"
	"image/color"
	"math/rand/v2"
)

// orientedSideways is the EXIF block of a camera that was held upright: orientation 6,
// turn by a quarter to the right before showing.
var orientedSideways = []byte{
	0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,
	'M', 'M', 0, 42, 0, 0, 0, 8,
	0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0,
	0, 0, 0, 0,
}

// original is the card as a phone's camera stores it: 12 million pixels with grain,
// several MB, lying on its side with a note to turn it.
func original(card image.Image) ([]byte, error) {
	const width, height = 4000, 3000
	upright := newCanvas(nil, height, width, color.RGBA{150, 120, 92, 255})
	upright.paste(image.Rect(150, 1150, 2850, 2854), card, card.Bounds())
	stored := image.NewRGBA(image.Rect(0, 0, width, height))
	grain := rand.New(rand.NewPCG(2026, 9))
	for y := range height {
		for x := range width {
			from := upright.PixOffset(height-1-y, x)
			to := stored.PixOffset(x, y)
			noise := int(grain.Uint32()&31) - 16
			for i := range 3 {
				stored.Pix[to+i] = uint8(min(255, max(0, int(upright.Pix[from+i])+noise)))
			}
			stored.Pix[to+3] = 255
		}
	}
	data, err := jpegWithin(stored, 9_500_000)
	if err != nil {
		return nil, err
	}
	return append(append(append([]byte{}, data[:2]...), orientedSideways...), data[2:]...), nil
}

// broken is a picture of which only the first third has arrived.
func broken(whole []byte) []byte { return whole[:len(whole)/3] }

// previewOf is the file whose small picture stands for a file that has none of its own.
func previewOf(file string) string {
	switch file {
	case "proof.pdf":
		return "proof.jpg"
	case "large.jpg", "broken.jpg":
		return "id-front.jpg"
	}
	return file
}
