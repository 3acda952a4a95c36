package handler

import (
	"crypto/rand"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

func (h *Handler) captcha(c *gin.Context) (any, error) {
	captcha, err := h.svc.NewCaptcha(c.Request.Context(), c.ClientIP())
	if err != nil {
		return nil, err
	}
	return gin.H{"captcha_id": captcha.ID, "image": captcha.Image}, nil
}

type challengeView struct {
	Challenge string `json:"challenge"`
	ResendIn  int    `json:"resend_in"`
	ExpiresIn int    `json:"expires_in"`
	Message   string `json:"message"`
}

// requestCode answers the same whether or not the number is on the roster.
func (h *Handler) requestCode(c *gin.Context) (any, error) {
	var q struct {
		IDType    string `json:"id_type"`
		IDNumber  string `json:"id_number"`
		Phone     string `json:"phone"`
		CaptchaID string `json:"captcha_id"`
		Captcha   string `json:"captcha"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	challenge, err := h.svc.RequestCode(c.Request.Context(), service.CodeRequest{
		IDType: q.IDType, IDNumber: q.IDNumber, Phone: q.Phone, CaptchaID: q.CaptchaID, Captcha: q.Captcha, Address: c.ClientIP(),
	})
	if err != nil {
		return nil, err
	}
	return viewChallenge(challenge), nil
}

func viewChallenge(c service.Challenge) challengeView {
	return challengeView{c.ID, int(c.ResendIn.Seconds()), int(c.ExpiresIn.Seconds()), c.Message}
}

func (h *Handler) login(c *gin.Context) (any, error) {
	var q struct {
		Challenge string `json:"challenge"`
		Name      string `json:"name"`
		Code      string `json:"code"`
	}
	if err := bind(c, &q); err != nil {
		return nil, err
	}
	v, err := h.svc.Login(c.Request.Context(), service.LoginRequest{
		Challenge: q.Challenge, Name: q.Name, Code: q.Code,
		OpenID: h.openid(c), Address: c.ClientIP(), Device: device(c.Request.UserAgent()), DeviceID: h.deviceID(c),
	})
	return h.entered(c, v, q.Challenge, err)
}

// entered ends an earlier entry of this session and gives it a new id.
func (h *Handler) entered(c *gin.Context, v *service.Visit, challenge string, err error) (any, error) {
	h.rememberUnnamed(c, challenge, err)
	if err != nil {
		return nil, err
	}
	if err := h.endEntry(c); err != nil {
		return nil, err
	}
	if err := h.enter(c, v.Login.ID); err != nil {
		return nil, err
	}
	return h.me(c, v)
}

func (h *Handler) logout(c *gin.Context) (any, error) {
	if err := h.endEntry(c); err != nil {
		return nil, err
	}
	return gin.H{}, h.leave(c)
}

func (h *Handler) endEntry(c *gin.Context) error {
	login := h.sessions.GetString(c.Request.Context(), sessionLogin)
	if login == "" {
		return nil
	}
	return h.svc.Logout(c.Request.Context(), login)
}

// visitor gives the visit of a logged-in session, and nil where there is none.
func (h *Handler) visitor(c *gin.Context) (*service.Visit, error) {
	v, err := h.visit(c)
	if errors.Is(err, enroll.Fail("not_logged_in")) {
		return nil, nil
	}
	return v, err
}

// A browser keeps its mark for half a year, so that one from which many students log in is seen (风险提示).
const (
	deviceCookie = "xinsheng-device"
	deviceLife   = 180 * 24 * time.Hour
)

// deviceID is the mark of this browser, given at its first login; it opens nothing.
func (h *Handler) deviceID(c *gin.Context) string {
	id, err := c.Cookie(deviceCookie)
	if err != nil || len(id) > 64 || id == "" {
		id = rand.Text()
	}
	http.SetCookie(c.Writer, &http.Cookie{
		Name: deviceCookie, Value: id, Path: "/api/login", MaxAge: int(deviceLife.Seconds()), HttpOnly: true, Secure: h.cfg.Secure(), SameSite: http.SameSiteLaxMode,
	})
	return id
}
