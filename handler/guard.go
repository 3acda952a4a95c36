package handler

import (
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

// Bodies larger than these are refused: 64 kB of JSON, 12 MiB of upload.
const (
	maxJSON   = 64 << 10
	maxUpload = 12 << 20
)

// signed are the routes whose JSON carries a picture: of a signature, or of a meeting.
var signed = []string{"/api/commitment", "/api/handoff/signature", "/api/staff/in-person", "/api/staff/students/:id/assist/commitment"}

// largeUploads are the routes of staff that take larger files, which go to the file store as they come in.
var largeUploads = map[string]int64{
	"/api/staff/roster/imports": service.RosterBytes + 1<<20,
	"/api/staff/photos":         service.PhotoPackBytes + 1<<20,
}

// headers sets what every answer carries; scripts come from us alone, WASM serves the face detection.
func (h *Handler) headers(c *gin.Context) {
	head := c.Writer.Header()
	head.Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' "+strings.Join(h.cfg.StyleSources, " ")+"; "+
		"img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' blob: data:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Referrer-Policy", "strict-origin-when-cross-origin")
	head.Set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("X-Frame-Options", "DENY")
	if h.cfg.Secure() {
		head.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// ownSite lets only our own pages write: the Origin must be ours and the request must not be a bare form.
func (h *Handler) ownSite(c *gin.Context) {
	c.Header("Cache-Control", "no-store")
	if c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead {
		return
	}
	site := c.GetHeader("Sec-Fetch-Site")
	foreign := site == "cross-site" || site == "same-site" || !h.sameOrigin(c.GetHeader("Origin"), c.Request.Host)
	if foreign || c.GetHeader("X-Requested-With") != "xinsheng" {
		h.fail(c, enroll.Fail("cross_site"))
		return
	}
	limit := int64(maxJSON)
	if c.ContentType() == "multipart/form-data" || slices.Contains(signed, c.FullPath()) || strings.HasPrefix(c.FullPath(), "/api/applications/:kind") {
		limit = maxUpload
	}
	if large, ok := largeUploads[c.FullPath()]; ok {
		limit = large
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
}

func (h *Handler) sameOrigin(origin, host string) bool {
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && (u.Host == host || u.Scheme+"://"+u.Host == h.cfg.PublicURL)
}

// observe measures a request where somebody wants to know; routes are few, whatever people ask for.
func (h *Handler) observe(c *gin.Context) {
	if h.cfg.Observe == nil {
		return
	}
	start := time.Now()
	c.Next()
	route := "pages"
	if c.FullPath() != "" {
		route = c.Request.Method + " " + c.FullPath()
	}
	h.cfg.Observe(route, c.Writer.Status(), time.Since(start))
}

// survive turns a panic into an internal error with an incident code.
func (h *Handler) survive(c *gin.Context) {
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			panic(p) // a download that broke off: the browser must see that it is not whole
		} else if p != nil {
			h.fail(c, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	c.Next()
}
