package sandbox

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg" // the formats that the face service takes
	_ "image/png"
	"math"
)

// maxBase64 is Tencent's limit for a picture: 3 MB of base64.
const maxBase64 = 3 << 20

// decodePicture really decodes a picture; the code says why it was refused.
func decodePicture(text string) (image.Image, string) {
	if len(text) > maxBase64 {
		return nil, "FailedOperation.LifePhotoSizeError"
	}
	raw, err := decodeBase64(text)
	if err != nil {
		return nil, "FailedOperation.ImageDecodeFailed"
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || format != "jpeg" && format != "png" {
		return nil, "FailedOperation.ImageDecodeFailed"
	}
	if min(config.Width, config.Height) < 64 || config.Width*config.Height > 25_000_000 {
		return nil, "FailedOperation.LifePhotoSizeError"
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, "FailedOperation.ImageDecodeFailed"
	}
	return picture, ""
}

// judgeFacePicture is the code with which the face service refuses a picture, "" if it takes it; a stranger is the
// album's other face.
func judgeFacePicture(text string) (stranger bool, code string) {
	picture, code := decodePicture(text)
	if code != "" {
		return false, code
	}
	look := lookAt(picture)
	switch {
	case look.light < 35 || look.light > 250 && look.contrast > 3:
		return false, "FailedOperation.LifePhotoPoorQuality"
	case look.contrast < 12 || look.skin < 0.10:
		return false, "FailedOperation.LifePhotoDetectNoFaces"
	}
	mark, ok := readMark(picture)
	return ok && mark == markOtherFace, ""
}

// look is what a glance at a picture tells; enough to know a portrait from a wall, not to know a person.
type look struct {
	light    float64 // mean luminance of the whole, 0 to 255
	contrast float64 // its standard deviation in the middle
	skin     float64 // part of the middle that has the colour of skin
}

// lookAt samples a grid of 96 × 96 points.
func lookAt(picture image.Image) look {
	const grid = 96
	b := picture.Bounds()
	var all, middle, sum, squares, skin float64
	for row := range grid {
		for column := range grid {
			x := b.Min.X + (2*column+1)*b.Dx()/(2*grid)
			y := b.Min.Y + (2*row+1)*b.Dy()/(2*grid)
			r, g, blue, _ := picture.At(x, y).RGBA()
			light, cb, cr := color.RGBToYCbCr(uint8(r>>8), uint8(g>>8), uint8(blue>>8))
			all += float64(light)
			if column < grid/4 || column >= grid*3/4 || row < grid/8 || row >= grid*3/4 {
				continue
			}
			middle++
			sum += float64(light)
			squares += float64(light) * float64(light)
			if light > 50 && cb >= 77 && cb <= 127 && cr >= 133 && cr <= 180 {
				skin++
			}
		}
	}
	mean := sum / middle
	return look{all / (grid * grid), math.Sqrt(max(0, squares/middle-mean*mean)), skin / middle}
}
