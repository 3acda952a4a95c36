package service

import (
	"errors"
	"fmt"
	"image"
	"image/draw"
	"strings"

	"github.com/signintech/gopdf"
	"golang.org/x/image/font/sfnt"
)

// Paper makes PDFs with Chinese words (A4); the font is read once.
type Paper struct {
	fonts  gopdf.FontContainer
	glyphs *sfnt.Font
}

// ErrNoFont says that the program was built without its pages, and so without the font of the PDFs.
var ErrNoFont = errors.New("no font for PDFs: build the pages first (make build)")

const fontFamily = "noto"

// NewPaper reads a TrueType font that holds Chinese characters.
func NewPaper(font []byte) (*Paper, error) {
	if len(font) == 0 {
		return nil, ErrNoFont
	}
	p := &Paper{}
	var err error
	if p.glyphs, err = sfnt.Parse(font); err != nil {
		return nil, fmt.Errorf("font of the PDFs: %w", err)
	}
	if err := p.fonts.AddTTFFontData(fontFamily, font); err != nil {
		return nil, fmt.Errorf("font of the PDFs: %w", err)
	}
	return p, nil
}

// printable replaces characters that the font lacks, which a PDF would leave
// blank without a word, by 〓 and the code point: 〓(U+20BB7).
func (p *Paper) printable(text string) string {
	var buffer sfnt.Buffer
	var b strings.Builder
	for _, r := range text {
		glyph, err := p.glyphs.GlyphIndex(&buffer, r)
		if r != '\n' && (err != nil || glyph == 0) {
			fmt.Fprintf(&b, "〓(U+%04X)", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// sheet is one PDF in the making; the first error ends it.
type sheet struct {
	pdf   *gopdf.GoPdf
	paper *Paper
	y     float64
	width map[rune]float64
	size  float64
	err   error
}

// The type area of a page in points.
const (
	pageLeft   = 64.0
	pageRight  = 531.0
	pageTop    = 72.0
	pageBottom = 770.0
)

func (p *Paper) sheet(title string) *sheet {
	s := &sheet{pdf: &gopdf.GoPdf{}, paper: p}
	s.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	s.pdf.SetInfo(gopdf.PdfInfo{Title: title})
	s.page()
	s.err = s.pdf.AddTTFFontFromFontContainer(fontFamily, &p.fonts)
	return s
}

func (s *sheet) page() {
	s.pdf.AddPage()
	s.y = pageTop
}

// font sets the size of the words that follow.
func (s *sheet) font(size float64) {
	if s.err != nil || s.size == size {
		return
	}
	s.size, s.width = size, map[rune]float64{}
	s.err = s.pdf.SetFont(fontFamily, "", size)
}

func (s *sheet) measure(r rune) float64 {
	w, ok := s.width[r]
	if !ok {
		var err error
		if w, err = s.pdf.MeasureTextWidth(string(r)); err != nil && s.err == nil {
			s.err = err
		}
		s.width[r] = w
	}
	return w
}

// centred sets one line in the middle.
func (s *sheet) centred(size float64, text string) {
	s.font(size)
	text = s.paper.printable(text)
	wide := 0.0
	for _, r := range text {
		wide += s.measure(r)
	}
	s.line(max(pageLeft, (pageLeft+pageRight-wide)/2), text, size*1.7)
}

// paragraph sets words from margin to margin; indent is the first line's in characters.
func (s *sheet) paragraph(size, indent float64, text string) {
	s.font(size)
	x := pageLeft + indent*size
	for _, line := range s.wrap(s.paper.printable(text), pageRight-x) {
		s.line(x, line, size*1.75)
		x = pageLeft
	}
}

// wrap breaks a text into lines, the first of which is narrower; no line
// starts with a mark that closes (避头点).
func (s *sheet) wrap(text string, first float64) []string {
	var lines []string
	var line []rune
	room, used := first, 0.0
	for _, r := range text {
		w := s.measure(r)
		if used+w > room && len(line) > 0 && !strings.ContainsRune("，。、；：！？”’）》", r) {
			lines = append(lines, string(line))
			line, used, room = nil, 0, pageRight-pageLeft
		}
		line = append(line, r)
		used += w
	}
	return append(lines, string(line))
}

func (s *sheet) line(x float64, text string, height float64) {
	if s.err != nil {
		return
	}
	if s.y+height > pageBottom {
		s.page()
	}
	s.pdf.SetXY(x, s.y)
	s.err = s.pdf.Text(text)
	s.y += height
}

// space leaves room, and starts a page where less than need is left.
func (s *sheet) space(height, need float64) {
	s.y += height
	if s.y+need > pageBottom {
		s.page()
	}
}

// picture sets a picture of a width, its height in proportion.
func (s *sheet) picture(m image.Image, x, width float64) {
	if s.err != nil {
		return
	}
	size := m.Bounds().Size()
	height := width * float64(size.Y) / float64(size.X)
	flat := image.NewRGBA(image.Rectangle{Max: size}) // eight bits a colour: the PDF takes no more
	draw.Draw(flat, flat.Bounds(), m, m.Bounds().Min, draw.Src)
	s.err = s.pdf.ImageFrom(flat, x, s.y, &gopdf.Rect{W: width, H: height})
	s.y += height
}

func (s *sheet) bytes() ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	return s.pdf.GetBytesPdfReturnErr()
}
