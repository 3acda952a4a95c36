package sandbox

import (
	"image"
	"image/color"
	"math"
	"os"
	"strings"
	"sync"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// systemFonts are the places where common systems keep a font with Chinese characters.
var systemFonts = []string{
	"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
	"/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
	"/System/Library/Fonts/PingFang.ttc",
	"/System/Library/Fonts/STHeiti Light.ttc",
	"C:/Windows/Fonts/msyh.ttc",
	"C:/Windows/Fonts/simhei.ttf",
}

// lettering reads the album's font once, when the first picture is drawn.
type lettering struct {
	given []byte
	once  sync.Once
	font  *sfnt.Font
}

// load prefers the font that was given, then one of the system's, then one with
// Latin letters and digits only, so that a picture always carries its numbers.
func (l *lettering) load() *sfnt.Font {
	l.once.Do(func() {
		if l.font = parseFont(l.given); l.font != nil {
			return
		}
		for _, path := range systemFonts {
			data, err := os.ReadFile(path)
			if err != nil {
				continue
			}
			if l.font = parseFont(data); l.font != nil {
				return
			}
		}
		l.font = parseFont(goregular.TTF)
	})
	return l.font
}

// parseFont takes a single font, or the simplified Chinese one of a collection.
func parseFont(data []byte) *sfnt.Font {
	if len(data) == 0 {
		return nil
	}
	if single, err := opentype.Parse(data); err == nil {
		return single
	}
	collection, err := opentype.ParseCollection(data)
	if err != nil {
		return nil
	}
	var first *sfnt.Font
	for i := range collection.NumFonts() {
		one, err := collection.Font(i)
		if err != nil {
			continue
		}
		name, _ := one.Name(nil, sfnt.NameIDFull)
		if strings.Contains(name, "CJK SC") || strings.HasSuffix(name, " SC") {
			return one
		}
		if first == nil {
			first = one
		}
	}
	return first
}

// canvas is one picture while it is drawn.
type canvas struct {
	*image.RGBA
	font *sfnt.Font
}

func newCanvas(font *sfnt.Font, width, height int, ground color.Color) *canvas {
	c := &canvas{RGBA: image.NewRGBA(image.Rect(0, 0, width, height)), font: font}
	draw.Draw(c.RGBA, c.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	return c
}

func (c *canvas) rect(x, y, width, height int, ink color.Color) {
	draw.Draw(c.RGBA, image.Rect(x, y, x+width, y+height), image.NewUniform(ink), image.Point{}, draw.Over)
}

// path fills the outline that trace walks, with smooth edges.
func (c *canvas) path(ink color.Color, trace func(*vector.Rasterizer)) {
	size := c.Bounds().Size()
	rasterizer := vector.NewRasterizer(size.X, size.Y)
	trace(rasterizer)
	rasterizer.ClosePath()
	rasterizer.Draw(c.RGBA, c.Bounds(), image.NewUniform(ink), image.Point{})
}

func (c *canvas) ellipse(x, y, rx, ry float32, ink color.Color) {
	const corners = 72
	c.path(ink, func(r *vector.Rasterizer) {
		r.MoveTo(x+rx, y)
		for i := 1; i < corners; i++ {
			angle := 2 * math.Pi * float64(i) / corners
			r.LineTo(x+rx*float32(math.Cos(angle)), y+ry*float32(math.Sin(angle)))
		}
	})
}

// ring draws a circle line of the given width.
func (c *canvas) ring(x, y, radius, width float32, ink color.Color) {
	const corners = 96
	c.path(ink, func(r *vector.Rasterizer) {
		r.MoveTo(x+radius, y)
		for i := 1; i <= corners; i++ {
			angle := 2 * math.Pi * float64(i) / corners
			r.LineTo(x+radius*float32(math.Cos(angle)), y+radius*float32(math.Sin(angle)))
		}
		inner := radius - width
		for i := corners; i >= 0; i-- {
			angle := 2 * math.Pi * float64(i) / corners
			r.LineTo(x+inner*float32(math.Cos(angle)), y+inner*float32(math.Sin(angle)))
		}
	})
}

// text writes one line with its baseline at y and returns where it ends.
func (c *canvas) text(x, y int, size float64, ink color.Color, line string) int {
	face := c.face(size)
	defer face.Close()
	drawer := font.Drawer{Dst: c.RGBA, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(x, y)}
	drawer.DrawString(c.drawable(line))
	return drawer.Dot.X.Round()
}

func (c *canvas) centred(y int, size float64, ink color.Color, line string) {
	c.text((c.Bounds().Dx()-c.width(size, line))/2, y, size, ink, line)
}

func (c *canvas) width(size float64, line string) int {
	face := c.face(size)
	defer face.Close()
	return font.MeasureString(face, c.drawable(line)).Round()
}

func (c *canvas) face(size float64) font.Face {
	face, err := opentype.NewFace(c.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic("sandbox: draw text: " + err.Error()) // only a size below zero can do this
	}
	return face
}

// drawable leaves out what the font cannot draw and shows 〓 for a character
// beyond the basic plane, as printers do for a missing type.
func (c *canvas) drawable(line string) string {
	var buffer sfnt.Buffer
	has := func(r rune) bool {
		index, err := c.font.GlyphIndex(&buffer, r)
		return err == nil && index != 0
	}
	return strings.Map(func(r rune) rune {
		switch {
		case has(r):
			return r
		case r > 0xFFFF && has('〓'):
			return '〓'
		}
		return -1
	}, line)
}

// stamp writes the word across the picture, rotated and see-through, so that
// nobody takes the picture for a real document.
func (c *canvas) stamp(word string, size float64, ink color.Color) {
	width := c.width(size, word)
	if width == 0 {
		word = "SAMPLE"
		width = c.width(size, word)
	}
	height := int(size * 1.4)
	label := newCanvas(c.font, width, height, color.Transparent)
	label.text(0, int(size*1.1), size, ink, word)
	const angle = -math.Pi / 9
	sin, cos := math.Sin(angle), math.Cos(angle)
	middle := c.Bounds().Size()
	x, y := float64(middle.X)/2, float64(middle.Y)/2
	w, h := float64(width)/2, float64(height)/2
	turn := f64.Aff3{cos, -sin, x - cos*w + sin*h, sin, cos, y - sin*w - cos*h}
	draw.BiLinear.Transform(c.RGBA, turn, label.RGBA, label.Bounds(), draw.Over, nil)
}

// paste scales the part of a picture into the frame given.
func (c *canvas) paste(frame image.Rectangle, picture image.Image, part image.Rectangle) {
	draw.CatmullRom.Scale(c.RGBA, frame, picture, part, draw.Over, nil)
}
