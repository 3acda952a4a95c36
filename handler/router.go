package handler

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// Routes is every route of the program, by audience.
func (h *Handler) Routes() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	if err := r.SetTrustedProxies(h.cfg.TrustedProxies); err != nil {
		return nil, err
	}
	r.Use(h.survive, h.headers)
	h.operators(r)
	h.wechat(r)
	h.students(r.Group("/api", h.ownSite))
	h.site(r)
	return h.sessions.LoadAndSave(r), nil
}

// operators' routes: is the process alive, may traffic come.
func (h *Handler) operators(r gin.IRouter) {
	r.GET("/livez", func(c *gin.Context) { c.String(http.StatusOK, "ok") })
	r.GET("/readyz", h.public(h.ready))
}

// wechat's routes: what WeChat and WeChat Pay call, and the web authorisation.
func (h *Handler) wechat(r gin.IRouter) {
	r.GET("/wechat/oauth", h.public(h.oauth))
	r.GET("/wechat/callback", h.public(h.callbackProbe))
	r.POST("/wechat/callback", h.public(h.callback))
}

// students' routes, as docs/openapi.yaml describes them.
func (h *Handler) students(r gin.IRouter) {
	// 登录与身份 (builder A)

	// 表单 (builder B1)
	r.GET("/form", h.student(h.form))
	r.GET("/sections/:key", h.student(h.section))
	r.PUT("/sections/:key", h.student(h.saveSection))
	r.POST("/sections/:key/done", h.student(h.finishSection))

	r.GET("/attachments", h.student(h.attachments))
	r.POST("/attachments/done", h.student(h.finishAttachments))
	r.PUT("/attachments/proof", h.student(h.writeProof))
	r.POST("/attachments/:kind", h.student(h.attach))
	r.DELETE("/attachments/:kind", h.student(h.detach))
	r.GET("/attachments/:kind/file", h.student(h.openAttachment))
	r.GET("/review", h.student(h.review))
	r.GET("/commitment", h.student(h.commitment))
	r.POST("/commitment", h.student(h.signCommitment))
	r.GET("/commitment/signature", h.student(h.commitmentPicture))
	r.GET("/commitment/paper", h.student(h.commitmentPaper))
	r.POST("/submit", h.student(h.submit))
	r.POST("/amend", h.student(h.amend))

	// 缴费与完成 (builder C)
}

// site's routes: the pages, and the server paths that messages and menus carry.
func (h *Handler) site(r *gin.Engine) {
	r.GET("/ws/app/login/toRegister", func(c *gin.Context) { c.Redirect(http.StatusFound, "/") })
	r.GET("/go/:page", h.public(h.goPage))
	for name, content := range h.cfg.DomainFiles {
		r.GET("/"+name, func(c *gin.Context) { c.String(http.StatusOK, content) })
	}
	r.NoRoute(gin.WrapH(h.pages))
}
