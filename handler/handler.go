// Package handler is the HTTP face of the service: every route stands in
// router.go, every handler binds, calls one service method and renders.
package handler

import (
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// Config says how the program is reached.
type Config struct {
	// PublicURL is the address that people see; cookies carry Secure exactly when it is https.
	PublicURL string `koanf:"public_url"`
	// TrustedProxies may set X-Forwarded-For; none by default.
	TrustedProxies []string `koanf:"trusted_proxies"`
	// StaffAddresses are the networks that may open the staff site, as 10.1.0.0/16; empty admits all.
	StaffAddresses []netip.Prefix `koanf:"-"`
	// DomainFiles are the verification files of WeChat by name: MP_verify_xxx.txt → its content.
	DomainFiles map[string]string `koanf:"domain_files"`
	// Observe is told of every request: its route (GET /api/me; "pages" for what is none), status and duration; nil in most runs.
	Observe func(route string, status int, took time.Duration) `koanf:"-"`
	// StyleSources are the hashes of the styles written into our own HTML, for the content policy.
	StyleSources []string `koanf:"-"`
}

// Secure says that the site is reached by https.
func (c Config) Secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }

// Handler translates between HTTP and the service.
type Handler struct {
	svc      *service.Service
	sessions *scs.SessionManager
	// staffSessions are the sessions of the staff site, apart from the students'.
	staffSessions *scs.SessionManager
	// staffPermissions says what each route of the staff site asks for, by "GET /api/staff/me".
	staffPermissions map[string]enroll.Permission
	pages            http.Handler
	cfg              Config
	log              *slog.Logger
	sheets           *template.Template
}

// New makes the handler; pages serves the front end.
func New(svc *service.Service, pages http.Handler, cfg Config, log *slog.Logger) *Handler {
	return &Handler{svc: svc, sessions: newSessions(svc, cfg), staffSessions: newStaffSessions(svc, cfg), pages: pages, cfg: cfg, log: log, sheets: template.Must(template.New("sheet").Parse(sheetHTML))}
}

// action is a handler that gives what the page gets, or an error.
type action func(c *gin.Context) (any, error)

// visitAction is an action of a logged-in student.
type visitAction func(c *gin.Context, v *service.Visit) (any, error)

// public renders an action that asks for no login; a nil answer writes nothing, since the action has answered itself.
func (h *Handler) public(act action) gin.HandlerFunc {
	return func(c *gin.Context) {
		answer, err := act(c)
		if err != nil {
			h.fail(c, err)
			return
		}
		if answer != nil {
			c.JSON(http.StatusOK, answer)
		}
	}
}

// student renders an action of a logged-in student; without a login it answers not_logged_in.
func (h *Handler) student(act visitAction) gin.HandlerFunc {
	return h.public(func(c *gin.Context) (any, error) {
		v, err := h.visit(c)
		if err != nil {
			return nil, err
		}
		h.tellSessionLeft(c)
		return act(c, v)
	})
}

func (h *Handler) visit(c *gin.Context) (*service.Visit, error) {
	login := h.sessions.GetString(c.Request.Context(), sessionLogin)
	if login == "" {
		return nil, enroll.Fail("not_logged_in")
	}
	return h.svc.Visit(c.Request.Context(), login, c.ClientIP(), device(c.Request.UserAgent()))
}

// bind reads a JSON body strictly enough for us: a body that does not fit is bad_request.
func bind(c *gin.Context, dest any) error {
	if err := c.ShouldBindJSON(dest); err != nil {
		return enroll.Fail("bad_request").Because(err)
	}
	return nil
}

// device names what a request comes from in a few words, for timelines and conflicts: 微信 · 安卓手机.
func device(userAgent string) string {
	system := "电脑"
	for _, row := range [][2]string{
		{"(PC; ", "电脑"}, {"(Tablet; OpenHarmony", "鸿蒙平板"}, {"Harmony", "鸿蒙手机"}, {"iPhone", "苹果手机"}, {"iPad", "苹果平板"},
		{"Android", "安卓手机"}, {"Macintosh", "苹果电脑"},
	} {
		if strings.Contains(userAgent, row[0]) {
			system = row[1]
			break
		}
	}
	if strings.Contains(userAgent, "MicroMessenger") {
		return "微信 · " + system
	}
	return "浏览器 · " + system
}
