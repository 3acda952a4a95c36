package sandbox

import (
	"bytes"
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// portraitJPEG is a public-domain portrait of a woman (NASA), 512×512.
//
//go:embed phone/portrait.jpg
var portraitJPEG []byte

var (
	skin      = color.RGBA{236, 194, 160, 255}
	skinShade = color.RGBA{214, 163, 128, 255}
	darkHair  = color.RGBA{44, 36, 34, 255}
	paleBlue  = color.RGBA{205, 224, 243, 255}
	white     = color.RGBA{255, 255, 255, 255}
)

// portraitFace is a selfie of the portrait's woman, head and shoulders.
func portraitFace(width, height int) (*image.RGBA, error) {
	portrait, err := jpeg.Decode(bytes.NewReader(portraitJPEG))
	if err != nil {
		return nil, fmt.Errorf("decode the portrait: %w", err)
	}
	part := image.Rect(116, 0, 341, 300) // 3:4 around the head
	if width*4 != height*3 {
		part = image.Rect(76, 0, 376, 300)
	}
	face := newCanvas(nil, width, height, white)
	face.paste(face.Bounds(), portrait, part)
	return face.RGBA, nil
}

// cartoon is a drawn person: man or woman, with the background given.
type cartoon struct {
	ground, shirt color.Color
	longHair      bool
	glasses       bool
}

// draw paints the head and shoulders so that they fill a picture of any size.
func (p cartoon) draw(width, height int) *image.RGBA {
	c := newCanvas(nil, width, height, p.ground)
	u := float32(width) / 480 // one unit of a 480 wide picture
	x, y := float32(width)/2, float32(height)*0.44
	if p.longHair {
		c.ellipse(x, y+30*u, 158*u, 205*u, darkHair)
	}
	c.ellipse(x, float32(height)+70*u, 215*u, 215*u, p.shirt)
	c.neck(x, y, u)
	c.ellipse(x-124*u, y+12*u, 24*u, 38*u, skinShade)
	c.ellipse(x+124*u, y+12*u, 24*u, 38*u, skinShade)
	c.ellipse(x, y-18*u, 130*u, 150*u, darkHair)
	c.ellipse(x, y+14*u, 122*u, 152*u, skin)
	c.fringe(x, y, u)
	for _, side := range []float32{-1, 1} {
		c.eye(x+side*50*u, y+4*u, u)
		c.ellipse(x+side*74*u, y+62*u, 22*u, 13*u, color.RGBA{240, 172, 148, 255})
		if p.glasses {
			c.ring(x+side*50*u, y+6*u, 40*u, 6*u, color.RGBA{70, 70, 78, 255})
		}
	}
	if p.glasses {
		c.path(color.RGBA{70, 70, 78, 255}, box(x-12*u, y, 24*u, 6*u))
	}
	c.ellipse(x, y+46*u, 15*u, 20*u, skinShade)
	c.ellipse(x, y+38*u, 13*u, 22*u, skin)
	c.ellipse(x, y+96*u, 40*u, 18*u, color.RGBA{196, 92, 84, 255})
	c.ellipse(x, y+87*u, 46*u, 16*u, skin)
	return c.RGBA
}

func (c *canvas) neck(x, y, u float32) {
	c.path(skinShade, box(x-44*u, y+110*u, 88*u, 120*u))
	c.ellipse(x, y+230*u, 64*u, 34*u, skinShade)
}

func (c *canvas) fringe(x, y, u float32) {
	c.path(darkHair, func(r *vector.Rasterizer) {
		r.MoveTo(x-120*u, y-10*u)
		r.CubeTo(x-126*u, y-196*u, x+126*u, y-196*u, x+120*u, y-10*u)
		r.CubeTo(x+100*u, y-80*u, x+40*u, y-92*u, x-10*u, y-70*u)
		r.CubeTo(x-60*u, y-52*u, x-100*u, y-60*u, x-120*u, y-10*u)
	})
}

func (c *canvas) eye(x, y, u float32) {
	c.path(darkHair, func(r *vector.Rasterizer) { // the brow
		r.MoveTo(x-34*u, y-34*u)
		r.QuadTo(x, y-54*u, x+34*u, y-34*u)
		r.LineTo(x+30*u, y-27*u)
		r.QuadTo(x, y-44*u, x-30*u, y-27*u)
	})
	c.ellipse(x, y+6*u, 24*u, 14*u, white)
	c.ellipse(x, y+6*u, 13*u, 13*u, color.RGBA{58, 40, 30, 255})
	c.ellipse(x+4*u, y+2*u, 4*u, 4*u, white)
}

func box(x, y, width, height float32) func(*vector.Rasterizer) {
	return func(r *vector.Rasterizer) {
		r.MoveTo(x, y)
		r.LineTo(x+width, y)
		r.LineTo(x+width, y+height)
		r.LineTo(x, y+height)
	}
}

// landscape is a picture without any face: sky, hills and a sun.
func landscape(width, height int) *image.RGBA {
	c := newCanvas(nil, width, height, color.RGBA{150, 198, 235, 255})
	w, h := float32(width), float32(height)
	c.ellipse(w*0.76, h*0.2, w*0.08, w*0.08, color.RGBA{250, 240, 200, 255})
	c.ellipse(w*0.2, h*0.98, w*0.6, h*0.34, color.RGBA{96, 150, 110, 255})
	c.ellipse(w*0.85, h*1.02, w*0.6, h*0.3, color.RGBA{70, 124, 96, 255})
	c.path(color.RGBA{92, 140, 190, 255}, box(0, h*0.86, w, h*0.14))
	return c.RGBA
}

// jpegWithin encodes at the best quality that stays within the limit, as an
// ID photo of at most 50 kB asks for; the bound is bytes, kB being 1,000.
func jpegWithin(picture image.Image, limit int) ([]byte, error) {
	for quality := 92; quality >= 30; quality -= 6 {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("encode a picture: %w", err)
		}
		if out.Len() <= limit {
			return out.Bytes(), nil
		}
	}
	return nil, fmt.Errorf("a picture of %v does not fit into %d bytes", picture.Bounds().Size(), limit)
}

// scaled makes a picture smaller for the album's overview.
func scaled(picture image.Image, width int) image.Image {
	size := picture.Bounds().Size()
	small := image.NewRGBA(image.Rect(0, 0, width, size.Y*width/size.X))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	return small
}
