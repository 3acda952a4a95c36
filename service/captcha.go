package service

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/mojocn/base64Captcha"
	"github.com/redis/go-redis/v9"
	"golang.org/x/text/unicode/norm"

	"xinsheng/enroll"
)

// A captcha is five digits, good for one answer within five minutes.
const (
	captchaLife   = 5 * time.Minute
	captchaDigits = 5
	captchaCrowd  = 200
)

// Captcha is a picture of characters to read (图形验证码); Image is a data URL.
type Captcha struct{ ID, Image string }

// NewCaptcha draws a picture and remembers its answer.
func (s *Service) NewCaptcha(ctx context.Context, address string) (Captcha, error) {
	n, err := s.count(ctx, "captcha", network(address), 5*time.Minute)
	if err != nil {
		return Captcha{}, err
	}
	if n > captchaCrowd {
		return Captcha{}, enroll.Fail("too_many")
	}
	driver := base64Captcha.NewDriverDigit(80, 214, captchaDigits, 0.5, 40)
	id, question, answer := driver.GenerateIdQuestionAnswer()
	picture, err := driver.DrawCaptcha(question)
	if err != nil {
		return Captcha{}, err
	}
	err = s.KV.Set(ctx, "captcha:"+id, answer, captchaLife).Err()
	return Captcha{ID: id, Image: picture.EncodeB64string()}, err
}

// checkCaptcha uses a picture up: right or wrong, it is not asked again.
func (s *Service) checkCaptcha(ctx context.Context, id, typed string) error {
	if id == "" || typed == "" {
		return enroll.FailField("captcha", "captcha_required")
	}
	answer, err := s.KV.GetDel(ctx, "captcha:"+id).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	if err != nil || strings.TrimSpace(norm.NFKC.String(typed)) != answer {
		return enroll.FailField("captcha", "captcha_wrong")
	}
	return nil
}
