package service

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"time"

	"github.com/redis/go-redis/v9"

	"xinsheng/enroll"
)

// slipLinkLife is how long a copied download link of a slip works.
const slipLinkLife = 10 * time.Minute

// SlipPaper is the registration slip (注册凭证) of a registered student as a PDF.
func (s *Service) SlipPaper(ctx context.Context, v *Visit) ([]byte, error) {
	return s.slip(ctx, v, (*Paper).slipPDF)
}

// SlipPicture is the same as a PNG, for where a PDF cannot be opened (Android's WeChat).
func (s *Service) SlipPicture(ctx context.Context, v *Visit) ([]byte, error) {
	return s.slip(ctx, v, (*Paper).slipPNG)
}

func (s *Service) slip(ctx context.Context, v *Visit, print func(*Paper, slip) ([]byte, error)) ([]byte, error) {
	if !v.Verified {
		return nil, enroll.Fail("identity_step_needed")
	}
	return s.printSlip(ctx, v.Registration.ID, print)
}

func (s *Service) printSlip(ctx context.Context, registration string, print func(*Paper, slip) ([]byte, error)) ([]byte, error) {
	if s.Paper == nil {
		return nil, ErrNoFont
	}
	facts, err := s.slipFacts(ctx, registration)
	if err != nil {
		return nil, err
	}
	if err := s.Pictures.enter(ctx); err != nil {
		return nil, err
	}
	defer s.Pictures.leave()
	paper, err := print(s.Paper, facts)
	if err != nil {
		return nil, fmt.Errorf("slip of %s: %w", registration, err)
	}
	return paper, nil
}

// SlipLink makes an address that gives the slip's PDF once, within ten minutes,
// to whoever opens it: for the browser beside Android's WeChat.
func (s *Service) SlipLink(ctx context.Context, v *Visit) (token string, until time.Time, err error) {
	if !v.Verified {
		return "", until, enroll.Fail("identity_step_needed")
	}
	if _, err := s.slipFacts(ctx, v.Registration.ID); err != nil {
		return "", until, err
	}
	token = rand.Text()
	err = s.KV.Set(ctx, "slip:"+s.blind("slip", token), v.Registration.ID, slipLinkLife).Err()
	return token, s.Now().Add(slipLinkLife), err
}

// SlipByLink uses a link up and gives the PDF; slip_link_used where it was used, is over or never was.
func (s *Service) SlipByLink(ctx context.Context, token, address string) ([]byte, error) {
	if err := s.mayGuess(ctx, address); err != nil {
		return nil, err
	}
	registration, err := s.KV.GetDel(ctx, "slip:"+s.blind("slip", token)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, errors.Join(enroll.Fail("slip_link_used"), s.missed(ctx, address))
	}
	if err != nil {
		return nil, err
	}
	return s.printSlip(ctx, registration, (*Paper).slipPDF)
}

// slipFacts gathers what stands on a slip; before the number it is wrong_state.
func (s *Service) slipFacts(ctx context.Context, registration string) (p slip, err error) {
	r, err := s.Store.Registration(ctx, registration)
	if err != nil {
		return p, err
	}
	if r.Status != enroll.Registered {
		return p, enroll.Fail("wrong_state", r.Status.Name())
	}
	v := &Visit{Registration: r}
	if v.Intake, err = s.Store.Intake(ctx, r.Intake); err != nil {
		return p, err
	}
	if v.Program, err = s.Store.Program(ctx, r.Program); err != nil {
		return p, err
	}
	if v.Point, err = s.Store.Point(ctx, r.Point); err != nil {
		return p, err
	}
	number, err := s.Store.Number(ctx, r.ID)
	if err != nil {
		return p, err
	}
	if number == "" {
		return p, enroll.Fail("slip_number_pending")
	}
	code, err := s.slipCode(ctx, r.ID)
	if err != nil {
		return p, err
	}
	p = slip{
		school: v.Intake.Settings.School, name: r.Name, number: number, address: s.Config.PublicURL + "/v/" + code, at: s.Now(),
		rows: [][2]string{{"层　　次", string(v.Program.Level)}, {"专　　业", v.Program.Name}, {"学习形式", v.Program.Form}, {"教 学 点", v.Point.Name}, {"入学批次", v.Intake.Name}},
	}
	p.photo, err = s.portrait(ctx, r.ID)
	return p, err
}

// slipCode is a registration's code, made at its first slip; every later slip carries the same.
func (s *Service) slipCode(ctx context.Context, registration string) (string, error) {
	code, err := s.Store.SlipCode(ctx, registration)
	if enroll.CodeOf(err) != enroll.NotFound {
		return code, err
	}
	code = rand.Text()
	err = s.Store.AddSlip(ctx, registration, code, s.Now())
	if s.Store.IsTaken(err) {
		return s.Store.SlipCode(ctx, registration)
	}
	return code, err
}

// portrait is the student's certificate photo, or nil where the intake asks for none.
func (s *Service) portrait(ctx context.Context, registration string) (image.Image, error) {
	files, err := s.Store.Attachments(ctx, registration)
	if err != nil {
		return nil, err
	}
	for _, a := range files {
		if a.Kind != enroll.Portrait {
			continue
		}
		body, err := s.Files.Get(ctx, a.Object)
		if err != nil {
			return nil, err
		}
		return jpeg.Decode(bytes.NewReader(body))
	}
	return nil, nil
}
