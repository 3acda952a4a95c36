package service

import (
	"image"
	"strings"
	"time"

	"xinsheng/enroll"
)

// letter is what a signed commitment looks like on paper.
type letter struct {
	school, title, body    string
	name, document, number string
	strokes                image.Image
	at                     time.Time
	mark                   string
	// office is which one was at the counter, where the student did not do it alone.
	office string
	// typedName is the name under a photographed signature.
	typedName string
}

// letter sets a signed commitment on paper: school, title, words, who signed
// with which document, the strokes, the day, and the version of the words.
func (p *Paper) letter(l letter) ([]byte, error) {
	s := p.sheet(l.title)
	s.centred(12, l.school)
	s.space(10, 0)
	s.centred(20, l.title)
	s.space(18, 0)
	for _, paragraph := range strings.Split(strings.ReplaceAll(l.body, "\r", ""), "\n") {
		words := strings.TrimSpace(paragraph)
		switch {
		case words == "":
			s.space(6, 0)
		case strings.HasPrefix(words, "# "):
			s.paragraph(14, 0, strings.TrimPrefix(words, "# "))
		case strings.HasPrefix(words, "- "):
			s.paragraph(12, 2, "· "+strings.TrimPrefix(words, "- "))
		default:
			s.paragraph(12, 2, words)
		}
	}
	s.space(24, 230)
	s.paragraph(12, 0, "姓　　名："+l.name)
	s.paragraph(12, 0, l.document+"号码："+l.number)
	s.paragraph(12, 0, "承诺人签名：")
	s.signed(l)
	s.space(10, 40)
	s.photographed(l.typedName)
	s.paragraph(12, 0, "签署时间："+enroll.Minute(l.at)+"（北京时间）")
	if l.office != "" {
		s.paragraph(12, 0, "现场代办："+l.office+"老师，已当面核对本人和证件，签名由本人书写")
	}
	s.space(12, 0)
	s.paragraph(8, 0, "文本"+l.mark)
	return s.bytes()
}

// photographed says how somebody signed who did not draw.
func (s *sheet) photographed(typedName string) {
	if typedName != "" {
		s.paragraph(12, 0, "签名方式：本人手写签名的照片，并输入姓名“"+typedName+"”")
	}
}

// signed sets the strokes as large as the room for them allows.
func (s *sheet) signed(l letter) {
	const wide, high = 200.0, 90.0
	size := l.strokes.Bounds().Size()
	width := min(wide, high*float64(size.X)/float64(size.Y))
	s.picture(l.strokes, pageLeft+80, width)
}
