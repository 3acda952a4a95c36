package service

import (
	"bytes"
	"context"
	"image"
	"image/draw"
	"image/jpeg"
	_ "image/png" // PNG is one of the two kinds of pictures that we decode

	"xinsheng/enroll"
)

// leastSide is the shorter side below which nothing on a document can be read.
const leastSide = 200

// clean decodes a picture and encodes it anew: what is kept holds nothing but
// its pixels, upright on white, within the bounds of its kind.
func (p *Pictures) clean(ctx context.Context, kind enroll.AttachmentKind, body []byte) (Upload, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return Upload{}, enroll.Fail("upload_broken").Because(err)
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > enroll.PicturePixels/config.Height {
		return Upload{}, enroll.Fail("upload_pixels")
	}
	if err := p.enter(ctx); err != nil {
		return Upload{}, err
	}
	defer p.leave()
	decoded, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		return Upload{}, enroll.Fail("upload_broken").Because(err)
	}
	picture := upright(decoded, orientation(body))
	size := picture.Bounds().Size()
	if err := kind.CheckSize(size.X, size.Y); err != nil {
		return Upload{}, err
	}
	if kind.Width == 0 && min(size.X, size.Y) < leastSide {
		return Upload{}, enroll.Fail("upload_unreadable", size.X, size.Y)
	}
	kept, err := encode(picture, kind)
	clean := Upload{Body: kept, Mime: enroll.MimeJPEG, Width: size.X, Height: size.Y}
	if kind.Key == enroll.Portrait || kind.Key == facePicture.Key {
		clean.Print = likeness(picture) // documents all look alike, faces do not
	}
	return clean, err
}

func (p *Pictures) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return enroll.Fail("busy").Because(ctx.Err())
	}
}

func (p *Pictures) leave() { <-p.slots }

// qualities are tried from the best until the picture fits.
var qualities = []int{92, 86, 80, 74, 68, 60, 52, 44}

func encode(picture image.Image, kind enroll.AttachmentKind) ([]byte, error) {
	var out bytes.Buffer
	for _, quality := range qualities {
		out.Reset()
		if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		if kind.MaxBytes == 0 || out.Len() <= kind.MaxBytes {
			return out.Bytes(), nil
		}
	}
	return nil, kind.CheckBytes(out.Len())
}

// upright turns a picture as its EXIF orientation says; one that stands
// already and has no transparency is used as it was decoded.
func upright(src image.Image, orientation int) image.Image {
	switch src.(type) {
	case *image.YCbCr, *image.Gray:
		if orientation == 1 {
			return src
		}
	}
	flat := image.NewRGBA(image.Rectangle{Max: src.Bounds().Size()})
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), src, src.Bounds().Min, draw.Over)
	if orientation == 1 {
		return flat
	}
	return turned(flat, orientation)
}

// turned copies every pixel to where the orientation puts it (EXIF 2.32, tag 0x0112).
func turned(src *image.RGBA, orientation int) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	size := image.Pt(w, h)
	if orientation >= 5 {
		size = image.Pt(h, w)
	}
	dst := image.NewRGBA(image.Rectangle{Max: size})
	for y := range h {
		for x := range w {
			to := place(orientation, x, y, w, h)
			copy(dst.Pix[dst.PixOffset(to.X, to.Y):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}

func place(orientation, x, y, w, h int) image.Point {
	switch orientation {
	case 2:
		return image.Pt(w-1-x, y)
	case 3:
		return image.Pt(w-1-x, h-1-y)
	case 4:
		return image.Pt(x, h-1-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(h-1-y, x)
	case 7:
		return image.Pt(h-1-y, w-1-x)
	case 8:
		return image.Pt(y, w-1-x)
	}
	return image.Pt(x, y)
}
