package service

import (
	"context"
	"fmt"
	"strings"

	"github.com/skip2/go-qrcode"

	"xinsheng/enroll"
)

// poster is what stands on a teaching point's poster (海报).
type poster struct {
	school, intake, point, window, address string
	steps, contacts                        []string
	// local says that the address opens on this machine only.
	local bool
}

// posterSteps are the way to be registered, as short as a poster asks.
var posterSteps = []string{
	"微信扫码，用证件号码、姓名和手机号登录", "按提示做人脸识别，或改用照片存档", "核对录取信息，填写登记表，上传证件照片", "核对并提交（专升本同学先签承诺书）", "缴纳学费，得到学号",
}

// Poster prints the poster of a teaching point (A4) with the code that opens the registration; a clerk's is that of the own point.
func (s *Service) Poster(ctx context.Context, d *Duty, intake, code string) ([]byte, error) {
	if s.Paper == nil {
		return nil, ErrNoFont
	}
	p, err := s.posterFacts(ctx, d, intake, code)
	if err != nil {
		return nil, err
	}
	body, err := s.Paper.posterPDF(p)
	if err != nil {
		return nil, fmt.Errorf("poster of %s: %w", code, err)
	}
	return body, s.audit(ctx, s.Store, d, "poster", code, p.intake)
}

func (s *Service) posterFacts(ctx context.Context, d *Duty, intake, code string) (p poster, err error) {
	if d.Staff.Role == enroll.RoleClerk && code != d.Staff.Point {
		return p, enroll.Fail("not_found")
	}
	i, err := s.Store.Intake(ctx, intake)
	if err != nil {
		return p, err
	}
	points, err := s.Store.Points(ctx, intake)
	if err != nil {
		return p, err
	}
	for _, point := range points {
		if point.Code == code {
			p.point = point.Name
		}
	}
	if p.point == "" {
		return p, enroll.Fail("not_found")
	}
	p.school, p.intake, p.window, p.steps = i.Settings.School, i.Name, i.WindowText(), posterSteps
	p.address = s.Config.PublicURL + "/go/home"
	p.local = strings.HasPrefix(p.address, "http://localhost")
	p.contacts = contactWords(i.Settings.Contacts)
	return p, nil
}

// contactWords is where a student finds help, line by line.
func contactWords(c enroll.Contacts) []string {
	var lines []string
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, label+text)
		}
	}
	add("电话：", strings.Join(c.Phones, "、"))
	add("时间：", c.Hours)
	add("邮箱：", c.Email)
	if c.QQ != "" && c.Email != "" {
		lines[len(lines)-1] += "　QQ 群：" + c.QQ
		return lines
	}
	add("QQ 群：", c.QQ)
	return lines
}

// posterCode is how wide the code is printed: read from two metres away.
const posterCode = 210.0

// posterPDF sets a poster on one page.
func (p *Paper) posterPDF(l poster) ([]byte, error) {
	code, err := qrcode.New(l.address, qrcode.Medium)
	if err != nil {
		return nil, err
	}
	code.DisableBorder = true
	s := p.sheet(l.intake + "新生注册 " + l.point)
	s.centred(22, l.school)
	s.space(14, 0)
	s.centred(38, l.intake+"新生注册")
	s.centred(22, l.point)
	s.centred(15, "注册时间："+l.window)
	s.picture(code.Image(1024), (pageLeft+pageRight-posterCode)/2, posterCode)
	s.space(28, 0)
	s.centred(18, "微信扫一扫，本人办理")
	s.centred(10, l.address)
	if l.local {
		s.centred(10, "（这是演示地址，只能在本机打开，请勿张贴）")
	}
	s.space(6, 0)
	for i, step := range l.steps {
		s.font(14)
		s.line(pageLeft+70, p.printable(fmt.Sprintf("%d. %s", i+1, step)), 23)
	}
	s.space(4, 0)
	s.centred(13, "学费直接交到学校账户，任何教学点和个人都不得代收。")
	for _, line := range l.contacts {
		s.centred(10.5, line)
	}
	return s.bytes()
}
