package sandbox

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// A mark is a strip of coloured cells that says to the sandbox what a picture of its album shows, since it can
// neither read cards nor know faces. It is drawn large enough to live through scaling and JPEG:
// magenta, cyan, twelve cells black or white, magenta, cyan; no other order, so that its direction shows.
const markBits = 12

// markOtherFace is on faces that belong to nobody; other marks are the number of a demo person, as 1 for D01,
// markBack more for the back of a card, and markOdd more for a card that has expired or is a temporary one.
const (
	markOtherFace = 0xfff
	markBack      = 0x400
	markOdd       = 0x800
)

var (
	markStart = color.RGBA{230, 0, 230, 255}
	markNext  = color.RGBA{0, 210, 230, 255}
)

// drawMark paints a mark of 16 cells into a rectangle, which should be at least 128 × 8 pixels.
func drawMark(picture draw.Image, at image.Rectangle, code int) {
	cells := []color.Color{markStart, markNext}
	for bit := markBits - 1; bit >= 0; bit-- {
		if code>>bit&1 == 1 {
			cells = append(cells, color.Black)
		} else {
			cells = append(cells, color.White)
		}
	}
	cells = append(cells, markStart, markNext)
	for i, c := range cells {
		left := at.Min.X + at.Dx()*i/len(cells)
		right := at.Min.X + at.Dx()*(i+1)/len(cells)
		draw.Draw(picture, image.Rect(left, at.Min.Y, right, at.Max.Y), image.NewUniform(c), image.Point{}, draw.Src)
	}
}

// readMark finds a mark in a picture that may have been scaled, cropped, compressed or turned by quarters.
func readMark(picture image.Image) (code int, ok bool) {
	picture = shrunk(picture, 1280)
	b := picture.Bounds()
	across := func(line, i int) color.Color { return picture.At(b.Min.X+i, b.Min.Y+line) }
	back := func(line, i int) color.Color { return picture.At(b.Max.X-1-i, b.Min.Y+line) }
	down := func(line, i int) color.Color { return picture.At(b.Min.X+line, b.Min.Y+i) }
	up := func(line, i int) color.Color { return picture.At(b.Min.X+line, b.Max.Y-1-i) }
	for line := 0; line < max(b.Dx(), b.Dy()); line += 2 {
		if line < b.Dy() {
			if code, ok = readLine(b.Dx(), func(i int) color.Color { return across(line, i) }); ok {
				return code, true
			}
			if code, ok = readLine(b.Dx(), func(i int) color.Color { return back(line, i) }); ok {
				return code, true
			}
		}
		if line < b.Dx() {
			if code, ok = readLine(b.Dy(), func(i int) color.Color { return down(line, i) }); ok {
				return code, true
			}
			if code, ok = readLine(b.Dy(), func(i int) color.Color { return up(line, i) }); ok {
				return code, true
			}
		}
	}
	return 0, false
}

// shrunk makes a large picture at most so many pixels wide and high, so that reading it stays quick.
func shrunk(picture image.Image, most int) image.Image {
	b := picture.Bounds()
	long := max(b.Dx(), b.Dy())
	if long <= most {
		return picture
	}
	small := image.NewRGBA(image.Rect(0, 0, b.Dx()*most/long, b.Dy()*most/long))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), picture, b, draw.Src, nil)
	return small
}

// readLine looks for a mark along a line of pixels.
func readLine(length int, at func(int) color.Color) (code int, ok bool) {
	run := 0
	for i := range length {
		if markColor(at(i)) == 'm' {
			run++
			continue
		}
		if run >= 3 {
			if code, ok := readCells(i-run, length, at); ok {
				return code, true
			}
		}
		run = 0
	}
	return 0, false
}

// readCells reads the cells of a mark whose first begins at start. The width of a cell is found from where the
// last one ends: every width is tried for which the four coloured cells are right.
func readCells(start, length int, at func(int) color.Color) (code int, ok bool) {
	const cells = markBits + 4
	for end := start + cells*3; end <= length && end <= start+cells*40; end++ {
		cell := func(i int) byte { return markColor(at(start + (end-start)*(2*i+1)/(2*cells))) }
		if cell(1) != 'c' || cell(cells-2) != 'm' || cell(cells-1) != 'c' || end < length && markColor(at(end)) == 'c' {
			continue
		}
		code, good := 0, true
		for i := 2; i < cells-2; i++ {
			c := cell(i)
			good = good && (c == 'b' || c == 'w')
			code = code<<1 | int(c&1^1) // b is even, w is odd
		}
		if good {
			return code, true
		}
	}
	return 0, false
}

// markColor names a pixel: m for magenta, c for cyan, b for black, w for white, 0 for anything else.
func markColor(c color.Color) byte {
	r, g, b, _ := c.RGBA()
	r, g, b = r>>8, g>>8, b>>8
	switch {
	case r > 150 && b > 150 && g < 110:
		return 'm'
	case g > 130 && b > 150 && r < 120:
		return 'c'
	case r < 90 && g < 90 && b < 90:
		return 'b'
	case r > 170 && g > 170 && b > 170:
		return 'w'
	}
	return 0
}
