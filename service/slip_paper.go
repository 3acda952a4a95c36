package service

import (
	"fmt"
	"image"
	"image/color"
	"time"

	"github.com/skip2/go-qrcode"
	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"xinsheng/enroll"
)

// slip is what stands on a registration slip (注册凭证).
type slip struct {
	school, name, number string
	rows                 [][2]string
	photo                image.Image
	address              string
	at                   time.Time
}

// words are one line at its place; x is its left end, or its middle where centred. Units are points on A4.
type words struct {
	x, y, size float64
	text       string
	centred    bool
}

// stamp is a picture at its place, its height in proportion.
type stamp struct {
	x, y, width float64
	picture     image.Image
}

// slipHeight is how much of the page a slip fills; the picture ends there.
const slipHeight = 660.0

// layout sets a slip once, for PDF and picture alike.
func (l slip) layout() (lines []words, stamps []stamp, err error) {
	const middle, label, value = (pageLeft + pageRight) / 2, pageLeft, pageLeft + 84
	lines = []words{{middle, 100, 14, l.school, true}, {middle, 142, 26, "新生注册凭证", true}}
	rows := append([][2]string{{"姓　　名", l.name}, {"学　　号", l.number}}, l.rows...)
	y := 214.0
	for _, row := range rows {
		lines = append(lines, words{x: label, y: y, size: 14, text: row[0]})
		for _, part := range cut(row[1], 18) {
			lines = append(lines, words{x: value, y: y, size: 14, text: part})
			y += 20
		}
		y += 14
	}
	if l.photo != nil {
		stamps = append(stamps, stamp{pageRight - 112, 190, 112, l.photo})
	}
	code, err := qrcode.New(l.address, qrcode.Medium)
	if err != nil {
		return nil, nil, err
	}
	stamps = append(stamps, stamp{pageLeft - 10, 488, 132, code.Image(264)})
	lines = append(lines,
		words{x: pageLeft + 140, y: 530, size: 12, text: "扫码核验本凭证，或打开："},
		words{x: pageLeft + 140, y: 552, size: 10, text: l.address},
		words{x: pageLeft + 140, y: 580, size: 10, text: "打印时间：" + enroll.Minute(l.at) + "（北京时间）"},
		words{x: pageLeft + 140, y: 598, size: 10, text: "凭证是否有效，以扫码核验结果为准。"})
	return lines, stamps, nil
}

// cut breaks a value into lines of so many characters.
func cut(text string, most int) []string {
	var parts []string
	for runes := []rune(text); len(runes) > 0; runes = runes[min(most, len(runes)):] {
		parts = append(parts, string(runes[:min(most, len(runes))]))
	}
	return parts
}

// slipPDF prints a slip on A4.
func (p *Paper) slipPDF(l slip) ([]byte, error) {
	lines, stamps, err := l.layout()
	if err != nil {
		return nil, err
	}
	s := p.sheet("新生注册凭证")
	for _, w := range lines {
		s.y = w.y
		if w.centred {
			s.centred(w.size, w.text)
			continue
		}
		s.font(w.size)
		s.line(w.x, p.printable(w.text), 0)
	}
	for _, m := range stamps {
		s.y = m.y
		s.picture(m.picture, m.x, m.width)
	}
	return s.bytes()
}

// slipScale is how many dots of the picture make a point: sharp on a phone, below 200 kB.
const slipScale = 2

// slipPNG draws a slip as a picture.
func (p *Paper) slipPNG(l slip) ([]byte, error) {
	lines, stamps, err := l.layout()
	if err != nil {
		return nil, err
	}
	page := image.NewRGBA(image.Rect(0, 0, (pageLeft+pageRight)*slipScale, slipHeight*slipScale))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
	for _, w := range lines {
		if err := p.write(page, w); err != nil {
			return nil, err
		}
	}
	for _, m := range stamps {
		size := m.picture.Bounds().Size()
		height := m.width * float64(size.Y) / float64(size.X)
		to := image.Rect(int(m.x*slipScale), int(m.y*slipScale), int((m.x+m.width)*slipScale), int((m.y+height)*slipScale))
		draw.ApproxBiLinear.Scale(page, to, m.picture, m.picture.Bounds(), draw.Src, nil)
	}
	return pngBytes(page)
}

func (p *Paper) write(page *image.RGBA, w words) error {
	face, err := opentype.NewFace(p.glyphs, &opentype.FaceOptions{Size: w.size * slipScale, DPI: 72})
	if err != nil {
		return fmt.Errorf("font of the slip: %w", err)
	}
	defer face.Close()
	pen := font.Drawer{Dst: page, Src: image.NewUniform(color.Black), Face: face}
	text := p.printable(w.text)
	x := fixed.Int26_6(w.x * slipScale * 64)
	if w.centred {
		x -= pen.MeasureString(text) / 2
	}
	pen.Dot = fixed.Point26_6{X: x, Y: fixed.Int26_6(w.y * slipScale * 64)}
	pen.DrawString(text)
	return nil
}
